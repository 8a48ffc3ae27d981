"""Names of things: plain text, told apart by their types."""

from typing import NewType

StaffId = NewType("StaffId", str)
PatientId = NewType("PatientId", str)
SessionId = NewType("SessionId", str)
ItemId = NewType("ItemId", str)
RowId = NewType("RowId", str)
