"""Disk full, read-only, locked, faulty, damaged: real SQLite errors, each with its sentence, and nothing lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlite_utils import Database

from checklist.errors import DataFileError, NotSaved
from checklist.model import Draft, EntryKind
from checklist.store.connection import connect, one, reading, saving
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.index import Index
from checklist.store.journal import Journal
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.store.drafts import NURSE, answer, patient, raw_connection
from tests.store.processes import held

KEPT = "Nothing that was saved before is touched, and what you typed stays on the screen."
LONG_NOTE = Draft(EntryKind.ANSWER, NURSE, {"typed": "n" * 10_000})


def test_a_full_disk_is_told_and_the_retry_succeeds(data: DataFile) -> None:
    data.journal.append(patient())
    db = data.journal._db
    pages = one(db, "PRAGMA page_count")
    db.execute(f"PRAGMA max_page_count = {pages}")
    before = data.journal.entries()
    with pytest.raises(NotSaved) as refusal:
        data.journal.append(LONG_NOTE, LONG_NOTE)
    assert refusal.value.sentence == (
        f"Not saved: the disk is full. {KEPT} Free some space on this disk, then try again."
    )
    assert data.journal.entries() == before
    db.execute("PRAGMA max_page_count = 1000000")
    data.journal.append(LONG_NOTE, LONG_NOTE)
    assert data.journal.last_seq == 3
    assert data.verify().ok


def test_a_read_only_file_is_told(data: DataFile, folder: Path, key: DataKey, clock: ManualClock) -> None:
    data.journal.append(patient())
    db = connect(folder / DATA_NAME, key, mode="ro")
    journal = Journal(db, Index(db), clock, "front-desk")
    with pytest.raises(NotSaved, match=r"^Not saved: the data file is read-only. Nothing that was saved"):
        journal.append(answer())
    assert journal.last_seq == 1
    db.close()


def test_another_program_that_writes_is_told_and_the_retry_succeeds(data: DataFile, folder: Path, key: DataKey) -> None:
    data.journal.append(patient())
    with held("write", folder, key):
        with pytest.raises(NotSaved, match=r"^Not saved: another program holds the data file."):
            data.journal.append(answer())
        assert data.journal.last_seq == 1
    data.journal.append(answer())
    assert data.journal.last_seq == 2


def test_a_file_held_whole_by_another_program_is_told_at_opening(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.close()
    with (
        held("exclusive", folder, key),
        pytest.raises(DataFileError, match=r"is held by another program and could not be read"),
    ):
        DataFile.open(folder, key, clock, "front-desk")
    DataFile.open(folder, key, clock, "front-desk").close()


@contextmanager
def files_may_not_grow_over(size: int) -> Iterator[None]:
    """A real write error from the operating system that is not a full disk."""
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_fault_is_told_and_the_retry_succeeds(data: DataFile, folder: Path) -> None:
    data.journal.append(patient())
    log = folder / f"{DATA_NAME}-wal"
    with (
        files_may_not_grow_over(log.stat().st_size),
        pytest.raises(NotSaved, match=r"^Not saved: the disk reported a fault."),
    ):
        data.journal.append(LONG_NOTE)
    assert data.journal.last_seq == 1
    data.journal.append(LONG_NOTE)
    assert data.journal.last_seq == 2
    assert data.verify().ok


def test_our_own_mistakes_are_not_called_a_fault_of_the_disk(data: DataFile) -> None:
    db = data.journal._db
    with pytest.raises(sqlcipher.OperationalError, match=r"no such table"), saving():
        db.execute("SELECT * FROM nowhere")
    with pytest.raises(sqlcipher.OperationalError, match=r"no such table"), reading():
        db.execute("SELECT * FROM nowhere")


def test_the_key_of_another_clinic_does_not_open_the_file(data: DataFile, folder: Path, clock: ManualClock) -> None:
    data.close()
    before = (folder / DATA_NAME).read_bytes()
    with pytest.raises(DataFileError, match=r"clinic.db does not open with the key of this folder"):
        DataFile.open(folder, DataKey(bytes(32)), clock, "front-desk")
    assert (folder / DATA_NAME).read_bytes() == before


def test_a_missing_data_file_is_never_replaced_by_an_empty_one(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.close()
    (folder / DATA_NAME).unlink()
    with pytest.raises(DataFileError, match=r"clinic.db is missing from .* Bring it back from a backup"):
        DataFile.open(folder, key, clock, "front-desk")
    assert not (folder / DATA_NAME).exists()


def test_an_emptied_data_file_is_refused(data: DataFile, folder: Path, key: DataKey, clock: ManualClock) -> None:
    data.close()
    (folder / DATA_NAME).write_bytes(b"")
    with pytest.raises(DataFileError, match=r"holds no clinic's records"):
        DataFile.open(folder, key, clock, "front-desk")


def flip(path: Path, place: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[place] ^= 0x01
    path.write_bytes(raw)


def test_one_flipped_bit_on_the_first_page_is_told_at_opening(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.close()
    flip(folder / DATA_NAME, 100)
    with pytest.raises(DataFileError, match=r"or the data file is damaged. Nothing was changed"):
        DataFile.open(folder, key, clock, "front-desk")


def test_one_flipped_bit_elsewhere_is_told_when_that_part_is_read(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.journal.append(*[LONG_NOTE] * 20)
    data.close()
    size = (folder / DATA_NAME).stat().st_size
    flip(folder / DATA_NAME, size - 2000)
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        assert opened.verify().problems == (
            "The data file is damaged: a part of it does not read back as it was written.",
        )
        for read in (opened.journal.entries, opened.journal.verify):
            with pytest.raises(DataFileError, match=r"keep a copy of the whole folder"):
                read()


def test_a_damaged_page_met_while_saving_is_told_as_damage(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    data.journal.append(*[answer(f"{number}" * 50) for number in range(200)])
    data.close()
    with DataFile.open(folder, key, clock, "front-desk") as opened:
        for page in range(1, (folder / DATA_NAME).stat().st_size // 4096):
            flip(folder / DATA_NAME, page * 4096 + 50)
        with pytest.raises(DataFileError, match=r"keep a copy of the whole folder"):
            opened.journal.append(answer())


def test_a_program_without_encryption_refuses_to_open(
    tmp_path: Path, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    # A build of the library without the cipher behaves as Python's own SQLite does: it takes the key in silence.
    monkeypatch.setattr(sqlcipher, "connect", sqlite3.connect)
    with pytest.raises(DataFileError, match=r"lacks its encryption part"):
        connect(tmp_path / "plain.db", key, mode="rwc")


def test_the_settings_that_make_a_commit_durable_are_on(data: DataFile) -> None:
    db = data.journal._db
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "busy_timeout": 1000,
        "cipher_memory_security": "0",
    }
    assert {name: one(db, f"PRAGMA {name}") for name in wanted} == wanted


def test_all_tables_are_strict(data: DataFile) -> None:
    db: Database = data.journal._db
    ours = {"entries", "patients", "patient_words", "sessions", "staff", "clinic", "days", "runs", "attachments"}
    strict = {row["name"] for row in db.query("PRAGMA table_list") if row["strict"]}
    assert strict == ours


def test_names_answers_and_keys_never_stand_in_clear_on_the_disk(data: DataFile, folder: Path, key: DataKey) -> None:
    data.journal.append(patient(notes="prefers the window seat"), answer("a glass of apple juice"), *[LONG_NOTE] * 30)
    secrets = [
        b"Okafor", b"okafor", b"Amara", b"004417", b"1986-03-14", b"window seat", b"apple juice", b"nnnnnnnn",
        b"CREATE TABLE", b"SQLite format", key.secret, key.secret.hex().encode(),
    ]  # fmt: skip
    while_open = [path.read_bytes() for path in folder.iterdir()]
    assert len(while_open) == 5
    data.close()
    closed = [path.read_bytes() for path in folder.iterdir()]
    assert [secret for secret in secrets for raw in while_open + closed if secret in raw] == []
    readable = raw_connection(folder / DATA_NAME, key)
    assert "Okafor" in str(readable.execute("SELECT body FROM entries").fetchall())
    readable.close()
