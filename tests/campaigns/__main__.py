"""`make campaign`: prints the tables of docs/reliability.md. Arguments: which parts (default: all)."""

import platform
import sys
from datetime import UTC, datetime

from tests.campaigns import clinics, corruption, growth, guessing, kill_window, tampering, two_users, world

DETECTION = {"world": world.lines, "corruption": corruption.lines, "tampering": tampering.lines}


def main(parts: list[str]) -> int:
    """Exit code 1 when anything was missed."""
    wanted = parts or [*DETECTION, "growth", "guessing", "two_users", "window"]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print(clinics.HEADER)
    missed = 0
    for name in wanted:
        if name in DETECTION:
            for line in DETECTION[name]():
                print(line.text(), flush=True)
                missed += line.missed
    if "growth" in wanted:
        _grow()
    if "guessing" in wanted:
        print("\n" + guessing.line())
    if "two_users" in wanted:
        for outcome in two_users.outcomes():
            print("\n" + outcome.text(), flush=True)
            missed += len(outcome.wrong)
    if "window" in wanted:
        missed += kill_window.missed()
    return 1 if missed else 0


def _grow() -> None:
    """The rows of the second table come with those of the first: a size is written once."""
    lists = []
    print("\n" + growth.HEADER)
    for clinic in growth.grown():
        lists.append(growth.lists_line(clinic))  # before the measured commits, which belong to no visit
        print(growth.file_line(clinic), flush=True)
    print("\n" + growth.LISTS_HEADER, *lists, sep="\n", flush=True)


sys.exit(main(sys.argv[1:]))
