"""Hours since the last infusion and the number of this one."""

from decimal import Decimal

import pytest

from checklist.model import EventKind, Level
from checklist.rules.interval import assess, findings, last_start
from checklist.snapshot import Finding, Record
from tests.rules.build import PROTOCOL, event, facts, moment, session
from tests.rules.vectors import Vector, each

WORDS = {Level.CLEAR: "OK", Level.NOTE: "CONFIRM", Level.REVIEW: "REVIEW", Level.STOP: "DO_NOT_START"}


def infused(start: str) -> Record:
    return facts(visit=session(start), events=(event(EventKind.STARTED, start),)).record


def after(start: str, **more: object) -> Finding | None:
    return next(findings(facts(last=infused(start), **more)), None)  # type: ignore[arg-type]


@each("infusion_interval")
def test_vectors(vector: Vector) -> None:
    got = assess(Decimal(vector.values["hours_since_last"]), vector.values["phase"], PROTOCOL)
    assert WORDS[got] == vector.expected


@pytest.mark.parametrize(
    ("hours", "phase", "level"),
    [
        ("23.99", "induction", Level.STOP),
        ("24", "maintenance", Level.NOTE),
        ("39.99", "induction", Level.NOTE),
        ("40", "induction", Level.CLEAR),
        ("504", "induction", Level.CLEAR),
        ("504.01", "induction", Level.REVIEW),
        ("504.01", "maintenance", Level.CLEAR),
    ],
)
def test_boundaries(hours: str, phase: str, level: Level) -> None:
    assert assess(Decimal(hours), phase, PROTOCOL) is level


def test_less_than_a_day_is_not_today() -> None:
    one = after("2026-11-17 11:01")
    assert one is not None
    assert (one.level, one.until) == (Level.STOP, moment("11:01"))
    assert one.title == "Last infusion 23hr 59min before this one"
    assert one.detail == "Less than 24 h."


@pytest.mark.parametrize(
    ("start", "level"),
    [
        ("2026-11-17 11:01", Level.STOP),  # 23 h 59 min
        ("2026-11-17 11:00", Level.NOTE),  # 24 h
        ("2026-11-16 19:01", Level.NOTE),  # 39 h 59 min
        ("2026-11-16 19:00", None),  # 40 h
        ("2026-10-28 12:00", None),  # 21 days of 24 hours: the clocks went back in between
        ("2026-10-28 11:59", Level.REVIEW),  # a minute more
    ],
)
def test_the_interval_is_judged_to_the_minute(start: str, level: Level | None) -> None:
    one = after(start)
    assert (one.level if one else None) is level


@pytest.mark.parametrize(
    ("before", "start", "level"),
    [
        # The clocks go back at 02:00 on 1-Nov-2026: the same wall time on the next day is 25 hours later.
        ("2026-10-31 10:00", "2026-11-01 08:59", Level.STOP),
        ("2026-10-31 10:00", "2026-11-01 09:00", Level.NOTE),
        # They go forward on 14-Mar-2027: the same wall time is 23 hours later, and that is too short.
        ("2027-03-13 10:00", "2027-03-14 10:00", Level.STOP),
        ("2027-03-13 10:00", "2027-03-14 11:00", Level.NOTE),
    ],
)
def test_a_night_on_which_the_clocks_change_has_its_real_hours(before: str, start: str, level: Level) -> None:
    one = after(before, now=start, visit=session(start))
    assert one is not None
    assert one.level is level


def test_less_than_forty_hours_asks() -> None:
    one = after("2026-11-17 05:00")
    assert one is not None
    assert (one.level, one.title) == (Level.NOTE, "Last infusion 30hr before this one")
    assert one.action == "Is this interval meant? Check the order."


def test_more_than_21_days_during_induction_is_reviewed() -> None:
    one = after("2026-10-27 10:00")
    assert one is not None
    assert (one.level, one.title) == (Level.REVIEW, "Last infusion 22 days ago, during induction")
    assert one.detail == "More than 21 days."


def test_two_infusions_on_one_day_stop() -> None:
    one = after("09:00", now="15:00", visit=session("15:00"))
    assert one is not None
    assert (one.level, one.title, one.detail) == (
        Level.STOP,
        "A second infusion on one day",
        "The first started 09:00.",
    )


def test_two_infusions_on_the_day_of_25_hours_stop_too() -> None:
    one = after("2026-11-01 00:10", now="2026-11-01 23:30", visit=session("2026-11-01 23:50"))
    assert one is not None
    assert one.title == "A second infusion on one day"


def test_a_usual_interval_says_nothing() -> None:
    assert after("2026-11-15 11:00") is None
    assert not list(findings(facts()))


def test_visits_that_never_started_are_passed_over() -> None:
    cancelled = facts(visit=session("2026-11-17 20:00"), events=(event(EventKind.ENDED, "2026-11-17 20:05"),)).record
    here = facts(last=cancelled, course=(infused("2026-11-12 11:00"), infused("2026-11-15 11:00")))
    assert last_start(here) == moment("2026-11-15 11:00")
    assert not list(findings(here))


@pytest.mark.parametrize(("number", "total", "level"), [(6, 6, None), (7, 6, Level.REVIEW), (30, 0, None)])
def test_a_number_beyond_the_series_is_reviewed(number: int, total: int, level: Level | None) -> None:
    found = findings(facts(visit=session(number=number, total=total)))
    one = next((each for each in found if each.key == "interval.number"), None)
    assert (one.level if one else None) is level
    assert one is None or one.title == "Infusion 7 of a series of 6"
