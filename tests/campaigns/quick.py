"""The cheap part of `make mutate`: each change is first held against the plain tests of its package, without pytest.

    cd mutants && python -m tests.campaigns.quick [rules] [parse] [medicines]

The tests are loaded once; each change then runs in a fork of this process, the quickest tests first, and ends at the
first that notices. What lives through it is left to mutmut: it has pytest run the longer tests as well.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from tests.campaigns.plain import Check, checks_of, forget_what_was_loaded

PACKAGES = ("rules", "parse", "medicines")
LONG = 0.1  # seconds of processor time: a test that takes longer is left to pytest
ENDLESS = 10.0  # the same: a change that makes a loop endless ends here
KILLED, TIMEOUT = 1, 36


def durations(every: list[Check]) -> list[float]:
    """Seconds of processor time of each test without a change. Stops the program when one fails."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        seconds = []
        for check in every:
            started = time.process_time()
            seconds.append(time.process_time() - started if check.holds() else -1.0)
        with os.fdopen(write, "w") as out:
            json.dump(seconds, out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        taken: list[float] = json.load(told)
    os.waitpid(child, 0)
    failed = [check.name for check, seconds in zip(every, taken, strict=True) if seconds < 0]
    if failed:
        sys.exit("These tests do not hold even without a change:\n" + "\n".join(failed))
    return taken


def noticed_by(mutant: str, ordered: list[int], every: list[Check]) -> int | None:
    """The place of the first test that fails with this change; -1 when it never ends, None when all hold."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.environ["MUTANT_UNDER_TEST"] = mutant
        forget_what_was_loaded(mutant)
        os.write(write, str(next((place for place in ordered if not _holds(every[place])), "")).encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    told = os.read(read, 20).decode()
    os.close(read)
    if os.WIFSIGNALED(status):
        return -1
    return int(told) if told else None


def _holds(check: Check) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    return check.holds()


def try_package(package: str) -> None:
    os.environ["MUTANT_UNDER_TEST"] = ""
    every = checks_of(package)
    seconds = durations(every)
    ordered = sorted((place for place in range(len(every)) if seconds[place] <= LONG), key=lambda one: seconds[one])
    for file in sorted(Path("checklist", package).glob("*.meta")):
        body = json.loads(file.read_text("utf-8"))
        results: dict[str, int | None] = body["exit_code_by_key"]
        for mutant in [name for name, result in results.items() if result is None]:
            place = noticed_by(mutant, ordered, every)
            if place is not None:
                results[mutant] = TIMEOUT if place < 0 else KILLED
            if place is not None and place >= 0:
                ordered.remove(place)
                ordered.insert(0, place)  # the next change is likely noticed by the same test
        file.write_text(json.dumps(body, indent=4), "utf-8")
        print(file, sum(result is None for result in results.values()), "left", flush=True)


if __name__ == "__main__":
    for package in sys.argv[1:] or PACKAGES:
        try_package(package)
