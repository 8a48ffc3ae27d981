"""How old the answers are: what was asked days ago is asked again before the start.

Only what belongs to the day: an answer that the protocol lets stand for later visits has its own rule.
"""

from collections.abc import Iterator
from datetime import timedelta

from checklist.model import Answer, Level
from checklist.protocol import Carry, NeededFor, Step
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text
from checklist.snapshot import Finding
from checklist.times import written_length

_DAY = timedelta(days=1)


def findings(facts: Facts) -> Iterator[Finding]:
    """A hold for each step with answers older than `clearance.answers_valid` at the start."""
    for step in facts.protocol.steps:
        old = list(_too_old(facts, step))
        if old:
            yield _asked_long_ago(facts, step, old)


def _too_old(facts: Facts, step: Step) -> Iterator[Answer]:
    longest = timedelta(hours=float(facts.limit("clearance.answers_valid")))
    for item in step.items:
        if item.needed_for is not NeededFor.CLEARANCE or item.carry is not Carry.NEVER:
            continue
        answer = facts.answer(item.id)
        if answer is not None and facts.start.since(answer.observed) > longest and facts.is_visible(item):
            yield answer


def _asked_long_ago(facts: Facts, step: Step, old: list[Answer]) -> Finding:
    oldest = min(answer.observed for answer in old)
    since = "ago" if facts.start <= facts.judged_at else "before the planned start"
    return finding(
        f"asked.{step.id}",
        Level.HOLD,
        f"{step.title}: asked {_ago(facts.start.since(oldest))} {since}",
        f"Answers count for {limit_text(facts, 'clearance.answers_valid')} before the start.",
        "Ask again, or let the provider decide.",
        step.id,
        items=tuple(answer.item for answer in old),
        source=facts.protocol.source_of("clearance.answers_valid"),
        inputs=(("oldest", oldest.store()),),
    )


def _ago(length: timedelta) -> str:
    """`3 days`, or hours and minutes while it is less than two days."""
    return f"{length // _DAY} days" if length >= 2 * _DAY else written_length(length)
