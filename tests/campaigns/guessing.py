"""How many passwords a second somebody can try who copied the key file: pauses do not hold them, Argon2id does."""

import tempfile
import time
from pathlib import Path

from checklist.model import StaffId
from checklist.store.slots import STANDARD, unwrap
from checklist.store.vault import KEYS_NAME, Vault, VaultUser


def guesses_per_second(count: int = 20) -> float:
    """Guesses against one slot at the standard cost, one after the other on one core group."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / KEYS_NAME
        vault, key = Vault.create(
            path, VaultUser("ortiz", StaffId("1"), "R. Ortiz"), "a quiet harbor at nine", STANDARD
        )
        slot = vault.slots()[0]
        began = time.perf_counter()
        for number in range(count):
            assert unwrap(slot, f"guess number {number}", key.name) is None
        return count / (time.perf_counter() - began)


def line() -> str:
    """The figure, and what it means for a password of the least strength that is taken."""
    rate = guesses_per_second()
    years = 1e8 / rate / 3600 / 24 / 365.25
    cost = f"{STANDARD.memory_kib // 1024} MiB, {STANDARD.time} passes"
    return (
        f"password guessing: {rate:.1f} guesses a second at {cost}; "
        f"10^8 guesses, the least a password must withstand, take {years:.1f} years at this rate"
    )
