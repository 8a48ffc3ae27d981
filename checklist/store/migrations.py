"""The tables of each released schema, and how an older file becomes a newer one.

The number of the schema stands in the file's `user_version`. A newer file is refused before anything is written to it,
an older one is changed only after a copy of it lies beside it. Each step is one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from sqlite_utils import Database, Migrations

from checklist.errors import DataFileError, NewerDataFile
from checklist.store.connection import one, reading, saving

_JOURNAL = (
    """
    CREATE TABLE entries (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind <> ''),
        entered TEXT NOT NULL CHECK (entered <> ''),
        "by" TEXT NOT NULL,
        patient TEXT,
        session TEXT,
        item TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        workstation TEXT NOT NULL,
        version TEXT NOT NULL,
        prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
        hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT
    """,
    "CREATE INDEX entries_of_session ON entries (session, seq) WHERE session IS NOT NULL",
    "CREATE INDEX entries_of_patient ON entries (patient, seq) WHERE patient IS NOT NULL",
    """
    CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
    """,
    """
    CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
    """,
    # Also stops INSERT OR REPLACE on a connection without recursive triggers, which deletes past the trigger above.
    """
    CREATE TRIGGER entries_follow BEFORE INSERT ON entries
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)
    BEGIN SELECT RAISE(ABORT, 'entries are only added at the end'); END
    """,
)
_INDEX_1 = (
    """
    CREATE TABLE patients (
        id TEXT PRIMARY KEY NOT NULL,
        family TEXT NOT NULL, given TEXT NOT NULL, title TEXT NOT NULL, preferred TEXT NOT NULL,
        born TEXT NOT NULL CHECK (length(born) = 10),
        sex TEXT NOT NULL, mrn TEXT NOT NULL, phone TEXT NOT NULL,
        allergy_state TEXT NOT NULL, allergies TEXT NOT NULL, notes TEXT NOT NULL,
        name_key TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX patients_by_name ON patients (name_key, born)",
    """
    CREATE TABLE patient_words (
        word TEXT NOT NULL CHECK (word <> ''),
        patient TEXT NOT NULL REFERENCES patients (id),
        PRIMARY KEY (word, patient)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX patient_words_of ON patient_words (patient)",
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY NOT NULL,
        patient TEXT NOT NULL REFERENCES patients (id),
        record_id TEXT NOT NULL,
        number INTEGER NOT NULL, course_total INTEGER NOT NULL,
        phase TEXT NOT NULL, indication TEXT NOT NULL,
        planned TEXT NOT NULL, planned_utc TEXT NOT NULL,
        day TEXT NOT NULL CHECK (length(day) = 10),
        created TEXT NOT NULL, protocol_version TEXT NOT NULL,
        previous TEXT REFERENCES sessions (id)
    ) STRICT
    """,
    "CREATE INDEX sessions_by_day ON sessions (day, planned_utc)",
    "CREATE INDEX sessions_of_patient ON sessions (patient, planned_utc)",
    "CREATE INDEX sessions_by_record ON sessions (record_id)",
    """
    CREATE TABLE staff (
        id TEXT PRIMARY KEY NOT NULL,
        user TEXT NOT NULL, name TEXT NOT NULL, credentials TEXT NOT NULL,
        roles TEXT NOT NULL CHECK (json_valid(roles)),
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE clinic (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL, zone TEXT NOT NULL,
        paper TEXT NOT NULL, fasting_profile TEXT NOT NULL
    ) STRICT
    """,
)
_DESK_ENTRIES = (
    # What belongs to no patient (backups, sign-ins, settings) is few among millions and is asked for by its kind.
    "CREATE INDEX entries_of_desk ON entries (kind, seq) WHERE session IS NULL AND patient IS NULL"
)
# These conditions stand in queries too: SQLite takes an index of some rows only for a query that names the same rows.
OF_A_PATIENT = "patient IS NOT NULL AND (session IS NULL OR kind = 'session')"
OF_ORDERS = (
    "kind = 'order' OR (kind = 'decision' AND json_extract(body, '$.verbal_from') <> '') "
    "OR (kind = 'signature' AND item = 'authenticated')"
)
OF_VIALS = "item = 'dose.vial'"
_NARROW = (
    # A patient's visits are found by the entry that begins each, and a visit's entries by the visit: an answer need not
    # stand in a second list, and saving it writes a page less.
    "DROP INDEX entries_of_patient",
    f"CREATE INDEX entries_of_patient ON entries (patient, seq) WHERE {OF_A_PATIENT}",
    # Orders by telephone of all years, and what signs them: few, and asked for whenever the Records page opens.
    f"CREATE INDEX entries_of_orders ON entries (seq) WHERE {OF_ORDERS}",
    # One entry a visit, or its correction, leads from a vial to the visits before that drew from it.
    f"CREATE INDEX entries_of_vials ON entries (seq) WHERE {OF_VIALS}",
)
_ATTACHMENTS = (
    # The bytes come last: SQLite reads the columns before them without leafing through their pages.
    """
    CREATE TABLE attachments (
        sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
        kind TEXT NOT NULL CHECK (kind <> ''),
        length INTEGER NOT NULL CHECK (length = length(bytes)),
        bytes BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TRIGGER attachments_stay BEFORE UPDATE ON attachments
    BEGIN SELECT RAISE(ABORT, 'attachments are never changed'); END
    """,
    """
    CREATE TRIGGER attachments_are_kept BEFORE DELETE ON attachments
    BEGIN SELECT RAISE(ABORT, 'attachments are never deleted'); END
    """,
    # As with entries: REPLACE on a connection without recursive triggers deletes past the trigger above.
    """
    CREATE TRIGGER attachments_are_new BEFORE INSERT ON attachments
    WHEN EXISTS (SELECT 1 FROM attachments WHERE sha256 = NEW.sha256 OR rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, 'attachments are only added'); END
    """,
)
_DAYS = """
    CREATE TABLE days (
        first_seq INTEGER PRIMARY KEY,
        day TEXT NOT NULL CHECK (length(day) = 10)
    ) STRICT
"""
_RUNS = (
    # Who works on a visit writes several of its entries one after the other: where each such run begins is enough to
    # find them all, and an answer that goes on with a visit stands in no list of its own and writes a page less.
    """
    CREATE TABLE runs (
        first_seq INTEGER PRIMARY KEY,
        session TEXT
    ) STRICT
    """,
    "CREATE INDEX runs_of_session ON runs (session) WHERE session IS NOT NULL",
)
_ENTRIES_OF_VISITS = """
    CREATE VIEW entries_of_visits AS
    SELECT runs.session AS visit, entries.* FROM runs JOIN entries
    ON entries.session = runs.session AND entries.seq BETWEEN runs.first_seq AND coalesce(
        (SELECT min(later.first_seq) FROM runs AS later WHERE later.first_seq > runs.first_seq) - 1,
        9223372036854775807)
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """The number a program writes into its files, and the steps that lead there."""

    number: int
    steps: Migrations


def current_schema() -> Schema:
    """Add new steps at the end, each setting its own number; a released step is never changed."""
    steps = Migrations("checklist")
    steps(name="0001_journal_and_index")(_journal_and_index)
    steps(name="0002_days_and_desk_entries")(_days_and_desk_entries)
    steps(name="0003_narrow_lists")(_narrow_lists)
    steps(name="0004_runs_of_visits")(_runs_of_visits)
    steps(name="0005_attachments")(_attachments)
    return Schema(5, steps)


def create_index_tables(db: Database) -> None:
    """All tables drawn from the journal, as they are today."""
    for statement in (*_INDEX_1, _DAYS, *_RUNS):
        db.execute(statement)


def _journal_and_index(db: Database) -> None:
    for statement in (*_JOURNAL, *_INDEX_1):
        db.execute(statement)
    set_number(db, 1)


def _days_and_desk_entries(db: Database) -> None:
    """Where each day begins in the journal, so that years of it can be leafed through by day."""
    db.execute(_DESK_ENTRIES)
    db.execute(_DAYS)
    # Entries keep their local time as text: its first ten characters are the day.
    db.execute(
        "INSERT INTO days (first_seq, day) SELECT seq, day FROM (SELECT seq, substr(entered, 1, 10) AS day, "
        "lag(substr(entered, 1, 10)) OVER (ORDER BY seq) AS before FROM entries) WHERE day IS NOT before"
    )
    set_number(db, 2)


def _narrow_lists(db: Database) -> None:
    for statement in _NARROW:
        db.execute(statement)
    set_number(db, 3)


def _runs_of_visits(db: Database) -> None:
    for statement in (*_RUNS, _ENTRIES_OF_VISITS):
        db.execute(statement)
    db.execute(
        "INSERT INTO runs (first_seq, session) SELECT seq, session FROM (SELECT seq, session, "
        "lag(session) OVER (ORDER BY seq) AS before FROM entries) WHERE session IS NOT before"
    )
    db.execute("DROP INDEX entries_of_session")
    set_number(db, 4)


def _attachments(db: Database) -> None:
    """A place for the bytes of attached papers and photographs."""
    for statement in _ATTACHMENTS:
        db.execute(statement)
    set_number(db, 5)


def set_number(db: Database, number: int) -> None:
    """Part of a step's own transaction: SQLite keeps the number on the first page of the file."""
    db.execute(f"PRAGMA user_version = {number}")


def schema_number(db: Database) -> int:
    """0 for a file in which no step was ever taken."""
    with reading():
        return cast("int", one(db, "PRAGMA user_version"))


def create_tables(db: Database, schema: Schema) -> None:
    """Take all steps in an empty file. Raises NotSaved."""
    with saving():
        schema.steps.apply(db)


def bring_up_to_date(db: Database, schema: Schema, keep_copy: Callable[[], None]) -> None:
    """Take the missing steps, after `keep_copy`. Raises NewerDataFile, DataFileError, NotSaved."""
    number = schema_number(db)
    if number > schema.number:
        raise NewerDataFile(
            f"The data file was written by a newer version of this program (its format is {number}, this program "
            f"knows {schema.number}). It was not touched. Install the newer version on this PC, then try again."
        )
    if number == 0:
        raise DataFileError(
            "The data file holds no clinic's records. Nothing was changed. Bring it back from a backup, then try again."
        )
    if number < schema.number:
        keep_copy()
        create_tables(db, schema)
