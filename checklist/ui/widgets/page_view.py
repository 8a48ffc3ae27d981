"""Pages of a document or of a scan, one at a time, as wide as the window lets them be."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from checklist.ui.style import scaled, set_role


class PageView(QScrollArea):
    """Page Up and Page Down turn the pages, wherever in the dialog the focus is. `said` tells which page is shown."""

    def __init__(self, said: QLabel, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._said = said
        self._images: list[QImage] = []
        self._page = 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self, "sheet")
        self.sheet = QLabel(self)
        self.setWidget(self.sheet)
        for keys, by in (("PgDown", 1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), dialog)
            shortcut.activated.connect(lambda by=by: self.show_page(self._page + by))

    @property
    def page_count(self) -> int:
        return len(self._images)

    def show_images(self, images: list[QImage]) -> None:
        self._images = images
        self.show_page(0)

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 0; stays within the document."""
        if not self._images:
            return
        self._page = max(0, min(number, len(self._images) - 1))
        self._said.setText(f"Page {self._page + 1} of {len(self._images)}")
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._images:
            self._fit()

    def _fit(self) -> None:
        """Never larger than it was drawn."""
        image = self._images[self._page]
        width = min(self.viewport().width() - scaled(8), image.width())
        picture = QPixmap.fromImage(image).scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.sheet.setPixmap(picture)
        self.sheet.resize(picture.size())
