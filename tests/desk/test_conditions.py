"""A provider's decision: its coded reason, and its condition that becomes a task (reference 12, case 23)."""

from collections.abc import Callable

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import Choice, Decision, EntryKind, Json, Level, Meaning, SessionId, StampKind
from checklist.snapshot import DueState, Finding, Met, Snapshot
from checklist.times import written_time
from tests.desk.visit import PASSWORD, Visit

BP = "vitals.bp"


@pytest.fixture
def high(visit: Visit) -> Visit:
    """Everything answered; the pressure of 165/88 waits for a provider. 10:42."""
    visit.prepare("165/88 76 98 14 36.7")
    return visit


def decide(visit: Visit, reason: str = "", code: str = "other", condition: str = "", by: str = "") -> Snapshot:
    return visit.desk.decide(
        visit.session, BP, Choice.PROCEED, reason, user="menon", password=PASSWORD, code=code, condition=condition,
        condition_by=by,
    )  # fmt: skip


def asked(visit: Visit, by: str = "20 min") -> Snapshot:
    return decide(visit, code="usual", condition="re-check BP", by=by)


def last(snapshot: Snapshot) -> Decision:
    return snapshot.record.decisions[-1]


def said(snapshot: Snapshot, key: str) -> Finding | None:
    return next((one for one in snapshot.findings if one.key == key), None)


# ---- the reason


def test_23_a_coded_reason_is_enough_and_the_decision_keeps_code_and_words_of_its_day(high: Visit) -> None:
    made = last(decide(high, code="usual"))
    assert (made.code, made.code_words, made.reason, made.why) == (
        "usual",
        "Usual for this patient",
        "",
        made.code_words,
    )
    entry = high.desk._file.journal.entries(kinds=[EntryKind.DECISION])[-1]
    assert (entry.body["code"], entry.body["code_words"]) == ("usual", "Usual for this patient")


def test_23_words_stand_beside_the_code(high: Visit) -> None:
    assert last(decide(high, "160 at every visit", code="usual")).why == "Usual for this patient; 160 at every visit"


def test_23_another_reason_needs_words_and_prints_nothing_but_them(high: Visit) -> None:
    with pytest.raises(NotUnderstood, match="needs its reason in words"):
        decide(high, " ", code="other")
    made = last(decide(high, "Saw the cardiologist on Monday", code="other"))
    assert (made.code, made.why) == ("other", "Saw the cardiologist on Monday")


def test_23_a_reason_that_the_protocol_does_not_have_is_refused_with_the_list(high: Visit) -> None:
    with pytest.raises(NotUnderstood, match="Choose the reason of the decision: 1 Usual for this patient; 2 Settled"):
        decide(high, "Fine", code="mood")
    assert high.now.record.decisions == ()


# ---- the condition


def test_23_a_condition_becomes_a_task_that_is_due_overdue_and_late_like_a_reading(high: Visit) -> None:
    (task,) = asked(high).tasks
    assert (task.what, written_time(task.at), task.provider, task.state) == (
        "re-check BP", "11:02", "Dr. A. Menon", DueState.COMING,
    )  # fmt: skip
    assert said(high.now, f"condition.{task.seq}") is None
    states = []
    for minutes in (20, 3, 3, 10):
        high.clock.advance(minutes=minutes)
        states.append(high.now.tasks[0].state)
    assert states[0] is DueState.DUE
    assert states[-1] is DueState.LATE
    found = said(high.now, f"condition.{task.seq}")
    assert found is not None
    assert (found.level, found.step, found.title) == (
        Level.NOTE, "clearance", "Condition of Dr. A. Menon's decision is due: re-check BP",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "at"),
    [("20 min", "11:02"), ("in 20 min", "11:02"), ("+20m", "11:02"), ("by 1130", "11:30"), ("11:30", "11:30"),
     ("1h", "11:42")],
)  # fmt: skip
def test_23_the_time_of_a_condition_is_typed_as_people_say_it(high: Visit, typed: str, at: str) -> None:
    assert written_time(asked(high, typed).tasks[0].at) == at


@pytest.mark.parametrize(
    ("condition", "by", "sentence"),
    [
        ("re-check BP", "", "Write by when “re-check BP” is to be done"),
        ("", "20 min", "Write what is to be done by then"),
        ("re-check BP", "10:30", "10:30 has passed: a condition is to come"),
        ("re-check BP", "in 30h", "is more than 24 hours ahead"),
        ("re-check BP", "soon", "is not a time"),
    ],
)
def test_23_half_a_condition_or_one_that_has_passed_is_refused_and_nothing_is_decided(
    high: Visit, condition: str, by: str, sentence: str
) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        decide(high, code="usual", condition=condition, by=by)
    assert high.now.record.decisions == ()


def test_23_a_condition_is_marked_done_with_who_and_when(high: Visit) -> None:
    (task,) = asked(high).tasks
    high.clock.advance(minutes=21)
    high.desk.unlock("lee", PASSWORD)
    snapshot = high.desk.condition_done(high.session, task.seq)
    done = snapshot.tasks[0].done
    assert done is not None
    assert (snapshot.tasks[0].state, snapshot.name_of(done.by), written_time(done.at)) == (
        DueState.DONE, "S. Lee, RN", "11:03",
    )  # fmt: skip
    assert said(snapshot, f"condition.{task.seq}") is None
    with pytest.raises(NotAllowed, match="done already"):
        high.desk.condition_done(high.session, task.seq)


def test_23_a_mark_that_was_struck_makes_the_condition_open_again(high: Visit) -> None:
    (task,) = asked(high).tasks
    (stamp,) = high.desk.condition_done(high.session, task.seq).record.stamped(StampKind.CONDITION_DONE)
    assert high.desk.remove_stamp(high.session, stamp.id, "wrong key").tasks[0].state is DueState.COMING


def test_23_a_condition_stands_although_the_finding_is_another_one_now(high: Visit) -> None:
    asked(high)
    high.clock.advance(minutes=5)
    high.read("150/84 76 98 14 36.7")
    assert [one.what for one in high.now.tasks] == ["re-check BP"]


def test_23_an_undone_condition_holds_the_discharge_until_it_is_done_or_a_provider_decides(
    at: Callable[..., Visit],
) -> None:
    visit = at("recovered")
    visit.clock.advance(minutes=1)
    assert visit.now.discharge.passes
    visit.answer(discharge__escort="no")
    key = next(one.finding.key for one in visit.now.criteria if one.key == "escort" and one.finding)
    snapshot = visit.desk.decide(
        visit.session, key, Choice.PROCEED, "", user="menon", password=PASSWORD, code="agreed",
        condition="call the sister", condition_by="10 min",
    )  # fmt: skip
    assert not snapshot.discharge.passes
    hold = said(snapshot, f"discharge.condition.{snapshot.tasks[0].seq}")
    assert hold is not None
    assert (hold.level, hold.title) == (
        Level.HOLD, "Condition of Dr. A. Menon's decision not yet done: call the sister",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match=r"still to check: Condition of Dr. A. Menon's decision: call the sister"):
        visit.sign(Meaning.DISCHARGE)
    assert visit.decide(hold.key, reason="Not needed, she is here").discharge.passes
    done = visit.desk.condition_done(visit.session, snapshot.tasks[0].seq)
    assert next(one for one in done.criteria if one.key.startswith("condition.")).met is Met.MET
    assert done.discharge.passes


def test_23_after_the_visit_an_undone_condition_is_missed_and_no_longer_due(high: Visit) -> None:
    asked(high)
    snapshot = high.desk.end(high.session, "postponed", "Patient wishes another day")
    assert snapshot.tasks[0].state is DueState.MISSED


def test_23_a_decision_of_an_older_version_has_no_code_and_reads_as_before(high: Visit) -> None:
    """An entry as it was written before there were codes and conditions."""
    fingerprint = next(one.fingerprint for one in high.now.findings if one.key == BP)
    body: dict[str, Json] = {
        "step": "vitals", "fingerprint": fingerprint, "choice": "proceed", "reason": "Usual for this patient",
        "verbal_from": "", "provider": high.desk._person("menon").id, "read_back": False, "standing": False,
    }  # fmt: skip
    high.desk._write_as(high.desk._person("menon"), SessionId(high.session), (EntryKind.DECISION, BP, body))
    made = last(high.now)
    assert (made.code, made.why, made.condition_by) == ("", "Usual for this patient", None)
    assert high.now.tasks == ()
    assert said(high.now, BP) is not None


def test_23_the_board_shows_a_condition_to_come_and_says_condition_due_when_it_is(high: Visit) -> None:
    asked(high)
    assert high.desk.board().rows[-1].now_text.endswith("next re-check BP in 20min")
    high.clock.advance(minutes=20)
    row = high.desk.board().rows[-1]
    assert (row.status, row.action, row.level) == ("Condition due", "Open", Level.REVIEW)
    assert row.now_text.endswith("re-check BP due now")
    high.clock.advance(minutes=6)
    row = high.desk.board().rows[-1]
    assert (row.status, row.level, row.risk, row.why) == (
        "Condition late", Level.STOP, 1, "Re-check BP due 6min ago",
    )  # fmt: skip


def test_23_a_late_condition_never_hides_that_vital_signs_are_due(high: Visit) -> None:
    decide(high, code="usual", condition="look at the IV site", by="5 min")
    high.decide_all()
    high.sign()
    high.order()
    high.check_dose()
    high.desk.start(high.session)
    high.clock.advance(minutes=14)
    row = high.desk.board().rows[-1]
    assert row.status.startswith("Vitals ")
    assert "look at the IV site due 9min ago" in row.now_text
