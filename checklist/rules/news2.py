"""NEWS2 (Royal College of Physicians, 2017; reference 7.4). A published score: its numbers are not settings.

Acknowledge the Royal College of Physicians wherever it is shown; its chart is not redrawn.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from checklist.model import Reading
from checklist.protocol import Protocol

Steps = tuple[tuple[Decimal | int, int], ...]  # (highest value of the step, points), lowest step first
Number = Decimal | int
CONSCIOUSNESS = "Consciousness"
MOAAS_VOICE = 3  # MOAA/S 3 "responds only after name called loudly": the V of ACVPU (reference 7.3)
MEDIUM_FROM, HIGH_FROM, SINGLE = 5, 7, 3  # bands of the total, and the single part that raises a low one

_RR: Steps = ((8, 3), (11, 1), (20, 0), (24, 2))
_SPO2_SCALE_1: Steps = ((91, 3), (93, 2), (95, 1))
_SPO2_SCALE_2: Steps = ((83, 3), (85, 2), (87, 1), (92, 0))
_SPO2_SCALE_2_OXYGEN: Steps = ((94, 1), (96, 2))
_SBP: Steps = ((90, 3), (100, 2), (110, 1), (219, 0))
_PULSE: Steps = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2))
_TEMP: Steps = ((Decimal("35.0"), 3), (Decimal("36.0"), 1), (Decimal("38.0"), 0), (Decimal("39.0"), 1))


_ABOVE = 3  # points above the last step of breathing, pressure, pulse and SpO2 scale 2 on oxygen
_TEMP_ABOVE, OXYGEN, NOT_ALERT = 2, 2, 3

PUBLISHED: tuple[tuple[str, str, Steps, int], ...] = (
    ("Breathing rate", "/min", _RR, _ABOVE),
    ("SpO2, scale 1", "%", _SPO2_SCALE_1, 0),
    ("SpO2, scale 2", "%", _SPO2_SCALE_2, 0),
    ("SpO2, scale 2, on oxygen", "%", _SPO2_SCALE_2_OXYGEN, _ABOVE),
    ("Systolic", "mmHg", _SBP, _ABOVE),
    ("Pulse", "/min", _PULSE, _ABOVE),
    ("Temperature", "°C", _TEMP, _TEMP_ABOVE),
)
"""Name, unit, steps and the points above the last step: for `checklist protocol show`."""


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
        if self.total >= HIGH_FROM:
            return Risk.HIGH
        if self.total >= MEDIUM_FROM:
            return Risk.MEDIUM
        return Risk.LOW_MEDIUM if self.highest == SINGLE else Risk.LOW


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
            ("Breathing rate", _points(rr, _RR, _ABOVE)),
            ("SpO2", spo2_points(spo2, on_oxygen, scale)),
            ("Oxygen", OXYGEN if on_oxygen else 0),
            ("Systolic", _points(sbp, _SBP, _ABOVE)),
            ("Pulse", _points(pulse, _PULSE, _ABOVE)),
            (CONSCIOUSNESS, None if consciousness is None else NOT_ALERT * (consciousness is not Consciousness.ALERT)),
            ("Temperature", _points(temp_c, _TEMP, _TEMP_ABOVE)),
        )
    )


def spo2_points(spo2: int | None, on_oxygen: bool, scale: int) -> int | None:
    if scale == 1:
        return _points(spo2, _SPO2_SCALE_1, 0)
    low = _points(spo2, _SPO2_SCALE_2, 0)
    if spo2 is None or not on_oxygen or spo2 <= _SPO2_SCALE_2[-1][0]:
        return low
    return _points(spo2, _SPO2_SCALE_2_OXYGEN, _ABOVE)


def _points(value: Number | None, steps: Steps, above: int) -> int | None:
    if value is None:
        return None
    return next((points for highest, points in steps if value <= highest), above)


def of_reading(reading: Reading, protocol: Protocol, scale: int = 1, *, said_alert: bool = False) -> News2:
    """NEWS2 of one reading; SpO2 scale 2 only where a clinician set that target for this patient.

    `said_alert`: before the infusion somebody answered that the patient is alert, which stands in for a MOAA/S.
    """
    mind = consciousness(reading, protocol)
    if mind is None and said_alert:
        mind = Consciousness.ALERT
    return news2(
        rr=reading.rr,
        spo2=reading.spo2,
        on_oxygen=reading.on_oxygen,
        sbp=reading.sbp,
        pulse=reading.hr,
        consciousness=mind,
        temp_c=reading.temp_c,
        scale=scale,
    )


def consciousness(reading: Reading, protocol: Protocol) -> Consciousness | None:
    """ACVPU from MOAA/S and our own dissociation scale; None when no MOAA/S was recorded.

    MOAA/S from `escalate.news2_alert` counts as alert, as reference 4.3 lets it go on; dissociation from
    `escalate.news2_confused` (not oriented) counts as new confusion. Clinic policy, not part of NEWS2. Below that
    MOAA/S 3 is a voice, 2 and 1 are touch and pain, 0 is no response (reference 7.3).
    """
    if reading.moaas is None:
        return None
    if reading.moaas >= protocol.limit("escalate.news2_alert"):
        away = (reading.dissociation or 0) >= protocol.limit("escalate.news2_confused")
        return Consciousness.CONFUSED if away else Consciousness.ALERT
    if reading.moaas >= MOAAS_VOICE:
        return Consciousness.VOICE
    return Consciousness.PAIN if reading.moaas else Consciousness.UNRESPONSIVE
