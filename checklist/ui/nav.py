"""The way between the pages, at the left edge."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from checklist.ui.icons import icon
from checklist.ui.style import scaled, set_look, set_role
from checklist.ui.widgets.buttons import ENTER, is_held

PLACES = (
    ("today", "Today", "calendar"),
    ("patients", "Patients", "user"),
    ("records", "Records", "file-text"),
    ("drugs", "Drug log", "syringe"),
    ("settings", "Settings", "settings"),
)
WIDTH_PX = 84


class NavButton(QToolButton):
    """Icon above word."""

    def __init__(self, name: str, word: str, picture: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = {True: icon(picture, "brand", 22), False: icon(picture, "ink2", 22)}
        self.setObjectName(f"nav {name}")
        self.setText(word)
        self.setAccessibleName(word)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(scaled(22), scaled(22)))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(scaled(61))
        set_look(self, "kind", "nav")
        self.show_here(False)

    def show_here(self, here: bool) -> None:
        self.setChecked(here)
        self.setIcon(self._pictures[here])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not is_held(event):
            self.click()
        else:
            super().keyPressEvent(event)


class Nav(QFrame):
    """Today, Patients, Records, Drug log, Settings.

    Signals:
        went(str): a person chose a place.
    """

    went = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "edge-right")
        self.setFixedWidth(scaled(WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(8), scaled(10), scaled(8), scaled(10))
        column.setSpacing(scaled(4))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        for index, (name, word, picture) in enumerate(PLACES):
            button = NavButton(name, word, picture, self)
            self._buttons[name] = button
            self._group.addButton(button, index)
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)

    def show_place(self, place: str) -> None:
        """Mark where one is; a place not listed marks nothing."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.show_here(name == place)
        self._group.setExclusive(True)

    def _on_clicked(self, index: int) -> None:
        self.went.emit(PLACES[index][0])
