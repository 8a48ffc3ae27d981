"""The fields of a new staff member: used for the first one and for every later one."""

from PySide6.QtWidgets import QWidget

from checklist.desk import FieldError, NewStaff
from checklist.model import Role
from checklist.ui.widgets.form import Form
from checklist.ui.widgets.segmented import Segment

SHORTEST_PASSWORD = 8
ROLES = {
    "nurse": frozenset({Role.NURSE}),
    "provider": frozenset({Role.PROVIDER}),
    "nurse_administrator": frozenset({Role.NURSE, Role.ADMINISTRATOR}),
    "provider_administrator": frozenset({Role.PROVIDER, Role.ADMINISTRATOR}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}
_FIRST = (Segment("nurse", "Nurse", "1"), Segment("provider", "Provider", "2"))
_LATER = (
    *_FIRST,
    Segment("nurse_administrator", "Nurse, administrator", "3"),
    Segment("provider_administrator", "Provider, administrator", "4"),
    Segment("administrator", "Administrator only", "5"),
)


class StaffForm(Form):
    """Name, credentials, role, user and password twice."""

    def __init__(self, parent: QWidget, *, first: bool) -> None:
        super().__init__(parent)
        self.begin_row()
        self.add_text("staff_name", "Name", help="As it stands beside signatures: R. Ortiz", share=3)
        self.add_text("credentials", "Credentials", help="RN, MD, CRNA", share=2)
        self.end_row()
        self.add_choice("roles", "Role", _FIRST if first else _LATER)
        self.add_text("user", "User name", help="For signing in. It is never given to another person.")
        self.begin_row()
        self.add_text("password", "Password", password=True, help=f"{SHORTEST_PASSWORD} characters or more")
        self.add_text("again", "Password again", password=True)
        self.end_row()

    def read(self) -> tuple[NewStaff, str]:
        """The person and the password. Raises FieldError for the field that cannot stand."""
        values = self.values()
        if not values["staff_name"].strip():
            raise FieldError("staff_name", "Type the name.")
        if not values["roles"]:
            raise FieldError("roles", "Choose the role.")
        if not values["user"].strip():
            raise FieldError("user", "Type a user name.")
        _check_password(values["password"], values["again"])
        person = NewStaff(values["user"], values["staff_name"], values["credentials"], ROLES[values["roles"]])
        return person, values["password"]

    def show_refusal(self, refused: FieldError) -> bool:
        """Say it at its field; the desk calls the staff member's name `name`."""
        return self.show_problem("staff_name" if refused.field == "name" else refused.field, refused.sentence)


def _check_password(password: str, again: str) -> None:
    """Only its length is judged: long and easy beats short and clever."""
    if len(password) < SHORTEST_PASSWORD:
        raise FieldError("password", f"Use {SHORTEST_PASSWORD} characters or more. A short sentence is good.")
    if password != again:
        raise FieldError("again", "The two passwords are not the same. Type the second one again.")
