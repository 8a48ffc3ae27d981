"""The very first start: the clinic and its first staff member."""

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.desk import ClinicDraft, FieldError
from checklist.levels import Level
from checklist.ui.pages.staff_form import StaffForm
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.notice import Notice
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.text import text_label

PRACTICE_HINT = (
    "Close this window and start “checklist --practice”: another data file, a striped bar on every page, and nothing "
    "typed there becomes a record."
)
PAPER = (Segment("letter", "Letter (8.5 × 11 in)", "1"), Segment("a4", "A4", "2"))
FASTING = (Segment("ASA", "ASA: solids 6 h, fatty 8 h", "1"), Segment("CLINIC_4_6", "Clinic: 4-6 hours", "2"))


class FirstRunPage(ScrollPage):
    """Asks for the clinic and for the first person, who is an administrator too.

    Signals:
        submitted(ClinicDraft, NewStaff, str): the clinic, the person, the password.
        restore_wished(): this is another PC of a clinic that has a backup.
    """

    submitted = Signal(object, object, str)
    restore_wished = Signal()

    def __init__(self, parent: QWidget, *, practice: bool) -> None:
        super().__init__(parent)
        self.clinic = _clinic_form(self)
        self.staff = StaffForm(self, first=True)
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        self.button = Button("Set up and sign in", self, kind="primary")
        self.restore = Button("Bring back a backup instead", self)
        self._lay_out(practice)
        self.clinic.submitted.connect(lambda: self.staff.focus("staff_name"))
        self.staff.submitted.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.restore.clicked.connect(self.restore_wished)

    def focus_first(self) -> None:
        self.clinic.focus("name")

    def submit(self) -> None:
        """Check what the page can check itself, then ask for it."""
        self.clinic.clear_problems()
        self.staff.clear_problems()
        self._problem.hide()
        try:
            clinic = self._clinic()
            person, password = self.staff.read()
        except FieldError as refused:
            self.show_refusal(refused)
            return
        self.submitted.emit(clinic, person, password)

    def show_refusal(self, refused: FieldError) -> None:
        if not (self.staff.show_refusal(refused) or self.clinic.show_problem(refused.field, refused.sentence)):
            self.show_problem(refused.sentence)

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def _clinic(self) -> ClinicDraft:
        values = self.clinic.values()
        if not values["name"].strip():
            raise FieldError("name", "Type the clinic's name. It stands on every page that is printed.")
        if values["zone"].encode() not in [bytes(one.data()) for one in QTimeZone.availableTimeZoneIds()]:
            raise FieldError("zone", f"“{values['zone']}” is not a time zone. Type one like America/New_York.")
        return ClinicDraft(
            name=values["name"],
            address=values["address"],
            phone=values["phone"],
            zone=values["zone"],
            paper=values["paper"],
            fasting_profile=values["fasting_profile"],
        )

    def _lay_out(self, practice: bool) -> None:
        title = "Set up a practice clinic" if practice else "Set up this clinic"
        self.body.addWidget(text_label(title, "hero", self))
        words = (
            "This is practice: another data file with invented patients. Nothing typed here becomes a record."
            if practice
            else "Everything stays on this computer, encrypted with the passwords of the people who sign in."
        )
        self.body.addWidget(text_label(words, "subtitle", self, wrap=True))
        if not practice:
            hint = Notice(self)
            hint.show_notice(Level.INFO, "Only trying it out?", PRACTICE_HINT)
            self.body.addWidget(hint)
        row = QHBoxLayout()
        row.setSpacing(scaled(20))
        for heading, form in (("The clinic", self.clinic), ("You, the first person to sign in", self.staff)):
            card = Card(self)
            card.body.addWidget(text_label(heading, "heading", card))
            card.body.addWidget(form)
            card.body.addStretch(1)
            row.addWidget(card, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._problem)
        last = QHBoxLayout()
        note = (
            "You become the administrator: you add the others under Settings. Write the password down and keep it "
            "safe: without it nobody can open the records."
        )
        last.addWidget(text_label(note, "help", self, wrap=True), 1)
        last.addWidget(self.restore)
        last.addWidget(self.button)
        self.body.addLayout(last)
        self.body.addStretch(1)


def _clinic_form(parent: QWidget) -> Form:
    form = Form(parent)
    form.add_text("name", "Name of the clinic")
    form.add_text("address", "Address")
    form.begin_row()
    form.add_text("phone", "Phone")
    form.add_text("zone", "Time zone")
    form.end_row()
    form.add_choice("paper", "Paper size", PAPER)
    form.add_choice("fasting_profile", "Fasting times", FASTING, help="Every number can be changed later.")
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    form.show_values({"zone": zone, "paper": "letter", "fasting_profile": "ASA"})
    return form
