"""What one session looks like at one moment: the record (fold of the entries), what the rules say, and the verdicts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from checklist.acts import Amendment, Handover, Outstanding, Target, VerbalOrder
from checklist.attached import Attachment, Photo
from checklist.beside import ClockChange, Gap
from checklist.course import Course
from checklist.ink import Ink, InkMeaning
from checklist.judged import (
    Clocks,
    Criterion,
    DrugLine,
    Due,
    DueState,
    Finding,
    Given,
    Met,
    Questionnaire,
    Score,
    Segment,
    Task,
    Verdict,
    VerdictKind,
)
from checklist.model import (
    Answer,
    CallAttempt,
    Clinic,
    Decision,
    Effect,
    Event,
    EventKind,
    ItemId,
    Level,
    Meaning,
    MedicineRow,
    Patient,
    PatientId,
    Reading,
    SessionId,
    SessionState,
    Signature,
    Staff,
    StaffId,
    Stage,
    Stamp,
    StampKind,
    Verification,
)
from checklist.protocol import Item, Protocol, Step
from checklist.times import Moment

__all__ = [
    "Clocks",
    "Criterion",
    "DrugLine",
    "Due",
    "DueState",
    "Finding",
    "Given",
    "Met",
    "Questionnaire",
    "Score",
    "Segment",
    "Task",
    "Verdict",
    "VerdictKind",
]

MONITORING = "monitor."
"""Findings with these keys are about the patient's state now, whatever their step."""
IN_ERROR = "entered_in_error"
"""How a session ends that was entered in error as a whole."""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A visit as it was booked. `course_total` 0 means maintenance without a fixed number."""

    id: SessionId
    patient: PatientId
    record_id: str  # `S-2026-0417`, printed on paper
    number: int
    course_total: int
    phase: str  # "induction" or "maintenance"
    indication: str  # "mood" or "pain"
    planned: Moment
    created: Moment
    protocol_version: str
    previous: SessionId | None = None

    @property
    def count_text(self) -> str:
        return f"{self.number} of {self.course_total}" if self.course_total else "Maintenance"


@dataclass(frozen=True, slots=True)
class Record:
    """The fold of one session's entries. `answers` holds the latest answer of each item, `history` all of them."""

    session: SessionInfo
    answers: Mapping[ItemId, Answer] = field(default_factory=dict)
    history: Mapping[ItemId, tuple[Answer, ...]] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()  # by time observed
    medicines: tuple[MedicineRow, ...] = ()  # in the order first entered; removed rows stay
    effects: tuple[Effect, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()  # in order; the last one of a finding counts
    verifications: tuple[Verification, ...] = ()
    signatures: tuple[Signature, ...] = ()
    prints: tuple[str, ...] = ()
    calls: tuple[CallAttempt, ...] = ()  # of the follow-up, after the record was closed; the seal does not cover them
    last_seq: int = 0
    seal: str = ""  # hash of the clinical content, see desk.seal
    version: int = 1  # one more with each amendment after the record was closed
    amendments: tuple[Amendment, ...] = ()  # in order
    struck_events: tuple[Event, ...] = ()  # entered in error: they did not happen to this patient
    orders: tuple[VerbalOrder, ...] = ()
    handovers: tuple[Handover, ...] = ()
    attachments: tuple[Attachment, ...] = ()  # in the order attached; struck ones stay. Their bytes are kept apart
    inks: tuple[Ink, ...] = ()  # drawn signatures of patient and escort, in order
    signed_version: int = 0  # the newest version that was signed at the discharge or as an amendment; 0 for none
    filed: tuple[int, ...] = ()  # versions whose signed paper was filed
    first_nurse: StaffId | None = None  # who wrote the first clinical entry
    stamps: tuple[Stamp, ...] = ()  # in the order first entered; removed ones stay
    scheduled: Moment | None = None  # the planned start when the visit was booked

    def event(self, kind: EventKind) -> Event | None:
        """The last event of a kind, or None."""
        return next((event for event in reversed(self.events) if event.kind is kind), None)

    def signature(self, meaning: Meaning) -> Signature | None:
        """The last signature of a meaning that still counts, or None."""
        mine = (one for one in reversed(self.signatures) if one.meaning is meaning and not one.void)
        return next(mine, None)

    def valid_readings(self, stage: Stage | None = None) -> tuple[Reading, ...]:
        """Readings that are not artefacts, of one stage or all, by time observed."""
        return tuple(r for r in self.readings if r.counts and (stage is None or r.stage is stage))

    def amended(self, target: Target, ref: str) -> tuple[Amendment, ...]:
        """The amendments of one item, row or event, oldest first."""
        return tuple(one for one in self.amendments if one.target is target and one.ref == ref)

    @property
    def is_closed(self) -> bool:
        """Discharged or ended: from here on only amendments add to it."""
        return self.event(EventKind.ENDED) is not None or self.signature(Meaning.DISCHARGE) is not None

    @property
    def in_error(self) -> bool:
        """The whole session was entered in error: it counts for nothing."""
        ended = self.event(EventKind.ENDED)
        return ended is not None and ended.detail.get("kind") == IN_ERROR

    @property
    def is_changed_after_signing(self) -> bool:
        """It was amended, and the amendment is not signed yet."""
        return self.version > max(self.signed_version, 1)

    @property
    def broken(self) -> tuple[Signature, ...]:
        """Signatures whose entries were changed in the file after they were signed."""
        return tuple(one for one in self.signatures if not one.intact)

    @property
    def outstanding(self) -> tuple[Outstanding, ...]:
        """Orders by telephone, free ones and decisions, that their provider has not signed yet, oldest first."""
        signed = {seq for one in self.signatures if one.meaning is Meaning.AUTHENTICATED for seq in one.covers}
        waiting = [_waiting_order(one) for one in self.orders if not one.error]
        waiting += [_waiting_decision(one) for one in self.decisions if one.verbal_from and one.provider is not None]
        return tuple(sorted((one for one in waiting if one.seq not in signed), key=lambda one: one.seq))

    @property
    def responsible(self) -> StaffId | None:
        """The nurse who answers for the patient: who took over last, or who began."""
        last = self.handover
        return last.taker if last else self.first_nurse

    @property
    def handover(self) -> Handover | None:
        """The last handover that both have signed, or None."""
        taken = {seq for one in self.signatures if one.meaning is Meaning.TOOK_OVER for seq in one.covers}
        return next((one for one in reversed(self.handovers) if one.seq in taken), None)

    @property
    def current_medicines(self) -> tuple[MedicineRow, ...]:
        return tuple(row for row in self.medicines if not row.removed)

    @property
    def current_effects(self) -> tuple[Effect, ...]:
        return tuple(row for row in self.effects if not row.removed)

    @property
    def current_attachments(self) -> tuple[Attachment, ...]:
        return tuple(one for one in self.attachments if not one.error)

    def ink(self, meaning: InkMeaning) -> Ink | None:
        """The last drawn signature of a meaning, or None."""
        return next((one for one in reversed(self.inks) if one.meaning is meaning), None)

    def stamped(self, *kinds: StampKind) -> tuple[Stamp, ...]:
        """Stamps of these kinds that were not taken back, by their time."""
        found = (one for one in self.stamps if one.kind in kinds and not one.removed)
        return tuple(sorted(found, key=lambda one: one.at))


def _waiting_order(one: VerbalOrder) -> Outstanding:
    return Outstanding(one.seq, one.text, one.provider, one.provider_name, one.given, one.by)


def _waiting_decision(one: Decision) -> Outstanding:
    words = f"{one.choice.capitalize()}: {one.why}"
    return Outstanding(one.seq, words, one.provider or one.by, one.verbal_from, one.at, one.by)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier sessions of this patient say, as far as the rules and prefills need it."""

    last: Record | None = None
    course_records: tuple[Record, ...] = ()  # earlier sessions of the same course, oldest first
    other_records: tuple[Record, ...] = ()  # the rest: other courses, and visits that never came to an infusion
    earlier: tuple[Record, ...] = ()  # every earlier session, oldest first

    def every_visit(self) -> Iterator[Record]:
        """All earlier visits of this patient, the one booked last first: no decision of a provider is lost."""
        records = {one.session.id: one for one in (*self.newest_first(), *reversed(self.other_records))}
        yield from sorted(records.values(), key=lambda one: one.session.created.utc, reverse=True)

    def newest_first(self) -> Iterator[Record]:
        """The last session, then the others of this course backwards, each once."""
        if self.last is not None:
            yield self.last
        yield from (record for record in reversed(self.course_records) if record is not self.last)

    def since_first(self) -> tuple[Record, ...]:
        """The sessions since infusion 1, oldest first: induction and the maintenance that followed it."""
        records = self.earlier or self.course_records or tuple(one for one in (self.last,) if one is not None)
        firsts = [place for place, record in enumerate(records) if record.session.number == 1]
        return records[firsts[-1] :] if firsts else records


class CallState(StrEnum):
    """Where the follow-up call of a visit stands."""

    COMING = "coming"
    DUE = "due"
    LATE = "late"
    WRITE = "write"  # so many calls without an answer: a letter or portal message
    TELL = "tell"  # something was said that no provider has been told yet
    DONE = "done"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up call of a visit that is over. `findings` are of all its attempts, the heaviest first."""

    left: Moment
    due_from: Moment
    due_until: Moment
    state: CallState
    attempts: tuple[CallAttempt, ...]
    findings: tuple[Finding, ...]

    @property
    def in_work(self) -> CallAttempt | None:
        """The attempt that answers are added to: one that is under way, or one a provider must still hear of."""
        last = self.attempts[-1] if self.attempts else None
        return last if last and (last.finished is None or self.state is CallState.TELL) else None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as a screen or a paper shows it: visible or not, with its answer."""

    item: Item
    answer: Answer | None
    carried: bool  # taken over from the last session by "no change"


@dataclass(frozen=True, slots=True)
class StepView:
    step: Step
    items: tuple[ItemView, ...]
    level: Level
    complete: bool
    summary: str  # "Solids 13hr 30min"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is drawn, on screen and on paper. Frozen: one moment of one session."""

    now: Moment
    clinic: Clinic
    patient: Patient
    protocol: Protocol
    staff: Mapping[StaffId, Staff]
    record: Record
    past: Past
    state: SessionState
    steps: tuple[StepView, ...]
    findings: tuple[Finding, ...]
    clearance: Verdict
    discharge: Verdict
    criteria: tuple[Criterion, ...]
    schedule: tuple[Due, ...]
    clocks: Clocks | None
    scores: tuple[Score, ...]
    medicine_levels: Mapping[str, tuple[Level, str, str, str]] = field(default_factory=dict)
    # row id -> (level, name to show, class, what to do)
    medicine_notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # row id -> what else is known of it
    standing: Mapping[str, Decision] = field(default_factory=dict)  # row id -> the clearance that quiets its review
    earliest_start: Moment | None = None
    practice: bool = False
    follow_up: FollowUp | None = None  # None until the patient has left
    course: Course | None = None  # only where it was asked for, see Desk.course
    given: Given | None = None  # once the pump has stopped and its volume is known
    segments: tuple[Segment, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    gaps: tuple[Gap, ...] = ()  # in which the program was not running, while the visit was under way
    clock_changes: tuple[ClockChange, ...] = ()  # of the PC's clock, meanwhile
    tasks: tuple[Task, ...] = ()  # conditions of providers' decisions, by time, also those that are done
    photo: Photo | None = None  # of the patient, as it is now; None: nobody has said anything of one

    @property
    def calls(self) -> tuple[Finding, ...]:
        """What a provider must hear of and has not decided yet, the ones that are not good again first.

        A call of the monitoring; and once the pump has started every stop, whatever step it belongs to: what stops an
        infusion before the start does so when it is found out while it runs.
        """
        started = self.record.event(EventKind.STARTED) is not None
        stops = (one for one in self.findings if one.level is Level.STOP and one.is_open)
        found = [one for one in stops if started or one.key.startswith(MONITORING)]
        return tuple(sorted(found, key=lambda one: one.eased))

    def step(self, step_id: str) -> StepView:
        return next(view for view in self.steps if view.step.id == step_id)

    def answer(self, item_id: str) -> Answer | None:
        return self.record.answers.get(ItemId(item_id))

    def name_of(self, staff_id: StaffId) -> str:
        person = self.staff.get(staff_id)
        return person.signed_name if person else staff_id
