"""One way to open the encrypted file, and one way to tell a nurse what SQLite complained about.

The key goes in raw (`x'...'`): it is random already, so SQLCipher need not stretch it, and opening takes a millisecond.
WAL with synchronous=FULL makes each commit durable before it returns, also on macOS, where only fullfsync does so.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database

from checklist.errors import DamagedDataFile, DataFileError, KnownError, NotSaved
from checklist.store.slots import DataKey

WAIT_SECONDS = 1.0  # for another program to finish; the window stands still meanwhile
# SQLite's primary result codes; stable by its promise (sqlite.org/rescode.html).
BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26

_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",  # a sort must not leave names in a temporary file
)
_KEPT = "Nothing that was saved before is touched, and what you typed stays on the screen. "
_WHY_NOT_SAVED = {
    FULL: "Not saved: the disk is full. " + _KEPT + "Free some space on this disk, then try again.",
    READONLY: "Not saved: the data file is read-only. " + _KEPT + "Allow writing to it, then try again.",
    BUSY: "Not saved: another program holds the data file. " + _KEPT + "Close that program, then try again.",
    IOERR: "Not saved: the disk reported a fault. " + _KEPT + "Check the disk and its cable, then try again.",
    CANTOPEN: "Not saved: the data file is out of reach. " + _KEPT + "Check the disk, then try again.",
}
_WHY_NOT_SAVED[LOCKED] = _WHY_NOT_SAVED[BUSY]
DAMAGED = (
    "The data file is damaged: a part of it does not read back as it was written. Nothing was changed. "
    "Close the program, keep a copy of the whole folder, then bring back the last backup."
)
_WHY_NOT_READ = {
    BUSY: "The data file is held by another program and could not be read. Close that program, then try again.",
    IOERR: "The disk reported a fault and the data file could not be read. Check the disk, then try again.",
    CANTOPEN: "The data file cannot be opened. Check that it is there and that you may read it, then try again.",
}
_WHY_NOT_READ[LOCKED] = _WHY_NOT_READ[BUSY]


def connect(path: Path, key: DataKey, mode: str = "rw") -> Database:
    """Open the file with its key. `mode` is SQLite's: rw, ro, or rwc to make a new one.

    `ro&immutable=1` reads a file that nobody writes, without locks and without files beside it: a backup on a
    write-protected or a network drive. Raises DamagedDataFile (missing, damaged, other key), DataFileError.
    """
    if mode != "rwc" and not path.is_file():
        raise DamagedDataFile(
            f"The data file {path.name} is missing from {path.parent}. Nothing was changed. "
            "Bring it back from a backup, then try again."
        )
    with reading():
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        raw = sqlcipher.connect(uri, uri=True, timeout=WAIT_SECONDS)
    try:
        return _prepared(raw, key, path)
    except BaseException:
        raw.close()
        raise


def memory_database() -> Database:
    """An empty database in memory, for a second index to compare with."""
    return Database(sqlcipher.connect(":memory:"))


def _prepared(raw: sqlcipher.Connection, key: DataKey, path: Path) -> Database:
    raw.execute("PRAGMA cipher_log_level = NONE")  # its complaints come back as errors
    # Not on: it locks and wipes every piece of memory SQLite asks for, which made a commit 2.2 times a bare one, while
    # the same names stand in Python's own memory unprotected. SQLCipher wipes its keys either way.
    raw.execute("PRAGMA cipher_memory_security = OFF")
    raw.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
    db = Database(raw)
    _check_cipher(db)
    _check_key(db, path)
    for setting in _SETTINGS:
        db.execute(setting)
    return db


def _check_cipher(db: Database) -> None:
    """An SQLite without encryption takes `PRAGMA key` in silence and would write the names of patients in clear."""
    if not db.execute("PRAGMA cipher_version").fetchall():
        raise DataFileError(
            "This PC's program lacks its encryption part, so the data was not opened. Nothing was changed. "
            "Install the program again."
        )


def _check_key(db: Database, path: Path) -> None:
    """SQLCipher finds out about a wrong key at the first page read."""
    try:
        with reading():
            db.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except DataFileError as error:
        if error.sentence is not DAMAGED:
            raise
        raise DamagedDataFile(
            f"{path.name} does not open with the key of this folder: the two files do not belong together, or the "
            "data file is damaged. Nothing was changed. Bring back both files from the same backup, then try again."
        ) from error


def enable_wal(db: Database) -> None:
    """Readers and the one writer do not block each other, and a commit costs one write. Raises NotSaved."""
    with saving():
        db.enable_wal()


class _Told(AbstractContextManager[None]):
    """What SQLite complains about inside the block comes out as a sentence. A class: around each save it is quicker."""

    __slots__ = ("_kind", "_sentences")

    def __init__(self, sentences: dict[int, str], kind: Callable[[str], KnownError]) -> None:
        self._sentences = sentences
        self._kind = kind

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if not isinstance(error, sqlcipher.Error):
            return
        known = self._translated(error)
        if known is not None:
            raise known from error

    def _translated(self, error: Exception) -> KnownError | None:
        """The sentence for SQLite's error, or None for an error that would be our own mistake."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in self._sentences:
            return self._kind(self._sentences[code])
        return DamagedDataFile(DAMAGED) if code in (CORRUPT, NOTADB) else None


def saving() -> AbstractContextManager[None]:
    """Turn the world's failures while writing into NotSaved, and damage into DataFileError."""
    return _Told(_WHY_NOT_SAVED, NotSaved)


def reading() -> AbstractContextManager[None]:
    """Turn the world's failures while reading into DataFileError."""
    return _Told(_WHY_NOT_READ, DataFileError)


def one(db: Database, sql: str, *values: object) -> object:
    """The single value of a query that always has one row."""
    row = db.execute(sql, values).fetchone()
    return cast("tuple[object, ...]", row)[0]
