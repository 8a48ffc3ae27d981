"""What is added to a record beside answers and rows: amendments, orders by telephone, handovers. Frozen values."""

from dataclasses import dataclass
from enum import StrEnum

from checklist.ids import StaffId
from checklist.times import Moment


class AmendmentKind(StrEnum):
    """What an amendment does. Nothing of it ever takes the original away."""

    CORRECTION = "correction"  # a value was wrong: the new one stands beside the old one
    LATE_ENTRY = "late_entry"  # it happened and was not recorded
    ADDENDUM = "addendum"  # something to know beside the record
    IN_ERROR = "in_error"  # it belongs to another patient, or to nobody
    RE_ENTERED = "re_entered"  # first written in another record, entered here again by its author


class Target(StrEnum):
    """What an amendment is about."""

    ANSWER = "answer"
    READING = "reading"
    MEDICINE = "medicine"
    EFFECT = "effect"
    EVENT = "event"
    DECISION = "decision"
    CHECK = "check"
    ORDER = "order"
    ATTACHMENT = "attachment"
    RECORD = "record"  # the record as a whole: words


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment. `was` and `now` are the words that the person saw when signing it.

    `ref` names what it is about: an item, a row, or the number of an entry. `link` is the mark that stands in both
    records of a move; it names no patient. `version` is the version of the record that it belongs to; an amendment of
    a record that was not yet closed belongs to version 1.
    """

    kind: AmendmentKind
    target: Target
    ref: str
    label: str
    was: str
    now: str
    reason: str
    by: StaffId
    entered: Moment
    seq: int
    version: int
    happened: Moment | None = None  # of a late entry: when it happened
    link: str = ""


@dataclass(frozen=True, slots=True)
class VerbalOrder:
    """An order by telephone in the words that were heard. `by` took it; `provider` gave it and signs it later."""

    seq: int
    text: str
    provider: StaffId
    provider_name: str
    given: Moment
    read_back: bool
    told: str  # what the provider was told: values, thresholds, what was done
    by: StaffId
    entered: Moment
    error: str = ""  # why it does not belong here; then nobody has to sign it


@dataclass(frozen=True, slots=True)
class Handover:
    """One nurse hands the patient to another. It counts once both have signed."""

    seq: int
    giver: StaffId
    taker: StaffId
    at: Moment
    summary: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """An order by telephone that its provider has not signed yet. `seq` is the number of the entry."""

    seq: int
    words: str
    provider: StaffId
    provider_name: str
    since: Moment
    taken_by: StaffId
