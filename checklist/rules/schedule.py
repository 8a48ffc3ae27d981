"""When readings and repeats are due, which were taken, and the clocks of the observation (reference 6.2).

All on instants: a daylight-saving night changes neither a due time nor a length. Due times follow the actual start; a
pause does not stop them, it only moves the end.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from checklist.model import EventKind, Level, Meaning, Reading, Stage
from checklist.rules.courses import courses, repeat_at
from checklist.rules.dose import order, running_rate, segments
from checklist.rules.facts import Facts
from checklist.snapshot import Clocks, Due, DueState
from checklist.times import Moment


def infusion_times(start: Moment, end: Moment, every: int) -> tuple[Moment, ...]:
    """Start, then each `every` minutes before the end, and the end itself."""
    times = []
    at = start
    while at < end:
        times.append(at)
        at = at.plus(minutes=every)
    return (*times, end)


def recovery_times(end: Moment, every: int, count: int) -> tuple[Moment, ...]:
    """`count` times after the end, each `every` minutes."""
    return tuple(end.plus(minutes=every * number) for number in range(1, count + 1))


def earliest_discharge(end: Moment, minutes: int) -> Moment:
    """The minimum observation after the end of the infusion, in minutes that really pass."""
    return end.plus(minutes=minutes)


def _minutes(facts: Facts, key: str) -> int:
    return int(facts.limit(f"schedule.{key}"))


def started(facts: Facts) -> Moment | None:
    event = facts.record.event(EventKind.STARTED)
    return event.at if event else None


def stopped(facts: Facts) -> Moment | None:
    event = facts.record.event(EventKind.STOPPED)
    return event.at if event else None


def closed(facts: Facts) -> Moment | None:
    """When the visit was over: signed discharge, or ended otherwise."""
    signature, event = facts.record.signature(Meaning.DISCHARGE), facts.record.event(EventKind.ENDED)
    times = [one.at for one in (signature, event) if one is not None]
    return min(times, default=None)


def is_paused(facts: Facts) -> bool:
    """True between a pause and its resumption, while the pump has not been stopped."""
    kinds = (one.kind for one in reversed(facts.record.events))
    last = next((kind for kind in kinds if kind is not EventKind.ENDED), None)
    return last is EventKind.PAUSED


def paused_for(facts: Facts) -> timedelta:
    """How long the pump stood still; a pause that goes on counts until now. Never negative.

    The order of the journal counts, not the times: a clock that was set back must not swap a pause and its end.
    """
    total, since = timedelta(0), None
    for event in facts.record.events:
        if event.kind is EventKind.PAUSED and since is None:
            since = event.at
        elif event.kind in (EventKind.RESUMED, EventKind.STOPPED) and since is not None:
            total += max(event.at.since(since), timedelta(0))
            since = None
    return total if since is None else total + max(facts.now.since(since), timedelta(0))


def predicted_end(facts: Facts) -> Moment | None:
    """The stop as it happened, else start plus ordered minutes plus pauses; None when one of them is not known."""
    start, stop, minutes = started(facts), stopped(facts), facts.number("dose.minutes")
    if start is None or stop is not None or minutes is None:
        return stop
    other = _at_other_rate(facts)
    if other is not None:
        return other
    return start.plus(minutes=float(minutes), seconds=paused_for(facts).total_seconds())


def _at_other_rate(facts: Facts) -> Moment | None:
    """What is left of the bag at the rate that was set since; None while the pump runs as ordered."""
    changed, now, parts = running_rate(facts.record), order(facts), segments(facts)
    infused = [one.infused_ml for one in parts]
    if changed is None or now is None or now.total_ml is None or any(one is None for one in infused):
        return None
    left = now.total_ml - sum((one for one in infused if one is not None), Decimal(0))
    since, rate = changed
    pause = facts.record.event(EventKind.PAUSED)
    begin = max(pause.at, facts.now) if pause is not None and is_paused(facts) else since
    return begin.plus(minutes=float(max(left, Decimal(0)) * 60 / rate))


def ready_at(facts: Facts) -> Moment | None:
    """When the minimum observation is over; None while the infusion has not ended."""
    start, stop = started(facts), stopped(facts)
    if start is None or stop is None:
        return None
    return _ready(facts, start, stop)


def _ready(facts: Facts, start: Moment, end: Moment) -> Moment:
    if _from_start(facts):
        return max(end, earliest_discharge(start, _minutes(facts, "observe_from_start")))
    return earliest_discharge(end, _minutes(facts, "observe_after_end"))


def _from_start(facts: Facts) -> bool:
    return facts.protocol.setting("observation_from") == "start"


def planned(facts: Facts) -> tuple[Due, ...]:
    """Every reading of the plan, past and to come, with what became of it; empty before the start."""
    slots = _slots(facts)
    taken = _matched(facts, slots)
    following = [*(at for at, _ in slots[1:]), None]
    return tuple(
        Due(at, stage, _state(facts, at, after, taken.get(at)), taken.get(at))
        for (at, stage), after in zip(slots, following, strict=False)
        if at in taken or not _cut_short(facts, at)
    )


def repeats(facts: Facts) -> tuple[Due, ...]:
    """The repeat that a reading asks for, until the sign is taken again (reference 6.2: 5 minutes after any RECHECK).

    Signs that wait for the same minute are one repeat; once the patient has left nothing is repeated.
    """
    if closed(facts) is not None:
        return ()
    waiting: dict[Moment, list[str]] = {}
    for course in facts.once(courses):
        if course.level is Level.NOTE:
            waiting.setdefault(repeat_at(facts, course.points[-1][0]), []).append(course.sign.name.rstrip(":"))
    stage = Stage.INFUSION if stopped(facts) is None else Stage.RECOVERY
    return tuple(
        Due(at, stage, open_state(facts, at), repeats=", ".join(dict.fromkeys(names)))
        for at, names in sorted(waiting.items())
    )


def due(facts: Facts) -> tuple[Due, ...]:
    """The plan and the open repeats, by time."""
    return tuple(sorted((*facts.once(planned), *repeats(facts)), key=lambda one: one.at))


def _cut_short(facts: Facts, at: Moment) -> bool:
    """Not yet late when the patient left: not a reading that anyone missed."""
    over = closed(facts)
    return over is not None and over.since(at) <= timedelta(minutes=_minutes(facts, "due_red"))


def _slots(facts: Facts) -> list[tuple[Moment, Stage]]:
    start = started(facts)
    if start is None:
        return []
    end = predicted_end(facts)
    slots = [(at, Stage.INFUSION) for at in _during(facts, start, end)]
    if end is not None:
        slots += [(at, Stage.RECOVERY) for at in _after(facts, start, end)]
    return slots


def _during(facts: Facts, start: Moment, end: Moment | None) -> Iterator[Moment]:
    """A reading that was not yet late when the pump stopped merges with the full set at the stop.

    While the pump runs past its predicted end, or no end can be predicted, the plan goes on: the next time after now
    is always in it. It ends after `schedule.longest`: beyond that the PC's clock is wrong, or nobody closed the record.
    """
    every, late = _minutes(facts, "infusion_every"), _minutes(facts, "due_red")
    if end is not None:
        times = infusion_times(start, end, every)
        yield from (at for at in times[:-1] if at == start or end.since(at) >= timedelta(minutes=late))
        yield end
    at, last = start, end
    now = min(facts.now, start.plus(hours=float(facts.limit("schedule.longest"))))
    while stopped(facts) is None and (last is None or last <= now):
        if end is None or at > end:
            yield at
            last = at
        at = at.plus(minutes=every)


def _after(facts: Facts, start: Moment, end: Moment) -> tuple[Moment, ...]:
    """Until the minimum observation is over, and then one more ahead until the patient has left."""
    every = _minutes(facts, "recovery_every")
    until = _ready(facts, start, end).since(end)
    if stopped(facts) is not None:
        longest = timedelta(hours=float(facts.limit("schedule.longest")))
        until = max(until, min(facts.now.since(end), longest) + timedelta(minutes=every))
    return recovery_times(end, every, int(until / timedelta(minutes=every)))


def is_set(reading: Reading) -> bool:
    """A due set holds at least blood pressure, heart rate and SpO2: a repeat of one number alone is not the set."""
    return reading.sbp is not None and reading.hr is not None and reading.spo2 is not None


def _matched(facts: Facts, slots: list[tuple[Moment, Stage]]) -> dict[Moment, Reading]:
    """Each set satisfies its nearest due time within half the interval; of several the nearest counts."""
    best: dict[Moment, Reading] = {}
    reach = {stage: half_interval(facts, stage) for stage in (Stage.INFUSION, Stage.RECOVERY)}
    for reading in filter(is_set, facts.record.valid_readings()):
        gaps = [(abs(reading.observed.since(at)), at, stage) for at, stage in slots]
        near = [(gap, at) for gap, at, stage in gaps if gap <= reach[stage]]
        if not near:
            continue
        gap, at = min(near)
        if at not in best or gap < abs(best[at].observed.since(at)):
            best[at] = reading
    return best


def half_interval(facts: Facts, stage: Stage) -> timedelta:
    return timedelta(minutes=_minutes(facts, "recovery_every" if stage is Stage.RECOVERY else "infusion_every")) / 2


def _state(facts: Facts, at: Moment, following: Moment | None, reading: Reading | None) -> DueState:
    if reading is not None:
        return DueState.DONE
    over = closed(facts)
    if over is not None or (following is not None and facts.now >= following):
        return DueState.MISSED
    return open_state(facts, at)


def open_state(facts: Facts, at: Moment) -> DueState:
    """To come, due in its first minutes, then overdue, then late: amber, amber, red, and a reminder each time."""
    since = facts.now.since(at)
    if since < timedelta(0):
        return DueState.COMING
    if since > timedelta(minutes=_minutes(facts, "due_red")):
        return DueState.LATE
    return DueState.OVERDUE if since > timedelta(minutes=_minutes(facts, "due_amber")) else DueState.DUE


def clocks(facts: Facts) -> Clocks | None:
    """Observed and needed time, and the next reading; None before the start.

    `observed` counts from the end (or the start, as the clinic chose) and stands still once the patient has left.
    """
    start = started(facts)
    if start is None:
        return None
    begin = start if _from_start(facts) else stopped(facts)
    until = closed(facts) or facts.now
    needed = _minutes(facts, "observe_from_start" if _from_start(facts) else "observe_after_end")
    return Clocks(
        observed=max(until.since(begin), timedelta(0)) if begin is not None else timedelta(0),
        needed=timedelta(minutes=needed),
        ready_at=ready_at(facts),
        next_due=next((one for one in facts.once(due) if one.state.is_open), None),
    )
