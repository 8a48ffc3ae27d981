"""The desk: every use case as one method that returns the new frozen snapshot.

Light to import: what the sign-in window needs comes at once, the rest when it is first named.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from checklist.desk.door import PRACTICE_PASSWORD, FrontDoor, Person

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.desk.course import PlanDraft
    from checklist.desk.entry import ClinicDraft, FieldError, NewStaff
    from checklist.desk.values import Board, BoardNotice, BoardRow, CallRow, PatientDraft, PatientRow

__all__ = [
    "PRACTICE_PASSWORD",
    "Board",
    "BoardNotice",
    "BoardRow",
    "CallRow",
    "ClinicDraft",
    "Desk",
    "FieldError",
    "FrontDoor",
    "NewStaff",
    "PatientDraft",
    "PatientRow",
    "Person",
    "PlanDraft",
]

_LATER = {
    "Desk": "checklist.desk.board",
    "Board": "checklist.desk.values",
    "BoardNotice": "checklist.desk.values",
    "BoardRow": "checklist.desk.values",
    "CallRow": "checklist.desk.values",
    "ClinicDraft": "checklist.desk.entry",
    "FieldError": "checklist.desk.entry",
    "NewStaff": "checklist.desk.entry",
    "PatientDraft": "checklist.desk.values",
    "PatientRow": "checklist.desk.values",
    "PlanDraft": "checklist.desk.course",
}
"""What brings rules and values with it, and from where."""


def __getattr__(name: str) -> Any:
    """Import one of the names of `_LATER` when it is asked for (PEP 562)."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
