"""The medicines table: eight CSV files read, checked and indexed. Frozen once loaded.

The files and what they mean: `resources/medicines/README.md`. Reading happens at start, so it stays plain: one pass,
dictionaries, nothing that a key press can do later.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from checklist.errors import ResourceMissing
from checklist.medicines import words
from checklist.medicines.rows import MedicineTableError, Row, not_utf8, read_rows
from checklist.medicines.text import name_key
from checklist.medicines.values import Entry, Ingredient, InteractionClass, Name, NameKind, VagueTerm
from checklist.model import Level

__all__ = ["MedicineTable", "MedicineTableError"]

_LEVELS = {
    "none": Level.CLEAR,
    "info": Level.INFO,
    "caution": Level.NOTE,
    "review": Level.REVIEW,
    "stop": Level.STOP,
}
FOLDER = "medicines/"
FILES = (
    "medications",
    "interactions",
    "combinations",
    "vague_terms",
    "lookalikes",
    "tallman",
    "continuous",
    "serotonergic",
)
_NAME_COLUMNS = ("other_names", "misspellings")
_SHORTEST_GLUED = (
    5  # "as a" must not become ASA: only longer names are known with their spaces elsewhere, or in one word
)

Found = Name | VagueTerm


@dataclass(frozen=True, slots=True)
class Serotonergic:
    """Who counts for rule 3: triggers, and everything that is serotonergic (triggers included)."""

    trigger_classes: frozenset[str]
    trigger_ingredients: frozenset[str]
    classes: frozenset[str]
    ingredients: frozenset[str]


@dataclass(frozen=True, slots=True)
class MedicineTable:
    """All that is known of medicines. `known_words` and `longest` (words) bound the search in an entry."""

    classes: Mapping[str, InteractionClass]
    ingredients: Mapping[str, Ingredient]
    names: tuple[Name, ...]
    continuous: frozenset[str]
    serotonergic: Serotonergic
    known_words: frozenset[str]
    longest: int
    guessed: Mapping[str, tuple[Name, ...]]  # by first letter, the names that a close spelling may stand for
    _glued: Mapping[str, Found] = field(repr=False)
    _look_alikes: Mapping[str, tuple[Name, ...]] = field(repr=False)

    @classmethod
    def load(cls, read_text: Callable[[str], str]) -> "MedicineTable":
        """The table from `medicines/*.csv`; `read_text` is handed such a name and gives the file's text.

        Raises MedicineTableError naming file, line and mend when a file is damaged or contradicts another; nothing is
        then loaded. Raises ResourceMissing when a file is not there.
        """
        return _Loader(read_text).load()

    def lookup(self, texts: Sequence[str]) -> Found | None:
        """The listed name or vague term that these words are, spaces aside ("coq 10", "vit d3", "stjohnswort")."""
        spaced = " ".join(texts)
        found = self._glued.get(spaced) or self._glued.get("".join(texts))
        if found is None or found.key == spaced:
            return found
        return found if _is_name_respaced(found, texts) else None

    def look_alikes(self, name: Found) -> tuple[Name, ...]:
        """Names of other medicines that are easily read for this one."""
        return self._look_alikes.get(name.key, ())


def _is_name_respaced(found: Found, texts: Sequence[str]) -> bool:
    """Whether words with the letters of a name, but other spaces, are that name.

    Not "as a" for ASA, "plan b 1 2" (half a tablet) for B12, nor "BuSpar one" for the misspelling "busparone".
    """
    glued = found.key.replace(" ", "")
    if len(texts) > 1 and len(glued) < _SHORTEST_GLUED and glued.isalpha():
        return False
    if isinstance(found, Name) and found.kind is NameKind.MISSPELLING and len(texts) > len(found.key.split()):
        return False
    return not any(one[-1].isdigit() and two[0].isdigit() for one, two in pairwise(texts))


def _guessed(names: Sequence[Name]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        if name.kind is not NameKind.MISSPELLING and not name.alone_only:
            found.setdefault(name.key[0], []).append(name)
    return {letter: tuple(own) for letter, own in found.items()}


class _Loader:
    """Reads the files in the order in which they refer to each other."""

    def __init__(self, read_text: Callable[[str], str]) -> None:
        self._read_text = read_text
        self._names: list[Name] = []
        self._glued: dict[str, Found] = {}

    def load(self) -> MedicineTable:
        classes = self._classes()
        ingredients = self._ingredients(classes)
        self._products(ingredients)
        self._vague_terms(classes)
        look_alikes = self._look_alikes()
        continuous = frozenset(self._listed(row, "name").key for row in self._rows("continuous", "name", "form"))
        keys = [found.key for found in self._glued.values()]
        return MedicineTable(
            classes=classes,
            ingredients=ingredients,
            names=tuple(self._names),
            continuous=continuous,
            serotonergic=self._serotonergic(classes, ingredients),
            known_words=frozenset(word for key in keys for word in key.split()),
            longest=max(key.count(" ") + 1 for key in keys) + 2,  # two more where letters and digits came apart
            guessed=_guessed(self._names),
            _glued=self._glued,
            _look_alikes=look_alikes,
        )

    def _rows(self, file: str, *columns: str) -> tuple[Row, ...]:
        name = f"{FOLDER}{file}.csv"
        try:
            text = self._read_text(name)
        except ResourceMissing as missing:
            if isinstance(missing.__cause__, UnicodeDecodeError):
                raise not_utf8(name, missing.__cause__.object, missing.__cause__.start) from missing
            raise
        return read_rows(name, text, columns)

    def _classes(self) -> dict[str, InteractionClass]:
        classes: dict[str, InteractionClass] = {}
        for row in self._rows(
            "interactions",
            *("class_id", "class_name", "severity", "effect", "action", "mechanism", "ask_last_dose_hours"),
            *("source", "source_seen", "source_address", "kind", "severity_outside_window"),
        ):
            made = _interaction(row)
            if made.id in classes:
                raise row.wrong(f"the class “{made.id}” stands twice", "Keep one of the two lines")
            classes[made.id] = made
        if "none" not in classes:
            raise Row(f"{FOLDER}interactions.csv", 1, {}).wrong("the class “none” is missing", "Add its line")
        return classes

    def _ingredients(self, classes: Mapping[str, InteractionClass]) -> dict[str, Ingredient]:
        tall_man = {row.needed("name"): row for row in self._rows("tallman", "name", "tall_man", "list")}
        ingredients: dict[str, Ingredient] = {}
        for row in self._rows(
            "medications", "rxnorm_name", *_NAME_COLUMNS, "class_id", "route_notes", "whole_entry_only"
        ):
            name = row.needed("rxnorm_name")
            row.needed("class_id")
            class_ids = row.items("class_id")
            for class_id in class_ids:
                if class_id not in classes:
                    raise row.wrong(f"the class “{class_id}” is not in interactions.csv", "Correct it or add it there")
            display = tall_man[name].needed("tall_man") if name in tall_man else name.lower()
            ingredient = Ingredient(name, class_ids, row.cell("route_notes"), display)
            self._add_names(row, Entry(name, (ingredient,), is_product=False))
            ingredients[name] = ingredient
        for name, row in tall_man.items():
            if name not in ingredients or row.needed("tall_man").lower() != name:
                raise row.wrong(f"“{name}” is no ingredient written so", "Use the spelling of medications.csv")
        return ingredients

    def _products(self, ingredients: Mapping[str, Ingredient]) -> None:
        for row in self._rows("combinations", "product", *_NAME_COLUMNS, "ingredients", "whole_entry_only"):
            row.needed("ingredients")
            parts = row.items("ingredients")
            for part in parts:
                if part not in ingredients:
                    raise row.wrong(f"the ingredient “{part}” is not in medications.csv", "Correct it or add it there")
            entry = Entry(row.needed("product"), tuple(ingredients[part] for part in parts), is_product=True)
            self._add_names(row, entry)

    def _add_names(self, row: Row, entry: Entry) -> None:
        own = NameKind.PRODUCT if entry.is_product else NameKind.GENERIC
        listed = [(entry.name, own)]
        listed += [(name, NameKind.OTHER) for name in row.items("other_names")]
        listed += [(name, NameKind.MISSPELLING) for name in row.items("misspellings")]
        alone = {name_key(name) for name in row.items("whole_entry_only")}
        for shown, kind in listed:
            key = name_key(shown)
            if kind is NameKind.MISSPELLING and " " in key and self._is_name_with_a_form(key, entry):
                continue
            name = Name(shown, key, entry, kind, key in alone)
            alone.discard(key)
            self._names.append(name)
            self._add(row, shown, name)
        if alone:
            raise row.wrong(
                f"“{min(alone)}” under whole_entry_only is none of the row's names",
                "Add it to other_names or remove it",
            )

    def _is_name_with_a_form(self, key: str, entry: Entry) -> bool:
        """ "Nurtec ODT", "buspirone HCl": listed as misspellings, but only a form or a salt beside the right name."""
        bare = [word for word in key.split() if word not in words.FORMS]
        found = self._glued.get("".join(bare)) if len(bare) < len(key.split()) else None
        return isinstance(found, Name) and found.entry is entry

    def _add(self, row: Row, shown: str, found: Found) -> None:
        """Files a name under its letters. The same name twice on one row is the same; on two rows it is a mistake."""
        glued = found.key.replace(" ", "")
        if not glued or not shown.isascii():
            raise row.wrong(f"the name “{shown}” has letters that cannot be looked up", "Write it with plain letters")
        other = self._glued.setdefault(glued, found)
        if other is not found and not _same(other, found):
            owner = other.entry.name if isinstance(other, Name) else other.term
            raise row.wrong(f"the name “{shown}” belongs to “{owner}” already", "Keep it on one row only")
        self._glued.setdefault(found.key, found)  # "SAM-e" beside "SAMe": the same letters, another spacing

    def _vague_terms(self, classes: Mapping[str, InteractionClass]) -> None:
        terms: list[VagueTerm] = []
        for row in self._rows("vague_terms", "term", "ask", "presumed_class_id"):
            class_id = row.cell("presumed_class_id")
            if class_id and class_id not in classes:
                raise row.wrong(f"the class “{class_id}” is not in interactions.csv", "Correct it or add it there")
            term = VagueTerm(row.needed("term"), name_key(row.needed("term")), row.needed("ask"), class_id)
            self._add(row, term.term, term)
            terms.append(term)
        for term in terms:
            for key in _variants(term.key):
                variant = VagueTerm(term.term, key, term.ask, term.presumed_class_id)
                self._glued.setdefault(key.replace(" ", ""), variant)

    def _look_alikes(self) -> dict[str, tuple[Name, ...]]:
        groups: dict[str, tuple[Name, ...]] = {}
        for row in self._rows("lookalikes", "names"):
            group = [self._glued.get(name_key(shown).replace(" ", "")) for shown in row.items("names")]
            known = [found for found in group if found is not None]
            if len(group) < 2 or len(known) < len(group):
                raise row.wrong("the row does not name two known medicines or more", "Correct the names")
            vague = [found for found in known if isinstance(found, VagueTerm)]
            for found in vague or known:  # "T3" may mean liothyronine or Tylenol 3; these do not look like each other
                others = (other for other in known if isinstance(other, Name) and not _same(other, found))
                groups[found.key] = tuple(others)
        return groups

    def _listed(self, row: Row, column: str) -> Found:
        found = self._glued.get(name_key(row.needed(column)).replace(" ", ""))
        if found is None:
            raise row.wrong(f"“{row.cell(column)}” is no listed name", "Correct it or add it to medications.csv")
        return found

    def _serotonergic(
        self, classes: Mapping[str, InteractionClass], ingredients: Mapping[str, Ingredient]
    ) -> Serotonergic:
        sets: dict[tuple[str, str], set[str]] = {}
        for row in self._rows("serotonergic", "kind", "name", "role", "reason"):
            kind, name, role = row.cell("kind"), row.cell("name"), row.cell("role")
            known = {"class": classes, "ingredient": ingredients}.get(kind, {})
            if name not in known or role not in ("trigger", "partner"):
                raise row.wrong(
                    f"“{kind}”, “{name}”, “{role}” do not fit",
                    "Name a known class or ingredient and its role",
                )
            sets.setdefault((kind, role), set()).add(name)
        triggers = (
            frozenset(sets.get(("class", "trigger"), ())),
            frozenset(sets.get(("ingredient", "trigger"), ())),
        )
        return Serotonergic(
            trigger_classes=triggers[0],
            trigger_ingredients=triggers[1],
            classes=triggers[0] | sets.get(("class", "partner"), set()),
            ingredients=triggers[1] | sets.get(("ingredient", "partner"), set()),
        )


def _interaction(row: Row) -> InteractionClass:
    seen = row.cell("source_seen")
    if seen not in ("yes", "memory"):
        raise row.wrong(f"source_seen is “{seen}”", "Write yes or memory")
    level = _level(row, "severity")
    hours = _hours(row)
    outside = _level(row, "severity_outside_window") if row.cell("severity_outside_window") else None
    if outside is not None and (hours is None or outside.rank >= level.rank):
        raise row.wrong(
            "severity_outside_window has no window, or is not lower than severity",
            "Give ask_last_dose_hours and a lower severity, or leave the cell empty",
        )
    return InteractionClass(
        id=row.needed("class_id"),
        name=row.needed("class_name"),
        level=level,
        effect=row.needed("effect"),
        action=row.needed("action"),
        mechanism=row.cell("mechanism"),
        ask_last_dose_hours=hours,
        level_outside_window=outside,
        source=row.needed("source"),
        source_seen=seen == "yes",
        kind=row.needed("kind"),
    )


def _level(row: Row, column: str) -> Level:
    word = row.needed(column)
    if word not in _LEVELS:
        raise row.wrong(f"{column} is “{word}”", f"Write one of {', '.join(_LEVELS)}")
    return _LEVELS[word]


def _hours(row: Row) -> Decimal | None:
    text = row.cell("ask_last_dose_hours")
    if not text:
        return None
    try:
        hours = Decimal(text)
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or hours <= 0:
        raise row.wrong(f"ask_last_dose_hours is “{text}”", "Write hours above 0, or leave the cell empty")
    return hours


def _variants(key: str) -> tuple[str, ...]:
    """ "blood pressure pill" is also said with meds, medicine, medication; "benzo" also in the plural."""
    *start, last = key.split()
    if start and last in words.PILL_WORDS:
        return tuple(" ".join([*start, word]) for word in words.PILL_WORDS)
    return () if last.endswith("s") else (f"{key}s",)


def _same(one: Found, other: Found) -> bool:
    return isinstance(one, Name) and isinstance(other, Name) and one.entry is other.entry
