"""What a nurse typed -> matches: method of medications.md, "Matching".

Longest known name first, on the whole entry, then on its parts. What is left and is not a dose, route, frequency or
form is looked up as a close spelling, which becomes a question, or is handed back as not understood. Nothing that was
typed is dropped silently.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checklist.medicines.parts import Hit, Part, parts_of
from checklist.medicines.questions import spelling_question, vague_question, word_question
from checklist.medicines.spelling import Speller, nearest_name
from checklist.medicines.table import MedicineTable
from checklist.medicines.text import Segment, Word, ignored_flags, is_continuous, segments
from checklist.medicines.values import Certainty, Match, Name, NameKind, VagueTerm

_LONGEST_GUESSED_RUN = 4


def find(table: MedicineTable, text: str) -> tuple[Match, ...]:
    """Every medicine of an entry, in the order typed; () for an empty one. Never raises, whatever the text.

    A combination product is one match with several ingredients. What is not recognised is a match of certainty
    UNKNOWN, or stands under `not_understood` of the medicine before it.
    """
    if not text.strip():
        return ()
    found = segments(text, table.known_words)
    whole = _whole_entry(table, text, found)
    if whole is not None:
        return (whole,)
    reader = _Reader(table, text)
    matches = tuple(match for part in parts_of(table, found) for match in reader.read(part))
    if not matches:
        return (Match(text.strip(), not_understood=(text.strip(),)),)
    return matches if len(matches) > 1 else (replace(matches[0], text=text.strip()),)


def _whole_entry(table: MedicineTable, text: str, found: Sequence[Segment]) -> Match | None:
    """The entry as one name. Only here do the names of `whole_entry_only` ("pot", "ice") count as they stand."""
    telling = [segment for segment in found if not all(ignored_flags(segment))] or found
    if len(telling) != 1:
        return None
    segment = telling[0]
    ignored = ignored_flags(segment)
    everything = [word.text for word in segment]
    bare = [word for word, drop in zip(everything, ignored, strict=True) if not drop]
    for texts in (everything, bare):
        name = table.lookup(texts) if len(texts) <= table.longest else None
        if isinstance(name, Name) and name.alone_only:
            return _exact(table, name, text.strip())
    return None


class _Reader:
    """Reads the parts of one entry."""

    def __init__(self, table: MedicineTable, text: str) -> None:
        self._table = table
        self._text = text
        self._speller = Speller(table)

    def read(self, part: Part) -> tuple[Match, ...]:
        hits = sorted([*part.hits, *self._close_spellings(part)], key=lambda hit: hit.start)
        if not hits:
            return (Match(self._raw(part.words), not_understood=self._unknown(part, hits)),)
        return tuple(self._matches(part, _merged(hits)))

    def _close_spellings(self, part: Part) -> Iterator[Hit]:
        """Runs of unknown words, each tried as one name first and then word by word."""
        for run in _runs(part.unknown):
            texts = [part.words[index].text for index in run]
            joined = self._speller.candidates("".join(texts)) if 1 < len(run) <= _LONGEST_GUESSED_RUN else ()
            if joined:
                yield Hit(run[0], run[-1] + 1, joined)
                continue
            for index, text in zip(run, texts, strict=True):
                close = self._speller.candidates(text)
                if close:
                    yield Hit(index, index + 1, close)

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
        for index, hit in enumerate(hits):
            stretch = part.words[starts[index] : ends[index]]
            yield replace(
                self._match(hit, part, alone=alone),
                text=self._raw(stretch),
                not_understood=tuple(unknown[index]),
                continuous=index in lasting or is_continuous([word.text for word in stretch]),
            )

    def _is_listed_continuous(self, hit: Hit) -> bool:
        return isinstance(hit.found, Name) and hit.found.key in self._table.continuous

    def _match(self, hit: Hit, part: Part, *, alone: bool) -> Match:
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
        if found.alone_only:
            presumed_whole = found.entry.ingredients if alone else ()
            question = word_question(heard, found)
            return Match(heard, presumed_whole, found.brand, (question,), certainty=Certainty.CONFIRM)
        return _exact(self._table, found, heard)

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


def _exact(table: MedicineTable, name: Name, text: str) -> Match:
    look_alikes = tuple(other.label for other in table.look_alikes(name))
    return Match(text, name.entry.ingredients, name.brand, certainty=Certainty.EXACT, look_alikes=look_alikes)


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
