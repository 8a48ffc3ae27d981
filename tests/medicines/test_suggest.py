"""Suggestions while typing."""

import pytest

from checklist.medicines import MedicineTable, Suggester
from checklist.model import Level


def texts(table: MedicineTable, prefix: str, limit: int = 8) -> list[str]:
    return [each.text for each in Suggester(table).suggest(prefix, limit)]


def test_a_brand_is_shown_with_its_generic_class_and_level(table: MedicineTable) -> None:
    (found,) = Suggester(table).suggest("lamic")
    assert (found.text, found.brand, found.display) == ("Lamictal", "Lamictal", "lamoTRIgine")
    assert (found.class_name, found.level) == ("Lamotrigine", Level.NOTE)
    assert [each.name for each in found.ingredients] == ["lamotrigine"]


def test_a_generic_name_has_no_brand(table: MedicineTable) -> None:
    found = Suggester(table).suggest("lorazepam")[0]
    assert (found.text, found.brand, found.display) == ("lorazepam", None, "LORazepam")
    assert (found.class_name, found.level) == ("Benzodiazepine: weaker ketamine effect", Level.REVIEW)


def test_names_that_begin_so_come_before_words_and_before_the_middle(table: MedicineTable) -> None:
    assert texts(table, "perc") == ["Percocet", "Percodan", "Percogesic", "Aspercreme lidocaine"]
    assert texts(table, "pm", 3) == ["Tylenol PM", "Advil PM", "Aleve PM"]
    assert texts(table, "wort") == ["st john's wort"]


def test_the_name_itself_comes_first(table: MedicineTable) -> None:
    assert texts(table, "iron")[0] == "iron"
    assert texts(table, "Advil")[0] == "Advil"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("xan", "Xanax"),  # before xanomeline, whose own name begins so
        ("ser", "Seroquel"),
        ("met", "methylphenidate"),
        ("hyd", "hydroxyzine"),
        ("lex", "Lexapro"),
        ("ati", "Ativan"),
        ("kl", "Klonopin"),
        ("b", "bupropion"),
    ],
)
def test_what_is_typed_most_comes_first(table: MedicineTable, typed: str, first: str) -> None:
    assert texts(table, typed)[0] == first


def test_among_equals_the_heavier_interaction_comes_first_and_then_the_shorter_name(table: MedicineTable) -> None:
    assert texts(table, "sal", 5) == ["salbutamol", "salvia divinorum", "salmeterol", "salsalate", "salicylic acid"]


def test_each_medicine_is_suggested_once(table: MedicineTable) -> None:
    found = Suggester(table).suggest("met", 50)
    assert len({each.ingredients for each in found}) == len(found)


def test_a_street_word_puts_the_plain_name_into_the_field(table: MedicineTable) -> None:
    assert texts(table, "pot")[0] == "cannabis"


def test_a_close_spelling_is_suggested_only_when_nothing_else_fits(table: MedicineTable) -> None:
    assert texts(table, "zolpidemm") == ["zolpidem"]
    assert texts(table, "qqq") == []


@pytest.mark.parametrize("prefix", ["", "  ", "-", "漢", "\x00"])
def test_nothing_typed_suggests_nothing(table: MedicineTable, prefix: str) -> None:
    assert texts(table, prefix) == []


def test_the_limit_holds(table: MedicineTable) -> None:
    suggester = Suggester(table)
    assert (len(suggester.suggest("a", 3)), len(suggester.suggest("a"))) == (3, 8)
