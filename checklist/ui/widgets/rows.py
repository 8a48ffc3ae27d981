"""What a table shows, as values."""

from dataclasses import dataclass
from enum import StrEnum

from checklist.levels import Level
from checklist.ui.shapes import Shape, shape_of, tone_of, word_of


class Look(StrEnum):
    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    CHIP = "chip"
    BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in px at 100 %; 0 shares what is left, by `share`."""

    title: str
    width: int = 0
    share: int = 1
    yields: bool = False  # left out where the table is too narrow for its shared columns


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a row. `note` is a second, quieter line; `mark` a warning chip after the text."""

    text: str
    look: Look = Look.PLAIN
    tone: str = ""
    shape: Shape | None = None
    note: str = ""
    mark: str = ""
    photo: bytes | None = None  # a small JPEG before the words

    @property
    def spoken(self) -> str:
        """All its words, for the screen reader."""
        return ", ".join(part for part in (self.text, self.note, self.mark) if part)


@dataclass(frozen=True, slots=True)
class TableRow:
    key: str
    cells: tuple[Cell, ...]


def level_cell(level: Level, text: str = "") -> Cell:
    """A chip in shape and colour of a level."""
    return Cell(text or word_of(level), Look.CHIP, tone_of(level), shape_of(level))
