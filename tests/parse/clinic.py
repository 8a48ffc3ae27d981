"""The limits of reference 4.4 and a Wednesday morning in New York, for the tests of this folder."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.model import Reading, RowId, StaffId, Stage
from checklist.parse import Bounds, VitalsLimits
from checklist.times import Moment

T = TypeVar("T")
NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"


def at(wall: str, zone: str = NEW_YORK, fold: int = 0) -> Moment:
    """`2026-11-18 10:42` on the wall of a zone."""
    return Moment.of_local(datetime.fromisoformat(wall).replace(fold=fold), zone)


NOW = at("2026-11-18 10:42:30")
TODAY = NOW.local.date()


def bounds(reject: str, confirm: str, unit: str, decimals: int = 0) -> Bounds:
    """`bounds("40..300", "80..220", "mmHg")`."""
    low, high = (Decimal(part) for part in reject.split(".."))
    confirm_low, confirm_high = (Decimal(part) for part in confirm.split(".."))
    return Bounds(low, high, confirm_low, confirm_high, unit, decimals)


WEIGHT = bounds("25..350", "40..200", "kg", 1)
HEIGHT = bounds("100..250", "140..210", "cm", 1)
TEMPERATURE = bounds("30.0..43.0", "35.0..39.0", "°C", 1)
GLUCOSE = bounds("10..1000", "70..300", "mg/dL")
MINUTES = bounds("5..480", "40..60", "min")
AGE = bounds("0..120", "18..90", "years")
LIMITS = VitalsLimits(
    sbp=bounds("40..300", "80..220", "mmHg"),
    dbp=bounds("20..200", "40..130", "mmHg"),
    pulse_pressure=bounds("1..280", "15..100", "mmHg"),
    hr=bounds("20..250", "40..150", "/min"),
    spo2=bounds("50..100", "88..100", "%"),
    rr=bounds("3..70", "8..30", "/min"),
    temp_c=TEMPERATURE,
    oxygen_l_min=bounds("0..15", "0..6", "L/min", 1),
    moaas=bounds("0..5", "0..5", ""),
    dissociation=bounds("0..3", "0..3", ""),
    nausea=bounds("0..3", "0..3", ""),
    pain=bounds("0..10", "0..10", ""),
    agitation=bounds("0..4", "0..4", ""),
    jump=20,
    back_in_place=5,
)


def tried(parse: Callable[[], T]) -> tuple[T | None, str]:
    """The value and no sentence, or no value and the sentence; any other error is a failed test."""
    try:
        return parse(), ""
    except (NotUnderstood, NeedsConfirmation) as error:
        return None, error.sentence


def reading(**values: int) -> Reading:
    return Reading(RowId("r1"), Stage.INFUSION, NOW, NOW, StaffId("s1"), "", **values)  # type: ignore[arg-type]
