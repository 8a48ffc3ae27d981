"""The journal: who did what, and when; by day, person, patient and question."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.desk import FieldError, PatientRow
from checklist.errors import KnownError
from checklist.model import Staff, StaffId
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.page import PageHead
from checklist.ui.widgets.person_picker import PersonPicker
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

if TYPE_CHECKING:
    from checklist.desk.journal_view import JournalLine, JournalPage, JournalWish

COLUMNS = (
    Column("When", 142),
    Column("Who", 134),
    Column("Patient", share=6),
    Column("What", share=7),
    Column("Content", share=11),
)
EVERYBODY = "Everybody"


class _Everybody:
    """The first line of the picker."""

    user = ""
    name = EVERYBODY


class JournalPageView(QWidget):
    """Reads; writes nothing.

    Signals:
        left(): back to the settings.
        print_wished(object): these lines on paper; a JournalPrint.
    """

    left = Signal()
    print_wished = Signal(object, str)

    def __init__(
        self,
        read: "Callable[[JournalWish], JournalPage]",
        find: Callable[[str], Sequence[PatientRow]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        set_role(self, "ground")
        self._read = read
        self._find = find
        self._people: dict[str, StaffId] = {}
        self._shown: tuple[JournalLine, ...] = ()
        self._older: int | None = None
        self._wish: JournalWish | None = None
        self.form = Form(self)
        self.person = PersonPicker(self)
        self.table = RowTable(COLUMNS, "Entries of the journal", self, row_px=44)
        self.note = text_label("", "subtitle", self, wrap=True)
        self.show_button = Button("Show", self, kind="primary")
        self.older = Button("Older entries", self)
        self.print_button = Button("Print…", self)
        self.back = Button("Back", self)
        self._lay_out()
        self.form.submitted.connect(self.look)
        self.person.passed.connect(self.look)
        self.show_button.clicked.connect(self.look)
        self.older.clicked.connect(self._leaf)
        self.print_button.clicked.connect(self._print)
        self.back.clicked.connect(self.left)

    def focus_first(self) -> None:
        self.form.focus("day")

    def begin(self, staff: Sequence[Staff]) -> None:
        """Today's entries of everybody."""
        self._people = {person.user: person.id for person in staff}
        self.person.show_people([_Everybody(), *staff])
        self.form.show_values({"day": "today", "patient": "", "item": ""})
        self.look()

    def look(self) -> None:
        """Read what the form asks for."""
        self.form.clear_problems()
        wish = self._typed()
        if wish is not None:
            self._wish = wish
            self._show(wish)

    def _typed(self) -> "JournalWish | None":
        from checklist.desk.journal_view import JournalWish

        values = self.form.values()
        patient = None
        if values["patient"].strip():
            found = self._find(values["patient"])
            if len(found) != 1:
                self.form.show_problem("patient", _not_one(found))
                return None
            patient = found[0].patient.id
        return JournalWish(self._people.get(self.person.user()), patient, values["item"], values["day"])

    def _show(self, wish: "JournalWish") -> None:
        try:
            page = self._read(wish)
        except FieldError as refused:
            self.form.show_problem(refused.field, refused.sentence)
            return
        except KnownError as failure:
            self.note.setText(failure.sentence)
            return
        self._shown, self._older = page.lines, page.older
        self.table.show_rows([_row(line) for line in page.lines])
        count = f"{len(page.lines)} entries, the newest first." if page.lines else "No entry is like that."
        self.note.setText(" ".join(part for part in (count, page.hint) if part))
        self.older.setEnabled(page.older is not None)
        self.print_button.setEnabled(bool(page.lines))

    def _leaf(self) -> None:
        from dataclasses import replace

        if self._wish is not None and self._older is not None:
            self._show(replace(self._wish, before=self._older))
            self.table.setFocus()

    def _print(self) -> None:
        values = self.form.values()
        asked = [
            f"day: {values['day']}" if values["day"].strip() else "",
            f"person: {self.person.currentText()}" if self.person.user() else "",
            f"patient: {values['patient']}" if values["patient"].strip() else "",
            f"question: {values['item']}" if values["item"].strip() else "",
        ]
        self.print_wished.emit(self._shown, " · ".join(part for part in asked if part) or "all entries")

    def _lay_out(self) -> None:
        head = PageHead("Journal", self)
        for button in (self.back, self.print_button):
            head.add_button(button)
        card = Card(self)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        self.form.begin_row()
        self.form.add_text("day", "Day")
        self.form.add_text("patient", "Patient", share=2)
        self.form.add_text("item", "Question", share=2, submits=True)
        self.form.end_row()
        row.addWidget(LabelledField("Person", self.person, self), 1)
        row.addWidget(self.form, 4)
        card.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.older)
        buttons.addWidget(self.show_button)
        card.body.addLayout(buttons)
        listed = Card(self)
        listed.body.setContentsMargins(1, 1, 1, 1)
        listed.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(26), scaled(20), scaled(26), scaled(20))
        column.setSpacing(scaled(12))
        column.addWidget(head)
        column.addWidget(card)
        column.addWidget(listed, 1)


def _row(line: "JournalLine") -> TableRow:
    day, _, time = line.when.partition(" ")
    return TableRow(
        str(line.seq),
        (
            Cell(day, note=f"{time} · {line.seq}"),
            Cell(line.who),
            Cell(line.patient, Look.STRONG, note=line.record),
            Cell(line.what),
            Cell(line.value),
        ),
    )


def _not_one(found: Sequence[PatientRow]) -> str:
    if not found:
        return "No patient is found by these words. Type the first letters of the name."
    names = ", ".join(row.patient.display_name for row in found[:4])
    return f"Several patients are found: {names}. Type more, e.g. the birth date."
