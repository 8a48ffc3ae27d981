"""The shown lines of the journal on paper: to a printer or to a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from checklist.model import Clinic
from checklist.paper import JournalList, JournalRow, PaperSize, render_journal
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.session.preview import PRINT_DPI, page_images, paint_pages
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from checklist.desk.journal_view import JournalLine

FAILED = "The list could not be drawn. The journal is unchanged. Try again, or tell support."


def as_rows(lines: "Sequence[JournalLine]") -> tuple[JournalRow, ...]:
    return tuple(
        JournalRow(
            " · ".join((line.when.replace(" ", "\n"), str(line.seq))),
            line.who,
            "\n".join(part for part in (line.patient, line.record) if part),
            line.what,
            line.value,
        )
        for line in lines
    )


class JournalPrint(VisitDialog):
    """Draws the pages in the worker; then they can be printed or saved."""

    def __init__(self, listed: JournalList, clinic: Clinic, worker: Worker, parent: QWidget) -> None:
        super().__init__("Print the journal", parent)
        self._worker = worker
        self._size = PaperSize(clinic.paper)
        self._content = b""
        words = f"{len(listed.rows)} entries ({listed.asked}). They hold names of patients: keep the paper as a record."
        self.column.addWidget(text_label(words, "", self, wrap=True))
        self.said = text_label("Drawing…", "help", self, wrap=True)
        self.column.addWidget(self.said)
        self.save = Button("Save as file…", self)
        self.print_button = Button("Print…", self, kind="primary")
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        row.addStretch(1)
        for button, slot in ((self.save, self._ask_file), (self.print_button, self._ask_printer)):
            button.clicked.connect(slot)
            button.setEnabled(False)
            row.addWidget(button)
        self.column.addLayout(row)
        worker.run(lambda: render_journal(listed, clinic, self._size), self._on_drawn, self._on_failed)

    def save_to(self, name: str) -> None:
        try:
            Path(name).write_bytes(self._content)
        except OSError:
            self.said.setText(f"“{name}” could not be written. Choose another folder.")
            return
        self.said.setText(f"Saved as {Path(name).name}.")

    def print_to(self, printer: "QPrinter") -> None:
        content = self._content

        def done(images: list[QImage]) -> None:
            if isValid(self):
                paint_pages(images, printer)
                self.said.setText("Sent to the printer.")

        self._worker.run(lambda: page_images(content, PRINT_DPI), done, self._on_failed)

    def _on_drawn(self, content: bytes) -> None:
        if isValid(self):
            self._content = content
            self.said.setText("Ready.")
            self.save.setEnabled(True)
            self.print_button.setEnabled(True)
            self.print_button.setFocus()

    def _on_failed(self, _error: Exception) -> None:
        if isValid(self):
            self.said.setText(FAILED)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Save as file", "journal.pdf", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        width, height = self._size.points
        printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_to(printer))
        QDialog.open(dialog)  # QPrintDialog has an open() of its own that wants a slot by name
