"""A paper that was written while the PC was down, attached to its visit: before the record is closed and after it."""

from pathlib import Path
from typing import Any

import pytest

from checklist.acts import AmendmentKind, Target
from checklist.attached import Content, Media
from checklist.desk import Desk
from checklist.errors import NotAllowed, NotSaved, NotUnderstood, SignInFailed
from checklist.model import EntryKind, Meaning
from checklist.pictures import as_paper
from checklist.snapshot import Snapshot
from checklist.store.datafile import DataFile
from checklist.times import ManualClock, written_time
from tests.desk.closed import ME, Closed
from tests.desk.visit import PASSWORD, Visit
from tests.test_pictures import pdf, picture

SHEET = as_paper(pdf(2))
SCAN = as_paper(picture("PNG"))


def attach(visit: Visit, content: Content = SHEET, title: str = "Downtime sheet", **more: Any) -> Snapshot:
    return visit.desk.attach(visit.session, content, title, **more)


def test_29_the_downtime_sheet_is_attached_with_its_title_time_and_who(visit: Visit) -> None:
    visit.prepare()
    snapshot = attach(visit, time_from="0915", time_to="1005")
    (one,) = snapshot.record.current_attachments
    assert (one.title, one.media, one.pages, one.length) == ("Downtime sheet", Media.PDF, 2, len(SHEET.data))
    assert one.paper_from is not None
    assert one.paper_to is not None
    assert (written_time(one.paper_from), written_time(one.paper_to)) == ("09:15", "10:05")
    assert snapshot.name_of(one.by) == "R. Ortiz, RN"
    assert one.mark == SHEET.sha256[:12].upper()
    assert visit.desk.attached_bytes(visit.session, one.row) == SHEET.data


def test_29_no_time_on_the_paper_is_no_time_and_nothing_is_invented(visit: Visit) -> None:
    (one,) = attach(visit).record.attachments
    assert (one.paper_from, one.paper_to) == (None, None)


def test_29_after_the_record_was_closed_it_is_a_late_entry_with_a_signature_of_its_own(
    desk: Desk, clock: ManualClock
) -> None:
    closed = Closed.third(desk, clock)
    discharged = closed.record.signature(Meaning.DISCHARGE)
    snapshot = desk.attach(closed.session, SHEET, "Downtime sheet", reason="Power cut in the afternoon", **ME)
    record = snapshot.record
    (one,), (made,) = record.current_attachments, record.amendments
    assert (made.kind, made.target, made.version) == (AmendmentKind.LATE_ENTRY, Target.ATTACHMENT, 2)
    assert made.now == f"Downtime sheet, PDF, {one.mark}"
    assert made.reason == "Power cut in the afternoon"
    assert (record.version, record.signed_version, record.is_changed_after_signing) == (2, 2, False)
    assert record.signature(Meaning.DISCHARGE) == discharged
    assert record.broken == ()
    assert desk.attached_bytes(closed.session, one.row) == SHEET.data
    assert desk._file.verify().ok


def test_29_a_closed_record_takes_no_paper_without_the_right_password(desk: Desk, clock: ManualClock) -> None:
    closed = Closed.third(desk, clock)
    with pytest.raises(SignInFailed):
        desk.attach(closed.session, SHEET, "Downtime sheet", user="ortiz", password="wrong")
    assert closed.record.attachments == ()
    assert desk._file.verify().ok


def test_29_a_late_sheet_whose_signature_cannot_be_saved_waits_for_it_and_is_there(
    desk: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, append = Closed.third(desk, clock), desk._append

    def full(*drafts: Any, **more: Any) -> object:
        if any(one.kind is EntryKind.SIGNATURE for one in drafts):
            raise NotSaved("The disk is full.")
        return append(*drafts, **more)

    monkeypatch.setattr(desk, "_append", full)
    with pytest.raises(NotSaved):
        desk.attach(closed.session, SHEET, "Downtime sheet", **ME)
    monkeypatch.undo()
    assert closed.record.is_changed_after_signing
    assert [one.title for one in closed.record.current_attachments] == ["Downtime sheet"]
    assert not desk.sign_amendments(closed.session, **ME).record.is_changed_after_signing


@pytest.mark.parametrize("key", [True, False])
def test_29_attached_in_error_is_struck_with_its_reason_kept_and_not_shown(visit: Visit, key: bool) -> None:
    visit.identify()
    (one,) = attach(visit).record.attachments
    keys = [f"attachment:{one.row}"] if key else []
    snapshot = visit.desk.mark_in_error(visit.session, keys, "Sheet of another day", user="ortiz", password=PASSWORD)
    (struck,) = snapshot.record.attachments
    assert snapshot.record.current_attachments == ()
    assert struck.error == "entered in error: Sheet of another day"
    with pytest.raises(NotAllowed, match="attached in error"):
        visit.desk.attached_bytes(visit.session, one.row)
    assert visit.desk._file.attachments.content(one.sha256) == SHEET.data
    assert visit.desk._file.verify().ok


def test_29_the_sheet_of_another_patient_moves_to_that_record_and_its_bytes_are_kept_once(
    desk: Desk, clock: ManualClock
) -> None:
    wrong, right = Visit.begin(desk, clock), Visit.begin(desk, clock, "Lindqvist")
    (one,) = attach(wrong).record.attachments
    desk.mark_in_error(
        wrong.session, [f"attachment:{one.row}"], "Wrong pile", user="ortiz", password=PASSWORD, other=right.session
    )
    (there,) = right.now.record.current_attachments
    assert (there.title, there.sha256) == (one.title, one.sha256)
    assert desk.attached_bytes(right.session, there.row) == SHEET.data
    assert desk._file.verify().ok


def test_29_the_same_file_is_attached_once(visit: Visit) -> None:
    attach(visit)
    with pytest.raises(NotUnderstood, match=r"attached already: Downtime sheet, PDF, 2 pages"):
        attach(visit, title="Once more")


@pytest.mark.parametrize(
    ("title", "times", "told"),
    [
        ("  ", {}, "Write what the paper is"),
        ("Sheet", {"time_from": "1005", "time_to": "0915"}, "would end before it begins"),
        ("Sheet", {"time_from": "soon"}, "soon"),
    ],
)
def test_29_what_is_not_understood_attaches_nothing(visit: Visit, title: str, times: dict[str, Any], told: str) -> None:
    with pytest.raises(NotUnderstood, match=told):
        attach(visit, title=title, **times)
    assert visit.now.record.attachments == ()
    assert visit.desk._file.verify().ok


def test_29_opening_and_answering_a_visit_never_read_the_bytes(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    attach(visit)
    attach(visit, SCAN, "Consent, signed on paper")
    visit.desk._logs.clear()
    visit.desk._folded.clear()
    asked: list[str] = []
    visit.desk._file.journal._db.conn.set_trace_callback(asked.append)
    visit.identify()
    visit.desk.board()
    visit.desk._file.journal._db.conn.set_trace_callback(None)
    assert asked
    assert [sql for sql in asked if "attachments" in sql] == []


def test_29_the_discharge_signature_covers_what_was_attached_before_it(visit: Visit) -> None:
    before = visit.now.record.seal
    assert attach(visit).record.seal != before


def test_29_no_disk_no_attachment_and_the_file_stays_whole(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry fails after the bytes were written: neither is kept."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(visit.desk._file.journal, "_insert", full)
    with pytest.raises(OSError, match="No space left"):
        attach(visit)
    monkeypatch.undo()
    assert visit.now.record.attachments == ()
    assert visit.desk._file.verify().ok


def test_29_the_journal_says_what_was_attached(visit: Visit) -> None:
    attach(visit)
    (entry,) = visit.desk._file.journal.entries(session=visit.session, kinds=[EntryKind.ATTACHMENT])
    line = visit.desk._line(entry)
    assert line.what == "Paper attached"
    assert "title: Downtime sheet" in line.value


def test_29_the_attachment_outlives_the_desk(visit: Visit, folder: Path, clock: ManualClock) -> None:
    attach(visit)
    desk, key = visit.desk, visit.desk._key.secret
    desk._file.close()
    with DataFile.open(folder, type(desk._key)(key), clock, "front-desk") as again:
        assert again.attachments.content(SHEET.sha256) == SHEET.data
