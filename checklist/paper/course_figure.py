"""The course at a glance, one drawing for paper and screen: PHQ-9 above, highest systolic and dose below.

Axes are fixed so that two courses compare: infusions from left to right, PHQ-9 0 to 27, systolic 80 to 220 mmHg.
"""

from collections.abc import Iterator
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Shape, String
from reportlab.lib.colors import Color

from checklist.course import Course, InfusionRow
from checklist.paper import fonts
from checklist.paper.text import HAIR, INK, INK_2, LINE, Colour
from checklist.paper.words import number

_LEFT, _RIGHT, _TOP, _BOTTOM, _BETWEEN = 56.0, 10.0, 12.0, 30.0, 16.0
_PHQ = (0, 27)
_PHQ_TICKS = (0, 5, 10, 15, 20, 27)  # the bands of the instrument
_SBP = (80, 220)
_SBP_TICKS = (80, 120, 160, 200)
_FEWEST = 6  # places on the axis, so that a course of one infusion is no single point in the middle
_MARK = 3.4
_ROOM = 30.0  # points that a number in figures needs


class _Panel:
    """One of the two scales: from values to points."""

    def __init__(self, bottom: float, top: float, scale: tuple[int, int]) -> None:
        self.bottom, self.top, self._low, self._high = bottom, top, *scale

    def y(self, value: float) -> float:
        share = (min(self._high, max(self._low, value)) - self._low) / (self._high - self._low)
        return self.bottom + share * (self.top - self.bottom)


def course_drawing(course: Course, width: float, height: float) -> Drawing:
    """Both panels with every infusion at the place of its number; gaps stay gaps."""
    drawing = Drawing(width, height)
    middle = _BOTTOM + (height - _BOTTOM - _TOP) / 2
    lower, upper = _Panel(_BOTTOM, middle - _BETWEEN / 2, _SBP), _Panel(middle + _BETWEEN / 2, height - _TOP, _PHQ)
    places = _places(course)
    for shape in (
        *_ground(upper, _PHQ_TICKS, "PHQ-9", width),
        *_ground(lower, _SBP_TICKS, "Systolic", width),
        *_scores(course, upper, places, width),
        *_pressures(course, lower, places, width),
        *_numbers(course, places, width),
    ):
        drawing.add(shape)
    return drawing


def _places(course: Course) -> range:
    """The numbers on the axis: a planned series from 1 to its end, a maintenance from its first infusion here."""
    numbers = [row.number for row in course.infusions]
    first = 1 if course.total else min(numbers, default=1)
    last = max([course.total, first + _FEWEST - 1, *numbers])
    return range(first, last + 1)


def _x(place: int, places: range, width: float) -> float:
    return _LEFT + (place - places.start + 0.5) / len(places) * (width - _LEFT - _RIGHT)


def _told(places: range, width: float) -> range:
    """The infusions whose figures have room beside each other; the table tells the others."""
    room = (width - _LEFT - _RIGHT) / len(places)
    return places[:: max(1, -(-int(_ROOM) // max(1, int(room))))]


def _ground(panel: _Panel, ticks: tuple[int, ...], title: str, width: float) -> Iterator[Shape]:
    for tick in ticks:
        at = panel.y(tick)
        yield _stroke(_LEFT, at, width - _RIGHT, at, LINE if tick == ticks[0] else HAIR)
        yield _say(_LEFT - 5, at - 2.7, str(tick), anchor="end")
    yield _say(2, panel.top - 2.7, title, colour=INK)


def _scores(course: Course, panel: _Panel, places: range, width: float) -> Iterator[Shape]:
    known = [row for row in course.infusions if row.phq9 is not None]
    points = [(_x(row.number, places, width), panel.y(row.phq9 or 0), row) for row in known]
    if len(points) > 1:
        flat = [part for x, y, _ in points for part in (x, y)]
        yield PolyLine(flat, strokeColor=_color(INK_2), strokeWidth=1)
    for x, y, row in points:
        yield Circle(x, y, 3.3, fillColor=_color(INK), strokeColor=_color((1.0, 1.0, 1.0)), strokeWidth=1)
        if row.number in _told(places, width):
            yield _say(x, y + 5, str(row.phq9), bold=True, anchor="middle", colour=INK)
    if not points:
        yield _say(_LEFT + 8, panel.y(12), "No PHQ-9 total in this course")


def _pressures(course: Course, panel: _Panel, places: range, width: float) -> Iterator[Shape]:
    """Triangles point down, as the systolic marks of the vital signs chart do; off the scale they are hollow."""
    for row in course.infusions:
        if row.peak is None:
            continue
        x, tip, inside = _x(row.number, places, width), panel.y(row.peak.sbp), _SBP[0] <= row.peak.sbp <= _SBP[1]
        corners = [x, tip, x - _MARK, tip + _MARK * 1.5, x + _MARK, tip + _MARK * 1.5]
        fill = _color(INK if inside else (1.0, 1.0, 1.0))
        yield Polygon(corners, fillColor=fill, strokeColor=_color(INK), strokeWidth=0.9)
        if row.number in _told(places, width) or not inside:
            yield _say(x + 6, tip - 1, str(row.peak.sbp), bold=True, colour=INK)


def _numbers(course: Course, places: range, width: float) -> Iterator[Shape]:
    """Under the axis: the number of each infusion, and its dose where figures have room."""
    yield _say(2, _BOTTOM - 12, "Infusion")
    yield _say(2, _BOTTOM - 24, "Dose mg")
    given = {row.number: row for row in course.infusions}
    for place in _told(places, width):
        x = _x(place, places, width)
        yield _say(x, _BOTTOM - 12, str(place), anchor="middle", colour=INK if place in given else INK_2)
        if place in given:
            yield _say(x, _BOTTOM - 24, _dose(given[place]), bold=True, anchor="middle", colour=INK)


def _dose(row: InfusionRow) -> str:
    return number(row.mg, 1) if row.mg is not None else "?"


def _color(colour: Colour) -> Color:
    return Color(*colour)


def _say(
    x: float,
    y: float,
    words: str,
    *,
    bold: bool = False,
    colour: Colour = INK_2,
    anchor: Literal["start", "middle", "end"] = "start",
) -> String:
    return String(x, y, words, fontName=fonts.name(bold), fontSize=7.8, fillColor=_color(colour), textAnchor=anchor)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: Colour) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=_color(colour), strokeWidth=0.6)
