"""Under the step page: back, when it was saved, who is responsible, and the way on."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from checklist.ui.icons import icon
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
WORDS_PX = 620  # narrower than this, what is still open stands below what was saved


class Footer(QFrame):
    """Signals:
    back(): to the step before.
    forward(): to the next step (Enter on the button).
    """

    back = Signal()
    forward = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "footer")
        row = QHBoxLayout(self)
        self._row = row
        row.setSpacing(scaled(12))
        self.next = Button("Next", self, kind="primary")
        self.next.setObjectName("footer.next")
        # A sign of the font's own would come from another font and push the words up: drawn, it stays level.
        self.next.setIcon(icon("corner-down-left", "paper", 16))
        self.next.setIconSize(QSize(scaled(16), scaled(16)))
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign after the words
        self._back = Button("Back", self)
        self._back.setObjectName("footer.back")
        self._saved = text_label("", "help", self, wrap=True)
        self._saved.setObjectName("footer.saved")
        self._saved.setMinimumWidth(scaled(80))  # a long name wraps; it never makes the window wider
        self._missing = text_label("", "help", self)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(scaled(12))
        self._words.addWidget(self._saved, 1)
        self._words.addWidget(self._missing)
        row.addWidget(self._back)
        row.addLayout(self._words, 1)
        row.addWidget(self.next)
        # Next comes first for Tab: after the last answer a person goes on far more often than back.
        self.setTabOrder(self.next, self._back)
        self._back.clicked.connect(lambda: self.back.emit())
        self.next.clicked.connect(lambda: self.forward.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self._is_narrow()
        self._words.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(0 if narrow else scaled(12))
        self._show_words(self._saved.text())
        edge = scaled(16 if narrow else 26)  # 26: Back and Next stand under the edges of the page
        self._row.setContentsMargins(edge, scaled(10), edge, scaled(10))

    def _is_narrow(self) -> bool:
        return self.width() < scaled(WORDS_PX)

    def _show_words(self, words: str) -> None:
        """Below each other an empty line would push the other one off the middle; side by side it holds the room."""
        self._saved.setText(words)
        self._saved.setVisible(bool(words) or not self._is_narrow())

    def show_way(self, next_title: str, *, first: bool) -> None:
        """The title of the next step; empty on the last one, where the visit is left."""
        self.next.show_text(f"Next: {next_title}" if next_title else "Back to Today")
        # The button runs from right to left for its sign; a bracket at the end of a title must not follow it.
        self.next.setText(f"{self.next.text()}  {LEFT_TO_RIGHT}")
        self._back.setVisible(not first)

    def show_saved(self, saved_at: str, nurse: str = "") -> None:
        """When something was last saved, and who answers for the patient."""
        saved = f"Saved {saved_at}" if saved_at else ""
        self._show_words(" · ".join(part for part in (saved, f"Nurse {nurse}" if nurse else "") if part))

    def show_note(self, words: str) -> None:
        """What a key did that has no field of its own; the next save writes over it."""
        self._show_words(words)

    def show_missing(self, count: int) -> None:
        """How many questions of this step still wait: going on is never barred, but said."""
        self._missing.setText(f"{count} still open" if count else "")
        self._missing.setVisible(bool(count))
