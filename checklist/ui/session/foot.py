"""Under the list of steps, always in sight: what can be done with the record as a whole."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from checklist.ui.style import scaled, set_role
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.flow import FlowLayout

ACTS = (
    ("call", "Call F5", "Call the provider", "F5"),
    ("handover", "Hand over", "Hand over this patient", "Alt+O"),
    ("amend", "Amend", "Amend this record", "Alt+C"),
    ("filed", "Filed", "The signed paper is filed", "Alt+F"),
    ("papers", "Papers", "Attached papers", "Alt+I"),
    ("error", "Error", "Entered in error", "Alt+W"),
)
"""Acts on the record: name, short words, whole words, key."""


class ActsFoot(QFrame):
    """Beside the way of Tab, since each has a key of its own.

    Signals:
        act_wished(str): the name of one of ACTS.
    """

    act_wished = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "steps-foot")
        flow = FlowLayout(self, 0)
        flow.setContentsMargins(scaled(8), scaled(2), scaled(4), scaled(4))
        self.buttons: dict[str, Button] = {}
        for act, short, words, keys in ACTS:
            button = Button(short, self, kind="quiet")
            button.setObjectName(f"act.{act}")
            button.setAccessibleName(words)
            button.setAccessibleDescription(f"Key {keys.replace('+', ' ')}")
            button.setToolTip(f"{words}: {keys.replace('+', ' ')}")
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(self._wish(act))
            self.buttons[act] = button
            flow.addWidget(button)

    def _wish(self, act: str) -> Callable[[], None]:
        return lambda: self.act_wished.emit(act)

    def show_acts(self, acts: Collection[str]) -> None:
        for act, button in self.buttons.items():
            button.setVisible(act in acts)
