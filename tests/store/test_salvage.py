"""What is left of a damaged file is shown read-only, and never anything that is not as it was written."""

from pathlib import Path

import pytest

from checklist.errors import DamagedDataFile, NotSaved
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.salvage import READ_ONLY
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.store.copies import flip, set_up
from tests.store.drafts import answer, patient, raw_connection

PAGE = 4096
ANSWERS = 400


@pytest.fixture
def closed(folder: Path, key: DataKey, clock: ManualClock) -> Path:
    with set_up(folder, key, clock, ANSWERS) as data:
        data.journal.append(patient(2, family="Nguyễn"))
    return folder


@pytest.mark.parametrize("page", [20, 28, 36, 44, 52])
def test_entries_on_other_pages_are_read_and_all_of_them_are_right(
    closed: Path, key: DataKey, clock: ManualClock, page: int
) -> None:
    with DataFile.open(closed, key, clock, "front-desk") as whole:
        written = {entry.seq: entry.hash for entry in whole.journal.entries()}
    flip(closed / DATA_NAME, page * PAGE + 100)
    before = (closed / DATA_NAME).read_bytes()
    opened, salvage = DataFile.open_read_only(closed, key, clock, "front-desk")
    with opened:
        left = {entry.seq: entry.hash for entry in opened.journal.entries()}
        assert left.items() <= written.items()
        assert len(left) == salvage.read >= len(written) - 60
        assert salvage.lost == len(written) - len(left)
        assert [found.family for found in opened.index.find_patients("oka")] in (["Okafor"], [])
        with pytest.raises(NotSaved) as refused:
            opened.journal.append(answer())
        assert refused.value.sentence == READ_ONLY
    assert (closed / DATA_NAME).read_bytes() == before


def test_an_entry_that_was_changed_is_left_out(closed: Path, key: DataKey, clock: ManualClock) -> None:
    raw = raw_connection(closed / DATA_NAME, key)
    raw.execute("DROP TRIGGER entries_stay")
    raw.execute("UPDATE entries SET body = '{}' WHERE seq = 10")
    raw.close()
    opened, salvage = DataFile.open_read_only(closed, key, clock, "front-desk")
    with opened:
        assert salvage.lost == 1
        assert 10 not in [entry.seq for entry in opened.journal.entries()]


def test_a_broken_first_page_leaves_nothing(closed: Path, key: DataKey, clock: ManualClock) -> None:
    flip(closed / DATA_NAME, 100)
    with pytest.raises(DamagedDataFile, match=r"does not open with the key"):
        DataFile.open_read_only(closed, key, clock, "front-desk")
    flip(closed / DATA_NAME, 100)
    DataFile.open(closed, key, clock, "front-desk").close()  # the lock was given back


def test_a_broken_root_of_the_journal_ends_soon(closed: Path, key: DataKey, clock: ManualClock) -> None:
    raw = raw_connection(closed / DATA_NAME, key)
    root = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entries'").fetchone()[0]
    raw.close()
    flip(closed / DATA_NAME, (root - 1) * PAGE + 100)
    with pytest.raises(DamagedDataFile, match=r"Nothing of the data file can be read any more"):
        DataFile.open_read_only(closed, key, clock, "front-desk")


def test_a_whole_file_loses_nothing(closed: Path, key: DataKey, clock: ManualClock) -> None:
    opened, salvage = DataFile.open_read_only(closed, key, clock, "front-desk")
    with opened:
        assert (salvage.read, salvage.lost) == (ANSWERS + 5, 0)
        assert opened.verify().ok
