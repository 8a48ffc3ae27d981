"""The routine case: a returning patient with nothing new, from the door to the way home."""

from collections.abc import Callable

import pytest

from checklist.errors import NotAllowed
from checklist.model import AnswerState, EventKind, Level, Meaning, SessionState
from checklist.snapshot import VerdictKind
from checklist.times import written_time
from tests.desk.visit import PASSWORD, RECOVERED, Visit, front_door


def test_the_fourth_of_six_follows_from_the_third(visit: Visit) -> None:
    session = visit.now.record.session
    assert (session.number, session.course_total, session.phase) == (4, 6, "induction")
    assert session.record_id == "S-2026-0002"
    assert visit.now.patient.display_name == "OKAFOR, Amara (Ms)"
    assert visit.desk.last_visit_text(visit.now) == "11-Nov-2026"


def test_a_session_just_made_is_expected_and_everything_is_open(visit: Visit) -> None:
    assert visit.now.state is SessionState.EXPECTED
    assert visit.now.clearance.kind is VerdictKind.INCOMPLETE
    assert visit.now.record.answers == {}


def test_the_routine_case_from_arrival_to_discharge(visit: Visit) -> None:
    states = [visit.identify().state]
    visit.prepare()
    states.append(visit.decide_all().state)
    assert visit.now.clearance.passes
    states.append(visit.sign().state)
    visit.order()
    visit.check_dose()
    states.append(visit.desk.start(visit.session).state)
    for _ in range(4):
        visit.read("134/84 78 98 14 s5")
        visit.clock.advance(minutes=10)
    states.append(visit.desk.stop(visit.session, "50").state)
    states.append(visit.recover().state)
    states.append(visit.sign(Meaning.DISCHARGE).state)
    assert states == [
        SessionState.PRE_SESSION,
        SessionState.PRE_SESSION,
        SessionState.CLEARED,
        SessionState.INFUSING,
        SessionState.OBSERVING,
        SessionState.READY_TO_LEAVE,
        SessionState.DISCHARGED,
    ]


def test_consent_date_and_height_stand_from_last_time_and_observations_do_not(visit: Visit) -> None:
    snapshot = visit.identify()
    consent = {str(view.item.id): view for view in snapshot.step("identity").items}
    assert consent["consent.date"].carried
    vitals = {str(view.item.id): view for view in snapshot.step("vitals").items}
    assert vitals["vitals.height"].carried
    assert vitals["vitals.weight"].answer is None


def test_conditions_stand_once_no_change_was_answered(visit: Visit) -> None:
    def condition() -> bool:
        return any(view.item.id == "cond.cardiac" and view.carried for view in visit.now.step("screening").items)

    assert not condition()
    visit.answer(screening__change="no")
    assert condition()
    visit.answer(screening__change="yes")
    assert not condition()


def test_the_board_follows_the_patient_home(visit: Visit) -> None:
    board = visit.desk.board
    assert (board().rows[0].status, board().rows[0].now_text) == ("Expected", "Not begun")
    visit.clear()
    assert (board().rows[0].status, board().rows[0].action) == ("Cleared", "Start infusion")
    visit.order()
    visit.check_dose()
    visit.desk.start(visit.session)
    assert board().rows[0].now_text == "Infusing since 10:42 · next vitals in 10min"
    for _ in range(4):
        visit.read("134/84 78 98 14 s5")
        visit.clock.advance(minutes=10)
    visit.desk.stop(visit.session, "50")
    visit.recover()
    assert board().rows[0].status == "Ready to leave"
    visit.sign(Meaning.DISCHARGE)
    assert board().rows[0].now_text == "Discharged 11:52 with Chidi Okafor"
    assert board().rows[0].level is Level.CLEAR
    assert board().summary == "1 session · 1 call due"


@pytest.mark.parametrize("item", sorted(RECOVERED.keys() - {"waste.wasted_mg"}))
def test_discharge_is_refused_while_one_criterion_is_open(observed: Visit, item: str) -> None:
    observed.answer_all({name: text for name, text in RECOVERED.items() if name != item})
    assert observed.desk.discharge_blockers(observed.now)
    with pytest.raises(NotAllowed, match="cannot be signed yet"):
        observed.sign(Meaning.DISCHARGE)
    assert observed.now.record.signatures[-1].meaning is Meaning.CHECKED


def test_discharge_is_refused_before_the_minimum_time(given: Visit) -> None:
    given.read("140/86 82 97 14 s4")
    given.clock.advance(minutes=29)
    given.read("130/82 74 98 14 s5")
    given.answer_all(RECOVERED)
    with pytest.raises(NotAllowed):
        given.sign(Meaning.DISCHARGE)
    given.clock.advance(minutes=1)
    assert given.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_a_provider_decides_on_an_escort_who_is_not_there(recovered: Visit) -> None:
    recovered.answer(discharge__escort="no")
    finding = next(one for one in recovered.now.discharge.open_findings if one.key == "discharge.escort")
    recovered.decide(finding.key, reason="Husband on the phone, waits at the door")
    assert recovered.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_the_patient_is_handed_to_the_escort_of_now(visit: Visit) -> None:
    visit.give()
    assert visit.recover().discharge.passes
    changed = visit.answer(transport__name="Ada Okafor", transport__phone="518-555-0199")
    assert "Escort is here" in changed.discharge.sentence
    with pytest.raises(NotAllowed, match="Escort is here"):
        visit.sign(Meaning.DISCHARGE)
    visit.answer(discharge__escort="yes")
    assert visit.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_nobody_leaves_without_a_way_home_whatever_was_ticked(recovered: Visit) -> None:
    recovered.answer(transport__plan="none", discharge__escort="yes")
    with pytest.raises(NotAllowed, match="No transport home"):
        recovered.sign(Meaning.DISCHARGE)
    recovered.decide("transport.plan", reason="Admitted next door, a nurse walks along")
    assert recovered.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_an_escort_whose_identity_was_not_seen_is_for_the_provider(recovered: Visit) -> None:
    assert not recovered.answer(handover__id_seen="no").discharge.passes
    recovered.decide("handover.id_seen", reason="Known to us for years")
    assert recovered.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("vomiting 2", "Nausea controlled"),
        ("dizziness 2", "Walks steadily"),
        ("fall 2", "Walks steadily"),
        ("dissociation 2", "Dissociation 1 or less"),
        ("confusion 2", "Awake and oriented"),
        ("allergic 2", "No other side effect of grade 2 or more"),
    ],
)
def test_a_side_effect_that_lasts_is_decided_before_the_patient_leaves(recovered: Visit, line: str, title: str) -> None:
    recovered.desk.record_effect(recovered.session, line)
    with pytest.raises(NotAllowed, match=title):
        recovered.sign(Meaning.DISCHARGE)
    (found,) = recovered.now.discharge.open_findings
    recovered.decide(found.key, reason="Husband is a nurse")
    assert recovered.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_a_pressure_that_was_not_for_today_is_still_a_providers_when_it_comes_down(visit: Visit) -> None:
    visit.prepare("184/96 76 98 14 36.7")
    visit.clock.advance(minutes=2)
    visit.desk.record_reading(visit.session, "bp 138/84", confirmed=True)
    with pytest.raises(NotAllowed, match="must be reviewed"):
        visit.sign()
    visit.decide_all()
    assert visit.sign().record.signature(Meaning.CHECKED) is not None


def test_a_meal_of_which_nobody_said_what_it_was_keeps_the_start_for_eight_hours(visit: Visit) -> None:
    visit.prepare()
    visit.desk.answer(visit.session, "fasting.fatty", "", state=AnswerState.UNKNOWN)
    snapshot = visit.answer(fasting__solids="04:00")
    assert snapshot.earliest_start is not None
    assert written_time(snapshot.earliest_start) == "12:00"
    with pytest.raises(NotAllowed, match="8hr if fatty or fried; 10:00 if not"):
        visit.sign()


@pytest.mark.parametrize(
    "item",
    ["substances.last24", "screening.change"],
)
def test_each_question_of_the_day_is_asked_before_the_clearance_is_signed(visit: Visit, item: str) -> None:
    visit.prepare()
    visit.decide_all()
    visit.desk.answer(visit.session, item, "", state=AnswerState.UNANSWERED)
    with pytest.raises(NotAllowed, match="still to answer"):
        visit.sign()


def test_nobody_asks_what_was_wasted_when_all_that_was_drawn_up_was_given(observed: Visit) -> None:
    wasted = observed.desk.protocol.item("waste.wasted_mg")
    observed.answer_all({name: text for name, text in RECOVERED.items() if name != wasted.id})
    (criterion,) = [one for one in observed.now.criteria if one.key == "waste"]
    assert criterion.detail == "drawn 34.2 mg, all of it given"
    assert observed.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_what_was_drawn_up_must_be_given_or_wasted(recovered: Visit) -> None:
    snapshot = recovered.answer(waste__drawn_mg="50")
    waste = next(one for one in snapshot.criteria if one.key == "waste")
    assert "15.8 mg missing" in waste.detail
    assert not snapshot.discharge.passes


def test_waste_needs_a_witness_who_did_not_enter_it(recovered: Visit) -> None:
    recovered.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    assert not recovered.now.discharge.passes
    with pytest.raises(NotAllowed, match="second person"):
        recovered.sign(Meaning.WITNESSED_WASTE, user="ortiz")
    assert recovered.sign(Meaning.WITNESSED_WASTE, user="lee").discharge.passes


def test_who_entered_what_was_drawn_up_is_no_witness_of_the_waste(recovered: Visit) -> None:
    recovered.answer(waste__drawn_mg="50")
    recovered.desk.hand_over(recovered.session, "34.2 mg given", giver=("ortiz", PASSWORD), taker=("lee", PASSWORD))
    recovered.answer(waste__wasted_mg="15.8")
    for nurse in ("ortiz", "lee"):
        with pytest.raises(NotAllowed, match="drawn up or wasted"):
            recovered.sign(Meaning.WITNESSED_WASTE, user=nurse)
    assert recovered.sign(Meaning.WITNESSED_WASTE, user="menon").discharge.passes


def test_a_witness_no_longer_counts_when_the_amount_changes(recovered: Visit) -> None:
    recovered.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    recovered.sign(Meaning.WITNESSED_WASTE, user="lee")
    snapshot = recovered.answer(waste__drawn_mg="51", waste__wasted_mg="16.8")
    assert snapshot.record.signatures[-1].void
    assert not snapshot.discharge.passes


def test_there_is_nothing_to_witness_before_the_waste_is_entered(given: Visit) -> None:
    with pytest.raises(NotAllowed, match="no waste to witness"):
        given.sign(Meaning.WITNESSED_WASTE, user="lee")


def test_a_closed_record_is_not_written_on(recovered: Visit) -> None:
    reading = recovered.now.record.readings[0].id
    medicine = recovered.now.record.medicines[0].id
    effect = recovered.desk.record_effect(recovered.session, "nausea 1").record.effects[0].id
    closed = recovered.sign(Meaning.DISCHARGE)
    desk, session = recovered.desk, recovered.session
    refused: list[Callable[[], object]] = [
        lambda: recovered.answer(transport__name="Someone else"),
        lambda: recovered.read("130/80 70 98 14 s5"),
        lambda: desk.strike_reading(session, reading, "cuff slipped"),
        lambda: desk.add_medicine(session, "aspirin"),
        lambda: desk.confirm_medicine(session, medicine),
        lambda: desk.remove_medicine(session, medicine),
        lambda: desk.record_effect(session, "headache 1"),
        lambda: desk.end_effect(session, effect),
        lambda: desk.remove_effect(session, effect),
        lambda: desk.same_as_last(session, "transport"),
        lambda: desk.plan_start(session, "now"),
        lambda: recovered.decide("fasting.solids"),
        lambda: recovered.sign(),
        lambda: recovered.check_dose(),
        lambda: desk.start(session),
        lambda: desk.pause(session, "Patient asks"),
        lambda: desk.resume(session),
        lambda: desk.stop(session, "50"),
        lambda: desk.end(session, "left_ama", "Went home"),
    ]
    for write in refused:
        with pytest.raises(NotAllowed, match="closed"):
            write()
    assert recovered.now.record == closed.record


def test_a_paper_printed_after_closing_is_still_noted(recovered: Visit) -> None:
    seal = recovered.sign(Meaning.DISCHARGE).record.seal
    record = recovered.desk.printed(recovered.session, "session_record").record
    assert record.prints == ("session_record",)
    assert record.seal == seal
    assert not record.signatures[-1].void


def test_the_next_session_knows_this_one(recovered: Visit) -> None:
    recovered.sign(Meaning.DISCHARGE)
    recovered.clock.advance(days=2)
    following = Visit.begin(recovered.desk, recovered.clock)
    assert following.now.record.session.number == 5
    assert following.now.past.last is not None
    assert following.now.past.last.session.id == recovered.session
    assert [one.session.number for one in following.now.past.course_records] == [3, 4]


def test_everything_is_there_again_after_the_program_was_closed(started: Visit) -> None:
    before = started.now
    started.desk.close()
    again = front_door(started.desk._file.folder, started.clock).sign_in("lee", PASSWORD)
    assert again.open(started.session).record == before.record
    event = again.open(started.session).record.event(EventKind.STARTED)
    assert event is not None
    assert written_time(event.at) == "10:42"
    again.close()
