"""By keyboard: a worry, an interruption, the emergency, a side effect in full, another rate, leaving against advice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checklist.model import Doing, Level, Outcome, SessionId, StampKind
from checklist.times import ManualClock
from checklist.ui.live import LiveSession
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.page import SessionPage
from checklist.ui.session.parts.emergency import EmergencyDialog
from checklist.ui.tasks import Worker
from tests.desk import visit as desk_visit
from tests.desk.visit import MORNING, PASSWORD, front_door
from tests.desk.written import write_clinic
from tests.ui.hands import ALT
from tests.ui.session.conftest import Visit


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SessionId]:
    """A data folder in which Ms Okafor's infusion was started at 10:42; written once, copied for each test."""
    folder = tmp_path_factory.mktemp("begun") / "clinic"
    write_clinic(folder)
    clock = ManualClock(MORNING)
    desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
    visit = desk_visit.Visit.begin(desk, clock)
    visit.infuse()
    desk.close()
    return folder, visit.session


@pytest.fixture
def running(qtbot: QtBot, begun: tuple[Path, SessionId], tmp_path: Path) -> Iterator[Visit]:
    """That infusion at its start, on the screen."""
    folder = Path(shutil.copytree(begun[0], tmp_path / "running"))
    clock = ManualClock(MORNING)
    desk = front_door(folder, clock).sign_in("ortiz", PASSWORD)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1282, 716)
    live, worker = LiveSession(desk, begun[1], host), Worker(host)
    page = SessionPage(live, worker, host)
    page.resize(host.size())
    host.show()
    qtbot.waitUntil(host.isActiveWindow)
    page.focus_first()
    yield Visit(qtbot, host, page, live, desk, clock, worker)
    worker.close()
    desk.close()


def page_of(visit: Visit) -> InfusionPage:
    page = visit.page.page
    assert isinstance(page, InfusionPage)
    return page


def kinds(visit: Visit) -> list[StampKind]:
    return [one.kind for one in visit.snapshot.record.stamps]


def test_two_keys_say_i_am_worried_and_the_alarm_stands(running: Visit) -> None:
    running.press(Qt.Key.Key_F7)
    running.dialog()
    running.type("1\ngrey in the face\n")
    running.back_in_window()
    assert kinds(running) == [StampKind.WORRY]
    page = page_of(running)
    assert page.monitor.alarm.isVisible()
    assert page.monitor.moments.isVisible()
    key = page.monitor.moments.table.keys()[0]
    assert page.monitor.moments.table.cell(key, 1).text == "Nurse is worried: grey in the face"


def test_f9_keeps_an_interruption_at_once_without_a_question(running: Visit) -> None:
    running.press(Qt.Key.Key_F9)
    assert kinds(running) == [StampKind.INTERRUPTION]
    assert running.at == "vitals.line"


def test_in_an_emergency_each_figure_is_a_line_with_its_time(running: Visit) -> None:
    running.press(Qt.Key.Key_F6)
    dialog = running.dialog()
    assert isinstance(dialog, EmergencyDialog)
    running.type("1")
    running.pass_time(minutes=2)
    running.type("46")
    assert kinds(running) == [StampKind.EMS_CALLED, StampKind.CPR_STARTED, StampKind.SHOCK]
    assert [one.at.local.strftime("%M") for one in running.snapshot.record.stamps] == ["42", "44", "44"]
    running.press(Qt.Key.Key_Escape)
    running.back_in_window()
    assert {one.level for one in running.snapshot.findings if one.key == "monitor.emergency"} == {Level.STOP}


def test_many_lines_of_an_emergency_leave_the_way_to_the_summary_in_sight(running: Visit) -> None:
    running.press(Qt.Key.Key_F6)
    dialog = running.dialog()
    assert isinstance(dialog, EmergencyDialog)
    running.type("14568789")
    running.qtbot.waitUntil(lambda: dialog.moments.isVisible())
    QApplication.processEvents()
    assert dialog.summary.visibleRegion().contains(dialog.summary.rect())
    assert dialog.height() <= running.host.height()


def test_the_transfer_summary_is_one_key_from_the_emergency(running: Visit) -> None:
    running.press(Qt.Key.Key_F6)
    running.dialog()
    running.type("1")
    running.press(Qt.Key.Key_T, ALT)
    preview = running.dialog()
    assert preview.windowTitle() == "Preview"
    running.qtbot.waitUntil(lambda: bool(getattr(preview, "page_count", 0)))
    running.press(Qt.Key.Key_Escape)
    running.back_in_window()


def test_a_side_effect_is_written_in_full_by_its_row(running: Visit) -> None:
    page = page_of(running)
    page.monitor.effects.field.setFocus()
    running.type("na2\n")
    page.monitor.effects.table.setFocus()
    running.type("w")
    running.dialog()
    running.type("5\nondansetron 4 mg IV by R. Ortiz\n")
    running.back_in_window()
    (effect,) = running.snapshot.record.effects
    assert [(one.what, one.detail) for one in effect.done] == [(Doing.DRUG, "ondansetron 4 mg IV by R. Ortiz")]
    assert effect.outcome is Outcome.NOT_RECORDED


def test_a_missed_reading_has_a_row_and_w_writes_why(running: Visit) -> None:
    running.pass_time(minutes=22)
    page = page_of(running)
    table = page.monitor.readings.table
    missed = [row for row in table.keys() if row.startswith("missed:")]  # noqa: SIM118 - no dictionary
    assert missed
    table.set_current(missed[0])
    table.setFocus()
    running.type("w")
    running.dialog()
    running.type("with another patient\n")
    running.back_in_window()
    assert table.cell(missed[0], 6).text == "Missed: with another patient"


def test_another_rate_by_three_fields(running: Visit) -> None:
    running.pass_time(minutes=20)
    running.press(Qt.Key.Key_R, ALT)
    running.dialog()
    running.type("25\n50\npressure rising\n")
    running.back_in_window()
    assert page_of(running).monitor.clocks.note.text() == "Ends about 11:32. So far 25 mL in 20min, 75 mL/h (set 75)."


def test_who_wants_to_leave_is_led_to_the_points_to_record(running: Visit) -> None:
    running.press(Qt.Key.Key_F7)
    running.dialog()
    running.type("3\nhas to fetch a child\n")
    running.back_in_window()
    assert running.page.current_step == "discharge"
    asked = [view.item.id for view in running.snapshot.step("discharge").items]
    assert asked[0] == "ama.understand"
    assert running.at == "ama.understand"
