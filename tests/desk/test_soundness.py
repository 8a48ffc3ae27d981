"""Is the data sound: at the start, when somebody asks, and when a backup has to come back."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor
from checklist.desk.backup_door import open_offer, open_to_restore, who_can_open
from checklist.desk.backup_work import BackupJob
from checklist.desk.restore import ProveJob, RestoreJob, offers_in
from checklist.errors import (
    BackupFailed,
    DamagedDataFile,
    DataFileError,
    KnownError,
    NotSaved,
    SignInFailed,
)
from checklist.model import EntryKind
from checklist.store.datafile import DATA_NAME
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import PLACING, SETTING_ASIDE
from checklist.times import ManualClock
from tests.desk.backed import back_up, quiet
from tests.desk.visit import PASSWORD, front_door
from tests.store.copies import flip
from tests.store.drafts import raw_connection


def test_a_whole_file_agrees_with_its_backups(with_drive: Desk) -> None:
    back_up(with_drive)
    found = with_drive.note_check(with_drive.check_job().run(quiet))
    assert found.problems == ()
    assert found.sentence == (
        f"The data file is whole: {found.entries:,} entries are as they were written, "
        "the lists are what the journal says, and 1 backup agrees with it."
    )


def test_a_changed_entry_is_named_noted_and_stays_on_the_board(with_drive: Desk, folder: Path) -> None:
    raw = raw_connection(folder / DATA_NAME, with_drive._key)
    raw.execute("DROP TRIGGER entries_stay")
    raw.execute("UPDATE entries SET body = '{}' WHERE seq = 5")
    raw.close()
    found = with_drive.note_check(with_drive.check_job().run(quiet))
    assert found.problems == ("Entry 5 was changed after it was written.",)
    with_drive.note_check(found)
    assert with_drive.file_problems == found.problems
    noted = with_drive._file.journal.entries(kinds=[EntryKind.FILE_PROBLEM])
    assert [entry.body["problem"] for entry in noted] == [found.problems[0]]


def test_a_wrong_list_is_drawn_again(with_drive: Desk, folder: Path) -> None:
    raw = raw_connection(folder / DATA_NAME, with_drive._key)
    raw.execute("DELETE FROM patient_words WHERE word = 'okafor'")
    raw.close()
    assert with_drive.find_patients("okafor") == ()
    found = with_drive.note_check(with_drive.check_job().run(quiet))
    assert found.problems == ("The list “patient_words” is not what the journal says.",)
    assert [row.patient.family for row in with_drive.find_patients("okafor")] == ["Okafor"]


def test_data_older_than_a_backup_is_noticed(door: FrontDoor, drive: Path, clock: ManualClock, tmp_path: Path) -> None:
    desk = door.sign_in("ortiz", PASSWORD)
    desk.set_backup_folders([str(drive)])
    desk.close()
    shutil.copytree(door.folder, tmp_path / "older")
    clock.advance(minutes=5)
    desk = door.sign_in("ortiz", PASSWORD)
    back_up(desk)
    desk.close()
    shutil.rmtree(door.folder)
    shutil.copytree(tmp_path / "older", door.folder)
    clock.advance(minutes=5)
    desk = door.sign_in("ortiz", PASSWORD)
    sentence = desk.check_job().run(quiet).sentence
    desk.close()
    assert "went another way since" in sentence or sentence.startswith("The data is older than the backup of Wed")


def test_the_jobs_tell_a_damaged_file_without_an_exception(with_drive: Desk, folder: Path) -> None:
    job, check = with_drive.backup_job(), with_drive.check_job()
    with_drive.close()
    flip(folder / DATA_NAME, (folder / DATA_NAME).stat().st_size - 2000)
    outcome = job.run(quiet)[0]
    assert (outcome.proven, outcome.damaged) == (False, True)
    assert "damaged" in outcome.sentence
    found = check.run(quiet)
    assert (found.entries, found.compared) == (0, 0)
    assert "the data file is damaged" in found.sentence.lower()
    flip(folder / DATA_NAME, 100)
    assert check.run(quiet).problems[0].startswith("clinic.db does not open with the key")


def test_damage_found_by_a_backup_is_noted(with_drive: Desk, folder: Path) -> None:
    outcome = with_drive.backup_job().run(quiet)[0]
    damaged = replace(outcome, backup=None, problem="The data file is damaged: page 7.", damaged=True)
    with_drive.note_backups([damaged])
    assert with_drive.file_problems == ("The data file is damaged: page 7.",)


# ---- at the start


def test_a_lost_end_is_said_at_the_sign_in(door: FrontDoor, tmp_path: Path) -> None:
    desk = door.sign_in("ortiz", PASSWORD)
    shutil.copytree(door.folder, tmp_path / "cut")
    desk.close()
    log = tmp_path / "cut" / f"{DATA_NAME}-wal"
    log.write_bytes(log.read_bytes()[:-10])
    again = door.elsewhere(tmp_path / "cut").sign_in("ortiz", PASSWORD)
    assert len(again.file_problems) == 1
    assert again.file_problems[0].startswith("The newest entries are missing: ")
    again.close()
    once_more = door.elsewhere(tmp_path / "cut").sign_in("ortiz", PASSWORD)
    assert once_more.file_problems == ()  # said once, kept in the journal
    assert len(once_more._file.journal.entries(kinds=[EntryKind.FILE_PROBLEM])) == 1
    once_more.close()


def test_a_clock_set_back_while_the_program_was_closed_is_said(door: FrontDoor, folder: Path) -> None:
    desk = door.sign_in("ortiz", PASSWORD)
    earlier = ManualClock(desk.now().plus(hours=-3))
    desk.close()
    desk = front_door(folder, earlier).sign_in("ortiz", PASSWORD)
    assert [one.words("07:42") for one in desk.clock_changes()] == [
        "The PC's clock was set 3hr back, to 07:42: reason not written yet"
    ]
    desk.close()


def test_a_network_drive_is_refused_with_the_reason(door: FrontDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    from checklist.store import place

    mounts = door.folder.parent / "mounts"
    mounts.write_text(
        f"/dev/vda / ext4 rw 0 0\nnas:/clinic {str(door.folder.parent).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n"
    )
    monkeypatch.setattr(place, "MOUNTS", mounts)
    with pytest.raises(DataFileError, match=r"is on a network drive \(nfs4\)"):
        door.sign_in("ortiz", PASSWORD)
    mounts.write_text("/dev/vda / ext4 rw 0 0\n")
    door.sign_in("ortiz", PASSWORD).close()
    mounts.unlink()
    door.sign_in("ortiz", PASSWORD).close()


def test_a_damaged_file_is_opened_for_reading_alone(door: FrontDoor) -> None:
    desk = door.sign_in("ortiz", PASSWORD)
    desk.close()
    size = (door.folder / DATA_NAME).stat().st_size
    for page in range(size // 4096 - 4, size // 4096):
        flip(door.folder / DATA_NAME, page * 4096 + 7)
    with pytest.raises(DamagedDataFile):
        door.sign_in("ortiz", PASSWORD)
    rest = door.read_what_is_left("ortiz", PASSWORD)
    assert rest.read_only.startswith("Not saved: the data file is damaged")
    assert rest.file_problems[0].startswith("The data file is damaged and open for reading only: ")
    assert not rest.backup_due()
    assert not rest.backup_wanted_at_close()
    rest.lock()
    with pytest.raises(SignInFailed):
        rest.unlock("ortiz", "wrong password")
    rest.unlock("ortiz", PASSWORD)
    assert [row.patient.family for row in rest.find_patients("oka")] == ["Okafor"]
    with pytest.raises(NotSaved, match="opened read-only"):
        rest.set_backup_folders([str(door.folder.parent)])
    rest.close()


# ---- bringing a backup back


def test_a_backup_comes_back_and_says_what_is_missing(with_drive: Desk, door: FrontDoor, drive: Path) -> None:
    back_up(with_drive)
    with_drive.lock()
    with_drive.close()
    offer = offers_in(drive)[0]
    assert (offer.when, offer.holds.split(",")[0]) == ("Wed 18-Nov-2026 10:42", "6 patients")
    assert [name for _, name in who_can_open(door, offer.path)] == ["Dr. A. Menon", "R. Ortiz", "S. Lee"]
    opened = open_to_restore(door, offer.path, " Ortiz ", PASSWORD)
    assert ProveJob(opened).run(quiet).startswith("Proven: 6 patients, 1 visit, ")
    said = RestoreJob(opened, door.folder, door.clock, "front-desk").run(quiet)
    assert said == (
        "The backup of Wed 18-Nov-2026 10:42 is back. 2 entries made after it are not in it: enter them again from the "
        "papers. Passwords and who may sign in stay as they were on this PC. What was there before is kept in the "
        "folder before-restore-20261118-104200."
    )
    desk = door.sign_in("ortiz", PASSWORD)
    assert desk.file_problems == ()
    restored = desk._file.journal.entries(kinds=[EntryKind.RESTORED])[0]
    assert (restored.body["missing"], restored.body["aside"]) == (2, "before-restore-20261118-104200")
    assert desk._staff[restored.by].user == "ortiz"
    assert desk.check_job().run(quiet).problems == ()
    desk.close()


def test_backups_of_the_way_not_taken_are_no_witnesses(
    with_drive: Desk, door: FrontDoor, drive: Path, clock: ManualClock
) -> None:
    back_up(with_drive)
    clock.advance(hours=1)
    back_up(with_drive)
    with_drive.close()
    clock.advance(hours=1)
    older = offers_in(drive)[-1]
    RestoreJob(open_to_restore(door, older.path, "ortiz", PASSWORD), door.folder, clock, "pc").run(quiet)
    desk = door.sign_in("ortiz", PASSWORD)
    found = desk.check_job().run(quiet)
    assert (found.problems, found.compared) == ((), 1)
    desk.close()


def test_a_new_pc_starts_from_the_backup(with_drive: Desk, drive: Path, tmp_path: Path, clock: ManualClock) -> None:
    back_up(with_drive)
    new = front_door(tmp_path / "new pc" / "clinic", clock)
    first_run = new.is_new
    opened = open_to_restore(new, offers_in(drive)[0].path, "ortiz", PASSWORD)
    said = RestoreJob(opened, new.folder, clock, "new pc").run(quiet)
    assert said == "The backup of Wed 18-Nov-2026 10:42 is back."
    assert (first_run, new.is_new) == (True, False)
    desk = new.sign_in("menon", PASSWORD)
    assert [row.patient.family for row in desk.find_patients("oka")] == ["Okafor"]
    assert desk.backup_folders() == (str(drive),)
    desk.close()


def test_a_wrong_password_opens_no_backup_and_changes_nothing_in_it(
    with_drive: Desk, drive: Path, tmp_path: Path, clock: ManualClock
) -> None:
    back_up(with_drive)
    new = front_door(tmp_path / "new pc", clock)
    path = Path(offers_in(drive)[0].path)
    before = {one.name: one.read_bytes() for one in path.iterdir()}
    for user, password in (("ortiz", "wrong password"), ("nobody", PASSWORD), ("", "")):
        with pytest.raises(SignInFailed, match="do not belong together"):
            open_offer(new, str(path), user, password)
    assert {name: (path / name).read_bytes() for name in before} == before


def test_where_no_backup_is_the_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="No backup was found in"):
        offers_in(tmp_path)
    with pytest.raises(BackupFailed, match=r"cannot be read\. Plug the drive in"):
        offers_in(tmp_path / "gone")


def test_a_backup_is_found_from_the_stick_its_folder_or_its_files(with_drive: Desk, drive: Path) -> None:
    back_up(with_drive)
    path = Path(offers_in(drive)[0].path)
    assert [one.path for one in offers_in(drive.parent)] == [str(path)]
    assert [one.path for one in offers_in(path)] == [str(path)]
    assert [one.path for one in offers_in(path / MANIFEST_NAME)] == [str(path)]


@pytest.mark.parametrize("marker", [SETTING_ASIDE, PLACING])
def test_a_restore_cut_off_is_no_first_run(tmp_path: Path, clock: ManualClock, marker: str) -> None:
    (tmp_path / marker).mkdir()
    door = front_door(tmp_path, clock)
    assert not door.is_new
    with pytest.raises(BackupFailed, match="Nothing is lost"):
        door.finish_restore()


def test_the_key_does_not_show_in_a_job(with_drive: Desk) -> None:
    job: BackupJob = with_drive.backup_job()
    assert with_drive._key.secret.hex() not in repr(job)
    assert str(with_drive._key.secret) not in repr(job)


def test_the_recovery_sheet_opens_a_backup_when_every_password_is_lost(
    with_drive: Desk, door: FrontDoor, drive: Path
) -> None:
    sheet = with_drive.make_recovery_sheet(password=PASSWORD)
    back_up(with_drive)
    offer = offers_in(drive)[0]
    user = next(user for user, _name in who_can_open(door, offer.path) if user.startswith("#"))
    opened = open_offer(door, offer.path, user, f" {sheet.code.lower()} ")
    assert ProveJob(opened).run(quiet).startswith("Proven: 6 patients")
    with pytest.raises(KnownError, match="groups of 5"):
        open_offer(door, offer.path, user, "7KQ2M")
