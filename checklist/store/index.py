"""Patients, visits, staff and clinic as tables: drawn from the journal, kept up in the same transaction as each entry.

Nothing here is truth. The tables can be thrown away and drawn again from the journal, and `differences` proves that
doing so would change nothing.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from sqlite_utils import Database

from checklist.model import (
    AllergyState,
    Clinic,
    Entry,
    EntryKind,
    Patient,
    PatientId,
    Role,
    SessionId,
    Sex,
    Staff,
    StaffId,
)
from checklist.snapshot import SessionInfo
from checklist.store.connection import memory_database, reading, saving
from checklist.store.migrations import create_index_tables
from checklist.store.search import name_key, patient_words, typed_words
from checklist.times import Moment

TABLES = ("patients", "patient_words", "sessions", "staff", "clinic", "days", "runs")  # parents first
DRAWN_FROM = frozenset({EntryKind.PATIENT, EntryKind.SESSION, EntryKind.STAFF, EntryKind.CLINIC})
"""The kinds that `apply` reads, besides day and visit of each entry. A kind that it learns to read belongs here too."""
LAST_CHARACTER = "\U0010ffff"
Row = Mapping[str, Any]


class Index:
    """Reads for the screens. Raises DataFileError when the file cannot be read."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find_patients(self, text: str, limit: int = 50) -> tuple[Patient, ...]:
        """Patients of whom each typed word begins a name, a form of the birth date, the MRN or the phone number.

        Those whose family name begins with the first word come first. Nothing typed finds nobody.
        """
        words = typed_words(text)
        if not words:
            return ()
        having = " AND ".join(["id IN (SELECT patient FROM patient_words WHERE word >= ? AND word < ?)"] * len(words))
        ranges = [end for word in words for end in (word, word + LAST_CHARACTER)]
        order = "NOT (name_key >= ? AND name_key < ?), name_key, born, id"
        sql = f"SELECT * FROM patients WHERE {having} ORDER BY {order} LIMIT ?"  # noqa: S608 - only question marks
        return tuple(_patient(row) for row in self._rows(sql, *ranges, *ranges[:2], limit))

    def patient(self, patient: PatientId) -> Patient | None:
        rows = self._rows("SELECT * FROM patients WHERE id = ?", patient)
        return _patient(rows[0]) if rows else None

    def same_name_and_birth(self, family: str, given: str, born: date) -> tuple[Patient, ...]:
        """Patients with this birth date whose name is spelled the same but for case, marks and punctuation."""
        sql = "SELECT * FROM patients WHERE name_key = ? AND born = ? ORDER BY id"
        return tuple(_patient(row) for row in self._rows(sql, name_key(family, given), born.isoformat()))

    def session(self, session: SessionId) -> SessionInfo | None:
        rows = self._rows("SELECT * FROM sessions WHERE id = ?", session)
        return _session(rows[0]) if rows else None

    def sessions_on(self, day: date) -> tuple[SessionInfo, ...]:
        """Visits planned for this day, as the clinic's calendar has it, in order of their time."""
        sql = "SELECT * FROM sessions WHERE day = ? ORDER BY planned_utc, id"
        return tuple(_session(row) for row in self._rows(sql, day.isoformat()))

    def sessions_between(self, first: date, last: date) -> tuple[SessionInfo, ...]:
        """Visits planned from one day to another, both among them, in order of their time."""
        sql = "SELECT * FROM sessions WHERE day BETWEEN ? AND ? ORDER BY planned_utc, id"
        return tuple(_session(row) for row in self._rows(sql, first.isoformat(), last.isoformat()))

    def sessions_of(self, patient: PatientId) -> tuple[SessionInfo, ...]:
        """All visits of one patient, the oldest first."""
        sql = "SELECT * FROM sessions WHERE patient = ? ORDER BY planned_utc, id"
        return tuple(_session(row) for row in self._rows(sql, patient))

    def staff(self) -> tuple[Staff, ...]:
        """Everybody, by name, also those who have left: their entries remain."""
        return tuple(_staff(row) for row in self._rows("SELECT * FROM staff ORDER BY name, id"))

    def clinic(self) -> Clinic | None:
        rows = self._rows("SELECT * FROM clinic")
        return _clinic(rows[0]) if rows else None

    def next_record_number(self, year: int) -> int:
        """The number after the highest of that year's record ids (`S-2026-0417`); 1 when there is none."""
        head = f"S-{year:04d}-"
        sql = "SELECT record_id FROM sessions WHERE record_id >= ? AND record_id < ?"
        tails = [row["record_id"][len(head) :] for row in self._rows(sql, head, head + LAST_CHARACTER)]
        return max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1

    def runs_of_day(self, day: date) -> tuple[tuple[int, int | None], ...]:
        """From which entry to before which one the journal was written on this day: several runs where a clock jumped.

        None: to the end of the journal.
        """
        sql = "SELECT day, first_seq, lead(first_seq) OVER (ORDER BY first_seq) AS next FROM days"
        rows = self._rows(f"SELECT first_seq, next FROM ({sql}) WHERE day = ? ORDER BY first_seq", day.isoformat())  # noqa: S608
        return tuple((row["first_seq"], row["next"]) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many patients, sessions and people there are, for comparing a copy with what it was made of."""
        return {
            name: self._rows(f"SELECT count(*) AS n FROM {name}")[0]["n"]  # noqa: S608 - our own table names
            for name in ("patients", "sessions", "staff")
        }

    def apply(self, entry: Entry, same_day: bool = False, same_visit: bool = False) -> None:
        """Take one entry in. Belongs into the transaction that appends it; raises when the body is malformed.

        `same_day`, `same_visit`: as the entry just before it, as nearly always; these lists need not be read then.
        """
        if not same_day:
            self._take_day(entry)
        if not same_visit:
            self._take_run(entry)
        match entry.kind:
            case EntryKind.PATIENT:
                self._take_patient(entry)
            case EntryKind.SESSION:
                self._upsert("sessions", _session_row(entry), keep="created")
            case EntryKind.STAFF:
                self._upsert("staff", _staff_row(entry.body))
            case EntryKind.CLINIC:
                self._upsert("clinic", _clinic_row(entry.body))
            case _:
                pass  # the other kinds are read from the journal

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Throw all tables away and draw them again, in one transaction. Raises NotSaved."""
        with saving(), self._db.atomic():
            for table in reversed(TABLES):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names
            for entry in entries:
                self.apply(entry)

    def differences(self, entries: Iterable[Entry], *, older: bool = False) -> tuple[str, ...]:
        """The tables that are not what these entries would make of them. Compares in memory; writes nothing.

        `older`: the file is of an earlier schema; a table that it has not, or has with other columns, is passed over.
        """
        db = memory_database()
        try:
            create_index_tables(db)
            fresh = Index(db)
            fresh.rebuild(entries)
            known = [table for table in TABLES if not older or self._columns(table) == fresh._columns(table)]
            return tuple(table for table in known if not self._holds_the_same(fresh, table))
        finally:
            db.close()

    def _take_day(self, entry: Entry) -> None:
        day = entry.entered.store()[:10]
        last = self._db.execute("SELECT day FROM days ORDER BY first_seq DESC LIMIT 1").fetchone()
        if last is None or last[0] != day:
            self._db.execute("INSERT INTO days (first_seq, day) VALUES (?, ?)", [entry.seq, day])

    def _take_run(self, entry: Entry) -> None:
        last = self._db.execute("SELECT session FROM runs ORDER BY first_seq DESC LIMIT 1").fetchone()
        if entry.session != (last[0] if last else None):
            self._db.execute("INSERT INTO runs (first_seq, session) VALUES (?, ?)", [entry.seq, entry.session])

    def _take_patient(self, entry: Entry) -> None:
        row = _patient_row(entry)
        self._upsert("patients", row)
        self._db.execute("DELETE FROM patient_words WHERE patient = ?", [row["id"]])
        for word in patient_words(_patient(row)):
            self._db.execute("INSERT INTO patient_words (word, patient) VALUES (?, ?)", [word, row["id"]])

    def _upsert(self, table: str, row: Row, keep: str = "id") -> None:
        """Insert, or change all columns but `id` and `keep` (never REPLACE: it would delete the parent row first)."""
        names = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row if name not in ("id", keep))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changes}"  # noqa: S608
        self._db.execute(sql, list(row.values()))

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with reading():
            return list(self._db.query(sql, values))

    def _columns(self, table: str) -> list[Row]:
        return self._rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", table)

    def _holds_the_same(self, other: "Index", table: str) -> bool:
        """Row by row: the list of runs grows with the journal and need not stand in memory twice."""
        sql = f"SELECT * FROM {table} ORDER BY 1, 2"  # noqa: S608 - our own table names
        with reading():
            return all(ours == theirs for ours, theirs in zip_longest(self._db.query(sql), other._db.query(sql)))


def _text(body: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text of the body as SQLite can store it: half an emoji (a lone surrogate) becomes the replacement sign."""
    value = body[name] if default is None else body.get(name, default)
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _patient_row(entry: Entry) -> dict[str, Any]:
    body: Mapping[str, Any] = entry.body
    row: dict[str, Any] = {"id": entry.patient}
    row |= {name: _text(body, name) for name in ("family", "given", "mrn")}
    row |= {name: _text(body, name, "") for name in ("title", "preferred", "phone", "allergies", "notes")}
    row["born"] = date.fromisoformat(body["born"]).isoformat()
    row["sex"] = Sex(body["sex"]).value
    row["allergy_state"] = AllergyState(body.get("allergy_state", AllergyState.NOT_ASKED)).value
    row["name_key"] = name_key(row["family"], row["given"])
    return row


def _patient(row: Row) -> Patient:
    return Patient(
        id=PatientId(row["id"]),
        family=row["family"],
        given=row["given"],
        born=date.fromisoformat(row["born"]),
        sex=Sex(row["sex"]),
        mrn=row["mrn"],
        title=row["title"],
        preferred=row["preferred"],
        phone=row["phone"],
        allergy_state=AllergyState(row["allergy_state"]),
        allergies=row["allergies"],
        notes=row["notes"],
    )


def _session_row(entry: Entry) -> dict[str, Any]:
    body: Mapping[str, Any] = entry.body
    planned = Moment.stored(body["planned"])
    return {
        "id": entry.session,
        "patient": entry.patient,
        "record_id": _text(body, "record_id"),
        "number": body["number"],
        "course_total": body["course_total"],
        "phase": _text(body, "phase"),
        "indication": _text(body, "indication"),
        "planned": planned.store(),
        "planned_utc": planned.utc.isoformat(timespec="microseconds"),
        "day": planned.local.date().isoformat(),
        "created": entry.entered.store(),
        "protocol_version": _text(body, "protocol_version"),
        "previous": body["previous"],
    }


def _session(row: Row) -> SessionInfo:
    previous = row["previous"]
    return SessionInfo(
        id=SessionId(row["id"]),
        patient=PatientId(row["patient"]),
        record_id=row["record_id"],
        number=row["number"],
        course_total=row["course_total"],
        phase=row["phase"],
        indication=row["indication"],
        planned=Moment.stored(row["planned"]),
        created=Moment.stored(row["created"]),
        protocol_version=row["protocol_version"],
        previous=SessionId(previous) if previous is not None else None,
    )


def _staff_row(body: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {name: _text(body, name) for name in ("id", "user", "name", "credentials")}
    row["roles"] = json.dumps(sorted(Role(role).value for role in body["roles"]))
    row["active"] = int(body["active"])
    return row


def _staff(row: Row) -> Staff:
    roles = frozenset(Role(role) for role in json.loads(row["roles"]))
    return Staff(StaffId(row["id"]), row["user"], row["name"], row["credentials"], roles, active=bool(row["active"]))


def _clinic_row(body: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": 1}
    row |= {name: _text(body, name) for name in ("name", "address", "phone", "zone")}
    row |= {"paper": _text(body, "paper", "letter"), "fasting_profile": _text(body, "fasting_profile", "ASA")}
    return row


def _clinic(row: Row) -> Clinic:
    return Clinic(row["name"], row["address"], row["phone"], row["zone"], row["paper"], row["fasting_profile"])
