"""Steps as the short checklist shows them: plain answers side by side, whatever is not plain in a row of its own.

The record prints each item by itself with who answered it when. Here the title of a step says that once for all
answers below it that name nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from checklist.acts import Target
from checklist.model import Answer, AnswerState, StaffId
from checklist.paper import questionnaires, sections, words
from checklist.paper.layout import TIGHT, Block, Cell, Row, heading
from checklist.paper.marks import Mark
from checklist.paper.text import INK_2, Span, Text, text
from checklist.snapshot import ItemView, Questionnaire, Snapshot, StepView
from checklist.times import written_date, written_time

SIZE = 8.5  # points
_SMALL = 8.0
_GAP = 0.012  # between columns, as a fraction of the width
_QUESTION = (0.0, 0.86)  # the words of a question that was read out, its answer at the end of the line
_FEWEST = 4  # conditions that are not there: from so many on they are told in one sentence
_ESCORT = "transport.plan name relationship phone adult where back_at".replace(" ", " transport.").split()
_PERSON = ("transport.name", "transport.relationship", "transport.phone")


@dataclass(frozen=True, slots=True)
class _Section:
    """What the rows of a step have in common. `person` asked it: an answer from another names who gave it."""

    snapshot: Snapshot
    width: float
    person: StaffId | None

    def is_plain(self, view: ItemView) -> bool:
        """Nothing more to say of it than the answer: no finding, no refusal, no lateness, no second person."""
        answer = _given(view)
        if self.snapshot.record.amended(Target.ANSWER, view.item.id):
            return False
        if answer is None:
            return True
        if sections.mark_of(self.snapshot, view) is not Mark.CROSSED:
            return False
        late = words.lateness(self.snapshot, answer.observed, answer.entered)
        return view.carried or (answer.by == self.person and not late)

    def value(self, view: ItemView) -> str:
        return words.shown(self.snapshot, view.item, view.answer)


def step_section(
    snapshot: Snapshot, view: StepView, width: float, extra: Sequence[Block] = (), hint: str = ""
) -> list[Block]:
    """One step: its title with who asked it when, what is special to it, its answers, its findings."""
    answers = [answer for one in view.items if (answer := _given(one)) and not one.carried]
    section = _Section(snapshot, width, answers[0].by if answers else None)
    told = sections.told_in_tables(snapshot)
    rows: list[Block] = [*heading(view.step.title, hint, _asked(snapshot, answers)), *extra]
    shown = [one for one in view.items if not sections.is_optional(snapshot, one)]
    for title, group in groupby(shown, key=lambda one: one.item.group):
        rows += _group(section, title, list(group), told)
    return [*rows, *questionnaires.notices(snapshot, shown), *sections.other_findings(snapshot, view, told)]


def _given(view: ItemView) -> Answer | None:
    answer = view.answer
    return answer if answer and answer.state is not AnswerState.UNANSWERED else None


def _asked(snapshot: Snapshot, answers: Sequence[Answer]) -> str:
    """`R. Ortiz 10:36 to 10:39`: the person whose answers stand below without a name."""
    if not answers:
        return ""
    entered = sorted(one.entered for one in answers if one.by == answers[0].by)
    last = f" to {written_time(entered[-1])}" if written_time(entered[0]) != written_time(entered[-1]) else ""
    return f"{words.who(snapshot, answers[0].by, entered[0])}{last}"


def _group(section: _Section, title: str, views: list[ItemView], told: set[str]) -> Iterator[Block]:
    """The items of one sub-heading; ungrouped ones have the title "". A questionnaire is its total in one row."""
    form = questionnaires.of_group(section.snapshot, views)
    if form is not None:
        rest = [one for one in views if one.item.id.partition(".")[2] not in _numbers(form)]
        more = ", ".join(section.value(one).lower() for one in rest)
        yield questionnaires.total_row(form, SIZE, more)
        return
    absent = [one for one in views if title and _is_absent(section, one)]
    sentences = [row for carried in (False, True) for row in _absent_row(section, title, absent, carried)]
    if sentences:
        yield from sentences
        views = [one for one in views if one not in absent]
    elif title:
        credit = f"{views[0].item.id.split('.')[0]}_credit"  # its authors ask to be named on each copy
        named = section.snapshot.protocol.texts.get(credit, title)
        yield replace(sections.sub_heading(named), above=TIGHT, below=TIGHT)
    escort = [one for one in views if one.item.id in _ESCORT]
    if _is_agreed(section, escort):
        yield _escort_row(section, escort)
        views = [one for one in views if one not in escort]
    yield from _flow(section, views, told)


def _numbers(form: Questionnaire) -> set[str]:
    """The scored questions, as their ids end."""
    return {str(place) for place in range(1, len(form.scores) + 1)}


def _is_absent(section: _Section, view: ItemView) -> bool:
    """A condition that the patient does not have. A question that is read out word for word keeps its words."""
    return _given(view) is not None and section.is_plain(view) and section.value(view) == "No" and not _is_read(view)


def _is_read(view: ItemView) -> bool:
    return bool(view.item.group) and view.item.label.endswith("?")


def _absent_row(section: _Section, title: str, absent: Sequence[ItemView], carried: bool) -> Iterator[Row]:
    """`16 conditions asked, all No: …`; those that stand from an earlier visit say from which."""
    views = [one for one in absent if one.carried is carried]
    if len(absent) < _FEWEST or not views:
        return
    asked = f"as on {_day(views[0])}" if carried else "asked"
    spans = (
        Span(f"{len(views)} {title.lower()} {asked}, all No:  ", bold=True, size=SIZE),
        Span(" · ".join(one.item.label for one in views), size=_SMALL),
    )
    yield _row(Cell(text(*spans), mark=Mark.CROSSED))


def _day(view: ItemView) -> str:
    return written_date(view.answer.entered.local.date()) if view.answer else ""


def _is_agreed(section: _Section, escort: Sequence[ItemView]) -> bool:
    """Somebody is named who takes the patient home, and nothing about it is open or against the rules."""
    named = any(one.item.id == _PERSON[0] for one in escort)
    return named and all(_given(one) and section.is_plain(one) for one in escort)


def _escort_row(section: _Section, escort: Sequence[ItemView]) -> Row:
    """`Escort  Chidi Okafor, husband, 518-555-0142 · named adult · 18 or older · in the clinic`."""
    said = {str(one.item.id): section.value(one) for one in escort}
    person = ", ".join(said[key] for key in _PERSON if key in said)
    rest = [
        said["transport.plan"].lower() if "transport.plan" in said else "",
        "18 or older" if "transport.adult" in said else "",
        said.get("transport.where", "").lower(),
        f"comes at {said['transport.back_at']}" if "transport.back_at" in said else "",
    ]
    spans = (
        Span("Escort  ", size=SIZE),
        Span(person, bold=True, size=SIZE),
        Span("".join(f" · {part}" for part in rest if part), size=SIZE),
    )
    return _row(Cell(text(*spans), mark=Mark.CROSSED))


def _flow(section: _Section, views: Sequence[ItemView], told: set[str]) -> Iterator[Block]:
    """Items in order: neighbours that are plain and short share a row, three or two of them."""
    at = 0
    while at < len(views):
        count = _side_by_side(section, views[at:])
        if count:
            yield _row(*(_column(section, one, place, count) for place, one in enumerate(views[at : at + count])))
        else:
            yield from _alone(section, views[at], told)
        at += max(1, count)


def _side_by_side(section: _Section, views: Sequence[ItemView]) -> int:
    for count in (3, 2):
        room = section.width * (1 / count - _GAP)
        if len(views) >= count and all(_fits(section, one, room) for one in views[:count]):
            return count
    return 0


def _fits(section: _Section, view: ItemView, room: float) -> bool:
    if _is_read(view) or not section.is_plain(view):
        return False
    cell = Cell(_words(section, view), mark=Mark.CROSSED)
    return cell.words.natural_width + cell.indent <= room


def _column(section: _Section, view: ItemView, place: int, count: int) -> Cell:
    mark = sections.mark_of(section.snapshot, view)
    return Cell(_words(section, view), place / count, (place + 1) / count - _GAP, mark=mark)


def _words(section: _Section, view: ItemView) -> Text:
    given = _given(view) is not None
    spans = [Span(f"{view.item.label}  ", size=SIZE)]
    spans.append(Span(section.value(view), bold=given, size=SIZE) if given else _open(section, view))
    if view.carried:
        spans.append(Span(f"  from {_day(view)}", size=_SMALL, colour=INK_2))
    return text(*spans)


def _open(section: _Section, view: ItemView) -> Span:
    return Span(section.value(view), size=SIZE, colour=INK_2)


def _alone(section: _Section, view: ItemView, told: set[str]) -> Iterator[Block]:
    """A row of its own; with its findings below it, and who answered it, when there is more to say."""
    if not section.is_plain(view):
        yield from sections.item_with_findings(section.snapshot, view, told, TIGHT)
    elif _is_read(view):
        given = _given(view) is not None
        value = text(section.value(view), size=SIZE, bold=True) if given else text(_open(section, view))
        label = text(view.item.label, size=SIZE)
        yield _row(
            Cell(label, *_QUESTION, mark=sections.mark_of(section.snapshot, view)), Cell(value, _QUESTION[1] + _GAP)
        )
    else:
        yield _row(_column(section, view, 0, 1))


def _row(*cells: Cell) -> Row:
    return Row(cells, above=TIGHT, below=TIGHT)
