"""Reasons and conditions of a provider's decision, as typed (case 12.23)."""

from datetime import timedelta

from checklist.errors import NotUnderstood
from checklist.parse import format_decimal, parse_text, parse_time
from checklist.protocol import OTHER_REASON, DecisionReason, Protocol
from checklist.times import Moment, written_clock

LONGEST_WORDS = 1000
LONGEST_CONDITION = 200
_EXAMPLE = "Type it like “20 min”, “in 1h” or 1130. Nothing was saved yet."


def read_reason(protocol: Protocol, code: str, text: str) -> tuple[DecisionReason, str]:
    """The coded reason and what was written besides. Raises NotUnderstood: "other" needs words."""
    words, found = parse_text(text, LONGEST_WORDS).strip(), protocol.reason(code)
    if found is None:
        named = "; ".join(f"{one.key} {one.label}" for one in protocol.reasons)
        raise NotUnderstood(f"Choose the reason of the decision: {named}. Nothing was saved yet.")
    if found.id == OTHER_REASON and not words:
        raise NotUnderstood("A decision needs its reason in words. Nothing was saved yet.")
    return found, words


def read_condition(protocol: Protocol, text: str, by: str, now: Moment) -> tuple[str, Moment | None]:
    """`re-check BP` and `20 min` or `1130`: what is to be done, and by when; neither where nothing was typed."""
    words, typed = parse_text(text, LONGEST_CONDITION).strip(), by.strip()
    if not words and not typed:
        return "", None
    if not words:
        raise NotUnderstood("Write what is to be done by then, e.g. “re-check BP”. Nothing was saved yet.")
    if not typed:
        raise NotUnderstood(f"Write by when “{words}” is to be done. {_EXAMPLE}")
    at = _time(typed, now)
    if at <= now:
        raise NotUnderstood(f"{written_clock(at, now.local.date())} has passed: a condition is to come. {_EXAMPLE}")
    longest = protocol.limit("schedule.longest")
    if at.since(now) > timedelta(hours=float(longest)):
        raise NotUnderstood(
            f"{written_clock(at, now.local.date())} is more than {format_decimal(longest)} hours ahead. {_EXAMPLE}"
        )
    return words, at


def _time(typed: str, now: Moment) -> Moment:
    """`20 min` is to come here, also without its “in”; `by 1130` is 11:30."""
    said = typed.removeprefix("by ").strip()
    try:
        return parse_time(f"in {said}", now, allow_future=True)
    except NotUnderstood:
        return parse_time(said, now, allow_future=True)
