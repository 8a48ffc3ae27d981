"""What stands on every page: clinic, title, patient, practice band, and the foot with identifiers, seal and page."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from checklist.model import Clinic
from checklist.paper import fonts
from checklist.paper.kinds import PaperSize
from checklist.paper.layout import Block, Cell, Laid, Row, Rule, gap
from checklist.paper.pages import loosened, paginate
from checklist.paper.text import INK, INK_2, LINE, STOP, Pen, Span, Text, text

# Bytes written as letters are a habit of old mail systems: they cost a tenth of the time and a quarter of the size.
rl_config.useA85 = 0

MARGIN = 39.0  # points, on all four sides
_FOOT_GAP = 6.0
_BELOW_PATIENT = 4.0
_FOOT_SIZE = 7.8
_BAND = 13.0
_PRACTICE = "PRACTICE"
_PALE = 0.92  # grey of the large word behind the text: seen in print, never in the way of reading


@dataclass(frozen=True, slots=True)
class Frame:
    """`patient` are the rows of the identity box, `identifiers` and `record` the left and middle of the foot."""

    clinic: Clinic
    title: str
    subtitle: str
    patient: tuple[Block, ...]
    identifiers: str
    record: str
    draft: str = ""
    notice: str = ""  # of the version, and of orders that wait for a signature; on every page
    practice: bool = False


def build(frame: Frame, blocks: Sequence[Block], size: PaperSize) -> bytes:
    """The PDF. The same frame, blocks and size give the same bytes."""
    width, height = size.points
    inner = width - 2 * MARGIN
    top = [block.lay(inner) for block in (*_head(frame), *frame.patient, gap(_BELOW_PATIENT))]
    foot_height = _foot(frame, "Page 999 of 999").lay(inner).height
    band = _BAND if frame.practice else 0.0
    room = height - 2 * MARGIN - band - sum(block.height for block in top) - foot_height - _FOOT_GAP
    pages = paginate(blocks, inner, room)
    if len(pages) == 1:
        pages = [loosened(pages[0], room)]
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height), invariant=1, pageCompression=1)
    canvas.setTitle(f"{frame.title}, {frame.record}")
    canvas.setAuthor("")
    if frame.practice:
        canvas.beginForm(_PRACTICE)  # drawn once, shown on every page
        _practice(canvas, width, height)
        canvas.endForm()
    for number, page in enumerate(pages, 1):
        if frame.practice:
            canvas.doForm(_PRACTICE)
        pen = Pen(canvas)
        _stack(pen, [*top, *page], height - MARGIN - band)
        foot = _foot(frame, f"Page {number} of {len(pages)}").lay(inner)
        pen.stroke(LINE, 0.7).line(MARGIN, MARGIN + foot.height, width - MARGIN, MARGIN + foot.height)
        foot.draw(pen, MARGIN, MARGIN + foot.height)
        pen.tell()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _stack(pen: Pen, blocks: Sequence[Laid], top: float) -> None:
    for block in blocks:
        block.draw(pen, MARGIN, top)
        top -= block.height


def _head(frame: Frame) -> list[Block]:
    clinic = frame.clinic
    where = " · ".join(part for part in (clinic.address, clinic.phone) if part)
    left = text(Span(clinic.name, bold=True, size=11.5), Span(f"\n{where}", colour=INK_2))
    right = [Span(frame.title, bold=True, size=15), Span(f"\n{frame.subtitle}", colour=INK_2)]
    if frame.draft:
        right.append(Span(f"\n{frame.draft}", bold=True, size=10, colour=STOP))
    if frame.notice:
        right.append(Span(f"\n{frame.notice}", bold=True, size=9, colour=STOP))
    return [Row((Cell(left, 0, 0.5), Cell(Text(tuple(right), "right"), 0.5, 1)), Rule.NONE, 0, 5)]


def _foot(frame: Frame, page: str) -> Row:
    record = f"{frame.record} · DRAFT" if frame.draft else frame.record
    cells = (
        Cell(text(frame.identifiers, size=_FOOT_SIZE, colour=INK_2), 0, 0.40),
        Cell(text(record, size=_FOOT_SIZE, colour=INK_2), 0.41, 0.875),
        Cell(text(page, size=_FOOT_SIZE, colour=INK_2, align="right"), 0.88, 1),
    )
    return Row(cells, Rule.NONE, 5, 0)


def _practice(canvas: Canvas, width: float, height: float) -> None:
    """A striped band along the top and a large pale word across the page."""
    canvas.saveState()
    canvas.setFillGray(_PALE)
    canvas.setFont(fonts.name(bold=True), 96)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -34, _PRACTICE)
    canvas.restoreState()
    _stripes(canvas, width, height)
    label = f"{_PRACTICE} · not a real patient"
    wide = fonts.width(label, fonts.name(bold=True), 9) + 16
    canvas.setFillGray(1)
    canvas.rect((width - wide) / 2, height - MARGIN - 10, wide, 14, stroke=0, fill=1)
    canvas.setFillColorRGB(*INK)
    canvas.setFont(fonts.name(bold=True), 9)
    canvas.drawCentredString(width / 2, height - MARGIN - 6, label)


def _stripes(canvas: Canvas, width: float, height: float) -> None:
    bottom, top = height - MARGIN - 8, height - MARGIN + 2
    canvas.saveState()
    band = canvas.beginPath()
    band.rect(MARGIN, bottom, width - 2 * MARGIN, top - bottom)
    canvas.clipPath(band, stroke=0, fill=0)
    canvas.setStrokeGray(0.25)
    canvas.setLineWidth(4)
    left = MARGIN - 12.0
    while left < width:
        canvas.line(left, bottom - 1, left + (top - bottom) + 2, top + 1)
        left += 11
    canvas.restoreState()
