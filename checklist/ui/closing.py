"""Closing the window: the last backup of the day first, with a way out for who cannot wait."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from checklist.errors import KnownError
from checklist.ui.background import Background
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.progress import WorkProgress
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from checklist.desk.backup_work import Outcome
    from checklist.desk.board import Desk

WAITING = "Everything is saved. A last backup is made and read back; then the program closes by itself."
CLOSE_ANYWAY = "Close without this backup"
NOT_MADE = "Everything is saved, but the last backup was not made. "


class ClosingDialog(VisitDialog):
    """Says what is going on while the window waits for its backup."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Closing", parent)
        self.words = text_label(WAITING, "", self, wrap=True)
        self.progress = WorkProgress(self, CLOSE_ANYWAY)
        self.close_now = Button("Close", self, kind="primary")
        for part in (self.words, self.progress, self.close_now):
            self.column.addWidget(part)
        self.close_now.hide()
        self.progress.show_progress("Copying", 0)

    def show_problem(self, sentence: str) -> None:
        self.words.setText(NOT_MADE + sentence)
        self.progress.clear()
        self.close_now.show()
        self.close_now.setFocus()
        self.fit()


class Closing(QObject):
    """Holds the window's first close event back while a backup is wanted."""

    def __init__(self, window: QMainWindow, desk: "Desk", work: Background) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._work = work
        self._may_close = False
        self.dialog: ClosingDialog | None = None
        self._next: Callable[[], None] | None = None
        work.ended.connect(self._on_ended)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Close and not self._may_close:
            if self.dialog is None and not self._begin():
                return False
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def let_go(self) -> None:
        """The program ends by other means: nothing is held back any more."""
        self._may_close = True

    def _begin(self) -> bool:
        """True when the window has to wait."""
        try:
            if not self._work.is_busy and not self._desk.backup_wanted_at_close():
                return False
            job = self._desk.backup_job()
        except KnownError:
            return False
        self.dialog = ClosingDialog(self._window)
        self.dialog.progress.stop_wished.connect(self._close)
        self.dialog.close_now.clicked.connect(self._close)
        self.dialog.rejected.connect(self._stay)
        self.dialog.open()
        self._after_what_runs(lambda: self._start(job))
        return True

    def _after_what_runs(self, begin: Callable[[], None]) -> None:
        """A backup or check under way gives way to this one."""
        if not self._work.is_busy:
            begin()
            return
        self._next = begin
        self._work.stop()

    def _on_ended(self) -> None:
        begin, self._next = self._next, None
        if begin is not None:
            QTimer.singleShot(0, self, begin)

    def _start(self, job: Any) -> None:
        if self.dialog is not None and not self._may_close:
            self._work.progressed.connect(self.dialog.progress.show_progress)
            self._work.start(job, self._on_done, self._on_failed)

    def _on_done(self, outcomes: "Sequence[Outcome]") -> None:
        try:
            self._desk.note_backups(outcomes)
        except KnownError as failure:
            self._on_failed(failure)
            return
        problems = [outcome.problem for outcome in outcomes if not outcome.proven]
        if self.dialog is None:
            return  # the person stays, or the window has gone
        if problems:
            self.dialog.show_problem(" ".join(problems))
        else:
            self._close()

    def _on_failed(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(error.sentence if isinstance(error, KnownError) else "Tell support.")

    def _stay(self) -> None:
        """Escape: the person stays; what runs may end by itself."""
        if not self._may_close:
            self._work.stop()
            self.dialog = None

    def _close(self) -> None:
        self._may_close = True
        self._work.stop()
        dialog, self.dialog = self.dialog, None  # it goes away; what the thread still tells finds none
        if dialog is not None:
            dialog.accept()
        self._window.close()
