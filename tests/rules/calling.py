"""A patient who was infused on Wednesday 18-Nov-2026 and left at 12:40, and the calls that followed."""

from collections.abc import Mapping
from dataclasses import replace

from checklist.model import Answer, CallAttempt, EventKind, Meaning
from checklist.protocol import Protocol
from checklist.rules.facts import Facts
from tests.rules.build import NURSE, PROTOCOL, Said, answers, event, facts, moment, signature


def called(*calls: Mapping[str, Said | Answer], now: str = "2026-11-19 10:00", protocol: Protocol = PROTOCOL) -> Facts:
    """Each call said so much, on the morning after."""
    asked, begun = protocol.for_call(), moment("2026-11-19 09:50")
    made = tuple(
        CallAttempt(place, NURSE, begun, answers(said, asked), {}, begun.plus(minutes=5))
        for place, said in enumerate(calls, 1)
    )
    here = facts(
        protocol=protocol,
        now=now,
        events=(event(EventKind.STARTED, "11:00"),),
        signatures=(signature(Meaning.DISCHARGE, "12:40"),),
    )
    return replace(here, record=replace(here.record, calls=made))
