"""What one session looks like at one moment: the record (fold of the entries), what the rules say, and the verdicts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from checklist.model import (
    Answer,
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
    Verification,
)
from checklist.protocol import Item, Protocol, Step
from checklist.times import Moment


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
    last_seq: int = 0
    seal: str = ""  # hash of the clinical content, see desk.seal

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

    @property
    def current_medicines(self) -> tuple[MedicineRow, ...]:
        return tuple(row for row in self.medicines if not row.removed)

    @property
    def current_effects(self) -> tuple[Effect, ...]:
        return tuple(row for row in self.effects if not row.removed)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier sessions of this patient say, as far as the rules and prefills need it."""

    last: Record | None = None
    course_records: tuple[Record, ...] = ()  # earlier sessions of the same course, oldest first
    earlier: tuple[Record, ...] = ()  # every earlier session, oldest first

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


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says. `key` is stable; `fingerprint` changes when the inputs or the level change."""

    key: str
    level: Level
    title: str  # a short sentence that names its numbers
    detail: str  # why, with the limit
    action: str  # what to do next
    step: str
    items: tuple[ItemId, ...] = ()
    source: str = ""  # source title, or "clinic policy"
    inputs: tuple[tuple[str, str], ...] = ()
    until: Moment | None = None  # a hold that time alone resolves, and when
    nobody_overrides: bool = False  # identity and consent: no decision can pass it
    fingerprint: str = ""
    decision: Decision | None = None  # only when its fingerprint is this one; a postponement stands beyond that
    deciders_needed: int = 1  # so many different providers must let it pass

    @property
    def is_open(self) -> bool:
        """True while it keeps the infusion from starting."""
        if self.level.rank < Level.REVIEW.rank:
            return False
        return self.decision is None or self.decision.choice != "proceed" or self.nobody_overrides


class VerdictKind(StrEnum):
    INCOMPLETE = "incomplete"
    CLEARED = "cleared"
    CLEARED_AFTER_REVIEW = "cleared_after_review"
    WAITING = "waiting_for_provider"
    HELD = "held"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of one pause point with its one sentence. `missing` are required items without an answer."""

    kind: VerdictKind
    title: str  # "Provider review needed"
    sentence: str  # "Cannot start before 13:20: last solid food 07:20 (6hr). All else is ready."
    missing: tuple[Item, ...] = ()
    open_findings: tuple[Finding, ...] = ()
    until: Moment | None = None
    counts: tuple[int, int, int] = (0, 0, 0)  # clear, reviewed, stopped or held

    @property
    def passes(self) -> bool:
        return self.kind in (VerdictKind.CLEARED, VerdictKind.CLEARED_AFTER_REVIEW)


class DueState(StrEnum):
    DONE = "done"
    COMING = "coming"
    DUE = "due"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Due:
    """One planned reading of the schedule and what became of it."""

    at: Moment
    stage: Stage
    state: DueState
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A recovery score. `total` is None while a part is missing."""

    name: str  # "Modified Aldrete (1995), % of baseline"
    parts: tuple[tuple[str, int | None], ...]
    total: int | None
    passes: bool
    pass_mark: int


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire of this visit. `total` and `band` are None and "" while an item is missing: no part total."""

    id: str  # "phq9": its items are phq9.1, phq9.2 …
    name: str  # "PHQ-9"
    highest: int
    scores: tuple[int | None, ...]
    total: int | None
    band: str
    course: str  # "7 below the 20 of 01-Oct-2026: partial response", "" without an earlier total
    last: str  # "20 on 01-Oct-2026", the newest total before this visit, or ""
    due: str  # "due before infusion 3", or ""

    @property
    def open(self) -> tuple[int, ...]:
        """Numbers of the items without a score."""
        return tuple(number for number, score in enumerate(self.scores, 1) if score is None)


class Met(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNANSWERED = "unanswered"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One discharge criterion (reference 9.1)."""

    key: str
    title: str
    detail: str
    met: Met
    source: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """The observation's two clocks."""

    observed: timedelta
    needed: timedelta
    ready_at: Moment | None
    next_due: Due | None


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
    earliest_start: Moment | None = None
    practice: bool = False
    questionnaires: tuple[Questionnaire, ...] = ()

    def step(self, step_id: str) -> StepView:
        return next(view for view in self.steps if view.step.id == step_id)

    def answer(self, item_id: str) -> Answer | None:
        return self.record.answers.get(ItemId(item_id))

    def name_of(self, staff_id: StaffId) -> str:
        person = self.staff.get(staff_id)
        return person.signed_name if person else staff_id
