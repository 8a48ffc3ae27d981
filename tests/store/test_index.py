"""Lists for the screens: patients, visits of a day, staff, clinic; and that the journal can draw them again."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.errors import NotSaved
from checklist.model import (
    AllergyState,
    Clinic,
    Draft,
    EntryKind,
    Json,
    Patient,
    PatientId,
    Role,
    SessionId,
    Sex,
    Staff,
    StaffId,
)
from checklist.snapshot import SessionInfo
from checklist.store.connection import one
from checklist.store.datafile import DataFile
from checklist.store.journal import entries_for_lists
from checklist.store.slots import DataKey
from checklist.times import ManualClock, Moment
from tests.store.drafts import NURSE, answer, clinic, member, patient, session

ZONE = "America/New_York"


def at(day: int, hour: int, minute: int = 0) -> Moment:
    """A time in November 2026, after the clocks went back."""
    return Moment.stored(f"2026-11-{day:02d}T{hour:02d}:{minute:02d}:00-05:00[{ZONE}]")


def ids(sessions: tuple[SessionInfo, ...]) -> list[str]:
    return [str(one.id) for one in sessions]


def test_the_lists_are_the_same_from_few_entries_as_from_all(data: DataFile, clock: ManualClock) -> None:
    data.journal.append(clinic(), member(), patient(), session(), session(2), answer(), answer(), answer())
    clock.advance(hours=24)
    data.journal.append(answer(), patient(family="Okafor-Lee"))
    clock.advance(hours=-48)
    data.journal.append(answer(), answer(), answer("a", 2))
    drawn = [entry.seq for entry in entries_for_lists(data._db)]
    assert drawn == [1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 14]
    assert data.index.differences(data.journal.each()) == ()
    assert data.index.differences(entries_for_lists(data._db)) == ()


def test_a_patient_comes_back_with_every_field(data: DataFile) -> None:
    data.journal.append(patient(preferred="Mara", notes="left arm"))
    assert data.index.patient(PatientId("patient-1")) == Patient(
        id=PatientId("patient-1"),
        family="Okafor",
        given="Amara",
        born=date(1986, 3, 14),
        sex=Sex.FEMALE,
        mrn="004417",
        title="Ms",
        preferred="Mara",
        phone="(555) 010-2233",
        allergy_state=AllergyState.LISTED,
        allergies="Penicillin: rash",
        notes="left arm",
    )
    assert data.index.patient(PatientId("patient-2")) is None


def test_a_patient_written_before_a_field_existed_has_its_blank(data: DataFile) -> None:
    body = {"family": "Ito", "given": "Ken", "born": "1970-05-05", "sex": "male", "mrn": ""}
    data.journal.append(Draft(EntryKind.PATIENT, NURSE, body, PatientId("patient-1")))
    assert data.index.patient(PatientId("patient-1")) == Patient(
        PatientId("patient-1"), "Ito", "Ken", date(1970, 5, 5), Sex.MALE, ""
    )


def test_two_patients_may_share_a_record_number(data: DataFile) -> None:
    data.journal.append(patient(1, mrn="77"), patient(2, mrn="77", given="Grace"))
    assert len(data.index.find_patients("77")) == 2


@pytest.mark.parametrize("change", [{"born": "14-Mar-1986"}, {"sex": "f"}, {"allergy_state": "maybe"}], ids=str)
def test_a_malformed_patient_is_refused_whole(data: DataFile, change: dict[str, Json]) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|is not a valid"):
        data.journal.append(answer(), patient(1, **change))
    assert data.journal.last_seq == 0


def test_a_visit_comes_back_with_every_field(data: DataFile, clock: ManualClock) -> None:
    created = clock.now()
    data.journal.append(patient(), session(1))
    clock.advance(hours=1)
    data.journal.append(session(2, previous="session-1", course_total=0, phase="maintenance", indication="pain"))
    assert data.index.session(SessionId("session-2")) == SessionInfo(
        id=SessionId("session-2"),
        patient=PatientId("patient-1"),
        record_id="S-2026-0002",
        number=2,
        course_total=0,
        phase="maintenance",
        indication="pain",
        planned=at(18, 13, 30),
        created=created.plus(hours=1),
        protocol_version="1.0",
        previous=SessionId("session-1"),
    )
    first = data.index.session(SessionId("session-1"))
    assert first is not None
    assert first.previous is None
    assert first.planned.zone == ZONE
    assert data.index.session(SessionId("session-9")) is None


def test_a_visit_put_off_keeps_when_it_was_made(data: DataFile, clock: ManualClock) -> None:
    created = clock.now()
    data.journal.append(patient(), session())
    clock.advance(hours=2)
    data.journal.append(session(planned=at(20, 9).store()))
    moved = data.index.session(SessionId("session-1"))
    assert moved is not None
    assert (moved.planned, moved.created) == (at(20, 9), created)
    assert data.index.sessions_on(date(2026, 11, 18)) == ()
    assert ids(data.index.sessions_on(date(2026, 11, 20))) == ["session-1"]


def test_the_visits_of_a_day_come_in_the_order_of_their_time(data: DataFile) -> None:
    data.journal.append(
        patient(),
        session(1, planned=at(18, 13).store()),
        session(2, planned=at(18, 8, 30).store()),
        session(3, planned=at(18, 23, 59).store()),
        session(4, planned=at(19, 0).store()),
        session(5, planned=at(17, 23, 59).store()),
    )
    assert ids(data.index.sessions_on(date(2026, 11, 18))) == ["session-2", "session-1", "session-3"]


def test_the_day_is_the_clinics_day_though_it_is_already_tomorrow_in_greenwich(data: DataFile) -> None:
    data.journal.append(patient(), session(1, planned=at(18, 21).store()))
    assert ids(data.index.sessions_on(date(2026, 11, 18))) == ["session-1"]


def test_visits_in_the_hour_that_comes_twice_stay_in_order(data: DataFile) -> None:
    first = Moment.stored(f"2026-11-01T01:40:00-04:00[{ZONE}]")
    data.journal.append(
        patient(), session(1, planned=first.plus(minutes=30).store()), session(2, planned=first.store())
    )
    assert ids(data.index.sessions_on(date(2026, 11, 1))) == ["session-2", "session-1"]


def test_the_visits_of_a_patient_come_oldest_first(data: DataFile) -> None:
    data.journal.append(
        patient(1),
        patient(2),
        session(1, 1, planned=at(18, 9).store()),
        session(2, 1, planned=at(4, 9).store()),
        session(3, 2),
    )
    assert ids(data.index.sessions_of(PatientId("patient-1"))) == ["session-2", "session-1"]
    assert data.index.sessions_of(PatientId("patient-9")) == ()


def test_a_visit_needs_its_patient(data: DataFile) -> None:
    with pytest.raises(sqlcipher.IntegrityError, match=r"FOREIGN KEY"):
        data.journal.append(session())
    assert data.journal.last_seq == 0


def test_staff_come_by_name_and_those_who_left_stay(data: DataFile) -> None:
    data.journal.append(
        member(1),
        member(2, user="lchen", name="L. Chen", credentials="MD", roles=["provider"]),
        member(1, active=False),
    )
    assert data.index.staff() == (
        Staff(StaffId("staff-2"), "lchen", "L. Chen", "MD", frozenset({Role.PROVIDER})),
        Staff(
            StaffId("staff-1"), "rortiz", "R. Ortiz", "RN", frozenset({Role.NURSE, Role.ADMINISTRATOR}), active=False
        ),
    )


def test_the_clinic_is_as_last_written(data: DataFile) -> None:
    data.journal.append(clinic(), clinic(name="Harbor Infusion Center"))
    assert data.index.clinic() == Clinic("Harbor Infusion Center", "1 Pier Road", "555 0100", ZONE, "a4", "CLINIC_4_6")


def test_record_numbers_go_on_within_a_year_and_begin_again_in_the_next(data: DataFile) -> None:
    assert data.index.next_record_number(2026) == 1
    data.journal.append(
        patient(),
        session(1, record_id="S-2026-0009"),
        session(2, record_id="S-2026-10000"),
        session(3, record_id="S-2025-20000"),
        session(4, record_id="S-2026-draft"),
    )
    assert data.index.next_record_number(2026) == 10001
    assert data.index.next_record_number(2027) == 1


def test_a_rebuild_that_meets_a_full_disk_keeps_the_lists(data: DataFile) -> None:
    data.journal.append(patient(notes="n" * 10_000), session())
    db = data.journal._db
    db.execute("UPDATE patients SET notes = ''")
    db.execute("VACUUM")
    db.execute(f"PRAGMA max_page_count = {one(db, 'PRAGMA page_count')}")
    with pytest.raises(NotSaved, match=r"the disk is full"):
        data.rebuild_index()
    assert len(data.index.find_patients("okafor")) == 1
    db.execute("PRAGMA max_page_count = 1000000")
    data.rebuild_index()
    assert data.verify().ok


names = st.sampled_from(["Okafor", "Nguyễn", "王小明", "O'Brien", ""]) | st.text(max_size=8)
patients = st.builds(
    lambda number, family, given, phone, born: patient(number, family=family, given=given, phone=phone, born=born),
    st.integers(1, 3),
    names,
    names,
    st.text("0123456789 -+()", max_size=14),
    st.dates().map(date.isoformat),
)
sessions = st.builds(
    lambda number, of, hour: session(number, of, planned=at(18, hour).store()),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(0, 23),
)
operations = st.lists(
    patients
    | sessions
    | st.builds(lambda n, active: member(n, active=active), st.integers(1, 2), st.booleans())
    | st.builds(lambda name: clinic(name=name), names)
    | st.builds(answer, st.text(max_size=5)),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts=operations)
def test_drawing_the_lists_again_changes_nothing_whatever_was_written(
    key: DataKey, clock: ManualClock, drafts: list[Draft]
) -> None:
    with TemporaryDirectory() as folder, DataFile.create(Path(folder), key, clock, "front-desk") as data:
        data.journal.append(*[patient(number) for number in (1, 2, 3)], *drafts)
        assert data.verify().ok
        data.rebuild_index()
        assert data.verify().ok
