"""Entries as nurses type them, by what is difficult about them: `tests/data/med_entries.txt` and the reference's own.

In the file stands a line for each entry beneath its topic; `⏎` stands for a line break, `\\u200b` for a character that
nobody sees.
"""

import re
from pathlib import Path

from tests.medicines.test_queries import ROWS

_FILE = Path(__file__).parent.parent / "data" / "med_entries.txt"
_HEAD = "== "
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in _FILE.read_text("utf-8").split("\n"):
        if line.startswith(_HEAD):
            lines = found[line.removeprefix(_HEAD)] = []
        elif line:
            lines.append(_ESCAPE.sub(lambda code: chr(int(code[1], 16)), line.replace("⏎", "\n")))
    return found


TYPED: dict[str, list[str]] = {**_read(), "entries of the reference": [row["query"] for row in ROWS]}


def file_of(topic: str) -> str:
    """The name of its file in `tests/data/said`."""
    return f"medicines_{topic.replace(',', '').replace(' ', '_')}"
