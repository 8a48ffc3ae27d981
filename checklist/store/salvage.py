"""Reads what is left of a damaged data file, entry by entry, and never shows one that is not as it was written.

Whatever page is broken, the entries on the others can be found by their numbers. Each is looked at by itself: its hash
covers its content. The lists are drawn anew from the good ones, in memory. Nothing is written.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database

from checklist.errors import DamagedDataFile, DataFileError
from checklist.store.chain import COLUMNS, Row, is_whole
from checklist.store.connection import connect, memory_database, reading
from checklist.store.index import Index
from checklist.store.journal import entry_of
from checklist.store.migrations import create_tables, current_schema
from checklist.store.slots import DataKey

READ_ONLY = (
    "Not saved: the data file is damaged and was opened read-only. Write on paper, and bring back a backup as soon as "
    "you can."
)
STRETCH = 512  # entries asked for at once; a stretch that does not read back is halved
PATIENCE = 3000  # broken places met before giving up: a broken root page would be met for every single entry
_STRETCH_OF = "SELECT * FROM entries WHERE seq BETWEEN ? AND ? ORDER BY seq"
_ALL = (*COLUMNS, "prev_hash", "hash")


@dataclass(frozen=True, slots=True)
class Salvage:
    """`read` entries are whole; `newest` is the highest number among them. Others up to it are lost or damaged."""

    read: int
    newest: int

    @property
    def lost(self) -> int:
        return self.newest - self.read


def read_what_is_left(path: Path, key: DataKey) -> tuple[Database, Salvage]:
    """A database in memory with every entry that is whole. Raises DamagedDataFile when there is none."""
    db = memory_database()
    create_tables(db, current_schema())
    db.execute("DROP TRIGGER entries_follow")  # numbers are missing between those that are left
    index = Index(db)
    read = newest = 0
    for row in _whole_rows(path, key):
        _take(db, index, row)
        read, newest = read + 1, row["seq"]
    if not read:
        db.close()
        raise DamagedDataFile(
            "Nothing of the data file can be read any more. Nothing was changed. "
            "Keep a copy of the whole folder, then bring back the last backup."
        )
    return db, Salvage(read, newest)


def _take(db: Database, index: Index, row: Row) -> None:
    """Add one entry. One whose patient or visit is lost with another entry stays out of the lists alone."""
    marks = ", ".join("?" * len(_ALL))
    names = ", ".join(f'"{name}"' for name in _ALL)
    with db.atomic():
        db.execute(f"INSERT INTO entries ({names}) VALUES ({marks})", [row[name] for name in _ALL])  # noqa: S608
    with suppress(sqlcipher.IntegrityError, ValueError, KeyError, TypeError), db.atomic():
        index.apply(entry_of(row))


def _whole_rows(path: Path, key: DataKey) -> Iterator[Row]:
    with _Reader(path, key) as reader:
        first, newest = 1, reader.newest()
        while first <= newest:
            yield from _stretch(reader, first, min(first + STRETCH - 1, newest))
            first += STRETCH


def _stretch(reader: "_Reader", first: int, last: int) -> Iterator[Row]:
    rows = reader.rows(first, last)
    if rows is not None:
        yield from (row for row in rows if is_whole(row))
    elif first < last and reader.has_patience:
        middle = (first + last) // 2
        yield from _stretch(reader, first, middle)
        yield from _stretch(reader, middle + 1, last)


class _Reader:
    """Opens the file anew after each page that does not read back: SQLCipher refuses everything after one."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self._path, self._key = path, key
        self._db = connect(path, key, "ro")
        self._broken = 0

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def rows(self, first: int, last: int) -> list[Row] | None:
        """None: a part of this stretch does not read back."""
        try:
            with reading():
                return list(self._db.query(_STRETCH_OF, (first, last)))
        except (DataFileError, ValueError):
            self._open_anew()
            return None

    @property
    def has_patience(self) -> bool:
        return self._broken < PATIENCE

    def newest(self) -> int:
        """The highest number that any page still names; the journal's own end may be among what is broken."""
        for sql in ("SELECT seq FROM sqlite_sequence WHERE name = 'entries'", "SELECT max(seq) FROM entries"):
            try:
                with reading():
                    row = self._db.execute(sql).fetchone()
            except DataFileError:
                self._open_anew()
                continue
            if row and isinstance(row[0], int):
                return row[0]
        return 0

    def _open_anew(self) -> None:
        self._broken += 1
        self._db.close()
        self._db = connect(self._path, self._key, "ro")
