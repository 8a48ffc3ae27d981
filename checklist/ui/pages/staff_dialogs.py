"""What an administrator does about a colleague's way in, and what everybody does about their own password."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from checklist.desk.board import Desk
from checklist.errors import KnownError
from checklist.model import Role, Staff
from checklist.ui.pages.staff_form import ROLES
from checklist.ui.pages.ways_in import NEW_PASSWORD, with_new_password
from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.session.parts.dialog import VisitDialog
from checklist.ui.widgets.bars import QuestionBar
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.segmented import Segment
from checklist.ui.widgets.text import text_label

Told = Callable[[str, str], None]
"""Show a code that was made: a title and the code."""


def tried(call: Callable[[], object]) -> str:
    """Do it; "" or the sentence why not."""
    try:
        call()
    except KnownError as refused:
        return refused.sentence
    return ""


def change_password_dialog(desk: Desk, parent: QWidget) -> AskDialog:
    """My own new password."""
    fields = (AskField("old", "Password so far", password=True), *NEW_PASSWORD)
    submit = with_new_password(lambda values, new: tried(lambda: desk.change_password(values["old"], new)))
    return AskDialog("Change my password", "", fields, "Change it", submit, parent)


def person_dialog(desk: Desk, person: Staff, show_code: Told, parent: QWidget) -> AskDialog:
    """One member of staff: a password for one use, what they may do, in or out."""
    out = Segment("disable", "Disable at once", "3") if person.active else Segment("enable", "Let back in", "3")
    doings = (Segment("password", "Password for one use", "1"), Segment("roles", "Change the role", "2"), out)
    now = next((key for key, roles in ROLES.items() if roles == person.roles), "")
    fields = (
        AskField("what", "What is to be done?", choices=doings),
        AskField("roles", "Role from now on", choices=_role_segments(), help=f"Now: {now.replace('_', ', ')}."),
        AskField("password", "Your own password", password=True),
    )

    def submit(values: Mapping[str, str]) -> str:
        return _carry_out(desk, person, values, show_code)

    return AskDialog(person.signed_name, f"User name {person.user}.", fields, "Do it", submit, parent)


def _role_segments() -> tuple[Segment, ...]:
    words = {
        "nurse": "Nurse",
        "provider": "Provider",
        "nurse_administrator": "Nurse, administrator",
        "provider_administrator": "Provider, administrator",
        "administrator": "Administrator only",
    }
    return tuple(Segment(key, words[key], str(number)) for number, key in enumerate(ROLES, 1))


def _carry_out(desk: Desk, person: Staff, values: Mapping[str, str], show_code: Told) -> str:
    own = values["password"]
    match values["what"]:
        case "password":
            return _given(person, show_code, lambda: desk.reset_password(person.id, password=own))
        case "enable":
            return _given(person, show_code, lambda: desk.enable(person.id, password=own))
        case "disable":
            return tried(lambda: desk.disable(person.id, password=own))
        case "roles":
            roles: frozenset[Role] = ROLES.get(values["roles"], frozenset())
            return tried(lambda: desk.set_roles(person.id, roles, password=own))
        case _:
            return "Choose what is to be done."


def _given(person: Staff, show_code: Told, give: Callable[[], str]) -> str:
    codes: list[str] = []
    sentence = tried(lambda: codes.append(give()))
    for code in codes:
        show_code(f"Password for {person.signed_name}, for one use", code)
    return sentence


class CodeDialog(VisitDialog):
    """A code in large letters. It is shown this once and kept nowhere, so a stray Enter or Escape does not close it."""

    def __init__(self, title: str, code: str, what_to_do: str, parent: QWidget) -> None:
        super().__init__(title, parent, width=620)
        shown = text_label(code, "code", self, wrap=True)
        shown.setObjectName("code")
        shown.setAccessibleName(f"Code: {code}")
        self.column.addWidget(shown)
        self.column.addWidget(text_label(what_to_do, "subtitle", self, wrap=True))
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.close_button = Button("Close…", self)
        self.close_button.clicked.connect(self.reject)
        self.buttons.addWidget(self.close_button)
        self.column.addLayout(self.buttons)
        self.question = QuestionBar(self, yes="Yes, close", no="No, not yet")
        self.question.confirmed.connect(self.accept)
        self.question.rejected.connect(self._stay)
        self.column.addWidget(self.question)
        self.close_button.setFocus()

    def reject(self) -> None:
        """Close, Escape, or the cross of the window: ask first. Enter alone does not say yes."""
        self.question.show_question("It is shown this once. Is it printed or written down?")
        self.fit()

    def _stay(self) -> None:
        self.fit()
        self.close_button.setFocus()


def given_password_dialog(title: str, code: str, parent: QWidget) -> CodeDialog:
    """Hand it over by word or on paper: it opens nothing but the way to a new password."""
    words = (
        "Read it out or write it down for this person. At the first sign-in with it a new password has to be chosen, "
        "which nobody else will know. It is shown this once."
    )
    return CodeDialog(title, code, words, parent)
