"""Every name of the shipped files, by rule: exact ingredients and worst level, whatever dose is typed around it.

The files are read here by the csv module alone, so that a mistake of the table does not hide itself.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, pairwise

import pytest

from checklist.commands.medicines import look_up
from checklist.medicines import MedicineTable
from checklist.resources import read_text

ORDER = ["none", "info", "caution", "review", "stop"]
LEVELS = dict(zip(ORDER, ["clear", "info", "note", "review", "stop"], strict=True))
# Names with the same letters as a right one, or with only a form beside it: read as the right name, not asked.
NO_QUESTION = {"depoprovera", "omega3", "klorcon"}
NO_QUESTION |= {"tylenol extra strength", "buspirone hcl", "vivitrol shot", "nurtec odt"}
DECORATIONS = [
    "{}",
    "{} 10 mg",
    "{} 0.5mg po bid prn",
    "take 1 tab of {} 25 mg by mouth twice a day",
    "{} XR 150 mg qAM",
    "{} 50 µg every other day",
    "{}, 2 tablets at bedtime",
    "{} 20/12.5 x 2",
    "half a tablet {} q6h",
    "{} 1,000 units sl qhs",
    "{} ER 100mg 1-2 tabs q4-6h",
    "{} 2.5% cream",
    "{} (10 mg) tid",
    "{} ½ tab daily.",
    "{} 1x/day",
    "{} 2 puffs QID",
    "{} 8am and 8pm",
    "{} 10 mg/5 mL soln",
    "{} ODT 4 mg",
    "{} 1 patch weekly",
    "{} depot 100 mg im q4wk",
    "{} pump 5 mcg/h",
    "{} 10 mg daily (last dose yesterday 8am)",
    "“{}” 10mg p.o. b.i.d.",
    "{} twenty mg, one and a half tablets, if needed",
]


@dataclass(frozen=True)
class Case:
    """A name as typed, what it must be read as, and whether a person must be asked first."""

    typed: str
    ingredients: frozenset[str]
    level: str
    asked: bool


def rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read_text(f"medicines/{file}.csv"))))


def listed(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split(";")) if part]


SEVERITY = {row["class_id"]: row["severity"] for row in rows("interactions")}
CLASSES = {row["rxnorm_name"]: listed(row["class_id"]) for row in rows("medications")}


def worst(ingredients: list[str]) -> str:
    """The worst severity over all classes of all ingredients, in the words of the command."""
    return LEVELS[max((SEVERITY[one] for each in ingredients for one in CLASSES[each]), key=ORDER.index)]


def entries() -> Iterator[tuple[dict[str, str], str, list[str]]]:
    """Row, its own name, its ingredients."""
    for row in rows("medications"):
        yield row, row["rxnorm_name"], [row["rxnorm_name"]]
    for row in rows("combinations"):
        yield row, row["product"], listed(row["ingredients"])


def right_names() -> Iterator[Case]:
    for row, own, ingredients in entries():
        for name in [own, *listed(row["other_names"])]:
            yield Case(name, frozenset(ingredients), worst(ingredients), asked=False)


def misspellings() -> Iterator[Case]:
    for row, _, ingredients in entries():
        for name in listed(row["misspellings"]):
            asked = name not in NO_QUESTION
            level = worst(ingredients)
            held = "review" if asked and level == "clear" else level  # never clear while it is a question
            yield Case(name, frozenset(ingredients), held, asked)


def combinations() -> Iterator[Case]:
    """The ingredients of each product, written as one, in their order and the other way round."""
    for _, ingredients in ((own, parts) for row, own, parts in entries() if "product" in row):
        for join in ("/", "-", " / ", " and ", " + ", " with "):
            for order in (ingredients, ingredients[::-1]):
                yield Case(join.join(order), frozenset(ingredients), worst(ingredients), asked=False)


def wrong(table: MedicineTable, cases: Iterator[Case], decorations: list[str]) -> list[str]:
    """The entries that are not read as they must be; each case gets the next decoration."""
    found = []
    for case, decoration in zip(cases, cycle(decorations), strict=False):
        typed = decoration.format(case.typed)
        read = look_up(table, typed)
        as_read = (frozenset(read["ingredients"]), read["level"], bool(read["questions"]), read["not_understood"])
        held = decoration.endswith("cream") and bool(read["questions"]) and not case.asked  # "ice cream" is asked
        if as_read != (case.ingredients, case.level, case.asked, []) and not held:
            found.append(f"{typed}: {as_read}")
    return found


KINDS = pytest.mark.parametrize("cases", [right_names, misspellings, combinations])


@KINDS
def test_every_name_in_the_files_has_its_ingredients_and_its_worst_level(
    table: MedicineTable, cases: Callable[[], Iterator[Case]]
) -> None:
    assert len(list(cases())) > 300
    assert wrong(table, cases(), ["{}"]) == []


@KINDS
def test_dose_route_and_frequency_change_neither_ingredients_nor_level(
    table: MedicineTable, cases: Callable[[], Iterator[Case]]
) -> None:
    assert wrong(table, islice(cases(), 0, None, 2), DECORATIONS) == []


def test_names_beside_each_other_in_one_line_are_all_found(table: MedicineTable) -> None:
    """Each right name with the next one, joined in every way people join them."""
    alone = {name for row, _, _ in entries() for name in listed(row["whole_entry_only"])}
    cases = [case for case in right_names() if case.typed not in alone]
    missed = []
    for (one, two), join in zip(
        pairwise(cases[::3]), cycle([", ", "; ", "\n", " & ", " and ", " plus "]), strict=False
    ):
        typed = f"{one.typed} 10 mg{join}{two.typed} 5 mg"
        read = look_up(table, typed)
        if frozenset(read["ingredients"]) != one.ingredients | two.ingredients or read["not_understood"]:
            missed.append(f"{typed!r}: {read['ingredients']} {read['not_understood']}")
    assert missed == []
