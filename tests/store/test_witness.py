"""The small file beside the data file knows when entries at the end are missing, and claims nothing else."""

import shutil
from pathlib import Path

import pytest

from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.slots import DataKey
from checklist.store.witness import HEAD_NAME, SLOT_BYTES, Head, Witness
from checklist.times import ManualClock
from tests.store.copies import flip
from tests.store.drafts import answer, patient

MORE = "The newest entries are missing: 3 were written, 2 are there."


@pytest.fixture
def crashed(data: DataFile, folder: Path, tmp_path: Path) -> Path:
    """The folder as a power cut leaves it: three entries in the log, none in the file yet."""
    data.journal.append(patient(), answer())
    data.journal.append(answer("the last"))
    return Path(shutil.copytree(folder, tmp_path / "crashed"))


def problems(folder: Path, key: DataKey, clock: ManualClock) -> tuple[str, ...]:
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        return opened.check_start().problems


def test_after_a_power_cut_all_is_there(crashed: Path, key: DataKey, clock: ManualClock) -> None:
    assert problems(crashed, key, clock) == ()


def test_a_log_that_lost_its_end_is_noticed(crashed: Path, key: DataKey, clock: ManualClock) -> None:
    log = crashed / f"{DATA_NAME}-wal"
    log.write_bytes(log.read_bytes()[:-100])
    assert problems(crashed, key, clock) == (MORE,)


def test_a_log_that_is_gone_is_noticed(crashed: Path, key: DataKey, clock: ManualClock) -> None:
    (crashed / f"{DATA_NAME}-wal").unlink()
    (crashed / f"{DATA_NAME}-shm").unlink()
    assert problems(crashed, key, clock) == ("The newest entries are missing: 3 were written, 0 are there.",)


def test_an_older_data_file_put_in_its_place_is_noticed(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock, tmp_path: Path
) -> None:
    data.journal.append(patient(), answer())
    data.close()
    shutil.copyfile(folder / DATA_NAME, tmp_path / "older.db")
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        opened.journal.append(answer("the last"))
    shutil.copyfile(tmp_path / "older.db", folder / DATA_NAME)
    assert problems(folder, key, clock) == (MORE,)


def test_other_entries_under_the_same_numbers_are_noticed(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.journal.append(patient())
    for _slot in range(2):
        data.witness.write(Head(1, "f" * 64))
    data.close()
    assert problems(folder, key, clock) == ("Entry 1 is not the one that was written.",)


def test_a_witness_that_is_behind_says_nothing(data: DataFile, folder: Path, key: DataKey, clock: ManualClock) -> None:
    first = data.journal.append(patient())[0]
    data.journal.append(answer())
    for _slot in range(2):
        data.witness.write(Head(1, first.hash))
    data.close()
    assert problems(folder, key, clock) == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 600, b"[1]" * 200, b"{" * 512])
def test_a_spoilt_witness_claims_nothing_and_is_written_anew(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock, content: bytes
) -> None:
    data.journal.append(patient())
    data.close()
    (folder / HEAD_NAME).write_bytes(content)
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.check_start().ok
        last = opened.journal.append(answer())[0]
    assert Witness(folder / HEAD_NAME, key).read() == Head(2, last.hash)


def test_one_torn_slot_leaves_the_other(data: DataFile, folder: Path, key: DataKey) -> None:
    first, second = (data.journal.append(one)[0] for one in (patient(), answer()))
    witness = Witness(folder / HEAD_NAME, key)
    assert witness.read() == Head(2, second.hash)
    flip(folder / HEAD_NAME, SLOT_BYTES + 20)
    assert witness.read() == Head(1, first.hash)


def test_a_changed_number_breaks_the_seal(data: DataFile, folder: Path, key: DataKey) -> None:
    data.journal.append(patient())
    path = folder / HEAD_NAME
    path.write_bytes(path.read_bytes().replace(b'"seq": 1', b'"seq": 9'))
    assert Witness(path, key).read() is None
    assert Witness(path, DataKey(bytes(32))).read() is None


def test_a_disk_that_refuses_the_witness_stops_no_answer(data: DataFile, folder: Path) -> None:
    (folder / HEAD_NAME).mkdir()
    data.journal.append(patient())
    assert data.journal.last_seq == 1
    assert data.verify().ok
