"""The log of the controlled substance on paper: a line for each visit, with the balance of its vial."""

from collections.abc import Sequence
from decimal import Decimal

from checklist.model import Clinic
from checklist.paper import words
from checklist.paper.frame import Frame, build
from checklist.paper.kinds import PaperSize
from checklist.paper.layout import Block, Cell, Row, paragraph, table_head
from checklist.paper.signatures import ink_only
from checklist.paper.text import INK_2, STOP, Span, text
from checklist.snapshot import DrugLine
from checklist.times import Moment, written_date, written_time

_HEAD = ("When, record", "Patient", "Lot, vial", "Before", "Drawn", "Given", "Wasted", "After", "Who, witness")
_EDGES = (0.0, 0.14, 0.29, 0.41, 0.495, 0.58, 0.665, 0.75, 0.835, 1.0)
_SIZE = 8.0


def render(lines: Sequence[DrugLine], clinic: Clinic, printed: Moment, size: PaperSize, *, practice: bool) -> bytes:
    head = table_head(_HEAD, _EDGES)
    rows: list[Block] = [head]
    rows += [row for one in lines for row in _rows(one, head)]
    if not lines:
        rows = [paragraph(text("No drug was drawn up in this time.", colour=INK_2))]
    rows += [
        paragraph(text("mg of ketamine base; mL of the vial below. Drawn = given + wasted.", size=7.5, colour=INK_2))
    ]
    when = f"{written_date(printed.local.date())} {written_time(printed)}"
    frame = Frame(clinic, "Controlled substance log", f"ketamine (CIII) · to {when}", (), "", f"printed {when}",
                  practice=practice)  # fmt: skip
    return build(frame, [*rows, *ink_only(("Checked by",), names=True)], size)


def _rows(one: DrugLine, head: Row) -> list[Block]:
    amounts = [_mg(one, value) for value in (one.before, one.drawn, one.given, one.wasted, one.after)]
    when = f"{written_date(one.at.local.date())} {written_time(one.at)}\n{one.record_id}"
    vial = "\n".join(part for part in (one.lot or "lot not recorded", one.vial, _strength(one)) if part)
    people = "\n".join(part for part in (one.by, one.witness) if part)
    who = "\n".join(part for part in (one.patient, one.born and f"born {one.born}") if part)
    texts = (when, who, vial, *amounts, people)
    cells = (Cell(text(each, size=_SIZE), _EDGES[at], _EDGES[at + 1] - 0.008) for at, each in enumerate(texts))
    rows: list[Block] = [Row(tuple(cells), head=head)]
    told = [Span(words_of, bold=True, size=_SIZE, colour=STOP) for words_of in ("; ".join(one.warnings),) if words_of]
    told += [Span(f"  {one.note}", size=_SIZE)] if one.note else []
    return [*rows, Row((Cell(text(*told), 0.15, 1),), head=head)] if told else rows


def _mg(one: DrugLine, value: Decimal | None) -> str:
    """`35 mg` and below it the volume of the vial."""
    if value is None:
        return "-"
    volume = one.ml(value)
    return f"{words.number(value, 2)} mg" + (f"\n{words.number(volume, 2)} mL" if volume is not None else "")


def _strength(one: DrugLine) -> str:
    return f"{words.number(one.strength)} mg/mL" if one.strength is not None else ""
