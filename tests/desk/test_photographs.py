"""A patient's photograph: beside the name where somebody of today is easily taken for another; none is normal."""

import pytest

from checklist.attached import PhotoState
from checklist.desk import Desk
from checklist.model import EntryKind, PatientId
from checklist.pictures import as_photo
from checklist.times import ManualClock
from tests.desk.visit import Visit
from tests.test_pictures import picture

FIRST, SECOND = as_photo(picture()), as_photo(picture(size=(500, 500)))


@pytest.fixture
def smith(desk: Desk) -> PatientId:
    return desk.find_patients("Smith")[0].patient.id


def test_16_the_photograph_comes_with_every_snapshot_and_says_who_put_it_there(desk: Desk, clock: ManualClock) -> None:
    visit = Visit.begin(desk, clock, "Smith")
    before = visit.now
    assert before.photo is None
    desk.set_photo(visit.now.patient.id, FIRST)
    photo = visit.now.photo
    assert photo is not None
    assert (photo.state, photo.data, photo.by) == (PhotoState.TAKEN, FIRST.data, desk.me.id)


def test_16_similar_names_found_together_bring_their_photographs(desk: Desk, smith: PatientId) -> None:
    desk.set_photo(smith, FIRST)
    rows = {row.patient.family: row for row in desk.find_patients("smi")} | {
        row.patient.family: row for row in desk.find_patients("john")
    }
    assert rows["Smith"].same_name
    assert rows["Smith"].photo == FIRST.data
    assert rows["Smyth"].photo is None


def test_16_the_board_shows_photographs_beside_similar_names_alone(desk: Desk, clock: ManualClock) -> None:
    for name in ("Smith", "Smyth", "Okafor"):
        desk.set_photo(Visit.begin(desk, clock, name).now.patient.id, FIRST)
    assert {row.patient.family: bool(row.photo) for row in desk.board().rows} == {
        "Smith": True,
        "Smyth": True,
        "Okafor": False,
    }


def test_16_another_photograph_keeps_the_one_before_and_the_journal_says_who_and_when(
    desk: Desk, smith: PatientId
) -> None:
    desk.set_photo(smith, FIRST)
    desk.set_photo(smith, SECOND)
    newest = desk.photo(smith)
    assert newest is not None
    assert newest.data == SECOND.data
    assert desk._file.attachments.content(FIRST.sha256) == FIRST.data
    entries = desk._file.journal.entries(patient=smith, kinds=[EntryKind.PHOTO])
    assert [(entry.body["sha256"], entry.by) for entry in entries] == [
        (FIRST.sha256, desk.me.id),
        (SECOND.sha256, desk.me.id),
    ]
    assert desk._file.verify().ok


@pytest.mark.parametrize("state", [PhotoState.DECLINED, PhotoState.NONE])
def test_16_no_photograph_is_normal_and_blocks_nothing(desk: Desk, clock: ManualClock, state: PhotoState) -> None:
    visit = Visit.begin(desk, clock, "Okafor")
    before = visit.prepare().clearance
    desk.set_photo(visit.now.patient.id, FIRST)
    photo = desk.no_photo(visit.now.patient.id, state)
    assert (photo.state, photo.data) == (state, None)
    assert visit.now.clearance == before
    assert desk._file.verify().ok


def test_16_a_photograph_that_does_not_read_back_is_as_none_and_care_goes_on(
    desk: Desk, smith: PatientId, clock: ManualClock
) -> None:
    desk.set_photo(smith, FIRST)
    db = desk._file.journal._db
    db.execute("DROP TRIGGER attachments_stay")
    db.execute("UPDATE attachments SET bytes = zeroblob(length)")
    desk._photos.forget(smith)
    visit = Visit.begin(desk, clock, "Smith")
    assert visit.now.photo is not None
    assert visit.now.photo.data is None
    assert visit.identify().answer("identity.name") is not None
    assert desk._file.verify().problems == (
        f"The attachment {FIRST.sha256[:12].upper()} of entry 103 was changed after it was kept.",
    )


def test_16_an_answer_reads_the_photograph_once_and_not_again(desk: Desk, clock: ManualClock) -> None:
    visit = Visit.begin(desk, clock, "Smith")
    desk.set_photo(visit.now.patient.id, FIRST)
    desk._photos.forget(visit.now.patient.id)
    asked: list[str] = []
    desk._file.journal._db.conn.set_trace_callback(asked.append)
    visit.identify()
    visit.identify()
    desk._file.journal._db.conn.set_trace_callback(None)
    assert len([sql for sql in asked if "attachments" in sql]) == 1
