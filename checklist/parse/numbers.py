"""Numbers with units: what is typed becomes an exact Decimal in the item's own unit.

The limits are handed in (`Bounds`): they belong to the protocol. Conversions are those of reference 4.4.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from checklist.model import Quantity
from checklist.parse.typed import question, readable, refusal

_KG_PER_LB = Decimal("0.45359237")
_CM_PER_IN = Decimal("2.54")
_MG_DL_PER_MMOL_L = Decimal("18.0182")
_TYPE_AGAIN = "Type it again."

_NUMBER = re.compile(r"(?P<number>[0-9]{1,7}(?:[.,][0-9]{1,6})?|[.,][0-9]{1,6}) ?(?P<unit>[^0-9]*)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_FEET = re.compile(
    r"(?P<feet>[0-9]) ?(?:'|ft\.?|feet|foot) ?"
    r"(?:(?P<inches>[0-9]{1,2}(?:[.,][0-9]{1,2})?) ?(?:\"|''|in\.?|inch(?:es)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Two tiers for one number, inclusive; None is open. Outside `reject` it cannot be, outside `confirm` we ask."""

    reject_low: Decimal | None
    reject_high: Decimal | None
    confirm_low: Decimal | None
    confirm_high: Decimal | None
    unit: str
    decimals: int  # the most decimals a person may type in this unit; 0 is a whole number
    also: tuple[tuple[str, "Bounds"], ...] = ()  # another unit by name, with tiers of its own, as a table prints them
    alone: bool = False  # no other unit is converted


class Fit(StrEnum):
    USUAL = "usual"
    UNUSUAL = "unusual"
    IMPOSSIBLE = "impossible"


def fit(value: Decimal, bounds: Bounds) -> Fit:
    """Where a value falls; a value on a limit is still inside it."""
    if not _inside(value, bounds.reject_low, bounds.reject_high):
        return Fit.IMPOSSIBLE
    return Fit.USUAL if _inside(value, bounds.confirm_low, bounds.confirm_high) else Fit.UNUSUAL


def _inside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def possible_span(bounds: Bounds) -> str:
    """`20–250 /min`: outside it a value is refused."""
    return _span(bounds.reject_low, bounds.reject_high, bounds.unit)


def usual_span(bounds: Bounds) -> str:
    """`40–150 /min`: outside it a value is asked about."""
    return _span(bounds.confirm_low, bounds.confirm_high, bounds.unit)


def _span(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    if low is not None and high is not None:
        text = f"{format_decimal(low)}–{format_decimal(high)}"
    elif low is not None:
        text = f"{format_decimal(low)} or more"
    else:
        text = "any number" if high is None else f"{format_decimal(high)} or less"
    return f"{text} {unit}".strip()


def format_decimal(value: Decimal) -> str:
    """`35`, `0.5`: no trailing zero, a leading zero, never an exponent (Joint Commission and ISMP zero rules)."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def lb_to_kg(pounds: Decimal) -> Decimal:
    """kg; 1 lb is 0.45359237 kg exactly."""
    return pounds * _KG_PER_LB


def in_to_cm(inches: Decimal) -> Decimal:
    """cm; 1 in is 2.54 cm exactly."""
    return inches * _CM_PER_IN


def f_to_c(fahrenheit: Decimal) -> Decimal:
    """°C at full precision."""
    return (fahrenheit - 32) * 5 / 9


def mmol_to_mg_dl(mmol_l: Decimal) -> Decimal:
    """Glucose in mg/dL from mmol/L; factor 18.0182 (reference 4.4)."""
    return mmol_l * _MG_DL_PER_MMOL_L


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as written, how people type it, and the way from it to the item's own unit."""

    name: str
    spellings: frozenset[str]
    convert: Callable[[Decimal], Decimal]
    extra_decimals: int = 0  # beyond the item's own: a metre needs two more than a centimetre


def _own(value: Decimal) -> Decimal:
    return value


def _unit(name: str, spellings: str, convert: Callable[[Decimal], Decimal] = _own, extra: int = 0) -> _Unit:
    return _Unit(name, frozenset(spellings.split()), convert, extra)


_FAMILIES: tuple[tuple[_Unit, ...], ...] = (
    (
        _unit("kg", "kg kgs kilo kilos"),
        _unit("lb", "lb lbs lb. lbs. # pound pounds", lb_to_kg, 1),
    ),
    (
        _unit("cm", "cm cms"),
        _unit("in", 'in in. inch inches "', in_to_cm, 1),
        _unit("m", "m metre metres meter meters", lambda metres: metres * 100, 2),
    ),
    (_unit("°C", "°c c celsius"), _unit("°F", "°f f fahrenheit", f_to_c)),
    (_unit("mg/dL", "mg/dl mgdl"), _unit("mmol/L", "mmol/l mmol", mmol_to_mg_dl, 1)),
    (
        _unit("min", "min mins minute minutes"),
        _unit("h", "h hr hrs hour hours", lambda hours: hours * 60, 2),
    ),
    (_unit("%", "% percent"),),
    (_unit("mL", "ml mls"),),
    (_unit("L/min", "l/min l lpm"),),
    (_unit("/min", "/min bpm"),),
    (_unit("years", "years year y yr yrs"),),
)


def units_of(unit: str) -> tuple[_Unit, ...]:
    """The units accepted for an item, its own first; a unit we do not know is accepted as itself alone."""
    wanted = unit.replace(" ", "").lower()
    known = (family for family in _FAMILIES if wanted in family[0].spellings)
    return next(known, (_unit(unit, wanted),))


def parse_quantity(text: str, bounds: Bounds, *, confirmed: bool = False) -> Quantity:
    """`68,4`, `150 lb`, `5'4"`, `98.6 F`, `98 %` as a value in `bounds.unit` at full precision.

    Raises NotUnderstood for no number, a unit that does not belong, too many decimals or a value outside the reject
    limits; NeedsConfirmation outside the confirm limits unless `confirmed`. A number that can only be °F in a °C field
    is asked about, and `confirmed` records it as °F converted.
    """
    units = units_of(bounds.unit)[:1] if bounds.alone else units_of(bounds.unit)
    value, unit = _read(text, bounds, units)
    typed = text.strip()
    slip = _fahrenheit(value, unit, bounds)
    if slip is not None:
        if not confirmed:
            raise question(f"{format_decimal(value)} looks like °F: it would be recorded as {shown(slip, bounds)}.")
        return Quantity(slip, bounds.unit, typed)
    own, (judged, tiers) = unit.convert(value), _judged_in(value, unit, bounds)
    match fit(judged, tiers):
        case Fit.IMPOSSIBLE:
            raise refusal(
                text, f"cannot be right here: {possible_span(tiers)} is possible", _unit_hint(value, bounds, units)
            )
        case Fit.UNUSUAL if not confirmed:
            raise question(f"{shown(judged, tiers)} is unusual ({usual_span(tiers)} is usual).")
    return Quantity(own, bounds.unit, typed)


def _judged_in(value: Decimal, unit: _Unit, bounds: Bounds) -> tuple[Decimal, Bounds]:
    """The typed number with the tiers of its unit (55-770 lb), else converted with those of the item's own."""
    own = next((tiers for name, tiers in bounds.also if name.lower() in unit.spellings), None)
    return (unit.convert(value), bounds) if own is None else (value, own)


def shown(value: Decimal, bounds: Bounds) -> str:
    """A value as a sentence shows it: rounded half up to the item's decimals, with its unit."""
    rounded = value.quantize(Decimal(1).scaleb(-bounds.decimals), ROUND_HALF_UP)
    return f"{format_decimal(rounded)} {bounds.unit}".strip()


def _read(text: str, bounds: Bounds, units: tuple[_Unit, ...]) -> tuple[Decimal, _Unit]:
    plain = readable(text)
    feet = _FEET.fullmatch(plain)
    if feet is not None and units[0].name == "cm":
        return _feet_and_inches(text, feet), units[1]
    found = _NUMBER.fullmatch(plain)
    names = ", ".join(unit.name for unit in units if unit.name)
    if found is None:
        raise refusal(text, "is not a number", f"Type digits{f'; units understood: {names}' if names else ''}.")
    unit = _named_unit(text, found["unit"].replace(" ", ""), units, names)
    value = decimal_of(text, found["number"])
    allowed = bounds.decimals + unit.extra_decimals if unit is not units[0] else bounds.decimals
    if value != round(value, allowed):
        what = (
            "must be a whole number" if allowed == 0 else f"has more than {allowed} decimal{'s' if allowed > 1 else ''}"
        )
        raise refusal(text, what, _unit_hint(value, bounds, units) if unit is units[0] else _TYPE_AGAIN)
    return value, unit


def _named_unit(text: str, typed: str, units: tuple[_Unit, ...], names: str) -> _Unit:
    if not typed:
        return units[0]
    for unit in units:
        if typed in unit.spellings:
            return unit
    raise refusal(text, "has a unit that does not belong here", f"Units understood: {names or 'none'}.")


def decimal_of(text: str, number: str) -> Decimal:
    """The value of digits with a point or a decimal comma; `1,000` is refused, it could be 1000 or 1.

    Raises NotUnderstood.
    """
    if _THOUSANDS.fullmatch(number):
        joined, pointed = number.replace(",", ""), number.replace(",", ".")
        raise refusal(text, f"could be {joined} or {format_decimal(Decimal(pointed))}", "Type it without the comma.")
    return Decimal(number.replace(",", "."))


def _feet_and_inches(text: str, found: re.Match[str]) -> Decimal:
    inches = Decimal((found["inches"] or "0").replace(",", "."))
    if inches >= 12:
        raise refusal(text, "has 12 or more inches beside the feet", "Type it like 5'4\" or 64 in.")
    return Decimal(found["feet"]) * 12 + inches


def _fahrenheit(value: Decimal, unit: _Unit, bounds: Bounds) -> Decimal | None:
    """°C, when the number cannot be °C but can be °F: the commonest unit slip of temperatures (reference 4.4)."""
    if unit.name != "°C" or fit(value, bounds) is not Fit.IMPOSSIBLE:
        return None
    celsius = f_to_c(value)
    return None if fit(celsius, bounds) is Fit.IMPOSSIBLE else celsius


def _unit_hint(value: Decimal, bounds: Bounds, units: tuple[_Unit, ...]) -> str:
    """Which other unit would make the number an ordinary one."""
    for unit in units[1:]:
        if fit(*_judged_in(value, unit, bounds)) is Fit.USUAL:
            return f"If you mean {format_decimal(value)} {unit.name}, type the unit too."
    return _TYPE_AGAIN


def weight_slip(previous_kg: Decimal, now_kg: Decimal, *, change_percent: Decimal, slip_percent: Decimal) -> str | None:
    """A sentence when today's weight (kg) does not fit the last one: a likely kg/lb slip, or a change over the limit.

    Both are limits of the protocol (reference 4.4). `slip_percent` is the patient's own change on top of the factor of
    a slip. None when the weight fits, or without a last weight.
    """
    if previous_kg <= 0:
        return None
    ratio, tolerance = now_kg / previous_kg, slip_percent / 100
    now, before = format_decimal(round(now_kg, 1)), format_decimal(round(previous_kg, 1))
    if abs(ratio * _KG_PER_LB - 1) <= tolerance:
        return f"{now} kg after {before} kg: likely lb entered as kg. Is it {now} lb?"
    if abs(ratio / _KG_PER_LB - 1) <= tolerance:
        return f"{now} kg after {before} kg: likely kg entered as lb. Type the weight again with its unit."
    change = abs(ratio - 1) * 100
    if change <= change_percent:
        return None
    over = f"a change of {format_decimal(round(change, 1))} %, more than {format_decimal(change_percent)} %"
    return f"{now} kg after {before} kg: {over}."
