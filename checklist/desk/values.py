"""What the desk takes in and hands out, besides the snapshot."""

from dataclasses import dataclass
from datetime import date

from checklist.acts import Outstanding
from checklist.model import AllergyState, Level, Patient, SessionId, SessionState, Sex
from checklist.snapshot import Due, SessionInfo, Task
from checklist.times import Moment

AS_DATA, AS_TABLE = "record as data", "entries as a table"
"""How a copy for machines stands among the prints of a record. It is no paper."""


@dataclass(frozen=True, slots=True)
class PatientDraft:
    """A patient as typed; `born` in any of the forms that parse_date reads."""

    family: str
    given: str
    born: str
    sex: Sex = Sex.NOT_KNOWN
    title: str = ""
    preferred: str = ""
    mrn: str = ""
    phone: str = ""
    allergy_state: AllergyState = AllergyState.NOT_ASKED
    allergies: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A line of the patient list. `same_name` marks people who are easily taken for another."""

    patient: Patient
    last_visit: Moment | None
    open_session: SessionId | None
    same_name: bool
    indication: str = ""  # of the last visit; empty before the first
    photo: bytes | None = None  # a small JPEG, where the name is marked and there is one


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A session on the Today board."""

    session: SessionInfo
    patient: Patient
    state: SessionState
    level: Level
    status: str
    now_text: str
    action: str
    same_name: bool = False
    due: Due | None = None
    task: Task | None = None  # the condition of a provider's decision that is due or comes next
    risk: int = (
        0  # 0 nothing waits, 1 a reading or a condition is late, 2 the pump stands, 3 the provider is called for
    )
    why: str = ""  # what waits, in words
    photo: bytes | None = None  # a small JPEG, where the name is marked and there is one

    @property
    def waits_since(self) -> Moment | None:
        """The earlier time of what is to be taken or done."""
        return min((one.at for one in (self.due, self.task) if one is not None), default=None)


@dataclass(frozen=True, slots=True)
class BoardNotice:
    """Something of the clinic as a whole that somebody has to look at. `place`: where in the program, or ""."""

    level: Level
    title: str
    detail: str = ""
    place: str = ""
    button: str = "Look at it"


@dataclass(frozen=True, slots=True)
class CallRow:
    """A follow-up call on the Today board."""

    session: SessionInfo
    patient: Patient
    level: Level
    status: str
    now_text: str
    action: str
    due_until: Moment
    same_name: bool = False
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order by telephone that waits for its provider, with the session it belongs to."""

    session: SessionInfo
    patient: Patient
    order: Outstanding


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A session on the Records page. `paper` says where its signed paper is."""

    session: SessionInfo
    patient: Patient
    level: Level
    status: str
    version: int
    paper: str


@dataclass(frozen=True, slots=True)
class Records:
    """Orders that wait, of all time; sessions of the last `days`, newest first."""

    orders: tuple[OrderRow, ...]
    rows: tuple[RecordRow, ...]
    days: int


@dataclass(frozen=True, slots=True)
class Board:
    day: date
    rows: tuple[BoardRow, ...]
    summary: str
    notices: tuple[BoardNotice, ...] = ()
    calls: tuple[CallRow, ...] = ()

    @property
    def urgent(self) -> tuple[BoardRow, ...]:
        """What somebody has to go to now, the heaviest risk first, then what is overdue longest (reference 12.26)."""
        waiting = [row for row in self.rows if row.risk]
        latest = max((row.waits_since for row in waiting if row.waits_since), default=None)
        return tuple(
            sorted(waiting, key=lambda row: (-row.risk, (row.waits_since or latest or row.session.planned).utc))
        )
