"""The limits that only the desk reads, one step below, at and above."""

import pytest

from checklist.acts import Target
from checklist.desk import Desk
from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.model import StampKind
from checklist.times import ManualClock
from tests.desk.closed import Closed
from tests.desk.visit import Visit


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
    assert bool(visit.desk.clock_changes()) is noticed


@pytest.mark.parametrize(("days", "shown"), [(6, True), (7, True), (8, False)])
def test_a_visit_left_open_stays_on_the_board_for_7_days(desk: Desk, visit: Visit, days: int, shown: bool) -> None:
    visit.answer(identity__name="yes")
    visit.clock.advance(hours=24 * days)
    rows = desk.board().rows
    assert (visit.session in {row.session.id for row in rows}) is shown


def test_a_first_course_has_6_infusions_unless_another_number_is_given(desk: Desk) -> None:
    patient = desk.find_patients("Nguyen")[0].patient
    assert desk.new_session(patient.id).record.session.course_total == 6


@pytest.mark.parametrize(("days", "shown"), [(12, True), (13, True), (14, False)])
def test_the_records_page_shows_14_days_today_counted(desk: Desk, visit: Visit, days: int, shown: bool) -> None:
    visit.answer(identity__name="yes")
    visit.clock.advance(hours=24 * days)
    records = desk.records()
    assert records.days == 14
    assert (visit.session in {row.session.id for row in records.rows}) is shown


@pytest.mark.parametrize(("before", "asked"), [(23 * 60 + 59, False), (24 * 60, False), (24 * 60 + 1, True)])
def test_a_late_entry_more_than_a_day_before_the_visit_is_asked_once_more(
    desk: Desk, clock: ManualClock, before: int, asked: bool
) -> None:
    closed = Closed.third(desk, clock)
    happened = closed.record.session.planned.plus(minutes=-before)
    typed = f"{happened.local:%Y-%m-%d %H:%M}"
    if asked:
        with pytest.raises(NeedsConfirmation, match="long before this visit"):
            closed.late(Target.RECORD, "Called: slept well", typed)
    assert closed.late(Target.RECORD, "Called: slept well", typed, confirmed=asked).record.amendments


@pytest.mark.parametrize(("typed", "kept"), [("04:43", True), ("04:42", True), ("04:41", False)])
def test_a_stamp_of_more_than_6_hours_ago_is_refused(visit: Visit, typed: str, kept: bool) -> None:
    if kept:
        (stamp,) = visit.desk.stamp(visit.session, StampKind.NOTE, "Fell at home", at=typed).record.stamps
        assert f"{stamp.at.local:%H:%M}" == typed
        return
    with pytest.raises(NotUnderstood, match="more than 6 hours ago"):
        visit.desk.stamp(visit.session, StampKind.NOTE, "Fell at home", at=typed)
    assert visit.now.record.stamps == ()
