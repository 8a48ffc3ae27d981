"""What happened to the program while a visit was under way: it was not running, or the PC's clock was set.

Neither belongs to one visit: both are drawn beside the record, from entries of the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from checklist.ids import StaffId
from checklist.times import Moment, written_length


@dataclass(frozen=True, slots=True)
class Gap:
    """From the last entry of one run of the program to the first of the next.

    `clean`: it was closed by a person, so `begin` is the end of its run; else that came at some time in between.
    """

    begin: Moment
    end: Moment
    clean: bool

    def words(self, begin: str, end: str) -> str:
        """`No entries from 14:02 to 14:31: the program was not running`, with the two times as written."""
        how = "" if self.clean else " (it had ended without being closed)"
        return f"No entries from {begin} to {end}: the program was not running{how}"


class ClockReason(StrEnum):
    """Why the PC's clock was set."""

    SET_RIGHT = "set_right"
    SERVICE = "service"
    BATTERY = "battery"
    MISTAKE = "mistake"
    NOT_KNOWN = "not_known"
    OTHER = "other"  # needs words


CLOCK_REASONS: Mapping[ClockReason, str] = {
    ClockReason.SET_RIGHT: "It was wrong and was set right",
    ClockReason.SERVICE: "Set by the time server",
    ClockReason.BATTERY: "The PC lost its time (battery, repair)",
    ClockReason.MISTAKE: "Set by mistake",
    ClockReason.NOT_KNOWN: "Nobody knows",
    ClockReason.OTHER: "Other",
}


@dataclass(frozen=True, slots=True)
class ClockChange:
    """One jump of the PC's clock. `at` is what it showed afterwards; `seq` 0: no entry tells of it yet."""

    seq: int
    at: Moment
    seconds: int  # negative: back
    reason: str = ""  # in words; "" while nobody has written it
    by: StaffId | None = None
    answered: Moment | None = None

    @property
    def what(self) -> str:
        """`set 4hr forward`"""
        way = "forward" if self.seconds > 0 else "back"
        return f"set {written_length(timedelta(seconds=abs(self.seconds)))} {way}"

    def words(self, at: str) -> str:
        """`The PC's clock was set 1hr back, to 09:42: it was wrong and was set right`"""
        return f"The PC's clock was {self.what}, to {at}: {self.reason or 'reason not written yet'}"
