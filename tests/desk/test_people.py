"""Patients who are told apart, and the staff who work at this PC."""

from dataclasses import replace
from datetime import date

import pytest

from checklist.desk import Desk, FieldError, FrontDoor, NewStaff, PatientDraft
from checklist.errors import NotAllowed, NotUnderstood, PossibleDuplicate, SignInFailed
from checklist.model import AllergyState, EntryKind, Role, Sex
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD, Visit
from tests.desk.written import OKAFOR

NEW = PatientDraft("Kowalska", "Zofia", "2 feb 1991", Sex.FEMALE, mrn="0099 01", phone="5185550199")


def found(desk: Desk, text: str) -> list[str]:
    return [row.patient.family for row in desk.find_patients(text)]


def test_a_new_patient_is_found_by_three_letters(desk: Desk) -> None:
    patient = desk.add_patient(NEW)
    assert (patient.born, patient.phone) == (date(1991, 2, 2), "518-555-0199")
    assert found(desk, "kow") == ["Kowalska"]
    assert desk.patient(patient.id) == patient
    assert desk.sessions_of(patient.id) == ()


def test_the_same_name_and_birth_date_asks_whether_it_is_another_person(desk: Desk) -> None:
    twin = replace(OKAFOR, family="OKAFOR", mrn="0077 77")
    with pytest.raises(PossibleDuplicate, match="MRN 0045 12") as asked:
        desk.add_patient(twin)
    assert "OKAFOR, Amara (Ms), born 14-Mar-1986" in asked.value.sentence
    desk.add_patient(twin, another_person=True)
    assert [row.same_name for row in desk.find_patients("okafor")] == [True, True]


def test_similar_names_are_marked_in_the_list(desk: Desk) -> None:
    rows = {row.patient.family: row.same_name for row in desk.find_patients("john")}
    assert rows == {"Smith": True, "Smyth": True}
    assert [row.same_name for row in desk.find_patients("lind")] == [False]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("family", {"family": ""}),
        ("family", {"family": "x" * 201}),
        ("given", {"given": " \t"}),
        ("given", {"given": "Zo\x07fia"}),
        ("born", {"born": "yesterday-ish"}),
        ("born", {"born": "31-02-1991"}),
        ("born", {"born": "01-Jan-2031"}),
        ("born", {"born": "01-Jan-1850"}),
        ("mrn", {"mrn": "1" * 41}),
        ("phone", {"phone": "5550199"}),
        ("allergies", {"allergy_state": AllergyState.LISTED}),
        ("allergies", {"allergy_state": AllergyState.NONE_KNOWN, "allergies": "latex"}),
        ("notes", {"notes": "x" * 10_001}),
    ],
)
def test_a_field_that_cannot_stand_is_named(desk: Desk, field: str, change: dict[str, str]) -> None:
    with pytest.raises(FieldError) as refused:
        desk.add_patient(replace(NEW, **change))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert refused.value.sentence
    assert found(desk, "kow") == []


@pytest.mark.parametrize(
    "name", ["Nguyễn", "O’Brien-Łuczak", "محمد", "山田", "<b>Bold</b>", "Ångström", "د. علي", "x" * 200]
)
def test_names_of_the_whole_world_are_kept(desk: Desk, name: str) -> None:
    patient = desk.add_patient(replace(NEW, family=name, notes="ü" * 10_000))
    assert desk.patient(patient.id).family == name
    assert patient.id in {row.patient.id for row in desk.find_patients("zofia")}


def test_an_edited_patient_keeps_the_old_values_in_the_journal(desk: Desk) -> None:
    patient = desk.add_patient(NEW)
    edited = desk.edit_patient(patient.id, replace(NEW, family="Kowalska-Berg", allergy_state=AllergyState.NONE_KNOWN))
    assert (edited.id, desk.patient(patient.id).family) == (patient.id, "Kowalska-Berg")
    log = desk._file.journal.entries(patient=patient.id, kinds=[EntryKind.PATIENT])
    assert [entry.body["family"] for entry in log] == ["Kowalska", "Kowalska-Berg"]
    with pytest.raises(FieldError):
        desk.edit_patient(patient.id, replace(NEW, given=""))


def test_an_edited_name_stands_in_the_open_session_at_once(visit: Visit) -> None:
    visit.desk.edit_patient(visit.now.patient.id, replace(OKAFOR, preferred="Mara"))
    assert visit.now.patient.preferred == "Mara"


def test_the_list_says_when_the_patient_was_here_and_what_is_open(visit: Visit) -> None:
    row = visit.desk.find_patients("oka")[0]
    assert row.open_session == visit.session
    assert row.last_visit is not None
    assert row.last_visit.local.date() == date(2026, 11, 11)
    other = visit.desk.find_patients("lind")[0]
    assert (other.last_visit, other.open_session) == (None, None)


def test_nothing_typed_finds_nobody(desk: Desk) -> None:
    assert desk.find_patients("  ") == ()


def test_an_administrator_adds_a_colleague_who_can_sign_in(desk: Desk, door: FrontDoor) -> None:
    added = desk.add_staff(NewStaff(" Kim ", "J.  Kim", " RN ", frozenset({Role.NURSE})), "a longer sentence")
    assert (added.user, added.name, added.credentials) == ("Kim", "J. Kim", "RN")
    assert added in desk.people_with(Role.NURSE)
    assert added not in desk.people_with(Role.PROVIDER)
    desk.close()
    assert "J. Kim" in {person.name for person in door.people()}
    again = door.sign_in("KIM", "a longer sentence")
    assert again.me == added
    again.close()


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("user", {"user": ""}),
        ("user", {"user": "ORTIZ"}),
        ("name", {"name": " "}),
        ("credentials", {"credentials": "x" * 41}),
        ("roles", {"roles": frozenset()}),
    ],
)
def test_a_colleague_s_form_names_the_field(desk: Desk, field: str, change: dict[str, object]) -> None:
    draft = replace(NewStaff("kim", "J. Kim", "RN", frozenset({Role.NURSE})), **change)  # type: ignore[arg-type]
    with pytest.raises(FieldError) as refused:
        desk.add_staff(draft, "a longer sentence")
    assert refused.value.field == field
    assert len(desk.staff()) == 3


def test_a_short_password_is_refused_and_nobody_is_added(desk: Desk, door: FrontDoor) -> None:
    with pytest.raises(NotUnderstood, match="too short"):
        desk.add_staff(NewStaff("kim", "J. Kim", "RN", frozenset({Role.NURSE})), "short")
    assert len(desk.staff()) == len(door.people()) == 3


def test_only_an_administrator_adds_staff(door: FrontDoor) -> None:
    desk = door.sign_in("lee", PASSWORD)
    with pytest.raises(NotAllowed, match="no administrator role"):
        desk.add_staff(NewStaff("kim", "J. Kim", "RN", frozenset({Role.NURSE})), "a longer sentence")
    desk.close()


def test_another_nurse_unlocks_and_goes_on_under_her_own_name(visit: Visit) -> None:
    visit.identify()
    visit.desk.lock()
    visit.desk.unlock("LEE", PASSWORD)
    assert visit.desk.me.name == "S. Lee"
    answer = visit.answer(fasting__fatty="no").answer("fasting.fatty")
    assert answer is not None
    assert visit.now.name_of(answer.by) == "S. Lee, RN"
    kinds = [entry.kind for entry in visit.desk._file.journal.each() if entry.kind in ("locked", "sign_in")]
    assert kinds[-2:] == [EntryKind.LOCKED, EntryKind.SIGN_IN]


def test_a_wrong_password_does_not_change_who_is_here(desk: Desk) -> None:
    desk.lock()
    with pytest.raises(SignInFailed):
        desk.unlock("lee", "wrong password")
    assert desk.me.user == "ortiz"


def test_a_password_typed_as_a_user_name_is_not_kept(desk: Desk) -> None:
    with pytest.raises(SignInFailed):
        desk.unlock("my secret sentence", "")
    assert not desk._file.journal.entries(kinds=[EntryKind.SIGN_IN_REFUSED])


def test_after_three_wrong_passwords_there_is_a_pause(desk: Desk, clock: ManualClock) -> None:
    for _ in range(4):
        with pytest.raises(SignInFailed):
            desk.unlock("lee", "wrong password")
    clock.jump(hours=1)  # setting the PC's clock forward does not shorten it
    with pytest.raises(SignInFailed, match="pause") as waiting:
        desk.unlock("lee", PASSWORD)
    assert waiting.value.wait_seconds > 0
    clock.advance(minutes=5)
    desk.unlock("lee", PASSWORD)
