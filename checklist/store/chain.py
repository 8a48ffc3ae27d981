"""Reads the journal's hash chain anew: the first entry that is not as it was written is named.

Besides the chain itself, each note of a proven backup is a witness: it names how many entries there were and the hash
of the last one. Somebody who changes an old entry and re-computes all hashes after it, but not the notes, is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from checklist.model import EntryKind
from checklist.store.canonical import FIRST_PREVIOUS, body_of, entry_hash
from checklist.store.connection import one, reading

COLUMNS = ("seq", "kind", "entered", "by", "patient", "session", "item", "body", "workstation", "version")
STEP = 500  # entries between two reports
Row = Mapping[str, Any]
Report = Callable[[str, int, int], None]
"""What is being done, how far, of how many. Raising from it stops the work."""


def no_report(_what: str, _done: int, _of: int) -> None:
    """For those who do not watch."""


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """How many entries are good from the first one read on, and the first bad one, if any."""

    entries: int
    bad_seq: int | None = None
    problem: str = ""

    @property
    def ok(self) -> bool:
        return self.bad_seq is None


def check_chain(db: Database, report: Report = no_report) -> JournalCheck:
    """Read every entry and recompute the chain. Raises DataFileError when the file itself is damaged."""
    return _check(db, 0, FIRST_PREVIOUS, report)


def check_end(db: Database, entries: int) -> JournalCheck:
    """The same for the newest entries alone, in a moment: for the start of the program."""
    with reading():
        last = one(db, "SELECT coalesce(max(seq), 0) FROM entries")
        assert isinstance(last, int)
        first = max(0, last - entries)
        previous = hash_of(db, first)
    if previous is None:
        return JournalCheck(0, first, f"Entry {first} is missing.")
    return _check(db, first, previous, no_report)


def hash_of(db: Database, seq: int) -> str | None:
    """The hash that stands at an entry; of number 0 what the first entry follows. None: there is no such entry."""
    if seq == 0:
        return FIRST_PREVIOUS
    row = db.execute("SELECT hash FROM entries WHERE seq = ?", [seq]).fetchone()
    return str(row[0]) if row else None


def _check(db: Database, good: int, previous: str, report: Report) -> JournalCheck:
    with reading():
        ever = _ever(db)
        for row in db.query("SELECT * FROM entries WHERE seq > ? ORDER BY seq", [good]):
            problem = _problem(row, good + 1, previous) or _contradiction(db, row)
            if problem:
                return JournalCheck(good, good + 1, problem)
            good, previous = good + 1, row["hash"]
            if good % STEP == 0:
                report("Checking entries", good, ever)
    if ever != good:
        return JournalCheck(good, good + 1, f"Entry {good + 1} is missing: {ever} entries were written.")
    return JournalCheck(good)


def _ever(db: Database) -> int:
    """The highest number ever given, by SQLite's own counter."""
    ever = one(db, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries'")
    assert isinstance(ever, int)
    return ever


def is_whole(row: Row) -> bool:
    """True when one entry, looked at by itself, is as it was written."""
    return bool(row["hash"] == entry_hash(tuple(row[name] for name in COLUMNS), row["prev_hash"]))


def _problem(row: Row, expected: int, previous: str) -> str:
    """What is wrong with one entry, in a sentence; empty when it is the next of the chain."""
    if row["seq"] != expected:
        return f"Entry {expected} is missing."
    if row["prev_hash"] != previous:
        return f"Entry {expected} does not follow the entry before it."
    if not is_whole(row):
        return f"Entry {expected} was changed after it was written."
    return ""


def _contradiction(db: Database, row: Row) -> str:
    """What a note of a backup says against the journal; empty when it agrees or says nothing."""
    if row["kind"] != EntryKind.BACKUP:
        return ""
    body = body_of(row["body"])
    seq, noted = body.get("entries"), body.get("last_hash")
    if not isinstance(seq, int) or not isinstance(noted, str) or hash_of(db, seq) == noted:
        return ""
    return (
        f"Entry {row['seq']} notes a backup of {seq} entries whose last one was another than entry {seq} is now: "
        "the journal was rewritten after that backup."
    )
