"""A nurse hands over in the middle of a visit: from, to, time, summary, both sign (reference 12.25)."""

import pytest

from checklist.errors import NotAllowed, NotUnderstood, SignInFailed
from checklist.model import EventKind, Meaning
from checklist.snapshot import Snapshot
from checklist.times import written_time
from tests.desk.closed import signed
from tests.desk.visit import PASSWORD, Visit

TOLD = "20 of 50 mL in, BP 142/88, nausea 2, husband in the waiting room"


def responsible(snapshot: Snapshot) -> str:
    nurse = snapshot.record.responsible
    return snapshot.name_of(nurse) if nurse else ""


def hand_over(
    visit: Visit, summary: str = TOLD, *, giver: str = "ortiz", taker: str = "lee", second: str = PASSWORD
) -> Snapshot:
    return visit.desk.hand_over(visit.session, summary, giver=(giver, PASSWORD), taker=(taker, second))


def test_25_the_nurse_who_began_is_responsible_until_another_takes_over(visit: Visit) -> None:
    assert responsible(visit.now) == ""
    assert responsible(visit.identify()) == "R. Ortiz, RN"
    visit.clock.advance(minutes=5)
    snapshot = hand_over(visit)
    handover = snapshot.record.handover
    assert handover is not None
    assert (handover.summary, written_time(handover.at)) == (TOLD, "10:47")
    assert responsible(snapshot) == "S. Lee, RN"


def test_25_both_sign_and_later_entries_are_the_new_nurse_s(visit: Visit) -> None:
    visit.identify()
    snapshot = hand_over(visit)
    (gave,), (took,) = signed(snapshot.record, Meaning.HANDED_OVER), signed(snapshot.record, Meaning.TOOK_OVER)
    assert (gave.name, took.name) == ("R. Ortiz, RN", "S. Lee, RN")
    assert gave.intact
    assert took.intact
    assert visit.desk.me.user == "lee"
    reading = visit.read("128/80 72 98 14 36.6").record.readings[-1]
    assert visit.now.name_of(reading.by) == "S. Lee, RN"


def test_25_during_the_infusion_too(started: Visit) -> None:
    hand_over(started)
    assert started.desk.stop(started.session, "50").record.event(EventKind.STOPPED) is not None
    stopped = started.now.record.event(EventKind.STOPPED)
    assert stopped is not None
    assert started.now.name_of(stopped.by) == "S. Lee, RN"


def test_25_without_words_a_second_person_or_her_password_nothing_changes(visit: Visit) -> None:
    visit.identify()
    for wrong, error in (
        ({"summary": " "}, NotUnderstood),
        ({"taker": "ortiz"}, NotAllowed),
        ({"second": "guess"}, SignInFailed),
    ):
        with pytest.raises(error):
            hand_over(visit, **wrong)
    assert not visit.now.record.handovers
    assert visit.desk.me.user == "ortiz"


def test_25_a_handover_back_names_the_first_nurse_again(visit: Visit) -> None:
    visit.identify()
    hand_over(visit)
    snapshot = hand_over(visit, "Back from lunch", giver="lee", taker="ortiz")
    assert responsible(snapshot) == "R. Ortiz, RN"
    assert len(snapshot.record.handovers) == 2


def test_25_a_closed_record_is_not_handed_over(visit: Visit) -> None:
    visit.desk.end(visit.session, "no_show", "Did not come")
    with pytest.raises(NotAllowed):
        hand_over(visit)
