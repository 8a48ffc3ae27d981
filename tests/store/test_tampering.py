"""Entries cannot be changed by accident, and whoever has the key and changes them on purpose is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from checklist.model import SessionId
from checklist.store.chain import JournalCheck
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.store.drafts import answer, patient, raw_connection, session

ALL = 'seq, kind, entered, "by", patient, session, item, body, workstation, version, prev_hash, hash'


@pytest.fixture
def raw(data: DataFile, folder: Path, key: DataKey) -> Iterator[sqlcipher.Connection]:
    """Somebody else's connection to a journal of five entries."""
    data.journal.append(patient(), session(), answer("1"), answer("2"), answer("3"))
    connection = raw_connection(folder / DATA_NAME, key)
    yield connection
    connection.close()


@pytest.fixture
def without_triggers(raw: sqlcipher.Connection) -> sqlcipher.Connection:
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    return raw


FORBIDDEN = [
    ("UPDATE entries SET body = '{}' WHERE seq = 3", "entries are never changed"),
    ("UPDATE entries SET seq = 9 WHERE seq = 5", "entries are never changed"),
    ("DELETE FROM entries WHERE seq = 5", "entries are never deleted"),
    ("DELETE FROM entries", "entries are never deleted"),
    (f"INSERT OR REPLACE INTO entries ({ALL}) SELECT {ALL} FROM entries WHERE seq = 3", "only added at the end"),
    (f"REPLACE INTO entries SELECT {ALL} FROM entries WHERE seq = 5", "only added at the end"),
    (
        f"INSERT INTO entries SELECT {ALL.replace('seq', '17', 1)} FROM entries WHERE seq = 5",
        "only added at the end",
    ),
    (
        f"INSERT INTO entries SELECT {ALL} FROM entries WHERE seq = 5 ON CONFLICT (seq) DO UPDATE SET body = '{{}}'",
        "only added at the end",
    ),
]


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(("statement", "refusal"), FORBIDDEN)
def test_the_file_itself_refuses_changes_from_any_connection(
    data: DataFile, raw: sqlcipher.Connection, statement: str, refusal: str, recursive: str
) -> None:
    raw.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = raw.execute("SELECT * FROM entries").fetchall()
    with pytest.raises(sqlcipher.IntegrityError, match=refusal):
        raw.execute(statement)
    assert raw.execute("SELECT * FROM entries").fetchall() == before
    assert data.journal.verify() == JournalCheck(5)


@pytest.mark.parametrize(("statement", "refusal"), FORBIDDEN[:6])
def test_the_programs_own_connection_refuses_changes_too(
    data: DataFile, raw: sqlcipher.Connection, statement: str, refusal: str
) -> None:
    with pytest.raises(sqlcipher.IntegrityError, match=refusal):
        data.journal._db.execute(statement)
    assert data.journal.verify() == JournalCheck(5)


COLUMN_CHANGES = [
    "kind = 'row'",
    "entered = '2026-11-18T10:42:08.123456-05:00[America/New_York]'",
    "\"by\" = 'staff-2'",
    "patient = 'patient-2'",
    "patient = NULL",
    "session = 'session-2'",
    "item = 'x'",
    """body = '{"state":"answered","typed":"n"}'""",
    "workstation = 'back-office'",
    "version = '9'",
    "hash = prev_hash",
]


@pytest.mark.parametrize("change", COLUMN_CHANGES)
def test_a_change_of_any_column_is_found(data: DataFile, without_triggers: sqlcipher.Connection, change: str) -> None:
    without_triggers.execute(f"UPDATE entries SET {change} WHERE seq = 3")
    assert data.journal.verify() == JournalCheck(2, 3, "Entry 3 was changed after it was written.")
    assert data.verify().problems == ("Entry 3 was changed after it was written.",)


def test_a_changed_link_to_the_entry_before_is_found(data: DataFile, without_triggers: sqlcipher.Connection) -> None:
    without_triggers.execute("UPDATE entries SET prev_hash = hash WHERE seq = 3")
    assert data.journal.verify() == JournalCheck(2, 3, "Entry 3 does not follow the entry before it.")


@pytest.mark.parametrize(("seq", "good"), [(1, 0), (3, 2)])
def test_a_deleted_entry_is_missed(data: DataFile, without_triggers: sqlcipher.Connection, seq: int, good: int) -> None:
    without_triggers.execute("DELETE FROM entries WHERE seq = ?", [seq])
    assert data.journal.verify() == JournalCheck(good, seq, f"Entry {seq} is missing.")


@pytest.mark.parametrize(("first_gone", "good"), [(5, 4), (4, 3), (1, 0)])
def test_entries_cut_off_at_the_end_are_missed(
    data: DataFile, without_triggers: sqlcipher.Connection, first_gone: int, good: int
) -> None:
    without_triggers.execute("DELETE FROM entries WHERE seq >= ?", [first_gone])
    assert data.journal.verify() == JournalCheck(
        good, first_gone, f"Entry {first_gone} is missing: 5 entries were written."
    )


def test_an_entry_slipped_in_at_the_end_is_found(data: DataFile, raw: sqlcipher.Connection) -> None:
    raw.execute(f"INSERT INTO entries SELECT {ALL.replace('seq', '6', 1)} FROM entries WHERE seq = 5")
    assert data.journal.verify() == JournalCheck(5, 6, "Entry 6 does not follow the entry before it.")


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM runs WHERE first_seq = 2", "UPDATE runs SET session = 'session-9'", "DELETE FROM runs"],
)
def test_entries_hidden_from_their_visit_by_its_list_are_found(
    data: DataFile, raw: sqlcipher.Connection, change: str
) -> None:
    raw.execute(change)
    assert data.verify().problems == ("The list “runs” is not what the journal says.",)


def test_a_wrong_list_never_shows_an_entry_of_another_visit(data: DataFile, raw: sqlcipher.Connection) -> None:
    data.journal.append(session(2), answer("of the other", 2))
    raw.execute("UPDATE runs SET session = 'session-1'")
    found, _ = data.journal.of_session(SessionId("session-1"))
    assert found
    assert {entry.session for entry in found} == {"session-1"}


def swap(connection: sqlcipher.Connection, columns: str) -> None:
    """Give entries 3 and 4 each other's columns."""
    rows = connection.execute(f"SELECT {columns} FROM entries WHERE seq IN (3, 4) ORDER BY seq").fetchall()
    names = columns.split(", ")
    for seq, row in ((4, rows[0]), (3, rows[1])):
        connection.execute(
            f"UPDATE entries SET {', '.join(f'{name} = ?' for name in names)} WHERE seq = ?", [*row, seq]
        )


def test_two_entries_in_each_others_place_are_found(data: DataFile, without_triggers: sqlcipher.Connection) -> None:
    swap(without_triggers, "body, prev_hash, hash")
    assert data.journal.verify() == JournalCheck(2, 3, "Entry 3 does not follow the entry before it.")


def test_two_bodies_in_each_others_place_are_found(data: DataFile, without_triggers: sqlcipher.Connection) -> None:
    swap(without_triggers, "body")
    assert data.journal.verify() == JournalCheck(2, 3, "Entry 3 was changed after it was written.")


def test_text_moved_from_one_column_to_the_next_is_found(
    data: DataFile, without_triggers: sqlcipher.Connection
) -> None:
    without_triggers.execute("UPDATE entries SET workstation = workstation || version, version = '' WHERE seq = 1")
    assert data.journal.verify().bad_seq == 1


INDEX_CHANGES: list[tuple[str, str]] = [
    ("UPDATE patients SET allergies = ''", "patients"),
    ("DELETE FROM patient_words WHERE word = 'okafor'", "patient_words"),
    ("UPDATE sessions SET day = '2026-11-19'", "sessions"),
    ("INSERT INTO staff VALUES ('staff-9', 'x', 'X', 'MD', '[\"provider\"]', 1)", "staff"),
    ("INSERT INTO clinic VALUES (1, 'Other', '', '', 'UTC', 'a4', 'ASA')", "clinic"),
]


@pytest.mark.parametrize(("statement", "table"), INDEX_CHANGES)
def test_a_list_that_is_not_what_the_journal_says_is_found_and_drawn_again(
    data: DataFile, raw: sqlcipher.Connection, statement: str, table: str
) -> None:
    raw.execute(statement)
    check = data.verify()
    assert not check.ok
    assert check.problems == (f"The list “{table}” is not what the journal says.",)
    assert check.entries == 5
    data.rebuild_index()
    assert data.verify().ok


def test_a_tampered_journal_is_found_after_a_restart_too(
    data: DataFile, without_triggers: sqlcipher.Connection, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    without_triggers.execute("UPDATE entries SET body = '{}' WHERE seq = 1")
    without_triggers.close()
    data.close()
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.verify().problems == ("Entry 1 was changed after it was written.",)
