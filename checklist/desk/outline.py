"""What a list of many visits has to know of each, told by the few entries that say so: nothing is folded for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checklist.desk.codec import numbers_of, text_of
from checklist.desk.seals import closed_by
from checklist.model import Entry, EntryKind, EventKind, Meaning, SessionId
from checklist.snapshot import Record

KINDS = (EntryKind.EVENT, EntryKind.SIGNATURE, EntryKind.ORDER, EntryKind.DECISION, EntryKind.AMENDMENT)


@dataclass(frozen=True, slots=True)
class Outline:
    """Whether the infusion was begun, the record is closed, and an order by telephone waits for its provider."""

    begun: bool
    closed: bool
    waits: bool


def outline_of(entries: Sequence[Entry]) -> Outline | None:
    """From the entries of these KINDS of one visit. None where something was amended: then only the fold knows."""
    if any(one.kind is EntryKind.AMENDMENT for one in entries):
        return None
    begun = any(one.kind is EntryKind.EVENT and text_of(one.body, "kind") == EventKind.STARTED for one in entries)
    return Outline(begun, closed_by(entries) is not None, bool(with_open_orders(entries)))


def outline_of_record(record: Record) -> Outline:
    return Outline(record.event(EventKind.STARTED) is not None, record.is_closed, bool(record.outstanding))


def with_open_orders(entries: Sequence[Entry]) -> Iterable[SessionId]:
    """The visits in which an order, or a decision by telephone, is not covered by its provider's signature."""
    signed = {seq for one in entries if _authenticates(one) for seq in numbers_of(one.body, "covers")}
    return dict.fromkeys(one.session for one in entries if one.session and _is_verbal(one) and one.seq not in signed)


def _authenticates(entry: Entry) -> bool:
    return entry.kind is EntryKind.SIGNATURE and text_of(entry.body, "meaning") == Meaning.AUTHENTICATED


def _is_verbal(entry: Entry) -> bool:
    return entry.kind is EntryKind.ORDER or (entry.kind is EntryKind.DECISION and bool(entry.body.get("verbal_from")))
