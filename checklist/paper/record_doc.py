"""The whole record of a session: checklist, order, infusion, readings, recovery, discharge, changes, signatures."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from checklist.model import Answer, Choice, EventKind, Level, Meaning, Stage
from checklist.paper import (
    amended,
    calls,
    dose,
    figures,
    happened,
    identity,
    ink,
    pictures,
    sections,
    signatures,
    tables,
    words,
)
from checklist.paper.frame import MARGIN, build
from checklist.paper.kinds import Document, PaperSize, Sheet
from checklist.paper.layout import Block, Cell, Picture, Row, Rule, heading, paragraph, table_head
from checklist.paper.marks import OF_LEVEL, Mark
from checklist.paper.pages import glued
from checklist.paper.text import INK_2, STOP, Span, text
from checklist.snapshot import Criterion, Met, Score, Snapshot, StepView

_MET = {
    Met.MET: ("Met", Mark.CROSSED),
    Met.NOT_MET: ("Not met", Mark.HOLD),
    Met.UNANSWERED: ("Not answered", Mark.EMPTY),
    Met.DECIDED: ("Decided by a provider", Mark.TRIANGLE),
}
_WITH_SIGNATURES = 4  # rows that stand on the page of the signatures
_CHANGE_EDGES = (0.0, 0.30, 0.53, 0.76, 1.0)


def render(snapshot: Snapshot, size: PaperSize, sheets: Sequence[Sheet] = ()) -> bytes:
    width = size.points[0] - 2 * MARGIN
    content = [
        *_where_it_stands(snapshot),
        *sections.verdict_box(snapshot, width),
        *identity.whole_allergies(snapshot),
        *_decisions(snapshot),  # what a provider overrode stands on the first page (reference 12, row 23)
        *_before(snapshot, width),
        *_infusion(snapshot),
        *_readings(snapshot, width),
        *_after(snapshot),
        *amended.orders(snapshot),
        *amended.handovers(snapshot),
        *amended.section(snapshot),
        *pictures.section(snapshot),
        *_changes(snapshot),
    ]
    blocks = [
        *glued(content, _WITH_SIGNATURES),
        *signatures.signature_section(snapshot, _meanings(snapshot)),
        *ink.section(snapshot),
        *amended.signatures(snapshot),
        *_seal(snapshot),
        *calls.call_section(snapshot),
        *sections.credits_of(snapshot.protocol, ["ctcae", *(one.id for one in snapshot.questionnaires)]),
        *pictures.sheets(sheets, size),
    ]
    return build(identity.frame(Document.RECORD, snapshot), blocks, size)


def _where_it_stands(snapshot: Snapshot) -> list[Block]:
    ended = snapshot.record.event(EventKind.ENDED)
    state = str(snapshot.state).replace("_", " ")
    if ended:
        kind = ended.detail.get("kind", "ended").replace("_", " ")
        state = ": ".join(part for part in (kind, ended.detail.get("reason", "")) if part)
    note = snapshot.patient.notes
    spans = [Span("Visit  ", colour=INK_2), Span(state, bold=True)]
    if told := amended.pending(snapshot):
        spans.append(Span(f"   {told}", bold=True, colour=STOP))
    if nurse := amended.responsible(snapshot):
        spans += [Span("   Responsible nurse  ", colour=INK_2), Span(nurse, bold=True)]
    rows: list[Block] = [paragraph(text(*spans))]
    if note:
        rows.append(paragraph(text(Span("Notes on the patient  ", colour=INK_2), Span(note))))
    return rows


def _before(snapshot: Snapshot, width: float) -> list[Block]:
    """The steps before the infusion, in the order of the protocol."""
    return [row for view in _of_phase(snapshot, "before") for row in _step(snapshot, view, width)]


def _step(snapshot: Snapshot, view: StepView, width: float) -> list[Block]:
    match view.step.panel:
        case "medicines":
            return sections.step_section(snapshot, view, tables.medicine_table(snapshot))
        case "vitals":
            readings = [one for one in snapshot.record.readings if one.stage is Stage.BASELINE]
            return sections.step_section(snapshot, view, tables.short_readings(snapshot, readings))
        case "fasting":
            picture = figures.fasting_drawing(snapshot, width)
            extra = [Picture(picture)] if picture else []
            return sections.step_section(snapshot, view, extra, sections.fasting_hint(snapshot))
        case "clearance":  # the verdict stands at the top, its findings with their steps
            return []
        case _:
            return sections.step_section(snapshot, view)


def _infusion(snapshot: Snapshot) -> list[Block]:
    rows: list[Block] = []
    for view in _of_phase(snapshot, "infusion"):
        rows += sections.step_section(snapshot, view, dose.arithmetic(snapshot))
        rows += dose.verifications(snapshot)
        rows += dose.events(snapshot)
    return rows


def _readings(snapshot: Snapshot, width: float) -> list[Block]:
    rows: list[Block] = [*heading("Vital signs of the visit")]
    if snapshot.record.readings:
        rows.append(Picture(figures.chart_drawing(snapshot, width, 190.0)))
    rows += tables.long_readings(snapshot)
    return [*rows, *heading("Side effects"), *happened.effect_table(snapshot), *happened.moments(snapshot)]


def _after(snapshot: Snapshot) -> list[Block]:
    rows: list[Block] = []
    for view in _of_phase(snapshot, "after"):
        extra = _scores(snapshot.scores) if view.step.panel == "observation" else _criteria(snapshot)
        rows += sections.step_section(snapshot, view, extra)
    return rows


def _of_phase(snapshot: Snapshot, phase: str) -> list[StepView]:
    return [view for view in snapshot.steps if view.step.phase == phase]


def _scores(scores: Sequence[Score]) -> list[Block]:
    return [_score(one) for one in scores]


def _score(one: Score) -> Row:
    """`Modified Aldrete (1995)  10 of 9 needed`, with its parts: a total alone cannot be checked."""
    total = "not complete" if one.total is None else str(one.total)
    parts = ", ".join(f"{name} {'-' if value is None else value}" for name, value in one.parts)
    mark = Mark.CROSSED if one.passes else Mark.EMPTY
    needed = f"{one.pass_mark} or more to leave"
    return Row(
        (
            Cell(text(one.name), *sections.LABEL, mark=mark),
            Cell(
                text(Span(total, bold=True), Span(f"   {needed}\n{parts}", size=8.2, colour=INK_2)),
                sections.VALUE[0],
                1,
            ),
        )
    )


def _criteria(snapshot: Snapshot) -> list[Block]:
    return [_criterion(snapshot, one) for one in snapshot.criteria]


def _criterion(snapshot: Snapshot, one: Criterion) -> Row:
    word, mark = _MET[one.met]
    spans = [Span(word, bold=True), Span(f"   {one.detail}", size=8.4, colour=INK_2)]
    if one.finding and one.finding.decision:
        spans.append(Span(f"\n{words.decision(snapshot, one.finding.decision)}", size=8.4))
    return Row((Cell(text(one.title), *sections.LABEL, mark=mark), Cell(text(*spans), sections.VALUE[0], 1)))


def _decisions(snapshot: Snapshot) -> list[Block]:
    """Every decision in order, also those that later answers made void."""
    made = snapshot.record.decisions
    if not made:
        return []
    titles = {found.key: found.title for found in snapshot.findings}
    now = {found.fingerprint for found in snapshot.findings}
    rows: list[Block] = [*heading("Decisions of providers")]
    for one in made:
        void = "" if one.fingerprint in now or one.ends_standing else "  void: what it was about has changed"
        about = one.finding.replace("standing.", "med.", 1) if one.ends_standing else one.finding
        spans = [Span(titles.get(about, about), bold=True), Span(void, colour=INK_2)]
        spans.append(Span(f"\n{words.decision(snapshot, one)}"))
        mark = OF_LEVEL[Level.CLEAR] if one.choice is Choice.PROCEED else OF_LEVEL[Level.STOP]
        rows.append(Row((Cell(text(*spans), mark=mark),)))
    return rows


def _changes(snapshot: Snapshot) -> list[Block]:
    """Answers that were changed: the old value struck through, the new one beside it, who and when."""
    changes = list(_changed(snapshot))
    if not changes:
        return []
    head = table_head(("Item", "Was", "Now", "Changed by"), _CHANGE_EDGES)
    return [*heading("Changed answers"), head, *(_change(snapshot, was, now, head) for was, now in changes)]


def _changed(snapshot: Snapshot) -> Iterator[tuple[Answer, Answer]]:
    pairs = [
        (was, now)
        for answers in snapshot.record.history.values()
        for was, now in pairwise(answers)
        if (was.state, was.value, was.reason) != (now.state, now.value, now.reason)
    ]
    yield from sorted(pairs, key=lambda pair: pair[1].seq)


def _change(snapshot: Snapshot, was: Answer, now: Answer, head: Row) -> Row:
    item = snapshot.protocol.item(now.item)
    signed = [one for one in snapshot.record.signatures if one.seq < now.seq]
    after = f"\nafter the signature of {signed[-1].name}" if signed else ""
    label = words.filled(item.label, words.facts(snapshot))
    texts = (
        text(label),
        text(
            Span(words.shown(snapshot, item, was), struck=True),
            Span(f"\n{words.who(snapshot, was.by, was.entered)}", size=8, colour=INK_2),
        ),
        text(words.shown(snapshot, item, now), bold=True),
        text(words.who(snapshot, now.by, now.entered) + after, size=8.4, colour=INK_2),
    )
    cells = (Cell(one, _CHANGE_EDGES[at], _CHANGE_EDGES[at + 1] - 0.01) for at, one in enumerate(texts))
    return Row(tuple(cells), head=head)


def _meanings(snapshot: Snapshot) -> list[Meaning]:
    """The signatures every record needs, and each other one that was given."""
    needed = (Meaning.CHECKED, Meaning.PROVIDER_CLEARED, Meaning.DISCHARGE)
    given = [one for one in Meaning if one in needed or snapshot.record.signature(one)]
    return [one for one in given if one not in amended.ACTS]


def _seal(snapshot: Snapshot) -> list[Block]:
    raw = snapshot.record.seal or "none"
    return [
        Row(
            (Cell(text(Span("Seal of this record  ", size=7.8, colour=INK_2), Span(raw, size=7.8))),),
            Rule.NONE,
            6,
            2,
        )
    ]
