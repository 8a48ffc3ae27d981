"""A field to sign in with mouse, finger or pen. The picture is lines, not pixels: it prints sharp at every size."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checklist.ink import INK_HEIGHT, INK_WIDTH, Strokes
from checklist.ui.style import color, scaled

LEAST_STEP = 3  # of the pad's own units: a hand that trembles in place adds no points


class InkPad(QWidget):
    """Signs are drawn in units of the pad, whatever its size on the screen.

    Signals:
        drawn(): a line was finished; there is something to sign with.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ink")
        self.setAccessibleName("Signature")
        self.setAccessibleDescription("Sign here with mouse, finger or pen. Without one, sign on the printed paper.")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)  # a finger comes as the left mouse button
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lines: list[list[tuple[int, int]]] = []
        self._drawing = False

    def strokes(self) -> Strokes:
        """Each line as its points, x and y in turn."""
        return tuple(tuple(number for point in line for number in point) for line in self._lines)

    def clear(self) -> None:
        self._lines = []
        self._drawing = False
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(470), self.heightForWidth(scaled(470)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * INK_HEIGHT / INK_WIDTH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: finer than the mouse events that Qt would make of it."""
        match event.type():
            case QEvent.Type.TabletPress:
                self._begin(event.position())
            case QEvent.Type.TabletMove:
                self._go_on(event.position())
            case QEvent.Type.TabletRelease:
                self._end()
            case _:
                return
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("control"), 1))
        painter.setBrush(color("paper"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        base = self.height() * 0.76
        painter.drawLine(QPointF(self.width() * 0.06, base), QPointF(self.width() * 0.94, base))
        painter.setPen(QPen(color("ink"), scaled(2), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for line in self._lines:
            points = [self._on_screen(*point) for point in line]
            if len(points) == 1:
                painter.drawPoint(points[0])
            painter.drawPolyline(points)
        painter.end()

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._lines.append([self._in_units(at)])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if not self._drawing:
            return
        line, point = self._lines[-1], self._in_units(at)
        if abs(point[0] - line[-1][0]) + abs(point[1] - line[-1][1]) >= LEAST_STEP:
            line.append(point)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.drawn.emit()

    def _in_units(self, at: QPointF) -> tuple[int, int]:
        x = round(at.x() * INK_WIDTH / max(1, self.width()))
        y = round(at.y() * INK_HEIGHT / max(1, self.height()))
        return min(max(x, 0), INK_WIDTH), min(max(y, 0), INK_HEIGHT)

    def _on_screen(self, x: int, y: int) -> QPointF:
        return QPointF(x * self.width() / INK_WIDTH, y * self.height() / INK_HEIGHT)
