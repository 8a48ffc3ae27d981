"""The shapes that say a state without colour: circle, square, triangle, octagon, ring."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from checklist.levels import Level
from checklist.ui.style import color, scaled


class Shape(StrEnum):
    CIRCLE = "circle"  # clear
    SQUARE = "square"  # note
    TRIANGLE = "triangle"  # review
    OCTAGON = "octagon"  # stop
    HOLD = "hold"  # octagon with the two bars of a pause: not now
    RING = "ring"  # unanswered
    CURRENT = "current"  # where one is


TONES: Mapping[str, str] = MappingProxyType({"muted": "ink3"})


def shape_of(level: Level) -> Shape:
    match level:
        case Level.CLEAR:
            return Shape.CIRCLE
        case Level.INFO | Level.NOTE:
            return Shape.SQUARE
        case Level.REVIEW:
            return Shape.TRIANGLE
        case Level.HOLD:
            return Shape.HOLD
        case Level.STOP:
            return Shape.OCTAGON
        case _:
            assert_never(level)


def tone_of(level: Level) -> str:
    """The colour token of a level; its light partner is the same name with `_tint`."""
    match level:
        case Level.CLEAR:
            return "clear"
        case Level.INFO | Level.NOTE:
            return "note"
        case Level.REVIEW:
            return "review"
        case Level.HOLD | Level.STOP:
            return "stop"
        case _:
            assert_never(level)


def word_of(level: Level) -> str:
    """The level as a word for people."""
    match level:
        case Level.CLEAR:
            return "Clear"
        case Level.INFO:
            return "Recorded"
        case Level.NOTE:
            return "Note"
        case Level.REVIEW:
            return "Review"
        case Level.HOLD:
            return "Hold"
        case Level.STOP:
            return "Stop"
        case _:
            assert_never(level)


def tone_color(tone: str) -> QColor:
    """`clear`, `note`, `review`, `stop`, `brand` or `muted`."""
    return color(TONES.get(tone, tone))


def tint_color(tone: str) -> QColor:
    """The light ground of a tone."""
    return QColor("#E6EAEE") if tone == "muted" else color(f"{tone}_tint")


def paint_shape(painter: QPainter, rect: QRectF, shape: Shape, ink: QColor) -> None:
    """Draw a shape into the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    _PAINTERS[shape](painter, rect, ink)
    painter.restore()


def _circle(painter: QPainter, rect: QRectF, _ink: QColor) -> None:
    painter.drawEllipse(rect)


def _square(painter: QPainter, rect: QRectF, _ink: QColor) -> None:
    inset = rect.width() * 0.04
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)


def _triangle(painter: QPainter, rect: QRectF, _ink: QColor) -> None:
    top = QPointF(rect.center().x(), rect.top())
    painter.drawPolygon(QPolygonF([top, rect.bottomRight(), rect.bottomLeft()]))


def _octagon(painter: QPainter, rect: QRectF, _ink: QColor) -> None:
    radius = rect.width() / 2 / math.cos(math.pi / 8)
    center = rect.center()
    corners = [
        QPointF(center.x() + radius * math.cos(angle), center.y() + radius * math.sin(angle))
        for angle in (math.pi / 8 + step * math.pi / 4 for step in range(8))
    ]
    painter.drawPolygon(QPolygonF(corners))


def _hold(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    _octagon(painter, rect, ink)
    painter.setBrush(color("paper"))
    width, height = rect.width() * 0.16, rect.height() * 0.5
    top = rect.center().y() - height / 2
    for offset in (-0.22, 0.06):
        painter.drawRect(QRectF(rect.center().x() + rect.width() * offset, top, width, height))


def _ring(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    width = max(1.6, rect.width() * 0.15)
    painter.setPen(QPen(ink, width))
    painter.setBrush(color("paper"))
    half = width / 2
    painter.drawEllipse(rect.adjusted(half, half, -half, -half))


def _current(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    painter.drawEllipse(rect)
    painter.setBrush(color("paper"))
    third = rect.width() / 3
    painter.drawEllipse(rect.adjusted(third, third, -third, -third))


_PAINTERS: Mapping[Shape, Callable[[QPainter, QRectF, QColor], None]] = MappingProxyType(
    {
        Shape.CIRCLE: _circle,
        Shape.SQUARE: _square,
        Shape.TRIANGLE: _triangle,
        Shape.OCTAGON: _octagon,
        Shape.HOLD: _hold,
        Shape.RING: _ring,
        Shape.CURRENT: _current,
    }
)


class ShapeIcon(QWidget):
    """One shape. Its word stands beside it in the widget that owns it, so it needs no name of its own."""

    def __init__(self, parent: QWidget, size: int = 12) -> None:
        super().__init__(parent)
        self._size = size
        self._shape = Shape.RING
        self._tone = "muted"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_level(self, level: Level) -> None:
        self.show_shape(shape_of(level), tone_of(level))

    def show_shape(self, shape: Shape, tone: str) -> None:
        if (shape, tone) != (self._shape, self._tone):
            self._shape, self._tone = shape, tone
            self.update()

    def sizeHint(self) -> QSize:
        side = scaled(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shape(painter, QRectF(self.rect()), self._shape, tone_color(self._tone))
        painter.end()
