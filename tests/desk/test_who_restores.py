"""Who may bring a backup back, what it does not bring back, and what wrong passwords against a backup cost."""

import shutil
from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor, NewStaff
from checklist.desk.backup_door import open_offer, open_to_restore, what_is_here, who_can_open
from checklist.desk.restore import ProveJob, RestoreJob, offers_in
from checklist.errors import BackupFailed, NotAllowed, SignInFailed
from checklist.model import EntryKind, Role
from checklist.store.names import DATA_NAME, KEYS_NAME
from checklist.store.vault import Vault
from checklist.times import ManualClock
from tests.desk.backed import back_up, quiet
from tests.desk.visit import PASSWORD, front_door
from tests.desk.written import CLINIC, NURSE
from tests.store.copies import flip

NEW = "another harbor 8"


@pytest.fixture
def backed(with_drive: Desk, drive: Path) -> Path:
    """The clinic is open, its backup lies on the drive."""
    back_up(with_drive)
    return Path(offers_in(drive)[0].path)


def bring_back(door: FrontDoor, backup: Path, user: str = "ortiz", password: str = PASSWORD) -> str:
    opened = open_to_restore(door, str(backup), user, password)
    return RestoreJob(opened, door.folder, door.clock, "pc").run(quiet)


def guess(door: FrontDoor, backup: Path, times: int, user: str = "ortiz") -> str:
    """What the last of some wrong passwords is answered."""
    for _ in range(times):
        with pytest.raises(SignInFailed) as refusal:
            open_offer(door, str(backup), user, "wrong password")
    return refusal.value.sentence


# ---- who


@pytest.mark.parametrize("user", ["lee", "menon"])
def test_a_nurse_or_a_provider_brings_nothing_back_and_the_try_is_an_entry(
    with_drive: Desk, door: FrontDoor, backed: Path, user: str
) -> None:
    with_drive.close()
    with pytest.raises(
        NotAllowed, match=r"may not bring back a backup\. Nothing was changed\. Ask an administrator\.$"
    ):
        bring_back(door, backed, user)
    desk = door.sign_in("ortiz", PASSWORD)
    (entry,) = desk._file.journal.entries(kinds=[EntryKind.REFUSED])
    assert (desk._staff[entry.by].user, entry.body["act"]) == (user, "restore")
    assert desk._file.journal.entries(kinds=[EntryKind.RESTORED]) == ()
    desk.close()


def test_on_a_new_pc_too_only_an_administrator_of_the_backup(backed: Path, tmp_path: Path, clock: ManualClock) -> None:
    new = front_door(tmp_path / "new pc", clock)
    with pytest.raises(NotAllowed, match=r"S\. Lee, RN has no administrator role"):
        bring_back(new, backed, "lee")
    assert not (new.folder / DATA_NAME).exists()
    assert bring_back(new, backed).endswith("is back.")


def test_anybody_who_signs_in_may_have_a_backup_read_through_but_no_more(door: FrontDoor, backed: Path) -> None:
    opened = open_offer(door, str(backed), "lee", PASSWORD)
    assert ProveJob(opened).run(quiet).startswith("Proven: ")
    with pytest.raises(NotAllowed, match="Only an administrator brings a backup back"):
        RestoreJob(opened, door.folder, door.clock, "pc").run(quiet)


def test_a_password_for_one_use_brings_nothing_back(with_drive: Desk, door: FrontDoor, backed: Path) -> None:
    lee = next(one for one in with_drive.staff() if one.user == "lee")
    with_drive.set_roles(lee.id, frozenset({Role.ADMINISTRATOR}), password=PASSWORD)
    code = with_drive.reset_password(lee.id, password=PASSWORD)
    with_drive.close()
    with pytest.raises(NotAllowed, match="given by an administrator and brings nothing back"):
        bring_back(door, backed, "lee", code)


# ---- what does not come back


def test_somebody_disabled_since_the_backup_stays_out(with_drive: Desk, door: FrontDoor, backed: Path) -> None:
    lee = next(one for one in with_drive.staff() if one.user == "lee")
    with_drive.set_roles(lee.id, frozenset({Role.ADMINISTRATOR}), password=PASSWORD)
    with_drive.disable(lee.id, password=PASSWORD)
    with_drive.close()
    with pytest.raises(SignInFailed, match="do not belong together in this backup"):
        bring_back(door, backed, "lee")
    said = bring_back(door, backed)
    assert "Passwords and who may sign in stay as they were on this PC." in said
    with pytest.raises(SignInFailed):
        door.sign_in("lee", PASSWORD)
    desk = door.sign_in("ortiz", PASSWORD)
    assert not next(one for one in desk.staff() if one.user == "lee").active
    assert desk._file.verify().ok
    desk.close()


def test_who_came_and_which_password_was_changed_since_the_backup_stays(
    with_drive: Desk, door: FrontDoor, backed: Path
) -> None:
    with_drive.add_staff(NewStaff("park", "J. Park", "RN", frozenset({Role.NURSE})), NEW)
    with_drive.change_password(PASSWORD, NEW)
    with_drive.close()
    with pytest.raises(SignInFailed):
        bring_back(door, backed)
    bring_back(door, backed, password=NEW)
    for user in ("ortiz", "park"):
        door.sign_in(user, NEW).close()
    with pytest.raises(SignInFailed):
        door.sign_in("ortiz", PASSWORD)


def test_a_pause_that_runs_runs_on_after_a_restore(with_drive: Desk, door: FrontDoor, backed: Path) -> None:
    with_drive.close()
    for _ in range(5):
        with pytest.raises(SignInFailed):
            door.sign_in("menon", "wrong password")
        door.clock.advance(seconds=10)  # type: ignore[attr-defined]
    bring_back(door, backed)
    assert Vault.open(door.folder / KEYS_NAME).failures("menon") == 5


def test_where_the_staff_list_is_damaged_who_has_no_way_in_is_disabled(
    with_drive: Desk, door: FrontDoor, backed: Path
) -> None:
    lee = next(one for one in with_drive.staff() if one.user == "lee")
    with_drive.disable(lee.id, password=PASSWORD)
    with_drive.close()
    for page in range((door.folder / DATA_NAME).stat().st_size // 4096):
        flip(door.folder / DATA_NAME, page * 4096 + 9)
    bring_back(door, backed)
    desk = door.sign_in("ortiz", PASSWORD)
    assert not next(one for one in desk.staff() if one.user == "lee").active
    desk.close()


# ---- where the key file here is not the clinic's


@pytest.mark.parametrize("damaged", [True, False])
def test_without_a_key_file_the_recovery_sheet_alone_brings_the_backup_back(
    with_drive: Desk, door: FrontDoor, drive: Path, damaged: bool
) -> None:
    sheet = with_drive.make_recovery_sheet(password=PASSWORD)
    back_up(with_drive)
    with_drive.close()
    backed = Path(offers_in(drive)[0].path)
    if damaged:
        flip(door.folder / KEYS_NAME, 100)
    else:
        (door.folder / KEYS_NAME).unlink()
    with pytest.raises(NotAllowed, match="Choose the recovery sheet and type its code"):
        bring_back(door, backed)
    ((user, _name),) = who_can_open(door, str(backed), to_restore=True)
    assert "is back." in bring_back(door, backed, user, sheet.code)
    door.sign_in("ortiz", PASSWORD).close()


def test_over_another_clinics_data_nothing_is_brought_back(backed: Path, tmp_path: Path, clock: ManualClock) -> None:
    other = front_door(tmp_path / "other", clock)
    other.create(CLINIC, NURSE, PASSWORD).close()
    with pytest.raises(NotAllowed, match="belongs to another clinic than this backup"):
        bring_back(other, backed)
    assert what_is_here(other, backed) == "other"


# ---- wrong passwords


def test_wrong_passwords_against_a_backup_count_here_and_at_the_sign_in_alike(
    with_drive: Desk, door: FrontDoor, backed: Path
) -> None:
    with_drive.close()
    assert guess(door, backed, 3) == (
        "This name and this password do not belong together. This was try 3 in a row. Wait 1 second, then try again."
    )
    for way in (lambda: open_offer(door, str(backed), "ortiz", PASSWORD), lambda: door.sign_in("ortiz", PASSWORD)):
        with pytest.raises(SignInFailed, match="After 3 wrong passwords there is a pause"):
            way()
    door.clock.advance(seconds=2)  # type: ignore[attr-defined]
    assert "Wait 2 seconds" in guess(door, backed, 1)


def test_on_a_new_pc_they_are_counted_beside_the_backup(backed: Path, tmp_path: Path, clock: ManualClock) -> None:
    guess(front_door(tmp_path / "new pc", clock), backed, 3)
    elsewhere = front_door(tmp_path / "a second folder", clock)
    with pytest.raises(SignInFailed, match="After 3 wrong passwords there is a pause"):
        bring_back(elsewhere, backed)
    clock.advance(seconds=2)
    assert bring_back(elsewhere, backed).endswith("is back.")
    assert len(offers_in(backed.parent)) == 1


def test_a_write_protected_backup_is_counted_in_the_data_folder(
    backed: Path, tmp_path: Path, clock: ManualClock
) -> None:
    (backed / "clinic.tries").mkdir()  # nothing can be written under this name
    new = front_door(tmp_path / "new pc", clock)
    assert "try 3 in a row" in guess(new, backed, 3)
    with pytest.raises(SignInFailed, match="there is a pause"):
        open_offer(new, str(backed), "ortiz", PASSWORD)
    shutil.rmtree(new.folder)
    new.folder.write_bytes(b"")  # and here neither
    with pytest.raises(BackupFailed, match="Wrong passwords cannot be counted"):
        open_offer(new, str(backed), "ortiz", PASSWORD)


# ---- what is said


def test_one_entry_that_is_missing_is_said_in_good_english(with_drive: Desk, door: FrontDoor, backed: Path) -> None:
    with_drive.close()
    assert "1 entry made after it is not in it: enter it again from the papers." in bring_back(door, backed)


def test_a_backup_that_does_not_prove_itself_is_named_by_its_own_name(
    with_drive: Desk, door: FrontDoor, backed: Path
) -> None:
    with_drive.close()
    flip(backed / DATA_NAME, 9000)
    opened = open_to_restore(door, str(backed), "ortiz", PASSWORD)
    with pytest.raises(BackupFailed) as refusal:
        RestoreJob(opened, door.folder, door.clock, "pc").run(quiet)
    assert refusal.value.sentence.startswith(f"The backup {backed.name}: the file clinic.db is not as it was written.")
