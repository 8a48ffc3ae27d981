"""Nothing of a protocol changes without a word of `diff`: each field of each part, changed alone, is told."""

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from checklist.commands.protocol_changes import changes
from checklist.protocol import Bounds, Item, Protocol, files

SHIPPED = files.shipped()
NO_CHANGE = ("line", "key", "id", "code")
"""Where a part stands, and its name: under another name it is another part."""
KIDNEY = SHIPPED.item("cond.kidney")
ITEM = replace(
    SHIPPED.item("labs.kidney_date"),
    show_when=SHIPPED.item("cond.brain_when").show_when,
    options=SHIPPED.item("cond.brain").options,
    gates=KIDNEY.gates,
)
"""An item that has all that an item can have."""


def another(value: Any) -> Any:
    """A value of the same kind that is not this one; of several parts the last is missing."""
    match value:
        case bool():
            return not value
        case StrEnum():
            return next(one for one in type(value) if one is not value)
        case str():
            return f"{value} otherwise"
        case int() | Decimal():
            return value + 1
        case (str(), *_):
            return (*value[:-1], f"{value[-1]} otherwise")
        case (Decimal(), Decimal()):
            return (value[0] + 1, value[1])
        case tuple():
            return value[:-1]
        case dict():
            return {unit: replace(one, reject_low=Decimal(1)) for unit, one in value.items()}
        case _:
            raise AssertionError(f"no other value of {value!r} is known")


def with_field(part: Any, name: str, value: Any) -> Any:
    return replace(part, **{name: value})


def with_item(item: Item) -> Protocol:
    steps = [replace(one, items=tuple(item if it.id == item.id else it for it in one.items)) for one in SHIPPED.steps]
    return replace(SHIPPED, steps=tuple(steps))


def each_changed(part: Any) -> Iterator[tuple[str, Any]]:
    for one in fields(part):
        if one.name not in NO_CHANGE:
            yield f"{type(part).__name__} {one.name}", with_field(part, one.name, another(getattr(part, one.name)))


def changed_alone() -> Iterator[tuple[str, Protocol, Protocol]]:
    for table, key in (
        ("limits", "baseline.sbp_hold"),
        ("settings", "baseline_rule"),
        ("bounds", "weight"),
        ("sources", "SPR-USM"),
    ):
        parts = getattr(SHIPPED, table)
        for name, part in each_changed(parts[key]):
            yield name, SHIPPED, with_field(SHIPPED, table, {**parts, key: part})
    for name, effect in each_changed(SHIPPED.effects[0]):
        yield name, SHIPPED, replace(SHIPPED, effects=(effect, *SHIPPED.effects[1:]))
    for name, reason in each_changed(SHIPPED.reasons[0]):
        yield name, SHIPPED, replace(SHIPPED, reasons=(reason, *SHIPPED.reasons[1:]))
    for name, item in each_changed(ITEM):
        yield name, with_item(ITEM), with_item(item)
    for place, field in (("option", "options"), ("gate", "gates")):
        parts = getattr(ITEM, field)
        for name, part in each_changed(parts[0]):
            yield f"{place}: {name}", with_item(ITEM), with_item(with_field(ITEM, field, (part, *parts[1:])))
    for name in ("title", "intro"):
        step = with_field(SHIPPED.steps[0], name, "Another")
        yield f"Step {name}", SHIPPED, replace(SHIPPED, steps=(step, *SHIPPED.steps[1:]))
    yield "Text", SHIPPED, replace(SHIPPED, texts={**SHIPPED.texts, "no_drive": "Drive home."})


CHANGED = list(changed_alone())


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in CHANGED], ids=[row[0] for row in CHANGED])
def test_a_field_changed_alone_is_told(before: Protocol, after: Protocol) -> None:
    assert list(changes(before, after))


def test_every_field_was_changed() -> None:
    told = {name.rpartition(" ")[2] for name, *_ in CHANGED}
    assert told >= {one.name for kind in (Bounds, Item) for one in fields(kind)} - set(NO_CHANGE)
