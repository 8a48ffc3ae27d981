"""Calls that did not reach the escort (reference 12.3): each is a line, and after a while a provider decides."""

from collections.abc import Iterator

from checklist.happened import CALL_WORDS
from checklist.model import EventKind, Level, Stamp, StampKind
from checklist.rules.facts import ESCORT, Facts, finding
from checklist.rules.texts import limit_text, when
from checklist.snapshot import Finding

STEP = "transport"
REACHED = "reached"
WAY_HOME = (*ESCORT, "transport.adult")
"""What is open here keeps the patient, also when it was answered after the start."""


def findings(facts: Facts) -> Iterator[Finding]:
    """Unanswered calls since the escort was last reached. The patient stays; who is here ends it."""
    calls = facts.record.stamped(StampKind.ESCORT_CALL)
    last_reached = max((place for place, one in enumerate(calls) if one.detail.get("result") == REACHED), default=-1)
    failed = calls[last_reached + 1 :]
    if not failed or facts.word("discharge.escort") == "yes":
        return
    until = failed[0].at.plus(minutes=float(facts.limit("escort.decide_after")))
    is_long = facts.now >= until
    count = f"{len(failed)} call{'s' if len(failed) > 1 else ''}"
    told = "; ".join(_told(facts, one) for one in failed)
    yield finding(
        "escort.calls",
        Level.REVIEW if is_long else Level.NOTE,
        f"Escort not reached since {when(failed[0].at, facts)}, {count}",
        f"{told}. After {limit_text(facts, 'escort.decide_after')} without success a provider decides.",
        "The patient stays. The provider decides on another way home."
        if is_long
        else f"Call again. From {when(until, facts)} a provider decides.",
        STEP if facts.record.event(EventKind.STARTED) is None else "discharge",
        items=("transport.phone",),
        source=facts.protocol.source_of("escort.decide_after"),
        inputs=tuple((one.id, one.detail.get("result", "")) for one in failed),
    )


def _told(facts: Facts, call: Stamp) -> str:
    """`11:45 555-010-0142 no answer`"""
    parts = (call.detail.get("number", ""), CALL_WORDS.get(call.detail.get("result", ""), "called"))
    return " ".join((when(call.at, facts), *(part for part in parts if part)))
