"""Weights, heights, temperatures and plain numbers as typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.parse import Bounds, f_to_c, format_decimal, lb_to_kg, parse_quantity, weight_slip
from tests.parse.clinic import GLUCOSE, HEIGHT, LIMITS, MINUTES, TEMPERATURE, WEIGHT, tried

OPEN = Bounds(None, None, None, None, "mg/kg", 3)
LITRES = LIMITS.oxygen_l_min


@pytest.mark.parametrize(
    ("typed", "bounds", "value"),
    [
        ("68.4", WEIGHT, "68.4"),
        ("68,4", WEIGHT, "68.4"),
        (" 68.4 kg ", WEIGHT, "68.4"),
        ("150 lb", WEIGHT, "68.0388555"),
        ("150lbs", WEIGHT, "68.0388555"),
        ("150.25 lb", WEIGHT, "68.1522535925"),
        ("150.5 LB", WEIGHT, "68.265651685"),
        ("٦٨٫٤", WEIGHT, "68.4"),
        ("６８．４ kg", WEIGHT, "68.4"),
        ("25", Bounds(Decimal(25), None, None, None, "kg", 1), "25"),
        ("162 cm", HEIGHT, "162"),
        ("5'4\"", HEIGHT, "162.56"),
        ("5’4”", HEIGHT, "162.56"),
        ("5 ft 4", HEIGHT, "162.56"),
        ("5ft 4.5in", HEIGHT, "163.83"),
        ("6'", HEIGHT, "182.88"),
        ("64 in", HEIGHT, "162.56"),
        ("1.62 m", HEIGHT, "162"),
        ("36.7", TEMPERATURE, "36.7"),
        ("98.6 F", TEMPERATURE, "37"),
        ("98.6 °F", TEMPERATURE, "37"),
        ("36.7℃", TEMPERATURE, "36.7"),
        ("98", GLUCOSE, "98"),
        ("5.5 mmol/L", GLUCOSE, "99.1001"),
        ("98 %", LIMITS.spo2, "98"),
        ("98%", LIMITS.spo2, "98"),
        ("40 min", MINUTES, "40"),
        ("1 h", MINUTES, "60"),
        (".5", OPEN, "0.5"),
        ("0,125", OPEN, "0.125"),
        ("0.5 mg/kg", OPEN, "0.5"),
        ("2 L", LITRES, "2"),
    ],
)
def test_a_number_is_kept_exactly_in_the_items_unit(typed: str, bounds: Bounds, value: str) -> None:
    quantity = parse_quantity(typed, bounds)
    assert quantity.value == Decimal(value)
    assert quantity.unit == bounds.unit
    assert quantity.typed == typed.strip()


@pytest.mark.parametrize(
    ("typed", "bounds", "why"),
    [
        ("", WEIGHT, "is not a number. Type digits; units understood: kg, lb."),
        ("½", WEIGHT, "is not a number"),
        ("5²", WEIGHT, "does not belong"),
        ("-5", WEIGHT, "is not a number"),
        ("68.", WEIGHT, "does not belong"),
        ("1,000", WEIGHT, "could be 1000 or 1. Type it without the comma."),
        ("1,250", OPEN, "could be 1250 or 1.25"),
        ("68.44", WEIGHT, "has more than 1 decimal. Type it again."),
        ("0.12345", OPEN, "has more than 3 decimals"),
        ("76.5", LIMITS.hr, "must be a whole number"),
        ("5.5", GLUCOSE, "must be a whole number. If you mean 5.5 mmol/L, type the unit too."),
        ("150.255 lb", WEIGHT, "has more than 2 decimals. Type it again."),
        ("1.62", HEIGHT, "has more than 1 decimal. If you mean 1.62 m, type the unit too."),
        ("68.4 mg", WEIGHT, "has a unit that does not belong here. Units understood: kg, lb."),
        ("4 x", LIMITS.pain, "Units understood: none."),
        ("x", LIMITS.pain, "is not a number. Type digits. Nothing was changed."),
        ("400", WEIGHT, "25–350 kg is possible. If you mean 400 lb, type the unit too."),
        ("64", HEIGHT, "If you mean 64 in, type the unit too."),
        ("5'13", HEIGHT, "has 12 or more inches"),
        ("5'4", WEIGHT, "is not a number"),
        ("720", LIMITS.hr, "cannot be right here: 20–250 /min is possible. Type it again. Nothing was changed."),
        ("110 F", TEMPERATURE, "30–43 °C is possible"),
        ("200", TEMPERATURE, "30–43 °C is possible"),
        ("9", Bounds(Decimal(10), None, None, None, "mL", 0), "10 or more mL is possible"),
        ("9", Bounds(None, Decimal(8), None, None, "mL", 0), "8 or less mL is possible"),
    ],
)
def test_what_cannot_be_right_is_refused(typed: str, bounds: Bounds, why: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_quantity(typed, bounds)
    assert why in refused.value.sentence


def test_an_unusual_weight_asks_once() -> None:
    with pytest.raises(NeedsConfirmation, match=r"^220 kg is unusual \(40–200 kg is usual\)\. Confirm it"):
        parse_quantity("220", WEIGHT)
    assert parse_quantity("220", WEIGHT, confirmed=True).value == 220


def test_a_value_on_the_limit_is_usual_and_one_step_beyond_asks() -> None:
    assert parse_quantity("200", WEIGHT).value == 200
    with pytest.raises(NeedsConfirmation):
        parse_quantity("200.1", WEIGHT)
    assert parse_quantity("350", WEIGHT, confirmed=True).value == 350
    with pytest.raises(NotUnderstood):
        parse_quantity("350.1", WEIGHT, confirmed=True)


def test_only_an_upper_usual_limit_is_named_as_such() -> None:
    with pytest.raises(NeedsConfirmation, match=r"6 or less L/min is usual"):
        parse_quantity("8", Bounds(None, None, None, Decimal(6), "L/min", 0))


def test_fahrenheit_typed_for_celsius_is_named() -> None:
    with pytest.raises(NeedsConfirmation, match=r"^98\.6 looks like °F: it would be recorded as 37 °C\."):
        parse_quantity("98.6", TEMPERATURE)
    confirmed = parse_quantity("98.6", TEMPERATURE, confirmed=True)
    assert (confirmed.value, confirmed.unit, confirmed.typed) == (Decimal(37), "°C", "98.6")


def slip(before: Decimal, now: Decimal) -> str | None:
    return weight_slip(before, now, change_percent=Decimal(10), slip_percent=Decimal(3))


def test_slips_of_weight_are_named() -> None:
    lb = slip(Decimal("81.6"), Decimal(180))
    assert lb == "180 kg after 81.6 kg: likely lb entered as kg. Is it 180 lb?"
    kg = slip(Decimal("81.6"), Decimal(37))
    assert kg is not None
    assert "likely kg entered as lb" in kg
    assert slip(Decimal("81.6"), Decimal("90.5")) == "90.5 kg after 81.6 kg: a change of 10.9 %, more than 10 %."
    assert slip(Decimal(80), Decimal(88)) is None
    assert slip(Decimal(0), Decimal(88)) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("35.0", "35"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.50", "0.5"),
        ("0E+5", "0"),
        ("-0.0", "0"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_dose_has_no_trailing_zero_and_no_exponent(value: str, text: str) -> None:
    assert format_decimal(Decimal(value)) == text


KILOS = st.decimals(40, 200, places=1)


@given(KILOS)
def test_a_weight_as_printed_is_read_back(kilos: Decimal) -> None:
    printed = format_decimal(kilos)
    assert parse_quantity(f"{printed} kg", WEIGHT).value == kilos
    assert parse_quantity(printed.replace(".", ","), WEIGHT).value == kilos
    assert not printed.endswith(".")
    assert "." not in printed or not printed.endswith("0")


@given(st.decimals(88, 440, places=1))
def test_pounds_are_converted_without_loss(pounds: Decimal) -> None:
    assert lb_to_kg(pounds) / Decimal("0.45359237") == pounds
    assert parse_quantity(f"{pounds} lb", WEIGHT, confirmed=True).value == lb_to_kg(pounds)


@given(st.decimals(86, 109, places=1))
def test_fahrenheit_there_and_back(fahrenheit: Decimal) -> None:
    assert round(f_to_c(fahrenheit) * 9 / 5 + 32, 20) == fahrenheit


@given(
    st.one_of(st.text(), st.text("0123456789.,'\" kglbftin½²٣", max_size=12)),
    st.sampled_from([WEIGHT, HEIGHT, TEMPERATURE, GLUCOSE, MINUTES, OPEN, LIMITS.pain]),
)
def test_any_text_is_a_number_inside_the_limits_or_an_honest_refusal(text: str, bounds: Bounds) -> None:
    quantity, sentence = tried(lambda: parse_quantity(text, bounds, confirmed=True))
    assert sentence.isprintable()
    if quantity is None:
        assert sentence.endswith("Nothing was changed.")
        return
    assert bounds.reject_low is None or quantity.value >= bounds.reject_low
    assert bounds.reject_high is None or quantity.value <= bounds.reject_high


def test_a_number_whose_unit_stands_alone_is_not_converted_with_the_factor_of_another() -> None:
    """1 mmol/L of glucose is 18 mg/dL; of creatinine it is 11. Nobody is to mix them up."""
    creatinine = Bounds(Decimal("0.1"), Decimal(30), None, None, "mg/dL", 2, alone=True)
    assert parse_quantity("1.1 mg/dL", creatinine).value == Decimal("1.1")
    for typed in ("1.1 mmol/L", "88 umol/L"):
        with pytest.raises(NotUnderstood, match="Units understood: mg/dL"):
            parse_quantity(typed, creatinine)
