"""Many answers of the last session that "no change" confirmed: one line, opened by a button."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checklist.snapshot import ItemView, Snapshot
from checklist.times import written_date
from checklist.ui.shapes import Shape, ShapeIcon
from checklist.ui.style import scaled
from checklist.ui.widgets.beside import Beside
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

Kept = Sequence[tuple[ItemView, str]]


def kept_words(kept: Kept, snapshot: Snapshot) -> str:
    """`17 conditions confirmed unchanged since 11-Nov-2026: all No`; what is not No is named first."""
    last = snapshot.past.last
    since = f" since {written_date(last.session.planned.local.date())}" if last else ""
    others = [f"{view.item.label} {text}" for view, text in kept if text != "No"]
    answers = f"{'; '.join(others)}; all others No" if others else "all No"
    return f"{len(kept)} conditions confirmed unchanged{since}: {answers}"


class Fold(Beside):
    """Signals:
    turned(): a person opened or closed the list.
    """

    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(420, parent)
        self.is_open = False
        self._box.setContentsMargins(0, scaled(10), 0, scaled(10))
        mark = ShapeIcon(self, 12)
        mark.show_shape(Shape.CIRCLE, "clear")
        self._words = text_label("", "plain", self, wrap=True)
        self.button = Button("", self, kind="small")
        self.button.setObjectName("fold")
        self.button.clicked.connect(self._turn)
        self.add(mark)
        self.add(self._words, 1)
        self.add(self.button)

    def show_kept(self, kept: Kept, snapshot: Snapshot) -> None:
        """Nothing kept: the line is gone, and the questions stand open."""
        self.setVisible(bool(kept))
        if not kept:
            self.is_open = False
            return
        self._words.setText(kept_words(kept, snapshot))
        self.button.show_text("Close them" if self.is_open else "Show them")

    def text(self) -> str:
        return self._words.text()

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self.turned.emit()
