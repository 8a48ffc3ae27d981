"""Which documents there are and on what paper. Standard library only: menus name them without loading ReportLab."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


class Document(StrEnum):
    CHECKLIST = "checklist"
    RECORD = "record"
    INSTRUCTIONS = "instructions"
    COURSE = "course"
    TRANSFER = "transfer"
    BLANK = "blank"
    CALL = "call"


class PaperSize(StrEnum):
    LETTER = "letter"
    A4 = "a4"

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points of 1/72 inch."""
        match self:
            case PaperSize.LETTER:
                return 612.0, 792.0
            case PaperSize.A4:
                return 595.28, 841.89
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attached paper to print after the record: its title, the mark of its bytes, each page as a JPEG."""

    title: str
    mark: str
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of the journal as it prints."""

    when: str
    who: str
    patient: str
    what: str
    value: str


@dataclass(frozen=True, slots=True)
class JournalList:
    """`asked`: what the list was narrowed to; `printed`: when and by whom."""

    rows: tuple[JournalRow, ...]
    asked: str
    printed: str
    practice: bool
