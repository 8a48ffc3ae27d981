"""Runs every test without a screen, unless `--onscreen` asks to watch."""

import os
from datetime import datetime
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--onscreen", action="store_true", default=False, help="show the windows instead of testing offscreen"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        # Before any test module can import Qt: the platform is chosen once a process.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "MUTANT_UNDER_TEST" in os.environ:
        # `make mutate` stops at the first test that notices: those that compare whole sentences notice most.
        items.sort(key=lambda item: "test_what_is_said" not in item.nodeid)


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice clinic on disk, at 10:30 on Wednesday 18-Nov-2026; each test works on its own copy."""
    from checklist.desk import practice
    from checklist.times import ManualClock, Moment

    folder = tmp_path_factory.mktemp("practice")
    practice.create(folder, ManualClock(Moment.of_local(datetime(2026, 11, 18, 10, 30), "America/New_York")))  # noqa: DTZ001
    return folder
