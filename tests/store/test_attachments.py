"""Attached bytes: kept once, never changed, carried by every copy; what is not as it was kept is named."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from checklist.attached import Content, Media
from checklist.errors import BackupFailed, DataFileError, NotSaved
from checklist.model import Draft, EntryKind, Json, PatientId, SessionId
from checklist.store.attachments import NOT_WHOLE
from checklist.store.backup import make_backup, prove
from checklist.store.datafile import DATA_NAME, DataFile, FileCheck
from checklist.store.restore import restore
from checklist.store.slots import DataKey
from checklist.store.verify import CLOSED, opened
from checklist.times import ManualClock
from tests.store.copies import flip, set_up, wanted
from tests.store.drafts import NURSE, answer, raw_connection

SHEET = Content(Media.PDF, b"%PDF-1.7 a downtime sheet" * 4000, pages=2)
OTHER = Content(Media.JPEG, b"a photograph" * 1000)
SHEET_NAME = SHEET.sha256[:12].upper()


def attached(content: Content, kind: EntryKind = EntryKind.ATTACHMENT) -> Draft:
    body: dict[str, Json] = {"sha256": content.sha256, "length": len(content.data), "title": "Downtime sheet"}
    session = SessionId("session-1") if kind is EntryKind.ATTACHMENT else None
    return Draft(kind, NURSE, body, PatientId("patient-1"), session)


@pytest.fixture
def clinic(folder: Path, key: DataKey, clock: ManualClock) -> Path:
    """A closed clinic with a sheet that two visits name, and a photograph. Entries 25, 26 and 27."""
    with set_up(folder, key, clock) as data:
        data.append_with(SHEET, attached(SHEET))
        data.append_with(SHEET, attached(SHEET))
        data.append_with(OTHER, attached(OTHER, EntryKind.PHOTO))
    return folder


def problems(folder: Path, key: DataKey, clock: ManualClock) -> tuple[str, ...]:
    with DataFile.open(folder, key, clock, "front-desk") as data:
        return data.verify().problems


def tamper(folder: Path, key: DataKey, *statements: str) -> None:
    """By somebody who has the key and a tool of their own."""
    raw = raw_connection(folder / DATA_NAME, key)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def test_the_same_bytes_are_kept_once_and_read_back_as_they_were(
    clinic: Path, key: DataKey, clock: ManualClock
) -> None:
    with DataFile.open(clinic, key, clock, "front-desk") as data:
        assert data.attachments.content(SHEET.sha256) == SHEET.data
        assert data.attachments.content(OTHER.sha256) == OTHER.data
        rows = data.journal._db.execute("SELECT sha256, kind, length FROM attachments ORDER BY length").fetchall()
        assert rows == [
            (OTHER.sha256, "image/jpeg", len(OTHER.data)),
            (SHEET.sha256, "application/pdf", len(SHEET.data)),
        ]
        assert data.verify() == FileCheck(27)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE attachments SET kind = 'image/png'", "attachments are never changed"),
        ("DELETE FROM attachments", "attachments are never deleted"),
        ("REPLACE INTO attachments SELECT sha256, kind, 1, x'00' FROM attachments", "attachments are only added"),
        (
            "REPLACE INTO attachments (rowid, sha256, kind, length, bytes) "
            "SELECT rowid, replace(sha256, 'a', 'b'), kind, 1, x'00' FROM attachments",
            "attachments are only added",
        ),
    ],
)
def test_the_file_itself_refuses_changes_of_an_attachment(
    clinic: Path, key: DataKey, clock: ManualClock, statement: str, refusal: str, recursive: str
) -> None:
    raw = raw_connection(clinic / DATA_NAME, key)
    raw.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlcipher.IntegrityError, match=refusal):
        raw.execute(statement)
    raw.close()
    assert problems(clinic, key, clock) == ()


@pytest.mark.parametrize("place", [1, 1000, len(SHEET.data)])
def test_one_changed_byte_is_found_named_and_never_shown(
    clinic: Path, key: DataKey, clock: ManualClock, place: int
) -> None:
    changed = f"substr(bytes, 1, {place - 1}) || x'00' || substr(bytes, {place + 1})"
    tamper(clinic, key, f"UPDATE attachments SET bytes = CAST({changed} AS BLOB) WHERE sha256 = '{SHEET.sha256}'")
    assert problems(clinic, key, clock) == (f"The attachment {SHEET_NAME} of entry 25 was changed after it was kept.",)
    with DataFile.open(clinic, key, clock, "front-desk") as data:
        with pytest.raises(DataFileError) as refusal:
            data.attachments.content(SHEET.sha256)
        assert refusal.value.sentence == NOT_WHOLE
        with pytest.raises(DataFileError):
            data.append_with(SHEET, attached(SHEET))
        assert data.journal.last_seq == 27


def test_a_missing_and_an_extra_attachment_are_named(clinic: Path, key: DataKey, clock: ManualClock) -> None:
    extra = Content(Media.PNG, b"nobody's")
    tamper(
        clinic,
        key,
        f"DELETE FROM attachments WHERE sha256 = '{SHEET.sha256}'",
        f"INSERT INTO attachments VALUES ('{extra.sha256}', 'image/png', 8, CAST('nobody''s' AS BLOB))",
    )
    assert problems(clinic, key, clock) == (
        f"The attachment {SHEET_NAME} of entry 25 is missing.",
        f"The attachment {extra.sha256[:12].upper()} belongs to no entry.",
    )
    with DataFile.open(clinic, key, clock, "front-desk") as data, pytest.raises(DataFileError):
        data.attachments.content(SHEET.sha256)


def test_a_file_that_lost_the_whole_table_names_each_attachment(clinic: Path, key: DataKey, clock: ManualClock) -> None:
    tamper(clinic, key, "DROP TABLE attachments")
    assert problems(clinic, key, clock) == (
        f"The attachment {SHEET_NAME} of entry 25 is missing.",
        f"The attachment {OTHER.sha256[:12].upper()} of entry 27 is missing.",
    )


def test_bytes_and_entry_are_kept_together_or_not_at_all(data: DataFile) -> None:
    broken = Draft(EntryKind.PATIENT, NURSE, {"family": "no birth date"}, PatientId("patient-1"))
    with pytest.raises(KeyError):
        data.append_with(SHEET, attached(SHEET), broken)
    assert data.verify() == FileCheck(0)
    with pytest.raises(DataFileError):
        data.attachments.content(SHEET.sha256)


def test_a_late_attachment_in_an_amendment_is_looked_for_too(data: DataFile) -> None:
    body: dict[str, Json] = {"kind": "late_entry", "new": {"sha256": SHEET.sha256}}
    data.append_with(SHEET, Draft(EntryKind.AMENDMENT, NURSE, body, PatientId("patient-1"), SessionId("session-1")))
    assert data.verify() == FileCheck(1)


def test_a_backup_carries_the_attachments_and_proves_them(
    clinic: Path, key: DataKey, clock: ManualClock, tmp_path: Path
) -> None:
    drive = tmp_path / "USB"
    drive.mkdir()
    path = make_backup(wanted(clinic, key), drive).path
    prove(path, key)
    with opened(path / DATA_NAME, key, CLOSED) as db:
        kept = {row[0]: row[1] for row in db.execute("SELECT sha256, bytes FROM attachments").fetchall()}
    assert kept == {SHEET.sha256: SHEET.data, OTHER.sha256: OTHER.data}


def test_a_backup_that_is_brought_back_brings_the_attachments_back(
    clinic: Path, key: DataKey, clock: ManualClock, tmp_path: Path
) -> None:
    drive = tmp_path / "USB"
    drive.mkdir()
    path = make_backup(wanted(clinic, key), drive).path
    tamper(clinic, key, "DELETE FROM attachments")
    restore(path, clinic, key, "before-restore-20261118-1910")
    with DataFile.open(clinic, key, clock, "front-desk") as data:
        assert data.verify() == FileCheck(27)
        assert data.attachments.content(SHEET.sha256) == SHEET.data


def test_a_backup_of_a_file_with_a_changed_attachment_does_not_prove_itself(
    clinic: Path, key: DataKey, tmp_path: Path
) -> None:
    drive = tmp_path / "USB"
    drive.mkdir()
    tamper(clinic, key, f"UPDATE attachments SET bytes = zeroblob(length) WHERE sha256 = '{SHEET.sha256}'")
    with pytest.raises(BackupFailed, match=f"The attachment {SHEET_NAME} of entry 25 was changed after it was kept"):
        make_backup(wanted(clinic, key), drive)
    assert list(drive.iterdir()) == []


def test_a_damaged_file_opened_read_only_still_shows_its_whole_attachments(
    clinic: Path, key: DataKey, clock: ManualClock
) -> None:
    with DataFile.open(clinic, key, clock, "front-desk") as data:
        data.journal.append(*[answer("n" * 3000) for _ in range(40)])
    size = (clinic / DATA_NAME).stat().st_size
    flip(clinic / DATA_NAME, size - 20 * 4096 + 100)
    data, salvage = DataFile.open_read_only(clinic, key, clock, "front-desk")
    with data:
        assert salvage.lost > 0
        assert data.attachments.content(SHEET.sha256) == SHEET.data
        with pytest.raises(NotSaved):
            data.append_with(SHEET, attached(SHEET))
