"""The plain tests of a folder as functions that can be called without pytest, for `quick.py`.

Each row of a parametrised test is a call of its own. Left out are property tests, and tests that want anything but the
medicine table: pytest runs those.
"""

import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checklist.medicines import MedicineTable
from checklist.resources import read_text

_READ_THE_SOURCE = ("test_numbers_in_code", "test_every_finding")  # it looks different in `mutants`, see pyproject.toml
_LOADERS = ("checklist.medicines.table", "checklist.medicines.rows", "checklist.medicines.text")


@cache
def _table() -> MedicineTable:
    return MedicineTable.load(read_text)


_FIXTURES: dict[str, Callable[[], Any]] = {"table": _table}


@dataclass(frozen=True, slots=True)
class Check:
    """One test with one row of its parameters."""

    module: str
    test: Callable[..., Any]
    values: dict[str, Any]

    def holds(self) -> bool:
        wanted = inspect.signature(self.test).parameters
        try:
            self.test(**self.values, **{name: make() for name, make in _FIXTURES.items() if name in wanted})
        except BaseException:  # whatever a change breaks, and pytest's own, was noticed
            return False
        return True

    @property
    def name(self) -> str:
        return f"{self.module}.{self.test.__name__} {self.values}"


def checks_of(package: str) -> list[Check]:
    """Every plain test of `tests/<package>`."""
    folder = importlib.import_module(f"tests.{package}")
    found: list[Check] = []
    for each in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        name = each.name.rpartition(".")[2]
        if name.startswith("test_") and name not in _READ_THE_SOURCE:
            found += _checks(each.name)
    return found


def forget_what_was_loaded(mutant: str) -> None:
    """A change of a loader shows only in what is loaded after it."""
    if mutant.rpartition(".")[0] in _LOADERS:
        _table.cache_clear()


def _checks(name: str) -> Iterator[Check]:
    for test in _tests(vars(importlib.import_module(name))):
        if hasattr(test, "hypothesis"):
            continue
        marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
        for rows in itertools.product(*(list(_rows(*mark.args[:2])) for mark in marks)):
            values = {key: value for row in rows for key, value in row.items()}
            if set(inspect.signature(test).parameters) <= {*values, *_FIXTURES}:
                yield Check(name, test, values)


def _tests(names: Mapping[str, Any]) -> Iterator[Callable[..., Any]]:
    """The functions of a module or a class, and the methods of its classes, each on an object of its own."""
    for name, each in names.items():
        if name.startswith("test_") and inspect.isfunction(each):
            yield each
        elif name.startswith("Test") and inspect.isclass(each):
            yield from (getattr(each(), own.__name__) for own in _tests(vars(each)))


def _rows(names: str | tuple[str, ...], rows: Any) -> Iterator[dict[str, Any]]:
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for row in rows:
        values = getattr(row, "values", row) if type(row).__name__ == "ParameterSet" else row
        yield dict(zip(keys, values if len(keys) > 1 else [values], strict=True))
