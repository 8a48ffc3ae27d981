"""The suicide-risk screen and the age limits."""

from dataclasses import replace
from datetime import date

import pytest

from checklist.model import Level
from checklist.rules.screening import Asq, asq, findings
from checklist.snapshot import Finding
from tests.rules.build import DECLINED, NOT_APPLICABLE, PATIENT, UNKNOWN, Said, facts
from tests.rules.vectors import Vector, each

NONE: dict[str, Said] = {"asq.1": False, "asq.2": False, "asq.3": False, "asq.4": False}


def screen(said: dict[str, Said]) -> Finding | None:
    return next((one for one in findings(facts(said)) if one.key == "screening.asq"), None)


@each("asq")
def test_vectors(vector: Vector) -> None:
    first = vector.values["Q1-4"].strip("[]").split(", ")
    words = ["yes" if one == "1" else "no" for one in first]
    fifth = {"not asked": "", "No": "no", "Yes": "yes"}[vector.values["Q5"]]
    assert asq(words, fifth) == vector.expected


@pytest.mark.parametrize(
    ("first", "fifth", "result"),
    [
        (("no", "no", "no", "no"), "", Asq.NEGATIVE),
        (("no", "no", "no", ""), "", Asq.INCOMPLETE),
        (("", "", "", ""), "", Asq.INCOMPLETE),
        (("yes", "", "", ""), "", Asq.INCOMPLETE),
        (("yes", "no", "no", "no"), "no", Asq.NON_ACUTE),
        (("no", "declined", "no", "no"), "no", Asq.NON_ACUTE),
        (("no", "no", "unknown", "no"), "no", Asq.NON_ACUTE),
        (("no", "no", "no", "not_applicable"), "", Asq.INCOMPLETE),
        (("no", "no", "no", "yes"), "yes", Asq.ACUTE),
        (("no", "no", "no", "yes"), "declined", Asq.ACUTE),
        (("no", "no", "no", "yes"), "unknown", Asq.ACUTE),
    ],
)
def test_a_refused_question_never_makes_the_screen_negative(first: tuple[str, ...], fifth: str, result: Asq) -> None:
    assert asq(first, fifth) is result


def test_negative_is_clear() -> None:
    one = screen(NONE)
    assert one is not None
    assert (one.level, one.title, one.source) == (Level.CLEAR, "Suicide-risk screen negative", "ASQ, NIMH")


def test_non_acute_is_for_the_provider_and_no_automatic_stop() -> None:
    one = screen({**NONE, "asq.2": True, "asq.4": True, "asq.5": False})
    assert one is not None
    assert (one.level, one.title) == (Level.REVIEW, "Suicide-risk screen positive, not acute")
    assert one.detail == "Yes to 2 of questions 1-4; no to question 5. Not by itself a reason to postpone."
    assert one.action == "A brief safety assessment before the patient leaves. The provider decides."


def test_acute_holds_for_a_clinician_at_this_visit() -> None:
    one = screen({**NONE, "asq.3": True, "asq.5": True})
    assert one is not None
    assert (one.level, one.title) == (Level.HOLD, "Suicide-risk screen positive, acute")
    assert one.detail == "Question 5 (thoughts right now): yes. Not by itself a reason to postpone."


def test_a_declined_fifth_question_is_told_as_declined() -> None:
    one = screen({**NONE, "asq.3": UNKNOWN, "asq.5": DECLINED})
    assert one is not None
    assert (one.level, one.detail[:43]) == (Level.HOLD, "Question 5 (thoughts right now): declined. ")


def test_a_yes_holds_until_question_5_is_asked() -> None:
    one = screen({"asq.1": True})
    assert one is not None
    assert (one.level, one.action) == (Level.HOLD, "Ask question 5 now.")
    other = screen({**NONE, "asq.1": DECLINED, "asq.2": NOT_APPLICABLE})
    assert other is not None
    assert other.detail == "Declined among questions 1-4; not applicable among questions 1-4."


def test_an_unfinished_screen_without_a_yes_says_nothing() -> None:
    assert screen({"asq.1": False}) is None
    assert screen({}) is None


def test_what_was_described_belongs_to_the_decision() -> None:
    said: dict[str, Said] = {**NONE, "asq.4": True, "asq.how": "2019, tablets", "asq.5": False}
    first, changed = screen(said), screen({**said, "asq.how": "Last week"})
    assert first is not None
    assert changed is not None
    assert first.fingerprint != changed.fingerprint


def aged(born: date, *, returning: bool = False) -> Finding | None:
    last = facts().record if returning else None
    here = facts(patient=replace(PATIENT, born=born), last=last)
    return next((one for one in findings(here) if one.key == "screening.age"), None)


def test_under_18_stops_until_the_birthday() -> None:
    one = aged(date(2008, 11, 19))
    assert one is not None
    assert (one.level, one.title, one.detail) == (Level.STOP, "17 years old", "Younger than 18 years.")
    assert aged(date(2008, 11, 18)) is None


def test_from_65_the_first_visit_is_reviewed() -> None:
    one = aged(date(1961, 11, 18))
    assert one is not None
    assert (one.level, one.title) == (Level.REVIEW, "65 years old, first visit")
    assert aged(date(1961, 11, 19)) is None
    assert aged(date(1961, 11, 18), returning=True) is None
