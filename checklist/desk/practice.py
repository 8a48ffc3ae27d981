"""The practice data file: an invented clinic in the middle of its day, with invented patients.

Everything is written through the same desk as real work, on a clock that stands in the past, so that the practice
file is a real data file in every respect but its people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from checklist.desk.board import Desk
from checklist.desk.door import PRACTICE_PASSWORD, FrontDoor
from checklist.desk.entry import ClinicDraft, NewStaff
from checklist.desk.practice_visit import Visit
from checklist.desk.values import PatientDraft
from checklist.model import AllergyState, PatientId, Role, Sex
from checklist.store.vault import Cost
from checklist.times import Clock, ManualClock, Moment

PASSWORD = PRACTICE_PASSWORD
CHEAP = Cost(memory_kib=8192, time=1, lanes=1)  # the practice password is public: a slow hash would protect nothing
DAYS_AGO = 7

NURSE = NewStaff("ortiz", "R. Ortiz", "RN", frozenset({Role.NURSE}))
COLLEAGUES = (
    NewStaff("lee", "S. Lee", "RN", frozenset({Role.NURSE})),
    NewStaff("menon", "Dr. A. Menon", "MD", frozenset({Role.PROVIDER})),
)
CLINIC = ClinicDraft("Riverside Infusion Clinic", "120 Harbor Road, Albany NY 12205", "555-010-0100", zone="")


@dataclass(frozen=True, slots=True)
class Visitor:
    """An invented patient. `number` 0: never been here; else the number of the last session of a course of 6."""

    draft: PatientDraft
    number: int = 0
    escort: tuple[str, str, str] = ("", "", "")  # name, relationship, phone
    medicines: tuple[str, ...] = ()
    weight: str = ""
    height: str = ""
    mg: str = ""
    today: bool = False


def _patient(family: str, given: str, born: str, sex: Sex, mrn: str, **more: str) -> PatientDraft:
    allergies = more.get("allergies", "")
    return PatientDraft(
        family=family,
        given=given,
        born=born,
        sex=sex,
        mrn=mrn,
        title=more.get("title", ""),
        preferred=more.get("preferred", ""),
        allergy_state=AllergyState.LISTED if allergies else AllergyState.NONE_KNOWN,
        allergies=allergies,
    )


VISITORS = (
    Visitor(
        _patient(
            "Okafor",
            "Amara",
            "14-Mar-1986",
            Sex.FEMALE,
            "0045 12",
            title="Ms",
            preferred="Ama",
            allergies="Penicillin: rash",
        ),
        number=3,
        escort=("Chidi Okafor", "husband", "518-555-0142"),
        medicines=("sertraline 100 mg", "lisinopril 10 mg", "lamotrigine 200 mg", "levothyroxine 75 mcg", "vitamin D"),
        weight="68.4",
        height="165 cm",
        mg="34.2",
    ),
    Visitor(
        _patient("Delacruz", "Maria", "30-Dec-1975", Sex.FEMALE, "0051 88", title="Mrs"),
        number=1,
        escort=("Luis Delacruz", "brother", "518-555-0177"),
        medicines=("alprazolam 0.5 mg", "escitalopram 10 mg"),
        weight="81",
        height="160 cm",
        mg="40.5",
    ),
    Visitor(
        _patient("Hartley", "James", "02-Sep-1971", Sex.MALE, "0044 20", title="Mr"),
        escort=("Sarah Hartley", "wife", "518-555-0119"),
        medicines=("metoprolol 50 mg",),
        weight="83.2",
        height="178 cm",
        mg="41.6",
        today=True,
    ),
    Visitor(
        _patient("Nguyễn", "Thị Ánh", "27-Jan-1990", Sex.FEMALE, "0047 31"),
        escort=("Nguyễn Văn Minh", "brother", "518-555-0163"),
        medicines=("fluoxetine 20 mg",),
        weight="52",
        height="156 cm",
        mg="26",
        today=True,
    ),
    Visitor(
        _patient("Lindqvist", "Per", "11-Jun-1968", Sex.MALE, "0046 02", title="Mr"),
        escort=("Anna Lindqvist", "daughter", "518-555-0188"),
        medicines=("gabapentin 300 mg", "vitamin D"),
        weight="91.5",
        height="184 cm",
        mg="45.8",
        today=True,
    ),
    Visitor(_patient("Smith", "John", "19-May-1980", Sex.MALE, "0048 77")),
    Visitor(_patient("Smyth", "John", "03-Sep-1980", Sex.MALE, "0052 10")),
)


def create(folder: Path, clock: Clock, workstation: str = "PRACTICE") -> FrontDoor:
    """Write the practice file into an empty folder and return its front door. Raises NotSaved, DataFileError."""
    now = clock.now()
    past = ManualClock(_morning(now, DAYS_AGO))
    door = FrontDoor(folder, clock=past, practice=True, workstation=workstation, cost=CHEAP)
    desk = door.create(replace(CLINIC, zone=now.zone), NURSE, PASSWORD)
    for colleague in COLLEAGUES:
        desk.add_staff(colleague, PASSWORD)
    patients = {visitor.draft.family: desk.add_patient(visitor.draft).id for visitor in VISITORS}
    earlier: list[Visit] = []
    for visitor in VISITORS:
        if visitor.number:
            earlier.append(Visit(desk, past, patients[visitor.draft.family], visitor, PASSWORD))
            earlier[-1].whole()
    earlier[0].call_home()  # the other one is still to be called: overdue on the board
    _this_morning(desk, past, now, patients)
    past.advance(seconds=now.since(past.now()).total_seconds())
    desk.note_closed()  # now, so that no visit of this morning shows a gap
    desk.close()
    return front_door(folder, clock, workstation)


def front_door(folder: Path, clock: Clock, workstation: str = "PRACTICE") -> FrontDoor:
    """The way into a practice file that exists."""
    return FrontDoor(folder, clock=clock, practice=True, workstation=workstation, cost=CHEAP)


def _this_morning(desk: Desk, clock: ManualClock, now: Moment, patients: Mapping[str, PatientId]) -> None:
    """One patient has gone home, one is observed, one is infusing with a reading overdue, two are expected."""
    visitors = {visitor.draft.family: visitor for visitor in VISITORS}

    def visit(family: str) -> Visit:
        return Visit(desk, clock, patients[family], visitors[family], PASSWORD)

    clock.advance(seconds=now.plus(minutes=-205).since(clock.now()).total_seconds())
    visit("Hartley").whole()
    observed, infusing = visit("Nguyễn"), visit("Lindqvist")
    observed.until_the_end()  # 50 minutes, over 57 minutes before now
    clock.advance(minutes=15)
    observed.read("134/82 76 98 14 s5 d0")
    infusing.cleared()
    clock.advance(minutes=5)
    infusing.start()
    clock.advance(minutes=10)
    observed.read("126/80 74 98 14 s5 d0")
    infusing.read("146/86 82 97 15 s4")
    for family, minutes in (("Smith", 75), ("Smyth", 120)):
        start = now.plus(minutes=minutes).local
        desk.new_session(patients[family], planned=f"{start:%Y-%m-%d %H:%M}")


def _morning(now: Moment, days_ago: int) -> Moment:
    """08:00 some days before, well clear of every interval rule."""
    local = now.plus(days=-days_ago).local.replace(hour=8, minute=0, second=0, microsecond=0, tzinfo=None)
    return Moment.of_local(local, now.zone)
