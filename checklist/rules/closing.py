"""Whether the patient would still be here when the clinic closes (reference 12.9). A note: nobody is hurried by it."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from checklist.model import EventKind, Level
from checklist.rules.facts import Facts, finding
from checklist.rules.schedule import closed, earliest_discharge, predicted_end
from checklist.rules.texts import limit_text, number, when
from checklist.snapshot import Finding
from checklist.times import Moment, written_time


def closing_time(facts: Facts) -> Moment:
    """The closing hour of the day on which the infusion starts; 24 is the midnight after it."""
    start = facts.start
    hours = float(facts.limit("schedule.closing_hour"))
    wall = datetime.combine(start.local.date(), time()) + timedelta(hours=hours)
    return Moment.of_local(wall, start.zone)


def leaves_at(facts: Facts) -> Moment:
    """The earliest time to leave: as planned before the start, as predicted while the pump runs.

    Without ordered minutes the usual length counts. The minimum observation is taken from the end or from the start, as
    the clinic chose.
    """
    minutes = facts.number("dose.minutes") or facts.limit("dose.minutes_confirm")
    end = predicted_end(facts) or facts.start.plus(minutes=float(minutes))
    after = earliest_discharge(end, int(facts.limit("schedule.observe_after_end")))
    if facts.protocol.setting("observation_from") != "start":
        return after
    return max(end, earliest_discharge(facts.start, int(facts.limit("schedule.observe_from_start"))))


def _counted(facts: Facts) -> str:
    if facts.protocol.setting("observation_from") == "start":
        return f"End of the infusion, and {limit_text(facts, 'schedule.observe_from_start')} from its start"
    return f"End of the infusion and {limit_text(facts, 'schedule.observe_after_end')} of observation"


def findings(facts: Facts) -> Iterator[Finding]:
    if closed(facts) is not None or facts.record.event(EventKind.STOPPED) is not None:
        return
    closes, leaves = closing_time(facts), leaves_at(facts)
    if leaves <= closes:
        return
    started = facts.record.event(EventKind.STARTED) is not None
    arrived = facts.moment("arrival.at")
    late = f" The patient arrived at {written_time(arrived)}." if arrived else ""
    yield finding(
        "visit.closing",
        Level.NOTE,
        f"Can leave at {when(leaves, facts)} at the earliest; the clinic closes at {written_time(closes)}",
        f"{_counted(facts)}; closing hour {number(facts.limit('schedule.closing_hour'))}.{late}",
        "Somebody stays until the patient leaves, or the visit is moved.",
        "observation" if started else "transport",
        items=("arrival.at",),
        source=facts.protocol.source_of("schedule.closing_hour"),
        inputs=(("leaves", leaves.store()), ("closes", closes.store())),
    )
