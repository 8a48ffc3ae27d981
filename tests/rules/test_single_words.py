"""Single words and numbers that a rule reads: each of them counts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import Answer, Level, Quantity
from checklist.rules import gates, questionnaires, serious
from checklist.rules.facts import FACTS, finding
from checklist.rules.screening import Asq, asq
from checklist.rules.verdict import clearance
from checklist.rules.views import steps
from checklist.snapshot import Finding, VerdictKind
from tests.rules.build import PROTOCOL, answer, decide, facts, medicine, moment, reading
from tests.rules.happening import side_effect
from tests.rules.visit import during, recovery, with_effects

HIGH = during("205/121 90 98 14", "11:20")


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [("oxycodone", True), ("buprenorphine", True), ("tramadol", True), ("kratom", True), ("abacavir", False)],
)
def test_opioids_of_every_class_are_opioids(typed: str, is_one: bool) -> None:
    assert FACTS["takes_opioid"](facts(medicines=(medicine(typed),))) is is_one


@pytest.mark.parametrize("class_id", ["opioid", "opioid_partial", "opioid_seizure", "opioid_unregulated"])
def test_each_class_of_opioids_is_enough_by_itself(class_id: str) -> None:
    here = facts(medicines=(medicine("tramadol"),))
    (match,) = here.read("tramadol")
    alone = replace(match, ingredients=(replace(match.ingredients[0], class_ids=(class_id,)),))
    assert FACTS["takes_opioid"](replace(here, understood={("tramadol", ""): (alone,)}))


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_yes_to_any_question_of_the_screen_opens_the_fifth(place: int) -> None:
    assert FACTS["asq_positive"](facts({f"asq.{number}": number == place for number in (1, 2, 3, 4)}))


@pytest.mark.parametrize("open_one", [0, 1, 2, 3])
def test_a_question_of_the_screen_that_is_open_is_no_yes(open_one: int) -> None:
    assert asq(["" if place == open_one else "no" for place in range(4)], "no") is Asq.INCOMPLETE


def test_an_answer_is_read_as_its_time_its_day_its_number_or_its_word() -> None:
    here = facts(
        {
            "fasting.solids": moment("07:30"),
            "consent.date": date(2026, 10, 1),
            "vitals.weight": Decimal("68.4"),
            "identity.name": True,
        }
    )
    assert here.said("fasting.solids") == moment("07:30").store()
    assert here.said("consent.date") == "2026-10-01"
    assert (here.said("vitals.weight"), here.said("identity.name"), here.said("asq.1")) == ("68.4", "yes", "")


def test_a_finding_neither_stands_nor_is_eased_unless_it_says_so() -> None:
    one = finding("k", Level.NOTE, "t", "d", "a", "s")
    assert (one.can_stand, one.eased, one.nobody_overrides, one.deciders_needed) == (False, False, False, 1)


def test_a_finding_that_names_its_answers_is_left_as_it_is() -> None:
    here = facts({"cond.kidney": True})
    (one,) = gates.findings(here)
    told = gates.explained(here, one)
    assert gates.explained(here, told) is told


def points(*said: Answer) -> int | None:
    here = facts({f"phq9.{place}": "2" for place in range(1, 10)})
    return questionnaires.total_from(
        replace(here.record, answers={**here.record.answers, **{one.item: one for one in said}}), "phq9"
    )


def test_points_count_as_an_option_and_as_a_number() -> None:
    first = answer("phq9.1", "2")
    assert points(first) == 18
    assert points(replace(first, value=Quantity(Decimal(3), "", "3"))) == 19
    assert points(replace(first, value=Quantity(Decimal(4), "", "4"))) is None
    assert points(replace(first, value=True)) is None


def test_a_stop_bang_that_cannot_be_says_what_it_has() -> None:
    with pytest.raises(ValueError, match=r"^STOP-Bang has 8 questions, of which 4 are STOP$"):
        questionnaires.stop_bang_risk(9, 0, male=False, bmi_over_35=False, large_neck=False)


@pytest.mark.parametrize(
    ("grade", "action", "asked"),
    [(1, "rest", False), (1, "", False), (2, "", False), (2, " ", False), (2, "labetalol", True)],
)
def test_words_about_what_was_done_count_from_grade_2(grade: int, action: str, asked: bool) -> None:
    called = recovery(HIGH)
    assert serious.is_asked(with_effects(called, side_effect("headache", grade, action=action))) is asked


def test_the_placeholders_in_the_title_of_a_step_are_filled_in() -> None:
    named = replace(PROTOCOL.steps[0], title="Before {planned}", intro="Start {planned}")
    here = facts(protocol=replace(PROTOCOL, steps=(named, *PROTOCOL.steps[1:])))
    step = steps(here, ())[0].step
    assert (step.title, step.intro) == ("Before 11:00", "Start 11:00")


def test_one_item_alone_that_a_provider_decided_on_is_spoken_of_as_one() -> None:
    nothing_asked = replace(PROTOCOL, steps=tuple(replace(step, items=()) for step in PROTOCOL.steps))
    here = facts(readings=(reading("142/88 72 98 14 36.7"),), protocol=nothing_asked)
    review = Finding("vitals.bp", Level.REVIEW, "BP", "", "", "vitals")
    said = clearance(here, (replace(review, decision=decide(review)),))
    assert said.kind is VerdictKind.CLEARED_AFTER_REVIEW
    assert said.sentence == "Ready after review: 0 of 1 item is clear, a provider decided on 1 finding."
