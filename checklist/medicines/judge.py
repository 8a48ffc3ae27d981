"""Levels of one entry: the classes of its ingredients, the time of the last dose, and what is not yet answered.

Windows and levels are those of interactions.csv; which of them were read in a source and which are clinical
judgement stands there and in medications.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from checklist.medicines.table import MedicineTable
from checklist.medicines.values import Certainty, Ingredient, InteractionClass, Match, QuestionKind
from checklist.model import Level


class Timing(StrEnum):
    """How the last dose stands to the window of a class."""

    NO_WINDOW = "no_window"  # the class asks for no time
    NOT_KNOWN = "not_known"  # no time given: never lowered
    CONTINUOUS = "continuous"  # patch, pump, depot, extended release: taken now
    INSIDE = "inside"
    DAILY = "daily"  # older than the window, but the effect is daily: never lowered
    OUTSIDE = "outside"  # older than the window: the lower level holds


@dataclass(frozen=True, slots=True)
class ClassFinding:
    """What one class says of an entry.

    `level` counts the time of the last dose. `presumed` findings rest on an unanswered question.
    """

    interaction: InteractionClass
    ingredients: tuple[Ingredient, ...]
    level: Level
    timing: Timing
    presumed: bool = False


def entry_findings(
    table: MedicineTable, match: Match, last_taken_hours: Decimal | None = None, continuous: bool = False
) -> tuple[ClassFinding, ...]:
    """One finding for each class of the match, heaviest first; classes without an interaction included.

    `last_taken_hours` is hours since the last dose, None when not known. `continuous` adds to what the text says.
    Presumed classes (vague terms, several possible spellings) are never lowered.
    """
    lasting = continuous or match.continuous
    presumed = match.certainty is not Certainty.EXACT
    found = [
        _finding(table.classes[class_id], carriers, last_taken_hours, lasting, presumed)
        for class_id, carriers in _carriers(match.ingredients).items()
    ]
    if not match.ingredients:
        found += [
            _finding(table.classes[class_id], carriers, None, lasting, presumed=True)
            for class_id, carriers in _presumed(match).items()
        ]
    return tuple(sorted(found, key=lambda finding: -finding.level.rank))


def class_level(
    table: MedicineTable, match: Match, last_taken_hours: Decimal | None = None, continuous: bool = False
) -> Level:
    """The worst level of the match's classes alone, questions left aside."""
    return Level.worst(each.level for each in entry_findings(table, match, last_taken_hours, continuous))


def entry_level(
    table: MedicineTable, match: Match, last_taken_hours: Decimal | None = None, continuous: bool = False
) -> Level:
    """The level of the entry: its classes, and at least REVIEW while anything is asked, vague or not understood."""
    return level_of(match, entry_findings(table, match, last_taken_hours, continuous))


def level_of(match: Match, found: Iterable[ClassFinding]) -> Level:
    """The level of an entry of which these classes were found."""
    level = Level.worst(each.level for each in found)
    return level if is_understood(match) else Level.worst((level, Level.REVIEW))


def is_understood(match: Match) -> bool:
    """Whether every word was understood and no question is open."""
    return match.certainty is Certainty.EXACT and not match.questions and not match.not_understood


def _finding(
    interaction: InteractionClass,
    carriers: tuple[Ingredient, ...],
    hours: Decimal | None,
    continuous: bool,
    presumed: bool,
) -> ClassFinding:
    timing = _timing(interaction, hours, continuous)
    level = interaction.level
    if timing is Timing.OUTSIDE and interaction.level_outside_window is not None:
        level = interaction.level_outside_window
    return ClassFinding(interaction, carriers, level, timing, presumed)


def _timing(interaction: InteractionClass, hours: Decimal | None, continuous: bool) -> Timing:
    window = interaction.ask_last_dose_hours
    if window is None:
        return Timing.NO_WINDOW
    if continuous:
        return Timing.CONTINUOUS
    if hours is None or not hours.is_finite():
        return Timing.NOT_KNOWN
    if hours <= window:
        return Timing.INSIDE
    return Timing.DAILY if interaction.level_outside_window is None else Timing.OUTSIDE


def _carriers(ingredients: Iterable[Ingredient]) -> dict[str, tuple[Ingredient, ...]]:
    """Class id -> the ingredients that are of this class."""
    carriers: dict[str, tuple[Ingredient, ...]] = {}
    for ingredient in ingredients:
        for class_id in ingredient.class_ids:
            carriers[class_id] = (*carriers.get(class_id, ()), ingredient)
    return carriers


def _presumed(match: Match) -> dict[str, tuple[Ingredient, ...]]:
    """Classes to reckon with until somebody answers: of a vague term, or of every spelling that is possible."""
    presumed: dict[str, tuple[Ingredient, ...]] = dict.fromkeys(match.presumed_class_ids, ())
    for question in match.questions:
        if question.kind is QuestionKind.AMBIGUOUS:
            presumed |= _carriers(question.candidates)
    return presumed
