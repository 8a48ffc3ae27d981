"""What a tired, hurried or careless person could do at the desk, and what the desk does then."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from checklist.desk import Desk, NewStaff, PatientDraft
from checklist.errors import NotAllowed
from checklist.model import AllergyState, Choice, EntryKind, EventKind, Meaning, Role, Stage
from checklist.snapshot import Snapshot
from tests.desk.visit import PASSWORD, RECOVERED, Visit
from tests.desk.written import OKAFOR

VERIFIED_ALREADY = "No second person has checked the dose as it stands now."


def change_patient(visit: Visit, **changes: object) -> Snapshot:
    visit.desk.edit_patient(visit.now.patient.id, replace(OKAFOR, **changes))  # type: ignore[arg-type]
    return visit.now


def by_telephone(visit: Visit, key: str, provider: str, taker: str = "ortiz") -> Snapshot:
    return visit.desk.decide(
        visit.session, key, Choice.PROCEED, "Go on", user=taker, password=PASSWORD, verbal_from=provider, read_back=True
    )


def events(visit: Visit) -> list[EventKind]:
    return [one.kind for one in visit.now.record.events]


# ---- the start is judged for the time it happens


def test_an_infusion_planned_for_1400_does_not_start_at_1042(visit: Visit) -> None:
    visit.desk.plan_start(visit.session, "14:00")
    visit.clear()
    visit.order()
    visit.check_dose()
    assert visit.desk.start_blockers(visit.now) == ("Planned for 14:00. Move the planned start to now first.",)
    with pytest.raises(NotAllowed, match="Move the planned start to now first"):
        visit.desk.start(visit.session)
    visit.desk.plan_start(visit.session, "now")
    assert events(visit) == []
    visit.desk.start(visit.session)
    assert events(visit) == [EventKind.STARTED]


def test_fasting_that_is_enough_tomorrow_does_not_let_the_pump_run_today(visit: Visit) -> None:
    visit.desk.plan_start(visit.session, "tomorrow 10:00")
    visit.prepare()
    visit.fast(solids="09:30")
    visit.decide_all()
    visit.sign()
    visit.order()
    visit.check_dose()
    with pytest.raises(NotAllowed, match="Move the planned start"):
        visit.desk.start(visit.session)
    visit.desk.plan_start(visit.session, "now")
    with pytest.raises(NotAllowed, match="Cannot start before 15:30"):
        visit.desk.start(visit.session)


# ---- the order that was given stays as it was given


@pytest.mark.parametrize("item", ["dose.mg", "dose.total_ml", "dose.diluent", "dose.mg_per_kg"])
def test_the_order_of_a_running_infusion_is_not_rewritten(started: Visit, item: str) -> None:
    before = started.now.answer(item)
    with pytest.raises(NotAllowed, match="started with this order"):
        started.answer_all({item: "dextrose" if item == "dose.diluent" else "60"})
    with pytest.raises(NotAllowed, match="started with this order"):
        started.desk.same_as_last(started.session, "infusion")
    assert started.now.answer(item) == before


def test_a_witness_of_waste_signs_what_was_given_too(started: Visit) -> None:
    started.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    started.sign(Meaning.WITNESSED_WASTE, user="lee")
    assert started.now.record.signature(Meaning.WITNESSED_WASTE) is not None
    started.desk.stop(started.session, "20", "distress")
    assert started.now.record.signature(Meaning.WITNESSED_WASTE) is None


# ---- who the patient is


@pytest.mark.parametrize(
    "change",
    [
        {"family": "Zimmer"},
        {"given": "Bola"},
        {"born": "01-Jan-1950"},
        {"allergies": "Ketamine: anaphylaxis"},
        {"allergy_state": AllergyState.NONE_KNOWN, "allergies": ""},
    ],
)
def test_another_identity_makes_clearance_and_dose_check_void(checked: Visit, change: dict[str, object]) -> None:
    snapshot = change_patient(checked, **change)
    assert snapshot.record.signature(Meaning.CHECKED) is None
    assert VERIFIED_ALREADY in checked.desk.start_blockers(snapshot)
    with pytest.raises(NotAllowed):
        checked.desk.start(checked.session)


def test_a_new_telephone_number_leaves_the_clearance_signed(cleared: Visit) -> None:
    assert change_patient(cleared, phone="518-555-0199").record.signature(Meaning.CHECKED) is not None


def test_a_signed_record_keeps_the_name_it_was_signed_with(visit: Visit, desk: Desk) -> None:
    earlier = desk.sessions_of(visit.now.patient.id)[0].id
    change_patient(visit, family="Smithson", born="01-Jan-1999")
    assert visit.now.patient.display_name == "SMITHSON, Amara (Ms)"
    closed = desk.open(earlier)
    assert (closed.patient.display_name, closed.patient.born.year) == ("OKAFOR, Amara (Ms)", 1986)
    assert not any(one.void for one in closed.record.signatures)


# ---- the PC's clock


def test_a_pc_clock_set_forward_is_noted_once_and_said_on_the_board(visit: Visit) -> None:
    visit.identify()
    assert visit.desk.clock_changes() == ()
    visit.clock.jump(hours=4)
    notices = [one.title for one in visit.desk.board().notices]
    assert notices == ["The PC's clock was set 4hr forward, to 14:42"]
    visit.fast()
    visit.arrange_transport()
    notes = visit.desk._file.journal.entries(kinds=[EntryKind.CLOCK])
    assert [one.body["jump_seconds"] for one in notes] == [4 * 3600]


def test_a_minute_put_right_by_the_time_server_is_no_jump(visit: Visit) -> None:
    visit.clock.jump(seconds=59)
    visit.identify()
    assert visit.desk.clock_changes() == ()
    assert visit.desk._file.journal.entries(kinds=[EntryKind.CLOCK]) == ()


def test_a_reading_after_the_start_is_no_baseline_though_the_clock_was_set_back(started: Visit) -> None:
    started.clock.jump(hours=-1)
    assert started.read("134/84 78 98 14 s5").record.valid_readings(Stage.INFUSION)
    started.clock.advance(minutes=40)
    started.desk.stop(started.session, "50")
    started.clock.jump(hours=-1)
    readings = started.read("130/82 74 98 14 s5").record.readings
    assert sorted(one.stage for one in readings) == ["baseline", "infusion", "recovery"]


def test_a_reading_with_its_own_time_before_the_start_is_a_baseline(started: Visit) -> None:
    started.clock.advance(minutes=5)
    readings = started.read("10:30 130/82 74 98 14 36.6").record.valid_readings(Stage.BASELINE)
    assert len(readings) == 2


# ---- going on after an alarm


def test_a_paused_infusion_goes_on_after_a_stop_sign_only_when_a_provider_says_so(started: Visit) -> None:
    snapshot = started.desk.record_reading(started.session, "134/84 78 84 14 s2", confirmed=True)
    alarms = [one for one in snapshot.findings if one.key.startswith("monitor.") and one.level == "stop"]
    assert alarms
    started.desk.pause(started.session, "Drowsy, SpO2 84")
    with pytest.raises(NotAllowed, match=r"The infusion was not resumed: .*A provider decides"):
        started.desk.resume(started.session)
    for alarm in alarms:
        started.decide(alarm.key, reason="Awake again on oxygen")
    started.desk.resume(started.session)
    assert events(started)[-1] is EventKind.RESUMED


# ---- orders by telephone


@pytest.mark.parametrize("name", ["Dr. A. Menon", "menon", "DR. A.  MENON, md"])
def test_an_order_by_telephone_names_a_provider_of_the_clinic(visit: Visit, name: str) -> None:
    visit.prepare("142/88 76 98 14 36.7")
    decision = by_telephone(visit, "vitals.bp", name).record.decisions[-1]
    provider = visit.desk.people_with(Role.PROVIDER)[0]
    assert (decision.verbal_from, decision.provider, decision.by) == ("Dr. A. Menon", provider.id, visit.desk.me.id)


@pytest.mark.parametrize("name", ["?", "R. Ortiz", "S. Lee", "Dr. Shah"])
def test_an_order_by_telephone_from_nobody_is_refused_with_the_list(visit: Visit, name: str) -> None:
    visit.prepare("142/88 76 98 14 36.7")
    with pytest.raises(NotAllowed, match=r"Write one of these names: Dr\. A\. Menon, MD\."):
        by_telephone(visit, "vitals.bp", name)
    assert visit.now.record.decisions == ()


def test_a_provider_takes_no_telephone_order_from_herself(visit: Visit) -> None:
    visit.prepare("142/88 76 98 14 36.7")
    with pytest.raises(NotAllowed, match="is not a provider who can give"):
        by_telephone(visit, "vitals.bp", "Dr. A. Menon", taker="menon")


def test_what_keeps_nobody_from_going_on_is_not_decided(answered: Visit) -> None:
    clear = next(one for one in answered.now.findings if one.level == "clear")
    with pytest.raises(NotAllowed, match="needs no decision"):
        answered.decide(clear.key, Choice.POSTPONE, "Not today")
    assert answered.now.record.decisions == ()


# ---- who may write


def as_clerk(visit: Visit) -> None:
    visit.desk.add_staff(NewStaff("clerk", "C. Clerk", "", frozenset({Role.ADMINISTRATOR})), PASSWORD)
    visit.desk.unlock("clerk", PASSWORD)


CLINICAL_ACTS: list[Callable[[Visit], object]] = [
    lambda visit: visit.identify(),
    lambda visit: visit.read("134/84 78 98 14 s5"),
    lambda visit: visit.desk.add_medicine(visit.session, "sertraline 100 mg"),
    lambda visit: visit.desk.record_effect(visit.session, "nausea 1"),
    lambda visit: visit.desk.start(visit.session),
    lambda visit: visit.desk.end(visit.session, "cancelled", "Snow"),
]


@pytest.mark.parametrize("act", CLINICAL_ACTS)
def test_a_clerk_does_nothing_clinical(checked: Visit, act: Callable[[Visit], object]) -> None:
    as_clerk(checked)
    before = checked.now.record
    with pytest.raises(NotAllowed, match=r"C\. Clerk has no nurse or provider role"):
        act(checked)
    assert checked.now.record == before


def test_a_clerk_books_moves_and_prints(visit: Visit) -> None:
    as_clerk(visit)
    patient = visit.desk.add_patient(PatientDraft("Kowalska", "Zofia", "02-Feb-1990"))
    session = visit.desk.new_session(patient.id, "14:00").record.session.id
    assert visit.desk.plan_start(session, "15:00").record.session.planned.local.hour == 15
    assert visit.desk.printed(session, "checklist").record.prints == ("checklist",)


# ---- the second person


def test_who_entered_any_part_of_the_order_does_not_check_it(cleared: Visit) -> None:
    cleared.desk.unlock("lee", PASSWORD)
    cleared.order()
    cleared.desk.unlock("ortiz", PASSWORD)
    cleared.answer(dose__mg="34.2")
    for user, part in (("lee", "S. Lee, RN entered"), ("ortiz", "R. Ortiz, RN entered")):
        with pytest.raises(NotAllowed, match=part):
            cleared.check_dose(user=user)
    assert cleared.now.record.verifications == ()
    cleared.check_dose(user="menon")
    assert cleared.desk.start_blockers(cleared.now) == ()


def test_who_brought_the_order_back_from_last_time_does_not_check_it(ordered: Visit) -> None:
    ordered.desk.unlock("lee", PASSWORD)
    ordered.desk.same_as_last(ordered.session, "infusion")
    with pytest.raises(NotAllowed, match=r"S\. Lee, RN entered"):
        ordered.check_dose(user="lee")


def test_a_number_entered_again_after_the_check_needs_another_check(checked: Visit) -> None:
    checked.desk.unlock("lee", PASSWORD)
    checked.answer(dose__mg="40")
    checked.answer(dose__mg="34.2")
    assert checked.desk.start_blockers(checked.now) == (VERIFIED_ALREADY,)


# ---- leaving before it is over


def stopped_early(started: Visit, line: str) -> None:
    started.clock.advance(minutes=10)
    started.desk.stop(started.session, "12", "patient_request")
    if line:
        started.desk.record_reading(started.session, line, confirmed=True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("130/82 74 98 14 s4", r"MOAA/S was 4 at 10:52\."),
        ("130/82 74 98 14 s5 d2", r"Dissociation was 2 at 10:52\."),
        ("130/82 74 98 14", r"MOAA/S was not recorded since the start\."),
    ],
)
def test_a_drowsy_or_dissociated_patient_leaves_against_advice_only_with_a_provider(
    started: Visit, line: str, said: str
) -> None:
    stopped_early(started, line)
    for credentials in ({}, {"user": "lee", "password": PASSWORD}):
        with pytest.raises(NotAllowed, match="provider" if credentials else f"{said} A provider judges"):
            started.desk.end(started.session, "left_ama", "Walked out", **credentials)
    assert EventKind.ENDED not in events(started)
    snapshot = started.desk.end(started.session, "left_ama", "Walked out", user="menon", password=PASSWORD)
    ended = snapshot.record.event(EventKind.ENDED)
    assert ended is not None
    assert snapshot.name_of(ended.by) == "Dr. A. Menon, MD"


def test_an_awake_and_lucid_patient_leaves_against_advice_with_the_nurse(started: Visit) -> None:
    stopped_early(started, "130/82 74 98 14 s5 d0")
    assert started.desk.end(started.session, "left_ama", "Walked out").record.event(EventKind.ENDED)


def test_waste_readings_and_effects_are_still_written_after_the_patient_left(started: Visit) -> None:
    stopped_early(started, "130/82 74 98 14 s5 d0")
    started.desk.end(started.session, "left_ama", "Walked out")
    started.answer(waste__drawn_mg="50", waste__wasted_mg="41.8")
    started.sign(Meaning.WITNESSED_WASTE, user="lee")
    started.read("128/80 72 98 14 s5")
    record = started.desk.record_effect(started.session, "dizziness 1").record
    assert (len(record.effects), record.readings[-1].stage) == (1, Stage.RECOVERY)
    assert record.signature(Meaning.WITNESSED_WASTE) is not None
    for item in ("discharge.mood", "dose.mg"):
        with pytest.raises(NotAllowed, match="closed"):
            started.answer_all({item: RECOVERED.get(item, "20")})


# ---- small things


def test_a_struck_reading_keeps_who_took_it(visit: Visit) -> None:
    taken = visit.measure().record.readings[0]
    visit.desk.unlock("lee", PASSWORD)
    struck = visit.desk.strike_reading(visit.session, taken.id, "Cuff slipped").record.readings[0]
    assert (struck.by, struck.artefact) == (taken.by, "Cuff slipped")
    assert visit.desk._log(visit.session)[-1].by == visit.desk.me.id
