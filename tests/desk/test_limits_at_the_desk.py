"""The limits that only the desk reads, one step below, at and above."""

import pytest

from checklist.desk import Desk
from checklist.errors import NeedsConfirmation, NotUnderstood
from tests.desk.visit import Visit, local


@pytest.mark.parametrize("typed", ["15-Nov 10:43", "15-Nov 10:42"])
def test_a_meal_up_to_72_hours_ago_is_taken_as_said(visit: Visit, typed: str) -> None:
    assert visit.answer(fasting__solids=typed).answer("fasting.solids") is not None


def test_a_meal_more_than_72_hours_ago_is_asked_once_more(visit: Visit) -> None:
    with pytest.raises(NeedsConfirmation, match="Sun 15-Nov 10:41 is 72hr 1min ago"):
        visit.answer(fasting__solids="15-Nov 10:41")
    assert visit.now.answer("fasting.solids") is None


@pytest.mark.parametrize(("seconds", "noticed"), [(59, False), (60, False), (61, True), (-60, False), (-61, True)])
def test_a_jump_of_the_clock_by_more_than_60_seconds_is_said(visit: Visit, seconds: int, noticed: bool) -> None:
    visit.clock.jump(seconds=seconds)
    visit.desk.now()
    assert bool(visit.desk.clock_jump) is noticed


@pytest.mark.parametrize(("days", "shown"), [(6, True), (7, True), (8, False)])
def test_a_visit_left_open_stays_on_the_board_for_7_days(desk: Desk, visit: Visit, days: int, shown: bool) -> None:
    visit.answer(identity__name="yes")
    visit.clock.advance(hours=24 * days)
    rows = desk.board().rows
    assert (visit.session in {row.session.id for row in rows}) is shown


def test_a_first_course_has_6_infusions_unless_another_number_is_given(desk: Desk) -> None:
    patient = desk.find_patients("Nguyen")[0].patient
    assert desk.new_session(patient.id).record.session.course_total == 6


def test_a_typed_time_of_6_hours_ago_is_taken_and_of_a_minute_more_refused(visit: Visit) -> None:
    assert visit.desk._happened_at("04:42") == local("2026-11-18 04:42")
    with pytest.raises(NotUnderstood, match="more than 6 hours ago"):
        visit.desk._happened_at("04:41")


def test_the_records_page_shows_14_days(desk: Desk) -> None:
    assert desk.records().days == 14


@pytest.mark.parametrize(("more", "warned"), [(0, False), (1, False), (2, True)])
def test_more_than_one_infusion_under_one_nurse_is_warned_of(desk: Desk, more: int, warned: bool) -> None:
    assert bool(desk.ratio_warnings(desk.me.id, more)) is warned
