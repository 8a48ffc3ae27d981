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


def test_another_allergy_is_recorded_and_none_is_no_finding() -> None:
    (one,) = judged(AllergyState.LISTED, "Penicillin: rash")
    assert (one.level, one.title, one.action) == (Level.INFO, "Allergies: Penicillin: rash", "")
    assert not judged(AllergyState.NONE_KNOWN)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Penicillin: rash; LATEX gloves", "Allergy to latex"),
        ("paper tape, skin tears", "Allergy to adhesive"),
        ("ChloraPrep: blisters", "Allergy to chlorhexidine"),
        ("Betadine", "Allergy to iodine"),
        ("Zofran (long QT)", "Allergy to an antiemetic"),
        ("metoclopramide; latex: hives", "Allergy to latex and an antiemetic"),
    ],
)
def test_an_allergy_to_what_the_clinic_uses_is_a_note(text: str, title: str) -> None:
    (one,) = judged(AllergyState.LISTED, text)
    assert (one.level, one.title, one.detail) == (Level.NOTE, title, text)
    assert one.action == "Use something else; tell everybody who treats the patient."


@pytest.mark.parametrize("text", ["x" * 10_000, "<b>penicillin</b> & “sulfa”", "青霉素", "Łukasz said: nuts 🌰"])
def test_a_long_or_foreign_list_is_told_short_and_never_fails(text: str) -> None:
    (one,) = judged(AllergyState.LISTED, text)
    assert one.title.startswith("Allergies: ")
    assert len(one.title) <= 101


def test_a_list_of_ninety_characters_stands_whole_in_the_title_and_a_longer_one_is_cut_to_ninety() -> None:
    for length, shown in ((89, "x" * 89), (90, "x" * 90), (91, "x" * 89 + "…")):
        (one,) = judged(AllergyState.LISTED, "x" * length)
        assert one.title == f"Allergies: {shown}"


def test_another_allergy_text_voids_the_decision() -> None:
    (one,), (other,) = judged(AllergyState.LISTED, "ketamine"), judged(AllergyState.LISTED, "ketamine, latex")
    assert one.fingerprint != other.fingerprint
