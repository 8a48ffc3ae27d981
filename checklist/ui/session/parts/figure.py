"""A figure drawn once for paper and screen: SVG made in the worker, shown sharp at any size."""

import logging
import re
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from checklist.snapshot import Snapshot
from checklist.ui.style import FAMILY, scaled
from checklist.ui.tasks import Worker
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import text_label

_LOG = logging.getLogger(__name__)
# Letters of 8 points on paper are read from the hand; a screen stands further away.
ZOOM = 1.45
_LINE = re.compile(r'(<path d="M [^LZ"]+L [^LZ"]+) Z"')
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
Draw = Callable[[Snapshot, float], str]


def for_qt(svg: str) -> str:
    """The same picture for Qt, which paints a clip path as a black area, knows no `None`, and has our tabular font.

    A line comes as a path that is closed, that is drawn there and back: the dashes of the way back would fill the gaps.
    """
    plain = _LINE.sub(r'\1"', _CLIP.sub("", svg).replace("fill: None", "fill: none"))
    return plain.replace("'Atkinson Hyperlegible Next'", f"'{FAMILY}'")


class Svg(QWidget):
    """Paints an SVG in its own proportions over the whole width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._renderer = QSvgRenderer(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_svg(self, content: str) -> bool:
        """False when it cannot be read; the old picture is then taken away rather than left standing."""
        readable = self._renderer.load(QByteArray(for_qt(content).encode()))
        self.updateGeometry()
        self.update()
        return readable

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._renderer.defaultSize()
        return round(width * size.height() / size.width()) if size.width() > 0 else scaled(80)

    def sizeHint(self) -> QSize:
        width = self.width() or scaled(600)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._renderer.isValid():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(0, 0, self.width(), self.heightForWidth(self.width())))
        painter.end()


class Figure(Card):
    """A card with a figure. It is drawn again only when what it shows has changed."""

    def __init__(self, draw: Draw, name: str, empty: str, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._draw = draw
        self._empty = empty
        self._worker = worker
        self._wanted: object = None
        self._snapshot: Snapshot | None = None
        self._width = 0
        self._svg = Svg(self)
        self._svg.setAccessibleName(name)
        self._problem = text_label("", "help", self, wrap=True)
        self._problem.hide()
        layout: QVBoxLayout = self.body
        layout.addWidget(self._svg)
        layout.addWidget(self._problem)

    def show_figure(self, snapshot: Snapshot, shown: object) -> None:
        """Draw the figure of this snapshot; `shown` is equal as long as the picture would be the same."""
        self._snapshot = snapshot
        if shown == self._wanted:
            return
        self._wanted = shown
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and abs(self._room() - self._width) > scaled(40):
            self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._width != self._room():
            self._redraw()

    def _room(self) -> int:
        """The width for the picture, in px; the layout inside is told of a new size only after the card is."""
        margins = self.body.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def _redraw(self) -> None:
        if self._snapshot is None or not self.isVisible():
            return
        self._width = self._room()
        snapshot, width, asked = self._snapshot, self._width * 15 / scaled(15) / ZOOM, self._wanted
        self._worker.run(
            lambda: self._draw(snapshot, width),
            lambda content: self._on_drawn(content, asked),
            self._on_failed,
        )

    def _on_drawn(self, content: str, asked: object) -> None:
        # The page may have been left while the worker drew.
        if isValid(self) and asked == self._wanted:
            readable = self._svg.show_svg(content)
            self._svg.setVisible(readable)
            self._problem.setText("" if readable else self._empty)
            self._problem.setVisible(not readable)

    def _on_failed(self, error: Exception) -> None:
        _LOG.error("figure: %s", type(error).__name__)
        if not isValid(self):
            return
        self._problem.setText("The picture could not be drawn. The values above are complete.")
        self._problem.show()
