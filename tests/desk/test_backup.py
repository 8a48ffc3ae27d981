"""The clinic's backups: where they go, when one is due, what Today says of them, and how one comes back."""

import shutil
from pathlib import Path

import pytest

from checklist.desk import Desk, FieldError
from checklist.errors import (
    BackupStopped,
    NotAllowed,
)
from checklist.model import EntryKind, Level
from checklist.store.manifest import MANIFEST_NAME
from checklist.times import ManualClock
from tests.desk.backed import back_up, quiet
from tests.desk.visit import PASSWORD, Visit, front_door


def test_without_a_folder_today_says_that_no_backup_is_set_up(desk: Desk) -> None:
    status = desk.backup_status()
    assert (status.level, status.text) == (Level.REVIEW, "No backup is set up: add a folder under Settings.")
    assert not desk.backup_due()
    assert not desk.backup_wanted_at_close()
    with pytest.raises(NotAllowed, match="No backup folder is set"):
        desk.backup_job()


def test_the_day_s_backup_is_due_once_and_then_said_on_today(with_drive: Desk, drive: Path, clock: ManualClock) -> None:
    assert with_drive.backup_due()
    assert with_drive.backup_status().text == "No backup was made yet."
    back_up(with_drive)
    assert not with_drive.backup_due()
    status = with_drive.backup_status()
    assert (status.level, status.text) == (Level.CLEAR, "Backup proven 10:42: 6 patients.")
    clock.advance(hours=14)  # the next day
    assert with_drive.backup_due()
    assert with_drive.backup_status().text == "Backup proven Wed 18-Nov-2026 10:42: 6 patients."


@pytest.mark.parametrize(("minutes", "level"), [(26 * 60, Level.CLEAR), (26 * 60 + 1, Level.REVIEW)])
def test_a_backup_older_than_26_hours_is_marked(
    with_drive: Desk, clock: ManualClock, minutes: int, level: Level
) -> None:
    back_up(with_drive)
    clock.advance(minutes=minutes)
    assert with_drive.backup_status().level is level


def test_at_close_one_is_wanted_only_after_new_entries(with_drive: Desk, clock: ManualClock) -> None:
    assert with_drive.backup_wanted_at_close()
    back_up(with_drive)
    with_drive.lock()
    with_drive.unlock("ortiz", PASSWORD)
    assert not with_drive.backup_wanted_at_close()
    Visit.begin(with_drive, clock)
    assert with_drive.backup_wanted_at_close()


def test_each_proven_backup_is_an_entry_with_the_last_hash(with_drive: Desk, drive: Path) -> None:
    last = with_drive._file.journal.entries()[-1]
    back_up(with_drive)
    noted = with_drive._file.journal.entries(kinds=[EntryKind.BACKUP])[-1]
    assert noted.body["entries"] == last.seq
    assert noted.body["last_hash"] == last.hash
    assert noted.body["folder"] == str(drive)
    assert (drive / str(noted.body["name"]) / MANIFEST_NAME).is_file()


def test_a_missing_drive_warns_and_blocks_nothing(with_drive: Desk, drive: Path, clock: ManualClock) -> None:
    back_up(with_drive)
    shutil.rmtree(drive)
    status = with_drive.note_backups(with_drive.backup_job().run(quiet))
    assert status.level is Level.REVIEW
    assert status.text == (
        f"Backup proven 10:42: 6 patients. No backup was made: {drive} is not there. "
        "Plug the drive in, or choose another folder, then try again."
    )
    assert Visit.begin(with_drive, clock).now.record.session.number == 4


def test_one_missing_drive_does_not_stop_the_other(with_drive: Desk, drive: Path, tmp_path: Path) -> None:
    (tmp_path / "NAS").mkdir()
    with_drive.set_backup_folders([str(drive), str(tmp_path / "NAS")])
    shutil.rmtree(drive)
    outcomes = with_drive.backup_job().run(quiet)
    assert [outcome.proven for outcome in outcomes] == [False, True]
    with_drive.note_backups(outcomes)
    assert with_drive.backup_status().level is Level.REVIEW
    assert not with_drive.backup_due()


def test_only_administrators_choose_the_folders(desk: Desk, drive: Path) -> None:
    desk.unlock("lee", PASSWORD)
    with pytest.raises(NotAllowed, match="administrator"):
        desk.set_backup_folders([str(drive)])


def test_practice_backs_up_nowhere(folder: Path, clock: ManualClock, drive: Path) -> None:
    door = front_door(folder, clock)
    door.practice = True
    desk = door.sign_in("ortiz", PASSWORD)
    with pytest.raises(NotAllowed, match="invented patients only"):
        desk.set_backup_folders([str(drive)])
    with pytest.raises(NotAllowed, match="invented patients only"):
        desk.backup_job()
    assert not desk.backup_due()
    assert not desk.backup_wanted_at_close()
    assert desk.backup_status().text == ""
    desk.close()


@pytest.mark.parametrize("text", ["", "   ", "relative/folder", "/nowhere/at all", "\x00", "x" * 401, "<b>&\"'", "🦆"])
def test_a_folder_that_cannot_be_one_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises((FieldError, Exception)) as refused:
        desk.set_backup_folders([text])
    assert isinstance(refused.value, FieldError)
    assert desk.backup_folders() == ()


def test_the_data_folder_and_a_fifth_folder_are_refused(desk: Desk, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="would be lost together with the data"):
        desk.set_backup_folders([str(folder)])
    five = [tmp_path / str(number) for number in range(5)]
    for one in five:
        one.mkdir()
    with pytest.raises(FieldError, match="4 folders are enough"):
        desk.set_backup_folders([str(one) for one in five])
    chosen = [str(one) for one in five[:4]]
    assert desk.set_backup_folders([*chosen, chosen[0]]) == tuple(chosen)
    assert desk.backup_folders() == tuple(chosen)


def test_a_folder_set_before_may_be_unplugged_while_others_change(with_drive: Desk, drive: Path) -> None:
    shutil.rmtree(drive)
    assert with_drive.set_backup_folders([str(drive)]) == (str(drive),)
    assert with_drive.set_backup_folders([]) == ()


def test_the_same_disk_is_known(with_drive: Desk, drive: Path) -> None:
    assert with_drive.same_disk(str(drive))
    assert not with_drive.same_disk(str(drive / "gone"))


def test_stopping_stops(with_drive: Desk) -> None:
    def stop(_what: str, _done: int, _of: int) -> None:
        raise BackupStopped("Stopped.")

    with pytest.raises(BackupStopped):
        with_drive.backup_job().run(stop)
    with pytest.raises(BackupStopped):
        with_drive.check_job().run(stop)
