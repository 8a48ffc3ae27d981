"""Tables of a session: medicines, vital signs, side effects."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from checklist.acts import Target
from checklist.model import AnswerState, Level, MedicineRow, Reading, Stage, StampKind
from checklist.paper import amended, words
from checklist.paper.layout import PAD, TIGHT, Block, Cell, Row, paragraph, table_head
from checklist.paper.marks import OF_LEVEL
from checklist.paper.text import INK, INK_2, Span, Text, text
from checklist.snapshot import Due, DueState, Finding, Snapshot

_MEDICINE_EDGES = (0.0, 0.225, 0.375, 0.70, 1.0)
_SHORT_EDGES = (0.0, 0.10, 0.21, 0.31, 0.40, 0.50, 0.62, 1.0)
_LONG_EDGES = (0.0, 0.07, 0.155, 0.20, 0.255, 0.295, 0.36, 0.425, 0.505, 0.56, 0.625, 0.67, 0.80, 1.0)
_BESIDE_MARKS = 0.031  # words without a mark begin where those with one do
_UNKNOWN = "Not recognised"  # the class of a medicine that is not in the tables
_SIZE, _SMALL = 8.5, 8.2  # points
_STAGES = {Stage.BASELINE: "Before", Stage.INFUSION: "Infusion", Stage.RECOVERY: "After"}


def medicine_table(snapshot: Snapshot, *, brief: bool = False) -> list[Block]:
    """Each medicine as named and dosed, last taken, what the rules say, and the provider's decision.

    `brief` gives each medicine one line: its finding is cut to what the first sentence says, unless it is still open.
    """
    rows = snapshot.record.medicines
    if not rows:
        return [paragraph(text("No medicine was listed.", colour=INK_2))]
    head = table_head(("Medicine", "Last taken", "Finding", "Provider"), _MEDICINE_EDGES, TIGHT if brief else PAD)
    return [head, *(_medicine(snapshot, row, head, brief=brief) for row in rows)]


def _medicine(snapshot: Snapshot, row: MedicineRow, head: Row, *, brief: bool) -> Row:
    level, name, kind, action = snapshot.medicine_levels.get(
        row.id, (Level.REVIEW, row.typed, _UNKNOWN, "Not recognised. Ask the provider.")
    )
    findings = _about(snapshot, row)
    told = _finding_words(level, kind, findings, action, name if brief else "")
    if row.removed:
        told = text(row.error.capitalize() or "Taken off the list", size=_SMALL, colour=INK_2)
    mark = None if row.removed or level.rank < Level.NOTE.rank else OF_LEVEL[level]
    left, taken, finding, provider, right = _MEDICINE_EDGES
    decided = _decisions(snapshot, findings)
    # A finding that needs no provider may run on into the provider's column.
    end = provider - 0.01 if decided else right
    cells = [
        Cell(_named(snapshot, row, name), left, taken - 0.01),
        Cell(_last_taken(snapshot, row), taken, finding - 0.005),
        Cell(told, finding if mark else finding + _BESIDE_MARKS, end, mark=mark),
    ]
    if decided:
        cells.append(Cell(decided, provider, right))
    return Row(tuple(cells), above=head.above, below=head.below, head=head)


def _named(snapshot: Snapshot, row: MedicineRow, name: str) -> Text:
    """Name and dose; below it what else is known: route, changed, held, cleared for later visits.

    What the nurse typed stays on the paper: often it holds the dose, and it can be checked.
    """
    typed, known = row.typed.strip(" “”"), name.strip(" “”")
    if typed.casefold().startswith(known.casefold()):
        dose, also = f"{typed[len(known) :]} {row.dose}".rstrip(), ""
    else:
        dose, also = f" {row.dose}".rstrip(), "" if typed.casefold() in known.casefold() else f"  {row.typed}"
    notes = snapshot.medicine_notes.get(row.id, ())
    more = f"\n{' · '.join(notes)}" if notes else ""
    return text(
        Span(name, bold=True, size=_SIZE, struck=row.removed),
        Span(dose, size=_SIZE, struck=row.removed),
        Span(also, size=_SMALL, colour=INK_2, struck=row.removed),
        Span(more, size=_SMALL, colour=INK_2),
        *([] if row.removed else amended.was(snapshot, Target.MEDICINE, row.id)),
    )


def _about(snapshot: Snapshot, row: MedicineRow) -> list[Finding]:
    return [one for one in snapshot.findings if one.key == finding_key(row)]


def finding_key(row: MedicineRow) -> str:
    """The key of what the rules say about one medicine by itself."""
    return f"med.{row.id}"


def _finding_words(level: Level, kind: str, findings: Sequence[Finding], action: str, short_for: str) -> Text:
    """Level, class and effect; the name and the time stand in their own columns. `short_for` a name: cut short."""
    told = [
        f"{words.LEVELS[one.level]}: {_effect_words(one, kind, short_for)}" for one in findings if words.is_told(one)
    ]
    if told:
        return text("\n".join(told), size=_SIZE)
    more = kind if level.rank < Level.NOTE.rank else action
    return text(": ".join(part for part in (words.LEVELS[level], more) if part), size=_SIZE)


def _effect_words(found: Finding, kind: str, short_for: str) -> str:
    """The class with its hours; where the class is the medicine itself, what it does. Never cut while it is open."""
    told = found.title if kind == _UNKNOWN else found.detail or found.title
    if found.is_open or not short_for:
        return told
    first, _, rest = told.partition(". ")
    says_more = first.casefold() not in short_for.casefold() or not rest
    return (first if says_more else rest.partition(",")[0]).rstrip(".")


def _last_taken(snapshot: Snapshot, row: MedicineRow) -> Text:
    if row.last_taken is not None:
        shown = words.clock(row.last_taken, words.session_day(snapshot))
    else:
        shown = "Not known" if row.last_taken_state is AnswerState.UNKNOWN else words.NOT_ANSWERED
    late = "" if row.confirmed or row.removed else "\nnot confirmed today"
    return text(Span(shown, size=_SIZE), Span(late, size=_SMALL, colour=INK_2))


def _decisions(snapshot: Snapshot, findings: Sequence[Finding]) -> Text | None:
    made = [words.decision(snapshot, one.decision) for one in findings if one.decision]
    waiting = not made and any(one.is_open for one in findings)
    if waiting:
        return text("No decision yet", size=_SIZE, colour=INK_2)
    return text("\n".join(made), size=_SIZE) if made else None


def short_readings(snapshot: Snapshot, readings: Sequence[Reading], pad: float = PAD) -> list[Block]:
    """Vital signs before the start: every set, repeats and excluded ones too."""
    if not readings:
        return [paragraph(text("No vital signs were recorded.", colour=INK_2))]
    titles = ("Time", "BP mmHg", "HR /min", "SpO2 %", "RR /min", "Temp °C", "Taken by, remark")
    head = table_head(titles, _SHORT_EDGES, pad)
    rows: list[Block] = [head]
    for place, one in enumerate(readings):
        values = (
            _time(snapshot, one),
            _bp(one),
            _whole(one.hr),
            _whole(one.spo2),
            _whole(one.rr),
            _fraction(one.temp_c),
        )
        rows.append(
            _reading_row(
                one,
                (*values, _remark(snapshot, one, words.name(snapshot, one.by), "repeat" if place else "")),
                _SHORT_EDGES,
                head,
                _SIZE,
            )
        )
    return rows


def long_readings(snapshot: Snapshot) -> list[Block]:
    """Every set of the visit with the scales, in order of the time observed; missed ones are named."""
    readings, missed = snapshot.record.readings, [due for due in snapshot.schedule if due.state is DueState.MISSED]
    if not readings and not missed:
        return [paragraph(text("No vital signs were recorded.", colour=INK_2))]
    titles = (
        "Time",
        "BP mmHg",
        "HR",
        "SpO2 %",
        "RR",
        "Temp °C",
        "O2 L/min",
        "MOAA/S",
        "Diss.",
        "Nausea",
        "Pain",
        "When, who",
    )
    head = table_head((*titles, "Remark"), _LONG_EDGES)
    lines = [(one.observed, _long_row(snapshot, one, head)) for one in readings]
    lines += [(due.at, _missed(snapshot, due, head)) for due in missed]
    legend = "HR, RR per minute · MOAA/S 5 alert to 0 no response · Diss. dissociation 0-3 · nausea and pain 0-10"
    return [
        head,
        *(row for _, row in sorted(lines, key=lambda line: line[0])),
        paragraph(text(legend, size=7.5, colour=INK_2)),
    ]


def _long_row(snapshot: Snapshot, one: Reading, head: Row) -> Row:
    scales = (one.moaas, one.dissociation, one.nausea, one.pain)
    values = (
        _time(snapshot, one),
        _bp(one),
        *map(_whole, (one.hr, one.spo2, one.rr)),
        _fraction(one.temp_c),
        _fraction(one.oxygen_l_min),
        *map(_whole, scales),
        f"{_STAGES[one.stage]}, {words.name(snapshot, one.by)}",
        _remark(snapshot, one),
    )
    return _reading_row(one, values, _LONG_EDGES, head, _SMALL)


def _reading_row(one: Reading, values: Sequence[str], edges: Sequence[float], head: Row, size: float) -> Row:
    """Numbers of an excluded set are struck through; its remark says why."""
    cells = []
    for place, value in enumerate(values):
        last = place == len(values) - 1
        struck = not one.counts and place > 0 and not last
        words_of = text(value, size=size, bold=place == 1, struck=struck, colour=INK_2 if last else INK)
        cells.append(Cell(words_of, edges[place], edges[place + 1] - 0.005))
    return Row(tuple(cells), above=head.above, below=head.below, head=head)


def _missed(snapshot: Snapshot, due: Due, head: Row) -> Row:
    when = words.clock(due.at, words.session_day(snapshot))
    why = "; ".join(_causes(snapshot, due))
    spans = [Span(f"Missed ({_STAGES[due.stage].lower()})", size=_SMALL, bold=True)]
    spans += [Span(f"  {why}", size=_SMALL)] if why else []
    cells = (Cell(text(when, size=_SMALL)), Cell(text(*spans), _LONG_EDGES[1]))
    return Row(cells, head=head)


def _causes(snapshot: Snapshot, due: Due) -> Iterator[str]:
    """The reason that was written, and what interrupted the nurse while the reading was due."""
    every = timedelta(minutes=float(snapshot.protocol.limit("schedule.infusion_every")))
    for one in snapshot.record.stamped(StampKind.MISSED):
        if one.detail.get("due") == due.at.store():
            yield one.words
    for one in snapshot.record.stamped(StampKind.INTERRUPTION):
        if abs(one.at.since(due.at)) <= every:
            told = f": {one.words}" if one.words else ""
            yield f"interrupted {words.clock(one.at, words.session_day(snapshot))}{told}"


def _time(snapshot: Snapshot, one: Reading) -> str:
    return words.clock(one.observed, words.session_day(snapshot))


def _bp(one: Reading) -> str:
    if one.sbp is None and one.dbp is None:
        return "-"
    return f"{_whole(one.sbp)}/{_whole(one.dbp)}"


def _whole(value: int | None) -> str:
    return "-" if value is None else str(value)


def _fraction(value: Decimal | None) -> str:
    return "-" if value is None else words.number(value, 1)


def _remark(snapshot: Snapshot, one: Reading, *also: str) -> str:
    excluded = f"Excluded: {one.artefact}" if one.artefact else ""
    late = words.lateness(snapshot, one.observed, one.entered)
    agitated = f"agitation +{one.agitation}" if one.agitation is not None else ""
    named = [snapshot.protocol.texts.get(f"symptom_{symptom}", symptom) for symptom in one.symptoms]
    changed = "" if one.artefact else amended.mark(snapshot, Target.READING, one.id)
    return ", ".join(part for part in (*also, excluded, late, agitated, *named, one.remark, changed) if part)
