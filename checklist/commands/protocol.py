"""`checklist protocol check`, `show` and `diff`: a protocol file explained to the medical lead who changes it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from checklist.commands.outcome import Outcome, refused
from checklist.commands.protocol_changes import changes
from checklist.errors import ProtocolError
from checklist.protocol import Bounds, Limit, Protocol, files
from checklist.protocol.check import complaints
from checklist.protocol.read import read
from checklist.rules.texts import number

_LINE = re.compile(r", line (\d+):")


def check(path: Path) -> Outcome:
    """One sentence when the clinic's file can be used, else every mistake with its line and its mend."""
    try:
        protocol = read(files.text_of(path), str(path))
    except ProtocolError as mistake:
        return refused([mistake.sentence])
    found = sorted(dict.fromkeys(complaints(protocol, str(path), files.shipped())), key=_line)
    if found:
        return refused(found)
    items = sum(1 for _ in protocol.items())
    accepted = [*protocol.accepted, *(limit.key for limit in protocol.limits.values() if limit.accepted_by)]
    names = f", {len(accepted)} accepted by name" if accepted else ""
    return Outcome(
        f"{path} can be used: protocol {protocol.id}, version {protocol.version}, {len(protocol.steps)} steps, "
        f"{items} items, {len(protocol.limits)} limits{names}.\n"
    )


def _line(complaint: str) -> int:
    found = _LINE.search(complaint)
    return int(found[1]) if found else 0


def show(path: Path | None) -> Outcome:
    """All limits, settings, bounds and accepted exceptions as tables; of the shipped protocol without a file.

    Raises ProtocolError.
    """
    protocol = _loaded(path)
    head = f"{protocol.title}: protocol {protocol.id}, version {protocol.version}, revised {protocol.revised}"
    parts = [head, *_tables(protocol)]
    return Outcome("\n\n".join(part for part in parts if part) + "\n")


def _loaded(path: Path | None) -> Protocol:
    return files.shipped() if path is None else files.own(path)


def _tables(protocol: Protocol) -> Iterator[str]:
    limits = [_limit_row(protocol, limit) for limit in protocol.limits.values()]
    yield _table("Limits", ("limit", "value", "unit", "allowed", "source", "accepted by", "what it does"), limits)
    settings = [
        (one.key, one.value, ", ".join(one.options), protocol.source_shown(one.source), one.text)
        for one in protocol.settings.values()
    ]
    yield _table("Settings", ("setting", "value", "options", "source", "what it does"), settings)
    bounds = [_bounds_row(one) for one in protocol.bounds.values()]
    yield _table("Typed numbers", ("number", "unit", "decimals", "refused outside", "asked outside"), bounds)
    yield _table("Accepted exceptions", ("item", "accepted by"), list(protocol.accepted.items()))


def _limit_row(protocol: Protocol, limit: Limit) -> tuple[str, ...]:
    low, high = limit.allowed
    return (
        limit.key,
        number(limit.value),
        limit.unit,
        f"{number(low)} to {number(high)}",
        protocol.source_shown(limit.source),
        limit.accepted_by,
        limit.text,
    )


def _bounds_row(bounds: Bounds) -> tuple[str, ...]:
    def span(*ends: object) -> str:
        return "" if None in ends else " to ".join(map(str, ends))

    return (
        bounds.key,
        bounds.unit,
        str(bounds.decimals),
        span(bounds.reject_low, bounds.reject_high),
        span(bounds.confirm_low, bounds.confirm_high),
    )


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the last one runs free. Empty without rows."""
    if not rows:
        return ""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    rule = ["-" * width for width in widths]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, rule, *rows)
    ]
    return "\n".join([title, *(line.rstrip() for line in lines)])


def diff(before: Path, after: Path) -> Outcome:
    """What changed clinically from one file to the other, in words. Raises ProtocolError."""
    one, other = files.own(before), files.own(after)
    found = list(changes(one, other))
    if not found:
        return Outcome("No clinical change.\n")
    return Outcome("\n".join(found) + "\n")
