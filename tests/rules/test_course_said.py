"""What the page of a course and the lines of the last visit say, word for word: see tests/approved.py."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from checklist.course import Course, CoursePlan, InfusionRow
from checklist.model import Answer, EventKind, ItemId, Meaning, SessionId, Stage
from checklist.protocol import Carry, Item, Protocol
from checklist.rules import course as rules
from checklist.rules.facts import Facts
from checklist.snapshot import Record
from checklist.times import written_date
from tests.approved import approved
from tests.rules.build import (
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    event,
    facts,
    reading,
    session,
    signature,
)
from tests.rules.calling import called
from tests.rules.happening import side_effect
from tests.rules.limits_of_course import filled
from tests.rules.told import Said as Texts
from tests.rules.told import said_of

ORDER: Mapping[str, Said] = {
    "dose.mg_per_kg": Decimal("0.5"),
    "dose.total_ml": Decimal(50),
    "dose.mg": Decimal(35),
    "vitals.weight": Decimal("68.4"),
}
PARTS: Mapping[str, Said] = dict.fromkeys(rules.ALDRETE, "2")


def visit(day: str, number: int, said: Mapping[str, Said | Answer] | None = None, *, stop: str = "10:40",
          **more: object) -> Record:  # fmt: skip
    """10:00 to 10:40, 50 mL, awake at 10:55, gone at 11:20."""
    parts = {item: answer(item, said, at=f"{day} 10:55") for item, said in PARTS.items()}
    made = facts(
        {**ORDER, **parts, **(said or {})},
        visit=session(f"{day} 10:00", number=number),
        readings=(
            reading("118/76 72 98 14 36.7", f"{day} 09:50"),
            reading("131/84 76 97 15", f"{day} 10:20", Stage.INFUSION),
            reading("122/78 74 98 14", f"{day} 10:55", Stage.RECOVERY),
        ),
        events=(event(EventKind.STARTED, f"{day} 10:00"), event(EventKind.STOPPED, f"{day} {stop}", infused_ml="50")),
        signatures=(signature(Meaning.DISCHARGE, f"{day} 11:20"),),
    ).record
    return replace(made, **more)  # type: ignore[arg-type]


def gad7(points: int) -> Mapping[str, Said]:
    return {f"gad7.{place}": str(points) for place in range(1, 8)}


def at(*earlier: Record, said: Mapping[str, Said | Answer] | None = None, **more: object) -> Facts:
    """At the next visit, before its start."""
    last = earlier[-1] if earlier else None
    here = session(number=last.session.number + 1 if last else 1)
    return facts(said, **{"visit": here, "last": last, "course": earlier, **more})  # type: ignore[arg-type]


def after(record: Record, now: str) -> Facts:
    """The last visit itself, some days later."""
    return replace(facts(now=now), record=record)


def not_given(planned: str, **detail: str) -> Record:
    ended = replace(event(EventKind.ENDED, planned), detail=detail)
    visit = replace(session(planned, number=2), id=SessionId(planned))
    return facts(visit=visit, events=(ended,) if detail else ()).record


def with_history(item: str, *said: Said) -> Record:
    record = visit("2026-11-11", 1)
    return replace(record, history={ItemId(item): tuple(answer(item, one) for one in said)})


def alone(record: Record) -> Record:
    """Nobody was to take the patient home."""
    return replace(record, history={ItemId("transport.plan"): (answer("transport.plan", "none"),)})


def lasting(item_id: str) -> Protocol:
    """A clinic whose protocol lets the answer of one item stand until it is changed."""

    def own(item: Item) -> Item:
        return replace(item, carry=Carry.LAST) if item.id == item_id else item

    return replace(PROTOCOL, steps=tuple(replace(s, items=tuple(map(own, s.items))) for s in PROTOCOL.steps))


def without(record: Record, *items: str) -> Record:
    return replace(record, answers={key: one for key, one in record.answers.items() if key not in items})


# ---- the page of the course

FIRST, SECOND, THIRD = visit("2026-11-09", 1), visit("2026-11-12", 2), visit("2026-11-16", 3)
SCORED = (
    visit("2026-11-09", 1, {**filled(20), **gad7(2)}),
    visit("2026-11-12", 2, {**filled(9), **gad7(1)}),
    visit("2026-11-16", 3, filled(13)),
)
BOTTLE = without(SECOND, "dose.total_ml")
COURSE = {
    "a first visit of which nothing is known": at(),
    "a first visit without an end of the series": at(visit=session(total=0, phase="maintenance")),
    "for pain": at(visit=replace(session(), indication="pain")),
    "three infusions": at(FIRST, SECOND, THIRD),
    "three infusions with their questionnaires": at(*SCORED),
    "one total today, none before": at(FIRST, said=filled(12)),
    "a visit that never began lies between": at(FIRST, replace(SECOND, events=()), THIRD),
}
ROWS = {
    "a side effect, one worse, one taken back": at(
        replace(
            FIRST,
            effects=(
                side_effect("dizziness", 1),
                side_effect("nausea", 2, row="e2"),
                replace(side_effect("headache", 4, row="e3"), removed=True),
            ),
        )
    ),
    "a side effect that the protocol no longer has": at(replace(FIRST, effects=(side_effect("hiccup", 1),))),
    "stopped in the minute of the start": at(visit("2026-11-11", 1, stop="10:00")),
    "an Aldrete score that does not pass": at(visit("2026-11-11", 1, dict.fromkeys(rules.ALDRETE, "0"))),
    "an Aldrete score with two answers of three": at(without(FIRST, "aldrete.activity")),
    "an Aldrete score without an answer": at(without(FIRST, *rules.ALDRETE)),
    "an Aldrete score of which one part is not known": at(visit("2026-11-11", 1, {"aldrete.activity": UNKNOWN})),
}
DUE = {
    "a total before an infusion that began a day later than planned": at(
        replace(visit("2026-11-11", 1, filled(9)), session=session("2026-11-10 10:00"))
    ),
    "a series of one": at(visit=session(total=1)),
    "consent counts until today": at(said={"consent.date": date(2025, 11, 18)}),
    "consent counted until yesterday": at(said={"consent.date": date(2025, 11, 17)}),
    "liver tests due today": at(said={"labs.lft_date": date(2026, 5, 18)}),
    "liver tests due yesterday": at(said={"labs.lft_date": date(2026, 5, 17)}),
    "liver tests of which no date is known": at(said={"cond.liver": "moderate"}),
}
STANDS = {
    "the volume stands from the visit before": at(FIRST, BOTTLE, visit("2026-11-16", 3, {"dose.total_ml": "100"})),
    "the volume stands over a visit that took it over": at(FIRST, BOTTLE, without(THIRD, "dose.total_ml")),
}
PLANNED = {
    "the next infusion is due tomorrow": after(FIRST, "2026-11-15 12:00"),
    "the next infusion is due today": after(FIRST, "2026-11-16 12:00"),
    "the next infusion was due yesterday": after(FIRST, "2026-11-17 12:00"),
    "a visit that ended without an infusion": after(
        not_given("2026-11-16 10:00", kind="cancelled"), "2026-11-17 12:00"
    ),
}
FINE: Mapping[str, Said] = {"call.reached": "patient", "call.felt": "better", "call.told": "not_needed"}
MISSED: Mapping[str, Said] = {"call.reached": "no_answer"}
CALLS = {
    "the morning is not come": called(now="2026-11-18 20:00"),
    "nobody called yet": called(),
    "nobody called in time": called(now="2026-11-23 10:00"),
    "a good day": called(FINE),
    "worse, and no provider told": called({**FINE, "call.felt": "worse", "call.told": "not_yet"}),
    "three times without an answer": called(MISSED, MISSED, MISSED),
    "at the next visit": at(called(FINE).record, visit=session("2026-11-25 11:00", number=2), now="2026-11-25 10:42"),
}
NOT_GIVEN = (
    not_given("2026-11-13 10:00", kind="no_show"),
    not_given("2026-11-09 09:59", kind="cancelled", reason="before the first"),
    not_given("2026-11-09 10:00", kind="postponed", reason="Snow"),
    not_given("2026-11-14 10:00", kind="left_ama", reason="Tired"),
    not_given("2026-11-15 10:00", reason="no kind written"),
    not_given("2026-11-16 10:00"),
)
NO_ESCORT = {
    "an escort throughout": with_history("transport.plan", "named_adult"),
    "at first a ride alone": with_history("transport.plan", "rideshare_alone", "named_adult"),
    "the escort was there": with_history("discharge.escort", True),
    "the escort came late": with_history("discharge.escort", False, True),
    "whether the escort was there is not known": with_history("discharge.escort", UNKNOWN),
}
TODAY = replace(at(FIRST), record=alone(at(FIRST).record))
NO_ESCORT_BESIDE: Mapping[str, tuple[Facts, tuple[Record, ...]]] = {
    "nobody comes today": (TODAY, (TODAY.record,)),
    "nobody came, and the visit was cancelled": (at(FIRST), (alone(not_given("2026-11-13 10:00", kind="cancelled")),)),
    "nobody came to a visit that is not ended": (at(FIRST), (alone(not_given("2026-11-13 10:00")),)),
    "nobody came, at the hour of the first visit": (at(FIRST), (alone(not_given("2026-11-09 10:00")),)),
    "nobody came, before the course began": (at(FIRST), (alone(not_given("2026-11-09 09:59", kind="cancelled")),)),
    "nobody came, and it was another patient": (
        at(FIRST),
        (alone(not_given("2026-11-13 10:00", kind="entered_in_error")),),
    ),
}


def page(here: Facts) -> str:
    made = rules.course(here)
    return "\n".join((*_facts(made), *map(_row, made.infusions), *_due(made)))


def rows(here: Facts) -> str:
    return "\n".join(map(_row, rules.course(here).infusions))


def rows_where_the_volume_stands(here: Facts) -> str:
    return rows(replace(here, protocol=lasting("dose.total_ml")))


def due(here: Facts) -> str:
    return "\n".join(_due(rules.course(here)))


def due_every_week(here: Facts) -> str:
    plan = CoursePlan(prescriber="Dr. A. Menon, MD", every_days=Decimal(7))
    return _due(rules.course(here, plan=plan))[0]


def missed(here: Facts) -> str:
    made = rules.course(here, missed=NOT_GIVEN)
    told = [f"{one.record_id} {one.kind}, {one.reason or 'no reason'}" for one in made.missed]
    return "\n".join((dict(made.facts())["Not given"], *told))


def without_escort(here: Facts, not_given: tuple[Record, ...] = ()) -> str:
    return f"{rules.course(here, missed=not_given).escort_failures} without an escort"


def _facts(made: Course) -> list[str]:
    return [f"{name}: {words}" for name, words in made.facts()]


def _row(one: InfusionRow) -> str:
    return f"{' | '.join(one.words())}{'' if one.worst_effect else ' (no side effect)'}"


def _due(made: Course) -> list[str]:
    days = [written_date(one.day) if one.day else "no day" for one in made.due]
    return [
        f"next: {one.title}: {one.text} ({day}{', LATE' * one.is_late})"
        for one, day in zip(made.due, days, strict=True)
    ]


# ---- which visits belong to it


def other(record: Record, **changed: object) -> Record:
    return replace(record, session=replace(record.session, **changed))  # type: ignore[arg-type]


VISITS = {
    "no visit before": at(),
    "three of one series": at(FIRST, SECOND, visit=session(number=3)),
    "the count began anew": at(FIRST, SECOND, visit=session(number=1)),
    "the count fell, though not to the first": at(THIRD, visit=session(number=2)),
    "one number twice": at(FIRST, SECOND, visit=session(number=2)),
    "the phase changed": at(FIRST, SECOND, visit=session(number=3, phase="maintenance")),
    "the indication changed": at(other(FIRST, indication="pain"), SECOND, visit=session(number=3)),
}


def belonging(here: Facts) -> str:
    return ", ".join(f"infusion {one.session.number}" for one in rules.records_of(here.record, here.past))


# ---- the last time

VEIN = {"cond.iv_access": "Left forearm, 22 G"}
NO_CHANGE: Mapping[str, Said] = {"screening.change": False}
LAST = {
    "no visit before": at(),
    "a visit that did not begin": at(replace(FIRST, events=())),
    "a whole visit": at(visit("2026-11-11", 1, {**VEIN, "discharge.wishes": "Own music"})),
    "a pump that was never stopped": at(replace(FIRST, events=FIRST.events[:1])),
    "a side effect that was treated": at(
        replace(FIRST, effects=(side_effect("dizziness", 1), side_effect("nausea", 2, action="ondansetron", row="e2")))
    ),
    "a side effect that the protocol no longer has": at(replace(FIRST, effects=(side_effect("hiccup", 1),))),
    "wishes not known": at(visit("2026-11-11", 1, {"discharge.wishes": UNKNOWN})),
    "IV access of the visit before, without a change": at(
        visit("2026-11-09", 1, VEIN), visit("2026-11-12", 2, NO_CHANGE)
    ),
    "IV access of the visit before, a change not asked": at(visit("2026-11-09", 1, VEIN), SECOND),
}


def last_time(here: Facts) -> str:
    return "\n".join(f"{name}: {words}" for name, words in rules.last_time(here)) or "nothing"


SAID: dict[str, Texts] = {
    "course": said_of(page, COURSE),
    "course_rows": {**said_of(rows, ROWS), **said_of(rows_where_the_volume_stands, STANDS)},
    "course_due": {**said_of(due, DUE), **said_of(due_every_week, PLANNED), **said_of(due, CALLS)},
    "course_missed": said_of(missed, {"six visits without an infusion": at(FIRST)}),
    "course_escort": {
        **said_of(without_escort, {case: at(record) for case, record in NO_ESCORT.items()}),
        **{case: partial(without_escort, *beside) for case, beside in NO_ESCORT_BESIDE.items()},
    },
    "course_visits": said_of(belonging, VISITS),
    "last_time": said_of(last_time, LAST),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_said_of_a_course_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
