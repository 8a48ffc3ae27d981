"""The walk-through: `checklist` on a PC without a screen, as `make run` starts it there."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

pytestmark = pytest.mark.slow  # one real run of the whole program, about ten seconds, shared by all tests here
PDFS = ("checklist", "record", "instructions")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Start the program with no display; gives the folder it worked in and what it said."""
    folder = tmp_path_factory.mktemp("front-desk")
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment["HOME"] = str(folder)
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "checklist"], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    return folder / "practice-output", done.stdout


@pytest.fixture(scope="module")
def report(run: tuple[Path, str]) -> dict[str, Any]:
    """tour.json"""
    content: dict[str, Any] = json.loads((run[0] / "tour.json").read_text(encoding="utf-8"))
    return content


def _all(report: dict[str, Any], key: str) -> list[str]:
    return [text for step in report["steps"] for text in step[key]]


def test_without_a_screen_it_says_so_and_lists_what_it_left(run: tuple[Path, str]) -> None:
    out, said = run
    assert said.startswith("There is no display here")
    listed = {Path(line).name for line in said.splitlines()[1:]}
    assert listed == {path.name for path in out.iterdir()}


def test_every_picture_has_the_size_of_the_window(run: tuple[Path, str], report: dict[str, Any]) -> None:
    pictures = sorted(run[0].glob("[0-9]*.png"))
    assert [path.name for path in pictures] == sorted(_all(report, "pictures"))
    assert len(pictures) >= 50
    assert {(QImage(str(path)).width(), QImage(str(path)).height()) for path in pictures} == {(1366, 768)}


def test_the_papers_of_both_patients_are_there_in_letter_and_a4(run: tuple[Path, str]) -> None:
    names = {path.name for path in run[0].glob("*.pdf")}
    for record in ("S-2026-0008", "S-2026-0009"):
        for kind in PDFS:
            assert {f"{record}-{kind}.pdf", f"{record}-{kind}-a4.pdf"} <= names
    assert all(path.read_bytes().startswith(b"%PDF") for path in run[0].glob("*.pdf"))


def test_the_routine_case_takes_at_most_260_key_presses_and_no_mouse(report: dict[str, Any]) -> None:
    assert report["routine_key_presses"] <= report["routine_budget"] == 260
    assert report["routine_clicks"] == 0


def test_the_routine_case_meets_only_dialogs_that_were_asked_for(report: dict[str, Any]) -> None:
    assert set(report["routine_dialogs"]) <= {"Nurse signs", "Independent check", "Stop the infusion", "Preview"}


def test_the_second_case_is_held_reviewed_and_cleared_after_review(report: dict[str, Any]) -> None:
    kinds = [verdict.partition(":")[0] for verdict in _all(report, "verdicts")]
    assert {"incomplete", "cleared", "waiting_for_provider", "cleared_after_review"} <= set(kinds)
    held = [step for step in report["steps"] if step["name"].startswith("held: ate too late")]
    assert held[0]["pictures"].index(next(p for p in held[0]["pictures"] if "held" in p)) >= 0


def test_high_blood_pressure_twice_is_escalated(report: dict[str, Any]) -> None:
    last = next(step for step in report["steps"] if "escalation" in step["name"])
    assert any(text.startswith("stop:") and "186/112" in text for text in last["findings"])
