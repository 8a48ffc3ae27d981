"""Times, dates, numbers, phones and texts: a field in which one types as one says it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from checklist.model import AnswerState
from checklist.protocol.values import Item, ItemKind
from checklist.snapshot import ItemView
from checklist.ui.items.base import ItemWidget
from checklist.ui.style import scaled
from checklist.ui.widgets.fields import TextField
from checklist.ui.widgets.text import plain_tip

WIDTH_PX = {
    ItemKind.TIME: 190,
    ItemKind.DATE: 150,
    ItemKind.QUANTITY: 190,
    ItemKind.PHONE: 190,
    ItemKind.TEXT: 300,
}
# In a field for a time or a number a lone letter can only mean this; in a text it may be a word.
LETTERS = {"U": AnswerState.UNKNOWN, "D": AnswerState.DECLINED, "A": AnswerState.NOT_APPLICABLE}


class TypedItem(ItemWidget):
    """Enter or leaving the field sends the text; Enter also goes on. `u`, `d`, `a` alone are states."""

    def __init__(self, item: Item, number: int, label: str, help: str, parent: QWidget) -> None:
        super().__init__(item, parent)
        self._field = TextField(label, self)
        self._field.setFixedWidth(scaled(WIDTH_PX[item.kind]))
        self.build(number, label, help, self._field)
        self._field.committed.connect(self._on_committed)
        self._field.entered.connect(self._on_entered)

    def show_value(self, view: ItemView, text: str) -> None:
        answered = view.answer is not None and view.answer.state is AnswerState.ANSWERED
        self._field.show_text(text if answered else "")
        tip = plain_tip(view.answer.typed) if answered and view.answer else ""
        if tip != self._field.toolTip():  # Qt tells everybody of a tip, also of the same one
            self._field.setToolTip(tip)

    def keep_typed(self, text: str) -> None:
        self._field.keep_typed(text)

    def let_go(self) -> None:
        self._field.let_go()

    def control_width(self) -> int:
        return scaled(WIDTH_PX[self.item.kind])

    def place_below(self) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft

    def is_being_edited(self) -> bool:
        return self._field.is_being_edited()

    def _on_committed(self, text: str) -> None:
        state = LETTERS.get(text.strip().upper()) if self.item.kind is not ItemKind.TEXT else None
        if state is not None:
            self._field.show_text("")
            self.wish_state(state, by_key=False)
        elif text.strip():
            self.send(text, AnswerState.ANSWERED, by_key=False)
        else:
            self.send("", AnswerState.UNANSWERED, by_key=False)

    def _on_entered(self) -> None:
        """Enter goes on, unless the text was refused, is asked about, or a reason is being asked."""
        if not self.has_message() and self._field.hasFocus():
            self.passed.emit(self.item_id)
