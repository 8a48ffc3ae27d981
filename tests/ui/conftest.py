"""The windows over real files: a clinic on a temporary disk, a clock that stands, a real front door."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from checklist.desk import FrontDoor, practice
from checklist.store.slots import Cost
from checklist.times import ManualClock, Moment
from checklist.ui.app import App
from tests.ui.hands import Hands

PASSWORD = "a quiet harbor"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says this whenever a window has a least size; it is not about the program.
    for item in items:
        if "tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture
def clock() -> ManualClock:
    """Wednesday 18-Nov-2026, 10:42 in New York."""
    return ManualClock(Moment.of_local(datetime(2026, 11, 18, 10, 42), "America/New_York"))  # noqa: DTZ001


@pytest.fixture
def front_door(tmp_path: Path, clock: ManualClock) -> FrontDoor:
    return FrontDoor(tmp_path, clock=clock, practice=False, workstation="front desk", cost=Cost(64, 1, 1))


@pytest.fixture
def app(qtbot: QtBot, front_door: FrontDoor) -> Iterator[App]:
    """The program as it starts on an empty disk."""
    made = App(front_door)
    made.show(QSize(1366, 768))
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


@pytest.fixture
def hands(qtbot: QtBot, app: App) -> Hands:
    """A nurse at the keyboard."""
    return Hands(app.window)


@pytest.fixture
def clinic(app: App, hands: Hands) -> App:
    """The clinic is set up and R. Ortiz is signed in."""
    page = app.first_run
    assert page is not None
    page.clinic.show_values({"name": "Riverside Infusion Clinic", "zone": "America/New_York"})
    page.staff.show_values(
        {
            "staff_name": "R. Ortiz",
            "credentials": "RN",
            "roles": "nurse",
            "user": "ortiz",
            "password": PASSWORD,
            "again": PASSWORD,
        }
    )
    hands.click(page.button)
    assert app.main is not None
    return app


@pytest.fixture
def at_work(qtbot: QtBot, tmp_path: Path, written_once: Path, clock: ManualClock) -> Iterator[App]:
    """The practice clinic with R. Ortiz signed in."""
    folder = Path(shutil.copytree(written_once, tmp_path / "data"))
    app = App(FrontDoor(folder, clock=clock, practice=True, workstation="front desk", cost=practice.CHEAP))
    app.show(QSize(1366, 768))
    qtbot.waitUntil(app.window.isActiveWindow)
    hands = Hands(app.window)
    hands.type_only("o")
    hands.type("practice")
    assert app.main is not None
    yield app
    app.close()


@pytest.fixture
def hands_at_work(at_work: App) -> Hands:
    """R. Ortiz at the keyboard of the practice clinic."""
    return Hands(at_work.window)
