"""The steps and items of a protocol file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from checklist.model import ItemId, Level
from checklist.protocol.source_lines import SourceLines
from checklist.protocol.tables import Mistakes, Table
from checklist.protocol.values import Carry, Condition, Gate, Item, ItemKind, NeededFor, Option, Protocol, Step

STEP_KEYS = ("id", "title", "phase", "panel", "intro", "item")
ITEM_KEYS = (
    "id",
    "kind",
    "label",
    "help",
    "options",
    "needed_for",
    "carry",
    "gates",
    "show_when",
    "bounds",
    "future",
    "group",
    "clear_text",
    "about",
    "retired",
    "due_when",
)
PHASES = ("before", "infusion", "after")
PANELS = ("", "fasting", "medicines", "vitals", "clearance", "infusion", "observation", "discharge")


def read_steps(
    data: Mapping[str, Any], name: str, lines: SourceLines, mistakes: Mistakes, like: Protocol | None
) -> tuple[Step, ...]:
    """All steps in the order of the file; the shipped step or item stands in for one that cannot be read."""
    tables = mistakes.tried(Table(data, "the file", name, 1).tables, "step")
    steps: list[Step] = []
    item_number = 0
    for index, value in enumerate(tables or ()):
        table = Table(value.values, f"step {index + 1}", name, lines.of_entry("step", index))
        written = mistakes.tried(table.tables, "item") or ()
        placed = [
            Table(one.values, one.name, one.file, lines.of_entry("step.item", item_number + place))
            for place, one in enumerate(written)
        ]
        item_number += len(written)
        items = tuple(_items(placed, mistakes, like))
        step = mistakes.tried(_step, table) or _shipped_step(table, like)
        steps += [replace(step, items=items)] if step is not None else []
    return tuple(steps)


def read_items(
    data: Mapping[str, Any], array: str, name: str, lines: SourceLines, mistakes: Mistakes, like: Protocol | None
) -> tuple[Item, ...]:
    """The items of an array of their own, e.g. [[followup]]; `like` stands in for one that cannot be read."""
    written = mistakes.tried(Table(data, "the file", name, 1).tables, array) or ()
    placed = [Table(one.values, one.name, one.file, lines.of_entry(array, place)) for place, one in enumerate(written)]
    return tuple(_items(placed, mistakes, like))


def _items(tables: list[Table], mistakes: Mistakes, like: Protocol | None) -> Iterator[Item]:
    for table in tables:
        before = len(mistakes.sentences)
        item = mistakes.tried(_item, table, mistakes)
        if len(mistakes.sentences) > before:
            item = _shipped_item(table, like) or item
        if item is not None:
            yield item


def _shipped_item(table: Table, like: Protocol | None) -> Item | None:
    items = like.items() if like is not None else ()
    return next((item for item in items if item.id == table.values.get("id")), None)


def _shipped_step(table: Table, like: Protocol | None) -> Step | None:
    steps = like.steps if like is not None else ()
    return next((step for step in steps if step.id == table.values.get("id")), None)


def _step(table: Table) -> Step:
    table.only(*STEP_KEYS)
    phase, panel = table.text("phase"), table.text("panel", "")
    if phase not in PHASES:
        table.fail(f"phase “{phase}” is unknown.", f"Use one of: {', '.join(PHASES)}.")
    if panel not in PANELS:
        table.fail(f"panel “{panel}” is unknown.", f"Use one of: {', '.join(PANELS[1:])}, or leave it out.")
    return Step(table.text("id"), table.text("title"), phase, panel, table.text("intro", ""), (), table.line)


def _item(unnamed: Table, mistakes: Mistakes) -> Item:
    table = Table(unnamed.values, f"item “{unnamed.text('id')}”", unnamed.file, unnamed.line)
    table.only(*ITEM_KEYS)
    kind = table.choice("kind", ItemKind)
    options = mistakes.each(_option, table.tables("options"))
    if (kind is ItemKind.CHOICE) != bool(table.tables("options")):
        table.fail("options belong to a choice, and only to a choice.", "Give options, or change the kind.")
    if table.flag("about") and kind is not ItemKind.DATE:
        table.fail("“about” belongs to a date.", "Leave it out, or change the kind.")
    if (kind is ItemKind.QUANTITY) != bool(table.text("bounds", "")):
        table.fail("bounds belong to a quantity, and only to a quantity.", "Give bounds, or change the kind.")
    return Item(
        id=ItemId(table.text("id")),
        kind=kind,
        label=table.text("label"),
        help=table.text("help", ""),
        options=options,
        needed_for=table.choice("needed_for", NeededFor),
        carry=table.choice("carry", Carry, Carry.NEVER),
        gates=mistakes.each(_gate, table.tables("gates")),
        show_when=mistakes.each(_condition, table.tables("show_when")),
        bounds=table.text("bounds", ""),
        future=table.flag("future"),
        group=table.text("group", ""),
        clear_text=table.text("clear_text", ""),
        line=table.line,
        about=table.flag("about"),
        retired=table.flag("retired"),
        due_when=mistakes.each(_condition, table.tables("due_when")),
    )


def _option(table: Table) -> Option:
    table.only("id", "label", "key")
    option = Option(table.text("id"), table.text("label"), table.text("key").upper())
    one_key = len(option.key) == 1 and option.key.isascii() and option.key.isalnum()
    if not one_key or option.key in "UDA":
        table.fail(f"key “{option.key}” cannot be used.", "Use one letter or digit, but not U, D or A.")
    return option


def _gate(table: Table) -> Gate:
    table.only("when", "level", "title", "action", "source", "nobody_overrides")
    when = table.texts("when")
    if not when:
        table.fail("the gate has no answers.", 'Write when = ["yes"].')
    return Gate(
        when=when,
        level=table.choice("level", Level),
        title=table.text("title"),
        action=table.text("action"),
        source=table.text("source"),
        nobody_overrides=table.flag("nobody_overrides"),
    )


def _condition(table: Table) -> Condition:
    table.only("item", "is", "fact")
    item, answers, fact = table.text("item", ""), table.texts("is"), table.text("fact", "")
    if bool(item) == bool(fact) or bool(item) != bool(answers):
        table.fail("the condition is not complete.", 'Write { item = "…", is = ["yes"] } or { fact = "…" }.')
    return Condition(ItemId(item) if item else None, answers, fact)
