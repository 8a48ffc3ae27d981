"""When the follow-up call is due, and how it stands until it was made."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.model import EventKind
from checklist.rules import followup
from checklist.snapshot import CallState, Past
from checklist.times import Moment
from tests.rules.build import PROTOCOL, UNKNOWN, Said, answers, event, facts, moment
from tests.rules.happening import side_effect
from tests.rules.test_followup import FINE, attempt, ended, left, state
from tests.rules.visit import with_effects


@pytest.mark.parametrize(
    ("at", "opens", "closes"),
    [
        ("2026-11-18 12:40", "2026-11-19 06:40", "2026-11-21 12:40"),  # Wednesday: Thursday, 18 h after
        ("2026-11-18 17:30", "2026-11-19 11:30", "2026-11-21 17:30"),
        ("2026-11-20 12:40", "2026-11-23 00:00", "2026-11-23 12:40"),  # Friday: Monday, until 72 h are over
        ("2026-11-21 10:00", "2026-11-23 00:00", "2026-11-24 10:00"),  # Saturday
        ("2026-11-22 09:00", "2026-11-23 03:00", "2026-11-25 09:00"),  # Sunday
        ("2026-10-30 12:40", "2026-11-02 00:00", "2026-11-02 11:40"),  # over the night the clocks go back
        ("2027-03-12 12:40", "2027-03-15 00:00", "2027-03-15 13:40"),  # over the night they go forward
        ("2028-02-28 12:40", "2028-02-29 06:40", "2028-03-02 12:40"),  # into a leap day
    ],
)
def test_the_call_is_due_on_the_next_business_day_18_to_72_hours_after(at: str, opens: str, closes: str) -> None:
    starts, ends = followup.window(left(at), moment(at))
    assert (starts, ends) == (max(moment(opens), moment(at).plus(hours=18)), moment(closes))


def test_the_window_of_48_hours_still_holds_the_monday_after_a_friday() -> None:
    where = left("2026-11-20 07:00")
    limits = {
        **PROTOCOL.limits,
        "followup.due_until": replace(
            PROTOCOL.limits["followup.due_until"], value=PROTOCOL.limit("consent.valid_months") * 4
        ),
    }
    starts, ends = followup.window(
        replace(where, protocol=replace(PROTOCOL, limits=limits)), moment("2026-11-20 07:00")
    )
    assert (starts, ends) == (moment("2026-11-23 00:00"), moment("2026-11-24 00:00"))


@settings(max_examples=60, deadline=None)
@given(minutes=st.integers(0, 5 * 366 * 24 * 60))
def test_whenever_the_patient_left_the_call_opens_on_a_weekday_before_it_closes(minutes: int) -> None:
    at = Moment(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), "America/New_York")
    starts, ends = followup.window(left(), at)
    assert starts.since(at) >= timedelta(hours=18)
    assert starts < ends
    assert starts.local.weekday() < 5 or starts.since(at) == timedelta(hours=18)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-11-18", "2026-11-19"),
        ("2026-11-20", "2026-11-23"),
        ("2026-11-21", "2026-11-23"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_weekends_are_passed_over_and_holidays_are_not_known(day: str, following: str) -> None:
    assert followup.next_business_day(date.fromisoformat(day)) == date.fromisoformat(following)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-18 12:41", CallState.COMING),
        ("2026-11-19 06:39", CallState.COMING),
        ("2026-11-19 06:40", CallState.DUE),
        ("2026-11-21 12:40", CallState.DUE),
        ("2026-11-21 12:41", CallState.LATE),
    ],
)
def test_the_call_is_coming_then_due_then_overdue_to_the_minute(now: str, expected: CallState) -> None:
    assert state(left(now=now)) is expected


@pytest.mark.parametrize(
    ("grade", "said", "opens", "ends"),
    [
        (3, True, "2026-11-21 06:40", "2026-11-23 12:40"),
        (3, False, "2026-11-23 00:00", "2026-11-23 12:40"),
        (3, UNKNOWN, "2026-11-23 00:00", "2026-11-23 12:40"),
        (2, True, "2026-11-23 00:00", "2026-11-23 12:40"),
    ],
)
def test_after_a_serious_event_no_weekend_puts_the_call_off(grade: int, said: Said, opens: str, ends: str) -> None:
    """Left on a Friday. The seven questions are asked from grade 3 on; without them no answer counts."""
    here = left("2026-11-20 12:40", now="2026-11-20 13:00")
    here = with_effects(here, side_effect("allergic", grade))
    here = replace(here, record=replace(here.record, answers=answers({"serious.life": said})))
    assert followup.window(here, moment("2026-11-20 12:40")) == (moment(opens), moment(ends))


def test_after_a_serious_event_in_the_night_the_call_opens_on_the_day_after() -> None:
    here = with_effects(left("2026-11-20 03:00"), side_effect("allergic", 3))
    here = replace(here, record=replace(here.record, answers=answers({"serious.life": True})))
    assert followup.window(here, moment("2026-11-20 03:00"))[0] == moment("2026-11-21 00:00")


def test_a_window_that_would_end_as_it_opens_lasts_that_day() -> None:
    friday, monday, tuesday = (moment(f"2026-11-{day} 00:00") for day in (20, 23, 24))
    assert followup.window(left("2026-11-20 00:00"), friday) == (monday, tuesday)


def test_a_call_is_judged_by_its_own_answers_and_each_attempt_for_itself() -> None:
    first, second = attempt(FINE), attempt({**FINE, "call.drove": True}, 2)
    here = replace(left("2026-11-18 12:40", first, second), past=Past(facts().record))
    call = followup.call_facts(here, second)
    assert (call.record.answers, call.record.history, call.past) == (second.answers, second.history, Past())
    again = replace(second, number=3)
    one, other = (next(iter(followup.of_attempt(here, each))) for each in (second, again))
    assert (one.key, other.key) == ("call.drove#2", "call.drove#3")
    assert one.fingerprint != other.fingerprint


def test_who_was_not_infused_or_is_still_here_gets_no_call() -> None:
    assert followup.follow_up(facts()) is None
    here = facts(events=(event(EventKind.STARTED, "09:00"), event(EventKind.STOPPED, "09:40")))
    assert followup.follow_up(here) is None
    cancelled = facts(events=(ended("09:00", "cancelled"),))
    assert followup.follow_up(cancelled) is None


@pytest.mark.parametrize(("kind", "has_call"), [("left_ama", True), ("transferred", True), ("postponed", False)])
def test_who_left_against_advice_or_by_ambulance_is_called_too(kind: str, has_call: bool) -> None:
    gone = facts(events=(event(EventKind.STARTED, "09:00"), ended("10:00", kind)))
    assert (followup.follow_up(gone) is not None) is has_call
