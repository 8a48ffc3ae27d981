"""Ten years of a clinic, written quickly: one whole visit is played at the desk, and its entries are written again for
other patients on other days, two nurses in turn. Ten visits a patient; each links to the one before, as at the desk.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from checklist.desk import Desk
from checklist.model import Draft, Entry, EntryKind, Json, PatientId, SessionId, StaffId
from checklist.store.datafile import DataFile
from checklist.times import ManualClock, Moment
from tests.desk.visit import PASSWORD, front_door
from tests.desk.written import write_clinic

VISITS, YEARS = 10_000, 10
ENTRIES_A_VISIT = 180  # the visit that is played has fewer; its answers are given again, as after a second look
FIRST_DAY = Moment.stored("2026-11-19T13:00:00.000000-05:00[America/New_York]")
PLAYED_ON, DAY_BEFORE = "2026-11-11", "2026-11-10"
A_BLOCK, AT_ONCE = 300, 30  # thirty patients come in turn until each was here ten times


@dataclass(frozen=True, slots=True)
class Pattern:
    """The entries of the visit that was played, with their bodies as text."""

    entries: tuple[Entry, ...]
    texts: tuple[str, ...]
    patient: Entry
    nurses: tuple[StaffId, StaffId]

    @property
    def session(self) -> str:
        return str(self.entries[0].session)


def begin(folder: Path) -> Pattern:
    """Set the clinic up in this folder and play the visit."""
    write_clinic(folder)
    desk = front_door(folder, ManualClock(FIRST_DAY)).sign_in("ortiz", PASSWORD)
    patient = desk.find_patients("okafor")[0].patient.id
    played = desk._file.journal.entries(session=desk.sessions_of(patient)[0].id)
    answers = [entry for entry in played if entry.kind is EntryKind.ANSWER]
    again = [answers[number % len(answers)] for number in range(ENTRIES_A_VISIT - len(played))]
    entries = (played[0], *again, *played[1:])
    described = desk._file.journal.entries(patient=patient, kinds=[EntryKind.PATIENT])[0]
    nurses = (_staff(desk, "ortiz"), _staff(desk, "lee"))
    desk.close()
    return Pattern(entries, tuple(json.dumps(dict(one.body)) for one in entries), described, nurses)


def write(pattern: Pattern, data: DataFile, clock: ManualClock, first: int, count: int) -> None:
    """Add visits `first` to `first + count - 1`; the clock moves to the end of each."""
    for number in range(first, first + count):
        moment = begins(number)
        clock.advance(seconds=moment.since(clock.now()).total_seconds())
        data.journal.append(*_visit(pattern, number, data.journal.last_seq + 1, moment))


def begins(number: int) -> Moment:
    """Visits are spread evenly; the tenth year ends with the last."""
    return FIRST_DAY.plus(days=number * YEARS * 365.25 / VISITS)


def author_of(pattern: Pattern, number: int) -> StaffId:
    """The nurse of a visit: the two take turns."""
    return pattern.nurses[number % 2]


def authors(data: DataFile) -> Counter[StaffId]:
    """How many entries each person wrote."""
    return Counter(entry.by for entry in data.journal.each())


def patient_id(number: int) -> PatientId:
    """The patient of a visit."""
    return PatientId(f"{_patient_number(number):032x}")


def _staff(desk: Desk, user: str) -> StaffId:
    return desk._person(user).id


def _patient_number(number: int) -> int:
    return number // A_BLOCK * AT_ONCE + number % AT_ONCE


def _visit(pattern: Pattern, number: int, first_seq: int, moment: Moment) -> Iterator[Draft]:
    """The drafts of one visit; before somebody's first visit, the patient."""
    patient = patient_id(number)
    turn = number % A_BLOCK // AT_ONCE
    if turn == 0:
        yield _patient(pattern, patient, _patient_number(number))
        first_seq += 1
    places = {entry.seq: first_seq + place for place, entry in enumerate(pattern.entries)}
    changes = _changes(pattern, number, moment)
    for entry, text in zip(pattern.entries, pattern.texts, strict=True):
        for old, new in changes.items():
            text = text.replace(old, new)
        body: dict[str, Json] = json.loads(text)
        if entry.kind is EntryKind.SESSION:
            before = f"{number - AT_ONCE:032x}" if turn else None
            body |= {"number": turn + 1, "course_total": 0, "previous": before, "record_id": _record_id(number, moment)}
        covers = body.get("covers")
        if isinstance(covers, list):
            body["covers"] = [places[seq] for seq in covers if isinstance(seq, int)]
        by = StaffId(changes.get(entry.by, entry.by))
        yield Draft(entry.kind, by, body, patient, SessionId(f"{number:032x}"), entry.item)


def _changes(pattern: Pattern, number: int, moment: Moment) -> dict[str, str]:
    """What is another in this visit: the days, the visit, and at every second visit the two nurses change places."""
    day = moment.local.date()
    changes = {PLAYED_ON: day.isoformat(), DAY_BEFORE: (day - timedelta(days=1)).isoformat()}
    changes[pattern.session] = f"{number:032x}"
    if number % 2:
        one, other = pattern.nurses
        changes |= {one: "\0", other: one, "\0": other}
    return changes


def _patient(pattern: Pattern, patient: PatientId, number: int) -> Draft:
    born = f"{1950 + number % 50}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    name: dict[str, Json] = {"family": f"Family{number:04d}", "born": born, "mrn": f"{number:06d}", "preferred": ""}
    return Draft(EntryKind.PATIENT, pattern.patient.by, {**pattern.patient.body, **name}, patient)


def _record_id(number: int, moment: Moment) -> str:
    return f"S-{moment.local.year}-{number + 10:05d}"
