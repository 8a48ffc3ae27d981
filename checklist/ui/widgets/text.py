"""Words on the screen. Always plain text: a patient's name or a note is never read as markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from checklist.ui.style import set_role


def text_label(text: str, role: str, parent: QWidget, *, wrap: bool = False) -> QLabel:
    """A label in one of the looks of style.qss."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    set_role(label, role)
    return label


def buddy_label(text: str, role: str, buddy: QWidget, parent: QWidget, *, wrap: bool = False) -> QLabel:
    """The visible label of an input. An ampersand is a letter here, not a shortcut."""
    label = text_label(text.replace("&", "&&"), role, parent, wrap=wrap)
    label.setBuddy(buddy)
    return label


def plain_tip(text: str) -> str:
    """Words for a tool tip. Qt guesses whether a tip is markup, so what a person typed is escaped."""
    from html import escape  # late: it reads a table of all names of characters, and the sign-in has no tips

    return f"<p>{escape(text)}</p>" if text else ""


def rule(parent: QWidget) -> QFrame:
    """A thin line between two rows."""
    line = QFrame(parent)
    set_role(line, "rule")
    return line
