"""Two people, one clinic: two programs that both want it at once, and two people who take turns at one PC.

What was called written is there, once, under the name of who wrote it; the chain is whole; and the one who comes second
reads a sentence.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from checklist.model import EntryKind, SessionId
from checklist.store.datafile import DataFile
from checklist.store.names import KEYS_NAME
from checklist.store.vault import Vault
from checklist.times import ManualClock
from tests.campaigns.clinics import workplace
from tests.campaigns.two_users_player import MOST_AT_A_TIME, answered
from tests.desk.visit import MORNING, PASSWORD, Visit, front_door
from tests.desk.written import write_clinic
from tests.store.processes import started

USERS = ("ortiz", "lee")
AT_ONCE = 1000  # answers of each of two programs
IN_TURN = 1500  # answers of each of two people at one PC
ALREADY_OPEN = (
    "The clinic's data is already open in another window of this program. Nothing was changed. "
    "Go to that window, or close it and try again."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both wrote and met; `wrong` holds sentences, none when all is well."""

    what: str
    written: int
    sign_ins: int
    refused: int
    wrong: tuple[str, ...]

    def text(self) -> str:
        told = f"{self.written:,} answers in {self.sign_ins:,} sign-ins, {self.refused:,} refused with the sentence"
        return "\n".join([f"two users, {self.what}: {told}; wrong: {len(self.wrong)}", *self.wrong[:10]])


def outcomes(at_once: int = AT_ONCE, in_turn: int = IN_TURN) -> Iterator[Outcome]:
    with workplace() as place:
        yield _at_once(place / "at once", at_once)
        yield _in_turn(place / "in turn", in_turn)


def _at_once(folder: Path, count: int) -> Outcome:
    """Two processes, each with its own sign-in, on the same folder."""
    session = _begun(folder)
    processes = {
        user: started("tests.campaigns.two_users_player", str(folder), user, session, str(count), str(seed))
        for seed, user in enumerate(USERS)
    }
    with ThreadPoolExecutor() as listeners:  # both at once: who is not listened to would stop with the clinic open
        heard = listeners.map(lambda process: process.communicate()[0].splitlines(), processes.values())
        lines = dict(zip(processes, heard, strict=True))
    said = {user: dict(_entry(line) for line in lines[user] if line.startswith("wrote ")) for user in USERS}
    refusals = [line.removeprefix("refused ") for user in USERS for line in lines[user] if line.startswith("refused ")]
    wrong = [f"{user} ended with {process.returncode}" for user, process in processes.items() if process.returncode]
    wrong += [one for one in refusals if one != ALREADY_OPEN]
    return _looked_into(folder, session, "two programs at once", said, refusals.count(ALREADY_OPEN), wrong)


def _in_turn(folder: Path, count: int) -> Outcome:
    """One PC: one person leaves, the other signs in."""
    session, chance, clock = _begun(folder), random.Random(2026), ManualClock(MORNING)
    said: dict[str, dict[int, str]] = {user: {} for user in USERS}
    while any(len(said[user]) < count for user in USERS):
        for user in USERS:
            desk = front_door(folder, clock).sign_in(user, PASSWORD)
            some = min(chance.randint(1, MOST_AT_A_TIME), count - len(said[user]))
            said[user] |= dict(answered(desk, session, some, chance))
            clock.advance(minutes=1)
            desk.close()
    return _looked_into(folder, session, "in turn at one PC", said, 0, [])


def _begun(folder: Path) -> SessionId:
    write_clinic(folder)
    clock = ManualClock(MORNING)
    desk = front_door(folder, clock).sign_in(USERS[0], PASSWORD)
    session = Visit.begin(desk, clock).session
    desk.close()
    return session


def _entry(line: str) -> tuple[int, str]:
    _, seq, digest = line.split()
    return int(seq), digest


def _looked_into(
    folder: Path, session: SessionId, what: str, said: Mapping[str, Mapping[int, str]], refused: int, wrong: list[str]
) -> Outcome:
    """Read the whole file and hold it against what was said."""
    clock = ManualClock(MORNING)
    vault = Vault.open(folder / KEYS_NAME)
    key = vault.unlock(USERS[0], PASSWORD, clock)
    ids = {who.user: who.staff_id for who in vault.users()}
    with DataFile.open(folder, key, clock, "pc") as data:
        wrong += [*data.check_start().problems, *data.verify().problems]
        entries = {one.seq: one for one in data.journal.each()}
    for user, lines in said.items():
        theirs = {seq: entries.get(seq) for seq in lines}
        wrong += [
            f"entry {seq} is not as it was said" for seq, one in theirs.items() if not one or one.hash != lines[seq]
        ]
        wrong += [f"entry {seq} does not name {user}" for seq, one in theirs.items() if one and one.by != ids[user]]
    answers = Counter(one.by for one in entries.values() if one.session == session and one.kind is EntryKind.ANSWER)
    wrong += [f"{user} wrote otherwise often" for user in said if answers[ids[user]] != len(said[user])]
    written = sum(len(lines) for lines in said.values())
    sign_ins = sum(one.kind is EntryKind.SIGN_IN and one.by in ids.values() for one in entries.values())
    return Outcome(what, written, sign_ins, refused, tuple(wrong))
