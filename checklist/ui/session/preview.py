"""A document as it will print: pages on the screen, then a printer or a file."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from checklist.attached import Attachment
from checklist.desk.values import AS_DATA, AS_TABLE
from checklist.errors import KnownError
from checklist.paper import Document, PaperSize, Sheet, render, suggested_name
from checklist.pictures import page_jpegs
from checklist.snapshot import Snapshot
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import below_banner, give_back, place_below_banner
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.page_view import PageView
from checklist.ui.widgets.segmented import Segment, Segmented
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_LOG = logging.getLogger(__name__)
PRINT_DPI = 300
SCREEN_DPI = 144
POINTS_PER_INCH = 72
_DOCUMENTS = (
    Segment("checklist", "Checklist", "1"),
    Segment("record", "Record", "2"),
    Segment("instructions", "Instructions", "3"),
    Segment("course", "Course", "4"),
    Segment("transfer", "Transfer", "5"),
    Segment("call", "Call sheet", "6"),
)
_FILES = {
    "This document (*.pdf)": "pdf",
    "The whole record as data (*.json)": "json",
    "All entries as a table (*.csv)": "csv",
}
_COPIES = {"json": AS_DATA, "csv": AS_TABLE}
_SIZES = (Segment("letter", "Letter", "L"), Segment("a4", "A4", "A"))


def page_images(content: bytes, dpi: int) -> list[QImage]:
    """Each page of a PDF as a picture. Runs in the worker: QImage is made for that, QPixmap is not."""
    import pypdfium2  # type: ignore[import-untyped]  # ships no type information

    images = []
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=True)
            width, height = bitmap.width, bitmap.height
            pixels = bytes(bitmap.buffer)
            kind = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
            # copy(): the picture must not look into memory that goes away with the bitmap.
            images.append(QImage(pixels, width, height, bitmap.stride, kind).copy())
    finally:
        document.close()
    return images


def sheet_of(one: Attachment, data: bytes) -> Sheet:
    return Sheet(one.title, one.mark, page_jpegs(one.media, data))


def paint_pages(images: list[QImage], printer: "QPrinter") -> None:
    """Each picture on its own sheet, as large as the printable area allows."""
    painter = QPainter(printer)
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        area = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRect(0, 0, area.width(), area.height()), image)
    painter.end()


def _rename(dialog: QFileDialog, suffix: str) -> None:
    """The name follows the kind of file that was chosen: what is saved goes by the name."""
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(Path(dialog.selectedFiles()[0]).with_suffix(f".{suffix}").name)


class PreviewDialog(QDialog):
    """Shows a document; prints it; saves it. Each print and save is noted in the record."""

    def __init__(self, live: LiveSession, worker: Worker, document: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._live = live
        self._worker = worker
        self._document = Document(document)
        self._size = PaperSize(live.desk.clinic.paper)
        self._content = b""
        self._asked = 0
        self._with_papers = False
        self._lacking = ""  # why attachments are not among the pages
        area = below_banner(parent)
        self.resize(QSize(min(area.width(), max(scaled(760), int(area.width() * 0.7))), area.height()))
        place_below_banner(self)
        self._build()
        self._load()

    def done(self, result: int) -> None:
        super().done(result)
        give_back(self)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(14), scaled(10), scaled(14), scaled(10))
        column.setSpacing(scaled(8))
        column.addWidget(self._choices())
        self.message = MessageBar("review", self)
        column.addWidget(self.message)
        self._pages = text_label("", "strong", self)
        self._pages.setObjectName("preview.pages")
        self._view = PageView(self._pages, self)
        self._view.sheet.setObjectName("preview.sheet")
        column.addWidget(self._view, 1)
        column.addLayout(self._buttons())

    def _choices(self) -> QWidget:
        box = QWidget(self)
        row = FlowLayout(box, scaled(8))  # with large letters the paper sizes stand below the documents
        self.documents = Segmented(_DOCUMENTS, "Document", self)
        self.documents.show_choice(self._document.value)
        self.sizes = Segmented(_SIZES, "Paper", self)
        self.sizes.show_choice(self._size.value)
        row.addWidget(self.documents)
        row.addWidget(self.sizes)
        self.documents.chosen.connect(self._on_document)
        self.sizes.chosen.connect(self._on_size)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self._pages)
        row.addWidget(text_label("Page Up, Page Down turn; Esc closes", "help", self, wrap=True), 1)
        self.papers = Button("", self)
        self.papers.setObjectName("preview.papers")
        self.papers.clicked.connect(self._on_papers)
        row.addWidget(self.papers)
        save = Button("Save as file…", self, keys="Ctrl+S")
        self.print_button = Button("Print…", self, kind="primary", keys="Ctrl+P")
        save.clicked.connect(self._ask_file)
        self.print_button.clicked.connect(self._ask_printer)
        row.addWidget(save)
        row.addWidget(self.print_button)
        self.print_button.setFocus()
        return row

    @property
    def page_count(self) -> int:
        return self._view.page_count

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 0; stays within the document."""
        self._view.show_page(number)

    # loading

    def _load(self) -> None:
        self._asked += 1
        asked, kind, size = self._asked, self._document, self._size
        snapshot, papers = self._snapshot(), self._papers()
        self._pages.setText("Drawing…")

        def work() -> tuple[bytes, list[QImage]]:
            content = render(kind, snapshot, size, [sheet_of(one, data) for one, data in papers])
            return content, page_images(content, SCREEN_DPI)

        self._worker.run(work, lambda drawn: self._on_loaded(drawn, asked), self._on_failed)

    def _papers(self) -> list[tuple[Attachment, bytes]]:
        """What prints after the record, where a person asked for it. The bytes are read only for that."""
        attached = self._live.snapshot.record.current_attachments
        offered = self._document is Document.RECORD and bool(attached)
        self._lacking = ""
        self.papers.setVisible(offered)
        self.papers.show_text("Without attachments" if self._with_papers else "With attachments")
        if not (offered and self._with_papers):
            return []
        try:
            desk, session = self._live.desk, self._live.session_id
            return [(one, desk.attached_bytes(session, one.row)) for one in attached]
        except KnownError as failure:
            self._lacking = failure.sentence
            return []

    def _on_papers(self) -> None:
        self._with_papers = not self._with_papers
        self._load()

    def _snapshot(self) -> Snapshot:
        """What is drawn: the visit, and for the course also the visits before it. The course is read only for that."""
        try:
            wanted = self._document is Document.COURSE
            return self._live.desk.course(self._live.session_id) if wanted else self._live.snapshot
        except KnownError as failure:
            self.message.show_message(failure.sentence)
            return self._live.snapshot

    def _on_loaded(self, drawn: tuple[bytes, list[QImage]], asked: int) -> None:
        if isValid(self) and asked == self._asked:
            self._content, images = drawn
            self.message.clear_message()
            if self._lacking:
                self.message.show_message(self._lacking)
            self._view.show_images(images)

    def _on_failed(self, error: Exception) -> None:
        _LOG.error("preview failed: %s", type(error).__name__)
        if isValid(self):
            self._pages.setText("")
            self.message.show_message(
                "The document could not be drawn. The record is complete. Try again, or tell support."
            )

    def _on_document(self, document: str) -> None:
        self._document = Document(document)
        self.documents.show_choice(document)
        self._load()

    def _on_size(self, size: str) -> None:
        self._size = PaperSize(size)
        self.sizes.show_choice(size)
        self._load()

    # out of here

    def _ask_file(self) -> None:
        name = suggested_name(self._document, self._live.snapshot)
        dialog = QFileDialog(self, "Save as file", name, ";;".join(_FILES))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(lambda kind: _rename(dialog, _FILES[kind]))
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the file where a person chose to; noted in the record once it is there."""
        path = Path(name)
        kind = path.suffix.lower().lstrip(".")
        try:
            path.write_bytes(self._bytes_of(kind))
        except OSError:
            self.message.show_message(f"“{name}” could not be written. Choose another folder. The record is unchanged.")
        except KnownError as failure:
            self.message.show_message(failure.sentence)
        else:
            self._note(f"Saved as {path.name}.", _COPIES.get(kind, self._document.value))

    def _bytes_of(self, kind: str) -> bytes:
        """The document as it is shown; as JSON or CSV the whole record, whatever document is shown."""
        desk, session = self._live.desk, self._live.session_id
        if kind == "json":
            return desk.record_as_data(session)
        return desk.record_as_table(session) if kind == "csv" else self._content

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if not self._content:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        width, height = self._size.points
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        # QPrintDialog has an open() of its own that wants a slot by name.
        QDialog.open(dialog)

    def print_to(self, printer: "QPrinter") -> None:
        """Draw the pages sharp enough for paper in the worker, then send them."""
        content = self._content

        def done(images: list[QImage]) -> None:
            if isValid(self):
                paint_pages(images, printer)
                self._note("Sent to the printer.", self._document.value)

        self._worker.run(lambda: page_images(content, PRINT_DPI), done, self._on_failed)

    def _note(self, words: str, what: str) -> None:
        sentence = self._live.printed(what)
        self.message.show_message(sentence or words)
