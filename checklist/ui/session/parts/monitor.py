"""The running infusion: clocks, the line for vital signs, chart, table, side effects, pause and stop."""

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checklist.model import SessionState, Stage
from checklist.snapshot import Snapshot
from checklist.times import Moment, written_length
from checklist.ui.live import LiveSession
from checklist.ui.session.parts.alarm import Alarm
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.session.parts.chart import VitalsChart
from checklist.ui.session.parts.clocks import Clocks, counted, next_due, ran
from checklist.ui.session.parts.effects import EffectsCard
from checklist.ui.session.parts.moments import MomentsCard
from checklist.ui.session.parts.readings import ReadingTable
from checklist.ui.session.parts.vitals_line import VitalsLine
from checklist.ui.style import scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.bars import MessageBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.segmented import Segment

_REASONS = (
    Segment("completed", "Completed", "1"),
    Segment("bp", "Blood pressure", "2"),
    Segment("distress", "Distress", "3"),
    Segment("vomiting", "Vomiting", "4"),
    Segment("iv_failure", "IV failure", "5"),
    Segment("patient_request", "Patient asks", "6"),
    Segment("other", "Other", "7"),
    Segment("pump_failure", "Pump or power", "8"),
)
_RUNNING = (SessionState.INFUSING, SessionState.PAUSED)


class Monitor(QWidget):
    """The page puts `buttons` into its head.

    Signals:
        passed(): Enter on the empty line of side effects or vital signs.
    """

    passed = Signal()

    def __init__(self, live: LiveSession, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        self.clocks = Clocks(self)
        self.buttons = self._buttons()
        self.message = MessageBar("review", self)
        self.alarm = Alarm(self)
        self.line = VitalsLine(live, self, monitor=True)
        self.chart = VitalsChart(worker, self)
        self.readings = ReadingTable(
            live, "Vital signs during the infusion", self, monitor=True, stages=(Stage.INFUSION,)
        )
        self.effects = EffectsCard(live, self)
        self.moments = MomentsCard(live, self)
        self.clocks.note.setObjectName("monitor.end")
        measured = (self.line, self.chart, self.readings)
        for widget in (self.clocks, self.message, self.alarm, *measured, self.effects, self.moments):
            column.addWidget(widget)
        self.line.passed.connect(self.effects.field.setFocus)
        self.effects.passed.connect(self.passed)

    def _buttons(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        self.pause = Button("Pause…", self, keys="Alt+P")
        self.resume = Button("Go on…", self, keys="Alt+G")
        self.rate = Button("Rate…", self, keys="Alt+R")
        self.stop = Button("Stop…", self, kind="danger", keys="Alt+X")
        self.stop.setObjectName("stop")
        for button in (self.pause, self.resume, self.rate, self.stop):
            button.hide()
            row.addWidget(button)
        self.pause.clicked.connect(self._ask_pause)
        self.resume.clicked.connect(self._ask_resume)
        self.rate.clicked.connect(self._ask_rate)
        self.stop.clicked.connect(self._ask_stop)
        return box

    def show_snapshot(self, snapshot: Snapshot, stage: Stage) -> None:
        self.pause.setVisible(snapshot.state is SessionState.INFUSING)
        self.resume.setVisible(snapshot.state is SessionState.PAUSED)
        self.rate.setVisible(snapshot.state is SessionState.INFUSING)
        self.clocks.show_note(self._live.desk.end_words(snapshot))
        self.stop.setVisible(snapshot.state in _RUNNING)
        self.alarm.show_snapshot(snapshot)
        self.chart.show_chart(snapshot)
        self.readings.show_readings([one for one in snapshot.record.readings if one.stage is stage], snapshot)
        self.effects.show_snapshot(snapshot)
        self.moments.show_snapshot(snapshot)
        self.tick(snapshot.now)

    def tick(self, now: Moment) -> None:
        """Labels only; the rules look again on their own."""
        snapshot = self._live.snapshot
        order = self._live.desk.dose(snapshot)
        minutes = order.minutes if order else None
        planned = f"of {written_length(timedelta(minutes=float(minutes)))}" if minutes is not None else ""
        words = {SessionState.PAUSED: f"{planned}, paused", SessionState.INFUSING: f"{planned} infused"}
        text = words.get(snapshot.state, f"{planned}, stopped")
        due = next_due(snapshot) if snapshot.state in _RUNNING else None
        self.clocks.show_clocks(counted(ran(snapshot.record, now)), text, due, now)

    def _ask_resume(self) -> None:
        fields = (
            AskField(
                "counts", "The pump counts from, mL", help="Only when it was changed or cleared: 0.", submits=True
            ),
            AskField("rate", "Rate from now on, mL/h", help="Only when it is not the rate of the order."),
        )
        dialog = AskDialog(
            "Go on with the infusion",
            "Enter goes on as before: same pump, same rate.",
            fields,
            "Go on",
            lambda values: self._live.resume(values["counts"], values["rate"]),
            self,
        )
        dialog.accepted.connect(self.line.field.setFocus)
        dialog.open()

    def _ask_rate(self) -> None:
        fields = (
            AskField("ml", "Infused so far, mL", help="As the pump shows."),
            AskField("rate", "New rate, mL/h"),
            AskField("reason", "Why?"),
        )
        AskDialog(
            "Change the rate",
            "What was given so far and what comes are kept as two stretches.",
            fields,
            "Change the rate",
            lambda values: self._live.change_rate(values["rate"], values["ml"], values["reason"]),
            self,
        ).open()

    def _ask_pause(self) -> None:
        fields = (
            AskField("reason", "Why?"),
            AskField("ml", "Infused so far, mL", help="May stay empty.", submits=True),
            AskField("code", "Kind", help="May stay empty.", choices=_REASONS[1:]),
        )
        AskDialog(
            "Pause the infusion",
            "The pump stands; the clock of the readings goes on.",
            fields,
            "Pause",
            lambda values: self._live.pause(values["reason"], values["ml"], values["code"]),
            self,
        ).open()

    def _ask_stop(self) -> None:
        fields = (
            AskField("ml", "Infused, mL", help="As the pump shows."),
            AskField("reason", "Why does it stop?", choices=_REASONS),
        )
        dialog = AskDialog(
            "Stop the infusion",
            "What was given follows from the volume.",
            fields,
            "Stop the infusion",
            self._stop,
            self,
        )
        dialog.accepted.connect(self.passed)
        dialog.open()

    def _stop(self, values: Mapping[str, str]) -> str:
        if not values["reason"]:
            return "Choose why the infusion stops. Nothing was saved yet."
        return self._live.stop(values["ml"], values["reason"])
