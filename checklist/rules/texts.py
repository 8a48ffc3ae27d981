"""Placeholders in the protocol's texts, and how numbers and moments are written in findings."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from checklist.rules.facts import Facts
from checklist.times import Moment, written_clock, written_date

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def number(value: Decimal) -> str:
    """`6`, `0.5`: no trailing zero, always a leading one, never an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def when(moment: Moment, facts: Facts) -> str:
    """`06:30`, `Yesterday 21:30` … as seen from the day of the session."""
    return written_clock(moment, facts.day_of_start)


def limit_text(facts: Facts, key: str) -> str:
    """A limit with its unit: `6 h`."""
    limit = facts.protocol.limits[key]
    return f"{number(limit.value)} {limit.unit}"


def fasting_key(facts: Facts, category: str) -> str:
    """The limit of a category in the clinic's profile: `fasting.ASA.light_meal`."""
    return f"fasting.{facts.protocol.setting('fasting_profile')}.{category}"


def _fasting_hours(category: str) -> Callable[[Facts], str]:
    return lambda facts: number(facts.limit(fasting_key(facts, category)))


def _limit(key: str) -> Callable[[Facts], str]:
    return lambda facts: number(facts.limit(key))


def _last_visit(facts: Facts) -> str:
    last = facts.past.last
    return written_date(last.session.planned.local.date()) if last else "the last visit"


def _escort(facts: Facts) -> str:
    answer = facts.answer("transport.name")
    return answer.value if answer and isinstance(answer.value, str) else "The escort"


_VALUES: Mapping[str, Callable[[Facts], str]] = {
    "planned": lambda facts: when(facts.record.session.planned, facts),
    "scheduled": lambda facts: when(facts.record.scheduled or facts.record.session.planned, facts),
    "light": _fasting_hours("light_meal"),
    "fatty": _fasting_hours("fatty_meal"),
    "clear": _fasting_hours("clear_liquid"),
    "last_visit": _last_visit,
    "escort": _escort,
    "recovery_every": _limit("schedule.recovery_every"),
    "observe": _limit("schedule.observe_after_end"),
}


def fill(text: str, facts: Facts) -> str:
    """The text with {planned}, {scheduled}, {light}, {fatty}, {clear}, {last_visit}, {escort} and the like put in.

    A name that is not one of these stays as the clinic wrote it: a slip in a text never stops a session.
    """
    return _PLACEHOLDER.sub(lambda found: _value(found, facts), text)


def _value(found: re.Match[str], facts: Facts) -> str:
    value = _VALUES.get(found[1])
    return value(facts) if value else found[0]
