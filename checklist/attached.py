"""What is kept beside words: papers attached to a visit, and the photograph of a patient. Frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from checklist.ids import RowId, StaffId
from checklist.times import Moment

SHOWN_DIGITS = 12
"""How much of a digest stands on screen and paper: enough to tell one file from another by eye."""


class Media(StrEnum):
    """What a file is by its content; its name is never asked."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"

    @property
    def word(self) -> str:
        """`JPEG`"""
        return self.name


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that were read through whole and may be kept."""

    media: Media
    data: bytes
    pages: int = 1

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper attached to a visit; its bytes are kept apart. `error`: why it does not belong here; then never shown."""

    row: RowId
    title: str
    media: Media
    sha256: str
    length: int  # bytes
    pages: int
    by: StaffId
    entered: Moment
    seq: int
    paper_from: Moment | None = None  # the time on paper that it covers, where that is known
    paper_to: Moment | None = None
    error: str = ""

    @property
    def mark(self) -> str:
        """`3F2A91C2D05E`: the first twelve digits of the SHA-256 of its bytes."""
        return self.sha256[:SHOWN_DIGITS].upper()


class PhotoState(StrEnum):
    """Why there is a photograph or none; none is normal."""

    TAKEN = "taken"
    DECLINED = "declined"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Photo:
    """What is known of a patient's photograph. `data` is a small JPEG, None where it was not asked for or is none."""

    state: PhotoState
    by: StaffId
    entered: Moment
    sha256: str = ""
    data: bytes | None = None
