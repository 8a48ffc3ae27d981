"""Under the list of medicines: when the focused one was last taken, or which name was meant."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.segmented import Segment, Segmented
from checklist.ui.widgets.text import text_label


class MedicineStrip(Card):
    """Signals:
    taken(row, text): last taken, as typed.
    named(row, name): the name that was meant; empty for none of them.
    confirmed(): the unusual time is right.
    closed(): Escape or Enter on the empty field.
    """

    taken = Signal(str, str)
    named = Signal(str, str)
    confirmed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = ""
        body: QVBoxLayout = self.body
        body.setSpacing(scaled(8))
        self._title = text_label("", "strong", self, wrap=True)
        self.field = TextField("Last taken", self, placeholder="0630, yesterday 21:00, -2h; U if nobody knows")
        self.field.setObjectName("medicines.taken")
        self._labelled = LabelledField("Last taken", self.field, self)
        self._question = QuestionBar(self)
        self._names: Segmented | None = None
        for widget in (self._title, self._labelled, self._question):
            body.addWidget(widget)
        self.field.entered.connect(self._on_entered)
        self._question.confirmed.connect(self.confirmed)
        self._question.rejected.connect(self.field.setFocus)
        self.hide()

    def ask_taken(self, row: str, name: str) -> None:
        """Ask when this medicine was last taken."""
        if row != self._row:
            self.field.setText("")
        self._row = row
        self._title.setText(name)
        self._drop_names()
        self._labelled.show()
        self._labelled.show_problem("")
        self._question.clear_message()
        self.show()
        self.field.setFocus()

    def ask_name(self, row: str, typed: str, names: Sequence[str]) -> None:
        """Ask which of the names was meant by what was typed."""
        self._row = row
        self._title.setText(f"“{typed}”: did you mean")
        self._drop_names()
        self._labelled.hide()
        segments = [Segment(name, name, str(number)) for number, name in enumerate(names, 1)]
        segments.append(Segment("", "None of these", "0"))
        self._names = Segmented(segments, "Did you mean", self, loose=True)
        self._names.setObjectName("medicines.named")
        self._names.chosen.connect(lambda name: self.named.emit(self._row, name))
        self.body.addWidget(self._names)
        self.show()
        self._names.setFocus()

    def show_problem(self, sentence: str) -> None:
        self._labelled.show_problem(sentence)

    def show_question(self, sentence: str) -> None:
        self._question.show_question(sentence)

    def close_strip(self) -> None:
        self._drop_names()
        self._labelled.show_problem("")
        self._question.clear_message()
        self.field.setText("")
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_entered(self) -> None:
        text = self.field.text().strip()
        if text:
            self.taken.emit(self._row, text)
        else:
            self.closed.emit()

    def _drop_names(self) -> None:
        if self._names is not None:
            self._names.hide()
            self._names.deleteLater()
            self._names = None
