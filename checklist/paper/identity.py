"""The frame of a session's documents: patient box, record line, draft mark."""

from dataclasses import replace
from typing import assert_never

from checklist.model import AllergyState, Meaning, SessionState
from checklist.paper import amended, words
from checklist.paper.frame import Frame
from checklist.paper.kinds import Document
from checklist.paper.layout import Block, Cell, Row, heading, paragraph
from checklist.paper.pictures import WithPortrait
from checklist.paper.text import INK, INK_2, STOP, Span, Text, text
from checklist.snapshot import Snapshot
from checklist.times import written_date, written_day

TITLES = {
    Document.CHECKLIST: "Pre-session checklist",
    Document.RECORD: "Session record",
    Document.INSTRUCTIONS: "Going home after your infusion",
    Document.COURSE: "Treatment course",
    Document.TRANSFER: "Transfer summary",
    Document.BLANK: "Session checklist, blank",
    Document.CALL: "Call to the provider",
}
_DRAFT = "DRAFT, not signed"
_LONGEST_ALLERGY = 160  # characters in the box of every page; a longer list stands in full on the first page
_COLUMN = 480.0  # points; a little under the narrower paper's width


def frame(kind: Document, snapshot: Snapshot) -> Frame:
    session, patient = snapshot.record.session, snapshot.patient
    day = words.session_day(snapshot)
    born = written_date(patient.born)
    return Frame(
        clinic=snapshot.clinic,
        title=TITLES[kind],
        subtitle=f"{snapshot.protocol.title} · {_count(snapshot)} · {written_day(day)}",
        patient=(_box(snapshot),),
        identifiers=f"{patient.family.upper()}, {patient.given} · born {born} · MRN {patient.mrn or 'not known'}",
        record=f"Record {session.record_id} v{snapshot.record.version} · seal {words.seal(snapshot.record.seal)}"
        f" · protocol {session.protocol_version}",
        draft="" if is_signed(kind, snapshot) else _DRAFT,
        notice="\n".join(part for part in (amended.notice(snapshot), amended.pending(snapshot)) if part),
        practice=snapshot.practice,
    )


def _count(snapshot: Snapshot) -> str:
    session = snapshot.record.session
    return f"session {session.count_text}" if session.course_total else "maintenance session"


def is_signed(kind: Document, snapshot: Snapshot) -> bool:
    """A checklist needs the nurse's signature, a record the one that ends the visit. Instructions need none."""
    record = snapshot.record
    match kind:
        case Document.CHECKLIST:
            return record.signature(Meaning.CHECKED) is not None
        case Document.RECORD:
            ended = snapshot.state is SessionState.ENDED and bool(record.signatures)
            return ended or record.signature(Meaning.DISCHARGE) is not None
        case Document.INSTRUCTIONS | Document.TRANSFER | Document.BLANK | Document.COURSE | Document.CALL:
            return True
        case _:
            assert_never(kind)


def _box(snapshot: Snapshot) -> Block:
    """Who the patient is, with the photograph where there is one: whoever holds the paper can look at the person."""
    allergy = text(_allergy_words(snapshot, _LONGEST_ALLERGY), bold=True, size=9, colour=_allergy_colour(snapshot))
    share = min(0.42, (allergy.natural_width + 14) / _COLUMN)
    cells = (Cell(_who(snapshot), 0, 0.98 - share), Cell(allergy, 1 - share, 1, framed=_allergy_colour(snapshot)))
    row = Row(cells, above=4, below=5, framed=INK)
    photo = snapshot.photo.data if snapshot.photo else None
    return WithPortrait(row, photo) if photo else row


def _who(snapshot: Snapshot) -> Text:
    patient = snapshot.patient
    known_as = f"  known as “{patient.preferred}”" if patient.preferred else ""
    spans = [Span(patient.display_name, bold=True, size=11), Span(known_as, colour=INK_2), Span("\n")]
    facts = (
        ("Born", words.born(patient, words.session_day(snapshot))),
        ("Sex", words.SEXES[patient.sex]),
        ("MRN", patient.mrn or "Not known"),
        ("Weight", _weight(snapshot)),
    )
    for label, value in facts:
        spans += [Span(f"{label} ", colour=INK_2), Span(f"{value}   ", bold=True)]
    return Text(tuple(spans))


def _weight(snapshot: Snapshot) -> str:
    """The weight, or in a word why there is none; the reason stands with the item."""
    answer = snapshot.answer("vitals.weight")
    if answer is None:
        return "Not known"
    return words.shown(snapshot, snapshot.protocol.item("vitals.weight"), replace(answer, reason=""))


def _allergy_words(snapshot: Snapshot, longest: int) -> str:
    patient = snapshot.patient
    match patient.allergy_state:
        case AllergyState.LISTED:
            listed = patient.allergies or "listed, but not named"
            if len(listed) > longest:
                listed = f"{listed[:longest].rsplit(' ', 1)[0]} … whole list on page 1"
            return f"ALLERGY {listed}"
        case AllergyState.NONE_KNOWN:
            return "No known allergies"
        case AllergyState.NOT_ASKED:
            return "Allergies not asked"
        case _:
            assert_never(patient.allergy_state)


def _allergy_colour(snapshot: Snapshot) -> tuple[float, float, float]:
    return INK if snapshot.patient.allergy_state is AllergyState.NONE_KNOWN else STOP


def whole_allergies(snapshot: Snapshot) -> list[Block]:
    """The allergies in full where the box of every page had no room for them."""
    patient = snapshot.patient
    if patient.allergy_state is not AllergyState.LISTED or len(patient.allergies) <= _LONGEST_ALLERGY:
        return []
    return [*heading("Allergies"), paragraph(text(patient.allergies, bold=True))]
