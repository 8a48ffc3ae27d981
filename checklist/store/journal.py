"""The journal: every answer, decision and signature is one line that is added and never changed.

Three things hold it: triggers refuse changes, each line's hash covers its content and the hash before it, and SQLite's
own counter remembers the highest number ever given, so that a line cut off at the end is missed too. Somebody who has
the key and rewrites the whole chain can only be found out by the seals on paper.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from checklist import __version__
from checklist.model import Draft, Entry, EntryKind, Json, PatientId, SessionId, StaffId
from checklist.store.canonical import FIRST_PREVIOUS, body_of, body_text, entry_hash
from checklist.store.connection import one, reading, saving
from checklist.store.index import Index
from checklist.times import Clock, Moment

BACKWARDS_SECONDS = 60  # less is the PC correcting itself by its time server
LOOK_BACK = 50_000  # entries, about a year of a clinic: who signed in longer ago than that is as good as new here
COLUMNS = ("seq", "kind", "entered", "by", "patient", "session", "item", "body", "workstation", "version")
_NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "prev_hash", "hash"))
_INSERT = f"INSERT INTO entries ({_NAMES}) VALUES ({', '.join('?' * (len(COLUMNS) + 2))})"  # noqa: S608
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """What `verify` found: how many entries are good from the first on, and the first bad one, if any."""

    entries: int
    bad_seq: int | None = None
    problem: str = ""

    @property
    def ok(self) -> bool:
        return self.bad_seq is None


@dataclass(frozen=True, slots=True)
class _Last:
    seq: int
    hash: str
    entered: Moment | None


class Journal:
    """Appends and reads entries; the index follows in the same transaction."""

    def __init__(self, db: Database, index: Index, clock: Clock, workstation: str) -> None:
        self._db = db
        self._index = index
        self._clock = clock
        self._workstation = workstation

    @property
    def last_seq(self) -> int:
        """The number of the newest entry; 0 in an empty journal."""
        with reading():
            return self._last().seq

    def append(self, *drafts: Draft) -> tuple[Entry, ...]:
        """Write all drafts or none; when this returns they survive a power cut. One entry for each draft, in order.

        When the PC's clock stands more than 60 s before the newest entry, a CLOCK entry that says so goes before them
        (it is not among those returned). Raises NotSaved, DataFileError; TypeError for a body that is not plain JSON.
        """
        if not drafts:
            return ()
        written = [(draft, body_text(draft.body)) for draft in drafts]
        with saving(), self._db.atomic():
            last = self._last()
            now = self._clock.now()
            note = _clock_note(last, now, drafts[0])
            if note is not None:
                written.insert(0, (note, body_text(note.body)))
            entries = []
            for draft, text in written:
                entry = self._insert(draft, text, now, last)
                last = _Last(entry.seq, entry.hash, now)
                entries.append(entry)
        return tuple(entries[-len(drafts) :])

    def entries(
        self,
        session: SessionId | None = None,
        patient: PatientId | None = None,
        kinds: Collection[EntryKind] | None = None,
        after_seq: int = 0,
    ) -> tuple[Entry, ...]:
        """Entries in the order written that match all that is given. Raises DataFileError."""
        return tuple(self.each(session, patient, kinds, after_seq))

    def each(
        self,
        session: SessionId | None = None,
        patient: PatientId | None = None,
        kinds: Collection[EntryKind] | None = None,
        after_seq: int = 0,
    ) -> Iterator[Entry]:
        """As `entries`, one at a time, for reading years of them."""
        wanted: list[tuple[str, tuple[int | str, ...]]] = [("seq > ?", (after_seq,))]
        if session is not None:
            wanted.append(("session = ?", (session,)))
        if patient is not None:
            wanted.append(("patient = ?", (patient,)))
        if kinds is not None:
            wanted.append((f"kind IN ({', '.join('?' * len(kinds))})", tuple(kinds)))
        conditions = [condition for condition, _ in wanted]
        values = [value for _, given in wanted for value in given]
        sql = f"SELECT * FROM entries WHERE {' AND '.join(conditions)} ORDER BY seq"  # noqa: S608
        with reading():
            for row in self._db.query(sql, values):
                yield _entry(row)

    def last_of(self, kind: EntryKind, by: StaffId) -> Entry | None:
        """The newest entry of this kind by this person among the last ones; None when there is none."""
        sql = 'SELECT * FROM entries WHERE seq > ? AND kind = ? AND "by" = ? ORDER BY seq DESC LIMIT 1'
        with reading():
            rows = list(self._db.query(sql, (self._last().seq - LOOK_BACK, kind.value, by)))
        return _entry(rows[0]) if rows else None

    def altered(self, session: SessionId) -> frozenset[int]:
        """Numbers of a session's entries whose content is not what their hash was made of. Raises DataFileError."""
        with reading():
            rows = self._db.query("SELECT * FROM entries WHERE session = ?", [session])
            return frozenset(row["seq"] for row in rows if _is_altered(row))

    def verify(self) -> JournalCheck:
        """Read every entry and recompute the chain. Raises DataFileError when the file itself is damaged."""
        good, previous = 0, FIRST_PREVIOUS
        with reading():
            for row in self._db.query("SELECT * FROM entries ORDER BY seq"):
                problem = _problem(row, good + 1, previous)
                if problem:
                    return JournalCheck(good, good + 1, problem)
                good, previous = good + 1, row["hash"]
            ever = one(self._db, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries'")
        if ever != good:
            return JournalCheck(good, good + 1, f"Entry {good + 1} is missing: {ever} entries were written.")
        return JournalCheck(good)

    def _last(self) -> _Last:
        row = self._db.execute("SELECT seq, hash, entered FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        return _Last(row[0], row[1], Moment.stored(row[2])) if row else _Last(0, FIRST_PREVIOUS, None)

    def _insert(self, draft: Draft, text: str, now: Moment, last: _Last) -> Entry:
        content = (
            last.seq + 1,
            draft.kind.value,
            now.store(),
            draft.by,
            draft.patient,
            draft.session,
            draft.item,
            text,
            self._workstation,
            __version__,
        )
        hash_ = entry_hash(content, last.hash)
        self._db.execute(_INSERT, [*content, last.hash, hash_])
        entry = _entry({**dict(zip(COLUMNS, content, strict=True)), "hash": hash_})
        self._index.apply(entry)
        return entry


def _clock_note(last: _Last, now: Moment, draft: Draft) -> Draft | None:
    """A line that says the PC's clock went back, so that times which run backwards have their cause beside them."""
    if last.entered is None:
        return None
    back = last.entered.since(now).total_seconds()
    if back <= BACKWARDS_SECONDS:
        return None
    body: dict[str, Json] = {"last": last.entered.store(), "now": now.store(), "seconds_back": round(back)}
    return Draft(EntryKind.CLOCK, draft.by, body)


def _entry(row: Row) -> Entry:
    return Entry(
        seq=row["seq"],
        kind=EntryKind(row["kind"]),
        entered=Moment.stored(row["entered"]),
        by=StaffId(row["by"]),
        patient=PatientId(row["patient"]) if row["patient"] is not None else None,
        session=SessionId(row["session"]) if row["session"] is not None else None,
        item=row["item"],
        body=body_of(row["body"]),
        hash=row["hash"],
    )


def _is_altered(row: Row) -> bool:
    """True when the content is another than the one that was hashed together with the hash before it."""
    return bool(row["hash"] != entry_hash(tuple(row[name] for name in COLUMNS), row["prev_hash"]))


def _problem(row: Row, expected: int, previous: str) -> str:
    """What is wrong with one entry, in a sentence; empty when it is the next of the chain."""
    if row["seq"] != expected:
        return f"Entry {expected} is missing."
    if row["prev_hash"] != previous:
        return f"Entry {expected} does not follow the entry before it."
    if _is_altered(row):
        return f"Entry {expected} was changed after it was written."
    return ""
