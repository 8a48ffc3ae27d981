"""One clinic's data: `clinic.db` beside `clinic.keys`, opened by one program at a time."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from checklist.attached import Content
from checklist.errors import DamagedDataFile, DataFileError, NotSaved
from checklist.model import Draft, Entry
from checklist.store.attachments import Attachments, keep
from checklist.store.connection import connect, enable_wal, one
from checklist.store.copying import copy_database
from checklist.store.files import FolderLock, replace_durably
from checklist.store.index import Index
from checklist.store.journal import Journal, entries_for_lists
from checklist.store.lookup import Lookup, find
from checklist.store.migrations import Schema, bring_up_to_date, create_tables, current_schema
from checklist.store.names import DATA_NAME, LOCK_NAME
from checklist.store.salvage import READ_ONLY, Salvage, read_what_is_left
from checklist.store.slots import DataKey
from checklist.store.verify import CLOSED, IN_USE, FileCheck, check, check_start, opened, reads_back
from checklist.store.witness import HEAD_NAME, Head, Witness
from checklist.times import Clock

__all__ = ["DATA_NAME", "LOCK_NAME", "DataFile", "FileCheck"]


class DataFile:
    """The open data file. Made by `create` or `open`; close it, or use it in a `with` statement."""

    def __init__(
        self,
        folder: Path,
        db: Database,
        lock: FolderLock,
        witness: Witness,
        clock: Clock,
        workstation: str,
        read_only: str = "",
        attached: Callable[[], AbstractContextManager[Database]] | None = None,
    ) -> None:
        """`attached`: where attachments are read, when that is not `db`."""
        self.folder = folder
        self.workstation = workstation
        self._db = db
        self._lock = lock
        self.witness = witness
        self.index = Index(db)
        self.attachments = Attachments(attached or (lambda: nullcontext(db)))
        self.journal = Journal(
            db,
            self.index,
            clock,
            workstation,
            written=lambda seq, hash_: witness.write(Head(seq, hash_)),
            read_only=read_only,
        )

    @classmethod
    def create(cls, folder: Path, key: DataKey, clock: Clock, workstation: str) -> "DataFile":
        """Make an empty data file and open it. Raises DataFileError (exists, folder cannot be written), NotSaved."""
        _make_folder(folder)
        with FolderLock(folder / LOCK_NAME):
            _create_file(folder / DATA_NAME, key)
        return cls.open(folder, key, clock, workstation)

    @classmethod
    def open(
        cls,
        folder: Path,
        key: DataKey,
        clock: Clock,
        workstation: str,
        schema: Schema | None = None,
        *,
        before_update: Callable[[], None] = lambda: None,
    ) -> "DataFile":
        """Raises DataFileError (missing, damaged, other key, already open), NewerDataFile, NotSaved.

        An older file is brought up to date after a copy of it was put beside it and `before_update` was called.
        `schema` is this program's own.
        """
        path = folder / DATA_NAME

        def keep() -> None:
            _keep_copy(db, path, key, clock)
            before_update()

        lock = FolderLock(folder / LOCK_NAME)
        try:
            db = connect(path, key)
            try:
                bring_up_to_date(db, schema or current_schema(), keep)
                enable_wal(db)
            except BaseException:
                db.close()
                raise
        except BaseException:
            lock.release()
            raise
        return cls(folder, db, lock, Witness(folder / HEAD_NAME, key), clock, workstation)

    @classmethod
    def open_read_only(cls, folder: Path, key: DataKey, clock: Clock, workstation: str) -> tuple["DataFile", Salvage]:
        """What can still be read of a damaged file, in memory: nothing is written anywhere.

        Raises DataFileError when another program has it open or nothing at all can be read.
        """
        lock = FolderLock(folder / LOCK_NAME)
        try:
            db, salvage = read_what_is_left(folder / DATA_NAME, key)
        except BaseException:
            lock.release()
            raise
        witness = Witness(folder / HEAD_NAME, key)
        damaged = partial(opened, folder / DATA_NAME, key, IN_USE)
        return cls(folder, db, lock, witness, clock, workstation, READ_ONLY, damaged), salvage

    def append_with(self, content: Content, *drafts: Draft) -> tuple[Entry, ...]:
        """As the journal's `append`, with the bytes that the entries name: all of it or nothing."""
        return self.journal.append(*drafts, also=lambda: keep(self._db, content))

    @property
    def library(self) -> str:
        """The versions of SQLite and SQLCipher, for support."""
        cipher = self._db.execute("PRAGMA cipher_version").fetchone()
        return f"SQLite {one(self._db, 'SELECT sqlite_version()')}, SQLCipher {cipher[0] if cipher else 'not there'}"

    def verify(self) -> FileCheck:
        """Read every page and every entry, and compare the index with one drawn anew. Raises DataFileError."""
        return check(self._db)

    def check_start(self) -> FileCheck:
        """What can be looked at in a moment: the newest entries, and whether some are missing. Raises DataFileError."""
        return check_start(self._db, self.witness)

    def find(self, wanted: Lookup, limit: int) -> tuple[Entry, ...]:
        """The newest entries that are wanted, the newest first. Raises DataFileError."""
        return find(self._db, wanted, limit)

    def rebuild_index(self) -> None:
        """Draw the index again from the journal. Raises NotSaved."""
        self.index.rebuild(entries_for_lists(self._db))

    def close(self) -> None:
        """SQLite moves what stands in the write-ahead log into the file; then another program may open it.

        A second call does nothing.
        """
        try:
            self._db.close()
        finally:
            self.witness.close()
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
    copy = path.with_name(f"{path.stem}-before-update-{clock.now().local:%Y%m%d-%H%M%S}{path.suffix}")
    try:
        copy_database(db, copy, key)
        with opened(copy, key, CLOSED) as made:
            if not reads_back(made):
                raise DataFileError(f"{copy.name} does not read back.")
    except DamagedDataFile:
        copy.unlink(missing_ok=True)
        raise
    except (OSError, DataFileError, NotSaved) as error:
        raise NotSaved(
            "The data file has to be brought up to date, but the copy to be kept before that could not be made "
            f"in {path.parent}. Nothing was changed. Free some space on this disk, then try again."
        ) from error
