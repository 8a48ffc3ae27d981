"""Vital signs before the infusion: weight, height, alertness, and full sets in one line each."""

from checklist.model import Stage
from checklist.protocol import Protocol
from checklist.snapshot import Snapshot
from checklist.ui.session.parts.readings import ReadingTable
from checklist.ui.session.parts.vitals_line import VitalsLine
from checklist.ui.session.step_page import StepPage
from checklist.ui.widgets.text import text_label


def limits_text(protocol: Protocol) -> str:
    """The clinic's limits for a baseline set in one line."""

    def limit(key: str) -> str:
        return f"{protocol.limit(f'baseline.{key}').normalize():f}"

    return (
        f"BP reviewed above {limit('sbp_review_above')}/{limit('dbp_review_above')}, "
        f"held from {limit('sbp_hold')}/{limit('dbp_hold')}, "
        f"not today from {limit('sbp_stop')}/{limit('dbp_stop')} mmHg. "
        f"HR reviewed at {limit('hr_review_low')} or less and from {limit('hr_review_high')} /min. "
        f"SpO2 reviewed at {limit('spo2_review')} % or less. "
        f"A set older than {limit('valid_for')} min at the start is repeated."
    )


class VitalsPage(StepPage):
    """Questions first, because the weight is asked on the way in; then the line and the table."""

    def build(self) -> None:
        self.line = VitalsLine(self.live, self)
        self.readings = ReadingTable(self.live, "Vital signs before the infusion", self, monitor=False)
        self._limits = text_label("", "help", self, wrap=True)
        self.body.addWidget(self.items)
        self.body.addWidget(self.line)
        self.body.addWidget(self.readings)
        self.body.addWidget(self._limits)
        self.items.finished.disconnect()
        self.items.finished.connect(self._after_items)
        self.line.passed.connect(self.finished)
        self.line.recorded.connect(self._after_set)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        super().show_snapshot(snapshot)
        readings = [one for one in snapshot.record.readings if one.stage is Stage.BASELINE]
        self.readings.show_readings(readings, snapshot)
        self._limits.setText(limits_text(snapshot.protocol))

    def focus_first(self) -> None:
        if not self.items.focus_first():
            self._after_items()

    def focus_vitals(self) -> bool:
        self.line.field.setFocus()
        return True

    def stamp(self) -> None:
        self.line.stamp()

    def _after_set(self) -> None:
        """A full set inside the limits leaves nothing to do here; any other keeps the line ready for the repeat."""
        if self.live.snapshot.step(self.step.id).complete:
            self.finished.emit()

    def _after_items(self) -> None:
        if self.live.snapshot.record.valid_readings(Stage.BASELINE):
            self.finished.emit()
        else:
            self.line.field.setFocus()
