"""kill -9 at random moments of visits that are typed into the real window: nothing that was called saved is lost."""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checklist.desk import practice
from checklist.store.datafile import DataFile
from checklist.store.vault import KEYS_NAME, Vault
from checklist.times import ManualClock
from checklist.ui.tour.show import MORNING
from tests.store.processes import started

KILLS, STEP = 1000, 50
LONGEST = 0.25  # seconds after the last promise that was read: a few more answers


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: how many entries were promised, how many are there, and what is wrong ("" when nothing is)."""

    promised: int
    there: int
    wrong: str


def kills(count: int, seed: int) -> Iterator[Killed]:
    """Kill the program `count` times, each time in a fresh copy of the practice clinic."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "practice"
        practice.create(template, ManualClock(MORNING), "FRONT DESK")
        for number in range(count):
            folder = Path(shutil.copytree(template, Path(place) / f"kill-{number}"))
            yield _killed(folder, chance)
            shutil.rmtree(folder)


def _killed(folder: Path, chance: random.Random) -> Killed:
    wanted = chance.randint(0, 75)  # a routine visit is called saved about that often
    with started("tests.campaigns.window_player", str(folder)) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(wanted + 1)]
        time.sleep(chance.uniform(0, LONGEST))
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    said = [line.split() for line in lines if line.endswith("\n") and line != "end\n"]
    if not said:
        return Killed(0, 0, "The program stopped before it could promise anything.")
    seq, digest = said[-1]
    return _checked(folder, int(seq), digest)


def _checked(folder: Path, promised: int, digest: str) -> Killed:
    """Open the file as the next morning would, read all of it, and look for what was promised last."""
    clock = ManualClock(MORNING)
    key = Vault.open(folder / KEYS_NAME).unlock("ortiz", practice.PASSWORD, clock)
    with DataFile.open(folder, key, clock, "FRONT DESK") as file:
        check = file.verify()
        found = file.journal.entries(after_seq=promised - 1)
        there = file.journal.last_seq
    if not check.ok:
        return Killed(promised, there, " ".join(check.problems))
    if not found or found[0].hash != digest:
        return Killed(promised, there, f"Entry {promised} was called saved and is not there.")
    return Killed(promised, there, "")


def missed(count: int = KILLS, seed: int = 2026) -> int:
    """Kill so often, print the figures; how many kills lost or damaged something."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began, wrong, promised, more = time.perf_counter(), [], 0, 0
    for number, one in enumerate(kills(count, seed), 1):
        promised += one.promised
        more += 0 if one.wrong else one.there - one.promised
        wrong += [one.wrong] if one.wrong else []
        if number % STEP == 0 or number == count:
            seconds = time.perf_counter() - began
            told = f"{number} kills, seed {seed}, {len(wrong)} with a loss or damage, {seconds:.0f} s"
            print(f"kill -9 at the window: {told}", flush=True)
    print(f"  entries promised when killed: {promised}; written but not yet promised: {more}", *wrong[:10], sep="\n  ")
    return len(wrong)
