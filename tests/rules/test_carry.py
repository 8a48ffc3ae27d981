"""Answers that stand from visit to visit: also over a visit that took them over itself."""

from datetime import date

import pytest

from checklist.model import AnswerState
from checklist.snapshot import Record
from tests.rules.build import UNANSWERED, UNKNOWN, Said, answers, facts, session

NO_CHANGE: dict[str, Said] = {"screening.change": False}
FIRST: dict[str, Said] = {"consent.date": date(2026, 10, 1), "cond.eye": True, "vitals.alert": True}


def visits(*said: dict[str, Said]) -> tuple[Record, ...]:
    return tuple(Record(session(number=number), answers=answers(one)) for number, one in enumerate(said, 1))


def today(*earlier: dict[str, Said], said: dict[str, Said] | None = None, item: str) -> str:
    course = visits(*earlier)
    return facts(said or {}, last=course[-1] if course else None, course=course).word(item)


@pytest.mark.parametrize("between", [(), ({},), ({}, {}, {})])
def test_what_stands_until_changed_stands_over_many_visits(between: tuple[dict[str, Said], ...]) -> None:
    assert today(FIRST, *between, item="consent.date") == "answered"
    assert today(FIRST, *between, said={"consent.date": UNKNOWN}, item="consent.date") == "unknown"


@pytest.mark.parametrize(
    ("between", "said", "expected"),
    [
        ((), NO_CHANGE, "yes"),
        ((NO_CHANGE,), NO_CHANGE, "yes"),
        ((NO_CHANGE, NO_CHANGE), NO_CHANGE, "yes"),
        ((NO_CHANGE,), {}, ""),
        (({},), NO_CHANGE, ""),
        (({"screening.change": True},), NO_CHANGE, ""),
        (({"screening.change": True, "cond.eye": False},), NO_CHANGE, "no"),
        (({**NO_CHANGE, "cond.eye": UNANSWERED},), NO_CHANGE, "yes"),
    ],
)
def test_a_condition_stands_as_far_as_each_visit_said_no_change(
    between: tuple[dict[str, Said], ...], said: dict[str, Said], expected: str
) -> None:
    assert today(FIRST, *between, said=said, item="cond.eye") == expected


def test_an_observation_never_carries() -> None:
    assert today(FIRST, NO_CHANGE, said=NO_CHANGE, item="vitals.alert") == ""


def test_the_last_session_of_another_course_counts_once() -> None:
    (last,) = visits(FIRST)
    here = facts(NO_CHANGE, last=last)
    assert list(here.past.newest_first()) == [last]
    found = here.answer("cond.eye")
    assert found is not None
    assert found.state is AnswerState.ANSWERED
