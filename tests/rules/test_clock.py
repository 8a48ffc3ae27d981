"""A PC clock that somebody sets changes neither what was given nor where the visit stands."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from time import monotonic

from checklist.model import EventKind, Stage
from checklist.rules import dose, schedule
from checklist.rules.facts import Facts
from tests.rules.build import answer, event, moment
from tests.rules.leaving import SETS, leaving
from tests.rules.visit import STARTED, infusion, recovery

PAUSED = event(EventKind.PAUSED, "11:16", infused_ml="20")
STOPPED_AN_HOUR_BACK = event(EventKind.STOPPED, "10:40", infused_ml="50")


def test_a_clock_set_back_between_pause_and_stop_does_not_change_what_was_given() -> None:
    here = infusion(events=(STARTED, PAUSED, STOPPED_AN_HOUR_BACK), now="10:45")
    got = dose.given(here)
    assert got is not None
    assert (got.infused_ml, got.given_mg) == (Decimal(50), Decimal(35))


def test_a_clock_set_back_does_not_swap_pause_and_resumption() -> None:
    here = infusion(events=(STARTED, PAUSED, event(EventKind.RESUMED, "10:20")), now="10:21")
    assert not schedule.is_paused(here)
    assert schedule.paused_for(here) == timedelta(0)


def test_an_answer_counts_by_its_place_in_the_journal_not_by_the_clock() -> None:
    early = replace(event(EventKind.STOPPED, "11:40", infused_ml="50"), seq=40)
    ticked = replace(answer("discharge.oriented", True, at="10:50"), seq=41)
    here = recovery(*SETS, events=(STARTED, early), said={"discharge.oriented": ticked})
    assert here.word("discharge.oriented") == "yes"


def jumped(here: Facts, years: int) -> Facts:
    return replace(here, now=here.now.plus(days=365 * years))


def test_a_clock_ten_years_ahead_still_opens_a_running_visit() -> None:
    begun = monotonic()
    planned = schedule.planned(jumped(infusion(), 10))
    assert monotonic() - begun < 2
    assert planned[-1].at <= moment("11:00").plus(hours=24, minutes=10)


def test_a_clock_ten_years_ahead_still_opens_an_observed_visit() -> None:
    planned = schedule.planned(jumped(leaving(), 10))
    assert planned[-1].stage is Stage.RECOVERY
    assert planned[-1].at <= moment("11:40").plus(hours=24, minutes=15)
