"""Who can sign in, as the key file names them. Light: the sign-in window reads names, never keys."""

import json
from pathlib import Path

KEYS_NAME = "clinic.keys"


def people(path: Path) -> tuple[tuple[str, str], ...]:
    """User and name of everybody with a slot, by name. Raises DataFileError as `Vault.open` does.

    Whatever is not as it should be is left to the vault, which reads the whole file and says what is wrong with it.
    """
    try:
        slots = json.loads(path.read_bytes())["slots"]
        found = [(str(slot["user"]), str(slot["name"])) for slot in slots]
    except (OSError, ValueError, KeyError, TypeError):
        found = []
    if not found:
        from checklist.store.vault import Vault

        found = [(who.user, who.name) for who in Vault.open(path).users()]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))
