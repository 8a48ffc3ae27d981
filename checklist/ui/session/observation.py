"""Observation after the infusion: two clocks, the line, chart, table, side effects, recovery scores."""

from PySide6.QtCore import Qt

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
        self.make_low()
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
        self.earlier = Button("", self, kind="small")
        self.earlier.setObjectName("earlier")
        self.earlier.clicked.connect(self._turn_earlier)
        self._all_sets = False
        self.effects = EffectsCard(self.live, self)
        self.moments = MomentsCard(self.live, self)
        self.scores = ScoresCard(self)
        measured = (self.clocks, self.decisions, self.alarm, self.line, self.chart, self.readings, self.earlier)
        for widget in (*measured, self.effects, self.moments, self.items, self.scores):
            self.body.addWidget(widget)
        self.body.setAlignment(self.earlier, Qt.AlignmentFlag.AlignLeft)
        self.line.passed.connect(self.effects.field.setFocus)
        self.effects.passed.connect(self._after_effects)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        self.clocks.show_note(self.intro.text())
        self.intro.hide()
        self.alarm.show_snapshot(snapshot)
        self.decisions.show_findings(to_decide_now(snapshot), snapshot)
        self.chart.setVisible(snapshot.clocks is not None)
        self.chart.show_chart(snapshot)
        self._show_readings(snapshot)
        self.effects.show_snapshot(snapshot)
        self.moments.show_snapshot(snapshot)
        self.scores.show_scores(snapshot.scores)
        self.tick(snapshot.now)

    def _show_readings(self, snapshot: Snapshot) -> None:
        """Those since the stop; those of the infusion stand in the chart, on their own page, and here on a click.

        A reading that was missed during the infusion is always told.
        """
        during = [one for one in snapshot.record.readings if one.stage is Stage.INFUSION]
        since = [one for one in snapshot.record.readings if one.stage is Stage.RECOVERY]
        whole = self._all_sets or not since
        self.earlier.setVisible(bool(during and since))
        sets = "1 set" if len(during) == 1 else f"{len(during)} sets"
        self.earlier.show_text(f"Hide the {sets} of the infusion" if whole else f"Show the {sets} of the infusion")
        self.readings.show_readings([*during, *since] if whole else since, snapshot)

    def _turn_earlier(self) -> None:
        self._all_sets = not self._all_sets
        self._show_readings(self.live.snapshot)

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
