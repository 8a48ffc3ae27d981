"""Entries of the journal as a list: for an inspection, or for the question who did what."""

from checklist.model import Clinic
from checklist.paper.frame import Frame, build
from checklist.paper.kinds import JournalList, JournalRow, PaperSize
from checklist.paper.layout import TIGHT, Cell, Row, Rule, paragraph, table_head
from checklist.paper.text import text

_EDGES = (0.0, 0.15, 0.27, 0.43, 0.66, 1.0)
_TITLES = ("When, number", "Who", "Patient, record", "What", "Content")
_SIZE = 7.8


def render(listed: JournalList, clinic: Clinic, size: PaperSize) -> bytes:
    count = f"{len(listed.rows)} entries, the newest first. {listed.printed}"
    frame = Frame(
        clinic=clinic,
        title="Journal",
        subtitle=listed.asked,
        patient=(Row((Cell(text(count, size=9)),), Rule.STRONG, 4, 5),),
        identifiers="Holds names of patients: keep it as you keep records",
        record=listed.printed,
        practice=listed.practice,
    )
    head = table_head(_TITLES, _EDGES)
    if not listed.rows:
        return build(frame, [paragraph(text("No entry is like that."))], size)
    return build(frame, [head, *(_line(row, head) for row in listed.rows)], size)


def _line(row: JournalRow, head: Row) -> Row:
    words = (row.when, row.who, row.patient, row.what, row.value)
    cells = (
        Cell(text(word, size=_SIZE), left, right - 0.012)
        for word, left, right in zip(words, _EDGES, _EDGES[1:], strict=False)
    )
    return Row(tuple(cells), above=TIGHT, below=TIGHT, head=head)
