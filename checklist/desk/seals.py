"""Seals: short hashes over what a signature covers, and which entries those are."""

from collections.abc import Iterable
from hashlib import sha256

from checklist.desk import codec
from checklist.model import Entry, EntryKind, EventKind, ItemId, Meaning, Patient, Stage
from checklist.protocol import Protocol

CLINICAL = frozenset(
    {
        EntryKind.ANSWER,
        EntryKind.ROW,
        EntryKind.EVENT,
        EntryKind.DECISION,
        EntryKind.VERIFICATION,
        EntryKind.SESSION,
        EntryKind.AMENDMENT,
        EntryKind.ORDER,
        EntryKind.HANDOVER,
        EntryKind.INK,
        EntryKind.ATTACHMENT,
    }
)
"""The kinds of entries that a seal covers. Prints and sign-ins are about the record, not of it."""
WHOLE_RECORD = frozenset(
    {Meaning.DISCHARGE, Meaning.AMENDMENT, Meaning.AUTHENTICATED, Meaning.HANDED_OVER, Meaning.TOOK_OVER}
)
"""Signatures whose seal covers every clinical entry before them."""
SIGNS_VERSION = frozenset({Meaning.DISCHARGE, Meaning.AMENDMENT})
GIVEN_FROM = frozenset({"dose.mg", "dose.total_ml"})
"""With the volume at the stop these make the amount given, which the waste is reckoned against."""


def seal(entries: Iterable[Entry]) -> str:
    """`7F3A-91C2-D05E`: first 48 bits of SHA-256 over the hashes of the clinical entries, in order.

    Each entry's hash covers its content and all entries before it, so the seal stands for the exact record.
    """
    return _code(entry.hash for entry in entries if entry.kind in CLINICAL)


def _code(parts: Iterable[str]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part.encode())
    return _grouped(digest.hexdigest())


def _grouped(digest: str) -> str:
    code = digest[:12].upper()
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _before_closing(entries: Iterable[Entry]) -> list[Entry]:
    """What a clearance or a witness could have signed: amendments of the closed record come after it."""
    told = list(entries)
    closed = closed_by(told)
    return [one for one in told if closed is None or one.kind is not EntryKind.AMENDMENT or one.seq < closed]


def clearance_seal(entries: Iterable[Entry], protocol: Protocol, patient: Patient) -> str:
    """The seal over what a clearance signature covers: who the patient is, and everything before the infusion.

    A later change there shows: of the answers, and of name, birth date, sex or allergies.
    """
    steps = [step for step in protocol.steps if step.phase == "before"]
    ids = {step.id for step in steps}
    items = {item.id for step in steps for item in step.items}
    signed = (entry.hash for entry in _before_closing(entries) if _is_pre_session(entry, ids, items))
    return _code([*signed, _identity(patient)])


def _identity(patient: Patient) -> str:
    named = (patient.family, patient.given, patient.born.isoformat(), patient.sex.value)
    return "\x1f".join((*named, patient.allergy_state.value, patient.allergies))


def waste_seal(entries: Iterable[Entry]) -> str:
    """The seal over what a witness of waste signs: the amounts drawn up and wasted, and what was given of the order."""
    return seal(entry for entry in _before_closing(entries) if _is_of_the_waste(entry))


def _is_of_the_waste(entry: Entry) -> bool:
    if entry.kind is EntryKind.AMENDMENT:
        return True
    if entry.kind is EntryKind.EVENT:
        return codec.text_of(entry.body, "kind") == EventKind.STOPPED
    return entry.kind is EntryKind.ANSWER and (entry.item.startswith("waste.") or entry.item in GIVEN_FROM)


def closed_by(entries: Iterable[Entry]) -> int | None:
    """The number of the entry that closed the record: its discharge or its end; None while it is open."""
    return next((entry.seq for entry in entries if closes(entry)), None)


def closes(entry: Entry) -> bool:
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
        case EntryKind.AMENDMENT:
            return True
        case _:
            return False
