"""The two sealed ways in: the recovery sheet and the emergency account. Each is a printed code in an envelope.

The recovery sheet lets an administrator back in when no administrator's password is known. It opens once.
The emergency account lets a nurse of the clinic work when nobody who can sign in is there. Each use stands on Today for
everybody until an administrator has looked at it.
"""

from dataclasses import dataclass, replace

from checklist.desk.authority import Act
from checklist.desk.codec import text_of
from checklist.desk.core import new_id
from checklist.desk.people import PeopleDesk, staff_body
from checklist.model import Draft, Entry, EntryKind, Role, Staff, StaffId
from checklist.store.codes import new_code
from checklist.store.vault import CODE_USERS, SlotKind, VaultUser
from checklist.times import Moment

__all__ = ["EmergencyUse", "KeysDesk", "SealedCode", "SlotKind"]

EMERGENCY_NAME = "Emergency account"


@dataclass(frozen=True, slots=True)
class SealedCode:
    """A code as it goes on paper, once: it is kept nowhere."""

    kind: SlotKind
    code: str
    made: Moment
    made_by: str  # the administrator's signed name


@dataclass(frozen=True, slots=True)
class EmergencyUse:
    """One sign-in with the emergency account that no administrator has looked at yet."""

    at: Moment
    name: str
    reason: str


class KeysDesk(PeopleDesk):
    """Use cases about the sealed codes."""

    def make_recovery_sheet(self, *, password: str) -> SealedCode:
        """A new code for the envelope; the sheet made before opens nothing any more.

        Raises NotAllowed, SignInFailed.
        """
        return self._sealed(SlotKind.RECOVERY, VaultUser("", StaffId(""), "Recovery sheet"), password)

    def seal_emergency(self, *, password: str) -> SealedCode:
        """A new code for the emergency account; the one before opens nothing any more."""
        self._allow(self.me, Act.MANAGE_KEYS)
        account = self._emergency_account()
        return self._sealed(SlotKind.EMERGENCY, VaultUser("", account.id, EMERGENCY_NAME), password)

    def _sealed(self, kind: SlotKind, who: VaultUser, password: str) -> SealedCode:
        self._allow(self.me, Act.MANAGE_KEYS)
        self._signed_in(self.me.user, password)
        code, now = new_code(), self.now()
        self._vault.seal(self._key, kind, who, code, self._cost)
        self._append(Draft(EntryKind.KEYS, self.me.id, {"what": f"{kind.value}_sealed"}))
        return SealedCode(kind, code, now, self.me.signed_name)

    def _emergency_account(self) -> Staff:
        """The account as a member of staff; made when it is first sealed. It nurses; it decides and manages nothing."""
        user = CODE_USERS[SlotKind.EMERGENCY]
        known = next((person for person in self._staff.values() if person.user == user), None)
        if known is not None:
            return known
        account = Staff(StaffId(new_id()), user, EMERGENCY_NAME, "", frozenset({Role.NURSE}))
        self._append(Draft(EntryKind.STAFF, self.me.id, staff_body(account)))
        self._read_staff()
        return account

    def sealed_since(self, kind: SlotKind) -> Moment | None:
        """When the code that opens now was made; None when there is none."""
        if all(slot.kind is not kind for slot in self._vault.slots()):
            return None
        made = [one.entered for one in self._key_entries() if text_of(one.body, "what") == f"{kind.value}_sealed"]
        return made[-1] if made else None

    # ---- after a use

    def recovered(self, new: str) -> None:
        """I came in with the recovery sheet: my new password; the sheet has done its work. Raises NotUnderstood."""
        if Role.ADMINISTRATOR not in self.me.roles:
            why = (
                f"{self.me.signed_name} is no administrator. Nothing was changed. "
                "Choose an administrator: that person can then give all others a new password."
            )
            self._refuse(self.me, Act.MANAGE_KEYS, why)
        self._set_own(self.me, new)
        self._vault.remove(CODE_USERS[SlotKind.RECOVERY])
        self._append(Draft(EntryKind.KEYS, self.me.id, {"what": "recovery_used", "who": self.me.id}))

    @property
    def is_recovery_used(self) -> bool:
        """The recovery sheet has opened once and no new one was made since."""
        whats = [what for one in self._key_entries() if (what := text_of(one.body, "what")).startswith("recovery_")]
        return whats[-1:] == ["recovery_used"]

    def emergency_uses(self) -> tuple[EmergencyUse, ...]:
        """Uses of the emergency account since an administrator last said to have seen them, oldest first."""
        account = CODE_USERS[SlotKind.EMERGENCY]
        if all(person.user != account for person in self._staff.values()):
            return ()
        seen = [one.seq for one in self._key_entries() if text_of(one.body, "what") == "emergency_seen"]
        after = seen[-1] if seen else 0
        entries = self._file.journal.of_desk_between([EntryKind.SIGN_IN], after)
        uses = [one for one in entries if text_of(one.body, "user") == account]
        return tuple(EmergencyUse(one.entered, *_who_and_why(one)) for one in uses)

    def emergency_seen(self, *, password: str) -> None:
        """An administrator has looked at every use of the emergency account until now."""
        self._allow(self.me, Act.MANAGE_KEYS)
        self._signed_in(self.me.user, password)
        self._append(Draft(EntryKind.KEYS, self.me.id, {"what": "emergency_seen"}))

    def work_as_emergency(self, name: str, reason: str, refused_before: int) -> None:
        """The person behind the emergency account, from the sign-in on: their name stands beside what they sign."""
        self.me = replace(self.me, name=f"{name} ({EMERGENCY_NAME.lower()})")
        self.note_sign_in(refused_before, {"emergency_name": name, "emergency_reason": reason})

    def _key_entries(self) -> tuple[Entry, ...]:
        return self._file.journal.of_desk_between([EntryKind.KEYS])


def _who_and_why(entry: Entry) -> tuple[str, str]:
    return text_of(entry.body, "emergency_name"), text_of(entry.body, "emergency_reason")
