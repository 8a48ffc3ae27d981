"""Signatures that patients and escorts draw with mouse, finger or pen: pictures with a meaning. Frozen values.

A drawn signature proves nobody's identity by itself (21 CFR 11.200(b) speaks of biometrics; this is none): it says who
was asked, what they agreed to, and when, and it is bound to the record as it stood.
"""

from dataclasses import dataclass
from enum import StrEnum

from checklist.ids import StaffId
from checklist.times import Moment

INK_WIDTH, INK_HEIGHT = 1000, 300
"""The field that is signed in, in units of its own: the picture is lines, sharp at every size."""
Strokes = tuple[tuple[int, ...], ...]
"""Each line as its points, x and y in turn, from the upper left corner."""


class InkMeaning(StrEnum):
    """What somebody agreed to by drawing their name (reference 11.1)."""

    PATIENT_ACKNOWLEDGED = "patient_acknowledged"
    ESCORT_INSTRUCTED = "escort_instructed"


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawn signature. `by` is the member of staff who asked for it; `seal` the record as it stood."""

    meaning: InkMeaning
    name: str
    strokes: Strokes
    statement: str
    at: Moment
    by: StaffId
    seal: str
