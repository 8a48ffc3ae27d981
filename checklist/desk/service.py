"""The data without a desk: for the command line, beside or without an open window."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.desk.backup import folders_of, noted
from checklist.desk.backup_work import BackupJob, CheckJob, Outcome, Report
from checklist.errors import DataFileError, KnownError, NotSaved
from checklist.model import Draft, EntryKind, StaffId
from checklist.store.datafile import DataFile
from checklist.store.index import Index
from checklist.store.journal import of_desk
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import DATA_NAME, KEYS_NAME
from checklist.store.slots import DataKey
from checklist.store.vault import Vault
from checklist.store.verify import IN_USE, opened
from checklist.times import ZoneClock

if TYPE_CHECKING:
    from checklist.desk.door import FrontDoor


@dataclass(frozen=True, slots=True)
class Service:
    """A data folder opened with a person's password, not held."""

    door: "FrontDoor"
    key: DataKey
    by: StaffId
    clock: ZoneClock

    def backup(self, target: str, report: Report) -> Outcome:
        door = self.door
        job = BackupJob(door.folder, self.key, (target,), self.clock.now(), door.workstation, door.practice)
        return job.run(report)[0]

    def note(self, outcome: Outcome) -> str:
        """Write a proven backup into the journal; "" or why that was not possible: the window holds the journal."""
        try:
            with DataFile.open(self.door.folder, self.key, self.clock, self.door.workstation) as file:
                file.journal.append(Draft(EntryKind.BACKUP, self.by, noted(outcome)))
        except (DataFileError, NotSaved) as error:
            return f"It is not noted in the journal: {error.sentence}"
        return ""


def open_service(door: "FrontDoor", user: str, password: str) -> Service:
    """Raises SignInFailed, DataFileError. Wrong passwords are counted as at the sign-in."""
    vault = Vault.open(door.folder / KEYS_NAME)
    key = vault.unlock(user, password, door.clock)
    wanted = user.strip().casefold()
    by = next(who.staff_id for who in vault.users() if who.user == wanted)
    return Service(door, key, by, clinic_clock(door, key))


def back_up_before_update(door: "FrontDoor", key: DataKey) -> tuple[Outcome, ...]:
    """Prove a backup in each of the clinic's folders before the data file becomes one of a newer schema.

    What cannot be reached is told in its outcome and blocks nothing: a proven copy lies beside the data already.
    """
    if door.practice:
        return ()
    try:
        with opened(door.folder / DATA_NAME, key, IN_USE) as db:
            folders = folders_of(list(of_desk(db, EntryKind.BACKUP_FOLDERS)))
        made = clinic_clock(door, key).now()
        return BackupJob(door.folder, key, folders, made, door.workstation, door.practice).run(_unwatched)
    except (KnownError, OSError) as error:
        why = error.sentence if isinstance(error, KnownError) else str(error)
        return (Outcome("", problem=f"No backup was made before the data was brought up to date: {why}"),)


def _unwatched(_what: str, _done: int, _of: int) -> None:
    """Nobody watches: the window is not there yet."""


def clinic_clock(door: "FrontDoor", key: DataKey) -> ZoneClock:
    """In the clinic's own zone; where the file does not tell it any more, in that of the door's clock."""
    try:
        with opened(door.folder / DATA_NAME, key, IN_USE) as db:
            clinic = Index(db).clinic()
    except DataFileError:
        clinic = None
    return ZoneClock(door.clock, clinic.zone if clinic else door.clock.now().zone)


def data_check(door: "FrontDoor", user: str, password: str) -> CheckJob:
    """Reading everything of a data folder, also while the window is open. Raises SignInFailed, DataFileError."""
    return CheckJob(door.folder, open_service(door, user, password).key)


def is_backup(place: Path) -> bool:
    return (place / MANIFEST_NAME).is_file()


def holds_data(place: Path) -> bool:
    """True when a clinic's data file is there, or what is left of one."""
    return any((place / name).exists() for name in (DATA_NAME, KEYS_NAME))
