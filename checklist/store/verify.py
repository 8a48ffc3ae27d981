"""One way to read a whole data file, whether it is in use, closed or a backup: pages, journal, lists, counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from checklist.errors import DataFileError
from checklist.store.attachments import check_attachments
from checklist.store.chain import Report, check_chain, check_end, hash_of, no_report
from checklist.store.connection import connect, one, reading
from checklist.store.index import Index
from checklist.store.journal import entries_for_lists
from checklist.store.migrations import current_schema, schema_number
from checklist.store.slots import DataKey
from checklist.store.witness import Head, Witness

PAGES_BROKEN = "The data file is damaged: a part of it does not read back as it was written."
LAST_ENTRIES = 200  # read again at each start
CLOSED = "ro&immutable=1"  # a file that nobody writes
IN_USE = "ro"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """The result of reading everything. `problems` are sentences; none when all is as it was written."""

    entries: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, for telling a copy from another."""

    schema: int
    entries: int
    last_hash: str
    patients: int
    sessions: int
    staff: int


@contextmanager
def opened(path: Path, key: DataKey, mode: str) -> Iterator[Database]:
    """A connection of one's own, for the worker thread. Raises DataFileError."""
    db = connect(path, key, mode)
    try:
        yield db
    finally:
        db.close()


def check(db: Database, report: Report = no_report) -> FileCheck:
    """Read every page, entry and attachment, and compare the lists with ones drawn anew. Raises DataFileError."""
    if not reads_back(db, report):
        return FileCheck(0, (PAGES_BROKEN,))
    journal = check_chain(db, report)
    if not journal.ok:
        return FileCheck(journal.entries, (journal.problem,))
    attached = check_attachments(db, report)
    report("Comparing lists", 0, 1)
    older = schema_number(db) < current_schema().number
    tables = Index(db).differences(entries_for_lists(db), older=older)
    lists = tuple(f"The list “{name}” is not what the journal says." for name in tables)
    return FileCheck(journal.entries, (*attached, *lists))


def check_start(db: Database, witness: Witness) -> FileCheck:
    """What can be looked at in a moment: the newest entries, and whether some are missing. Raises DataFileError."""
    end = check_end(db, LAST_ENTRIES)
    problems = (end.problem,) if not end.ok else ()
    missing = check_witness(db, witness.read())
    return FileCheck(end.entries, (*problems, missing) if missing else problems)


def check_witness(db: Database, head: Head | None) -> str:
    """What the small file beside the data file says against it, in a sentence; "" when it agrees."""
    if head is None:
        return ""
    with reading():
        there, newest = hash_of(db, head.seq), one(db, "SELECT coalesce(max(seq), 0) FROM entries")
    if there is None:
        return f"The newest entries are missing: {head.seq} were written, {newest} are there."
    return "" if there == head.hash else f"Entry {head.seq} is not the one that was written."


def reads_back(db: Database, report: Report = no_report) -> bool:
    """True when every page has the right seal of SQLCipher and SQLite finds its own order in them."""
    with reading():
        report("Reading pages", 0, 2)
        if db.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
        report("Reading pages", 1, 2)
        return db.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def contents(db: Database) -> Contents:
    """Counts and the last hash as they stand. Raises DataFileError."""
    with reading():
        last = one(db, "SELECT coalesce(max(seq), 0) FROM entries")
        assert isinstance(last, int)
        last_hash = hash_of(db, last)
    if last_hash is None:
        raise DataFileError(PAGES_BROKEN)
    return Contents(schema_number(db), last, last_hash, **Index(db).counts())
