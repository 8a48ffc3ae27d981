"""The shipped fonts as ReportLab knows them, and which of them draws a word.

A font is read once a process, and only when a character asks for it: the two faces of nearly every page are small,
the Chinese and Korean ones take 50 ms each.
"""

import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from checklist import resources

SCREEN_FAMILY = "Atkinson Hyperlegible Next"
_PAPER_FAMILY = f"{SCREEN_FAMILY} Tabular"  # figures of one width; it draws the same characters
_BOLD_FROM = 600

# Two threads that read one font at once would leave a page with half of each: ReportLab keeps the subsets of a page
# in the font object itself.
_reading = Lock()


@cache
def _files() -> dict[str, dict[bool, str]]:
    """Family -> bold or not -> file. The heaviest weight is the bold of a family, the lightest its regular."""
    table = tomllib.loads(resources.read_text("fonts/fonts.toml"))
    families: dict[str, dict[bool, str]] = {}
    for font in sorted(table["font"], key=lambda font: int(font["weight"])):
        faces = families.setdefault(font["family"], {})
        bold = font["weight"] >= _BOLD_FROM
        if bold or bold not in faces:
            faces[bold] = font["file"]
    return families


@cache
def fallback() -> tuple[str, ...]:
    """Families in the order in which they are asked for a character."""
    named = tomllib.loads(resources.read_text("fonts/fonts.toml"))["fallback"]
    return tuple(_PAPER_FAMILY if family == SCREEN_FAMILY else family for family in named)


def _font(family: str, bold: bool) -> TTFont:
    faces = _files()[family]
    with _reading:
        return _read(faces.get(bold, faces[False]))


@cache
def _read(file: str) -> TTFont:
    """Read one file and tell ReportLab of it."""
    font = TTFont(file.removesuffix(".ttf"), BytesIO(resources.read_bytes(f"fonts/{file}")))
    pdfmetrics.registerFont(font)
    return font


def name(bold: bool = False) -> str:
    """The registered name of the main face."""
    return str(_font(_PAPER_FAMILY, bold).fontName)


def width(text: str, font: str, size: float) -> float:
    """Width in points of text set in a registered font."""
    return _width_at_1(text, font) * size


@lru_cache(maxsize=8192)
def _width_at_1(text: str, font: str) -> float:
    """Names, times and answers stand on a page many times over, and on the next document again."""
    return float(pdfmetrics.stringWidth(text, font, 1000)) / 1000


def draws(character: str) -> bool:
    """True when a shipped font has a glyph for the character."""
    return any(_has(family, character) for family in fallback())


def _has(family: str, characters: str) -> bool:
    glyphs = _font(family, False).face.charToGlyph
    return all(ord(character) in glyphs for character in characters)


@lru_cache(maxsize=8192)
def runs(word: str, bold: bool) -> tuple[tuple[str, str], ...]:
    """(registered font, text) pieces that draw the word, nothing left out.

    The first family with the whole word draws it, so that a Vietnamese name is not patched together of two faces;
    failing that each character goes to the first family that has it. What no font has is `[U+1F600]`.
    """
    for family in fallback():
        if _has(family, word):
            return ((_font(family, bold).fontName, word),)
    return tuple(_joined(_by_character(word, bold)))


def _by_character(word: str, bold: bool) -> Iterator[tuple[str, str]]:
    for character in word:
        family = next((family for family in fallback() if _has(family, character)), None)
        if family is None:
            yield name(bold), f"[U+{ord(character):04X}]"
        else:
            yield _font(family, bold).fontName, character


def _joined(pieces: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbours of one font as one piece."""
    font, text = "", ""
    for one_font, one_text in pieces:
        if text and one_font != font:
            yield font, text
            text = ""
        font, text = one_font, text + one_text
    if text:
        yield font, text
