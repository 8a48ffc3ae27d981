"""A backup comes back whole or not at all, and what was there is set aside."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from checklist.errors import BackupFailed, DataFileError
from checklist.store.backup import Backup
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.names import (
    COPYING,
    KEYS_NAME,
    LOCK_NAME,
    PLACING,
    PROTOCOL_NAME,
    SETTING_ASIDE,
    is_restore_unfinished,
)
from checklist.store.restore import finish_restore, restore
from checklist.store.slots import DataKey
from checklist.store.witness import HEAD_NAME
from checklist.times import ManualClock
from tests.store.copies import backed_up, flip, set_up
from tests.store.drafts import answer
from tests.store.processes import held

ASIDE = "before-restore-20261118-1910"


@pytest.fixture
def backup(folder: Path, key: DataKey, clock: ManualClock, tmp_path: Path) -> Backup:
    """Of 24 entries; the clinic went on to 26 after it, and is closed."""
    with set_up(folder, key, clock) as data:
        made = backed_up(folder, key, tmp_path / "drive")
        data.journal.append(answer("after"), answer("the backup"))
    return made


def entries(folder: Path, key: DataKey, clock: ManualClock) -> int:
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.verify().ok
        assert opened.check_start().ok
        return opened.journal.last_seq


def test_the_backup_is_back_and_the_newer_data_is_set_aside(
    backup: Backup, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    newer = (folder / DATA_NAME).read_bytes()
    done = restore(backup.path, folder, key, ASIDE)
    assert (done.aside, done.newest_before) == (folder / ASIDE, 26)
    assert (folder / ASIDE / DATA_NAME).read_bytes() == newer
    assert sorted(path.name for path in (folder / ASIDE).iterdir()) == [DATA_NAME, HEAD_NAME, KEYS_NAME]
    assert entries(folder, key, clock) == 24
    assert entries(folder / ASIDE, key, clock) == 26


def test_on_another_pc_nothing_is_set_aside(backup: Backup, tmp_path: Path, key: DataKey, clock: ManualClock) -> None:
    new = tmp_path / "new pc" / "clinic"
    done = restore(backup.path, new, key, ASIDE)
    assert (done.aside, done.newest_before) == (None, None)
    assert sorted(path.name for path in new.iterdir()) == [DATA_NAME, KEYS_NAME, LOCK_NAME]
    assert entries(new, key, clock) == 24


def test_the_log_of_the_old_file_does_not_meet_the_new_one(
    backup: Backup, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    """After a power cut the old data file has a log beside it."""
    with DataFile.open(folder, key, clock, "front-desk") as data:
        data.journal.append(answer("in the log"))
        shutil.copytree(folder, folder.parent / "cut")
    cut = folder.parent / "cut"
    assert (cut / f"{DATA_NAME}-wal").exists()
    restore(backup.path, cut, key, ASIDE)
    assert entries(cut, key, clock) == 24
    assert entries(cut / ASIDE, key, clock) == 27


def test_a_protocol_that_the_backup_lacks_is_set_aside_too(
    backup: Backup, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    (folder / PROTOCOL_NAME).write_text("newer than the backup")
    restore(backup.path, folder, key, ASIDE)
    assert not (folder / PROTOCOL_NAME).exists()
    assert (folder / ASIDE / PROTOCOL_NAME).exists()


def test_a_damaged_backup_changes_nothing(backup: Backup, folder: Path, key: DataKey, clock: ManualClock) -> None:
    flip(backup.path / DATA_NAME, 5000)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(BackupFailed, match=r"the file clinic.db is not as it was written"):
        restore(backup.path, folder, key, ASIDE)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_disk_without_room_changes_nothing(
    backup: Backup, folder: Path, key: DataKey, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is made up here; tests/campaigns fills a real one."""
    import errno

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(BackupFailed, match=r"no space left on device\). The present data was not touched"):
        restore(backup.path, folder, key, ASIDE)
    assert entries(folder, key, clock) == 26
    assert not (folder / COPYING).exists()


def test_data_that_is_open_is_not_replaced(backup: Backup, folder: Path, key: DataKey, clock: ManualClock) -> None:
    with held("open", folder, key), pytest.raises(DataFileError, match=r"already open in another window"):
        restore(backup.path, folder, key, ASIDE)
    assert entries(folder, key, clock) == 26


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a real one."""


def renames() -> list[int]:
    """A restore of this clinic moves 3 files aside, 2 in, and renames its own folder twice: each may be the last."""
    return list(range(8))


@pytest.mark.parametrize("after", renames())
def test_a_power_cut_between_any_two_steps_is_finished_at_the_next_start(
    backup: Backup, folder: Path, key: DataKey, clock: ManualClock, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    steps = 0
    real = {"replace": Path.replace, "rename": Path.rename}

    def cutting(name: str) -> object:
        def step(self: Path, target: Path) -> Path:
            nonlocal steps
            if steps == after:
                raise PowerCut
            steps += 1
            return real[name](self, target)

        return step

    with monkeypatch.context() as cut:
        cut.setattr(Path, "replace", cutting("replace"))
        cut.setattr(Path, "rename", cutting("rename"))
        with suppress(PowerCut):
            restore(backup.path, folder, key, ASIDE)
    if is_restore_unfinished(folder):
        assert finish_restore(folder)
        assert entries(folder, key, clock) == 24
        assert entries(folder / ASIDE, key, clock) == 26
    else:
        assert entries(folder, key, clock) == (26 if after == 0 else 24)
    assert not finish_restore(folder)
    assert not (folder / SETTING_ASIDE).exists()
    assert not (folder / PLACING).exists()


def test_the_number_of_steps_above_is_right(
    backup: Backup, folder: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def counting(real: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def step(self: Path, target: Path) -> Path:
            counted.append(self.name)
            return real(self, target)

        return step

    monkeypatch.setattr(Path, "replace", counting(Path.replace))
    monkeypatch.setattr(Path, "rename", counting(Path.rename))
    restore(backup.path, folder, key, ASIDE)
    assert counted == [COPYING, DATA_NAME, HEAD_NAME, KEYS_NAME, SETTING_ASIDE, DATA_NAME, KEYS_NAME]


def test_a_restore_that_cannot_be_finished_says_what_is_there(backup: Backup, folder: Path, key: DataKey) -> None:
    (folder / PLACING).mkdir()
    with pytest.raises(BackupFailed, match=r"stopped half-way .* Nothing is lost"):
        finish_restore(folder)
