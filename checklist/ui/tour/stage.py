"""What both walks stand on: the application on a fresh practice file, a clock that is moved, and what was met."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from checklist.desk import Desk
from checklist.desk.practice import PASSWORD
from checklist.levels import Level
from checklist.snapshot import Snapshot
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.session.preview import PreviewDialog
from checklist.ui.tour.driver import Driver, Leg, TourStopped


@dataclass(slots=True)
class Stage:
    """The running program and the hands on it."""

    app: App
    driver: Driver
    clock: ManualClock
    walk: str = ""  # stands before the name of each step in the report

    @property
    def desk(self) -> Desk:
        if self.app.main is None:
            raise TourStopped("Nobody is signed in.")
        return self.app.main.desk

    @property
    def snapshot(self) -> Snapshot:
        """The open session as the screen shows it."""
        if self.app.main is None or self.app.main.session is None:
            raise TourStopped("No session is open.")
        return self.app.main.session.live.snapshot

    @contextmanager
    def step(self, name: str) -> Iterator[Driver]:
        """One step of a walk: counted, and at its end the verdict and the open findings are noted."""
        with self.driver.leg(f"{self.walk}: {name}") as leg:
            yield self.driver
            if self.app.main is not None and self.app.main.session is not None:
                _note(leg, self.snapshot)

    def pass_time(self, **length: float) -> None:
        """Let time pass on the clock of the practice clinic; the window looks at it as it does each second."""
        self.clock.advance(**length)
        if self.app.main is not None:
            self.app.main.tick()
            if self.app.main.session is not None:
                self.app.main.session.live.refresh()

    def is_still(self) -> bool:
        """True when no chart or page is being drawn in the background."""
        return self.app.main is None or self.app.main.worker.is_idle

    def preview_is_drawn(self) -> bool:
        """True when the preview dialog stands and shows its first page."""
        dialog = self.driver.dialog()
        return isinstance(dialog, PreviewDialog) and dialog.page_count > 0

    def password(self) -> None:
        self.driver.type(PASSWORD, secret=True)
        self.driver.press("Enter")

    def sign_in(self, letter: str) -> None:
        """Choose a person by the first letter and type the password."""
        self.driver.type(letter)
        self.password()
        self.driver.wait_until(lambda: self.app.main is not None, "the Today board")


def _note(leg: Leg, snapshot: Snapshot) -> None:
    verdict = snapshot.clearance
    leg.verdicts.append(f"{verdict.kind.value}: {verdict.sentence}")
    leg.findings.extend(
        f"{one.level.value}: {one.title}" for one in snapshot.findings if one.level.rank >= Level.NOTE.rank
    )
