"""Which documents there are and on what paper. Standard library only: menus name them without loading ReportLab."""

from enum import StrEnum
from typing import assert_never


class Document(StrEnum):
    CHECKLIST = "checklist"
    RECORD = "record"
    INSTRUCTIONS = "instructions"
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
