"""The code of a sealed envelope: seen once, printed, closed."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from checklist.desk.board import Desk
from checklist.desk.keys import SealedCode
from checklist.paper import PaperSize, render_sealed
from checklist.ui.pages.staff_dialogs import CodeDialog
from checklist.ui.session.preview import PRINT_DPI, page_images, paint_pages
from checklist.ui.tasks import Worker
from checklist.ui.widgets.buttons import Button

TITLES = {"recovery": "Recovery sheet", "emergency": "Emergency account"}


class SealedDialog(CodeDialog):
    """Print it and seal it, or write it down by hand. It is offered as no file: a file would be copied and found."""

    def __init__(self, desk: Desk, sealed: SealedCode, worker: Worker, parent: QWidget) -> None:
        words = "Print it, or write it down; put it into an envelope, seal it, lock it away. It is shown this once."
        super().__init__(TITLES[sealed.kind.value], sealed.code, words, parent)
        self._desk, self._sealed, self._worker = desk, sealed, worker
        self._size = PaperSize(desk.clinic.paper)
        self.print_button = Button("Print…", self, kind="primary", keys="Ctrl+P")
        self.print_button.clicked.connect(self._ask_printer)
        self.buttons.addWidget(self.print_button)
        self.print_button.setFocus()

    def content(self) -> bytes:
        """The sheet as PDF."""
        one, desk = self._sealed, self._desk
        return render_sealed(
            one.kind.value, desk.clinic, one.code, one.made, one.made_by, self._size, practice=desk.practice
        )

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        width, height = self._size.points
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.print_to(printer))
        QDialog.open(dialog)  # its own open() wants a slot by name

    def print_to(self, printer: QPrinter) -> None:
        """Drawn here and not in the worker: it is one page, and the code must not outlive this dialog."""
        paint_pages(page_images(self.content(), PRINT_DPI), printer)
