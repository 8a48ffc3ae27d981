"""What the dialogs of a visit have in common: one column, closed for good, as tall as its wrapped text needs."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from checklist.ui.session.banner import PatientBanner
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.practice_bar import PracticeBar
from checklist.ui.widgets.text import text_label

EDGE = 2  # px of the line around a dialog


class VisitDialog(QDialog):
    """Opened with open(); Escape closes it."""

    def __init__(self, title: str, parent: QWidget, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = width
        outer = QVBoxLayout(self)
        outer.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        # Where the letters are large and the screen small, the fields scroll; the dialog itself stays in the window.
        self._page = ScrollPage(self)
        inside = self._page.widget()
        if inside is not None:
            set_role(inside, "panel")
        outer.addWidget(self._page)
        self.column = self._page.body
        self.column.setContentsMargins(scaled(24), scaled(14), scaled(24), scaled(14))
        self.column.setSpacing(scaled(10))
        self.column.addWidget(text_label(title, "heading", self, wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        # Fonts are settled only once everything inside has been shown.
        QTimer.singleShot(0, self, self.fit)

    def done(self, result: int) -> None:
        super().done(result)
        give_back(self)

    def fit(self) -> None:
        """Qt does not ask how tall wrapped text gets when it sizes a window; and no dialog is larger than its place."""
        parent = self.parentWidget()
        area = below_banner(parent) if parent is not None else self.geometry()
        width = min(scaled(self._width), area.width())
        self.column.activate()
        wanted = self.column.totalHeightForWidth(width - 2 * EDGE)
        wanted = wanted if wanted > 0 else self.column.totalSizeHint().height()
        # A scroll bar that is not needed would take width, wrap the words, and so be needed.
        fits = wanted + 2 * EDGE <= area.height()
        as_needed, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._page.setVerticalScrollBarPolicy(off if fits else as_needed)
        self.setFixedSize(width, min(wanted + 2 * EDGE, area.height()))
        place_below_banner(self)


def give_back(dialog: QDialog) -> None:
    """The keyboard goes back to the window. A window manager does it too; a bare screen has none."""
    parent = dialog.parentWidget()
    if parent is not None:
        parent.window().activateWindow()


def below_banner(parent: QWidget) -> QRect:
    """The part of the window, on the screen, in which a dialog may stand.

    The patient's banner is never covered, nor the bar that says it is practice.
    """
    window = parent.window()
    bars = (one for one in window.findChildren(PracticeBar) if one.isVisible())
    above = window.findChild(PatientBanner) or next(bars, None)
    top = above.mapTo(window, above.rect().bottomLeft()).y() if above is not None else 0
    area = window.rect().adjusted(0, top + scaled(8), 0, -scaled(8))
    return area.translated(window.mapToGlobal(QPoint(0, 0)))


def place_below_banner(dialog: QDialog) -> None:
    """In the middle of that part, near its top."""
    parent = dialog.parentWidget()
    if parent is None:
        return
    area = below_banner(parent)
    left = area.left() + max(0, (area.width() - dialog.width()) // 2)
    top = area.top() + max(0, min(scaled(40), area.height() - dialog.height()))
    dialog.move(left, top)
