"""Boxes: a white card, the notice of a finding, the banner of a verdict."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checklist.ui.style import scaled, set_role


class Card(QFrame):
    """A white box with a line around it; put widgets into `body`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(16))
        self.body.setSpacing(scaled(8))
