"""A clinic with one encrypted data file, made afresh for each test, and a clock that stands until it is moved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.store.datafile import DataFile
from checklist.store.slots import DataKey
from checklist.times import ManualClock, Moment

MORNING = "2026-11-18T10:42:07.123456-05:00[America/New_York]"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(Moment.stored(MORNING))


@pytest.fixture
def key() -> DataKey:
    return DataKey(bytes(range(32)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Clinic of Dr Łuczak #1"


@pytest.fixture
def data(folder: Path, key: DataKey, clock: ManualClock) -> Iterator[DataFile]:
    with DataFile.create(folder, key, clock, "front-desk") as opened:
        yield opened
