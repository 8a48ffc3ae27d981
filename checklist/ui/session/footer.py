"""Under the step page: back, when it was saved, who is responsible, and the way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label


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
        row.setContentsMargins(scaled(20), scaled(10), scaled(20), scaled(10))
        row.setSpacing(scaled(12))
        self.next = Button("Next", self, kind="primary")
        self.next.setObjectName("footer.next")
        self._back = Button("Back", self)
        self._back.setObjectName("footer.back")
        self._saved = text_label("", "help", self, wrap=True)
        self._saved.setObjectName("footer.saved")
        self._missing = text_label("", "help", self)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._back)
        row.addWidget(self._saved, 1)
        row.addWidget(self._missing)
        row.addWidget(self.next)
        # Next comes first for Tab: after the last answer a person goes on far more often than back.
        self.setTabOrder(self.next, self._back)
        self._back.clicked.connect(lambda: self.back.emit())
        self.next.clicked.connect(lambda: self.forward.emit())

    def show_way(self, next_title: str, *, first: bool) -> None:
        """The title of the next step; empty on the last one, where the visit is left."""
        self.next.show_text(f"Next: {next_title}  ⏎" if next_title else "Back to Today  ⏎")
        self._back.setVisible(not first)

    def show_saved(self, saved_at: str, nurse: str = "") -> None:
        """When something was last saved, and who answers for the patient."""
        saved = f"Saved {saved_at}" if saved_at else ""
        self._saved.setText(" · ".join(part for part in (saved, f"Nurse {nurse}" if nurse else "") if part))

    def show_note(self, words: str) -> None:
        """What a key did that has no field of its own; the next save writes over it."""
        self._saved.setText(words)

    def show_missing(self, count: int) -> None:
        """How many questions of this step still wait: going on is never barred, but said."""
        self._missing.setText(f"{count} still open" if count else "")
        self._missing.setVisible(bool(count))
