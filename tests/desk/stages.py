"""One visit played through once, its data folder kept at each stage for the tests that begin there."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklist.model import SessionId
from checklist.times import ManualClock
from tests.desk.visit import MORNING, PASSWORD, RECOVERED, Visit, front_door


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder that nobody opens again (copy it), the visit in it, and the minutes since 10:42."""

    folder: Path
    session: SessionId
    minutes: float


def _sign(visit: Visit) -> None:
    visit.decide_all()
    visit.sign()


PARTS: Mapping[str, Callable[[Visit], object]] = {
    "answered": Visit.prepare,
    "cleared": _sign,
    "ordered": Visit.order,
    "checked": Visit.check_dose,
    "started": lambda visit: visit.desk.start(visit.session),
    "given": Visit.run,
    "observed": Visit.observe,
    "recovered": lambda visit: visit.answer_all(RECOVERED),
}
"""What leads from each stage to the next, in order."""


def minutes_at(clock: ManualClock) -> float:
    return clock.now().since(MORNING).total_seconds() / 60


def play(clinic: Path, place: Path) -> Mapping[str, Stage]:
    """Amara Okafor's fourth visit at each stage; every stage is closed and opened again, as after a restart."""
    now, clock, stages = Path(shutil.copytree(clinic, place / "now")), ManualClock(MORNING), {}
    desk = front_door(now, clock).sign_in("ortiz", PASSWORD)
    session = Visit.begin(desk, clock).session
    for name, part in PARTS.items():
        part(Visit(desk, clock, session))
        desk.close()
        stages[name] = Stage(Path(shutil.copytree(now, place / name)), session, minutes_at(clock))
        desk = front_door(now, clock).sign_in("ortiz", PASSWORD)
    desk.close()
    return stages


def opened(stage: Stage, copy: Path, clock: ManualClock, later: float = 0) -> Visit:
    """The visit of a stage in a folder of its own, or some minutes after it; R. Ortiz is signed in."""
    clock.advance(minutes=stage.minutes + later)
    desk = front_door(Path(shutil.copytree(stage.folder, copy)), clock).sign_in("ortiz", PASSWORD)
    return Visit(desk, clock, stage.session)
