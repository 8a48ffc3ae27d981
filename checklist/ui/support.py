"""What support needs to know of this PC, without a patient's name, a user's name or a password."""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QWidget

from checklist import __version__
from checklist.errors import KnownError
from checklist.ui.log import LOG_FOLDER, LOG_NAME
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from checklist.desk.board import Desk

LAST_LINES = 60
INTRO = "No patient, no user and no password stands in this text. Read it before you send it."


@dataclass(frozen=True, slots=True)
class Details:
    """Lines of `name: value`, then the end of the log."""

    facts: tuple[tuple[str, str], ...]
    log: tuple[str, ...]

    @property
    def text(self) -> str:
        lines = [f"{name}: {value}" for name, value in self.facts]
        return "\n".join([*lines, "", "Last lines of the log:", *(self.log or ("none",))])


def versions() -> tuple[tuple[str, str], ...]:
    from PySide6 import __version__ as pyside

    return (
        ("Ketamine checklist", __version__),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", sys.version.split()[0]),
        ("PySide6", pyside),
    )


def details_of(desk: "Desk", folder: Path) -> Details:
    facts = [*versions(), ("Practice", "yes" if desk.practice else "no")]
    facts.append(("Protocol version", desk.protocol.version))
    try:
        facts += desk.support_facts()
    except KnownError as failure:
        facts.append(("Data file", failure.sentence))
    return Details(tuple(facts), last_lines(folder))


def last_lines(folder: Path) -> tuple[str, ...]:
    """The end of the log; it names places in the program and kinds of errors, never what was typed."""
    try:
        text = (folder / LOG_FOLDER / LOG_NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(text.splitlines()[-LAST_LINES:])


class SupportDialog(VisitDialog):
    """Shows the text and copies it."""

    def __init__(self, details: Details, parent: QWidget) -> None:
        super().__init__("Details for support", parent, width=760)
        self.column.addWidget(text_label(INTRO, "help", self, wrap=True))
        self.text = QPlainTextEdit(details.text, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Details for support")
        self.text.setMinimumHeight(scaled(300))
        self.column.addWidget(self.text)
        self.copy = Button("Copy details for support", self, kind="primary")
        self.said = text_label("", "help", self)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.copy)
        self.column.addLayout(row)
        self.copy.clicked.connect(self._copy)
        self.copy.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.said.setText("Copied. Paste it into your message.")
