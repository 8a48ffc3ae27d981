"""The protocol's two-tier input limits in the form that the parser takes."""

from dataclasses import replace
from datetime import timedelta

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
        also=tuple((unit, for_parser(tiers)) for unit, tiers in bounds.also.items()),
        alone=bounds.alone,
    )


def _scale(bounds: Bounds) -> parse.Bounds:
    """A scale has no unit that a person types: MOAA/S, dissociation, nausea, pain, agitation (reference 7)."""
    return replace(for_parser(bounds), unit="")


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
        moaas=_scale(protocol.bounds["moaas"]),
        dissociation=_scale(protocol.bounds["dissociation"]),
        nausea=_scale(protocol.bounds["nausea"]),
        pain=_scale(protocol.bounds["pain"]),
        jump=int(protocol.limit("typing.digits_jump")),
        back_in_place=int(protocol.limit("typing.digits_back")),
        agitation=_scale(protocol.bounds["agitation"]),
    )


def unusual_after(protocol: Protocol) -> timedelta:
    """A typed time that lies further back is asked about once (`fasting.unusual_after`)."""
    return timedelta(hours=float(protocol.limit("fasting.unusual_after")))
