"""Clinics of any size, written as the desk writes them, and what a campaign reports."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from checklist.errors import KnownError
from checklist.model import Draft, Entry
from checklist.store.datafile import DataFile
from checklist.store.slots import DataKey
from checklist.times import ManualClock, Moment
from tests.store.copies import set_up
from tests.store.drafts import answer, patient, session

MORNING = Moment.stored("2026-11-18T08:00:00.000000-05:00[America/New_York]")
ENTRIES_A_SESSION = 180  # a whole visit of the practice file: answers, readings, signatures


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    what: str
    tries: int
    detected: int
    remark: str = ""

    @property
    def missed(self) -> int:
        return self.tries - self.detected

    def text(self) -> str:
        return f"| {self.what} | {self.tries} | {self.detected} | {self.missed} | {self.remark} |"


HEADER = "| what was done | tries | detected or harmless | missed | |\n|---|---|---|---|---|"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder for one campaign; CAMPAIGN_FOLDER chooses the disk it lies on."""
    with TemporaryDirectory(dir=os.environ.get("CAMPAIGN_FOLDER")) as name:
        yield Path(name)


def new_key() -> DataKey:
    return DataKey(os.urandom(32))


def visits(first: int, count: int) -> Iterator[list[Draft]]:
    """Whole visits, each of a patient of its own."""
    for number in range(first, first + count):
        typed = [answer(f"{line} of visit {number}", of_session=number) for line in range(ENTRIES_A_SESSION - 2)]
        yield [patient(number, family=f"Family{number}", mrn=f"{number:06d}"), session(number, number), *typed]


def clinic_of(folder: Path, key: DataKey, sessions: int) -> DataFile:
    """An open clinic with this many visits beyond the first."""
    data = set_up(folder, key, ManualClock(MORNING))
    for drafts in visits(2, sessions):
        data.journal.append(*drafts)
    return data


def hashes(entries: tuple[Entry, ...]) -> dict[int, str]:
    return {entry.seq: entry.hash for entry in entries}


def refusal(error: BaseException) -> str:
    """The sentence of a known error; anything else is a traceback that a person would have met."""
    if isinstance(error, KnownError):
        return error.sentence
    raise error
