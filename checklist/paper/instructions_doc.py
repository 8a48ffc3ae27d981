"""What the patient takes home: the protocol's instructions in 12 points, the phone of the clinic, the next steps."""

from checklist.model import EventKind, Meaning
from checklist.paper import identity, signatures, words
from checklist.paper.frame import build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import Block, Cell, Row, Rule, gap
from checklist.paper.text import INK, INK_2, Span, text
from checklist.snapshot import Snapshot
from checklist.times import written_day, written_time

_LARGE = 12.0  # reference 9.2: 12 pt or larger
_NUMBER_WIDTH = 0.055


def render(snapshot: Snapshot, size: PaperSize) -> bytes:
    blocks: list[Block] = [
        _phone(snapshot),
        gap(6),
        *_instructions(snapshot),
        *_next(snapshot),
        *_handed_over(snapshot),
    ]
    return build(identity.frame(Document.INSTRUCTIONS, snapshot), blocks, size)


def _phone(snapshot: Snapshot) -> Row:
    phone = snapshot.clinic.phone or "________________"
    spans = (Span("Call us  ", size=_LARGE), Span(phone, bold=True, size=15))
    return Row((Cell(text(*spans)),), above=8, below=8, framed=INK)


def _instructions(snapshot: Snapshot) -> list[Block]:
    texts = snapshot.protocol.texts
    found = [texts[key] for key in sorted(texts) if key.startswith("instructions_")]
    known = words.facts(snapshot)
    return [_numbered(place, words.filled(one, known)) for place, one in enumerate(found, 1)]


def _numbered(place: int, words_of: str) -> Row:
    cells = (
        Cell(text(f"{place}.", bold=True, size=_LARGE), 0, _NUMBER_WIDTH),
        Cell(text(words_of, size=_LARGE), _NUMBER_WIDTH, 1),
    )
    return Row(cells, Rule.NONE, 2.6, 2.6)


def _next(snapshot: Snapshot) -> list[Block]:
    """When driving is allowed again, who goes along, when the next visit is."""
    escort = words.plain_answer(snapshot, "transport.name")
    lines = [_line("No driving before", _driving(snapshot)), _line("Going home with", escort)]
    return [gap(6, keep=True), *lines, _line("Next visit", ""), _line("Your nurse today", _nurse(snapshot))]


def _line(label: str, value: str) -> Row:
    cells = (
        Cell(text(label, size=_LARGE, colour=INK_2), 0, 0.27),
        Cell(text(value or " ", size=_LARGE, bold=True), 0.27, 1),
    )
    return Row(cells, above=4, below=4)


def _driving(snapshot: Snapshot) -> str:
    """The clinic's rule with its date: the next day after sleep, 24 hours, or whichever comes later."""
    stopped = snapshot.record.event(EventKind.STOPPED)
    if stopped is None:
        return ""
    tomorrow = stopped.at.plus(hours=24)
    day = written_day(tomorrow.local.date())
    rule = snapshot.protocol.setting("no_drive_rule")
    if rule == "NEXT_DAY_AFTER_SLEEP":
        return f"{day}, after a full night's sleep"
    after = ", and a full night's sleep" if rule == "BOTH" else ""
    return f"{day} {written_time(tomorrow)}{after}"


def _nurse(snapshot: Snapshot) -> str:
    signed = snapshot.record.signature(Meaning.DISCHARGE) or snapshot.record.signature(Meaning.CHECKED)
    return signed.name if signed else ""


def _handed_over(snapshot: Snapshot) -> list[Block]:
    return signatures.ink_only(("Patient: I understand these instructions", "Escort: I understand these instructions"))
