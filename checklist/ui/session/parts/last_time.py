"""Last time in five lines: dose, highest pressure, side effects and what helped, IV access, wishes."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.text import text_label


class LastTimeCard(Card):
    """Stands in the side column, under what the rules say now; it covers nothing and asks nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("last-time")
        self.body.setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10))
        self.body.setSpacing(scaled(3))
        self._title = text_label("", "strong", self, wrap=True)
        self.body.addWidget(self._title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(scaled(2))
        self.body.addLayout(self._lines)
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_lines(self, day: str, lines: Sequence[tuple[str, str]]) -> None:
        """Label and words of each line; without any the card is not there."""
        self.setVisible(bool(lines))
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        self._title.setText(f"Last time, {day}")
        while (old := self._lines.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for label, words in lines:
            self._lines.addWidget(text_label(f"{label}: {words}", "detail", self, wrap=True))
        self.setAccessibleName(f"Last time, {day}. " + " ".join(f"{label}: {words}." for label, words in lines))
