"""Read and check a protocol file. Nothing is half-loaded: the first mistake stops the start with line and mend."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from checklist.errors import ProtocolError
from checklist.protocol.check import check
from checklist.protocol.source_lines import SourceLines, scan
from checklist.protocol.steps import read_steps
from checklist.protocol.tables import Table
from checklist.protocol.values import Bounds, EffectTerm, Limit, Protocol, Setting, Source

GRADES = ("A", "B", "C", "D", "M", "P")
MOST_DECIMALS = 4
TOP = ("protocol", "accepted", "sources", "settings", "limits", "bounds", "texts", "effect", "step")


def load(text: str, name: str, *, like: Protocol | None = None) -> Protocol:
    """The protocol in a TOML text; `name` is the file name used in complaints. Raises ProtocolError.

    `like` is the shipped protocol: whatever the rules read in it must be in a clinic's own file too.
    """
    protocol = read(text, name)
    check(protocol, name, like)
    return protocol


def read(text: str, name: str) -> Protocol:
    """The protocol as it is written: each value of the right kind, the parts not yet held against each other.

    Raises ProtocolError for the first value that cannot be read.
    """
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as mistake:
        raise ProtocolError(f"{name}: this is not valid TOML: {mistake}. Mend that line and start again.") from None
    lines = scan(text)
    Table(data, "the file", name, 1).only(*TOP)
    head = _table(data, "protocol", name, lines).only("id", "version", "title", "revised")
    return Protocol(
        id=head.text("id"),
        version=head.text("version"),
        title=head.text("title"),
        revised=str(head.values.get("revised", "")),
        steps=read_steps(data, name, lines),
        limits={limit.key: limit for limit in _limits(data, name, lines)},
        settings={one.key: one for one in _settings(data, name, lines)},
        bounds={one.key: one for one in _bounds(data, name, lines)},
        sources={one.code: one for one in _sources(data, name, lines)},
        effects=tuple(_effects(data, name, lines)),
        texts=_texts("texts", data, name, lines),
        accepted=_texts("accepted", data, name, lines) if "accepted" in data else {},
    )


def _table(data: Mapping[str, Any], key: str, name: str, lines: SourceLines) -> Table:
    value = data.get(key)
    if not isinstance(value, Mapping):
        raise ProtocolError(f"{name}: the table [{key}] is missing. Add it; the shipped protocol shows how.")
    return Table(value, f"[{key}]", name, lines.of_key(key))


def _entries(data: Mapping[str, Any], key: str, name: str, lines: SourceLines) -> Iterator[tuple[str, Table]]:
    """The inline tables of [key], each as a Table with its own line."""
    for child, value in _table(data, key, name, lines).values.items():
        path = f"{key}.{child}"
        if not isinstance(value, Mapping):
            raise ProtocolError(f"{name}, line {lines.of_key(path)}: {path} must be written as {{ … }}.")
        yield child, Table(value, path, name, lines.of_key(path))


def _limits(data: Mapping[str, Any], name: str, lines: SourceLines) -> Iterator[Limit]:
    yield from _limits_below(_table(data, "limits", name, lines), "limits", lines)


def _limits_below(table: Table, path: str, lines: SourceLines) -> Iterator[Limit]:
    for key, value in table.values.items():
        full = f"{path}.{key}"
        below = Table(value if isinstance(value, Mapping) else {}, full, table.file, lines.of_key(full))
        if not isinstance(value, Mapping):
            below.fail("a limit is missing its table.", 'Write { value = 6, unit = "h", source = "P", … }.')
        if "value" in value:
            yield _limit(below, full.removeprefix("limits."))
        else:
            yield from _limits_below(below, full, lines)


def _limit(table: Table, key: str) -> Limit:
    table.only("value", "unit", "source", "allowed", "text", "accepted_by")
    allowed = table.pair("allowed")
    value = table.number("value")
    if not allowed[0] <= value <= allowed[1] and not table.text("accepted_by", ""):
        table.fail(
            f"{value} is outside the allowed range {allowed[0]} to {allowed[1]}.",
            'Choose a value inside it, or add accepted_by = "name, date" of the medical lead who accepts it.',
        )
    return Limit(
        key=key,
        value=value,
        unit=table.text("unit"),
        source=table.text("source"),
        allowed=allowed,
        text=table.text("text"),
        line=table.line,
        accepted_by=table.text("accepted_by", ""),
    )


def _settings(data: Mapping[str, Any], name: str, lines: SourceLines) -> Iterator[Setting]:
    for key, table in _entries(data, "settings", name, lines):
        table.only("value", "options", "source", "text")
        options, value = table.texts("options"), table.text("value")
        if value not in options:
            table.fail(f"“{value}” is not one of its options.", f"Use one of: {', '.join(options)}.")
        yield Setting(key, value, options, table.text("source"), table.text("text"))


def _bounds(data: Mapping[str, Any], name: str, lines: SourceLines) -> Iterator[Bounds]:
    for key, table in _entries(data, "bounds", name, lines):
        table.only("unit", "decimals", "reject", "confirm")
        reject = table.optional_pair("reject") or (None, None)
        confirm = table.optional_pair("confirm") or (None, None)
        yield Bounds(key, table.text("unit"), table.count("decimals", MOST_DECIMALS), *reject, *confirm)


def _sources(data: Mapping[str, Any], name: str, lines: SourceLines) -> Iterator[Source]:
    for code, table in _entries(data, "sources", name, lines):
        table.only("title", "grade")
        grade = table.text("grade")
        if grade not in GRADES:
            table.fail(f"grade “{grade}” is unknown.", f"Use one of: {', '.join(GRADES)}.")
        yield Source(code, table.text("title"), grade)


def _effects(data: Mapping[str, Any], name: str, lines: SourceLines) -> Iterator[EffectTerm]:
    for index, value in enumerate(Table(data, "the file", name, 1).tables("effect")):
        table = Table(value.values, f"side effect {index + 1}", name, lines.of_entry("effect", index))
        table.only("id", "label", "grades")
        grades = table.texts("grades")
        if len(grades) != 3:
            table.fail(f"has {len(grades)} grades.", "Give the words of grades 1, 2 and 3.")
        yield EffectTerm(table.text("id"), table.text("label"), (grades[0], grades[1], grades[2]))


def _texts(part: str, data: Mapping[str, Any], name: str, lines: SourceLines) -> Mapping[str, str]:
    table = _table(data, part, name, lines)
    return {
        key: Table(table.values, f"[{part}] {key}", name, lines.of_key(f"{part}.{key}")).text(key)
        for key in table.values
    }
