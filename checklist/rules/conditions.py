"""What a provider asked for with a decision ("re-check BP in 20 min"): a task until somebody has done it (case 12.23).

It stands whatever becomes of the finding: that a pressure came down does not say that the provider's wish was met. Only
a decision that was entered in error takes its condition along.
"""

from collections.abc import Iterator

from checklist.model import Decision, Level, Stamp, StampKind
from checklist.rules.criterion import Standing
from checklist.rules.facts import Facts, finding
from checklist.rules.schedule import closed, open_state, started, stopped
from checklist.rules.texts import when
from checklist.snapshot import DueState, Finding, Met, Task
from checklist.times import Moment


def tasks(facts: Facts) -> tuple[Task, ...]:
    """Every condition with its state, by time. Due, overdue and late count as for a reading (reference 6.2)."""
    done = {one.detail.get("decision"): one for one in facts.record.stamped(StampKind.CONDITION_DONE)}
    asked = [(one.condition_by, one) for one in facts.record.decisions if one.condition]
    found = [_task(facts, one, at, done.get(str(one.seq))) for at, one in asked if at is not None]
    return tuple(sorted(found, key=lambda one: (one.at, one.seq)))


def _task(facts: Facts, asked: Decision, at: Moment, done: Stamp | None) -> Task:
    provider = asked.verbal_from or asked.provider_name or "a provider"
    return Task(asked.seq, asked.condition, at, provider, _state(facts, at, done), done)


def _state(facts: Facts, at: Moment, done: Stamp | None) -> DueState:
    if done is not None:
        return DueState.DONE
    return DueState.MISSED if closed(facts) is not None else open_state(facts, at)


def findings(facts: Facts) -> Iterator[Finding]:
    """A note from the time on at which it was to be done."""
    for one in facts.once(tasks):
        if one.state.is_due:
            yield finding(
                f"condition.{one.seq}",
                Level.NOTE,
                f"Condition of {one.provider}'s decision is due: {one.what}",
                f"Asked for by {when(one.at, facts)}.",
                "Do it, then mark it done.",
                _step(facts),
                inputs=(("condition", one.what), ("by", one.at.store())),
            )


def _step(facts: Facts) -> str:
    if started(facts) is None:
        return "clearance"
    return "infusion" if stopped(facts) is None else "observation"


def standings(facts: Facts) -> Iterator[Standing]:
    """Each is a criterion of the discharge: nobody leaves before it is done, unless a provider decides so."""
    for one in facts.once(tasks):
        title = f"Condition of {one.provider}'s decision: {one.what}"
        inputs = (("condition", one.what), ("by", one.at.store()))
        if one.done is not None:
            yield Standing(f"condition.{one.seq}", title, Met.MET, f"done {when(one.done.at, facts)}", inputs=inputs)
        else:
            yield Standing(
                f"condition.{one.seq}",
                title,
                Met.UNANSWERED,
                f"not yet done, asked for by {when(one.at, facts)}",
                inputs=inputs,
                undone=f"Condition of {one.provider}'s decision not yet done: {one.what}",
            )
