"""Where things stand in a TOML file: `tomllib` gives values without lines, and a clinic that edits it needs them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_HEADER = re.compile(r"^\s*(?P<brackets>\[{1,2})\s*(?P<path>[^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"^\s*\"?(?P<key>[A-Za-z0-9_.-]+)\"?\s*=")


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines (from 1) of table headers, of keys in tables, and of each entry of an array of tables."""

    keys: Mapping[str, int] = field(default_factory=dict)  # "limits.age.adult" -> line
    arrays: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # "step.item" -> header lines in order

    def of_key(self, path: str) -> int:
        """The line of a key, or of the nearest table above it; 1 when nothing fits."""
        while path:
            if path in self.keys:
                return self.keys[path]
            path = path.rpartition(".")[0]
        return 1

    def of_entry(self, array: str, index: int) -> int:
        lines = self.arrays.get(array, ())
        return lines[index] if index < len(lines) else 1


def scan(text: str) -> SourceLines:
    """Find the lines of headers and top-level keys in a TOML text that tomllib has already accepted."""
    keys: dict[str, int] = {}
    arrays: dict[str, list[int]] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        header = _HEADER.match(line)
        if header:
            table = header["path"].replace('"', "")
            if header["brackets"] == "[[":
                arrays.setdefault(table, []).append(number)
            keys.setdefault(table, number)
        elif found := _KEY.match(line):
            keys.setdefault(f"{table}.{found['key']}" if table else found["key"], number)
    return SourceLines(keys, {name: tuple(lines) for name, lines in arrays.items()})
