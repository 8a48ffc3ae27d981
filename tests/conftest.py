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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "MUTANT_UNDER_TEST" in os.environ:
        # `make mutate` stops at the first test that notices: those that compare whole sentences notice most.
        items.sort(key=lambda item: "test_what_is_said" not in item.nodeid)
