"""A stroke or a heart attack: the date decides, by calendar months and by weeks; no date counts as recent."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.model import Answer, EventKind, Level
from checklist.rules.evaluate import evaluate
from checklist.rules.events import findings, months_on
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    UNANSWERED,
    UNKNOWN,
    Said,
    answer,
    event,
    facts,
    ready,
    session,
    with_limit,
)

# Wednesday 18-Nov-2026 is today.


def judged(item: str, when: Said | Answer, **more: object) -> Finding | None:
    return next(findings(facts({item: "event", f"{item}_when": when}, **more)), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        (date(2026, 8, 18), 3, date(2026, 11, 18)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
        (date(2027, 11, 30), 3, date(2028, 3, 1)),
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)
def test_a_month_without_that_day_ends_the_day_after_it(day: date, months: int, first: date) -> None:
    assert months_on(day, months) == first


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
@settings(max_examples=60, deadline=None)
def test_so_many_months_later_is_never_earlier_than_28_days_a_month(day: date, months: int) -> None:
    later = months_on(day, months)
    assert later.day in (day.day, 1)
    assert (later - day).days >= 28 * months


@pytest.mark.parametrize(
    ("day", "level", "title", "detail"),
    [
        (
            date(2026, 8, 19),
            Level.STOP,
            "Stroke, TIA or head injury, last on 19-Aug-2026",
            "Less than 3 months ago, until 19-Nov-2026.",
        ),
        (
            date(2026, 8, 18),
            Level.REVIEW,
            "Stroke, TIA or head injury in the past, last on 18-Aug-2026",
            "At least 3 months ago.",
        ),
        (
            date(2026, 8, 17),
            Level.REVIEW,
            "Stroke, TIA or head injury in the past, last on 17-Aug-2026",
            "At least 3 months ago.",
        ),
    ],
)
def test_a_stroke_stops_for_three_calendar_months(day: date, level: Level, title: str, detail: str) -> None:
    one = judged("cond.brain", day)
    assert one is not None
    assert (one.level, one.title, one.detail, one.source) == (level, title, detail, "clinic policy")
    assert one.items == ("cond.brain", "cond.brain_when")


@pytest.mark.parametrize(
    ("day", "level", "detail"),
    [
        (date(2026, 10, 8), Level.STOP, "Less than 6 weeks ago, until 19-Nov-2026."),
        (date(2026, 10, 7), Level.REVIEW, "At least 6 weeks ago."),
        (date(2026, 10, 6), Level.REVIEW, "At least 6 weeks ago."),
    ],
)
def test_a_heart_attack_stops_for_42_days(day: date, level: Level, detail: str) -> None:
    one = judged("cond.cardiac", day)
    assert one is not None
    assert (one.level, one.detail) == (level, detail)


def test_a_clinic_may_wait_longer() -> None:
    one = judged("cond.brain", date(2026, 6, 1), protocol=with_limit("screening.brain_months", 6))
    assert one is not None
    assert (one.level, one.detail) == (Level.STOP, "Less than 6 months ago, until 01-Dec-2026.")


def test_a_month_is_taken_for_its_last_day_and_says_so() -> None:
    said = replace(answer("cond.brain_when", date(2026, 8, 31)), typed="Aug 2026")
    one = judged("cond.brain", said)
    assert one is not None
    told = "Stroke, TIA or head injury, last on Aug-2026, taken as 31-Aug-2026"
    assert (one.level, one.title) == (Level.STOP, told)


@pytest.mark.parametrize("item", ["cond.brain", "cond.cardiac"])
@pytest.mark.parametrize(
    ("said", "word"), [(UNKNOWN, "not known"), (DECLINED, "declined"), (NOT_APPLICABLE, "not known")]
)
def test_no_date_counts_as_recent(item: str, said: Said, word: str) -> None:
    one = judged(item, said)
    assert one is not None
    assert one.level is Level.STOP
    assert one.title.endswith(f": date {word}")
    assert one.detail.startswith("It counts as less than ")


def test_a_shunt_without_a_stroke_is_read_by_a_provider() -> None:
    one = judged("cond.brain", answer("cond.brain_when", NOT_APPLICABLE, reason="Shunt since birth"))
    assert one is not None
    assert (one.level, one.detail) == (Level.REVIEW, "Shunt since birth.")


def test_a_date_ahead_of_today_is_not_believed() -> None:
    one = judged("cond.cardiac", date(2026, 11, 19))
    assert one is not None
    assert one.level is Level.STOP


def test_a_date_not_yet_asked_is_missing_and_keeps_the_verdict_from_passing() -> None:
    assert judged("cond.brain", UNANSWERED) is None
    here = facts(ready({"cond.brain": "event"}), readings=(BASELINE,))
    verdict = clearance(here, evaluate(here))
    assert [item.id for item in verdict.missing] == ["cond.brain_when"]
    assert not verdict.passes


@pytest.mark.parametrize(("item", "word"), [("cond.brain", "raised"), ("cond.cardiac", "unstable")])
def test_raised_pressure_and_an_unstable_heart_stop_whatever_the_date(item: str, word: str) -> None:
    found = {one.key: one.level for one in evaluate(facts(ready({item: word}), readings=(BASELINE,)))}
    assert found[item] is Level.STOP
    assert f"{item}_when" not in found


def test_a_record_read_months_later_keeps_its_judgement() -> None:
    one = judged("cond.brain", date(2026, 9, 1), now="2027-06-01 09:00", events=(event(EventKind.STARTED, "11:00"),))
    assert one is not None
    assert one.level is Level.STOP


def test_what_was_too_recent_at_one_visit_is_a_review_at_a_later_one() -> None:
    """The date is taken over on "no change"; what it means is judged anew at each visit."""
    earlier = facts({"cond.brain": "event", "cond.brain_when": date(2026, 9, 1)}, visit=session("2026-11-01 11:00"))
    for now, level in (("2026-11-30 09:00", Level.STOP), ("2026-12-01 09:00", Level.REVIEW)):
        here = facts({"screening.change": False}, last=earlier.record, now=now)
        assert [one.level for one in findings(here)] == [level]


def test_another_date_voids_the_decision() -> None:
    one, other = judged("cond.cardiac", date(2026, 1, 1)), judged("cond.cardiac", date(2026, 2, 1))
    assert one is not None
    assert other is not None
    assert one.fingerprint != other.fingerprint


# ---- the questions of before


def test_the_question_of_before_is_asked_of_nobody_and_stays_where_it_was_answered() -> None:
    protocol = facts().protocol
    for item in ("cond.stroke", "cond.heart", "cond.apnoea"):
        assert protocol.item(item).retired
        assert not facts().is_visible(protocol.item(item))
        answered = facts({item: "no"})
        assert answered.is_visible(protocol.item(item))
        assert not facts({"screening.change": False}, last=answered.record).is_visible(protocol.item(item))


@pytest.mark.parametrize(("item", "word"), [("cond.stroke", "recent"), ("cond.heart", "recent")])
def test_an_old_answer_that_stopped_still_stops(item: str, word: str) -> None:
    found = {one.key: one.level for one in evaluate(facts(ready({item: word}), readings=(BASELINE,)))}
    assert found[item] is Level.STOP
