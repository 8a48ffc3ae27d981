"""The bar over everything: clinic, find, date and time, who is signed in."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from checklist.times import Moment, written_day
from checklist.ui.finder import FindField
from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import plain_tip, text_label

HEIGHT_PX = 52


class ClinicLabel(QLabel):
    """The clinic's name, shortened with dots where the bar is narrow: it is nobody's identity."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "clinic")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.show_name(name)

    def show_name(self, name: str) -> None:
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(name)
        self.setToolTip(plain_tip(name))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(110), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class TopBar(QFrame):
    """Signals:
    lock_wished(): the person wants to lock.
    """

    lock_wished = Signal()

    def __init__(self, clinic: str, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "edge-bottom")
        self.setFixedHeight(scaled(HEIGHT_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(scaled(20), 0, scaled(20), 0)
        row.setSpacing(scaled(20))
        self._clinic = ClinicLabel(clinic, self)
        self.finder = FindField(self)
        self._day = text_label("", "subtitle", self)
        self._time = text_label("", "time", self)
        self._time.setObjectName("time")
        self.person = Button("", self, kind="pill")
        self.person.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._clinic)
        row.addWidget(self.finder, 1)
        row.addStretch(1)
        now = QHBoxLayout()
        now.setSpacing(scaled(9))
        now.addWidget(self._day)
        now.addWidget(self._time)
        row.addLayout(now)
        row.addWidget(self.person)
        self.person.clicked.connect(self._on_lock)

    def show_now(self, now: Moment) -> None:
        """Date and time; labels that did not change are not painted again."""
        self._day.setText(written_day(now.local.date()))
        self._time.setText(f"{now.local:%H:%M}")

    def show_person(self, signed_name: str) -> None:
        self.person.setText(f"{signed_name}  ·  Lock  Ctrl L".replace("&", "&&"))
        self.person.setAccessibleName(f"{signed_name}, lock the screen")
        self.person.setAccessibleDescription("Key Ctrl L")

    def _on_lock(self) -> None:
        self.lock_wished.emit()
