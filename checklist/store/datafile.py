"""One clinic's data: `clinic.db` beside `clinic.keys`, opened by one program at a time."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from checklist.errors import DataFileError, NotSaved
from checklist.store.connection import connect, enable_wal, reading, saving
from checklist.store.files import FolderLock, replace_durably
from checklist.store.index import Index
from checklist.store.journal import Journal
from checklist.store.migrations import Schema, bring_up_to_date, create_tables, current_schema
from checklist.store.slots import DataKey
from checklist.times import Clock

DATA_NAME = "clinic.db"
LOCK_NAME = "clinic.lock"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The result of reading everything. `problems` are sentences; none when all is as it was written."""

    entries: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


class DataFile:
    """The open data file. Made by `create` or `open`; close it, or use it in a `with` statement."""

    def __init__(self, folder: Path, db: Database, lock: FolderLock, clock: Clock, workstation: str) -> None:
        self.folder = folder
        self._db = db
        self._lock = lock
        self.index = Index(db)
        self.journal = Journal(db, self.index, clock, workstation)

    @classmethod
    def create(cls, folder: Path, key: DataKey, clock: Clock, workstation: str) -> "DataFile":
        """Make an empty data file and open it. Raises DataFileError (exists, folder cannot be written), NotSaved."""
        _make_folder(folder)
        with FolderLock(folder / LOCK_NAME):
            _create_file(folder / DATA_NAME, key)
        return cls.open(folder, key, clock, workstation)

    @classmethod
    def open(
        cls, folder: Path, key: DataKey, clock: Clock, workstation: str, schema: Schema | None = None
    ) -> "DataFile":
        """Raises DataFileError (missing, damaged, other key, already open), NewerDataFile, NotSaved.

        An older file is brought up to date after a copy of it was put beside it. `schema` is this program's own.
        """
        path = folder / DATA_NAME
        lock = FolderLock(folder / LOCK_NAME)
        try:
            db = connect(path, key)
            try:
                bring_up_to_date(db, schema or current_schema(), lambda: _keep_copy(db, path, key, clock))
                enable_wal(db)
            except BaseException:
                db.close()
                raise
        except BaseException:
            lock.release()
            raise
        return cls(folder, db, lock, clock, workstation)

    def verify(self) -> FileCheck:
        """Read every page and every entry, and compare the index with one drawn anew. Raises DataFileError."""
        if not _reads_back(self._db):
            return FileCheck(0, ("The data file is damaged: a part of it does not read back as it was written.",))
        journal = self.journal.verify()
        if not journal.ok:
            return FileCheck(journal.entries, (journal.problem,))
        tables = self.index.differences(self.journal.each())
        return FileCheck(journal.entries, tuple(f"The list “{name}” is not what the journal says." for name in tables))

    def rebuild_index(self) -> None:
        """Draw the index again from the journal. Raises NotSaved."""
        self.index.rebuild(self.journal.each())

    def close(self) -> None:
        """SQLite moves what stands in the write-ahead log into the file; then another program may open it.

        A second call does nothing.
        """
        try:
            self._db.close()
        finally:
            self._lock.release()

    def __enter__(self) -> "DataFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFileError(
            f"The folder {folder} cannot be made. Nothing was changed. Choose another folder, then try again."
        ) from error


def _create_file(path: Path, key: DataKey) -> None:
    """Built under another name first: a power cut leaves no data file rather than half of one."""
    if path.exists():
        raise DataFileError(
            f"{path.name} already exists in {path.parent} and was not touched. Sign in to it, "
            "or choose another folder for a new clinic."
        )
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    db = connect(beside, key, mode="rwc")
    try:
        create_tables(db, current_schema())
    finally:
        db.close()
    replace_durably(beside, path)


def _keep_copy(db: Database, path: Path, key: DataKey, clock: Clock) -> None:
    """A copy that was opened with the key and read through, named after the time. Raises NotSaved."""
    with saving():
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = path.with_name(f"{path.stem}-before-update-{clock.now().local:%Y%m%d-%H%M%S}{path.suffix}")
    try:
        shutil.copyfile(path, copy)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        _prove(copy, key)
    except (OSError, DataFileError) as error:
        raise NotSaved(
            "The data file has to be brought up to date, but the copy to be kept before that could not be made "
            f"in {path.parent}. Nothing was changed. Free some space on this disk, then try again."
        ) from error


def _prove(copy: Path, key: DataKey) -> None:
    db = connect(copy, key)
    try:
        if not _reads_back(db):
            raise DataFileError(f"{copy.name} does not read back.")
    finally:
        db.close()


def _reads_back(db: Database) -> bool:
    """True when every page has the right seal of SQLCipher and SQLite finds its own order in them."""
    with reading():
        broken = db.execute("PRAGMA cipher_integrity_check").fetchall()
        return not broken and db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
