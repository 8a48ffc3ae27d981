"""Photographs and scans on paper: a small portrait beside the patient's box, and the pages of attached papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader

from checklist.attached import Attachment
from checklist.paper import words
from checklist.paper.kinds import PaperSize, Sheet
from checklist.paper.layout import Block, Cell, Laid, Row, Rule, heading, table_head
from checklist.paper.text import HAIR, INK_2, Pen, Span, Text, text
from checklist.snapshot import Snapshot

PORTRAIT = 45.0  # points, 16 mm: a face is known by it, in grey too, and the box of every page hardly grows
_BESIDE = 6.0
_EDGES = (0.0, 0.34, 0.53, 0.75, 1.0)
_SMALL = 8.2
_AROUND = 250.0  # points that margins, head, patient's box and foot take at most, with every notice and long allergies


@dataclass(frozen=True, slots=True)
class WithPortrait:
    """A row with a portrait at its left."""

    row: Row
    jpeg: bytes

    def lay(self, width: float) -> "LaidPortrait":
        reader = ImageReader(BytesIO(self.jpeg))
        wide, high = reader.getSize()
        scale = PORTRAIT / max(wide, high)
        side = wide * scale
        laid = self.row.lay(width - side - _BESIDE)
        lacking = max(0.0, high * scale - laid.height)
        return LaidPortrait(laid.loosened(lacking / 2), reader, side, high * scale, side + _BESIDE)


@dataclass(frozen=True, slots=True)
class LaidPortrait:
    row: Laid
    picture: ImageReader
    width: float
    tall: float
    indent: float
    keep: bool = False
    head: Row | None = None

    @property
    def height(self) -> float:
        return max(self.row.height, self.tall)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.tell()
        place = (left, top - self.tall, self.width, self.tall)
        pen.canvas.drawImage(self.picture, *place)
        pen.stroke(HAIR, 0.6).rect(*place, stroke=1, fill=0)
        self.row.draw(pen, left + self.indent, top)

    def split(self, room: float) -> "tuple[Laid, Laid] | None":
        return None


@dataclass(frozen=True, slots=True)
class Scan:
    """One page of an attached paper under its caption, as large as a page of ours allows: always a page of its own."""

    caption: Row
    jpeg: bytes
    room: float

    def lay(self, width: float) -> "LaidScan":
        caption = self.caption.lay(width)
        reader = ImageReader(BytesIO(self.jpeg))
        wide, high = reader.getSize()
        scale = min(width / wide, (self.room - caption.height) / high)
        return LaidScan(caption, reader, (wide * scale, high * scale), self.room + _AROUND)


@dataclass(frozen=True, slots=True)
class LaidScan:
    """Its height is that of the whole paper: what is higher than the room of a page gets a page of its own."""

    caption: Laid
    picture: ImageReader
    size: tuple[float, float]
    height: float
    keep: bool = False
    head: Row | None = None

    def draw(self, pen: Pen, left: float, top: float) -> None:
        self.caption.draw(pen, left, top)
        pen.tell()
        wide, high = self.size
        place = (left, top - self.caption.height - high, wide, high)
        pen.canvas.drawImage(self.picture, *place)
        pen.stroke(HAIR, 0.6).rect(*place, stroke=1, fill=0)

    def split(self, room: float) -> "tuple[Laid, Laid] | None":
        return None


def section(snapshot: Snapshot) -> list[Block]:
    """Each attached paper: title, pages, the time on it, who attached it when, and the mark of its bytes."""
    attached = snapshot.record.attachments
    if not attached:
        return []
    head = table_head(("Attached paper", "File", "Time on paper", "Attached by"), _EDGES)
    return [*heading("Attached papers"), head, *(_row(snapshot, one, head) for one in attached)]


def _row(snapshot: Snapshot, one: Attachment, head: Row) -> Row:
    title = [Span(one.title, bold=not one.error, struck=bool(one.error))]
    if one.error:
        title.append(Span(f"\n{one.error}", size=_SMALL, colour=INK_2))
    pages = "1 page" if one.pages == 1 else f"{one.pages} pages"
    texts: Sequence[Text] = (
        text(*title),
        text(Span(f"{one.media.word}, {pages}"), Span(f"\n{one.mark}", size=_SMALL, colour=INK_2)),
        text(time_on_paper(snapshot, one)),
        text(words.who_when(snapshot, one.by, one.entered), size=_SMALL),
    )
    cells = (Cell(each, _EDGES[at], _EDGES[at + 1] - 0.01) for at, each in enumerate(texts))
    return Row(tuple(cells), head=head)


def time_on_paper(snapshot: Snapshot, one: Attachment) -> str:
    """`09:15 to 10:05`, or that it is not known: never a guess."""
    day = words.session_day(snapshot)
    begin = words.clock(one.paper_from, day) if one.paper_from else ""
    end = words.clock(one.paper_to, day) if one.paper_to else ""
    if begin and end:
        return f"{begin} to {end}"
    return f"from {begin}" if begin else f"to {end}" if end else "Not known"


def sheets(given: Sequence[Sheet], size: PaperSize) -> list[Block]:
    """The pages of attached papers after the record, each on a page of its own."""
    room = size.points[1] - _AROUND
    blocks: list[Block] = []
    for sheet in given:
        for number, jpeg in enumerate(sheet.pages, 1):
            told = f"   page {number} of {len(sheet.pages)}   {sheet.mark}"
            named = text(Span(f"Attached: {sheet.title}", bold=True), Span(told, size=_SMALL, colour=INK_2))
            blocks.append(Scan(Row((Cell(named),), Rule.NONE, 2, 2), jpeg, room))
    return blocks
