"""A protocol as tables for people: 100 columns wide, each number with its unit, range, source and meaning."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from checklist.commands import definitions
from checklist.protocol import Bounds, Item, Limit, NeededFor, Protocol, Setting
from checklist.rules.texts import number

WIDTH = 100
_GAP = "  "
Row = tuple[tuple[str, ...], str]  # the cells of a line, and what stands below them


def tables(protocol: Protocol) -> Iterator[str]:
    """Limits, settings, typed numbers, definitions, texts, sources, and what somebody accepted by name."""
    yield _table(
        "Limits", ("limit", "value", "allowed", "source"), [_limit(protocol, one) for one in protocol.limits.values()]
    )
    yield _table(
        "Settings", ("setting", "value", "source"), [_setting(protocol, one) for one in protocol.settings.values()]
    )
    yield _table(
        "Typed numbers",
        ("number", "unit", "decimals", "refused outside", "asked outside", "source"),
        [row for one in protocol.bounds.values() for row in _bounds(protocol, one)],
    )
    yield _table(
        "Definitions (published scores and formulas: no settings)",
        ("name",),
        [((name,), said) for name, said in definitions.rows()],
    )
    calls = [((item.id, str(item.kind), _need(item)), item.label) for item in protocol.followup]
    yield _table("Follow-up call", ("item", "kind", "asked"), calls)
    reasons = [((one.key, one.id, protocol.source_shown(one.source)), one.label) for one in protocol.reasons]
    yield _table("Reasons of a provider's decision", ("key", "reason", "source"), reasons)
    yield _table("Texts", ("text",), [((key,), text) for key, text in protocol.texts.items()])
    yield _table(
        "Sources",
        ("code", "grade", "shown as"),
        [((one.code, one.grade, one.shown), one.title) for one in protocol.sources.values()],
    )
    yield _table("Accepted exceptions", ("item", "accepted by"), [(pair, "") for pair in protocol.accepted.items()])


def _limit(protocol: Protocol, limit: Limit) -> Row:
    low, high = limit.allowed
    only = low == high
    allowed = "no other" if only else f"{number(low)} to {number(high)}"
    cells = (limit.key, f"{number(limit.value)} {limit.unit}", allowed, protocol.source_shown(limit.source))
    return cells, _with_name(limit.text, limit.accepted_by)


def _with_name(text: str, accepted_by: str) -> str:
    return f"{text} (accepted by {accepted_by})" if accepted_by else text


def _setting(protocol: Protocol, setting: Setting) -> Row:
    cells = (setting.key, setting.value, protocol.source_shown(setting.source))
    return cells, f"{setting.text}: {', '.join(setting.options)}"


def _bounds(protocol: Protocol, bounds: Bounds) -> Iterator[Row]:
    tiers = (_span(bounds.reject_low, bounds.reject_high), _span(bounds.confirm_low, bounds.confirm_high))
    cells = (bounds.key, bounds.unit, str(bounds.decimals), *tiers, protocol.source_shown(bounds.source))
    yield cells, "" if bounds.also else _with_name(bounds.text, bounds.accepted_by)
    for place, (unit, one) in enumerate(bounds.also.items(), 1):
        tiers = (_span(one.reject_low, one.reject_high), _span(one.confirm_low, one.confirm_high))
        last = place == len(bounds.also)
        yield ("", unit, "", *tiers, ""), _with_name(bounds.text, bounds.accepted_by) if last else ""


def _need(item: Item) -> str:
    return "always" if item.needed_for is NeededFor.CALL else "if there is something to say"


def _span(low: object, high: object) -> str:
    return "" if low is None else f"{low} to {high}"


def _table(title: str, head: Sequence[str], rows: Sequence[Row]) -> str:
    """Columns as wide as their widest cell, and the meaning on lines of its own; empty without rows."""
    if not rows:
        return ""
    widths = [max(len(cells[place]) for cells in (head, *(row[0] for row in rows))) for place in range(len(head))]
    lines = [title, *_line(head, widths), _GAP.join("-" * width for width in widths)[:WIDTH]]
    for cells, below in rows:
        lines += [*_line(cells, widths), *_indented(below)]
    return "\n".join(lines)


def _line(cells: Iterable[str], widths: Sequence[int]) -> list[str]:
    """One line; a last cell that does not fit goes on below it in its own column."""
    *first, last = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    start = "".join(f"{cell}{_GAP}" for cell in first)
    parts = wrap(last, max(WIDTH - len(start), 20)) or [""]
    return [(start + parts[0]).rstrip(), *(" " * len(start) + part for part in parts[1:])]


def _indented(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
