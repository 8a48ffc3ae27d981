"""The shipped table, loaded once (it is frozen), and a stopwatch for the promises about speed."""

import sys
import time
from collections.abc import Callable

import pytest

from checklist.medicines import MedicineTable
from checklist.resources import read_text

_TRACER_SLOWS_BY = 6.0  # coverage counts every line


@pytest.fixture(scope="session")
def table() -> MedicineTable:
    return MedicineTable.load(read_text)


def milliseconds(work: Callable[[], object], runs: int = 3) -> float:
    """Processor time of the quickest of some runs; a line tracer's share is taken off."""
    best = min(_seconds(work) for _ in range(runs))
    return best * 1000 / (1.0 if sys.gettrace() is None else _TRACER_SLOWS_BY)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
