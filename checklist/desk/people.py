"""Staff: who may sign in, add a colleague, lock and change over."""

from checklist.desk.codec import Body
from checklist.desk.core import DeskCore, new_id
from checklist.desk.entry import FieldError, NewStaff, form_field
from checklist.model import Draft, EntryKind, Role, Staff, StaffId
from checklist.parse import parse_name, parse_text
from checklist.store.vault import VaultUser

LONGEST_CREDENTIALS = 40


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
    if not person.roles:
        raise FieldError("roles", "Choose at least one role: nurse, provider or administrator.")
    return Staff(id=StaffId(new_id()), user=user, name=name, credentials=credentials, roles=person.roles)


class PeopleDesk(DeskCore):
    """Use cases about staff."""

    def staff(self) -> tuple[Staff, ...]:
        return tuple(self._staff.values())

    def people_with(self, role: Role) -> tuple[Staff, ...]:
        """Active staff with a role, by name."""
        return self._active(role)

    def add_staff(self, person: NewStaff, password: str) -> Staff:
        """A colleague who can sign in; administrators only. Raises NotAllowed, FieldError, NotUnderstood."""
        self._need(self.me, Role.ADMINISTRATOR)
        staff = checked_staff(person)
        if any(staff.user.casefold() == other.user.casefold() for other in self._staff.values()):
            raise FieldError("user", f"“{staff.user}” is taken. User names are never given again; choose another.")
        self._vault.add(self._key, VaultUser(staff.user, staff.id, staff.name), password, self._cost)
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(staff)))
        self._read_staff()
        return staff

    def lock(self) -> None:
        self._append(Draft(EntryKind.LOCKED, self.me.id, {}))

    def unlock(self, user: str, password: str) -> None:
        """The same or another person goes on at this PC. Raises SignInFailed."""
        self.me = self._signed_in(user, password)
        self._append(Draft(EntryKind.SIGN_IN, self.me.id, {"user": self.me.user}))
