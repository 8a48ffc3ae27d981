"""Before anybody is signed in: is there a data file, who can sign in, and the way to the desk.

Nothing here imports rules, database or cryptography until a password is given: the sign-in window must stand at once.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checklist import resources
from checklist.store.names import KEYS_NAME, PROTOCOL_NAME, is_restore_unfinished, other_ways_in, people

if TYPE_CHECKING:
    from checklist.desk.board import Desk
    from checklist.desk.entry import ClinicDraft, NewStaff
    from checklist.medicines import MedicineTable
    from checklist.protocol import Protocol
    from checklist.store.vault import Cost
    from checklist.times import Clock

__all__ = ["PRACTICE_PASSWORD", "PROTOCOL_NAME", "FrontDoor", "Person"]
# Shown on the sign-in screen of the practice file, which holds invented people only.
PRACTICE_PASSWORD = "practice"  # noqa: S105 - said on the sign-in page; invented patients only


class Person(NamedTuple):
    """Somebody who can sign in, as the key file names them without a password."""

    user: str
    name: str


class FrontDoor:
    """The data folder, seen from outside."""

    def __init__(
        self, folder: Path, *, clock: "Clock", practice: bool, workstation: str, cost: "Cost | None" = None
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.practice = practice
        self.workstation = workstation
        self.cost = cost  # None: the vault's own standard

    @property
    def is_new(self) -> bool:
        """True when no clinic has been set up in this folder."""
        return not (self.folder / KEYS_NAME).exists() and not is_restore_unfinished(self.folder)

    def people(self) -> tuple[Person, ...]:
        """Who can sign in. Raises DataFileError when the key file is damaged."""
        return tuple(Person(user, name) for user, name in people(self.folder / KEYS_NAME))

    def other_ways_in(self) -> frozenset[str]:
        """The printed codes that open this clinic's data: `recovery`, `emergency`. Raises DataFileError."""
        return other_ways_in(self.folder / KEYS_NAME)

    def protocol(self) -> "Protocol":
        """The clinic's own protocol.toml in the data folder, else the shipped one. Raises ProtocolError."""
        from checklist.protocol import files

        own = self.folder / PROTOCOL_NAME
        return files.own(own) if own.exists() else files.shipped()

    def check_protocol(self) -> None:
        """Read the clinic's own protocol, where there is one: a mistake is told before any window opens.

        Raises ProtocolError. The shipped one was tested; reading it here would only delay the sign-in.
        """
        if (self.folder / PROTOCOL_NAME).exists():
            self.protocol()

    def medicines(self) -> "MedicineTable":
        return _shipped_medicines()

    def create(self, clinic: "ClinicDraft", person: "NewStaff", password: str) -> "Desk":
        """Set up the clinic with its first staff member, who is an administrator too. Raises FieldError, NotSaved."""
        from checklist.desk import opening

        return opening.create(self, clinic, person, password)

    def sign_in(self, user: str, password: str, new_password: str = "") -> "Desk":
        """Open the data file for this person. Raises SignInFailed, MustChangePassword, DataFileError, ProtocolError."""
        from checklist.desk import opening

        return opening.sign_in(self, user, password, new_password)

    def recover(self, code: str, user: str, new_password: str) -> "Desk":
        """Come in with the recovery sheet, as an administrator with a new password. Raises as `sign_in` does."""
        from checklist.desk import opening

        return opening.recover(self, code, user, new_password)

    def emergency(self, code: str, name: str, reason: str) -> "Desk":
        """Come in with the emergency account; name and reason are kept and shown. Raises as `sign_in` does."""
        from checklist.desk import opening

        return opening.emergency(self, code, name, reason)

    def read_what_is_left(self, user: str, password: str) -> "Desk":
        """Open a damaged data file for reading alone. Raises SignInFailed, DataFileError (nothing can be read)."""
        from checklist.desk import opening

        return opening.read_what_is_left(self, user, password)

    def finish_restore(self) -> None:
        """Go on with a restore that a power cut stopped. Raises BackupFailed, DataFileError."""
        if is_restore_unfinished(self.folder):
            from checklist.store.restore import finish_restore

            finish_restore(self.folder)

    def elsewhere(self, folder: Path) -> "FrontDoor":
        """The same door before another folder."""
        return FrontDoor(folder, clock=self.clock, practice=self.practice, workstation=self.workstation, cost=self.cost)


@cache
def _shipped_medicines() -> "MedicineTable":
    """Read once: the files do not change while the program runs."""
    from checklist.medicines import load_sealed

    return load_sealed(resources.read_text)
