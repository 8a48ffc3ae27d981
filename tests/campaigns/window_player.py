"""Plays the routine visit through the real window by key presses, until it is killed.

Each time the screen says “Saved” it tells the number and the hash of the newest entry: all that was entered until then
is promised. Importing this module makes no QApplication, so a process that imported it may fork players.
"""

import importlib
import pkgutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

import checklist
from checklist.desk import practice
from checklist.model import Draft, Entry
from checklist.store.journal import Journal
from checklist.times import ManualClock, Moment
from checklist.ui.app import App
from checklist.ui.tour import routine
from checklist.ui.tour.driver import Driver
from checklist.ui.tour.show import MORNING
from checklist.ui.tour.stage import Stage

Say = Callable[[str], None]
Watch = Callable[[bool], None]
"""Hears True when a save begins and False when it has ended."""
Reached = Callable[["Start"], None]
"""Hears where the visit stands before each leg."""


class Blind(Driver):
    """A driver that takes no pictures: only the typing counts here."""

    def picture_now(self, name: str) -> Path:
        return self._out / name


def read_all_modules() -> None:
    """Import also what the program imports late, so that no player has to do it again."""
    for module in pkgutil.walk_packages(checklist.__path__, "checklist."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@dataclass(frozen=True, slots=True)
class Start:
    """Where in the visit a player begins: the leg, the time on its clock, and the session that stands there."""

    leg: str = "open"
    at: Moment = MORNING
    session: str = ""


def play(
    folder: Path, start: Start, log_pages: int, say: Say, watch: Watch, reached: Reached = lambda *_: None
) -> None:
    """Sign in to the practice clinic in this folder and walk the routine visit from `start` to its print.

    SQLite moves its log into the file at the first save that finds more than `log_pages` in it.
    """
    qInstallMessageHandler(lambda *_: None)  # the platform without a screen repeats a note about window sizes
    application = QApplication.instance() or QApplication(["checklist"])
    assert isinstance(application, QApplication)
    clock = ManualClock(start.at)
    app = App(practice.front_door(folder, clock, "FRONT DESK"), idle_minutes=10_000)
    app.show(QSize(1366, 768))
    driver = Blind(application, app.window, Path(tempfile.gettempdir()))
    stage = Stage(app, driver, clock)
    driver.is_still = stage.is_still
    stage.sign_in("r")
    file = stage.desk._file
    file._db.execute(f"PRAGMA wal_autocheckpoint = {log_pages}")
    _watch_saves(file.journal, watch)
    _listen(stage, say)
    assert stage.app.main is not None
    if start.session:
        stage.app.main.open_session(start.session)
    routine.walk(stage, start.leg, lambda leg: reached(_standing(stage, leg)))


def _standing(stage: Stage, leg: str) -> Start:
    session = stage.app.main.session if stage.app.main is not None else None
    return Start(leg, stage.clock.now(), session.live.session_id if session is not None else "")


def _listen(stage: Stage, say: Say) -> None:
    """Tell what is promised, each time a session says that something reached the disk."""
    main_window = stage.app.main
    assert main_window is not None
    open_session = main_window.open_session

    def opened(session_id: str) -> None:
        open_session(session_id)
        if main_window.session is not None:
            main_window.session.saved.connect(lambda: _promise(stage, say))

    main_window.open_session = opened  # type: ignore[method-assign]  # this player listens; it changes nothing
    main_window.pages.session_wished.disconnect()
    main_window.pages.session_wished.connect(opened)
    _promise(stage, say)


def _promise(stage: Stage, say: Say) -> None:
    journal = stage.desk._file.journal
    last = journal.entries(after_seq=journal.last_seq - 1)[-1]
    say(f"{last.seq} {last.hash}\n")


def _watch_saves(journal: Journal, watch: Watch) -> None:
    append = journal.append

    def watched(*drafts: Draft, also: Callable[[], None] | None = None) -> tuple[Entry, ...]:
        watch(True)
        entries = append(*drafts, also=also)
        watch(False)
        return entries

    journal.append = watched  # type: ignore[method-assign]  # the save itself is the program's own
