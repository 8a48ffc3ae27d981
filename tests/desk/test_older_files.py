"""Data files that older programs wrote open in this one, with a proven copy and a proven backup made before.

`tests/data/schema-N` holds what a program of that schema wrote: a clinic with three people, six patients and one whole
visit. Made by the code of its time, in a worktree of the commit (1: 47bf736, 2: ee96f94, 3: 39c5932, 4: 055489e), with
`python -c "from pathlib import Path; from tests.desk.written import write_clinic; write_clinic(Path('schema-N'))"`;
from 5 on with `write_papers`, which adds a photograph and an attached paper.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor
from checklist.desk.backup_door import open_to_restore
from checklist.desk.restore import RestoreJob, offers_in
from checklist.model import EntryKind, EventKind, Level, Meaning, SessionState
from checklist.store.canonical import entry_hash
from checklist.store.connection import connect, one
from checklist.store.migrations import current_schema, schema_number
from checklist.store.names import DATA_NAME, KEYS_NAME
from checklist.store.slots import DataKey
from checklist.store.vault import Vault
from checklist.store.verify import CLOSED, check, opened
from checklist.times import ManualClock
from tests.desk.visit import MORNING, PASSWORD, front_door

DATA = Path(__file__).parent.parent / "data"
ENTRIES = {1: 96, 2: 96, 3: 101, 4: 101, 5: 105}
OLDER = sorted(number for number in ENTRIES if number < current_schema().number)


def of_schema(number: int, tmp_path: Path) -> FrontDoor:
    folder = Path(shutil.copytree(DATA / f"schema-{number}", tmp_path / "clinic"))
    return front_door(folder, ManualClock(MORNING))


def key_of(door: FrontDoor) -> DataKey:
    return Vault.open(door.folder / KEYS_NAME).unlock("ortiz", PASSWORD, door.clock)


def set_folder(door: FrontDoor, folder: Path) -> None:
    """What a program of that time wrote when a backup folder was chosen."""
    db = connect(door.folder / DATA_NAME, key_of(door))
    seq, last = db.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    body = json.dumps({"folders": [str(folder)]}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    content = (seq + 1, "backup_folders", MORNING.store(), "s", None, None, "", body, "pc", "0")
    db.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*content, last, entry_hash(content, last)]
    )
    if schema_number(db) > 1:
        db.execute("INSERT INTO days (first_seq, day) VALUES (?, ?)", [seq + 1, MORNING.store()[:10]])
    if schema_number(db) > 3:
        db.execute("INSERT INTO runs (first_seq, session) VALUES (?, NULL)", [seq + 1])
    db.close()


@contextmanager
def signed_in(door: FrontDoor) -> Iterator[Desk]:
    desk = door.sign_in("ortiz", PASSWORD)
    try:
        yield desk
    finally:
        desk.close()


def test_there_is_a_file_of_every_schema_before_this_one() -> None:
    assert set(range(1, current_schema().number)) <= set(ENTRIES)
    assert {f"schema-{number}" for number in ENTRIES} == {path.name for path in DATA.glob("schema-?")}


@pytest.mark.parametrize("number", ENTRIES)
def test_a_file_of_each_schema_opens_whole_with_its_entries_and_its_visit(number: int, tmp_path: Path) -> None:
    door = of_schema(number, tmp_path)
    with opened(door.folder / DATA_NAME, key_of(door), CLOSED) as db:
        assert (schema_number(db), one(db, "SELECT count(*) FROM entries")) == (number, ENTRIES[number])
    with signed_in(door) as desk:
        reads_as_written(desk, number)


def reads_as_written(desk: Desk, number: int) -> None:
    assert schema_number(desk._file._db) == current_schema().number
    found = desk._file.verify()
    assert (found.problems, found.entries) == ((), ENTRIES[number] + 1)  # and the sign-in
    assert desk._file.index.counts() == {"patients": 6, "sessions": 1, "staff": 3}
    (row,) = desk.find_patients("okaf")
    assert (row.patient.display_name, row.patient.mrn, str(row.patient.born)) == (
        "OKAFOR, Amara (Ms)",
        "0045 12",
        "1986-03-14",
    )
    assert row.last_visit is not None
    (visit,) = desk._file.index.sessions_of(row.patient.id)
    snapshot = desk.open(visit.id)
    assert snapshot.state is SessionState.DISCHARGED
    assert next(one.typed for one in snapshot.record.current_medicines) == "sertraline 100 mg"
    assert snapshot.record.event(EventKind.STOPPED) is not None
    assert snapshot.record.signature(Meaning.DISCHARGE) is not None
    assert desk.new_session(row.patient.id).record.session.number == 4


@pytest.mark.parametrize("number", [number for number in ENTRIES if number >= 5])
def test_photograph_and_attached_paper_of_a_file_read_back(number: int, tmp_path: Path) -> None:
    with signed_in(of_schema(number, tmp_path)) as desk:
        photo = desk.photo(desk.find_patients("Smith")[0].patient.id)
        assert photo is not None
        assert photo.data is not None
        (visit,) = desk.sessions_of(desk.find_patients("okaf")[0].patient.id)
        (one,) = desk.open(visit.id).record.current_attachments
        assert (one.title, one.pages, one.mark) == ("Downtime sheet", 2, "299B87C82A53")
        assert desk.attached_bytes(visit.id, one.row).startswith(b"%PDF-")


@pytest.mark.parametrize("number", OLDER)
def test_before_an_update_a_proven_backup_goes_to_the_clinics_folders(number: int, tmp_path: Path) -> None:
    door, drive = of_schema(number, tmp_path), tmp_path / "USB"
    drive.mkdir()
    set_folder(door, drive)
    with signed_in(door) as desk:
        (entry,) = desk._file.journal.entries(kinds=[EntryKind.BACKUP])
        assert entry.body["entries"] == ENTRIES[number] + 1
        assert desk.backup_status().level is Level.CLEAR
    (backup,) = drive.iterdir()
    with opened(backup / DATA_NAME, key_of(door), CLOSED) as db:
        assert schema_number(db) == number
    with signed_in(door):
        pass
    assert len(list(drive.iterdir())) == 1  # once, not at each sign-in
    new = tmp_path / "new pc"
    (offer,) = offers_in(drive)
    empty = front_door(new, ManualClock(MORNING))
    RestoreJob(open_to_restore(empty, offer.path, "ortiz", PASSWORD), new, door.clock, "pc").run(lambda *_: None)
    with signed_in(empty) as back:
        assert back._file.verify().ok


@pytest.mark.parametrize("number", OLDER)
def test_a_folder_out_of_reach_is_said_and_does_not_keep_the_clinic_shut(number: int, tmp_path: Path) -> None:
    door = of_schema(number, tmp_path)
    set_folder(door, tmp_path / "not plugged in")
    with signed_in(door) as desk:
        assert schema_number(desk._file._db) == current_schema().number
        status = desk.backup_status()
    assert status.level is Level.REVIEW
    assert "not plugged in is not there. Plug the drive in" in status.text
    assert len(list(door.folder.glob("clinic-before-update-*.db"))) == 1


@pytest.mark.parametrize("number", OLDER)
def test_a_wrong_list_of_an_older_file_is_found(number: int, tmp_path: Path) -> None:
    door = of_schema(number, tmp_path)
    db = connect(door.folder / DATA_NAME, key_of(door))
    db.execute("UPDATE patients SET mrn = '1'")
    assert check(db).problems == ("The list “patients” is not what the journal says.",)
    db.close()
