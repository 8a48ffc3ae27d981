"""Suggestions while a name is typed: every ingredient, brand and combination product."""

from collections import Counter
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
    """Looks names up as they are typed. Holds what it needs of each name; makes it when first asked, not at start."""

    def __init__(self, table: MedicineTable) -> None:
        self._table = table
        self._names: tuple[Name, ...] = ()
        self._worst: dict[str, InteractionClass] = {}
        self._misspellings: Counter[str] = Counter()
        self._place: dict[str, int] = {}  # of a name in its row: 0 the row's own, 1 the first other name

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """At most `limit` suggestions, one for each medicine, best first; () for a blank prefix.

        1. the name that was typed; 2. names that begin so; 3. names with a word that begins so; 4. names that hold it;
        close spellings only when there is nothing else. Within each: what is typed most, then the heavier interaction
        with ketamine, then the shorter name, then the alphabet. How much a name is typed is read off the files: they
        list more misspellings for medicines that are heard often, and of the names of one medicine the commonest first.
        """
        typed = name_key(prefix)
        if not typed:
            return ()
        best: dict[str, Name] = {}
        for names in self._tiers(typed):
            fitting: dict[str, Name] = {}
            for name in names:
                if name.entry.name not in best:
                    fitting.setdefault(name.entry.name, name)
            best |= {name.entry.name: name for name in sorted(fitting.values(), key=self._order)}
            if len(best) >= limit:
                break
        return tuple(self._suggestion(name) for name in list(best.values())[:limit])

    def _tiers(self, typed: str) -> Iterator[Iterable[Name]]:
        self._prepare()
        inside = [name for name in self._names if typed in name.key]
        if not inside:
            yield close_names((name for name in self._names if not name.alone_only), typed.replace(" ", ""))
            return
        starting = [name for name in inside if name.key.startswith(typed)]
        yield (name for name in starting if name.key == typed)
        yield starting
        yield (name for name in inside if f" {typed}" in name.key)
        yield inside

    def _order(self, name: Name) -> tuple[int, int, int, str]:
        row = name.entry.name
        return self._place[name.key] - self._misspellings[row], -self._worst[row].level.rank, len(name.key), name.key

    def _prepare(self) -> None:
        if not self._names:
            self._names = tuple(name for name in self._table.names if name.kind is not NameKind.MISSPELLING)
            wrong = (name for name in self._table.names if name.kind is NameKind.MISSPELLING)
            self._misspellings = Counter(name.entry.name for name in wrong)
            seen: Counter[str] = Counter()
            for name in self._names:
                self._place[name.key] = seen[name.entry.name]
                seen[name.entry.name] += 1
            self._worst = {name.entry.name: _heaviest(self._table, name.entry) for name in self._names}

    def _suggestion(self, name: Name) -> Suggestion:
        worst = self._worst[name.entry.name]
        text = name.entry.name if name.alone_only else name.shown
        return Suggestion(text, name.entry.generics, name.brand, worst.name, worst.level, name.entry.ingredients)


def _heaviest(table: MedicineTable, entry: Entry) -> InteractionClass:
    ids: Iterable[str] = (class_id for each in entry.ingredients for class_id in each.class_ids)
    return max((table.classes[class_id] for class_id in ids), key=lambda each: each.level.rank)
