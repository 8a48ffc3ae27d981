"""A key file in which R. Ortiz has a password, made afresh for each test."""

from pathlib import Path

import pytest

from checklist.store.names import KEYS_NAME
from checklist.store.slots import DataKey
from checklist.store.vault import Vault
from tests.store.keys.people import CHEAP, ORTIZ, RIGHT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / KEYS_NAME


@pytest.fixture
def made(path: Path) -> tuple[Vault, DataKey]:
    return Vault.create(path, ORTIZ, RIGHT, CHEAP)


@pytest.fixture
def vault(made: tuple[Vault, DataKey]) -> Vault:
    return made[0]


@pytest.fixture
def key(made: tuple[Vault, DataKey]) -> DataKey:
    return made[1]
