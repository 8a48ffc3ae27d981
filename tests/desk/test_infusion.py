"""The dose checked by two people; start, pauses, stop, and what was given."""

from collections.abc import Callable

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, EventKind, SessionState
from checklist.rules import dose
from tests.desk.visit import CHECK, PASSWORD, Visit


def given_mg(visit: Visit) -> str:
    got = dose.given(visit.desk._facts(visit.session))
    assert got is not None
    return str(got.given_mg)


def test_the_start_says_what_is_missing_before_anything_is_answered(visit: Visit) -> None:
    blockers = visit.desk.start_blockers(visit.now)
    assert blockers[0].startswith("Not cleared: ")
    assert blockers[1].startswith("Still to answer: Ordered dose per kg, ")
    with pytest.raises(NotAllowed, match=r"The infusion was not started: Not cleared"):
        visit.desk.start(visit.session)


def test_the_start_waits_for_signature_then_order_then_check(answered: Visit) -> None:
    answered.decide_all()
    assert answered.desk.start_blockers(answered.now)[0] == "The clearance is not signed yet."
    answered.sign()
    assert answered.desk.start_blockers(answered.now)[0].startswith("Still to answer")
    answered.order()
    assert answered.desk.start_blockers(answered.now) == ("No second person has checked the dose as it stands now.",)
    answered.check_dose()
    assert answered.desk.start_blockers(answered.now) == ()


def test_the_start_is_refused_when_the_room_is_not_ready(checked: Visit) -> None:
    checked.answer(ready__kit="no")
    with pytest.raises(NotAllowed, match="Not ready: mouth not empty, oximeter"):
        checked.desk.start(checked.session)


def test_an_infusion_starts_once(started: Visit) -> None:
    with pytest.raises(NotAllowed, match="already been started"):
        started.desk.start(started.session)


def test_the_person_who_entered_the_order_cannot_check_it(ordered: Visit) -> None:
    with pytest.raises(NotAllowed, match="A second person"):
        ordered.check_dose(user="ortiz")
    assert ordered.now.record.verifications == ()


@pytest.mark.parametrize(
    ("key", "text", "name"),
    [
        ("patient", "no", "patient"),
        ("drug", "esketamine", "drug"),
        ("weight", "68.4 lb", "weight"),
        ("mg", "32.4", "dose"),
        ("concentration", "10", "vial strength"),
        ("total_ml", "100", "volume of the bag"),
        ("rate", "57", "pump rate"),
    ],
)
def test_a_number_that_differs_is_recorded_and_the_start_stays_shut(
    ordered: Visit, key: str, text: str, name: str
) -> None:
    with pytest.raises(NotAllowed, match=f"does not agree: {name}"):
        ordered.check_dose(**{key: text})
    verification = ordered.now.record.verifications[0]
    assert not verification.agrees
    read = {"patient": "differs", "weight": "31"}.get(key, text)
    assert verification.values[key] == read
    assert ordered.desk.start_blockers(ordered.now)


@pytest.mark.parametrize("key", sorted(CHECK))
def test_everything_must_be_entered(ordered: Visit, key: str) -> None:
    with pytest.raises(NotUnderstood):
        ordered.check_dose(**{key: ""})
    assert ordered.now.record.verifications == ()


def test_an_order_begun_but_not_finished_is_not_checked(visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="cannot be checked yet: weight, dose, vial strength"):
        visit.check_dose()
    visit.answer(dose__minutes="40")
    with pytest.raises(NotAllowed, match="yet: weight, dose, vial strength, volume of the bag, pump rate"):
        visit.check_dose()


def test_a_rate_with_more_decimals_is_compared_as_the_pump_shows_it(cleared: Visit) -> None:
    cleared.order(dose__total_ml="50", dose__minutes="45")
    cleared.check_dose(rate="66.7")
    assert cleared.desk.start_blockers(cleared.now) == ()


def test_a_changed_dose_makes_the_check_void(checked: Visit) -> None:
    checked.answer(dose__mg="34")
    assert checked.desk.start_blockers(checked.now) == ("No second person has checked the dose as it stands now.",)


def test_a_changed_weight_makes_check_and_clearance_void(checked: Visit) -> None:
    blockers = checked.desk.start_blockers(checked.answer(vitals__weight="67.9"))
    assert "The clearance is not signed yet." in blockers
    assert "No second person has checked the dose as it stands now." in blockers


def test_a_check_that_failed_after_one_that_agreed_counts(checked: Visit) -> None:
    with pytest.raises(NotAllowed):
        checked.check_dose(mg="43.2")
    assert checked.desk.start_blockers(checked.now)


def test_an_administrator_alone_cannot_check_a_dose(ordered: Visit) -> None:
    from checklist.desk import NewStaff
    from checklist.model import Role

    ordered.desk.add_staff(NewStaff("admin", "A. Admin", "", frozenset({Role.ADMINISTRATOR})), PASSWORD)
    with pytest.raises(NotAllowed, match="no nurse or provider role"):
        ordered.check_dose(user="admin")


def test_the_whole_bag_is_the_whole_dose(given: Visit) -> None:
    assert given_mg(given) == "34.2"


def test_half_the_bag_is_half_the_dose(started: Visit) -> None:
    started.clock.advance(minutes=20)
    started.desk.stop(started.session, "25", "distress")
    assert given_mg(started) == "17.1"


def test_a_pause_keeps_the_volume_and_the_rest_follows(started: Visit) -> None:
    started.clock.advance(minutes=16)
    paused = started.desk.pause(started.session, "Panic", "20")
    assert paused.state is SessionState.PAUSED
    assert started.desk.board().rows[0].now_text.startswith("Paused, started since 10:42")
    started.clock.advance(minutes=5)
    assert started.desk.resume(started.session).state is SessionState.INFUSING
    started.clock.advance(minutes=24)
    started.desk.stop(started.session, "40")
    assert given_mg(started) == "27.36"
    events = [event.kind for event in started.now.record.events]
    assert events == [EventKind.STARTED, EventKind.PAUSED, EventKind.RESUMED, EventKind.STOPPED]


def test_a_volume_below_that_at_the_pause_is_refused(started: Visit) -> None:
    started.desk.pause(started.session, "Vomiting", "20")
    with pytest.raises(NotUnderstood, match="less than the 20 mL recorded at the pause"):
        started.desk.stop(started.session, "12")
    assert started.now.state is SessionState.PAUSED


def test_more_than_the_bag_is_refused(started: Visit) -> None:
    with pytest.raises(NotUnderstood, match="more than the 50 mL"):
        started.desk.stop(started.session, "500")


def test_a_stop_needs_its_volume_and_a_reason_of_the_list(started: Visit) -> None:
    with pytest.raises(NotUnderstood):
        started.desk.stop(started.session, "")
    with pytest.raises(NotUnderstood, match="not a reason of the list"):
        started.desk.stop(started.session, "50", "bored")
    assert started.now.state is SessionState.INFUSING


def test_a_pause_needs_a_reason(started: Visit) -> None:
    with pytest.raises(NotUnderstood, match="why"):
        started.desk.pause(started.session, "")


def test_events_come_in_their_order_only(visit: Visit) -> None:
    desk, session = visit.desk, visit.session
    every: list[Callable[[], object]] = [
        lambda: desk.pause(session, "Patient asks"),
        lambda: desk.resume(session),
        lambda: desk.stop(session, "1"),
    ]
    for too_early in every:
        with pytest.raises(NotAllowed, match="has not started"):
            too_early()
    visit.infuse()
    with pytest.raises(NotAllowed, match="running already"):
        desk.resume(session)
    desk.pause(session, "Patient asks")
    with pytest.raises(NotAllowed, match="paused already"):
        desk.pause(session, "Again")
    desk.stop(session, "30", "patient_request")
    for too_late in every:
        with pytest.raises(NotAllowed, match="has stopped already"):
            too_late()


@pytest.mark.parametrize("kind", ["cancelled", "no_show", "postponed", "left_ama", "transferred"])
def test_a_session_ends_before_its_time_with_a_reason(visit: Visit, kind: str) -> None:
    snapshot = visit.desk.end(visit.session, kind, "Snow, roads closed")
    assert snapshot.state is SessionState.ENDED
    assert "Snow, roads closed" in visit.desk.board().rows[0].now_text
    with pytest.raises(NotAllowed, match="closed"):
        visit.identify()
    with pytest.raises(NotAllowed, match="closed"):
        visit.desk.plan_start(visit.session, "now")


@pytest.mark.parametrize(("kind", "shown"), [("no_show", "Did not come: "), ("left_ama", "Left against advice: ")])
def test_the_board_says_how_it_ended(visit: Visit, kind: str, shown: str) -> None:
    visit.desk.end(visit.session, kind, "phoned")
    assert visit.desk.board().rows[0].now_text == f"{shown}phoned"
    assert visit.desk.board().summary == "1 session · 1 call due"


def test_an_end_needs_a_kind_and_a_reason(visit: Visit) -> None:
    with pytest.raises(NotUnderstood, match="not a way to end"):
        visit.desk.end(visit.session, "evaporated", "?")
    with pytest.raises(NotUnderstood, match="reason"):
        visit.desk.end(visit.session, "no_show", " ")


def test_a_running_infusion_is_stopped_before_the_session_ends(started: Visit) -> None:
    with pytest.raises(NotAllowed, match="Stop it first"):
        started.desk.end(started.session, "transferred", "Chest pain")
    started.desk.stop(started.session, "10", "distress")
    with pytest.raises(NotAllowed, match="was not cancelled"):
        started.desk.end(started.session, "cancelled", "Chest pain")
    assert started.desk.end(started.session, "transferred", "Chest pain").state is SessionState.ENDED


def test_a_patient_has_one_open_session(visit: Visit) -> None:
    patient = visit.now.patient.id
    with pytest.raises(NotAllowed, match=visit.now.record.session.record_id):
        visit.desk.new_session(patient)
    visit.desk.end(visit.session, "postponed", "Ill")
    assert visit.desk.new_session(patient).record.session.number == 4


@pytest.mark.parametrize("text", ["100", "-1", "six", "²"])
def test_a_number_of_sessions_is_a_whole_number(visit: Visit, text: str) -> None:
    other = visit.desk.find_patients("Lindqvist")[0].patient
    with pytest.raises(NotUnderstood, match="not a number of sessions"):
        visit.desk.new_session(other.id, course_total=text)


def test_a_first_visit_is_one_of_six_and_zero_means_maintenance(visit: Visit) -> None:
    desk = visit.desk
    first = desk.new_session(desk.find_patients("Lindqvist")[0].patient.id).record.session
    assert (first.count_text, first.phase, first.previous) == ("1 of 6", "induction", None)
    maintenance = desk.new_session(desk.find_patients("Delacruz")[0].patient.id, course_total="0").record.session
    assert (maintenance.count_text, maintenance.phase) == ("Maintenance", "maintenance")


def test_every_event_is_one_entry(started: Visit) -> None:
    log = started.desk._file.journal.entries(session=started.session, kinds=[EntryKind.EVENT])
    assert [entry.body["kind"] for entry in log] == ["started"]
