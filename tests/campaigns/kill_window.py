"""kill -9 at random moments of visits that are typed into the real window: nothing that was called saved is lost.

One process has imported everything and forks a player for each kill; the player makes its own QApplication, signs in
and types. A visit that was played once before stands ready at three of its stages; a player goes on from the stage in
which it is to die, so that it need not type the hours before. Every second kill comes at any moment, every other one is
aimed at a save: the kernel ends the player some microseconds after a save, chosen by chance, has begun.
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
from checklist.times import ManualClock, Moment
from checklist.ui.tour.show import MORNING
from tests.campaigns import window_player
from tests.campaigns.clinics import workplace
from tests.campaigns.sudden import killed_after
from tests.campaigns.window_player import Start

KILLS, STEP = 1000, 50
STAGES = ("open", "order", "observe")  # legs of the routine visit
LONGEST = 0.25  # seconds after the last promise that was waited for: a few more answers
WITHIN_A_SAVE = 0.0008  # seconds; a save on a RAM disk takes about that, so some kills come just after
LOG_PAGES = (1000, 8)  # SQLite's own, and so few that the log is moved into the file at every second save
PATIENCE = 120.0  # seconds without a word from the player


@dataclass(frozen=True, slots=True)
class Stage:
    """The clinic as it stands before a leg of the visit, and how often it is called saved until the next stage."""

    folder: Path
    start: Start
    saves: int


@dataclass(frozen=True, slots=True)
class Plan:
    """When to kill: from which stage, after how many promises or saves, and how long after that."""

    stage: Stage
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
        stages = _stages(place)
        for number in range(count):
            plan = _plan(chance, stages, aimed=number % 2 == 1)
            folder = Path(shutil.copytree(plan.stage.folder, place / f"kill-{number}"))
            yield _killed(folder, plan)
            shutil.rmtree(folder)


def _stages(place: Path) -> tuple[Stage, ...]:
    """Play the whole visit once and keep a copy of the folder at each stage, as a crash there would leave it."""
    folder, told = place / "practice", place / "told"
    practice.create(folder, ManualClock(MORNING), "FRONT DESK")
    child = os.fork()
    if child == 0:
        _rehearse(folder, told)
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise RuntimeError("The visit does not play to its end.")
    *reached, (_, _, _, end) = (line.split(" ", 3) for line in told.read_text("utf-8").splitlines())
    ends = [*(int(one[3]) for one in reached[1:]), int(end)]
    return tuple(
        Stage(place / leg, Start(leg, Moment.stored(at), session), until - int(saves))
        for (leg, at, session, saves), until in zip(reached, ends, strict=True)
    )


def _rehearse(folder: Path, told: Path) -> None:
    """The forked process that plays the visit to its end; never returns."""
    said = list[str]()
    lines = list[str]()

    def reached(start: Start) -> None:
        if start.leg in STAGES:
            shutil.copytree(folder, folder.with_name(start.leg))
            lines.append(f"{start.leg} {start.at.store()} {start.session} {len(said)}")

    try:
        window_player.play(folder, Start(), LOG_PAGES[0], said.append, lambda _: None, reached)
        told.write_text("\n".join([*lines, f"end - - {len(said)}"]), encoding="utf-8")
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _plan(chance: random.Random, stages: tuple[Stage, ...], *, aimed: bool) -> Plan:
    """Each save of the visit is as likely as any other."""
    (stage,) = chance.choices(stages, [one.saves for one in stages])
    after = chance.randint(1 if aimed else 0, stage.saves)
    seconds = chance.uniform(0, WITHIN_A_SAVE if aimed else LONGEST)
    return Plan(stage, aimed, chance.choice(LOG_PAGES), after, seconds)


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
        window_player.play(folder, plan.stage.start, plan.log_pages, say, watch)
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
