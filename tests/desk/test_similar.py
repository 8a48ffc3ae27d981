"""Somebody of a similar name comes today: a second identifier is typed at check-in and before the start (12.16)."""

import pytest

from checklist.desk import Desk
from checklist.errors import NotUnderstood
from checklist.model import AnswerState
from checklist.snapshot import Snapshot
from checklist.times import ManualClock
from tests.desk.visit import Visit


@pytest.fixture
def smith(desk: Desk, clock: ManualClock) -> Visit:
    """John Smith, MRN 0048 77, on the day on which John Smyth comes too."""
    Visit.begin(desk, clock, "Smyth")
    return Visit.begin(desk, clock, "Smith")


def asked(snapshot: Snapshot) -> set[str]:
    return {str(view.item.id) for step in snapshot.steps for view in step.items} & {"identity.second", "ready.second"}


def test_16_the_question_is_not_there_on_an_ordinary_day(visit: Visit) -> None:
    assert asked(visit.now) == set()


def test_16_with_a_similar_name_today_it_is_asked_of_both_at_check_in_and_before_the_start(smith: Visit) -> None:
    assert asked(smith.now) == {"identity.second", "ready.second"}
    assert any(item.id == "identity.second" for item in smith.now.clearance.missing)
    other = Visit(smith.desk, smith.clock, smith.desk.board().rows[0].session.id)
    assert asked(other.now) == {"identity.second", "ready.second"}


def test_16_the_mrn_or_the_birth_date_is_taken_and_the_other_patient_s_refused(smith: Visit) -> None:
    for typed in ("0052 10", "03-Sep-1980", "John Smith", "4877", "0"):
        with pytest.raises(NotUnderstood, match="SMITH, John"):
            smith.answer(identity__second=typed)
    assert smith.now.answer("identity.second") is None
    for typed in ("0048 77", "004877", "19-May-1980", "05/19/1980"):
        snapshot = smith.answer(identity__second=typed)
        assert not any(item.id == "identity.second" for item in snapshot.clearance.missing)


def test_16_without_a_second_identifier_nobody_passes(smith: Visit) -> None:
    snapshot = smith.desk.answer(smith.session, "identity.second", "", state=AnswerState.UNKNOWN)
    found = next(one for one in snapshot.findings if "identity.second" in one.items)
    assert found.nobody_overrides


def test_16_the_start_needs_it_once_more(smith: Visit) -> None:
    smith.answer(identity__second="0048 77")
    blockers = smith.desk.start_blockers(smith.now)
    assert any("once more" in one for one in blockers)
    smith.answer(ready__second="004877")
    assert not any("once more" in one for one in smith.desk.start_blockers(smith.now))


def test_16_what_was_identified_stays_on_the_record_when_the_other_moves_to_another_day(smith: Visit) -> None:
    smith.answer(identity__second="0048 77")
    other = smith.desk.board().rows[0].session.id
    smith.desk.plan_start(other, "tomorrow 09:00")
    assert asked(smith.now) == {"identity.second", "ready.second"}


def test_16_a_namesake_booked_later_in_the_day_brings_the_question(desk: Desk, clock: ManualClock) -> None:
    smith = Visit.begin(desk, clock, "Smith")
    assert asked(smith.now) == set()
    Visit.begin(desk, clock, "Smyth", planned="15:00")
    assert asked(smith.now) == {"identity.second", "ready.second"}
