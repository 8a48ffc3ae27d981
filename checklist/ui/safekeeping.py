"""Backups while the program is open: the first of the day, again when it failed, and the last one at close."""

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from checklist.errors import BackupStopped, KnownError
from checklist.ui.background import Background

if TYPE_CHECKING:
    from checklist.desk.board import Desk

_LOG = logging.getLogger(__name__)
AGAIN_MINUTES = 30  # a drive that was not there may be plugged in by now
OUR_MISTAKE = "The work ended with a mistake of the program. The data is untouched. Try again, or tell support."


class Safekeeper(QObject):
    """Runs backups and checks for the desk.

    Signals:
        told(str): what came of the work a person asked for.
        changed(): what Today says of the backup is another thing now.
        alarmed(str): something is wrong with the data file itself.
    """

    told = Signal(str)
    changed = Signal()
    alarmed = Signal(str)

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_closed = False
        self.work = Background(self)
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MINUTES * 60_000)
        self._again.timeout.connect(self.look)
        self._again.start()

    def look(self) -> None:
        """Begin the day's backup when it is due."""
        if self._is_closed:
            return
        try:
            if self._desk.backup_due():
                self.back_up()
        except KnownError as failure:
            _LOG.warning("no look at the backups: %s", type(failure).__name__)

    def back_up(self) -> bool:
        """Begin a backup; False when something is under way or no folder is set, which is then told."""
        try:
            job = self._desk.backup_job()
        except KnownError as refused:
            self.told.emit(refused.sentence)
            return False
        return self.work.start(job, self._on_backed_up, self._on_failed)

    def check(self) -> bool:
        """Begin to read the whole data file."""
        return self.work.start(self._desk.check_job(), self._on_checked, self._on_failed)

    def close(self) -> None:
        self._is_closed = True
        self._again.stop()
        self.work.close()

    def _on_backed_up(self, outcomes: Sequence[Any]) -> None:
        try:
            self._desk.note_backups(outcomes)
        except KnownError as failure:
            self.told.emit(failure.sentence)
        self.told.emit(" ".join(outcome.sentence for outcome in outcomes))
        for outcome in outcomes:
            if outcome.damaged:
                self.alarmed.emit(outcome.sentence)
        self.changed.emit()

    def _on_checked(self, found: Any) -> None:
        try:
            self._desk.note_check(found)
        except KnownError as failure:
            self.told.emit(failure.sentence)
        self.told.emit(found.sentence)
        if found.problems:
            self.alarmed.emit(found.sentence)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.told.emit(error.sentence)
        else:
            _LOG.error("background work failed: %s", type(error).__name__)
            self.told.emit(OUR_MISTAKE)
        if not isinstance(error, BackupStopped):
            self.changed.emit()
