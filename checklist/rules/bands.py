"""Bands of a measured number: ordered limits, the first one reached decides. Shared by the vital-sign rules."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from checklist.model import Level
from checklist.protocol import Protocol
from checklist.rules.texts import number

_UNITS = {"C": "°C", "score": ""}


class Side(Enum):
    """On which side of its limit a band lies, in words and as a comparison."""

    ABOVE = ("above", operator.gt)
    FROM = ("at or above", operator.ge)
    TO = ("at or below", operator.le)
    BELOW = ("below", operator.lt)

    def __init__(self, words: str, reached: Callable[[Decimal | int, Decimal], bool]) -> None:
        self.words = words
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Band:
    level: Level
    limit: str  # key in [limits]
    side: Side

    def why(self, protocol: Protocol) -> str:
        """`above 140 mmHg`; a score stands without a unit: `at or below 3`."""
        limit = protocol.limits[self.limit]
        return f"{self.side.words} {number(limit.value)} {_UNITS.get(limit.unit, limit.unit)}".rstrip()


def band_of(value: Decimal | int, bands: tuple[Band, ...], protocol: Protocol) -> Band | None:
    """The first band (heaviest first) that the value lies in; None inside the limits."""
    for band in bands:
        if band.side.reached(value, protocol.limit(band.limit)):
            return band
    return None


def worst(*bands: Band | None) -> Band | None:
    """The heaviest of the bands that were reached; the first of equals."""
    reached = [band for band in bands if band is not None]
    return max(reached, key=lambda band: band.level.rank, default=None)


def is_outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Beyond one of two bounds; both ends count as inside, None is open."""
    return (low is not None and value < low) or (high is not None and value > high)
