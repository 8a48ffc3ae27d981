"""Allergies are judged: never asked holds, ketamine itself stops."""

from dataclasses import replace

import pytest

from checklist.model import AllergyState, Level
from checklist.rules.allergies import findings
from checklist.snapshot import Finding
from tests.rules.build import PATIENT, facts


def judged(state: AllergyState, text: str = "") -> list[Finding]:
    return list(findings(facts(patient=replace(PATIENT, allergy_state=state, allergies=text))))


def test_allergies_that_nobody_asked_about_hold() -> None:
    (one,) = judged(AllergyState.NOT_ASKED)
    assert (one.key, one.level, one.step) == ("patient.allergies", Level.HOLD, "identity")
    assert (one.title, one.action) == ("Allergies not asked", "Ask, then edit the patient's allergies.")


@pytest.mark.parametrize("text", ["Ketamine: hives", "penicillin, KETALAR", "esketamine", "Spravato (rash)", "ketamin"])
def test_an_allergy_to_ketamine_stops(text: str) -> None:
    (one,) = judged(AllergyState.LISTED, text)
    assert (one.level, one.title, one.detail) == (Level.STOP, "Allergy to ketamine listed", text)
    assert one.action == "Not today; the provider decides."


def test_another_allergy_and_none_are_no_finding() -> None:
    assert not judged(AllergyState.LISTED, "Penicillin: rash; latex")
    assert not judged(AllergyState.NONE_KNOWN)


def test_another_allergy_text_voids_the_decision() -> None:
    (one,), (other,) = judged(AllergyState.LISTED, "ketamine"), judged(AllergyState.LISTED, "ketamine, latex")
    assert one.fingerprint != other.fingerprint
