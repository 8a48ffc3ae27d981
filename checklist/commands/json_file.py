"""JSON files read with their lines: whatever is wrong is named with file, line, place in the JSON and mend."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from checklist.errors import FileMistake

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
Tokens = Iterator[tuple[str, int]]
LARGEST = 2_000_000  # bytes; a case has a few thousand


class CaseError(FileMistake):
    """A case file cannot be used. The sentence names file, line, place in the JSON and mend."""


class _Twice(Exception):
    """A key stands twice in one object."""


class _NoNumber(Exception):
    """NaN or Infinity: words that Python reads as numbers and JSON does not."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file and its text, for the line of a complaint; without text an argument of the command line."""

    name: str
    text: str

    def place(self, path: str) -> str:
        """`case.json, line 7: answers.fasting.solids`: where the value begins; `--at` for an argument."""
        if not self.text:
            return self.name
        line = next(line for place, line in _places(self.text) if place == path)
        return f"{self.name}, line {line}: {path or 'the case'}"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file with its place: `answers.fasting.solids`, `readings[2].line`, or "" for the whole."""

    value: Any
    path: str
    source: Source

    def fail(self, what: str, mend: str) -> NoReturn:
        raise CaseError(f"{self.source.place(self.path)}: {what} {mend}".rstrip())

    def only(self, *known: str) -> "Node":
        """Refuse anything but an object with these keys: a misspelt key would be silently without effect."""
        for key in self.object():
            if key not in known:
                self.at(key).fail("this is not a known key.", f"Use one of: {', '.join(known)}.")
        return self

    def object(self) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            self.fail("this must be an object.", "Write { … }.")
        return self.value

    def at(self, key: str) -> "Node":
        """The value under a key that is there."""
        return Node(self.object()[key], f"{self.path}.{key}".lstrip("."), self.source)

    def maybe(self, key: str) -> "Node | None":
        return self.at(key) if key in self.object() else None

    def need(self, key: str, mend: str) -> "Node":
        if key not in self.object():
            self.fail(f"“{key}” is missing.", mend)
        return self.at(key)

    def list(self, key: str) -> tuple["Node", ...]:
        """The entries of a list under a key; none when the key is not there."""
        node = self.maybe(key)
        if node is None:
            return ()
        if not isinstance(node.value, list):
            node.fail("this must be a list.", "Write [ … ].")
        return tuple(Node(value, f"{node.path}[{place}]", self.source) for place, value in enumerate(node.value))

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("this must be text.", 'Write "…".')
        return self.value

    def maybe_text(self, key: str) -> str:
        """The text under a key; empty when the key is not there or its text is empty."""
        node = self.maybe(key)
        return "" if node is None or node.value == "" else node.text()

    def count(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            self.fail(f"this must be a whole number from {low} to {high}.", f"Write {low}, without quotes.")
        return self.value

    def number(self) -> str:
        """A number as it is written, for the parser of typed numbers."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, Decimal)):
            self.fail("this must be a number.", "Write 68.4, without quotes.")
        return format(Decimal(self.value), "f")

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.fail("this must be true or false.", "Write true or false, without quotes.")
        return self.value

    def choice(self, *words: str) -> str:
        if self.value not in words:
            self.fail(f"“{self.value}” is not one of the words.", f"Use one of: {', '.join(words)}.")
        return str(self.value)


def read(path: Path) -> Node:
    """The whole file as one node. Raises CaseError."""
    source = Source(str(path), _text(path))
    try:
        value = json.loads(source.text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_pairs)
    except json.JSONDecodeError as mistake:
        raise CaseError(
            f"{path}, line {mistake.lineno}: this is not valid JSON: {mistake.msg}. Mend that line."
        ) from None
    except _Twice:
        raise _standing_twice(source) from None
    except _NoNumber as word:
        line = next(line for token, line in _tokens(source.text) if token.lstrip("-") == str(word).lstrip("-"))
        raise CaseError(f"{path}, line {line}: {word} is not a number. Write the number, or leave it out.") from None
    except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
        raise CaseError(f"{path}, line 1: this cannot be a case: it is nested too deeply. Write it anew.") from None
    return Node(value, "", source)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise CaseError(f"{path}, line 1: this file is larger than 2 MB and no case. Check its name.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = path.read_bytes()[: mistake.start].count(b"\n") + 1
        raise CaseError(f"{path}, line {line}: this is not UTF-8 text. Save the file as UTF-8.") from None
    except OSError as error:
        raise CaseError(f"{path} cannot be read ({error.strerror}). Check the name of the file.") from None


def _no_number(word: str) -> NoReturn:
    raise _NoNumber(word)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _Twice
    return values


def _standing_twice(source: Source) -> CaseError:
    """Which key it is and where it stands again."""
    places = list(_places(source.text))
    first = {path: place for place, (path, _) in reversed(list(enumerate(places)))}
    path, line = next(found for place, found in enumerate(places) if first[found[0]] != place)
    return CaseError(f"{source.name}, line {line}: {path}: this key stands twice. Keep one of them.")


def _places(text: str) -> Iterator[tuple[str, int]]:
    """The path of each value of a valid JSON text, with the line on which it begins."""
    return _walk(_tokens(text), "", None)


def _tokens(text: str) -> Tokens:
    """Each word and sign with its line."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    return iter([(found[0], bisect_right(lines, found.start())) for found in _TOKEN.finditer(text)])


def _walk(tokens: Tokens, path: str, first: tuple[str, int] | None) -> Iterator[tuple[str, int]]:
    sign, line = first or next(tokens)
    yield path, line
    if sign == "{":
        while (word := next(tokens)[0]) != "}":
            if word != ",":
                next(tokens)  # the colon
                yield from _walk(tokens, f"{path}.{json.loads(word)}".lstrip("."), None)
    elif sign == "[":
        place = 0
        while (found := next(tokens))[0] != "]":
            if found[0] != ",":
                yield from _walk(tokens, f"{path}[{place}]", found)
                place += 1
