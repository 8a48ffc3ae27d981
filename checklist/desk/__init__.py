"""The desk: every use case as one method that returns the new frozen snapshot.

Light to import: each name comes with all that it needs when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.desk.course import PlanDraft
    from checklist.desk.door import PRACTICE_PASSWORD, FrontDoor, Person
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
    "PRACTICE_PASSWORD": "checklist.desk.door",
    "FrontDoor": "checklist.desk.door",
    "Person": "checklist.desk.door",
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
