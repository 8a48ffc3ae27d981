"""An entry cut into parts: "Lexapro 10, Wellbutrin 150 & weed" has three. In each, listed names and what is left."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from checklist.medicines import words
from checklist.medicines.around import ignored_flags
from checklist.medicines.table import MedicineTable
from checklist.medicines.text import Segment, Word
from checklist.medicines.values import Name, NameKind, VagueTerm

_DIGITS_OF_A_COUNT = 2

Found = Name | VagueTerm | tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words `start` to `end` of a part are a listed name, a vague term, or close to the names of a tuple."""

    start: int
    end: int
    found: Found

    @property
    def exact_ingredients(self) -> frozenset[str]:
        """Ingredient names when the name is listed and rightly spelt and counts anywhere; else empty."""
        if not isinstance(self.found, Name) or self.found.alone_only or self.found.kind is NameKind.MISSPELLING:
            return frozenset()
        return frozenset(ingredient.name for ingredient in self.found.entry.ingredients)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one part, its hits, and the places of words that are neither a hit nor to be ignored."""

    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    unknown: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Only dose, route, frequency, form: it belongs to the medicine before it."""
        return not self.hits and not self.unknown


def parts_of(table: MedicineTable, found: Sequence[Segment]) -> tuple[Part, ...]:
    """The parts of an entry that name something; a part of dose words alone is joined to the one before it."""
    kept: list[Part] = []
    waiting: tuple[Word, ...] = ()
    for segment in found:
        for part in _split(table, segment):
            if not part.is_empty:
                kept.append(_joined(Part(waiting, (), ()), part))
                waiting = ()
            elif kept:
                kept[-1] = _joined(kept[-1], part)
            else:
                waiting += part.words
    return tuple(kept)


def _split(table: MedicineTable, segment: Segment) -> Iterator[Part]:
    """The segment cut at "and" and "plus" where they are not part of a name ("Advil Cold and Sinus")."""
    hits = _scan(table, segment, alone_only=False, taken=frozenset())
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    cuts = [i for i, word in enumerate(segment) if word.text in words.JOINERS and i not in covered]
    starts = [0, *(cut + 1 for cut in cuts)]
    for start, end in zip(starts, [*cuts, len(segment)], strict=True):
        if start < end:
            inside = [Hit(h.start - start, h.end - start, h.found) for h in hits if start <= h.start < end]
            yield _part(table, segment[start:end], inside)


def _part(table: MedicineTable, part: Segment, listed: Sequence[Hit]) -> Part:
    medicines = {hit.end: hit for hit in listed if isinstance(hit.found, Name)}
    class_ids = {class_id for hit in listed for class_id in _class_ids(hit.found)}
    names = {name for hit in listed for name in hit.exact_ingredients}
    taken = frozenset(place for hit in listed for place in range(hit.start, hit.end))
    every = [*listed, *_scan(table, part, alone_only=True, taken=taken)]
    hits = [hit for hit in every if not _is_salt(part, hit, medicines) and not _describes(hit, names, class_ids)]
    covered = {place for hit in every for place in range(hit.start, hit.end)}
    ignored = [False] * len(part) if not every and _may_be_a_medicine(part) else ignored_flags(part)
    unknown = tuple(i for i in range(len(part)) if i not in covered and not ignored[i])
    return Part(part, tuple(sorted(hits, key=lambda hit: hit.start)), unknown)


def _may_be_a_medicine(part: Segment) -> bool:
    """ "G" or "a shot" between commas is no dose of the medicine before it, though its words are dose words."""
    texts = [word.text for word in part]
    if any(word.is_number for word in part) or not words.NUMBER_WORDS.isdisjoint(texts):
        return False
    return not words.THINGS.isdisjoint(texts) or all(len(text) == 1 for text in texts)


def _scan(table: MedicineTable, part: Segment, *, alone_only: bool, taken: frozenset[int]) -> list[Hit]:
    """Listed names and vague terms in the words, longest first, none overlapping.

    Of equally long ones that overlap the one without a dose word in front: "daily vitamin C" is no "daily vitamin".
    """
    free = [place not in taken for place in range(len(part))]
    texts = [word.text for word in part]
    hits: list[Hit] = []
    for size in range(min(table.longest, len(part)), 0, -1):
        starts = range(len(part) - size + 1)
        for start in sorted(starts, key=lambda place: texts[place] in words.IGNORED):
            end = start + size
            if not all(free[start:end]):
                continue
            found = table.lookup(texts[start:end])
            if found is None or _counts_only_alone(found) != alone_only or _is_a_count(table, part, start, end):
                continue
            free[start:end] = [False] * size
            hits.append(Hit(start, end, found))
    return hits


def _counts_only_alone(found: Name | VagueTerm) -> bool:
    return isinstance(found, Name) and found.alone_only


def _is_a_count(table: MedicineTable, part: Segment, start: int, end: int) -> bool:
    """ "Tylenol 3 times a day", "vitamin D 2 tabs": the number counts doses and is no part of the name.

    Before "tabs" it may be either. The longer name then stands if it brings a class of its own: Tylenol 3 has codeine.
    Nobody counts to hundreds: "Zantac 360 tabs" is Zantac 360.
    """
    if len(part[end - 1].text) > _DIGITS_OF_A_COUNT:
        return False
    texts = [word.text for word in part[start:end]]
    after = [word.text for word in part[end : end + 2]]
    shorter = table.lookup(texts[:-1]) if part[end - 1].is_number and after else None
    if shorter is None or (after[0] == "x" and len(after) > 1 and part[end + 1].is_number):  # "Tylenol 3 x2"
        return False
    if after[0] in words.COUNTED:
        return True
    longer = table.lookup(texts)
    adds_nothing = longer is not None and set(_class_ids(longer)) <= set(_class_ids(shorter))
    return after[0] in words.COUNTED_FORMS and adds_nothing


def _is_salt(part: Segment, hit: Hit, medicines: Mapping[int, Hit]) -> bool:
    """A mineral directly after a medicine that is sold as its salt: "losartan pot 50"."""
    salt_of = words.SALTS.get(part[hit.start].text) if hit.end == hit.start + 1 else None
    before = medicines.get(hit.start)
    return salt_of is not None and before is not None and bool(before.exact_ingredients & salt_of)


def _describes(hit: Hit, names: Set[str], class_ids: Set[str]) -> bool:
    """A vague term that only says what the medicine beside it is: "Lexapro SSRI", "zinc supplement"."""
    if not isinstance(hit.found, VagueTerm):
        return False
    if not names.isdisjoint(words.DESCRIPTIONS.get(hit.found.key, ())):
        return True
    # "Tylenol nothing else": class "none" describes nothing
    return hit.found.presumed_class_id != "none" and hit.found.presumed_class_id in class_ids


def _class_ids(found: Found) -> tuple[str, ...]:
    if not isinstance(found, Name):
        return ()
    return tuple(class_id for ingredient in found.entry.ingredients for class_id in ingredient.class_ids)


def _joined(first: Part, second: Part) -> Part:
    shift = len(first.words)
    moved = tuple(Hit(hit.start + shift, hit.end + shift, hit.found) for hit in second.hits)
    unknown = tuple(place + shift for place in second.unknown)
    return Part(first.words + second.words, first.hits + moved, first.unknown + unknown)
