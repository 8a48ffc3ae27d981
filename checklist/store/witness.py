"""`clinic.head`: a small witness beside the data file that remembers the newest entry.

A write-ahead log that lost its end, or an older `clinic.db` put in place of the newer, is whole in itself: nothing
inside it says that entries are missing. The witness does. It is overwritten after each commit without waiting for the
disk, so after a power cut it may be behind the journal, never ahead of it. Two slots are written in turn, so a torn
write spoils one of them; each is sealed with the data key. Without the file, or with both slots spoilt, nothing is
known and nothing is claimed.
"""

import hmac
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from checklist.store.slots import DataKey

HEAD_NAME = "clinic.head"
SLOT_BYTES = 256
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number and its hash."""

    seq: int
    hash: str


class Witness:
    """Reads and writes the witness of one data file. A disk that refuses it stops nothing."""

    def __init__(self, path: Path, key: DataKey) -> None:
        self._path = path
        self._unsealed = hmac.new(derived(key, "head"), digestmod="sha256")
        self._file: BinaryIO | None = None
        self._next = 0

    def read(self) -> Head | None:
        """The newest head that either slot names under its seal, else None."""
        try:
            raw = self._path.read_bytes()
        except OSError:
            return None
        slots = (raw[:SLOT_BYTES], raw[SLOT_BYTES : 2 * SLOT_BYTES])
        heads = [head for slot in slots if (head := self._head(slot)) is not None]
        return max(heads, key=lambda head: head.seq, default=None)

    def write(self, head: Head) -> None:
        """Remember the newest entry; never raises: the entry itself is safe already."""
        line = f'{{"seq": {head.seq}, "hash": "{head.hash}", "seal": "{self._seal(head)}"}}'
        slot = line.encode("ascii").ljust(SLOT_BYTES - 1) + b"\n"
        try:
            file = self._open()
            file.seek(self._next * SLOT_BYTES)
            file.write(slot)
            self._next = 1 - self._next
        except OSError as error:
            _LOG.warning("the witness was not written: %s", type(error).__name__)
            self.close()

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _open(self) -> BinaryIO:
        if self._file is None:
            self._path.touch(mode=0o600)
            self._file = self._path.open("r+b", buffering=0)
        assert self._file is not None
        return self._file

    def _seal(self, head: Head) -> str:
        seal = self._unsealed.copy()  # the key was taken in once
        seal.update(f"{head.seq} {head.hash}".encode())
        return seal.hexdigest()

    def _head(self, slot: bytes) -> Head | None:
        try:
            line = json.loads(slot)
            head = Head(int(line["seq"]), str(line["hash"]))
            return head if hmac.compare_digest(self._seal(head), str(line["seal"])) else None
        except (ValueError, KeyError, TypeError):
            return None


def derived(key: DataKey, use: str) -> bytes:
    """A key for sealing one kind of small file, from which the data key cannot be told."""
    return hmac.digest(key.secret, f"checklist {use}".encode(), "sha256")
