"""What a nurse typed -> matches: method of medications.md, "Matching".

Longest known name first, on the whole entry, then on its parts. What is left and is not a dose, route, frequency or
form is looked up as a close spelling, which becomes a question, or is handed back as not understood. Nothing that was
typed is dropped silently.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checklist.medicines.around import are_amounts, is_continuous
from checklist.medicines.numbered import numbered_names, with_numbers
from checklist.medicines.parts import Hit, Part, parts_of
from checklist.medicines.questions import spelling_question, vague_question, word_question
from checklist.medicines.spelling import Speller, nearest_name
from checklist.medicines.table import MedicineTable
from checklist.medicines.text import Word, segments
from checklist.medicines.values import Certainty, Match, Name, NameKind, VagueTerm

_LONGEST_GUESSED_RUN = 4


def find(table: MedicineTable, text: str) -> tuple[Match, ...]:
    """Every medicine of an entry, in the order typed; () for an empty one. Never raises, whatever the text.

    A combination product is one match with several ingredients. What is not recognised is a match of certainty
    UNKNOWN, or stands under `not_understood` of the medicine before it.
    """
    if not text.strip():
        return ()
    parts = parts_of(table, segments(text, table.known_words))
    reader = _Reader(table, text, whole=len(parts) == 1)
    matches = tuple(match for part in parts for match in reader.read(part))
    if not matches:
        return (Match(text.strip(), not_understood=(text.strip(),)),)
    return matches if len(matches) > 1 else (replace(matches[0], text=text.strip()),)


class _Reader:
    """Reads the parts of one entry; `whole`: there is only one, so that words of `whole_entry_only` may count."""

    def __init__(self, table: MedicineTable, text: str, *, whole: bool) -> None:
        self._table = table
        self._text = text
        self._whole = whole
        self._speller = Speller(table)

    def read(self, part: Part) -> tuple[Match, ...]:
        close = list(self._close_spellings(part))
        covered = {place for hit in close for place in range(hit.start, hit.end)}
        found = [*close, *(hit for hit in part.hits if hit.start not in covered)]
        hits = [with_numbers(self._table, part, hit) for hit in sorted(found, key=lambda hit: hit.start)]
        if not hits:
            return (Match(self._raw(part.words), not_understood=self._unknown(part, hits)),)
        return tuple(self._matches(part, _merged(hits)))

    def _close_spellings(self, part: Part) -> Iterator[Hit]:
        """Runs of unknown words, each tried as one name first and then word by word."""
        for run in _runs(part.unknown):
            joined = self._joined(part, run)
            if joined is not None:
                yield joined
                continue
            for index in run:
                close = self._plural(part.words[index].text) or self._speller.candidates(part.words[index].text)
                if close:
                    yield Hit(index, index + 1, close)

    def _plural(self, word: str) -> tuple[Name, ...]:
        """ "beers", "edibles": a word of `whole_entry_only` in the plural, which close spellings leave out."""
        one = self._table.lookup([word[:-1]]) if word.endswith("s") and len(word) > 1 else None
        return (one,) if isinstance(one, Name) and one.alone_only else ()

    def _joined(self, part: Part, run: Sequence[int]) -> Hit | None:
        """The run as one misspelt name, by itself or with the listed name before or after it ("insulin glargien")."""
        if len(run) > _LONGEST_GUESSED_RUN:
            return None
        start, end = run[0], run[-1] + 1
        for hit in part.hits:
            if isinstance(hit.found, Name) and (hit.end == start or hit.start == end):
                wide = (min(hit.start, start), max(hit.end, end))
                close = list(self._speller.candidates(_glued(part, *wide)))
                if len(close) == 1 and f" {hit.found.key} " in f" {close[0].key} " and close[0].key != hit.found.key:
                    return Hit(*wide, tuple(close))
        close = list(self._speller.candidates(_glued(part, start, end))) if len(run) > 1 else []
        return Hit(start, end, tuple(close)) if close else None

    def _matches(self, part: Part, hits: Sequence[Hit]) -> Iterator[Match]:
        """A match for each hit. Words between two hits belong to the first of them."""
        starts = [0, *(hit.start for hit in hits[1:])]
        ends = [*starts[1:], len(part.words)]
        unknown: list[list[str]] = [[] for _ in hits]
        places = self._unknown_places(part, hits)
        for place in places:
            unknown[bisect_right(starts, place) - 1].append(self._raw([part.words[place]]))
        lasting = {bisect_right(starts, hit.start) - 1 for hit in part.hits if self._is_listed_continuous(hit)}
        alone = len(hits) == 1 and not places
        whole = alone and self._whole and are_amounts([*part.words[: hits[0].start], *part.words[hits[0].end :]])
        for index, hit in enumerate(hits):
            stretch = part.words[starts[index] : ends[index]]
            yield replace(
                self._match(hit, part, alone=alone, whole=whole),
                text=self._raw(stretch),
                not_understood=tuple(unknown[index]),
                continuous=index in lasting or is_continuous([word.text for word in stretch]),
            )

    def _is_listed_continuous(self, hit: Hit) -> bool:
        """A name that is always such a form, or says so also where it was typed as one word ("wellbutrinxl")."""
        if not isinstance(hit.found, Name):
            return False
        return hit.found.key in self._table.continuous or is_continuous(hit.found.key.split())

    def _match(self, hit: Hit, part: Part, *, alone: bool, whole: bool) -> Match:
        """`alone`: the part's only name, all else in it ignored. `whole`: besides, it is the whole entry."""
        heard = self._raw(part.words[hit.start : hit.end])
        found = hit.found
        if isinstance(found, VagueTerm):
            presumed = (found.presumed_class_id,) if found.presumed_class_id else ()
            question = vague_question(heard, found, self._table.look_alikes(found))
            return Match(heard, questions=(question,), certainty=Certainty.VAGUE, presumed_class_ids=presumed)
        if isinstance(found, tuple):
            return self._spelling(heard, found)
        if found.kind is NameKind.MISSPELLING:
            return self._spelling(heard, (nearest_name(self._table, found),))
        if found.alone_only and not whole:
            presumed_whole = found.entry.ingredients if alone else ()
            question = word_question(heard, found)
            return Match(heard, presumed_whole, found.brand, (question,), certainty=Certainty.CONFIRM)
        look_alikes = [*self._table.look_alikes(found), *(each.name for each in numbered_names(self._table, part, hit))]
        labels = tuple(other.label for other in look_alikes)
        return Match(heard, found.entry.ingredients, found.brand, certainty=Certainty.EXACT, look_alikes=labels)

    def _spelling(self, heard: str, names: tuple[Name, ...]) -> Match:
        look_alikes = tuple(other for name in names for other in self._table.look_alikes(name))
        question = spelling_question(heard, names, look_alikes)
        if len(names) > 1:
            return Match(heard, questions=(question,), certainty=Certainty.CONFIRM)
        found = names[0]
        return Match(heard, found.entry.ingredients, found.brand, (question,), certainty=Certainty.CONFIRM)

    def _unknown_places(self, part: Part, hits: Sequence[Hit]) -> list[int]:
        covered = {index for hit in hits for index in range(hit.start, hit.end)}
        return [index for index in part.unknown if index not in covered]

    def _unknown(self, part: Part, hits: Sequence[Hit]) -> tuple[str, ...]:
        return tuple(self._raw([part.words[index]]) for index in self._unknown_places(part, hits))

    def _raw(self, stretch: Sequence[Word]) -> str:
        """The words as typed."""
        return self._text[stretch[0].start : stretch[-1].end]


def _merged(hits: Sequence[Hit]) -> list[Hit]:
    """One hit where brand and generic name the same medicine: "escitalopram (Lexapro)" keeps the brand."""
    kept: list[Hit] = []
    place_of: dict[str, int] = {}
    for hit in hits:
        places = {place_of[name] for name in hit.exact_ingredients if name in place_of}
        place = next((i for i in places if _covers(kept[i], hit) or _covers(hit, kept[i])), None)
        if place is None:
            place = len(kept)
            kept.append(hit)
        elif _says_more(hit, kept[place]):
            kept[place] = replace(kept[place], found=hit.found)
        place_of.update(dict.fromkeys(kept[place].exact_ingredients, place))
    return kept


def _says_more(hit: Hit, than: Hit) -> bool:
    """More ingredients, or a brand where the other had the generic name."""
    if hit.exact_ingredients == than.exact_ingredients:
        return isinstance(than.found, Name) and than.found.brand is None
    return _covers(hit, than)


def _covers(wide: Hit, narrow: Hit) -> bool:
    return wide.exact_ingredients >= narrow.exact_ingredients


def _glued(part: Part, start: int, end: int) -> str:
    return "".join(word.text for word in part.words[start:end])


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow each other directly, together."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run
