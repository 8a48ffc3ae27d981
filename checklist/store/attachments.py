"""The bytes of attachments and photographs: kept once, never changed, proven by the hash that the journal names.

Reading a visit never touches this table. The journal's own chain covers the hash, so whoever changes the bytes, with
the key and without the triggers, is found by `check_attachments`, and a reader never gets them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256

from sqlite_utils import Database

from checklist.attached import SHOWN_DIGITS, Content
from checklist.errors import DataFileError
from checklist.store.chain import Report, no_report
from checklist.store.connection import reading

NOT_WHOLE = (
    "This attachment does not read back as it was kept. It is not shown. The rest of the record is not touched. "
    "Keep a copy of the whole folder and look for it in a backup."
)
_HAS_TABLE = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'attachments'"
_NAMED = """
    SELECT seq, coalesce(json_extract(body, '$.sha256'), json_extract(body, '$.new.sha256')) AS sha256
    FROM entries WHERE kind IN ('attachment', 'photo', 'amendment') AND sha256 <> '' ORDER BY seq
"""


class Attachments:
    """`opened` gives the file to read from: the open one, or a damaged one that is opened for each reading."""

    def __init__(self, opened: Callable[[], AbstractContextManager[Database]]) -> None:
        self._opened = opened

    def content(self, digest: str) -> bytes:
        """The bytes with this SHA-256. Raises DataFileError when they are missing or not as they were kept."""
        with self._opened() as db, reading():
            data = _bytes_of(db, digest)
        if data is None or sha256(data).hexdigest() != digest:
            raise DataFileError(NOT_WHOLE)
        return data


def keep(db: Database, content: Content) -> None:
    """Part of the transaction that writes the entry which names it. The same bytes are stored once."""
    digest = content.sha256
    there = _bytes_of(db, digest)
    if there is None:
        values = [digest, content.media.value, len(content.data), content.data]
        db.execute("INSERT INTO attachments (sha256, kind, length, bytes) VALUES (?, ?, ?, ?)", values)
    elif there != content.data:
        raise DataFileError(NOT_WHOLE)


def check_attachments(db: Database, report: Report = no_report) -> tuple[str, ...]:
    """Each attachment that is missing, changed, or named by no entry, in a sentence. Raises DataFileError."""
    with reading():
        named: dict[str, int] = {}
        for row in db.query(_NAMED):
            named.setdefault(row["sha256"], row["seq"])
        digests = _kept(db)
        there = set(digests)
        problems = [f"{_called(one, seq)} is missing." for one, seq in named.items() if one not in there]
        for number, digest in enumerate(digests, 1):
            if digest not in named:
                problems.append(f"{_called(digest)} belongs to no entry.")
            data = _bytes_of(db, digest)
            if data is None or sha256(data).hexdigest() != digest:
                problems.append(f"{_called(digest, named.get(digest))} was changed after it was kept.")
            report("Checking attachments", number, len(digests))
    return tuple(problems)


def _kept(db: Database) -> list[str]:
    """The digests that have bytes; a file of an older schema, or one that lost the table, has none."""
    if not db.execute(_HAS_TABLE).fetchone()[0]:
        return []
    return [row[0] for row in db.execute("SELECT sha256 FROM attachments ORDER BY sha256").fetchall()]


def _bytes_of(db: Database, digest: str) -> bytes | None:
    row = db.execute("SELECT bytes FROM attachments WHERE sha256 = ?", [digest]).fetchone()
    return bytes(row[0]) if row else None


def _called(digest: str, seq: int | None = None) -> str:
    """By its digest and its entry, never by its title: titles can name people, and this goes into logs."""
    entry = f" of entry {seq}" if seq is not None else ""
    return f"The attachment {digest[:SHOWN_DIGITS].upper()}{entry}"
