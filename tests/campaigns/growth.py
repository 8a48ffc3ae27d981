"""How the file, a commit, a backup, a check and the desk's lists grow with ten years of visits.

The years are written on a RAM disk where there is one, and copied at each size to the disk that is measured: only a
commit on a real disk says anything, and only the reading of a whole file takes long.
"""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from checklist.desk import Desk
from checklist.desk.journal_view import JournalWish
from checklist.store.backup import Wanted, make_backup
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.names import KEYS_NAME
from checklist.store.slots import DataKey
from checklist.store.vault import Vault
from checklist.times import ManualClock, Moment
from tests.bench.store import bare_insert
from tests.campaigns import years
from tests.campaigns.clinics import workplace
from tests.desk.visit import PASSWORD, front_door
from tests.store.drafts import answer

SIZES = (10, 100, 1000, 10_000)  # visits
COMMITS = 400
TRIES = 5
RAM = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
HEADER = (
    "| visits | entries | file, MB | KB a visit | commit p50, ms | p99 | times a bare insert | start check, ms "
    "| backup and proof, s | CPU s | verify, CPU s |\n|---|---|---|---|---|---|---|---|---|---|---|"
)
LISTS_HEADER = (
    "| visits | Today | Records | drug log | search “fam”, 20 found | search, one found | journal of a patient "
    "|\n|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Clinic:
    """A copy of the clinic after so many visits, on the disk that is measured."""

    folder: Path
    visits: int

    @property
    def evening(self) -> Moment:
        """After the last visit of the last day."""
        return years.begins(self.visits - 1).plus(hours=3)

    def key(self) -> DataKey:
        return Vault.open(self.folder / KEYS_NAME).unlock("ortiz", PASSWORD, ManualClock(self.evening))


def grown(sizes: tuple[int, ...] = SIZES) -> Iterator[Clinic]:
    """The clinic at each size; a copy lasts until the next is asked for."""
    with TemporaryDirectory(dir=RAM if RAM.is_dir() else None) as name, workplace() as place:
        folder, clock, there = Path(name) / "clinic", ManualClock(years.FIRST_DAY), 0
        pattern = years.begin(folder)
        for size in sizes:
            desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
            years.write(pattern, desk._file, clock, there, size - there)
            desk.close()
            there = size
            yield Clinic(Path(shutil.copytree(folder, place / f"after-{size}")), size)
            shutil.rmtree(place / f"after-{size}")


def file_line(clinic: Clinic) -> str:
    """What the data file costs at this size."""
    key, drive = clinic.key(), clinic.folder.with_name("drive")
    size = (clinic.folder / DATA_NAME).stat().st_size
    with DataFile.open(clinic.folder, key, ManualClock(clinic.evening), "pc") as data:
        entries = data.journal.last_seq
        ours, bare = _interleaved(lambda: data.journal.append(answer("a measured answer")), bare_insert(drive.parent))
        start = _seconds(lambda: data.check_start()) * 1000
        drive.mkdir()
        busy = time.process_time()
        wanted = Wanted(data.folder, key, clinic.evening, "pc", practice=False)
        whole = _seconds(lambda: make_backup(wanted, drive))
        busy = time.process_time() - busy  # the wall clock also shows what else this PC does
        shutil.rmtree(drive)
        verify = _busy(lambda: _found_whole(data))
    ratio = statistics.median(ours) / statistics.median(bare)
    return (
        f"| {clinic.visits:,} | {entries:,} | {size / 1e6:.1f} | {size / 1e3 / clinic.visits:.0f} "
        f"| {statistics.median(ours) * 1000:.2f} | {sorted(ours)[int(len(ours) * 0.99)] * 1000:.2f} | {ratio:.2f} "
        f"| {start:.1f} | {whole:.1f} | {busy:.1f} | {verify:.1f} |"
    )


def lists_line(clinic: Clinic) -> str:
    """CPU milliseconds until the desk has each list, at a desk just opened; the least of five tries."""
    lists = (
        _first_time(clinic, lambda desk: desk.board()),
        _first_time(clinic, lambda desk: desk.records()),
        _first_time(clinic, lambda desk: desk.drug_log(14)),
        _first_time(clinic, lambda desk: desk.find_patients("fam")),
        _first_time(clinic, lambda desk: desk.find_patients("family0000")),
        _first_time(clinic, lambda desk: desk.journal_page(JournalWish(patient=years.patient_id(0)))),
    )
    return f"| {clinic.visits:,} | {' | '.join(f'{one * 1000:.0f}' for one in lists)} |"


def _first_time(clinic: Clinic, ask: Callable[[Desk], object]) -> float:
    tries = []
    for _ in range(TRIES):
        desk = front_door(clinic.folder, ManualClock(clinic.evening)).sign_in("ortiz", PASSWORD)
        tries.append(_busy(partial(ask, desk)))
        desk.close()
    return min(tries)


def _found_whole(data: DataFile) -> None:
    assert data.verify().ok


def _interleaved(one: Callable[[], object], other: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Both in turn, so that a busy disk slows both."""
    ours, bare = [], []
    for _ in range(COMMITS):
        ours.append(_seconds(one))
        bare.append(_seconds(other))
    return ours[20:], bare[20:]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _busy(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
