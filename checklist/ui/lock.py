"""The lock: hides everything, keeps everything, and comes back to the very field."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from checklist.ui.pages.sign_in import SignInPage
from checklist.ui.widgets.person_picker import Named


class LockPage(SignInPage):
    """Covers the window. No name of a patient stands on it."""

    def __init__(self, clinic: str, parent: QWidget, *, practice: bool) -> None:
        super().__init__("Locked", "Unlock", parent, practice=practice)
        self._clinic = clinic

    def show_locked(self, people: Sequence[Named], user: str) -> None:
        self.clear()
        hint = f"{self._clinic}. What was typed is kept, and the timers go on."
        self.show_people(people, user, hint)
