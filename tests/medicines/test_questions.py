"""What an answer makes of a match."""

import pytest

from checklist.medicines import Certainty, MedicineTable, answered, confirmed, entry_level, find, is_understood
from checklist.model import Level
from tests.medicines.small import end, reader


def test_yes_to_a_close_spelling_makes_it_exact(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro 20mg")
    (question,) = match.questions
    match = answered(match, question, question.options[0])
    assert is_understood(match)
    assert match.brand == "Lexapro"
    assert entry_level(table, match) is Level.INFO


def test_the_look_alike_chosen_replaces_what_was_presumed(table: MedicineTable) -> None:
    (match,) = find(table, "clonidin")
    (question,) = match.questions
    match = answered(match, question, question.options[1])
    assert [ingredient.name for ingredient in match.ingredients] == ["clonazepam"]
    assert entry_level(table, match) is Level.REVIEW


def test_none_of_these_leaves_an_unknown_word(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro tonic")
    match = answered(match, match.questions[0], None)
    assert match.certainty is Certainty.UNKNOWN
    assert match.ingredients == ()
    assert match.not_understood == ("lexipro", "tonic")
    assert entry_level(table, match) is Level.REVIEW


def test_words_not_understood_outlast_the_answer(table: MedicineTable) -> None:
    (match,) = find(table, "lexipro tonic")
    match = answered(match, match.questions[0], match.questions[0].options[0])
    assert entry_level(table, match) is Level.REVIEW


def test_an_answered_vague_word_is_no_longer_reckoned_with() -> None:
    table = MedicineTable.load(reader("lookalikes", end("blood pressure pill; clonidine; Klonopin")))
    (match,) = find(table, "blood pressure pill")
    assert match.presumed_class_ids == ("alpha2",)
    for chosen in (None, *match.questions[0].options):
        assert answered(match, match.questions[0], chosen).presumed_class_ids == ()


def test_an_answer_to_another_question_is_refused(table: MedicineTable) -> None:
    (lexapro,) = find(table, "lexipro")
    (prozac,) = find(table, "prosac")
    with pytest.raises(ValueError, match="belongs to another question"):
        answered(lexapro, prozac.questions[0], None)
    with pytest.raises(ValueError, match="belongs to another question"):
        answered(lexapro, lexapro.questions[0], prozac.questions[0].options[0])


@pytest.mark.parametrize("chosen", ["escitalopram", "LEXAPRO", "Lexapro (escitalopram)", "x; Escitalopram ;"])
def test_a_recorded_choice_answers_again_after_reading_the_record(table: MedicineTable, chosen: str) -> None:
    (match,) = confirmed(find(table, "lexipro"), chosen)
    assert is_understood(match)


def test_a_recorded_choice_of_a_product_is_its_ingredients(table: MedicineTable) -> None:
    (match,) = confirmed(find(table, "percosett"), "Percocet")
    assert [ingredient.name for ingredient in match.ingredients] == ["oxycodone", "acetaminophen"]


@pytest.mark.parametrize("chosen", ["", "prozac", ";"])
def test_a_choice_that_was_never_offered_answers_nothing(table: MedicineTable, chosen: str) -> None:
    matches = find(table, "lexipro, Tylenol")
    assert confirmed(matches, chosen) == matches
