"""The words of the program as values: people, answers, rows, findings, entries. Frozen; standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from checklist.happened import Doing, Done, Effect, Outcome, Related, Stamp, StampKind
from checklist.ids import ItemId, PatientId, RowId, SessionId, StaffId
from checklist.levels import Level
from checklist.people import AllergyState, Clinic, Patient, Role, Sex, Staff
from checklist.said import NOTHING_SAID, MedicineDetails, SinceLast, TodayPlan
from checklist.times import Moment

__all__ = [
    "AllergyState",
    "Clinic",
    "Doing",
    "Done",
    "Effect",
    "ItemId",
    "Level",
    "MedicineDetails",
    "Outcome",
    "Patient",
    "PatientId",
    "Related",
    "Role",
    "RowId",
    "SessionId",
    "Sex",
    "SinceLast",
    "Staff",
    "StaffId",
    "Stamp",
    "StampKind",
    "TodayPlan",
]


class AnswerState(StrEnum):
    """Five different things: an answer, a refusal, not known, does not apply, and not yet asked."""

    ANSWERED = "answered"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class Stage(StrEnum):
    """When in the visit a reading was taken."""

    BASELINE = "baseline"
    INFUSION = "infusion"
    RECOVERY = "recovery"


class SessionState(StrEnum):
    """Where a visit stands; always derived from the entries, never set by hand."""

    EXPECTED = "expected"
    PRE_SESSION = "pre_session"
    WAITING_FOR_PROVIDER = "waiting_for_provider"
    HELD = "held"
    STOPPED = "stopped"
    CLEARED = "cleared"
    INFUSING = "infusing"
    PAUSED = "paused"
    OBSERVING = "observing"
    READY_TO_LEAVE = "ready_to_leave"
    DISCHARGED = "discharged"
    ENDED = "ended"  # cancelled, postponed, no-show, left against advice, transferred: see Record.ended


class EntryKind(StrEnum):
    """What one line of the journal says."""

    CLINIC = "clinic"
    STAFF = "staff"
    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    LOCKED = "locked"
    PATIENT = "patient"
    SESSION = "session"
    ANSWER = "answer"
    ROW = "row"
    EVENT = "event"
    DECISION = "decision"
    VERIFICATION = "verification"
    SIGNATURE = "signature"
    PRINTED = "printed"
    OPENED = "opened"  # somebody looked at a record on the screen
    FOLLOW_UP = "follow_up"  # after the discharge: beside the sealed record, not of it
    COURSE = "course"
    CLOCK = "clock"
    KEYS = "keys"  # who may open the data, and how: passwords, recovery sheet, emergency account
    REFUSED = "refused"  # somebody tried what their role does not allow
    BACKUP = "backup"  # a proven one: how many entries it holds and the hash of the last
    BACKUP_FOLDERS = "backup_folders"
    RESTORED = "restored"
    FILE_PROBLEM = "file_problem"
    AMENDMENT = "amendment"
    ORDER = "order"
    HANDOVER = "handover"
    FILED = "filed"
    INK = "ink"
    ATTACHMENT = "attachment"
    PHOTO = "photo"


class EventKind(StrEnum):
    """Something that happened to the session as a whole, with its time."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    ENDED = "ended"


class Table(StrEnum):
    """Repeated rows of a session record."""

    READING = "reading"
    MEDICINE = "medicine"
    EFFECT = "effect"
    STAMP = "stamp"


class Meaning(StrEnum):
    """What a signature states (reference 11.1)."""

    CHECKED = "checked"
    PROVIDER_CLEARED = "provider_cleared"
    DOSE_VERIFIED = "dose_verified"
    DISCHARGE = "discharge"
    WITNESSED_WASTE = "witnessed_waste"
    AMENDMENT = "amendment"
    AUTHENTICATED = "authenticated"
    HANDED_OVER = "handed_over"
    TOOK_OVER = "took_over"


class Choice(StrEnum):
    """A provider's decision on one finding."""

    PROCEED = "proceed"
    POSTPONE = "postpone"


Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal as read back. `body` is plain JSON (decimals and moments as text)."""

    seq: int
    kind: EntryKind
    entered: Moment
    by: StaffId
    patient: PatientId | None
    session: SessionId | None
    item: str
    body: Mapping[str, Json]
    hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One line to be appended: what the desk asks the journal to write."""

    kind: EntryKind
    by: StaffId
    body: Mapping[str, Json]
    patient: PatientId | None = None
    session: SessionId | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number in the item's own unit at full precision, with what was typed and its unit."""

    value: Decimal
    unit: str
    typed: str


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A time as understood. `estimated` times print as `Approx 14:05`; of a range `at` is the later end (case 12.1).

    `earliest` is the other end of a range, for a rule to which a longer time is the worse one.
    """

    at: Moment
    estimated: bool = False
    earliest: Moment | None = None


Value = bool | str | date | Quantity | TimeValue


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: its state, its value when answered, its reason when refused or not applicable."""

    item: ItemId
    state: AnswerState
    value: Value | None
    typed: str
    reason: str
    by: StaffId
    observed: Moment
    entered: Moment
    seq: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of vital signs; what was not taken is None. mmHg, /min, %, C, L/min; scales 0-5, 0-3, 0-3, 0-10, 0-4."""

    id: RowId
    stage: Stage
    observed: Moment
    entered: Moment
    by: StaffId
    typed: str
    sbp: int | None = None
    dbp: int | None = None
    hr: int | None = None
    spo2: int | None = None
    rr: int | None = None
    temp_c: Decimal | None = None
    oxygen_l_min: Decimal | None = None
    moaas: int | None = None
    dissociation: int | None = None
    nausea: int | None = None
    pain: int | None = None
    agitation: int | None = None  # the upper half of RASS: 0 calm to 4 combative
    symptoms: tuple[str, ...] = ()
    artefact: str = ""  # the reason, when the row is kept but excluded from the rules
    seq: int = 0  # where it was first written

    @property
    def counts(self) -> bool:
        return not self.artefact

    @property
    def remark(self) -> str:
        """What was typed after a `#`: arm, cuff, position (case 12.5). No rule reads it."""
        return self.typed.partition("#")[2].strip()

    @property
    def on_oxygen(self) -> bool:
        return bool(self.oxygen_l_min)


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """One medicine as the nurse typed it. `last_taken` None with state UNKNOWN is a fact, not a gap."""

    id: RowId
    typed: str
    dose: str
    last_taken: Moment | None
    last_taken_state: AnswerState
    confirmed: bool
    removed: bool
    spelling_confirmed: str  # the ingredient or brand chosen when the program asked "did you mean"
    by: StaffId
    entered: Moment
    details: MedicineDetails = NOTHING_SAID
    error: str = ""  # why the row does not belong here; such a row is removed too


@dataclass(frozen=True, slots=True)
class Event:
    kind: EventKind
    at: Moment
    entered: Moment
    by: StaffId
    detail: Mapping[str, str] = field(default_factory=dict)
    seq: int = 0  # its place in the journal: what came first holds even when the PC's clock was set back


@dataclass(frozen=True, slots=True)
class Decision:
    """A provider's decision on one finding; void as soon as the finding's fingerprint is another.

    `standing`: it also quiets the review of this medicine at later visits, until the medicine or its dose changes.
    `ends_standing`: it takes such a clearance back and decides nothing else.
    `code` and `code_words`: the coded reason, in the protocol's words of that day; "" in older records. `condition`:
    what the provider asks for besides, by `condition_by`; it stays to be done until somebody has done it.
    """

    finding: str
    fingerprint: str
    choice: Choice
    reason: str
    by: StaffId
    at: Moment
    verbal_from: str = ""  # a provider not in the house: who gave the order by telephone
    read_back: bool = False
    standing: bool = False
    ends_standing: bool = False
    provider: StaffId | None = None  # whose decision it is: the one who signed, or who gave the order by telephone
    seq: int = 0
    code: str = ""
    code_words: str = ""
    provider_name: str = ""  # "" in older records
    condition: str = ""
    condition_by: Moment | None = None

    @property
    def why(self) -> str:
        """`Usual for this patient; 160 at every visit`: the words of the code, and what was written besides."""
        return "; ".join(part for part in (self.code_words, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Verification:
    """A second person's independent check of the dose; void when what was checked changes."""

    by: StaffId
    at: Moment
    values: Mapping[str, str]
    agrees: bool
    fingerprint: str
    void: bool = False  # something of the order was entered after it


@dataclass(frozen=True, slots=True)
class Signature:
    """Name, role, time and meaning, bound by `seal` to the record as it stood.

    `void`: what was signed has changed since; the signature stays readable and no longer counts. `intact` is False when
    the entries behind the seal no longer give it: somebody changed the file. `version` is the version of the record
    that was signed; `covers` are the numbers of the orders that an authentication signs.
    """

    meaning: Meaning
    by: StaffId
    name: str
    role: Role
    at: Moment
    statement: str
    seal: str
    seq: int
    void: bool = False
    intact: bool = True
    version: int = 1
    covers: tuple[int, ...] = ()
    remark: str = ""  # of a provider whose order was written otherwise than it was given


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """One attempt at the follow-up call: its answers, kept one by one. `finished` None: the call is under way."""

    number: int
    by: StaffId
    begun: Moment
    answers: Mapping[ItemId, Answer]
    history: Mapping[ItemId, tuple[Answer, ...]]
    finished: Moment | None = None
