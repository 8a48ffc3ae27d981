"""A full set of vital signs in one line, with a preview of what was understood."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from checklist.times import Moment, written_time
from checklist.ui.live import LiveSession
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.buttons import ENTER, is_held
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.page import ScrollPage
from checklist.ui.widgets.text import buddy_label, plain_tip, text_label

_TIME = "F8 keeps the time of now; a time in front (1405) goes before it. Arm, cuff, position: # left arm, lying."
_SCORES = "Sedation and dissociation: 14 5 0 or s5 d0. A symptom that calls the provider: ! chest pain"
_SHORT = "Time: 1405 in front, or F8 · sedation s5 · dissociation d0 · # arm, position · ! symptom that calls"
_PARTS = {
    "bp": "BP",
    "hr": "HR",
    "spo2": "SpO2",
    "rr": "RR",
    "temp": "temperature",
    "sedation": "sedation (s0-s5)",
    "dissociation": "dissociation",
    "nausea": "nausea",
    "pain": "pain",
    "oxygen": "oxygen",
}


class LineField(QLineEdit):
    """A line that is kept only by Enter: half a set of vital signs is not saved because somebody clicked elsewhere.

    Signals:
        entered(): Enter.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not is_held(event):
            self.entered.emit()


class VitalsLine(Card):
    """Signals:
    passed(): Enter on the empty line.
    recorded(): a row is on disk.
    """

    passed = Signal()
    recorded = Signal()

    def __init__(self, live: LiveSession, parent: QWidget, *, monitor: bool = False) -> None:
        super().__init__(parent)
        self._live = live
        self._monitor = monitor
        self._stamp: Moment | None = None
        self._sending = False
        self._retry: object = None
        self._understood = ""
        self._build()
        live.asked.connect(self._on_asked)

    def _build(self) -> None:
        body: QVBoxLayout = self.body
        body.setSpacing(scaled(4))
        body.setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8))
        self.field = LineField(self)
        self.field.setObjectName("vitals.line")
        self.field.setAccessibleName("Vital signs")
        self.field.setPlaceholderText("142/88 76 98 14 s5" if self._monitor else "142/88 76 98 14 36.7")
        self.field.setAccessibleDescription(self._whole_hint())
        self.field.setToolTip(plain_tip(self._whole_hint()))
        line = Beside(480, self)
        line.add(self._name())
        line.add(self.field, 1)
        body.addWidget(line)
        below = QHBoxLayout()
        self.preview = text_label(self._hint(), "help", self, wrap=True)
        self.preview.setObjectName("vitals.preview")
        self._taken = text_label("", "label", self)
        below.addWidget(self.preview, 1)
        below.addWidget(self._taken, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(below)
        self.problem = text_label("", "problem", self, wrap=True)
        self.problem.setObjectName("vitals.problem")
        self.problem.hide()
        self.question = QuestionBar(self)
        for widget in (self.problem, self.question):
            body.addWidget(widget)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.question.confirmed.connect(self._on_confirmed)
        self.question.rejected.connect(self._focus_line)

    def _name(self) -> QWidget:
        """What the line is for, and the order in which it is typed."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(buddy_label("Vital signs", "field", self.field, box))
        last = "s sedation" if self._monitor else "temperature"
        column.addWidget(text_label(f"BP HR SpO2 RR {last}", "help", box))
        return box

    def _hint(self) -> str:
        """One line, so that chart and table stay in sight; the whole is told on the field and under F1."""
        return _SHORT if self._monitor else _TIME

    def _whole_hint(self) -> str:
        return f"{_TIME} {_SCORES}" if self._monitor else _TIME

    def stamp(self) -> None:
        """The vital signs are being taken at this moment; the values follow."""
        self._stamp = self._live.desk.now()
        self._taken.setText(f"Taken {written_time(self._stamp)}")
        self._focus_line()

    def _focus_line(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, text: str) -> None:
        self.question.clear_message()
        self._show_problem("")
        if not text.strip():
            self.preview.setText(self._hint())
            return
        preview = self._live.desk.preview_reading(self._live.snapshot, text)
        missing = ", ".join(_PARTS.get(part, part) for part in preview.missing)
        still = f"Still missing: {missing}" if missing else ""
        self.preview.setText("   ".join(part for part in (preview.text, still) if part))
        self._show_problem(preview.problem or preview.question, refused=bool(preview.problem))
        self._show_whole()

    def _show_whole(self) -> None:
        """What was understood stands under the field: it must be in sight while one types."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, ScrollPage):
            page = page.parentWidget()
        if page is not None:
            self.body.activate()
            page.ensureWidgetVisible(self, 0, scaled(8))

    def _on_entered(self) -> None:
        if not self.field.text().strip():
            self.passed.emit()
            return
        self._sending, self._retry = True, None
        self._understood = self._live.desk.preview_reading(self._live.snapshot, self.field.text()).text
        sentence = self._live.record_reading(self.field.text(), self._stamp)
        self._sending = False
        if not sentence:
            self._on_recorded()
        elif self._retry is None:
            self._show_problem(sentence)

    def _on_asked(self, where: str, sentence: str, retry: object) -> None:
        if where == "vitals.line" and self._sending:
            self._retry = retry
            self._show_problem("")
            self.question.show_question(sentence)

    def _on_confirmed(self) -> None:
        retry = self._retry
        sentence = retry() if callable(retry) else ""
        if sentence:
            self._show_problem(sentence)
        else:
            self._on_recorded()
        self._focus_line()

    def _on_recorded(self) -> None:
        self.preview.setText(f"Recorded: {self._understood}")
        self.field.clear()
        self._stamp = None
        self._taken.setText("")
        self._show_problem("")
        self.recorded.emit()

    def _show_problem(self, sentence: str, *, refused: bool = True) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        set_role(self.problem, "problem" if refused else "question-line")
        set_look(self.field, "refused", bool(sentence) and refused)
