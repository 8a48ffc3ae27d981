"""Backups as the clinic lives with them: where they go, when one is due, how old the last proven one is."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checklist.desk.authority import Act
from checklist.desk.backup_work import BackupJob, Checked, CheckJob, Outcome, counted
from checklist.desk.core import DeskCore
from checklist.desk.entry import FieldError, form_field
from checklist.errors import BackupFailed, NotAllowed
from checklist.model import Draft, Entry, EntryKind, Json, Level
from checklist.parse import parse_text
from checklist.store.backup import refuse_inside
from checklist.store.names import DATA_NAME
from checklist.times import Moment, written_day, written_time

MOST_FOLDERS = 4
LONGEST_PATH = 400
OLD_HOURS = 26  # a day and the time it takes to come in and start
UNIMPORTANT = frozenset({EntryKind.BACKUP, EntryKind.SIGN_IN, EntryKind.LOCKED, EntryKind.CLOCK})
PRACTICE_BACKUPS = "Practice data is not backed up: it holds invented patients only."


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """One line for Today. `level`: clear, or review when somebody has to do something. `text` may be empty."""

    level: Level
    text: str
    last: Moment | None = None


class BackupDesk(DeskCore):
    """Use cases about backups and about the soundness of the data file."""

    _backup_trouble: tuple[str, ...] = ()
    _problems: tuple[str, ...] = ()

    # ---- where

    def backup_folders(self) -> tuple[str, ...]:
        """The clinic's setting, as it was last saved."""
        entry = self._file.journal.newest_of(EntryKind.BACKUP_FOLDERS)
        return folders_of([entry] if entry else [])

    def set_backup_folders(self, folders: Sequence[str]) -> tuple[str, ...]:
        """Administrators only. Raises NotAllowed, FieldError (a folder that cannot take a backup), NotSaved."""
        self._allow(self.me, Act.MANAGE_BACKUPS)
        if self.practice:
            raise NotAllowed(PRACTICE_BACKUPS)
        known = self.backup_folders()
        checked = tuple(
            dict.fromkeys(folder if folder in known else self._checked_folder(folder) for folder in folders)
        )
        if len(checked) > MOST_FOLDERS:
            raise FieldError("folder", f"{MOST_FOLDERS} folders are enough. Nothing was saved. Remove one first.")
        if checked != known:
            self._append(Draft(EntryKind.BACKUP_FOLDERS, self.me.id, {"folders": [*checked]}))
            self._backup_trouble = ()
        return checked

    def _checked_folder(self, text: str) -> str:
        folder = form_field("folder", lambda: parse_text(text, LONGEST_PATH).strip())
        path = Path(folder)
        try:
            if not folder or not path.is_absolute() or not path.is_dir():
                raise FieldError(
                    "folder",
                    f"“{folder}” is not a folder that can be reached. Nothing was saved. Plug the drive in first.",
                )
            refuse_inside(self._file.folder, path)
        except BackupFailed as refused:
            raise FieldError("folder", f"{refused.sentence} Nothing was saved.") from refused
        except (OSError, ValueError) as error:
            raise FieldError("folder", f"“{folder}” cannot be read. Nothing was saved. Choose another one.") from error
        return folder

    def same_disk(self, folder: str) -> bool:
        """True when a backup folder lies on the disk of the data: it does not survive that disk."""
        try:
            return Path(folder).stat().st_dev == self._file.folder.stat().st_dev
        except OSError:
            return False

    # ---- when

    def backup_due(self) -> bool:
        """The first time of a day that the program is open."""
        if self.practice or self._file.journal.read_only or not self.backup_folders():
            return False
        last = self._last_proven()
        return last is None or last.local.date() != self.now().local.date()

    def backup_wanted_at_close(self) -> bool:
        """True when something was entered since the last proven backup."""
        if self.practice or self._file.journal.read_only or not self.backup_folders():
            return False
        entry = self._file.journal.newest_of(EntryKind.BACKUP)
        held = entry.body.get("entries") if entry else 0
        since = self._file.journal.each(after_seq=held if isinstance(held, int) else 0)
        return any(entry.kind not in UNIMPORTANT for entry in since)

    def backup_job(self) -> BackupJob:
        """For the worker thread. Raises NotAllowed when there is no folder to back up to."""
        if self.practice:
            raise NotAllowed(PRACTICE_BACKUPS)
        if not self.backup_folders():
            raise NotAllowed("No backup folder is set. Add one under Settings, Backups, then try again.")
        return BackupJob(
            self._file.folder,
            self._key,
            self.backup_folders(),
            self.now(),
            self._file.workstation,
            self.practice,
        )

    def note_backups(self, outcomes: Sequence[Outcome]) -> BackupStatus:
        """Write each proven backup into the journal; keep what went wrong for the status. Raises NotSaved."""
        self._backup_trouble = tuple(outcome.problem for outcome in outcomes if not outcome.proven)
        damage = [outcome.problem for outcome in outcomes if outcome.damaged]
        if damage:
            self.note_problems(damage[:1])
        drafts = [Draft(EntryKind.BACKUP, self.me.id, noted(outcome)) for outcome in outcomes if outcome.backup]
        self._append(*drafts)
        return self.backup_status()

    def backup_status(self) -> BackupStatus:
        """Empty in practice and while the data is open read-only."""
        if self.practice or self._file.journal.read_only:
            return BackupStatus(Level.CLEAR, "")
        if not self.backup_folders():
            return BackupStatus(Level.REVIEW, "No backup is set up: add a folder under Settings.")
        entry = self._file.journal.newest_of(EntryKind.BACKUP)
        if entry is None:
            return BackupStatus(Level.REVIEW, " ".join(("No backup was made yet.", *self._backup_trouble[:1])))
        last = _made(entry)
        text = f"Backup proven {self._when(last)}: {counted(_patients(entry), 'patient')}."
        if self._backup_trouble:
            return BackupStatus(Level.REVIEW, f"{text} {self._backup_trouble[0]}", last)
        is_old = self.now().since(last).total_seconds() > OLD_HOURS * 3600
        return BackupStatus(Level.REVIEW if is_old else Level.CLEAR, text, last)

    def _last_proven(self) -> Moment | None:
        entry = self._file.journal.newest_of(EntryKind.BACKUP)
        return _made(entry) if entry else None

    def _when(self, moment: Moment) -> str:
        """`18:02`, `Tue 17-Nov-2026 18:02`"""
        local = Moment(moment.utc, self.clinic.zone)
        if local.local.date() == self.now().local.date():
            return written_time(local)
        return f"{written_day(local.local.date())} {written_time(local)}"

    # ---- is the data sound

    def check_job(self) -> CheckJob:
        """For the worker thread."""
        return CheckJob(self._file.folder, self._key, () if self.practice else self.backup_folders())

    def note_check(self, found: Checked) -> Checked:
        """Keep what a check found; lists that are not what the journal says are drawn again. Raises NotSaved."""
        if any(problem.startswith("The list “") for problem in found.problems):
            self._file.rebuild_index()
        self.note_problems(found.problems)
        return found

    def note_problems(self, problems: Sequence[str]) -> None:
        """A problem of the data file stays in the journal and on the board for as long as the program is open."""
        new = tuple(problem for problem in problems if problem not in self._problems)
        self._problems = (*self._problems, *new)
        if new and not self._file.journal.read_only:
            self._append(*(Draft(EntryKind.FILE_PROBLEM, self.me.id, {"problem": problem}) for problem in new))

    def support_facts(self) -> tuple[tuple[str, str], ...]:
        """Numbers about the data file for support; no name of a person. Raises DataFileError."""
        last = self.backup_status().last
        size = sum(part.stat().st_size for part in self._file.folder.glob(f"{DATA_NAME}*") if part.is_file())
        free = shutil.disk_usage(self._file.folder).free
        return (
            ("Entries", f"{self._file.journal.last_seq:,}"),
            ("Data file", f"{size / 1e6:.1f} MB, {free / 1e9:.1f} GB free on its disk"),
            ("Database", self._file.library),
            ("Last proven backup", last.store() if last else "none"),
            ("Backup folders", str(len(self.backup_folders()))),
            ("Problems found", " ".join(self._problems) or "none"),
        )

    @property
    def file_problems(self) -> tuple[str, ...]:
        """What was found wrong with the data file since the sign-in; sentences."""
        return self._problems

    @property
    def read_only(self) -> str:
        """Why nothing can be saved; "" when all is well."""
        return self._file.journal.read_only


def folders_of(entries: Sequence[Entry]) -> tuple[str, ...]:
    """What the last of these entries of the setting says."""
    folders = entries[-1].body.get("folders") if entries else None
    return tuple(str(folder) for folder in folders) if isinstance(folders, list) else ()


def noted(outcome: Outcome) -> dict[str, Json]:
    """The journal's note of a proven backup: a witness of how many entries there were, and of the last one's hash."""
    assert outcome.backup is not None
    manifest = outcome.backup.manifest
    held = manifest.contents
    return {
        "folder": outcome.folder,
        "name": outcome.backup.path.name,
        "made": manifest.made,
        "entries": held.entries,
        "last_hash": held.last_hash,
        "patients": held.patients,
        "sessions": held.sessions,
    }


def _made(entry: Entry) -> Moment:
    made = entry.body.get("made")
    return Moment.stored(made) if isinstance(made, str) else entry.entered


def _patients(entry: Entry) -> int:
    patients = entry.body.get("patients")
    return patients if isinstance(patients, int) else 0
