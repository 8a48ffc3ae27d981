"""What stands beside each backup: what it holds, sealed with the data key, so that a backup can be told and trusted."""

import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from checklist.errors import BackupFailed
from checklist.store.slots import DataKey
from checklist.store.verify import Contents
from checklist.store.witness import derived

MANIFEST_NAME = "manifest.json"
FORMAT = 1
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """Read without a password; believed only once the seal was checked with the key. `made` is a stored Moment."""

    made: str
    key_name: str
    practice: bool
    workstation: str
    version: str
    contents: Contents
    files: dict[str, str]  # name and SHA-256 of each file of the backup


def as_bytes(manifest: Manifest, key: DataKey) -> bytes:
    data = {"format": FORMAT, **asdict(manifest)}
    return json.dumps({**data, "seal": _seal(data, key)}, indent=1, sort_keys=True).encode()


def is_sealed(raw: bytes, key: DataKey) -> bool:
    """True when this manifest was written by somebody who has the key, and not changed since."""
    try:
        data: dict[str, Any] = json.loads(raw)
        return hmac.compare_digest(_seal(data, key), str(data["seal"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def parsed(raw: bytes, path: Path) -> Manifest:
    """Raises BackupFailed when this is no manifest, or one of a newer program."""
    try:
        data: dict[str, Any] = json.loads(raw)
        if int(data["format"]) > FORMAT:
            raise BackupFailed(
                f"The backup {path.name} was made by a newer version of this program. It was not touched. "
                "Install the newer version on this PC, then try again."
            )
        contents = Contents(**{name: type_(data["contents"][name]) for name, type_ in Contents.__annotations__.items()})
        files = {str(name): str(digest) for name, digest in data["files"].items()}
        texts = {name: str(data[name]) for name in ("made", "key_name", "workstation", "version")}
        return Manifest(**texts, practice=bool(data["practice"]), contents=contents, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFailed(
            f"The description of the backup {path.name} is damaged, so this backup is not used. Choose another one."
        ) from error


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read from the disk in pieces. Raises OSError."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(BLOCK):
            found.update(piece)
    return found.hexdigest()


def _seal(data: dict[str, Any], key: DataKey) -> str:
    content = {name: value for name, value in data.items() if name != "seal"}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.digest(derived(key, "backup manifest"), canonical.encode(), "sha256").hex()
