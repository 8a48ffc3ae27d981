"""A provider's clearance of a medicine for later visits, and what ends it."""

from dataclasses import replace

import pytest

from checklist.model import Choice, Decision, EventKind, Level, MedicineDetails, MedicineRow, SinceLast, StaffId
from checklist.rules.medication import findings
from checklist.snapshot import Record
from tests.rules.build import event, facts, medicine, moment, session


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


def ended(typed: str, *, number: int = 2, at: str = "2026-11-11 10:50") -> Record:
    """A visit on which a provider took the clearance back."""
    row = medicine(typed, row=f"old{number}")
    decision = Decision(f"standing.old{number}", "", Choice.PROCEED, "Fall", StaffId("menon"), moment(at))
    return Record(session(number=number), medicines=(row,), decisions=(replace(decision, ends_standing=True),))


def test_a_clearance_that_was_taken_back_quiets_nothing() -> None:
    cleared = visit("xanax 0.5 mg")
    assert level("xanax 0.5 mg", cleared, ended("xanax 0.5 mg")) is Level.REVIEW
    assert level("xanax 0.5 mg", cleared, ended("oxycodone 5")) is Level.NOTE
    assert level("xanax 0.5 mg", cleared, ended("xanax 0.5 mg"), visit("xanax 0.5 mg", number=3)) is Level.NOTE


def test_the_last_word_of_one_visit_counts() -> None:
    given, taken = visit("xanax 0.5 mg", number=2), ended("xanax 0.5 mg", number=2)
    both = replace(given, decisions=(*given.decisions, *taken.decisions))
    assert level("xanax 0.5 mg", both) is Level.REVIEW
    assert level("xanax 0.5 mg", replace(both, decisions=both.decisions[::-1])) is Level.NOTE


@pytest.mark.parametrize(("at", "expected"), [("10:40", Level.REVIEW), ("10:41", Level.REVIEW), ("10:42", Level.NOTE)])
def test_taken_back_today_it_counts_at_once_and_after_the_start_from_the_next_visit_on(
    at: str, expected: Level
) -> None:
    earlier = visit("xanax 0.5 mg")
    end = replace(ended("xanax 0.5 mg").decisions[0], finding="standing.m1", at=moment(at))
    more = {"medicines": (medicine("xanax 0.5 mg"),), "decisions": (end,), "last": earlier, "course": (earlier,)}
    before = next(one for one in findings(facts(**more)) if one.key == "med.m1")  # type: ignore[arg-type]
    assert before.level is Level.REVIEW
    started = (event(EventKind.STARTED, "10:41"),)
    after = next(one for one in findings(facts(**more, events=started)) if one.key == "med.m1")  # type: ignore[arg-type]
    assert after.level is expected


@pytest.mark.parametrize(
    "row",
    [
        replace(medicine("xanax 0.5 mg"), details=MedicineDetails(since_last=SinceLast.CHANGED)),
        replace(medicine("xanax 0.5 mg"), details=MedicineDetails(route="under the tongue")),
        replace(medicine("xanax 0.5 mg"), details=MedicineDetails(frequency="twice")),
        medicine("xanax 0.5 mg", dose="1 mg"),
    ],
)
def test_a_change_of_dose_route_or_frequency_is_a_review_again(row: MedicineRow) -> None:
    earlier = visit("xanax 0.5 mg")
    here = facts(medicines=(row,), last=earlier, course=(earlier,))
    one = next(each for each in findings(here) if each.key == "med.m1")
    assert (one.level, one.can_stand) == (Level.REVIEW, True)


@pytest.mark.parametrize(
    ("typed", "can_stand"),
    [("xanax 0.5 mg", True), ("zqxv", False), ("sleeping pill", False), ("xanx", False), ("theophylline", False)],
)
def test_only_a_known_medicine_that_is_a_review_can_be_cleared_for_later_visits(typed: str, can_stand: bool) -> None:
    one = next(each for each in findings(facts(medicines=(medicine(typed),))) if each.key == "med.m1")
    assert one.can_stand is can_stand


def test_what_is_said_of_a_medicine_binds_the_decision() -> None:
    plain = medicine("xanax 0.5 mg")
    held = replace(plain, details=MedicineDetails(since_last=SinceLast.CHANGED))
    prints = {next(findings(facts(medicines=(row,)))).fingerprint for row in (plain, held)}
    assert len(prints) == 2


def test_a_postponement_at_a_visit_without_an_infusion_ends_it_too() -> None:
    cleared, postponed = visit("xanax 0.5 mg"), visit("xanax 0.5 mg", Choice.POSTPONE, number=2, standing=False)
    later = replace(postponed, session=replace(postponed.session, created=moment("2026-11-12 09:00")))
    sooner = replace(postponed, session=replace(postponed.session, created=moment("2026-11-01 09:00")))
    given = replace(cleared, session=replace(cleared.session, created=moment("2026-11-11 09:00")))
    for other, expected in ((later, Level.REVIEW), (sooner, Level.NOTE)):
        here = facts(medicines=(medicine("xanax 0.5 mg"),), last=given, course=(given,))
        here = replace(here, past=replace(here.past, other_records=(other,)))
        assert next(one for one in findings(here) if one.key == "med.m1").level is expected
