"""Bringing back a backup, on this PC or another: choose it, prove who you are, look at what it holds, bring it back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checklist.desk.backup_door import Opened, staff_in
from checklist.desk.backup_work import Report, counted
from checklist.desk.people import staff_body
from checklist.errors import BackupFailed, NotAllowed
from checklist.model import Draft, EntryKind, Json, Staff
from checklist.store.backup import Backup, backups_in, prove, read_backup
from checklist.store.datafile import DataFile
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import KEYS_NAME
from checklist.store.place import refuse_network_drive
from checklist.store.restore import Restored, restore
from checklist.store.vault import Vault
from checklist.store.verify import IN_USE
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
    return Offer(
        str(backup.path),
        backup.made,
        held.patients,
        held.entries,
        backup.manifest.workstation,
        backup.manifest.practice,
    )


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
        """What was done, in sentences.

        Raises NotAllowed, BackupFailed, DataFileError, BackupStopped (nothing was changed).
        """
        if not self.opened.may_restore:
            raise NotAllowed("Only an administrator brings a backup back. Nothing was changed. Ask an administrator.")
        refuse_network_drive(self.folder)
        backup = read_backup(self.opened.path)
        clock = ZoneClock(self.clock, backup.made.zone)  # the clinic's own, whatever this PC is set to
        now = clock.now()
        here = staff_in(self.folder, self.opened.key, IN_USE)
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
            users = frozenset(slot.who.user for slot in Vault.open(self.folder / KEYS_NAME).slots())
            people = [staff_body(one) for one in carried(here, file.index.staff(), users)]
            by = self.opened.by
            drafts = [Draft(EntryKind.STAFF, by, one) for one in people]
            file.journal.append(Draft(EntryKind.RESTORED, by, body), *drafts)
        return _said(backup, missing, done)


def carried(here: Sequence[Staff], back: Sequence[Staff], users: frozenset[str]) -> tuple[Staff, ...]:
    """What the staff list here says and the backup's does not: who was added, disabled or given other roles since.

    Where it could not be read, whoever has no way in (`users`) any more is disabled.
    """
    known = {one.id: one for one in back}
    said = {one.id for one in here}
    out = (one for one in back if one.id not in said and one.active and one.user.casefold() not in users)
    return (*(one for one in here if known.get(one.id) != one), *(replace(one, active=False) for one in out))


def _said(backup: Backup, missing: int, done: Restored) -> str:
    sentences = [f"The backup of {written_day(backup.made.local.date())} {written_time(backup.made)} is back."]
    if missing:
        verb, them = ("is", "it") if missing == 1 else ("are", "them")
        entries = counted(missing, "entry", "entries")
        sentences.append(f"{entries} made after it {verb} not in it: enter {them} again from the papers.")
    if done.kept_keys:
        sentences.append("Passwords and who may sign in stay as they were on this PC.")
    if done.aside is not None:
        sentences.append(f"What was there before is kept in the folder {done.aside.name}.")
    return " ".join(sentences)
