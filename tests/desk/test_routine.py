"""The routine case: a returning patient with nothing new, from the door to the way home."""

from collections.abc import Callable

import pytest

from checklist.errors import NotAllowed
from checklist.model import EventKind, Level, Meaning, SessionState
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


@pytest.mark.parametrize("item", sorted(RECOVERED))
def test_discharge_is_refused_while_one_criterion_is_open(visit: Visit, item: str) -> None:
    visit.give()
    visit.read("140/86 82 97 14 s4")
    for line in ("136/84 78 98 14 s5", "130/82 74 98 14 s5"):
        visit.clock.advance(minutes=15)
        visit.read(line)
    visit.answer_all({name: text for name, text in RECOVERED.items() if name != item})
    assert visit.desk.discharge_blockers(visit.now)
    with pytest.raises(NotAllowed, match="cannot be signed yet"):
        visit.sign(Meaning.DISCHARGE)
    assert visit.now.record.signatures[-1].meaning is Meaning.CHECKED


def test_discharge_is_refused_before_the_minimum_time(visit: Visit) -> None:
    visit.give()
    visit.read("140/86 82 97 14 s4")
    visit.clock.advance(minutes=29)
    visit.read("130/82 74 98 14 s5")
    visit.answer_all(RECOVERED)
    with pytest.raises(NotAllowed):
        visit.sign(Meaning.DISCHARGE)
    visit.clock.advance(minutes=1)
    assert visit.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_a_provider_decides_on_an_escort_who_is_not_there(visit: Visit) -> None:
    visit.give()
    visit.recover()
    visit.answer(discharge__escort="no")
    finding = next(one for one in visit.now.discharge.open_findings if one.key == "discharge.escort")
    visit.decide(finding.key, reason="Husband on the phone, waits at the door")
    assert visit.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_what_was_drawn_up_must_be_given_or_wasted(visit: Visit) -> None:
    visit.give()
    visit.recover()
    snapshot = visit.answer(waste__drawn_mg="50")
    waste = next(one for one in snapshot.criteria if one.key == "waste")
    assert "15.8 mg missing" in waste.detail
    assert not snapshot.discharge.passes


def test_waste_needs_a_witness_who_did_not_enter_it(visit: Visit) -> None:
    visit.give()
    visit.recover()
    visit.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    assert not visit.now.discharge.passes
    with pytest.raises(NotAllowed, match="second person"):
        visit.sign(Meaning.WITNESSED_WASTE, user="ortiz")
    assert visit.sign(Meaning.WITNESSED_WASTE, user="lee").discharge.passes


def test_a_witness_no_longer_counts_when_the_amount_changes(visit: Visit) -> None:
    visit.give()
    visit.recover()
    visit.answer(waste__drawn_mg="50", waste__wasted_mg="15.8")
    visit.sign(Meaning.WITNESSED_WASTE, user="lee")
    snapshot = visit.answer(waste__drawn_mg="51", waste__wasted_mg="16.8")
    assert snapshot.record.signatures[-1].void
    assert not snapshot.discharge.passes


def test_there_is_nothing_to_witness_before_the_waste_is_entered(visit: Visit) -> None:
    visit.give()
    with pytest.raises(NotAllowed, match="no waste to witness"):
        visit.sign(Meaning.WITNESSED_WASTE, user="lee")


def test_a_closed_record_is_not_written_on(visit: Visit) -> None:
    visit.give()
    visit.recover()
    reading = visit.now.record.readings[0].id
    medicine = visit.now.record.medicines[0].id
    effect = visit.desk.record_effect(visit.session, "nausea 1").record.effects[0].id
    closed = visit.sign(Meaning.DISCHARGE)
    desk, session = visit.desk, visit.session
    refused: list[Callable[[], object]] = [
        lambda: visit.answer(transport__name="Someone else"),
        lambda: visit.read("130/80 70 98 14 s5"),
        lambda: desk.strike_reading(session, reading, "cuff slipped"),
        lambda: desk.add_medicine(session, "aspirin"),
        lambda: desk.confirm_medicine(session, medicine),
        lambda: desk.remove_medicine(session, medicine),
        lambda: desk.record_effect(session, "headache 1"),
        lambda: desk.end_effect(session, effect),
        lambda: desk.remove_effect(session, effect),
        lambda: desk.same_as_last(session, "transport"),
        lambda: desk.plan_start(session, "now"),
        lambda: visit.decide("fasting.solids"),
        lambda: visit.sign(),
        lambda: visit.check_dose(),
        lambda: desk.start(session),
        lambda: desk.pause(session, "Patient asks"),
        lambda: desk.resume(session),
        lambda: desk.stop(session, "50"),
        lambda: desk.end(session, "left_ama", "Went home"),
    ]
    for write in refused:
        with pytest.raises(NotAllowed, match="closed"):
            write()
    assert visit.now.record == closed.record


def test_a_paper_printed_after_closing_is_still_noted(visit: Visit) -> None:
    visit.give()
    visit.recover()
    seal = visit.sign(Meaning.DISCHARGE).record.seal
    record = visit.desk.printed(visit.session, "session_record").record
    assert record.prints == ("session_record",)
    assert record.seal == seal
    assert not record.signatures[-1].void


def test_the_next_session_knows_this_one(visit: Visit) -> None:
    visit.give()
    visit.recover()
    visit.sign(Meaning.DISCHARGE)
    visit.clock.advance(days=2)
    following = Visit.begin(visit.desk, visit.clock)
    assert following.now.record.session.number == 5
    assert following.now.past.last is not None
    assert following.now.past.last.session.id == visit.session
    assert [one.session.number for one in following.now.past.course_records] == [3, 4]


def test_everything_is_there_again_after_the_program_was_closed(visit: Visit) -> None:
    visit.infuse()
    before = visit.now
    visit.desk.close()
    again = front_door(visit.desk._file.folder, visit.clock).sign_in("lee", PASSWORD)
    assert again.open(visit.session).record == before.record
    started = again.open(visit.session).record.event(EventKind.STARTED)
    assert started is not None
    assert written_time(started.at) == "10:42"
    again.close()
