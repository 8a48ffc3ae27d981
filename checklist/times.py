"""Instants, clocks and how times are written for people.

Inside the program a time is always a `Moment`: an absolute instant with the zone it was observed in. Two aware
datetimes of one zone subtract as wall clocks in Python, which is wrong on daylight-saving nights; Moments subtract
as instants, so a fasting or observation length is always the length that really passed.
"""

import re
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STORED = re.compile(r"^(?P<iso>[^\[]+)\[(?P<zone>[^\]]+)\]$")


@cache
def _zone(name: str) -> "ZoneInfo":
    """The rules of an IANA zone, each read once."""
    from zoneinfo import ZoneInfo  # late: the sign-in window shows no time

    return ZoneInfo(name)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An absolute instant (UTC, microseconds) and the IANA zone in which it is shown. Equality looks at the instant."""

    utc: datetime
    zone: str = field(compare=False)

    def __post_init__(self) -> None:
        if self.utc.tzinfo is not UTC:
            raise ValueError("Moment.utc must be a datetime in datetime.UTC")

    @classmethod
    def of_local(cls, local: datetime, zone: str) -> "Moment":
        """The instant of a wall-clock time in `zone`; `local.fold` chooses in the repeated autumn hour."""
        return cls(local.replace(tzinfo=_zone(zone)).astimezone(UTC), zone)

    @classmethod
    def stored(cls, text: str) -> "Moment":
        """Read `2026-11-18T10:42:07.123456-05:00[America/New_York]`; raises ValueError on anything else."""
        return _stored(text)

    def store(self) -> str:
        """RFC 9557 text: local time, offset and zone, so that neither can be lost."""
        return f"{self.local.isoformat(timespec='microseconds')}[{self.zone}]"

    @property
    def local(self) -> datetime:
        return self.utc.astimezone(_zone(self.zone))

    def plus(self, **kwargs: float) -> "Moment":
        """Later by an absolute length, e.g. `plus(minutes=15)`."""
        return Moment(self.utc + timedelta(**kwargs), self.zone)

    def since(self, earlier: "Moment") -> timedelta:
        return self.utc - earlier.utc

    def to_minute(self) -> "Moment":
        """Cut to the minute: fasting is computed at minute resolution (reference 1.3)."""
        utc = self.utc
        return Moment(utc.replace(second=0, microsecond=0), self.zone) if utc.second or utc.microsecond else self


@lru_cache(maxsize=2048)
def _stored(text: str) -> Moment:
    """An answer is observed and entered at one moment, and is read again with each list: most texts come twice."""
    found = _STORED.match(text)
    if found is None:
        raise ValueError(f"not a stored moment: {text!r}")
    aware = datetime.fromisoformat(found["iso"])
    if aware.tzinfo is None:
        raise ValueError(f"a stored moment needs its offset: {text!r}")
    return Moment(aware.astimezone(UTC), found["zone"])


class Clock(Protocol):
    """Where the time comes from; handed in, so that tests and the tour hold it in their hands."""

    def now(self) -> Moment: ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, whatever is done to the PC's clock."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    zone: str

    def now(self) -> Moment:
        return Moment(datetime.now(UTC), self.zone)

    def monotonic(self) -> float:
        """Seconds that go on while the PC sleeps; else waking up would look like a clock that somebody set."""
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        elif sys.platform == "darwin":  # noqa: RET505 (mypy follows the platform only through elif)
            return time.clock_gettime(time.CLOCK_MONOTONIC)
        else:
            return time.monotonic()


@dataclass(frozen=True, slots=True)
class ZoneClock:
    """Another clock, read in the clinic's own zone whatever the PC's zone is set to."""

    clock: Clock
    zone: str

    def now(self) -> Moment:
        return Moment(self.clock.now().utc, self.zone)

    def monotonic(self) -> float:
        return self.clock.monotonic()


class ManualClock:
    """A clock that stands until it is moved: for tests and the practice walk-through."""

    def __init__(self, start: Moment) -> None:
        self._now = start
        self._monotonic = 0.0

    def now(self) -> Moment:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, **kwargs: float) -> None:
        """Let time pass; both the wall clock and the monotonic clock move."""
        before = self._now
        self._now = before.plus(**kwargs)
        self._monotonic += self._now.since(before).total_seconds()

    def jump(self, **kwargs: float) -> None:
        """Somebody sets the PC's clock: the wall clock moves, the monotonic clock does not."""
        self._now = self._now.plus(**kwargs)


def written_date(day: date) -> str:
    """`18-Nov-2026`, whatever the PC's region."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


_YEAR_ALONE = re.compile(r"\d{4}")
_MONTH_ALONE = re.compile(r"[^\W\d_]{3,9}\.?[ ,./-]{0,2}\d{4}|\d{1,2}[ ./-]\d{4}|\d{4}[ ./-]\d{1,2}")


def written_about(day: date, typed: str) -> str:
    """`18-Nov-2026`; `Mar-2024` or `2019` where nobody named the day. `typed` is what was entered."""
    words = typed.strip()
    if _YEAR_ALONE.fullmatch(words):
        return f"{day.year:04d}"
    if _MONTH_ALONE.fullmatch(words):
        return f"{MONTHS[day.month - 1]}-{day.year:04d}"
    return written_date(day)


def written_day(day: date) -> str:
    """`Wed 18-Nov-2026`."""
    return f"{WEEKDAYS[day.weekday()]} {written_date(day)}"


def written_time(moment: Moment) -> str:
    """`14:05`; in the repeated autumn hour the zone letters follow (`01:50 EST`)."""
    local = moment.local
    text = f"{local.hour:02d}:{local.minute:02d}"
    return f"{text} {local.tzname()}" if _is_repeated(local) else text


def _is_repeated(local: datetime) -> bool:
    """True when this wall-clock time happens twice on that day. It is an instant's, so it never lies in a gap."""
    return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()


def written_clock(moment: Moment, today: date) -> str:
    """A time as people say it beside today's date: `14:05`, `Yesterday 21:30`, `Tue 10-Nov 08:00`."""
    day = moment.local.date()
    if day == today:
        return written_time(moment)
    if day == today - timedelta(days=1):
        return f"Yesterday {written_time(moment)}"
    year = f"-{day.year}" if day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day:02d}-{MONTHS[day.month - 1]}{year} {written_time(moment)}"


def written_moment(moment: Moment) -> str:
    """`18-Nov-2026 10:58:14 -05:00`, for signatures."""
    local = moment.local
    raw = local.strftime("%z")
    return f"{written_date(local.date())} {local:%H:%M:%S} {raw[:3]}:{raw[3:5]}"


def written_length(length: timedelta) -> str:
    """`1hr 20min`, `6hr`, `38min`; a negative length is written with a minus."""
    minutes = int(abs(length.total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}hr"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}min")
    sign = "-" if length < timedelta(0) and minutes else ""
    return sign + " ".join(parts)


def years_between(born: date, today: date) -> int:
    """Age in completed years; someone born on 29-Feb has the birthday on 1-Mar in other years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
