"""Two parts side by side, or below each other where they do not fit."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from checklist.ui.style import scaled


class Beside(QWidget):
    """Takes parts in order with `add`; below `least_px` of width (at 100 %) they stand below each other."""

    def __init__(self, least_px: int, parent: QWidget, *, gap: int = 12) -> None:
        super().__init__(parent)
        self._least_px = least_px
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(scaled(gap))

    def add(self, part: QWidget, share: int = 0) -> None:
        self._box.addWidget(part, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < scaled(self._least_px)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
