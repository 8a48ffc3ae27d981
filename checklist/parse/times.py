"""Times as people say them. A bare time is the latest such time that is not in the future.

Where the clocks are set back and a wall time happens twice, the later instant that is not in the future counts: for
fasting the latest possible time is the safe one (reference 12, case 1). Zone letters choose. A wall time that the
clocks jumped over is refused.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from checklist.errors import NotUnderstood
from checklist.parse.clock_words import CLOCK, PHRASES, Clock, Part, hour_within, read_clock
from checklist.parse.dates import TypedDay, on_its_weekday, read_day, weekday_of
from checklist.parse.typed import question, readable, refusal
from checklist.times import Moment, written_clock, written_day, written_length, written_time

_EXAMPLE = "Type it like 2130, 9:30p or “last night 10”."
# A watch on the wall may be a little ahead of the PC: 10:43 typed at 10:42 must not silently become yesterday.
_WATCH_AHEAD = timedelta(minutes=5)
_SLIP_AHEAD = timedelta(hours=6)  # a bare time so little ahead may be a slip, or the PC's clock is slow
# A planned time further back than this is tomorrow's: 0830 typed in the evening.
_PLAN_BACK = timedelta(hours=12)

_RELATIVE = re.compile(
    r"(?P<sign>[-+]|in )? ?(?:(?P<hours>[0-9]{1,3}) ?h(?:ours?|rs?)? ?)?"
    r"(?:(?P<minutes>[0-9]{1,4}) ?(?P<unit>m(?:in(?:ute)?s?)?)?)?(?P<ago> ago)?"
)
_DAY_THEN_CLOCK = re.compile(rf"(?:(?P<day>.*?)(?:,? at |, ?| |(?<=[0-9])t))?{CLOCK}")
_CLOCK_THEN_DAY = re.compile(rf"{CLOCK},? (?:on )?(?P<day>.*)")


@dataclass(frozen=True, slots=True)
class _Ask:
    """A typed line taken apart, before it is laid on a day. `letters` are the zone's, or empty."""

    text: str
    clock: Clock
    letters: str
    now: Moment
    allow_future: bool
    confirmed: bool

    @property
    def today(self) -> date:
        return self.now.local.date()


def parse_time(
    text: str,
    now: Moment,
    *,
    day_hint: date | None = None,
    allow_future: bool = False,
    confirmed: bool = False,
    oldest: timedelta | None = None,
) -> Moment:
    """`2130`, `9:30p`, `last night 10`, `yday 2200`, `-1h20`, `mon 8:00`, `17-Nov 21:30` as a Moment cut to the minute.

    A bare time is the latest one not in the future; with `day_hint` it is on that day. With `allow_future` (planned
    times) a bare time is today's if that is still to come or at most 12 hours ago, else tomorrow's.
    Raises NotUnderstood; also for a time still to come unless `allow_future`, and for a bare time that is only minutes
    ahead. Raises NeedsConfirmation, unless `confirmed`, for a bare time that is to come within hours and so was
    yesterday's (a slip, or a PC clock that is slow, would hide a drink just taken: reference 12, case 1; `2130` in the
    morning is last night's without a question), and when it is more than `oldest` ago (the protocol's; None: never).
    """
    plain = readable(text)
    if not plain:
        raise NotUnderstood(f"A time is needed here. {_EXAMPLE} Nothing was changed.")
    moment = _relative(plain, now) or _on_the_clock(text, plain, now, day_hint, allow_future, confirmed)
    said = written_clock(moment, now.local.date())
    if moment > now and not allow_future:
        raise refusal(text, f"is {said}, which is still to come", "Type a time that has passed, or “now”.")
    ago = now.since(moment)
    if oldest is not None and ago > oldest and not confirmed:
        raise question(f"{said} is {written_length(ago)} ago.")
    return moment


def _relative(plain: str, now: Moment) -> Moment | None:
    """`now`, `-40m`, `2h ago`, `+20m`; None when it is none of them (`-40` alone could be minutes or hours)."""
    if plain == "now":
        return now.to_minute()
    found = _RELATIVE.fullmatch(plain)
    if found is None or not (found["hours"] or found["unit"]) or bool(found["sign"]) == bool(found["ago"]):
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    if hours and minutes >= 60:
        return None
    back = -1 if found["ago"] or found["sign"] == "-" else 1
    return now.plus(minutes=back * (60 * hours + minutes)).to_minute()


def _on_the_clock(
    text: str, plain: str, now: Moment, day_hint: date | None, allow_future: bool, confirmed: bool
) -> Moment:
    letters = _zone_letters(plain, now)
    day, clock = _day_and_clock(text, plain.removesuffix(letters).rstrip())
    ask = _Ask(text, clock, letters, now, allow_future, confirmed)
    if not day:
        return _bare(ask, day_hint)
    if day in PHRASES:
        return _phrase(ask, *PHRASES[day])
    if clock.typed == "midnight":
        raise _midnight_of_a_day(text)
    weekday = weekday_of(day.rstrip(",."))
    days = _weekdays(ask, weekday) if weekday is not None else (_written_day(ask, day),)
    return _settle(ask, _hour(ask), days)


def _zone_letters(plain: str, now: Moment) -> str:
    """The last word, when it is what this clinic's zone is called at some time of the year (`est`, `+1030`)."""
    last = plain.rsplit(" ", maxsplit=1)[-1]
    around = (now.plus(days=30 * month).local.tzname() for month in range(-12, 1))
    return last if last in {str(name).lower() for name in around} else ""


def _day_and_clock(text: str, plain: str) -> tuple[str, Clock]:
    for pattern in (_DAY_THEN_CLOCK, _CLOCK_THEN_DAY):
        found = pattern.fullmatch(plain)
        clock = read_clock(found["clock"]) if found is not None else None
        if found is not None and clock is not None:
            return found["day"] or "", clock
    raise refusal(text, "is not a time", _EXAMPLE)


def _bare(ask: _Ask, day_hint: date | None) -> Moment:
    hour = _hour(ask)
    if day_hint is not None:
        return _settle(ask, hour, (day_hint,))
    tomorrow = ask.today + timedelta(days=1)
    if ask.allow_future:
        return _settle(ask, hour, (ask.today, tomorrow))
    for day in (ask.today, tomorrow):
        if any(timedelta(0) < moment.since(ask.now) <= _WATCH_AHEAD for moment in _moments(ask, hour, day)):
            clock = f"{hour:02d}:{ask.clock.minute:02d}"
            raise refusal(ask.text, "is a few minutes from now", f"Type “now”, or “yesterday {clock}”.")
    moment = _settle(ask, hour, (ask.today, ask.today - timedelta(days=1)))
    still_to_come = timedelta(hours=24) - ask.now.since(
        moment
    )  # an hour more or less on a night that the clocks change
    if moment.local.date() != ask.today and still_to_come <= _SLIP_AHEAD and not ask.confirmed:
        taken = f"{written_day(moment.local.date())} {written_time(moment)}"
        raise question(f"“{ask.text.strip()}” is still to come, so it is taken as {taken}.")
    return moment


def _phrase(ask: _Ask, offset: int, part: Part) -> Moment:
    """`last night 1` is today's one o'clock; `last night 5` could be either and is asked."""
    day = ask.today + timedelta(days=offset)
    if part is Part.ANY:
        if ask.clock.typed == "midnight":
            raise _midnight_of_a_day(ask.text)
        return _settle(ask, _hour(ask), (day,))
    hour = hour_within(ask.clock, part)
    if hour is None:
        raise refusal(
            ask.text, f"is not a time of the {part}", "Type the day with a 24-hour time, like “yesterday 22:00”."
        )
    return _settle(ask, hour % 24, (day + timedelta(days=hour // 24),))


def _midnight_of_a_day(text: str) -> NotUnderstood:
    return refusal(text, "could be the start or the end of that day", "Type 0000 with the day that begins then.")


def _hour(ask: _Ask) -> int:
    if ask.clock.bare_hour:
        raise refusal(ask.text, "has no minutes", "Type it like 8a, 8p or 0800.")
    return ask.clock.hour


def _weekdays(ask: _Ask, weekday: int) -> tuple[date, ...]:
    """The nearest such days in the direction that is meant, today first."""
    if ask.allow_future:
        first = ask.today + timedelta(days=(weekday - ask.today.weekday()) % 7)
        return first, first + timedelta(days=7)
    first = ask.today - timedelta(days=(ask.today.weekday() - weekday) % 7)
    return first, first - timedelta(days=7)


def _written_day(ask: _Ask, plain: str) -> date:
    """The day of `17-Nov`; without a year the nearest such day. `17-Nov 2026` could be a year or 20:26 and is asked."""
    typed = read_day(ask.text, plain)
    if typed is None:
        raise refusal(ask.text, "is not a time", _EXAMPLE)
    digits = ask.clock.typed
    if typed.year is None and len(digits) == 4 and digits.isdecimal() and abs(int(digits) - ask.today.year) <= 1:
        raise refusal(ask.text, f"could mean the year {digits}", f"For the time type {digits[:2]}:{digits[2:]}.")
    return on_its_weekday(ask.text, typed, _nearest(typed, ask.today))


def _nearest(typed: TypedDay, today: date) -> date:
    if typed.year is not None:
        return date(typed.year, typed.month, typed.day)
    # Eight years hold a 29-Feb on either side, also around 2100.
    near = (typed.in_year(today.year + offset) for offset in range(-8, 9))
    return min((day for day in near if day is not None), key=lambda day: abs(day - today))


def _settle(ask: _Ask, hour: int, days: tuple[date, ...]) -> Moment:
    """The time on the first of the days on which it fits, else on the last. Raises when a day has no such time."""
    chosen: Moment | None = None
    for day in days:
        if not _shown(ask, hour, day):
            raise _skipped(ask, hour, day)
        moments = _moments(ask, hour, day)
        passed = [moment for moment in moments if moment <= ask.now]
        coming = [moment for moment in moments if moment > ask.now]
        in_order = [*coming, *passed[-1:]] if ask.allow_future else [*passed[-1:], *coming]
        chosen = next(iter(in_order), chosen)
        if in_order and _fits(ask, in_order[0]):
            break
    if chosen is None:
        raise refusal(
            ask.text, f"does not fit: the clocks did not show {ask.letters.upper()} then", "Leave the letters out."
        )
    return chosen


def _fits(ask: _Ask, moment: Moment) -> bool:
    return ask.now.since(moment) <= _PLAN_BACK if ask.allow_future else moment <= ask.now


def _shown(ask: _Ask, hour: int, day: date) -> list[Moment]:
    """The instants at which the clinic's clocks show this time on this day: none, one, or two on an autumn night."""
    both = sorted({_instant(ask, hour, day, fold) for fold in (0, 1)})
    return [moment for moment in both if moment.local.replace(tzinfo=None, fold=0) == _wall(ask, hour, day)]


def _moments(ask: _Ask, hour: int, day: date) -> list[Moment]:
    """Those of `_shown` that the typed zone letters leave."""
    shown = _shown(ask, hour, day)
    return [moment for moment in shown if ask.letters in ("", str(moment.local.tzname()).lower())]


def _instant(ask: _Ask, hour: int, day: date, fold: int) -> Moment:
    return Moment.of_local(_wall(ask, hour, day).replace(fold=fold), ask.now.zone)


def _wall(ask: _Ask, hour: int, day: date) -> datetime:
    return datetime.combine(day, time(hour, ask.clock.minute))


def _skipped(ask: _Ask, hour: int, day: date) -> NotUnderstood:
    # The two readings of a skipped time lie just before and just after the jump: they are what can have been meant.
    before, after = sorted(written_time(_instant(ask, hour, day, fold)) for fold in (0, 1))
    clock = f"{hour:02d}:{ask.clock.minute:02d}"
    return refusal(
        ask.text,
        f"cannot be: on {written_day(day)} the clocks went forward and {clock} did not happen",
        f"Type {before} or {after}.",
    )
