"""The time of day inside a phrase: `9:30p`, `2130`, `noon`, and what `10` means after `last night`."""

import re
from dataclasses import dataclass
from enum import StrEnum

# One clock in a readable line; the patterns of whole lines are built around it.
CLOCK = r"(?P<clock>noon|midday|midnight|(?:[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,4}) ?(?:[ap](?:\.?m)?\.?|h(?:rs?)?)?)"
_PARTS_OF_CLOCK = re.compile(r"(?P<digits>[0-9]{1,2}[:.][0-9]{2}|[0-9]{1,4}) ?(?P<half>[ap])?.*")
_WORDS = {"noon": 12, "midday": 12, "midnight": 0}


class Part(StrEnum):
    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


# The hours of each part. A night goes on into the next day: 25 is one o'clock of the day after.
_HOURS: dict[Part, range] = {
    Part.ANY: range(24),
    Part.MORNING: range(12),
    Part.AFTERNOON: range(12, 18),
    Part.EVENING: range(17, 24),
    Part.NIGHT: range(18, 29),
}

# What a phrase says: days from today, and the part of that day.
PHRASES: dict[str, tuple[int, Part]] = {
    "today": (0, Part.ANY),
    "this morning": (0, Part.MORNING),
    "this afternoon": (0, Part.AFTERNOON),
    "this evening": (0, Part.EVENING),
    "tonight": (0, Part.EVENING),
    "yesterday": (-1, Part.ANY),
    "yday": (-1, Part.ANY),
    "yest": (-1, Part.ANY),
    "yesterday morning": (-1, Part.MORNING),
    "yesterday afternoon": (-1, Part.AFTERNOON),
    "yesterday evening": (-1, Part.EVENING),
    "last evening": (-1, Part.EVENING),
    "yesterday night": (-1, Part.NIGHT),
    "last night": (-1, Part.NIGHT),
    "tomorrow": (1, Part.ANY),
    "tomorrow morning": (1, Part.MORNING),
    "tomorrow afternoon": (1, Part.AFTERNOON),
    "tomorrow evening": (1, Part.EVENING),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as typed. `open_half`: 10:30 that could be morning or evening; `bare_hour`: no minutes typed."""

    typed: str
    hour: int
    minute: int
    open_half: bool = False
    bare_hour: bool = False


def read_clock(typed: str) -> Clock | None:
    """The clock of a text that matches `CLOCK`; None for an hour or minute no clock shows (25:00, 13:75, 13 am)."""
    if typed in _WORDS:
        return Clock(typed, _WORDS[typed], 0)
    found = _PARTS_OF_CLOCK.fullmatch(typed)
    assert found is not None  # every text that matches CLOCK is a word or digits
    digits = re.sub("[:.]", "", found["digits"])
    no_minutes = len(digits) <= 2
    hour, minute = (int(digits), 0) if no_minutes else (int(digits[:-2]), int(digits[-2:]))
    half: str = found["half"] or ""
    of_day = _hour_of_day(hour, half)
    if of_day is None or minute > 59:
        return None
    open_half = not half and 1 <= hour <= 12 and not digits.startswith("0")
    return Clock(typed, of_day, minute, open_half, no_minutes and not half)


def _hour_of_day(hour: int, half: str) -> int | None:
    """0-23 from the typed hour and `a`, `p` or nothing; `2130p` says the same twice, `2130a` contradicts itself."""
    match half:
        case "a":
            return hour % 12 if hour <= 12 else None
        case "p":
            return hour % 12 + 12 if 1 <= hour <= 23 else None
        case _:
            return hour if hour <= 23 else None


def hour_within(clock: Clock, part: Part) -> int | None:
    """The one hour of the clock in the part of the day (24 and more is the next day); None when not exactly one."""
    first = clock.hour % 12 if clock.open_half else clock.hour
    step = 12 if clock.open_half else 24
    fitting = [hour for hour in range(first, 48, step) if hour in _HOURS[part]]
    return fitting[0] if len(fitting) == 1 else None
