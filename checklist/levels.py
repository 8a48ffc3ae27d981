"""How much a finding weighs. A file of its own: the first window needs the levels and nothing else of the model."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs, lightest first."""

    CLEAR = "clear"
    INFO = "info"
    NOTE = "note"
    REVIEW = "review"
    HOLD = "hold"
    STOP = "stop"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @classmethod
    def worst(cls, levels: Iterable["Level"]) -> "Level":
        """The heaviest of the levels; CLEAR when there are none."""
        return max(levels, key=lambda level: level.rank, default=cls.CLEAR)


_RANKS = {level: place for place, level in enumerate(Level)}
