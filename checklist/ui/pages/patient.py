"""One patient: who they are, their sessions, and what can be begun from here."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import AllergyState, Patient, Sex
from checklist.snapshot import SessionInfo
from checklist.times import written_day, written_time
from checklist.ui.finder import born_text
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.portrait import Portrait
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

SEX = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.OTHER: "Other", Sex.NOT_KNOWN: "Not known"}
COLUMNS = (Column("Date", 180), Column("Time", 90), Column("Session"), Column("Record", 180), Column("", 110))


class PatientPage(ScrollPage):
    """Signals:
    start_wished(str): patient id: begin or book a session.
    edit_wished(str): patient id.
    course_wished(str): patient id: the infusions of the course in numbers.
    opened(str): session id.
    photo_wished(str): patient id: choose a photograph, or say that there is none.
    """

    start_wished = Signal(str)
    edit_wished = Signal(str)
    course_wished = Signal(str)
    opened = Signal(str)
    photo_wished = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._patient: Patient | None = None
        self._head = PageHead("", self)
        edit = Button("Edit", self)
        self.start = Button("Start session", self, kind="primary")
        self.course = Button("Course", self, keys="Alt+C")
        self.photograph = Button("Photograph", self)
        self._head.add_button(self.photograph)
        self._head.add_button(edit)
        self._head.add_button(self.course)
        self._head.add_button(self.start)
        self._facts = Card(self)
        row = QHBoxLayout()
        row.setSpacing(scaled(16))
        self.portrait = Portrait(72, self._facts, height=96)
        row.addWidget(self.portrait)
        self._flow = FlowLayout(None, scaled(28))
        row.addLayout(self._flow, 1)
        self._facts.body.addLayout(row)
        self._parts: list[QWidget] = []
        card = Card(self)
        card.body.setContentsMargins(1, 1, 1, 1)
        self.table = RowTable(COLUMNS, "Sessions of this patient", card, fit_rows=True, row_px=48)
        card.body.addWidget(self.table)
        self._none = text_label("No session yet.", "subtitle", self)
        self._sessions = card
        for part in (self._head, self._facts, text_label("Sessions", "heading", self), card, self._none):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.table.chosen.connect(self.opened)
        self.start.clicked.connect(self._on_start)
        edit.clicked.connect(self._on_edit)
        self.photograph.clicked.connect(self._on_photograph)
        self.course.clicked.connect(self._on_course)

    def focus_first(self) -> None:
        self.start.setFocus()

    def show_patient(
        self, patient: Patient, sessions: Sequence[SessionInfo], today: date, photo: bytes | None = None
    ) -> None:
        """Newest session first."""
        self.portrait.show_photo(photo)
        self._patient = patient
        self._head.show_title(patient.display_name, f"known as “{patient.preferred}”" if patient.preferred else "")
        self._show_facts(patient, today)
        newest = sorted(sessions, key=lambda one: one.planned, reverse=True)
        self.table.show_rows([_session_row(one) for one in newest])
        self._sessions.setVisible(bool(newest))
        self._none.setVisible(not newest)
        self.course.setVisible(bool(newest))

    @property
    def patient(self) -> Patient | None:
        return self._patient

    def _show_facts(self, patient: Patient, today: date) -> None:
        for part in self._parts:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [_fact(name, value, self._facts) for name, value in _facts_of(patient, today)]
        for part in self._parts:
            self._flow.addWidget(part)
            part.show()

    def _on_start(self) -> None:
        if self._patient is not None:
            self.start_wished.emit(self._patient.id)

    def _on_course(self) -> None:
        if self._patient is not None:
            self.course_wished.emit(self._patient.id)

    def _on_photograph(self) -> None:
        if self._patient is not None:
            self.photo_wished.emit(self._patient.id)

    def _on_edit(self) -> None:
        if self._patient is not None:
            self.edit_wished.emit(self._patient.id)


def _facts_of(patient: Patient, today: date) -> tuple[tuple[str, str], ...]:
    allergies = {
        AllergyState.LISTED: patient.allergies,
        AllergyState.NONE_KNOWN: "None known",
        AllergyState.NOT_ASKED: "Not asked yet",
    }
    return (
        ("Born", born_text(patient.born, today)),
        ("Sex", SEX[patient.sex]),
        ("MRN", patient.mrn or "Not known"),
        ("Phone", patient.phone or "Not known"),
        ("Allergies", allergies[patient.allergy_state]),
        *((("Notes", patient.notes),) if patient.notes else ()),
    )


def _fact(name: str, value: str, parent: QWidget) -> QWidget:
    """A quiet label, a stronger value."""
    box = QWidget(parent)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(scaled(6))
    row.addWidget(text_label(name, "label", box))
    row.addWidget(text_label(value, "strong", box))
    return box


def _session_row(session: SessionInfo) -> TableRow:
    return TableRow(
        session.id,
        (
            Cell(written_day(session.planned.local.date())),
            Cell(written_time(session.planned)),
            Cell(session.count_text),
            Cell(session.record_id, Look.MUTED),
            Cell("Open", Look.BUTTON),
        ),
    )
