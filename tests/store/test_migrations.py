"""Older files are brought up to date after a copy was kept, newer ones are left alone.

The next schema is made up here: it gives staff a telephone number.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database, Migrations

from checklist.errors import DamagedDataFile, DataFileError, NewerDataFile, NotSaved
from checklist.model import EntryKind, PatientId
from checklist.store.canonical import entry_hash
from checklist.store.connection import connect, one
from checklist.store.datafile import DATA_NAME, DataFile, FileCheck
from checklist.store.lookup import Lookup
from checklist.store.migrations import (
    Schema,
    _journal_and_index,
    create_tables,
    current_schema,
    schema_number,
    set_number,
)
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.store.drafts import answer, member, patient, raw_connection

WRITTEN = Path(__file__).parents[1] / "data"
COPY_NAME = "clinic-before-update-20261118-104207.db"


NOW = current_schema().number
NEXT = NOW + 1


def made_up_next_schema(*further: str) -> Schema:
    schema = current_schema()

    @schema.steps(name=f"{NEXT:04d}_staff_phone")
    def _staff_phone(db: Database) -> None:
        db.execute("ALTER TABLE staff ADD COLUMN phone TEXT NOT NULL DEFAULT ''")
        for statement in further:
            db.execute(statement)
        set_number(db, NEXT)

    return Schema(NEXT, schema.steps)


@pytest.fixture
def older(data: DataFile, folder: Path) -> Path:
    """A closed file of the present schema with three entries."""
    data.journal.append(patient(), member(), answer())
    data.close()
    return folder


def test_a_file_of_the_first_schema_gets_its_days_and_stays_whole(
    folder: Path, key: DataKey, clock: ManualClock
) -> None:
    first = Migrations("checklist")
    first(name="0001_journal_and_index")(_journal_and_index)
    folder.mkdir()
    db = connect(folder / DATA_NAME, key, mode="rwc")
    create_tables(db, Schema(1, first))
    entries = [("2026-11-17", 1), ("2026-11-17", 2), ("2026-11-18", 3), ("2026-11-17", 4)]
    previous = "0" * 64
    for day, seq in entries:
        content = (
            seq,
            "locked",
            f"{day}T23:59:00.000000-05:00[America/New_York]",
            "s",
            None,
            None,
            "",
            "{}",
            "pc",
            "0",
        )
        hash_ = entry_hash(content, previous)
        db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*content, previous, hash_])
        previous = hash_
    db.close()
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.verify() == FileCheck(4)
        assert [entry.seq for entry in opened.find(Lookup(day=date(2026, 11, 17)), 10)] == [4, 2, 1]
        assert [entry.seq for entry in opened.find(Lookup(day=date(2026, 11, 18)), 10)] == [3]
    assert len(list(folder.glob("clinic-before-update-*.db"))) == 1


def test_a_file_that_the_second_schema_wrote_opens_whole_and_finds_what_it_found(
    folder: Path, key: DataKey, clock: ManualClock
) -> None:
    """The bytes in tests/data were written by the program of schema 2: two visits, an order, a day between them."""
    folder.mkdir()
    shutil.copy(WRITTEN / "schema-2-bare" / DATA_NAME, folder)
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert schema_number(opened.journal._db) == NOW
        assert opened.verify() == FileCheck(10)
        found = {
            name: [entry.seq for entry in opened.journal.entries(patient=PatientId(name))]
            for name in ("patient-1", "patient-2")
        }
        assert found == {"patient-1": [3, 4, 5, 6], "patient-2": [7, 8, 9]}
        assert [entry.seq for entry in opened.find(Lookup(patient=PatientId("patient-2")), 2)] == [9, 8]
        assert [entry.seq for entry in opened.journal.orders()] == [6]
        assert opened.journal.entries(patient=PatientId("patient-1"), kinds=[EntryKind.PATIENT])[0].seq == 3
        assert [entry.seq for entry in opened.find(Lookup(day=date(2026, 11, 19)), 10)] == [10, 9, 8, 7]
        opened.journal.append(answer("after"))
    assert len(list(folder.glob("clinic-before-update-*.db"))) == 1


def test_an_older_file_is_brought_up_to_date_and_keeps_its_entries(
    older: Path, key: DataKey, clock: ManualClock
) -> None:
    with DataFile.open(older, key, clock, "front-desk", made_up_next_schema()) as opened:
        assert schema_number(opened.journal._db) == NEXT
        assert opened.journal.last_seq == 3
        assert opened.journal.verify().ok
        opened.journal.append(answer("after"))
        assert one(opened.journal._db, "SELECT phone FROM staff") == ""


def test_the_copy_kept_before_is_the_old_file_and_opens_with_the_same_key(
    older: Path, key: DataKey, clock: ManualClock
) -> None:
    DataFile.open(older, key, clock, "front-desk", made_up_next_schema()).close()
    assert sorted(path.name for path in older.iterdir()) == [COPY_NAME, DATA_NAME, "clinic.head", "clinic.lock"]
    db = connect(older / COPY_NAME, key)
    assert (schema_number(db), one(db, "SELECT count(*) FROM entries")) == (NOW, 3)
    db.close()


def test_what_still_stands_in_the_log_after_a_crash_is_in_the_copy(
    older: Path, key: DataKey, clock: ManualClock
) -> None:
    crashed = raw_connection(older / DATA_NAME, key)
    crashed.execute("UPDATE staff SET name = 'R. Ortiz-Lee'")
    assert (older / f"{DATA_NAME}-wal").stat().st_size > 0
    DataFile.open(older, key, clock, "front-desk", made_up_next_schema()).close()
    crashed.close()
    copy = connect(older / COPY_NAME, key)
    assert one(copy, "SELECT name FROM staff") == "R. Ortiz-Lee"
    copy.close()


def test_a_file_of_this_program_is_opened_without_a_copy(older: Path, key: DataKey, clock: ManualClock) -> None:
    DataFile.open(older, key, clock, "front-desk").close()
    assert list(older.glob("*before*")) == []


def test_a_step_that_fails_leaves_the_old_file_as_it_was(older: Path, key: DataKey, clock: ManualClock) -> None:
    broken = made_up_next_schema("SELECT * FROM nowhere")
    with pytest.raises(sqlcipher.OperationalError, match=r"no such table"):
        DataFile.open(older, key, clock, "front-desk", broken)
    with DataFile.open(older, key, clock, "front-desk") as opened:
        assert schema_number(opened.journal._db) == NOW
        assert opened.verify().ok


def test_without_a_copy_nothing_is_changed(older: Path, key: DataKey, clock: ManualClock) -> None:
    (older / COPY_NAME).mkdir()
    with pytest.raises(NotSaved) as refusal:
        DataFile.open(older, key, clock, "front-desk", made_up_next_schema())
    assert refusal.value.sentence == (
        "The data file has to be brought up to date, but the copy to be kept before that could not be made "
        f"in {older}. Nothing was changed. Free some space on this disk, then try again."
    )
    with DataFile.open(older, key, clock, "front-desk") as opened:
        assert schema_number(opened.journal._db) == NOW


def test_a_damaged_file_is_not_brought_up_to_date(older: Path, key: DataKey, clock: ManualClock) -> None:
    with DataFile.open(older, key, clock, "front-desk") as opened:
        opened.journal.append(*[answer("n" * 10_000)] * 5)
    path = older / DATA_NAME
    raw = bytearray(path.read_bytes())
    raw[-2000] ^= 0x01
    path.write_bytes(raw)
    with pytest.raises(DamagedDataFile, match=r"^The data file is damaged"):
        DataFile.open(older, key, clock, "front-desk", made_up_next_schema())
    assert list(older.glob("*before*")) == []
    assert path.read_bytes() == raw


def test_a_newer_file_is_refused_and_not_touched(older: Path, key: DataKey, clock: ManualClock) -> None:
    DataFile.open(older, key, clock, "front-desk", made_up_next_schema()).close()
    before = {path.name: path.read_bytes() for path in older.iterdir()}
    with pytest.raises(NewerDataFile) as refusal:
        DataFile.open(older, key, clock, "front-desk")
    assert refusal.value.sentence == (
        "The data file was written by a newer version of this program "
        f"(its format is {NEXT}, this program knows {NOW}). "
        "It was not touched. Install the newer version on this PC, then try again."
    )
    assert {path.name: path.read_bytes() for path in older.iterdir()} == before


def test_a_file_of_something_else_under_the_same_key_is_refused(folder: Path, key: DataKey, clock: ManualClock) -> None:
    folder.mkdir()
    other = raw_connection(folder / DATA_NAME, key)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(DataFileError, match=r"holds no clinic's records"):
        DataFile.open(folder, key, clock, "front-desk")
