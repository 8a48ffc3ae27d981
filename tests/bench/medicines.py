"""Medicines, in processor time: loading, each key press of the type-ahead, reading entries, the command's process."""

import csv
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from string import ascii_lowercase

from checklist.medicines import MedicineTable, Suggester, find
from checklist.resources import names, read_text
from tests.bench.figures import Figure

FOUR = "Lexapro 10 mg qam, wellbutrin XL 150, klonopinn 0.5 mg prn & blue pill at night"
PROCESS = """
import sys, time
sys.modules["PySide6"] = None
from checklist.cli import main
code = main(["medicines", "--json", "xanax 0.5 mg at night", "lexipro 20"])
print(time.process_time() * 1000, file=sys.stderr)
sys.exit(code)
"""


def _bare_csv() -> int:
    """Read the same files with the csv module alone: the floor of loading."""
    files = [name for name in names("medicines") if name.endswith(".csv")]
    return sum(len(list(csv.reader(io.StringIO(read_text(f"medicines/{name}"))))) for name in files)


def _processor_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Processor time of the quickest round: of several hundred texts one is always disturbed by something else."""
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken) * 1000


def _worst(table: MedicineTable, typed: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of the slowest text, and of a plain search through all names for it: the floor of a key press."""
    suggester = Suggester(table)
    suggester.suggest("zolpidemm")  # makes its list and imports the spelling library, once
    keys = [name.key for name in table.names]
    slowest, text = max((_processor_ms(partial(suggester.suggest, text)), text) for text in typed)
    return slowest, _processor_ms(lambda: [key for key in keys if text in key])


def _process_ms() -> float:
    """Processor time of the command's whole process, the middle of five."""
    command = [sys.executable, "-c", PROCESS]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(5)]
    return statistics.median(float(done.stderr) for done in runs)


def figures() -> Iterator[Figure]:
    loading, floor = _processor_ms(lambda: MedicineTable.load(read_text)), _processor_ms(_bare_csv)
    yield Figure("medicine table loaded", loading, "ms", floor)
    table = MedicineTable.load(read_text)
    pairs = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]
    ten = [name.key for name in table.names if len(name.key) == 10 and name.key.isalpha()]
    misspelt = [f"{key[:4]}q{key[5:]}" for key in ten]
    for what, typed in (("two letters", pairs), ("a misspelt name of ten letters", misspelt)):
        slowest, bare = _worst(table, typed)
        name = f"type-ahead, slowest of {len(typed)}: {what}"
        yield Figure(name, slowest, "ms", bare, "under 5 ms", slowest < 5)
    yield Figure("four medicines in a line read", _processor_ms(lambda: find(table, FOUR)), "ms")
    hundreds = ", ".join(f"{name.shown} 10 mg" for name in table.names[:200])
    yield Figure("200 medicines in a line read", _processor_ms(lambda: find(table, hundreds)), "ms")
    process = _process_ms()
    yield Figure("`checklist medicines`, its whole process", process, "ms", None, "under 500 ms", process < 500)
