"""One of two people who both want the same clinic: signs in again and again, answers some questions, and leaves.

Arguments: the folder, the user, the session, how many answers in all, a seed. Prints what it met, a line each:
`wrote SEQ HASH` only after the desk has returned, `refused SENTENCE` when the other one was in.
"""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from checklist.desk import Desk
from checklist.errors import DataFileError
from checklist.model import SessionId
from checklist.times import SystemClock
from tests.desk.visit import PASSWORD, ZONE, front_door

MOST_AT_A_TIME = 25
PAUSE = 0.05  # seconds at most between two tries


def main(folder: Path, user: str, session: SessionId, wanted: int, seed: int) -> None:
    chance, written = random.Random(seed), 0
    door = front_door(folder, SystemClock(ZONE))
    while written < wanted:
        try:
            desk = door.sign_in(user, PASSWORD)
        except DataFileError as refused:
            _say(f"refused {refused.sentence}")
        else:
            count = min(chance.randint(1, MOST_AT_A_TIME), wanted - written)
            for seq, digest in answered(desk, session, count, chance):
                _say(f"wrote {seq} {digest}")
            desk.close()
            written += count
        time.sleep(chance.uniform(0, PAUSE))


def answered(desk: Desk, session: SessionId, count: int, chance: random.Random) -> Iterator[tuple[int, str]]:
    """Answer a question so often; the number and the hash of each entry, told as soon as the desk has returned."""
    for _ in range(count):
        desk.answer(session, "transport.name", f"Escort {chance.randint(1, 10_000)}")
        last = desk._file.journal.entries(after_seq=desk._file.journal.last_seq - 1)[-1]
        yield last.seq, last.hash


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], SessionId(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
