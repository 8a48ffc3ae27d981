"""What the rules found, as values: findings, verdicts, planned readings, scores, criteria, and the drug's amounts."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from checklist.model import Decision, ItemId, Level, Reading, Stage, Stamp
from checklist.protocol import Item
from checklist.times import Moment


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
    eased: bool = False  # the values are good again; the call stands until a provider has decided
    can_stand: bool = False  # a provider may let it pass for later visits too: the review of a known medicine

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


@dataclass(frozen=True, slots=True)
class Given:
    """What the patient received when the pump was stopped, in full precision: rounded only where it is shown."""

    infused_ml: Decimal
    given_mg: Decimal
    not_given_mg: Decimal
    uncertain: str = ""  # why nobody knows how much of it reached the patient: shown wherever the number is shown


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch in which the pump ran: what it gave, and the rate that this makes beside the one that was set."""

    begin: Moment
    end: Moment
    infused_ml: Decimal | None  # None while the pump's number at its end is not recorded
    set_ml_h: Decimal | None  # the rate of the order, or as changed

    @property
    def actual_ml_h(self) -> Decimal | None:
        """None for a stretch without a length, or without its volume."""
        seconds = Decimal(self.end.since(self.begin).total_seconds())
        return self.infused_ml * 3600 / seconds if self.infused_ml is not None and seconds > 0 else None


@dataclass(frozen=True, slots=True)
class DrugLine:
    """One visit in the log of the controlled substance (reference 5.5). mg; None: not recorded.

    `before` is what was in the vial, as typed or as the last visit left it; `after` what drawing up left. `gap` is
    drawn - given - wasted; `warnings` say in words what does not add up.
    """

    at: Moment
    record_id: str
    patient: str
    strength: Decimal | None  # mg/mL
    ndc: str
    lot: str
    vial: str
    expiry: str
    drawn: Decimal | None
    given: Decimal | None
    wasted: Decimal | None
    gap: Decimal | None
    before: Decimal | None
    after: Decimal | None
    by: str
    witness: str
    note: str
    warnings: tuple[str, ...] = ()
    born: str = ""  # beside the name, as everywhere

    def ml(self, mg: Decimal | None) -> Decimal | None:
        """The volume of so many mg of this vial."""
        return mg / self.strength if mg is not None and self.strength else None


class DueState(StrEnum):
    """What became of a planned reading: due at its time, overdue and late when nobody takes it (reference 6.2)."""

    DONE = "done"
    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    LATE = "late"
    MISSED = "missed"

    @property
    def is_due(self) -> bool:
        """Its time has come and it can still be taken."""
        return self in (DueState.DUE, DueState.OVERDUE, DueState.LATE)

    @property
    def is_open(self) -> bool:
        """It can still be taken, now or later."""
        return self.is_due or self is DueState.COMING


@dataclass(frozen=True, slots=True)
class Due:
    """One reading of the schedule and what became of it: planned, or the repeat that an earlier one asks for."""

    at: Moment
    stage: Stage
    state: DueState
    reading: Reading | None = None
    repeats: str = ""  # of a repeat: which signs, "BP, SpO2"

    @property
    def what(self) -> str:
        """What is to be taken, in the middle of a sentence."""
        return f"{self.repeats} repeat" if self.repeats else "vitals"


@dataclass(frozen=True, slots=True)
class Task:
    """What a provider asked for with a decision, and what became of it. `seq` is the decision's place."""

    seq: int
    what: str  # "re-check BP", in the provider's words
    at: Moment
    provider: str
    state: DueState
    done: Stamp | None = None


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
