"""The cheap part of `make mutate`: each change of a rule is first held against the approved texts and the limits.

Started in the folder `mutants`. Every comparison made here is one that a test makes as well (test_what_is_said_*.py and
test_every_limit.py), only without starting pytest for it. What lives through it is left to mutmut and the whole tests.
"""

import importlib
import json
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests import approved
from tests.rules.build import PROTOCOL, with_limit
from tests.rules.test_every_limit import CASES, around

Check = Callable[[], bool]
SECONDS = 20.0  # of processor time: a change that makes a loop endless ends here
KILLED, TIMEOUT = 1, 36


def checks() -> list[Check]:
    found: list[Check] = []
    for module in approved.MODULES:
        for name, cases in importlib.import_module(module).SAID.items():
            texts = approved.approved(name)
            found += [partial(_says, say, texts[case]) for case, say in cases.items()]
    return [*found, *(partial(_holds, key) for key in CASES)]


def _says(say: Callable[[], str], text: str) -> bool:
    return say() == text


def _holds(key: str) -> bool:
    case = CASES[key]
    if tuple(case.look(value, PROTOCOL) for value in around(case, PROTOCOL.limit(key))) != case.expected:
        return False
    if case.moved is None:
        return True
    moved = type(PROTOCOL.limit(key))(str(case.moved))
    return tuple(case.look(value, with_limit(key, moved)) for value in around(case, moved)) == case.expected


def noticed_by(mutant: str, ordered: list[int], every: list[Check]) -> int | None:
    """The place of the first check that fails with this change; -1 when it never ends, None when all hold."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.environ["MUTANT_UNDER_TEST"] = mutant
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        os.write(write, str(next((place for place in ordered if not _passes(every[place])), "")).encode())
        os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    told = os.read(read, 20).decode()
    os.close(read)
    if os.WIFSIGNALED(status):
        return -1
    return int(told) if told else None


def _passes(check: Check) -> bool:
    try:
        return check()
    except Exception:  # whatever a change breaks, it was noticed
        return False


def main() -> int:
    every = checks()
    if noticed_by("", list(range(len(every))), every) is not None:
        sys.exit("The approved texts or the limits do not hold even without a change: run the tests first.")
    front: dict[str, list[int]] = defaultdict(lambda: list(range(len(every))))
    for file in sorted(Path("checklist/rules").glob("*.meta")):
        body = json.loads(file.read_text("utf-8"))
        results: dict[str, int | None] = body["exit_code_by_key"]
        for mutant in [name for name, result in results.items() if result is None]:
            ordered = front[str(file)]
            place = noticed_by(mutant, ordered, every)
            if place is not None:
                results[mutant] = TIMEOUT if place < 0 else KILLED
            if place is not None and place >= 0:
                ordered.remove(place)
                ordered.insert(0, place)  # the next change of this file is likely noticed by the same check
        file.write_text(json.dumps(body, indent=4), "utf-8")
        print(file, sum(result is None for result in results.values()), "left", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
