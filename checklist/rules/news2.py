"""NEWS2 (Royal College of Physicians, 2017; reference 7.4). A published score: its numbers are not settings.

Acknowledge the Royal College of Physicians wherever it is shown; its chart is not redrawn.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from checklist.model import Reading

Steps = tuple[tuple[Decimal | int, int], ...]  # (highest value of the step, points), lowest step first
Number = Decimal | int
CONSCIOUSNESS = "Consciousness"

_RR: Steps = ((8, 3), (11, 1), (20, 0), (24, 2))
_SPO2_SCALE_1: Steps = ((91, 3), (93, 2), (95, 1))
_SPO2_SCALE_2: Steps = ((83, 3), (85, 2), (87, 1), (92, 0))
_SPO2_SCALE_2_OXYGEN: Steps = ((94, 1), (96, 2))
_SBP: Steps = ((90, 3), (100, 2), (110, 1), (219, 0))
_PULSE: Steps = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2))
_TEMP: Steps = ((Decimal("35.0"), 3), (Decimal("36.0"), 1), (Decimal("38.0"), 0), (Decimal("39.0"), 1))


class Consciousness(StrEnum):
    """ACVPU: alert, new confusion, responds to voice, to pain, unresponsive."""

    ALERT = "A"
    CONFUSED = "C"
    VOICE = "V"
    PAIN = "P"
    UNRESPONSIVE = "U"


class Risk(StrEnum):
    LOW = "LOW"
    LOW_MEDIUM = "LOW_MEDIUM"  # a single 3 with a total under 5
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


@dataclass(frozen=True, slots=True)
class News2:
    """Points by part, None where not taken. `at_least` is the sum of what is known; `total` only when all is known."""

    parts: tuple[tuple[str, int | None], ...]

    @property
    def at_least(self) -> int:
        return sum(points for _, points in self.parts if points is not None)

    @property
    def total(self) -> int | None:
        return None if any(points is None for _, points in self.parts) else self.at_least

    @property
    def highest_sign(self) -> int:
        """As `highest`, without consciousness: after ketamine a low one is explained and watched by its own scale."""
        return max((points for name, points in self.parts if points is not None and name != CONSCIOUSNESS), default=0)

    @property
    def highest(self) -> int:
        return max((points for _, points in self.parts if points is not None), default=0)

    @property
    def risk(self) -> Risk | None:
        """Of the whole score; None while a part is missing."""
        if self.total is None:
            return None
        if self.total >= 7:
            return Risk.HIGH
        if self.total >= 5:
            return Risk.MEDIUM
        return Risk.LOW_MEDIUM if self.highest == 3 else Risk.LOW


def news2(
    *,
    rr: int | None,
    spo2: int | None,
    on_oxygen: bool,
    sbp: int | None,
    pulse: int | None,
    consciousness: Consciousness | None,
    temp_c: Decimal | None,
    scale: int = 1,
) -> News2:
    """All seven parts. /min, %, mmHg, /min, C. Scale 2 only where a clinician set a target SpO2 of 88-92 %."""
    return News2(
        (
            ("Breathing rate", _points(rr, _RR, 3)),
            ("SpO2", spo2_points(spo2, on_oxygen, scale)),
            ("Oxygen", 2 if on_oxygen else 0),
            ("Systolic", _points(sbp, _SBP, 3)),
            ("Pulse", _points(pulse, _PULSE, 3)),
            (CONSCIOUSNESS, None if consciousness is None else 3 * (consciousness is not Consciousness.ALERT)),
            ("Temperature", _points(temp_c, _TEMP, 2)),
        )
    )


def spo2_points(spo2: int | None, on_oxygen: bool, scale: int) -> int | None:
    if scale == 1:
        return _points(spo2, _SPO2_SCALE_1, 0)
    low = _points(spo2, _SPO2_SCALE_2, 0)
    if spo2 is None or not on_oxygen or spo2 <= _SPO2_SCALE_2[-1][0]:
        return low
    return _points(spo2, _SPO2_SCALE_2_OXYGEN, 3)


def _points(value: Number | None, steps: Steps, above: int) -> int | None:
    if value is None:
        return None
    return next((points for highest, points in steps if value <= highest), above)


def of_reading(reading: Reading, scale: int = 1) -> News2:
    """NEWS2 of one reading; SpO2 scale 2 only where a clinician set that target for this patient."""
    return news2(
        rr=reading.rr,
        spo2=reading.spo2,
        on_oxygen=reading.on_oxygen,
        sbp=reading.sbp,
        pulse=reading.hr,
        consciousness=consciousness(reading),
        temp_c=reading.temp_c,
        scale=scale,
    )


def consciousness(reading: Reading) -> Consciousness | None:
    """ACVPU from MOAA/S and our own dissociation scale; None when no MOAA/S was recorded.

    MOAA/S 4 (lethargic, answers to the name in a normal voice) counts as alert, as reference 4.3 lets it go on;
    dissociation 3 (not oriented) counts as new confusion. Clinic policy, not part of NEWS2.
    """
    if reading.moaas is None:
        return None
    if reading.moaas >= 4:
        return Consciousness.CONFUSED if reading.dissociation == 3 else Consciousness.ALERT
    if reading.moaas == 3:
        return Consciousness.VOICE
    return Consciousness.PAIN if reading.moaas else Consciousness.UNRESPONSIVE
