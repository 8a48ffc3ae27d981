"""Says aloud that a reading or a condition is due: sound, taskbar, window title; never with a patient's name."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from checklist.desk import Board
from checklist.snapshot import DueState


class Reminders(QObject):
    """Looks at each new board and speaks once for each reading or condition that became due, overdue or late."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._said: frozenset[tuple[str, str, DueState]] = frozenset()

    def show_board(self, board: Board) -> int:
        """Speak about what is new; gives how many readings wait now."""
        waiting = frozenset(
            (row.session.id, f"{one.what} {one.at.store()}", one.state)
            for row in board.rows
            for one in (row.due, row.task)
            if one is not None and one.state.is_due
        )
        if waiting - self._said:
            QApplication.beep()
            QApplication.alert(self._window.window())
        self._said = waiting
        return sum(row.due is not None and row.due.state.is_due for row in board.rows)


def title_text(clinic: str, waiting: int) -> str:
    """The window's title: what is due first, because a taskbar cuts titles off."""
    due = f"{waiting} reading{'' if waiting == 1 else 's'} due · " if waiting else ""
    return f"{due}{clinic}"
