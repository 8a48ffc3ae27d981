"""Patients: search as one types, open, add."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.desk import PatientRow
from checklist.times import written_date
from checklist.ui.finder import SAME_NAME, born_text
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.page import PageHead
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

COLUMNS = (
    Column("Patient"),
    Column("Born", 180),
    Column("MRN", 150),
    Column("Last visit", 150),
    Column("", 140),
)
FIND_HELP = "First letters of the name, a birth date, or the MRN. Enter opens the first one."


class SearchField(TextField):
    """Down or Enter goes into the list.

    Signals:
        down_wished(): the Down key.
    """

    down_wished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_wished.emit()
        else:
            super().keyPressEvent(event)


class PatientsPage(QWidget):
    """The list follows the typing within one turn of the event loop.

    Signals:
        opened(str): patient id.
        add_wished(): a person wants to add a patient.
    """

    opened = Signal(str)
    add_wished = Signal()

    def __init__(self, find: Callable[[str], Sequence[PatientRow]], today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self._find = find
        self._today = today
        self.field = SearchField("Find a patient", self)
        self.field.setObjectName("find patient")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self._add = Button("Add patient", self, kind="primary", keys="Alt+N")
        self._card = Card(self)
        self._card.body.setContentsMargins(1, 1, 1, 1)
        self.table = RowTable(COLUMNS, "Patients found", self._card)
        self._card.body.addWidget(self.table)
        self._note = text_label("", "subtitle", self, wrap=True)
        self._lay_out()
        self.field.textEdited.connect(lambda _text: self._soon.start(0))
        self.field.entered.connect(self._open_first)
        self.field.down_wished.connect(self.table.setFocus)
        self.table.chosen.connect(self.opened)
        self._add.clicked.connect(self._on_add)

    def focus_first(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def refresh(self) -> None:
        """Search again with what stands in the field."""
        text = self.field.text().strip()
        found = self._find(text) if text else ()
        today = self._today()
        self.table.show_rows([_row(row, today) for row in found])
        self.table.set_current("")
        self._card.setVisible(bool(found))
        self._note.setVisible(not found)
        self._note.setText(
            f"Nobody found for “{text}”. Try fewer letters or the birth date, or add the patient."
            if text
            else "Start typing: the list follows."
        )

    def _open_first(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self.refresh()
        key = self.table.current_key()
        if key:
            self.opened.emit(key)

    def _on_add(self) -> None:
        self.add_wished.emit()

    def _lay_out(self) -> None:
        head = PageHead("Patients", self)
        head.add_button(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(26), scaled(20), scaled(26), scaled(20))
        column.setSpacing(scaled(12))
        column.addWidget(head)
        column.addWidget(LabelledField("Find a patient", self.field, self, help=FIND_HELP))
        column.addWidget(self._card)
        column.addWidget(self._note)
        column.addStretch(1)


def _row(row: PatientRow, today: date) -> TableRow:
    seen = row.last_visit
    return TableRow(
        row.patient.id,
        (
            Cell(
                row.patient.display_name,
                Look.STRONG,
                note=f"known as “{row.patient.preferred}”" if row.patient.preferred else "",
                mark=SAME_NAME if row.same_name else "",
                photo=row.photo,
            ),
            Cell(born_text(row.patient.born, today)),
            Cell(row.patient.mrn or "Not known"),
            Cell(written_date(seen.local.date()) if seen else "None yet"),
            Cell("Session open" if row.open_session else "", Look.CHIP, "note"),
        ),
    )
