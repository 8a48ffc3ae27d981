"""The names on the sign-in screen are read without keys; a damaged file is told as the vault tells it."""

from pathlib import Path

import pytest

from checklist.errors import DataFileError
from checklist.ids import StaffId
from checklist.store.names import KEYS_NAME, people
from checklist.store.vault import Cost, Vault, VaultUser

CHEAP = Cost(64, 1, 1)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A key file with two people, the second earlier by name."""
    path = tmp_path / KEYS_NAME
    vault, key = Vault.create(path, VaultUser("ortiz", StaffId("1"), "R. Ortiz"), "correct horse", CHEAP)
    vault.add(key, VaultUser("menon", StaffId("2"), "Dr. A. Menon"), "battery staple", CHEAP)
    return path


def test_everybody_with_a_slot_is_named_in_order(keys: Path) -> None:
    assert people(keys) == (("menon", "Dr. A. Menon"), ("ortiz", "R. Ortiz"))
    assert people(keys) == tuple((who.user, who.name) for who in Vault.open(keys).users())


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"slots": 3}', '{"slots": [{"user": "x"}]}', '{"slots": []}'])
def test_a_damaged_key_file_is_told_as_the_vault_tells_it(keys: Path, text: str) -> None:
    keys.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as told:
        people(keys)
    with pytest.raises(DataFileError) as by_the_vault:
        Vault.open(keys)
    assert told.value.sentence == by_the_vault.value.sentence


def test_a_missing_key_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataFileError):
        people(tmp_path / KEYS_NAME)
