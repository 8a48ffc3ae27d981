"""Finds entries for people who ask who did what, and when."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlite_utils import Database

from checklist.model import Entry, EntryKind, PatientId, StaffId
from checklist.store.connection import one, reading
from checklist.store.index import Index
from checklist.store.journal import Where, each_entry, of_patient

FAR_BACK = 50_000
"""Entries looked through when neither a day nor a patient narrows the search: some months of a clinic."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is asked for; what is None is not asked. `before` leafs back: entries older than this number."""

    by: StaffId | None = None
    patient: PatientId | None = None
    item: str = ""
    day: date | None = None
    kinds: frozenset[EntryKind] = frozenset()
    before: int | None = None

    @property
    def is_bounded(self) -> bool:
        """False: only the newest `FAR_BACK` entries are looked through."""
        return self.day is not None or self.patient is not None


def find(db: Database, wanted: Lookup, limit: int) -> tuple[Entry, ...]:
    """The newest entries that match, the newest first. Raises DataFileError."""
    where = _conditions(wanted)
    if wanted.day is not None:
        where.append(_within(Index(db).runs_of_day(wanted.day)))
    elif not wanted.is_bounded:
        with reading():
            last = one(db, "SELECT coalesce(max(seq), 0) FROM entries")
        assert isinstance(last, int)
        where.append(("seq > ?", (last - FAR_BACK,)))
    return tuple(islice(each_entry(db, *where, newest_first=True), limit))


def _conditions(wanted: Lookup) -> list[Where]:
    where: list[Where] = []
    if wanted.by is not None:
        where.append(('"by" = ?', (wanted.by,)))
    if wanted.patient is not None:
        where.append(of_patient(wanted.patient))
    if wanted.item:
        where.append(("instr(item, ?) > 0", (wanted.item,)))
    if wanted.kinds:
        where.append((f"kind IN ({', '.join('?' * len(wanted.kinds))})", tuple(sorted(wanted.kinds))))
    if wanted.before is not None:
        where.append(("seq < ?", (wanted.before,)))
    return where


def _within(runs: tuple[tuple[int, int | None], ...]) -> Where:
    """In one of these stretches of the journal; no stretch: nowhere."""
    parts = [("seq >= ?", (first,)) if end is None else ("seq >= ? AND seq < ?", (first, end)) for first, end in runs]
    condition = " OR ".join(f"({part})" for part, _ in parts) or "0"
    return f"({condition})", tuple(value for _, given in parts for value in given)
