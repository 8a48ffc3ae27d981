"""The striped bar of the practice file."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from checklist.ui.style import color, scaled
from checklist.ui.widgets.text import text_label


class PracticeBar(QWidget):
    """Stripes with the word PRACTICE: nobody may take an invented patient for a real one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Practice: invented patients")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        word = text_label("PRACTICE · invented patients, nothing here is a record", "practice", self)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignCenter)

    def sizeHint(self) -> QSize:
        return QSize(0, scaled(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("review_tint"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("review"))
        height, step = self.height(), scaled(22)
        for x in range(-height, self.width(), step):
            painter.drawPolygon(_stripe(x, step / 2, height))
        word = self.findChild(QWidget)
        if word is not None:
            painter.setBrush(color("review_tint"))
            painter.drawRect(QRectF(word.geometry()).adjusted(-scaled(12), -height, scaled(12), height))
        painter.end()


def _stripe(x: float, width: float, height: float) -> QPolygonF:
    return QPolygonF(
        [QPointF(x, height), QPointF(x + height, 0), QPointF(x + height + width, 0), QPointF(x + width, height)]
    )
