"""Calendar dates as people type them. Day and month are never guessed: where both orders are possible we ask."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from checklist.errors import NotUnderstood
from checklist.parse.numbers import Bounds, Fit, fit, usual_span
from checklist.parse.typed import question, readable, refusal
from checklist.times import MONTHS, WEEKDAYS, written_date, years_between

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2199
_LEAP_YEAR = 2000  # to check a day and month without a year: 29-Feb is possible
_EXAMPLE = "Type it like 14-Mar-1986."

_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ ./-]?(?P<month>[a-z]{3,9})\.?(?:[ ,./-]{0,2}(?P<year>[0-9]+))?"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,9})\.?[ ./-]?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:[ ,./-]{1,2}(?P<year>[0-9]+))?"
)
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[ ./-](?P<month>[0-9]{1,2})[ ./-](?P<day>[0-9]{1,2})")
_NUMERIC = re.compile(r"(?P<one>[0-9]{1,2})[./-](?P<two>[0-9]{1,2})(?:[./-](?P<year>[0-9]+))?")
_SOLID = re.compile(r"[0-9]{8}")
_YEAR_ALONE = re.compile(r"(?P<year>[0-9]{4})")
_MONTH_ALONE = (
    re.compile(r"(?P<name>[a-z]{3,9})\.?[ ,./-]{0,2}(?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[0-9]{1,2})[ ./-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[ ./-](?P<month>[0-9]{1,2})"),
)


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day and month, with the year and the weekday where they were typed."""

    year: int | None
    month: int
    day: int
    weekday: int | None = None  # 0 is Monday, when it was typed

    def in_year(self, year: int) -> date | None:
        """The date in that year; None for 29-Feb of a common year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def weekday_of(word: str) -> int | None:
    """0 for `mon`, `monday`; None when the word is no weekday."""
    found = (index for index, name in enumerate(_WEEKDAY_NAMES) if len(word) >= 3 and name.startswith(word))
    return next(found, None)


def read_day(text: str, plain: str) -> TypedDay | None:
    """The one calendar day that `plain` (already readable) names; None when it is no date at all.

    Raises NotUnderstood for a two-digit year or an unknown order of day and month.
    """
    first, _, rest = plain.partition(" ")
    weekday = weekday_of(first.rstrip(",.")) if rest else None
    found = set(_possible_days(text, rest if weekday is not None else plain))
    if not found:
        return None
    if len(found) > 1:
        raise _order_unknown(text, found)
    return replace(found.pop(), weekday=weekday)


def on_its_weekday(text: str, typed: TypedDay, day: date) -> date:
    """The day, when a typed weekday agrees with it. Raises NotUnderstood."""
    if typed.weekday not in (None, day.weekday()):
        raise refusal(text, f"does not fit: {written_date(day)} is a {WEEKDAYS[day.weekday()]}", "Type it again.")
    return day


def _possible_days(text: str, plain: str) -> Iterator[TypedDay]:
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        found = pattern.fullmatch(plain)
        if found is not None:
            yield from _valid(_year(text, found["year"]), _month_of(found["month"]), int(found["day"]))
    if found := _YEAR_FIRST.fullmatch(plain):
        yield from _valid(_year(text, found["year"]), int(found["month"]), int(found["day"]))
    if found := _NUMERIC.fullmatch(plain):
        yield from _either_order(_year(text, found["year"]), int(found["one"]), int(found["two"]))
    if _SOLID.fullmatch(plain):
        yield from _either_order(int(plain[4:]), int(plain[:2]), int(plain[2:4]))
        yield from _valid(int(plain[:4]), int(plain[4:6]), int(plain[6:]))


def _either_order(year: int | None, one: int, two: int) -> Iterator[TypedDay]:
    yield from _valid(year, one, two)
    yield from _valid(year, two, one)


def _valid(year: int | None, month: int, day: int) -> Iterator[TypedDay]:
    typed = TypedDay(year, month, day)
    in_range = year is None or _EARLIEST_YEAR <= year <= _LATEST_YEAR
    if in_range and typed.in_year(_LEAP_YEAR if year is None else year) is not None:
        yield typed


def _month_of(word: str) -> int:
    """1-12 from `mar`, `march` or `sept`; 0, which no calendar has, for another word."""
    return next((number for number, name in enumerate(_MONTH_NAMES, 1) if name.startswith(word)), 0)


def _year(text: str, digits: str | None) -> int | None:
    if digits is None or len(digits) == 4:
        return None if digits is None else int(digits)
    raise refusal(text, "has no four-digit year", _EXAMPLE)


def _order_unknown(text: str, found: set[TypedDay]) -> NotUnderstood:
    ways = sorted(f"{one.day:02d}-{MONTHS[one.month - 1]}" for one in found)
    return refusal(text, f"could be {' or '.join(ways)}", f"Type the month in letters, like {ways[0]}.")


def parse_date(text: str, *, today: date | None = None, allow_future: bool = False) -> date:
    """`14-Mar-1986`, `14 mar 1986`, `3/14/1986`, `1986-03-14`, `14031986`, `Wed 18-Nov-2026`.

    With `today` also `today` and `yesterday`, and a later day is refused unless `allow_future`. Years 1900-2199.
    Raises NotUnderstood; `3/4/1986` and two-digit years are never guessed.
    """
    plain = readable(text)
    day = _named_day(plain, today) or _typed_date(text, plain)
    if today is not None and day > today and not allow_future:
        raise refusal(text, f"is {written_date(day)}, which is still to come", "Type the day again.")
    return day


def parse_about(text: str, today: date) -> date:
    """A day in the past, or `2019`, `Mar 2024`, `3/2024`, `2024-03` where nobody knows it: then the latest possible.

    Whoever asks when something happened must take it for as recent as it can be (reference 12, case 1).
    Raises NotUnderstood as `parse_date` does.
    """
    plain = readable(text)
    span = _year_alone(plain) or _month_alone(plain)
    if span is None:
        return parse_date(text, today=today)
    if span[0] > today:
        raise refusal(text, "is still to come", "Type it again.")
    return min(span[1], today)


def _year_alone(plain: str) -> tuple[date, date] | None:
    found = _YEAR_ALONE.fullmatch(plain)
    year = int(found["year"]) if found else 0
    return (date(year, 1, 1), date(year, 12, 31)) if _EARLIEST_YEAR <= year <= _LATEST_YEAR else None


def _month_alone(plain: str) -> tuple[date, date] | None:
    """First and last day of the month named; None when it is no month of these years."""
    for pattern in _MONTH_ALONE:
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        named = found.groupdict()
        year, month = int(named["year"]), _month_of(named["name"]) if "name" in named else int(named["month"])
        if 1 <= month <= 12 and _EARLIEST_YEAR <= year <= _LATEST_YEAR:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return None


def _named_day(plain: str, today: date | None) -> date | None:
    back = {"today": 0, "yesterday": 1, "yday": 1}.get(plain)
    return today - timedelta(days=back) if today is not None and back is not None else None


def _typed_date(text: str, plain: str) -> date:
    if not plain:
        raise NotUnderstood(f"A date is needed here. {_EXAMPLE} Nothing was changed.")
    typed = read_day(text, plain)
    if typed is None:
        raise refusal(text, "is not a date", _EXAMPLE)
    if typed.year is None:
        raise refusal(text, "has no year", _EXAMPLE)
    return on_its_weekday(text, typed, date(typed.year, typed.month, typed.day))


def parse_birth_date(text: str, today: date, age: Bounds, *, confirmed: bool = False) -> date:
    """A birth date not after `today`; the age in completed years is held against `age` (reference 4.4).

    Raises NotUnderstood, and NeedsConfirmation for an unusual age unless `confirmed`.
    """
    born = parse_date(text, today=today)
    years = years_between(born, today)
    match fit(Decimal(years), age):
        case Fit.IMPOSSIBLE:
            raise refusal(
                text, f"would be an age of {years} years, which cannot be right", "Type the birth date again."
            )
        case Fit.UNUSUAL if not confirmed:
            raise question(f"Born {written_date(born)} is an age of {years} years ({usual_span(age)} is usual).")
    return born
