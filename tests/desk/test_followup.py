"""The follow-up call at the desk: kept beside the closed record, each answer at once, told on the board."""

import pytest

from checklist.desk import Desk
from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import AnswerState, EntryKind, Level, Meaning, Role
from checklist.snapshot import CallState, Snapshot
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD, Visit, front_door, local

FINE = {
    "call.reached": "patient",
    "call.born": "yes",
    "call.felt": "better",
    "call.slept": "yes",
    "call.drove": "no",
    "call.nausea": "no",
    "call.headache": "no",
    "call.dizzy": "no",
    "call.dissociation": "no",
    "call.urinary": "no",
    "call.iv": "fine",
    "call.er": "no",
    "call.concern": "no",
    "call.next": "yes",
    "call.told": "not_needed",
}


@pytest.fixture
def clock() -> ManualClock:
    """The end of Amara Okafor's third visit, Wednesday 11 November."""
    return ManualClock(local("2026-11-11 11:52"))


@pytest.fixture
def gone(desk: Desk, clock: ManualClock) -> Visit:
    """She went home at 11:52."""
    patient = desk.find_patients("Okafor")[0].patient
    return Visit(desk, clock, desk.sessions_of(patient.id)[0].id)


def say(visit: Visit, said: dict[str, str]) -> Snapshot:
    for item, text in said.items():
        visit.desk.call_answer(visit.session, item, text)
    return visit.desk.call(visit.session)


def state(visit: Visit) -> CallState:
    found = visit.now.follow_up
    assert found is not None
    return found.state


def on_board(visit: Visit) -> tuple[str, str] | None:
    rows = [row for row in visit.desk.board().calls if row.session.id == visit.session]
    return (rows[0].status, rows[0].now_text) if rows else None


def test_a_visit_that_goes_on_has_no_call(desk: Desk, clock: ManualClock) -> None:
    visit = Visit.begin(desk, clock)
    with pytest.raises(NotAllowed, match="has not left yet"):
        visit.desk.call(visit.session)
    with pytest.raises(NotAllowed, match="has not left yet"):
        visit.desk.call_answer(visit.session, "call.reached", "patient")
    with pytest.raises(NotAllowed, match="has not left yet"):
        visit.desk.finish_call(visit.session)
    assert visit.now.follow_up is None


def test_the_call_is_kept_beside_the_closed_record_and_changes_no_seal(gone: Visit) -> None:
    before = gone.now
    gone.clock.advance(hours=22)
    say(gone, FINE)
    after = gone.desk.finish_call(gone.session)
    assert gone.now.record.seal == before.record.seal
    assert gone.now.record.answers == before.record.answers
    assert gone.now.record.signature(Meaning.DISCHARGE) == before.record.signature(Meaning.DISCHARGE)
    assert gone.now.state is before.state
    assert [one.finished is not None for one in gone.now.record.calls] == [True]
    assert after.follow_up is not None
    assert after.follow_up.state is CallState.DONE
    assert gone.desk._file.verify().ok


def test_each_answer_is_an_entry_of_its_own_and_survives_a_crash(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    say(gone, {"call.reached": "patient", "call.born": "yes", "call.felt": "worse"})
    entries = gone.desk._file.journal.entries(session=gone.session, kinds=[EntryKind.FOLLOW_UP])
    assert [entry.item for entry in entries] == ["call.reached", "call.born", "call.felt"]
    folder = gone.desk._file.folder
    gone.desk.close()
    again = front_door(folder, gone.clock).sign_in("lee", PASSWORD)
    call = again.call(gone.session)
    assert call.record.answers["call.felt"].value == "worse"  # type: ignore[index]
    assert call.record.answers["call.felt"].by == again.open(gone.session).record.calls[0].by  # type: ignore[index]
    again.close()


def test_the_closed_record_itself_is_still_not_written_on(gone: Visit) -> None:
    with pytest.raises(NotAllowed, match=r"This record is closed\. Nothing was changed\. A correction is an amendment"):
        gone.answer(fasting__fatty="yes")
    with pytest.raises(NotAllowed, match="does not ask this"):
        gone.desk.answer(gone.session, "call.felt", "worse")
    with pytest.raises(NotAllowed, match="does not ask this"):
        gone.desk.call_answer(gone.session, "fasting.fatty", "yes")


def test_an_open_question_keeps_the_call_open_and_is_named(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    with pytest.raises(NotAllowed, match="Answer first who was reached"):
        gone.desk.finish_call(gone.session)
    shown = say(gone, {**FINE, "call.er": "yes"})
    assert gone.desk.call_blocker(shown) == "2 questions open"
    with pytest.raises(NotAllowed, match="“What became of it” is open"):
        gone.desk.finish_call(gone.session)
    shown = say(gone, {"call.serious": "home", "call.what": "Chest pain, Albany Med", "call.told": "told"})
    assert gone.desk.call_blocker(shown) == "1 question open"
    shown = say(gone, {"call.told_who": "Dr. A. Menon, 10:05"})
    assert gone.desk.call_blocker(shown) == ""
    gone.desk.finish_call(gone.session)
    assert state(gone) is CallState.DONE


def test_not_known_and_declined_are_answers_with_their_reason(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    say(gone, FINE)
    gone.desk.call_answer(gone.session, "call.urinary", "", state=AnswerState.UNKNOWN)
    with pytest.raises(NotUnderstood, match="write the reason"):
        gone.desk.call_answer(gone.session, "call.drove", "", state=AnswerState.DECLINED)
    shown = gone.desk.call_answer(gone.session, "call.drove", "", state=AnswerState.DECLINED, reason="Hung up")
    assert {one.title for one in shown.findings if one.level is Level.NOTE} == {
        "Pain, blood or urgency when passing urine: not known",
        "Not known whether the patient drove",
    }
    assert gone.desk.history(shown, "call.drove") == (
        "Declined: Hung up · R. Ortiz, RN 09:52",
        "No · R. Ortiz, RN 09:52",
    )


def test_words_of_any_kind_are_kept_as_they_are_and_too_many_are_refused(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    words = "Nguyễn <b>& “Łukasz”</b> محمد 王小明 🙂"
    say(gone, {"call.reached": "patient", "call.questions": words})
    assert gone.now.record.calls[0].answers["call.questions"].value == words  # type: ignore[index]
    for item, text in (
        ("call.questions", "x" * 20_001),
        ("call.questions", "  "),
        ("call.felt", "great"),
        ("call.sbp", "999"),
    ):
        with pytest.raises((NotUnderstood, NotAllowed)):
            gone.desk.call_answer(gone.session, item, text)
    with pytest.raises(NeedsConfirmation):
        gone.desk.call_answer(gone.session, "call.sbp", "230")
    gone.desk.call_answer(gone.session, "call.sbp", "230", confirmed=True)
    assert any(one.key == "call.pressure#1" for one in gone.desk.call(gone.session).findings)


def test_a_clerk_cannot_record_a_call(gone: Visit) -> None:
    from checklist.desk import NewStaff

    gone.desk.add_staff(NewStaff("office", "O. Clerk", "", frozenset({Role.ADMINISTRATOR})), PASSWORD)
    folder = gone.desk._file.folder
    gone.desk.close()
    clerk = front_door(folder, gone.clock).sign_in("office", PASSWORD)
    with pytest.raises(NotAllowed, match="nurse"):
        clerk.call_answer(gone.session, "call.reached", "patient")
    assert clerk.open(gone.session).record.calls == ()
    clerk.close()


# ---- the board


def test_the_call_stands_on_the_board_from_the_morning_until_it_is_made(gone: Visit) -> None:
    assert on_board(gone) is None
    gone.clock.advance(hours=12, minutes=20)  # 00:12 on Thursday
    assert on_board(gone) == ("Later today", "Left Yesterday 11:52 · call from 05:52")
    gone.clock.advance(hours=9)
    assert on_board(gone) == ("Call due", "Left Yesterday 11:52 · call until Sat 14-Nov 11:52")
    gone.desk.call_answer(gone.session, "call.reached", "no_answer")
    gone.desk.finish_call(gone.session)
    assert on_board(gone) == ("Call due", "Left Yesterday 11:52 · call until Sat 14-Nov 11:52 · 1 call so far")
    say(gone, FINE)
    gone.desk.finish_call(gone.session)
    assert on_board(gone) is None


def test_a_call_nobody_made_is_overdue_and_leaves_the_board_after_a_week(gone: Visit) -> None:
    gone.clock.advance(days=4)
    assert on_board(gone) == ("Call overdue", "Left Wed 11-Nov 11:52 · was due until Yesterday 11:52")
    gone.clock.advance(days=3)
    assert on_board(gone) is not None
    gone.clock.advance(days=1)
    assert on_board(gone) is None
    again = Visit.begin(gone.desk, gone.clock)
    assert "followup.missed" in {one.key for one in again.now.findings}


def test_three_calls_without_an_answer_ask_for_a_letter_and_a_letter_ends_it(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    for _ in range(3):
        gone.desk.call_answer(gone.session, "call.reached", "no_answer")
        gone.desk.finish_call(gone.session)
    assert on_board(gone) == ("Write to them", "Left Yesterday 11:52 · 3 calls without an answer")
    gone.desk.call_answer(gone.session, "call.reached", "letter")
    gone.desk.finish_call(gone.session)
    assert on_board(gone) is None
    assert gone.desk.call_texts(gone.desk.call(gone.session))[1] == "Call 4, 09:52, R. Ortiz, RN: Letter sent"


def test_thoughts_of_suicide_stay_on_top_of_the_board_until_a_provider_was_told(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    say(gone, {**FINE, "call.concern": "yes", "call.asq1": "no", "call.asq2": "no", "call.asq3": "yes"})
    say(gone, {"call.told": "not_yet"})
    gone.desk.finish_call(gone.session)
    row = gone.desk.board().calls[0]
    assert (row.level, row.status, row.action) == (Level.STOP, "Tell a provider", "Open")
    assert row.now_text == "Thoughts of suicide: call the provider now · left yesterday 11:52"
    say(gone, {"call.told": "told", "call.told_who": "Dr. A. Menon 10:02, comes in today"})
    assert len(gone.now.record.calls) == 1
    assert on_board(gone) is None
    history = gone.now.record.calls[0].history["call.told"]  # type: ignore[index]
    assert [one.value for one in history] == ["not_needed", "not_yet", "told"]


def test_two_similar_names_are_marked_on_the_list_of_calls(gone: Visit, clock: ManualClock) -> None:
    clock.advance(hours=22)
    from checklist.desk import PatientDraft

    gone.desk.add_patient(PatientDraft("Okafor", "Amaro", "01-Jan-1980"))
    Visit.begin(gone.desk, clock, "Okafor Amaro")
    assert gone.desk.board().calls[-1].same_name


def test_who_to_call_and_the_calls_so_far(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    call = gone.desk.call(gone.session)
    assert gone.desk.call_phones(call) == (
        "OKAFOR, Amara (Ms): no number on record",
        "Escort Chidi Okafor: 518-555-0142",
    )
    assert gone.desk.call_texts(call) == ("Due 05:52 to Sat 14-Nov 11:52, after the discharge of Yesterday 11:52.",)


def test_the_next_visit_hears_of_the_call_and_a_provider_decides(gone: Visit) -> None:
    gone.clock.advance(hours=22)
    say(gone, {**FINE, "call.drove": "yes", "call.told": "told", "call.told_who": "Dr. A. Menon"})
    gone.desk.finish_call(gone.session)
    gone.clock.advance(days=2)
    again = Visit.begin(gone.desk, gone.clock)
    again.prepare()
    found = {one.key: one for one in again.now.clearance.open_findings}
    assert found["followup.call.drove#1"].title == "Follow-up call: drove before it was allowed"
    again.decide_all()
    assert again.now.clearance.passes


def test_whom_an_emergency_team_took_over_is_called_too(desk: Desk, clock: ManualClock) -> None:
    clock.advance(days=7)
    visit = Visit.begin(desk, clock)
    visit.give()
    visit.desk.end(visit.session, "transferred", "Chest pain, 911")
    assert visit.now.follow_up is not None
