"""Who can sign in, as the key file names them. Light: the sign-in window reads names, never keys."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

DATA_NAME = "clinic.db"
KEYS_NAME = "clinic.keys"
LOCK_NAME = "clinic.lock"
PROTOCOL_NAME = "protocol.toml"  # only where the clinic has a protocol of its own
UNCHECKED_FORMAT = 1  # the last format without a checksum


def checksum(data: Mapping[str, Any]) -> str:
    """SHA-256 over all of the key file but the checksum itself. It finds damage; it keeps out nobody who edits."""
    rest = {name: value for name, value in data.items() if name != "check"}
    return sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_whole(data: Mapping[str, Any]) -> bool:
    """True when the content is as it was written. Raises KeyError, TypeError or ValueError on what is no key file."""
    if "check" not in data and int(data["format"]) <= UNCHECKED_FORMAT:
        return True
    return bool(data["check"] == checksum(data))


COPYING = "restore.copying"  # a backup on its way back, not proven yet: thrown away
SETTING_ASIDE = "restore.setting-aside"  # proven: what is there now moves away
PLACING = "restore.placing"  # it has moved away: the proven files move in


def is_restore_unfinished(folder: Path) -> bool:
    """True when a power cut stopped a restore after the point of no return."""
    return any((folder / name).is_dir() for name in (SETTING_ASIDE, PLACING))


def people(path: Path) -> tuple[tuple[str, str], ...]:
    """User and name of everybody with a slot, by name. Raises DataFileError as `Vault.open` does."""
    return tuple((user, name) for user, name, kind in _slots(path) if kind == "person")


def other_ways_in(path: Path) -> frozenset[str]:
    """`recovery`, `emergency`: the printed codes that open this clinic's data. Raises DataFileError."""
    return frozenset(kind for _, _, kind in _slots(path) if kind != "person")


def _slots(path: Path) -> tuple[tuple[str, str, str], ...]:
    """User, name and kind of each slot, by name.

    Whatever is not as it should be is left to the vault, which reads the whole file and says what is wrong with it.
    """
    try:
        data = json.loads(path.read_bytes())
        found = [(str(one["user"]), str(one["name"]), str(one.get("kind", "person"))) for one in data["slots"]]
        if not is_whole(data):
            found = []
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = []
    if not found:
        from checklist.store.vault import Vault

        found = [(slot.who.user, slot.who.name, slot.kind.value) for slot in Vault.open(path).slots()]
    return tuple(sorted(found, key=lambda one: one[1].casefold()))
