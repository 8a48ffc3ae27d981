"""Checked reading of one TOML table: every mistake names the file, the line and the mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, ParamSpec, TypeVar

from checklist.errors import ProtocolError

Choice = TypeVar("Choice", bound=StrEnum)
Part = TypeVar("Part")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What was found wrong so far, a sentence each: a file is read to its end, so that all of it is told at once."""

    sentences: list[str] = field(default_factory=list)

    def tried(self, read: Callable[Given, Part], *given: Given.args, **named: Given.kwargs) -> Part | None:
        """The part, or None once its mistake is noted."""
        try:
            return read(*given, **named)
        except ProtocolError as mistake:
            self.sentences.append(mistake.sentence)
            return None

    def each(self, read: Callable[["Table"], Part], tables: tuple["Table", ...]) -> tuple[Part, ...]:
        """Every part that could be read, in order."""
        found = [self.tried(read, table) for table in tables]
        return tuple(part for part in found if part is not None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file with its name and line, so that each value is read with its own complaint ready."""

    values: Mapping[str, Any]
    name: str
    file: str
    line: int

    def fail(self, what: str, mend: str) -> NoReturn:
        raise ProtocolError(f"{self.file}, line {self.line}: {self.name}: {what} {mend}")

    def only(self, *known: str) -> "Table":
        """Refuse keys that nothing reads: a misspelt key would otherwise be silently without effect."""
        strangers = [f"“{key}”" for key in self.values if key not in known]
        if strangers:
            what = "is not a known key" if len(strangers) == 1 else "are not known keys"
            self.fail(f"{', '.join(strangers)} {what}.", f"Use one of: {', '.join(sorted(known))}.")
        return self

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fail(f"“{key}” must be text.", f'Write {key} = "…".')
        return value

    def day(self, key: str) -> str:
        """A date, as `2026-11-22`."""
        value = self.values.get(key)
        if type(value) is not date:
            self.fail(f"“{key}” must be a date.", f"Write {key} = 2026-11-22, without quotes.")
        return value.isoformat()

    def name_of(self, key: str) -> str:
        """Who accepts something: empty when nobody does, else words."""
        return self.text(key) if key in self.values else ""

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"“{key}” must be true or false.", f"Write {key} = true, or leave it out.")
        return value

    def number(self, key: str) -> Decimal:
        return self._decimal(key, self.values.get(key))

    def _decimal(self, key: str, value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.fail(f"“{key}” must be a number.", f"Write {key} = 6, without quotes.")
        number = Decimal(value)
        if not number.is_finite():
            self.fail(f"“{key}” must be a finite number.", f"Write {key} = 6.")
        return number

    def count(self, key: str, most: int) -> int:
        """A whole number from 0 to `most`."""
        number = self.number(key)
        if number != int(number) or not 0 <= number <= most:
            self.fail(f"“{key}” is {number}.", f"Write a whole number from 0 to {most}.")
        return int(number)

    def optional_pair(self, key: str) -> tuple[Decimal, Decimal] | None:
        return self.pair(key) if key in self.values else None

    def pair(self, key: str) -> tuple[Decimal, Decimal]:
        """Two numbers, low and high."""
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != 2:
            self.fail(f"“{key}” must be two numbers.", f"Write {key} = [low, high].")
        low, high = (self._decimal(key, part) for part in value)
        if low > high:
            self.fail(f"“{key}” starts above its end ({low} > {high}).", "Put the lower number first.")
        return low, high

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            self.fail(f"“{key}” must be a list of texts.", f'Write {key} = ["…", "…"].')
        return tuple(value)

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self.values.get(key, default)
        names = [one.value for one in kind]
        if value not in names:
            self.fail(f"“{key}” is “{value}”.", f"Use one of: {', '.join(names)}.")
        return kind(value)

    def named_tables(self, key: str) -> tuple[tuple[str, "Table"], ...]:
        """`key = { lb = { … } }`: the tables by name; none when the key is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, Mapping) or not all(isinstance(part, Mapping) for part in value.values()):
            self.fail(f"“{key}” must be tables by name.", f"Write {key} = {{ lb = {{ … }} }}.")
        return tuple(
            (name, Table(part, f"{self.name}, {key} {name}", self.file, self.line)) for name, part in value.items()
        )

    def tables(self, key: str) -> tuple["Table", ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
            self.fail(f"“{key}” must be a list of tables.", f"Write {key} = [{{ … }}, {{ … }}].")
        return tuple(Table(part, f"{self.name}, {key} {n}", self.file, self.line) for n, part in enumerate(value, 1))
