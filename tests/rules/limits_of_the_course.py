"""As limits.py, for laboratory values, questionnaires, the follow-up call, and what goes wrong."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from checklist.model import EventKind
from checklist.protocol import Protocol
from checklist.rules import closing, escalation, escort, events, followup, forms, interval, labs, serious
from checklist.rules.facts import Facts
from checklist.snapshot import Past, Record
from tests.rules.build import Said, answers, event, facts, moment, session, with_limit
from tests.rules.happening import side_effect
from tests.rules.limits import Look, _months_ago, of, of_findings
from tests.rules.test_escort_calls import FIRST, calls
from tests.rules.test_followup import attempt, left
from tests.rules.test_forms import filled, form_of
from tests.rules.test_serious import severe
from tests.rules.visit import recovery, with_effects


def responds(infusions: Decimal, protocol: Protocol) -> str:
    here = facts(visit=session(number=int(infusions) + 1, total=12), protocol=protocol)
    return of(interval.findings(here), "course.response")


def value_of(item: str) -> Look:
    """A laboratory value alone."""
    return of_findings(labs.findings, item, lambda value, protocol: facts({item: value}, protocol=protocol))


def months_old(date_item: str, item: str, result: Said) -> Look:
    """A result with its date so many months ago."""

    def build(months: Decimal, protocol: Protocol) -> Facts:
        return facts({item: result, date_item: _months_ago(months)}, protocol=protocol)

    return of_findings(labs.findings, date_item, build)


def brain(months: Decimal, protocol: Protocol) -> str:
    here = facts({"cond.brain": "event", "cond.brain_when": _months_ago(months)}, protocol=protocol)
    return of(events.findings(here), "cond.brain_when")


def heart(weeks: Decimal, protocol: Protocol) -> str:
    day = moment("10:42").local.date() - timedelta(weeks=int(weeks))
    here = facts({"cond.cardiac": "event", "cond.cardiac_when": day}, protocol=protocol)
    return of(events.findings(here), "cond.cardiac_when")


# ---- the call


def at_home(sign: str, value: Decimal, protocol: Protocol) -> str:
    here = replace(left(), protocol=protocol)
    return of(followup.of_attempt(here, attempt({f"call.{sign}": value})), "call.pressure#1")


def attempts(count: Decimal, protocol: Protocol) -> str:
    made = tuple(attempt({"call.reached": "no_answer"}, number) for number in range(1, int(count) + 1))
    return _state(replace(left("2026-11-18 12:40", *made), protocol=protocol))


def hours_after(hours: Decimal, protocol: Protocol) -> str:
    here = left("2026-11-18 12:40")
    return _state(replace(here, protocol=protocol, now=moment("2026-11-18 12:40").plus(hours=float(hours))))


def _state(here: Facts) -> str:
    call = followup.follow_up(here)
    assert call is not None
    return str(call.state)


# ---- what goes wrong


def unreached(minutes: Decimal, protocol: Protocol) -> str:
    here = calls(FIRST, protocol=protocol)
    return of(escort.findings(replace(here, now=FIRST.at.plus(minutes=float(minutes)))), "escort.calls")


def closes(hour: Decimal, protocol: Protocol) -> str:
    """Who starts at 16:50 can leave at 18:00."""
    here = facts(visit=session("16:50"), protocol=with_limit("schedule.closing_hour", hour, protocol))
    return of(closing.findings(here), "visit.closing")


def graded(grade: Decimal, protocol: Protocol) -> str:
    here = with_effects(recovery(protocol=protocol), side_effect("allergic", int(grade)))
    return of(escalation.findings(here), "monitor.effects")


def called_after(days: Decimal, protocol: Protocol) -> str:
    here = replace(severe({"serious.hospital": True}), protocol=with_limit("serious.follow_up_days", days, protocol))
    return next(one.action.rpartition("due ")[2] for one in serious.findings(here) if one.key == "serious.event")


# ---- questionnaires

_SAD = "333333333"


def _before(*visits: tuple[int, str, str]) -> tuple[Record, ...]:
    """Earlier infusions: number, day, what the PHQ-9 said ("" for none)."""
    return tuple(
        Record(
            session(f"{day} 11:00", number=number, total=20),
            answers=answers(filled("phq9", said)),
            events=(event(EventKind.STARTED, f"{day} 11:00"),),
        )
        for number, day, said in visits
    )


def _today(number: int, protocol: Protocol, *before: Record, said: str = "", phase: str = "induction") -> Facts:
    info = session(number=number, total=20 if phase == "induction" else 0, phase=phase)
    here = facts(filled("phq9", said), visit=info, protocol=protocol)
    return replace(here, past=Past(before[-1] if before else None, before, before))


def due_at(numbers: tuple[int, ...], number: Decimal, protocol: Protocol) -> str:
    """The PHQ-9 was asked before these infusions."""
    before = _before(*((done, f"2026-10-{done:02d}", _SAD) for done in numbers))
    return form_of(_today(int(number), protocol, *before)).due


def weeks_ago(weeks: Decimal, protocol: Protocol) -> str:
    day = moment("10:42").local.date() - timedelta(weeks=int(weeks))
    before = _before((1, f"{day}", _SAD))
    return form_of(_today(8, protocol, *before, phase="maintenance")).due


def no_response(infusions: Decimal, protocol: Protocol) -> str:
    before = _before(
        *((number, f"2026-10-{number:02d}", _SAD if number == 1 else "") for number in range(1, int(infusions) + 1))
    )
    return of(forms.findings(_today(int(infusions) + 1, protocol, *before, said=_SAD)), "phq9.total")


def worse(points: Decimal, protocol: Protocol) -> str:
    scores = "".join("3" if place * 3 + 3 <= points else str(max(0, int(points) - place * 3)) for place in range(9))
    before = _before((1, "2026-10-01", "000000000"))
    return of(forms.findings(_today(2, protocol, *before, said=scores)), "phq9.total")


def pcl5(total: Decimal, protocol: Protocol) -> bool:
    found = forms.findings(facts({"scores.pcl5": total}, protocol=protocol))
    return next("raised" in f"{one.title} {one.detail}" for one in found if one.key == "scores.pcl5")
