"""The journal: every answer, decision and signature is one line that is added and never changed.

Three things hold it: triggers refuse changes, each line's hash covers its content and the hash before it, and SQLite's
own counter remembers the highest number ever given, so that a line cut off at the end is missed too. Somebody who has
the key and rewrites the whole chain can only be found out by the seals on paper.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from checklist import __version__
from checklist.errors import NotSaved
from checklist.model import Draft, Entry, EntryKind, Json, PatientId, SessionId, StaffId
from checklist.store.canonical import FIRST_PREVIOUS, body_of, body_text, entry_hash, plain_body
from checklist.store.chain import COLUMNS, JournalCheck, Report, Row, check_chain, is_whole, no_report
from checklist.store.connection import reading, saving
from checklist.store.index import DRAWN_FROM, Index
from checklist.store.migrations import OF_A_PATIENT, OF_ORDERS, OF_VIALS
from checklist.times import Clock, Moment

BACKWARDS_SECONDS = 60  # less is the PC correcting itself by its time server
LOOK_BACK = 50_000  # entries, about a year of a clinic: who signed in longer ago than that is as good as new here
_NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "prev_hash", "hash"))
_INSERT = f"INSERT INTO entries ({_NAMES}) VALUES ({', '.join('?' * (len(COLUMNS) + 2))})"  # noqa: S608
_OF_VISIT = "SELECT * FROM entries_of_visits WHERE visit = ? ORDER BY seq"
DAY = len("2026-11-18")  # a moment is stored with its local date first
OF_NO_VISIT = frozenset({EntryKind.PATIENT, EntryKind.COURSE, EntryKind.PHOTO})
"""Kinds of a patient's entries that name no visit."""
_OF_NOBODY = "session IS NULL AND patient IS NULL"
Where = tuple[str, tuple[int | str, ...]]
"""A condition and the values of its question marks."""


@dataclass(frozen=True, slots=True)
class _Last:
    seq: int
    hash: str
    entered: Moment | None
    day: str
    session: SessionId | None


class Journal:
    """Appends and reads entries; the index follows in the same transaction."""

    def __init__(
        self,
        db: Database,
        index: Index,
        clock: Clock,
        workstation: str,
        *,
        written: Callable[[int, str], None] | None = None,
        read_only: str = "",
    ) -> None:
        """`written` hears number and hash of the newest entry after each commit; `read_only` says why none is."""
        self._db = db
        self._index = index
        self._clock = clock
        self._workstation = workstation
        self._written = written
        self.read_only = read_only
        self._own = _Last(0, FIRST_PREVIOUS, None, "", None)

    @property
    def last_seq(self) -> int:
        """The number of the newest entry; 0 in an empty journal."""
        with reading():
            return self._last().seq

    @property
    def newest(self) -> Entry | None:
        """The newest entry; None in an empty journal. Raises DataFileError."""
        return next(each_entry(self._db, newest_first=True), None)

    @property
    def last_entered(self) -> Moment | None:
        """When the newest entry was written; None in an empty journal."""
        with reading():
            return self._last().entered

    def append(self, *drafts: Draft, also: Callable[[], None] | None = None) -> tuple[Entry, ...]:
        """Write all drafts or none; when this returns they survive a power cut. One entry for each draft, in order.

        When the PC's clock stands more than 60 s before the newest entry, a CLOCK entry that says so goes before them
        (it is not among those returned). `also` writes beside them in the same transaction. Raises NotSaved,
        DataFileError; TypeError for a body that is not plain JSON.
        """
        if not drafts:
            return ()
        if self.read_only:
            raise NotSaved(self.read_only)
        written = [(draft, plain_body(draft.body)) for draft in drafts]
        with saving(), self._db.atomic():
            if also is not None:
                also()
            last = self._last()
            now = self._clock.now()
            note = _clock_note(last, now, drafts[0])
            if note is not None:
                written.insert(0, (note, plain_body(note.body)))
            entered = now.store()
            entries = []
            for draft, body in written:
                entry = self._insert(draft, body, now, entered, last)
                last = _Last(entry.seq, entry.hash, now, entered[:DAY], draft.session)
                entries.append(entry)
        self._own = last
        if self._written is not None:
            self._written(last.seq, last.hash)
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
        wanted: list[Where] = [("seq > ?", (after_seq,))]
        if session is not None:
            wanted.append(("seq IN (SELECT seq FROM entries_of_visits WHERE visit = ?)", (session,)))
        if patient is not None:
            wanted.append(of_patient(patient, kinds))
        if kinds is not None:
            wanted.append(_of_kinds(kinds))
        yield from each_entry(self._db, *wanted)

    def orders(self) -> tuple[Entry, ...]:
        """Orders and decisions by telephone of all years, and the signatures under them, in the order written."""
        return tuple(each_entry(self._db, (f"({OF_ORDERS})", ())))

    def vials(self) -> tuple[Entry, ...]:
        """What was ever answered about the number of a vial, in the order written."""
        return tuple(each_entry(self._db, (OF_VIALS, ())))

    def last_of(self, kind: EntryKind, by: StaffId) -> Entry | None:
        """The newest entry of this kind by this person among the last ones; None when there is none."""
        sql = 'SELECT * FROM entries WHERE seq > ? AND kind = ? AND "by" = ? ORDER BY seq DESC LIMIT 1'
        with reading():
            rows = list(self._db.query(sql, (self._last().seq - LOOK_BACK, kind.value, by)))
        return entry_of(rows[0]) if rows else None

    def newest_of(self, kind: EntryKind) -> Entry | None:
        """The newest entry of a kind that belongs to no patient (a backup, a setting); None: there is none."""
        return next(of_desk(self._db, kind), None)

    def newest_first(self, kind: EntryKind) -> Iterator[Entry]:
        """Entries of a kind that belongs to no patient, the newest first. Raises DataFileError."""
        return of_desk(self._db, kind)

    def of_desk_between(
        self, kinds: Collection[EntryKind], after: int = 0, before: int | None = None
    ) -> tuple[Entry, ...]:
        """Entries of kinds that belong to no patient, between two numbers, in the order written, by their index."""
        span: Where = ("seq > ?", (after,)) if before is None else ("seq > ? AND seq < ?", (after, before))
        return tuple(each_entry(self._db, _of_kinds(kinds), (_OF_NOBODY, ()), span))

    def of_session(self, session: SessionId) -> tuple[tuple[Entry, ...], frozenset[int]]:
        """All entries of a visit in the order written, and the numbers of those that their hash was not made of.

        Raises DataFileError.
        """
        with reading():
            rows = list(self._db.query(_OF_VISIT, [session]))
        return tuple(entry_of(row) for row in rows), frozenset(row["seq"] for row in rows if not is_whole(row))

    def verify(self, report: Report = no_report) -> JournalCheck:
        """Read every entry and recompute the chain. Raises DataFileError when the file itself is damaged."""
        return check_chain(self._db, report)

    def _last(self) -> _Last:
        """The newest entry. One that this journal wrote itself is known by its hash and need not be read again."""
        row = self._db.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None:
            return _Last(0, FIRST_PREVIOUS, None, "", None)
        seq, hash_ = row
        if hash_ != self._own.hash:
            entered, session = self._db.execute("SELECT entered, session FROM entries WHERE seq = ?", [seq]).fetchone()
            self._own = _Last(seq, hash_, Moment.stored(entered), entered[:DAY], session)
        return self._own

    def _insert(self, draft: Draft, body: dict[str, Json], now: Moment, entered: str, last: _Last) -> Entry:
        content = (
            last.seq + 1,
            draft.kind.value,
            entered,
            draft.by,
            draft.patient,
            draft.session,
            draft.item,
            body_text(body),
            self._workstation,
            __version__,
        )
        hash_ = entry_hash(content, last.hash)
        self._db.execute(_INSERT, [*content, last.hash, hash_])
        entry = Entry(
            seq=last.seq + 1,
            kind=draft.kind,
            entered=now,
            by=draft.by,
            patient=draft.patient,
            session=draft.session,
            item=draft.item,
            body=body,
            hash=hash_,
        )
        self._index.apply(entry, entered[:DAY] == last.day, draft.session == last.session)
        return entry


def each_entry(db: Database, *wanted: Where, newest_first: bool = False) -> Iterator[Entry]:
    """Entries that match all conditions, one at a time. Raises DataFileError."""
    conditions = " AND ".join(["1", *(condition for condition, _ in wanted)])
    values = [value for _, given in wanted for value in given]
    order = "DESC" if newest_first else "ASC"
    with reading():
        for row in db.query(f"SELECT * FROM entries WHERE {conditions} ORDER BY seq {order}", values):  # noqa: S608 - our words
            yield entry_of(row)


def entries_for_lists(db: Database) -> Iterator[Entry]:
    """The entries that the index is drawn from: of its kinds, and the first of each day and of each run of a visit."""
    day = "substr(entered, 1, 10)"
    before = f"lag({day}) OVER in_order AS day_before, lag(session) OVER in_order AS session_before"
    every = f"SELECT seq, kind, session, {day} AS day, {before} FROM entries WINDOW in_order AS (ORDER BY seq)"  # noqa: S608
    of_kinds, kinds = _of_kinds(sorted(DRAWN_FROM))
    first = "day IS NOT day_before OR session IS NOT session_before"
    yield from each_entry(db, (f"seq IN (SELECT seq FROM ({every}) WHERE {of_kinds} OR {first})", kinds))  # noqa: S608


def of_patient(patient: PatientId, kinds: Collection[EntryKind] | None = None) -> Where:
    """What belongs to a patient, and every entry of the visits that were booked for the patient.

    `kinds` that belong to no visit are found without reading the visits.
    """
    own = f"patient = ? AND {OF_A_PATIENT}"
    if kinds is not None and OF_NO_VISIT.issuperset(kinds):
        return own, (patient,)
    visits = f"SELECT session FROM entries WHERE {own}"  # noqa: S608 - our own condition
    of_visits = f"SELECT seq FROM entries_of_visits WHERE visit IN ({visits})"  # noqa: S608 - the same
    condition = f"(({own}) OR seq IN ({of_visits})) AND patient = ?"
    return condition, (patient, patient, patient)


def of_desk(db: Database, kind: EntryKind) -> Iterator[Entry]:
    """Entries of a kind that belongs to no patient, the newest first; found by their index among millions."""
    return each_entry(db, _of_kinds([kind]), (_OF_NOBODY, ()), newest_first=True)


def _of_kinds(kinds: Collection[EntryKind]) -> Where:
    return f"kind IN ({', '.join('?' * len(kinds))})", tuple(kinds)


def _clock_note(last: _Last, now: Moment, draft: Draft) -> Draft | None:
    """A line that says the PC's clock went back, so that times which run backwards have their cause beside them."""
    if last.entered is None:
        return None
    back = last.entered.since(now).total_seconds()
    if back <= BACKWARDS_SECONDS:
        return None
    body: dict[str, Json] = {"last": last.entered.store(), "now": now.store(), "seconds_back": round(back)}
    return Draft(EntryKind.CLOCK, draft.by, body)


def entry_of(row: Row) -> Entry:
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
