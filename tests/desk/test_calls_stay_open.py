"""A call to the provider stays open until the provider has decided, whatever later readings say."""

import pytest

from checklist.errors import NotAllowed
from checklist.model import Choice, Level, Meaning, SessionState
from checklist.rules import serious
from checklist.rules.signs import EMERGENCY_SYMPTOMS
from checklist.snapshot import Finding, VerdictKind
from tests.desk.visit import BASELINE, PASSWORD, Visit

GOOD = "134/84 78 98 14 s5"
NO_SERIOUS_EVENT = {f"serious.{question}": "no" for question in serious.QUESTIONS}


def found(visit: Visit, key: str) -> Finding | None:
    return next((one for one in visit.now.findings if one.key == key), None)


def on_the_board(visit: Visit) -> tuple[int, str]:
    row = next(row for row in visit.desk.board().rows if row.session.id == visit.session)
    return row.risk, row.why


def leaves(visit: Visit) -> VerdictKind:
    return visit.now.discharge.kind


# ---- before the start


@pytest.mark.parametrize("symptom", sorted(EMERGENCY_SYMPTOMS))
def test_a_sign_of_an_emergency_before_the_start_stops_it_whatever_is_measured_later(
    visit: Visit, symptom: str
) -> None:
    visit.prepare(f"{BASELINE} ! {EMERGENCY_SYMPTOMS[symptom]}")
    visit.read(BASELINE)
    verdict = visit.now.clearance
    assert (verdict.kind, verdict.title) == (VerdictKind.STOPPED, "Do not start")
    assert verdict.sentence.startswith(f"Before the start: {EMERGENCY_SYMPTOMS[symptom]} at 10:42.")
    visit.order()
    assert visit.desk.start_blockers(visit.now)[0].startswith("Not cleared: Before the start: ")


@pytest.mark.parametrize("score", ["d2", "d3", "a2", "a4", "s4"])
def test_who_is_not_as_usual_before_the_start_is_held(visit: Visit, score: str) -> None:
    visit.prepare(f"{BASELINE} {score}")
    assert visit.now.clearance.kind is VerdictKind.HELD


def test_only_a_provider_lets_a_symptom_before_the_start_pass(visit: Visit) -> None:
    visit.prepare(f"{BASELINE} ! chest pain")
    with pytest.raises(NotAllowed):
        visit.desk.decide(
            *(visit.session, "vitals.symptoms", Choice.PROCEED, "It has gone"),
            user="ortiz",
            password=PASSWORD,
        )
    visit.decide_all()
    assert visit.now.clearance.kind is VerdictKind.CLEARED_AFTER_REVIEW


def test_a_struck_symptom_leaves_a_note(visit: Visit) -> None:
    visit.prepare(f"{BASELINE} ! chest pain")
    row = visit.now.record.readings[0]
    visit.desk.strike_reading(visit.session, row.id, "another patient")
    note = found(visit, f"vitals.struck.{row.id}")
    assert note is not None
    assert (note.level, note.title) == (Level.NOTE, "Struck: Chest pain at 10:42")


# ---- while the pump runs


def paused_after(visit: Visit, line: str) -> None:
    visit.infuse()
    visit.read(GOOD)
    visit.clock.advance(minutes=9)
    visit.desk.record_reading(visit.session, line, confirmed=True)
    visit.desk.pause(visit.session, "called", "10")
    visit.clock.advance(minutes=1)


@pytest.mark.parametrize(
    ("line", "later", "key"),
    [
        ("205/95 96 97 16 s4", "150/90", "monitor.bp"),
        ("134/84 78 88 14 s4", "134/84 78 98 14 s5", "monitor.spo2"),
        ("134/84 78 98 14 s1", "134/84 78 98 14 s5", "monitor.sedation"),
        ("134/84 78 98 14 s4 a3", "134/84 78 98 14 s5 a0", "monitor.agitation"),
        ("134/84 78 98 14 s4 ! chest pain", "140/86", "monitor.symptoms"),
        ("134/84 78 98 14 s4 ! seizure", "hr 80", "monitor.symptoms"),
        ("134/84 78 98 14 s4 ! apnoea", "134/84 78 98 14 s5", "monitor.symptoms"),
    ],
)
def test_a_good_reading_neither_lets_the_pump_go_on_nor_leaves_the_board(
    visit: Visit, line: str, later: str, key: str
) -> None:
    paused_after(visit, line)
    visit.read(later)
    call = found(visit, key)
    assert call is not None
    assert (call.level, call.is_open) == (Level.STOP, True)
    assert on_the_board(visit)[0] == 3
    with pytest.raises(NotAllowed, match="The infusion was not resumed"):
        visit.desk.resume(visit.session)
    visit.decide(key, reason="Seen, goes on")
    assert on_the_board(visit) == (2, "The pump stands")
    assert visit.desk.resume(visit.session).state is SessionState.INFUSING


def test_a_telephone_order_with_the_provider_s_name_closes_the_call(visit: Visit) -> None:
    paused_after(visit, "205/95 96 97 16 s4")
    visit.read("150/90")
    visit.desk.decide(
        *(visit.session, "monitor.bp", Choice.PROCEED, "Told of 205/95, goes on"),
        user="ortiz",
        password=PASSWORD,
        verbal_from="Menon",
        read_back=True,
    )
    assert visit.desk.resume(visit.session).state is SessionState.INFUSING


def test_a_pregnancy_found_while_the_pump_runs_blocks_calls_and_needs_a_decision(visit: Visit) -> None:
    paused_after(visit, GOOD)
    visit.answer(screening__pregnancy="positive")
    assert on_the_board(visit)[0] == 3
    assert on_the_board(visit)[1].startswith("Call the provider: Preg")
    with pytest.raises(NotAllowed, match="The infusion was not resumed: Preg"):
        visit.desk.resume(visit.session)
    visit.desk.stop(visit.session, "10", "other")
    visit.recover()
    assert leaves(visit) is VerdictKind.STOPPED
    visit.decide("screening.pregnancy", reason="Talked with the patient, obstetrician called")
    assert leaves(visit) is not VerdictKind.STOPPED


def test_who_takes_the_consent_back_is_not_kept_here(visit: Visit) -> None:
    paused_after(visit, GOOD)
    visit.answer(consent__on_file="no")
    with pytest.raises(NotAllowed, match="Nobody can override this"):
        visit.desk.resume(visit.session)
    visit.desk.stop(visit.session, "10", "patient_request")
    visit.recover()
    assert leaves(visit) is not VerdictKind.STOPPED


# ---- before the patient leaves


def test_a_seizure_keeps_the_patient_until_a_provider_decided_and_seven_questions_are_answered(visit: Visit) -> None:
    visit.give()
    visit.desk.record_reading(visit.session, "130/82 90 96 14 s4 d0 ! seizure", confirmed=True)
    visit.recover()
    assert leaves(visit) is VerdictKind.STOPPED
    with pytest.raises(NotAllowed):
        visit.sign(Meaning.DISCHARGE)
    visit.decide("monitor.symptoms", reason="Seen, short, no injury")
    assert leaves(visit) is VerdictKind.INCOMPLETE
    assert {item.id for item in visit.now.discharge.missing} == set(NO_SERIOUS_EVENT)
    visit.answer_all(NO_SERIOUS_EVENT)
    assert visit.sign(Meaning.DISCHARGE).state is SessionState.DISCHARGED


def test_a_high_news2_keeps_the_patient_although_a_pressure_was_taken_since(visit: Visit) -> None:
    visit.give()
    visit.desk.record_reading(visit.session, "98/60 112 93 22 34.9 s5", confirmed=True)
    visit.clock.advance(minutes=5)
    visit.desk.record_reading(visit.session, "130/82", confirmed=True)
    call = found(visit, "monitor.news2")
    assert call is not None
    assert call.is_open
    visit.recover()
    assert leaves(visit) is VerdictKind.STOPPED
    visit.decide("monitor.news2", reason="Seen, warmed")
    assert not [one for one in visit.now.calls if one.key == "monitor.news2"]


def test_two_readings_missed_in_a_row_are_told_to_the_provider_although_a_set_was_taken_since(visit: Visit) -> None:
    visit.infuse()
    visit.read(GOOD)
    visit.clock.advance(minutes=31)
    visit.read(GOOD)
    call = found(visit, "monitor.missed")
    assert call is not None
    assert call.title == "2 readings in a row were missed, now one at 11:13"
    assert on_the_board(visit) == (3, f"Tell the provider: {call.title}")


def test_three_repeats_that_each_came_good_call_the_provider(visit: Visit) -> None:
    visit.infuse()
    for line in ("185/95 78 98 14 s5", GOOD, "134/84 78 93 14 s5", GOOD, "134/84 125 98 14 s5", GOOD):
        visit.read(line)
        visit.clock.advance(minutes=3)
    assert on_the_board(visit) == (3, "Tell the provider: 3 readings had to be repeated, now all good")


def test_a_struck_reading_that_had_called_leaves_a_note_that_names_it(visit: Visit) -> None:
    visit.infuse()
    row = visit.desk.record_reading(visit.session, "205/120 78 98 14 s5", confirmed=True).record.readings[-1]
    visit.desk.strike_reading(visit.session, row.id, "cuff slipped")
    note = found(visit, f"monitor.struck.{row.id}")
    assert note is not None
    assert note.title == "Struck: BP 205/120 mmHg at 10:42"
    assert note.detail == "It called for the provider before it was struck: cuff slipped."
    assert on_the_board(visit) == (0, "")
