"""Pause, another rate, another pump: what the pump showed, and what was given in all."""

from decimal import Decimal

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EventKind, SessionState, Staff
from tests.desk.visit import Visit


def test_13_another_rate_is_two_stretches_and_moves_the_end(running: Visit) -> None:
    assert running.desk.end_words(running.now) == "Ends about 11:22."
    snapshot = running.desk.change_rate(running.session, "50", "25", "BP 168/98, slower")
    assert snapshot.state is SessionState.INFUSING
    assert [one.kind for one in snapshot.record.events] == [EventKind.STARTED, EventKind.PAUSED, EventKind.RESUMED]
    assert running.desk.end_words(snapshot) == "Ends about 11:32. So far 25 mL in 20min, 75 mL/h (set 75)."
    running.clock.advance(minutes=30)
    stopped = running.desk.stop(running.session, "50")
    assert stopped.given is not None
    assert stopped.given.given_mg == Decimal("34.2")
    assert [one.actual_ml_h for one in stopped.segments] == [Decimal(75), Decimal(50)]


def test_another_rate_needs_the_volume_so_far(running: Visit) -> None:
    for rate, ml in (("", "25"), ("50", "")):
        with pytest.raises(NotUnderstood, match="volume infused so far and the new rate"):
            running.desk.change_rate(running.session, rate, ml, "slower")
    assert len(running.now.record.events) == 1


def test_another_rate_needs_its_reason(running: Visit) -> None:
    with pytest.raises(NotUnderstood, match="Write why"):
        running.desk.change_rate(running.session, "50", "25", " ")


def test_a_pump_that_failed_is_changed_and_counts_from_nought(running: Visit) -> None:
    running.desk.pause(running.session, "", "25", "pump_failure")
    running.clock.advance(minutes=6)
    running.desk.resume(running.session, counts_from="0")
    running.clock.advance(minutes=16)
    with pytest.raises(NotUnderstood, match=r"50\.1 mL is more than the 50 mL"):
        running.desk.stop(running.session, "25.1")
    snapshot = running.desk.stop(running.session, "20", "pump_failure")
    assert snapshot.given is not None
    assert (snapshot.given.infused_ml, snapshot.given.given_mg) == (Decimal(45), Decimal("30.78"))
    assert [one.infused_ml for one in snapshot.segments] == [Decimal(25), Decimal(20)]


def test_a_counter_that_goes_on_may_not_fall(running: Visit) -> None:
    running.desk.pause(running.session, "toilet", "25")
    running.desk.resume(running.session)
    with pytest.raises(NotUnderstood, match="20 mL is less than the 25 mL recorded at the pause"):
        running.desk.stop(running.session, "20")


def test_a_new_counter_has_nothing_to_go_on_from_when_the_pause_has_no_volume(running: Visit) -> None:
    running.desk.pause(running.session, "power failure")
    with pytest.raises(NotUnderstood, match="new counter has nothing to go on from"):
        running.desk.resume(running.session, counts_from="0")
    assert running.desk.resume(running.session).state is SessionState.INFUSING


def test_a_code_of_the_list_is_reason_enough_and_others_are_refused(running: Visit) -> None:
    with pytest.raises(NotUnderstood, match="is not a reason of the list"):
        running.desk.pause(running.session, "", "", "moon")
    assert running.desk.pause(running.session, "", "", "iv_failure").state is SessionState.PAUSED


def test_a_rate_no_pump_can_run_is_refused(running: Visit) -> None:
    running.desk.pause(running.session, "toilet", "25")
    with pytest.raises(NotUnderstood):
        running.desk.resume(running.session, rate="5000")
    assert running.now.state is SessionState.PAUSED


def test_12_drug_in_the_tissue_is_asked_once_the_pump_runs_and_waits_for_a_provider(cleared: Visit) -> None:
    assert "iv.infiltrated" not in {view.item.id for view in cleared.now.step("infusion").items}
    cleared.order()
    cleared.check_dose()
    assert "iv.infiltrated" in {view.item.id for view in cleared.desk.start(cleared.session).step("infusion").items}
    cleared.clock.advance(minutes=20)
    cleared.desk.stop(cleared.session, "25", "iv_failure")
    snapshot = cleared.answer_all({"iv.infiltrated": "yes", "iv.site": "left hand", "iv.lost_ml": "4"})
    assert snapshot.given is not None
    assert snapshot.given.uncertain == "uncertain: about 4 mL lost at left hand"
    assert "dose.uncertain" in {one.key for one in snapshot.discharge.open_findings}


def test_a_second_infusion_under_the_same_nurse_is_warned_of(running: Visit) -> None:
    assert running.desk.ratio_warnings() == ()
    (warning,) = running.desk.start_warnings()
    assert warning == "2 infusions at once under R. Ortiz (limit 1). Ask a colleague to watch one."
    me: Staff = running.desk.me
    assert running.desk.ratio_warnings(me.id, more=0) == ()
    running.desk.stop(running.session, "25", "bp")
    assert running.desk.start_warnings() == ()


def test_a_stopped_infusion_cannot_be_given_another_rate(running: Visit) -> None:
    running.desk.stop(running.session, "25", "bp")
    with pytest.raises(NotAllowed, match="has stopped already"):
        running.desk.change_rate(running.session, "50", "25", "slower")
