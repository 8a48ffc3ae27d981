"""Readings during and after the infusion: repeat, or pause and call the provider (reference 4.3, 6.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from checklist.model import Level, Reading, Stage
from checklist.rules import news2
from checklist.rules.baseline import Baseline, baseline_values
from checklist.rules.facts import Facts, finding
from checklist.rules.schedule import planned, stopped
from checklist.rules.scores import recovery_readings
from checklist.rules.signs import GOOD, SIGNS, Judged, Sign
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Due, DueState, Finding
from checklist.times import written_time

CALL_INFUSION = "Pause the pump. Call the provider now."
CALL_RECOVERY = "Stay with the patient. Call the provider now."


@dataclass(frozen=True, slots=True)
class Course:
    """One sign over the visit: each reading that has it, with how the sign stood then."""

    sign: Sign
    points: tuple[tuple[Reading, Judged], ...]

    @property
    def level(self) -> Level:
        return self.points[-1][1].level


def readings(facts: Facts) -> tuple[Reading, ...]:
    """Valid readings since the start, oldest first."""
    return facts.once(_since_start)


def _since_start(facts: Facts) -> tuple[Reading, ...]:
    return tuple(one for one in facts.record.valid_readings() if one.stage is not Stage.BASELINE)


def findings(facts: Facts) -> Iterator[Finding]:
    courses = facts.once(_courses)
    is_high = any(course.sign.key == "bp" and course.level is not Level.CLEAR for course in courses)
    for course in courses:
        if not (course.sign.key == "rise" and is_high):
            yield from _of_course(facts, course)
    yield from _rechecks(facts, courses)
    yield from _missed(facts)
    yield from _news2(facts)


def has_escalated(facts: Facts) -> bool:
    """Any reading since the start called for the provider, also when the sign is good again."""
    points = (point for course in facts.once(_courses) for point in course.points)
    return any(judged.level is Level.STOP for _, judged in points)


def own_limit(facts: Facts) -> int | None:
    """Systolic mmHg at which the patient is 20 % over the own baseline ("call at 154: 20 % over 128"), rounded up."""
    base = baseline_values(facts).sbp
    if base is None:
        return None
    raised = base * (100 + facts.limit("escalate.own_baseline_percent")) / 100
    return int(raised.to_integral_value(ROUND_CEILING))


def _courses(facts: Facts) -> tuple[Course, ...]:
    """Every sign that was taken since the start."""
    courses = (_course(facts, sign, readings(facts)) for sign in (*SIGNS, *_rise_sign(facts)))
    return tuple(course for course in courses if course.points)


def _course(facts: Facts, sign: Sign, taken: Sequence[Reading]) -> Course:
    having = [reading for reading in taken if sign.shown(reading) is not None]
    judged = [sign.judge(having[: number + 1], facts.protocol) for number in range(len(having))]
    return Course(sign, tuple(zip(having, judged, strict=True)))


def _rise_sign(facts: Facts) -> tuple[Sign, ...]:
    """The rise over the patient's own baseline, as one more sign; none without a baseline pressure."""
    base = baseline_values(facts)
    if base.sbp is None or base.dbp is None:
        return ()
    against = f"{number(base.sbp)}/{number(base.dbp)}"

    def shown(reading: Reading) -> str | None:
        if reading.sbp is None or reading.dbp is None:
            return None
        return f"{reading.sbp}/{reading.dbp} mmHg against {against}"

    return (Sign("rise", "BP", shown, lambda taken, _: _judge_rise(facts, taken[-1], base)),)


def _judge_rise(facts: Facts, reading: Reading, base: Baseline) -> Judged:
    sbp = Decimal(reading.sbp or 0) - (base.sbp or 0)
    dbp = Decimal(reading.dbp or 0) - (base.dbp or 0)
    for rise, key in ((sbp, "escalate.rise_sbp"), (dbp, "escalate.rise_dbp")):
        if rise >= facts.limit(key):
            return Judged(Level.NOTE, f"{number(rise)} mmHg over the baseline; from {limit_text(facts, key)}", key)
    return GOOD


def _step(reading: Reading) -> str:
    return "observation" if reading.stage is Stage.RECOVERY else "infusion"


def _call(reading: Reading) -> str:
    return CALL_RECOVERY if reading.stage is Stage.RECOVERY else CALL_INFUSION


def _of_course(facts: Facts, course: Course) -> Iterator[Finding]:
    if course.level is not Level.CLEAR:
        yield _now(facts, course)
    elif any(judged.level is Level.STOP for _, judged in course.points):
        yield _over(course)


def _now(facts: Facts, course: Course) -> Finding:
    """How the sign stands at its latest reading: repeat it, or call."""
    sign, (reading, judged) = course.sign, course.points[-1]
    again = reading.observed.plus(minutes=float(facts.limit("escalate.repeat_after")))
    calls = judged.level is Level.STOP
    overdue = "was due" if facts.now > again else "is due"
    return finding(
        f"monitor.{sign.key}",
        judged.level,
        f"{sign.name} {sign.shown(reading)} at {written_time(reading.observed)}",
        f"{judged.why[:1].upper()}{judged.why[1:]}.",
        _call(reading) if calls else f"The repeat {overdue} at {written_time(again)}.",
        _step(reading),
        source=facts.protocol.source_of(judged.limit) if judged.limit else "clinic policy",
        inputs=_inputs(sign, reading),
        until=None if calls else again,
    )


def _over(course: Course) -> Finding:
    """The provider had to be called, and the sign is good again: the event stays in sight."""
    sign = course.sign
    last_bad = max(number for number, (_, judged) in enumerate(course.points) if judged.level is Level.STOP)
    bad, latest = course.points[last_bad][0], course.points[-1][0]
    return finding(
        f"monitor.{sign.key}",
        Level.NOTE,
        f"{sign.name} {sign.shown(bad)} at {written_time(bad.observed)}, "
        f"back to {sign.shown(latest)} at {written_time(latest.observed)}",
        f"{course.points[last_bad][1].why[:1].upper()}{course.points[last_bad][1].why[1:]}.",
        "Record what was done.",
        _step(bad),
        inputs=_inputs(sign, bad),
    )


def _inputs(sign: Sign, reading: Reading) -> tuple[tuple[str, str], ...]:
    return (
        (sign.key, sign.shown(reading) or ""),
        ("observed", reading.observed.store()),
        ("symptoms", ",".join(reading.symptoms)),
    )


def _rechecks(facts: Facts, courses: Sequence[Course]) -> Iterator[Finding]:
    """Readings that had to be repeated add up; three of them, and not yet good again, call the provider."""
    points = [point for course in courses for point in course.points]
    repeated = {reading.observed: reading for reading, judged in points if judged.level is Level.NOTE}
    times = sorted(repeated)
    if len(times) < facts.limit("escalate.rechecks"):
        return
    if not any(course.level is Level.NOTE for course in courses):
        return
    last = repeated[times[-1]]
    yield finding(
        "monitor.rechecks",
        Level.STOP,
        f"{len(times)} readings had to be repeated",
        f"At {', '.join(written_time(at) for at in times)}.",
        _call(last),
        _step(last),
        source=facts.protocol.source_of("escalate.rechecks"),
        inputs=(("times", ",".join(at.store() for at in times)),),
    )


def _missed(facts: Facts) -> Iterator[Finding]:
    """Readings missed one after the other, with none taken since."""
    past = [due for due in facts.once(planned) if due.state in (DueState.DONE, DueState.MISSED)]
    run: list[Due] = []
    for due in past:
        run = [*run, due] if due.state is DueState.MISSED else []
    if len(run) < facts.limit("escalate.missed_in_row"):
        return
    times = ", ".join(written_time(due.at) for due in run)
    recovers = run[-1].stage is Stage.RECOVERY
    yield finding(
        "monitor.missed",
        Level.STOP,
        f"{len(run)} readings in a row were missed",
        f"Due at {times}; the rows stay in the record as missed.",
        f"Take a full set now. {CALL_RECOVERY if recovers else 'Call the provider.'}",
        "observation" if recovers else "infusion",
        source=facts.protocol.source_of("escalate.missed_in_row"),
        inputs=(("missed", ",".join(due.at.store() for due in run)),),
    )


def _news2(facts: Facts) -> Iterator[Finding]:
    """Only after the infusion: while it runs, dissociation reads as new confusion (reference 7.4).

    A single 3 calls unless it is explained (reference 6.2): sedation after ketamine is, and MOAA/S watches it.
    """
    after = recovery_readings(facts)
    if not after or stopped(facts) is None:
        return
    latest = after[-1]
    scale = 2 if facts.word("cond.spo2_scale2") == "yes" else 1
    score = news2.of_reading(latest, facts.protocol, scale)
    single = score.highest_sign >= facts.limit("escalate.news2_single")
    if not single and score.at_least < facts.limit("escalate.news2_now"):
        return
    least = "" if score.total is not None else "at least "
    parts = ", ".join(f"{name} {points}" for name, points in score.parts if points)
    yield finding(
        "monitor.news2",
        Level.STOP,
        f"NEWS2 {'(scale 2) ' if scale == 2 else ''}{least}{score.at_least} at {written_time(latest.observed)}",
        f"{parts}. The provider is called from {number(facts.limit('escalate.news2_now'))}, or for a single 3.",
        CALL_RECOVERY,
        "observation",
        source=facts.protocol.source_of("escalate.news2_now"),
        inputs=(("news2", parts), ("observed", latest.observed.store())),
    )
