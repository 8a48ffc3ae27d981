"""Sets that were taken without all that the plan asks for (reference 6.2).

The time counts as kept once pressure, heart rate and SpO2 are there; what else belongs to the set is told until a
reading near that time holds it, and stays in sight after that.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checklist.model import Level, Reading, Stage
from checklist.rules.courses import readings
from checklist.rules.facts import Facts, finding
from checklist.rules.schedule import half_interval, planned, started, stopped
from checklist.rules.texts import limit_text
from checklist.snapshot import Due, DueState, Finding
from checklist.times import Moment, written_time

ALWAYS = {"rr": "breathing rate", "moaas": "sedation"}
AT_TIMES = {"dissociation": "dissociation"}


def findings(facts: Facts) -> Iterator[Finding]:
    lacking = list(_lacking(facts))
    if not lacking:
        return
    told = [f"{written_time(due.at)}: {', '.join(f'no {name}' for name in names)}" for due, names in lacking]
    count = f"{len(told)} incomplete sets, the last" if told[1:] else "Incomplete set"
    also = f" Also {'; '.join(told[:-1])}." if told[1:] else ""
    every = limit_text(facts, "schedule.dissociation_every")
    yield finding(
        "monitor.incomplete",
        Level.NOTE,
        f"{count} {told[-1]}",
        f"Breathing rate and sedation belong to every set; dissociation every {every}, and after the infusion.{also}",
        "Take what is missing now, or with the next set.",
        "observation" if lacking[-1][0].stage is Stage.RECOVERY else "infusion",
        source=facts.protocol.source_of("schedule.dissociation_every"),
        inputs=tuple((due.at.store(), ",".join(names)) for due, names in lacking),
    )


def _lacking(facts: Facts) -> Iterator[tuple[Due, list[str]]]:
    plan, taken = facts.once(planned), facts.once(readings)
    if not plan:
        return
    for before, due in pairwise((None, *plan)):
        assert due is not None  # only the first place before the plan is empty
        if due.state is DueState.DONE:
            wanted = ALWAYS | (AT_TIMES if _asks_dissociation(facts, before, due) else {})
            near = _near(facts, due, taken)
            names = [name for sign, name in wanted.items() if all(getattr(one, sign) is None for one in near)]
            if names:
                yield due, names


def _near(facts: Facts, due: Due, taken: Sequence[Reading]) -> list[Reading]:
    reach = half_interval(facts, due.stage)
    return [one for one in taken if abs(one.observed.since(due.at)) <= reach]


def _asks_dissociation(facts: Facts, before: Due | None, due: Due) -> bool:
    """With the first set at or after each so many minutes, at the stop of the pump, and after it."""
    start = started(facts)
    if due.stage is Stage.RECOVERY or due.at == stopped(facts):
        return True
    if start is None or before is None:
        return False
    return _rounds(facts, start, due.at) > _rounds(facts, start, before.at)


def _rounds(facts: Facts, start: Moment, at: Moment) -> int:
    return int(at.since(start).total_seconds() // float(facts.limit("schedule.dissociation_every") * 60))
