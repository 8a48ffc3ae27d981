"""What must hold of the coded reasons of a provider's decision: each with its own id and key, and one for all else."""

from collections.abc import Iterator

from checklist.protocol.values import OTHER_REASON, Protocol


def of_the_reasons(protocol: Protocol, name: str) -> Iterator[str]:
    """Every mistake among them, one sentence each."""
    ids = [one.id for one in protocol.reasons]
    if OTHER_REASON not in ids:
        yield (
            f"{name}: the decision reason “{OTHER_REASON}” is missing. "
            "Add a [[decision_reason]] with this id, for what no other one says; the shipped protocol shows how."
        )
    keys: dict[str, str] = {}
    for place, one in enumerate(protocol.reasons):
        where = f"{name}, line {one.line}: decision reason “{one.id}”"
        if one.id in ids[:place]:
            yield f"{where} is there twice. Give one of them another id."
        taken = keys.setdefault(one.key.casefold(), one.id)
        if taken != one.id:
            yield f"{where}: the key “{one.key}” already chooses “{taken}”. Give it its own key."
