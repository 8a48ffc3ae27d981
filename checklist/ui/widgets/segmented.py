"""A row of choices of which one holds, or none: the way yes/no and short lists are answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy, QWidget

from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.flow import FlowLayout

RING_PX = 3  # the ring of the focus
JOINED_PX, LOOSE_PX = 40, 30  # beside the words of a segment; loose ones have a gap between them besides


@dataclass(frozen=True, slots=True)
class Segment:
    id: str
    label: str
    key: str = ""  # the letter or digit that chooses it


YES_NO = (Segment("yes", "Yes", "Y"), Segment("no", "No", "N"))


class Segmented(QWidget):
    """One stop for Tab. A segment's key chooses at once; arrows move a cursor, Space or Enter chooses there.

    Signals:
        chosen(str): a person chose the segment with this id (also when it was chosen before).
        passed(): Enter, with nothing left to choose: go on.
    """

    chosen = Signal(str)
    passed = Signal()

    def __init__(self, segments: Sequence[Segment], name: str, parent: QWidget, *, loose: bool = False) -> None:
        super().__init__(parent)
        self._segments = tuple(segments)
        self._cursor = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "segments")
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._described())
        self._group = QButtonGroup(self)
        self._loose = loose
        self._flow = FlowLayout(self, 0)
        self._place_buttons()
        self._group.idClicked.connect(self._on_clicked)

    def show_choice(self, segment_id: str | None) -> None:
        """Mark one segment, or none."""
        # An exclusive group refuses to be left with nothing marked; "unanswered" is exactly that.
        self._group.setExclusive(False)
        for segment, button in zip(self._segments, self._group.buttons(), strict=True):
            button.setChecked(segment.id == segment_id)
        self._group.setExclusive(True)

    def choice(self) -> str | None:
        marked = self._group.checkedId()
        return self._segments[marked].id if marked >= 0 else None

    def label_of(self, segment_id: str) -> str:
        return next((one.label for one in self._segments if one.id == segment_id), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        by_key = next((i for i, one in enumerate(self._segments) if typed and one.key.upper() == typed), None)
        if is_held(event) and (by_key is not None or event.key() in (*ENTER, Qt.Key.Key_Space)):
            return
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif by_key is not None:
            self._choose(by_key)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() == Qt.Key.Key_Space or (event.key() in ENTER and self._cursor >= 0):
            self._choose(max(self._cursor, 0))
        elif event.key() in ENTER:
            self.passed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._show_cursor(-1)
        super().focusOutEvent(event)

    def _described(self) -> str:
        return ", ".join(f"{one.key} {one.label}" if one.key else one.label for one in self._segments)

    def show_loose(self, loose: bool) -> None:
        """Loose: separate buttons that go on in the next line; else joined, in one line."""
        if loose != self._loose:
            self._loose = loose
            self._dress()

    def joined_width(self) -> int:
        """px that the segments need in one line."""
        return sum(_bold_width(button) + scaled(JOINED_PX) for button in self._group.buttons()) + 2 * RING_PX

    def _place_buttons(self) -> None:
        for index, segment in enumerate(self._segments):
            button = self._button(segment)
            self._group.addButton(button, index)
            self._flow.addWidget(button)
        self._dress()

    def _dress(self) -> None:
        loose = self._loose
        self._flow.set_gap(scaled(8) if loose else 0)
        edge = RING_PX + (3 if loose else 0)
        self._flow.setContentsMargins(edge, edge, edge, edge)
        policy = self.sizePolicy()
        policy.setHeightForWidth(loose)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum if loose else QSizePolicy.Policy.Fixed)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred if loose else QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        for index, button in enumerate(self._group.buttons()):
            set_look(button, "place", "alone" if loose else self._place_of(index))
            button.setMinimumWidth(_bold_width(button) + scaled(LOOSE_PX if loose else JOINED_PX))
        self.updateGeometry()

    def _button(self, segment: Segment) -> QPushButton:
        button = QPushButton(f"{_hint(segment)}{segment.label}".replace("&", "&&"), self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(segment.label)
        set_look(button, "kind", "segment")
        return button

    def _place_of(self, index: int) -> str:
        if len(self._segments) == 1:
            return "alone"
        return {0: "first", len(self._segments) - 1: "last"}.get(index, "middle")

    def _move(self, by: int) -> None:
        start = self._cursor if self._cursor >= 0 else self._group.checkedId()
        self._show_cursor(min(max(start + by, 0), len(self._segments) - 1))

    def _show_cursor(self, index: int) -> None:
        self._cursor = index
        for position, button in enumerate(self._group.buttons()):
            set_look(button, "marked", position == index)  # "cursor" is Qt's own: the shape of the mouse

    def _choose(self, index: int) -> None:
        self._show_cursor(-1)
        self.show_choice(self._segments[index].id)
        self.chosen.emit(self._segments[index].id)

    def _on_clicked(self, index: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(index)


def _bold_width(button: QAbstractButton) -> int:
    """The chosen segment is bold: it needs that room from the start, or its words would be cut."""
    font = QFont(button.font())
    font.setBold(True)
    return QFontMetrics(font).horizontalAdvance(button.text())


def _hint(segment: Segment) -> str:
    """A digit must be seen to be typed; Y and N are the first letters of their words.

    In brackets before a number: “2  50 mg/mL” could be read as 250.
    """
    if segment.label[:1].isdecimal():
        return f"({segment.key})  " if segment.key else ""
    return "" if segment.label.upper().startswith(segment.key.upper()) else f"{segment.key}  "
