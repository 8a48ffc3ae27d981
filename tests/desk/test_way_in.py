"""Passwords that are changed, given and taken away; the recovery sheet; the emergency account."""

from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor, NewStaff
from checklist.errors import KnownError, MustChangePassword, NotAllowed, NotUnderstood, SignInFailed
from checklist.model import Choice, EntryKind, Meaning, Role, Staff, StaffId
from checklist.store.vault import SlotKind
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD, Visit

NEW = "seven grey herons"


def person(desk: Desk, user: str) -> Staff:
    return next(one for one in desk.staff() if one.user == user)


def kept(desk: Desk, kind: EntryKind) -> list[dict[str, object]]:
    return [dict(one.body) for one in desk._file.journal.entries(kinds=[kind])]


def as_user(desk: Desk, user: str, password: str = PASSWORD) -> Desk:
    desk.unlock(user, password)
    return desk


# ---- one's own password


def test_my_new_password_opens_and_the_old_one_no_longer_does(desk: Desk, door: FrontDoor) -> None:
    desk.change_password(PASSWORD, NEW)
    desk.close()
    with pytest.raises(SignInFailed):
        door.sign_in("ortiz", PASSWORD)
    door.sign_in("ortiz", NEW).close()


def test_the_old_password_is_asked_before_a_new_one_is_taken(desk: Desk) -> None:
    with pytest.raises(SignInFailed):
        desk.change_password("not this one", NEW)
    desk.change_password(PASSWORD, NEW)


@pytest.mark.parametrize("new", ["", "short", "password1", "riverside1", "x" * 201])
def test_an_easily_guessed_new_password_changes_nothing(desk: Desk, new: str) -> None:
    with pytest.raises(NotUnderstood, match="Nothing was saved"):
        desk.change_password(PASSWORD, new)
    desk.change_password(PASSWORD, NEW)


def test_a_first_password_that_is_easily_guessed_is_refused_at_its_field(desk: Desk) -> None:
    with pytest.raises(NotUnderstood, match="among the first"):
        desk.add_staff(NewStaff("holm", "B. Holm", "NP", frozenset({Role.PROVIDER})), "password1")
    assert all(one.user != "holm" for one in desk.staff())


# ---- an administrator helps


def test_36_a_colleague_who_forgot_the_password_gets_one_for_a_single_use(desk: Desk, door: FrontDoor) -> None:
    given = desk.reset_password(person(desk, "lee").id, password=PASSWORD)
    desk.close()
    with pytest.raises(MustChangePassword, match="Choose one of your own now; nobody else will know it"):
        door.sign_in("lee", given)
    with pytest.raises(NotUnderstood, match="password that was given to you"):
        door.sign_in("lee", given, given)
    with pytest.raises(NotUnderstood, match="among the first"):
        door.sign_in("lee", given, "password1")
    back = door.sign_in("lee", given, NEW)
    assert back.me.user == "lee"
    back.close()
    door.sign_in("lee", NEW).close()
    with pytest.raises(SignInFailed):
        door.sign_in("lee", given)


def test_36_what_was_entered_before_the_reset_keeps_its_name(visit: Visit) -> None:
    visit.identify()
    before = visit.desk.open(visit.session).record.answers
    visit.desk.reset_password(person(visit.desk, "lee").id, password=PASSWORD)
    assert visit.desk.open(visit.session).record.answers == before


def test_a_given_password_signs_nothing_and_at_the_lock_asks_for_a_new_one(visit: Visit) -> None:
    desk = visit.desk
    given = desk.reset_password(person(desk, "menon").id, password=PASSWORD)
    visit.answer(transport__plan="none")
    with pytest.raises(NotAllowed, match="given by an administrator and signs nothing"):
        desk.decide(visit.session, "transport.plan", Choice.PROCEED, "Fine", user="menon", password=given)
    with pytest.raises(MustChangePassword):
        desk.unlock("menon", given)
    assert desk.me.user == "ortiz"
    desk.unlock("menon", given, NEW)
    assert desk.me.user == "menon"


def test_the_old_password_opens_nothing_once_another_was_given(desk: Desk, door: FrontDoor) -> None:
    desk.reset_password(person(desk, "lee").id, password=PASSWORD)
    desk.close()
    with pytest.raises(SignInFailed):
        door.sign_in("lee", PASSWORD)


def test_somebody_who_left_is_out_at_once_and_the_name_is_never_given_again(desk: Desk, door: FrontDoor) -> None:
    lee = person(desk, "lee")
    desk.disable(lee.id, password=PASSWORD)
    assert not person(desk, "lee").active
    with pytest.raises(SignInFailed, match="no user"):
        desk.unlock("lee", PASSWORD)
    assert all(one.user != "lee" for one in door.people())
    with pytest.raises(KnownError, match="taken"):
        desk.add_staff(NewStaff("Lee", "Other Lee", "RN", frozenset({Role.NURSE})), NEW)
    with pytest.raises(NotAllowed, match="disabled"):
        desk.reset_password(lee.id, password=PASSWORD)


def test_somebody_who_comes_back_is_the_same_person_with_a_password_for_one_use(desk: Desk, door: FrontDoor) -> None:
    lee = person(desk, "lee")
    desk.disable(lee.id, password=PASSWORD)
    given = desk.enable(lee.id, password=PASSWORD)
    with pytest.raises(NotAllowed, match="can sign in already"):
        desk.enable(lee.id, password=PASSWORD)
    desk.close()
    back = door.sign_in("lee", given, NEW)
    assert back.me.id == lee.id
    back.close()


def test_nobody_disables_themselves(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="Nobody disables themselves"):
        desk.disable(desk.me.id, password=PASSWORD)


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="last administrator stays one"):
        desk.set_roles(desk.me.id, frozenset({Role.NURSE}), password=PASSWORD)
    desk.set_roles(person(desk, "menon").id, frozenset({Role.PROVIDER, Role.ADMINISTRATOR}), password=PASSWORD)
    changed = desk.set_roles(desk.me.id, frozenset({Role.NURSE}), password=PASSWORD)
    assert desk.me.roles == changed.roles == frozenset({Role.NURSE})
    with pytest.raises(NotAllowed):
        desk.reset_password(person(desk, "lee").id, password=PASSWORD)


def test_everybody_has_at_least_one_role(desk: Desk) -> None:
    with pytest.raises(NotUnderstood, match="at least one role"):
        desk.set_roles(person(desk, "lee").id, frozenset(), password=PASSWORD)


@pytest.mark.parametrize("call", ["reset_password", "disable", "enable"])
def test_only_an_administrator_with_the_own_password_manages_people(desk: Desk, call: str) -> None:
    lee = person(desk, "lee").id
    with pytest.raises(SignInFailed):
        getattr(desk, call)(lee, password="not this one")
    with pytest.raises(NotAllowed, match="not on the staff list"):
        getattr(desk, call)(StaffId("nobody"), password=PASSWORD)
    as_user(desk, "menon")
    with pytest.raises(NotAllowed, match=r"no administrator role and may not change who may sign in"):
        getattr(desk, call)(lee, password=PASSWORD)
    assert "manage_staff" in [body["act"] for body in kept(desk, EntryKind.REFUSED)]


def test_the_last_sign_in_and_wrong_tries_since_are_shown(desk: Desk, door: FrontDoor, clock: ManualClock) -> None:
    desk.close()
    for _ in range(2):
        with pytest.raises(SignInFailed):
            door.sign_in("ortiz", "not this one")
    clock.advance(minutes=30)
    again = door.sign_in("ortiz", PASSWORD)
    assert again.last_sign_in() == "You signed in last on Wed 18-Nov-2026 at 10:42. 2 wrong passwords since."
    again.close()


def test_a_first_sign_in_has_none_before_it(desk: Desk, door: FrontDoor) -> None:
    desk.close()
    first = door.sign_in("lee", PASSWORD)
    assert first.last_sign_in() == ""
    first.close()


# ---- the recovery sheet


def test_the_recovery_sheet_lets_an_administrator_in_with_a_new_password_once(desk: Desk, door: FrontDoor) -> None:
    sheet = desk.make_recovery_sheet(password=PASSWORD)
    assert (sheet.made_by, desk.sealed_since(SlotKind.RECOVERY)) == ("R. Ortiz, RN", desk.now())
    desk.close()
    assert door.other_ways_in() == {"recovery"}
    back = door.recover(sheet.code.lower(), "ortiz", NEW)
    assert back.me.user == "ortiz"
    assert kept(back, EntryKind.KEYS)[-1]["what"] == "recovery_used"
    assert back.sealed_since(SlotKind.RECOVERY) is None
    back.close()
    assert door.other_ways_in() == frozenset()
    with pytest.raises(SignInFailed, match="no such sheet"):
        door.recover(sheet.code, "ortiz", NEW)
    door.sign_in("ortiz", NEW).close()


def test_a_used_recovery_sheet_stands_on_the_board_until_a_new_one_is_made(desk: Desk, door: FrontDoor) -> None:
    sheet = desk.make_recovery_sheet(password=PASSWORD)
    assert told(desk) == []
    desk.close()
    back = door.recover(sheet.code, "ortiz", NEW)
    assert told(back) == ["The recovery sheet was used"]
    back.make_recovery_sheet(password=NEW)
    assert told(back) == []
    back.close()


def told(desk: Desk) -> list[str]:
    return [one.title for one in desk.board().notices if "recovery" in one.title]


def test_a_new_sheet_makes_the_old_one_useless(desk: Desk, door: FrontDoor) -> None:
    old = desk.make_recovery_sheet(password=PASSWORD)
    new = desk.make_recovery_sheet(password=PASSWORD)
    desk.close()
    with pytest.raises(SignInFailed, match="do not belong together"):
        door.recover(old.code, "ortiz", NEW)
    door.recover(new.code, "ortiz", NEW).close()


def test_the_sheet_recovers_no_one_but_an_administrator_and_takes_no_weak_password(desk: Desk, door: FrontDoor) -> None:
    sheet = desk.make_recovery_sheet(password=PASSWORD)
    desk.close()
    with pytest.raises(NotAllowed, match="is no administrator"):
        door.recover(sheet.code, "lee", NEW)
    with pytest.raises(NotUnderstood, match="among the first"):
        door.recover(sheet.code, "ortiz", "password1")
    with pytest.raises(NotUnderstood, match="35 signs"):
        door.recover("7KQ2M", "ortiz", NEW)
    door.recover(sheet.code, "ortiz", NEW).close()


def test_no_code_stands_in_the_key_file_or_the_journal(desk: Desk, folder: Path) -> None:
    sheet = desk.make_recovery_sheet(password=PASSWORD)
    raw = (folder / "clinic.keys").read_text()
    said = " ".join(str(one.body) for one in desk._file.journal.entries())
    assert sheet.code not in raw + said
    assert sheet.code.split("-")[0] not in said


# ---- the emergency account


def test_the_emergency_account_names_who_and_why_and_stays_flagged_until_seen(desk: Desk, door: FrontDoor) -> None:
    seal = desk.seal_emergency(password=PASSWORD)
    desk.close()
    why = "Fire alarm, nobody else is here"
    night = door.emergency(seal.code, "Jo Reed", why)
    assert night.me.signed_name == "Jo Reed (emergency account)"
    assert night.me.roles == {Role.NURSE}
    assert [(one.name, one.reason) for one in night.emergency_uses()] == [
        ("Jo Reed", "Fire alarm, nobody else is here")
    ]
    night.close()
    day = door.sign_in("ortiz", PASSWORD)
    assert len(day.emergency_uses()) == 1
    with pytest.raises(SignInFailed):
        day.emergency_seen(password="not this one")
    day.emergency_seen(password=PASSWORD)
    assert day.emergency_uses() == ()
    day.close()


def test_the_emergency_account_nurses_and_signs_with_the_name_of_its_person(desk: Desk, door: FrontDoor) -> None:
    seal = desk.seal_emergency(password=PASSWORD)
    desk.close()
    night = door.emergency(seal.code, "Jo Reed", "Night")
    visit = Visit.begin(night, ManualClock(night.now()))
    visit.identify()
    visit.answer(transport__plan="none")
    with pytest.raises(NotAllowed, match=r"Jo Reed \(emergency account\) has no provider role"):
        night.decide(
            visit.session, "transport.plan", Choice.PROCEED, "x", user="#emergency", password=seal.code.lower()
        )
    with pytest.raises(NotAllowed):
        night.make_recovery_sheet(password=seal.code)
    assert "#emergency" in {one.user for one in night.people_with(Role.NURSE)}
    night.close()


def test_the_emergency_account_is_no_person_of_the_staff_list(desk: Desk, door: FrontDoor) -> None:
    desk.seal_emergency(password=PASSWORD)
    assert all(one.is_person for one in desk.staff())
    assert all(one.is_person for one in desk.people_with(Role.NURSE))
    assert all(not one.user.startswith("#") for one in door.people())


def test_the_emergency_account_needs_a_name_a_reason_and_the_code(desk: Desk, door: FrontDoor) -> None:
    seal = desk.seal_emergency(password=PASSWORD)
    desk.close()
    with pytest.raises(NotUnderstood):
        door.emergency(seal.code, " ", "Night")
    with pytest.raises(NotUnderstood, match="Write why"):
        door.emergency(seal.code, "Jo Reed", " ")
    with pytest.raises(NotUnderstood, match="Group 1"):
        door.emergency("22222" + seal.code[5:], "Jo Reed", "Night")


def test_a_person_cannot_take_the_user_name_of_a_sealed_code(desk: Desk) -> None:
    with pytest.raises(NotUnderstood, match="does not begin with “#”"):
        desk.add_staff(NewStaff("#emergency", "X", "", frozenset({Role.NURSE})), NEW)


def test_signing_the_discharge_is_not_for_an_administrator_alone(visit: Visit) -> None:
    desk = visit.desk
    desk.set_roles(person(desk, "lee").id, frozenset({Role.ADMINISTRATOR}), password=PASSWORD)
    visit.identify()
    as_user(desk, "lee")
    with pytest.raises(NotAllowed, match="may not write in a patient's record"):
        visit.answer(fasting__gum="none")
    assert "record" in [body["act"] for body in kept(desk, EntryKind.REFUSED)]
    assert Meaning.DISCHARGE not in {one.meaning for one in desk.open(visit.session).record.signatures}
