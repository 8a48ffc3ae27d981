"""One program for one data folder: a second start shows the first window instead."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWERS_WITHIN_MS = 300


def name_of(folder: Path) -> str:
    """A name for the folder that holds nothing of its path."""
    return "ketamine-checklist-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def wake_first(folder: Path) -> bool:
    """Ask a program that has this folder open to show itself; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(folder))
    awake = socket.waitForConnected(ANSWERS_WITHIN_MS)
    socket.disconnectFromServer()
    return awake


class Single(QObject):
    """Listens for later starts.

    Signals:
        woken(): the program was started again.
    """

    woken = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # What a crash left behind under this name; a living program would have answered wake_first.
        QLocalServer.removeServer(name_of(folder))
        self._server.listen(name_of(folder))
        self._server.newConnection.connect(self._on_connection)

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.woken.emit()
