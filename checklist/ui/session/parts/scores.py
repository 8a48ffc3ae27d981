"""Recovery scores: each part with its points, and the total against the pass mark."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from checklist.snapshot import Score
from checklist.ui.shapes import Shape
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.card import Card
from checklist.ui.widgets.chip import Chip
from checklist.ui.widgets.text import text_label


def parts_text(score: Score) -> str:
    """`Activity 2 · Respiration 2 · Circulation –`."""
    return " · ".join(f"{name} {'–' if points is None else points}" for name, points in score.parts)


class ScoreRow(Beside):
    """Name, parts, total."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(520, parent)
        self._name = text_label("", "strong", self, wrap=True)
        self._parts = text_label("", "help", self, wrap=True)
        self._chip = Chip(self)
        self.add(self._name, 2)
        self.add(self._parts, 4)
        self.add(self._chip)

    def show_score(self, score: Score) -> None:
        self._name.setText(score.name)
        self._parts.setText(parts_text(score))
        if score.total is None:
            self._chip.show_chip(f"Not complete, {score.pass_mark} needed", "muted", Shape.RING)
        elif score.passes:
            self._chip.show_chip(f"{score.total}, {score.pass_mark} needed", "clear", Shape.CIRCLE)
        else:
            self._chip.show_chip(f"{score.total}, {score.pass_mark} needed", "review", Shape.TRIANGLE)


class ScoresCard(Card):
    """All recovery scores of the visit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[ScoreRow] = []

    def show_scores(self, scores: Sequence[Score]) -> None:
        self.setVisible(bool(scores))
        while len(self.rows) < len(scores):
            row = ScoreRow(self)
            self.rows.append(row)
            self.body.addWidget(row)
        for row, score in zip(self.rows, scores, strict=False):
            row.show_score(score)
