"""Times that nobody knows exactly: `approx 2130`, `between 20:00 and 22:00`. The latest possible one counts."""

import re
from collections.abc import Callable

from checklist.model import TimeValue
from checklist.parse.typed import refusal
from checklist.times import Moment, written_time

_APPROX = re.compile(r"\s*(?:approx\.?|about|around|circa|ca\.?|~)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_RANGE = re.compile(r"\s*(?:between|from)\s+(?P<first>.+?)\s+(?:and|to)\s+(?P<last>.+)", re.IGNORECASE | re.DOTALL)


def parse_estimate(text: str, parse_one: Callable[[str], Moment]) -> TimeValue:
    """The time the rules use, and whether it is an estimate; of a range the later end (reference 12, case 1).

    `parse_one` reads a single time. Raises what it raises, and NotUnderstood for a range that runs backwards.
    """
    found = _RANGE.fullmatch(text)
    if found is not None:
        first, last = parse_one(found["first"]), parse_one(found["last"])
        if first > last:
            raise refusal(
                text,
                f"ends at {written_time(last)}, before it begins",
                "Type the earlier time first, each with its day, like “between yesterday 22:00 and 01:00”.",
            )
        return TimeValue(last, estimated=True, earliest=first)
    approx = _APPROX.fullmatch(text)
    return TimeValue(parse_one(approx["rest"] if approx else text), estimated=approx is not None)
