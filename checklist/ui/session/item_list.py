"""The questions of a step, in order, numbered, under their sub-headings. Focus moves to what is still open."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from checklist.acts import Target
from checklist.model import AnswerState
from checklist.protocol import Carry, NeededFor
from checklist.snapshot import ItemView, Snapshot
from checklist.ui.items import ItemWidget, make_item
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.amendments import struck_words
from checklist.ui.session.parts.fold import Fold
from checklist.ui.session.parts.group_fold import (
    GroupFold,
    optional_groups,
    questionnaire_of,
    stands_open,
    state_words,
)
from checklist.ui.style import scaled
from checklist.ui.widgets.text import text_label


def is_open(view: ItemView) -> bool:
    """True while nobody answered; "unknown" and "declined" are answers too."""
    return view.answer is None or view.answer.state is AnswerState.UNANSWERED


# So many answers of the last session in a row are told in one line.
FOLD_FROM = 5
KEYS_TO_FILL_IN = "Alt+Q"


def folded(views: Sequence[ItemView]) -> tuple[ItemView, ...]:
    """The answers that "no change" took over from the last session, when there are many."""
    carried = tuple(view for view in views if view.carried and view.item.carry is Carry.NO_CHANGE)
    return carried if len(carried) >= FOLD_FROM else ()


class ItemList(QWidget):
    """Item widgets of one step.

    Signals:
        finished(): nothing that is needed is left after this item.
    """

    finished = Signal()

    def __init__(self, live: LiveSession, step_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._step_id = step_id
        self._views: tuple[ItemView, ...] = ()
        self._optional: Mapping[str, tuple[ItemView, ...]] = {}  # groups that nobody must answer
        self._laid: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())
        self._widgets: dict[str, ItemWidget] = {}
        self._unsaved: dict[str, int] = {}  # item -> the entry it had when its new text was refused
        self._headings: list[QWidget] = []
        self._fold = Fold(self)
        self._fold.turned.connect(self._on_turned)
        self._fold.hide()
        self._groups: dict[str, GroupFold] = {}
        self._turned: dict[str, bool] = {}  # groups that a person opened or closed
        self._shortcut: QShortcut | None = None  # only where there is a questionnaire
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        live.refused.connect(self._on_refused)
        live.asked.connect(self._on_asked)

    @property
    def open_count(self) -> int:
        """How many needed questions wait for an answer."""
        return sum(1 for view in self._views if is_open(view) and view.item.needed_for is not NeededFor.NOTHING)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        step = snapshot.step(self._step_id)
        self._views, self._optional = step.items, optional_groups(step)
        desk = self._live.desk
        kept = folded(self._views)
        self._fold.show_kept([(view, desk.shown(snapshot, view.answer)) for view in kept if view.answer], snapshot)
        hidden: set[str] = set() if self._fold.is_open else {str(view.item.id) for view in kept}
        hidden |= self._show_groups(snapshot)
        laid = (tuple(view.item.id for view in self._views), frozenset(hidden))
        if laid != self._laid:
            self._laid = laid
            self._lay_out(snapshot)
        for number, view in enumerate(self._views, 1):
            widget = self._widgets.get(view.item.id)
            if widget is None:  # its group was never opened
                continue
            widget.show_texts(number, self._label(snapshot, view), self._help(snapshot, view))
            self._settle(view, widget)
            widget.show_answer(view, desk.shown(snapshot, view.answer) if view.answer else "")
            widget.show_struck(struck_words(snapshot.record.amended(Target.ANSWER, view.item.id)))

    def _show_groups(self, snapshot: Snapshot) -> set[str]:
        """Draw the line of each group that nobody must answer; gives the ids of the questions that stay folded."""
        hidden: set[str] = set()
        target = self._to_fill_in(snapshot)
        for group, views in self._optional.items():
            if group not in self._groups:
                self._groups[group] = self._make_group(group, views[0].item.id, snapshot)
            is_open = self._turned.get(group, stands_open(views, snapshot))
            keys = KEYS_TO_FILL_IN if group == target else ""
            self._groups[group].show_state(state_words(views, snapshot), is_open=is_open, keys=keys.replace("+", " "))
            hidden |= set() if is_open else {view.item.id for view in views}
        return hidden

    def _make_group(self, group: str, item_id: str, snapshot: Snapshot) -> GroupFold:
        made = GroupFold(group, snapshot.protocol.texts.get(f"{item_id.partition('.')[0]}_credit", ""), self)
        made.turned.connect(self._on_group_turned)
        if self._shortcut is None and self._to_fill_in(snapshot):
            self._shortcut = QShortcut(QKeySequence(KEYS_TO_FILL_IN), self)
            self._shortcut.setAutoRepeat(False)
            self._shortcut.activated.connect(self._fill_in)
        return made

    def _to_fill_in(self, snapshot: Snapshot) -> str:
        """The heading of the questionnaire that is due, else of the first that is not complete; "" without one."""
        forms = [
            (form, group)
            for group, views in self._optional.items()
            if (form := questionnaire_of(views, snapshot)) is not None
        ]
        wanted = sorted(forms, key=lambda one: (not one[0].due, one[0].total is not None))
        return wanted[0][1] if wanted else ""

    def _fill_in(self) -> None:
        self._open_group(self._to_fill_in(self._live.snapshot))

    def _on_group_turned(self, group: str) -> None:
        views = self._optional[group]
        if self._turned.get(group, stands_open(views, self._live.snapshot)):
            self._turned[group] = False
            self.show_snapshot(self._live.snapshot)
        else:
            self._open_group(group)

    def _open_group(self, group: str) -> None:
        """Open it, and go to its first question without an answer."""
        self._turned[group] = True
        self.show_snapshot(self._live.snapshot)
        views = self._optional[group]
        first = next((view for view in views if is_open(view)), views[0])
        self._widgets[first.item.id].focus_control()

    def _settle(self, view: ItemView, widget: ItemWidget) -> None:
        """A refused text that was saved after all (retry) is no longer a draft: the record is drawn over it."""
        seq = view.answer.seq if view.answer else 0
        if widget.item_id in self._unsaved and self._unsaved[widget.item_id] != seq:
            del self._unsaved[widget.item_id]
            widget.let_go()
            widget.clear_message()

    def _seq(self, item_id: str) -> int:
        answer = self._live.snapshot.answer(item_id)
        return answer.seq if answer else 0

    def focus_first(self) -> bool:
        """Focus the first needed question without an answer; False when there is none."""
        return self._focus_open(self._views)

    def focused_item(self) -> str:
        """The id of the item that has the focus, or an empty text."""
        widget = QApplication.focusWidget()
        while widget is not None:
            if isinstance(widget, ItemWidget):
                return widget.item_id
            widget = widget.parentWidget()
        return ""

    def focus_item(self, item_id: str) -> bool:
        widget = self._widgets.get(item_id)
        if widget is None or not widget.isVisibleTo(self):
            return False
        widget.focus_control()
        return True

    def show_history(self, item_id: str) -> None:
        """List who answered what and when under the item."""
        if item_id in self._widgets:
            lines = self._live.desk.history(self._live.snapshot, item_id)
            self._widgets[item_id].show_history(lines or ("Nothing was answered here yet.",))

    def _lay_out(self, snapshot: Snapshot) -> None:
        """Put the widgets of the visible items in order. Those that vanish are kept with what was typed in them."""
        focused = self.focused_item()
        for heading in self._headings:
            heading.hide()  # it is deleted only when the event loop comes round
            heading.deleteLater()
        self._headings = []
        while self._column.count():
            self._column.takeAt(0)
        group = ""
        for title, fold in self._groups.items():
            fold.setVisible(title in self._optional)
        shown = set()
        kept = {view.item.id for view in folded(self._views)}
        for number, view in enumerate(self._views, 1):
            if view.item.group != group:
                group = view.item.group
                self._add_heading(group)
            if view.item.id in kept:
                self._place_fold()
                kept = set()
            if view.item.id not in self._laid[1]:
                shown.add(view.item.id)
                self._column.addWidget(self._widget_of(view, number, snapshot))
        for item_id, widget in self._widgets.items():
            widget.setVisible(item_id in shown)
        self._order_tabs()
        if focused and focused in shown and self.focused_item() != focused:
            self._widgets[focused].focus_control()

    def _place_fold(self) -> None:
        """The line stands where the first of the folded questions would."""
        self._column.addWidget(self._fold)

    def _on_turned(self) -> None:
        self.show_snapshot(self._live.snapshot)

    def _add_heading(self, group: str) -> None:
        if not group:
            return
        if group in self._optional:
            self._column.addWidget(self._groups[group])
            return
        heading = text_label(group, "group", self, wrap=True)
        heading.setContentsMargins(0, scaled(18), 0, scaled(2))
        self._headings.append(heading)
        self._column.addWidget(heading)

    def _widget_of(self, view: ItemView, number: int, snapshot: Snapshot) -> ItemWidget:
        if view.item.id not in self._widgets:
            item = view.item
            widget = make_item(item, number, self._label(snapshot, view), self._help(snapshot, view), self)
            widget.answered.connect(self._on_answered)
            widget.confirmed.connect(self._on_confirmed)
            widget.passed.connect(self._on_passed)
            widget.history_wished.connect(self.show_history)
            self._widgets[item.id] = widget
        return self._widgets[view.item.id]

    def _label(self, snapshot: Snapshot, view: ItemView) -> str:
        # Few texts have something to fill in; asking the desk for all of them at each refresh would cost a frame.
        label = view.item.label
        return self._live.desk.label(snapshot, view.item) if "{" in label else label

    def _help(self, snapshot: Snapshot, view: ItemView) -> str:
        text = view.item.help
        return self._live.desk.help(snapshot, view.item) if "{" in text else text

    def _order_tabs(self) -> None:
        placed = [self._column.itemAt(place) for place in range(self._column.count())]
        widgets = [one.widget() for one in placed if one is not None]
        for before, after in pairwise(one for one in widgets if one is not None and not isinstance(one, QLabel)):
            self.setTabOrder(before, after)

    # what people do

    def _on_answered(self, item_id: str, text: str, state: AnswerState, reason: str) -> None:
        self._live.answer(item_id, text, state, reason)

    def _on_confirmed(self, item_id: str, text: str, state: AnswerState, reason: str) -> None:
        self._live.answer(item_id, text, state, reason, confirmed=True)

    def _on_refused(self, where: str, sentence: str) -> None:
        if where in self._widgets:
            self._unsaved[where] = self._seq(where)
            self._widgets[where].show_problem(sentence)

    def _on_asked(self, where: str, sentence: str, _retry: object) -> None:
        if where in self._widgets:
            self._widgets[where].show_question(sentence)

    def _on_passed(self, item_id: str) -> None:
        ids: list[str] = [view.item.id for view in self._views]
        after = ids.index(item_id) + 1 if item_id in ids else 0
        if self._focus_next_of_group(after - 1):
            return
        # These groups stand last: what was left open above them comes next.
        is_optional = self._views[after - 1].item.group in self._optional
        if not self._focus_open(self._views if is_optional else self._views[after:]):
            self.finished.emit()

    def _focus_next_of_group(self, place: int) -> bool:
        """After an answer in a group that nobody must answer: its next question, then the next questionnaire due.

        Enter without an answer leaves the group: it is skipped by one key.
        """
        passed = self._views[place]
        if passed.item.group not in self._optional or is_open(passed):
            return False
        rest = [one for one in self._views[place + 1 :] if one.item.group == passed.item.group and is_open(one)]
        if rest:
            self._widgets[rest[0].item.id].focus_control()
            return True
        form = questionnaire_of(self._optional[passed.item.group], self._live.snapshot)
        due = [one for one in self._live.snapshot.questionnaires if one.due]
        if form is None or not due:
            return False
        self._fill_in()
        return True

    def _focus_open(self, views: Sequence[ItemView]) -> bool:
        for view in views:
            if is_open(view) and view.item.needed_for is not NeededFor.NOTHING:
                self._widgets[view.item.id].focus_control()
                return True
        return False
