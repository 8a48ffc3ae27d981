"""Blocks of a page: rows of cells, pictures, gaps.

A block is laid out once for a width, which gives its height; then `checklist.paper.pages` places it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing

from checklist.paper.marks import SIZE, Mark, draw
from checklist.paper.text import HAIR, INK, INK_2, Colour, Line, Pen, Span, Text, text

PAD = 2.0  # above and below the words of a row
TIGHT = 0.8  # the same where a whole checklist is to stand on one page
SMALLEST_PART = 60.0  # a row is split over two pages only when this much stays on the first
_SHORT = 170.0  # a row of this height or less is not split: it goes whole to the next page
_FRAME_PAD = 6.0
_ABOVE_TITLE = 4.5


class Rule(StrEnum):
    """The line under a row."""

    NONE = "none"
    HAIR = "hair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Cell:
    """Words between two fractions of the width, with a mark before them. `ruled`: a line above, to sign on."""

    words: Text
    left: float = 0.0
    right: float = 1.0
    mark: Mark | None = None
    ruled: bool = False
    framed: Colour | None = None

    @property
    def indent(self) -> float:
        mark = SIZE + 8 if self.mark else 0.0
        return mark + (_FRAME_PAD if self.framed else 0.0)


class Laid(Protocol):
    """A block laid out for a width: its height in points is known."""

    @property
    def height(self) -> float: ...

    @property
    def keep(self) -> bool:
        """True when the next block must stand on the same page."""
        ...

    @property
    def head(self) -> "Row | None":
        """What is said again above this block when it is the first of a page."""
        ...

    def draw(self, pen: Pen, left: float, top: float) -> None: ...

    def split(self, room: float) -> "tuple[Laid, Laid] | None":
        """A part at most `room` high and the rest; None when it cannot be parted there."""
        ...


class Block(Protocol):
    def lay(self, width: float) -> Laid: ...


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. `framed` draws a rounded frame around the row, `pad` stands above and below its words."""

    cells: tuple[Cell, ...]
    rule: Rule = Rule.HAIR
    above: float = PAD
    below: float = PAD
    framed: Colour | None = None
    keep: bool = False
    head: "Row | None" = None

    def lay(self, width: float) -> "LaidRow":
        inset = 2 * _FRAME_PAD if self.framed else 0.0
        inner = width - 2 * inset
        lines = tuple(cell.words.lines(self._room(cell, inner)) for cell in self.cells)
        return LaidRow(self, width, inset, lines, self.height_of(lines))

    def height_of(self, lines: "tuple[tuple[Line, ...], ...]") -> float:
        return self.above + max(map(_height, lines), default=0.0) + self.below

    @staticmethod
    def _room(cell: Cell, width: float) -> float:
        frame = _FRAME_PAD if cell.framed else 0.0
        # Never narrower than two large letters, whatever a clinic puts into a column.
        return max(24.0, (cell.right - cell.left) * width - cell.indent - frame)


@dataclass(frozen=True, slots=True)
class LaidRow:
    row: Row
    width: float
    inset: float
    lines: tuple[tuple[Line, ...], ...]
    height: float

    @property
    def keep(self) -> bool:
        return self.row.keep

    @property
    def head(self) -> Row | None:
        return self.row.head

    def draw(self, pen: Pen, left: float, top: float) -> None:
        self._lines_around(pen, left, top)
        inner = self.width - 2 * self.inset
        for cell, lines in zip(self.row.cells, self.lines, strict=True):
            start, end = left + self.inset + cell.left * inner, left + self.inset + cell.right * inner
            # A framed cell stands in the middle of the row's height, others begin at its top.
            spare = self.height - self.row.above - self.row.below - _height(lines) if cell.framed else 0.0
            at = top - self.row.above - spare / 2
            self._around_cell(pen, cell, lines, start, end, at)
            _write(pen, cell, lines, start, end, at)

    def _lines_around(self, pen: Pen, left: float, top: float) -> None:
        bottom = top - self.height
        if self.row.framed:
            pen.stroke(self.row.framed, 1.2).roundRect(left, bottom, self.width, self.height, 3, stroke=1, fill=0)
        elif self.row.rule is not Rule.NONE:
            colour, width = (HAIR, 0.6) if self.row.rule is Rule.HAIR else (INK, 0.9)
            pen.stroke(colour, width).line(left, bottom, left + self.width, bottom)

    @staticmethod
    def _around_cell(pen: Pen, cell: Cell, lines: tuple[Line, ...], start: float, end: float, top: float) -> None:
        if cell.ruled:
            pen.stroke(INK, 0.8).line(start, top + 1, end, top + 1)
        if cell.framed:
            frame = (start, top - _height(lines) - 3, end - start, _height(lines) + 6)
            pen.stroke(cell.framed, 1).rect(*frame, stroke=1, fill=0)
        if cell.mark and lines:
            draw(pen, cell.mark, start + 4, top - lines[0].height / 2)

    def split(self, room: float) -> "tuple[Laid, Laid] | None":
        if self.height <= _SHORT:
            return None
        space = room - self.row.above - self.row.below
        first = tuple(_upper(lines, space) for lines in self.lines)
        rest = tuple(lines[len(upper) :] for lines, upper in zip(self.lines, first, strict=True))
        if room < SMALLEST_PART or not any(rest):
            return None
        cells = tuple(replace(cell, mark=cell.mark and Mark.BLANK) for cell in self.row.cells)
        upper = replace(self, lines=first, height=self.row.height_of(first))
        return upper, LaidRow(replace(self.row, cells=cells), self.width, self.inset, rest, self.row.height_of(rest))

    def loosened(self, more: float) -> "LaidRow":
        """The same row with more room above and below its words."""
        row = replace(self.row, above=self.row.above + more, below=self.row.below + more)
        return replace(self, row=row, height=self.height + 2 * more)


def _write(pen: Pen, cell: Cell, lines: tuple[Line, ...], start: float, end: float, top: float) -> None:
    for line in lines:
        shift = end - start - cell.indent - line.width if cell.words.align == "right" else 0.0
        line.draw(pen, start + cell.indent + shift, top)
        top -= line.height


def _height(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def _upper(lines: tuple[Line, ...], room: float) -> tuple[Line, ...]:
    """The first lines that fit."""
    for count, line in enumerate(lines):
        room -= line.height
        if room < 0:
            return lines[:count]
    return lines


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure in its own size."""

    drawing: Drawing
    keep: bool = False
    head: Row | None = None

    @property
    def height(self) -> float:
        return float(self.drawing.height)

    def lay(self, width: float) -> "Picture":
        return self

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.tell()  # who has the page read aloud hears it in the order in which it stands there
        renderPDF.draw(self.drawing, pen.canvas, left, top - self.height)

    def split(self, room: float) -> "tuple[Laid, Laid] | None":
        return None


def gap(height: float, *, keep: bool = False) -> Row:
    return Row((), Rule.NONE, height, 0.0, keep=keep)


def paragraph(words: Text, *, keep: bool = False, mark: Mark | None = None) -> Row:
    return Row((Cell(words, mark=mark),), Rule.NONE, 1.5, 1.5, keep=keep)


def heading(title: str, hint: str = "", right: str = "") -> list[Row]:
    """A section's title with a line under it; it never ends a page. `right` stands at the end of its line."""
    words = text(Span(title, bold=True, size=10), Span(f"   {hint}" if hint else "", colour=INK_2))
    cells = [Cell(words, 0, 0.7 if right else 1)]
    if right:
        cells.append(Cell(text(right, size=8.2, colour=INK_2, align="right"), 0.7, 1))
    return [gap(_ABOVE_TITLE, keep=True), Row(tuple(cells), Rule.STRONG, 0.5, 1.5, keep=True)]


def table_head(titles: Sequence[str], edges: Sequence[float], pad: float = PAD) -> Row:
    """The titles of columns; `edges` are the left edges and the right end as fractions of the width."""
    cells = (
        Cell(text(title, bold=True, size=7.8, colour=INK_2), left, right - 0.012)
        for title, left, right in zip(titles, edges, edges[1:], strict=False)
    )
    return Row(tuple(cells), above=pad, below=pad, keep=True)
