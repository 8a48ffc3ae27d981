"""Medicines together: rules 1 to 3 of medications.md ("Rules the app should add", clinical judgement)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from checklist.medicines.judge import ClassFinding, Timing
from checklist.medicines.table import MedicineTable
from checklist.medicines.values import Ingredient, Match
from checklist.model import Level

_SOURCE = "Rule {} of the medicines method, clinical judgement"


class CombinedRule(StrEnum):
    """Which rule found something."""

    ADDED_SEDATION = "added_sedation"
    RAISED_BP = "raised_bp"
    SEROTONERGIC = "serotonergic"


@dataclass(frozen=True, slots=True)
class CombinedFinding:
    """What several medicines do together, or one with the blood pressure. Always a review."""

    rule: CombinedRule
    level: Level
    ingredients: tuple[Ingredient, ...]
    title: str
    action: str
    source: str


def combined(
    table: MedicineTable, rows: Sequence[tuple[Match, Sequence[ClassFinding]]], bp_above_limit: bool
) -> tuple[CombinedFinding, ...]:
    """The findings of the whole list. `rows` are matches, each with what `entry_findings` says of it.

    1. Two or more different ingredients that add sedation, at NOTE or above and not known to be outside the window.
    2. Two or more that raise blood pressure, at NOTE or above, or one while the pressure is above the clinic's limit.
    3. An MAO inhibitor, MDMA, tramadol or dextromethorphan with another serotonergic medicine, whenever taken.
    """
    weighty = [each for _, findings in rows for each in findings if each.level.rank >= Level.NOTE.rank]
    sedating = _ingredients(
        each for each in weighty if each.interaction.kind == "adds_sedation" and each.timing is not Timing.OUTSIDE
    )
    raising = _ingredients(each for each in weighty if each.interaction.kind == "raises_bp")
    serotonergic = _serotonergic(table, [each for match, _ in rows for each in match.ingredients])
    found = []
    if len(sedating) > 1:
        found.append(_finding(CombinedRule.ADDED_SEDATION, sedating))
    if len(raising) > 1 or (raising and bp_above_limit):
        found.append(_finding(CombinedRule.RAISED_BP, raising))
    if serotonergic:
        found.append(_finding(CombinedRule.SEROTONERGIC, serotonergic))
    return tuple(found)


def _ingredients(findings: Iterable[ClassFinding]) -> tuple[Ingredient, ...]:
    return tuple(dict.fromkeys(each for finding in findings for each in finding.ingredients))


def _serotonergic(table: MedicineTable, taken: Sequence[Ingredient]) -> tuple[Ingredient, ...]:
    """The serotonergic ingredients when at least two are taken and one of them is a trigger; else none."""
    listed = table.serotonergic
    found = tuple(dict.fromkeys(each for each in taken if _listed(each, listed.classes, listed.ingredients)))
    triggers = [each for each in found if _listed(each, listed.trigger_classes, listed.trigger_ingredients)]
    return found if triggers and len(found) > 1 else ()


def _listed(ingredient: Ingredient, classes: frozenset[str], names: frozenset[str]) -> bool:
    return ingredient.name in names or not classes.isdisjoint(ingredient.class_ids)


def _finding(rule: CombinedRule, ingredients: tuple[Ingredient, ...]) -> CombinedFinding:
    title, action, number = _words(rule)
    named = ", ".join(ingredient.display for ingredient in ingredients)
    return CombinedFinding(rule, Level.REVIEW, ingredients, f"{title}: {named}", action, _SOURCE.format(number))


def _words(rule: CombinedRule) -> tuple[str, str, int]:
    match rule:
        case CombinedRule.ADDED_SEDATION:
            return (
                "Together these add to sleepiness and slow breathing",
                "The provider reviews them before the infusion. Ask when each was last taken.",
                1,
            )
        case CombinedRule.RAISED_BP:
            return (
                "Blood pressure may rise further",
                "The provider reviews them together with the blood pressure before the infusion.",
                2,
            )
        case CombinedRule.SEROTONERGIC:
            return (
                "Together these can cause too much serotonin effect",
                "The provider reviews them before the infusion. Ask about agitation, tremor, sweating and fever.",
                3,
            )
        case _:
            assert_never(rule)
