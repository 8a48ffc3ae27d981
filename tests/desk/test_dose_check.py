"""What the second person checks anew: patient, drug, weight with its unit; and who cannot be the second person."""

import pytest

from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, Level, Role
from tests.desk.visit import PASSWORD, Visit


def ordered(visit: Visit, weight: str = "68.4", mg: str = "34.2") -> Visit:
    visit.clear()
    visit.desk.answer(visit.session, "vitals.weight", weight, confirmed=True)
    visit.order(dose__mg=mg)
    return visit


def as_user(visit: Visit, user: str) -> None:
    visit.desk.me = next(one for one in visit.desk.staff() if one.user == user)


def weighed_by(visit: Visit, user: str) -> None:
    as_user(visit, user)
    visit.desk.answer(visit.session, "vitals.weight", "68.4", confirmed=True)
    as_user(visit, "ortiz")


# ---- the weight


@pytest.mark.parametrize("text", ["68.4 kg", "68.4k", "68,4 kg", "68.42 kg", "150.8 lb"])
def test_the_weight_is_compared_to_a_tenth_of_a_kilogram_in_either_unit(visit: Visit, text: str) -> None:
    assert ordered(visit).check_dose(weight=text).record.verifications[0].agrees


def test_pounds_that_were_taken_for_kilograms_do_not_pass_the_check(visit: Visit) -> None:
    ordered(visit, weight="151", mg="75.5")
    with pytest.raises(NotUnderstood, match="type the unit that the scale shows too"):
        visit.check_dose(weight="151", mg="75.5")
    with pytest.raises(NotAllowed, match="does not agree: weight"):
        visit.check_dose(weight="151 lb", mg="75.5")


# ---- the patient and the drug


def test_what_is_not_chosen_is_asked_for_and_nothing_is_written(visit: Visit) -> None:
    ordered(visit)
    with pytest.raises(NotUnderstood, match="Patient: compare the wristband"):
        visit.check_dose(patient="")
    with pytest.raises(NotUnderstood, match="Drug: choose what the vial says"):
        visit.check_dose(drug="")
    assert visit.now.record.verifications == ()


def test_two_that_differ_are_both_named(visit: Visit) -> None:
    ordered(visit)
    with pytest.raises(NotAllowed, match=r"does not agree: patient, drug\. It is recorded"):
        visit.check_dose(patient="no", drug="other")


def test_with_a_namesake_today_the_second_person_types_an_identifier(visit: Visit) -> None:
    other = visit.desk.find_patients("Smith")[0].patient
    mine = Visit(visit.desk, visit.clock, visit.desk.new_session(other.id).record.session.id)
    smyth = visit.desk.find_patients("Smyth")[0].patient
    visit.desk.new_session(smyth.id)
    assert visit.desk.asks_identifier(mine.session)
    assert not visit.desk.asks_identifier(visit.session)
    mine.answer(vitals__weight="81")
    mine.order(dose__mg="40.5")
    read = {"weight": "81 kg", "mg": "40.5"}
    for wrong in ("yes", "03-Sep-1980"):
        with pytest.raises(NotUnderstood, match="is neither the MRN nor the birth date of SMITH"):
            mine.check_dose(patient=wrong, **read)
    assert mine.check_dose(patient="19-May-1980", **read).record.verifications[0].agrees


# ---- who


def test_who_entered_the_weight_is_not_its_second_person(visit: Visit) -> None:
    ordered(visit)
    weighed_by(visit, "lee")
    with pytest.raises(NotAllowed) as refusal:
        visit.check_dose(user="lee")
    assert refusal.value.sentence == (
        "The person who entered the weight cannot check it: S. Lee, RN did. Nothing was saved. Ask Dr. A. Menon, MD. "
        "Or the person who entered the order weighs the patient and enters the weight again."
    )
    assert visit.now.record.verifications == ()
    assert len(visit.desk._file.journal.entries(kinds=[EntryKind.REFUSED])) == 1
    assert visit.check_dose(user="menon").record.verifications[0].agrees
    assert not any(one.key == "dose.check_weight" for one in visit.now.findings)


def test_weighed_again_by_who_ordered_the_other_may_check(visit: Visit) -> None:
    ordered(visit)
    weighed_by(visit, "lee")
    weighed_by(visit, "ortiz")
    assert visit.check_dose(user="lee").record.verifications[0].agrees


def test_in_a_clinic_of_two_the_check_counts_and_the_weight_is_a_note(visit: Visit) -> None:
    ordered(visit)
    menon = next(one for one in visit.desk.staff() if one.user == "menon")
    visit.desk.disable(menon.id, password=PASSWORD)
    weighed_by(visit, "lee")
    snapshot = visit.check_dose(user="lee")
    (note,) = [one for one in snapshot.findings if one.key == "dose.check_weight"]
    assert (note.level, note.title) == (Level.NOTE, "The weight was checked by the person who entered it")
    assert snapshot.record.verifications[0].agrees


def test_an_administrator_alone_is_nobody_who_could_check_instead(visit: Visit) -> None:
    ordered(visit)
    menon = next(one for one in visit.desk.staff() if one.user == "menon")
    visit.desk.set_roles(menon.id, frozenset({Role.ADMINISTRATOR}), password=PASSWORD)
    weighed_by(visit, "lee")
    assert visit.check_dose(user="lee").record.verifications[0].agrees


def test_who_entered_the_order_is_refused_in_a_clinic_of_two_as_well(visit: Visit) -> None:
    ordered(visit)
    menon = next(one for one in visit.desk.staff() if one.user == "menon")
    visit.desk.disable(menon.id, password=PASSWORD)
    weighed_by(visit, "lee")
    with pytest.raises(NotAllowed, match="The person who entered the order cannot check it"):
        visit.check_dose(user="ortiz")
