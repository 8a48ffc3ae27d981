"""What changed clinically between two protocols, in words: `Systolic from this is held: 160 → 150 mmHg (stricter)`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from checklist.protocol import Bounds, Gate, Item, Limit, NeededFor, Protocol
from checklist.protocol.stricter import Turn, turn
from checklist.rules.texts import number

Part = TypeVar("Part")
_ATTRIBUTES = {
    "kind": "kind",
    "label": "question",
    "help": "help",
    "carry": "carries over",
    "bounds": "bounds",
    "group": "heading",
    "clear_text": "clear text",
    "future": "may lie ahead",
}


def changes(before: Protocol, after: Protocol) -> Iterator[str]:
    """One line a change, limits first. Sources, lines and the order of the file are no clinical change."""
    if before.version != after.version:
        yield f"Version: {before.version} → {after.version}"
    yield from _each(before.limits, after.limits, "Limit", _limit, lambda limit: f"{limit.text} ({_value(limit)})")
    yield from _each(
        before.settings,
        after.settings,
        "Setting",
        lambda one, other: [f"{other.text}: {one.value} → {other.value}"] if one.value != other.value else [],
        lambda setting: f"{setting.text} ({setting.value})",
    )
    yield from _each(before.bounds, after.bounds, "Typed number", _bounds, _span)
    yield from _accepted(before, after)
    yield from _items(before, after)
    yield from _each(
        {effect.id: effect for effect in before.effects},
        {effect.id: effect for effect in after.effects},
        "Side effect",
        lambda one, other: [f"Side effect “{other.label}”: its words changed"] if one != other else [],
        lambda effect: effect.label,
    )
    yield from _each(
        before.texts,
        after.texts,
        "Text",
        lambda one, other: [f"“{one}” → “{other}”"] if one != other else [],
        lambda text: f"“{text}”",
        named=True,
    )


def _each(
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    kind: str,
    changed: Callable[[Part, Part], Iterable[str]],
    shown: Callable[[Part], str],
    *,
    named: bool = False,
) -> Iterator[str]:
    """Gone, changed and new parts of one kind; `named` puts the key before the sentence of a change."""
    for key, one in before.items():
        if key not in after:
            yield f"{kind} removed: {key}: {shown(one)}"
            continue
        yield from (f"{kind} {key}: {text}" if named else text for text in changed(one, after[key]))
    yield from (f"{kind} added: {key}: {shown(one)}" for key, one in after.items() if key not in before)


def _value(limit: Limit) -> str:
    return f"{number(limit.value)} {limit.unit}"


def _limit(before: Limit, after: Limit) -> list[str]:
    """The value with its turn, who accepts it, and a changed range."""
    found = []
    accepted = f", accepted by {after.accepted_by}" if after.accepted_by else ""
    if before.value != after.value:
        way = turn(before, after.value)
        told = "" if way is Turn.NEITHER else f" ({way})"
        found.append(f"{after.text}: {number(before.value)} → {_value(after)}{told}{accepted} [{after.key}]")
    elif before.accepted_by != after.accepted_by:
        found.append(f"{after.text}: {_value(after)}{accepted or ', no longer accepted by name'} [{after.key}]")
    if before.allowed != after.allowed:
        ranges = " → ".join(f"{number(low)} to {number(high)}" for low, high in (before.allowed, after.allowed))
        found.append(f"{after.text}: allowed range {ranges} {after.unit} [{after.key}]")
    if before.text != after.text:
        found.append(f"Limit {after.key} now reads “{after.text}”, before “{before.text}”")
    return found


def _span(bounds: Bounds) -> str:
    refused = f"refused outside {_range(bounds.reject_low, bounds.reject_high)}"
    return f"{refused}, asked outside {_range(bounds.confirm_low, bounds.confirm_high)} {bounds.unit}"


def _range(low: object, high: object) -> str:
    return "nothing" if low is None else f"{low} to {high}"


def _bounds(before: Bounds, after: Bounds) -> list[str]:
    if before == after:
        return []
    decimals = f", {after.decimals} decimals" if before.decimals != after.decimals else ""
    return [f"Typed {after.key}: {_span(before)} → {_span(after)}{decimals}"]


def _accepted(before: Protocol, after: Protocol) -> Iterator[str]:
    yield from _each(
        before.accepted,
        after.accepted,
        "Accepted exception",
        lambda one, other: [f"Accepted exception now by {other}, before {one}"] if one != other else [],
        lambda who: f"by {who}",
    )


def _items(before: Protocol, after: Protocol) -> Iterator[str]:
    one, other = ({item.id: item for item in protocol.items()} for protocol in (before, after))
    for item_id, item in one.items():
        if item_id not in other:
            yield f"Item removed from {before.step_of(item_id).title}: “{item.label}” ({item_id})"
            continue
        yield from _item(item, other[item_id])
        steps = before.step_of(item_id).title, after.step_of(item_id).title
        if steps[0] != steps[1]:
            yield f"“{other[item_id].label}” ({item_id}) moved from {steps[0]} to {steps[1]}"
    for item_id, item in other.items():
        if item_id not in one:
            yield f"Item added to {after.step_of(item_id).title}: “{item.label}” ({item_id}), {_need(item)}"
            yield from (f"  {_gate(gate)}" for gate in item.gates)


def _need(item: Item) -> str:
    return "not required" if item.needed_for is NeededFor.NOTHING else f"needed for {item.needed_for}"


def _item(before: Item, after: Item) -> Iterator[str]:
    where = f"“{after.label}” ({after.id})"
    for attribute, words in _ATTRIBUTES.items():
        one, other = getattr(before, attribute), getattr(after, attribute)
        if one != other:
            yield f"{where}: {words} “{one}” → “{other}”"
    if before.needed_for is not after.needed_for:
        yield f"{where}: {_need(before)} → {_need(after)}"
    if before.options != after.options:
        names = [", ".join(option.label for option in item.options) for item in (before, after)]
        yield f"{where}: answers {names[0]} → {names[1]}"
    if before.show_when != after.show_when:
        yield f"{where}: it is asked under other conditions"
    gates, now = ({gate.when: gate for gate in item.gates} for item in (before, after))
    yield from (f"{where}: gate removed: {_gate(gate)}" for when, gate in gates.items() if when not in now)
    yield from (f"{where}: gate added: {_gate(gate)}" for when, gate in now.items() if when not in gates)
    for when, gate in gates.items():
        if when in now:
            yield from (f"{where}: on {' or '.join(when)}: {text}" for text in _gate_changes(gate, now[when]))


def _gate(gate: Gate) -> str:
    nobody = ", nobody overrides" if gate.nobody_overrides else ""
    return f"on {' or '.join(gate.when)}: {gate.level}{nobody}, “{gate.title}”"


def _gate_changes(before: Gate, after: Gate) -> Iterator[str]:
    if before.level is not after.level:
        way = Turn.STRICTER if after.level.rank > before.level.rank else Turn.LOOSER
        yield f"{before.level} → {after.level} ({way})"
    if before.nobody_overrides != after.nobody_overrides:
        yield (
            "nobody can override it now (stricter)"
            if after.nobody_overrides
            else "a provider can override it now (looser)"
        )
    if (before.title, before.action) != (after.title, after.action):
        yield f"it now says “{after.title}. {after.action}”"
