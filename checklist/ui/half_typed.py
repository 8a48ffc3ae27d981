"""What somebody was typing when another person unlocked: kept for them, taken out of the other's way."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from checklist.model import StaffId
from checklist.ui.widgets.fields import PasswordField, TextField


@dataclass(frozen=True, slots=True)
class _Kept:
    field: TextField
    text: str


class HalfTyped:
    """By person, the fields they had begun and not sent. Nothing of it is saved: it was never said to be."""

    def __init__(self) -> None:
        self._kept: dict[StaffId, list[_Kept]] = {}

    def put_aside(self, person: StaffId, window: QWidget) -> None:
        """Take the begun texts out of their fields: what the next person saves must be their own."""
        begun = [field for field in window.findChildren(TextField) if _is_begun(field)]
        if begun:
            self._kept[person] = [_taken(field) for field in begun]

    def bring_back(self, person: StaffId) -> list[str]:
        """Put this person's texts back where their fields are still there and empty of other typing.

        Gives back the texts whose field is gone, so that they can be shown.
        """
        lost = []
        for kept in self._kept.pop(person, []):
            if isValid(kept.field) and not kept.field.is_being_edited():
                kept.field.setText(kept.text)
                kept.field.setModified(True)
            else:
                lost.append(kept.text)
        return lost


def _is_begun(field: TextField) -> bool:
    return field.is_being_edited() and bool(field.text()) and not isinstance(field, PasswordField)


def _taken(field: TextField) -> _Kept:
    kept = _Kept(field, field.text())
    field.let_go()
    field.setText("")
    return kept
