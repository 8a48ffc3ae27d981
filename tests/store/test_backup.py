"""A backup is made while people work, proves itself, and is never called one before it did."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.errors import BackupFailed, BackupStopped, DamagedDataFile
from checklist.store.backup import PARTIAL, backups_in, make_backup, prove
from checklist.store.datafile import DataFile
from checklist.store.manifest import MANIFEST_NAME, as_bytes
from checklist.store.names import DATA_NAME, KEYS_NAME, PROTOCOL_NAME
from checklist.store.slots import DataKey
from checklist.store.verify import CLOSED, check, opened
from checklist.times import ManualClock, Moment
from tests.store.copies import MADE, backed_up, flip, set_up, wanted
from tests.store.drafts import answer, patient, raw_connection
from tests.store.test_world_fails import files_may_not_grow_over


@pytest.fixture
def data(folder: Path, key: DataKey, clock: ManualClock) -> Iterator[DataFile]:
    with set_up(folder, key, clock) as made:
        yield made


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A USB stick."""
    stick = tmp_path / "Sauvegarde é #2"
    stick.mkdir()
    return stick


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_the_same_entries_and_opens_with_the_same_key(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    backup = backed_up(folder, key, drive)
    assert names(drive) == [f"checklist-backup-{key.name[:8]}-20261118-180200"]
    assert names(backup.path) == [DATA_NAME, KEYS_NAME, MANIFEST_NAME]
    with opened(backup.path / DATA_NAME, key, CLOSED) as copy:
        assert [row["hash"] for row in copy.query("SELECT hash FROM entries ORDER BY seq")] == [
            entry.hash for entry in data.journal.entries()
        ]
    held = backup.manifest.contents
    assert (held.entries, held.patients, held.sessions, held.staff) == (24, 1, 1, 1)
    assert held.last_hash == data.journal.entries()[-1].hash
    assert backup.made == MADE


def test_the_copy_is_encrypted(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    data.journal.append(patient(2, family="Okonkwo"))
    backup = backed_up(folder, key, drive)
    raw = b"".join(path.read_bytes() for path in backup.path.iterdir())
    secrets = [b"SQLite format", b"Okonkwo", b"Okafor", b"CREATE TABLE", key.secret, key.secret.hex().encode()]
    assert [secret for secret in secrets if secret in raw] == []
    with (
        pytest.raises(DamagedDataFile, match="does not open with the key"),
        opened(backup.path / DATA_NAME, DataKey(bytes(32)), CLOSED),
    ):
        pass


def test_answers_given_while_it_runs_are_saved_and_the_backup_is_of_one_moment(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    data.journal.append(*[answer("n" * 10_000)] * 300)  # 3 MB: several steps
    before, steps = data.journal.last_seq, 0

    def report(what: str, done: int, of: int) -> None:
        nonlocal steps
        if what == "Copying":
            steps += 1
            data.journal.append(answer("meanwhile"))

    backup = make_backup(wanted(folder, key), drive, report)
    assert steps >= 3
    assert backup.manifest.contents.entries == before
    assert data.journal.last_seq == before + steps
    assert data.verify().ok
    assert prove(backup.path, key) == backup


def test_the_clinic_s_own_protocol_goes_along(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    (folder / PROTOCOL_NAME).write_text("version = 'ours'", encoding="utf-8")
    backup = backed_up(folder, key, drive)
    assert (backup.path / PROTOCOL_NAME).read_text(encoding="utf-8") == "version = 'ours'"
    (backup.path / PROTOCOL_NAME).write_text("version = 'theirs'", encoding="utf-8")
    with pytest.raises(BackupFailed, match=r"the file protocol.toml is not as it was written"):
        prove(backup.path, key)


def test_two_backups_in_one_second_do_not_meet(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    first, second = backed_up(folder, key, drive), backed_up(folder, key, drive)
    assert second.path.name == first.path.name + "-2"
    assert {backup.path for backup in backups_in(drive)} == {first.path, second.path}


def test_a_stopped_backup_leaves_nothing(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    def report(what: str, done: int, of: int) -> None:
        if what == "Reading pages":
            raise BackupStopped("Stopped.")

    with pytest.raises(BackupStopped):
        make_backup(wanted(folder, key), drive, report)
    assert names(drive) == []


def test_what_a_pulled_plug_left_is_cleared_and_strangers_files_stay(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    half = drive / f"checklist-backup-{key.name[:8]}-20261117-180200{PARTIAL}"
    other = drive / f"checklist-backup-00000000-20261117-180200{PARTIAL}"
    for one in (half, other):
        one.mkdir()
        (one / DATA_NAME).write_bytes(b"half")
    (half / "holiday.jpg").write_bytes(b"beach")
    backup = backed_up(folder, key, drive)
    assert names(drive) == sorted([backup.path.name, half.name, other.name])
    assert names(half) == ["holiday.jpg"]
    assert names(other) == [DATA_NAME]


def test_a_drive_that_is_not_there_is_told(data: DataFile, folder: Path, key: DataKey, tmp_path: Path) -> None:
    gone = tmp_path / "USB"
    with pytest.raises(BackupFailed) as refused:
        make_backup(wanted(folder, key), gone)
    assert refused.value.sentence == (
        f"No backup was made: {gone} is not there. Plug the drive in, or choose another folder, then try again."
    )
    assert not gone.exists()


def test_a_drive_that_vanishes_meanwhile_is_told(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    def report(what: str, done: int, of: int) -> None:
        shutil.rmtree(drive, ignore_errors=True)

    with pytest.raises(BackupFailed, match=r"^(No backup was made: .* is not there|The backup .* (is damaged|cannot))"):
        make_backup(wanted(folder, key), drive, report)
    assert data.verify().ok


def test_a_file_in_place_of_the_folder_is_told(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    (drive / "note.txt").write_text("x")
    with pytest.raises(BackupFailed, match=r"is not there|is not a folder"):
        make_backup(wanted(folder, key), drive / "note.txt")


def test_a_drive_that_takes_no_more_is_told(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    with files_may_not_grow_over(8192), pytest.raises(BackupFailed, match=r"^No backup was made: .* then try again\.$"):
        make_backup(wanted(folder, key), drive)
    assert names(drive) == []
    data.journal.append(answer("after"))
    assert data.verify().ok


def test_a_backup_in_the_data_folder_is_refused(data: DataFile, folder: Path, key: DataKey) -> None:
    for target in (folder, folder / "copies"):
        with pytest.raises(BackupFailed, match=r"would be lost together with the data"):
            make_backup(wanted(folder, key), target)


def test_a_damaged_data_file_is_told_as_such_and_gives_no_backup(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    data.journal.append(*[answer("n" * 10_000)] * 20)
    data.close()
    flip(folder / DATA_NAME, (folder / DATA_NAME).stat().st_size - 2000)
    with pytest.raises(DamagedDataFile, match=r"^The data file is damaged"):
        make_backup(wanted(folder, key), drive)
    assert names(drive) == []


def test_a_journal_that_was_changed_gives_no_backup(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    raw = raw_connection(folder / DATA_NAME, key)
    raw.execute("DROP TRIGGER entries_stay")
    raw.execute("UPDATE entries SET body = '{}' WHERE seq = 7")
    raw.close()
    with pytest.raises(BackupFailed, match=r"Entry 7 was changed after it was written"):
        make_backup(wanted(folder, key), drive)
    assert names(drive) == []


def test_missing_keys_give_no_backup(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    (folder / KEYS_NAME).unlink()
    with pytest.raises(BackupFailed, match=r"clinic.keys is missing"):
        make_backup(wanted(folder, key), drive)


@pytest.mark.parametrize("name", [DATA_NAME, KEYS_NAME, MANIFEST_NAME])
def test_one_changed_byte_of_any_file_is_found(
    data: DataFile, folder: Path, key: DataKey, drive: Path, name: str
) -> None:
    backup = backed_up(folder, key, drive)
    size = (backup.path / name).stat().st_size
    for place in (0, size // 2, size - 1):
        flip(backup.path / name, place)
        with pytest.raises(BackupFailed):
            prove(backup.path, key)
        flip(backup.path / name, place)
    assert prove(backup.path, key) == backup


@pytest.mark.parametrize("name", [DATA_NAME, KEYS_NAME, MANIFEST_NAME])
def test_a_missing_file_is_told(data: DataFile, folder: Path, key: DataKey, drive: Path, name: str) -> None:
    backup = backed_up(folder, key, drive)
    (backup.path / name).unlink()
    with pytest.raises(BackupFailed, match=r"no such file"):
        prove(backup.path, key)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b'{"format": "x"}', b'{"format": 1, "files": {}}', b"\xff\xfe", b"{" * 100_000],
)
def test_a_damaged_description_is_refused(
    data: DataFile, folder: Path, key: DataKey, drive: Path, content: bytes
) -> None:
    backup = backed_up(folder, key, drive)
    (backup.path / MANIFEST_NAME).write_bytes(content)
    with pytest.raises(BackupFailed, match=r"description of (the backup )?.* is damaged|is not complete"):
        prove(backup.path, key)
    assert backups_in(drive) == ()


def test_a_description_of_a_newer_program_is_refused(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    backup = backed_up(folder, key, drive)
    changed = json.loads((backup.path / MANIFEST_NAME).read_bytes()) | {"format": 2}
    (backup.path / MANIFEST_NAME).write_text(json.dumps(changed))
    with pytest.raises(BackupFailed, match=r"made by a newer version"):
        prove(backup.path, key)


def test_a_description_of_an_impossible_time_is_refused(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    backup = backed_up(folder, key, drive)
    changed = json.loads((backup.path / MANIFEST_NAME).read_bytes()) | {"made": "yesterday"}
    (backup.path / MANIFEST_NAME).write_text(json.dumps(changed))
    with pytest.raises(BackupFailed, match=r"is damaged"):
        prove(backup.path, key)


def test_the_data_file_of_another_day_in_a_backup_is_found(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    monday = backed_up(folder, key, drive)
    data.journal.append(answer("tuesday"))
    tuesday = backed_up(folder, key, drive, MADE.plus(days=1))
    shutil.copyfile(monday.path / DATA_NAME, tuesday.path / DATA_NAME)
    with pytest.raises(BackupFailed, match=r"the file clinic.db is not as it was written"):
        prove(tuesday.path, key)


def test_a_description_with_the_right_seal_but_wrong_counts_is_found(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    from dataclasses import replace

    backup = backed_up(folder, key, drive)
    contents = replace(backup.manifest.contents, patients=2)
    (backup.path / MANIFEST_NAME).write_bytes(as_bytes(replace(backup.manifest, contents=contents), key))
    with pytest.raises(BackupFailed, match=r"does not hold what its description says"):
        prove(backup.path, key)


def test_another_clinic_s_key_proves_nothing(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    backup = backed_up(folder, key, drive)
    with pytest.raises(BackupFailed, match=r"does not carry the seal of this key"):
        prove(backup.path, DataKey(bytes(32)))


def test_a_rewritten_journal_contradicts_the_note_of_an_earlier_backup(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock
) -> None:
    """All hashes are computed anew by somebody with the key; the note of the backup still names the old one."""
    from checklist.model import Draft, EntryKind
    from checklist.store.canonical import FIRST_PREVIOUS, entry_hash
    from checklist.store.chain import COLUMNS
    from tests.store.drafts import NURSE

    last = data.journal.entries()[-1]
    note = Draft(EntryKind.BACKUP, NURSE, {"entries": last.seq, "last_hash": last.hash})
    data.journal.append(note, answer("later"))
    assert data.verify().ok
    raw = raw_connection(folder / DATA_NAME, key)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute('UPDATE entries SET body = \'{"typed":"0 mg"}\' WHERE seq = 10')
    previous = FIRST_PREVIOUS
    columns = ", ".join(f'"{name}"' for name in COLUMNS)
    for row in raw.execute(f"SELECT {columns} FROM entries ORDER BY seq").fetchall():
        hash_ = entry_hash(tuple(row), previous)
        raw.execute("UPDATE entries SET prev_hash = ?, hash = ? WHERE seq = ?", (previous, hash_, row[0]))
        previous = hash_
    raw.close()
    assert data.verify().problems == (
        "Entry 25 notes a backup of 24 entries whose last one was another than entry 24 is now: "
        "the journal was rewritten after that backup.",
    )


def test_backups_are_listed_newest_first_and_a_missing_drive_lists_none(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    made = [MADE.plus(days=day) for day in (0, 2, 1)]
    for moment in made:
        backed_up(folder, key, drive, moment)
    (drive / "checklist-backup-empty").mkdir()
    assert [backup.made for backup in backups_in(drive)] == sorted(made, reverse=True)
    assert backups_in(drive / "nowhere") == ()


def test_the_hour_that_comes_twice_gives_two_names(data: DataFile, folder: Path, key: DataKey, drive: Path) -> None:
    first = Moment.stored("2026-11-01T01:30:00.000000-04:00[America/New_York]")
    assert backed_up(folder, key, drive, first).path.name.endswith("20261101-013000")
    assert backed_up(folder, key, drive, first.plus(hours=1)).path.name.endswith("20261101-013000-2")


def test_a_write_protected_backup_is_proven_without_touching_it(
    data: DataFile, folder: Path, key: DataKey, drive: Path
) -> None:
    backup = backed_up(folder, key, drive)
    before = {path.name: path.stat().st_mtime_ns for path in backup.path.iterdir()}
    backup.path.chmod(0o500)
    try:
        prove(backup.path, key)
        with opened(backup.path / DATA_NAME, key, CLOSED) as copy:
            assert check(copy).ok
    finally:
        backup.path.chmod(0o700)
    assert {path.name: path.stat().st_mtime_ns for path in backup.path.iterdir()} == before
