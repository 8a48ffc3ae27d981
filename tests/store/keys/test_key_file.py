"""The key file as bytes on a disk: damage is told, older forms open, marks cannot be taken off by hand."""

import json
from pathlib import Path

import pytest

from checklist.errors import DataFileError, SignInFailed
from checklist.store.names import checksum
from checklist.store.slots import parsed
from checklist.store.vault import DataKey, Vault
from checklist.times import ManualClock
from tests.store.keys.people import CHEAP, ORTIZ, OTHER, RIGHT


def test_every_single_damaged_byte_of_the_key_file_is_told(path: Path, vault: Vault) -> None:
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x01
        with pytest.raises(DataFileError):
            parsed(bytes(damaged), path)


def test_a_key_file_from_before_the_checksum_still_opens(
    path: Path, vault: Vault, key: DataKey, clock: ManualClock
) -> None:
    data = json.loads(path.read_bytes())
    del data["check"]
    for slot in data["slots"]:
        del slot["kind"], slot["must_change"]
    path.write_text(json.dumps(data | {"format": 1}))
    assert Vault.open(path).unlock("rortiz", RIGHT, clock) == key
    assert "check" in json.loads(path.read_bytes())


def test_the_checksum_cannot_be_left_out_of_a_file_that_has_one(path: Path, vault: Vault) -> None:
    data = json.loads(path.read_bytes())
    del data["check"]
    path.write_text(json.dumps(data))
    with pytest.raises(DataFileError, match=r"is damaged"):
        Vault.open(path)


def test_a_mark_that_a_password_must_be_changed_cannot_be_taken_off_by_hand(
    path: Path, vault: Vault, key: DataKey, clock: ManualClock
) -> None:
    vault.set_password(key, ORTIZ, OTHER, CHEAP, must_change=True)
    assert vault.must_change("ROrtiz")
    data = json.loads(path.read_bytes())
    data["slots"][0]["must_change"] = False
    path.write_text(json.dumps(data | {"check": checksum(data)}))
    with pytest.raises(SignInFailed):
        vault.unlock("rortiz", OTHER, clock)


def test_a_wiped_key_is_gone_from_where_it_lay(path: Path) -> None:
    _, key = Vault.create(path, ORTIZ, RIGHT, CHEAP)
    key.wipe()
    assert bytes(key.secret) == bytes(32)
