"""A file that a person chooses: read and judged in the worker, so that a slow drive never holds the window."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from checklist.attached import Content
from checklist.errors import FileRefused
from checklist.pictures import read_file
from checklist.ui.tasks import Worker

_LOG = logging.getLogger(__name__)
PAPERS = "Scans, photographs, PDF (*.pdf *.jpg *.jpeg *.png);;All files (*)"
PICTURES = "Photographs (*.jpg *.jpeg *.png);;All files (*)"


def ask_file(title: str, kinds: str, chosen: Callable[[str], None], parent: QWidget) -> None:
    """The system's own dialog. It only offers; what the file is decides its content."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def read_in(
    worker: Worker,
    name: str,
    judge: Callable[[bytes], Content],
    done: Callable[[Content], None],
    refused: Callable[[str], None],
    widget: QWidget,
) -> None:
    """Hand over what became of the file, unless `widget` is gone by then."""

    def taken(content: Content) -> None:
        if isValid(widget):
            done(content)

    def failed(error: Exception) -> None:
        if not isinstance(error, FileRefused):
            _LOG.error("reading a chosen file failed: %s", type(error).__name__)
        if isValid(widget):
            refused(error.sentence if isinstance(error, FileRefused) else "The file cannot be read. Nothing was kept.")

    worker.run(lambda: judge(read_file(Path(name))), taken, failed)


def size_words(length: int) -> str:
    """`143 KB`, `2.1 MB`"""
    return f"{length / 1_048_576:.1f} MB" if length >= 1_048_576 else f"{max(1, round(length / 1024))} KB"
