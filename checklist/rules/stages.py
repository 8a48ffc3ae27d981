"""Before, during or after: which stage a reading belongs to, and what a full set holds there."""

from checklist.model import EventKind, Stage
from checklist.snapshot import Record
from checklist.times import Moment

EXPECTED_AT = {
    Stage.BASELINE: ("bp", "hr", "spo2", "rr", "temp"),
    Stage.INFUSION: ("bp", "hr", "spo2", "rr", "sedation"),
    Stage.RECOVERY: ("bp", "hr", "spo2", "rr", "sedation", "dissociation"),
}
"""What a full set holds at each stage (reference 6.2)."""


def stage_now(record: Record) -> Stage:
    """The stage of a reading taken now, by what has happened: the PC's clock may have been set since."""
    if record.event(EventKind.STARTED) is None:
        return Stage.BASELINE
    return Stage.INFUSION if record.event(EventKind.STOPPED) is None else Stage.RECOVERY


def stage_at(record: Record, observed: Moment) -> Stage:
    """The stage of a reading with a time of its own; compared by the minute, as readings are timed."""
    started, stopped = record.event(EventKind.STARTED), record.event(EventKind.STOPPED)
    if started is None or observed < started.at.to_minute():
        return Stage.BASELINE
    if stopped is None or observed < stopped.at.to_minute():
        return Stage.INFUSION
    return Stage.RECOVERY
