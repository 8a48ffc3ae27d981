"""What must hold for the questions of the follow-up call, [[followup]], beside what holds for every item."""

from collections.abc import Iterator

from checklist.protocol.values import Carry, NeededFor, Protocol

READ_BY_CALLS = (
    "call.reached",
    "call.sbp",
    "call.dbp",
    "call.asq1",
    "call.asq2",
    "call.asq3",
    "call.told",
    "call.told_who",
)
"""Items of [[followup]] that the rule of the follow-up call reads by name."""


def of_the_call(protocol: Protocol, name: str) -> Iterator[str]:
    """The call and the visit ask at different times: neither has the other's ids, needs, or answers carried over."""
    taken = {item.id for item in protocol.items()}
    for item in protocol.followup:
        where = f"{name}, line {item.line}: item “{item.id}”"
        if item.id in taken:
            yield f"{where} is also an item of a step. Give one of them another id."
        if item.needed_for not in (NeededFor.CALL, NeededFor.NOTHING) or item.carry is not Carry.NEVER:
            yield f'{where} belongs to the follow-up call. Write needed_for = "call" or "nothing", and no carry.'
    for item in protocol.items():
        if item.needed_for is NeededFor.CALL:
            yield f'{name}, line {item.line}: item “{item.id}”: only [[followup]] items are needed for a "call".'
