"""What stands beside a medicine: new, changed, held, cleared."""

from dataclasses import replace

import pytest

from checklist.model import MedicineDetails, MedicineRow, SinceLast, Staff, StaffId, TodayPlan
from checklist.rules.medicine_notes import notes
from checklist.snapshot import Record
from tests.rules.build import facts, medicine, session
from tests.rules.test_standing import visit


def beside(row: MedicineRow, *last: MedicineRow) -> tuple[str, ...]:
    earlier = Record(session(number=1), medicines=last) if last else None
    return notes(facts(medicines=(row,), last=earlier), {}).get("m1", ())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("xanax 0.5 mg", ()),
        ("XANAX  0.5 mg", ()),
        ("xanax 1 mg", ("was “xanax 0.5 mg” on 18-Nov-2026",)),
        ("alprazolam 0.5 mg", ("was “xanax 0.5 mg” on 18-Nov-2026",)),
        ("zoloft", ("new since 18-Nov-2026",)),
        ("zqxv", ("new since 18-Nov-2026",)),
    ],
)
def test_what_changed_since_the_last_list_is_said_without_a_key(typed: str, expected: tuple[str, ...]) -> None:
    assert beside(medicine(typed), medicine("xanax 0.5 mg", row="old")) == expected


def test_at_a_first_visit_and_after_an_empty_list_nothing_is_new() -> None:
    assert beside(medicine("zoloft")) == ()
    assert notes(facts(medicines=(medicine("zoloft"),), last=Record(session(number=1))), {}) == {}


def test_two_unknown_medicines_are_never_the_same() -> None:
    assert beside(medicine("zqxv"), medicine("qqqv", row="old")) == ("new since 18-Nov-2026",)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (MedicineDetails(route="by mouth"), ("by mouth",)),
        (MedicineDetails(frequency="at night", route="by mouth"), ("by mouth, at night",)),
        (MedicineDetails(since_last=SinceLast.CHANGED), ("changed since the last visit",)),
        (MedicineDetails(since_last=SinceLast.UNCHANGED), ("unchanged since the last visit",)),
        (MedicineDetails(today=TodayPlan.PROVIDER_ASKED), ("provider asked",)),
        (MedicineDetails(today=TodayPlan.HOLD_TODAY, held_by="Dr. Li"), ("held today, on the advice of Dr. Li",)),
    ],
)
def test_what_was_said_of_a_medicine_stands_beside_it(details: MedicineDetails, expected: tuple[str, ...]) -> None:
    assert beside(replace(medicine("zoloft"), details=details)) == expected


def test_what_was_said_outweighs_what_the_list_shows() -> None:
    row = replace(medicine("zoloft 50"), details=MedicineDetails(since_last=SinceLast.UNCHANGED))
    assert beside(row, medicine("zoloft 100", row="old")) == ("unchanged since 18-Nov-2026",)


@pytest.mark.parametrize(
    ("staff", "verbal", "who"),
    [
        ({StaffId("menon"): "Dr. A. Menon"}, "", "Dr. A. Menon"),
        ({}, "", "a provider"),
        ({StaffId("menon"): "R. Ortiz"}, "Dr. B. Shah", "Dr. B. Shah"),
    ],
)
def test_a_clearance_names_who_gave_it_and_when(staff: dict[StaffId, str], verbal: str, who: str) -> None:
    earlier = visit("xanax 0.5 mg")
    given = replace(earlier, decisions=(replace(earlier.decisions[0], verbal_from=verbal),))
    people = {one: Staff(one, "menon", name, name, frozenset(), active=True) for one, name in staff.items()}
    here = facts(medicines=(medicine("xanax 0.5 mg"),), last=given, course=(given,))
    assert notes(here, people)["m1"] == (f"cleared by {who} 11-Nov-2026 until medicine or dose changes",)
