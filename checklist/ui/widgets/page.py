"""The frame of a page: its title with buttons, and a body that scrolls after the focus."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.text import text_label


class PageHead(QWidget):
    """Title, a quieter sentence beside it, buttons at the right."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(10))
        self._title = text_label(title, "title", self)
        self._subtitle = text_label("", "subtitle", self, wrap=True)
        row.addWidget(self._title)
        row.addSpacing(scaled(4))
        row.addWidget(self._subtitle, 1)
        self._row = row

    def show_title(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def add_button(self, button: QWidget) -> None:
        self._row.addWidget(button)


class Inside(QWidget):
    """What scrolls. It is never wider than the page: parts that need more room stand below each other instead."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def minimumSizeHint(self) -> QSize:
        """No least width; and where words wrap, the height follows from the width, not from the narrowest words."""
        return QSize(0, 0 if self.hasHeightForWidth() else super().minimumSizeHint().height())


class ScrollPage(QScrollArea):
    """A page that scrolls downwards only. The widget with the focus is always brought into sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = Inside(self)
        set_role(inside, "ground")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(scaled(26), scaled(20), scaled(26), scaled(20))
        self.body.setSpacing(scaled(12))
        self.setWidget(inside)
        self._followed: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._on_grown)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A person looks elsewhere: what grows now must not pull the page back."""
        self._followed = None
        super().wheelEvent(event)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = self.widget()
        if now is not None and inside is not None and inside.isAncestorOf(now):
            self._followed = now
            self._bring(now)

    def _on_grown(self) -> None:
        """A question that appeared above the focus moved it: bring it back into sight."""
        if self._followed is not None and isValid(self._followed) and self._followed.hasFocus():
            self._bring(self._followed)

    def _bring(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget, 0, scaled(48))
