"""The privacy curtain: one key hides every name, one key shows it again. It is no lock: it asks for no password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button, is_held
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import text_label

CURTAIN_KEY = "F12"
_RAISING = (Qt.Key.Key_F12, Qt.Key.Key_Escape)


class Curtain(QWidget):
    """Covers the window while somebody stands at the desk. What is due is counted, without a name.

    Signals:
        raised(): a person wants to see the window again.
    """

    raised = Signal()

    def __init__(self, clinic: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The screen is hidden. F12 or Escape shows it again.")
        card = Card(self)
        card.setFixedWidth(scaled(420))
        card.body.setContentsMargins(scaled(28), scaled(24), scaled(28), scaled(28))
        card.body.setSpacing(scaled(14))
        card.body.addWidget(text_label(clinic, "hero", card, wrap=True))
        self._due = text_label("", "strong", card, wrap=True)
        card.body.addWidget(self._due)
        card.body.addWidget(text_label("The screen is hidden. Everything goes on.", "subtitle", card, wrap=True))
        self._button = Button("Show again", card, kind="primary", hint=CURTAIN_KEY)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.raised)
        card.body.addWidget(self._button)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_due(self, count: int) -> None:
        """How many readings are due or late."""
        self._due.setText(f"{count} reading{'' if count == 1 else 's'} due" if count else "")
        self._due.setVisible(bool(count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RAISING and not is_held(event):
            self.raised.emit()
        else:
            super().keyPressEvent(event)
