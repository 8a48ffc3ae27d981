"""What lies over a visit while the second person checks: whoever types anew must not read it off the screen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from checklist.ui.session.banner import PatientBanner
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.text import text_label

WORDS = "Weight, order and findings are hidden while the second person checks."


class Blind(QFrame):
    """Covers everything of the visit but its banner, in which the weight gives way to a word."""

    def __init__(self, banner: PatientBanner, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        set_role(self, "blind")
        self.setObjectName("blind")
        self._banner = banner
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(26), scaled(10), scaled(26), scaled(10))
        words = text_label(WORDS, "subtitle", self, wrap=True)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def cover(self) -> None:
        self._banner.hide_weight(True)
        self._page.installEventFilter(self)
        self._fit()
        self.show()
        self.raise_()

    def uncover(self) -> None:
        self._page.removeEventFilter(self)
        self._banner.hide_weight(False)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is made larger: nothing comes out from under."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        top = self._banner.geometry().bottom() + 1
        self.setGeometry(0, top, self._page.width(), self._page.height() - top)
