"""The screens around a session: first run, sign-in, Today, patients, settings, the lock."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from checklist.desk import FrontDoor
from checklist.ui.app import App
from checklist.ui.tour.driver import Driver
from checklist.ui.tour.stage import Stage


def first_run(application: QApplication, door: FrontDoor, out: Path, size: QSize, font_percent: int) -> Driver:
    """Set up a clinic from nothing and look at its empty board; returns the driver with its count."""
    app = App(door, font_percent, idle_minutes=10_000)
    app.show(size)
    driver = Driver(application, app.window, out)
    with driver.leg("shell: first run"):
        driver.expect_focus("name")
        driver.picture("first-run")
        driver.type("Riverside Infusion Clinic")
        driver.press("Enter")
        driver.type("120 Harbor Road, Albany NY 12205")
        driver.press("Enter")
        driver.type("518-555-0100")
        driver.picture("first-run-typed")
    app.close()
    return driver


def sign_in(stage: Stage) -> None:
    """A wrong password is told in place; the right one opens the board."""
    stage.walk = "shell"
    with stage.step("sign in") as driver:
        driver.expect_focus("person")
        driver.picture("sign-in")
        driver.type("r")
        driver.type("wrong one", secret=True)
        driver.press("Enter")
        driver.picture("wrong-password")
        stage.password()
        driver.wait_until(lambda: stage.app.main is not None, "the Today board")
        driver.picture("today")


def look_around(stage: Stage) -> None:
    """Patients, a patient added twice, settings, the keys, the lock."""
    stage.walk = "shell"
    with stage.step("patients and settings") as driver:
        driver.press("F1")
        driver.picture("keys")
        driver.press("Esc")
        driver.press("Ctrl+F")
        driver.type("smi")
        driver.picture("find")
        driver.press("Enter")
        driver.picture("patient")
    with stage.step("locked and unlocked") as driver:
        driver.press("Ctrl+L")
        driver.picture("locked")
        stage.password()
        driver.picture("unlocked")
