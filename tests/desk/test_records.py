"""The Records page: closed records, what waits for a signature, where the paper is; and changes in the file itself."""

from pathlib import Path

import pytest

from checklist.desk import Desk
from checklist.errors import NotAllowed
from checklist.model import EntryKind, Level, Meaning, SessionId
from checklist.snapshot import Record
from checklist.store.datafile import DATA_NAME
from checklist.times import ManualClock
from tests.desk.closed import ME, Closed, signed
from tests.desk.visit import PASSWORD, Visit, front_door
from tests.store.drafts import raw_connection


@pytest.fixture
def closed(desk: Desk, clock: ManualClock) -> Closed:
    return Closed.third(desk, clock)


def status(desk: Desk, session: SessionId) -> tuple[Level, str]:
    return next((row.level, row.status) for row in desk.records().rows if row.session.id == session)


def paper(desk: Desk, session: SessionId) -> str:
    return next(row.paper for row in desk.records().rows if row.session.id == session)


def test_a_signed_record_stands_on_the_page_for_two_weeks_and_longer_when_asked(closed: Closed, desk: Desk) -> None:
    assert status(desk, closed.session) == (Level.CLEAR, "Signed")
    closed.clock.advance(days=20)
    assert not desk.records().rows
    assert [row.session.id for row in desk.records(days=28).rows] == [closed.session]


def test_the_signed_paper_goes_from_printed_to_filed_and_a_new_version_is_not_filed(closed: Closed, desk: Desk) -> None:
    assert paper(desk, closed.session) == "Not printed"
    desk.printed(closed.session, "record")
    assert paper(desk, closed.session) == "Printed, not filed"
    assert desk.file_paper(closed.session).record.filed == (1,)
    assert paper(desk, closed.session) == "Filed"
    with pytest.raises(NotAllowed, match="filed already"):
        desk.file_paper(closed.session)
    closed.amend("answer:vitals.weight", "86.4")
    assert paper(desk, closed.session) == "Version 1 filed, this one not"
    assert desk.file_paper(closed.session).record.filed == (1, 2)
    assert EntryKind.FILED in closed.kinds()


def test_an_open_record_has_no_paper_to_file(visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="not closed yet"):
        visit.desk.file_paper(visit.session)


def test_a_visit_left_open_yesterday_is_on_the_page_and_todays_is_not(visit: Visit, desk: Desk) -> None:
    visit.identify()
    assert visit.session not in [row.session.id for row in desk.records().rows]
    visit.clock.advance(days=1)
    assert status(desk, visit.session) == (Level.REVIEW, "Not closed")


def test_an_ended_visit_and_one_in_error_are_told_apart(visit: Visit, desk: Desk, closed: Closed) -> None:
    visit.desk.end(visit.session, "cancelled", "Snow")
    assert status(desk, visit.session) == (Level.INFO, "Ended")
    desk.mark_in_error(closed.session, (), "Other patient", **ME)
    assert status(desk, closed.session) == (Level.INFO, "Entered in error")


# ---- the file itself was changed


def opened_after(desk: Desk, folder: Path, clock: ManualClock, session: SessionId, statement: str) -> Record:
    """The record as it is read after somebody with the key ran a statement on the file."""
    raw = raw_connection(folder / DATA_NAME, desk._key)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    raw.commit()
    raw.close()
    desk.close()
    again = front_door(folder, clock).sign_in("ortiz", PASSWORD)
    record = again.open(session).record
    assert status(again, session) == (Level.STOP, "Changed after signing")
    again.close()
    return record


def test_an_answer_changed_in_the_file_breaks_every_signature_after_it(
    closed: Closed, desk: Desk, folder: Path, clock: ManualClock
) -> None:
    assert not closed.record.broken
    entry = next(one for one in desk._log(closed.session) if one.item == "vitals.weight")
    change = f"UPDATE entries SET body = replace(body, '68.4', '48.6') WHERE seq = {entry.seq}"
    record = opened_after(desk, folder, clock, closed.session, change)
    assert Meaning.DISCHARGE in {one.meaning for one in record.broken}
    assert [one.intact for one in signed(record, Meaning.DISCHARGE)] == [False]
    assert record.is_closed


def test_an_entry_taken_out_of_the_file_no_longer_gives_the_seal(
    closed: Closed, desk: Desk, folder: Path, clock: ManualClock
) -> None:
    entry = next(one for one in desk._log(closed.session) if one.item == "fasting.fatty")
    record = opened_after(desk, folder, clock, closed.session, f"DELETE FROM entries WHERE seq = {entry.seq}")
    assert [one.intact for one in signed(record, Meaning.DISCHARGE)] == [False]
