"""What happens one step below each limit of the protocol, at it, and one step above: one case for each limit.

A `Case` turns a value into a word: the level of the finding, or what the rule computes. Where the limit is the value
itself (how often a reading is due), the case puts the value in place of the limit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from checklist.model import EventKind, Reading
from checklist.protocol import Protocol
from checklist.rules import (
    baseline,
    criteria,
    deterioration,
    dose_warnings,
    fasting,
    interval,
    monitoring,
    schedule,
    scores,
    sets,
)
from checklist.rules.asked import findings as asked
from checklist.rules.facts import Facts
from checklist.rules.signs import bp_over_time
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Record
from checklist.times import Moment
from tests.rules.build import (
    BASELINE,
    PATIENT,
    answer,
    answers,
    event,
    facts,
    medicine,
    moment,
    reading,
    session,
    with_limit,
    with_setting,
)
from tests.rules.happening import side_effect
from tests.rules.leaving import DONE, leaving
from tests.rules.visit import ORDER, STARTED, after, during, infusion, with_effects

Look = Callable[[Decimal, Protocol], object]
ONE, TENTH, MINUTE = Decimal(1), Decimal("0.1"), Decimal(1) / 60


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` below, at and above the limit. `moved` is another allowed limit with the same outcome around it."""

    look: Look
    expected: tuple[object, object, object]
    step: Decimal = ONE
    moved: int | str | None = None


def of(found: object, key: str) -> str:
    """The level of one finding, `nothing` when it is not there."""
    assert not isinstance(found, str)
    return next((str(one.level) for one in found if one.key == key), "nothing")  # type: ignore[attr-defined]


def of_findings(rule: Callable[[Facts], object], key: str, build: Callable[[Decimal, Protocol], Facts]) -> Look:
    return lambda value, protocol: of(rule(build(value, protocol)), key)


# ---- before the start


def fasted(profile: str, category: str) -> Look:
    return lambda hours, protocol: str(fasting.assess(category, hours, protocol, profile))


def ate(hours: Decimal, protocol: Protocol, **more: object) -> Facts:
    at = moment("11:00").plus(minutes=-float(hours * 60))
    said = {"fasting.solids": at, "fasting.fatty": False, **more}
    return facts(said, protocol=protocol, medicines=(medicine("lantus"),))  # type: ignore[arg-type]


def estimated(minutes: Decimal, protocol: Protocol) -> Facts:
    from checklist.model import TimeValue

    at = moment("05:00").plus(minutes=-float(minutes))
    return facts({"fasting.solids": TimeValue(at, estimated=True), "fasting.fatty": False}, protocol=protocol)


def glucose(value: Decimal, protocol: Protocol) -> Facts:
    return facts({"fasting.glucose": value}, protocol=protocol, medicines=(medicine("lantus"),))


def asked_before(hours: Decimal, protocol: Protocol) -> str:
    seen = moment("11:00").plus(minutes=-float(hours * 60))
    said = replace(answer("identity.name", True), observed=seen)
    return of(asked(facts({"identity.name": said}, protocol=protocol)), "asked.identity")


def _months_ago(months: Decimal) -> date:
    years, month = divmod(2026 * 12 + 10 - int(months), 12)
    return date(years, month + 1, 18)


def consented(months: Decimal, protocol: Protocol) -> Facts:
    return facts({"consent.on_file": True, "consent.date": _months_ago(months)}, protocol=protocol)


def aged(years: Decimal, protocol: Protocol) -> Facts:
    return facts(patient=replace(PATIENT, born=date(2026 - int(years), 11, 18)), protocol=protocol)


def earlier(count: Decimal, protocol: Protocol) -> Facts:
    return facts(visit=session(number=int(count) + 1, total=20), protocol=protocol)


def tested_before(months: Decimal, protocol: Protocol) -> Facts:
    return facts({"cond.liver": "moderate", "labs.lft_date": _months_ago(months)}, protocol=protocol)


def alt(times: Decimal, protocol: Protocol) -> Facts:
    return facts({"cond.liver": "moderate", "labs.alt_times": times}, protocol=protocol)


def sign(name: str) -> Look:
    """A sign of the baseline set; the other pressure stands inside its limits."""
    beside = {"sbp": {"dbp": 60}, "dbp": {"sbp": 125}}.get(name, {})
    key = "bp" if name in ("sbp", "dbp") else name.removesuffix("_c")

    def build(value: Decimal, protocol: Protocol) -> Facts:
        exact = value if name == "temp_c" else int(value)
        return facts(readings=(reading(**{name: exact}, **beside),), protocol=protocol)  # type: ignore[arg-type]

    return of_findings(baseline.findings, f"vitals.{key}", build)


def old_set(minutes: Decimal, protocol: Protocol) -> Facts:
    taken = replace(BASELINE, observed=moment("10:42").plus(minutes=-float(minutes)))
    return facts(readings=(taken,), protocol=protocol)


def weighed(percent: Decimal, protocol: Protocol) -> Facts:
    last = Record(session(), answers=answers({"vitals.weight": Decimal(70)}))
    return facts({"vitals.weight": 70 + 70 * percent / 100}, last=last, protocol=protocol)


def interval_of_hours(hours: Decimal, protocol: Protocol) -> str:
    return str(interval.assess(hours, "induction", protocol))


def interval_of_days(days: Decimal, protocol: Protocol) -> str:
    return interval_of_hours(days * 24, protocol)


# ---- the dose


def warned(**known: str) -> Look:
    """The level of a dose with one number left to the case."""
    usual = {"mg_per_kg": "0.5", "dose_mg": "35", "minutes": "40", **known}
    open_one = next(name for name, value in usual.items() if value == "?")

    def look(value: Decimal, protocol: Protocol) -> str:
        numbers = {name: value if name == open_one else Decimal(text) for name, text in usual.items()}
        return str(dose_warnings.warning(**numbers, indication="mood", protocol=protocol))

    return look


def _ordered(protocol: Protocol, last: Record | None = None, **changed: Decimal | str) -> list[Finding]:
    said = {**ORDER, **{f"dose.{name}": value for name, value in changed.items() if name != "weight"}}
    said["vitals.weight"] = changed.get("weight", Decimal(70))
    return list(dose_warnings.findings(facts(said, protocol=protocol, last=last)))


def _raised(before: Decimal, now: Decimal, protocol: Protocol) -> str:
    last = Record(session(), answers=answers({"dose.mg_per_kg": before}), events=(STARTED,))
    return of(_ordered(protocol, last, mg_per_kg=now), "dose.raised")


def raised_by_percent(percent: Decimal, protocol: Protocol) -> str:
    before = Decimal("0.4")
    return _raised(before, before + before * percent / 100, protocol)


def raised_by_mg_per_kg(rise_of: Decimal, protocol: Protocol) -> str:
    return _raised(Decimal(1), 1 + rise_of, protocol)


def _differs(expected_mg: Decimal, mg: Decimal, protocol: Protocol) -> str:
    """The ordered mg against the arithmetic, for 100 kg."""
    order = _ordered(protocol, mg=mg, mg_per_kg=expected_mg / 100, weight=Decimal(100), total_ml=Decimal(100))
    return of(order, "dose.differs")


def differs_by_percent(percent: Decimal, protocol: Protocol) -> str:
    return _differs(Decimal(40), 40 + 40 * percent / 100, protocol)


def differs_by_mg(mg: Decimal, protocol: Protocol) -> str:
    return _differs(Decimal(100), 100 - mg, protocol)


def undiluted(strength: Decimal, protocol: Protocol) -> str:
    return of(_ordered(protocol, concentration=str(int(strength)), diluent="none"), "dose.undiluted")


def planned_in(minutes: Decimal, protocol: Protocol) -> str:
    planned = moment("10:42").plus(minutes=float(minutes))
    here = facts(protocol=protocol, visit=replace(session(), planned=planned))
    blocked = dose_warnings.start_blockers(here, clearance(here, ()), ())
    return "too early" if blocked[0].startswith("Planned for") else "may start"


# ---- while the pump runs, and after it


def seen(key: str, name: str, **beside: int) -> Look:
    """One reading during the infusion with the value in the sign of that name."""

    def build(value: Decimal, protocol: Protocol) -> Facts:
        signs = {**beside, name: int(value)}
        return infusion(during("", "11:10", **signs), protocol=protocol)

    return of_findings(monitoring.findings, f"monitor.{key}", build)


def rise(sign: str) -> Look:
    """A rise over the baseline of 118/76."""

    def build(value: Decimal, protocol: Protocol) -> Facts:
        sbp, dbp = (118 + int(value), 76) if sign == "sbp" else (130, 76 + int(value))
        return infusion(during(f"{sbp}/{dbp}", "11:10"), protocol=protocol)

    return of_findings(monitoring.findings, "monitor.rise", build)


def high_for(minutes: Decimal, protocol: Protocol) -> str:
    return str(bp_over_time([(0, 185, 90), (minutes, 185, 90)], protocol))


def own_limit(value: Decimal, protocol: Protocol) -> object:
    return monitoring.own_limit(infusion(protocol=with_limit("escalate.own_baseline_percent", value, protocol)))


_NEWS2: Mapping[int, Reading] = {
    2: after("118/76 72 98 24 36.7", "11:55", moaas=5),
    3: after("118/76 72 94 24 36.7", "11:55", moaas=5),
    4: after("118/76 92 94 24 36.7", "11:55", moaas=5),
    5: after("118/76 112 94 24 36.7", "11:55", moaas=5),
    6: after("118/76 112 93 24 36.7", "11:55", moaas=5),
}


def _stopped(*readings: Reading, now: str = "12:10", protocol: Protocol) -> Facts:
    events = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="50"))
    return infusion(*readings, now=now, events=events, protocol=protocol)


def news2_total(total: Decimal, protocol: Protocol) -> str:
    return of(deterioration.findings(_stopped(_NEWS2[int(total)], protocol=protocol)), "monitor.news2")


def news2_single(points: Decimal, protocol: Protocol) -> str:
    breathing = {2: "118/76 72 98 24 36.7", 3: "118/76 72 98 25 36.7", 4: "118/76 92 98 25 36.7"}[int(points)]
    return of(deterioration.findings(_stopped(after(breathing, "11:55", moaas=5), protocol=protocol)), "monitor.news2")


def missed(count: Decimal, protocol: Protocol) -> str:
    now = f"11:{10 * int(count) + 1:02d}"
    return of(monitoring.findings(infusion(now=now, protocol=protocol)), "monitor.missed")


def repeats(count: Decimal, protocol: Protocol) -> str:
    taken = [during("", f"11:{place:02d}", hr=121) for place in range(1, int(count) + 1)]
    return of(monitoring.findings(infusion(*taken, protocol=protocol)), "monitor.rechecks")


def planned_reading(key: str, place: int, value: Decimal, protocol: Protocol) -> str:
    here = _stopped(now="11:41", protocol=with_limit(f"schedule.{key}", value, protocol))
    return f"{schedule.planned(here)[place].at.local:%H:%M}"


def observed(setting: str, since: str, minutes: Decimal, protocol: Protocol) -> str:
    now = moment(since).plus(minutes=float(minutes))
    here = replace(_stopped(protocol=with_setting("observation_from", setting, protocol)), now=now)
    return standing(here, "min_time")


def standing(here: Facts, key: str) -> str:
    """How a criterion of the discharge stands."""
    return next(str(one.met) for one in criteria.standings(here) if one.key == key)


def dissociation_asked(minutes: Decimal, protocol: Protocol) -> str:
    """Whether the set at 20 minutes lacks dissociation when it is asked for this often."""
    taken = during("118/76 72 98 14", "11:20", moaas=5)
    here = infusion(taken, now="11:22", protocol=with_limit("schedule.dissociation_every", minutes, protocol))
    return of(sets.findings(here), "monitor.incomplete")


def due_for(minutes: Decimal, protocol: Protocol) -> str:
    here = replace(infusion(protocol=protocol), now=moment("11:00").plus(minutes=float(minutes)))
    return str(schedule.planned(here)[0].state)


def planned_ahead(hours: Decimal, protocol: Protocol) -> object:
    here = infusion(protocol=with_limit("schedule.longest", hours, protocol))
    here = replace(here, record=replace(here.record, answers={}), now=here.now.plus(days=300))
    beyond = schedule.planned(here)[-1].at.since(moment("11:00")) - timedelta(hours=float(hours))
    return f"{beyond // timedelta(minutes=1)} min"


# ---- leaving


def _with_sets(line: str, protocol: Protocol, base: str = "118/76 72 98 14 36.7", **signs: int) -> Facts:
    sets = (after(line, "11:55", **signs), after(line, "12:10", **signs))
    here = leaving(readings=sets, protocol=protocol)
    return replace(here, record=replace(here.record, readings=(reading(base), *sets)))


def leaves(key: str, line: str, base: str = "118/76 72 98 14 36.7") -> Look:
    """A criterion with the value put into the line of both sets."""
    return lambda value, protocol: standing(
        _with_sets(line.format(int(value), over=100 + int(value)), protocol, base), key
    )


def score(key: str, answers_of: Mapping[int, Mapping[str, str]]) -> Look:
    return lambda total, protocol: standing(leaving(answers_of[int(total)], protocol=protocol), key)


def comfort(key: str) -> Look:
    def look(value: Decimal, protocol: Protocol) -> object:
        sets = (after("118/76 72 98 14", "12:10", **{key: int(value)}),)
        return scores.comfort(leaving(readings=sets, protocol=protocol), key)

    return look


def reversed_before(minutes: Decimal, protocol: Protocol) -> str:
    at = moment("12:15").plus(minutes=-float(minutes))
    return standing(
        leaving({"discharge.no_reversal": "given", "discharge.reversal_at": at}, protocol=protocol), "reversal"
    )


def still_dizzy(grade: Decimal, protocol: Protocol) -> str:

    return standing(with_effects(leaving(protocol=protocol), side_effect("dizziness", int(grade))), "gait")


def dissociation(value: Decimal, protocol: Protocol) -> str:
    return standing(leaving({**DONE, "discharge.dissociation": str(int(value))}, protocol=protocol), "dissociation")


def entered_after(minutes: Decimal, protocol: Protocol) -> str:
    from checklist.paper.words import lateness
    from checklist.rules.assemble import assemble
    from tests.rules.test_assemble import CLINIC, STAFF

    shown = assemble(facts(protocol=protocol), CLINIC, STAFF, practice=False)
    seen: Moment = moment("11:00")
    return "late entry" if lateness(shown, seen, seen.plus(minutes=float(minutes))) else "in time"
