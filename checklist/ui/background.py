"""Long work beside the window: a backup, a check. It tells how far it is and can be stopped, and never holds care up.

It has a thread of its own: a slow network drive must not keep a sheet from printing. The thread is a daemon, so that a
drive that does not answer at all cannot keep the program from ending.
"""

import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from checklist.errors import BackupStopped

T = TypeVar("T")
STOPPED = "Stopped. Nothing was changed."
PARTS = 1000  # of which progress is told


class Work(Protocol):
    """A frozen job of the desk."""

    def run(self, report: Callable[[str, int, int], None]) -> Any:
        """Calls `report` with what is being done, how far, of how many."""
        ...


class Background(QObject):
    """One job at a time.

    Signals:
        progressed(str, int): what is being done, and how much of it in thousandths.
        ended(): the job is over, in whatever way; its result has been handed over.
    """

    progressed = Signal(str, int)
    ended = Signal()
    _over = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._is_closed = False
        # A method of this QObject, so that Qt delivers it in the thread this object lives in.
        self._over.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return self._thread is not None

    def start(self, work: Work, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> bool:
        """Begin, unless something is under way (then False). `done` or `failed` are called on the GUI thread."""
        if self.is_busy:
            return False
        self._stop = threading.Event()
        stop = self._stop

        def report(what: str, number: int, of: int) -> None:
            if stop.is_set():
                raise BackupStopped(STOPPED)
            self._emit(self.progressed, what, number * PARTS // of if of else 0)

        def run() -> None:
            try:
                result = work.run(report)
            except Exception as error:
                caught = error
                self._emit(self._over, lambda: failed(caught))
            else:
                self._emit(self._over, lambda: done(result))

        self._thread = threading.Thread(target=run, daemon=True, name="background work")
        self._thread.start()
        return True

    def stop(self) -> None:
        """Ask the work to end at its next step; it tells `failed` with BackupStopped."""
        self._stop.set()

    def close(self, seconds: float = 3.0) -> None:
        """Stop, and wait a moment; a drive that hangs is left to itself. What comes of it is told to nobody."""
        self._is_closed = True
        self.stop()
        if self._thread is not None:
            self._thread.join(seconds)

    def _emit(self, signal: Any, *values: object) -> None:
        """From the thread; the window may be gone by now."""
        if isValid(self):
            signal.emit(*values)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._thread = None
        if not self._is_closed:
            call()
            self.ended.emit()
