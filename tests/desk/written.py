"""A clinic's data file for the tests: three members of staff, six patients, one of whom was here a week ago."""

from pathlib import Path

from checklist.desk import ClinicDraft, Desk, NewStaff, PatientDraft
from checklist.model import AllergyState, Meaning, Role, Sex
from checklist.pictures import as_paper, as_photo
from checklist.times import ManualClock
from tests.desk.visit import MORNING, PASSWORD, ZONE, Visit, front_door
from tests.test_pictures import pdf, picture

NURSE = NewStaff("ortiz", "R. Ortiz", "RN", frozenset({Role.NURSE}))
SECOND_NURSE = NewStaff("lee", "S. Lee", "RN", frozenset({Role.NURSE}))
PROVIDER = NewStaff("menon", "Dr. A. Menon", "MD", frozenset({Role.PROVIDER}))
CLINIC = ClinicDraft("Riverside Infusion Clinic", "120 Harbor Road, Albany NY", "555-010-0100", ZONE)
OKAFOR = PatientDraft(
    family="Okafor",
    given="Amara",
    born="14-Mar-1986",
    sex=Sex.FEMALE,
    title="Ms",
    preferred="Ama",
    mrn="0045 12",
    allergy_state=AllergyState.LISTED,
    allergies="Penicillin: rash",
)
OTHERS = (
    PatientDraft("Delacruz", "Maria", "30-Dec-1975", Sex.FEMALE, mrn="0051 88"),
    PatientDraft("Nguyễn", "Thị Ánh", "27-Jan-1990", Sex.FEMALE, mrn="0047 31"),
    PatientDraft("Lindqvist", "Per", "11-Jun-1958", Sex.MALE, mrn="0046 02"),
    PatientDraft("Smith", "John", "19-May-1980", Sex.MALE, mrn="0048 77"),
    PatientDraft("Smyth", "John", "03-Sep-1980", Sex.MALE, mrn="0052 10"),
)
MEDICINES = ("sertraline 100 mg", "lisinopril 10 mg", "lamotrigine 200 mg", "levothyroxine 75 mcg", "vitamin D")


def write_clinic(folder: Path) -> None:
    clock = ManualClock(MORNING.plus(days=-7))
    desk = front_door(folder, clock).create(CLINIC, NURSE, PASSWORD)
    desk.add_staff(SECOND_NURSE, PASSWORD)
    desk.add_staff(PROVIDER, PASSWORD)
    for draft in (OKAFOR, *OTHERS):
        desk.add_patient(draft)
    third_session(desk, clock)
    desk.close()


def write_papers(folder: Path) -> None:
    """The same clinic with a photograph, and a paper attached late to the visit: what schema 5 has beside schema 4."""
    write_clinic(folder)
    desk = front_door(folder, ManualClock(MORNING)).sign_in("ortiz", PASSWORD)
    desk.set_photo(desk.find_patients("Smith")[0].patient.id, as_photo(picture()))
    visit = desk.sessions_of(desk.find_patients("Okafor")[0].patient.id)[0]
    desk.attach(visit.id, as_paper(pdf()), "Downtime sheet", time_from="1105", user="ortiz", password=PASSWORD)
    desk.close()


def third_session(desk: Desk, clock: ManualClock) -> None:
    """A whole session with everything answered for the first time in this program."""
    visit = Visit.begin(desk, clock, number="3", course_total="6")
    visit.identify()
    visit.answer(consent__date="12-Oct-2026", identity__help="none")
    visit.fast()
    visit.answer(transport__plan="named_adult", transport__name="Chidi Okafor", transport__relationship="husband")
    visit.answer(transport__phone="518-555-0142", transport__adult="yes", transport__where="on_site")
    visit.answer(transport__no_driving="yes", medicines__complete="yes", substances__last24="no")
    visit.answer(screening__infection="no", screening__cognition="no")
    for medicine in MEDICINES:
        desk.add_medicine(visit.session, medicine, "yesterday 21:00")
    conditions = [item for item in desk.protocol.step_of("asq.1").items if item.id.startswith("cond.")]
    asked = [one for one in conditions if one.needed_for == "clearance" and not any(c.item for c in one.show_when)]
    visit.answer_all({item.id: "no" for item in asked})
    visit.answer(screening__pregnancy="negative", vitals__height="165 cm")
    visit.answer_all({f"asq.{number}": "no" for number in (1, 2, 3, 4)})
    visit.measure()
    visit.decide_all()
    visit.sign()
    visit.order()
    visit.check_dose()
    desk.start(visit.session)
    for _ in range(4):
        visit.read("134/84 78 98 14 s5")
        clock.advance(minutes=10)
    desk.stop(visit.session, "50")
    visit.recover()
    visit.sign(Meaning.DISCHARGE)
