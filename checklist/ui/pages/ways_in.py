"""Dialogs before the sign-in: a first password of one's own, the recovery sheet, the emergency account."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from checklist.ui.session.parts.ask import AskDialog, AskField
from checklist.ui.widgets.person_picker import Named
from checklist.ui.widgets.segmented import Segment

Call = Callable[[Mapping[str, str]], str]
"""Does what was asked with the values of the fields; gives "" or the sentence why not."""
NEW_PASSWORD = (
    AskField("new", "New password", help="A short sentence is good. Common passwords are refused.", password=True),
    AskField("again", "New password again", password=True),
)
NOT_THE_SAME = "The two new passwords are not the same. Type both again."


def new_password_of(values: Mapping[str, str]) -> str | None:
    """The new password; None when the two are not the same."""
    return values["new"] if values["new"] == values["again"] else None


def with_new_password(call: Callable[[Mapping[str, str], str], str]) -> Call:
    """`call` with the new password, once both fields say the same."""

    def checked(values: Mapping[str, str]) -> str:
        new = new_password_of(values)
        return NOT_THE_SAME if new is None else call(values, new)

    return checked


def own_password_dialog(why: str, choose: Callable[[str], str], parent: QWidget) -> AskDialog:
    """The first use of a password that an administrator gave."""
    submit = with_new_password(lambda _values, new: choose(new))
    return AskDialog("Choose your own password", why, NEW_PASSWORD, "Choose it", submit, parent)


def recovery_dialog(people: Sequence[Named], recover: Callable[[str, str, str], str], parent: QWidget) -> AskDialog:
    """Come in with the recovery sheet. `recover(code, user, new password)` gives "" or why not."""
    who = tuple(Segment(one.user, one.name, str(place) if place < 10 else "") for place, one in enumerate(people, 1))
    fields = (
        AskField("code", "Code on the recovery sheet", help="Seven groups; small letters and blanks do not matter."),
        AskField("user", "Administrator", choices=who),
        *NEW_PASSWORD,
    )

    def submit(values: Mapping[str, str], new: str) -> str:
        return recover(values["code"], values["user"], new) if values["user"] else "Choose the administrator."

    why = "It lets one administrator in with a new password, once. Make and seal a new sheet afterwards."
    return AskDialog("Recovery sheet", why, fields, "Sign in", with_new_password(submit), parent)


def emergency_dialog(enter: Callable[[str, str, str], str], parent: QWidget) -> AskDialog:
    """Come in with the emergency account. `enter(code, name, reason)` gives "" or why not."""
    fields = (
        AskField("code", "Code in the sealed envelope", help="Seven groups; small letters and blanks do not matter."),
        AskField("name", "Your own name"),
        AskField("reason", "Why is it needed?"),
    )
    why = "Everything entered carries your name. Each use is shown to everybody until an administrator has seen it."
    return AskDialog(
        "Emergency account",
        why,
        fields,
        "Sign in",
        lambda values: enter(values["code"], values["name"], values["reason"]),
        parent,
    )
