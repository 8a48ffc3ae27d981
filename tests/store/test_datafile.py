"""Making, opening and closing the clinic's data, by one program at a time."""

from pathlib import Path

import pytest

from checklist.errors import DataFileError
from checklist.model import StaffId
from checklist.store.datafile import DATA_NAME, LOCK_NAME, DataFile
from checklist.store.slots import DataKey
from checklist.store.vault import KEYS_NAME, Cost, Vault, VaultUser
from checklist.store.witness import HEAD_NAME
from checklist.times import ManualClock
from tests.store.drafts import answer, patient
from tests.store.processes import held


def test_the_whole_way_from_first_set_up_to_the_next_morning(tmp_path: Path, clock: ManualClock) -> None:
    who = VaultUser("rortiz", StaffId("staff-1"), "R. Ortiz")
    _, made = Vault.create(tmp_path / KEYS_NAME, who, "a quiet harbor", Cost(64, 1, 1))
    with DataFile.create(tmp_path, made, clock, "front-desk") as first:
        first.journal.append(patient(), answer())
    morning = Vault.open(tmp_path / KEYS_NAME).unlock("rortiz", "a quiet harbor", clock)
    with DataFile.open(tmp_path, morning, clock, "front-desk") as second:
        assert [found.family for found in second.index.find_patients("oka")] == ["Okafor"]
        assert second.verify().ok


def test_closing_leaves_one_complete_file(data: DataFile, folder: Path) -> None:
    data.journal.append(patient())
    assert (folder / f"{DATA_NAME}-wal").stat().st_size > 0
    data.close()
    data.close()
    assert sorted(path.name for path in folder.iterdir()) == [DATA_NAME, HEAD_NAME, LOCK_NAME]


def test_a_new_clinic_is_empty_and_whole(data: DataFile, folder: Path) -> None:
    assert data.folder == folder
    check = data.verify()
    assert (check.ok, check.entries) == (True, 0)
    assert data.index.clinic() is None


def test_a_second_window_is_told_that_the_data_is_open(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    with pytest.raises(DataFileError, match=r"already open in another window of this program"):
        DataFile.open(folder, key, clock, "front-desk")


def test_another_process_that_has_the_data_open_keeps_this_one_out(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.close()
    with held("open", folder, key), pytest.raises(DataFileError, match=r"already open in another window"):
        DataFile.open(folder, key, clock, "front-desk")
    DataFile.open(folder, key, clock, "front-desk").close()


def test_a_refused_opening_lets_the_next_one_in(data: DataFile, folder: Path, key: DataKey, clock: ManualClock) -> None:
    data.close()
    with pytest.raises(DataFileError):
        DataFile.open(folder, DataKey(bytes(32)), clock, "front-desk")
    DataFile.open(folder, key, clock, "front-desk").close()


def test_existing_data_is_never_overwritten(data: DataFile, folder: Path, key: DataKey, clock: ManualClock) -> None:
    data.journal.append(patient())
    data.close()
    before = (folder / DATA_NAME).read_bytes()
    with pytest.raises(DataFileError, match=r"clinic.db already exists in .* and was not touched"):
        DataFile.create(folder, key, clock, "front-desk")
    assert (folder / DATA_NAME).read_bytes() == before


def test_what_a_power_cut_left_of_a_first_set_up_does_not_stand_in_the_way(
    folder: Path, key: DataKey, clock: ManualClock
) -> None:
    folder.mkdir()
    (folder / f"{DATA_NAME}.new").write_bytes(b"half of a file")
    with DataFile.create(folder, key, clock, "front-desk") as made:
        assert made.verify().ok
    assert not (folder / f"{DATA_NAME}.new").exists()


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path, key: DataKey, clock: ManualClock) -> None:
    (tmp_path / "notes.txt").write_text("a file where a folder should be")
    with pytest.raises(DataFileError, match=r"cannot be made. Nothing was changed. Choose another folder"):
        DataFile.create(tmp_path / "notes.txt" / "clinic", key, clock, "front-desk")


def test_a_folder_that_cannot_be_written_says_so(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.close()
    (folder / LOCK_NAME).unlink()
    (folder / LOCK_NAME).mkdir()
    with pytest.raises(DataFileError, match=r"cannot be written, so the clinic's data was not opened"):
        DataFile.open(folder, key, clock, "front-desk")
