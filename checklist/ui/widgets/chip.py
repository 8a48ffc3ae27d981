"""A state as shape, word and colour in one small box."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from checklist.levels import Level
from checklist.ui.shapes import Shape, ShapeIcon, shape_of, tone_of, word_of
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.text import text_label


class Chip(QFrame):
    """Shows a state; hidden until it is shown one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(8), scaled(2), scaled(8), scaled(2))
        row.setSpacing(scaled(6))
        self._shape = ShapeIcon(self)
        self._label = text_label("", "chip-text", self)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._label, 1)
        self.hide()

    def show_chip(self, text: str, tone: str, shape: Shape | None = None) -> None:
        """`tone`: clear, note, review, stop, brand or muted. Without text nothing is shown."""
        self._label.setText(text)
        self.setAccessibleName(text)
        set_look(self, "tone", tone)
        set_look(self._label, "tone", tone)
        self._shape.setVisible(shape is not None)
        if shape is not None:
            self._shape.show_shape(shape, tone)
        self.setVisible(bool(text))

    def show_level(self, level: Level, text: str = "") -> None:
        self.show_chip(text or word_of(level), tone_of(level), shape_of(level))

    def text(self) -> str:
        return self._label.text()
