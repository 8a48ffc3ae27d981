"""A clinic with one returning patient, written once, copied for each test, and a nurse signed in to it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor
from checklist.times import ManualClock
from tests.desk.stages import Stage, opened, play
from tests.desk.visit import MORNING, PASSWORD, Visit, front_door
from tests.desk.written import write_clinic


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once and never opened again: copy it."""
    folder = tmp_path_factory.mktemp("prepared") / "clinic"
    write_clinic(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "Clinic of Dr Łuczak #1"))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture
def door(folder: Path, clock: ManualClock) -> FrontDoor:
    return front_door(folder, clock)


@pytest.fixture
def desk(door: FrontDoor) -> Iterator[Desk]:
    opened = door.sign_in("ortiz", PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def visit(desk: Desk, clock: ManualClock) -> Visit:
    """Amara Okafor, session 4 of 6, 10:42 on Wednesday 18 November 2026."""
    return Visit.begin(desk, clock)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A USB stick."""
    stick = tmp_path / "USB Łódź"
    stick.mkdir()
    return stick


@pytest.fixture
def with_drive(desk: Desk, drive: Path) -> Desk:
    desk.set_backup_folders([str(drive)])
    return desk


@pytest.fixture(scope="session")
def stages(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Stage]:
    """Amara Okafor's visit at each of its stages. Written once: copy it."""
    return play(prepared, tmp_path_factory.mktemp("stages"))


@pytest.fixture
def at(stages: Mapping[str, Stage], clock: ManualClock, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Her visit as it was at a stage, or some minutes later; R. Ortiz is signed in."""
    visits: list[Visit] = []

    def open_at(name: str, later: float = 0) -> Visit:
        visits.append(opened(stages[name], tmp_path / name, clock, later))
        return visits[-1]

    yield open_at
    for visit in visits:
        visit.desk.close()


@pytest.fixture
def running(at: Callable[..., Visit]) -> Visit:
    """The infusion at 11:02, 20 minutes after its start; no reading was taken yet."""
    return at("started", later=20)


@pytest.fixture
def answered(at: Callable[..., Visit]) -> Visit:
    """Everything before the clearance is answered: the visit at 10:42."""
    return at("answered")


@pytest.fixture
def cleared(at: Callable[..., Visit]) -> Visit:
    """And its clearance is signed."""
    return at("cleared")


@pytest.fixture
def ordered(at: Callable[..., Visit]) -> Visit:
    """And the dose is ordered."""
    return at("ordered")


@pytest.fixture
def checked(at: Callable[..., Visit]) -> Visit:
    """And a second person has checked the dose."""
    return at("checked")


@pytest.fixture
def started(at: Callable[..., Visit]) -> Visit:
    """The pump was started at 10:42, this minute."""
    return at("started")


@pytest.fixture
def given(at: Callable[..., Visit]) -> Visit:
    """The pump has run empty: 11:22."""
    return at("given")


@pytest.fixture
def observed(at: Callable[..., Visit]) -> Visit:
    """Three sets of vital signs after the end: 11:52."""
    return at("observed")


@pytest.fixture
def recovered(at: Callable[..., Visit]) -> Visit:
    """And every criterion of the discharge is answered."""
    return at("recovered")
