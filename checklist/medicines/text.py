"""Typed text -> words with their places in it.

Lower case; accents, apostrophes and full stops dropped (the decimal point of a dose stays, a full stop between words
parts them); other punctuation parts words; comma, semicolon and line break part segments; a dose glued to a name comes
apart ("lamictal200").
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

_DROPPED = frozenset("'’‘ʼ`´′®©™℠°")
_BREAKS = frozenset(",;\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029،؛、•|")
_SPACE = " "
_PIECES = re.compile(r"\d+(?:\.\d+)?|[^\d.]+")
_SINGLE_LETTERS = re.compile(r"\b[a-z],[a-z]\b")
_NAME_KEYS = str.maketrans(
    {"&": " and ", **dict.fromkeys("'.", ""), **dict.fromkeys('"!#$%()*+,-/:;<=>?@[\\]^_`{|}~\t\n\r', " ")}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One normalised word; `start` and `end` are where it stands in the text as typed."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit() and self.text.replace(".", "", 1).isdigit()


Segment = tuple[Word, ...]


def name_key(name: str) -> str:
    """A listed (ASCII) name as the words that `segments` would make of it, one space between."""
    lower = name.lower()
    return lower if lower.isalnum() else _SPACE.join(lower.translate(_NAME_KEYS).split())


def segments(text: str, known: Container[str]) -> tuple[Segment, ...]:
    """The words of the text, parted at comma, semicolon and line break. Empty segments are left out.

    `known` holds the words of listed names: a word of letters and digits found there ("b12") stays whole.
    """
    folded = _fold(text)
    found: list[Segment] = []
    run: list[tuple[str, int]] = []
    current: list[Word] = []
    for place, (char, index) in enumerate(folded):
        kind = _kind(folded, place)
        if kind == "word":
            run.append((char, index))
            continue
        if kind == "drop":
            continue
        current.extend(_pieces(run, known))
        run = []
        if kind == "symbol":
            current.append(Word(char, index, index + 1))
        elif kind == "and":
            current.append(Word("and", index, index + 1))
        elif kind == "break":
            found.append(tuple(current))
            current = []
    current.extend(_pieces(run, known))
    found.append(tuple(current))
    return tuple(segment for segment in found if segment)


def _fold(text: str) -> list[tuple[str, int]]:
    """Lower-case characters without accents, each with its place in the text as typed."""
    if text.isascii():
        return [(char, index) for index, char in enumerate(text.lower()) if char not in _DROPPED]
    return [pair for index, char in enumerate(text) for pair in _fold_one(char, index)]


def _fold_one(char: str, index: int) -> Iterator[tuple[str, int]]:
    if char in _DROPPED:
        return
    for part in unicodedata.normalize("NFKD", char).lower():
        if unicodedata.category(part) in ("Mn", "Cf"):  # accents, and characters nobody sees
            continue
        yield ("u" if part == "μ" else part), index  # µg, whichever mu the keyboard gave


def _kind(folded: Sequence[tuple[str, int]], place: int) -> str:
    """What the character does to words: "word", "drop", "and", "break", "symbol" (a word by itself) or "space"."""
    char = folded[place][0]
    if char.isalnum() or (char == "." and _between_digits(folded, place)):
        return "word"
    if char in _BREAKS:
        return "space" if char == "," and _in_chemical_name(folded, place) else "break"
    if char == "&":
        return "and"
    if char == ".":
        return "space" if _ends_a_word(folded, place) else "drop"
    return "symbol" if unicodedata.category(char) in ("So", "Co", "Cn", "Cs") else "space"


def _between_digits(folded: Sequence[tuple[str, int]], place: int) -> bool:
    if not 0 < place < len(folded) - 1:
        return False
    return folded[place - 1][0].isdigit() and folded[place + 1][0].isdigit()


def _ends_a_word(folded: Sequence[tuple[str, int]], place: int) -> bool:
    """A full stop between two words ("Lexapro.Xanax", "p.o.bid"); between single letters ("q.h.s") it is dropped."""
    before = "".join(char for char, _ in folded[max(0, place - 2) : place])
    after = "".join(char for char, _ in folded[place + 1 : place + 3])
    between_letters = before[-1:].isalpha() and after[:1].isalpha()
    return between_letters and any(len(side) > 1 and side.isalpha() for side in (before, after))


def _in_chemical_name(folded: Sequence[tuple[str, int]], place: int) -> bool:
    """A comma between digits ("1,4-butanediol", "10,000 units") or single letters ("N,N-DMT") parts nothing."""
    around = "".join(char for char, _ in folded[max(0, place - 2) : place + 3])
    return _between_digits(folded, place) or bool(_SINGLE_LETTERS.search(around))


def _pieces(run: Sequence[tuple[str, int]], known: Container[str]) -> Iterator[Word]:
    """The run as one word, or parted where letters and digits meet: "xanax0.5mg" -> xanax, 0.5, mg."""
    if not run:
        return
    whole = "".join(char for char, _ in run)
    if whole in known:
        yield Word(whole, run[0][1], run[-1][1] + 1)
        return
    for piece in _PIECES.finditer(whole):
        yield Word(piece.group(), run[piece.start()][1], run[piece.end() - 1][1] + 1)
