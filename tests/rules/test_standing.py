"""A provider's clearance of a medicine for later visits, and what ends it."""

from dataclasses import replace

import pytest

from checklist.model import Choice, Decision, Level, StaffId
from checklist.rules.medication import findings
from checklist.snapshot import Record
from tests.rules.build import facts, medicine, moment, session


def visit(
    typed: str, choice: Choice = Choice.PROCEED, *, number: int = 1, standing: bool = True, spelling: str = ""
) -> Record:
    """An earlier visit on which a provider decided about one medicine."""
    row = medicine(typed, row=f"old{number}", spelling=spelling)
    decision = Decision(f"med.old{number}", "f", choice, "Daily", StaffId("menon"), moment("2026-11-11 10:50"))
    return Record(session(number=number), medicines=(row,), decisions=(replace(decision, standing=standing),))


def level(typed: str, *earlier: Record, spelling: str = "") -> Level:
    """The level today; `earlier` is oldest first."""
    rows = (medicine(typed, spelling=spelling),)
    here = facts(medicines=rows, last=earlier[-1] if earlier else None, course=earlier)
    return next(one.level for one in findings(here) if one.key == "med.m1")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("xanax 0.5 mg", Level.NOTE),
        ("Xanax 0.5 MG", Level.NOTE),
        ("xanax 1 mg", Level.REVIEW),
        ("xanax", Level.REVIEW),
        ("xanax 0.5 mg tonic", Level.REVIEW),
    ],
)
def test_the_same_medicine_at_the_same_dose_is_a_note(typed: str, expected: Level) -> None:
    assert level(typed, visit("xanax 0.5 mg")) is expected


def test_without_a_standing_clearance_it_is_a_review() -> None:
    assert level("xanax 0.5 mg") is Level.REVIEW
    assert level("xanax 0.5 mg", visit("xanax 0.5 mg", standing=False)) is Level.REVIEW


def test_a_later_postponement_ends_it_and_a_decision_for_one_day_does_not() -> None:
    cleared = visit("xanax 0.5 mg")
    assert level("xanax 0.5 mg", cleared, visit("xanax 0.5 mg", Choice.POSTPONE, number=2)) is Level.REVIEW
    assert level("xanax 0.5 mg", cleared, visit("xanax 0.5 mg", number=2, standing=False)) is Level.NOTE
    assert level("xanax 0.5 mg", cleared, visit("oxycodone 5", Choice.POSTPONE, number=2)) is Level.NOTE


def test_a_stop_is_never_quieted_nor_is_what_was_not_understood() -> None:
    assert level("theophylline 300 mg", visit("theophylline 300 mg")) is Level.STOP
    assert level("zzyzx", visit("zzyzx")) is Level.REVIEW
    assert level("sleeping pill", visit("sleeping pill")) is Level.REVIEW
    assert level("alprazolm 0.5", visit("alprazolm 0.5")) is Level.REVIEW


def test_a_confirmed_spelling_is_part_of_the_medicine() -> None:
    earlier = visit("alprazolm 0.5", spelling="alprazolam")
    assert level("alprazolm 0.5", earlier, spelling="alprazolam") is Level.NOTE
