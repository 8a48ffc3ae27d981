"""What the patient takes home: the protocol's instructions in 12 points, the phone of the clinic, the next steps."""

from datetime import date

from checklist.ink import InkMeaning
from checklist.model import EventKind, Meaning
from checklist.paper import identity, ink, signatures, words
from checklist.paper.frame import build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import Block, Cell, Row, Rule, gap, paragraph
from checklist.paper.text import INK, INK_2, Span, text
from checklist.snapshot import Snapshot
from checklist.times import written_day, written_time

_LARGE = 12.0  # reference 9.2: 12 pt or larger
_NUMBER_WIDTH = 0.055
_UNSIGNED = {"mark": "makes a mark", "cannot": "cannot sign", "refuses": "does not want to sign"}


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
    return [
        gap(6, keep=True),
        *lines,
        _line("Next infusion", _next_visit(snapshot)),
        _line("Your nurse today", _nurse(snapshot)),
    ]


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


def _next_visit(snapshot: Snapshot) -> str:
    """As written at the discharge; else a line to write on."""
    answer = snapshot.answer("handover.next_visit")
    return written_day(answer.value) if answer and isinstance(answer.value, date) else ""


def _nurse(snapshot: Snapshot) -> str:
    signed = snapshot.record.signature(Meaning.DISCHARGE) or snapshot.record.signature(Meaning.CHECKED)
    return signed.name if signed else ""


def _handed_over(snapshot: Snapshot) -> list[Block]:
    """Who cannot sign makes a mark beside a witness, or the reason stands there (reference 12.35)."""
    drawn = [one for meaning in InkMeaning if (one := snapshot.record.ink(meaning)) is not None]
    if len(drawn) == len(InkMeaning):
        return ink.side_by_side(snapshot, drawn)
    escort = "Escort: I understand these instructions"
    how, why = words.plain_answer(snapshot, "handover.patient_signs"), words.plain_answer(snapshot, "handover.witness")
    if how not in _UNSIGNED:
        return signatures.ink_only(("Patient: I understand these instructions", escort))
    if how == "mark":
        witness = f"Witness of the mark: {why}" if why else "Witness of the mark"
        return signatures.ink_only(("Patient's mark: I understand these instructions", witness, escort))
    told = f"Patient: {_UNSIGNED[how]}{f' ({why})' if why else ''}"
    return [paragraph(text(told, size=_LARGE)), *signatures.ink_only((escort,))]
