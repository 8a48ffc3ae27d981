"""Plays visits without end and says what the screen would call saved, only after the desk has returned.

Argument: the folder. Each line is JSON: session, item, value as read. It is killed while it works.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from checklist.desk import Desk
from checklist.model import SessionId
from checklist.snapshot import Snapshot
from checklist.times import ManualClock
from tests.desk.visit import MORNING, PASSWORD, front_door

Saved = tuple[str, str]


def steps(desk: Desk, session: SessionId, turn: int) -> Iterator[Saved]:
    """One line of the screen after the other: what was saved, and its value."""
    for item, text in (
        ("transport.name", f"Escort {turn}"),
        ("asq.1", "no" if turn % 2 else "yes"),
        ("vitals.weight", f"68.{turn % 10}"),
    ):
        yield item, said(desk, desk.answer(session, item, text, confirmed=True), item)
    reading = desk.record_reading(session, f"1{turn % 40 + 10}/80 72 98 14 36.6", confirmed=True).record.readings[-1]
    yield f"reading {reading.id}", f"{reading.sbp}/{reading.dbp}"
    medicine = desk.add_medicine(session, f"medicine {turn}").record.medicines[-1]
    yield f"medicine {medicine.id}", medicine.typed
    effect = desk.record_effect(session, f"nausea 1 turn {turn}").record.effects[-1]
    yield f"effect {effect.id}", effect.action


def said(desk: Desk, snapshot: Snapshot, item: str) -> str:
    answer = snapshot.answer(item)
    assert answer is not None
    return desk.shown(snapshot, answer)


def main(folder: Path) -> None:
    desk = front_door(folder, ManualClock(MORNING)).sign_in("ortiz", PASSWORD)
    patient = desk.find_patients("lindqvist")[0]
    session = patient.open_session or desk.new_session(patient.patient.id).record.session.id
    turn = desk._file.journal.last_seq  # so that no value was ever said before
    while True:
        turn += 1
        for item, value in steps(desk, session, turn):
            sys.stdout.write(json.dumps([session, item, value]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
