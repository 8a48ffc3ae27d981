"""How the file, a commit, a backup and a check grow with the years: all must stay in proportion."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from checklist.store.backup import Wanted, make_backup
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.slots import DataKey
from tests.bench.store import bare_insert
from tests.campaigns.clinics import ENTRIES_A_SESSION, MORNING, clinic_of, new_key, visits, workplace
from tests.store.drafts import answer

SIZES = (10, 100, 1000)  # visits
COMMITS = 400
HEADER = (
    "| visits | entries | file, MB | KB a visit | commit p50, ms | p99 | times a bare insert | start check, ms "
    "| backup and proof, s | CPU ms a 1000 entries |\n|---|---|---|---|---|---|---|---|---|---|"
)


def lines(sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    with workplace() as place:
        key = new_key()
        drive = place / "drive"
        drive.mkdir()
        data, there = clinic_of(place / "clinic", key, 0), 1
        try:
            for size in sizes:
                for drafts in visits(there + 1, size - there):
                    data.journal.append(*drafts)
                there = size
                yield _line(place, data, key, drive, size)
        finally:
            data.close()


def _line(place: Path, data: DataFile, key: DataKey, drive: Path, visits_: int) -> str:
    ours, bare = _interleaved(lambda: data.journal.append(answer("a measured answer")), bare_insert(place))
    entries = data.journal.last_seq
    data._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = (data.folder / DATA_NAME).stat().st_size
    start = _seconds(lambda: data.check_start()) * 1000
    busy = time.process_time()
    whole = _seconds(lambda: make_backup(Wanted(data.folder, key, MORNING, "pc", practice=False), drive))
    busy = time.process_time() - busy  # the wall clock also shows what else this PC does
    ratio = statistics.median(ours) / statistics.median(bare)
    return (
        f"| {visits_} | {entries:,} | {size / 1e6:.1f} | {size / 1e3 / entries * ENTRIES_A_SESSION:.0f} "
        f"| {statistics.median(ours) * 1000:.2f} | {sorted(ours)[int(len(ours) * 0.99)] * 1000:.2f} | {ratio:.2f} "
        f"| {start:.1f} | {whole:.2f} | {busy * 1e6 / entries:.1f} |"
    )


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
