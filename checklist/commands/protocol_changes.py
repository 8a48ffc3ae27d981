"""What changed clinically between two protocols, in words: `Systolic from this is held: 160 → 150 mmHg (stricter)`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from checklist.commands.item_changes import item_changes
from checklist.protocol import Bounds, DecisionReason, EffectTerm, Limit, Protocol, Setting, Source, Step
from checklist.protocol.lighter import decides_less, is_wider
from checklist.protocol.stricter import Turn, turn
from checklist.rules.texts import number

Part = TypeVar("Part")


def changes(before: Protocol, after: Protocol) -> Iterator[str]:
    """One line a change, limits first. Comments, lines and the order of the tables are no clinical change."""
    yield from _head(before, after)
    yield from _each(before.limits, after.limits, "Limit", _limit, lambda limit: f"{limit.text} ({_value(limit)})")
    yield from _each(before.settings, after.settings, "Setting", _setting, lambda one: f"{one.text} ({one.value})")
    yield from _each(before.bounds, after.bounds, "Typed number", _bounds, _spans)
    yield from _each(before.accepted, after.accepted, "Accepted exception", _accepted, lambda who: f"by {who}")
    yield from item_changes(before, after)
    yield from item_changes(before.for_call(), after.for_call())
    yield from _each(_by_id(before.steps), _by_id(after.steps), "Step", _step, lambda step: step.title)
    yield from _each(_by_id(before.effects), _by_id(after.effects), "Side effect", _effect, lambda one: one.label)
    yield from _each(_by_id(before.reasons), _by_id(after.reasons), "Decision reason", _reason, lambda one: one.label)
    yield from _each(before.texts, after.texts, "Text", _text, lambda text: f"“{text}”", named=True)
    yield from _each(before.sources, after.sources, "Source", _source, lambda one: f"{one.title}, grade {one.grade}")


Named = TypeVar("Named", Step, EffectTerm, DecisionReason)


def _by_id(parts: Iterable[Named]) -> Mapping[str, Named]:
    return {part.id: part for part in parts}


def _head(before: Protocol, after: Protocol) -> Iterator[str]:
    for name, one, other in (
        ("Version", before.version, after.version),
        ("Title", before.title, after.title),
        ("Name of the protocol", before.id, after.id),
        ("Revised", before.revised, after.revised),
    ):
        if one != other:
            yield f"{name}: {one} → {other}"


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


def _limit(before: Limit, after: Limit) -> Iterator[str]:
    """The value with its turn, who accepts it, a changed range, unit, source and meaning."""
    accepted = f", accepted by {after.accepted_by}" if after.accepted_by else ""
    where = f"[{after.key}]"
    if before.unit != after.unit:
        yield f"{after.text}: {_value(before)} → {_value(after)}{accepted} {where}"
    elif before.value != after.value:
        way = turn(before, after.value)
        told = "" if way is Turn.NEITHER else f" ({way})"
        yield f"{after.text}: {number(before.value)} → {_value(after)}{told}{accepted} {where}"
    elif before.accepted_by != after.accepted_by:
        yield f"{after.text}: {_value(after)}{accepted or ', no longer accepted by name'} {where}"
    if before.allowed != after.allowed:
        ranges = " → ".join(f"{number(low)} to {number(high)}" for low, high in (before.allowed, after.allowed))
        yield f"{after.text}: allowed range {ranges} {after.unit} {where}"
    if before.source != after.source:
        yield f"{after.text}: source {before.source} → {after.source} {where}"
    if before.text != after.text:
        yield f"Limit {after.key} now reads “{after.text}”, before “{before.text}”"


def _setting(before: Setting, after: Setting) -> Iterator[str]:
    if before.value != after.value:
        yield f"{after.text}: {before.value} → {after.value}"
    if before.options != after.options:
        yield f"{after.text}: choices {', '.join(before.options)} → {', '.join(after.options)}"
    if before.source != after.source:
        yield f"{after.text}: source {before.source} → {after.source}"
    if before.text != after.text:
        yield f"Setting {after.key} now reads “{after.text}”, before “{before.text}”"


def _spans(bounds: Bounds) -> str:
    return "; ".join(_span(one) for one in (bounds, *bounds.also.values()))


def _span(bounds: Bounds) -> str:
    refused = f"refused outside {_range(bounds.reject_low, bounds.reject_high)}"
    return f"{refused}, asked outside {_range(bounds.confirm_low, bounds.confirm_high)} {bounds.unit}"


def _range(low: object, high: object) -> str:
    return "nothing" if low is None else f"{low} to {high}"


def _bounds(before: Bounds, after: Bounds) -> Iterator[str]:
    """Each unit's tiers; who accepts a wider one; decimals, source and meaning."""
    accepted = f", accepted by {after.accepted_by}" if after.accepted_by else ""
    for one, other in _units(before, after):
        if _span(one) != _span(other):
            yield f"Typed {after.key}: {_span(one)} → {_span(other)}{_width(one, other)}{accepted}"
    if before.accepted_by != after.accepted_by and _spans(before) == _spans(after):
        yield f"Typed {after.key}: {accepted.removeprefix(', ') or 'no longer accepted by name'}"
    if before.alone != after.alone:
        yield f"Typed {after.key}: {'no other unit is' if after.alone else 'other units are'} taken"
    if before.decimals != after.decimals:
        yield f"Typed {after.key}: {before.decimals} → {after.decimals} decimals"
    if before.source != after.source:
        yield f"Typed {after.key}: source {before.source} → {after.source}"
    if before.text != after.text:
        yield f"Typed {after.key} now reads “{after.text}”, before “{before.text}”"


def _units(before: Bounds, after: Bounds) -> Iterator[tuple[Bounds, Bounds]]:
    yield before, after
    yield from ((one, after.also[unit]) for unit, one in before.also.items() if unit in after.also)


def _width(before: Bounds, after: Bounds) -> str:
    """` (looser)` when more numbers pass unasked or unrefused, ` (stricter)` when fewer do."""
    tiers = [((one.reject_low, one.reject_high), (one.confirm_low, one.confirm_high)) for one in (before, after)]
    looser = any(is_wider(now, was) for was, now in zip(*tiers, strict=True))
    stricter = any(is_wider(was, now) for was, now in zip(*tiers, strict=True))
    if looser == stricter:
        return ""
    return f" ({Turn.LOOSER if looser else Turn.STRICTER})"


def _accepted(before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"Accepted exception now by {after}, before {before}"


def _step(before: Step, after: Step) -> Iterator[str]:
    if before.title != after.title:
        yield f"Step “{before.title}” is now called “{after.title}”"
    if before.intro != after.intro:
        yield f"Step “{after.title}” now begins “{after.intro}”, before “{before.intro}”"


def _effect(before: EffectTerm, after: EffectTerm) -> Iterator[str]:
    if before.label != after.label:
        yield f"Side effect “{before.label}” is now called “{after.label}”"
    for grade, (one, other) in enumerate(zip(before.grades, after.grades, strict=True), 1):
        if one != other:
            yield f"Side effect “{after.label}”, grade {grade}: “{one}” → “{other}”"
    if before.review_from != after.review_from:
        ways = " → ".join(_decides(one.review_from) for one in (before, after))
        way = Turn.LOOSER if decides_less(after, before) else Turn.STRICTER
        yield f"Side effect “{after.label}”, before the patient leaves: {ways} ({way})"


def _reason(before: DecisionReason, after: DecisionReason) -> Iterator[str]:
    if before.label != after.label:
        yield f"Decision reason “{before.label}” now reads “{after.label}”"
    if before.key != after.key:
        yield f"Decision reason “{after.label}”: key {before.key} → {after.key}"
    if before.source != after.source:
        yield f"Decision reason “{after.label}”: source {before.source} → {after.source}"


def _decides(review_from: int) -> str:
    return f"a provider decides from grade {review_from} on" if review_from else "no provider for the term alone"


def _text(before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"“{before}” → “{after}”"


def _source(before: Source, after: Source) -> Iterator[str]:
    if before.title != after.title:
        yield f"Source {after.code}: “{before.title}” → “{after.title}”"
    if before.grade != after.grade:
        shown = f": now shown as “{after.shown}”, before as “{before.shown}”" if before.shown != after.shown else ""
        yield f"Source {after.code}: grade {before.grade} → {after.grade}{shown}"
