"""How a figure is taken: several runs, the median counts, and it is set against its floor."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `floor` is what the bare library needs for the same work, in the same unit."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    target: str = ""
    met: bool | None = None

    def line(self) -> str:
        """A Markdown table row."""
        floor = "" if self.floor is None else f"{self.floor:.2f}"
        ratio = "" if not self.floor else f"{self.value / self.floor:.2f}"
        verdict = {None: "", True: "met", False: "MISSED"}[self.met]
        return f"| {self.name} | {self.value:.2f} {self.unit} | {floor} | {ratio} | {self.target} | {verdict} |"


HEADER = "| what | figure | floor | ratio | target | |\n|---|---|---|---|---|---|"


def median_ms(work: Callable[[], object], rounds: int, warm: int = 3) -> float:
    """Median wall time of one call in milliseconds, after some warm-up calls."""
    for _ in range(warm):
        work()
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def least_cpu_ms(work: Callable[[], object], rounds: int, batches: int = 10) -> float:
    """Processor milliseconds of one call in the cheapest of several batches: what else the PC does counts least."""
    least = float("inf")
    for _ in range(batches):
        start = time.process_time()
        for _ in range(rounds):
            work()
        least = min(least, time.process_time() - start)
    return least / rounds * 1000


def medians_ms(work: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Medians of two kinds of work done in turn, so that a busy disk slows both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, kept in ((work, times[0]), (floor, times[1])):
            start = time.perf_counter()
            call()
            kept.append(time.perf_counter() - start)
    return statistics.median(times[0]) * 1000, statistics.median(times[1]) * 1000
