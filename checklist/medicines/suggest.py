"""Suggestions while a name is typed: every ingredient, brand and combination product."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklist.medicines.spelling import close_names
from checklist.medicines.table import MedicineTable
from checklist.medicines.text import name_key
from checklist.medicines.values import Entry, Ingredient, InteractionClass, Name, NameKind
from checklist.model import Level


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list. `text` goes into the field; `display` are the generics with tall-man letters.

    `brand` is the name that fitted what was typed when it is not the generic one. `class_name` and `level` are the
    heaviest class of the ingredients, no last dose known.
    """

    text: str
    display: str
    brand: str | None
    class_name: str
    level: Level
    ingredients: tuple[Ingredient, ...]


class Suggester:
    """Looks names up as they are typed. Holds the sorted names; makes them when first asked, not at start."""

    def __init__(self, table: MedicineTable) -> None:
        self._table = table
        self._names: tuple[Name, ...] = ()

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """At most `limit` suggestions, one for each medicine, best first; () for a blank prefix.

        Names that begin with the text come first, then names with a word that begins so, then names that hold it;
        close spellings only when there is nothing else. Within each: the name itself, generic and product
        names, then other names, by the alphabet.
        """
        typed = name_key(prefix)
        if not typed:
            return ()
        best: dict[str, Name] = {}
        for name in self._fitting(typed):
            best.setdefault(name.entry.name, name)
            if len(best) >= limit:
                break
        return tuple(self._suggestion(name) for name in best.values())

    def _fitting(self, typed: str) -> Iterator[Name]:
        names = self._sorted_names()
        inside = [name for name in names if typed in name.key]
        if not inside:
            glued = typed.replace(" ", "")
            yield from close_names((name for name in names if not name.alone_only), glued)
            return
        starting = [name for name in inside if name.key.startswith(typed)]
        yield from (name for name in starting if name.key == typed)
        yield from starting
        yield from (name for name in inside if f" {typed}" in name.key)
        yield from inside

    def _sorted_names(self) -> tuple[Name, ...]:
        if not self._names:
            right = (name for name in self._table.names if name.kind is not NameKind.MISSPELLING)
            self._names = tuple(sorted(right, key=lambda name: (name.kind is NameKind.OTHER, name.key)))
        return self._names

    def _suggestion(self, name: Name) -> Suggestion:
        worst = _heaviest(self._table, name.entry)
        text = name.entry.name if name.alone_only else name.shown
        return Suggestion(text, name.entry.generics, name.brand, worst.name, worst.level, name.entry.ingredients)


def _heaviest(table: MedicineTable, entry: Entry) -> InteractionClass:
    ids: Iterable[str] = (class_id for each in entry.ingredients for class_id in each.class_ids)
    return max((table.classes[class_id] for class_id in ids), key=lambda each: each.level.rank)
