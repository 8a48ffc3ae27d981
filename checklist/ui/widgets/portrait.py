"""A small photograph: drawn as large as its place allows, which it never makes larger."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from checklist.ui.style import color, scaled


def image_of(jpeg: bytes, box: QSize) -> QImage:
    """The picture as large as fits into the box; a JPEG is read at about that size, so it costs no time to speak of."""
    buffer = QBuffer()
    buffer.setData(QByteArray(jpeg))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"jpeg")
    reader.setScaledSize(reader.size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def paint_portrait(painter: QPainter, place: QRectF, jpeg: bytes) -> None:
    """In the middle of its place, with a thin line around it."""
    ratio = painter.device().devicePixelRatioF()
    image = image_of(jpeg, (place.size() * ratio).toSize())
    if image.isNull():
        return
    drawn = QRectF(QPointF(0, 0), image.size().toSizeF() / ratio)
    drawn.moveCenter(place.center())
    painter.drawImage(drawn, image)
    painter.setPen(QPen(color("control"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(drawn)


class Portrait(QWidget):
    """As wide as told, as tall as the row that it stands in. Hidden without a photograph."""

    def __init__(self, width: int, parent: QWidget, *, height: int = 0) -> None:
        """`width` and `height` in px at 100 %; without a height the row decides."""
        super().__init__(parent)
        self._jpeg: bytes | None = None
        self.setFixedWidth(scaled(width))
        if height:
            self.setFixedHeight(scaled(height))
        else:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.setAccessibleName("Photograph of the patient")
        self.hide()

    def show_photo(self, jpeg: bytes | None) -> None:
        self._jpeg = jpeg
        self.setVisible(jpeg is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._jpeg is not None:
            painter = QPainter(self)
            paint_portrait(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._jpeg)
            painter.end()
