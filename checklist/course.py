"""A treatment course as values: its plan, each infusion in numbers, what is due next, how it was decided to go on."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from checklist.ids import SessionId
from checklist.model import Role
from checklist.times import Moment, written_date


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


COLUMNS = (
    *("No.", "Date", "Since last", "kg", "Dose", "Min", "Highest BP", "Worst side effect"),
    *("Min to Aldrete / leave", "PHQ-9", "GAD-7"),
)


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

    def words(self) -> tuple[str, ...]:
        """The row as it is read on screen and paper, one text for each of `COLUMNS`; "-" where nothing is known."""
        return (
            str(self.number),
            written_date(self.at.local.date()),
            _days(self.since_last),
            _plain(self.weight_kg),
            self.dose_words(),
            _plain(self.minutes),
            self.peak_words(),
            f"{self.worst_effect} {self.worst_grade}" if self.worst_grade is not None else "-",
            f"{_plain(self.minutes_to_aldrete)} / {_plain(self.minutes_to_leave)}",
            _plain(self.phq9),
            _plain(self.gad7),
        )

    def dose_words(self) -> str:
        """`34.2 mg (0.5 mg/kg)`; what was only ordered says so."""
        if self.mg is None:
            return "-"
        per_kg = f" ({_plain(self.mg_per_kg)} mg/kg)" if self.mg_per_kg is not None else ""
        rounded = self.mg.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{_plain(rounded)} mg{per_kg}{'' if self.mg_is_given else ', ordered'}"

    def peak_words(self) -> str:
        """`148/90 at 20 min`."""
        if self.peak is None:
            return "-"
        minutes = self.peak.at.to_minute().since(self.at.to_minute()) // timedelta(minutes=1)
        return f"{self.peak.sbp}/{_plain(self.peak.dbp)} at {minutes} min"


def _days(length: timedelta | None) -> str:
    """`3 d 2 h`, `14 d`; hours alone below two days."""
    if length is None:
        return "-"
    hours = length // timedelta(hours=1)
    days, rest = divmod(hours, 24)
    if days < 2:
        return f"{hours} h"
    return f"{days} d {rest} h" if days < 7 and rest else f"{days} d"


def _plain(value: Decimal | int | None) -> str:
    if value is None:
        return "-"
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class MissedVisit:
    """A booked visit on which nothing was given, and why."""

    record_id: str
    at: Moment
    kind: str
    reason: str

    @property
    def word(self) -> str:
        """`cancelled`, `no-show`, `left against advice`."""
        return {"no_show": "no-show", "left_ama": "left against advice", "": "ended"}.get(self.kind, self.kind)


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
    total: int  # planned infusions; 0: maintenance without a fixed number
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

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Label and words of the course as a whole, in the order in which they are read."""
        done = len(self.infusions)
        unknown = f", {self.unknown_amounts} not known" if self.unknown_amounts else ""
        missed = ", ".join(f"{written_date(one.at.local.date())} {one.word}" for one in self.missed)
        interval = f"every {_plain(self.plan.every_days)} days" if self.plan.every_days else "Not planned"
        return (
            ("Course", f"{self.id}, {self.phase}"),
            ("For", self.indication.capitalize()),
            ("ICD-10", f"{self.plan.icd10} ({self.plan.icd10_by})" if self.plan.icd10 else "Not chosen"),
            ("Prescriber", self.plan.prescriber or "Not written"),
            ("Interval", interval),
            ("Infusions here", f"{done} of {self.total}" if self.total else str(done)),
            ("Given in all", f"{_plain(self.cumulative_mg.quantize(Decimal('0.1'), ROUND_HALF_UP))} mg{unknown}"),
            ("PHQ-9", self.response.capitalize() or "No two totals yet"),
            ("Not given", missed or "No visit"),
            ("Without an escort", str(self.escort_failures)),
        )

    @property
    def unknown_amounts(self) -> int:
        """How many infusions are not in the sum because what was given is not known."""
        return sum(1 for one in self.infusions if one.mg is None or not one.mg_is_given)
