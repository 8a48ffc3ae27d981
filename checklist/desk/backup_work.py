"""What the worker thread does with the data file: back it up, and check it. Frozen values in, frozen values out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from checklist.errors import BackupFailed, BackupStopped, DamagedDataFile, KnownError
from checklist.model import Entry, EntryKind
from checklist.store.backup import Backup, Wanted, backups_in, make_backup
from checklist.store.chain import hash_of
from checklist.store.journal import of_desk
from checklist.store.names import DATA_NAME
from checklist.store.rotation import rotate
from checklist.store.slots import DataKey
from checklist.store.verify import IN_USE, check, check_witness, opened
from checklist.store.witness import HEAD_NAME, Witness
from checklist.times import Moment, written_date, written_time

Report = Callable[[str, int, int], None]
"""What is being done, how far, of how many; raising BackupStopped from it stops the work."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the backup in one folder: it is proven, or `problem` says why not."""

    folder: str
    backup: Backup | None = None
    problem: str = ""
    damaged: bool = False  # it is the data itself that does not read back

    @property
    def proven(self) -> bool:
        return self.backup is not None

    @property
    def sentence(self) -> str:
        """For people: `Proven 18:02: 412 patients, 18,204 entries, in E:\\Backups.`"""
        if self.backup is None:
            return self.problem
        held = self.backup.manifest.contents
        return (
            f"Proven {written_time(self.backup.made)}: {counted(held.patients, 'patient')}, "
            f"{counted(held.entries, 'entry', 'entries')}, in {self.folder}."
        )


@dataclass(frozen=True, slots=True)
class BackupJob:
    """Make and prove a backup in each folder, then let old ones go."""

    data: Path
    key: DataKey
    folders: tuple[str, ...]
    made: Moment
    workstation: str
    practice: bool

    def run(self, report: Report) -> tuple[Outcome, ...]:
        """One folder's trouble does not stop the others. Raises BackupStopped when `report` does."""
        return tuple(self._one(folder, report) for folder in self.folders)

    def _one(self, folder: str, report: Report) -> Outcome:
        wanted = Wanted(self.data, self.key, self.made, self.workstation, self.practice)
        try:
            backup = make_backup(wanted, Path(folder), report)
        except BackupStopped:
            raise
        except BackupFailed as refused:
            return Outcome(folder, problem=refused.sentence)
        except DamagedDataFile as damage:
            return Outcome(folder, problem=damage.sentence, damaged=True)
        rotate(Path(folder), self.key.name, practice=self.practice)
        return Outcome(folder, backup)


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of reading everything; `problems` are sentences."""

    entries: int
    compared: int  # backups whose last entry was compared with the journal
    problems: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        if self.problems:
            return " ".join(self.problems)
        entries = counted(self.entries, "entry", "entries")
        agree = "agrees" if self.compared == 1 else "agree"
        against = f", and {counted(self.compared, 'backup')} {agree} with it" if self.compared else ""
        verb = "is as it was written" if self.entries == 1 else "are as they were written"
        return f"The data file is whole: {entries} {verb}, the lists are what the journal says{against}."


@dataclass(frozen=True, slots=True)
class CheckJob:
    """Read the whole data file and compare it with what each reachable backup says of it."""

    data: Path
    key: DataKey
    folders: tuple[str, ...] = ()

    def run(self, report: Report) -> Checked:
        """Raises BackupStopped when `report` does."""
        try:
            return self._run(report)
        except BackupStopped:
            raise
        except KnownError as error:
            return Checked(0, 0, (error.sentence,))

    def _run(self, report: Report) -> Checked:
        head = Witness(self.data / HEAD_NAME, self.key).read()
        with opened(self.data / DATA_NAME, self.key, IN_USE) as db:
            found = check(db, report)
            if not found.ok:
                return Checked(found.entries, 0, found.problems)
            missing = check_witness(db, head)
            ours = _comparable(self._backups(), self.key.name, tuple(of_desk(db, EntryKind.RESTORED)))
            against = [
                _contradiction(backup, hash_of(db, backup.manifest.contents.entries), found.entries) for backup in ours
            ]
        problems = [sentence for sentence in (missing, *against) if sentence]
        return Checked(found.entries, len(ours), tuple(problems[:1]))

    def _backups(self) -> Sequence[Backup]:
        return [backup for folder in self.folders for backup in backups_in(Path(folder))]


def _comparable(backups: Sequence[Backup], key_name: str, restores: Sequence[Entry]) -> list[Backup]:
    """Backups of these data. One made after the backup that was brought back, and before that was done, holds entries
    that were given up then: it is no witness."""
    given_up = [(Moment.stored(str(one.body["made"])), one.entered) for one in restores]
    return [
        backup
        for backup in backups
        if backup.manifest.key_name == key_name and not any(since < backup.made < until for since, until in given_up)
    ]


def _contradiction(backup: Backup, there: str | None, entries: int) -> str:
    held = backup.manifest.contents
    if there == held.last_hash:
        return ""
    when = f"{written_date(backup.made.local.date())} {written_time(backup.made)}"
    if there is None:
        return (
            f"The data is older than the backup of {when}: that one holds {held.entries} entries, the data {entries}. "
            "Bring back that backup, or compare with the papers of that day."
        )
    return (
        f"Entry {held.entries} is another one than in the backup of {when}: the journal was rewritten after it, or "
        "the data went another way since."
    )


def counted(number: int, one: str, many: str = "") -> str:
    """`1 patient`, `18,204 entries`"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
