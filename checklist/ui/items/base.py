"""What all items share: number, label, help, state, message, reason, history."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from checklist.model import AnswerState
from checklist.protocol.values import Item
from checklist.snapshot import ItemView
from checklist.ui.items.reason import ReasonRow
from checklist.ui.shapes import Shape
from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.buttons import is_held
from checklist.ui.widgets.chip import Chip
from checklist.ui.widgets.text import buddy_label, rule, text_label

STATE_KEYS = {
    Qt.Key.Key_U: AnswerState.UNKNOWN,
    Qt.Key.Key_D: AnswerState.DECLINED,
    Qt.Key.Key_A: AnswerState.NOT_APPLICABLE,
}
_REASONED = (AnswerState.DECLINED, AnswerState.NOT_APPLICABLE)
NEVER_BESIDE = 1_000_000
# A label may be narrower than its words, but not so narrow that each word stands alone.
LEAST_LABEL_PX = 160
_SETTLED = (AnswerState.ANSWERED, AnswerState.UNANSWERED)


class ItemWidget(QWidget):
    """One item of the protocol. Kinds add their control and say what is typed.

    Signals:
        answered(str, str, AnswerState, str): item id, text, state, reason: a person answered.
        confirmed(str, str, AnswerState, str): the same, after a person said yes to the question.
        passed(str): by key the person is done here; the focus goes to the next item.
        history_wished(str): show what was answered before.
    """

    answered = Signal(str, str, object, str)
    confirmed = Signal(str, str, object, str)
    passed = Signal(str)
    history_wished = Signal(str)

    def __init__(self, item: Item, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.item_id = str(item.id)
        self.view: ItemView | None = None
        self._sent: tuple[str, AnswerState, str] = ("", AnswerState.UNANSWERED, "")
        self.setObjectName(f"row of {item.id}")
        self.control: QWidget
        self._beside = True

    # --- what kinds say of themselves

    def show_value(self, view: ItemView, text: str) -> None:
        """Draw the value of an answer in the control."""
        raise NotImplementedError

    def keep_typed(self, text: str) -> None:
        """The last answer was not taken: show again what the person typed, or what was there before."""
        raise NotImplementedError

    def let_go(self) -> None:
        """What was typed is on its way to the record: from here on the record may be drawn over it."""
        raise NotImplementedError

    def is_being_edited(self) -> bool:
        raise NotImplementedError

    def control_width(self) -> int:
        """px that the control needs to stand at the right of its label; one that never does needs NEVER_BESIDE."""
        raise NotImplementedError

    def show_place(self, beside: bool) -> None:
        """The control stands beside its label now, or below it."""

    def place_below(self) -> Qt.AlignmentFlag:
        """How a control below its label is aligned; the default takes the whole width."""
        return Qt.AlignmentFlag(0)

    # --- drawing

    def build(self, number: int, label: str, help: str, control: QWidget) -> None:
        """Put the parts together."""
        self.control = control
        control.setObjectName(self.item_id)
        control.installEventFilter(self)
        self._label = buddy_label("", "strong", control, self, wrap=True)
        self._help = text_label("", "help", self, wrap=True)
        self._chip = Chip(self)
        self._carried = text_label("From last session", "small", self)
        self._struck = text_label("", "struck", self, wrap=True)
        self._problem = text_label("", "problem", self, wrap=True)
        self._question = QuestionBar(self)
        self._reason = ReasonRow(self)
        self._history = text_label("", "help", self, wrap=True)
        self._more = self._more_button()
        self._lay_out()
        for part in (self._carried, self._struck, self._problem, self._history):
            part.hide()
        self.show_texts(number, label, help)
        self._question.confirmed.connect(self._on_confirmed)
        self._question.rejected.connect(self.focus_control)
        self._reason.given.connect(self._on_reason)
        self._reason.left.connect(self.focus_control)

    def show_texts(self, number: int, label: str, help: str) -> None:
        numbered = f"{number}  {label}" if number else label
        self._label.setText(numbered.replace("&", "&&"))
        self._help.setText(help)
        self._help.setVisible(bool(help))
        self.control.setAccessibleName(label)
        self._describe()

    def show_answer(self, view: ItemView, text: str) -> None:
        """Draw the answer as it is on record. What is being typed is left alone."""
        self.view = view
        state = view.answer.state if view.answer else AnswerState.UNANSWERED
        self._chip.show_chip("" if state in _SETTLED else text, "note", Shape.SQUARE)
        self._carried.setVisible(view.carried)
        self.show_value(view, text)
        self._describe()

    def show_struck(self, words: str) -> None:
        """The value that an amendment replaced, struck through; empty: never amended."""
        self._struck.setText(words)
        self._struck.setAccessibleName(f"Before the amendment: {words}" if words else "")
        self._struck.setVisible(bool(words))

    def show_problem(self, sentence: str) -> None:
        """Why the answer was not taken. What was typed is still there."""
        self._question.clear_message()
        self._problem.setText(sentence)
        self._problem.show()
        if self._reason.isHidden():
            self.keep_typed(self._sent[0])
        self._describe()

    def show_question(self, sentence: str) -> None:
        """Ask once whether an unusual value is right."""
        self._problem.hide()
        self.keep_typed(self._sent[0])
        self._question.show_question(sentence)

    def clear_message(self) -> None:
        self._problem.hide()
        self._question.clear_message()
        self._describe()

    def show_history(self, lines: Sequence[str]) -> None:
        """What was answered before, newest first; an empty list closes it."""
        self._history.setText("\n".join(lines))
        self._history.setVisible(bool(lines))

    def has_message(self) -> bool:
        return not self._problem.isHidden() or not self._question.isHidden()

    def message(self) -> str:
        """The refusal or question that stands under the item."""
        return self._question.sentence() or ("" if self._problem.isHidden() else self._problem.text())

    def focus_control(self) -> None:
        """Go to the control. A value on record is selected, to be typed over; what is being typed is not."""
        typing = self.is_being_edited()
        self.control.setFocus(Qt.FocusReason.OtherFocusReason if typing else Qt.FocusReason.TabFocusReason)

    # --- what a person does

    def send(self, text: str, state: AnswerState, reason: str = "", *, by_key: bool) -> None:
        """Tell the answer, and go on unless it was refused or asked about."""
        self._sent = (text, state, reason)
        self.clear_message()
        self.let_go()
        self.answered.emit(self.item_id, text, state, reason)
        if by_key and not self.has_message():
            self.passed.emit(self.item_id)

    def wish_state(self, state: AnswerState, *, by_key: bool = True) -> None:
        """Unknown is sent at once; declined and not applicable ask their reason first."""
        self.clear_message()
        if state in _REASONED:
            self._reason.ask(state)
        else:
            self.send("", state, by_key=by_key)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not is_held(event):
            return self._takes_key(event)
        return False

    def _takes_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and not self._history.isHidden():
            self.show_history(())
            return True
        if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if event.key() == Qt.Key.Key_H:
            self.history_wished.emit(self.item_id)
            return True
        state = STATE_KEYS.get(Qt.Key(event.key()))
        if state is not None:
            self.wish_state(state)
        return state is not None

    def _on_confirmed(self) -> None:
        self.focus_control()
        self.let_go()
        self.confirmed.emit(self.item_id, *self._sent)
        if not self.has_message():
            self.passed.emit(self.item_id)

    def _on_reason(self, state: AnswerState, reason: str) -> None:
        self._sent = ("", state, reason)
        self.clear_message()
        self.let_go()
        self.answered.emit(self.item_id, "", state, reason)
        if self.has_message():
            return
        self._reason.close_row()
        self.focus_control()
        self.passed.emit(self.item_id)

    def _describe(self) -> None:
        """Help and message, as the screen reader says them after the name."""
        parts = (self._help.text(), self._chip.text(), self.message())
        self.control.setAccessibleDescription(". ".join(part for part in parts if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_control()

    def _place_control(self) -> None:
        """Beside the label where both fit, else below it. The label may wrap, but not into one word a line."""
        room = self.width() - self._more.sizeHint().width() - 2 * scaled(8) - self.control_width()
        metrics = self._label.fontMetrics()
        wanted = min(metrics.horizontalAdvance(self._label.text()) + scaled(4), scaled(LEAST_LABEL_PX))
        beside = room >= wanted
        if beside == self._beside:
            return
        self._beside = beside
        self.show_place(beside)
        if beside:
            self._column.removeWidget(self.control)
            self._top.insertWidget(1, self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._top.removeWidget(self.control)
            self._column.insertWidget(1, self.control, 0, self.place_below())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(scaled(2))
        for part in (self._label, self._help, self._chip, self._carried, self._struck):
            words.addWidget(part)
        top = QHBoxLayout()
        top.setSpacing(scaled(8))
        top.addLayout(words, 1)
        top.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._more, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, scaled(9), 0, 0)
        column.setSpacing(scaled(6))
        column.addLayout(top)
        self._top, self._column = top, column
        for below_all in (self._problem, self._question, self._reason, self._history):
            column.addWidget(below_all)
        column.addSpacing(scaled(3))
        column.addWidget(rule(self))

    def _more_button(self) -> QToolButton:
        more = QToolButton(self)
        more.setText("…")
        set_look(more, "kind", "more")
        more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        more.setToolTip("Not known, declined, does not apply, history")
        more.setAccessibleName("Other answers and history")
        more.clicked.connect(self._open_menu)
        return more

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, state in (
            ("Not known\tAlt+U", AnswerState.UNKNOWN),
            ("Declined…\tAlt+D", AnswerState.DECLINED),
            ("Does not apply…\tAlt+A", AnswerState.NOT_APPLICABLE),
            ("Not asked yet (clear)", AnswerState.UNANSWERED),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, wish=state: self.wish_state(wish))
        history = menu.addAction("History\tAlt+H")
        history.triggered.connect(lambda: self.history_wished.emit(self.item_id))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
