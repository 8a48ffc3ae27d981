"""The steps of the checklist as rows: box, item, answer, who and when, and what the rules say of it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from checklist.acts import Target
from checklist.model import AnswerState, ItemId, Level
from checklist.paper import amended, questionnaires, tables, words
from checklist.paper.layout import PAD, Block, Cell, Row, Rule, heading, paragraph
from checklist.paper.marks import COLOUR_OF, OF_LEVEL, Mark
from checklist.paper.text import INK_2, Span, text
from checklist.protocol import NeededFor, Protocol
from checklist.snapshot import Finding, ItemView, Snapshot, StepView

LABEL, VALUE, WHO = (0.0, 0.475), (0.49, 0.80), (0.81, 1.0)
_BOX = 40.0  # points that the frame of the verdict and its mark take of the width
_INDENT = 0.025  # of the width: findings stand a little to the right of the item they are about


def step_section(snapshot: Snapshot, view: StepView, extra: Sequence[Block] = (), hint: str = "") -> list[Block]:
    """One step: its title, what is special to it (`extra`, a table), its items with their findings."""
    rows: list[Block] = [*heading(view.step.title, hint), *extra]
    told = told_in_tables(snapshot)
    not_asked = optional_names(snapshot, view)
    own = [one for one in view.items if not one.carried and not is_optional(snapshot, one)]
    for _, group in groupby(own, key=lambda one: one.item.group):
        rows += _group(snapshot, tuple(group), told)
    rows += questionnaires.notices(snapshot, own)
    carried = [one for one in view.items if one.carried]
    rows += carried_rows(snapshot, carried, told)
    if not_asked:
        rows.append(paragraph(text(f"Optional, not answered: {' · '.join(not_asked)}", size=8.2, colour=INK_2)))
    return [*rows, *other_findings(snapshot, view, told)]


def is_optional(snapshot: Snapshot, view: ItemView) -> bool:
    """Nobody needs it and nobody ever answered it."""
    unanswered = view.answer is None or view.answer.state is AnswerState.UNANSWERED
    amended = snapshot.record.amended(Target.ANSWER, view.item.id)
    return unanswered and not amended and view.item.needed_for is NeededFor.NOTHING


def optional_names(snapshot: Snapshot, view: StepView) -> list[str]:
    """What nobody needed and nobody answered: of a group that nobody needs its name, else each by its label."""
    names: list[str] = []
    for title, group in groupby(view.items, key=lambda one: one.item.group):
        items = list(group)
        open_ones = [one.item.label for one in items if is_optional(snapshot, one)]
        if title and open_ones and all(one.item.needed_for is NeededFor.NOTHING for one in items):
            rest = "" if len(open_ones) == len(items) else f": {len(open_ones)} more"
            names.append(f"{title.partition(':')[0]}{rest}")
        else:
            names += open_ones
    return names


def told_in_tables(snapshot: Snapshot) -> set[str]:
    """Keys of the findings that stand beside their medicine."""
    return {tables.finding_key(row) for row in snapshot.record.medicines}


def other_findings(snapshot: Snapshot, view: StepView, told: set[str]) -> Iterator[Block]:
    """What the rules say of a step beyond its items."""
    for found in snapshot.findings:
        if found.step == view.step.id and found.key not in told and words.is_told(found):
            yield from finding_rows(snapshot, found)


def _group(snapshot: Snapshot, items: Sequence[ItemView], told: set[str]) -> Iterator[Block]:
    if items[0].item.group:
        yield sub_heading(items[0].item.group)
    form = questionnaires.of_group(snapshot, items)
    if form:
        yield questionnaires.total_row(form, 9)
    for one in items:
        yield from item_with_findings(snapshot, one, told)


def item_with_findings(snapshot: Snapshot, view: ItemView, told: set[str], pad: float = PAD) -> Iterator[Block]:
    """An item, and below it what the rules say of it; each finding is told once, at the first of its items."""
    yield item_row(snapshot, view, pad)
    step = snapshot.protocol.step_of(view.item.id).id
    for found in words.findings_of(snapshot, view.item.id, step):
        if found.key not in told:
            told.add(found.key)
            yield from finding_rows(snapshot, found)


def sub_heading(title: str) -> Row:
    return Row((Cell(text(title, bold=True, size=8.4, colour=INK_2)),), Rule.HAIR, 5, 3, keep=True)


def item_row(snapshot: Snapshot, view: ItemView, pad: float = PAD) -> Row:
    """Box, item, answer, who and when. Crossed only when it was answered and no rule is against it."""
    answer = view.answer
    asked = answer is not None and answer.state is not AnswerState.UNANSWERED
    value = words.shown(snapshot, view.item, answer)
    signed = words.who(snapshot, answer.by, answer.entered) if answer and asked else ""
    late = words.lateness(snapshot, answer.observed, answer.entered) if answer and asked else ""
    note = f"{signed}\n{late}" if late else signed
    shown = Span(value, bold=True) if asked else Span(value, colour=INK_2)
    look = text(shown, *amended.was(snapshot, Target.ANSWER, view.item.id))
    return Row(
        (
            Cell(text(view.item.label), *LABEL, mark=mark_of(snapshot, view)),
            Cell(look, *VALUE),
            Cell(text(note, size=8.4, colour=INK_2), *WHO),
        ),
        above=pad,
        below=pad,
    )


def mark_of(snapshot: Snapshot, view: ItemView) -> Mark:
    """The box, or the shape of the heaviest thing the rules say about the item."""
    answer = view.answer
    if answer is None or answer.state is AnswerState.UNANSWERED:
        return Mark.EMPTY
    level = level_of(snapshot, view.item.id)
    if level.rank >= Level.NOTE.rank:
        return OF_LEVEL[level]
    return Mark.CROSSED if answer.state is AnswerState.ANSWERED else Mark.DASH


def level_of(snapshot: Snapshot, item: ItemId) -> Level:
    return Level.worst(found.level for found in snapshot.findings if item in found.items)


def finding_rows(snapshot: Snapshot, found: Finding) -> Iterator[Row]:
    """A finding with its level in words, the limit behind it, and what a provider decided."""
    title = f"{words.level_word(found)}: {found.title}"
    why = " · ".join(part for part in (found.detail, found.source) if part)
    spans = [Span(title, bold=True, size=8.6), Span(f"  {why}", size=8, colour=INK_2)]
    spans.append(Span(f"\n{_outcome(snapshot, found)}", size=8.6))
    mark = OF_LEVEL[found.level]
    yield Row((Cell(text(*spans), _INDENT, 1.0, mark=mark),), above=2.2, below=2.6)


def _outcome(snapshot: Snapshot, found: Finding) -> str:
    if found.decision:
        return f"Provider: {words.decision(snapshot, found.decision)}"
    if found.nobody_overrides:
        return f"{found.action} Nobody can pass this."
    if found.is_open:
        return f"{found.action} No decision yet."
    return found.action


def carried_rows(snapshot: Snapshot, views: Sequence[ItemView], told: set[str]) -> Iterator[Block]:
    """Answers of the last visit that still stand, in two columns."""
    if not views:
        return
    since = words.facts(snapshot)["last_visit"]
    yield sub_heading(f"Taken over from the visit of {since}")
    plain = [one for one in views if _is_short(snapshot, one)]
    for one in views:
        if one not in plain:
            yield from item_with_findings(snapshot, one, told)
    for pair in zip(plain[::2], [*plain[1::2], None][: len(plain[::2])], strict=True):
        yield Row(tuple(_half(snapshot, one, at * 0.5) for at, one in enumerate(pair) if one))


def _is_short(snapshot: Snapshot, view: ItemView) -> bool:
    """Clear answers of a word or two stand in half a row; what the rules speak of keeps its own."""
    return mark_of(snapshot, view) is Mark.CROSSED and len(words.shown(snapshot, view.item, view.answer)) <= 24


def _half(snapshot: Snapshot, view: ItemView, left: float) -> Cell:
    value = words.shown(snapshot, view.item, view.answer)
    spans = (Span(f"{view.item.label}  ", size=8.4), Span(value, bold=True, size=8.4))
    return Cell(text(*spans), left, left + 0.49, mark=mark_of(snapshot, view))


def credits_of(protocol: Protocol, without: Iterable[str] = ()) -> list[Block]:
    """Whose questions are printed: their authors ask to be named on each copy.

    `without`: questionnaires that bear their notice beside them, or are not on the page.
    """
    left_out = {f"{one}_credit" for one in without}
    texts = sorted(protocol.texts.items())
    named = [told for key, told in texts if key.endswith("_credit") and key not in left_out]
    return [paragraph(text(" ".join(named), size=7.5, colour=INK_2))] if named else []


def fasting_hint(snapshot: Snapshot) -> str:
    known = words.facts(snapshot)
    limits = f"solids {known['light']} h, fatty food {known['fatty']} h, clear fluids {known['clear']} h"
    return f"start {known['planned']} · {limits}"


def verdict_box(snapshot: Snapshot, width: float) -> list[Block]:
    """The one sentence of the pause before the start, with its sum; in one line where that fits."""
    verdict = snapshot.clearance
    level, title = words.verdict(verdict)
    clear, reviewed, stopped = verdict.counts
    count = f"{clear} items clear, {reviewed} reviewed, {stopped} stopped or held"
    if verdict.missing:
        count += f", {len(verdict.missing)} not answered"
    spans = [Span(title, bold=True, size=11.5), Span(f"   {count}", colour=INK_2)]
    told = text(*spans, Span(f"   {verdict.sentence}"))
    if told.natural_width > width - _BOX:
        told = text(*spans, Span(f"\n{verdict.sentence}"))
    return [Row((Cell(told, mark=OF_LEVEL[level]),), above=3, below=4, framed=COLOUR_OF[level])]
