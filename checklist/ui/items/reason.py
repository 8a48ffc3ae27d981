"""Asks in place why an item was declined or does not apply."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import AnswerState
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.fields import TextField
from checklist.ui.widgets.text import buddy_label


class ReasonRow(QWidget):
    """A line for the reason; hidden until it is asked.

    Signals:
        given(AnswerState, str): the state that was asked for, and the reason (may be empty: the desk refuses that).
        left(): Esc or "Leave it": nothing changes.
    """

    given = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = AnswerState.DECLINED
        self.field = TextField("Reason", self, description="Enter keeps it, Esc leaves it")
        self._label = buddy_label("", "strong", self.field, self)
        keep = Button("Keep", self, kind="small")
        leave = Button("Leave it", self, kind="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self._label)
        row.addWidget(self.field, 1)
        row.addWidget(keep)
        row.addWidget(leave)
        self.field.entered.connect(self._give)
        keep.clicked.connect(self._give)
        leave.clicked.connect(self._leave)
        self.hide()

    def ask(self, state: AnswerState) -> None:
        """Open the line and go there."""
        self._state = state
        asked = "Declined. Why?" if state is AnswerState.DECLINED else "Does not apply. Why?"
        self._label.setText(asked)
        self.field.setAccessibleName(asked)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_row(self) -> None:
        self.field.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.given.emit(self._state, self.field.text().strip())

    def _leave(self) -> None:
        self.close_row()
        self.left.emit()
