"""Bodies written and read back, and seals that change with anything clinical."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.desk import codec
from checklist.desk.fold import fold
from checklist.desk.seals import CLINICAL, clearance_seal, seal, waste_seal
from checklist.model import (
    AnswerState,
    Doing,
    Done,
    Effect,
    Entry,
    EntryKind,
    EventKind,
    Json,
    MedicineRow,
    Outcome,
    Quantity,
    Reading,
    Related,
    RowId,
    SessionId,
    StaffId,
    Stage,
    Stamp,
    StampKind,
    TimeValue,
    Value,
)
from checklist.protocol import load
from checklist.resources import read_text
from checklist.times import Moment
from tests.desk.visit import MORNING, Visit

PROTOCOL = load(read_text("protocol/iv-ketamine.toml"), "iv-ketamine.toml")
ZONES = ("America/New_York", "UTC", "Asia/Kolkata", "Australia/Lord_Howe")
texts = st.text(st.characters(codec="utf-8"), max_size=40)
moments = st.builds(
    Moment,
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given its zone
    st.sampled_from(ZONES),
)
decimals = st.decimals(-1000, 10000, allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Value | None] = st.one_of(
    st.none(),
    st.booleans(),
    texts,
    st.dates(),
    st.builds(Quantity, decimals, texts, texts),
    st.builds(TimeValue, moments, st.booleans(), st.none() | moments),
)
rows = texts.map(RowId)
staff = texts.map(StaffId)
numbers = st.none() | st.integers(0, 400)


def entry(kind: EntryKind, body: codec.Body, item: str = "", seq: int = 1) -> Entry:
    """As the journal would give it back: through JSON."""
    plain: dict[str, Json] = json.loads(json.dumps(body))
    return Entry(
        seq, kind, MORNING, StaffId("s"), None, SessionId("v"), item, plain, f"hash {seq} {kind} {item} {plain}"
    )


@given(values)
def test_every_value_comes_back_as_it_was(value: Value | None) -> None:
    again = codec.read_value(json.loads(json.dumps(codec.write_value(value))))
    assert again == value
    assert type(again) is type(value)


@given(st.builds(Quantity, decimals, texts, texts))
def test_no_digit_of_a_quantity_is_lost(quantity: Quantity) -> None:
    again = codec.read_value(codec.write_value(quantity))
    assert isinstance(again, Quantity)
    assert again.value.as_tuple() == quantity.value.as_tuple()


@given(moments)
def test_a_time_keeps_its_zone(moment: Moment) -> None:
    again = codec.read_value(codec.write_value(TimeValue(moment)))
    assert isinstance(again, TimeValue)
    assert (again.at, again.at.zone) == (moment, moment.zone)


@pytest.mark.parametrize("bad", ["text", 7, {"kind": "riddle"}, [1]])
def test_what_was_never_written_is_refused(bad: Json) -> None:
    with pytest.raises(ValueError, match="not a stored value"):
        codec.read_value(bad)


@given(st.sampled_from(AnswerState), values, texts, texts, moments)
def test_an_answer_comes_back(
    state: AnswerState, value: Value | None, typed: str, reason: str, observed: Moment
) -> None:
    answer = codec.read_answer(entry(EntryKind.ANSWER, codec.answer_body(state, value, typed, reason, observed), "x"))
    assert (answer.state, answer.value, answer.typed, answer.reason) == (state, value, typed, reason)
    assert (answer.item, answer.observed, answer.entered, answer.by) == ("x", observed, MORNING, "s")


@given(
    st.builds(
        Reading,
        id=rows,
        stage=st.sampled_from(Stage),
        observed=moments,
        entered=moments,
        by=st.just(StaffId("s")),
        typed=texts,
        temp_c=st.none() | decimals,
        oxygen_l_min=st.none() | decimals,
        symptoms=st.lists(texts, max_size=3).map(tuple),
        artefact=texts,
        **dict.fromkeys(codec.READING_NUMBERS, numbers),
    )
)
def test_a_reading_comes_back(reading: Reading) -> None:
    assert codec.read_reading(entry(EntryKind.ROW, codec.reading_body(reading))) == replace(reading, seq=1)


@given(
    st.builds(
        MedicineRow,
        id=rows,
        typed=texts,
        dose=texts,
        last_taken=st.none() | moments,
        last_taken_state=st.sampled_from(AnswerState),
        confirmed=st.booleans(),
        removed=st.booleans(),
        spelling_confirmed=texts,
        by=st.just(StaffId("s")),
        entered=st.just(MORNING),
    )
)
def test_a_medicine_comes_back(row: MedicineRow) -> None:
    assert codec.read_medicine(entry(EntryKind.ROW, codec.medicine_body(row))) == row


@given(
    st.builds(
        Effect,
        id=rows,
        term=texts,
        grade=st.integers(1, 4),
        onset=moments,
        action=texts,
        ended=st.none() | moments,
        removed=st.booleans(),
        by=st.just(StaffId("s")),
        entered=st.just(MORNING),
        done=st.lists(st.builds(Done, st.sampled_from(Doing), moments, staff, texts), max_size=3).map(tuple),
        outcome=st.sampled_from(Outcome),
        related=st.sampled_from(Related),
        seq=st.just(1),
    )
)
def test_a_side_effect_comes_back(effect: Effect) -> None:
    assert codec.read_effect(entry(EntryKind.ROW, codec.effect_body(effect))) == effect


def test_a_side_effect_of_an_earlier_version_has_no_more_than_its_words() -> None:
    """Journal bodies are read for ever: this one was written before there were outcomes."""
    body: codec.Body = {
        "table": "effect",
        "row": "e1",
        "term": "nausea",
        "grade": 2,
        "onset": MORNING.store(),
        "action": "ondansetron 4 mg",
        "ended": None,
        "removed": False,
    }
    effect = codec.read_effect(entry(EntryKind.ROW, body))
    assert (effect.done, effect.outcome, effect.related) == ((), Outcome.NOT_RECORDED, Related.NOT_RECORDED)
    assert (effect.grade, effect.action) == (2, "ondansetron 4 mg")


@given(
    st.builds(
        Stamp,
        id=rows,
        kind=st.sampled_from(StampKind),
        at=moments,
        by=staff,
        entered=moments,
        detail=st.dictionaries(texts, texts, max_size=3),
        removed=st.booleans(),
        seq=st.just(1),
    )
)
def test_a_stamped_moment_comes_back(stamp: Stamp) -> None:
    assert codec.read_stamp(entry(EntryKind.ROW, codec.stamp_body(stamp))) == stamp


@given(st.sampled_from(EventKind), moments, st.dictionaries(texts, texts, max_size=3))
def test_an_event_comes_back(kind: EventKind, at: Moment, detail: dict[str, str]) -> None:
    event = codec.read_event(entry(EntryKind.EVENT, codec.event_body(kind, at, detail)))
    assert (event.kind, event.at, event.detail, event.entered) == (kind, at, detail, MORNING)


def test_a_zero_temperature_or_oxygen_is_a_number_and_nothing_is_nothing() -> None:
    reading = Reading(RowId("r"), Stage.RECOVERY, MORNING, MORNING, StaffId("s"), "", oxygen_l_min=Decimal(0))
    again = codec.read_reading(entry(EntryKind.ROW, codec.reading_body(reading)))
    assert (again.oxygen_l_min, again.temp_c) == (Decimal(0), None)


kinds = st.sampled_from(sorted(EntryKind))
logs = st.lists(st.tuples(kinds, st.sampled_from(["asq.1", "dose.mg", "waste.drawn_mg", "x"]), texts), max_size=8)


def log_of(parts: list[tuple[EntryKind, str, str]]) -> list[Entry]:
    return [entry(kind, {"typed": text}, item, seq) for seq, (kind, item, text) in enumerate(parts, 1)]


@given(logs, kinds, st.integers(0, 8))
def test_the_seal_changes_with_any_clinical_entry_and_with_no_other(
    parts: list[tuple[EntryKind, str, str]], kind: EntryKind, place: int
) -> None:
    log = log_of(parts)
    more = [*log[:place], entry(kind, {}, "new", 99), *log[place:]]
    assert (seal(more) != seal(log)) is (kind in CLINICAL)


@given(logs, st.data())
def test_the_seal_changes_when_an_entry_is_left_out_or_changed(
    parts: list[tuple[EntryKind, str, str]], data: st.DataObject
) -> None:
    log = log_of(parts)
    clinical = [one for one in log if one.kind in CLINICAL]
    if not clinical:
        return
    chosen = data.draw(st.sampled_from(clinical))
    assert seal(one for one in log if one is not chosen) != seal(log)
    assert seal(replace(one, hash="other") if one is chosen else one for one in log) != seal(log)


def test_a_seal_is_three_groups_of_four() -> None:
    assert seal([]) == "E3B0-C442-98FC"


@pytest.mark.parametrize(
    ("change", "clearance", "waste"),
    [
        (entry(EntryKind.ANSWER, {}, "asq.1", 9), True, False),
        (entry(EntryKind.ANSWER, {}, "dose.mg", 9), False, True),
        (entry(EntryKind.ANSWER, {}, "dose.total_ml", 9), False, True),
        (entry(EntryKind.ANSWER, {}, "dose.minutes", 9), False, False),
        (entry(EntryKind.EVENT, {"kind": "stopped"}, "", 9), False, True),
        (entry(EntryKind.ANSWER, {}, "waste.drawn_mg", 9), False, True),
        (entry(EntryKind.ROW, {"table": "medicine"}, "medicine", 9), True, False),
        (entry(EntryKind.ROW, {"table": "reading", "stage": "baseline"}, "reading", 9), True, False),
        (entry(EntryKind.ROW, {"table": "reading", "stage": "infusion"}, "reading", 9), False, False),
        (entry(EntryKind.ROW, {"table": "effect"}, "effect", 9), False, False),
        (entry(EntryKind.DECISION, {"step": "vitals"}, "vitals.sbp", 9), True, False),
        (entry(EntryKind.DECISION, {"step": "infusion"}, "ready.kit", 9), False, False),
        (entry(EntryKind.DECISION, {"step": "discharge"}, "discharge.escort", 9), False, False),
        (entry(EntryKind.EVENT, {}, "", 9), False, False),
        (entry(EntryKind.SIGNATURE, {}, "checked", 9), False, False),
    ],
    ids=lambda one: f"{one.kind} {one.item}" if isinstance(one, Entry) else str(one),
)
def test_what_the_clearance_and_the_waste_are_sealed_over(
    visit: Visit, change: Entry, clearance: bool, waste: bool
) -> None:
    who = visit.now.patient
    log = log_of([(EntryKind.ANSWER, "asq.1", "no"), (EntryKind.ANSWER, "waste.drawn_mg", "50")])
    assert (clearance_seal([*log, change], PROTOCOL, who) != clearance_seal(log, PROTOCOL, who)) is clearance
    assert (waste_seal([*log, change]) != waste_seal(log)) is waste


def test_a_row_of_an_unknown_table_is_not_dropped_in_silence(visit: Visit) -> None:
    with pytest.raises(ValueError, match="unknown table"):
        fold(visit.now.record.session, [entry(EntryKind.ROW, {"table": "riddle"})], PROTOCOL, visit.now.patient)


def test_a_body_of_another_shape_reads_as_absent() -> None:
    assert codec.text_of({"a": 7}, "a") == ""
    assert codec.texts_of({"a": "text"}, "a") == {}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_any_date_can_be_kept(day: date) -> None:
    assert codec.read_value(codec.write_value(day)) == day


def test_every_kind_of_entry_finds_its_place(recovered: Visit) -> None:
    recovered.desk.record_effect(recovered.session, "nausea 1")
    record = recovered.desk.printed(recovered.session, "checklist").record
    lengths: dict[str, int] = {
        name: len(getattr(record, name))
        for name in ("readings", "medicines", "effects", "events", "verifications", "signatures", "prints")
    }
    assert lengths == {
        "readings": 8,
        "medicines": 5,
        "effects": 1,
        "events": 2,
        "verifications": 1,
        "signatures": 1,
        "prints": 1,
    }
    log: Any = recovered.desk._file.journal.entries(session=recovered.session)
    assert record.last_seq == log[-1].seq
    assert record.seal == seal(log)
