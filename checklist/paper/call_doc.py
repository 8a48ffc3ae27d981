"""The sheet for a call to the provider: what to say, and room to write the order as it is heard."""

from collections.abc import Sequence

from checklist.paper import amended, call, identity, signatures
from checklist.paper.frame import build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import Block, Cell, Row, Rule, heading, paragraph
from checklist.paper.marks import Mark
from checklist.paper.text import INK_2, text
from checklist.snapshot import Snapshot

_LINES = 4  # ruled lines for an order
_BELOW = 15.0  # points between them


def render(snapshot: Snapshot, size: PaperSize) -> bytes:
    told = call.situation(snapshot)
    blocks: list[Block] = [
        *identity.whole_allergies(snapshot),
        *_list("Values", told.values, "None recorded."),
        *_list("Thresholds crossed", told.crossed, "None."),
        *_list("Done so far", told.done, "Nothing recorded."),
        *amended.orders(snapshot),
        *heading("Order, as heard"),
        *(_line() for _ in range(_LINES)),
        *_asked(),
        *signatures.ink_only(("Nurse who took the order", "Provider, afterwards"), names=True),
    ]
    return build(identity.frame(Document.CALL, snapshot), blocks, size)


def _list(title: str, lines: Sequence[str], none: str) -> list[Block]:
    rows: list[Block] = [*heading(title)]
    if not lines:
        return [*rows, paragraph(text(none, colour=INK_2))]
    return [*rows, *(Row((Cell(text(line)),)) for line in lines)]


def _line() -> Row:
    return Row((Cell(text(" "), ruled=True),), Rule.NONE, _BELOW, 0)


def _asked() -> list[Block]:
    asked = ("Read back, word for word", "Provider said it is right")
    cells = (Cell(text(each), place * 0.5, place * 0.5 + 0.49, mark=Mark.EMPTY) for place, each in enumerate(asked))
    return [
        Row(tuple(cells), Rule.NONE, 8, 2),
        Row((Cell(text("Time of the order", size=7.8, colour=INK_2), 0, 0.3, ruled=True),), Rule.NONE, _BELOW, 4),
    ]
