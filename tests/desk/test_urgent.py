"""What needs somebody now, the heaviest risk first (reference 12.26)."""

from dataclasses import replace

from checklist.desk.values import Board
from checklist.model import StampKind
from tests.desk.visit import Visit


def test_a_late_reading_a_standing_pump_and_a_call_rise_in_risk(running: Visit) -> None:
    def now() -> tuple[int, str]:
        (row,) = running.desk.board().rows
        return row.risk, row.why

    assert now() == (0, "")
    running.clock.advance(minutes=6)
    assert now() == (1, "Vitals due 6min ago")
    running.desk.pause(running.session, "toilet", "25")
    assert now() == (2, "The pump stands")
    running.desk.stamp(running.session, StampKind.WORRY, "grey")
    assert now() == (3, "Call the provider: The nurse is worried (11:08: grey)")
    running.decide("monitor.worry", reason="Seen, well")
    assert now() == (2, "The pump stands")


def test_the_heaviest_risk_stands_first_then_what_is_overdue_longest(running: Visit) -> None:
    running.clock.advance(minutes=6)
    board = running.desk.board()
    (late,) = board.rows
    assert late.due is not None
    later = replace(late, why="later", due=replace(late.due, at=late.due.at.plus(minutes=2)))
    calls = replace(late, risk=3, why="call", due=None)
    calm = replace(late, risk=0)
    mixed = Board(board.day, (later, calm, late, calls), "")
    assert [row.why for row in mixed.urgent] == ["call", late.why, "later"]


def test_26_the_board_says_when_one_nurse_has_more_infusions_than_the_clinic_wants(running: Visit) -> None:
    assert "infusions at once" not in running.desk.board().summary
    (warning,) = running.desk.ratio_warnings(running.desk.me.id, more=1)
    assert warning == "2 infusions at once under R. Ortiz (limit 1)"
