"""Typed numbers against table 4.4 of the reference: one step outside, on, and inside each of the two tiers."""

from decimal import Decimal

import pytest

from checklist.desk.bounds import for_parser, for_vitals
from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import parse_quantity, parse_vitals
from tests.rules.build import PROTOCOL, moment

# key, unit as typed, its step, reject low and high, confirm low and high
QUANTITIES = [
    ("weight", " kg", "0.1", "25", "350", "40", "200"),
    ("weight", " lb", "0.1", "55", "770", "88", "440"),
    ("height", " cm", "0.1", "100", "250", "140", "210"),
    ("height", " in", "0.1", "39", "98", "55", "83"),
    ("bmi", "", "0.1", "10", "90", "15", "60"),
    ("glucose", " mg/dL", "1", "10", "1000", "70", "300"),
    ("glucose", " mmol/L", "0.1", "0.6", "55.4", "3.9", "16.6"),
    ("age", "", "1", "0", "120", "18", "90"),
    ("minutes", "", "1", "5", "480", "40", "60"),
]
# how the sign stands in a line, its step, reject low and high, confirm low and high ("": never asked)
SIGNS = [
    ("{}/30 ", "1", "40", "300", "80", ""),
    ("299/{} ", "1", "20", "200", "", ""),
    ("hr {}", "1", "20", "250", "40", "150"),
    ("spo2 {}", "1", "50", "100", "88", "100"),
    ("rr {}", "1", "3", "70", "8", "30"),
    ("temp {}", "0.1", "30.0", "43.0", "35.0", "39.0"),
    ("temp {} F", "0.1", "86.0", "109.4", "95.0", "102.2"),
    ("o2 {}", "0.1", "0", "15", "0", "6"),
    ("sedation {}", "1", "0", "5", "", ""),
    ("dissociation {}", "1", "0", "3", "", ""),
    ("nausea {}", "1", "0", "3", "", ""),
    ("pain {}", "1", "0", "10", "", ""),
]
NOW = moment("10:42")


def outcome_of(key: str, typed: str) -> str:
    try:
        parse_quantity(typed, for_parser(PROTOCOL.bounds[key]))
    except NeedsConfirmation:
        return "asked"
    except NotUnderstood:
        return "refused"
    return "taken"


def outcome_in_line(line: str, words: str) -> str:
    """`words` is the number as the question names it: other questions of the same line do not count."""
    try:
        parse_vitals(line, NOW, for_vitals(PROTOCOL))
    except NeedsConfirmation as question:
        return "asked" if f"{words} is unusual" in question.sentence else "taken"
    except NotUnderstood:
        return "refused"
    return "taken"


def shown(value: Decimal) -> str:
    return format(value, "f")


@pytest.mark.parametrize(
    ("key", "unit", "step", "low", "high", "usual_low", "usual_high"),
    QUANTITIES,
    ids=[f"{row[0]}{row[1]}" for row in QUANTITIES],
)
def test_both_tiers_of_a_number_stand_where_the_reference_has_them(
    key: str, unit: str, step: str, low: str, high: str, usual_low: str, usual_high: str
) -> None:
    one = Decimal(step)
    for edge, way in ((low, -1), (high, 1)):
        beyond = Decimal(edge) + way * one
        if beyond >= 0:
            assert outcome_of(key, f"{shown(beyond)}{unit}") == "refused", beyond
        assert outcome_of(key, f"{edge}{unit}") in ("asked", "taken")
        assert outcome_of(key, f"{shown(Decimal(edge) - way * one)}{unit}") in ("asked", "taken")
    for edge, way in ((usual_low, -1), (usual_high, 1)):
        assert outcome_of(key, f"{shown(Decimal(edge) + way * one)}{unit}") == "asked"
        assert outcome_of(key, f"{edge}{unit}") == "taken"
        assert outcome_of(key, f"{shown(Decimal(edge) - way * one)}{unit}") == "taken"


@pytest.mark.parametrize(
    ("line", "step", "low", "high", "usual_low", "usual_high"), SIGNS, ids=[row[0].strip() for row in SIGNS]
)
def test_both_tiers_of_a_sign_stand_where_the_reference_has_them(
    line: str, step: str, low: str, high: str, usual_low: str, usual_high: str
) -> None:
    one = Decimal(step)
    for edge, way in ((low, -1), (high, 1)):
        beyond = Decimal(edge) + way * one
        if beyond >= 0:
            assert outcome_in_line(line.format(shown(beyond)), "") == "refused", beyond
        assert outcome_in_line(line.format(edge), "") != "refused"
    for edge, way in ((usual_low, -1), (usual_high, 1)):
        beyond = Decimal(edge or 0) + way * one
        if edge and Decimal(low) <= beyond <= Decimal(high):
            assert outcome_in_line(line.format(shown(beyond)), "") == "asked", beyond
        if edge:
            assert outcome_in_line(line.format(edge), f" {edge}") == "taken"


@pytest.mark.parametrize(
    ("pressure", "outcome"),
    [("120/106", "asked"), ("120/105", "taken"), ("170/70", "taken"), ("171/70", "asked"), ("90/90", "refused"),
     ("90/91", "refused"), ("91/90", "asked")],
)  # fmt: skip
def test_the_pulse_pressure_is_asked_below_15_and_above_100(pressure: str, outcome: str) -> None:
    assert outcome_in_line(pressure, f"pulse pressure {difference(pressure)}") == outcome


def difference(pressure: str) -> int:
    systolic, diastolic = map(int, pressure.split("/"))
    return systolic - diastolic


def test_a_refusal_names_the_span_of_the_typed_unit() -> None:
    with pytest.raises(NotUnderstood, match="55–770 lb is possible"):
        parse_quantity("54 lb", for_parser(PROTOCOL.bounds["weight"]))
    with pytest.raises(NeedsConfirmation, match=r"^86 lb is unusual \(88–440 lb is usual\)"):
        parse_quantity("86 lb", for_parser(PROTOCOL.bounds["weight"]))
    with pytest.raises(NotUnderstood, match="39–98 in is possible"):
        parse_quantity("3'2\"", for_parser(PROTOCOL.bounds["height"]))
