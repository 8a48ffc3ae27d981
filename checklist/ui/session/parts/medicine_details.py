"""What else is asked of a medicine: dose, route, frequency, what changed, what holds for today and on whose advice."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.model import MedicineDetails, MedicineRow, SinceLast, TodayPlan
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.fields import LabelledField, TextField
from checklist.ui.widgets.segmented import Segment, Segmented
from checklist.ui.widgets.text import text_label

_CHANGED = (Segment("unchanged", "Unchanged", "U"), Segment("changed", "Changed", "C"))
_TODAY = (
    Segment("continue", "Continue", "C"),
    Segment("hold_today", "Held today", "H"),
    Segment("provider_asked", "Provider asked", "P"),
)


class MedicineDialog(VisitDialog):
    """Nothing here is needed for the routine case; nothing is chosen before a person chooses it."""

    def __init__(self, live: LiveSession, row: MedicineRow, name: str, parent: QWidget) -> None:
        super().__init__(name, parent, width=640)
        self._live, self._row = live, row
        self.column.addWidget(text_label(f"Typed: {row.typed}", "subtitle", self, wrap=True))
        line = QHBoxLayout()
        line.setSpacing(scaled(12))
        self.dose = self._text(line, "dose", "Dose", row.dose)
        self.route = self._text(line, "route", "Route", row.details.route)
        self.frequency = self._text(line, "frequency", "How often", row.details.frequency)
        self.column.addLayout(line)
        self.changed = self._choice("changed", "Since the last visit", _CHANGED, row.details.since_last.value)
        self.today = self._choice("today", "Today", _TODAY, row.details.today.value)
        self.held_by = TextField("Held on whose advice", self)
        self.held_by.setObjectName("medicine.held_by")
        self.held_by.setText(row.details.held_by)
        self._held = LabelledField("Held on whose advice", self.held_by, self)
        self.column.addWidget(self._held)
        self._problem = text_label("", "problem", self, wrap=True)
        self._problem.hide()
        self.column.addWidget(self._problem)
        self.save = Button("Save", self, kind="primary")
        self.save.setObjectName("medicine.save")
        self.column.addWidget(self.save)
        self._connect()
        self._show_held(row.details.today.value)
        self.dose.setFocus()

    def _text(self, line: QHBoxLayout, name: str, label: str, text: str) -> TextField:
        field = TextField(label, self)
        field.setObjectName(f"medicine.{name}")
        field.setText(text)
        line.addWidget(LabelledField(label, field, self), 1)
        return field

    def _choice(self, name: str, label: str, segments: tuple[Segment, ...], chosen: str) -> Segmented:
        choice = Segmented(segments, label, self)
        choice.setObjectName(f"medicine.{name}")
        choice.show_choice(chosen or None)
        self.column.addWidget(LabelledField(label, choice, self))
        return choice

    def _connect(self) -> None:
        """Enter goes on in the order in which it is read."""
        self.dose.entered.connect(self.route.setFocus)
        self.route.entered.connect(self.frequency.setFocus)
        self.frequency.entered.connect(self.changed.setFocus)
        for choice, after in ((self.changed, self.today), (self.today, self.save)):
            choice.passed.connect(after.setFocus)
        self.changed.chosen.connect(lambda _: self.today.setFocus())
        self.today.chosen.connect(self._on_today)
        self.held_by.entered.connect(self._save)
        self.save.clicked.connect(self._save)

    def _on_today(self, chosen: str) -> None:
        self._show_held(chosen)
        (self.held_by if chosen == TodayPlan.HOLD_TODAY else self.save).setFocus()

    def _show_held(self, chosen: str) -> None:
        self._held.setVisible(chosen == TodayPlan.HOLD_TODAY)
        self.fit()

    def _save(self) -> None:
        details = MedicineDetails(
            route=self.route.text(),
            frequency=self.frequency.text(),
            since_last=SinceLast(self.changed.choice() or ""),
            today=TodayPlan(self.today.choice() or ""),
            held_by=self.held_by.text(),
        )
        sentence = self._live.describe_medicine(self._row.id, details, self.dose.text())
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.fit()
        if not sentence:
            self.accept()
