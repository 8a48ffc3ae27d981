"""Sets the stage, plays both walks, and writes down what came of it."""

import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from checklist import __version__
from checklist.desk import practice
from checklist.errors import NotSaved
from checklist.paper import Document, PaperSize, render, suggested_name
from checklist.times import ManualClock, Moment
from checklist.ui.app import App
from checklist.ui.session.preview import page_images
from checklist.ui.tour import held, routine, shell
from checklist.ui.tour.driver import Driver
from checklist.ui.tour.stage import Stage

MORNING = Moment.stored("2026-11-18T10:42:00-05:00[America/New_York]")
PAGE_DPI = 110
BUDGET = 260  # key presses of the routine case


def walk(out: Path, *, size: tuple[int, int], font_percent: int) -> tuple[Path, ...]:
    """Play the walk-through into a folder; returns what it left. Raises NotSaved when the folder cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in (*out.glob("*.png"), *out.glob("*.pdf"), *out.glob("tour.json")):
            old.unlink()
    except OSError as error:
        raise NotSaved(f"The folder {out} cannot be written ({error.strerror}). Name another folder.") from error
    qInstallMessageHandler(_say_what_matters)
    application = QApplication.instance() or QApplication(["checklist"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock(MORNING)
        first = practice.front_door(Path(folder) / "new", clock, "FRONT DESK")
        opening = shell.first_run(application, first, out, QSize(*size), font_percent)
        door = practice.create(Path(folder) / "practice", clock, "FRONT DESK")
        app = App(door, font_percent, idle_minutes=10_000)
        app.show(QSize(*size))
        driver = Driver(application, app.window, out, after=opening)
        stage = Stage(app, driver, clock)
        driver.is_still = stage.is_still
        shell.sign_in(stage)
        routine.walk(stage)
        papers = [*_papers(stage, out)]
        held.walk(stage)
        papers += [*_papers(stage, out)]
        shell.look_around(stage)
        app.close()
    _write_report(driver, out, size, font_percent)
    return (*sorted(out.glob("[0-9]*.png")), *papers, out / "tour.json")


def _say_what_matters(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt's own messages, but for one that drawing without a screen repeats for each window and that means nothing."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def _papers(stage: Stage, out: Path) -> Iterator[Path]:
    """Every document of the open session, as it would be printed."""
    snapshot = stage.desk.course(stage.snapshot.record.session.id)
    for size in (PaperSize.LETTER, PaperSize.A4):
        for kind in Document:
            name = suggested_name(kind, snapshot)
            path = out / (name if size is PaperSize.LETTER else name.replace(".pdf", "-a4.pdf"))
            content = render(kind, snapshot, size)
            path.write_bytes(content)
            yield path
            if size is PaperSize.LETTER and kind is Document.CHECKLIST:
                yield from _pages(content, path)


def _pages(content: bytes, pdf: Path) -> Iterator[Path]:
    """A picture of each page beside its PDF."""
    for number, image in enumerate(page_images(content, PAGE_DPI), start=1):
        path = pdf.with_name(f"page-{pdf.stem}-{number}.png")
        image.save(str(path))
        yield path


def _write_report(driver: Driver, out: Path, size: tuple[int, int], font_percent: int) -> None:
    routine_legs = [leg for leg in driver.legs if leg.name.startswith("routine: ")]
    report = {
        "version": __version__,
        "platform": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "size": f"{size[0]}x{size[1]}",
        "font_percent": font_percent,
        "routine_key_presses": sum(leg.presses for leg in routine_legs),
        "routine_password_key_presses": sum(leg.password_presses for leg in routine_legs),
        "routine_clicks": sum(leg.clicks for leg in routine_legs),
        "routine_budget": BUDGET,
        "routine_dialogs": [name for leg in routine_legs for name in leg.dialogs],
        "steps": [asdict(leg) for leg in driver.legs],
    }
    (out / "tour.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
