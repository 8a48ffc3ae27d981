"""Entries in the wrong record: struck there, entered again where they belong, naming nobody else (12.17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from checklist.acts import AmendmentKind, Target
from checklist.desk import Desk
from checklist.errors import NotAllowed, NotUnderstood, SignInFailed
from checklist.model import AnswerState, EntryKind, EventKind, ItemId, Meaning, SessionId, SessionState
from checklist.snapshot import Record, Snapshot
from checklist.times import ManualClock, written_time
from tests.desk.closed import ME, Closed, last, signed
from tests.desk.visit import PASSWORD, Visit

WHY = "Wrong row opened"


@dataclass(slots=True)
class Two:
    """Ms Okafor's visit, in which everything was written, and Mr Smith's, whose it is."""

    desk: Desk
    okafor: Visit
    smith: Visit

    def move(self, keys: Sequence[str] = (), *, to: SessionId | None = None, **more: Any) -> Snapshot:
        words = {"reason": WHY, **ME, **more}
        reason = words.pop("reason")
        return self.desk.mark_in_error(self.okafor.session, keys, reason, other=to or self.smith.session, **words)

    @property
    def left(self) -> Record:
        return self.okafor.now.record

    @property
    def right(self) -> Record:
        return self.smith.now.record


@pytest.fixture
def two(desk: Desk, clock: ManualClock) -> Two:
    okafor, smith = Visit.begin(desk, clock), Visit.begin(desk, clock, "Smith")
    okafor.identify()
    desk.answer(okafor.session, "vitals.weight", "92", confirmed=True)
    desk.add_medicine(okafor.session, "lisinopril 10 mg", "06:30")
    okafor.read("150/92 88 97 16 36.9")
    clock.advance(minutes=20)
    return Two(desk, okafor, smith)


def reading_key(record: Record) -> str:
    return f"reading:{record.readings[0].id}"


def test_17_chosen_entries_are_struck_here_and_stand_there_with_the_time_they_were_observed(two: Two) -> None:
    snapshot = two.move([reading_key(two.left), "answer:vitals.weight"])
    (struck,) = snapshot.record.readings
    assert (struck.counts, struck.artefact, struck.sbp) == (False, f"entered in error: {WHY}", 150)
    weight = snapshot.record.answers[ItemId("vitals.weight")]
    assert (weight.state, weight.value) == (AnswerState.UNANSWERED, None)
    assert [one.typed for one in snapshot.record.history[ItemId("vitals.weight")]] == ["92", ""]
    (moved,) = two.right.readings
    assert (moved.sbp, moved.observed, moved.id != struck.id) == (150, struck.observed, True)
    assert written_time(moved.entered) == "11:02"
    assert two.right.answers[ItemId("vitals.weight")].typed == "92"
    assert two.right.answers[ItemId("vitals.weight")].by == two.desk.me.id


def test_17_both_records_carry_the_same_mark_and_neither_names_the_other_patient(two: Two) -> None:
    two.move([reading_key(two.left)])
    marks = {one.link for one in (*two.left.amendments, *two.right.amendments)}
    assert len(marks) == 1
    assert marks.pop().startswith("X-")
    for record, names in ((two.left, ("smith", "john", "0048 77")), (two.right, ("okafor", "amara", "0045 12"))):
        told = " ".join(f"{one.label} {one.was} {one.now} {one.reason}" for one in record.amendments).casefold()
        assert told
        assert not any(name in told for name in names)


def test_17_a_reason_that_names_the_other_patient_is_refused(two: Two) -> None:
    for words in ("It was John Smith", "MRN 0048 77", "smith’s cuff"):
        with pytest.raises(NotUnderstood, match="Do not name the other patient"):
            two.move([reading_key(two.left)], reason=words)
    assert not two.left.amendments
    assert not two.right.amendments
    assert two.move([reading_key(two.left)], reason="Blacksmith’s wrist, johnnie cuff").record.amendments


def test_17_the_journal_of_both_keeps_every_entry(two: Two) -> None:
    before = two.desk._log(two.okafor.session)
    two.move()
    assert two.desk._log(two.okafor.session)[: len(before)] == before
    assert {one.kind for one in two.desk._log(two.smith.session)} >= {EntryKind.AMENDMENT}
    assert two.desk._file.journal.verify().ok


def test_17_a_session_wholly_in_error_ends_as_such_and_leaves_nothing_to_judge(two: Two) -> None:
    snapshot = two.move()
    assert snapshot.state is SessionState.ENDED
    assert snapshot.record.in_error
    ended = snapshot.record.event(EventKind.ENDED)
    assert ended is not None
    assert ended.detail["kind"] == "entered_in_error"
    assert not snapshot.record.current_medicines
    assert not snapshot.record.valid_readings()
    assert all(one.state is AnswerState.UNANSWERED for one in snapshot.record.answers.values())
    assert [one.name for one in signed(snapshot.record, Meaning.AMENDMENT)] == ["R. Ortiz, RN"]
    row = next(one for one in two.desk.board().rows if one.session.id == two.okafor.session)
    assert row.now_text == f"Entered in error: {WHY}"
    with pytest.raises(NotAllowed, match="already"):
        two.move()


def test_17_an_infusion_in_the_wrong_record_counts_for_the_other_patient_alone(desk: Desk, clock: ManualClock) -> None:
    okafor = Visit.begin(desk, clock)
    okafor.give()
    smith = Visit.begin(desk, clock, "Smith")
    desk.mark_in_error(okafor.session, (), WHY, other=smith.session, **ME)
    left, right = okafor.now.record, smith.now.record
    assert left.event(EventKind.STARTED) is None
    assert [one.kind for one in left.struck_events] == [EventKind.STARTED, EventKind.STOPPED]
    started = right.event(EventKind.STARTED)
    assert started is not None
    assert started.at == left.struck_events[0].at
    assert smith.now.state in (SessionState.OBSERVING, SessionState.READY_TO_LEAVE)
    assert not right.decisions
    assert not right.verifications
    told = last(left).now
    assert "to be decided, ordered or checked there anew" in told
    clock.advance(hours=48)
    again = Visit.begin(desk, clock)
    assert again.now.record.session.number == 4
    assert again.now.past.last is not None
    assert again.now.past.last.session.id != okafor.session
    assert not any(one.key.startswith("interval") and one.level.rank > 1 for one in again.now.findings)


def test_17_works_after_the_discharge_signature_as_a_new_version(desk: Desk, clock: ManualClock) -> None:
    closed, smith = Closed.third(desk, clock), Visit.begin(desk, clock, "Smith")
    weight = "answer:vitals.weight"
    snapshot = desk.mark_in_error(closed.session, [weight], WHY, other=smith.session, **ME)
    assert (snapshot.record.version, snapshot.record.signed_version) == (2, 2)
    assert snapshot.state is SessionState.DISCHARGED
    assert [one.intact for one in signed(snapshot.record, Meaning.DISCHARGE)] == [True]
    assert smith.now.record.answers[ItemId("vitals.weight")].typed == "68.4"
    assert smith.now.record.version == 1


def test_17_a_closed_record_takes_what_belongs_to_it_as_a_new_version(desk: Desk, clock: ManualClock) -> None:
    smith, closed = Visit.begin(desk, clock, "Smith"), Closed.third(desk, clock)
    desk.record_effect(smith.session, "headache 1 water")
    effect = smith.now.record.effects[0]
    desk.mark_in_error(smith.session, [f"effect:{effect.id}"], WHY, other=closed.session, **ME)
    assert (closed.record.version, closed.record.signed_version) == (2, 2)
    assert closed.record.current_effects[-1].action == "water"
    assert smith.now.record.effects[0].removed


def test_17_only_the_author_enters_it_again_the_others_are_named(two: Two) -> None:
    two.desk.unlock("lee", PASSWORD)
    two.okafor.read("148/90 86 97 16 36.9")
    first, second = (f"reading:{one.id}" for one in two.left.readings)
    two.move([first, second], user="lee")
    assert [one.sbp for one in two.right.readings] == [148]
    assert "still to be entered there by R. Ortiz, RN: 1" in last(two.left).now


def test_17_what_the_other_record_holds_already_is_never_overwritten(two: Two) -> None:
    two.smith.answer(vitals__weight="101")
    two.desk.add_medicine(two.smith.session, "Lisinopril 10 mg")
    two.move(["answer:vitals.weight", f"medicine:{two.left.medicines[0].id}"])
    assert two.right.answers[ItemId("vitals.weight")].typed == "101"
    assert len(two.right.medicines) == 1
    assert "answered there already and left as it is: 2" in last(two.left).now


def test_17_nothing_is_entered_elsewhere_when_no_other_record_is_chosen(two: Two) -> None:
    two.desk.mark_in_error(two.okafor.session, ["answer:vitals.weight"], "Typed by mistake", **ME)
    made = last(two.left)
    assert (made.kind, made.target, made.link) == (AmendmentKind.IN_ERROR, Target.RECORD, "")
    assert made.now == "Struck. Nothing was entered elsewhere."
    assert not two.right.amendments


def test_17_a_signed_clearance_is_void_when_what_it_stood_on_is_struck(desk: Desk, clock: ManualClock) -> None:
    visit = Visit.begin(desk, clock)
    visit.clear()
    assert visit.now.record.signature(Meaning.CHECKED) is not None
    desk.mark_in_error(visit.session, ["answer:vitals.weight"], "Other patient’s weight", **ME)
    assert visit.now.record.signature(Meaning.CHECKED) is None
    assert not visit.now.clearance.passes


def test_17_the_wrong_password_or_the_same_patient_move_nothing(two: Two) -> None:
    with pytest.raises(SignInFailed):
        two.move(password="guess")
    with pytest.raises(NotAllowed, match="same patient"):
        two.move(to=two.okafor.session)
    with pytest.raises(NotUnderstood, match="how it got"):
        two.move(reason="")
    with pytest.raises(NotAllowed, match="not in the record"):
        two.move(["reading:nothing"])
    assert not two.left.amendments


def test_17_a_visit_booked_before_the_error_was_found_no_longer_stands_on_it(desk: Desk, clock: ManualClock) -> None:
    third, fourth = Closed.third(desk, clock), Visit.begin(desk, clock)
    assert [one.session.id for one in fourth.now.past.newest_first()] == [third.session]
    desk.mark_in_error(third.session, (), WHY, **ME)
    assert list(fourth.now.past.newest_first()) == []
    assert not any(one.key.startswith("interval") for one in fourth.now.findings)
