"""What happened to the patient: side effects with what was done, and moments that were stamped."""

from collections.abc import Sequence

from checklist.acts import Target
from checklist.beside import ClockChange, Gap
from checklist.happened import in_words
from checklist.model import Done, Effect, Outcome, Related, Stamp
from checklist.paper import amended, words
from checklist.paper.layout import Block, Cell, Row, heading, paragraph, table_head
from checklist.paper.text import INK_2, Span, text
from checklist.snapshot import Snapshot
from checklist.times import Moment

_MOMENT_EDGES = (0.0, 0.16, 0.78, 1.0)
_EFFECT_EDGES = (0.0, 0.27, 0.50, 0.58, 0.68, 1.0)


def moments(snapshot: Snapshot) -> list[Block]:
    """What happened, line by line; struck ones with the reason. Nothing when nothing did.

    Also when the program was not running, and when the PC's clock was set: whoever reads the times has to know.
    """
    head = table_head(("Time", "What happened", "Who"), _MOMENT_EDGES)
    rows = [(one.at, _moment(snapshot, one, head)) for one in snapshot.record.stamps]
    rows += [(one.begin, _gap(snapshot, one, head)) for one in snapshot.gaps]
    rows += [(one.at, _clock_change(snapshot, one, head)) for one in snapshot.clock_changes]
    rows.sort(key=lambda pair: pair[0].utc)
    return [*heading("What happened"), head, *(row for _, row in rows)] if rows else []


def _gap(snapshot: Snapshot, one: Gap, head: Row) -> Row:
    day = words.session_day(snapshot)
    begin, end = words.clock(one.begin, day), words.clock(one.end, day)
    return _line(begin, [Span(one.words(begin, end))], "", head)


def _clock_change(snapshot: Snapshot, one: ClockChange, head: Row) -> Row:
    at = words.clock(one.at, words.session_day(snapshot))
    who = words.who(snapshot, one.by, one.answered) if one.by and one.answered else ""
    return _line(at, [Span(one.words(at))], who, head)


def _moment(snapshot: Snapshot, one: Stamp, head: Row) -> Row:
    day, due = words.session_day(snapshot), one.detail.get("due", "")
    said = in_words(one, f"due {words.clock(Moment.stored(due), day)}" if due else "")
    spans = [Span(said, struck=one.removed)]
    if one.removed:
        struck = f"  struck by {one.detail.get('removed_by', '')}: {one.detail.get('removed', '')}"
        spans.append(Span(struck, size=8.2, colour=INK_2))
    late = words.lateness(snapshot, one.at, one.entered)
    who = "\n".join(part for part in (words.who(snapshot, one.by, one.entered), late) if part)
    return _line(words.clock(one.at, day), spans, who, head)


def _line(at: str, spans: Sequence[Span], who: str, head: Row) -> Row:
    texts = (text(at, bold=True), text(*spans), text(who, size=8.4, colour=INK_2))
    cells = (Cell(each, _MOMENT_EDGES[at], _MOMENT_EDGES[at + 1] - 0.01) for at, each in enumerate(texts))
    return Row(tuple(cells), head=head)


def effect_table(snapshot: Snapshot) -> list[Block]:
    """Side effects with grade, times and what was done; those taken back are struck through."""
    effects = snapshot.record.effects
    if not effects:
        return [paragraph(text("None recorded.", colour=INK_2))]
    head = table_head(("Side effect", "Grade", "From", "Until", "What was done, who"), _EFFECT_EDGES)
    credit = text(snapshot.protocol.texts.get("ctcae_credit", ""), size=7.5, colour=INK_2)
    return [head, *(_effect(snapshot, one, head) for one in effects), paragraph(credit)]


def _done(snapshot: Snapshot, one: Done) -> str:
    """`oxygen 2 L (11:25 R. Ortiz)`"""
    said = " ".join(part for part in (one.what.value.replace("_", " "), one.detail) if part)
    return f"{said} ({words.clock(one.at, words.session_day(snapshot))} {words.name(snapshot, one.by)})"


def _judged(one: Effect) -> tuple[tuple[str, Outcome | Related], ...]:
    return ("outcome", one.outcome), ("caused by the infusion", one.related)


def _effect(snapshot: Snapshot, one: Effect, head: Row) -> Row:
    day = words.session_day(snapshot)
    term = next((term for term in snapshot.protocol.effects if term.id == one.term), None)
    meaning = term.grades[one.grade - 1] if term and one.grade <= len(term.grades) else "life-threatening"
    done = "; ".join(part for part in (one.action, *(_done(snapshot, each) for each in one.done)) if part)
    done = done or "nothing recorded"
    judged = [f"{name}: {word.value.replace('_', ' ')}" for name, word in _judged(one) if word]
    late = words.lateness(snapshot, one.onset, one.entered)
    changed = one.error or amended.mark(snapshot, Target.EFFECT, one.id)
    values = (
        term.label if term else one.term,
        f"{one.grade}: {meaning}",
        words.clock(one.onset, day),
        words.clock(one.ended, day) if one.ended else "-",
        ", ".join(part for part in (done, *judged, words.who(snapshot, one.by, one.entered), late, changed) if part),
    )
    cells = (
        Cell(
            text(value, struck=one.removed and place < len(values) - 1, bold=not place),
            _EFFECT_EDGES[place],
            _EFFECT_EDGES[place + 1] - 0.01,
        )
        for place, value in enumerate(values)
    )
    return Row(tuple(cells), head=head)
