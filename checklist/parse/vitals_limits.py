"""Vital signs held against the protocol's limits: what cannot be is refused, what is unusual is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from checklist.model import Reading
from checklist.parse.numbers import Bounds, Fit, f_to_c, fit, format_decimal, possible_span, usual_span
from checklist.parse.typed import refusal
from checklist.parse.vitals_line import Line, Sign

_NAMES: Mapping[Sign, str] = {
    Sign.SBP: "SBP",
    Sign.DBP: "DBP",
    Sign.HR: "HR",
    Sign.SPO2: "SpO2",
    Sign.RR: "RR",
    Sign.TEMP: "Temp",
    Sign.OXYGEN: "O2",
    Sign.MOAAS: "MOAA/S",
    Sign.DISSOCIATION: "Dissociation",
    Sign.NAUSEA: "Nausea",
    Sign.PAIN: "Pain",
    Sign.AGITATION: "Agitation",
}


@dataclass(frozen=True, slots=True)
class VitalsLimits:
    """The limits of each number (reference 4.4), from the protocol. `pulse_pressure`: only its confirm tier.

    A jump of `jump` from the last reading that shrinks to `back_in_place` when two neighbouring digits change places is
    asked about (183/84 after 138/82).
    """

    sbp: Bounds
    dbp: Bounds
    pulse_pressure: Bounds
    hr: Bounds
    spo2: Bounds
    rr: Bounds
    temp_c: Bounds
    oxygen_l_min: Bounds
    moaas: Bounds
    dissociation: Bounds
    nausea: Bounds
    pain: Bounds
    agitation: Bounds
    jump: int
    back_in_place: int

    def of(self, sign: Sign) -> Bounds:
        bounds: Bounds = getattr(self, sign.value)
        return bounds


def tenths(value: Decimal) -> str:
    return format_decimal(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def in_celsius(line: Line, limits: VitalsLimits) -> tuple[dict[Sign, Decimal], list[str]]:
    """The values with the temperature in °C, and the question when only °F makes sense of it (reference 4.4)."""
    values = dict(line.values)
    typed = values.get(Sign.TEMP)
    if typed is None:
        return values, []
    celsius = f_to_c(typed)
    if line.fahrenheit:
        values[Sign.TEMP] = celsius
        return values, []
    if fit(typed, limits.temp_c) is Fit.IMPOSSIBLE and fit(celsius, limits.temp_c) is not Fit.IMPOSSIBLE:
        values[Sign.TEMP] = celsius
        return values, [f"{format_decimal(typed)} looks like °F and would be recorded as {tenths(celsius)} °C"]
    return values, []


def refuse_impossible(text: str, values: Mapping[Sign, Decimal], limits: VitalsLimits) -> None:
    for sign, value in values.items():
        bounds = limits.of(sign)
        if sign is not Sign.TEMP and value != round(value, bounds.decimals):
            raise refusal(text, f"cannot be right: {_said(sign, value)} has too many decimals", "Correct the line.")
        if fit(value, bounds) is Fit.IMPOSSIBLE:
            hint = _swapped(values, limits) or "Correct the line."
            raise refusal(text, f"cannot be right: {_said(sign, value)} ({possible_span(bounds)} is possible)", hint)
    if Sign.SBP in values and values[Sign.DBP] >= values[Sign.SBP]:
        raise refusal(text, "cannot be right: DBP is not below SBP", "Correct the line.")


def _said(sign: Sign, value: Decimal) -> str:
    return f"{_NAMES[sign]} {tenths(value) if sign is Sign.TEMP else format_decimal(value)}"


def _swapped(values: Mapping[Sign, Decimal], limits: VitalsLimits) -> str:
    """A hint when SpO2 is out of the usual but HR and SpO2 would both be usual in each other's place."""
    if Sign.HR not in values or Sign.SPO2 not in values:
        return ""
    pulse, saturation = values[Sign.HR], values[Sign.SPO2]
    both_fit = fit(saturation, limits.hr) is Fit.USUAL and fit(pulse, limits.spo2) is Fit.USUAL
    if not both_fit or fit(saturation, limits.spo2) is Fit.USUAL:
        return ""
    return f"HR {pulse} and SpO2 {saturation} look swapped: is it HR {saturation}, SpO2 {pulse}?"


def unusual(values: Mapping[Sign, Decimal], limits: VitalsLimits) -> list[str]:
    doubts = [
        f"{_said(sign, value)} is unusual ({usual_span(limits.of(sign))} is usual)"
        for sign, value in values.items()
        if fit(value, limits.of(sign)) is Fit.UNUSUAL
    ]
    if Sign.SBP in values:
        difference = values[Sign.SBP] - values[Sign.DBP]
        if fit(difference, limits.pulse_pressure) is not Fit.USUAL:
            doubts.append(f"pulse pressure {difference} is unusual ({usual_span(limits.pulse_pressure)} is usual)")
    swapped = _swapped(values, limits)
    return [*doubts, swapped.rstrip("?")] if swapped else doubts


def transposed(values: Mapping[Sign, Decimal], previous: Reading, limits: VitalsLimits) -> list[str]:
    before = {Sign.SBP: previous.sbp, Sign.DBP: previous.dbp, Sign.HR: previous.hr}
    doubts = []
    for sign, last in before.items():
        likely = _likely_meant(int(values[sign]), last, limits) if sign in values and last is not None else None
        if likely is not None:
            doubts.append(f"{_NAMES[sign]} {values[sign]} after {last}: two digits may have changed places ({likely})")
    return doubts


def _likely_meant(value: int, last: int, limits: VitalsLimits) -> int | None:
    """The number with two neighbouring digits changed, when that lies near the last reading and this one does not."""
    digits = str(value)
    changed = (int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) for at in range(len(digits) - 1))
    if abs(value - last) < limits.jump:
        return None
    return next((number for number in changed if abs(number - last) <= limits.back_in_place), None)
