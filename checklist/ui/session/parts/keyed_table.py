"""A row table whose rows also answer to single letters."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from checklist.ui.widgets.buttons import is_held
from checklist.ui.widgets.table import Column, RowTable


class KeyedTable(RowTable):
    """Signals:
    keyed(row key, word): a letter was pressed on this row; the word is what the letter stands for.
    """

    keyed = Signal(str, str)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        keys: Mapping[Qt.Key, str],
        parent: QWidget,
        *,
        row_px: int = 46,
        air: int = 10,
    ) -> None:
        super().__init__(columns, name, parent, fit_rows=True, row_px=row_px, air=air)
        self._keys = dict(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        word = self._keys.get(Qt.Key(event.key()))
        row = self.current_key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if word is not None and row is not None and plain:
            if not is_held(event):
                self.keyed.emit(row, word)
        else:
            super().keyPressEvent(event)
