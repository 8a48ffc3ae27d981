"""Doses typed without a space: the digits of a name and the digits of a dose may run into each other."""

import pytest

from checklist.commands.medicines import look_up
from checklist.medicines import Certainty, MedicineTable, QuestionKind, confirmed, entry_level, find
from checklist.model import Level
from tests.medicines.small import end, reader

TYLENOL = ["TYLENOL (acetaminophen)", "TYLENOL 3 (codeine + acetaminophen)"]
ZANTAC = ["ZANTAC (raNITIdine)", "ZANTAC 360 (famotidine)", "ZYRTEC (cetirizine)", "ZYPREXA (OLANZapine)"]
INSULIN = ["INSULIN (insulin regular)", "INSULIN 70/30 (insulin premixed)"]


@pytest.mark.parametrize(
    ("typed", "ingredients"),
    [
        ("xanax0.5mg", ["alprazolam"]),
        ("Prozac20mg", ["fluoxetine"]),
        ("lamictal200xr", ["lamotrigine"]),
        ("percocet5/325mg", ["oxycodone", "acetaminophen"]),
        ("zoloft50klonopin1", ["sertraline", "clonazepam"]),
        ("Tylenol3", ["codeine", "acetaminophen"]),
        ("Zantac360 10mg", ["famotidine"]),
        ("coq10 100mg", ["coenzyme q10"]),
        ("2cb10mg", ["2C-B"]),
    ],
)
def test_a_dose_glued_to_a_name_is_read_where_it_can_be_nothing_else(
    table: MedicineTable, typed: str, ingredients: list[str]
) -> None:
    read = look_up(table, typed)
    assert (read["ingredients"], read["questions"], read["not_understood"]) == (ingredients, [], [])


@pytest.mark.parametrize(
    ("typed", "heard", "labels"),
    [
        ("Tylenol 31tab", "Tylenol 31", TYLENOL),
        ("Tylenol31tab", "Tylenol31", TYLENOL),
        ("tylenol #3500mg", "tylenol #3500", TYLENOL),
        ("Tylenol 30.5mg", "Tylenol 30.5", TYLENOL),
        ("Tylenol 3.5", "Tylenol 3.5", TYLENOL),
        ("take Tylenol 32 tabs daily", "Tylenol 32", TYLENOL),
        ("Zantac 36010mg", "Zantac 36010", ZANTAC),
        ("Zantac36010mg", "Zantac36010", ZANTAC),
        ("insulin 70/3010 units", "insulin 70/3010", INSULIN),
        ("tylonol 3", "tylonol 3", TYLENOL),
        ("tylonol 31 tab", "tylonol 31", TYLENOL),
    ],
)
def test_digits_that_may_begin_with_those_of_another_name_are_asked_about(
    table: MedicineTable, typed: str, heard: str, labels: list[str]
) -> None:
    (match,) = find(table, typed)
    (question,) = match.questions
    assert (question.kind, question.heard) == (QuestionKind.AMBIGUOUS, heard)
    assert question.text == f"“{heard}” could be {' or '.join(labels)}. Which one stands on the label?"
    assert (match.ingredients, match.certainty, match.not_understood) == ((), Certainty.CONFIRM, ())
    assert entry_level(table, match) is Level.REVIEW


def test_what_the_label_says_settles_it(table: MedicineTable) -> None:
    for chosen, names in (("Tylenol", ["acetaminophen"]), ("Tylenol 3", ["codeine", "acetaminophen"])):
        (match,) = confirmed(find(table, "Tylenol 31tab"), chosen)
        assert ([each.name for each in match.ingredients], match.certainty) == (names, Certainty.EXACT)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Tylenol 325 mg", "acetaminophen"),
        ("Tylenol 300mg", "acetaminophen"),
        ("Tylenol 500", "acetaminophen"),
        ("Tylenol take 31", "acetaminophen"),
        ("Zantac 150mg", "ranitidine"),
        ("vitamin D 2000 IU", "cholecalciferol"),
        ("insulin 70 units", "insulin regular"),
        ("aspirin 810 mg", "aspirin"),
    ],
)
def test_a_dose_that_people_take_is_not_asked_about(table: MedicineTable, typed: str, name: str) -> None:
    read = look_up(table, typed)
    assert (read["ingredients"], read["questions"], read["not_understood"]) == ([name], [], [])


def test_where_the_other_name_has_no_interaction_of_its_own_it_is_shown_beside(table: MedicineTable) -> None:
    (match,) = find(table, "vitamin D 25 mcg")
    assert [each.name for each in match.ingredients] == ["cholecalciferol"]
    assert (match.questions, match.look_alikes) == ((), ("VITAMIN D2 (ergocalciferol)",))
    assert find(table, "vitamin D 2000 IU")[0].look_alikes == ()


def test_two_digits_of_another_name_are_enough_to_ask() -> None:
    table = MedicineTable.load(reader("medications", end("guanfacine,Catapres 36,,alpha2,,")))
    (match,) = find(table, "Catapres 3610 mg")
    assert [option.label for option in match.questions[0].options] == [
        "CATAPRES (cloNIDine)",
        "CATAPRES 36 (guanfacine)",
    ]


@pytest.mark.parametrize("typed", ["20mgProzac", "0.5mgxanax", "ambien10mgqhs", "Zoloft50mgXanax", "T31", "b121000mcg"])
def test_letters_that_run_into_each_other_are_told(table: MedicineTable, typed: str) -> None:
    read = look_up(table, typed)
    assert read["not_understood"] or read["questions"]
    assert read["level_now"] == "review"
