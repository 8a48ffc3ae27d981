"""After the discharge signature: corrections, late entries and addenda stand beside what was signed (12.20, 12.21)."""

from decimal import Decimal

import pytest

from checklist.acts import AmendmentKind, Target
from checklist.desk import Desk
from checklist.errors import NeedsConfirmation, NotAllowed, NotSaved, NotUnderstood, SignInFailed
from checklist.model import (
    AnswerState,
    EntryKind,
    EventKind,
    ItemId,
    Level,
    Meaning,
    Quantity,
    SessionState,
    Stage,
    TimeValue,
)
from checklist.times import ManualClock, written_clock, written_time
from tests.desk.closed import ME, SLIP, Closed, last, signed
from tests.desk.visit import MORNING, PASSWORD, Visit


@pytest.fixture
def closed(desk: Desk, clock: ManualClock) -> Closed:
    return Closed.third(desk, clock)


def test_20_a_wrong_weight_gets_a_new_value_beside_the_old_one_in_version_2(closed: Closed) -> None:
    before = closed.record
    record = closed.amend("answer:vitals.weight", "86.4").record
    value = record.answers[next(key for key in record.answers if key == "vitals.weight")].value
    assert isinstance(value, Quantity)
    assert value.value == Decimal("86.4")
    history = next(all_ for key, all_ in record.history.items() if key == "vitals.weight")
    assert [one.typed for one in history] == ["68.4", "86.4"]
    assert (record.version, record.signed_version) == (2, 2)
    made = last(record)
    assert (made.kind, made.target, made.ref) == (AmendmentKind.CORRECTION, Target.ANSWER, "vitals.weight")
    assert (made.was, made.now, made.reason, made.version) == ("68.4 kg", "86.4 kg", SLIP, 2)
    assert record.readings == before.readings


def test_20_the_signature_of_version_1_stays_valid_for_version_1_and_version_2_has_its_own(closed: Closed) -> None:
    snapshot = closed.amend("answer:vitals.weight", "86.4")
    (first,) = signed(snapshot.record, Meaning.DISCHARGE)
    (second,) = signed(snapshot.record, Meaning.AMENDMENT)
    assert (first.version, first.void, first.intact) == (1, False, True)
    assert (second.version, second.intact, second.name) == (2, True, "R. Ortiz, RN")
    assert second.seal == snapshot.record.seal != first.seal
    assert snapshot.state is SessionState.DISCHARGED
    assert [one.void for one in signed(snapshot.record, Meaning.CHECKED)] == [False]


def test_20_nothing_is_edited_in_place_the_journal_only_grows(closed: Closed) -> None:
    before = closed.desk._log(closed.session)
    closed.amend("answer:vitals.weight", "86.4")
    after = closed.desk._log(closed.session)
    assert after[: len(before)] == before
    assert [entry.kind for entry in after[len(before) :]] == [EntryKind.AMENDMENT, EntryKind.SIGNATURE]
    assert closed.desk._file.journal.verify().ok


def test_20_each_amendment_is_a_version_and_a_second_one_shows_the_value_it_replaced(closed: Closed) -> None:
    closed.amend("answer:vitals.weight", "86.4")
    record = closed.amend("answer:vitals.weight", "64.8", user="menon").record
    assert (record.version, last(record).was, last(record).now) == (3, "86.4 kg", "64.8 kg")
    assert [one.version for one in signed(record, Meaning.AMENDMENT)] == [2, 3]
    assert [one.version for one in record.amended(Target.ANSWER, "vitals.weight")] == [2, 3]


def test_20_the_same_record_is_read_back_from_the_disk(closed: Closed, desk: Desk) -> None:
    record = closed.amend("answer:vitals.weight", "86.4").record
    desk._folded.clear()
    desk._logs.clear()
    assert closed.record == record


def test_20_who_amends_gives_a_reason_and_the_own_password(closed: Closed) -> None:
    with pytest.raises(NotUnderstood, match="Write why"):
        closed.amend("answer:vitals.weight", "86.4", reason=" \n ")
    with pytest.raises(SignInFailed):
        closed.amend("answer:vitals.weight", "86.4", password="somebody else's")
    with pytest.raises(NotUnderstood, match=r"is 68\.4 kg already"):
        closed.amend("answer:vitals.weight", "68.4")
    with pytest.raises(NotUnderstood, match="type what is right"):
        closed.amend("answer:vitals.weight")
    with pytest.raises(NotAllowed, match="not in the record"):
        closed.amend("answer:vitals.nothing", "1")
    assert closed.record.version == 1
    assert EntryKind.AMENDMENT not in closed.kinds()


def test_20_an_open_record_is_answered_not_amended(visit: Visit) -> None:
    visit.identify()
    with pytest.raises(NotAllowed, match="still open"):
        visit.desk.amend(visit.session, "answer:identity.name", value="no", reason=SLIP, **ME)
    with pytest.raises(NotAllowed, match="still open"):
        visit.desk.add_addendum(visit.session, "More", **ME)


def test_20_an_unusual_value_asks_once_as_at_the_bedside(closed: Closed) -> None:
    with pytest.raises(NeedsConfirmation):
        closed.amend("answer:vitals.weight", "210")
    assert closed.amend("answer:vitals.weight", "210", confirmed=True).record.version == 2


def test_20_a_time_is_read_as_on_the_day_of_the_visit_however_late_it_is_corrected(closed: Closed) -> None:
    closed.clock.advance(days=30)
    record = closed.amend("answer:fasting.solids", "yesterday 20:15").record
    value = next(one.value for key, one in record.answers.items() if key == "fasting.solids")
    assert isinstance(value, TimeValue)
    assert written_clock(value.at, MORNING.local.date()) == "Tue 10-Nov 20:15"
    assert last(record).now == "Tue 10-Nov-2026 20:15"


def test_20_a_corrected_answer_can_be_every_kind_of_absence(closed: Closed) -> None:
    for typed, state, reason in (
        ("not known", AnswerState.UNKNOWN, ""),
        ("Declined: did not want to", AnswerState.DECLINED, "did not want to"),
        ("does not apply: no escort", AnswerState.NOT_APPLICABLE, "no escort"),
    ):
        record = closed.amend("answer:transport.name", typed).record
        answer = record.answers[ItemId("transport.name")]
        assert (answer.state, answer.reason, answer.value) == (state, reason, None)
    with pytest.raises(NotUnderstood, match="write the reason too"):
        closed.amend("answer:transport.name", "declined")


def test_20_a_choice_is_corrected_by_its_words(closed: Closed) -> None:
    record = closed.amend("answer:screening.pregnancy", "pregnant or positive").record
    assert (last(record).was, last(record).now) == ("Test negative today", "Pregnant or positive")
    assert any(one.level is Level.STOP and "screening.pregnancy" in one.items for one in closed.now.findings)


def test_20_a_reading_keeps_who_took_it_and_gets_the_numbers_that_were_meant(closed: Closed) -> None:
    reading = next(one for one in closed.record.readings if one.stage is Stage.BASELINE)
    record = closed.amend(f"reading:{reading.id}", "182/110 72 98 14 36.6", user="lee").record
    new = next(one for one in record.readings if one.id == reading.id)
    assert (new.sbp, new.dbp, new.by, new.observed, new.entered) == (
        182,
        110,
        reading.by,
        reading.observed,
        reading.entered,
    )
    assert "BP 128/80" in last(record).was
    assert "BP 182/110" in last(record).now
    assert any("182" in one.title and one.level.rank >= Level.HOLD.rank for one in closed.now.findings)


def test_20_a_time_in_the_line_itself_is_refused_so_that_it_cannot_be_overlooked(closed: Closed) -> None:
    reading = closed.record.readings[0]
    with pytest.raises(NotUnderstood, match="in its own field"):
        closed.amend(f"reading:{reading.id}", "1030 184/84 78 98 14")


def test_20_a_reading_moved_before_the_start_belongs_to_the_baseline(closed: Closed) -> None:
    reading = next(one for one in closed.record.readings if one.stage is Stage.INFUSION)
    record = closed.amend(f"reading:{reading.id}", time="10:30").record
    new = next(one for one in record.readings if one.id == reading.id)
    assert (written_time(new.observed), new.stage, new.sbp) == ("10:30", Stage.BASELINE, reading.sbp)


def test_20_a_medicine_is_corrected_and_judged_anew(closed: Closed) -> None:
    row = next(one for one in closed.record.medicines if one.typed.startswith("vitamin"))
    snapshot = closed.amend(f"medicine:{row.id}", "alprazolam 0.5 mg", time="06:30")
    assert snapshot.medicine_levels[row.id][1] == "ALPRAZolam"
    assert last(snapshot.record).was.startswith("vitamin D, last taken Tue 10-Nov-2026 21:00")
    assert last(snapshot.record).now == "alprazolam 0.5 mg, last taken Wed 11-Nov-2026 06:30"


def test_20_the_stop_is_corrected_in_volume_and_time_within_the_order(closed: Closed) -> None:
    key = closed.event_key(EventKind.STOPPED)
    snapshot = closed.amend(key, "45", "11:20")
    given = closed.desk.given(snapshot)
    assert given is not None
    assert given.given_mg == Decimal("30.78")
    stopped = snapshot.record.event(EventKind.STOPPED)
    assert stopped is not None
    assert (written_time(stopped.at), stopped.detail["reason"]) == ("11:20", "completed")
    with pytest.raises(NotUnderstood, match="more than the 50 mL"):
        closed.amend(key, "51")
    with pytest.raises(NotUnderstood, match="would come before"):
        closed.amend(key, time="10:00")
    with pytest.raises(NotUnderstood, match="no amount"):
        closed.amend(closed.event_key(EventKind.STARTED), "20")


def test_20_a_signature_that_could_not_be_saved_shows_as_changed_after_signing_and_is_given_later(
    closed: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, append = closed.desk, closed.desk._append

    def full(*drafts: object, **more: object) -> object:
        if any(getattr(one, "kind", None) is EntryKind.SIGNATURE for one in drafts):
            raise NotSaved("The disk is full.")
        return append(*drafts, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "_append", full)
    with pytest.raises(NotSaved):
        closed.amend("answer:vitals.weight", "86.4")
    assert closed.record.is_changed_after_signing
    monkeypatch.setattr(desk, "_append", append)
    snapshot = desk.sign_amendments(closed.session, **ME)
    assert not snapshot.record.is_changed_after_signing
    assert (snapshot.record.version, snapshot.record.signed_version) == (2, 2)
    with pytest.raises(NotAllowed, match="no amendment"):
        desk.sign_amendments(closed.session, **ME)


def test_21_a_late_reading_keeps_when_it_happened_and_when_it_was_entered(closed: Closed) -> None:
    closed.clock.advance(hours=2)
    record = closed.late(Target.READING, "138/82 76 97 14 s4", "11:00").record
    made = last(record)
    reading = next(one for one in record.readings if one.id == made.ref)
    assert (written_time(reading.observed), reading.stage, reading.sbp) == ("11:00", Stage.INFUSION, 138)
    assert written_clock(reading.observed, MORNING.local.date()) == "Wed 11-Nov 11:00"
    assert reading.entered == made.entered == closed.now.now
    assert (made.kind, made.happened, record.version) == (AmendmentKind.LATE_ENTRY, reading.observed, 2)


def test_21_a_late_side_effect_is_one_like_any_other(closed: Closed) -> None:
    record = closed.late(Target.EFFECT, "nausea 2 ondansetron 4 mg", "11:10").record
    effect = record.current_effects[-1]
    assert (effect.term, effect.grade, written_time(effect.onset)) == ("nausea", 2, "11:10")


def test_21_what_happened_in_words_needs_its_time_and_an_own_memory(closed: Closed) -> None:
    told = "Patient’s sister called at the desk"
    with pytest.raises(NotUnderstood, match="when it happened"):
        closed.late(Target.RECORD, told, " ")
    with pytest.raises(NotAllowed, match="remembers"):
        closed.late(Target.RECORD, told, "11:10", recall=False)
    with pytest.raises(NotUnderstood, match="what happened"):
        closed.late(Target.RECORD, " ", "11:10")
    record = closed.late(Target.RECORD, told, "11:10").record
    assert (last(record).now, last(record).target, record.version) == (told, Target.RECORD, 2)


def test_21_a_time_before_the_visit_is_asked_about_and_one_to_come_is_refused(closed: Closed) -> None:
    with pytest.raises(NeedsConfirmation, match="long before this visit"):
        closed.late(Target.RECORD, "Called", "9-Nov 20:00")
    with pytest.raises(NotUnderstood):
        closed.late(Target.RECORD, "Called", "tomorrow 20:00")
    record = closed.late(Target.RECORD, "Called in the evening", "11-Nov 20:00").record
    assert last(record).happened is not None


def test_an_addendum_stands_beside_the_record_and_changes_no_value(closed: Closed) -> None:
    before = closed.record
    record = closed.desk.add_addendum(closed.session, "Lot recalled by the maker", **ME).record
    assert (record.answers, record.readings) == (before.answers, before.readings)
    assert (last(record).kind, last(record).now, record.version) == (
        AmendmentKind.ADDENDUM,
        "Lot recalled by the maker",
        2,
    )
    with pytest.raises(NotUnderstood):
        closed.desk.add_addendum(closed.session, "", **ME)


def test_words_of_an_amendment_are_kept_as_they_are(closed: Closed) -> None:
    for words in ("<b>& “quoted”</b>", "محمد 王小明 🙂", "line\nline", "x" * 2000):
        assert last(closed.desk.add_addendum(closed.session, words, **ME).record).now == words
    with pytest.raises(NotUnderstood):
        closed.desk.add_addendum(closed.session, "x" * 10_000, **ME)


def test_an_ended_visit_is_amended_like_a_discharged_one(visit: Visit) -> None:
    visit.identify()
    visit.desk.end(visit.session, "no_show", "Did not come")
    snapshot = visit.desk.add_addendum(visit.session, "Called: car broke down", **ME)
    assert (snapshot.record.version, snapshot.state) == (2, SessionState.ENDED)


def test_an_administrator_alone_amends_nothing(closed: Closed, desk: Desk) -> None:
    from checklist.desk import NewStaff
    from checklist.model import Role

    desk.add_staff(NewStaff("office", "T. Office", "", frozenset({Role.ADMINISTRATOR})), PASSWORD)
    with pytest.raises(NotAllowed, match="no nurse or provider role"):
        closed.amend("answer:vitals.weight", "86.4", user="office")
