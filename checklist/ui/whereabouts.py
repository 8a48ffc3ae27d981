"""Where a person was before everything was covered: the field with the keyboard, and the dialogs in front."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


class Whereabouts:
    """Kept while the lock or the curtain covers the window. Nothing in the field is committed."""

    def __init__(self) -> None:
        self._focus: QWidget | None = None
        self._dialogs: list[QDialog] = []

    def remember(self, window: QWidget) -> None:
        """Note what has the keyboard; hide the open dialogs."""
        self._focus = window.focusWidget()
        self._dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
        for dialog in self._dialogs:
            dialog.hide()

    def come_back(self) -> None:
        """Open those dialogs again, and give the keyboard back to its field."""
        for dialog in self._dialogs:
            dialog.open()
        self._dialogs = []
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
