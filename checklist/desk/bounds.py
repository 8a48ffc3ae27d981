"""The protocol's two-tier input limits in the form that the parser takes."""

from decimal import Decimal

from checklist import parse
from checklist.protocol import Bounds, Protocol


def for_parser(bounds: Bounds) -> parse.Bounds:
    return parse.Bounds(
        reject_low=bounds.reject_low,
        reject_high=bounds.reject_high,
        confirm_low=bounds.confirm_low,
        confirm_high=bounds.confirm_high,
        unit=bounds.unit,
        decimals=bounds.decimals,
    )


def _scale(highest: int) -> parse.Bounds:
    """A scale from 0 to its highest step: MOAA/S 0-5, dissociation and nausea 0-3, pain 0-10 (reference 7)."""
    return parse.Bounds(Decimal(0), Decimal(highest), None, None, unit="", decimals=0)


def for_vitals(protocol: Protocol) -> parse.VitalsLimits:
    """The limits of the vitals line."""
    known = {key: for_parser(bounds) for key, bounds in protocol.bounds.items()}
    return parse.VitalsLimits(
        sbp=known["sbp"],
        dbp=known["dbp"],
        pulse_pressure=known["pulse_pressure"],
        hr=known["hr"],
        spo2=known["spo2"],
        rr=known["rr"],
        temp_c=known["temp"],
        oxygen_l_min=known["oxygen"],
        moaas=_scale(5),
        dissociation=_scale(3),
        nausea=_scale(3),
        pain=_scale(10),
    )
