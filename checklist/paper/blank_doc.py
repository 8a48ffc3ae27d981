"""The checklist as an empty form, drawn from the protocol: for the day the computer does not start."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from checklist.model import Clinic
from checklist.paper import identity, words
from checklist.paper.frame import MARGIN, Frame, build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import TIGHT, Block, Cell, Row, Rule, gap, heading, table_head
from checklist.paper.marks import Mark
from checklist.paper.pages import glued
from checklist.paper.sections import credits_of, sub_heading
from checklist.paper.signatures import ink_only
from checklist.paper.text import INK, INK_2, LINE, Span, Text, text
from checklist.protocol import Item, ItemKind, NeededFor, Option, Protocol, Step

_SIZE, _SMALL = 8.5, 8.0  # points
_PAD = 1.4  # above and below the words of a row: a pen needs more room than print
_TO_WRITE = 4.0  # the same in the empty rows of a table
_YES_NO, _CHOICE = 0.665, 0.44  # of the width: where the boxes begin
_NARROWEST = 40.0  # points of a box with its word
_LONGEST = 0.30  # of the width: a longer question leaves no room to write beside another
_OF_THREE = 0.21  # the same where three stand in a row, as laboratory values do: a number and a date need little room
_MEDICINES = (("Medicine and dose", "Last taken", "Finding", "Provider's decision"), (0.0, 0.36, 0.52, 0.76, 1.0), 7)
_READINGS = (
    ("Time", "BP mmHg", "HR /min", "SpO2 %", "RR /min", "Temp °C", "MOAA/S", "Diss. 0-3", "Remark, who"),
    (0.0, 0.09, 0.20, 0.29, 0.38, 0.47, 0.56, 0.65, 0.75, 1.0),
)
_TIMELINE = (("Time", "What happened: 911, CPR, medicine with dose and route, calls", "Who"), (0.0, 0.14, 0.82, 1.0), 8)
_EVENT_FACTS = ("serious_asked", "serious_event", "leaves_against_advice", "wants_to_drive", "infusion_started")
_SETS = {"vitals": 3, "infusion": 6, "observation": 5}  # empty rows of readings
_FACTS = {"planned": "____", "scheduled": "____", "last_visit": "the last visit", "escort": "The escort"}
_SHARED = 5  # questions with the same answers make a scale
_SIGNERS = ("Nurse", "Provider", "Second person, dose", "Nurse at discharge")


def render(protocol: Protocol, clinic: Clinic, size: PaperSize) -> bytes:
    known = {**_FACTS, **_limits(protocol)}
    blocks: list[Block] = []
    for step in protocol.steps:
        blocks += _section(step, known, size.points[0] - 2 * MARGIN)
    blocks = glued(blocks, 4)
    blocks += [*heading("Signatures"), *ink_only(_SIGNERS, names=True)]
    blocks += _when_things_go_wrong(protocol, known, size.points[0] - 2 * MARGIN)
    blocks += credits_of(protocol)
    return build(_frame(protocol, clinic), blocks, size)


def _on_paper(step: Step) -> list[Item]:
    """Without what the program alone can know to ask: who else comes today. MRN and birth date stand in the head."""
    return [
        item for item in step.items if not item.retired and all(one.fact != "similar_today" for one in item.show_when)
    ]


def _limits(protocol: Protocol) -> dict[str, str]:
    fasting = f"fasting.{protocol.setting('fasting_profile')}"
    keys = {
        "light": f"{fasting}.light_meal",
        "fatty": f"{fasting}.fatty_meal",
        "clear": f"{fasting}.clear_liquid",
        "recovery_every": "schedule.recovery_every",
        "observe": "schedule.observe_after_end",
    }
    return {name: words.number(protocol.limit(key)) for name, key in keys.items()}


def _frame(protocol: Protocol, clinic: Clinic) -> Frame:
    first = text(Span("Name "), Span("_" * 50), Span("   Born "), Span("_" * 20), Span("   Sex ______"), size=10)
    second = text(
        Span("MRN "), Span("_" * 18), Span("   Weight ________ kg   "), Span("ALLERGY ", bold=True), Span("_" * 26)
    )
    box = (
        Row((Cell(first),), Rule.NONE, 4, 5),
        Row((Cell(second),), Rule.STRONG, 4, 5),
    )
    return Frame(
        clinic=clinic,
        title=identity.TITLES[Document.BLANK],
        subtitle=f"{protocol.title} · session ___ of ___ · date ____________",
        patient=box,
        identifiers=f"Name {'_' * 20} born {'_' * 12}",
        record=f"Record {'_' * 14} · blank form · protocol {protocol.version}",
    )


def _section(step: Step, known: dict[str, str], width: float) -> list[Block]:
    hint = words.filled(step.intro, known) if step.panel == "fasting" else ""
    rows: list[Block] = [*heading(step.title, hint)]
    if step.panel == "medicines":
        rows += _empty_table(*_MEDICINES)
    rows += _groups([item for item in _on_paper(step) if not is_of_an_event(item)], known, width)
    if step.panel in _SETS:
        rows += [gap(2, keep=True), *_empty_table(*_READINGS, _SETS[step.panel])]
    if not _on_paper(step) and step.panel not in _SETS:
        rows.append(_open_lines())
    return rows


def is_of_an_event(item: Item) -> bool:
    """Asked only when something went wrong: it stands on the last page, not in the way of every visit."""
    return any(condition.fact in _EVENT_FACTS for condition in item.show_when)


def _groups(items: Sequence[Item], known: dict[str, str], width: float) -> Iterator[Block]:
    for group, own in groupby(items, key=lambda item: item.group):
        yield from _group(group, list(own), known, width)


def _when_things_go_wrong(protocol: Protocol, known: dict[str, str], width: float) -> list[Block]:
    """The lines of an emergency, then the questions that only such a visit asks."""
    items = [item for item in protocol.items() if is_of_an_event(item)]
    return [*heading("When something goes wrong"), *_empty_table(*_TIMELINE), *_groups(items, known, width)]


def _group(title: str, items: list[Item], known: dict[str, str], width: float) -> Iterator[Block]:
    """What nobody needs is written on lines. A scale of a questionnaire stands once, in its heading."""
    scale = _scale_of(items)
    if title:
        told = " · ".join(f"{option.key} {option.label.lower()}" for option in scale)
        yield sub_heading(f"{title}  {told}".strip())
    numbers = tuple(replace(option, label=option.key) for option in scale)
    optional = bool(title) and all(item.needed_for is NeededFor.NOTHING for item in items)
    for item in items if scale else ():
        yield from _one(replace(item, options=numbers) if item.options == scale else item, known, width)
    if optional and not scale:
        yield from _items([_to_write(item) for item in items], known, width, ((3, _OF_THREE), (2, _LONGEST)))
    elif not scale:
        yield from _items(items, known, width)


def _scale_of(items: Sequence[Item]) -> tuple[Option, ...]:
    options = items[0].options
    return options if options and sum(item.options == options for item in items) >= _SHARED else ()


def _to_write(item: Item) -> Item:
    return replace(item, options=(), kind=ItemKind.TEXT)


def _items(
    items: Sequence[Item], known: dict[str, str], width: float, together: Sequence[tuple[int, float]] = ((2, _LONGEST),)
) -> Iterator[Block]:
    """Items in order; those that are answered on a line stand beside each other, so many where all have room."""
    at = 0
    while at < len(items):
        count = next((count for count, most in together if _fit(items[at : at + count], count, known, most * width)), 1)
        if count == 1:
            yield from _one(items[at], known, width)
        else:
            yield _beside([_asked(item, known) for item in items[at : at + count]], width)
        at += count


def _fit(items: Sequence[Item], count: int, known: dict[str, str], longest: float) -> bool:
    return len(items) == count and all(
        not _choices(item) and _asked(item, known).natural_width < longest for item in items
    )


def _beside(labels: Sequence[Text], width: float) -> Row:
    each = 1 / len(labels)
    places = [(number * each, (number + 1) * each - 0.02) for number in range(len(labels))]
    return _row(*(_line(label, width, place) for label, place in zip(labels, places, strict=True)))


def _one(item: Item, known: dict[str, str], width: float) -> Iterator[Row]:
    label, choices = _asked(item, known), _choices(item)
    if not choices:
        yield _row(_line(label, width, (0, 1)))
        return
    narrow = item.kind is ItemKind.YES_NO or all(len(word) == 1 for word in choices)
    start = _YES_NO if narrow else _start(label, choices, width)
    lines = list(_lines(choices, start, width))
    for place, boxes in enumerate(lines):
        last = place == len(lines) - 1
        asked = Cell(label if place == 0 else text(""), 0, start - 0.01)
        yield _row(asked, *boxes, rule=Rule.HAIR if last else Rule.NONE, keep=not last)


def _start(label: Text, choices: Sequence[str], width: float) -> float:
    """Where the boxes begin: further left where the question leaves room for all of them on one line."""
    wanted = 1 - sum(_box_width(word) for word in choices) / width
    return wanted if label.natural_width / width + 0.02 < wanted < _CHOICE else _CHOICE


def _asked(item: Item, known: dict[str, str]) -> Text:
    """`if it applies` marks what only some patients are asked; when something went wrong, the headings say it."""
    sometimes = "  (if it applies)" if item.show_when and not is_of_an_event(item) else ""
    return text(Span(words.filled(item.label, known), size=_SIZE), Span(sometimes, size=_SMALL, colour=INK_2))


def _line(label: Text, width: float, place: tuple[float, float]) -> Cell:
    """The question, and a line to write on as far as its place goes."""
    left, right = place
    stroke = text("_", size=_SIZE).natural_width
    count = int(((right - left) * width - label.natural_width - 8) / stroke)
    return Cell(Text((*label.spans, Span("  " + "_" * max(6, count), size=_SIZE, colour=LINE))), left, right)


def _choices(item: Item) -> list[str]:
    """The words beside the boxes; none for what is written on a line."""
    if item.kind is ItemKind.YES_NO:
        return ["Yes", "No", "Declined, unknown"]
    return [option.label for option in item.options]


def _lines(labels: Sequence[str], start: float, width: float) -> Iterator[list[Cell]]:
    """Boxes with their words from `start` on, as many on a line as there is room for."""
    line: list[Cell] = []
    left = start
    for label in labels:
        said = text(label, size=_SIZE)
        wide = _box_width(label) / width
        if line and left + wide > 1.001:
            yield line
            line, left = [], start
        line.append(Cell(said, left, min(1.0, left + wide), mark=Mark.EMPTY))
        left += wide
    yield line


def _box_width(word: str) -> float:
    """Points that a box takes with its word."""
    said = text(word, size=_SIZE)
    return max(_NARROWEST, said.natural_width + Cell(said, mark=Mark.EMPTY).indent + 4)


def _row(*cells: Cell, rule: Rule = Rule.HAIR, keep: bool = False) -> Row:
    return Row(cells, rule, _PAD, _PAD, keep=keep)


def _empty_table(titles: Sequence[str], edges: Sequence[float], count: int) -> list[Block]:
    head = table_head(titles, edges, TIGHT)
    return [head, *(Row((Cell(text(" ")),), above=_TO_WRITE, below=_TO_WRITE, head=head) for _ in range(count))]


def _open_lines() -> Row:
    words_of = "Cleared at ________   by ______________________   Findings and the provider's reasons:\n\n\n"
    return Row((Cell(text(words_of, colour=INK)),), Rule.HAIR)
