"""The Today board, over midnight too; daylight-saving nights; a PC whose clock is set back."""

import pytest

from checklist.desk import Desk
from checklist.model import EntryKind, Level, SessionState
from checklist.times import ManualClock, written_time
from tests.desk.visit import PASSWORD, Visit, front_door, local


def row_of(desk: Desk, family: str) -> tuple[str, str]:
    row = next(one for one in desk.board().rows if one.patient.family == family)
    return row.status, row.now_text


def test_an_empty_day(desk: Desk) -> None:
    board = desk.board()
    assert (board.rows, board.summary, board.day.isoformat()) == ((), "0 sessions · 1 call due", "2026-11-18")


def test_the_day_is_in_order_of_the_planned_times(desk: Desk, clock: ManualClock) -> None:
    for name, planned in (("Okafor", "14:00"), ("Lindqvist", "11:00"), ("Delacruz", "12:30")):
        Visit.begin(desk, clock, name, planned=planned)
    assert [row.patient.family for row in desk.board().rows] == ["Lindqvist", "Delacruz", "Okafor"]
    assert desk.board().summary == "3 sessions · 1 call due"


def test_two_similar_names_on_one_day_are_marked(desk: Desk, clock: ManualClock) -> None:
    for name in ("Smith", "Smyth", "Okafor"):
        Visit.begin(desk, clock, name)
    assert {row.patient.family: row.same_name for row in desk.board().rows} == {
        "Smith": True,
        "Smyth": True,
        "Okafor": False,
    }


def test_a_session_of_tomorrow_is_not_on_today_s_board(desk: Desk, clock: ManualClock) -> None:
    Visit.begin(desk, clock, planned="tomorrow 09:00")
    assert desk.board().rows == ()
    clock.advance(days=1)
    assert len(desk.board().rows) == 1


def test_a_held_patient_shows_until_when(answered: Visit) -> None:
    answered.fast(solids="07:20")
    assert row_of(answered.desk, "Okafor")[0] == "Held"
    assert "Cannot start before 13:20: last solid food 07:20 (6hr)" in row_of(answered.desk, "Okafor")[1]


def test_a_reading_becomes_due_then_late_and_the_board_says_so(started: Visit) -> None:
    started.read("134/84 78 98 14 s5")
    row = started.desk.board().rows[0]
    assert (row.status, row.action, row.level) == ("Infusing", "Open", Level.NOTE)
    started.clock.advance(minutes=11)
    row = started.desk.board().rows[0]
    assert (row.status, row.action, row.level) == ("Vitals due", "Record vitals", Level.REVIEW)
    assert row.now_text == "Infusing since 10:42 · vitals due now"
    started.clock.advance(minutes=2)
    row = started.desk.board().rows[0]
    assert (row.status, row.action, row.level) == ("Vitals overdue", "Record vitals", Level.REVIEW)
    assert row.now_text == "Infusing since 10:42 · vitals due 3min ago"
    started.clock.advance(minutes=4)
    row = started.desk.board().rows[0]
    assert (row.status, row.action, row.level) == ("Vitals late", "Record vitals", Level.STOP)
    assert row.now_text == "Infusing since 10:42 · vitals due 7min ago"


def test_the_observation_counts_on_the_board(given: Visit) -> None:
    given.read("134/82 76 98 14 s5")
    given.clock.advance(minutes=5)
    status, text = row_of(given.desk, "Okafor")
    assert status == "Observing"
    assert text.startswith("5min of 30min")


@pytest.mark.parametrize("what", ["answers", "readings", "medicines"])
def test_what_was_begun_yesterday_and_left_open_stays_on_the_board(visit: Visit, what: str) -> None:
    if what == "answers":
        visit.identify()
    elif what == "readings":
        visit.read("128/80 72 98 14 36.6")
    else:
        visit.desk.add_medicine(visit.session, "aspirin")
    visit.clock.advance(hours=14)
    board = visit.desk.board()
    assert board.day.isoformat() == "2026-11-19"
    assert [row.patient.family for row in board.rows] == ["Okafor"]
    visit.desk.end(visit.session, "postponed", "Forgotten open")
    assert visit.desk.board().rows == ()


def test_who_never_came_yesterday_is_not_on_today_s_board(visit: Visit) -> None:
    visit.clock.advance(hours=14)
    assert visit.desk.board().rows == ()


def test_several_reviews_need_several_providers(desk: Desk, clock: ManualClock) -> None:
    for name in ("Okafor", "Delacruz"):
        Visit.begin(desk, clock, name).identify()
    assert desk.board().summary == "2 sessions · 2 in the clinic · 1 call due"


@pytest.fixture
def fall(clock: ManualClock) -> ManualClock:
    """01:30 EDT on the night whose second hour happens twice. The PC is set back for it: the file is of later days."""
    clock.jump(seconds=local("2026-11-01 01:30").since(clock.now()).total_seconds())
    return clock


def test_a_fast_over_the_night_the_clocks_go_back_is_an_hour_longer(desk: Desk, fall: ManualClock) -> None:
    visit = Visit.begin(desk, fall)
    snapshot = visit.answer(fasting__solids="00:30", fasting__fatty="no")
    assert snapshot.earliest_start is not None
    assert snapshot.earliest_start.since(local("2026-11-01 00:30")).total_seconds() == 6 * 3600
    assert written_time(snapshot.earliest_start) == "05:30"


def test_an_observation_over_the_repeated_hour_lasts_its_minutes(desk: Desk, fall: ManualClock) -> None:
    visit = Visit.begin(desk, fall)
    visit.prepare()
    visit.decide_all()
    visit.sign()
    visit.order()
    visit.check_dose()
    visit.desk.start(visit.session)
    fall.advance(minutes=40)
    stopped = visit.desk.stop(visit.session, "50")
    assert stopped.clocks is not None
    assert stopped.clocks.needed.total_seconds() == 1800
    assert stopped.clocks.ready_at is not None
    assert stopped.clocks.ready_at.since(fall.now()).total_seconds() == 1800
    started = stopped.record.events[0].at
    assert fall.now().since(started).total_seconds() == 2400
    assert "EDT" in written_time(started)
    assert "EST" in written_time(fall.now())


def test_a_fast_over_the_night_the_clocks_go_forward_is_an_hour_shorter(desk: Desk, clock: ManualClock) -> None:
    clock.advance(seconds=local("2027-03-14 09:00").since(clock.now()).total_seconds())
    visit = Visit.begin(desk, clock)
    snapshot = visit.answer(fasting__solids="yesterday 23:30", fasting__fatty="no")
    assert snapshot.earliest_start is not None
    assert written_time(snapshot.earliest_start) == "06:30"


def test_a_clock_set_back_is_noted_and_durations_stay_right(visit: Visit) -> None:
    visit.identify()
    visit.clock.jump(hours=-3)
    visit.fast(solids="yesterday 20:00", fluids="05:00")
    log = visit.desk._file.journal.entries(kinds=[EntryKind.CLOCK])
    assert [entry.body["seconds_back"] for entry in log if "seconds_back" in entry.body] == [3 * 3600]
    assert [entry.body["jump_seconds"] for entry in log if "jump_seconds" in entry.body] == [-3 * 3600]
    assert visit.now.record.last_seq == visit.desk._file.journal.last_seq
    assert visit.now.answer("fasting.fluids") is not None
    assert visit.desk._file.verify().ok


def test_a_session_is_the_same_after_the_program_was_killed_and_opened_by_another(cleared: Visit) -> None:
    folder = cleared.desk._file.folder
    record = cleared.now.record
    cleared.desk.close()
    again = front_door(folder, cleared.clock).sign_in("lee", PASSWORD)
    assert again.open(cleared.session).record == record
    assert again.open(cleared.session).state is SessionState.CLEARED
    again.close()
