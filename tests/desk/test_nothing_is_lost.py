"""Promise 2: whatever the screen called saved is in the record, whenever the program is killed."""

import json
import random
import time
from pathlib import Path

import pytest

from checklist.desk import Desk
from checklist.model import ItemId, SessionId
from checklist.snapshot import Snapshot
from checklist.times import ManualClock
from tests.desk.visit import PASSWORD, front_door
from tests.store.processes import KILLS, started

Saved = tuple[str, str, str]
FILES = 4
LONGEST = 0.03  # seconds after the last line was read: some ten saved values further


def play_until_killed(folder: Path, chance: random.Random) -> list[Saved]:
    """Everything that the other process said was saved, in order."""
    with started("tests.desk.player", str(folder)) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(0, 25))]
        moment = time.perf_counter() + chance.uniform(0, LONGEST)
        while time.perf_counter() < moment:
            pass
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    whole = [json.loads(line) for line in lines if line.endswith("\n")]
    return [(session, item, value) for session, item, value in whole]


def lost(desk: Desk, said_saved: list[Saved]) -> list[Saved]:
    """What was called saved and is not in the record with its value."""
    records = {session: desk.open(SessionId(session)) for session, _, _ in said_saved}
    return [one for one in said_saved if one[2] not in values(desk, records[one[0]], one[1])]


def values(desk: Desk, snapshot: Snapshot, item: str) -> list[str]:
    """Every value that the record holds for an item or a row."""
    record = snapshot.record
    rows = {f"reading {one.id}": f"{one.sbp}/{one.dbp}" for one in record.readings}
    rows |= {f"medicine {one.id}": one.typed for one in record.medicines}
    rows |= {f"effect {one.id}": one.action for one in record.effects}
    if item in rows:
        return [rows[item]]
    return [desk.shown(snapshot, one) for one in record.history.get(ItemId(item), ())]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(FILES))
def test_everything_called_saved_survives_kill_9(folder: Path, clock: ManualClock, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = 0
    for _ in range(KILLS // FILES):
        said_saved = play_until_killed(folder, chance)
        acknowledged += len(said_saved)
        desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
        assert desk._file.verify().ok
        assert lost(desk, said_saved) == []
        desk.close()
    assert acknowledged > KILLS // FILES


def test_a_value_that_was_never_saved_would_be_noticed(desk: Desk) -> None:
    patient = desk.find_patients("lindqvist")[0].patient
    session = desk.new_session(patient.id).record.session.id
    desk.answer(session, "transport.name", "Escort 1")
    assert lost(desk, [(session, "transport.name", "Escort 1")]) == []
    for never in ((session, "transport.name", "Escort 2"), (session, "asq.1", "No"), (session, "reading 1", "1/2")):
        assert lost(desk, [never]) == [never]
