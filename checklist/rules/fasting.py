"""Fasting before the infusion (reference 1): when the patient last ate and drank, against the clinic's profile.

Lengths are computed on instants at minute resolution, so that a daylight-saving night never changes them. The planned
start counts; once it has passed, now; once the infusion runs, its actual start.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Final

from checklist.model import Answer, Level, TimeValue
from checklist.protocol import Protocol
from checklist.rules.dose import written
from checklist.rules.facts import FACTS, Facts, finding
from checklist.rules.texts import fasting_key, limit_text, number, when
from checklist.snapshot import Finding
from checklist.times import Moment, written_length

STEP = "fasting"
ITEMS = frozenset({"fasting.solids", "fasting.fatty", "fasting.fluids", "fasting.glucose"})
"""Items judged here whatever their state; the general gates leave them alone."""


class Impossible(Enum):
    """What is no fasting length at all: an intake after the start (reference 1.3, INVALID)."""

    INVALID = "invalid"


INVALID: Final = Impossible.INVALID

_LIMIT_OF = {
    "clear_liquid": "clear_liquid",
    "breast_milk": "breast_milk",
    "light_meal": "light_meal",
    "nonhuman_milk": "light_meal",
    "infant_formula": "light_meal",
    "fatty_meal": "fatty_meal",
}
_WITHOUT_HOURS = {"sip_with_meds": Level.CLEAR, "gum_removed": Level.CLEAR, "gum_in_mouth": Level.REVIEW}


def needed_hours(category: str, protocol: Protocol, profile: str) -> Decimal:
    """Hours without this intake before the start; KeyError for a category that has none."""
    return protocol.limit(f"fasting.{profile}.{_LIMIT_OF[category]}")


def assess(category: str, hours: Decimal | None, protocol: Protocol, profile: str) -> Level | Impossible:
    """CLEAR, REVIEW or HOLD for an intake this many hours before the start; None (not known) is a HOLD."""
    if category in _WITHOUT_HOURS:
        return _WITHOUT_HOURS[category]
    if hours is None:
        return Level.HOLD
    if hours < 0:
        return INVALID
    if hours >= needed_hours(category, protocol, profile):
        return Level.CLEAR
    review = protocol.limits.get(f"fasting.{profile}.{_LIMIT_OF[category]}_review")
    return Level.REVIEW if review is not None and hours >= review.value else Level.HOLD


def hours_between(intake: Moment, start: Moment) -> Decimal:
    """Hours that really passed, at minute resolution; negative when the intake is after the start."""
    return Decimal(start.to_minute().since(intake.to_minute()) // timedelta(minutes=1)) / 60


def earliest(intakes: Iterable[tuple[str, Moment]], protocol: Protocol, profile: str) -> Moment | None:
    """The first moment at which every intake (category, time) is long enough ago; None without intakes."""
    return max(
        (at.to_minute().plus(hours=float(needed_hours(category, protocol, profile))) for category, at in intakes),
        default=None,
    )


def earliest_start(facts: Facts) -> Moment | None:
    """When the known intakes allow the start; None while none is known."""
    intakes = [("clear_liquid", facts.moment("fasting.fluids"))]
    intakes.append((solids_category(facts), facts.moment("fasting.solids")))
    known = [(category, at) for category, at in intakes if at is not None]
    return earliest(known, facts.protocol, facts.protocol.setting("fasting_profile"))


def solids_category(facts: Facts) -> str:
    """A meal counts as fatty unless somebody said that it was not."""
    return "light_meal" if facts.word("fasting.fatty") == "no" else "fatty_meal"


def findings(facts: Facts) -> Iterator[Finding]:
    """Solids, fluids, a long fast on glucose-lowering medicines, and glucose."""
    yield from _intake(facts, _solids(facts))
    yield from _intake(facts, _FLUIDS)
    yield from _long_fast(facts)
    yield from _glucose(facts)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question about the last intake, with its words."""

    item: str
    category: str
    short: str
    long: str
    extra: tuple[str, ...] = ()
    may_be_light: bool = False  # nobody has said whether it was fatty: it counts as fatty


_FLUIDS = _Asked("fasting.fluids", "clear_liquid", "Clear fluids", "Last clear fluid")


def _solids(facts: Facts) -> _Asked:
    category, open_ = solids_category(facts), facts.word("fasting.fatty") not in ("yes", "no")
    return _Asked("fasting.solids", category, "Solids", "Last solid food", ("fasting.fatty",), may_be_light=open_)


def _intake(facts: Facts, asked: _Asked) -> Iterator[Finding]:
    answer = facts.answer(asked.item)
    if answer is None:
        return
    if not isinstance(answer.value, TimeValue):
        yield _not_known(facts, asked, answer)
        return
    level = _level(facts, asked.category, answer.value.at)
    close = level is Level.CLEAR and _is_close(facts, asked, answer.value)
    yield _close(facts, asked, answer.value) if close else _judged(facts, asked, answer.value, level)


def _level(facts: Facts, category: str, at: Moment) -> Level | Impossible:
    profile = facts.protocol.setting("fasting_profile")
    return assess(category, hours_between(at, facts.start), facts.protocol, profile)


def _is_close(facts: Facts, asked: _Asked, value: TimeValue) -> bool:
    """An estimate so little past its limit that the true time can lie before it."""
    past = hours_between(value.at, facts.start) - _hours(facts, asked)
    return value.estimated and past * 60 < facts.limit("fasting.estimate_margin")


def _close(facts: Facts, asked: _Asked, value: TimeValue) -> Finding:
    margin = limit_text(facts, "fasting.estimate_margin")
    return finding(
        asked.item,
        Level.REVIEW,
        f"{asked.long} approx {written_length(facts.start.since(value.at.to_minute()))} before the start",
        f"{_needed(facts, asked)} The time is an estimate, less than {margin} past that.",
        "Ask for the latest time it can have been, or let the provider decide.",
        STEP,
        items=(asked.item, *asked.extra),
        source=facts.protocol.source_of("fasting.estimate_margin"),
        inputs=(*_inputs(facts, asked), ("estimated", "yes")),
    )


def _not_known(facts: Facts, asked: _Asked, answer: Answer) -> Finding:
    """Unknown or declined holds (case 12.1); "not applicable" is for a provider: everybody eats and drinks."""
    level = Level.REVIEW if answer.state.value == "not_applicable" else Level.HOLD
    said = {"unknown": "not known", "declined": "not said"}.get(answer.state.value, "marked as not applicable")
    return finding(
        asked.item,
        level,
        f"{asked.long} {said}",
        f"{answer.reason + '. ' if answer.reason else ''}{_needed(facts, asked)}",
        "Ask the patient or the escort for the latest time it can have been, or let the provider decide.",
        STEP,
        items=(asked.item,),
        source=_source(facts, asked),
        inputs=((asked.item, answer.state.value), ("reason", answer.reason)),
    )


def _judged(facts: Facts, asked: _Asked, value: TimeValue, level: Level | Impossible) -> Finding:
    can_start = value.at.to_minute().plus(hours=float(_hours(facts, asked)))
    title, detail, action = _words(facts, asked, value, level, when(can_start, facts))
    waits = level is not INVALID and can_start > facts.start
    return finding(
        asked.item,
        Level.HOLD if isinstance(level, Impossible) else level,
        title,
        f"{detail} The time is an estimate: approx {when(value.at, facts)}." if value.estimated else detail,
        action,
        STEP,
        items=(asked.item, *asked.extra),
        source=_source(facts, asked),
        inputs=_inputs(facts, asked),
        until=can_start if waits else None,
    )


def _words(
    facts: Facts, asked: _Asked, value: TimeValue, level: Level | Impossible, can_start: str
) -> tuple[str, str, str]:
    """Title, detail and action."""
    approx, needed = "approx " if value.estimated else "", _needed(facts, asked)
    length = f"{approx}{written_length(facts.start.since(value.at.to_minute()))}"
    if level is INVALID:
        title = f"{asked.long} {approx}{when(value.at, facts)} is after the start"
        return title, needed, f"Check this time and the start at {when(facts.start, facts)}."
    if level is Level.CLEAR:
        return f"{asked.short} {length}", needed, ""
    title, move = f"{asked.long} {length} before the start", f"Move the start to {can_start}, or ask the provider."
    if asked.may_be_light:
        earlier = f"Can start at {can_start}; at {_if_light(facts, value.at)} if it was neither fatty nor fried."
        return title, f"{needed} {earlier}", f"Ask what it was. {move}"
    return title, f"{needed} Can start at {can_start}.", move


def _if_light(facts: Facts, at: Moment) -> str:
    """When the start would be allowed, had the meal been a light one."""
    hours = needed_hours("light_meal", facts.protocol, facts.protocol.setting("fasting_profile"))
    return when(at.to_minute().plus(hours=float(hours)), facts)


def cause(facts: Facts, key: str) -> str:
    """`last solid food 07:20 (6hr)`: the intake behind a finding and the time it needs; empty for other keys.

    `(8hr if fatty or fried; 13:20 if not)` while nobody has said which it was.
    """
    asked = next((one for one in (_solids(facts), _FLUIDS) if one.item == key), None)
    at = facts.moment(key) if asked else None
    if asked is None or at is None:
        return ""
    needed = written_length(timedelta(hours=float(_hours(facts, asked))))
    if asked.may_be_light:
        needed = f"{needed} if fatty or fried; {_if_light(facts, at)} if not"
    return f"{asked.long[0].lower()}{asked.long[1:]} {when(at, facts)} ({needed})"


def _hours(facts: Facts, asked: _Asked) -> Decimal:
    return needed_hours(asked.category, facts.protocol, facts.protocol.setting("fasting_profile"))


def _needed(facts: Facts, asked: _Asked) -> str:
    """`6 h are needed.`"""
    if asked.may_be_light:
        return f"{number(_hours(facts, asked))} h are needed if it was fatty or fried."
    after = " after fatty food" if asked.category == "fatty_meal" else ""
    return f"{number(_hours(facts, asked))} h are needed{after}."


def _source(facts: Facts, asked: _Asked) -> str:
    return facts.protocol.source_of(fasting_key(facts, _LIMIT_OF[asked.category]))


def _inputs(facts: Facts, asked: _Asked) -> tuple[tuple[str, str], ...]:
    """Not the length: a decision must not fall only because minutes pass."""
    at = facts.moment(asked.item)
    planned = facts.record.session.planned.store()
    return ((asked.item, at.store() if at else ""), ("category", asked.category), ("planned", planned))


def _long_fast(facts: Facts) -> Iterator[Finding]:
    answer = facts.answer("fasting.solids")
    if answer is None or not isinstance(answer.value, TimeValue) or not FACTS["fasts_on_insulin"](facts):
        return
    at = _longest_ago(facts, answer.value)
    if hours_between(at, facts.start) > facts.limit("fasting.diabetic_long"):
        up_to = "Up to " if answer.value.estimated else ""
        yield finding(
            "fasting.long",
            Level.REVIEW,
            f"{up_to}{written_length(facts.start.since(at.to_minute()))} without food on insulin or a sulfonylurea",
            f"More than {limit_text(facts, 'fasting.diabetic_long')}: glucose may be low.",
            "Check glucose now. The provider decides.",
            STEP,
            items=("fasting.solids",),
            source=facts.protocol.source_of("fasting.diabetic_long"),
            inputs=(("fasting.solids", at.store()), ("planned", facts.record.session.planned.store())),
        )


def _longest_ago(facts: Facts, value: TimeValue) -> Moment:
    """The earliest that an estimated meal can have been: to whom fasting is a danger, that end is the worse one."""
    margin = float(facts.limit("fasting.estimate_margin")) if value.estimated else 0.0
    return value.earliest or value.at.plus(minutes=-margin)


def _glucose(facts: Facts) -> Iterator[Finding]:
    """Only while the item is asked: insulin or a sulfonylurea on the list."""
    word = facts.word("fasting.glucose") if FACTS["fasts_on_insulin"](facts) else ""
    value = facts.number("fasting.glucose")
    if word:
        yield _of_glucose(facts, word, value)


def _of_glucose(facts: Facts, word: str, value: Decimal | None) -> Finding:
    key, title = "glucose.low", f"Glucose {written(value, 0)} mg/dL" if value is not None else "Glucose not known"
    low, high = limit_text(facts, "glucose.low"), limit_text(facts, "glucose.high")
    level, detail = Level.CLEAR, f"At least {low}, at most {high}."
    if value is None:
        level, detail = Level.HOLD, f"On insulin or a sulfonylurea, and {word.replace('_', ' ')}."
    elif value < facts.limit("glucose.low"):
        level, detail = Level.HOLD, f"Below {low}."
    elif value > facts.limit("glucose.high"):
        key, level, detail = "glucose.high", Level.HOLD, f"Above {high}."
    return finding(
        "fasting.glucose",
        level,
        title,
        detail,
        "Call the provider before the start; measure again after treatment." if level is Level.HOLD else "",
        STEP,
        items=("fasting.glucose",),
        source=facts.protocol.source_of(key),
        inputs=(("fasting.glucose", number(value) if value is not None else word),),
    )
