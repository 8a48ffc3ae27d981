"""The shipped table, loaded once: it is frozen."""

import pytest

from checklist.medicines import MedicineTable
from checklist.resources import read_text


@pytest.fixture(scope="session")
def table() -> MedicineTable:
    return MedicineTable.load(read_text)
