"""Side effects that still last when the patient is to leave (reference 8.1, 9.1 no. 5 to 9)."""

from dataclasses import replace

import pytest

from checklist.model import Effect, Outcome
from checklist.rules import recovery
from checklist.rules.lasting import ABOUT
from checklist.snapshot import Met, VerdictKind
from tests.rules.build import PROTOCOL
from tests.rules.happening import side_effect
from tests.rules.leaving import criterion, evaluated, leaving
from tests.rules.visit import with_effects

TERMS = [(term, key) for key, terms in ABOUT.items() for term in terms]


def met(key: str, *effects: Effect) -> Met:
    return criterion(with_effects(leaving(), *effects), key).met


@pytest.mark.parametrize(("term", "key"), TERMS)
def test_a_side_effect_of_grade_2_that_lasts_speaks_against_its_criterion(term: str, key: str) -> None:
    assert met(key, side_effect(term, 2)) is Met.NOT_MET
    assert met(key, side_effect(term, 1)) is Met.MET
    assert met(key, side_effect(term, 2, ended="11:50")) is Met.MET
    assert met(key, replace(side_effect(term, 2), outcome=Outcome.RESOLVED)) is Met.MET
    assert met(key, replace(side_effect(term, 2), removed=True)) is Met.MET


def test_it_is_told_beside_the_tick_and_a_provider_can_decide_on_it() -> None:
    of = with_effects(leaving(), side_effect("dizziness", 2))
    assert criterion(of, "gait").detail == "steady; Dizziness, grade 2, since 11:12, not over"
    assert recovery.discharge(of, evaluated(of)).kind is VerdictKind.WAITING
    assert recovery.discharge(of, evaluated(of, "discharge.gait")).kind is VerdictKind.CLEARED_AFTER_REVIEW


@pytest.mark.parametrize(("term", "key"), [("vomiting", "nausea"), ("headache", "pain")])
def test_what_was_treated_is_enough_while_it_is_not_severe(term: str, key: str) -> None:
    assert met(key, side_effect(term, 2, action="ondansetron 4 mg")) is Met.MET
    assert met(key, side_effect(term, 3, action="ondansetron 4 mg")) is Met.NOT_MET


@pytest.mark.parametrize("term", ["allergic", "fast_heart", "vision", "anxiety", "other"])
def test_what_no_criterion_is_about_has_a_line_of_its_own(term: str) -> None:
    one = criterion(with_effects(leaving(), side_effect(term, 2)), "effects")
    assert (one.title, one.met) == ("No other side effect of grade 2 or more", Met.NOT_MET)
    over = with_effects(leaving(), side_effect(term, 2, ended="11:50"))
    assert "effects" not in {each.key for each in recovery.criteria(over)}


def test_a_severe_one_and_one_with_a_review_of_its_own_are_not_said_twice() -> None:
    for one in (side_effect("allergic", 3), side_effect("craving", 2)):
        assert "effects" not in {each.key for each in recovery.criteria(with_effects(leaving(), one))}


def test_each_term_that_a_criterion_is_about_stands_in_the_protocol() -> None:
    assert {term for term, _ in TERMS} <= {term.id for term in PROTOCOL.effects}
