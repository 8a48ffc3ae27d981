"""The course of a patient at the desk: read from the visits, planned, decided by a provider with a password."""

import pytest

from checklist.course import Course, CourseChoice
from checklist.desk import Desk, PlanDraft
from checklist.desk.entry import FieldError
from checklist.errors import NotAllowed, NotUnderstood, SignInFailed
from checklist.model import Meaning, PatientId
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD, Visit, front_door


def course_of(desk: Desk, visit: Visit) -> Course:
    made = desk.course(visit.session).course
    assert made is not None
    return made


def test_the_course_is_read_from_the_visits(recovered: Visit) -> None:
    recovered.sign(Meaning.DISCHARGE)
    made = course_of(recovered.desk, recovered)
    assert [row.number for row in made.infusions] == [3, 4]
    assert made.infusions[1].words()[1:7] == (
        *("18-Nov-2026", "7 d", "68.4", "34.2 mg (0.5 mg/kg)", "40", "148/90 at 20 min"),
    )
    assert made.infusions[1].minutes_to_leave == 30
    assert ("Given in all", "68.4 mg") in made.facts()
    assert recovered.now.course is None


def test_a_cancelled_visit_and_a_missing_escort_stand_in_the_course(desk: Desk, clock: ManualClock) -> None:
    visit = Visit.begin(desk, clock)
    visit.answer(transport__plan="none")
    desk.end(visit.session, "cancelled", "No escort, goes home")
    later = Visit.begin(desk, clock)
    made = course_of(desk, later)
    assert [(one.kind, one.reason) for one in made.missed] == [("cancelled", "No escort, goes home")]
    assert made.escort_failures == 1


def test_a_visit_of_today_without_an_escort_counts_once(visit: Visit) -> None:
    visit.answer(transport__plan="none")
    assert course_of(visit.desk, visit).escort_failures == 1


def test_the_course_of_a_patient_is_read_from_the_last_visit_that_was_begun(desk: Desk, clock: ManualClock) -> None:
    patient = desk.find_patients("Okafor")[0].patient.id
    third = desk.sessions_of(patient)[0].id
    assert desk.latest_session(patient) == third
    Visit.begin(desk, clock)
    assert desk.latest_session(patient) == third
    assert desk.latest_session(desk.find_patients("Smith")[0].patient.id) is None
    smith = Visit.begin(desk, clock, "Smith")
    assert desk.latest_session(smith.now.patient.id) == smith.session
    assert desk.latest_session(PatientId("0" * 20)) is None


def test_the_plan_is_kept_and_stands_at_the_next_visit(visit: Visit) -> None:
    visit.desk.plan_course(visit.session, PlanDraft("menon", "3"))
    plan = course_of(visit.desk, visit).plan
    assert (plan.prescriber, str(plan.every_days), plan.icd10) == ("Dr. A. Menon, MD", "3", "")
    visit.desk.plan_course(visit.session, PlanDraft("", ""))
    assert course_of(visit.desk, visit).plan.prescriber == ""


@pytest.mark.parametrize(
    ("field", "draft", "words"),
    [
        ("prescriber", PlanDraft("Dr. Nobody"), "Dr. A. Menon, MD"),
        ("prescriber", PlanDraft("ortiz"), "providers"),
        ("every_days", PlanDraft(every_days="0"), "1 to 366"),
        ("every_days", PlanDraft(every_days="3.5"), "whole number"),
        ("every_days", PlanDraft(every_days="٣"), "whole number"),
        ("every_days", PlanDraft(every_days="9" * 400), "whole number"),
        ("icd10", PlanDraft(icd10="depression"), "F33.2"),
        ("icd10", PlanDraft(icd10="F33.2"), "A provider chooses"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_at_its_field(
    visit: Visit, field: str, draft: PlanDraft, words: str
) -> None:
    with pytest.raises(FieldError, match=words) as refused:
        visit.desk.plan_course(visit.session, draft)
    assert refused.value.field == field
    assert course_of(visit.desk, visit).plan.prescriber == ""


def test_a_provider_chooses_the_diagnosis_code_and_a_nurse_keeps_it(visit: Visit) -> None:
    folder = visit.desk._file.folder
    visit.desk.close()
    provider = front_door(folder, visit.clock).sign_in("menon", PASSWORD)
    provider.plan_course(visit.session, PlanDraft(icd10=" f33.2 "))
    provider.close()
    nurse = front_door(folder, visit.clock).sign_in("ortiz", PASSWORD)
    nurse.plan_course(visit.session, PlanDraft("menon", "", "F33.2"))
    plan = course_of(nurse, visit).plan
    assert (plan.icd10, plan.icd10_by) == ("F33.2", "Dr. A. Menon, MD")
    nurse.close()


def test_a_provider_decides_how_the_course_goes_on(visit: Visit) -> None:
    seal = visit.now.record.seal
    shown = visit.desk.decide_course(visit.session, "maintenance", "PHQ-9 halved", user="menon", password=PASSWORD)
    assert shown.course is not None
    made = shown.course.decision
    assert made is not None
    assert (made.choice, made.reason, made.name) == (CourseChoice.MAINTENANCE, "PHQ-9 halved", "Dr. A. Menon, MD")
    assert made.statement == "I have looked at the course and decided how it goes on."
    assert visit.now.record.seal == seal
    visit.desk.decide_course(visit.session, "stop", "No effect after all", user="menon", password=PASSWORD)
    latest = course_of(visit.desk, visit).decision
    assert latest is not None
    assert latest.choice is CourseChoice.STOP
    assert visit.desk._file.verify().ok


def test_a_decision_needs_a_choice_a_reason_and_a_provider(visit: Visit) -> None:
    desk, session = visit.desk, visit.session
    with pytest.raises(NotUnderstood, match="Choose how"):
        desk.decide_course(session, "", "Because", user="menon", password=PASSWORD)
    with pytest.raises(NotUnderstood, match="reason"):
        desk.decide_course(session, "stop", "  ", user="menon", password=PASSWORD)
    with pytest.raises(NotAllowed, match="no provider role and may not decide how a course goes on"):
        desk.decide_course(session, "stop", "Because", user="ortiz", password=PASSWORD)
    with pytest.raises(SignInFailed):
        desk.decide_course(session, "stop", "Because", user="menon", password="wrong")
    assert course_of(desk, visit).decision is None


def test_the_last_time_stands_in_five_lines(visit: Visit) -> None:
    lines = dict(visit.desk.last_time(visit.now))
    assert lines["Dose"] == "34.2 mg (0.5 mg/kg) over 40 min"
    assert list(lines) == ["Dose", "Highest BP", "Side effects", "IV access", "Wishes"]
    first = Visit.begin(visit.desk, visit.clock, "Smith")
    assert first.desk.last_time(first.now) == ()
