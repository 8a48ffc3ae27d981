"""Findings and verdicts as cards: shape, colour and words together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from checklist.levels import Level
from checklist.ui.shapes import ShapeIcon, shape_of, tone_of, word_of
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.flow import FlowLayout
from checklist.ui.widgets.text import text_label


class Notice(QFrame):
    """One finding: shape and colour of its level, title, what to do, source, and buttons that do it.

    The buttons stand below the words, or at the right of them where there is width to spare (`buttons_beside`).
    """

    def __init__(self, parent: QWidget, *, buttons_beside: bool = False) -> None:
        super().__init__(parent)
        set_role(self, "notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(10), scaled(8), scaled(12), scaled(10))
        row.setSpacing(scaled(8))
        self._shape = ShapeIcon(self)
        beside = QVBoxLayout()
        beside.addSpacing(scaled(4))
        beside.addWidget(self._shape)
        beside.addStretch(1)
        row.addLayout(beside)
        column = QVBoxLayout()
        column.setSpacing(scaled(2))
        self._title = text_label("", "strong", self, wrap=True)
        self._detail = text_label("", "detail", self, wrap=True)
        self._source = text_label("", "small", self, wrap=True)
        for label in (self._title, self._detail, self._source):
            column.addWidget(label)
        self._buttons: QLayout = QHBoxLayout() if buttons_beside else FlowLayout(None, scaled(8))
        self._made: list[Button] = []
        row.addLayout(column, 1)
        (row if buttons_beside else column).addLayout(self._buttons)

    def show_notice(self, level: Level, title: str, detail: str = "", *, source: str = "") -> None:
        """`detail` and `source` may be empty: their lines are then left out."""
        self._shape.show_level(level)
        set_look(self, "tone", tone_of(level))
        for label, text in ((self._title, title), (self._detail, detail), (self._source, source)):
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName(f"{word_of(level)}: {title}")
        self.setAccessibleDescription(detail)

    def add_button(self, text: str) -> Button:
        button = Button(text, self, kind="small")
        self._buttons.addWidget(button)
        self._made.append(button)
        return button

    def clear_buttons(self) -> None:
        for button in self._made:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._made.clear()


class VerdictBanner(QFrame):
    """The verdict of a pause point, large, in one sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "verdict")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(18), scaled(14), scaled(18), scaled(14))
        row.setSpacing(scaled(14))
        self._shape = ShapeIcon(self, 30)
        row.addWidget(self._shape)
        column = QVBoxLayout()
        column.setSpacing(scaled(2))
        self._title = text_label("", "banner-title", self, wrap=True)
        self._sentence = text_label("", "", self, wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        row.addLayout(column, 1)

    def show_verdict(self, level: Level, title: str, sentence: str) -> None:
        set_look(self, "tone", tone_of(level))
        self._shape.show_shape(shape_of(level), tone_of(level))
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title}. {sentence}")
