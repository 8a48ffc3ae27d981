"""Smaller words of the documents: units, verdicts, decisions, ends of a visit."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from checklist.model import (
    Choice,
    Decision,
    Event,
    EventKind,
    ItemId,
    Level,
    Quantity,
    RowId,
    SessionState,
    Stamp,
    StampKind,
)
from checklist.paper import Document, PaperSize, render, words
from checklist.snapshot import DueState, Snapshot, Task, Verdict, VerdictKind
from tests.paper import build
from tests.paper.parts import NURSE, PROVIDER, kg
from tests.paper.pdf import flat


def record_of(snapshot: Snapshot) -> str:
    return flat(render(Document.RECORD, snapshot, PaperSize.LETTER))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [("35.0", None, "35"), ("0.50", None, "0.5"), ("100", None, "100"), ("68.0388", 1, "68"), ("0.25", 1, "0.3")],
)
def test_numbers_have_no_trailing_zero_and_a_leading_one(value: str, decimals: int | None, written: str) -> None:
    assert words.number(Decimal(value), decimals) == written


def test_a_weight_typed_in_pounds_shows_both_units() -> None:
    item = build.protocol().item("vitals.weight")
    assert words.quantity(build.routine(), item, kg("68.038856", "150 lb")) == "68 kg (150 lb)"
    assert words.quantity(build.routine(), item, kg("68.4")) == "68.4 kg"


def test_degrees_are_written_with_their_sign() -> None:
    item = build.protocol().item("vitals.weight")
    assert words.quantity(build.routine(), item, Quantity(Decimal("36.7"), "C", "36.7")) == "36.7 °C"


@pytest.mark.parametrize(
    ("kind", "level", "title"),
    [
        (VerdictKind.INCOMPLETE, Level.NOTE, "NOT COMPLETE"),
        (VerdictKind.CLEARED, Level.CLEAR, "CLEARED"),
        (VerdictKind.CLEARED_AFTER_REVIEW, Level.CLEAR, "CLEARED after provider review"),
        (VerdictKind.WAITING, Level.REVIEW, "WAITING for a provider"),
        (VerdictKind.HELD, Level.HOLD, "HELD"),
        (VerdictKind.STOPPED, Level.STOP, "STOPPED, not today"),
    ],
)
def test_each_verdict_has_its_shape_and_its_words(kind: VerdictKind, level: Level, title: str) -> None:
    assert words.verdict(Verdict(kind, "", "")) == (level, title)


def test_a_telephone_order_says_who_gave_it_and_that_it_was_read_back() -> None:
    order = Decision("k", "f", Choice.POSTPONE, "too high", PROVIDER, build.at("11:02"), "Dr. B. Shah", read_back=True)
    assert words.decision(build.routine(), order) == (
        "Postpone: too high (Dr. A. Menon 11:02, by telephone from Dr. B. Shah, read back)"
    )


def test_23_a_decision_prints_its_reason_in_words_and_its_condition_with_who_did_it() -> None:
    asked = Decision(
        *("vitals.bp", "f", Choice.PROCEED, "160 always", PROVIDER, build.at("11:02")),
        seq=40,
        code="usual",
        code_words="Usual for this patient",
        condition="re-check BP",
        condition_by=build.at("11:22"),
    )
    printed = "Proceed: Usual for this patient; 160 always (Dr. A. Menon 11:02). Condition: re-check BP by 11:22"
    assert words.decision(build.routine(), asked) == f"{printed}: not yet done."
    done = Stamp(RowId("x"), StampKind.CONDITION_DONE, build.at("11:23"), NURSE, build.at("11:23"))
    task = Task(40, "re-check BP", build.at("11:22"), "Dr. A. Menon", DueState.DONE, done)
    whole = replace(build.routine(), tasks=(task,))
    assert words.decision(whole, asked) == f"{printed}: done (R. Ortiz 11:23)."


def test_a_decision_about_older_values_is_printed_as_void() -> None:
    whole = build.routine()
    old = Decision("vitals.bp", "older", Choice.PROCEED, "ok", PROVIDER, build.at("10:55"))
    printed = record_of(replace(whole, record=replace(whole.record, decisions=(old,))))
    assert "Systolic 142 mmHg is above 140 void: what it was about has changed" in printed


def test_a_change_after_signing_names_the_signature_it_follows() -> None:
    whole = build.routine()
    (item, (earlier, later)) = next(iter(whole.record.history.items()))
    changed = replace(later, seq=300, entered=build.at("14:02"))
    printed = record_of(replace(whole, record=replace(whole.record, history={item: (earlier, changed)})))
    assert "555 0142 R. Ortiz 14:02 after the signature of R. Ortiz, RN" in printed


def test_an_answer_given_twice_alike_is_no_change() -> None:
    whole = build.routine()
    answer = whole.record.answers[ItemId("transport.name")]
    printed = record_of(replace(whole, record=replace(whole.record, history={answer.item: (answer, answer)})))
    assert "Changed answers" not in printed


def test_a_cancelled_visit_says_so_with_its_reason_and_counts_as_signed() -> None:
    whole = build.held()
    ended = Event(EventKind.ENDED, build.at("11:05"), build.at("11:05"), PROVIDER, {"kind": "no_show", "reason": "ill"})
    signed = build.routine().record.signatures[:1]
    record = replace(whole.record, events=(ended,), signatures=signed)
    printed = record_of(replace(whole, record=record, state=SessionState.ENDED))
    assert "Visit no show: ill" in printed
    assert "DRAFT" not in printed


def test_a_finding_that_nobody_can_pass_says_so() -> None:
    whole = build.held()
    strict = replace(whole.findings[0], nobody_overrides=True)
    printed = record_of(replace(whole, findings=(strict,)))
    assert "Move the start to 13:20. Nobody can pass this." in printed


def test_a_taken_over_answer_the_rules_speak_of_keeps_its_own_row() -> None:
    whole = build.routine()
    note = replace(whole.findings[1], key="cond.apnoea", step="screening", items=(ItemId("cond.apnoea"),), title="CPAP")
    printed = record_of(replace(whole, findings=(note,)))
    assert printed.count("Review: CPAP") == 1


def test_a_value_is_late_only_beyond_the_protocols_minutes() -> None:
    whole, seen = build.routine(), build.at("12:00")
    limit = timedelta(minutes=15)
    assert words.lateness(whole, seen, seen.plus(seconds=limit.total_seconds())) == ""
    assert words.lateness(whole, seen, seen.plus(minutes=16)) == "late entry, entered 12:16"


def test_unknown_braces_in_a_clinics_text_stay_as_written() -> None:
    assert words.filled("Bring {this} to {escort}", {"escort": "Chidi"}) == "Bring {this} to Chidi"


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("NEXT_DAY_AFTER_SLEEP", "Thu 19-Nov-2026, after a full night's sleep"),
        ("24H", "Thu 19-Nov-2026 12:22"),
        ("BOTH", "Thu 19-Nov-2026 12:22, and a full night's sleep"),
    ],
)
def test_each_driving_rule_prints_its_own_end(rule: str, told: str) -> None:
    whole = build.routine()
    settings = dict(whole.protocol.settings)
    settings["no_drive_rule"] = replace(settings["no_drive_rule"], value=rule)
    other = replace(whole, protocol=replace(whole.protocol, settings=settings))
    printed = flat(render(Document.INSTRUCTIONS, other, PaperSize.A4))
    assert f"No driving before {told} Going home with" in printed
