"""Moments kept by one key: worry, interruption, escort calls, the emergency, missed readings."""

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, Level, Meaning, SessionState, StampKind
from checklist.snapshot import DueState, Snapshot
from tests.desk.visit import PASSWORD, Visit


def finding_keys(snapshot: Snapshot) -> dict[str, Level]:
    return {one.key: one.level for one in snapshot.findings}


def test_a_worry_is_kept_at_once_and_its_words_may_follow(running: Visit) -> None:
    visit = running
    snapshot = visit.desk.stamp(visit.session, StampKind.WORRY)
    (one,) = snapshot.record.stamps
    assert (one.kind, one.at.local.strftime("%H:%M"), one.words) == (StampKind.WORRY, "11:02", "")
    assert finding_keys(snapshot)["monitor.worry"] is Level.STOP
    visit.clock.advance(minutes=2)
    later = visit.desk.describe_stamp(visit.session, one.id, "grey <b>in</b> the face & sweating")
    (same,) = later.record.stamps
    assert same.words == "grey <b>in</b> the face & sweating"
    assert (same.at, same.by, same.seq) == (one.at, one.by, one.seq)


def test_after_a_worry_the_infusion_goes_on_only_after_a_providers_decision(running: Visit) -> None:
    visit = running
    visit.desk.pause(visit.session, "worried", "10")
    visit.desk.stamp(visit.session, StampKind.WORRY, "does not look right")
    with pytest.raises(NotAllowed, match="The nurse is worried"):
        visit.desk.resume(visit.session)
    visit.decide("monitor.worry", reason="Seen, well")
    assert visit.desk.resume(visit.session).state is SessionState.INFUSING


def test_a_wrong_key_is_struck_with_a_reason_and_stays_readable(running: Visit) -> None:
    visit = running
    (one,) = visit.desk.stamp(visit.session, StampKind.WORRY).record.stamps
    with pytest.raises(NotUnderstood, match="Write why this is struck out"):
        visit.desk.remove_stamp(visit.session, one.id, "  ")
    snapshot = visit.desk.remove_stamp(visit.session, one.id, "wrong key")
    assert snapshot.record.stamps[0].removed
    assert snapshot.record.stamps[0].detail["removed"] == "wrong key"
    assert "monitor.worry" not in finding_keys(snapshot)
    with pytest.raises(NotAllowed, match="not in the record"):
        visit.desk.describe_stamp(visit.session, one.id, "more")


def test_each_call_to_the_escort_keeps_number_time_result_and_caller(visit: Visit) -> None:
    visit.arrange_transport()
    visit.desk.escort_call(visit.session, "no_answer")
    visit.clock.advance(minutes=5)
    snapshot = visit.desk.escort_call(visit.session, "message_left", "518 555 0199", "mailbox", at="-2m")
    first, second = snapshot.record.stamps
    phone = snapshot.answer("transport.phone")
    assert phone is not None
    assert (first.detail["number"], first.detail["result"], first.by) == (phone.value, "no_answer", visit.desk.me.id)
    assert second.detail["number"] != first.detail["number"]
    assert (second.at.local.strftime("%H:%M"), second.words) == ("10:45", "mailbox")
    assert finding_keys(snapshot)["escort.calls"] is Level.NOTE


def test_a_call_without_any_number_on_record_asks_for_it(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="Type the number that was called"):
        visit.desk.escort_call(visit.session, "no_answer")
    with pytest.raises(NotUnderstood, match="Choose how the call went"):
        visit.desk.escort_call(visit.session, "engaged", "518 555 0199")


def test_a_missed_reading_keeps_its_reason_and_still_counts_as_missed(running: Visit) -> None:
    visit = running
    visit.clock.advance(minutes=12)
    missed = [due for due in visit.now.schedule if due.state is DueState.MISSED]
    assert len(missed) == 2
    snapshot = visit.desk.explain_missed(visit.session, missed[0].at, "with another patient")
    assert snapshot.record.stamped(StampKind.MISSED)[0].words == "with another patient"
    assert finding_keys(snapshot)["monitor.missed"] is Level.STOP
    with pytest.raises(NotUnderstood, match="Write why the reading was missed"):
        visit.desk.explain_missed(visit.session, missed[0].at, " ")
    with pytest.raises(NotAllowed, match="No reading was missed at this time"):
        visit.desk.explain_missed(visit.session, visit.desk.now(), "busy")


def test_the_timeline_of_an_emergency_goes_on_after_the_transfer(running: Visit) -> None:
    visit = running
    for kind in (StampKind.EMS_CALLED, StampKind.CPR_STARTED, StampKind.SHOCK):
        visit.desk.stamp(visit.session, kind)
        visit.clock.advance(minutes=1)
    visit.desk.stop(visit.session, "12", "other")
    visit.desk.end(visit.session, "transferred", "to St. Peter's by ambulance")
    snapshot = visit.desk.stamp(visit.session, StampKind.DRUG, "adrenaline 0.5 mg IM by Dr. Menon", at="-1m")
    assert [one.kind for one in snapshot.record.stamps][-1] is StampKind.DRUG
    answered = visit.desk.answer(visit.session, "serious.life", "yes")
    assert "serious.event" in finding_keys(answered)


def test_a_stamp_does_not_void_the_signed_clearance_but_nothing_is_added_after_the_discharge(cleared: Visit) -> None:
    assert cleared.desk.stamp(cleared.session, StampKind.INTERRUPTION).record.signature(Meaning.CHECKED) is not None
    cleared.order()
    cleared.check_dose()
    cleared.desk.start(cleared.session)
    cleared.clock.advance(minutes=40)
    cleared.read("134/84 78 98 14 s5")
    cleared.desk.stop(cleared.session, "50")
    cleared.recover()
    for one in cleared.now.discharge.open_findings:
        cleared.decide(one.key)
    cleared.sign(Meaning.DISCHARGE)
    with pytest.raises(NotAllowed, match=r"This record is closed\. Nothing was changed\. A correction is an amendment"):
        cleared.desk.stamp(cleared.session, StampKind.INTERRUPTION)


def test_any_words_come_back_as_written(visit: Visit) -> None:
    for words in ("🩺" * 400, "\u0645\u062d\u0645\u062f", "a\nb", "Nguyễn <b>&</b> “quoted”"):
        assert visit.desk.stamp(visit.session, StampKind.NOTE, words).record.stamps[-1].words == words


def test_a_time_to_come_is_refused(visit: Visit) -> None:
    with pytest.raises(NotUnderstood):
        visit.desk.stamp(visit.session, StampKind.WORRY, at="23:30")
    assert visit.now.record.stamps == ()


def test_each_stamp_is_one_entry_of_the_nurse(visit: Visit) -> None:
    visit.desk.stamp(visit.session, StampKind.INTERRUPTION)
    (entry,) = [one for one in visit.desk._log(visit.session) if one.kind is EntryKind.ROW]
    assert (entry.item, entry.by, entry.body["kind"]) == ("stamp", visit.desk.me.id, "interruption")
    assert PASSWORD not in str(entry.body)


def test_15_who_wants_to_drive_away_is_asked_about_and_not_discharged_before_it_is_answered(running: Visit) -> None:
    def asked(snapshot: Snapshot) -> dict[str, bool]:
        items = snapshot.step("discharge").items
        return {one.item.id: one.answer is not None for one in items if one.item.id.startswith("drive.")}

    assert asked(running.now) == {}
    snapshot = running.desk.stamp(running.session, StampKind.DRIVING, "Has the keys in hand")
    assert snapshot.record.stamps[-1].words == "Has the keys in hand"
    assert asked(snapshot) == dict.fromkeys(("drive.told_by", "drive.keys", "drive.police", "drive.outcome"), False)
    assert {item.id for item in snapshot.discharge.missing} >= set(asked(snapshot))
    snapshot = running.answer_all({"drive.told_by": "R. Ortiz", "drive.keys": "given"})
    assert asked(snapshot)["drive.keys"]
    assert "drive.outcome" in {item.id for item in snapshot.discharge.missing}
