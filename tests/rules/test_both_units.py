"""Typed in the other unit, a value lies on the same side of its limit: °F, mmol/L, lb, and back again."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.desk.bounds import for_parser
from checklist.model import Level
from checklist.parse import f_to_c, lb_to_kg, mmol_to_mg_dl, parse_quantity
from checklist.rules import baseline, fasting
from checklist.rules.facts import Facts
from tests.rules import limits
from tests.rules.build import PROTOCOL, facts, medicine, reading
from tests.rules.limits import of


def typed(text: str, bounds: str) -> Decimal:
    """What is kept when a person types this and says yes to a question."""
    return parse_quantity(text, for_parser(PROTOCOL.bounds[bounds]), confirmed=True).value


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("94.9 F", "review"),
        ("95.0 F", "review"),
        ("95.1 F", "nothing"),
        ("100.3 F", "nothing"),
        ("100.4 F", "hold"),
        ("100.5 F", "hold"),
        ("100.4", "hold"),  # no thermometer shows 100.4 °C: it is asked about and taken as °F
        ("37.9 C", "nothing"),
        ("38.0 C", "hold"),
    ],
)
def test_a_temperature_is_judged_alike_in_both_units(text: str, level: str) -> None:
    here = facts(readings=(reading(temp_c=typed(text, "temp")),))
    assert of(baseline.findings(here), "vitals.temp") == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("3.8 mmol/L", "hold"),
        ("3.9 mmol/L", "clear"),
        ("69", "hold"),
        ("70", "clear"),
        ("16.6 mmol/L", "clear"),
        ("16.7 mmol/L", "hold"),
        ("300 mg/dL", "clear"),
        ("301 mg/dL", "hold"),
    ],
)
def test_glucose_is_judged_alike_in_both_units(text: str, level: str) -> None:
    here = facts({"fasting.glucose": typed(text, "glucose")}, medicines=(medicine("lantus"),))
    assert of(fasting.findings(here), "fasting.glucose") == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("77 kg", "nothing"),
        ("77.1 kg", "note"),
        ("169.7 lb", "nothing"),
        ("169.8 lb", "note"),
        ("63 kg", "nothing"),
        ("62.9 kg", "note"),
        ("138.9 lb", "nothing"),
        ("138.8 lb", "note"),
    ],
)
def test_a_change_of_weight_by_a_tenth_is_judged_alike_in_both_units(text: str, level: str) -> None:
    """The last weight was 70 kg."""
    percent = (typed(text, "weight") / 70 - 1) * 100
    assert of(baseline.findings(limits.weighed(percent, PROTOCOL)), "vitals.weight_change") == level


def _temperature(celsius: Decimal) -> Facts:
    return facts(readings=(reading(temp_c=celsius),))


def _glucose(mg_dl: Decimal) -> Facts:
    return facts({"fasting.glucose": mg_dl}, medicines=(medicine("lantus"),))


def _levels(rule: Callable[[Facts], object], here: Facts) -> dict[str, Level]:
    return {one.key: one.level for one in rule(here)}  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(st.integers(300, 430))
def test_a_temperature_through_fahrenheit_and_back_keeps_its_level(tenths: int) -> None:
    celsius = Decimal(tenths) / 10
    assert f_to_c(celsius * 9 / 5 + 32) == celsius
    assert _levels(baseline.findings, _temperature(celsius)) == _levels(
        baseline.findings, _temperature(f_to_c(celsius * 9 / 5 + 32))
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 1000))
def test_glucose_through_mmol_and_back_keeps_its_level(mg_dl: int) -> None:
    back = mmol_to_mg_dl(mg_dl / mmol_to_mg_dl(Decimal(1)))
    assert abs(back - mg_dl) < Decimal("1E-20")
    assert _levels(fasting.findings, _glucose(Decimal(mg_dl))) == _levels(fasting.findings, _glucose(round(back, 20)))


@settings(max_examples=60, deadline=None)
@given(st.integers(250, 3500))
def test_a_weight_through_pounds_and_back_is_the_same_to_a_hair(tenths: int) -> None:
    kg = Decimal(tenths) / 10
    assert abs(lb_to_kg(kg / lb_to_kg(Decimal(1))) - kg) < Decimal("1E-20")
