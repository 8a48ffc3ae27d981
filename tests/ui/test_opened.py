"""Opening a record on the screen is noted; a full disk does not keep anybody from reading it."""

import pytest

from checklist.desk.practice import PASSWORD
from checklist.errors import NotSaved
from checklist.model import EntryKind, SessionId
from checklist.ui.app import App
from tests.ui.test_first_day import main_of

FULL = "Not saved: the disk is full."


def booked(app: App) -> SessionId:
    desk = main_of(app).desk
    return desk.new_session(desk.find_patients("oka")[0].patient.id).record.session.id


def openings(app: App, session: SessionId) -> list[str]:
    return [entry.by for entry in main_of(app).desk._log(session) if entry.kind is EntryKind.OPENED]


def test_a_record_that_is_opened_and_who_unlocks_before_it_are_noted(at_work: App) -> None:
    main, session = main_of(at_work), booked(at_work)
    main.open_session(session)
    main.open_session(session)
    first = main.desk.me.id
    assert openings(at_work, session) == [first]
    main.lock()
    main.unlock("lee", PASSWORD)
    assert openings(at_work, session) == [first, main.desk.me.id]
    assert main.desk.me.id != first


def test_with_a_full_disk_the_record_is_shown_all_the_same(at_work: App, monkeypatch: pytest.MonkeyPatch) -> None:
    main, session = main_of(at_work), booked(at_work)

    def full(_: SessionId) -> None:
        raise NotSaved(FULL)

    monkeypatch.setattr(main.desk, "opened", full)  # no disk can be filled in the moment between two entries
    main.open_session(session)
    assert main.session is not None
    assert main.session.live.session_id == session
    assert FULL in main.bar.sentence()
