"""Bringing back a backup, on this PC or another: choose it, prove who you are, look at what it holds, bring it back."""

from dataclasses import dataclass
from pathlib import Path

from checklist.desk.backup_work import Report, counted
from checklist.errors import BackupFailed, SignInFailed
from checklist.model import Draft, EntryKind, Json, StaffId
from checklist.store.backup import Backup, backups_in, prove, read_backup
from checklist.store.codes import parse_code
from checklist.store.datafile import DataFile
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import KEYS_NAME
from checklist.store.place import refuse_network_drive
from checklist.store.restore import restore
from checklist.store.slots import DataKey, SlotKind, parsed, unwrap
from checklist.times import Clock, Moment, ZoneClock, written_day, written_time


@dataclass(frozen=True, slots=True)
class Offer:
    """A backup that was found, unproven: what its description says."""

    path: str
    made: Moment
    patients: int
    entries: int
    workstation: str
    practice: bool
    people: tuple[tuple[str, str], ...]  # user and name of everybody who can open it

    @property
    def when(self) -> str:
        return f"{written_day(self.made.local.date())} {written_time(self.made)}"

    @property
    def holds(self) -> str:
        return f"{counted(self.patients, 'patient')}, {counted(self.entries, 'entry', 'entries')}"


def offers_in(folder: Path) -> tuple[Offer, ...]:
    """Backups in a folder or one level below it, or the folder itself, the newest first.

    Raises BackupFailed with what was looked for when there is none.
    """
    places = [folder.parent if folder.name == MANIFEST_NAME else folder]
    if (places[0] / MANIFEST_NAME).is_file():
        found = [read_backup(places[0])]
    else:
        try:
            places += sorted(one for one in folder.iterdir() if one.is_dir())[:200]
        except OSError as error:
            raise BackupFailed(
                f"The folder {folder} cannot be read. Plug the drive in, or choose another folder, then try again."
            ) from error
        found = [backup for place in places for backup in backups_in(place)]
    offers = [_offer(backup) for backup in found]
    if not offers:
        raise BackupFailed(
            f"No backup was found in {folder}. A backup is a folder whose name begins with “checklist-backup-”. "
            "Choose the folder that holds it."
        )
    return tuple(sorted(offers, key=lambda offer: offer.made, reverse=True))


def _offer(backup: Backup) -> Offer:
    held = backup.manifest.contents
    try:
        keys = parsed((backup.path / KEYS_NAME).read_bytes(), backup.path / KEYS_NAME)
    except OSError as error:
        raise BackupFailed(f"The backup {backup.path.name} has no readable key file. Choose another one.") from error
    people = sorted(((slot.who.user, slot.who.name) for slot in keys.slots), key=lambda pair: pair[1].casefold())
    return Offer(
        str(backup.path),
        backup.made,
        held.patients,
        held.entries,
        backup.manifest.workstation,
        backup.manifest.practice,
        tuple(people),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup whose key a person has opened with their password."""

    path: Path
    key: DataKey
    by: StaffId


def open_offer(path: str, user: str, password: str) -> Opened:
    """Raises SignInFailed, NotUnderstood (a printed code with a slip), BackupFailed.

    Nothing is counted in the backup's key file: it may be write-protected.
    """
    backup = Path(path)
    try:
        keys = parsed((backup / KEYS_NAME).read_bytes(), backup / KEYS_NAME)
    except OSError as error:
        raise BackupFailed(f"The backup {backup.name} cannot be read. Choose another one.") from error
    slot = keys.slot(user.strip().casefold())
    if slot is not None and slot.kind is not SlotKind.PERSON:
        password = parse_code(password)  # the recovery sheet, or the sealed emergency account
    key = unwrap(slot, password, keys.key_name) if slot else None
    if slot is None or key is None:
        raise SignInFailed("This name and this password do not belong together in this backup. Try again.")
    return Opened(backup, key, slot.who.staff_id)


@dataclass(frozen=True, slots=True)
class ProveJob:
    """For the worker thread: read the whole backup."""

    opened: Opened

    def run(self, report: Report) -> str:
        """What was proven, in a sentence. Raises BackupFailed, BackupStopped."""
        backup = prove(self.opened.path, self.opened.key, report)
        held = backup.manifest.contents
        return (
            f"Proven: {counted(held.patients, 'patient')}, {counted(held.sessions, 'visit')}, "
            f"{counted(held.entries, 'entry', 'entries')}; every one reads back as it was written."
        )


@dataclass(frozen=True, slots=True)
class RestoreJob:
    """For the worker thread: bring it back into `folder`. What was there is set aside in a folder inside it."""

    opened: Opened
    folder: Path
    clock: Clock
    workstation: str

    def run(self, report: Report) -> str:
        """What was done, in sentences. Raises BackupFailed, DataFileError, BackupStopped (nothing was changed)."""
        refuse_network_drive(self.folder)
        backup = read_backup(self.opened.path)
        clock = ZoneClock(self.clock, backup.made.zone)  # the clinic's own, whatever this PC is set to
        now = clock.now()
        done = restore(
            self.opened.path, self.folder, self.opened.key, f"before-restore-{now.local:%Y%m%d-%H%M%S}", report
        )
        held = backup.manifest.contents.entries
        missing = max(0, done.newest_before - held) if done.newest_before is not None else 0
        body: dict[str, Json] = {
            "made": backup.manifest.made,
            "entries": held,
            "last_hash": backup.manifest.contents.last_hash,
            "aside": done.aside.name if done.aside else "",
            "missing": missing,
        }
        with DataFile.open(self.folder, self.opened.key, clock, self.workstation) as file:
            file.journal.append(Draft(EntryKind.RESTORED, self.opened.by, body))
        return _said(backup, missing, done.aside)


def _said(backup: Backup, missing: int, aside: Path | None) -> str:
    sentences = [f"The backup of {written_day(backup.made.local.date())} {written_time(backup.made)} is back."]
    if missing:
        sentences.append(
            f"{counted(missing, 'entry', 'entries')} made after it are not in it: enter them again from the papers."
        )
    if aside is not None:
        sentences.append(f"What was there before is kept in the folder {aside.name}.")
    return " ".join(sentences)
