"""Groups of questions that nobody must answer: questionnaires, results from elsewhere, laboratory.

Each stands in one line until it is due, begun, or opened by a person.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.model import AnswerState, Level
from checklist.protocol import ItemKind, NeededFor
from checklist.snapshot import ItemView, Questionnaire, Snapshot, StepView
from checklist.ui.style import scaled
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

Views = Sequence[ItemView]


def optional_groups(view: StepView) -> Mapping[str, tuple[ItemView, ...]]:
    """By heading, the groups without any question that is needed, or that may still be asked and is needed then."""
    needed = {item.group for item in view.step.items if item.needed_for is not NeededFor.NOTHING}
    grouped = groupby(view.items, key=lambda one: one.item.group)
    return {group: tuple(items) for group, items in grouped if group and group not in needed}


def questionnaire_of(views: Views, snapshot: Snapshot) -> Questionnaire | None:
    prefix = views[0].item.id.partition(".")[0]
    return next((one for one in snapshot.questionnaires if one.id == prefix), None)


def given(views: Views) -> list[ItemView]:
    """What has an answer, of today or of an earlier visit."""
    return [one for one in views if one.answer is not None and one.answer.state is not AnswerState.UNANSWERED]


def stands_open(views: Views, snapshot: Snapshot) -> bool:
    """Begun today, or due: the questionnaire before this infusion, tests whose date has run out."""
    if any(not one.carried for one in given(views)):
        return True
    form = questionnaire_of(views, snapshot)
    dates = {one.item.id for one in views if one.item.kind is ItemKind.DATE}
    run_out = any(one.key in dates and one.level.rank >= Level.NOTE.rank for one in snapshot.findings)
    return run_out or (form is not None and bool(form.due))


def state_words(views: Views, snapshot: Snapshot) -> str:
    """How the group stands, in a few words beside its name."""
    form = questionnaire_of(views, snapshot)
    if form is None:
        count = len(given(views))
        return f"{count} of {len(views)} recorded" if count else "Nothing recorded"
    if form.total is not None:
        return " · ".join(part for part in (f"{form.total} of {form.highest}: {form.band}", form.course) if part)
    if given(views):
        return f"{len(form.open)} of {len(form.scores)} questions open: no total"
    last = f"last {form.last}" if form.last else "none before"
    return f"{form.due[0].upper()}{form.due[1:]} · {last}" if form.due else f"Not due · {last}"


class GroupFold(QWidget):
    """Name, state, and the button that opens or closes the group; the sentence of its licence while it is open.

    Signals:
        turned(str): a person opened or closed the group with this heading.
    """

    turned = Signal(str)

    def __init__(self, group: str, notice: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._group = group
        name, _, stem = group.partition(":")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(16), 0, scaled(4))
        column.setSpacing(scaled(4))
        line = Beside(340, self)
        line.add(text_label(name, "group", line))
        self._state = text_label("", "help", line, wrap=True)
        line.add(self._state, 1)
        self.button = Button("", line, kind="small")
        self.button.setObjectName(f"fold.{name}")
        self.button.clicked.connect(lambda: self.turned.emit(self._group))
        line.add(self.button)
        column.addWidget(line)
        self._more = [
            text_label(text, role, self, wrap=True)
            for text, role in ((stem.strip(), "strong"), (notice, "small"))
            if text
        ]
        for label in self._more:
            column.addWidget(label)
        self.setFocusProxy(self.button)

    def show_state(self, words: str, *, is_open: bool, keys: str = "") -> None:
        """`keys` stands on the button when they open this group."""
        self._state.setText(words)
        self.button.show_text("Close" if is_open else f"Open  {keys}".rstrip())
        self.button.setAccessibleName(f"{'Close' if is_open else 'Open'} {self._group.partition(':')[0]}. {words}")
        for label in self._more:
            label.setVisible(is_open)

    def state(self) -> str:
        return self._state.text()
