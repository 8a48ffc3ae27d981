"""The program as it is started: a mistake in the clinic's protocol, and a second start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from pytestqt.qtbot import QtBot

from checklist.ui.app import App
from checklist.ui.single import Single

ROOT = Path(__file__).parents[2]


def start(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "checklist", *arguments]


def test_a_mistake_in_the_clinics_protocol_is_told_with_its_line_before_any_window(tmp_path: Path) -> None:
    shipped = (ROOT / "resources" / "protocol" / "iv-ketamine.toml").read_text(encoding="utf-8")
    lines = shipped.splitlines()
    line = next(number for number, text in enumerate(lines) if text.startswith("statement_checked"))
    lines[line] = "statement_checked = 7"
    (tmp_path / "protocol.toml").write_text("\n".join(lines), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        start("--data", str(tmp_path)), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 2, done.stderr
    assert f"protocol.toml, line {line + 1}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_second_start_raises_the_first_window_and_ends(qtbot: QtBot, at_work: App) -> None:
    folder = at_work._door.folder
    single = Single(folder, at_work)
    single.woken.connect(at_work.raise_window)
    at_work.window.showMinimized()
    assert at_work.window.isMinimized()
    second = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("QT_QPA_PLATFORM", "offscreen")
    second.setProcessEnvironment(environment)
    second.setWorkingDirectory(str(ROOT))
    program, *arguments = start("--data", str(folder))
    second.start(program, arguments)
    qtbot.waitUntil(lambda: second.state() is QProcess.ProcessState.NotRunning, timeout=15_000)
    assert second.exitCode() == 0
    assert not at_work.window.isMinimized()
    assert at_work.window.isVisible()
