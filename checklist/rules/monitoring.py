"""Readings during and after the infusion: repeat, or pause and call the provider (reference 4.3, 6.2).

A call stays open until a provider has decided, whatever later readings say: a good value does not show that anybody
was told. Once the values are good again the finding says so, and still keeps the pump and the patient waiting.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING
from itertools import groupby

from checklist.model import Level, Reading, Stage
from checklist.rules.baseline import baseline_values
from checklist.rules.courses import Course, Point, courses, judged_at, readings, repeat_at
from checklist.rules.facts import Facts, finding
from checklist.rules.schedule import planned, stopped
from checklist.rules.signs import EMERGENCY_SYMPTOMS, SIGNS, Judged
from checklist.snapshot import Due, DueState, Finding
from checklist.times import written_time

CALL_INFUSION = "Pause the pump. Call the provider now."
CALL_RECOVERY = "Stay with the patient. Call the provider now."
TELL_INFUSION = "Tell the provider, who decides before the infusion goes on."
TELL_RECOVERY = "Tell the provider, who decides before the patient leaves."


def findings(facts: Facts) -> Iterator[Finding]:
    found = facts.once(courses)
    is_high = any(course.sign.key == "bp" and course.level is not Level.CLEAR for course in found)
    for course in found:
        if not (course.sign.key == "rise" and is_high):
            yield from _of_course(facts, course)
    yield from _rechecks(facts, found)
    yield from _missed(facts)
    yield from _struck(facts)


def has_escalated(facts: Facts) -> bool:
    """Any reading since the start called for the provider, also when the sign is good again."""
    return any(course.calls for course in facts.once(courses))


def had_emergency_sign(facts: Facts) -> bool:
    """A seizure, apnoea, signs of anaphylaxis and the like since the start."""
    return any(one in EMERGENCY_SYMPTOMS for reading in readings(facts) for one in reading.symptoms)


def own_limit(facts: Facts) -> int | None:
    """Systolic mmHg at which the patient is 20 % over the own baseline ("call at 154: 20 % over 128"), rounded up."""
    base = baseline_values(facts).sbp
    if base is None:
        return None
    raised = base * (100 + facts.limit("escalate.own_baseline_percent")) / 100
    return int(raised.to_integral_value(ROUND_CEILING))


def call_action(facts: Facts, *, recovers: bool, eased: bool) -> str:
    """What to do about a call. `recovers`: seen after the infusion; once the pump has stopped none is paused."""
    after = recovers or stopped(facts) is not None
    if eased:
        return TELL_RECOVERY if after else TELL_INFUSION
    return CALL_RECOVERY if after else CALL_INFUSION


def _step(reading: Reading) -> str:
    return "observation" if reading.stage is Stage.RECOVERY else "infusion"


def _of_course(facts: Facts, course: Course) -> Iterator[Finding]:
    if course.calls:
        yield _call(facts, course)
    if course.level is Level.NOTE:
        yield _repeat(facts, course)


def _call(facts: Facts, course: Course) -> Finding:
    """The last reading that called, and how the sign stands now. A decision is about that reading: the next calls."""
    sign, (reading, judged), latest = course.sign, course.calls[-1], course.points[-1][0]
    eased = course.level is not Level.STOP
    back = "back to " if course.level is Level.CLEAR else ""
    now = f", now {back}{sign.shown(latest)} at {written_time(latest.observed)}" if eased else ""
    return finding(
        f"monitor.{sign.key}",
        Level.STOP,
        f"{sign.name} {sign.shown(reading)} at {written_time(reading.observed)}{now}",
        f"{_sentence(judged)}{_earlier(course)}",
        call_action(facts, recovers=reading.stage is Stage.RECOVERY, eased=eased),
        _step(reading),
        source=_source(facts, judged),
        inputs=_inputs(course, course.calls[-1]),
        eased=eased,
    )


def _earlier(course: Course) -> str:
    """A symptom is not replaced by the next one: every one that called is named."""
    before = course.calls[:-1] if course.sign.key == "symptoms" else ()
    named = ", ".join(f"{course.sign.shown(one)} at {written_time(one.observed)}" for one, _ in before)
    return f" Before that {named}." if named else ""


def _repeat(facts: Facts, course: Course) -> Finding:
    """The sign is repeated. Beside a call it has a key of its own, so that a decision on the call does not hide it."""
    sign, (reading, judged) = course.sign, course.points[-1]
    again = repeat_at(facts, reading)
    overdue = "was due" if facts.now > again else "is due"
    return finding(
        f"monitor.{sign.key}{'.repeat' if course.calls else ''}",
        Level.NOTE,
        f"{sign.name} {sign.shown(reading)} at {written_time(reading.observed)}",
        _sentence(judged),
        f"The repeat {overdue} at {written_time(again)}.",
        _step(reading),
        source=_source(facts, judged),
        inputs=_inputs(course, course.points[-1]),
        until=again,
    )


def _sentence(judged: Judged) -> str:
    return f"{judged.why[:1].upper()}{judged.why[1:]}."


def _source(facts: Facts, judged: Judged) -> str:
    return facts.protocol.source_of(judged.limit) if judged.limit else "clinic policy"


def _inputs(course: Course, point: Point) -> tuple[tuple[str, str], ...]:
    sign, (reading, _) = course.sign, point
    return (
        (sign.key, sign.shown(reading) or ""),
        ("observed", reading.observed.store()),
        ("symptoms", ",".join(reading.symptoms)),
    )


def _rechecks(facts: Facts, found: Sequence[Course]) -> Iterator[Finding]:
    """Readings that had to be repeated add up, whether or not each came good: every third calls the provider."""
    points = [point for course in found for point in course.points]
    repeated = {reading.observed: reading for reading, judged in points if judged.level is Level.NOTE}
    limit = int(facts.limit("escalate.rechecks"))
    times = sorted(repeated)[: len(repeated) // limit * limit]
    if not times:
        return
    last = repeated[times[-1]]
    eased = not any(course.level is Level.NOTE for course in found)
    yield finding(
        "monitor.rechecks",
        Level.STOP,
        f"{len(times)} readings had to be repeated{', now all good' if eased else ''}",
        f"At {', '.join(written_time(at) for at in times)}.",
        call_action(facts, recovers=last.stage is Stage.RECOVERY, eased=eased),
        _step(last),
        source=facts.protocol.source_of("escalate.rechecks"),
        inputs=(("times", ",".join(at.store() for at in times)),),
        eased=eased,
    )


def _missed(facts: Facts) -> Iterator[Finding]:
    """The last run of readings missed one after the other; a set taken since does not show that anybody was told."""
    past = [due for due in facts.once(planned) if due.state in (DueState.DONE, DueState.MISSED)]
    runs = [list(run) for _, run in groupby(past, key=lambda due: due.state)]
    missed = [run for run in runs if run[0].state is DueState.MISSED]
    long = [run for run in missed if len(run) >= facts.limit("escalate.missed_in_row")]
    if not long:
        return
    taken = [due for due in past if due.state is DueState.DONE and due.at > long[-1][-1].at]
    yield _missed_in_row(facts, long[-1], taken)


def _missed_in_row(facts: Facts, run: Sequence[Due], taken: Sequence[Due]) -> Finding:
    times = ", ".join(written_time(due.at) for due in run)
    recovers = run[-1].stage is Stage.RECOVERY
    since = next((due.reading for due in taken if due.reading is not None), None)
    tell = call_action(facts, recovers=recovers, eased=True)
    what, rows = f"{len(run)} readings in a row were missed", "rows stay"
    if len(run) == 1:  # where the clinic wants to hear of each
        what, rows = "A reading was missed", "row stays"
    return finding(
        "monitor.missed",
        Level.STOP,
        f"{what}{f', now one at {written_time(since.observed)}' if since else ''}",
        f"Due at {times}; the {rows} in the record as missed.",
        tell if since else f"Take a full set now. {CALL_RECOVERY if recovers else 'Call the provider.'}",
        "observation" if recovers else "infusion",
        source=facts.protocol.source_of("escalate.missed_in_row"),
        inputs=(("missed", ",".join(due.at.store() for due in run)),),
        eased=since is not None,
    )


def _struck(facts: Facts) -> Iterator[Finding]:
    """A reading that had called for the provider before somebody struck it as wrong: that stays in sight."""
    since = [one for one in facts.record.readings if one.stage is not Stage.BASELINE]
    for place, reading in enumerate(since):
        if reading.counts:
            continue
        taken = [*(one for one in since[:place] if one.counts), reading]
        called = [sign for sign in SIGNS if _calls(judged_at(facts, sign, taken))]
        if called:
            named = ", ".join(f"{sign.name} {sign.shown(reading)}" for sign in called)
            yield finding(
                f"monitor.struck.{reading.id}",
                Level.NOTE,
                f"Struck: {named} at {written_time(reading.observed)}",
                f"It called for the provider before it was struck: {reading.artefact}.",
                "Repeat it if that was not done. Record who was told.",
                _step(reading),
                inputs=(("reading", named), ("observed", reading.observed.store()), ("reason", reading.artefact)),
            )


def _calls(judged: Judged | None) -> bool:
    return judged is not None and judged.level is Level.STOP
