"""Amend a closed record: a correction, a late entry, an addendum. Signed with one's own password."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.acts import Target
from checklist.desk.amend_words import Part
from checklist.desk.values import BoardRow
from checklist.model import Role, Staff
from checklist.times import written_date
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.session.parts.part_picker import PartPicker
from checklist.ui.style import scaled
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.credentials import Credentials
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.segmented import YES_NO, Segment, Segmented
from checklist.ui.widgets.text import text_label

_KINDS = (
    Segment("correct", "Correct a value", "1"),
    Segment("late", "Late entry", "2"),
    Segment("addendum", "Addendum", "3"),
)
_LATE = (
    Segment(Target.READING.value, "Vital signs", "1"),
    Segment(Target.EFFECT.value, "Side effect", "2"),
    Segment(Target.RECORD.value, "In words", "3"),
)


def signers(live: LiveSession) -> tuple[Staff, ...]:
    """Nurses and providers, who may sign an amendment."""
    people = [one for role in (Role.NURSE, Role.PROVIDER) for one in live.desk.people_with(role)]
    return tuple(dict.fromkeys(people))


class SignedDialog(VisitDialog):
    """A dialog that ends in a person and a password. An unusual value is asked about in its place."""

    def __init__(self, live: LiveSession, title: str, button: str, parent: QWidget, *, width: int) -> None:
        super().__init__(title, parent, width=width)
        self.live = live
        self._retry: Callable[[], str] | None = None
        self.middle = QVBoxLayout()
        self.middle.setSpacing(scaled(10))
        self.column.addLayout(self.middle)
        self.question = QuestionBar(self)
        self.column.addWidget(self.question)
        self.credentials = Credentials(signers(live), button, self)
        self.credentials.show_people(signers(live), live.desk.me.user)
        self.column.addWidget(self.credentials)
        self.credentials.submitted.connect(self._on_submitted)
        self.question.confirmed.connect(self._on_confirmed)
        self.question.rejected.connect(self.credentials.setFocus)
        live.asked.connect(self._on_asked)

    def send(self, user: str, password: str) -> str:
        """Ask the desk; "" when it did it, else the sentence why not."""
        raise NotImplementedError

    def _on_submitted(self, user: str, password: str) -> None:
        self._retry = None
        self.question.clear_message()
        self._show(self.send(user, password))

    def _on_asked(self, where: str, sentence: str, retry: Callable[[], str]) -> None:
        if where == "amend" and self.isVisible():
            self._retry = retry
            self.question.show_question(sentence)

    def _on_confirmed(self) -> None:
        retry, self._retry = self._retry, None
        if retry is not None:
            self.question.clear_message()
            self._show(retry())

    def _show(self, sentence: str) -> None:
        if not sentence:
            self.accept()
            return
        if self._retry is None:
            self.credentials.show_problem(sentence)
        self.fit()


class AmendDialog(SignedDialog):
    """The kind first; then what, why, and the signature."""

    def __init__(self, live: LiveSession, parent: QWidget) -> None:
        super().__init__(live, "Amend this record", "Sign the amendment", parent, width=820)
        self._part: Part | None = None
        words = "Nothing is changed in place: the original stays readable beside what you add."
        self.middle.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.kind = Segmented(_KINDS, "Kind of amendment", self)
        self.kind.setObjectName("amend.kind")
        self.middle.addWidget(self.kind)
        self.picker = PartPicker("Find what is wrong, then Enter on its row", self)
        self.picker.show_parts(live.desk.parts(live.snapshot))
        self._chosen = text_label("", "strong", self, wrap=True)
        self.correction, self.late, self.addendum = self._correction(), self._late(), self._addendum()
        for widget in (self.picker, self._chosen, self.correction, self.late, self.addendum):
            self.middle.addWidget(widget)
        self.kind.chosen.connect(self._on_kind)
        self.picker.picked.connect(self._on_picked)
        for form in (self.correction, self.late, self.addendum):
            form.submitted.connect(self.credentials.setFocus)
        self._show_kind("")
        self.kind.setFocus()

    def _correction(self) -> Form:
        form = Form(self)
        form.add_text("value", "What is right")
        form.add_text("time", "Time, if it was another", help="As on the day of the visit: 1105.")
        form.add_text("reason", "Why it is corrected")
        return form

    def _late(self) -> Form:
        form = Form(self)
        form.add_choice("target", "What was not recorded", _LATE)
        form.begin_row()
        form.add_text("text", "What happened", help="Vital signs and side effects as in their lines.", share=3)
        form.add_text("time", "When it happened", help="On that day: 1105. Later: 19-Nov 20:00.", share=2)
        form.end_row()
        form.add_text("reason", "Why it was not recorded then")
        form.add_choice("recall", "I remember it myself", YES_NO)
        return form

    def _addendum(self) -> Form:
        form = Form(self)
        form.add_text("text", "What is to be added")
        return form

    def _on_kind(self, kind: str) -> None:
        self.kind.show_choice(kind)
        self._part = None
        self._show_kind(kind)
        first: dict[str, Callable[[], None]] = {
            "correct": self.picker.setFocus,
            "late": lambda: self.late.focus("target"),
            "addendum": lambda: self.addendum.focus("text"),
        }
        first[kind]()

    def _show_kind(self, kind: str) -> None:
        self.picker.setVisible(kind == "correct" and self._part is None)
        self._chosen.setVisible(self._part is not None)
        self.correction.setVisible(self._part is not None)
        self.late.setVisible(kind == "late")
        self.addendum.setVisible(kind == "addendum")
        self.credentials.setVisible(kind in ("late", "addendum") or self._part is not None)
        self.fit()

    def _on_picked(self, key: str) -> None:
        self._part = next(one for one in self.live.desk.parts(self.live.snapshot) if one.key == key)
        part = self._part
        self._chosen.setText(f"{part.label}: {part.words}")
        self.correction.show_help("value", part.hint)
        self.correction.show_field("value", part.takes_value)
        self.correction.show_help("time", f"{part.time}, as on the day of the visit: 1105.")
        self.correction.show_field("time", bool(part.time))
        self._show_kind("correct")
        self.correction.focus("value" if part.takes_value else "time")

    def send(self, user: str, password: str) -> str:
        match self.kind.choice():
            case "correct" if self._part is not None:
                typed = self.correction.values()
                return self.live.amend(self._part.key, typed["value"], typed["time"], typed["reason"], user, password)
            case "late":
                return self._send_late(user, password)
            case "addendum":
                return self.live.add_addendum(self.addendum.values()["text"], user, password)
            case _:
                return "Choose what kind of amendment this is. Nothing was saved yet."

    def _send_late(self, user: str, password: str) -> str:
        values = self.late.values()
        if not values["target"]:
            return "Choose what was not recorded. Nothing was saved yet."
        return self.live.add_late(
            Target(values["target"]),
            values["text"],
            values["time"],
            values["reason"],
            user,
            password,
            recall=values["recall"] == "yes",
        )


class ErrorDialog(SignedDialog):
    """Entered in error: all of a session, or chosen entries; entered again in another record of today, or nowhere."""

    def __init__(self, live: LiveSession, others: Sequence[Segment], parent: QWidget) -> None:
        super().__init__(live, "Entered in error", "Sign", parent, width=820)
        words = "What belongs to another patient is struck here and entered again there, under the name of who signs."
        self.middle.addWidget(text_label(words, "subtitle", self, wrap=True))
        self.form = Form(self)
        scope = (Segment("some", "Chosen entries", "1"), Segment("all", "The whole session", "2"))
        self.form.add_choice("scope", "What is in error", scope)
        self.middle.addWidget(self.form)
        self.picker = PartPicker("Find an entry; Enter on its row marks it", self, several=True)
        self.picker.show_parts(live.desk.error_parts(live.snapshot))
        self.middle.addWidget(self.picker)
        self.details = Form(self)
        nowhere = Segment("nowhere", "To nobody", "0")
        self.details.add_choice("other", "Whose entries are they?", (*others, nowhere))
        self.details.add_text("reason", "How it got here", help="Do not name the other patient.")
        self.middle.addWidget(self.details)
        self.picker.hide()
        scope_choice = self.form.findChild(Segmented, "scope")
        if scope_choice is not None:
            scope_choice.chosen.connect(self._on_scope)
        self.form.submitted.connect(lambda: self.details.focus("other"))
        self.details.submitted.connect(self.credentials.setFocus)
        self.form.focus("scope")

    def _on_scope(self, scope: str) -> None:
        self.picker.setVisible(scope == "some")
        self.fit()
        if scope == "some":
            self.picker.setFocus()
        else:
            self.details.focus("other")

    def send(self, user: str, password: str) -> str:
        scope, values = self.form.values()["scope"], self.details.values()
        if not scope:
            return "Choose what is in error. Nothing was saved yet."
        if scope == "some" and not self.picker.marked:
            return "Mark at least one entry: Enter on its row. Nothing was saved yet."
        if not values["other"]:
            return "Choose whose entries they are, or “To nobody”. Nothing was saved yet."
        other = "" if values["other"] == "nowhere" else values["other"]
        keys = self.picker.marked if scope == "some" else ()
        return self.live.mark_in_error(keys, values["reason"], other, user, password)


def other_sessions(live: LiveSession) -> tuple[Segment, ...]:
    """Today's sessions of other patients, as far as digits reach."""
    rows = [row for row in live.desk.board().rows if row.patient.id != live.snapshot.patient.id]
    return tuple(_segment(row, place) for place, row in enumerate(rows, 1))


def _segment(row: BoardRow, place: int) -> Segment:
    who = f"{row.patient.display_name}, {written_date(row.patient.born)}"
    return Segment(row.session.id, who, str(place) if place < 10 else "")
