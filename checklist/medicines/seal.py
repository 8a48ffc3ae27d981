"""The seal of the medicines files: how many rows each has, and a sum of its text, so that no loss goes unseen.

A file cut short at the end of a line reads like a whole one, and each name that went with it would be an unknown
medicine. Whoever changes a file on purpose seals the files again (`checklist medicines --seal`).
"""

import csv
from collections.abc import Callable
from hashlib import sha256

from checklist.medicines.rows import Row, read_rows
from checklist.medicines.table import FILES, FOLDER, MedicineTable

SEAL = f"{FOLDER}sealed.csv"
_COLUMNS = ("file", "rows", "sha256")
ReadText = Callable[[str], str]


def load_sealed(read_text: ReadText) -> MedicineTable:
    """The table, when every file is as it was sealed.

    Raises MedicineTableError, as `MedicineTable.load` does: what can be named by its line is told first.
    """
    table = MedicineTable.load(read_text)
    sealed = {row.cell("file"): row for row in read_rows(SEAL, read_text(SEAL), _COLUMNS)}
    for file in FILES:
        _check(file, _sums(read_text(f"{FOLDER}{file}.csv")), sealed.get(file))
    return table


def seal(read_text: ReadText) -> str:
    """The text of the seal for the files as they are now. Raises MedicineTableError: no mistake is sealed."""
    MedicineTable.load(read_text)
    lines = [",".join((file, *_sums(read_text(f"{FOLDER}{file}.csv")))) for file in FILES]
    return "\n".join([",".join(_COLUMNS), *lines, ""])


def _sums(text: str) -> tuple[str, str]:
    """Rows below the heading, and the sum of the text; marks and line ends of Windows do not count."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    rows = [cells for cells in csv.reader(plain.splitlines()) if cells]
    return str(len(rows) - 1), sha256(plain.encode()).hexdigest()


def _check(file: str, now: tuple[str, str], sealed: Row | None) -> None:
    if sealed is not None and now == (sealed.cell("rows"), sealed.cell("sha256")):
        return
    if sealed is None:
        what = "it was never sealed"
    elif now[0] != sealed.cell("rows"):
        what = f"it has {now[0]} rows, and was sealed with {sealed.cell('rows')}"
    else:
        what = "it was changed since it was sealed"
    raise Row(f"{FOLDER}{file}.csv", 1, {}).wrong(
        what, "Put the approved file back. If it was changed on purpose, type “checklist medicines --seal”"
    )
