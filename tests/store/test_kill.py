"""Promise 2: what the program said was saved is there, whenever it is killed, and no half of anything else is."""

import random
import time
from pathlib import Path

import pytest

from checklist.model import EntryKind
from checklist.store.datafile import DataFile
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.store.drafts import patient, session
from tests.store.processes import KILLS, started

FILES = 2


def append_until_killed(folder: Path, key: DataKey, chance: random.Random) -> int:
    """The last number the other process said was saved before it was killed at a random moment."""
    with started("tests.store.appender", str(folder), key.secret.hex()) as process:
        assert process.stdout is not None
        for _ in range(chance.randint(1, 40)):
            acknowledged = process.stdout.readline()
        # Anywhere within the next few appends: before, within or after a commit.
        moment = time.perf_counter() + chance.uniform(0, 0.003)
        while time.perf_counter() < moment:
            pass
        process.kill()
        said_since = process.stdout.read().splitlines(keepends=True)
    complete = [line for line in [acknowledged, *said_since] if line.endswith("\n")]
    return int(complete[-1])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FILES))
def test_everything_acknowledged_survives_kill_9(
    data: DataFile, folder: Path, key: DataKey, clock: ManualClock, seed: int
) -> None:
    data.journal.append(patient(), session())
    data.close()
    chance = random.Random(seed)
    for _ in range(KILLS // FILES):
        acknowledged = append_until_killed(folder, key, chance)
        with DataFile.open(folder, key, clock, "front-desk") as opened:
            last = opened.journal.last_seq
            assert acknowledged <= last <= acknowledged + 2
            parts = [
                (entry.body["number"], entry.body["part"]) for entry in opened.journal.entries(kinds=[EntryKind.ROW])
            ]
            numbers = [number for number, _ in parts[::2]]
            assert parts == [(number, of_two) for number in numbers for of_two in (1, 2)]
            assert len(set(numbers)) == len(numbers)
            assert opened.verify().ok
