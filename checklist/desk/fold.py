"""The fold: a session's journal entries, in order, become its record. No entry is ever lost on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from checklist.desk import call_codec, codec
from checklist.model import (
    Answer,
    CallAttempt,
    Decision,
    Effect,
    Entry,
    EntryKind,
    Event,
    EventKind,
    ItemId,
    Meaning,
    MedicineRow,
    Patient,
    Reading,
    RowId,
    Signature,
    Stage,
    Stamp,
    Verification,
)
from checklist.protocol import Protocol
from checklist.snapshot import Record, SessionInfo
from checklist.times import Moment

CLINICAL = frozenset(
    {EntryKind.ANSWER, EntryKind.ROW, EntryKind.EVENT, EntryKind.DECISION, EntryKind.VERIFICATION, EntryKind.SESSION}
)
"""The kinds of entries that a seal covers. Prints and sign-ins are about the record, not of it."""

ORDER = "dose."
"""The items of the order. A second person's check does not outlive a later entry among them, even of the same number:
who enters it may be the one who checked."""
GIVEN_FROM = frozenset({"dose.mg", "dose.total_ml"})
"""With the volume at the stop these make the amount given, which the waste is reckoned against."""


@dataclass(slots=True)
class _Growing:
    """The record while it is being folded."""

    answers: dict[ItemId, list[Answer]] = field(default_factory=dict)
    readings: dict[RowId, Reading] = field(default_factory=dict)
    medicines: dict[RowId, MedicineRow] = field(default_factory=dict)
    effects: dict[RowId, Effect] = field(default_factory=dict)
    stamps: dict[RowId, Stamp] = field(default_factory=dict)
    scheduled: Moment | None = None
    events: list[Event] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    prints: list[str] = field(default_factory=list)
    calls: dict[int, CallAttempt] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        match entry.kind:
            case EntryKind.ANSWER:
                answer = codec.read_answer(entry)
                self.answers.setdefault(answer.item, []).append(answer)
                if answer.item.startswith(ORDER):
                    self.verifications = [replace(one, void=True) for one in self.verifications]
            case EntryKind.ROW:
                self._add_row(entry)
            case EntryKind.EVENT:
                self.events.append(codec.read_event(entry))
            case EntryKind.DECISION:
                self.decisions.append(codec.read_decision(entry))
            case EntryKind.VERIFICATION:
                self.verifications.append(codec.read_verification(entry))
            case EntryKind.SIGNATURE:
                self.signatures.append(codec.read_signature(entry))
            case EntryKind.SESSION:
                self.scheduled = self.scheduled or Moment.stored(codec.text_of(entry.body, "planned"))
            case EntryKind.PRINTED:
                self.prints.append(codec.text_of(entry.body, "document"))
            case EntryKind.FOLLOW_UP:
                number = call_codec.attempt_of(entry)
                self.calls[number] = call_codec.read_call(entry, self.calls.get(number))
            case _:
                pass  # clinic, staff, patient, sign-ins and clock notes are not part of a session's record

    def _add_row(self, entry: Entry) -> None:
        """The last entry of a row counts; the row keeps its first place."""
        match codec.text_of(entry.body, "table"):
            case "reading":
                reading = codec.read_reading(entry)
                self.readings[reading.id] = reading
            case "medicine":
                medicine = codec.read_medicine(entry)
                self.medicines[medicine.id] = medicine
            case "effect":
                effect = codec.read_effect(entry)
                before = self.effects.get(effect.id)
                is_milder = before is not None and before.grade >= effect.grade
                self.effects[effect.id] = replace(effect, seq=before.seq) if before and is_milder else effect
            case "stamp":
                stamp = codec.read_stamp(entry)
                first = self.stamps.get(stamp.id, stamp)
                self.stamps[stamp.id] = replace(stamp, seq=first.seq)
            case other:
                raise ValueError(f"entry {entry.seq} belongs to an unknown table: {other!r}")


def fold(session: SessionInfo, entries: Sequence[Entry], protocol: Protocol, patient: Patient) -> Record:
    """The record of one session. `entries` are all entries of the session, oldest first.

    A signature stands only for what it covered when it was given: a clearance for the patient and what stood before
    the infusion, a witness for the amounts. A later change there makes it void. A discharge closes the record, so
    nothing follows it.
    """
    growing = _Growing()
    for entry in entries:
        growing.add(entry)
    before = clearance_seal(entries, protocol, patient)
    seals = {Meaning.CHECKED: before, Meaning.PROVIDER_CLEARED: before, Meaning.WITNESSED_WASTE: waste_seal(entries)}
    return Record(
        session=session,
        answers={item: answers[-1] for item, answers in growing.answers.items()},
        history={item: tuple(answers) for item, answers in growing.answers.items()},
        readings=tuple(sorted(growing.readings.values(), key=lambda reading: reading.observed.utc)),
        medicines=tuple(growing.medicines.values()),
        effects=tuple(growing.effects.values()),
        stamps=tuple(growing.stamps.values()),
        scheduled=growing.scheduled,
        events=tuple(growing.events),
        decisions=tuple(growing.decisions),
        verifications=tuple(growing.verifications),
        signatures=tuple(replace(one, void=one.seal != seals.get(one.meaning, one.seal)) for one in growing.signatures),
        prints=tuple(growing.prints),
        calls=tuple(growing.calls.values()),
        last_seq=entries[-1].seq if entries else 0,
        seal=seal(entries),
    )


def seal(entries: Iterable[Entry]) -> str:
    """`7F3A-91C2-D05E`: first 48 bits of SHA-256 over the hashes of the clinical entries, in order.

    Each entry's hash covers its content and all entries before it, so the seal stands for the exact record.
    """
    return _code(entry.hash for entry in entries if entry.kind in CLINICAL)


def _code(parts: Iterable[str]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part.encode())
    code = digest.hexdigest()[:12].upper()
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def clearance_seal(entries: Iterable[Entry], protocol: Protocol, patient: Patient) -> str:
    """The seal over what a clearance signature covers: who the patient is, and everything before the infusion.

    A later change there shows: of the answers, and of name, birth date, sex or allergies.
    """
    steps = [step for step in protocol.steps if step.phase == "before"]
    ids = {step.id for step in steps}
    items = {item.id for step in steps for item in step.items}
    return _code([*(entry.hash for entry in entries if _is_pre_session(entry, ids, items)), _identity(patient)])


def _identity(patient: Patient) -> str:
    named = (patient.family, patient.given, patient.born.isoformat(), patient.sex.value)
    return "\x1f".join((*named, patient.allergy_state.value, patient.allergies))


def waste_seal(entries: Iterable[Entry]) -> str:
    """The seal over what a witness of waste signs: the amounts drawn up and wasted, and what was given of the order."""
    return seal(entry for entry in entries if _is_of_the_waste(entry))


def _is_of_the_waste(entry: Entry) -> bool:
    if entry.kind is EntryKind.EVENT:
        return codec.text_of(entry.body, "kind") == EventKind.STOPPED
    return entry.kind is EntryKind.ANSWER and (entry.item.startswith("waste.") or entry.item in GIVEN_FROM)


def closed_by(entries: Iterable[Entry]) -> int | None:
    """The number of the entry that closed the record: its discharge or its end; None while it is open."""
    return next((entry.seq for entry in entries if _closes(entry)), None)


def _closes(entry: Entry) -> bool:
    if entry.kind is EntryKind.SIGNATURE:
        return codec.text_of(entry.body, "meaning") == Meaning.DISCHARGE
    return entry.kind is EntryKind.EVENT and codec.text_of(entry.body, "kind") == EventKind.ENDED


def _is_pre_session(entry: Entry, steps: set[str], items: set[ItemId]) -> bool:
    match entry.kind:
        case EntryKind.ANSWER:
            return entry.item in items
        case EntryKind.ROW:
            table = codec.text_of(entry.body, "table")
            is_baseline = codec.text_of(entry.body, "stage") == Stage.BASELINE
            return table == "medicine" or (table == "reading" and is_baseline)
        case EntryKind.DECISION:
            return codec.text_of(entry.body, "step") in steps
        case _:
            return False
