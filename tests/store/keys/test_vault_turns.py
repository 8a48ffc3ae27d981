"""Two programs and one key file: each change has its turn, and nothing of the other's is written over."""

import threading
from pathlib import Path

import pytest

from checklist.errors import SignInFailed
from checklist.store import vault as vaults
from checklist.store.files import turn
from checklist.store.slots import Slot, unwrap
from checklist.store.vault import DataKey, Vault
from checklist.times import ManualClock
from tests.store.keys.people import CHEAP, CHEN, ORTIZ, OTHER, RIGHT


def test_what_another_program_changes_while_a_password_is_judged_stays(
    made: tuple[Vault, DataKey], path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judging takes a moment; in it a second program adds a colleague and gives a new password."""
    vault, key = made

    def judged(slot: Slot, password: str, key_name: str) -> DataKey | None:
        other = Vault.open(path)
        other.add(key, CHEN, OTHER, CHEAP)
        other.set_password(key, ORTIZ, "a new quiet harbor", CHEAP)
        return unwrap(slot, password, key_name)

    monkeypatch.setattr(vaults, "unwrap", judged)
    assert vault.unlock("rortiz", RIGHT, clock) == key
    monkeypatch.undo()
    assert vault.unlock("lchen", OTHER, clock) == key
    assert vault.unlock("rortiz", "a new quiet harbor", clock) == key
    with pytest.raises(SignInFailed):
        vault.unlock("rortiz", RIGHT, clock)


def test_two_programs_change_the_key_file_in_turns(made: tuple[Vault, DataKey], path: Path) -> None:
    """Both wrote by way of one file beside it, and the second found it gone."""
    vault, key = made
    with turn(path):
        helper = threading.Thread(target=lambda: Vault.open(path).add(key, CHEN, OTHER, CHEAP))
        helper.start()
        helper.join(0.1)
        assert helper.is_alive()
        assert [who.user for who in vault.users()] == ["rortiz"]
    helper.join()
    assert [who.user for who in vault.users()] == ["lchen", "rortiz"]
