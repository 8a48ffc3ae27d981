"""A list of people of whom one is chosen."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from checklist.ui.style import TOKENS, scaled
from checklist.ui.widgets.buttons import ENTER, is_held

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Named(Protocol):
    """A person as the picker needs one: Staff and Person both are."""

    @property
    def user(self) -> str: ...
    @property
    def name(self) -> str: ...


class PersonPicker(QComboBox):
    """Arrow keys or a first letter choose; Enter goes on.

    Signals:
        passed(): a person is done choosing.
    """

    passed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Person")
        self.setAccessibleDescription("Arrow keys choose, Enter goes on")
        self.activated.connect(self._on_activated)

    def show_people(self, people: Sequence[Named], user: str = "") -> None:
        kept = user or self.user()
        self.clear()
        for person in people:
            self.addItem(person.name, person.user)
        self.setCurrentIndex(max(0, self.findData(kept)))
        # With one person there is nothing to choose, and Tab passes by.
        self.setEnabled(len(people) > 1)

    def user(self) -> str:
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            if not is_held(event):
                self.passed.emit()
        elif event.key() in _STEPS:
            self.setCurrentIndex(min(max(self.currentIndex() + _STEPS[Qt.Key(event.key())], 0), self.count() - 1))
        elif event.text().strip() and not event.modifiers() & (CONTROL | ALT):
            self._choose_by(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet takes the arrow away; without one the list looks like a text field."""
        super().paintEvent(event)
        if not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(TOKENS["ink2"]), scaled(2)))
        right, middle, half = self.width() - scaled(20), self.height() / 2, scaled(5)
        points = [(right - half, middle - half / 2), (right, middle + half / 2), (right + half, middle - half / 2)]
        painter.drawPolyline([QPointF(x, y) for x, y in points])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page must not change who signs."""
        event.ignore()

    def _choose_by(self, letter: str) -> None:
        """The next person by this letter. Where it names one person only, also the one chosen already, it goes on."""
        fitting = [index for index in range(self.count()) if _begins(self.itemText(index), letter)]
        if not fitting:
            return
        after = [index for index in fitting if index > self.currentIndex()]
        self.setCurrentIndex((after or fitting)[0])
        if len(fitting) == 1:
            self.passed.emit()

    def _on_activated(self, _index: int) -> None:
        self.passed.emit()


def _begins(name: str, letter: str) -> bool:
    """`o` and `r` both mean R. Ortiz."""
    return any(word.casefold().startswith(letter.casefold()) for word in name.split())
