"""Holds the walls between the modules, and shows that each wall would be noticed if it fell."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests import walls
from tests.walls import ROOT, Source, source, sources

Checker = Callable[[Source], list[str]]
PACKAGE = sources("checklist")

# A checker, where the file lies, and a line that breaks its wall.
BROKEN = [
    (walls.foreign_layers, "checklist/rules/dose.py", "from checklist.store.journal import Journal"),
    (walls.foreign_layers, "checklist/rules/dose.py", "def late():\n    import checklist.desk"),
    (walls.foreign_layers, "checklist/rules/dose.py", "from ..paper import render"),
    (walls.foreign_layers, "checklist/rules/__init__.py", "from ..ui import app"),
    (walls.foreign_layers, "checklist/rules/fasting.py", "from checklist import resources"),
    (walls.foreign_layers, "checklist/model.py", "from checklist import protocol"),
    (walls.foreign_layers, "checklist/model.py", "import checklist"),
    (walls.foreign_layers, "checklist/paper/layout.py", "from checklist.desk import Desk"),
    (walls.foreign_layers, "checklist/desk/__init__.py", "from checklist.ui.app import run"),
    (walls.foreign_layers, "checklist/store/vault.py", "from checklist import rules"),
    (walls.foreign_layers, "checklist/ui/today.py", "from checklist.store.index import search"),
    (walls.foreign_layers, "checklist/desk.py", "from checklist.cli import main"),
    (walls.packages_away_from_home, "checklist/desk.py", "from PySide6.QtCore import QObject"),
    (walls.packages_away_from_home, "checklist/cli.py", "def late():\n    import PySide6"),
    (walls.packages_away_from_home, "checklist/ui/chart.py", "from reportlab.graphics import renderSVG"),
    (walls.packages_away_from_home, "checklist/desk/people.py", "import sqlite_utils"),
    (walls.packages_away_from_home, "checklist/rules/dose.py", "import sqlite3"),
    (walls.packages_away_from_home, "checklist/model.py", "import rapidfuzz"),
    (walls.the_world_in_pure_code, "checklist/rules/dose.py", "from pathlib import Path"),
    (walls.the_world_in_pure_code, "checklist/rules/dose.py", "import time"),
    (walls.the_world_in_pure_code, "checklist/rules/dose.py", "import os.path"),
    (walls.the_world_in_pure_code, "checklist/rules/dose.py", "limits = open('limits.toml').read()"),
    (walls.the_world_in_pure_code, "checklist/paper/layout.py", "import urllib.request"),
    (walls.own_clock, "checklist/desk.py", "from datetime import datetime\nnow = datetime.now()"),
    (walls.own_clock, "checklist/rules/consent.py", "import datetime\nday = datetime.date.today()"),
    (walls.sql_outside_store, "checklist/desk.py", "query = 'SELECT name FROM patient'"),
    (walls.sql_outside_store, "checklist/desk.py", "query = f'DELETE FROM entry WHERE id = {1}'"),
    (walls.sql_outside_store, "checklist/cli.py", "'''\n    CREATE TABLE entry (id)\n'''"),
    (walls.sql_outside_store, "checklist/ui/today.py", "db.execute(query)"),
    (walls.too_long, "checklist/desk.py", "pass\n" * 401),
    (walls.stray_style, "checklist/ui/banner.py", "label.setStyleSheet('color: red')"),
    (walls.nested_event_loops, "checklist/ui/sign.py", "dialog.exec()"),
    (walls.nested_event_loops, "checklist/ui/app.py", "app.exec()\ndialog.exec()"),
    (walls.nested_event_loops, "checklist/ui/app.py", "QApplication.processEvents()"),
    (
        walls.signals_the_program_sends,
        "checklist/ui/items/yes_no.py",
        "self.box.toggled.connect(self.answered)",
    ),
    (walls.signals_the_program_sends, "checklist/ui/items/number.py", "spin.valueChanged.connect(save)"),
    (walls.stray_print, "checklist/store/backup.py", "print('done')"),
    (walls.global_state, "checklist/desk.py", "def open_it():\n    global current"),
]

# What must stay possible.
SOUND = [
    (
        "checklist/rules/dose.py",
        "from checklist.model import Level\nfrom . import scores\nfrom decimal import Decimal",
    ),
    ("checklist/store/journal.py", "import sqlite_utils\nquery = 'SELECT id FROM entry'\ndb.execute(query)"),
    (
        "checklist/paper/fonts.py",
        "from reportlab.pdfbase import ttfonts\nfrom checklist.resources import read_bytes",
    ),
    ("checklist/ui/app.py", "from checklist.desk import Desk\nfrom PySide6.QtCore import Qt\napp.exec()"),
    ("checklist/ui/style.py", "app.setStyleSheet(text)"),
    (
        "checklist/ui/today.py",
        "self.button.clicked.connect(self.opened)\ntext = 'Select a patient from the list'",
    ),
    ("checklist/cli.py", "def main():\n    from checklist.ui import app\n    print('no screen')"),
    ("checklist/times.py", "from datetime import datetime, UTC\nnow = datetime.now(UTC)"),
    ("checklist/desk/__init__.py", "from .people import People\nfrom checklist.store.journal import Journal"),
    ("checklist/model.py", "pass\n" * 400),
]


@pytest.mark.parametrize("checker", walls.CHECKERS, ids=lambda checker: checker.__name__)
def test_the_package_keeps_the_wall(checker: Checker) -> None:
    assert [violation for file in PACKAGE for violation in checker(file)] == []


def test_test_files_stay_short_enough_to_read() -> None:
    assert [violation for file in sources("tests") for violation in walls.too_long(file)] == []


@pytest.mark.parametrize(("checker", "path", "text"), BROKEN)
def test_a_broken_wall_is_noticed(checker: Checker, path: str, text: str) -> None:
    violations = checker(source(path, text))
    assert len(violations) == 1
    assert violations[0].startswith(path)


@pytest.mark.parametrize(("path", "text"), SOUND)
def test_what_the_walls_allow_is_not_reported(path: str, text: str) -> None:
    assert [violation for checker in walls.CHECKERS for violation in checker(source(path, text))] == []


def test_every_checker_has_been_seen_to_fail() -> None:
    assert {checker for checker, _, _ in BROKEN} == set(walls.CHECKERS)


def in_a_new_process(program: str, *arguments: str) -> str:
    """What the program wrote to its error output; empty when all went well."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.stderr


WITHOUT_QT = """
import importlib, sys
sys.modules["PySide6"] = sys.modules["shiboken6"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_everything_but_the_windows_runs_without_qt() -> None:
    core = [file.module for file in PACKAGE if file.layer not in ("ui", "__main__")]
    assert "checklist.model" in core
    assert in_a_new_process(WITHOUT_QT, *core) == ""


def test_an_import_of_qt_in_the_core_would_be_noticed() -> None:
    assert "PySide6" in in_a_new_process(WITHOUT_QT, "PySide6.QtCore")


HEAVY_AT_START = """
import importlib, sys
importlib.import_module(sys.argv[1])
heavy = sorted({"PySide6", "reportlab", "sqlite_utils", "sqlcipher3", "PIL", "rapidfuzz"} & set(sys.modules))
if heavy:
    sys.exit(f"{sys.argv[1]} imports {heavy} at start")
"""


@pytest.mark.parametrize("module", [m for m in ("checklist", "checklist.cli") if m in {f.module for f in PACKAGE}])
def test_the_program_starts_without_its_heavy_parts(module: str) -> None:
    assert in_a_new_process(HEAVY_AT_START, module) == ""


def test_a_heavy_import_at_start_would_be_noticed() -> None:
    assert "reportlab" in in_a_new_process(HEAVY_AT_START, "reportlab.platypus")


NO_DESK = """
import sys
import checklist.commands.assess
away = tuple(f"checklist.{layer}." for layer in ("store", "desk", "paper", "ui"))
extra = [name for name in sys.modules if name.startswith(away)]
sys.exit(" ".join(extra) if extra != ["checklist.desk.bounds"] else 0)
"""


def test_judging_a_case_brings_neither_data_file_nor_use_cases() -> None:
    """`assess` is judged by rules alone, and each module that it does not need is paid for at every start."""
    assert in_a_new_process(NO_DESK) == ""
