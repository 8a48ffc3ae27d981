"""CSV text -> rows that know their file and line, so that a mistake can be named with its mend."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass

from checklist.errors import FileMistake

_CONTROL = re.compile(r"(?!\r?\n)[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # only line ends part lines


class MedicineTableError(FileMistake):
    """A medicines file has a mistake. The sentence names file, line and mend. Nothing of it is used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file. `line` counts from 1, the heading being line 1."""

    file: str
    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        return self.cells[column].strip()

    def needed(self, column: str) -> str:
        """The cell's text. Raises MedicineTableError when it is empty."""
        text = self.cell(column)
        if not text:
            raise self.wrong(f"the column “{column}” is empty", "Fill it in")
        return text

    def items(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that lists several things with semicolons."""
        text = self.cell(column)
        if ";" not in text:
            return (text,) if text else ()
        return tuple(part for part in map(str.strip, text.split(";")) if part)

    def wrong(self, what: str, mend: str) -> MedicineTableError:
        return MedicineTableError(
            f"{self.file}, line {self.line}: {what}. No medicine was judged with this file. {mend}, then start again."
        )


def read_rows(file: str, text: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows below the heading, empty lines left out.

    Raises MedicineTableError when the heading or a row does not have exactly these columns, when no row stands below
    the heading, when the text is no CSV, or holds a control character (a file damaged on the disk is full of NUL).
    """
    control = _CONTROL.search(text)
    if control:
        where = Row(file, text.count("\n", 0, control.start()) + 1, {})
        raise where.wrong(f"the line holds the control character {ord(control[0])}", "Type the line anew")
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        heading = tuple(next(reader, []))
        if heading != columns:
            raise Row(file, 1, {}).wrong(_heading_mistake(heading, columns), f"Make it “{','.join(columns)}”")
        for cells in reader:
            line = reader.line_num
            if not cells:
                continue
            row = Row(file, line, dict(zip(columns, cells, strict=False)))
            if len(cells) != len(columns):
                raise row.wrong(
                    f"there are {len(cells)} columns where {len(columns)} belong",
                    "Put text that holds a comma in double quotes, or add the missing commas",
                )
            rows.append(row)
    except csv.Error as error:
        raise Row(file, max(line, reader.line_num), {}).wrong(
            "the line cannot be read as CSV", "Close every double quote"
        ) from error
    if not rows:
        raise Row(file, line, {}).wrong("no row stands below the heading", "Put the rows back")
    return tuple(rows)


def not_utf8(file: str, content: bytes, place: int) -> MedicineTableError:
    """The mistake of a file whose byte at `place` is no UTF-8, as a spreadsheet program may save it."""
    line = content[:place].count(b"\n") + 1
    return Row(file, line, {}).wrong("the line holds a character that is no UTF-8 text", "Save the file as CSV UTF-8")


def _heading_mistake(heading: tuple[str, ...], columns: tuple[str, ...]) -> str:
    missing = [f"“{one}”" for one in columns if one not in heading]
    unknown = [f"“{one}”" for one in heading if one not in columns]
    said = [f"{', '.join(missing)} missing"] if missing else []
    said += [f"{', '.join(unknown)} not known"] if unknown else []
    return f"the heading is not as expected ({'; '.join(said) or 'order, or a column twice'})"
