"""What the answers of the follow-up call mean, and what the next visit hears of it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from checklist.model import Answer, CallAttempt, Event, EventKind, Level, Meaning
from checklist.protocol.calls import READ_BY_CALLS
from checklist.rules import followup
from checklist.rules.facts import Facts
from checklist.snapshot import CallState, Finding, Record
from tests.rules.build import (
    DECLINED,
    NURSE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answers,
    event,
    facts,
    moment,
    session,
    signature,
)

CALL = PROTOCOL.for_call()
FINE: Mapping[str, Said] = {
    "call.reached": "patient",
    "call.born": True,
    "call.felt": "better",
    "call.slept": True,
    "call.drove": False,
    **dict.fromkeys(("call.nausea", "call.headache", "call.dizzy", "call.dissociation", "call.urinary"), False),
    "call.iv": "fine",
    "call.er": False,
    "call.concern": False,
    "call.next": True,
    "call.told": "not_needed",
}


def attempt(
    said: Mapping[str, Said | Answer], number: int = 1, finished: str | None = "2026-11-19 10:00"
) -> CallAttempt:
    given_answers = answers(said, CALL)
    history = {item: (one,) for item, one in given_answers.items()}
    begun = moment("2026-11-19 09:50")
    return CallAttempt(number, NURSE, begun, given_answers, history, moment(finished) if finished else None)


def left(at: str = "2026-11-18 12:40", *calls: CallAttempt, now: str = "2026-11-19 09:50") -> Facts:
    """A patient who was infused and discharged at this time."""
    day = at[:10]
    made = facts(
        visit=session(f"{day} 00:30"),
        events=(event(EventKind.STARTED, f"{day} 00:30"),),
        signatures=(signature(Meaning.DISCHARGE, at),),
        now=now,
    )
    return replace(made, record=replace(made.record, calls=calls))


def ended(at: str, kind: str) -> Event:
    return Event(EventKind.ENDED, moment(at), moment(at), NURSE, {"kind": kind})


def state(where: Facts) -> CallState:
    found = followup.follow_up(where)
    assert found is not None
    return found.state


def of(said: Mapping[str, Said | Answer]) -> dict[str, Finding]:
    """Findings of a call in which everything else was fine, by the item they are about."""
    where = left("2026-11-18 12:40", attempt({**FINE, **said}))
    found = followup.follow_up(where)
    assert found is not None
    return {one.key.partition("#")[0]: one for one in found.findings if one.level.rank >= Level.NOTE.rank}


# ---- how far it got


def test_one_finished_call_that_reached_the_patient_is_enough() -> None:
    assert state(left("2026-11-18 12:40", attempt(FINE))) is CallState.DONE
    assert state(left("2026-11-18 12:40", attempt(FINE, finished=None))) is CallState.DUE


@pytest.mark.parametrize("reached", ["escort", "refused", "letter", "portal"])
def test_the_escort_a_refusal_and_a_letter_close_it_with_a_note(reached: str) -> None:
    said: dict[str, Said | Answer] = {"call.reached": reached}
    if reached == "escort":
        said = {**FINE, "call.reached": "escort"}
    found = followup.follow_up(left("2026-11-18 12:40", attempt(said)))
    assert found is not None
    assert found.state is CallState.DONE
    assert [one.level for one in found.findings] == [Level.NOTE]


def test_three_calls_without_an_answer_ask_for_a_letter() -> None:
    calls = [attempt({"call.reached": "no_answer"}, number) for number in (1, 2, 3)]
    assert state(left("2026-11-18 12:40", *calls[:2])) is CallState.DUE
    assert state(left("2026-11-18 12:40", *calls)) is CallState.WRITE
    assert state(left("2026-11-18 12:40", *calls, attempt({"call.reached": "letter"}, 4))) is CallState.DONE


# ---- what the answers mean


def test_a_good_day_after_says_nothing() -> None:
    assert of({}) == {}


@pytest.mark.parametrize(
    ("item", "said", "level", "title"),
    [
        ("call.drove", True, Level.REVIEW, "Drove before it was allowed"),
        ("call.drove", UNKNOWN, Level.NOTE, "Not known whether the patient drove"),
        ("call.slept", False, Level.NOTE, "Did not sleep the night after"),
        ("call.felt", "worse", Level.REVIEW, "Feels worse than before the infusion"),
        ("call.nausea", True, Level.NOTE, "Nausea or vomiting after a day"),
        ("call.nausea", UNKNOWN, Level.NOTE, "Nausea or vomiting: not known"),
        ("call.urinary", True, Level.REVIEW, "Urinary symptoms after the infusion"),
        ("call.urinary", DECLINED, Level.NOTE, "Pain, blood or urgency when passing urine: declined"),
        ("call.dissociation", True, Level.REVIEW, "Dissociation or confusion after a day"),
        ("call.iv", "inflamed", Level.REVIEW, "The needle site is inflamed"),
        ("call.er", True, Level.REVIEW, "Emergency room or hospital after the infusion"),
        ("call.born", False, Level.REVIEW, "Identity on the telephone is not sure"),
        ("call.next", False, Level.NOTE, "The next visit is not confirmed"),
    ],
)
def test_each_answer_by_itself(item: str, said: Said, level: Level, title: str) -> None:
    one = of({item: said, "call.told": "told", "call.told_who": "Dr. A. Menon 10:00"})[item]
    assert (one.level, one.title) == (level, title)
    assert one.action


@pytest.mark.parametrize(
    ("outcome", "level"),
    [("home", None), ("treated", Level.STOP), ("admitted", Level.STOP), ("life", Level.STOP), (UNKNOWN, Level.REVIEW)],
)
def test_an_emergency_visit_asks_whether_it_was_serious(outcome: Said, level: Level | None) -> None:
    found = of({"call.er": True, "call.serious": outcome, "call.what": "Chest pain"})
    assert (found["call.serious"].level if "call.serious" in found else None) is level
    assert found["call.er"].detail == "Chest pain."


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("said", [True, DECLINED, UNKNOWN])
def test_any_answer_but_no_to_the_three_questions_calls_the_provider_now(number: int, said: Said) -> None:
    asked = {f"call.asq{n}": False for n in (1, 2, 3)} | {f"call.asq{number}": said}
    one = of({"call.concern": True, **asked})["call.thoughts"]
    assert (one.level, one.title) == (Level.STOP, "Thoughts of suicide: call the provider now")
    assert "988" in one.action


def test_what_has_no_words_of_its_own_tells_the_answer() -> None:
    found = of({"call.drove": True, "call.nausea": UNKNOWN, "call.told": "told", "call.told_who": "Dr. A. Menon"})
    assert {key: one.detail for key, one in found.items()} == {
        "call.drove": "Answer: yes.",
        "call.nausea": "Answer: not known.",
    }


def test_three_times_no_leaves_the_concern_alone() -> None:
    found = of({"call.concern": True, "call.asq1": False, "call.asq2": False, "call.asq3": False})
    assert "call.thoughts" not in found
    assert found["call.concern"].level is Level.REVIEW


@pytest.mark.parametrize("said", [True, UNKNOWN, DECLINED])
def test_a_concern_opens_the_three_questions(said: Said) -> None:
    call = followup.call_facts(left(), attempt({**FINE, "call.concern": said}))
    shown = [item.id for item in call.protocol.items() if call.is_visible(item)]
    assert [item for item in shown if "asq" in item] == ["call.asq1", "call.asq2", "call.asq3"]


def test_the_escort_is_not_asked_about_the_patient_s_thoughts() -> None:
    call = followup.call_facts(left(), attempt({"call.reached": "escort"}))
    shown = {str(item.id) for item in call.protocol.items() if call.is_visible(item)}
    assert not shown & {"call.concern", "call.asq1", "call.born"}
    assert "call.drove" in shown


@pytest.mark.parametrize(("sbp", "dbp", "is_told"), [(159, 99, False), (160, 80, True), (120, 100, True)])
def test_a_high_pressure_at_home_is_for_the_provider(sbp: int, dbp: int, is_told: bool) -> None:
    found = of({"call.sbp": sbp, "call.dbp": dbp})
    assert ("call.pressure" in found) is is_told
    if is_told:
        one = found["call.pressure"]
        assert (one.level, one.title) == (Level.REVIEW, f"Blood pressure at home {sbp}/{dbp} mmHg")
        assert one.detail == "From 160/100 mmHg on."
        assert one.inputs == (("sbp", str(sbp)), ("dbp", str(dbp)))


def test_one_number_of_the_pressure_is_judged_alone() -> None:
    assert of({"call.sbp": 170})["call.pressure"].title == "Blood pressure at home 170/? mmHg"


# ---- the provider


def test_what_no_provider_was_told_stays_open_until_one_was() -> None:
    worse = {**FINE, "call.felt": "worse", "call.told": "not_yet"}
    where = left("2026-11-18 12:40", attempt(worse))
    assert state(where) is CallState.TELL
    told = {**worse, "call.told": "told", "call.told_who": "Dr. A. Menon 10:05, see tomorrow"}
    assert state(left("2026-11-18 12:40", attempt(told))) is CallState.DONE
    no_name = {**worse, "call.told": "told"}
    assert state(left("2026-11-18 12:40", attempt(no_name, finished=None))) is CallState.TELL


@pytest.mark.parametrize("word", ["not_yet", "not_needed", UNKNOWN])
def test_nothing_to_tell_is_not_believed_when_there_is_something(word: Said) -> None:
    found = of({"call.drove": True, "call.told": word})
    assert found["call.told"].title == "No provider was told of this call yet"
    assert found["call.told"].detail == "Drove before it was allowed."


def test_a_later_call_in_which_a_provider_was_told_closes_the_earlier_one() -> None:
    worse = attempt({**FINE, "call.felt": "worse", "call.told": "not_yet"})
    later = attempt({**FINE, "call.told": "told", "call.told_who": "Dr. A. Menon"}, 2)
    assert state(left("2026-11-18 12:40", worse, later)) is CallState.DONE
    assert state(left("2026-11-18 12:40", worse, attempt({"call.reached": "no_answer"}, 2))) is CallState.TELL


def test_thoughts_of_suicide_in_a_call_under_way_are_shown_at_once() -> None:
    said: dict[str, Said | Answer] = {"call.reached": "patient", "call.concern": True, "call.asq1": True}
    where = left("2026-11-18 12:40", attempt(said, finished=None))
    found = followup.follow_up(where)
    assert found is not None
    assert (found.state, found.findings[0].level) == (CallState.TELL, Level.STOP)
    assert found.in_work is found.attempts[0]


# ---- the next visit


def after(*calls: CallAttempt, now: str = "2026-11-25 10:42") -> dict[str, Finding]:
    last: Record = left("2026-11-18 12:40", *calls).record
    here = facts(visit=session("2026-11-25 11:00", number=2), last=last, course=(last,), now=now)
    return {one.key: one for one in followup.findings(here)}


def test_the_next_visit_hears_of_a_drive_and_of_an_emergency() -> None:
    said = {
        **FINE,
        "call.drove": True,
        "call.er": True,
        "call.serious": "admitted",
        "call.what": "Fall",
        "call.told": "told",
    }
    found = after(attempt({**said, "call.told_who": "Dr. A. Menon"}))
    assert {one.level for one in found.values()} == {Level.REVIEW}
    drove = found["followup.call.drove#1"]
    assert drove.title == "Follow-up call: drove before it was allowed"
    assert drove.detail.startswith("Said on 19-Nov-2026, after the last infusion.")
    assert found["followup.call.serious#1"].title == "Follow-up call: serious event after the infusion"
    assert drove.fingerprint
    assert drove.inputs


def test_a_good_call_is_silent_at_the_next_visit() -> None:
    assert after(attempt(FINE)) == {}


def test_a_call_that_was_never_made_is_a_note_once_its_time_is_over() -> None:
    assert after(now="2026-11-21 12:00") == {}
    one = after()["followup.missed"]
    assert (one.level, one.title) == (Level.NOTE, "No follow-up call after the infusion of 18-Nov-2026")
    assert one.detail == "It was due until 72 h after the discharge."


def test_an_earlier_decision_no_longer_counts_when_the_call_says_more() -> None:
    one = after(attempt({**FINE, "call.er": True, "call.what": "Fall"}))["followup.call.er#1"]
    other = after(attempt({**FINE, "call.er": True, "call.what": "Chest pain"}))["followup.call.er#1"]
    assert one.fingerprint != other.fingerprint


def test_the_items_that_the_rule_reads_are_the_ones_held_by_the_protocol() -> None:
    assert {str(item.id) for item in PROTOCOL.followup} > set(READ_BY_CALLS)
    assert {followup.REACHED, followup.TOLD, *followup.ASQ} < set(READ_BY_CALLS)
