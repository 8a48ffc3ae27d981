"""The follow-up call on paper: each attempt with its answers and what they mean, under the sealed record."""

from collections.abc import Iterator

from checklist.model import Answer, CallAttempt, Level
from checklist.paper import sections, words
from checklist.paper.layout import Block, Cell, Row, heading, paragraph
from checklist.paper.marks import OF_LEVEL
from checklist.paper.text import INK_2, Span, Text, text
from checklist.protocol import Item
from checklist.snapshot import Finding, FollowUp, Snapshot
from checklist.times import written_date, written_time


def call_section(snapshot: Snapshot) -> list[Block]:
    """Nothing before the patient left; without a call the window in which it is due."""
    status = snapshot.follow_up
    if status is None:
        return []
    rows: list[Block] = [*heading("Follow-up call", "after the record was closed; its seal does not cover this part")]
    rows.append(paragraph(text(_window(status), colour=INK_2)))
    for one in status.attempts:
        rows += _attempt(snapshot, status, one)
    return rows


def _window(status: FollowUp) -> str:
    ends = (status.due_from, status.due_until)
    first, last = (f"{written_date(one.local.date())} {written_time(one)}" for one in ends)
    made = "" if status.attempts else " No call is on record."
    return f"Due {first} to {last}.{made}"


def _attempt(snapshot: Snapshot, status: FollowUp, one: CallAttempt) -> Iterator[Block]:
    at = one.finished or one.begun
    state = "" if one.finished else ", not closed"
    title = (
        f"Call {one.number}, {written_date(at.local.date())} {written_time(at)}, {words.name(snapshot, one.by)}{state}"
    )
    yield sections.sub_heading(title)
    for item in snapshot.protocol.followup:
        if item.id in one.answers:
            yield _row(snapshot, item, one.history[item.id])
    for found in status.findings:
        if found.key.endswith(f"#{one.number}") and found.level.rank >= Level.NOTE.rank:
            yield _finding(found)


def _row(snapshot: Snapshot, item: Item, given: tuple[Answer, ...]) -> Row:
    """The answer that counts; those it replaced are struck beside it."""
    spans = [Span(words.shown(snapshot, item, given[-1]), bold=True)]
    for old in given[:-1]:
        spans += [Span("   "), Span(words.shown(snapshot, item, old), struck=True)]
    return Row((Cell(text(item.label), *sections.LABEL), Cell(Text(tuple(spans)), sections.VALUE[0], 1)))


def _finding(found: Finding) -> Row:
    spans = (Span(found.title, bold=True), Span(f"   {found.detail} {found.action}".rstrip(), colour=INK_2))
    return Row((Cell(text(*spans), mark=OF_LEVEL[found.level]),))
