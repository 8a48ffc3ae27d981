"""The clinic, its people, and which program this is."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from checklist import __version__
from checklist.desk import FieldError
from checklist.model import Clinic, Role, Staff
from checklist.protocol import Protocol
from checklist.times import written_date
from checklist.ui.pages.backup_card import BackupCard
from checklist.ui.pages.settings_keys import OwnCard, SealedCard
from checklist.ui.pages.staff_form import StaffForm
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button, ReasonedButton
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from checklist.ui.widgets.text import text_label

COLUMNS = (
    Column("Name"),
    Column("Credentials", 130),
    Column("User", 130),
    Column("Roles", 230),
    Column("", 110),
)
ROLE_WORDS = {Role.NURSE: "Nurse", Role.PROVIDER: "Provider", Role.ADMINISTRATOR: "Administrator"}
ONLY_ADMINISTRATORS = "Only an administrator can add staff."


class SettingsPage(ScrollPage):
    """Signals:
    staff_submitted(NewStaff, str): a new colleague and their first password.
    person_wished(str): staff id: an administrator wants to change something about this person.
    journal_wished(): show who did what.
    support_wished(): show what support needs to know.
    """

    staff_submitted = Signal(object, str)
    person_wished = Signal(str)
    journal_wished = Signal()
    support_wished = Signal()

    def __init__(self, protocol: Protocol, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._people = RowTable(COLUMNS, "Staff", self, fit_rows=True, row_px=44)
        self.add = ReasonedButton("Add staff", self, kind="plain")
        self._form_card = Card(self)
        self.form = StaffForm(self._form_card, first=False)
        self._problem = text_label("", "problem", self, wrap=True)
        self.own = OwnCard(self)
        self.sealed = SealedCard(self)
        self._may = False
        self.backups = BackupCard(self)
        self.journal = Button("Journal", self)
        self.support = Button("Details for support", self)
        self._lay_out(protocol)
        self.journal.clicked.connect(self.journal_wished)
        self.support.clicked.connect(self.support_wished)
        self.add.clicked.connect(self._open_form)
        self._people.chosen.connect(self._on_person)
        self.form.submitted.connect(self._submit)

    def focus_first(self) -> None:
        """At the top: the page opens with its title in sight."""
        self.journal.setFocus()

    def show_clinic(self, clinic: Clinic) -> None:
        paper = {"letter": "Letter", "a4": "A4"}
        facts = (
            ("Name", clinic.name),
            ("Address", clinic.address or "Not known"),
            ("Phone", clinic.phone or "Not known"),
            ("Time zone", clinic.zone),
            ("Paper", paper.get(clinic.paper, clinic.paper)),
            ("Fasting times", clinic.fasting_profile.replace("CLINIC_4_6", "Clinic, 4-6 hours")),
        )
        while (item := self._grid.takeAt(0)) is not None:
            shown = item.widget()
            if shown is not None:
                shown.deleteLater()
        for row, (name, value) in enumerate(facts):
            self._grid.addWidget(text_label(name, "label", self), row, 0)
            self._grid.addWidget(text_label(value, "strong", self, wrap=True), row, 1)

    def show_staff(self, people: Sequence[Staff], me: Staff) -> None:
        self._may = Role.ADMINISTRATOR in me.roles
        self._people.show_rows([_row(person, may=self._may) for person in people])
        self.add.show_reason("" if self._may else ONLY_ADMINISTRATORS)

    def _on_person(self, staff_id: str) -> None:
        if self._may:
            self.person_wished.emit(staff_id)

    def staff_added(self) -> None:
        """The colleague can sign in: empty the form and close it."""
        self.form.show_values(dict.fromkeys(self.form.values(), ""))
        self.form.clear_problems()
        self._form_card.hide()
        self.add.button.setFocus()

    def show_refusal(self, refused: FieldError) -> None:
        if not self.form.show_refusal(refused):
            self.show_problem(refused.sentence)

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _open_form(self) -> None:
        self._form_card.show()
        self.form.focus("staff_name")

    def _close_form(self) -> None:
        self.staff_added()

    def _submit(self) -> None:
        self.form.clear_problems()
        self._problem.hide()
        try:
            person, password = self.form.read()
        except FieldError as refused:
            self.show_refusal(refused)
            return
        self.staff_submitted.emit(person, password)

    def _lay_out(self, protocol: Protocol) -> None:
        head = PageHead("Settings", self)
        head.add_button(self.journal)
        head.add_button(self.support)
        self.body.addWidget(head)
        row = QHBoxLayout()
        row.setSpacing(scaled(16))
        clinic = Card(self)
        clinic.body.addWidget(text_label("Clinic", "heading", clinic))
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(scaled(16))
        clinic.body.addLayout(self._grid)
        clinic.body.addStretch(1)
        row.addWidget(clinic, 1)
        row.addWidget(_about(protocol, self), 1)
        self.body.addLayout(row)
        ways = QHBoxLayout()
        ways.setSpacing(scaled(16))
        ways.addWidget(self.own, 1)
        ways.addWidget(self.sealed, 1)
        self.body.addLayout(ways)
        self.body.addWidget(self._staff_card())
        self._fill_form_card()
        self.body.addWidget(self._form_card)
        self.body.addWidget(self.backups)
        self.body.addStretch(1)

    def _staff_card(self) -> Card:
        card = Card(self)
        head = QHBoxLayout()
        head.addWidget(text_label("Staff", "heading", card))
        head.addWidget(self.add, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._people)
        return card

    def _fill_form_card(self) -> None:
        body = self._form_card.body
        body.addWidget(text_label("Add a staff member", "heading", self._form_card))
        body.addWidget(self.form)
        body.addWidget(self._problem)
        self._problem.hide()
        row = QHBoxLayout()
        cancel = Button("Cancel", self._form_card)
        save = Button("Add to the staff", self._form_card, kind="primary")
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        body.addLayout(row)
        cancel.clicked.connect(self._close_form)
        save.clicked.connect(self._submit)
        self._form_card.hide()


def _row(person: Staff, *, may: bool) -> TableRow:
    roles = ", ".join(ROLE_WORDS[role] for role in Role if role in person.roles)
    name = Cell(person.name, Look.STRONG, note="" if person.active else "Disabled: cannot sign in")
    change = Cell("Change…", Look.BUTTON) if may else Cell("")
    return TableRow(person.id, (name, Cell(person.credentials), Cell(person.user), Cell(roles), change))


def _written(day: str) -> str:
    return written_date(date.fromisoformat(day))


def _about(protocol: Protocol, parent: QWidget) -> Card:
    card = Card(parent)
    card.body.addWidget(text_label("About", "heading", card))
    lines = (
        f"Ketamine checklist {__version__}",
        f"Protocol “{protocol.title}”, version {protocol.version}, revised {_written(protocol.revised)}",
        "The program informs, people decide. It recommends no drug and no dose.",
        "Free software, Apache License 2.0. Fonts: SIL Open Font License. Icons: Lucide, ISC License.",
    )
    for line in lines:
        card.body.addWidget(text_label(line, "", card, wrap=True))
    card.body.addStretch(1)
    return card
