"""More of the edge cases of reference.md, section 12, played to their end through the desk, and onto paper."""

from datetime import timedelta

import pytest

from checklist.desk import FrontDoor
from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.model import Meaning
from checklist.paper import Document, PaperSize, render
from checklist.rules import dose
from checklist.times import ManualClock, Moment, written_time
from tests.desk.visit import PASSWORD, Visit, front_door
from tests.paper.pdf import flat

LYING = "left arm, large cuff, lying"


def printed(visit: Visit, kind: Document = Document.RECORD) -> str:
    return flat(render(kind, visit.now, PaperSize.LETTER))


# ---- 5: each reading with arm, cuff and position


def test_05_arm_cuff_and_position_stand_beside_the_numbers_and_print(visit: Visit) -> None:
    visit.prepare(f"148/88 76 98 14 36.7 # {LYING}")
    reading = visit.now.record.readings[-1]
    assert (reading.sbp, reading.remark, reading.typed) == (148, LYING, f"148/88 76 98 14 36.7 # {LYING}")
    assert visit.desk.preview_reading(visit.now, f"138/84 # {LYING}").text.endswith(f" · {LYING}")
    assert LYING in printed(visit)


def test_05_a_remark_is_no_number_and_no_symptom(visit: Visit) -> None:
    visit.infuse()
    snapshot = visit.read("138/84 76 98 14 s5 ! chest pain # cuff 32-42 cm! right arm")
    reading = snapshot.record.readings[-1]
    assert (reading.symptoms, reading.remark) == (("chest_pain",), "cuff 32-42 cm! right arm")
    with pytest.raises(NotUnderstood):
        visit.read(f"# {LYING}")


# ---- 18: the repeated hour


@pytest.fixture
def night() -> ManualClock:
    """Half an hour before the clocks go back, on the night to 1 November 2026."""
    return ManualClock(Moment.stored("2026-11-01T00:30:00.000000-04:00[America/New_York]"))


def test_18_an_observation_over_the_repeated_hour_keeps_its_length_and_says_which_hour(
    door: FrontDoor, night: ManualClock
) -> None:
    desk = front_door(door.folder, night).sign_in("ortiz", PASSWORD)
    visit = Visit.begin(desk, night)
    visit.prepare()
    visit.fast(solids="yesterday 12:00", fluids="yesterday 20:00")
    visit.decide_all()
    visit.sign()
    visit.order()
    visit.check_dose()
    visit.desk.start(visit.session)
    night.advance(minutes=70)
    visit.desk.stop(visit.session, "50")
    night.advance(minutes=25)
    snapshot = visit.read("130/82 74 98 14 s5")
    assert written_time(snapshot.record.readings[-1].observed) == "01:05 EST"
    assert snapshot.clocks is not None
    assert (snapshot.clocks.observed, snapshot.clocks.needed) == (timedelta(minutes=25), timedelta(minutes=30))
    night.advance(minutes=5)
    clocks = visit.now.clocks
    assert clocks is not None
    assert clocks.observed == clocks.needed
    paper = printed(visit)
    assert "01:40 EDT" in paper
    assert "01:05 EST" in paper
    desk.close()


# ---- 30: kilograms for pounds


def test_30_a_weight_put_right_computes_the_dose_anew_and_voids_the_check(visit: Visit) -> None:
    visit.clear()
    visit.order()
    visit.check_dose()
    before = dose.order(visit.desk._facts(visit.session))
    with pytest.raises(NeedsConfirmation, match="lb"):
        visit.answer(vitals__weight="151")
    snapshot = visit.answer(vitals__weight="151 lb")
    after = dose.order(visit.desk._facts(visit.session))
    assert before is not None
    assert after is not None
    assert (str(before.weight_kg), str(after.weight_kg)[:5]) == ("68.4", "68.49")
    assert before.expected_mg != after.expected_mg
    assert "No second person has checked the dose as it stands now." in visit.desk.start_blockers(snapshot)
    assert snapshot.record.signature(Meaning.CHECKED) is None
    assert "151 lb" in printed(visit)


# ---- 35: no ordinary signature


@pytest.mark.parametrize(("how", "words"), [("mark", "A mark, with a witness"), ("cannot", "Cannot sign")])
def test_35_a_patient_who_cannot_sign_makes_a_mark_before_a_witness_or_a_reason_stands_there(
    visit: Visit, how: str, words: str
) -> None:
    visit.give()
    asked = {one.item.id for one in visit.now.step("discharge").items}
    assert "handover.witness" not in asked
    snapshot = visit.answer(handover__patient_signs=how)
    assert "handover.witness" in {one.item.id for one in snapshot.step("discharge").items}
    visit.answer(handover__witness="Right hand in plaster; seen by S. Lee, RN")
    paper = printed(visit)
    assert words in paper
    assert "Right hand in plaster; seen by S. Lee, RN" in paper
