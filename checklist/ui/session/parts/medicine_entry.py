"""Where a medicine is typed as it is heard, with suggestions beneath that are taken only by a person's choice."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checklist.levels import Level
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.chip import Chip
from checklist.ui.widgets.text import text_label

# A dose follows the name: "xan 0.5 mg". Suggestions look at the name alone.
_DOSE = re.compile(r"\s+\d.*$")


class Suggested(Protocol):
    """A suggestion of the desk."""

    @property
    def text(self) -> str: ...
    @property
    def display(self) -> str: ...
    @property
    def brand(self) -> str | None: ...
    @property
    def class_name(self) -> str: ...
    @property
    def level(self) -> Level: ...


Suggest = Callable[[str], Sequence[Suggested]]


class SuggestionRow(QFrame):
    """One suggestion: generic name bold, brand, class, level.

    Signals:
        taken(): clicked.
    """

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "suggestion")
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(12), scaled(5), scaled(12), scaled(5))
        self._name = text_label("", "strong", self)
        self._brand = text_label("", "subtitle", self, wrap=True)
        self._chip = Chip(self)
        row.addWidget(self._name)
        row.addWidget(self._brand, 1)
        row.addWidget(self._chip)

    def show_suggestion(self, suggestion: Suggested) -> None:
        self._name.setText(suggestion.display)
        self._brand.setText(" · ".join(word for word in (suggestion.brand, suggestion.class_name) if word))
        self._chip.show_level(suggestion.level)
        self.setAccessibleName(f"{suggestion.display}, {suggestion.brand or ''}, {suggestion.class_name}")

    def show_highlight(self, on: bool) -> None:
        set_look(self, "current", on)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.taken.emit()


class EntryField(QLineEdit):
    """Signals:
    moved(int): arrow down (1) or up (-1).
    entered(): Enter.
    closed(): Escape.
    """

    moved = Signal(int)
    entered = Signal()
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in ENTER:
            if not is_held(event):
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class MedicineEntry(QWidget):
    """Signals:
    added(str): take this text into the list.
    passed(): Enter on the empty field: the list is done.
    """

    added = Signal(str)
    passed = Signal()

    def __init__(self, suggest: Suggest, parent: QWidget) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._suggestions: tuple[Suggested, ...] = ()
        self._highlighted = -1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        self.field = EntryField(self)
        self.field.setObjectName("medicines.entry")
        self.field.setAccessibleName("Add a medicine")
        self.field.setAccessibleDescription(
            "Type as heard; arrow down picks a suggestion, Enter adds what stands there"
        )
        self.field.setPlaceholderText("Name and dose, as you hear them")
        column.addWidget(self.field)
        self._popup = QFrame(self)
        set_role(self._popup, "popup")
        self._list = QVBoxLayout(self._popup)
        self._list.setContentsMargins(1, 1, 1, 1)
        self._list.setSpacing(0)
        self._popup.hide()
        column.addWidget(self._popup)
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        self._rows: list[SuggestionRow] = []
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(self._on_edited)
        self.field.moved.connect(self._move)
        self.field.entered.connect(self._enter)
        self.field.closed.connect(self._close)

    @property
    def suggestions(self) -> tuple[str, ...]:
        """The names on show, from the top."""
        return tuple(one.display for one in self._suggestions) if not self._popup.isHidden() else ()

    def clear(self) -> None:
        """The text was taken into the list."""
        self.field.clear()
        self.show_problem("")
        self._close()

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _on_edited(self, text: str) -> None:
        self.show_problem("")
        self._suggestions = tuple(self._suggest(_DOSE.sub("", text)))
        self._highlight(-1)
        for index, suggestion in enumerate(self._suggestions):
            self._row(index).show_suggestion(suggestion)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(self._suggestions))
        self._popup.setVisible(bool(self._suggestions))

    def _row(self, index: int) -> SuggestionRow:
        if index == len(self._rows):
            row = SuggestionRow(self._popup)
            row.taken.connect(lambda: self._take(index))
            self._rows.append(row)
            self._list.addWidget(row)
        return self._rows[index]

    def _move(self, by: int) -> None:
        if self._suggestions and not self._popup.isHidden():
            self._highlight(max(-1, min(self._highlighted + by, len(self._suggestions) - 1)))

    def _highlight(self, index: int) -> None:
        self._highlighted = index
        for number, row in enumerate(self._rows):
            row.show_highlight(number == index)

    def _enter(self) -> None:
        if self._highlighted >= 0:
            self._take(self._highlighted)
        elif self.field.text().strip():
            self._close()
            self.added.emit(self.field.text())
        else:
            self.passed.emit()

    def _take(self, index: int) -> None:
        """The chosen name takes the place of the typed one. A dose that was typed stays and both go on the list."""
        dose = _DOSE.search(self.field.text())
        text = self._suggestions[index].text + (dose.group() if dose else "")
        self.field.setText(text if dose else f"{text} ")
        self.field.setFocus()
        self._close()
        if dose:
            self.added.emit(text)

    def _close(self) -> None:
        self._highlight(-1)
        self._popup.hide()
