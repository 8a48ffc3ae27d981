"""A real visit on a real data file: the practice clinic, a clock that stands, the page in its own window."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from checklist.desk import FrontDoor, practice
from checklist.desk.board import Desk
from checklist.desk.door import PRACTICE_PASSWORD
from checklist.snapshot import Snapshot
from checklist.times import ManualClock, Moment
from checklist.ui import style
from checklist.ui.live import LiveSession
from checklist.ui.session.page import SessionPage
from checklist.ui.tasks import Worker
from tests.ui.hands import Hands

PASSWORD = PRACTICE_PASSWORD
_NOW = Moment.of_local(datetime(2026, 11, 18, 10, 30), "America/New_York")  # noqa: DTZ001 - the zone stands beside it


@dataclass
class Visit:
    """One open visit and the hands of the nurse. `keys` counts every key pressed."""

    qtbot: QtBot
    host: QWidget
    page: SessionPage
    live: LiveSession
    desk: Desk
    clock: ManualClock
    worker: Worker
    keys: int = 0

    @property
    def snapshot(self) -> Snapshot:
        return self.live.snapshot

    @property
    def hands(self) -> Hands:
        return Hands(self.host)

    @property
    def at(self) -> str:
        """Name of the widget that has the focus."""
        return self.hands.at.objectName()

    def type(self, text: str) -> None:
        """Press one key for each character; a newline is Enter."""
        for char in text:
            if char == "\n":
                self.press(Qt.Key.Key_Return)
            else:
                self.hands.type_only(char)
                self.keys += 1

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.hands.press(key, modifier)
        self.keys += 1

    def open(self, step: str) -> None:
        self.page.show_step(step)

    def dialog(self) -> QDialog:
        """The dialog that has just been opened."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def back_in_window(self) -> None:
        """The dialog is gone; a window manager would give the window back its focus."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.host.activateWindow()
        self.qtbot.waitUntil(self.host.isActiveWindow)

    def pass_time(self, **length: float) -> None:
        self.clock.advance(**length)
        self.live.tick()


@pytest.fixture
def clock() -> ManualClock:
    """Wednesday 18-Nov-2026, 10:30 in New York."""
    return ManualClock(_NOW)


@pytest.fixture
def desk(tmp_path: Path, written_once: Path, clock: ManualClock) -> Iterator[Desk]:
    """R. Ortiz signed in at the practice clinic; Ms Okafor comes for her fourth infusion."""
    folder = tmp_path / "data"
    shutil.copytree(written_once, folder)
    door = FrontDoor(folder, clock=clock, practice=True, workstation="front desk", cost=practice.CHEAP)
    made = door.sign_in("ortiz", PASSWORD)
    yield made
    made.close()


@pytest.fixture
def visit_of(qtbot: QtBot, desk: Desk, clock: ManualClock) -> Iterator[Callable[..., Visit]]:
    """Opens the visit of a patient, found by name."""
    visits: list[Visit] = []  # held until the worker has ended; a window must not go before its thread

    def opened(
        name: str = "oka", planned: str = "now", size: tuple[int, int] = (1282, 716), percent: int = 100
    ) -> Visit:
        style.apply(_app(), percent)
        row = desk.find_patients(name)[0]
        if row.open_session is not None:  # the practice clinic has visits of its own today
            desk.end(row.open_session, "cancelled", "booked anew")
        session = desk.new_session(row.patient.id, planned=planned).record.session.id
        host = QWidget()
        qtbot.addWidget(host)
        host.resize(*size)
        live, worker = LiveSession(desk, session, host), Worker(host)
        page = SessionPage(live, worker, host)
        page.resize(host.size())
        host.show()
        qtbot.waitUntil(host.isActiveWindow)
        page.focus_first()
        visits.append(Visit(qtbot, host, page, live, desk, clock, worker))
        return visits[-1]

    yield opened
    for one in visits:
        one.worker.close()
    # A closed window goes now, not with the next event loop: another letter size would dress all of it anew.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    style.apply(_app())


@pytest.fixture
def visit(visit_of: Callable[..., Visit]) -> Visit:
    """Ms Okafor's visit, planned for now."""
    return visit_of()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


ANSWERS_BEFORE = {
    "identity": {"identity.name": "yes", "identity.born": "yes", "consent.on_file": "yes", "consent.discussed": "yes"},
    "fasting": {"fasting.solids": "2030", "fasting.fatty": "no", "fasting.fluids": "0800"},
    "transport": {"transport.where": "on_site", "transport.no_driving": "yes"},
    "medicines": {"medicines.complete": "yes", "substances.last24": "no"},
    "screening": {
        "screening.change": "no",
        "screening.new_psychosis": "no",
        "screening.after_last": "no",
        "screening.pregnancy": "negative",
        "asq.1": "no",
        "asq.2": "no",
        "asq.3": "no",
        "asq.4": "no",
    },
    "vitals": {"vitals.weight": "68.4", "vitals.alert": "yes"},
}


def answer_all_before(visit: Visit) -> None:
    """Everything before the infusion, for a returning patient without news: the answers that typing it gives.

    `test_the_answers_that_tests_begin_with_are_those_a_nurse_types` holds both alike.
    """
    desk, session = visit.desk, visit.live.session_id
    for step, answers in ANSWERS_BEFORE.items():
        if step in ("transport", "medicines"):
            desk.same_as_last(session, step)
        for row in desk.open(session).record.current_medicines if step == "medicines" else ():
            desk.confirm_medicine(session, row.id)
        for item, text in answers.items():
            desk.answer(session, item, text, confirmed=True)
    desk.record_reading(session, "128/80 72 98 14 36.6")
    visit.live.refresh()
    visit.open("clearance")


def type_all_before(visit: Visit) -> None:
    """The same as a nurse types it, key by key."""
    visit.type("yyyy\n")  # identity and consent
    visit.type("2030\nn0800\n\n")  # fasting
    visit.type("s1y\n")  # transport as last time; escort in the clinic; no-driving advice understood
    visit.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    visit.type("yyyyyyn\n")  # five medicines, list complete, no other substances
    visit.type("nnn1nnnn\n")  # screening
    visit.type("68.4\ny128/80 72 98 14 36.6\n\n")  # weight, alert, baseline, on
