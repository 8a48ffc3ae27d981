"""Medicines: what a nurse typed -> ingredients, interaction classes, levels.

No disk, no clock, no Qt: the table is loaded from text handed in, and everything else is a function of the table and
the text. `find` reads an entry, `entry_level` and `entry_findings` judge it, `combined` judges the whole list,
`Suggester` helps while typing.
"""

from checklist.medicines.combine import CombinedFinding, CombinedRule, combined
from checklist.medicines.judge import (
    ClassFinding,
    Timing,
    class_level,
    entry_findings,
    entry_level,
    is_understood,
    level_of,
)
from checklist.medicines.match import find
from checklist.medicines.questions import answered, confirmed
from checklist.medicines.seal import load_sealed
from checklist.medicines.suggest import Suggester, Suggestion
from checklist.medicines.table import MedicineTable, MedicineTableError
from checklist.medicines.values import (
    Certainty,
    Ingredient,
    InteractionClass,
    Match,
    Option,
    Question,
    QuestionKind,
)

__all__ = [
    "Certainty",
    "ClassFinding",
    "CombinedFinding",
    "CombinedRule",
    "Ingredient",
    "InteractionClass",
    "Match",
    "MedicineTable",
    "MedicineTableError",
    "Option",
    "Question",
    "QuestionKind",
    "Suggester",
    "Suggestion",
    "Timing",
    "answered",
    "class_level",
    "combined",
    "confirmed",
    "entry_findings",
    "entry_level",
    "find",
    "is_understood",
    "level_of",
    "load_sealed",
]
