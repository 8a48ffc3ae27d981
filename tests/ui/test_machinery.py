"""What nobody sees: the worker thread, the second start, the log."""

import logging
import sys
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from checklist.errors import NotSaved
from checklist.ui import log
from checklist.ui.app import App
from checklist.ui.single import Single, wake_first
from checklist.ui.tasks import Worker
from tests.ui.hands import Hands
from tests.ui.test_first_day import main_of


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_work_is_done_in_the_thread_and_delivered_outside_it(qtbot: QtBot, owner: QObject) -> None:
    worker = Worker(owner)
    got: list[tuple[int, int]] = []
    failures: list[Exception] = []
    worker.run(threading.get_ident, lambda there: got.append((there, threading.get_ident())), failures.append)
    qtbot.waitUntil(lambda: bool(got))
    worker.close()
    (there, here), *_ = got
    assert here == threading.get_ident()
    assert there != here
    assert failures == []


def test_an_error_in_the_work_is_handed_to_failed_and_the_next_job_runs(qtbot: QtBot, owner: QObject) -> None:
    worker = Worker(owner)
    failures: list[Exception] = []
    done: list[bytes] = []

    def broken() -> bytes:
        raise NotSaved("The disk is full.")

    worker.run(broken, done.append, failures.append)
    worker.run(lambda: b"%PDF", done.append, failures.append)
    qtbot.waitUntil(lambda: bool(done))
    worker.close()
    assert [str(one) for one in failures] == ["The disk is full."]
    assert done == [b"%PDF"]


def test_a_window_that_goes_away_waits_for_its_work(qtbot: QtBot, owner: QObject) -> None:
    worker = Worker(owner)
    worked: list[int] = []
    failures: list[Exception] = []
    worker.run(lambda: worked.append(1), lambda _: None, failures.append)
    shiboken6.delete(owner)
    assert worked == [1]
    assert failures == []


def test_a_second_start_wakes_the_first_window(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    assert not wake_first(tmp_path)
    single = Single(tmp_path, owner)
    with qtbot.waitSignal(single.woken):
        assert wake_first(tmp_path)


def test_another_data_folder_is_another_program(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    Single(tmp_path / "clinic", owner)
    assert not wake_first(tmp_path / "practice")


def test_a_mistake_of_ours_is_logged_without_what_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    handler = log.open_log(tmp_path)
    assert handler is not None
    log.catch_mistakes(told.append)
    try:
        raise ValueError("Okafor, Amara")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    logging.getLogger("checklist").removeHandler(handler)
    handler.close()
    written = (tmp_path / "log" / "checklist.log").read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_machinery.py" in written
    assert "Okafor" not in written
    assert told == [log.SENTENCE]


def test_not_saved_stays_until_the_retry_went_well(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    tries: list[bool] = []

    def retry() -> None:
        tries.append(True)
        if len(tries) == 1:
            main.show_not_saved("The disk is full.", retry)

    main.show_not_saved("The disk is full.", retry)
    assert main.bar.sentence() == "Not saved. The disk is full."
    button = main.bar.findChild(type(main.top.person))
    assert button is not None
    button.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert main.bar.sentence() == "Not saved. The disk is full."
    hands.press(Qt.Key.Key_Return)
    assert main.bar.sentence() == ""
    assert len(tries) == 2
