"""A small dialog: a title, a few fields, one button. It stays open, with what was typed, until the desk agrees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import RowId
from checklist.times import Moment, written_time
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.text import text_label

Submit = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class AskField:
    """One field of the dialog: text, or a choice when it has segments. `submits`: Enter here is enough."""

    name: str
    label: str
    help: str = ""
    choices: tuple[Segment, ...] = ()
    password: bool = False
    submits: bool = False


class AskDialog(VisitDialog):
    """Fields and one action. `submit` gets the values and returns "" or the sentence why not."""

    def __init__(
        self, title: str, detail: str, fields: Sequence[AskField], action: str, submit: Submit, parent: QWidget
    ) -> None:
        super().__init__(title, parent, width=640 if any(field.choices for field in fields) else 520)
        self._submit = submit
        self._first = fields[0].name
        column = self.column
        if detail:
            column.addWidget(text_label(detail, "subtitle", self, wrap=True))
        self.form = Form(self)
        for field in fields:
            self._add(field)
        column.addWidget(self.form)
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        self.buttons = buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.action = Button(action, self, kind="primary")
        self.action.setObjectName("dialog.action")
        cancel = Button("Cancel", self)
        buttons.addWidget(cancel)
        buttons.addWidget(self.action)
        column.addLayout(buttons)
        self.form.submitted.connect(self._on_submit)
        self.action.clicked.connect(self._on_submit)
        cancel.clicked.connect(self.reject)
        self.form.focus(self._first)

    def _add(self, field: AskField) -> None:
        if field.choices:
            self.form.add_choice(field.name, field.label, field.choices, help=field.help)
        else:
            self.form.add_text(field.name, field.label, help=field.help, password=field.password, submits=field.submits)

    def _on_submit(self) -> None:
        sentence = self._submit(self.form.values())
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.fit()
        if sentence:
            self.form.focus(self._first)
        else:
            self.accept()


def end_dialog(live: LiveSession, parent: QWidget) -> AskDialog:
    """End the visit before its time, with how and why."""
    kinds = (
        Segment("cancelled", "Cancelled", "1"),
        Segment("no_show", "No-show", "2"),
        Segment("postponed", "Postponed", "3"),
        Segment("left_ama", "Left against advice", "4"),
        Segment("transferred", "Transferred", "5"),
    )
    fields = (
        AskField("kind", "How does it end?", choices=kinds),
        AskField("reason", "Reason, in words", submits=True),
        AskField("user", "Provider’s user name", help="Only when a patient leaves who is drowsy or dissociated."),
        AskField("password", "Provider’s password", password=True),
    )
    return AskDialog(
        "End this visit",
        "The record is kept as it is and closed.",
        fields,
        "End the visit",
        lambda values: _end(live, values),
        parent,
    )


def _end(live: LiveSession, values: Mapping[str, str]) -> str:
    if not values["kind"]:
        return "Choose how the visit ends."
    return live.end(values["kind"], values["reason"], user=values["user"], password=values["password"])


def plan_dialog(live: LiveSession, parent: QWidget) -> AskDialog:
    """Move the planned start."""
    return AskDialog(
        "Planned start",
        f"Now planned: {written_time(live.snapshot.record.session.planned)}.",
        (AskField("time", "New start", help="Type 1140, 11:40 or 11.40 am."),),
        "Move the start",
        lambda values: live.plan_start(values["time"]),
        parent,
    )


def strike_dialog(live: LiveSession, row: RowId, observed: Moment, parent: QWidget) -> AskDialog:
    """Strike a reading that was not right: it stays in the record, and the rules leave it out."""
    return AskDialog(
        f"Strike the reading of {written_time(observed)}",
        "It stays in the record, struck through, with your reason. The rules leave it out.",
        (AskField("reason", "Why is it not right?", help="For example: cuff slipped."),),
        "Strike it",
        lambda values: live.strike_reading(row, values["reason"]),
        parent,
    )
