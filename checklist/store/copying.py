"""Copies an open data file page by page with SQLite's own online backup, while people go on working in it."""

import errno
import os
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database

from checklist.errors import DamagedDataFile, DataFileError
from checklist.store.chain import Report, no_report
from checklist.store.connection import DAMAGED, reading, saving
from checklist.store.files import sync_folder
from checklist.store.slots import DataKey

PAGES_A_STEP = 256  # 1 MiB: between two steps the work can be stopped


def copy_database(source: Database, target: Path, key: DataKey, report: Report = no_report) -> None:
    """A new file `target` with the same key, durable when this returns. `target` must not exist.

    When a read transaction is open on `source`, the copy is the file as that transaction sees it, whatever others
    commit meanwhile. Raises OSError or NotSaved (target), DamagedDataFile (source), and what `report` raises.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with saving():
        # No locks: the file is ours alone, and network drives often have none. No journal: half a copy is no copy.
        uri = f"{target.absolute().as_uri()}?mode=rw&nolock=1"
        copy = sqlcipher.connect(uri, uri=True, isolation_level=None)
        try:
            copy.execute("PRAGMA cipher_log_level = NONE")
            copy.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            _copy_pages(source, copy, report)
        finally:
            copy.close()
    sync_file(target)
    sync_folder(target.parent)


def _copy_pages(source: Database, copy: sqlcipher.Connection, report: Report) -> None:
    def progress(_status: int, left: int, pages: int) -> None:
        report("Copying", pages - left, pages)

    connection = source.conn
    assert isinstance(connection, sqlcipher.Connection)
    try:
        connection.backup(copy, pages=PAGES_A_STEP, progress=progress)
    except sqlcipher.Error as error:
        raise _told(error) from error


# SQLite's own words (sqlite3_errstr): its Python wrapper hands on no number from a backup.
_FAULTS = {
    "database or disk is full": errno.ENOSPC,
    "attempt to write a readonly database": errno.EROFS,
    "unable to open database file": errno.ENOENT,
    "disk I/O error": errno.EIO,
    "database is locked": errno.EIO,
}


def _told(error: sqlcipher.Error) -> Exception:
    """What the copy met: an OSError of the target, or damage of the source; anything else is our own mistake."""
    words = str(error)
    if words in ("database disk image is malformed", "file is not a database"):
        return DamagedDataFile(DAMAGED)
    return OSError(_FAULTS[words], words) if words in _FAULTS else error


def snapshot(source: Database) -> None:
    """From now on this connection sees the file as it stands; other connections go on writing. Raises DataFileError."""
    with reading():
        source.execute("BEGIN")
        source.execute("SELECT 1 FROM entries LIMIT 1").fetchall()


def copy_file(source: Path, target: Path) -> None:
    """A small file, durable when this returns. Raises OSError, FileExistsError, DataFileError for a missing source."""
    try:
        content = source.read_bytes()
    except FileNotFoundError as error:
        raise DataFileError(f"{source.name} is missing from {source.parent}. Nothing was changed.") from error
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    sync_file(target)


def sync_file(path: Path) -> None:
    """Wait until the disk has it; then forget what memory holds of it, so that reading it asks the disk. OSError."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
