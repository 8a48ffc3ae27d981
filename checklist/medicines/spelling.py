"""Close spellings. Never a match by itself: what comes out of here becomes a question.

Same first letter, Damerau-Levenshtein distance 1 for 5 to 7 letters and 2 for 8 or more (medications.md, Matching).
rapidfuzz is imported when the first spelling is looked for, not at start.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checklist.medicines import words
from checklist.medicines.table import MedicineTable
from checklist.medicines.values import Name, NameKind

_ONE_SLIP_FROM = 5
_TWO_SLIPS_FROM = 8
_MOST_WORDS = 60  # an entry with more unknown words is a pasted letter, not a list of medicines: no guessing


def slips_allowed(letters: int) -> int:
    """How many slips a word of so many letters may have."""
    if letters < _ONE_SLIP_FROM:
        return 0
    return 1 if letters < _TWO_SLIPS_FROM else 2


def close_names(names: Iterable[Name], word: str) -> tuple[Name, ...]:
    """The nearest name of each row within the allowed slips, nearest first. `word` has no spaces."""
    from rapidfuzz.distance import DamerauLevenshtein

    limit = slips_allowed(len(word))
    near: list[tuple[int, str, Name]] = []
    for name in names:
        glued = name.key.replace(" ", "")
        if glued[0] == word[0] and abs(len(glued) - len(word)) <= limit:
            distance = DamerauLevenshtein.distance(word, glued, score_cutoff=limit)
            if distance <= limit:
                near.append((distance, name.key, name))
    near.sort(key=lambda each: each[:2])
    first: dict[str, Name] = {}
    for _, _, name in near:
        first.setdefault(name.entry.name, name)
    return tuple(first.values())


def nearest_name(table: MedicineTable, misspelling: Name) -> Name:
    """The right spelling on the same row that a listed misspelling comes closest to."""
    from rapidfuzz.distance import DamerauLevenshtein

    right = [name for name in table.names if name.entry is misspelling.entry and _rightly_spelt(name)]
    return min(right, key=lambda name: DamerauLevenshtein.distance(misspelling.key, name.key))


@dataclass(slots=True)
class Speller:
    """Looks for close spellings within one entry, and stops guessing when the entry is mostly unknown words."""

    table: MedicineTable
    _left: int = _MOST_WORDS

    def candidates(self, word: str) -> tuple[Name, ...]:
        """Names close to the word; empty when it is too short or too many words were unknown already."""
        if slips_allowed(len(word)) == 0 or not word.isalpha() or word in words.MEANINGFUL or self._left == 0:
            return ()
        self._left -= 1
        return close_names(self.table.guessed.get(word[0], ()), word)


def _rightly_spelt(name: Name) -> bool:
    return name.kind is not NameKind.MISSPELLING
