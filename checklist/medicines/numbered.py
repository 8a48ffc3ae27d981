"""Names that end in a number, where the digits typed may run on into a dose: "Tylenol 31tab", "Zantac 36010mg".

The longer name is then as likely as the shorter one with an odd dose, and the two are not the same medicine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklist.medicines.parts import Hit, Part
from checklist.medicines.spelling import nearest_name
from checklist.medicines.table import MedicineTable
from checklist.medicines.values import Name, NameKind, VagueTerm

_MOST_NUMBERS = 2  # "insulin 70/30"
_USUAL_DOSES = frozenset({"325"})  # mg of acetaminophen in one tablet: never Tylenol 3 and then 25


@dataclass(frozen=True, slots=True)
class Numbered:
    """A name that a hit may be with the digits after it, up to the word before `end`.

    `asked`: several digits fit, or it has an interaction of its own. Else it is only shown beside what was read.
    """

    name: Name
    end: int
    asked: bool


def with_numbers(table: MedicineTable, part: Part, hit: Hit) -> Hit:
    """The hit, or all the names that it may be together with the digits after it."""
    longer = [each for each in numbered_names(table, part, hit) if each.asked]
    if not longer:
        return hit
    names = (*_names_of(table, hit), *(each.name for each in longer))
    return Hit(hit.start, max(each.end for each in longer), names)


def numbered_names(table: MedicineTable, part: Part, hit: Hit) -> tuple[Numbered, ...]:
    """The names of other medicines that the hit may be with the first digits after it."""
    found: list[Numbered] = []
    numbers: list[str] = []
    for end, word in enumerate(part.words[hit.end : hit.end + _MOST_NUMBERS], hit.end + 1):
        if not word.is_number:
            break
        numbers.append(word.text)
        for name in _names_of(table, hit):
            longer = _longer(table, name, numbers, spelt_right=name is hit.found)
            found += [Numbered(each, end, _is_asked(name, each)) for each in longer]
    return tuple(found)


def _names_of(table: MedicineTable, hit: Hit) -> tuple[Name, ...]:
    match hit.found:
        case VagueTerm():
            return ()
        case Name(kind=NameKind.MISSPELLING) as wrong:
            return (nearest_name(table, wrong),)
        case Name() as name:
            return (name,)
        case names:
            return names


def _longer(table: MedicineTable, name: Name, numbers: Sequence[str], *, spelt_right: bool) -> Iterator[Name]:
    """A rightly spelt name with its whole number was read before, as the longer name or as a count of doses."""
    *whole, last = numbers
    for cut in range(1, len(last) + (not spelt_right)):
        longer = table.lookup([*name.key.split(), *whole, last[:cut]])
        if isinstance(longer, Name) and longer.entry is not name.entry and not _is_a_dose(last, last[cut:]):
            yield longer


def _is_a_dose(number: str, rest: str) -> bool:
    """Whether the number is rather one of its own: a round one ("Tylenol 300") or a usual dose."""
    return number in _USUAL_DOSES or (rest != "" and not rest.strip("0"))


def _is_asked(name: Name, longer: Name) -> bool:
    several_digits = len(longer.key.replace(" ", "")) > len(name.key.replace(" ", "")) + 1
    return several_digits or not _class_ids(longer) <= _class_ids(name)


def _class_ids(name: Name) -> set[str]:
    return {class_id for ingredient in name.entry.ingredients for class_id in ingredient.class_ids}
