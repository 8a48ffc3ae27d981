"""Each sign over the visit: how it stood at every reading since the start (reference 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from checklist.model import Level, Reading, Stage
from checklist.rules.baseline import Baseline, baseline_values
from checklist.rules.facts import Facts
from checklist.rules.signs import GOOD, SIGNS, Judged, Sign
from checklist.rules.texts import limit_text, number
from checklist.times import Moment

Point = tuple[Reading, Judged]


@dataclass(frozen=True, slots=True)
class Course:
    """One sign over the visit: each reading that has it, oldest first, with how the sign stood then."""

    sign: Sign
    points: tuple[Point, ...]

    @property
    def level(self) -> Level:
        return self.points[-1][1].level

    @property
    def calls(self) -> tuple[Point, ...]:
        """The readings that called for the provider."""
        return tuple(point for point in self.points if point[1].level is Level.STOP)


def readings(facts: Facts) -> tuple[Reading, ...]:
    """Valid readings since the start, oldest first."""
    return tuple(one for one in facts.record.valid_readings() if one.stage is not Stage.BASELINE)


def courses(facts: Facts) -> tuple[Course, ...]:
    """Every sign that was taken since the start, the rise over the own baseline as one more.

    Computed once for one look at the visit: the plan, the findings and the criteria ask for it.
    """
    if "courses" not in facts.computed:
        taken = readings(facts)
        all_signs = (_course(facts, sign, taken) for sign in (*SIGNS, *_rise_sign(facts)))
        facts.computed["courses"] = tuple(course for course in all_signs if course.points)
    known: tuple[Course, ...] = facts.computed["courses"]
    return known


def repeat_at(facts: Facts, reading: Reading) -> Moment:
    """When a sign that has to be repeated is due again."""
    return reading.observed.plus(minutes=float(facts.limit("escalate.repeat_after")))


def judged_at(facts: Facts, sign: Sign, taken: Sequence[Reading]) -> Judged | None:
    """How a sign stands at the last of these readings; None when that one does not have it."""
    having = [reading for reading in taken if sign.shown(reading) is not None]
    return sign.judge(having, facts.protocol) if having and having[-1] is taken[-1] else None


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
