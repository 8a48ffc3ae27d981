"""A treatment course as values: its plan, each infusion in numbers, what is due next, how it was decided to go on."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from checklist.ids import SessionId
from checklist.model import Role
from checklist.times import Moment


class CourseChoice(StrEnum):
    """How a provider decides that it goes on after the induction (reference 10)."""

    STOP = "stop"
    MAINTENANCE = "maintenance"
    CHANGE = "change"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What was planned for a course. Each part may be empty: it was not written. `icd10` is a provider's choice."""

    prescriber: str = ""
    every_days: Decimal | None = None  # days between infusions
    icd10: str = ""
    icd10_by: str = ""


@dataclass(frozen=True, slots=True)
class CourseDecision:
    """A provider's signed decision after the induction."""

    choice: CourseChoice
    reason: str
    name: str
    role: Role
    at: Moment
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest systolic of a visit from the start on, mmHg, and when."""

    sbp: int
    dbp: int | None
    at: Moment


@dataclass(frozen=True, slots=True)
class InfusionRow:
    """One infusion of the course in numbers; None wherever the record does not say.

    Weights in kg, `mg` is what was given (`ordered_mg` as long as the pump's volume is not known: `mg_is_given` False).
    """

    session: SessionId
    record_id: str
    number: int
    at: Moment
    since_last: timedelta | None
    weight_kg: Decimal | None
    mg: Decimal | None
    mg_is_given: bool
    mg_per_kg: Decimal | None
    minutes: int | None
    peak: Peak | None
    worst_grade: int | None
    worst_effect: str
    minutes_to_aldrete: int | None
    minutes_to_leave: int | None
    phq9: int | None
    gad7: int | None


@dataclass(frozen=True, slots=True)
class MissedVisit:
    """A booked visit on which nothing was given, and why."""

    record_id: str
    at: Moment
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class NextDue:
    """Something that comes next in the course; `day` None: not known, which `text` says."""

    title: str
    text: str
    day: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One course of infusions up to and with the latest visit. `id` is the number of its first record."""

    id: str
    first: SessionId
    phase: str
    indication: str
    plan: CoursePlan
    infusions: tuple[InfusionRow, ...]
    missed: tuple[MissedVisit, ...]
    escort_failures: int
    response: str  # "response", "remission", "no response" … or "" without two PHQ-9 totals
    due: tuple[NextDue, ...]
    decision: CourseDecision | None

    @property
    def cumulative_mg(self) -> Decimal:
        """mg given in the course, as far as the amounts are known."""
        return sum((one.mg for one in self.infusions if one.mg is not None and one.mg_is_given), Decimal(0))

    @property
    def unknown_amounts(self) -> int:
        """How many infusions are not in the sum because what was given is not known."""
        return sum(1 for one in self.infusions if one.mg is None or not one.mg_is_given)
