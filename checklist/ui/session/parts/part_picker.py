"""The parts of a record in a list that one narrows by typing; Enter takes one, or marks several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.desk.amend_words import Part
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.fields import TextField
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import buddy_label

_COLUMNS = (Column("What", share=5), Column("In the record", share=6))
_MARKED = "Marked"
ROWS_PX = 230


class FilterField(TextField):
    """Signals:
    went_down(): Enter or the arrow: into the list.
    """

    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*ENTER, Qt.Key.Key_Down):
            if not is_held(event):
                self.went_down.emit()
        else:
            super().keyPressEvent(event)


class PartPicker(QWidget):
    """Signals:
    picked(str): key of the part that a person took with Enter.
    """

    picked = Signal(str)

    def __init__(self, label: str, parent: QWidget, *, several: bool = False) -> None:
        super().__init__(parent)
        self._several = several
        self._parts: tuple[Part, ...] = ()
        self._marked: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        self.filter = FilterField(label, self)
        self.filter.setObjectName("parts.filter")
        self.table = RowTable(_COLUMNS, "Parts of the record", self, row_px=44)
        self.table.setObjectName("parts.table")
        self.table.setFixedHeight(scaled(ROWS_PX))
        column.addWidget(buddy_label(label, "label", self.filter, self))
        column.addWidget(self.filter)
        column.addWidget(self.table)
        self.setFocusProxy(self.filter)
        self.filter.textEdited.connect(self._draw)
        self.filter.went_down.connect(self.table.setFocus)
        self.table.chosen.connect(self._on_chosen)

    def show_parts(self, parts: Sequence[Part]) -> None:
        self._parts, self._marked = tuple(parts), []
        self._draw()

    @property
    def marked(self) -> tuple[str, ...]:
        """Keys of what a person marked, in the order of marking."""
        return tuple(self._marked)

    def _draw(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [one for one in self._parts if all(word in f"{one.label} {one.words}".casefold() for word in words)]
        self.table.show_rows([self._row(one) for one in shown])

    def _row(self, part: Part) -> TableRow:
        mark = _MARKED if part.key in self._marked else ""
        return TableRow(part.key, (Cell(part.label, Look.STRONG, mark=mark), Cell(part.words)))

    def _on_chosen(self, key: str) -> None:
        if self._several:
            self._marked = [one for one in self._marked if one != key] if key in self._marked else [*self._marked, key]
            self._draw()
        self.picked.emit(key)
