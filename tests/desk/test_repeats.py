"""The repeat that a reading asks for is a reading of its own on the schedule, the board and the clock."""

from checklist.desk import Board
from checklist.snapshot import Due, DueState
from tests.desk.visit import Visit

GOOD = "134/84 78 98 14 s5"


def board(visit: Visit) -> Board:
    return visit.desk.board()


def next_due(visit: Visit) -> Due:
    clocks = visit.now.clocks
    assert clocks is not None
    assert clocks.next_due is not None
    return clocks.next_due


def recheck(visit: Visit) -> None:
    """At 10:46, between two planned sets."""
    visit.infuse()
    visit.read(GOOD)
    visit.clock.advance(minutes=4)
    visit.read("185/95 78 98 14 s5")


def test_the_repeat_is_due_five_minutes_on_before_the_next_set_of_the_plan(visit: Visit) -> None:
    recheck(visit)
    due = next_due(visit)
    assert (due.what, due.state, f"{due.at.local:%H:%M}") == ("BP repeat", DueState.COMING, "10:51")
    assert board(visit).rows[0].now_text == "Infusing since 10:42 · next BP repeat in 5min"


def test_a_repeat_that_nobody_takes_becomes_due_overdue_and_late(visit: Visit) -> None:
    recheck(visit)
    for minutes, status, words in (
        (5, "Repeat due", "BP repeat due now"),
        (3, "Repeat overdue", "BP repeat due 3min ago"),
        (3, "Repeat late", "BP repeat due 6min ago"),
    ):
        visit.clock.advance(minutes=minutes)
        row = board(visit).rows[0]
        assert (row.status, row.action) == (status, "Record vitals")
        assert row.now_text.endswith(words)
    assert (board(visit).rows[0].risk, board(visit).rows[0].why) == (1, "BP repeat due 6min ago")


def test_taking_the_sign_again_ends_the_repeat_and_the_plan_goes_on(visit: Visit) -> None:
    recheck(visit)
    visit.clock.advance(minutes=5)
    visit.read("hr 80")
    assert next_due(visit).what == "BP repeat"
    visit.read("150/90")
    assert next_due(visit).what == "vitals"
    assert not [one for one in visit.now.schedule if one.repeats]


def test_two_signs_of_one_reading_are_one_repeat(visit: Visit) -> None:
    visit.infuse()
    visit.read("134/84 78 93 14 s3")
    assert next_due(visit).what == "SpO2, MOAA/S repeat"


def test_after_the_pump_has_stopped_a_repeat_stands_between_the_sets_of_the_observation(visit: Visit) -> None:
    visit.give()
    visit.read("185/95 78 98 14 s5")
    due = next_due(visit)
    assert (due.what, due.stage.value, f"{due.at.local:%H:%M}") == ("BP repeat", "recovery", "11:27")
