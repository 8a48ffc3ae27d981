"""kill -9 at random moments of visits that are typed into the real window: nothing that was called saved is lost.

One process has imported everything and forks a player for each kill; the player makes its own QApplication and types
the visit from the sign-in on. Every second kill comes at any moment of the visit, every other one is aimed at a save:
the kernel ends the player some microseconds after a save, chosen by chance, has begun.
"""

import mmap
import os
import random
import select
import shutil
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checklist.desk import practice
from checklist.store.datafile import DataFile
from checklist.store.vault import KEYS_NAME, Vault
from checklist.times import ManualClock
from checklist.ui.tour.show import MORNING
from tests.campaigns import window_player
from tests.campaigns.clinics import workplace
from tests.campaigns.sudden import killed_after

KILLS, STEP = 1000, 50
SAVES = 66  # a routine visit is called saved about that often after the sign-in
LONGEST = 0.25  # seconds after the last promise that was waited for: a few more answers
WITHIN_A_SAVE = 0.0008  # seconds; a save on a RAM disk takes about that, so some kills come just after
LOG_PAGES = (1000, 8)  # SQLite's own, and so few that the log is moved into the file at every second save
PATIENCE = 120.0  # seconds without a word from the player


@dataclass(frozen=True, slots=True)
class Plan:
    """When to kill: after so many promises or saves, and how long after that."""

    aimed: bool
    log_pages: int
    after: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: how many entries were promised and are there, whether it came within a save, and what is wrong."""

    promised: int
    there: int
    in_a_save: bool
    wrong: str


def kills(count: int, seed: int) -> Iterator[Killed]:
    """Kill the program `count` times, each time in a fresh copy of the practice clinic."""
    chance = random.Random(seed)
    window_player.read_all_modules()
    with workplace() as place:
        template = place / "practice"
        practice.create(template, ManualClock(MORNING), "FRONT DESK")
        for number in range(count):
            folder = Path(shutil.copytree(template, place / f"kill-{number}"))
            yield _killed(folder, _plan(chance, aimed=number % 2 == 1))
            shutil.rmtree(folder)


def _plan(chance: random.Random, *, aimed: bool) -> Plan:
    after = chance.randint(1 if aimed else 0, SAVES)
    return Plan(aimed, chance.choice(LOG_PAGES), after, chance.uniform(0, WITHIN_A_SAVE if aimed else LONGEST))


def _killed(folder: Path, plan: Plan) -> Killed:
    saving = mmap.mmap(-1, 1)  # both processes see it: 1 while a save is under way
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _player(folder, plan, writer, saving)
    os.close(writer)
    said, status = _heard_until_dead(child, reader, plan)
    os.close(reader)
    in_a_save = saving[0] == 1
    saving.close()
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        return Killed(0, 0, in_a_save, f"The visit ended before it was killed (status {status}).")
    words = [line.split() for line in said.decode("ascii").splitlines(keepends=True) if line.endswith("\n")]
    if not words:
        return Killed(0, 0, in_a_save, "The program stopped before it could promise anything.")
    seq, digest = words[-1]
    return _checked(folder, int(seq), digest, in_a_save=in_a_save)


def _player(folder: Path, plan: Plan, writer: int, saving: mmap.mmap) -> None:
    """The forked process: plays until it is killed; never returns."""
    begun = 0

    def say(line: str) -> None:
        os.write(writer, line.encode("ascii"))

    def watch(is_saving: bool) -> None:
        nonlocal begun
        saving[0] = int(is_saving)
        if plan.aimed and is_saving:
            begun += 1
            if begun == plan.after:
                killed_after(plan.seconds)

    try:
        window_player.play(folder, plan.log_pages, say, watch)
        signal.pause()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _heard_until_dead(child: int, reader: int, plan: Plan) -> tuple[bytes, int]:
    """Everything the player said, and how it ended. An aimed kill comes by itself, the others from here."""
    said = b""
    while plan.aimed or said.count(b"\n") <= plan.after:
        ready, _, _ = select.select([reader], [], [], PATIENCE)
        more = os.read(reader, 4096) if ready else b""
        if not more:
            break
        said += more
    time.sleep(0 if plan.aimed else plan.seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while more := os.read(reader, 4096):
        said += more
    return said, status


def _checked(folder: Path, promised: int, digest: str, *, in_a_save: bool) -> Killed:
    """Open the file as the next morning would, read all of it, and look for what was promised last."""
    clock = ManualClock(MORNING)
    key = Vault.open(folder / KEYS_NAME).unlock("ortiz", practice.PASSWORD, clock)
    with DataFile.open(folder, key, clock, "FRONT DESK") as file:
        start, check = file.check_start(), file.verify()
        found = file.journal.entries(after_seq=promised - 1)
        there = file.journal.last_seq
    wrong = " ".join(start.problems + check.problems)
    if not wrong and (not found or found[0].seq != promised or found[0].hash != digest):
        wrong = f"Entry {promised} was called saved and is not there."
    return Killed(promised, there, in_a_save, wrong)


def missed(count: int = KILLS, seed: int = 2026) -> int:
    """Kill so often, print the figures; how many kills lost or damaged something."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    began, done = time.perf_counter(), list[Killed]()
    for one in kills(count, seed):
        done.append(one)
        if one.wrong:
            print(f"  kill {len(done)}: {one.wrong}", flush=True)
        if len(done) % STEP == 0 or len(done) == count:
            lost, within = sum(bool(each.wrong) for each in done), sum(each.in_a_save for each in done)
            seconds = time.perf_counter() - began
            told = f"{len(done)} kills, seed {seed}, {within} within a save, {lost} with a loss or damage"
            print(f"kill -9 at the window: {told}, {seconds:.0f} s", flush=True)
    more = sum(one.there - one.promised for one in done if not one.wrong)
    print(f"  entries promised when killed: {sum(one.promised for one in done)}; written, not yet promised: {more}")
    return sum(bool(one.wrong) for one in done)
