"""Who can open the data file: one slot per member of staff in `clinic.keys`, with the data key under a password.

The data file is encrypted with one random key. Each slot wraps that key with AES-256-GCM under a key that Argon2id
makes from the person's password. So no password is stored, a forgotten one costs no data while a colleague can sign
in, and a stolen PC shows nothing. The authenticated data of a slot names the user, the staff id, the Argon2id numbers
and the data key: whoever edits the file by hand (another staff id, cheaper numbers) makes the slot unusable.

Two more slots can be there, each under a printed code (see codes.py) in place of a password: the recovery sheet, and
the sealed emergency account. A password that an administrator gave is marked in its slot, and bound to it: the marked
slot still holds the key, so the program must ask for a new password before it goes on.

Wrong passwords slow down. A try is counted on disk before it is judged, so pulling the plug saves no guess. The wait
is measured by the monotonic clock alone, so setting the PC's clock forward does not shorten it. That clock begins
again when the PC starts: what it then shows is the least that can have passed, and that is what counts.
Removing a slot does not change the data key: whoever kept old copies of both files can still open those copies.

Only the standard library is imported here; the sign-in screen shows before the cryptography is loaded.
"""

import os
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from checklist.errors import DataFileError, NotUnderstood, SignInFailed
from checklist.store.files import turn, write_durably
from checklist.store.names import KEYS_NAME
from checklist.store.slots import (
    KEY_BYTES,
    MIN_PASSWORD,
    STANDARD,
    Cost,
    DataKey,
    KeyFile,
    Slot,
    SlotKind,
    VaultUser,
    as_bytes,
    parsed,
    unwrap,
    wrap,
)
from checklist.times import Clock

__all__ = ["KEYS_NAME", "MIN_PASSWORD", "STANDARD", "Cost", "DataKey", "SlotKind", "Vault", "VaultUser"]


LONGEST_WAIT = 300.0
CODE_USERS = {SlotKind.RECOVERY: "#recovery", SlotKind.EMERGENCY: "#emergency"}
"""The user names of the two slots that open by a printed code. No person's name may begin with the sign."""


class Vault:
    """The key file. Each change reads it afresh and writes it as a whole in one turn: two programs never mix it up."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path, who: VaultUser, password: str, cost: Cost = STANDARD) -> tuple["Vault", DataKey]:
        """Make a new data key and the first person's slot. Raises DataFileError if the file exists, NotUnderstood."""
        if path.exists():
            raise DataFileError(
                f"{path.name} already exists in {path.parent} and was not touched. Sign in with one of its users, "
                "or choose another folder for a new clinic."
            )
        key = DataKey(bytearray(os.urandom(KEY_BYTES)))
        vault = cls(path)
        vault._write(KeyFile(key.name, (wrap(key, _tidied(who), password, cost),)))
        return vault, key

    @classmethod
    def open(cls, path: Path) -> "Vault":
        """Raises DataFileError when the key file is missing, damaged or newer than this program."""
        vault = cls(path)
        vault._read()
        return vault

    def slots(self) -> tuple[Slot, ...]:
        """All slots as they stand: people, recovery sheet, emergency account. Needs no password."""
        return self._read().slots

    def users(self) -> tuple[VaultUser, ...]:
        """Every person who can sign in, by name. Needs no password."""
        people = [slot.who for slot in self._read().slots if slot.kind is SlotKind.PERSON]
        return tuple(sorted(people, key=lambda who: who.name.casefold()))

    def must_change(self, user: str) -> bool:
        """True while the password is one that an administrator gave."""
        slot = self._read().slot(_tidy(user))
        return slot is not None and slot.must_change

    def failures(self, user: str) -> int:
        """Wrong passwords in a row for this user; a right one forgets them."""
        slot = self._read().slot(_tidy(user))
        return slot.failures if slot is not None else 0

    def unlock(self, user: str, password: str, clock: Clock) -> DataKey:
        """The data key. Raises SignInFailed for a wrong pair or while the person has to wait."""
        counted, key_name = self._counted(user, clock)
        key = unwrap(counted, password, key_name)
        if key is None:
            raise SignInFailed(_wrong_pair(counted.failures), wait_after(counted.failures))
        self._change(lambda content: content.with_slot(replace(_needed(content, user), failures=0, failed_at=0.0)))
        return key

    def _counted(self, user: str, clock: Clock) -> tuple[Slot, str]:
        """The person's slot with one more try on disk, and the name of the data key."""
        with turn(self.path):
            content = self._read()
            slot = content.slot(_tidy(user))
            if slot is None:
                raise SignInFailed(f"There is no user “{user.strip()}” on this PC. Check the name, then try again.")
            _refuse_while_waiting(slot, clock.monotonic())
            counted = replace(slot, failures=slot.failures + 1, failed_at=clock.monotonic())
            self._write(content.with_slot(counted))
        return counted, content.key_name

    def verify(self, user: str, password: str, clock: Clock) -> VaultUser:
        """Prove that this person is here, for a signature. Counts and slows down as signing in does."""
        self.unlock(user, password, clock)
        return _needed(self._read(), user).who

    def add(self, key: DataKey, who: VaultUser, password: str, cost: Cost = STANDARD) -> None:
        """Give one more person a slot. Raises DataFileError (name taken, other key), NotUnderstood (password)."""
        who = _tidied(who)
        if who.user.startswith("#"):
            raise NotUnderstood("A user name does not begin with “#”. Nothing was saved. Choose another one.")
        with turn(self.path):
            content = self._read_for(key)
            if content.slot(who.user) is not None:
                raise DataFileError(f"The user name “{who.user}” is taken. Nothing was changed. Choose another one.")
            self._write(content.with_slot(wrap(key, who, password, cost)))

    def set_password(
        self, key: DataKey, who: VaultUser, password: str, cost: Cost = STANDARD, *, must_change: bool = False
    ) -> None:
        """A new password for somebody, with a slot made anew where it was taken away; failures are forgotten.

        Raises DataFileError (other key), NotUnderstood (password).
        """
        slot = wrap(key, _tidied(who), password, cost, must_change=must_change)
        self._change(lambda content: content.with_slot(slot), key)

    def seal(self, key: DataKey, kind: SlotKind, who: VaultUser, code: str, cost: Cost = STANDARD) -> None:
        """Put the key under a printed code; the code of this kind that was there before opens nothing any more."""
        sealed = VaultUser(CODE_USERS[kind], who.staff_id, who.name.strip())
        slot = wrap(key, sealed, code, cost, kind=kind)
        self._change(lambda content: content.with_slot(slot), key)

    def remove(self, user: str) -> None:
        """Take a slot away. The last person's stays: without it nobody could ever open the data."""
        self._change(lambda content: _without(content, user))

    def _change(self, change: Callable[[KeyFile], KeyFile], key: DataKey | None = None) -> None:
        """In one turn: what another program wrote meanwhile stays. With `key`, only in the file of this very key."""
        with turn(self.path):
            self._write(change(self._read_for(key) if key is not None else self._read()))

    def _read(self) -> KeyFile:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError as error:
            raise DataFileError(
                f"The key file {self.path.name} is missing from {self.path.parent}. Without it the data cannot be "
                "opened. Nothing was changed. Bring it back from a backup, then try again."
            ) from error
        except OSError as error:
            raise DataFileError(
                f"The key file {self.path.name} in {self.path.parent} cannot be read. Nothing was changed. "
                "Check that you may read this folder, then try again."
            ) from error
        return parsed(raw, self.path)

    def _read_for(self, key: DataKey) -> KeyFile:
        """The content, when it belongs to this very key: a slot with another key would open nothing."""
        content = self._read()
        if content.key_name != key.name:
            raise DataFileError(
                f"{self.path.name} belongs to other data than the data that is open. Nothing was changed. "
                "Bring back the key file that belongs to it, then try again."
            )
        return content

    def _write(self, content: KeyFile) -> None:
        write_durably(self.path, as_bytes(content))


def _tidy(user: str) -> str:
    return unicodedata.normalize("NFKC", user).strip().casefold()


def _tidied(who: VaultUser) -> VaultUser:
    user = _tidy(who.user)
    if not user:
        raise NotUnderstood("A user needs a name to sign in with. Nothing was saved. Type one, then try again.")
    return VaultUser(user, who.staff_id, who.name.strip())


def _without(content: KeyFile, user: str) -> KeyFile:
    slot = _needed(content, user)
    if [other for other in content.slots if other.kind is SlotKind.PERSON] == [slot]:
        raise DataFileError(
            f"“{slot.who.user}” is the only user who can open the data, so nothing was changed. Add another user first."
        )
    return replace(content, slots=tuple(other for other in content.slots if other is not slot))


def _needed(content: KeyFile, user: str) -> Slot:
    slot = content.slot(_tidy(user))
    if slot is None:
        raise DataFileError(f"There is no user “{user.strip()}”. Nothing was changed.")
    return slot


def wait_after(failures: int) -> float:
    """Seconds before the next try: 0, 0, 1, 2, 4, ... and never more than five minutes."""
    return 0.0 if failures < 3 else min(LONGEST_WAIT, 2.0 ** min(failures - 3, 16))


def _refuse_while_waiting(slot: Slot, monotonic: float) -> None:
    passed = monotonic - slot.failed_at if monotonic >= slot.failed_at else monotonic
    left = wait_after(slot.failures) - passed
    if left > 0:
        raise SignInFailed(
            f"After {slot.failures} wrong passwords there is a pause. Wait {_spoken(left)}, then try again.", left
        )


def _wrong_pair(failures: int) -> str:
    wait = wait_after(failures)
    pause = f"Wait {_spoken(wait)}, then try again." if wait else "Try again."
    times = "" if failures == 1 else f" This was try {failures} in a row."
    return f"This name and this password do not belong together.{times} {pause}"


def _spoken(seconds: float) -> str:
    whole = max(1, round(seconds))
    return "1 second" if whole == 1 else f"{whole} seconds"
