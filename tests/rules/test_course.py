"""The course in numbers, what is due next, whether it helps, and the last time in five lines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from checklist.course import Course, CourseChoice, CourseDecision, CoursePlan
from checklist.model import (
    Answer,
    AnswerState,
    Effect,
    Event,
    EventKind,
    ItemId,
    Level,
    Meaning,
    Role,
    RowId,
    SessionId,
    Stage,
)
from checklist.rules import course as rules
from checklist.rules.facts import Facts
from checklist.rules.interval import findings
from checklist.rules.questionnaires import total_from
from checklist.snapshot import Finding, Record, SessionInfo
from tests.rules.build import NURSE, Said, answer, event, facts, moment, reading, session, signature

ORDER: Mapping[str, Said | Answer] = {
    "dose.mg_per_kg": Decimal("0.5"),
    "dose.weight_basis": "actual",
    "dose.concentration": "50",
    "dose.total_ml": Decimal(50),
    "dose.mg": Decimal(35),
    "dose.minutes": Decimal(40),
    "vitals.weight": Decimal(70),
    "aldrete.activity": "2",
    "aldrete.respiration": "2",
    "aldrete.consciousness": "2",
    "consent.date": date(2026, 10, 1),
}


def phq9(total: int) -> dict[ItemId, Answer]:
    """Nine answers of 0 to 3 with this sum, as the questionnaire's items keep them."""
    made = {}
    for place in range(1, 10):
        points = min(3, total)
        total -= points
        shape = answer("transport.name", str(points))
        made[ItemId(f"phq9.{place}")] = replace(shape, item=ItemId(f"phq9.{place}"))
    return made


def infusion(day: str, number: int, *, phq: int | None = None, phase: str = "induction", **more: object) -> Record:
    """A whole visit: 10:00 to 10:40, 50 mL, discharged 11:20."""
    made = facts(
        ORDER,
        visit=session(f"{day} 10:00", number=number, phase=phase, total=6 if phase == "induction" else 0),
        readings=(
            reading("152/92 72 98 14", f"{day} 09:50"),
            reading("148/90 86 97 15", f"{day} 10:20", Stage.INFUSION),
            reading("200/120 86 97 15", f"{day} 10:25", Stage.INFUSION, artefact="cuff slipped"),
            reading("130/82 74 98 14", f"{day} 11:00", Stage.RECOVERY),
        ),
        events=(
            event(EventKind.STARTED, f"{day} 10:00"),
            event(EventKind.STOPPED, f"{day} 10:40", infused_ml="50"),
        ),
        signatures=(signature(Meaning.DISCHARGE, f"{day} 11:20"),),
    ).record
    given = dict(made.answers)
    for item in ("aldrete.activity", "aldrete.respiration", "aldrete.consciousness"):
        given[ItemId(item)] = replace(given[ItemId(item)], observed=moment(f"{day} 11:05"))
    return replace(made, answers={**given, **(phq9(phq) if phq is not None else {})}, **more)  # type: ignore[arg-type]


def at_visit(*earlier: Record, visit: SessionInfo | None = None, phq: int | None = None, now: str = "10:42") -> Facts:
    number = earlier[-1].session.number + 1 if earlier else 1
    last = earlier[-1] if earlier else None
    here = facts(visit=visit or session(number=number), last=last, course=earlier, now=now)
    return replace(here, record=replace(here.record, answers=phq9(phq))) if phq is not None else here


def of(*earlier: Record, **more: object) -> Course:
    return rules.course(at_visit(*earlier), **more)  # type: ignore[arg-type]


# ---- the rows


def test_an_infusion_in_numbers() -> None:
    row = of(infusion("2026-11-11", 1), infusion("2026-11-14", 2)).infusions[1]
    assert row.words() == (
        *("2", "14-Nov-2026", "3 d", "70", "35 mg (0.5 mg/kg)", "40", "148/90 at 20 min", "-", "25 / 40"),
        *("-", "-"),
    )
    assert row.since_last == timedelta(days=3)
    assert (row.mg, row.mg_is_given, row.mg_per_kg) == (Decimal(35), True, Decimal("0.50"))


def test_an_infusion_stopped_early_counts_what_was_given() -> None:
    record = infusion("2026-11-14", 1)
    half = event(EventKind.STOPPED, "2026-11-14 10:20", infused_ml="20")
    row = of(replace(record, events=(record.events[0], half))).infusions[0]
    assert (row.mg, row.minutes) == (Decimal(14), 20)
    assert row.dose_words() == "14 mg (0.2 mg/kg)"


def test_an_amount_that_is_not_known_is_told_and_left_out_of_the_sum() -> None:
    record = infusion("2026-11-14", 2)
    lost = replace(record, events=(record.events[0], event(EventKind.STOPPED, "2026-11-14 10:40")))
    made = of(infusion("2026-11-11", 1), lost)
    assert made.infusions[1].dose_words() == "35 mg (0.5 mg/kg), ordered"
    assert (made.cumulative_mg, made.unknown_amounts) == (Decimal(35), 1)
    assert ("Given in all", "35 mg, 1 not known") in made.facts()


def test_a_clock_that_was_set_back_gives_no_negative_minutes() -> None:
    record = infusion("2026-11-14", 1)
    early = event(EventKind.STOPPED, "2026-11-14 09:00", infused_ml="50")
    assert of(replace(record, events=(record.events[0], early))).infusions[0].minutes is None


def test_minutes_are_real_ones_on_the_night_the_clocks_go_back() -> None:
    first, second = infusion("2026-10-31", 1), infusion("2026-11-01", 2)
    assert of(first, second).infusions[1].since_last == timedelta(hours=25)
    assert of(first, second).infusions[1].words()[2] == "25 h"


def test_the_worst_side_effect_is_named_with_its_grade() -> None:
    def effect(term: str, grade: int, action: str = "") -> Effect:
        at = moment("2026-11-14 10:30")
        return Effect(RowId(term), term, grade, at, action, None, False, NURSE, at)

    record = infusion("2026-11-14", 1, effects=(effect("dizziness", 1), effect("nausea", 2, "ondansetron 4 mg")))
    assert of(record).infusions[0].words()[7] == "Nausea 2"
    assert dict(rules.last_time(at_visit(record)))["Side effects"] == "Nausea 2 (ondansetron 4 mg); Dizziness 1"


def test_what_was_not_recorded_stays_a_dash() -> None:
    bare = facts(visit=session("2026-11-14 10:00"), events=(event(EventKind.STARTED, "2026-11-14 10:00"),)).record
    assert of(bare).infusions[0].words() == ("1", "14-Nov-2026", *["-"] * 6, "- / -", "-", "-")


# ---- what belongs to it


def test_a_new_count_or_another_phase_begins_another_course() -> None:
    old = [infusion(f"2026-0{month}-11", month - 4) for month in (5, 6)]
    new = [infusion("2026-11-11", 1), infusion("2026-11-14", 2)]
    assert [row.number for row in of(*old, *new).infusions] == [1, 2]
    kept = infusion("2026-11-16", 3, phase="maintenance")
    visit = session(number=4, total=0, phase="maintenance")
    made = rules.course(at_visit(*new, kept, visit=visit))
    assert [row.number for row in made.infusions] == [3]
    assert made.id == kept.session.record_id


def test_cancellations_and_missing_escorts_are_counted() -> None:
    def not_given(kind: str, day: str) -> Record:
        at = moment(f"{day} 09:00")
        ended = Event(EventKind.ENDED, at, at, NURSE, {"kind": kind, "reason": "Snow"})
        booked = replace(session(f"{day} 10:00", number=2), id=SessionId(day))
        return facts(visit=booked, events=(ended,)).record

    alone = answer("transport.plan", "none")
    missed = [
        not_given("no_show", "2026-11-13"),
        not_given("cancelled", "2026-11-12"),
        not_given("cancelled", "2026-10-01"),
    ]
    missed[0] = replace(missed[0], history={alone.item: (alone, answer("transport.plan", "named_adult"))})
    made = of(infusion("2026-11-11", 1), missed=missed)
    assert [(one.kind, one.reason) for one in made.missed] == [("cancelled", "Snow"), ("no_show", "Snow")]
    assert made.escort_failures == 1
    assert ("Not given", "12-Nov-2026 cancelled, 13-Nov-2026 no-show") in made.facts()


@pytest.mark.parametrize(("kind", "word"), [("left_ama", "left against advice"), ("transferred", "transferred")])
def test_who_left_or_was_transferred_before_the_start_was_given_nothing(kind: str, word: str) -> None:
    at = moment("2026-11-13 09:00")
    ended = Event(EventKind.ENDED, at, at, NURSE, {"kind": kind, "reason": "Felt unwell"})
    booked = replace(session("2026-11-13 10:00", number=2), id=SessionId("left"))
    made = of(infusion("2026-11-11", 1), missed=[facts(visit=booked, events=(ended,)).record])
    assert ("Not given", f"13-Nov-2026 {word}") in made.facts()
    started = Event(EventKind.STARTED, at, at, NURSE, {})
    given = of(infusion("2026-11-11", 1), missed=[facts(visit=booked, events=(started, ended)).record])
    assert ("Not given", "No visit") in given.facts()


# ---- what is next


def due(made: Course) -> dict[str, tuple[str, bool]]:
    return {one.title: (one.text, one.is_late) for one in made.due}


def test_what_comes_next_in_a_running_course() -> None:
    found = due(of(infusion("2026-11-14", 1)))
    assert found["This infusion"] == ("planned 18-Nov-2026", False)
    assert found["Follow-up call"] == ("not made; was due until 17-Nov-2026", True)
    assert found["Decision of a provider"] == ("after infusion 6", False)
    assert found["Liver tests"] == ("asked for after 6 infusions", False)
    assert found["PHQ-9"] == ("none on record in this course", False)


def test_consent_and_liver_tests_say_until_when() -> None:
    record = infusion("2026-11-14", 7)
    own = at_visit(record)
    dated = {ItemId("labs.lft_date"): answer("labs.lft_date", date(2026, 3, 1))}
    found = due(rules.course(replace(own, record=replace(own.record, answers=dated))))
    assert found["Consent"] == ("of 01-Oct-2026, counts until 01-Oct-2027", False)
    assert found["Liver tests"] == ("of 01-Mar-2026, due 01-Sep-2026", True)
    assert due(rules.course(at_visit(record)))["Liver tests"] == ("no date on record", True)


def test_the_interval_of_the_plan_gives_the_next_day() -> None:
    record = infusion("2026-11-14", 1)
    closed = replace(facts(now="2026-11-18 10:42"), record=record)
    plan = CoursePlan(prescriber="Dr. A. Menon, MD", every_days=Decimal(3))
    found = due(rules.course(closed, plan=plan))
    assert found["Next infusion"] == ("17-Nov-2026, 3 days after the last", True)
    assert due(rules.course(closed))["Next infusion"] == ("No interval was planned", False)
    assert ("Interval", "every 3 days") in rules.course(closed, plan=plan).facts()


def test_the_decision_is_open_once_the_series_is_given() -> None:
    closed = replace(facts(now="2026-11-18 10:42"), record=infusion("2026-11-14", 6))
    assert due(rules.course(closed))["Decision of a provider"] == ("open: 6 of 6 infusions given", True)
    made = CourseDecision(CourseChoice.MAINTENANCE, "Responds", "Dr. A. Menon, MD", Role.PROVIDER, moment("10:00"))
    assert "Decision of a provider" not in due(rules.course(closed, decision=made))


# ---- whether it helps


@pytest.mark.parametrize(
    ("first", "now", "word"),
    [(20, 10, "Response"), (20, 11, "Partial response"), (20, 4, "Remission"), (20, 16, "No response")],
)
def test_response_and_remission_against_the_first_total(first: int, now: int, word: str) -> None:
    made = of(infusion("2026-11-11", 1, phq=first), infusion("2026-11-14", 2, phq=now))
    assert ("PHQ-9", word) in made.facts()
    assert [row.phq9 for row in made.infusions] == [first, now]


def test_a_questionnaire_with_a_gap_has_no_total() -> None:
    record = infusion("2026-11-11", 1, phq=20)
    assert total_from(record, "phq9") == 20
    assert total_from(record, "gad7") is None
    refused = replace(record.answers[ItemId("phq9.9")], state=AnswerState.DECLINED, value=None)
    assert total_from(replace(record, answers={**record.answers, refused.item: refused}), "phq9") is None
    odd = replace(record.answers[ItemId("phq9.9")], value="4")
    assert total_from(replace(record, answers={**record.answers, odd.item: odd}), "phq9") is None


def response(number: int, first: int | None, now: int | None, **visit: object) -> Finding | None:
    earlier = infusion("2026-11-14", number - 1, phq=first)
    here = at_visit(earlier, phq=now, visit=replace(session(number=number), **visit))  # type: ignore[arg-type]
    return next((one for one in findings(here) if one.key == "course.response"), None)


@pytest.mark.parametrize(
    ("number", "now", "level"),
    [(4, 20, None), (5, 20, Level.REVIEW), (5, 11, Level.REVIEW), (5, 10, None), (6, 16, Level.REVIEW)],
)
def test_no_response_after_four_infusions_is_for_the_provider(number: int, now: int, level: Level | None) -> None:
    one = response(number, 20, now)
    assert (one.level if one else None) is level
    if one:
        word = "Partial response" if now == 11 else "No response"
        assert one.title == f"{word} after {number - 1} infusions: PHQ-9 20, now {now}"
        assert one.detail == "Looked at from 4 infusions on. A response is a fall by half."
        assert one.inputs == (("given", str(number - 1)), ("first", "20"), ("latest", str(now)))


def test_remission_is_a_response_though_it_is_no_fall_by_half() -> None:
    assert response(5, 6, 4) is None


def test_a_course_without_two_totals_is_not_taken_for_a_response() -> None:
    one = response(5, 20, None)
    assert one is not None
    assert (one.level, one.title) == (Level.NOTE, "Response after 4 infusions is not known")


def test_pain_is_not_judged_by_the_phq9() -> None:
    assert response(5, 20, 20, indication="pain") is None


@pytest.mark.parametrize("visit", [{"phase": "maintenance"}, {"course_total": 0}])
def test_in_maintenance_the_phq9_is_judged_at_the_visit_that_asks_it(visit: dict[str, object]) -> None:
    assert response(5, 20, None, **visit) is None
    back = response(5, 20, 19, **visit)
    assert back is not None
    assert (back.level, back.title) == (Level.REVIEW, "No response after 4 infusions: PHQ-9 20, now 19")
    assert response(5, 20, 10, **visit) is None


# ---- last time


def test_the_last_time_in_five_lines() -> None:
    wishes = answer("discharge.wishes", "Lights low, own music")
    vein = answer("cond.iv_access", "Left forearm, 22 G")
    record = infusion("2026-11-14", 1)
    record = replace(record, answers={**record.answers, wishes.item: wishes, vein.item: vein})
    assert rules.last_time(at_visit(record)) == (
        ("Dose", "35 mg (0.5 mg/kg) over 40 min"),
        ("Highest BP", "148/90 at 20 min"),
        ("Side effects", "None recorded"),
        ("IV access", "Left forearm, 22 G"),
        ("Wishes", "Lights low, own music"),
    )


def test_a_first_visit_has_no_last_time() -> None:
    assert rules.last_time(facts()) == ()
