"""Staff: who they are, add one, change what they may do, take their way in away; lock and unlock."""

from dataclasses import replace

from checklist.desk.authority import Act
from checklist.desk.codec import Body
from checklist.desk.core import DeskCore, new_id
from checklist.desk.entry import FieldError, NewStaff, form_field
from checklist.desk.passwords import check_password
from checklist.errors import MustChangePassword, NotAllowed, NotUnderstood
from checklist.model import Draft, EntryKind, Role, Staff, StaffId
from checklist.parse import parse_name, parse_text
from checklist.store.codes import TEMPORARY_GROUPS, new_code
from checklist.store.vault import VaultUser
from checklist.times import written_date, written_time

LONGEST_CREDENTIALS = 40
CHANGE_IT = (
    "This password was given by an administrator. Choose one of your own now; nobody else will know it. "
    "Until then nothing is opened."
)


def staff_body(person: Staff) -> Body:
    return {
        "id": person.id,
        "user": person.user,
        "name": person.name,
        "credentials": person.credentials,
        "roles": [*sorted(role.value for role in person.roles)],
        "active": person.active,
    }


def checked_staff(person: NewStaff) -> Staff:
    """A new staff member with names put in order; FieldError names the field that cannot stand."""
    name = form_field("name", lambda: parse_name(person.name))
    user = form_field("user", lambda: parse_name(person.user))
    credentials = form_field("credentials", lambda: parse_text(person.credentials, LONGEST_CREDENTIALS).strip())
    if user.startswith("#"):
        raise FieldError("user", "A user name does not begin with “#”. Choose another one.")
    if not person.roles:
        raise FieldError("roles", "Choose at least one role: nurse, provider or administrator.")
    return Staff(id=StaffId(new_id()), user=user, name=name, credentials=credentials, roles=person.roles)


class PeopleDesk(DeskCore):
    """Use cases about staff and their passwords."""

    def staff(self) -> tuple[Staff, ...]:
        """Every person, also those who have left; without the emergency account."""
        return tuple(person for person in self._staff.values() if person.is_person)

    def people_with(self, role: Role) -> tuple[Staff, ...]:
        """Active staff with a role, by name."""
        return self._active(role)

    def add_staff(self, person: NewStaff, password: str) -> Staff:
        """A colleague who can sign in; administrators only. Raises NotAllowed, FieldError, NotUnderstood."""
        self._allow(self.me, Act.MANAGE_STAFF)
        staff = checked_staff(person)
        if any(staff.user.casefold() == other.user.casefold() for other in self._staff.values()):
            raise FieldError("user", f"“{staff.user}” is taken. User names are never given again; choose another.")
        self._check_password(password, staff)
        self._vault.add(self._key, _vault_user(staff), password, self._cost)
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(staff)))
        self._read_staff()
        return staff

    # ---- passwords

    def change_password(self, old: str, new: str) -> None:
        """My own new password. Raises SignInFailed (old one wrong), NotUnderstood (new one easily guessed)."""
        self._signed_in(self.me.user, old)
        self._set_own(self.me, new)

    def reset_password(self, staff_id: StaffId, *, password: str) -> str:
        """A password for one use, to be handed over; whoever gets it must choose a new one at once.

        `password`: the administrator's own. Raises NotAllowed, SignInFailed.
        """
        person = self._managed(staff_id, password)
        if not person.active:
            raise NotAllowed(f"{person.signed_name} is disabled. Nothing was changed. Enable this person instead.")
        return self._give_password(person)

    def disable(self, staff_id: StaffId, *, password: str) -> None:
        """From now on this person opens and signs nothing. What they entered keeps their name."""
        person = self._managed(staff_id, password)
        if person.id == self.me.id:
            why = "Nobody disables themselves. Nothing was changed. Ask the other administrator."
            self._refuse(self.me, Act.MANAGE_STAFF, why)
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(replace(person, active=False))))
        self._read_staff()
        if any(slot.who.user == person.user.casefold() for slot in self._vault.slots()):
            self._vault.remove(person.user)

    def enable(self, staff_id: StaffId, *, password: str) -> str:
        """Let somebody back in under the same user name, with a password for one use."""
        person = self._managed(staff_id, password)
        if person.active:
            raise NotAllowed(f"{person.signed_name} can sign in already. Nothing was changed.")
        back = replace(person, active=True)
        code = self._give_password(back)
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(back)))
        self._read_staff()
        return code

    def set_roles(self, staff_id: StaffId, roles: frozenset[Role], *, password: str) -> Staff:
        """What somebody may do from now on; what they signed before keeps the role it was signed in."""
        person = self._managed(staff_id, password)
        if not roles:
            raise NotUnderstood("Choose at least one role: nurse, provider or administrator. Nothing was changed.")
        others = [one for one in self._active(Role.ADMINISTRATOR) if one.id != person.id]
        if Role.ADMINISTRATOR not in roles and not others:
            why = "The last administrator stays one. Nothing was changed. Name another one first."
            self._refuse(self.me, Act.MANAGE_STAFF, why)
        changed = replace(person, roles=roles)
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(changed)))
        self._read_staff()
        self.me = self._staff[self.me.id]
        return changed

    def _managed(self, staff_id: StaffId, password: str) -> Staff:
        """The person an administrator acts on, once the administrator's own password was right."""
        self._allow(self.me, Act.MANAGE_STAFF)
        person = self._staff.get(staff_id)
        if person is None or not person.is_person:
            raise NotAllowed("This person is not on the staff list. Nothing was changed.")
        self._signed_in(self.me.user, password)
        return person

    def _give_password(self, person: Staff) -> str:
        code = new_code(TEMPORARY_GROUPS)
        self._vault.set_password(self._key, _vault_user(person), code, self._cost, must_change=True)
        self._append(Draft(EntryKind.KEYS, self.me.id, {"what": "password_reset", "who": person.id}))
        return code

    def _set_own(self, person: Staff, new: str) -> None:
        self._check_password(new, person)
        self._vault.set_password(self._key, _vault_user(person), new, self._cost)
        self._append(Draft(EntryKind.KEYS, person.id, {"what": "password_changed", "who": person.id}))

    def _check_password(self, password: str, person: Staff) -> None:
        if not self.practice:
            check_password(password, (self.clinic.name, person.name, person.user))

    # ---- at the desk

    @property
    def wrong_tries(self) -> int:
        """Wrong passwords under my name between my last sign-in and this one."""
        return self._refused_before

    def last_sign_in(self) -> str:
        """`You signed in last on Tue 17-Nov-2026 at 16:40 on FRONT-DESK. 2 wrong passwords since.`; "" the first time.

        A person who reads a time that was not theirs knows that somebody else has their password.
        """
        entry, failed = self._last_sign_in, self._refused_before
        if entry is None:
            return ""
        at = entry.entered
        day = f"{at.local:%a} {written_date(at.local.date())}"
        tries = f" {failed} wrong password{'' if failed == 1 else 's'} since." if failed else ""
        return f"You signed in last on {day} at {written_time(at)}.{tries}"

    def lock(self) -> None:
        if not self._file.journal.read_only:
            self._append(Draft(EntryKind.LOCKED, self.me.id, {}))

    def unlock(self, user: str, password: str, new_password: str = "") -> None:
        """The same or another person goes on at this PC.

        Raises SignInFailed; MustChangePassword until `new_password` is given where an administrator gave the old one.
        """
        refused_before = self._vault.failures(user)
        if self._vault.must_change(user):
            self._vault.verify(user, password, self.clock)
            if not new_password:
                raise MustChangePassword(CHANGE_IT)
            self._choose_own(self._person(user), password, new_password)
            password = new_password
        self.me = self._signed_in(user, password)
        self._opened.clear()
        self.note_sign_in(refused_before)

    def change_password_given(self, given: str, new: str) -> None:
        """At the first use of a password that an administrator gave. Raises NotUnderstood."""
        self._choose_own(self.me, given, new)

    def _choose_own(self, person: Staff, given: str, new: str) -> None:
        if new == given:
            raise NotUnderstood("This is the password that was given to you. Nothing was saved. Choose another one.")
        self._set_own(person, new)


def _vault_user(person: Staff) -> VaultUser:
    return VaultUser(person.user, person.id, person.name)
