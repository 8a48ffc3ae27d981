"""Sentences that people have read and approved, kept as text files beside the tests.

A file of `tests/data/said` has blocks: a line `== case`, then what is said in that case, word for word. A test compares
them with what the program says now. When a sentence is changed on purpose:

    python -m tests.approved          writes all files anew from what the program says
    git diff tests/data/said          is then read, as a nurse would read it, before it is committed
"""

import importlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "said"
_HEAD = "== "
MODULES = (
    "tests.parse.test_what_is_said",
    "tests.parse.test_what_is_taken",
    "tests.medicines.test_what_is_read",
    "tests.medicines.test_what_is_judged",
    "tests.medicines.test_what_the_table_says",
    "tests.rules.test_what_is_said_before",
    "tests.rules.test_what_is_said_at_once",
    "tests.rules.test_what_is_said_during",
    "tests.rules.test_what_is_said_after",
    "tests.rules.test_what_is_said_at_the_pause",
    "tests.rules.test_what_is_said_beside",
    "tests.rules.test_course_said",
    "tests.rules.test_drug_said",
    "tests.rules.test_leaving_said",
    "tests.rules.test_what_is_said_of_the_watch",
    "tests.rules.test_what_is_said_rarely",
)
"""Each has `SAID`: the name of a file to its cases, each case with what is said."""


@cache
def approved(name: str) -> dict[str, str]:
    """Case -> approved text."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith(_HEAD):
            lines = blocks[line.removeprefix(_HEAD)] = []
        else:
            lines.append(line)
    return {case: "\n".join(said).strip() for case, said in blocks.items()}


def write(name: str, said: Mapping[str, str]) -> None:
    text = "\n\n".join(f"{_HEAD}{case}\n{words}" for case, words in said.items())
    (FOLDER / f"{name}.txt").write_text(f"{text}\n", "utf-8")


def write_all() -> None:
    FOLDER.mkdir(exist_ok=True)
    for module in MODULES:
        for name, cases in importlib.import_module(module).SAID.items():
            write(name, {case: say() for case, say in cases.items()})


if __name__ == "__main__":
    write_all()
