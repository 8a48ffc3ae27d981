"""PHQ-9 and GAD-7 on paper: the total with its band, what became of it, and the notice that their authors ask for."""

from collections.abc import Iterable, Sequence

from checklist.paper.layout import TIGHT, Block, Cell, Row, paragraph
from checklist.paper.marks import Mark
from checklist.paper.text import INK_2, Span, text
from checklist.snapshot import ItemView, Questionnaire, Snapshot

_SMALL = 7.5  # points


def of_group(snapshot: Snapshot, views: Sequence[ItemView]) -> Questionnaire | None:
    """The questionnaire whose items these are, or None."""
    prefix = views[0].item.id.partition(".")[0]
    return next((one for one in snapshot.questionnaires if one.id == prefix), None)


def total_row(one: Questionnaire, size: float, more: str = "") -> Row:
    """`PHQ-9  12 of 27: moderate   scores 2 2 1 2 1 2 1 1 0`; without a total `not complete`."""
    total = "not complete, no total" if one.total is None else f"{one.total} of {one.highest}: {one.band}"
    scores = " ".join("-" if score is None else str(score) for score in one.scores)
    spans = [Span(f"{one.name}  ", size=size), Span(total, bold=True, size=size)]
    rest = "   ".join(part for part in (f"scores {scores}", one.course, more) if part)
    spans.append(Span(f"   {rest}", size=size - 0.5, colour=INK_2))
    mark = Mark.EMPTY if one.total is None else Mark.CROSSED
    return Row((Cell(text(*spans), mark=mark),), above=TIGHT, below=TIGHT)


def notices(snapshot: Snapshot, views: Iterable[ItemView]) -> list[Block]:
    """The sentence of the licence below what is shown: one for all questionnaires that share it."""
    shown = {one.item.id.partition(".")[0] for one in views if one.answer is not None}
    told: dict[str, list[str]] = {}
    for one in snapshot.questionnaires:
        if one.id in shown:
            sentence = snapshot.protocol.texts.get(f"{one.id}_credit", "").removeprefix(f"{one.name}. ")
            told.setdefault(sentence, []).append(one.name)
    return [
        paragraph(text(f"{', '.join(names)}. {sentence}", size=_SMALL, colour=INK_2))
        for sentence, names in told.items()
    ]
