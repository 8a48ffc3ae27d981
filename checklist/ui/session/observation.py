"""Observation after the infusion: two clocks, the line, chart, table, side effects, recovery scores."""

from checklist.model import Stage
from checklist.snapshot import Snapshot
from checklist.times import Moment, written_length
from checklist.ui.session.parts.alarm import Alarm, to_decide_now
from checklist.ui.session.parts.chart import VitalsChart
from checklist.ui.session.parts.clocks import Clocks, counted, next_due
from checklist.ui.session.parts.decide import DecisionsCard
from checklist.ui.session.parts.effects import EffectsCard
from checklist.ui.session.parts.moments import MomentsCard
from checklist.ui.session.parts.readings import ReadingTable
from checklist.ui.session.parts.scores import ScoresCard
from checklist.ui.session.parts.vitals_line import VitalsLine
from checklist.ui.session.step_page import StepPage
from checklist.ui.widgets.buttons import Button


class ObservationPage(StepPage):
    """Mock 5. The line stands above the chart, so that recording takes no further step."""

    def build(self) -> None:
        self.clocks = Clocks(self)
        record = Button("Record vitals  Ctrl R", self, kind="primary")
        record.clicked.connect(self.focus_vitals)
        self.head.add_button(record)
        self.alarm = Alarm(self)
        self.decisions = DecisionsCard(self.live, self)
        self.line = VitalsLine(self.live, self, monitor=True)
        self.chart = VitalsChart(self.worker, self)
        self.readings = ReadingTable(
            self.live, "Vital signs", self, monitor=True, stages=(Stage.INFUSION, Stage.RECOVERY)
        )
        self.effects = EffectsCard(self.live, self)
        self.moments = MomentsCard(self.live, self)
        self.scores = ScoresCard(self)
        measured = (self.clocks, self.decisions, self.alarm, self.line, self.chart, self.readings)
        for widget in (*measured, self.effects, self.moments, self.items, self.scores):
            self.body.addWidget(widget)
        self.line.passed.connect(self.effects.field.setFocus)
        self.effects.passed.connect(self._after_effects)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self.alarm.show_snapshot(snapshot)
        self.decisions.show_findings(to_decide_now(snapshot), snapshot)
        self.chart.setVisible(snapshot.clocks is not None)
        self.chart.show_chart(snapshot)
        readings = [one for one in snapshot.record.readings if one.stage is not Stage.BASELINE]
        self.readings.show_readings(readings, snapshot)
        self.effects.show_snapshot(snapshot)
        self.moments.show_snapshot(snapshot)
        self.scores.show_scores(snapshot.scores)
        self.tick(snapshot.now)

    def tick(self, now: Moment) -> None:
        snapshot = self.live.snapshot
        clocks = snapshot.clocks
        if clocks is None:
            self.clocks.length.show_clock("–", "not started")
            self.clocks.due.show_clock("", "")
            return
        since = now.since(snapshot.now) if clocks.observed else now.since(now)
        words = f"of {written_length(clocks.needed)}"
        self.clocks.show_clocks(counted(clocks.observed + since), words, next_due(snapshot), now)

    def focus_first(self) -> None:
        """A reading that is to come goes before the scores."""
        if self.live.snapshot.clocks is None:
            self.finished.emit()
        elif next_due(self.live.snapshot) is not None:
            self.line.field.setFocus()
        else:
            self._after_effects()

    def focus_vitals(self) -> bool:
        self.line.field.setFocus()
        return True

    def stamp(self) -> None:
        self.line.stamp()

    def _after_effects(self) -> None:
        if not self.items.focus_first():
            self.finished.emit()
