"""`checklist backup`, `restore` and `verify`: the same work as in the window, for scripts and for the worst day."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from checklist.commands.outcome import Outcome
from checklist.errors import KnownError, NotUnderstood

if TYPE_CHECKING:
    from checklist.desk import FrontDoor
    from checklist.desk.restore import Offer

FAILED = 1
LONGEST_PASSWORD_FILE = 10_000


def backup(door: "FrontDoor", target: Path, user: str, password_file: Path | None) -> Outcome:
    """Make and prove one backup of the clinic's data, also while the window is open."""
    from checklist.desk.service import open_service

    user = user or _only_user(door.people())
    service = open_service(door, user, _password(password_file, user))
    outcome = service.backup(str(target.absolute()), _quiet)
    if not outcome.proven:
        return Outcome(complaints=(outcome.sentence,), code=FAILED)
    remark = service.note(outcome)
    return Outcome(f"{outcome.sentence}\n{remark}\n" if remark else f"{outcome.sentence}\n")


def verify(door: "FrontDoor", place: Path | None, user: str, password_file: Path | None) -> Outcome:
    """Read a data folder or a backup wholly; the exit code is 1 and the sentence names the first bad entry."""
    from checklist.desk.backup_door import open_offer, who_can_open
    from checklist.desk.restore import ProveJob, offers_in
    from checklist.desk.service import data_check, holds_data, is_backup

    if place is not None and not place.exists():
        raise KnownError(f"{place} is not there. Nothing was read. Plug the drive in, or check the name.")
    place = place if place is None or place.is_dir() else place.parent
    if place is not None and is_backup(place):
        offer = offers_in(place)[0]
        user = user or _only_user(who_can_open(door, offer.path))
        opened = open_offer(door, offer.path, user, _password(password_file, user))
        return Outcome(ProveJob(opened).run(_quiet) + "\n")
    if place is not None and not holds_data(place):
        raise KnownError(
            f"{place} holds neither a clinic's data nor a backup. Nothing was read. Choose another folder."
        )
    looked_at = door if place is None else door.elsewhere(place)
    user = user or _only_user(looked_at.people())
    found = data_check(looked_at, user, _password(password_file, user)).run(_quiet)
    if found.problems:
        return Outcome(complaints=(found.sentence,), code=FAILED)
    return Outcome(found.sentence + "\n")


def restore(door: "FrontDoor", place: Path, user: str, password_file: Path | None) -> Outcome:
    """Bring back the newest backup found at a place; what is there now is set aside, never overwritten."""
    from checklist.desk.backup_door import open_to_restore, who_can_open
    from checklist.desk.restore import RestoreJob, offers_in

    offer = next(iter(_fitting(offers_in(place), practice=door.practice)), None)
    if offer is None:
        raise KnownError(f"{place} holds backups of practice data only, or only of real data. Nothing was changed.")
    sys.stderr.write(f"Backup of {offer.when}, {offer.holds}.\n")
    user = user or _only_user(who_can_open(door, offer.path, to_restore=True))
    opened = open_to_restore(door, offer.path, user, _password(password_file, user))
    return Outcome(RestoreJob(opened, door.folder, door.clock, door.workstation).run(_quiet) + "\n")


def _fitting(offers: "tuple[Offer, ...]", *, practice: bool) -> "list[Offer]":
    return [offer for offer in offers if offer.practice == practice]


def _quiet(_what: str, _done: int, _of: int) -> None:
    """The command line waits."""


def _only_user(people: "tuple[tuple[str, str], ...]", ask: Callable[[str], str] = input) -> str:
    """The one person who can open it; asked for when there are several."""
    if len(people) == 1:
        return people[0][0]
    try:
        return ask("User: ")
    except EOFError as error:
        raise NotUnderstood("Several people can open it. Say which one with --user.") from error


def _password(file: Path | None, user: str) -> str:
    """From the first line of a file, else typed without being shown. Raises NotUnderstood."""
    if file is None:
        try:
            return getpass.getpass(f"Password of {user}: ")
        except EOFError as error:
            raise NotUnderstood("No password was given. Use --password-file where nobody can type.") from error
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.readline(LONGEST_PASSWORD_FILE).rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise NotUnderstood(f"The password file {file} cannot be read. Check its name and its encoding.") from error
