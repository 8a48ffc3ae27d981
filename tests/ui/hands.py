"""A person at the keyboard: keys go wherever the focus is, as they do in the clinic."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Types, presses keys, clicks."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    @property
    def at(self) -> QWidget:
        """Where the next key goes."""
        return QApplication.focusWidget() or self._window

    def type(self, text: str) -> None:
        """Type and press Enter after each line."""
        for line in text.splitlines():
            QTest.keyClicks(self.at, line)
            self.press(Qt.Key.Key_Return)

    def type_only(self, text: str) -> None:
        QTest.keyClicks(self.at, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.at, key, modifier)

    def click(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
