"""Second processes for the tests: real ones, as a nurse's second click on the icon would start."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checklist.store.slots import DataKey

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12
"""At the desk, and as many at the journal; `tests.campaigns.kill_window` kills a thousand times."""


def started(module: str, *arguments: str) -> "subprocess.Popen[str]":
    """A Python process with pipes on input and output."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextmanager
def held(how: str, folder: Path, key: DataKey) -> Iterator[None]:
    """While another process holds the data file of `folder`."""
    with started("tests.store.holder", how, str(folder), key.secret.hex()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.communicate()
    assert process.returncode == 0
