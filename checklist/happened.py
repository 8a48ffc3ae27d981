"""What happens to a patient besides answers and readings: side effects with what was done, and stamps of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from checklist.ids import RowId, StaffId
from checklist.times import Moment

ENDINGS = ("cancelled", "no_show", "postponed", "left_ama", "transferred")
"""How a visit ends otherwise than by the discharge."""
HIGHEST_GRADE = 4  # CTCAE 1-4; grade 5 is not offered (reference 7.9)


class StampKind(StrEnum):
    """Something that happened at a moment: kept by one key, words may follow later."""

    WORRY = "worry"  # the nurse is worried, whatever the numbers say
    HELP_ASKED = "help_asked"  # the patient asks for help
    INTERRUPTION = "interruption"  # why something was late (product 2)
    MISSED = "missed"  # why a due reading was not taken; detail "due" says which
    ESCORT_CALL = "escort_call"  # detail "number" and "result"
    LEAVING = "leaving"  # wants to leave against advice
    DRIVING = "driving"  # wants to drive away
    EMS_CALLED = "ems_called"
    EMS_ARRIVED = "ems_arrived"
    EMS_LEFT = "ems_left"
    CPR_STARTED = "cpr_started"
    CPR_STOPPED = "cpr_stopped"
    SHOCK = "shock"
    AIRWAY = "airway"
    DRUG = "drug"
    NOTE = "note"
    CONDITION_DONE = "condition_done"  # what a provider asked for; detail "decision" and "condition" say of which


EMERGENCY = frozenset(
    {
        StampKind.EMS_CALLED,
        StampKind.EMS_ARRIVED,
        StampKind.EMS_LEFT,
        StampKind.CPR_STARTED,
        StampKind.CPR_STOPPED,
        StampKind.SHOCK,
        StampKind.AIRWAY,
        StampKind.DRUG,
        StampKind.NOTE,
    }
)
"""The timeline of an emergency (reference 12.28)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment with its kind. `detail`: `words`, and what the kind names; `removed` ones stay, struck through."""

    id: RowId
    kind: StampKind
    at: Moment
    by: StaffId
    entered: Moment
    detail: Mapping[str, str] = field(default_factory=dict)
    removed: bool = False
    seq: int = 0  # where the moment was first written, whatever was added to it later

    @property
    def words(self) -> str:
        return self.detail.get("words", "")


CALL_WORDS: Mapping[str, str] = {
    "reached": "reached",
    "no_answer": "no answer",
    "message_left": "message left",
    "wrong_number": "wrong number",
}
STAMP_WORDS: Mapping[StampKind, str] = {
    StampKind.WORRY: "Nurse is worried",
    StampKind.HELP_ASKED: "Patient asks for help",
    StampKind.INTERRUPTION: "Interrupted",
    StampKind.MISSED: "Reading missed",
    StampKind.ESCORT_CALL: "Escort called",
    StampKind.LEAVING: "Wants to leave against advice",
    StampKind.DRIVING: "Wants to drive",
    StampKind.EMS_CALLED: "911 called",
    StampKind.EMS_ARRIVED: "Ambulance here",
    StampKind.EMS_LEFT: "Patient left with the ambulance",
    StampKind.CPR_STARTED: "CPR started",
    StampKind.CPR_STOPPED: "CPR stopped",
    StampKind.SHOCK: "Shock",
    StampKind.AIRWAY: "Airway",
    StampKind.DRUG: "Medicine",
    StampKind.NOTE: "Note",
    StampKind.CONDITION_DONE: "Condition done",
}


def in_words(stamp: Stamp, due: str = "") -> str:
    """`Escort called, 555-010-0142: no answer; rang twice`; `due` is the time of a missed reading, as written."""
    named = (stamp.detail.get("number", ""), stamp.detail.get("condition", ""), due)
    head = ", ".join(part for part in (STAMP_WORDS[stamp.kind], *named) if part)
    result = CALL_WORDS.get(stamp.detail.get("result", ""), "")
    said = "; ".join(part for part in (result, stamp.words) if part)
    return f"{head}{': ' if said else ''}{said}"


class Doing(StrEnum):
    """What was done about a side effect (reference 8.1)."""

    NONE = "none"
    REASSURANCE = "reassurance"
    POSITION = "position"
    OXYGEN = "oxygen"
    DRUG = "drug"
    RATE_REDUCED = "rate_reduced"
    PAUSED = "paused"
    STOPPED = "stopped"
    PROVIDER_CALLED = "provider_called"
    EMS_CALLED = "ems_called"


TREATMENTS = frozenset({Doing.OXYGEN, Doing.DRUG, Doing.EMS_CALLED})
"""What makes of an escalation one that ended in treatment (reference 8.2)."""


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done. Of a drug `detail` holds name, dose, route and who gave it, as typed."""

    what: Doing
    at: Moment
    by: StaffId
    detail: str = ""


class Outcome(StrEnum):
    NOT_RECORDED = ""
    RESOLVED = "resolved"
    BETTER = "better"
    GOING_ON = "going_on"
    LASTING = "lasting"  # with lasting effects
    TRANSFERRED = "transferred"
    NOT_KNOWN = "not_known"


class Related(StrEnum):
    """Whether the infusion caused it."""

    NOT_RECORDED = ""
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    PROBABLE = "probable"


@dataclass(frozen=True, slots=True)
class Effect:
    """A side effect: term of the protocol's list, peak grade 1-4 (CTCAE style), times and what was done."""

    id: RowId
    term: str
    grade: int
    onset: Moment
    action: str  # what was done, in the words typed with it
    ended: Moment | None
    removed: bool
    by: StaffId
    entered: Moment
    done: tuple[Done, ...] = ()
    outcome: Outcome = Outcome.NOT_RECORDED
    related: Related = Related.NOT_RECORDED
    seq: int = 0  # where it was first written with a grade as high as this
    error: str = ""  # why the row does not belong here; such a row is removed too
