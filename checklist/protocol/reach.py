"""Items that could never be asked: they wait for themselves, or for answers that exclude each other."""

from collections.abc import Iterator, Mapping

from checklist.protocol.values import Item, Protocol


def unreachable(protocol: Protocol, name: str) -> Iterator[str]:
    """A sentence for each item that no visit can reach."""
    items = {str(item.id): item for item in protocol.items()}
    for item in protocol.items():
        where = f"{name}, line {item.line}: item “{item.id}”"
        if _waits_for_itself(item, items):
            yield f"{where} waits for itself through its conditions, so it can never be asked. Remove one of them."
            continue
        for other in _retired(item, items):
            yield (
                f"{where} waits for “{other}”, which is retired, so it can never be asked. "
                "Retire it too, or remove the condition."
            )
        for other, asked in _excluded(item, items):
            yield (
                f"{where}: waits for “{other}” to be both {' and '.join(asked)}, so it can never be asked. "
                "Remove one of the conditions."
            )


def _waits_for(item: Item) -> list[str]:
    return [str(condition.item) for condition in item.show_when if condition.item is not None]


def _waits_for_itself(item: Item, items: Mapping[str, Item]) -> bool:
    reached, ahead = set(), _waits_for(item)
    while ahead:
        one = ahead.pop()
        if one == item.id:
            return True
        if one not in reached and one in items:
            reached.add(one)
            ahead += _waits_for(items[one])
    return False


def _chain(item: Item, items: Mapping[str, Item]) -> list[Item]:
    """The item and all that must have been asked before it."""
    found, ahead = [item], _waits_for(item)
    while ahead:
        one = items.get(ahead.pop())
        if one is not None and one not in found:
            found.append(one)
            ahead += _waits_for(one)
    return found


def _retired(item: Item, items: Mapping[str, Item]) -> list[str]:
    """What it waits for, at whatever remove, that nobody is asked any more."""
    return [] if item.retired else [str(one.id) for one in _chain(item, items)[1:] if one.retired]


def _excluded(item: Item, items: Mapping[str, Item]) -> Iterator[tuple[str, list[str]]]:
    """Items that would need two different answers at once, its own conditions and those it depends on together."""
    asked: dict[str, list[tuple[str, ...]]] = {}
    for one in _chain(item, items):
        for condition in one.show_when:
            if condition.item is not None:
                asked.setdefault(str(condition.item), []).append(condition.answers)
    for other, wanted in asked.items():
        if not set.intersection(*(set(answers) for answers in wanted)):
            yield other, list(dict.fromkeys(" or ".join(answers) for answers in wanted))
