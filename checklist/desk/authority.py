"""Who may do what, in one place.

What is not listed here needs no role: opening and reading, printing, booking a visit. A refused attempt is an entry of
the journal. The table is enforced by the program, not by cryptography: see SECURITY.md.
"""

from collections.abc import Mapping
from enum import StrEnum

from checklist.model import Role


class Act(StrEnum):
    """Something that needs a role; the value ends the sentence “… may not …”."""

    RECORD = "write in a patient's record"
    DECIDE = "decide a provider's finding"
    TAKE_ORDER = "take an order by telephone"
    CLEAR_CHECKED = "sign the nurse's check"
    CLEAR_PROVIDER = "sign the provider's clearance"
    CHECK_DOSE = "check a dose as the second person"
    WITNESS_WASTE = "witness the waste"
    DISCHARGE = "sign the discharge"
    AMEND = "amend a record"
    AUTHENTICATE = "sign an order given by telephone"
    HAND_OVER = "hand over a patient or take one over"
    LET_GO = "judge that a patient may leave against advice"
    CODE_COURSE = "choose a diagnosis code"
    DECIDE_COURSE = "decide how a course goes on"
    MANAGE_STAFF = "change who may sign in"
    MANAGE_KEYS = "make a recovery sheet or seal the emergency account"
    MANAGE_BACKUPS = "choose where backups go"
    RESTORE = "bring back a backup"


NURSING = frozenset({Role.NURSE, Role.PROVIDER})
MAY: Mapping[Act, frozenset[Role]] = {
    Act.RECORD: NURSING,
    Act.DECIDE: frozenset({Role.PROVIDER}),
    Act.TAKE_ORDER: NURSING,
    Act.CLEAR_CHECKED: NURSING,
    Act.CLEAR_PROVIDER: frozenset({Role.PROVIDER}),
    Act.CHECK_DOSE: NURSING,
    Act.WITNESS_WASTE: NURSING,
    Act.DISCHARGE: NURSING,
    Act.AMEND: NURSING,
    Act.AUTHENTICATE: frozenset({Role.PROVIDER}),
    Act.HAND_OVER: NURSING,
    Act.LET_GO: frozenset({Role.PROVIDER}),
    Act.CODE_COURSE: frozenset({Role.PROVIDER}),
    Act.DECIDE_COURSE: frozenset({Role.PROVIDER}),
    Act.MANAGE_STAFF: frozenset({Role.ADMINISTRATOR}),
    Act.MANAGE_KEYS: frozenset({Role.ADMINISTRATOR}),
    Act.MANAGE_BACKUPS: frozenset({Role.ADMINISTRATOR}),
    Act.RESTORE: frozenset({Role.ADMINISTRATOR}),
}


def with_article(role: str) -> str:
    """`a nurse`, `an administrator`"""
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
