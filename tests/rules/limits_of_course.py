"""As limits.py, for laboratory, questionnaires, conditions with a date, calls, and the closing hour."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from checklist.model import EventKind, StampKind
from checklist.protocol import Protocol
from checklist.rules import closing, escalation, escort, events, followup, forms, interval, labs, serious
from checklist.rules.facts import Facts
from checklist.snapshot import Past, Record
from tests.rules.build import Said, answers, event, facts, moment, session, with_limit
from tests.rules.calling import called
from tests.rules.happening import side_effect, stamp, with_stamps
from tests.rules.limits import MINUTE, TENTH, Case, Look, _months_ago, of, of_findings, seen
from tests.rules.visit import infusion, recovery, with_effects

TODAY = date(2026, 11, 18)
NOTE_FROM, NOTE_ABOVE = ("nothing", "note", "note"), ("nothing", "nothing", "note")
REVIEW_FROM, REVIEW_BELOW = ("nothing", "review", "review"), ("review", "nothing", "nothing")
STOP_BELOW = ("stop", "review", "review")


# ---- laboratory and dated conditions


def value(name: str) -> Look:
    """A result by itself."""
    item = f"labs.{name}"
    return of_findings(labs.findings, item, lambda number, protocol: facts({item: number}, protocol=protocol))


def tested(name: str, wanted: Mapping[str, Said]) -> Look:
    """Tests so many months ago of somebody who needs them."""
    item = f"labs.{name}_date"

    def build(months: Decimal, protocol: Protocol) -> Facts:
        return facts({**wanted, item: _months_ago(months)}, protocol=protocol)

    return of_findings(labs.findings, item, build)


def happened(item: str, day: Callable[[Decimal], date]) -> Look:
    """A stroke or a heart attack so long ago."""

    def build(ago: Decimal, protocol: Protocol) -> Facts:
        return facts({item: "event", f"{item}_when": day(ago)}, protocol=protocol)

    return of_findings(events.findings, f"{item}_when", build)


def _weeks_ago(weeks: Decimal) -> date:
    return TODAY - timedelta(days=round(weeks * 7))


# ---- questionnaires


def totals_before(*totals: int | None, phase: str = "induction", day: str = "2026-10-01", first: int = 1) -> Past:
    """Earlier infusions of a course, oldest first, with the PHQ-9 total of each; None: not filled in."""
    begun = (event(EventKind.STARTED, f"{day} 11:00"),)
    records = tuple(
        Record(session(f"{day} 11:00", number=number, phase=phase), answers=answers(filled(total)), events=begun)
        for number, total in enumerate(totals, first)
    )
    return Past(records[-1], records, earlier=records)


def filled(total: int | None) -> dict[str, Said]:
    """Nine answers that make this total."""
    if total is None:
        return {}
    points = [min(3, max(0, total - 3 * place)) for place in range(9)]
    return {f"phq9.{place}": str(point) for place, point in enumerate(points, 1)}


def _due(here: Facts, past: Past) -> str:
    due = forms.questionnaires(replace(here, past=past))[0].due
    return due.split()[1] if due else "nothing"


def second(number: Decimal, protocol: Protocol) -> str:
    here = facts(protocol=protocol, visit=session(number=int(number)))
    return _due(here, totals_before(20, *(None for _ in range(int(number) - 2))))


def third(number: Decimal, protocol: Protocol) -> str:
    here = facts(protocol=protocol, visit=session(number=int(number)))
    return _due(here, totals_before(20, None, None, 18, *(None for _ in range(int(number) - 5))))


def in_maintenance(weeks: Decimal, protocol: Protocol) -> str:
    here = facts(protocol=protocol, visit=session(number=9, total=0, phase="maintenance"))
    return _due(here, totals_before(12, phase="maintenance", day=_weeks_ago(weeks).isoformat(), first=8))


def worse(points: Decimal, protocol: Protocol) -> str:
    here = facts(filled(10 + int(points)), protocol=protocol, visit=session(number=2))
    return of(forms.findings(replace(here, past=totals_before(10))), "phq9.total")


def pcl5(total: Decimal, protocol: Protocol) -> bool:
    (found,) = (one for one in forms.findings(facts({"scores.pcl5": total}, protocol=protocol)) if "pcl5" in one.key)
    return found.title.endswith(": raised")


def response(infusions: Decimal, protocol: Protocol) -> Facts:
    return facts(protocol=protocol, visit=session(number=int(infusions) + 1))


# ---- the day itself


def leaves(hour: Decimal, protocol: Protocol) -> Facts:
    """40 minutes of infusion and 30 of observation end at this hour."""
    planned = moment("00:00").plus(minutes=round(hour * 60) - 70)
    return facts(protocol=protocol, visit=replace(session(), planned=planned))


def effect_of(grade: Decimal, protocol: Protocol) -> Facts:
    return with_effects(infusion(protocol=protocol), side_effect("headache", int(grade)))


def not_reached(minutes: Decimal, protocol: Protocol) -> Facts:
    here = recovery(now="11:45", protocol=protocol)
    called = with_stamps(here, stamp(StampKind.ESCORT_CALL, "11:45", result="no_answer"))
    return replace(called, now=called.now.plus(minutes=float(minutes)))


def serious_call(days: Decimal, protocol: Protocol) -> str:
    own = with_limit("serious.follow_up_days", days, protocol)
    here = with_effects(recovery(said={"serious.life": True}, protocol=own), side_effect("allergic", 3))
    (found,) = (one for one in serious.findings(here) if one.key == "serious.event")
    return found.action.rpartition("due ")[2]


# ---- the follow-up call


def _state(here: Facts) -> str:
    found = followup.follow_up(here)
    assert found is not None
    return str(found.state)


def attempted(times: Decimal, protocol: Protocol) -> str:
    return _state(called(*({"call.reached": "no_answer"} for _ in range(int(times))), protocol=protocol))


def left_for(hours: Decimal, protocol: Protocol) -> str:
    return _state(replace(called(protocol=protocol), now=moment("12:40").plus(minutes=round(hours * 60))))


def at_home(name: str) -> Look:
    def look(number: Decimal, protocol: Protocol) -> str:
        found = followup.follow_up(called({"call.reached": "patient", f"call.{name}": number}, protocol=protocol))
        assert found is not None
        return of(found.findings, "call.pressure#1")

    return look


UPPER: Mapping[str, tuple[Decimal, str]] = {
    "alt": (Decimal(1), "50"),
    "ast": (Decimal(1), "50"),
    "alp": (Decimal(1), "100"),
    "ggt": (Decimal(1), "50"),
    "bilirubin": (TENTH, "1.0"),
    "creatinine": (TENTH, "1.0"),
    "tsh": (TENTH, "4.0"),
}
"""The step of a result, and another upper limit."""
DISEASES: Mapping[str, tuple[Mapping[str, Said], int]] = {
    "kidney": ({"cond.kidney": True}, 6),
    "urine": ({"cond.bladder": "symptoms"}, 3),
    "drugs": ({"cond.substance_use": "history"}, 6),
    "ecg": ({"cond.cardiac": "event"}, 6),
    "tsh": ({"cond.thyroid": True}, 6),
}
"""What makes the tests due, and another number of months."""

CASES: dict[str, Case] = {
    **{f"labs.{name}_upper": Case(value(name), NOTE_ABOVE, step, moved) for name, (step, moved) in UPPER.items()},
    "labs.egfr_low": Case(value("egfr"), REVIEW_BELOW, moved=75),
    "labs.tsh_low": Case(value("tsh"), REVIEW_BELOW, TENTH, "0.5"),
    **{f"labs.{name}_months": Case(tested(name, wanted), NOTE_ABOVE, moved=moved)
       for name, (wanted, moved) in DISEASES.items()},
    "screening.brain_months": Case(happened("cond.brain", _months_ago), STOP_BELOW, moved=6),
    "screening.heart_weeks": Case(happened("cond.cardiac", _weeks_ago), STOP_BELOW, Decimal(1) / 7, 12),
    "questionnaires.second": Case(second, ("nothing", "before", "since"), moved=4),
    "questionnaires.third": Case(third, ("nothing", "before", "since")),
    "questionnaires.maintenance_weeks": Case(in_maintenance, ("nothing", "nothing", "every"), Decimal(1) / 7, 2),
    "questionnaires.worse_by": Case(worse, ("info", "note", "note"), moved=3),
    "questionnaires.pcl5_cut": Case(pcl5, (False, True, True), moved=31),
    "course.response_from": Case(of_findings(interval.findings, "course.response", response), NOTE_FROM, moved=6),
    "schedule.closing_hour": Case(of_findings(closing.findings, "visit.closing", leaves), NOTE_ABOVE, MINUTE, 17),
    "escalate.agitation_recheck": Case(seen("agitation", "agitation"), ("nothing", "note", "stop")),
    "escalate.agitation_now": Case(seen("agitation", "agitation"), ("note", "stop", "stop")),
    "escalate.effect_now": Case(
        of_findings(escalation.findings, "monitor.effects", effect_of), ("nothing", "stop", "stop"), moved=2
    ),
    "escort.decide_after": Case(
        of_findings(escort.findings, "escort.calls", not_reached), ("note", "review", "review"), moved=60
    ),
    "serious.follow_up_days": Case(serious_call, ("Wed 18-Nov-2026.", "Thu 19-Nov-2026.", "Fri 20-Nov-2026.")),
    "followup.attempts": Case(attempted, ("due", "write", "write"), moved=2),
    "followup.due_after": Case(left_for, ("coming", "due", "due"), MINUTE, 20),
    "followup.due_until": Case(left_for, ("due", "due", "late"), MINUTE, 60),
    "followup.sbp_review": Case(at_home("sbp"), REVIEW_FROM, moved=150),
    "followup.dbp_review": Case(at_home("dbp"), REVIEW_FROM, moved=95),
}  # fmt: skip
