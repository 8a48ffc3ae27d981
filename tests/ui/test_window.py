"""The window as a whole: it stays on a small screen with large letters, and what it must not cover stays in sight."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from checklist.desk import FrontDoor, practice
from checklist.times import ManualClock
from checklist.ui import style
from checklist.ui.app import App
from checklist.ui.main_window import MainWindow
from checklist.ui.session.page import SessionPage
from tests.ui.hands import CTRL, Hands

SMALL = QSize(1366, 768)


@pytest.fixture(params=(100, 150), ids=lambda percent: f"{percent} %")
def main(
    request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path, written_once: Path, clock: ManualClock
) -> Iterator[MainWindow]:
    """The practice clinic on the small screen, with R. Ortiz signed in, in ordinary and in large letters."""
    folder = Path(shutil.copytree(written_once, tmp_path / "data"))
    door = FrontDoor(folder, clock=clock, practice=True, workstation="front desk", cost=practice.CHEAP)
    app = App(door, request.param)
    app.show(SMALL)
    qtbot.waitUntil(app.window.isActiveWindow)
    hands = Hands(app.window)
    hands.type_only("o")
    hands.type("practice")
    assert app.main is not None
    yield app.main
    app.close()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.apply(application)


@pytest.fixture
def visit(main: MainWindow) -> SessionPage:
    """Ms Okafor's visit, just begun."""
    patient = main.desk.find_patients("oka")[0].patient
    main.open_session(main.desk.new_session(patient.id, planned="now").record.session.id)
    assert main.session is not None
    return main.session


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_no_step_makes_the_window_wider_than_the_screen(main: MainWindow, visit: SessionPage) -> None:
    Hands(main.window()).type_only("y")  # from now on the foot says when it was saved, and whose patient it is
    for view in visit.live.snapshot.steps:
        visit.show_step(view.step.id)
        settle()
        assert (view.step.id, main.window().size()) == (view.step.id, SMALL)
        assert main.window().minimumSizeHint().width() <= SMALL.width()


def test_the_preview_stands_inside_the_window(qtbot: QtBot, main: MainWindow, visit: SessionPage) -> None:
    visit.preview("checklist")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert main.window().frameGeometry().contains(dialog.frameGeometry())
    dialog.reject()


def place_of(one: QWidget) -> QRect:
    return QRect(one.mapTo(one.window(), QPoint(0, 0)), one.size())


def test_the_patients_found_stand_below_the_banner_of_the_open_record(main: MainWindow, visit: SessionPage) -> None:
    hands = Hands(main.window())
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type_only("smi")
    settle()
    assert main.found.isVisible()
    assert not place_of(main.found).intersects(place_of(visit.banner))


def test_without_an_open_record_they_stand_under_the_field(main: MainWindow) -> None:
    hands = Hands(main.window())
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type_only("smi")
    settle()
    assert place_of(main.found).top() - place_of(main.top.finder).bottom() <= 3
