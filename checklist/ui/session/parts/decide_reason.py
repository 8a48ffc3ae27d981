"""Why a provider decides so, and on what condition: a coded reason by its key, words, what is to be done by when."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.protocol import OTHER_REASON, DecisionReason
from checklist.ui.session.parts.vitals_line import LineField
from checklist.ui.style import scaled, set_look
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.segmented import Segment, Segmented
from checklist.ui.widgets.text import text_label

_NEEDED, _MORE = "Reason, as the provider gives it", "More words, where they help"
_BESIDE_PX = 600  # from this width on reason and condition stand in one line


class ReasonCodes(Segmented):
    """The coded reasons. Words typed here are another reason: nobody has to choose “other” first.

    Signals:
        typed(str): a letter that chooses nothing.
    """

    typed = Signal(str)

    def __init__(self, reasons: Sequence[DecisionReason], parent: QWidget) -> None:
        segments = [Segment(one.id, one.label, one.key) for one in reasons]
        super().__init__(segments, "Reason of the decision", parent, loose=True)
        self._keys = {one.key.casefold() for one in reasons}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and letter.isprintable() and letter.strip() and letter.casefold() not in self._keys:
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)


class ReasonFields(QWidget):
    """A draft of reason and condition. The condition is no step of the way: Enter in the reason goes past it.

    Signals:
        edited(): something was typed or chosen.
        passed(): Enter in the reason, or at the end of the condition.
    """

    edited = Signal()
    passed = Signal()

    def __init__(
        self, reasons: Sequence[DecisionReason], understood: Callable[[str, str], str], parent: QWidget
    ) -> None:
        """`understood`: what a typed condition and its time mean, or why they cannot be kept."""
        super().__init__(parent)
        self._understood = understood
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        self.codes = ReasonCodes(reasons, self)
        self.words = _line("Reason of the decision, in words", _NEEDED, self)
        self.condition = _line("Condition: what is to be done", "Condition, if any", self)
        self.by = _line("By when the condition is to be done", "in 20 min", self)
        self.problem = text_label("", "help", self, wrap=True)
        self._condition = QWidget(self)
        asked = QHBoxLayout(self._condition)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(scaled(8))
        asked.addWidget(self.condition, 4)
        asked.addWidget(self.by, 3)
        lines = Beside(_BESIDE_PX, self)
        lines.add(self.words, 1)
        lines.add(self._condition, 1)
        for widget in (self.codes, lines, self.problem):
            column.addWidget(widget)
        self.show_open(False)
        self._connect()

    def _connect(self) -> None:
        self.codes.chosen.connect(self._on_code)
        self.codes.typed.connect(self._on_typed)
        self.codes.passed.connect(self.words.setFocus)
        self.words.entered.connect(self.passed)
        self.condition.entered.connect(self.by.setFocus)
        self.by.entered.connect(self.passed)
        self.words.textEdited.connect(self._on_words)
        for field in (self.condition, self.by):
            field.textEdited.connect(self._on_condition)

    def show_open(self, is_open: bool) -> None:
        """Codes and condition are there once somebody has chosen what is decided: until then the list stays short."""
        self.codes.setVisible(is_open)
        self._condition.setVisible(is_open)
        self._show_understood()

    def name(self, finding: str) -> None:
        """Fields are found by the finding they are about."""
        self.codes.setObjectName(f"code.{finding}")
        self.words.setObjectName(f"reason.{finding}")
        self.condition.setObjectName(f"condition.{finding}")
        self.by.setObjectName(f"condition_by.{finding}")

    @property
    def is_open(self) -> bool:
        return not self.codes.isHidden()

    def focus_code(self) -> None:
        self.codes.setFocus()

    def clear(self) -> None:
        self.codes.show_choice(None)
        for field in (self.words, self.condition, self.by):
            field.clear()
        self.words.setPlaceholderText(_NEEDED)
        self.show_open(False)

    @property
    def code(self) -> str:
        return self.codes.choice() or ""

    @property
    def missing(self) -> bool:
        """No code, or “other” without words."""
        return not self.code or (self.code == OTHER_REASON and not self.words.text().strip())

    @property
    def why(self) -> str:
        """As it will be read: the words of the code, and what was typed besides."""
        label = "" if self.code == OTHER_REASON else self.codes.label_of(self.code)
        return "; ".join(part for part in (label, self.words.text().strip()) if part)

    def _on_code(self, code: str) -> None:
        self.codes.show_choice(code)
        self.words.setPlaceholderText(_NEEDED if code == OTHER_REASON else _MORE)
        self.words.setFocus()
        self.edited.emit()

    def _on_typed(self, letter: str) -> None:
        self._on_code(OTHER_REASON)
        self.words.insert(letter)
        self.edited.emit()

    def _on_words(self) -> None:
        """Words without a code are another reason."""
        if not self.code and self.codes.isVisible():
            self.codes.show_choice(OTHER_REASON)
        self.edited.emit()

    def _on_condition(self) -> None:
        self._show_understood()
        self.edited.emit()

    def _show_understood(self) -> None:
        typed = self.condition.text().strip(), self.by.text().strip()
        said = self._understood(*typed) if any(typed) else ""
        self.problem.setText(said)
        set_look(self.problem, "tone", "muted")
        self.problem.setVisible(bool(said) and self._condition.isVisibleTo(self))


def _line(name: str, placeholder: str, parent: QWidget) -> LineField:
    field = LineField(parent)
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    return field
