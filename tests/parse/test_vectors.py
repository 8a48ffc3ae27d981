"""The clinical test vectors that concern typed values (reference 15)."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import Bounds, f_to_c, format_decimal, lb_to_kg, parse_quantity, weight_slip
from tests.parse.clinic import LIMITS, TEMPERATURE

VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"


def vectors(*rules: str) -> list[tuple[str, str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return [(row["rule"], row["input"], row["expected"]) for row in csv.DictReader(file) if row["rule"] in rules]


def outcome(text: str, bounds: Bounds) -> str:
    try:
        parse_quantity(text, bounds)
    except NotUnderstood:
        return "REJECT"
    except NeedsConfirmation:
        return "CONFIRM"
    return "OK"


FIELDS = {"validate_temp_C": TEMPERATURE, "validate_spo2": LIMITS.spo2, "validate_hr": LIMITS.hr}


@pytest.mark.parametrize(("rule", "typed", "expected"), vectors(*FIELDS))
def test_reject_and_confirm_as_in_the_reference(rule: str, typed: str, expected: str) -> None:
    assert outcome(typed, FIELDS[rule]) == expected


@pytest.mark.parametrize(("rule", "given", "expected"), vectors("f_to_c", "lb_to_kg"))
def test_conversions_as_in_the_reference(rule: str, given: str, expected: str) -> None:
    convert = {"f_to_c": f_to_c, "lb_to_kg": lb_to_kg}[rule]
    value = convert(Decimal(given.split("=")[1]))
    assert value.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal(expected)


@pytest.mark.parametrize(("rule", "given", "expected"), vectors("weight_change"))
def test_weight_slips_as_in_the_reference(rule: str, given: str, expected: str) -> None:
    previous, today = (Decimal(part.split("=")[1]) for part in given.split(";"))
    sentence = weight_slip(previous, today, change_percent=Decimal(10), slip_percent=Decimal(3))
    assert sentence is not None
    assert {"CONFIRM: >10% change": "more than 10 %", "CONFIRM: likely lb entered as kg": "likely lb entered as kg"}[
        expected
    ] in sentence


@pytest.mark.parametrize(("rule", "given", "expected"), vectors("format_dose"))
def test_doses_are_written_as_in_the_reference(rule: str, given: str, expected: str) -> None:
    assert f"{format_decimal(Decimal(given))} mg" == expected


def test_the_vectors_are_there() -> None:
    assert len(vectors(*FIELDS, "f_to_c", "lb_to_kg", "weight_change", "format_dose")) == 13
