"""Drawn signatures on paper: the picture, and who drew it, when, and what it means."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Shape
from reportlab.lib.colors import Color

from checklist.ink import INK_HEIGHT, INK_WIDTH, Ink, InkMeaning
from checklist.paper import words
from checklist.paper.layout import Block, Cell, Picture, Row, Rule, heading
from checklist.paper.text import INK, INK_2, LINE, Span, Text, text
from checklist.snapshot import Snapshot

WHO = {InkMeaning.PATIENT_ACKNOWLEDGED: "Patient", InkMeaning.ESCORT_INSTRUCTED: "Escort"}
_HALVES = ((0.0, 0.48), (0.52, 1.0))
_WIDTH, _APART = 180.0, 280.0  # points on the page: of a picture, and from one to the next


def section(snapshot: Snapshot) -> list[Block]:
    """All drawn signatures under a heading; nothing when nobody drew one."""
    inks = snapshot.record.inks
    return [*heading("Signatures drawn on the screen"), *side_by_side(snapshot, inks)] if inks else []


def side_by_side(snapshot: Snapshot, inks: Sequence[Ink]) -> list[Block]:
    """Two beside each other: the pictures, and below them who drew what it means."""
    rows: list[Block] = []
    for pair in (inks[at : at + 2] for at in range(0, len(inks), 2)):
        told = tuple(Cell(_told(snapshot, one), *half) for one, half in zip(pair, _HALVES, strict=False))
        rows += [Picture(pictures(pair), keep=True), Row(told, Rule.NONE, 1, 4)]
    return rows


def pictures(inks: Sequence[Ink]) -> Drawing:
    """Each over the line that was signed on, in the order given."""
    height = INK_HEIGHT * _WIDTH / INK_WIDTH
    made = Drawing(_WIDTH + _APART * (len(inks) - 1), height)
    for place, one in enumerate(inks):
        for shape in _lines(one, place * _APART, height):
            made.add(shape)
    return made


def _lines(ink: Ink, left: float, height: float) -> Iterator[Shape]:
    scale, base = _WIDTH / INK_WIDTH, height * 0.24
    yield Line(left, base, left + _WIDTH, base, strokeColor=Color(*LINE), strokeWidth=0.7)
    for line in ink.strokes:
        pairs = zip(line[::2], line[1::2], strict=True)
        points = [part for x, y in pairs for part in (left + x * scale, height - y * scale)]
        if len(points) == 2:  # a dot
            points += [points[0] + 0.6, points[1]]
        yield PolyLine(points, strokeColor=Color(*INK), strokeWidth=1.1, strokeLineCap=1, strokeLineJoin=1)


def _told(snapshot: Snapshot, ink: Ink) -> Text:
    day = words.session_day(snapshot)
    asked = f"{words.clock(ink.at, day)}, asked by {words.name(snapshot, ink.by)}"
    return text(
        Span(f"{WHO[ink.meaning]}: {ink.name}", bold=True),
        Span(f"\n{ink.statement}", colour=INK_2),
        Span(f"\nDrawn on the screen {asked} · Seal {words.seal(ink.seal)}", size=7.8, colour=INK_2),
    )
