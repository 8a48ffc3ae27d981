"""A clinic with one returning patient, written once, copied for each test, and a nurse signed in to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.desk import Desk, FrontDoor
from checklist.model import SessionId
from checklist.times import ManualClock
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
def infusing(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SessionId]:
    """The same clinic with Amara Okafor's fourth infusion started at 10:42. Written once: copy it."""
    folder = tmp_path_factory.mktemp("infusing") / "clinic"
    shutil.copytree(prepared, folder)
    clock = ManualClock(MORNING)
    desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
    begun = Visit.begin(desk, clock)
    begun.infuse()
    desk.close()
    return folder, begun.session


@pytest.fixture
def running(infusing: tuple[Path, SessionId], tmp_path: Path) -> Iterator[Visit]:
    """That infusion at 11:02, 20 minutes after its start; no reading was taken yet."""
    folder = Path(shutil.copytree(infusing[0], tmp_path / "running"))
    clock = ManualClock(MORNING.plus(minutes=20))
    desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
    yield Visit(desk, clock, infusing[1])
    desk.close()
