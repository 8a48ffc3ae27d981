"""Lists of many visits read a few entries of each: they say what the whole records say, and read no more."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checklist.acts import Target
from checklist.desk import Desk, FrontDoor
from checklist.desk.outline import KINDS, outline_of, outline_of_record
from checklist.model import Choice, Meaning
from checklist.protocol import Carry, Protocol
from checklist.times import ManualClock
from tests.desk.closed import Closed
from tests.desk.visit import PASSWORD, Visit


@pytest.fixture
def next_day(door: FrontDoor, desk: Desk) -> Iterator[Desk]:
    """The same clinic, opened anew after this desk was closed: nothing is at hand. Close `desk` first."""
    desk.close()
    opened = door.sign_in("ortiz", PASSWORD)
    yield opened
    opened.close()


def from_entries(visit: Visit) -> object:
    return outline_of(visit.desk._file.journal.entries(session=visit.session, kinds=KINDS))


def test_an_outline_is_what_the_record_says_at_every_stage(visit: Visit) -> None:
    told = []

    def same() -> None:
        outline = outline_of_record(visit.now.record)
        assert from_entries(visit) == outline
        told.append((outline.begun, outline.closed, outline.waits))

    same()
    visit.prepare()
    visit.desk.take_order(visit.session, "Ondansetron 4 mg IV now", provider="menon", read_back=True)
    same()
    orders = [one.seq for one in visit.now.record.outstanding]
    visit.desk.authenticate(visit.session, orders, user="menon", password=PASSWORD)
    visit.decide_all()
    same()
    visit.sign()
    visit.order()
    visit.check_dose()
    visit.desk.start(visit.session)
    same()
    visit.run()
    visit.recover()
    visit.sign(Meaning.DISCHARGE)
    same()
    assert told == [
        (False, False, False),
        (False, False, True),
        (False, False, False),
        (True, False, False),
        (True, True, False),
    ]


def test_a_decision_by_telephone_waits_and_an_ended_visit_is_closed(visit: Visit) -> None:
    visit.prepare(line="172/104 88 97 16 36.8")
    for finding in visit.now.clearance.open_findings:
        visit.desk.decide(
            visit.session, finding.key, Choice.PROCEED, "Known", user="ortiz", password=PASSWORD,
            verbal_from="menon", read_back=True,
        )  # fmt: skip
    visit.desk.end(visit.session, "no_show", "Did not come back from the waiting room")
    outline = outline_of_record(visit.now.record)
    assert from_entries(visit) == outline
    assert (outline.begun, outline.closed, outline.waits) == (False, True, True)


def test_of_an_amended_visit_only_the_whole_record_knows(desk: Desk, clock: ManualClock) -> None:
    closed = Closed.third(desk, clock)
    part = next(one for one in desk.parts(closed.now) if one.target is Target.ANSWER)
    closed.amend(part.key, value="no")
    assert outline_of(desk._file.journal.entries(session=closed.session, kinds=KINDS)) is None
    assert desk._outline(closed.session) == outline_of_record(closed.record)


def test_searching_a_patient_reads_no_whole_visit(next_day: Desk) -> None:
    row = next_day.find_patients("okafor")[0]
    assert row.last_visit is not None
    assert row.open_session is None
    assert next_day._logs == {}


def test_a_visit_just_begun_is_found_as_open_and_a_finished_one_is_not(visit: Visit) -> None:
    assert visit.desk.find_patients("okafor")[0].open_session == visit.session
    visit.desk.end(visit.session, "no_show", "Never came")
    assert visit.desk.find_patients("okafor")[0].open_session is None


def drawn(visit: Visit, mg: str, **vial: str) -> None:
    visit.answer(dose__concentration="50", dose__lot="KT-2207", dose__vial="V7", waste__drawn_mg=mg, **vial)


def test_the_last_days_of_the_drug_log_go_on_from_the_balance_before_them(visit: Visit) -> None:
    drawn(visit, "40", dose__vial_mg="500")
    visit.clock.advance(days=20)
    drawn(Visit.begin(visit.desk, visit.clock, "Lindqvist"), "30")
    (line,) = visit.desk.drug_log(days=14)
    assert (str(line.before), str(line.after), line.patient) == ("460", "430", "LINDQVIST, Per")
    assert (line,) == visit.desk.drug_log()[-1:]
    assert visit.desk.drug_log(days=21) == visit.desk.drug_log(days=400)[-2:]


def test_other_visits_of_earlier_days_are_not_read_for_the_drug_log(visit: Visit, door: FrontDoor) -> None:
    visit.clock.advance(days=20)
    drawn(Visit.begin(visit.desk, visit.clock, "Lindqvist"), "30")
    visit.desk.close()
    again = door.sign_in("ortiz", PASSWORD)
    assert len(again.drug_log(days=14)) == 1
    assert visit.session not in again._logs
    again.close()


def test_a_protocol_in_which_an_amount_stands_from_last_time_has_it_in_the_log(visit: Visit) -> None:
    desk = visit.desk
    visit.answer(waste__drawn_mg="40")
    assert desk.drug_log()[-1].wasted is None
    desk.protocol = with_carried(desk.protocol, "waste.wasted_mg")
    assert str(desk.drug_log()[-1].wasted) == "0"


def with_carried(protocol: Protocol, item_id: str) -> Protocol:
    """The protocol of a clinic that lets this answer stand for the next visit."""
    step = protocol.step_of(item_id)
    items = tuple(replace(one, carry=Carry.LAST) if one.id == item_id else one for one in step.items)
    steps = tuple(replace(one, items=items) if one is step else one for one in protocol.steps)
    return replace(protocol, steps=steps)
