"""The one way text comes to paper: `text()`.

Nothing here reads markup. ReportLab's own paragraphs do, and there `<oral midazolam>` in a note vanishes; so words are
measured, broken and drawn here, letter for letter as they were typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from checklist.paper import fonts

Colour = tuple[float, float, float]
Align = Literal["left", "right"]


def _colour(code: str) -> Colour:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


INK, INK_2, LINE = _colour("16202A"), _colour("4A5663"), _colour("9AA6B1")
HAIR = _colour("D3DAE0")
CLEAR, NOTE, REVIEW, STOP = _colour("1B6E3C"), _colour("245CA8"), _colour("8A5200"), _colour("A3161C")

BODY = 9.0
_LEADING = 1.27
_ASCENT = 0.93  # of the size: where the baseline stands below the top of a line

# Joiners and variation selectors only change how their neighbours look; alone they are nothing to read.
_SILENT = re.compile("[\u200c-\u200f\ufe0e\ufe0f]")
_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PIECES = re.compile(r"[^ ]+| +")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one look. Sizes in points."""

    text: str
    bold: bool = False
    size: float = BODY
    colour: Colour = INK
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What is drawn with one font at one place of a line, `left` points from its start."""

    text: str
    font: str
    left: float
    width: float
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    pieces: tuple[Piece, ...]
    width: float
    size: float

    @property
    def height(self) -> float:
        return self.size * _LEADING

    def draw(self, pen: "Pen", left: float, top: float) -> None:
        """Draw with the upper left corner at (left, top), in points from the lower left of the page."""
        baseline = top - self.size * _ASCENT
        for piece in self.pieces:
            pen.write(piece, left + piece.left, baseline)


class Pen:
    """Writes and draws on one page: font, colours and line width are told to the PDF only where they change.

    Lines go to the canvas at once, words with `tell`: at the end of the page, and before a picture.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._words = canvas.beginText()
        self._font: tuple[str, float] | None = None
        self._colour: Colour | None = None
        self._line_colour: Colour | None = None
        self._line_width: float | None = None

    def stroke(self, colour: Colour, width: float) -> Canvas:
        """The canvas, ready for lines of this colour and width in points."""
        if self._line_colour != colour:
            self._line_colour = colour
            self.canvas.setStrokeColorRGB(*colour)
        if self._line_width != width:
            self._line_width = width
            self.canvas.setLineWidth(width)
        return self.canvas

    def write(self, piece: Piece, left: float, baseline: float) -> None:
        span = piece.span
        if self._font != (piece.font, span.size):
            self._font = (piece.font, span.size)
            self._words.setFont(piece.font, span.size)
        if self._colour != span.colour:
            self._colour = span.colour
            self._words.setFillColorRGB(*span.colour)
        self._words.setTextOrigin(left, baseline)
        self._words.textLine(piece.text)  # the place is told each time: unlike textOut it measures nothing again
        if span.struck:
            self._strike(piece, left, baseline + span.size * 0.28)

    def _strike(self, piece: Piece, left: float, middle: float) -> None:
        self.stroke(piece.span.colour, 0.8).line(left, middle, left + piece.width, middle)

    def tell(self) -> None:
        """Put what was written on the page."""
        self.canvas.drawText(self._words)
        self._words, self._font, self._colour = self.canvas.beginText(), None, None


@dataclass(frozen=True, slots=True)
class Text:
    spans: tuple[Span, ...]
    align: Align = "left"

    def lines(self, width: float) -> tuple[Line, ...]:
        """The text broken to the width in points; at least one line. A longer word is cut, never lost."""
        return tuple(_set(words, self.spans) for words in _break(self.spans, width))

    @property
    def natural_width(self) -> float:
        """Width in points when nothing but its own line ends break it."""
        return max(line.width for line in self.lines(float("inf")))


def text(
    *parts: str | Span,
    bold: bool = False,
    size: float = BODY,
    colour: Colour = INK,
    struck: bool = False,
    align: Align = "left",
) -> Text:
    """Text for paper, exactly as given: `<`, `&` and quotes are letters, line ends break the line, control
    characters print as code points. Plain strings take the look named here, spans keep their own.
    """
    spans = [part if isinstance(part, Span) else Span(part, bold, size, colour, struck) for part in parts]
    return Text(tuple(spans), align)


def clean(raw: str) -> str:
    """Composed letters, plain line ends, and no character that could hide or turn around its neighbours."""
    if raw.isascii() and raw.isprintable():
        return raw
    broken = _BREAKS.sub("\n", unicodedata.normalize("NFC", raw)).replace("\t", "    ")
    return "".join(_shown(character) for character in _SILENT.sub("", broken))


def _shown(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return f"[U+{ord(character):04X}]"


class _Word(NamedTuple):
    """A word or a stretch of blanks, in the order of reading; `span` is the place of its look."""

    text: str
    span: int
    width: float

    @property
    def blank(self) -> bool:
        return self.text.isspace()


def _break(spans: tuple[Span, ...], width: float) -> Iterator[list[_Word]]:
    """Words of each line."""
    line: list[_Word] = []
    used = 0.0
    for word in _words(spans, width):
        if word is None or (used + word.width > width and line and not word.blank):
            yield _without_end_blanks(line)
            line, used = [], 0.0
        if word is not None and (line or not word.blank):
            line.append(word)
            used += word.width
    yield _without_end_blanks(line)


def _without_end_blanks(line: list[_Word]) -> list[_Word]:
    while line and line[-1].blank:
        line.pop()
    return line


def _words(spans: tuple[Span, ...], width: float) -> Iterator[_Word | None]:
    """Words in order; None is a line end that was typed."""
    for place, span in enumerate(spans):
        for number, paragraph in enumerate(clean(span.text).split("\n")):
            if number:
                yield None
            for part in _PIECES.findall(_joined_letters(paragraph)):
                wide = _width(part, span.bold) * span.size
                if wide <= width or part.isspace():
                    yield _Word(part, place, wide)
                else:
                    yield from _cut(part, place, span, width)


def _cut(part: str, place: int, span: Span, width: float) -> Iterator[_Word]:
    """The parts of a word that is wider than a whole line."""
    start, used = 0, 0.0
    for at, character in enumerate(part):
        wide = _width(character, span.bold) * span.size
        if used + wide > width and at > start:
            yield _Word(part[start:at], place, used)
            start, used = at, 0.0
        used += wide
    yield _Word(part[start:], place, used)


@lru_cache(maxsize=8192)
def _width(word: str, bold: bool) -> float:
    """Width at a size of one point."""
    return sum(fonts.width(part, font, 1) for font, part in fonts.runs(word, bold))


def _set(words: list[_Word], spans: tuple[Span, ...]) -> Line:
    """Place the words of one line; those of one look and one font become one piece."""
    pieces: list[Piece] = []
    left = 0.0
    for place, stretch in _stretches(words):
        span = spans[place]
        for font, part in _drawn(stretch, span.bold):
            wide = fonts.width(part, font, span.size)
            pieces.append(Piece(part, font, left, wide, span))
            left += wide
    size = max((piece.span.size for piece in pieces), default=max(span.size for span in spans))
    return Line(tuple(pieces), left, size)


def _stretches(words: list[_Word]) -> Iterator[tuple[int, str]]:
    """(look, text) of neighbouring words with the same look."""
    gathered: list[str] = []
    for at, word in enumerate(words):
        gathered.append(word.text)
        if at + 1 == len(words) or words[at + 1].span != word.span:
            yield word.span, "".join(gathered)
            gathered = []


def _drawn(stretch: str, bold: bool) -> Iterator[tuple[str, str]]:
    """(font, text) from left to right, neighbours of one font joined."""
    pending_font, pending = "", ""
    for part in _PIECES.findall(_left_to_right(stretch)):
        for font, run in ((pending_font, part),) if part.isspace() and pending else fonts.runs(part, bold):
            if pending and font != pending_font:
                yield pending_font, pending
                pending = ""
            pending_font, pending = font, pending + run
    if pending:
        yield pending_font, pending


def _joined_letters(paragraph: str) -> str:
    """Arabic letters in the form that their place in the word asks for."""
    if not _RIGHT_TO_LEFT.search(paragraph):
        return paragraph
    from arabic_reshaper import reshape

    return str(reshape(paragraph))


def _left_to_right(stretch: str) -> str:
    """Hebrew and Arabic in the order in which a pen would pass them from left to right."""
    if not _RIGHT_TO_LEFT.search(stretch):
        return stretch
    from bidi import get_display  # type: ignore[import-untyped]  # ships no type information

    return str(get_display(stretch))
