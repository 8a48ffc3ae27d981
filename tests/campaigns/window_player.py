"""Plays the routine visit through the real window by key presses, until it is killed.

Argument: the folder of a practice clinic. Each time the screen says “Saved” it prints the number and the hash of the
newest entry: all that was entered until then is promised.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from checklist.desk import practice
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.tour import routine
from checklist.ui.tour.driver import Driver
from checklist.ui.tour.show import MORNING
from checklist.ui.tour.stage import Stage


class Blind(Driver):
    """A driver that takes no pictures: only the typing counts here."""

    def picture_now(self, name: str) -> Path:
        return self._out / name


def main(folder: Path) -> None:
    qInstallMessageHandler(lambda *_: None)  # the platform without a screen repeats a note about window sizes
    application = QApplication.instance() or QApplication(["checklist"])
    assert isinstance(application, QApplication)
    clock = ManualClock(MORNING)
    app = App(practice.front_door(folder, clock, "FRONT DESK"), idle_minutes=10_000)
    app.show(QSize(1366, 768))
    driver = Blind(application, app.window, Path(tempfile.gettempdir()))
    stage = Stage(app, driver, clock)
    driver.is_still = stage.is_still
    stage.sign_in("r")
    listen(stage)
    routine.walk(stage)
    print("end", flush=True)


def listen(stage: Stage) -> None:
    """Print what is promised, each time a session says that something reached the disk."""
    main_window = stage.app.main
    assert main_window is not None
    open_session = main_window.open_session

    def opened(session_id: str) -> None:
        open_session(session_id)
        if main_window.session is not None:
            main_window.session.saved.connect(lambda: promise(stage))

    main_window.open_session = opened  # type: ignore[method-assign]  # this player listens; it changes nothing
    main_window.pages.session_wished.disconnect()
    main_window.pages.session_wished.connect(opened)
    promise(stage)


def promise(stage: Stage) -> None:
    journal = stage.desk._file.journal
    last = journal.entries(after_seq=journal.last_seq - 1)[-1]
    print(last.seq, last.hash, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
