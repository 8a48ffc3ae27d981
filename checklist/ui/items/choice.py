"""Yes or no, and short lists: a row of segments answered by one key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from checklist.model import AnswerState
from checklist.protocol.values import Item, ItemKind
from checklist.snapshot import ItemView
from checklist.ui.items.base import NEVER_BESIDE, STATE_KEYS, ItemWidget
from checklist.ui.style import scaled
from checklist.ui.widgets.segmented import YES_NO, Segment, Segmented

WIDEST_BESIDE_PX = 400


class ChoiceItem(ItemWidget):
    """Answered by the key of a segment, or U, D, A. Choices too wide for the row stand below their label."""

    def __init__(self, item: Item, number: int, label: str, help: str, parent: QWidget) -> None:
        super().__init__(item, parent)
        segments = self._segments()
        self._buttons = Segmented(segments, label, self)
        self._on_record: str | None = None
        self._keys = {segment.key.upper() for segment in segments}
        self.build(number, label, help, self._buttons)
        self._buttons.chosen.connect(self._on_chosen)
        self._buttons.passed.connect(self._on_passed)

    def show_value(self, view: ItemView, _text: str) -> None:
        value = view.answer.value if view.answer and view.answer.state is AnswerState.ANSWERED else None
        self._on_record = _choice_of(value)
        self._buttons.show_choice(self._on_record)

    def keep_typed(self, _text: str) -> None:
        self._buttons.show_choice(self._on_record)

    def let_go(self) -> None:
        """Nothing is typed here."""

    def is_being_edited(self) -> bool:
        return False

    def _segments(self) -> tuple[Segment, ...]:
        if self.item.kind is ItemKind.YES_NO:
            return YES_NO
        return tuple(Segment(one.id, one.label, one.key) for one in self.item.options)

    def control_width(self) -> int:
        joined = self._buttons.joined_width()
        return joined if joined <= scaled(WIDEST_BESIDE_PX) else NEVER_BESIDE

    def show_place(self, beside: bool) -> None:
        self._buttons.show_loose(not beside)

    def _takes_key(self, event: QKeyEvent) -> bool:
        state = STATE_KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if state is not None and plain and event.text().upper() not in self._keys:
            self.wish_state(state)
            return True
        return super()._takes_key(event)

    def _on_chosen(self, choice: str) -> None:
        self.send(choice, AnswerState.ANSWERED, by_key=True)

    def _on_passed(self) -> None:
        self.passed.emit(self.item_id)


def _choice_of(value: object) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else None
