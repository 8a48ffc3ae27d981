"""Shapes on paper: boxes to tick and the marks of the levels. Drawn as paths, so that no font is needed for them."""

from enum import StrEnum
from math import cos, pi, sin

from reportlab.pdfgen.canvas import Canvas

from checklist.model import Level
from checklist.paper.text import CLEAR, INK, NOTE, REVIEW, STOP, Colour, Pen


class Mark(StrEnum):
    CROSSED = "crossed"  # asked, answered, nothing against it
    DASH = "dash"  # asked, but without a plain answer
    EMPTY = "empty"
    BLANK = "blank"  # nothing, but its room: the second half of a row that had a mark
    CIRCLE = "circle"
    RING = "ring"
    SQUARE = "square"
    TRIANGLE = "triangle"
    HOLD = "hold"  # octagon, outlined
    STOP = "stop"  # octagon, filled


OF_LEVEL = {
    Level.CLEAR: Mark.CIRCLE,
    Level.INFO: Mark.CIRCLE,
    Level.NOTE: Mark.SQUARE,
    Level.REVIEW: Mark.TRIANGLE,
    Level.HOLD: Mark.HOLD,
    Level.STOP: Mark.STOP,
}
COLOUR_OF = {
    Level.CLEAR: CLEAR,
    Level.INFO: INK,
    Level.NOTE: NOTE,
    Level.REVIEW: REVIEW,
    Level.HOLD: STOP,
    Level.STOP: STOP,
}
_COLOUR: dict[Mark, Colour] = {
    Mark.CIRCLE: CLEAR,
    Mark.SQUARE: NOTE,
    Mark.TRIANGLE: REVIEW,
    Mark.HOLD: STOP,
    Mark.STOP: STOP,
}
SIZE = 8.5  # points


def draw(pen: Pen, mark: Mark, left: float, middle: float) -> None:
    """Draw the mark with its left edge at `left`, its centre at the height `middle`."""
    if mark is Mark.BLANK:
        return
    if mark in (Mark.CROSSED, Mark.DASH, Mark.EMPTY):
        _box(pen, mark, left, middle)
        return
    colour, centre = _COLOUR.get(mark, INK), left + SIZE / 2
    pen.canvas.setFillColorRGB(*colour)
    if mark in (Mark.CIRCLE, Mark.RING):
        pen.stroke(colour, 1).circle(centre, middle, SIZE * 0.4, stroke=1, fill=int(mark is Mark.CIRCLE))
    else:
        _polygon(pen.stroke(colour, 1.3), _corners(mark, centre, middle), fill=mark is not Mark.HOLD)


def _box(pen: Pen, mark: Mark, left: float, middle: float) -> None:
    bottom = middle - SIZE / 2
    pen.stroke(INK, 0.9).rect(left, bottom, SIZE, SIZE, stroke=1, fill=0)
    inner, outer = 2.0, SIZE - 2.0
    if mark is Mark.CROSSED:
        low, high = bottom + inner, bottom + outer
        pen.stroke(INK, 1.3).lines([(left + inner, low, left + outer, high), (left + inner, high, left + outer, low)])
    elif mark is Mark.DASH:
        pen.stroke(INK, 1.3).line(left + inner, middle, left + outer, middle)


def _corners(mark: Mark, centre: float, middle: float) -> list[tuple[float, float]]:
    half = SIZE / 2
    if mark is Mark.SQUARE:
        half *= 0.8
        return [(centre + x * half, middle + y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    if mark is Mark.TRIANGLE:
        return [(centre - half, middle - half * 0.85), (centre + half, middle - half * 0.85), (centre, middle + half)]
    turns = [pi / 8 + pi / 4 * corner for corner in range(8)]
    return [(centre + half * cos(turn), middle + half * sin(turn)) for turn in turns]


def _polygon(canvas: Canvas, corners: list[tuple[float, float]], *, fill: bool) -> None:
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=int(fill))
