"""What long work is doing, how far it is, and a button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label


class WorkProgress(QWidget):
    """Hidden while nothing is under way.

    Signals:
        stop_wished(): a person wants the work to stop.
    """

    stop_wished = Signal()

    def __init__(self, parent: QWidget, stop_text: str = "Stop") -> None:
        super().__init__(parent)
        self._what = text_label("", "", self, wrap=True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self.stop = Button(stop_text, self, kind="small")
        self.stop.clicked.connect(self.stop_wished)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(self._what)
        column.addLayout(row)
        self.hide()

    def show_progress(self, what: str, thousandths: int) -> None:
        self._what.setText(f"{what}… {thousandths // 10} %")
        self._bar.setValue(thousandths)
        self.show()

    def clear(self) -> None:
        self.hide()
