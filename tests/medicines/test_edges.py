"""Accents, hidden characters, how many slips a word may have, and what an answered question leaves of a match."""

import pytest

from checklist.medicines import Certainty, MedicineTable, confirmed, find
from checklist.medicines.questions import answered
from checklist.medicines.spelling import slips_allowed
from tests.rules.build import facts, medicine


@pytest.mark.parametrize(
    "typed", ["Léxapro 10", "LEXÁPRO", "Le\u200bxapro", "lex\u00adapro", "Lexapro\u0301 10", "ｌｅｘａｐｒｏ"]
)
def test_accents_and_characters_that_nobody_sees_do_not_hide_a_name(table: MedicineTable, typed: str) -> None:
    (match,) = find(table, typed)
    assert (match.brand, match.certainty) == ("Lexapro", Certainty.EXACT)


@pytest.mark.parametrize(("letters", "slips"), [(1, 0), (4, 0), (5, 1), (7, 1), (8, 2), (30, 2)])
def test_a_word_may_have_one_slip_from_5_letters_and_two_from_8(letters: int, slips: int) -> None:
    assert slips_allowed(letters) == slips


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("xanx", 0),
        ("xanaz", 1),
        ("xanzz", 0),
        ("lexipro", 1),
        ("lexippo", 0),
        ("zolpidmm", 1),
        ("zolpmmem", 1),
        ("zolpmmmm", 0),
    ],
)
def test_more_slips_than_a_word_of_its_length_may_have_are_not_asked_about(
    table: MedicineTable, typed: str, asked: int
) -> None:
    assert len(find(table, typed)[0].questions) == asked


def test_none_of_these_leaves_the_entry_unknown_with_its_word(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro 10")
    (question,) = match.questions
    refused = answered(match, question, None)
    assert (refused.ingredients, refused.brand, refused.certainty) == ((), None, Certainty.UNKNOWN)
    assert (refused.questions, refused.look_alikes, refused.presumed_class_ids) == ((), (), ())
    assert refused.not_understood == ("lexipro",)


def test_a_chosen_name_has_its_brand_and_no_open_question(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro 10")
    (question,) = match.questions
    chosen = answered(match, question, question.options[0])
    assert (chosen.brand, chosen.certainty, chosen.questions) == ("Lexapro", Certainty.EXACT, ())
    assert (chosen.look_alikes, chosen.presumed_class_ids) == ((), ())


def test_an_answer_to_another_question_is_refused_in_words(table: MedicineTable) -> None:
    lexapro, zolpidem = find(table, "lexipro, zolpidemm")
    for match, question, option in (
        (lexapro, zolpidem.questions[0], None),
        (lexapro, lexapro.questions[0], zolpidem.questions[0].options[0]),
    ):
        with pytest.raises(ValueError, match=r"^the answer belongs to another question$"):
            answered(match, question, option)


@pytest.mark.parametrize(
    "chosen", ["lexapro; zolpidem", "ESCITALOPRAM;zolpidem;", " ; LEXAPRO (escitalopram) ;Zolpidem"]
)
def test_several_answers_of_one_entry_are_parted_by_semicolons(table: MedicineTable, chosen: str) -> None:
    matches = confirmed(find(table, "lexipro, zolpidemm"), chosen)
    assert [match.certainty for match in matches] == [Certainty.EXACT, Certainty.EXACT]


def test_no_answer_confirms_nothing(table: MedicineTable) -> None:
    assert confirmed(find(table, "lexipro"), " ; ")[0].certainty is Certainty.CONFIRM


def test_a_misspelt_medicine_waits_for_the_answer_and_is_then_itself() -> None:
    here = facts(medicines=(medicine("lexipro 10"), medicine("lexipro 10", row="m2", spelling="escitalopram")))
    assert [here.matches(row)[0].certainty for row in here.record.medicines] == [Certainty.CONFIRM, Certainty.EXACT]
