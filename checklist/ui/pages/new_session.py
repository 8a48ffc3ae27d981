"""Begin or book a session: choose the patient by a few letters, then the time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.desk import PatientRow
from checklist.ui.finder import born_text, found_rows
from checklist.ui.pages.patients import SearchField
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.table import Column, RowTable
from checklist.ui.widgets.text import text_label

COLUMNS = (Column("Patient"), Column("Born", 190), Column("MRN", 170))
INDICATIONS = (Segment("mood", "Mood", "1"), Segment("pain", "Pain", "2"))
LIST_ROWS = 6


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What was typed for a new session; empty number and course go on from the last session."""

    patient: str
    planned: str
    number: str
    course_total: str
    indication: str


class NewSessionPage(ScrollPage):
    """Signals:
    submitted(SessionWish): begin or book it.
    open_wished(str): session id: the patient's open session instead.
    add_wished(): nobody was found: a patient who is new to the clinic.
    left(): Esc or Cancel.
    """

    submitted = Signal(object)
    open_wished = Signal(str)
    add_wished = Signal()
    left = Signal()

    def __init__(self, find: Callable[[str], Sequence[PatientRow]], today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._find = find
        self._today = today
        self._found: dict[str, PatientRow] = {}
        self._chosen: PatientRow | None = None
        self.field = SearchField("Patient", self)
        self.field.setObjectName("patient")
        self.table = RowTable(COLUMNS, "Patients found", self, fit_rows=True, row_px=46)
        self._note = text_label("", "help", self, wrap=True)
        self._who = text_label("", "strong", self, wrap=True)
        self.form = _form(self)
        self._problem = text_label("", "problem", self, wrap=True)
        self._open = Button("Open the session under way", self)
        self.add = Button("Add this patient", self, keys="Alt+N")
        self._cancel = Button("Cancel", self)
        self.start = Button("Start", self, kind="primary")
        self._why = text_label("Choose the patient first.", "help", self)
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """The name, or when the patient is known what comes next."""
        if self._chosen is None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._chosen.open_session is None:
            self.form.focus("planned", Qt.FocusReason.TabFocusReason)
        else:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Empty, ready to type a name."""
        self.field.clear()
        self._choose(None)
        self._search("")
        self.form.show_values({"planned": "now", "number": "", "course_total": "", "indication": ""})

    def begin_with(self, row: PatientRow) -> None:
        """The patient is known: only the time is left."""
        self.begin()
        self.field.setText(row.patient.display_name)
        self._choose(row)

    def show_problem(self, sentence: str, field: str = "") -> None:
        """Why it was not begun; `field` is planned, number or course_total."""
        if not (field and self.form.show_problem(field, sentence)):
            self._problem.setText(sentence)
            self._problem.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        found = self._find(text.strip())[:LIST_ROWS] if text.strip() else ()
        self._found = {row.patient.id: row for row in found}
        self.table.show_rows(found_rows(found, self._today(), headed=True))
        self.table.set_current("")
        self.table.setVisible(bool(found))
        self._note.setVisible(not found)
        nobody = "Nobody found. Try fewer letters, or add the patient."
        self.add.setVisible(bool(text.strip()) and not found)
        self._note.setText(nobody if text.strip() else "Type the first three letters of the name, then Enter.")

    def _on_typed(self, text: str) -> None:
        self._choose(None)
        self._search(text)

    def _on_entered(self) -> None:
        key = self.table.current_key()
        if key is not None and not self.table.isHidden():
            self._choose_key(key)

    def _choose_key(self, key: str) -> None:
        self._choose(self._found[key])
        self.focus_first()

    def _choose(self, row: PatientRow | None) -> None:
        self._chosen = row
        self._problem.hide()
        self.form.clear_problems()
        self.form.setVisible(row is not None)
        self.start.setEnabled(row is not None)
        self._why.setVisible(row is None)
        self._who.setVisible(row is not None)
        self._open.setVisible(row is not None and row.open_session is not None)
        if row is None:
            return
        self.table.hide()
        self._note.hide()
        self.add.hide()
        born = born_text(row.patient.born, self._today())
        twin = " · similar name to another patient's: check the birth date" if row.same_name else ""
        self._who.setText(f"{row.patient.display_name} · born {born}{twin}")
        self.form.show_values({"indication": row.indication})
        if row.open_session is not None:
            self._problem.setText("This patient has a session that is not closed.")
            self._problem.show()

    def _submit(self) -> None:
        if self._chosen is None:
            return
        self.form.clear_problems()
        self._problem.hide()
        values = self.form.values()
        if not values["indication"]:
            self.form.show_problem("indication", "Choose what it is for: mood or pain.")
            return
        self.submitted.emit(SessionWish(self._chosen.patient.id, **values))

    def _on_open(self) -> None:
        if self._chosen is not None and self._chosen.open_session is not None:
            self.open_wished.emit(self._chosen.open_session)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_typed)
        self.field.entered.connect(self._on_entered)
        self.field.down_wished.connect(self.table.setFocus)
        self.table.chosen.connect(self._choose_key)
        self.form.submitted.connect(self._submit)
        self.start.clicked.connect(self._submit)
        self._open.clicked.connect(self._on_open)
        self.add.clicked.connect(lambda: self.add_wished.emit())
        self._cancel.clicked.connect(lambda: self.left.emit())

    def _lay_out(self) -> None:
        card = Card(self)
        card.setMaximumWidth(scaled(860))
        card.body.setSpacing(scaled(10))
        card.body.addWidget(LabelledField("Patient", self.field, card))
        for part in (self.table, self._note, self._who, self.form, self._problem):
            card.body.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self._why)
        row.addWidget(self._cancel)
        row.addWidget(self.start)
        card.body.addLayout(row)
        self.body.setSpacing(scaled(14))
        self.body.addWidget(PageHead("New session", self))
        self.body.addWidget(card)
        self.body.addStretch(1)


def _form(parent: QWidget) -> Form:
    form = Form(parent)
    form.begin_row()
    form.add_text("planned", "Planned start", help="now, 1140, tomorrow 9:30. Enter starts.", submits=True, share=3)
    form.add_text("number", "Session number", help="Empty: the next one", share=2)
    form.add_text("course_total", "Of", help="Empty: as before", share=1)
    form.add_choice("indication", "For", INDICATIONS, share=2)
    form.end_row()
    return form
