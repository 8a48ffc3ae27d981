"""Add or change a patient."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.desk import FieldError, PatientDraft
from checklist.model import AllergyState, Patient, Sex
from checklist.times import written_date
from checklist.ui.style import scaled
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.page import PageHead, ScrollPage
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.text import text_label

SEXES = (
    Segment("female", "Female", "F"),
    Segment("male", "Male", "M"),
    Segment("other", "Other", "O"),
    Segment("not_known", "Not known", "U"),
)
ALLERGIES = (
    Segment("none_known", "None known", "1"),
    Segment("listed", "Listed", "2"),
    Segment("not_asked", "Not asked yet", "3"),
)


class PatientFormPage(ScrollPage):
    """Signals:
    submitted(PatientDraft, bool): the values; True when a person said that this is another person.
    left(): Esc or Cancel: nothing is kept.

    What was typed and neither saved nor cancelled is there again when the page comes back for the same patient.
    """

    submitted = Signal(object, bool)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drafts: dict[str, dict[str, str]] = {}
        self._head = PageHead("", self)
        self.form = _form(self)
        self._whose, self._fresh = "", self.form.values()
        self._question = QuestionBar(self, yes="Yes, another person", no="No, go back")
        self._problem = text_label("", "problem", self, wrap=True)
        self._cancel = Button("Cancel", self)
        self._save = Button("Save patient", self, kind="primary")
        card = Card(self)
        card.setMaximumWidth(scaled(860))
        card.body.addWidget(self.form)
        card.body.addWidget(self._problem)
        card.body.addWidget(self._question)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
        card.body.addLayout(row)
        self.body.addWidget(self._head)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.form.submitted.connect(self._submit)
        self._save.clicked.connect(self._submit)
        self._cancel.clicked.connect(self._leave)
        self._question.confirmed.connect(lambda: self._send(True))
        self._question.rejected.connect(lambda: self.form.focus("family"))

    def focus_first(self) -> None:
        self.form.focus("family")

    def show_new(self) -> None:
        self._show("Add a patient", "", _NOTHING)

    def show_patient(self, patient: Patient) -> None:
        self._show(f"Change {patient.display_name}", patient.id, _values(patient))

    def forget(self) -> None:
        """It was saved, or is not wanted."""
        self._drafts.pop(self._whose, None)
        self._fresh = self.form.values()

    def show_refusal(self, refused: FieldError) -> None:
        if not self.form.show_problem(refused.field, refused.sentence):
            self.show_problem(refused.sentence)

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()

    def show_duplicate(self, sentence: str) -> None:
        """The same name and birth date are here already: asked in place, what was typed stays."""
        self._question.show_question(sentence)

    def question(self) -> str:
        return self._question.sentence()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep()
        super().hideEvent(event)

    def _keep(self) -> None:
        typed = self.form.values()
        if typed != self._fresh:
            self._drafts[self._whose] = typed

    def _show(self, title: str, whose: str, values: dict[str, str]) -> None:
        self._keep()
        kept = self._drafts.pop(whose, None)
        self._whose, self._fresh = whose, values
        self._head.show_title(title, "As you left it. Esc throws it away." if kept else "")
        self.form.clear_problems()
        self._problem.hide()
        self._question.clear_message()
        self.form.show_values(kept or values)

    def _submit(self) -> None:
        self._send(False)

    def _send(self, another_person: bool) -> None:
        self.form.clear_problems()
        self._problem.hide()
        self.submitted.emit(_draft(self.form.values()), another_person)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()


_TEXTS = ("family", "given", "title", "preferred", "born", "mrn", "phone", "sex", "allergies", "notes")
_NOTHING = dict.fromkeys(_TEXTS, "") | {"allergy_state": AllergyState.NOT_ASKED.value}


def _values(patient: Patient) -> dict[str, str]:
    return {
        "family": patient.family,
        "given": patient.given,
        "title": patient.title,
        "preferred": patient.preferred,
        "born": written_date(patient.born),
        "sex": patient.sex.value,
        "mrn": patient.mrn,
        "phone": patient.phone,
        "allergy_state": patient.allergy_state.value,
        "allergies": patient.allergies,
        "notes": patient.notes,
    }


def _draft(values: dict[str, str]) -> PatientDraft:
    """Sex left open is "not known", never a guess."""
    return PatientDraft(
        family=values["family"],
        given=values["given"],
        title=values["title"],
        preferred=values["preferred"],
        born=values["born"],
        sex=Sex(values["sex"] or Sex.NOT_KNOWN),
        mrn=values["mrn"],
        phone=values["phone"],
        allergy_state=AllergyState(values["allergy_state"] or AllergyState.NOT_ASKED),
        allergies=values["allergies"],
        notes=values["notes"],
    )


def _form(parent: QWidget) -> Form:
    form = Form(parent)
    form.begin_row()
    form.add_text("family", "Family name", share=4)
    form.add_text("given", "Given name", share=4)
    form.add_text("title", "Title", help="Ms, Mr, Dr", share=1)
    form.end_row()
    form.begin_row()
    form.add_text("born", "Birth date", help="14 Mar 1986, 14-03-1986 or 1986-03-14", share=2)
    form.add_choice("sex", "Sex", SEXES, share=3)
    form.end_row()
    form.begin_row()
    form.add_text("mrn", "MRN", help="The clinic's own number, if there is one")
    form.add_text("phone", "Phone")
    form.add_text("preferred", "Preferred name", help="What the patient likes to be called")
    form.end_row()
    form.add_choice("allergy_state", "Allergies", ALLERGIES)
    form.add_text("allergies", "Allergies and what happened", help="Penicillin: rash")
    form.add_text("notes", "Notes")
    return form
