"""The treatment course on paper: its plan, the plot, every infusion in one table, what is due, the decision."""

from collections.abc import Iterator, Sequence

from checklist.course import COLUMNS, Course
from checklist.levels import Level
from checklist.paper import identity
from checklist.paper.course_figure import course_drawing
from checklist.paper.frame import MARGIN, build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import Block, Cell, Picture, Row, Rule, heading, paragraph, table_head
from checklist.paper.marks import OF_LEVEL
from checklist.paper.signatures import ink_only
from checklist.paper.text import INK_2, Span, text
from checklist.snapshot import Snapshot
from checklist.times import written_date, written_moment

_EDGES = (0.0, 0.045, 0.15, 0.22, 0.275, 0.44, 0.485, 0.62, 0.765, 0.86, 0.93, 1.0)
_FIGURE = 190.0
CHOICES = {
    "stop": "The course stops",
    "maintenance": "Maintenance infusions",
    "change": "The treatment is changed",
    "refer": "Referred to somebody else",
}


def render(snapshot: Snapshot, size: PaperSize) -> bytes:
    """The summary of `snapshot.course`; without one it says that the course was not read."""
    width = size.points[0] - 2 * MARGIN
    course = snapshot.course
    blocks = _not_read() if course is None else list(_of(course, width))
    return build(identity.frame(Document.COURSE, snapshot), blocks, size)


def _not_read() -> list[Block]:
    return [paragraph(text("The course was not read for this print. Open it under “Course” and print it there."))]


def _of(course: Course, width: float) -> Iterator[Block]:
    yield from _facts(course)
    yield from heading("At a glance")
    yield Picture(course_drawing(course, width, _FIGURE))
    yield from _infusions(course)
    yield from _missed(course)
    yield from _due(course)
    yield from _decision(course)
    yield from ink_only(("Provider",))


def _facts(course: Course) -> Iterator[Block]:
    """Two facts a row, the label lighter than its value."""
    told = course.facts()
    for place in range(0, len(told), 2):
        cells = [_fact(one, left) for one, left in zip(told[place : place + 2], (0.0, 0.5), strict=False)]
        yield Row(tuple(cells))


def _fact(fact: tuple[str, str], left: float) -> Cell:
    return Cell(text(Span(f"{fact[0]}   ", colour=INK_2), Span(fact[1], bold=True)), left, left + 0.49)


def _infusions(course: Course) -> Iterator[Block]:
    yield from heading("Infusions", "dose given and mg/kg; highest pressure in minutes after the start")
    head = table_head(COLUMNS, _EDGES)
    yield head
    for row in course.infusions:
        yield _table_row(row.words(), head)
    if not course.infusions:
        yield paragraph(text("No infusion of this course is on record.", colour=INK_2))


def _table_row(words: Sequence[str], head: Row) -> Row:
    cells = (Cell(text(one, size=8.2), _EDGES[at], _EDGES[at + 1] - 0.008) for at, one in enumerate(words))
    return Row(tuple(cells), head=head)


def _missed(course: Course) -> Iterator[Block]:
    if not course.missed:
        return
    yield from heading("Visits on which nothing was given")
    for one in course.missed:
        told = f"{written_date(one.at.local.date())}   {one.word}   {one.record_id}"
        yield Row((Cell(text(told), 0, 0.45), Cell(text(one.reason), 0.45, 1)))


def _due(course: Course) -> Iterator[Block]:
    yield from heading("Next")
    for one in course.due:
        mark = OF_LEVEL[Level.REVIEW] if one.is_late else None
        yield Row((Cell(text(one.title), 0, 0.3, mark=mark), Cell(text(one.text, bold=one.is_late), 0.3, 1)))


def _decision(course: Course) -> Iterator[Block]:
    yield from heading("Decision after the induction")
    made = course.decision
    if made is None:
        yield paragraph(text("None is on record.", colour=INK_2))
        return
    signed = f"{made.name}, {made.role.value}, {written_moment(made.at)}. “{made.statement}”"
    spans = (Span(CHOICES[made.choice.value], bold=True), Span(f"   {made.reason}\n"), Span(signed, colour=INK_2))
    yield Row((Cell(text(*spans)),), Rule.NONE)
