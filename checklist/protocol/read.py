"""Read and check a protocol file. Nothing is half-loaded; every mistake is found, each with line and mend."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from checklist.errors import ProtocolError
from checklist.protocol.check import complaints
from checklist.protocol.source_lines import SourceLines, scan
from checklist.protocol.steps import read_items, read_steps
from checklist.protocol.tables import Mistakes, Table
from checklist.protocol.values import (
    COUNTED_WHOLE,
    Bounds,
    DecisionReason,
    EffectTerm,
    Limit,
    Protocol,
    Setting,
    Source,
)

GRADES = ("A", "B", "C", "D", "M", "P")
MOST_DECIMALS = 4
TOP = (
    *("protocol", "accepted", "sources", "settings", "limits", "bounds", "texts"),
    *("effect", "decision_reason", "step", "followup"),
)
_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)")
_ENDS = " (at end of document)"
Part = TypeVar("Part")
Listed = TypeVar("Listed", EffectTerm, DecisionReason)


def load(text: str, name: str, *, like: Protocol | None = None) -> Protocol:
    """The protocol in a TOML text; `name` is the file name used in complaints. Raises ProtocolError for the first.

    `like` is the shipped protocol: whatever the rules read in it must be in a clinic's own file too.
    """
    protocol, mistakes = examine(text, name, like=like)
    if mistakes or protocol is None:
        raise ProtocolError(mistakes[0])
    return protocol


def examine(text: str, name: str, *, like: Protocol | None = None) -> tuple[Protocol | None, tuple[str, ...]]:
    """The protocol and every mistake in it, a sentence each; without mistakes it can be used.

    A part that cannot be read is named and taken from `like`, so that the rest is held against something. One mistake
    is told of each part; of a text that is no TOML nothing else can be said.
    """
    mistakes = Mistakes()
    data = mistakes.tried(_toml, text, name)
    if data is None:
        return None, tuple(mistakes.sentences)
    protocol = _File(data, name, scan(text), mistakes, like).protocol()
    found = [*mistakes.sentences, *complaints(protocol, name, like)]
    return protocol, tuple(dict.fromkeys(found))


def _toml(text: str, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as mistake:
        raise _no_toml(text, name, str(mistake)) from None
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        raise ProtocolError(f"{name}, line 1: this cannot be a protocol. Begin again from the shipped file.") from None


def _no_toml(text: str, name: str, said: str) -> ProtocolError:
    """`tomllib` names the line within its sentence; people find it where every other complaint has it."""
    place = _PLACE.search(said)
    line = int(place["line"]) if place else text.count("\n") + 1 if said.endswith(_ENDS) else 1
    words = _PLACE.sub("", said).removesuffix(_ENDS)
    return ProtocolError(f"{name}, line {line}: this is not valid TOML: {words}. Mend that line and start again.")


@dataclass(frozen=True, slots=True)
class _File:
    """The file taken apart, with what is needed to complain about it."""

    data: Mapping[str, Any]
    name: str
    lines: SourceLines
    mistakes: Mistakes
    like: Protocol | None

    def protocol(self) -> Protocol:
        """All that could be read; the shipped part stands in for what could not."""
        like, parts = self.like, self._parts
        self.mistakes.tried(Table(self.data, "the file", self.name, 1).only, *TOP)
        head = self.mistakes.tried(self._head) or ("", "", "", "")
        effects = tuple(self._listed("effect", "side effect", _effect, like.effects if like else ()))
        reasons = self._listed("decision_reason", "decision reason", _reason, like.reasons if like else ())
        return Protocol(
            *head,
            steps=read_steps(self.data, self.name, self.lines, self.mistakes, like),
            limits=parts(self._limits, partial(_limit, like.limits if like else {}), like.limits if like else {}),
            settings=parts(self._of("settings"), _setting, like.settings if like else {}),
            bounds=parts(self._of("bounds"), _bounds, like.bounds if like else {}),
            sources=parts(self._of("sources"), _source, like.sources if like else {}),
            effects=effects,
            texts=self._texts("texts", like.texts if like else {}),
            accepted=self._texts("accepted", {}) if "accepted" in self.data else {},
            followup=read_items(
                self.data, "followup", self.name, self.lines, self.mistakes, like.for_call() if like else None
            ),
            reasons=tuple(reasons),
        )

    def _head(self) -> tuple[str, str, str, str]:
        head = self._table("protocol").only("id", "version", "title", "revised")
        return head.text("id"), head.text("version"), head.text("title"), head.day("revised")

    def _parts(
        self,
        tables: Callable[[], Iterator[tuple[str, Table]]],
        make: Callable[[str, Table], Part],
        spare: Mapping[str, Part],
    ) -> Mapping[str, Part]:
        found: dict[str, Part] = {}
        entries = self.mistakes.tried(lambda: list(tables()))
        if entries is None:
            return spare
        for key, table in entries:
            part = self.mistakes.tried(make, key, table) or spare.get(key)
            if part is not None:
                found[key] = part
        return found

    def _table(self, key: str) -> Table:
        value = self.data.get(key)
        if not isinstance(value, Mapping):
            raise ProtocolError(f"{self.name}: the table [{key}] is missing. Add it; the shipped protocol shows how.")
        return Table(value, f"[{key}]", self.name, self.lines.of_key(key))

    def _of(self, part: str) -> Callable[[], Iterator[tuple[str, Table]]]:
        """The inline tables of [part], each as a Table with its own line."""

        def entries() -> Iterator[tuple[str, Table]]:
            for child, value in self._table(part).values.items():
                yield child, self._inline(f"{part}.{child}", value)

        return entries

    def _inline(self, path: str, value: Any) -> Table:
        line = self.lines.of_key(path)
        if isinstance(value, Mapping):
            return Table(value, path, self.name, line)
        self.mistakes.sentences.append(f"{self.name}, line {line}: {path} must be written as {{ … }}.")
        return Table({}, path, self.name, line)

    def _limits(self) -> Iterator[tuple[str, Table]]:
        return self._limits_below(self._table("limits").values, "limits")

    def _limits_below(self, values: Mapping[str, Any], path: str) -> Iterator[tuple[str, Table]]:
        for key, value in values.items():
            full = f"{path}.{key}"
            below = Table(value if isinstance(value, Mapping) else {}, full, self.name, self.lines.of_key(full))
            if isinstance(value, Mapping) and any(isinstance(one, Mapping) for one in value.values()):
                yield from self._limits_below(value, full)
            else:
                yield full.removeprefix("limits."), below

    def _listed(
        self, key: str, called: str, make: Callable[[Table], Listed], shipped: tuple[Listed, ...]
    ) -> Iterator[Listed]:
        """The entries of a list of tables; of one that cannot be read the shipped one of its id stands in."""
        tables = self.mistakes.tried(Table(self.data, "the file", self.name, 1).tables, key)
        if tables is None:
            yield from shipped
        for index, one in enumerate(tables or ()):
            table = Table(one.values, f"{called} {index + 1}", self.name, self.lines.of_entry(key, index))
            spare = next((known for known in shipped if known.id == one.values.get("id")), None)
            found = self.mistakes.tried(make, table) or spare
            if found is not None:
                yield found

    def _texts(self, part: str, spare: Mapping[str, str]) -> Mapping[str, str]:
        table = self.mistakes.tried(self._table, part)
        if table is None:
            return spare
        found = {}
        for key in table.values:
            own = Table(table.values, f"[{part}] {key}", self.name, self.lines.of_key(f"{part}.{key}"))
            found[key] = self.mistakes.tried(own.text, key) or spare.get(key, "")
        return found


def _limit(shipped: Mapping[str, Limit], key: str, table: Table) -> Limit:
    """One limit. Its unit is looked at first: of 120 minutes it helps nobody to hear that they are above 8 (hours)."""
    if not table.values:
        table.fail("a limit is missing its table.", 'Write { value = 6, unit = "h", source = "P", … }.')
    table.only("value", "unit", "source", "allowed", "text", "accepted_by")
    value, unit = table.number("value"), _unit(table, shipped.get(key))
    allowed, accepted = table.pair("allowed"), table.name_of("accepted_by")
    if unit in COUNTED_WHOLE and value != int(value):
        table.fail(f"{value} is no whole number.", f"Write whole {unit}: a part of one is not counted.")
    if not allowed[0] <= value <= allowed[1] and not accepted:
        table.fail(
            f"{value} is outside the allowed range {allowed[0]} to {allowed[1]}.",
            'Choose a value inside it, or add accepted_by = "name, date" of the medical lead who accepts it.',
        )
    return Limit(
        key=key,
        value=value,
        unit=unit,
        source=table.text("source"),
        allowed=allowed,
        text=table.text("text"),
        line=table.line,
        accepted_by=accepted,
    )


def _unit(table: Table, shipped: Limit | None) -> str:
    """The rules read each number in the unit of the shipped file."""
    unit = table.text("unit")
    if shipped is not None and unit != shipped.unit:
        table.fail(f"the limit is in “{unit}”.", f"Give it in {shipped.unit}.")
    return unit


def _setting(key: str, table: Table) -> Setting:
    table.only("value", "options", "source", "text")
    options, value = table.texts("options"), table.text("value")
    if value not in options:
        table.fail(f"“{value}” is not one of its options.", f"Use one of: {', '.join(options)}.")
    return Setting(key, value, options, table.text("source"), table.text("text"), table.line)


def _bounds(key: str, table: Table) -> Bounds:
    table.only("unit", "decimals", "reject", "confirm", "source", "text", "accepted_by", "also", "alone")
    plain = Bounds(key, table.text("unit"), table.count("decimals", MOST_DECIMALS), *_tiers(table))
    return replace(
        plain,
        source=table.text("source"),
        text=table.text("text"),
        line=table.line,
        accepted_by=table.name_of("accepted_by"),
        alone=table.flag("alone"),
        also={unit: _in_another_unit(plain, unit, one) for unit, one in table.named_tables("also")},
    )


def _in_another_unit(own: Bounds, unit: str, table: Table) -> Bounds:
    table.only("reject", "confirm")
    return Bounds(own.key, unit, own.decimals, *_tiers(table), line=table.line)


def _tiers(table: Table) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """`reject` and `confirm`; what is asked about lies inside what is possible, else it would never be asked."""
    reject = table.optional_pair("reject") or (None, None)
    confirm = table.optional_pair("confirm") or (None, None)
    if None not in reject + confirm and not (reject[0] <= confirm[0] and confirm[1] <= reject[1]):  # type: ignore[operator]  # no None
        table.fail("“confirm” reaches beyond “reject”: those numbers would be refused, not asked.", "Narrow confirm.")
    return (*reject, *confirm)


def _source(code: str, table: Table) -> Source:
    table.only("title", "grade")
    grade = table.text("grade")
    if grade not in GRADES:
        table.fail(f"grade “{grade}” is unknown.", f"Use one of: {', '.join(GRADES)}.")
    return Source(code, table.text("title"), grade)


def _effect(table: Table) -> EffectTerm:
    table.only("id", "label", "grades", "review_from")
    grades = table.texts("grades")
    if len(grades) != 3:
        table.fail(f"has {len(grades)} grades.", "Give the words of grades 1, 2 and 3.")
    if not any(grades):
        table.fail("has no words for any grade.", 'Write the words of at least one; "" for a grade it never has.')
    reviewed = table.count("review_from", 4) if "review_from" in table.values else 0
    return EffectTerm(table.text("id"), table.text("label"), (grades[0], grades[1], grades[2]), reviewed, table.line)


def _reason(table: Table) -> DecisionReason:
    table.only("id", "label", "key", "source")
    key = table.text("key")
    if len(key) != 1:
        table.fail(f"“key” is “{key}”.", 'Write one letter or digit, e.g. key = "1".')
    return DecisionReason(table.text("id"), table.text("label"), key, table.text("source"), table.line)
