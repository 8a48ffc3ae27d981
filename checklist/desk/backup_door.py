"""The way into a backup: who may read one, and who may bring one back over the data of this PC.

A backup holds the key file of its day: people who have left since, passwords that were changed since. So where this PC
has the clinic's own key file, that one is asked; it knows who is disabled, and its pauses after wrong passwords run on.
Only where there is none is the backup's own asked. Wrong passwords are then counted in a copy of it, because the backup
itself stays as it was sealed, and may be write-protected.
"""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from checklist.desk.authority import MAY, Act
from checklist.desk.service import clinic_clock
from checklist.errors import BackupFailed, DataFileError, NotAllowed, NotSaved, SignInFailed
from checklist.model import Draft, EntryKind, Staff, StaffId
from checklist.store.backup import TRIES_NAME
from checklist.store.codes import parse_code
from checklist.store.datafile import DataFile
from checklist.store.files import write_durably
from checklist.store.index import Index
from checklist.store.names import DATA_NAME, KEYS_NAME
from checklist.store.slots import DataKey, KeyFile, Slot, SlotKind, parsed
from checklist.store.vault import Vault
from checklist.store.verify import CLOSED, IN_USE, opened

if TYPE_CHECKING:
    from checklist.desk.door import FrontDoor

NOT_TOGETHER = "This name and this password do not belong together in this backup. Try again."
GIVEN = (
    "This password was given by an administrator and brings nothing back. Nothing was changed. "
    "Sign in with it once and choose one of your own."
)


class Here(StrEnum):
    """What this PC has, seen from a backup."""

    NOTHING = "nothing"  # a new PC
    SAME = "same"  # this clinic's key file
    KEYLESS = "keyless"  # data, but no key file that can be read
    OTHER = "other"  # another clinic's data


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup whose key a person has opened with their password. `may_restore`: and who may bring it back here."""

    path: Path
    key: DataKey
    by: StaffId
    may_restore: bool = False


def who_can_open(door: "FrontDoor", path: str, *, to_restore: bool = False) -> tuple[tuple[str, str], ...]:
    """User and name of everybody who can open this backup here, by name. Raises BackupFailed, DataFileError."""
    keys, here = _keys_of(Path(path)), what_is_here(door, Path(path))
    slots = Vault.open(door.folder / KEYS_NAME).slots() if here is Here.SAME else keys.slots
    sheets = [slot for slot in slots if slot.kind is SlotKind.RECOVERY]
    asked = sheets if to_restore and here is Here.KEYLESS and sheets else slots
    return tuple(sorted(((slot.who.user, slot.who.name) for slot in asked), key=lambda pair: pair[1].casefold()))


def what_is_here(door: "FrontDoor", backup: Path) -> Here:
    """Raises BackupFailed when the backup has no readable key file."""
    keys = _keys_of(backup)
    try:
        ours = parsed((door.folder / KEYS_NAME).read_bytes(), door.folder / KEYS_NAME)
    except (OSError, DataFileError):
        there = any((door.folder / name).exists() for name in (KEYS_NAME, DATA_NAME))
        return Here.KEYLESS if there else Here.NOTHING
    return Here.SAME if ours.key_name == keys.key_name else Here.OTHER


def open_offer(door: "FrontDoor", path: str, user: str, password: str) -> Opened:
    """For reading the backup through. Anybody who can sign in may.

    Raises SignInFailed (also during a pause), NotUnderstood (a printed code with a slip), BackupFailed.
    """
    slot, key = _unlocked(door, Path(path), user, password)
    return Opened(Path(path), key, slot.who.staff_id)


def open_to_restore(door: "FrontDoor", path: str, user: str, password: str) -> Opened:
    """For bringing it back: an active administrator of the data on this PC, or the recovery sheet.

    On a new PC the backup's own administrator. Raises as `open_offer` does, and NotAllowed.
    """
    here = what_is_here(door, Path(path))
    if here is Here.OTHER:
        raise NotAllowed(
            f"The data on this PC belongs to another clinic than this backup. Nothing was changed. Move what is in "
            f"{door.folder} to another place, then bring the backup back as on a new PC."
        )
    slot, key = _unlocked(door, Path(path), user, password)
    if slot.must_change:
        raise NotAllowed(GIVEN)
    if slot.kind is not SlotKind.RECOVERY:
        _refuse_others(door, Path(path), key, slot, here)
    return Opened(Path(path), key, slot.who.staff_id, may_restore=True)


def _refuse_others(door: "FrontDoor", backup: Path, key: DataKey, slot: Slot, here: Here) -> None:
    if here is Here.KEYLESS:
        raise NotAllowed(
            "The key file of the data on this PC is missing or damaged, so nobody can be asked who may bring a backup "
            "back. Nothing was changed. Choose the recovery sheet and type its code. Without a sheet, move what is in "
            f"{door.folder} to another place; then an administrator brings the backup back as on a new PC."
        )
    staff = (staff_in(door.folder, key, IN_USE) if here is Here.SAME else ()) or staff_in(backup, key, CLOSED)
    person = next((one for one in staff if one.id == slot.who.staff_id), None)
    if person is None or not person.active or not person.roles & MAY[Act.RESTORE]:
        name = person.signed_name if person else slot.who.name
        why = (
            f"{name} has no administrator role and may not {Act.RESTORE.value}. Nothing was changed. "
            "Ask an administrator."
        )
        _refuse(door, key, slot.who.staff_id, why, here)


def _refuse(door: "FrontDoor", key: DataKey, by: StaffId, why: str, here: Here) -> NoReturn:
    """The try is an entry of the data on this PC, where that can be written."""
    if here is Here.SAME:
        with (
            suppress(DataFileError, NotSaved),
            DataFile.open(door.folder, key, clinic_clock(door, key), door.workstation) as file,
        ):
            file.journal.append(Draft(EntryKind.REFUSED, by, {"act": "restore", "why": why, "record": ""}))
    raise NotAllowed(why)


def staff_in(folder: Path, key: DataKey, mode: str) -> tuple[Staff, ...]:
    """Everybody on the staff list of a data file; nobody when it cannot be read or has another key."""
    try:
        with opened(folder / DATA_NAME, key, mode) as db:
            return Index(db).staff()
    except DataFileError:
        return ()


def _unlocked(door: "FrontDoor", backup: Path, user: str, password: str) -> tuple[Slot, DataKey]:
    is_ours = what_is_here(door, backup) is Here.SAME
    vault = Vault.open(door.folder / KEYS_NAME) if is_ours else _counting(door, backup)
    slot = next((one for one in vault.slots() if one.who.user == user.strip().casefold()), None)
    if slot is None:
        raise SignInFailed(NOT_TOGETHER)
    if slot.kind is not SlotKind.PERSON:
        password = parse_code(password)  # the recovery sheet, or the sealed emergency account
    return slot, vault.unlock(slot.who.user, password, door.clock)


def _counting(door: "FrontDoor", backup: Path) -> Vault:
    """The backup's key file in a copy in which wrong passwords are counted: in the backup's folder, else in ours."""
    original = (backup / KEYS_NAME).read_bytes()
    for place in (backup / TRIES_NAME, door.folder / f"{backup.name}.{TRIES_NAME}"):
        with suppress(OSError, NotSaved):
            place.parent.mkdir(parents=True, exist_ok=True)
            write_durably(place, place.read_bytes() if place.exists() else original)
            return Vault.open(place)
    raise BackupFailed(
        f"Wrong passwords cannot be counted: neither {backup} nor {door.folder} can be written. Nothing was opened. "
        "Allow writing in one of them, then try again."
    )


def _keys_of(backup: Path) -> KeyFile:
    try:
        return parsed((backup / KEYS_NAME).read_bytes(), backup / KEYS_NAME)
    except OSError as error:
        raise BackupFailed(f"The backup {backup.name} cannot be read. Choose another one.") from error
