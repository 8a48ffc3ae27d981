"""The head of a step page: title, buttons at the right, or under the title where it is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.text import text_label


class StepHead(QWidget):
    """Title and buttons; never wider than its page."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(scaled(10))
        self._title = text_label(title, "title", self, wrap=True)
        self._box.addWidget(self._title, 1)
        self._buttons: list[QWidget] = []

    def add_button(self, button: QWidget) -> None:
        self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.append(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._title.fontMetrics().horizontalAdvance(self._title.text()) + scaled(30)
        needed += sum(button.sizeHint().width() for button in self._buttons if button.isVisibleTo(self))
        direction = QBoxLayout.Direction.TopToBottom if needed > self.width() else QBoxLayout.Direction.LeftToRight
        self._box.setDirection(direction)
