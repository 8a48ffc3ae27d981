"""Calls to the escort (reference 12.3) and the closing hour (12.9)."""

import pytest

from checklist.model import Level, StampKind
from checklist.rules import closing, escort
from checklist.rules.facts import Facts
from tests.rules.build import facts, session, with_limit, with_setting
from tests.rules.happening import stamp, with_stamps
from tests.rules.visit import by_key, infusion, recovery

FIRST = stamp(StampKind.ESCORT_CALL, "11:45", result="no_answer", number="555-010-0142")
SECOND = stamp(StampKind.ESCORT_CALL, "12:00", result="message_left", number="555-010-0142")


def calls(*stamps: object, now: str = "12:10", **more: object) -> Facts:
    return with_stamps(recovery(now=now, **more), *stamps)  # type: ignore[arg-type]


@pytest.mark.parametrize(("now", "level"), [("12:14", Level.NOTE), ("12:15", Level.REVIEW), ("12:16", Level.REVIEW)])
def test_after_30_minutes_without_success_a_provider_decides(now: str, level: Level) -> None:
    one = by_key(escort.findings(calls(FIRST, SECOND, now=now)))["escort.calls"]
    assert (one.level, one.step) == (level, "discharge")
    assert one.title == "Escort not reached since 11:45, 2 calls"
    assert "11:45 555-010-0142 no answer; 12:00 555-010-0142 message left" in one.detail


def test_before_that_the_time_is_named_at_which_the_provider_decides() -> None:
    one = by_key(escort.findings(calls(FIRST)))["escort.calls"]
    assert one.action == "Call again. From 12:15 a provider decides."


def test_a_call_that_reached_the_escort_ends_it_and_a_later_failure_counts_anew() -> None:
    reached = stamp(StampKind.ESCORT_CALL, "12:05", result="reached", number="555-010-0142")
    assert list(escort.findings(calls(FIRST, SECOND, reached))) == []
    again = stamp(StampKind.ESCORT_CALL, "12:07", result="no_answer")
    one = by_key(escort.findings(calls(FIRST, reached, again)))["escort.calls"]
    assert one.title == "Escort not reached since 12:07, 1 call"


def test_an_escort_who_is_here_need_not_be_called() -> None:
    assert list(escort.findings(calls(FIRST, said={"discharge.escort": True}))) == []


def test_before_the_start_the_calls_stand_with_the_transport() -> None:
    of = with_stamps(facts(now="10:42"), stamp(StampKind.ESCORT_CALL, "10:20", result="no_answer"))
    assert by_key(escort.findings(of))["escort.calls"].step == "transport"


@pytest.mark.parametrize(("planned", "warned"), [("16:50", False), ("16:51", True)])
def test_a_recovery_past_six_is_warned_of(planned: str, warned: bool) -> None:
    """40 minutes of infusion and 30 of observation: who starts at 16:50 can leave at 18:00."""
    found = by_key(closing.findings(facts(visit=session(planned), now="10:42")))
    assert ("visit.closing" in found) is warned
    if warned:
        assert found["visit.closing"].level is Level.NOTE
        assert found["visit.closing"].title == "Can leave at 18:01 at the earliest; the clinic closes at 18:00"


def test_a_late_arrival_is_named_beside_it() -> None:
    of = facts({"arrival.at": session("17:05").planned}, visit=session("17:30"), now="17:10")
    assert "The patient arrived at 17:05." in by_key(closing.findings(of))["visit.closing"].detail


def test_while_the_pump_runs_the_predicted_end_counts() -> None:
    closes_early = with_limit("schedule.closing_hour", 12)
    assert by_key(closing.findings(infusion(protocol=closes_early)))["visit.closing"].step == "observation"
    assert list(closing.findings(infusion())) == []


def test_midnight_is_a_closing_hour_and_half_hours_count() -> None:
    assert closing.closing_time(facts(protocol=with_limit("schedule.closing_hour", 24))).local.day == 19
    half = closing.closing_time(facts(protocol=with_limit("schedule.closing_hour", "17.5")))
    assert (half.local.hour, half.local.minute) == (17, 30)


def test_observation_from_the_start_is_reckoned_from_the_start() -> None:
    of = facts(protocol=with_setting("observation_from", "start"), now="10:42")
    assert closing.leaves_at(of).local.strftime("%H:%M") == "13:00"
