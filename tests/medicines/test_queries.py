"""Entries a nurse might type, from the clinical sources: ingredients and worst level of each."""

import csv
from pathlib import Path

import pytest

from checklist.medicines import MedicineTable, class_level, entry_level, find, is_understood
from checklist.model import Level

QUERIES = Path(__file__).parent.parent / "data" / "med_queries.csv"
LEVELS = {
    "none": Level.CLEAR,
    "info": Level.INFO,
    "caution": Level.NOTE,
    "review": Level.REVIEW,
    "stop": Level.STOP,
}
with QUERIES.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
NAMED = [row for row in ROWS if row["expected_severity"] != "unknown"]
VAGUE = [row for row in ROWS if row["expected_severity"] == "unknown"]


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["query"])
def test_a_typed_entry_gives_its_ingredients_and_worst_level(table: MedicineTable, row: dict[str, str]) -> None:
    matches = find(table, row["query"])
    names = [ingredient.name for match in matches for ingredient in match.ingredients]
    assert sorted(names) == sorted(row["expected_ingredients"].split(";"))
    expected = LEVELS[row["expected_severity"]]
    assert Level.worst(class_level(table, match) for match in matches) is expected
    assert not any(match.not_understood for match in matches)


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["query"])
def test_only_misspellings_are_asked_and_then_stay_at_review(table: MedicineTable, row: dict[str, str]) -> None:
    matches = find(table, row["query"])
    asked = any(match.questions for match in matches)
    assert asked == ("misspelling" in row["query_type"] or row["query"] == "naltrexon 50mg")
    expected = LEVELS[row["expected_severity"]]
    shown = Level.worst(entry_level(table, match) for match in matches)
    assert shown is (Level.worst((expected, Level.REVIEW)) if asked else expected)


@pytest.mark.parametrize("row", VAGUE, ids=lambda row: row["query"])
def test_a_vague_entry_is_asked_and_at_least_a_review(table: MedicineTable, row: dict[str, str]) -> None:
    (match,) = find(table, row["query"])
    assert match.ingredients == ()
    assert match.questions
    assert not is_understood(match)
    assert entry_level(table, match) is Level.REVIEW
