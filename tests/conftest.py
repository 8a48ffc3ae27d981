"""Runs every test without a screen, unless `--onscreen` asks to watch."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--onscreen", action="store_true", default=False, help="show the windows instead of testing offscreen"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        # Before any test module can import Qt: the platform is chosen once a process.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
