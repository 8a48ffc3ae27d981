"""Who looked at which record: an entry beside the record, never of it."""

import pytest

from checklist.desk import Desk
from checklist.desk.journal_view import JournalWish
from checklist.model import EntryKind
from checklist.times import ManualClock
from tests.desk.closed import Closed
from tests.desk.visit import PASSWORD


@pytest.fixture
def closed(desk: Desk, clock: ManualClock) -> Closed:
    return Closed.third(desk, clock)


def openings(closed: Closed) -> list[str]:
    return [entry.by for entry in closed.desk._log(closed.session) if entry.kind is EntryKind.OPENED]


def test_who_opened_a_record_stands_in_the_journal_once(closed: Closed, desk: Desk) -> None:
    me = desk.me.id
    desk.opened(closed.session)
    desk.opened(closed.session)
    assert openings(closed) == [me]
    (line, *_) = desk.journal_page(JournalWish()).lines
    assert (line.what, line.who, line.record) == ("Record opened", "R. Ortiz, RN", closed.record.session.record_id)


def test_the_next_person_at_the_desk_and_the_next_sign_in_are_noted_again(closed: Closed, desk: Desk) -> None:
    first = desk.me.id
    desk.opened(closed.session)
    desk.lock()
    desk.unlock("menon", PASSWORD)
    desk.opened(closed.session)
    second = desk.me.id
    desk.lock()
    desk.unlock("ortiz", PASSWORD)
    desk.opened(closed.session)
    assert openings(closed) == [first, second, first]


def test_looking_changes_neither_seal_nor_signatures_of_a_closed_record(closed: Closed, desk: Desk) -> None:
    before = closed.record
    desk.opened(closed.session)
    after = closed.record
    assert (after.seal, after.version, after.signatures) == (before.seal, before.version, before.signatures)
    assert not after.is_changed_after_signing


def test_who_only_looks_is_not_the_nurse_of_the_visit(desk: Desk) -> None:
    session = desk.new_session(desk.find_patients("Nguyen")[0].patient.id).record.session.id
    desk.opened(session)
    assert desk.open(session).record.first_nurse is None
