"""Start-up and memory: the whole process beside an empty PySide6 window, both started afresh several times."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checklist.desk import practice
from checklist.times import SystemClock
from tests.bench.figures import Figure

ROUNDS = 15
HERE = Path(__file__).parent


def _run(script: str, *arguments: str) -> list[float]:
    """Start a script; the numbers it prints."""
    environment = {**os.environ, "BENCH_T0": str(time.time())}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, str(HERE / script), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [float(part) for part in done.stdout.split()]


def _medians(script: str, *arguments: str) -> list[float]:
    runs = [_run(script, *arguments) for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "practice"
        practice.create(folder, SystemClock("America/New_York"))
        floor_s, floor_mib = _medians("floor_window.py")
        ready_s, today_s, peak_mib = _medians("app_start.py", str(folder))
        soon = ready_s <= 1.8 * floor_s
        yield Figure("process start to sign-in focused", ready_s, "s", floor_s, "1.8 times the empty window", soon)
        yield Figure("sign-in to Today", today_s, "s")
        over = peak_mib - floor_mib
        yield Figure("peak memory above the empty window", over, "MiB", floor_mib, "90 MiB", over <= 90)
