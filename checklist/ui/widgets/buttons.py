"""Buttons that answer to Enter as well as to Space, and say why when they cannot be used."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.text import text_label

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_held(event: QKeyEvent) -> bool:
    """A key that is held down repeats itself; one press must answer, sign or go on once, not five times."""
    return event.isAutoRepeat()


class Button(QPushButton):
    """A push button. `keys` ("Ctrl+R") is its shortcut and is written on it; a `hint` is written alone.

    Signals:
        clicked(): of QPushButton; a person used it.
    """

    def __init__(
        self, text: str, parent: QWidget, *, kind: str = "plain", keys: str = "", hint: str = "", icon: str = ""
    ) -> None:
        super().__init__(parent)
        self._keys = (keys or hint).replace("+", " ")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        set_look(self, "kind", kind)
        self.show_text(text)
        if icon:
            from checklist.ui.icons import icon as drawn

            self.setIcon(drawn(icon, "paper" if kind == "primary" else "ink", 16))
        if keys:
            # A shortcut object of its own: setShortcut() would be lost with each new text.
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self.click)

    def show_text(self, text: str) -> None:
        shown = text.replace("&", "&&")
        self.setText(f"{shown}  {self._keys}" if self._keys else shown)
        self.setAccessibleName(text)
        self.setAccessibleDescription(f"Key {self._keys}" if self._keys else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not is_held(event):
            self.click()


class ReasonedButton(QWidget):
    """A button with its reason beside it whenever it cannot be used.

    Signals:
        clicked(): a person used the button.
    """

    clicked = Signal()

    def __init__(self, text: str, parent: QWidget, *, kind: str = "primary", keys: str = "") -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(12))
        self._reason = text_label("", "help", self, wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(text, self, kind=kind, keys=keys)
        row.addWidget(self._reason, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._on_clicked)

    def show_reason(self, reason: str) -> None:
        """Why the button cannot be used; empty: it can."""
        self._reason.setText(reason)
        self.button.setEnabled(not reason)
        self.button.setAccessibleDescription(reason)

    def _on_clicked(self) -> None:
        self.clicked.emit()
