"""The questions of a step, in order, numbered, under their sub-headings. Focus moves to what is still open."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from checklist.acts import Target
from checklist.model import AnswerState
from checklist.protocol import Carry, NeededFor
from checklist.snapshot import ItemView, Snapshot
from checklist.ui.items import ItemWidget, make_item
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.amendments import struck_words
from checklist.ui.session.parts.fold import Fold
from checklist.ui.style import scaled
from checklist.ui.widgets.text import text_label


def is_open(view: ItemView) -> bool:
    """True while nobody answered; "unknown" and "declined" are answers too."""
    return view.answer is None or view.answer.state is AnswerState.UNANSWERED


# So many answers of the last session in a row are told in one line.
FOLD_FROM = 5


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
        self._laid: tuple[tuple[str, ...], frozenset[str]] = ((), frozenset())
        self._widgets: dict[str, ItemWidget] = {}
        self._unsaved: dict[str, int] = {}  # item -> the entry it had when its new text was refused
        self._headings: list[QWidget] = []
        self._fold = Fold(self)
        self._fold.turned.connect(self._on_turned)
        self._fold.hide()
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
        self._views = snapshot.step(self._step_id).items
        desk = self._live.desk
        kept = folded(self._views)
        self._fold.show_kept([(view, desk.shown(snapshot, view.answer)) for view in kept if view.answer], snapshot)
        hidden = frozenset() if self._fold.is_open else frozenset(view.item.id for view in kept)
        laid = (tuple(view.item.id for view in self._views), hidden)
        if laid != self._laid:
            self._laid = laid
            self._lay_out(snapshot)
        for number, view in enumerate(self._views, 1):
            widget = self._widgets[view.item.id]
            widget.show_texts(number, self._label(snapshot, view), self._help(snapshot, view))
            self._settle(view, widget)
            widget.show_answer(view, desk.shown(snapshot, view.answer) if view.answer else "")
            widget.show_struck(struck_words(snapshot.record.amended(Target.ANSWER, view.item.id)))

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
            heading.deleteLater()
        self._headings = []
        while self._column.count():
            self._column.takeAt(0)
        group = ""
        shown = set()
        kept = {view.item.id for view in folded(self._views)}
        for number, view in enumerate(self._views, 1):
            if view.item.group != group:
                group = view.item.group
                self._add_heading(group)
            if view.item.id in kept:
                self._place_fold()
                kept = set()
            widget = self._widget_of(view, number, snapshot)
            if view.item.id not in self._laid[1]:
                shown.add(view.item.id)
                self._column.addWidget(widget)
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
        widgets = [self._widgets[item_id] for item_id in (view.item.id for view in self._views)]
        for before, after in pairwise(widgets):
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
        if not self._focus_open(self._views[after:]):
            self.finished.emit()

    def _focus_open(self, views: Sequence[ItemView]) -> bool:
        for view in views:
            if is_open(view) and view.item.needed_for is not NeededFor.NOTHING:
                self._widgets[view.item.id].focus_control()
                return True
        return False
