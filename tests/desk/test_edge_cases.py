"""The edge cases of reference.md, section 12, played through the desk; each test is named after its row."""

from datetime import timedelta
from pathlib import Path

import pytest

from checklist.desk import FrontDoor
from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import AnswerState, Choice, EntryKind, EventKind, Level, Meaning, SessionState, TimeValue
from checklist.rules import dose
from checklist.snapshot import DueState, Finding, Met, Snapshot, VerdictKind
from checklist.times import ManualClock, Moment, written_clock, written_length, written_time
from tests.desk.visit import CHEAP, PASSWORD, Visit, front_door, local
from tests.desk.written import CLINIC, NURSE, OKAFOR


def found(snapshot: Snapshot, key: str) -> Finding:
    return next(one for one in snapshot.findings if one.key == key)


def keys(snapshot: Snapshot) -> set[str]:
    return {one.key for one in snapshot.findings}


def unknown(visit: Visit, item: str, reason: str = "") -> Snapshot:
    return visit.desk.answer(visit.session, item, "", state=AnswerState.UNKNOWN, reason=reason)


def declined(visit: Visit, item: str, reason: str) -> Snapshot:
    return visit.desk.answer(visit.session, item, "", state=AnswerState.DECLINED, reason=reason)


# ---- before the start


def test_01_fasting_time_forgotten_holds_until_a_provider_decides(answered: Visit) -> None:
    snapshot = unknown(answered, "fasting.solids", "Asked patient and husband")
    assert found(snapshot, "fasting.solids").level is Level.HOLD
    assert found(snapshot, "fasting.solids").detail.startswith("Asked patient and husband.")
    assert snapshot.clearance.kind is VerdictKind.HELD
    assert answered.decide("fasting.solids").clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW


def test_01_an_estimated_range_is_judged_by_its_latest_end_and_shown_as_an_estimate(answered: Visit) -> None:
    snapshot = answered.answer(fasting__solids="between 05:00 and 07:20")
    value = snapshot.record.answers[found(snapshot, "fasting.solids").items[0]].value
    assert isinstance(value, TimeValue)
    assert (written_time(value.at), value.estimated) == ("07:20", True)
    assert found(snapshot, "fasting.solids").detail.endswith("The time is an estimate: approx 07:20.")
    assert snapshot.record.answers[found(snapshot, "fasting.solids").items[0]].typed == "between 05:00 and 07:20"


def test_02_ate_too_late_waits_is_moved_or_is_decided(answered: Visit) -> None:
    snapshot = answered.fast(solids="07:20")
    assert snapshot.earliest_start == local("2026-11-18 13:20")
    assert answered.desk.plan_start(answered.session, "13:20").clearance.passes
    answered.desk.plan_start(answered.session, "now")
    assert answered.decide("fasting.solids").clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW


def test_03_escort_unreachable_holds_before_the_start_and_keeps_each_try(answered: Visit) -> None:
    answered.answer(transport__where="not_reached")
    answered.clock.advance(minutes=10)
    snapshot = answered.answer(transport__where="not_reached")
    assert found(snapshot, "transport.where").level is Level.HOLD
    tries = snapshot.record.history[found(snapshot, "transport.where").items[0]]
    assert [written_time(one.entered) for one in tries] == ["10:42", "10:42", "10:52"]
    assert "transport.where" not in keys(answered.answer(transport__where="reached"))


def test_04_an_escort_who_changes_replaces_the_old_one_who_stays_in_the_history(answered: Visit) -> None:
    snapshot = answered.answer(transport__name="Ngozi Okafor", transport__phone="518-555-0177")
    item = next(one.item.id for one in snapshot.step("transport").items if one.item.id == "transport.name")
    assert [one.value for one in snapshot.record.history[item]] == ["Chidi Okafor", "Ngozi Okafor"]
    handover = next(one.item for one in snapshot.step("discharge").items if one.item.id == "discharge.escort")
    assert handover.label == "Ngozi Okafor is here and takes the patient home"


def test_05_a_blood_pressure_slightly_high_is_judged_by_the_repeat_and_both_stay(visit: Visit) -> None:
    visit.prepare("148/88 76 98 14 36.7")
    assert found(visit.now, "vitals.bp").level is Level.REVIEW
    visit.clock.advance(minutes=5)
    snapshot = visit.read("138/84 74 98 14 36.7")
    assert "vitals.bp" not in keys(snapshot)
    assert "138/84" in snapshot.step("vitals").summary
    assert snapshot.clearance.passes
    assert [one.sbp for one in snapshot.record.readings] == [148, 138]


def test_06_a_monitor_artefact_is_kept_and_left_out(answered: Visit) -> None:
    answered.clock.advance(minutes=2)
    snapshot = answered.read("184/96 76 98 14 36.7")
    assert snapshot.clearance.kind is VerdictKind.STOPPED
    snapshot = answered.desk.strike_reading(answered.session, snapshot.record.readings[-1].id, "Patient moved the arm")
    assert snapshot.clearance.passes
    assert (snapshot.record.readings[-1].sbp, snapshot.record.readings[-1].artefact) == (184, "Patient moved the arm")


def test_07_a_refused_item_is_a_review_with_its_reason_and_never_a_blank(answered: Visit) -> None:
    with pytest.raises(NotUnderstood, match="reason"):
        declined(answered, "screening.pregnancy", "")
    snapshot = declined(answered, "screening.pregnancy", "Says it cannot be")
    assert found(snapshot, "screening.pregnancy").level is Level.REVIEW
    assert found(snapshot, "screening.pregnancy").detail == "Says it cannot be."
    assert snapshot.clearance.missing == ()
    assert found(declined(answered, "vitals.weight", "Does not want to know"), "vitals.weight").level is Level.REVIEW


def test_08_not_applicable_differs_from_unanswered_and_from_no(answered: Visit) -> None:
    item = "cond.lung"
    snapshot = answered.desk.answer(
        answered.session, item, "", state=AnswerState.NOT_APPLICABLE, reason="Asked by the lung clinic"
    )
    assert found(snapshot, item).level is Level.REVIEW  # the item has a gate: the provider reads the reason
    assert found(snapshot, item).detail == "Asked by the lung clinic."
    assert answered.decide(item).clearance.passes
    again = answered.desk.answer(answered.session, "fasting.fluids", "", state=AnswerState.UNANSWERED)
    assert [one.id for one in again.clearance.missing] == ["fasting.fluids"]


def test_09_a_late_arrival_is_planned_anew_and_fasting_is_judged_again(visit: Visit) -> None:
    booked = visit.now.record.session
    visit.desk.plan_start(visit.session, "11:00")
    visit.prepare()
    visit.fast(fluids="09:30")
    assert visit.now.clearance.until == local("2026-11-18 11:30")
    visit.clock.advance(minutes=50)
    snapshot = visit.desk.plan_start(visit.session, "11:45")
    assert "fasting.fluids" in keys(snapshot)
    assert found(snapshot, "fasting.fluids").level is Level.CLEAR
    assert (snapshot.record.session.created, snapshot.record.session.id) == (booked.created, booked.id)


def test_16_the_same_or_a_similar_name_is_marked(visit: Visit) -> None:
    assert [row.same_name for row in visit.desk.find_patients("John")] == [True, True]
    assert not visit.desk.find_patients("Okafor")[0].same_name


def test_16_a_patient_found_alone_is_marked_when_a_similar_name_comes_today(visit: Visit) -> None:
    smyth = visit.desk.find_patients("Smyth")[0]
    assert not visit.desk.find_patients("Smith")[0].same_name
    visit.desk.new_session(smyth.patient.id, planned="now")
    assert visit.desk.find_patients("Smith")[0].same_name


def test_33_and_34_a_guardian_or_an_interpreter_is_named_before_the_start(answered: Visit) -> None:
    asked = {
        "guardian": ["helper_name", "authority", "signed"],
        "interpreter": ["helper_name", "language", "interpreter", "interpreter_mode"],
    }
    for help_, names in asked.items():
        snapshot = answered.answer(identity__help=help_)
        assert [one.id.partition(".")[2] for one in snapshot.clearance.missing] == names
    answered.answer(identity__helper_name="Interpreter 4471", identity__language="Igbo")
    snapshot = answered.answer(identity__interpreter="professional", identity__interpreter_mode="video")
    assert snapshot.clearance.passes


# ---- the provider


def test_22_and_24_a_verbal_order_counts_when_it_was_read_back_and_names_who_gave_it(visit: Visit) -> None:
    visit.prepare("148/88 76 98 14 36.7")
    desk, session = visit.desk, visit.session
    with pytest.raises(NotAllowed, match="read back"):
        desk.decide(
            session, "vitals.bp", Choice.PROCEED, "Start", user="ortiz", password=PASSWORD, verbal_from="Dr. A. Menon"
        )
    snapshot = desk.decide(
        session, "vitals.bp", Choice.PROCEED, "Start", user="ortiz", password=PASSWORD, verbal_from="dr. a. menon",
        read_back=True,
    )  # fmt: skip
    decision = snapshot.record.decisions[-1]
    assert (decision.verbal_from, decision.read_back, decision.by) == ("Dr. A. Menon", True, visit.desk.me.id)
    assert snapshot.clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW


def test_23_a_provider_overrides_with_own_password_and_reason_and_a_nurse_cannot(visit: Visit) -> None:
    visit.prepare("165/88 76 98 14 36.7")
    before = found(visit.now, "vitals.bp")
    with pytest.raises(NotAllowed):
        visit.desk.decide(visit.session, "vitals.bp", Choice.PROCEED, "Fine", user="lee", password=PASSWORD)
    snapshot = visit.decide("vitals.bp", reason="Usual for this patient; re-check at 20 min")
    decision = found(snapshot, "vitals.bp").decision
    assert decision is not None
    assert (decision.fingerprint, decision.reason) == (before.fingerprint, "Usual for this patient; re-check at 20 min")
    assert "165/88" in before.title


# ---- the infusion


def test_10_a_pause_keeps_times_reason_and_volume_and_moves_the_end(started: Visit) -> None:
    planned = [due.at for due in started.now.schedule]
    started.clock.advance(minutes=16)
    started.desk.pause(started.session, "Panic", "20")
    started.clock.advance(minutes=5)
    snapshot = started.desk.resume(started.session)
    paused = snapshot.record.event(EventKind.PAUSED)
    assert paused is not None
    assert (paused.detail["reason"], paused.detail["infused_ml"]) == ("Panic", "20")
    assert max(due.at for due in snapshot.schedule).since(max(planned)) == timedelta(minutes=5)


def test_11_stopped_early_computes_what_was_given_and_leaves_the_order(started: Visit) -> None:
    started.clock.advance(minutes=24)
    snapshot = started.desk.stop(started.session, "30", "vomiting")
    got = dose.given(started.desk._facts(started.session))
    order = dose.order(started.desk._facts(started.session))
    assert got is not None
    assert order is not None
    assert (str(got.given_mg), str(got.not_given_mg), str(order.ordered_mg)) == ("20.52", "13.68", "34.2")
    stopped = snapshot.record.event(EventKind.STOPPED)
    assert stopped is not None
    assert stopped.detail["reason"] == "vomiting"


def test_18_the_night_the_clocks_go_back_changes_no_length(front: FrontDoor, night: ManualClock) -> None:
    desk = front.sign_in("ortiz", PASSWORD)
    visit = Visit.begin(desk, night)
    visit.identify()
    snapshot = visit.answer(fasting__solids="yesterday 21:00", fasting__fatty="no")
    assert found(snapshot, "fasting.solids").title == "Last solid food 5hr 30min before the start"
    night.advance(minutes=60)
    assert written_clock(visit.now.now, visit.now.now.local.date()) == "02:30"
    assert found(visit.now, "fasting.solids").title == "Solids 6hr 30min"
    desk.close()


@pytest.fixture
def night() -> ManualClock:
    """01:30 for the second time, on the night to 1 November 2026."""
    return ManualClock(Moment.stored("2026-11-01T01:30:00.000000-05:00[America/New_York]"))


@pytest.fixture
def front(door: FrontDoor, night: ManualClock) -> FrontDoor:
    return front_door(door.folder, night)


def test_27_a_missed_reading_is_never_filled_and_two_in_a_row_call_the_provider(started: Visit) -> None:
    started.read("134/84 78 98 14 s5")
    started.clock.advance(minutes=31)
    snapshot = started.now
    missed = [due for due in snapshot.schedule if due.state is DueState.MISSED]
    assert [written_time(due.at) for due in missed] == ["10:52", "11:02"]
    assert all(due.reading is None for due in missed)
    assert any(one.level is Level.STOP and "missed" in one.title.lower() for one in snapshot.findings)


def test_21_a_late_entry_keeps_when_it_was_observed_and_when_it_was_entered(started: Visit) -> None:
    started.clock.advance(minutes=30)
    snapshot = started.read("1052 140/86 80 98 14 s4")
    reading = snapshot.record.readings[-1]
    assert (written_time(reading.observed), written_time(reading.entered)) == ("10:52", "11:12")
    assert written_length(reading.entered.since(reading.observed)) == "20min"


def test_31_a_weight_changed_after_the_double_check_voids_it(checked: Visit) -> None:
    snapshot = checked.answer(vitals__weight="70")
    blockers = checked.desk.start_blockers(snapshot)
    assert "No second person has checked the dose as it stands now." in blockers
    assert snapshot.record.signature(Meaning.CHECKED) is None


def test_30_a_unit_slip_is_asked_and_both_units_are_kept(visit: Visit) -> None:
    visit.identify()
    with pytest.raises(NeedsConfirmation, match="lb"):
        visit.answer(vitals__weight="151")
    snapshot = visit.answer(vitals__weight="151 lb")
    item = next(one.item.id for one in snapshot.step("vitals").items if one.item.id == "vitals.weight")
    answer = snapshot.record.answers[item]
    assert answer.typed == "151 lb"
    assert str(getattr(answer.value, "value", ""))[:5] == "68.49"
    with pytest.raises(NeedsConfirmation, match="°F"):
        visit.read("128/80 72 98 14 98.6")


def test_25_a_nurse_hands_over_and_later_entries_are_the_other_s(visit: Visit) -> None:
    visit.identify()
    visit.desk.unlock("lee", PASSWORD)
    snapshot = visit.fast()
    by = {item: answer.by for item, answer in snapshot.record.answers.items()}
    names = {item: snapshot.name_of(by[item]) for item in by}
    assert {names[item] for item in by if item.startswith("identity.")} == {"R. Ortiz, RN"}
    assert {names[item] for item in by if item.startswith("fasting.")} == {"S. Lee, RN"}


def test_29_after_a_power_cut_the_session_goes_on_where_it_was(visit: Visit, door: FrontDoor) -> None:
    visit.infuse()
    visit.read("134/84 78 98 14 s5")
    before = visit.now.record
    visit.desk.close()
    visit.clock.advance(minutes=12)
    again = door.sign_in("lee", PASSWORD)
    snapshot = again.open(visit.session)
    assert snapshot.record == before
    assert snapshot.state is SessionState.INFUSING
    again.close()


# ---- leaving


def test_14_leaving_against_advice_ends_the_session_and_is_no_discharge(given: Visit) -> None:
    given.read("130/82 74 98 14 s5")
    with pytest.raises(NotUnderstood, match="reason"):
        given.desk.end(given.session, "left_ama", " ")
    snapshot = given.desk.end(given.session, "left_ama", "“I have to be at work.” Risks told, escort called.")
    assert snapshot.state is SessionState.ENDED
    ended = snapshot.record.event(EventKind.ENDED)
    assert ended is not None
    assert ended.detail["kind"] == "left_ama"
    assert snapshot.record.signature(Meaning.DISCHARGE) is None


def test_28_an_emergency_transfer_needs_the_pump_to_be_stopped_and_keeps_its_words(started: Visit) -> None:
    with pytest.raises(NotAllowed, match="Stop it first"):
        started.desk.end(started.session, "transferred", "911 called 11:02")
    started.desk.stop(started.session, "20", "bp")
    snapshot = started.desk.end(started.session, "transferred", "911 called 11:02, arrived 11:09")
    ended = snapshot.record.event(EventKind.ENDED)
    assert ended is not None
    assert ended.detail == {"kind": "transferred", "reason": "911 called 11:02, arrived 11:09"}


def test_03_at_discharge_a_patient_without_the_escort_stays_until_a_provider_decides(recovered: Visit) -> None:
    snapshot = recovered.answer(discharge__escort="no")
    assert not snapshot.discharge.passes
    assert next(one for one in snapshot.criteria if one.key == "escort").met is Met.NOT_MET
    with pytest.raises(NotAllowed):
        recovered.sign(Meaning.DISCHARGE)
    key = next(one.finding.key for one in snapshot.criteria if one.key == "escort" and one.finding)
    assert recovered.decide(key, reason="Sister takes over at 13:00, stays in the lounge").discharge.passes


def test_38_criteria_met_but_the_patient_sleeps_is_no_discharge(given: Visit) -> None:
    assert given.recover().discharge.passes
    given.clock.advance(minutes=5)
    snapshot = given.read("128/80 66 98 12 s3")
    assert not snapshot.discharge.passes
    given.clock.advance(minutes=5)
    assert given.read("128/80 70 98 14 s5").discharge.passes


def test_32_an_infusion_over_midnight_prints_dates_with_its_times(front: FrontDoor) -> None:
    evening = ManualClock(local("2026-11-18 23:40"))
    desk = front_door(front.folder, evening).sign_in("ortiz", PASSWORD)
    visit = Visit.begin(desk, evening)
    visit.prepare()
    visit.fast(solids="12:00", fluids="20:00")
    evening.advance(minutes=30)
    assert written_clock(visit.now.record.session.planned, visit.now.now.local.date()) == "Yesterday 23:40"
    assert found(visit.now, "fasting.fluids").title == "Clear fluids 4hr 10min"
    desk.close()


def test_36_a_forgotten_password_leaves_what_was_entered_under_its_name(visit: Visit) -> None:
    visit.identify()
    visit.desk.unlock("lee", PASSWORD)
    snapshot = visit.fast()
    assert {snapshot.name_of(one.by) for one in snapshot.record.answers.values()} == {"R. Ortiz, RN", "S. Lee, RN"}


# ---- the program itself


def test_19_a_pc_clock_set_back_is_noted_beside_the_entries(visit: Visit) -> None:
    visit.identify()
    visit.clock.jump(hours=-1)
    visit.answer(fasting__fatty="no")
    entries = visit.desk._file.journal.entries()
    notes = [entry.body for entry in entries if entry.kind is EntryKind.CLOCK]
    assert [note["seconds_back"] for note in notes if "seconds_back" in note] == [3600]
    assert [note["jump_seconds"] for note in notes if "jump_seconds" in note] == [-3600]
    assert [entry.seq for entry in entries] == sorted(entry.seq for entry in entries)


def test_37_practice_is_a_file_of_its_own_and_says_so(tmp_path: Path, clock: ManualClock) -> None:
    here = FrontDoor(tmp_path / "practice", clock=clock, practice=True, workstation="front-desk", cost=CHEAP)
    desk = here.create(CLINIC, NURSE, PASSWORD)
    patient = desk.add_patient(OKAFOR)
    assert desk.new_session(patient.id).practice
    desk.close()
    assert FrontDoor(tmp_path, clock=clock, practice=False, workstation="front-desk").is_new
