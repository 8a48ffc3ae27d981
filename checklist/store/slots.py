"""What stands in the key file: slots, how the data key is wrapped into one, and the JSON around them.

The vault decides who may try when; here is only what a slot is. Cryptography is imported where a password is used.
"""

import base64
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from checklist.errors import DataFileError, NotUnderstood
from checklist.ids import StaffId
from checklist.store.names import checksum, is_whole

MIN_PASSWORD = 8
KEY_BYTES = 32
FORMAT = 2  # 2: a checksum over the whole file, kinds of slots, passwords that must be changed
BOUND_FORMAT = 1  # what the wrapped key is bound to has not changed since
MOST_MEMORY_KIB = 1024 * 1024


class SlotKind(StrEnum):
    """Whose way in a slot is. A recovery sheet and the sealed emergency account open by a printed code."""

    PERSON = "person"
    RECOVERY = "recovery"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id's numbers. 64 MiB, 3 passes, 4 lanes: the second recommended choice of RFC 9106, section 4."""

    memory_kib: int = 65536
    time: int = 3
    lanes: int = 4


STANDARD = Cost()


@dataclass(frozen=True, slots=True)
class VaultUser:
    """Whom the sign-in screen may list before anything is unlocked. `user` is trimmed and without capitals."""

    user: str
    staff_id: StaffId
    name: str


@dataclass(frozen=True, slots=True)
class DataKey:
    """The 256-bit key of the data file. It lives in memory only and never shows itself in a log."""

    secret: bytes | bytearray = field(repr=False)

    def wipe(self) -> None:
        """Overwrite the key. Copies that SQLCipher and Python made on the way cannot be reached from here."""
        if isinstance(self.secret, bytearray):
            self.secret[:] = bytes(len(self.secret))

    @property
    def name(self) -> str:
        """Tells two keys apart without telling either."""
        from hashlib import sha256  # late: the sign-in window needs names, not keys

        return sha256(b"checklist data key name" + self.secret).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's wrapped copy of the data key. `failed_at` is in seconds of the monotonic clock."""

    who: VaultUser
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes
    failures: int = 0
    failed_at: float = 0.0
    kind: SlotKind = SlotKind.PERSON
    must_change: bool = False  # an administrator gave this password; it opens nothing but the way to a new one


@dataclass(frozen=True, slots=True)
class KeyFile:
    key_name: str
    slots: tuple[Slot, ...]

    def slot(self, user: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.who.user == user), None)

    def with_slot(self, new: Slot) -> "KeyFile":
        """This slot in place of the one of the same user, or at the end."""
        others = tuple(slot for slot in self.slots if slot.who.user != new.who.user)
        return replace(self, slots=(*others, new))


def _aad(slot: Slot, key_name: str) -> bytes:
    """What the wrapped key is bound to. An ordinary slot is bound as it was before there were other kinds."""
    who, cost = slot.who, slot.cost
    bound = [BOUND_FORMAT, who.user, who.staff_id, cost.memory_kib, cost.time, cost.lanes, slot.salt.hex(), key_name]
    if slot.kind is not SlotKind.PERSON or slot.must_change:
        bound += [slot.kind.value, slot.must_change]
    return json.dumps(bound, separators=(",", ":")).encode()


def _wrapping_key(password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def wrap(
    key: DataKey,
    who: VaultUser,
    password: str,
    cost: Cost,
    *,
    kind: SlotKind = SlotKind.PERSON,
    must_change: bool = False,
) -> Slot:
    """The data key under this password, for one slot. Raises NotUnderstood for a short password."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(password) < MIN_PASSWORD:
        raise NotUnderstood(
            f"The password is too short: it needs at least {MIN_PASSWORD} characters. Nothing was saved. "
            "A short sentence is easy to remember and hard to guess."
        )
    empty = Slot(who, cost, os.urandom(16), os.urandom(12), b"", kind=kind, must_change=must_change)
    cipher = AESGCM(_wrapping_key(password, empty.salt, cost))
    return replace(empty, wrapped=cipher.encrypt(empty.nonce, bytes(key.secret), _aad(empty, key.name)))


def unwrap(slot: Slot, password: str, key_name: str) -> DataKey | None:
    """The data key, or None when the password, or anything the slot is bound to, is not the one it was made with."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_wrapping_key(password, slot.salt, slot.cost))
    try:
        secret = cipher.decrypt(slot.nonce, slot.wrapped, _aad(slot, key_name))
    except InvalidTag:
        return None
    return DataKey(bytearray(secret))


def as_bytes(content: KeyFile) -> bytes:
    """The key file as it is written, with a checksum over all of it: a flipped bit is told, whatever it hits."""
    data = {"format": FORMAT, "key_name": content.key_name, "slots": [_to_json(one) for one in content.slots]}
    return json.dumps({**data, "check": checksum(data)}, indent=1).encode()


def _to_json(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.who.user,
        "staff_id": slot.who.staff_id,
        "name": slot.who.name,
        "argon2id": asdict(slot.cost),
        "salt": base64.b64encode(slot.salt).decode(),
        "nonce": base64.b64encode(slot.nonce).decode(),
        "wrapped": base64.b64encode(slot.wrapped).decode(),
        "failures": slot.failures,
        "failed_at": slot.failed_at,
        "kind": slot.kind.value,
        "must_change": slot.must_change,
    }


def _from_json(data: dict[str, Any]) -> Slot:
    """Raises KeyError, TypeError or ValueError on anything that this program did not write."""
    cost = Cost(**{name: int(number) for name, number in data["argon2id"].items()})
    if not (1 <= cost.time <= 100 and 1 <= cost.lanes <= 64):
        raise ValueError("Argon2id passes or lanes out of range")
    if not 8 * cost.lanes <= cost.memory_kib <= MOST_MEMORY_KIB:
        raise ValueError("Argon2id memory out of range")
    salt, nonce, wrapped = (base64.b64decode(data[name], validate=True) for name in ("salt", "nonce", "wrapped"))
    if (len(salt), len(nonce), len(wrapped)) != (16, 12, KEY_BYTES + 16):
        raise ValueError("salt, nonce or wrapped key of another length")
    who = VaultUser(str(data["user"]), StaffId(str(data["staff_id"])), str(data["name"]))
    kind, must_change = SlotKind(data.get("kind", SlotKind.PERSON)), bool(data.get("must_change", False))
    return Slot(who, cost, salt, nonce, wrapped, int(data["failures"]), float(data["failed_at"]), kind, must_change)


def parsed(raw: bytes, path: Path) -> KeyFile:
    """The content of the key file `path`. Raises DataFileError when it is damaged or newer than this program."""
    try:
        data = json.loads(raw)
        if int(data["format"]) > FORMAT:
            raise DataFileError(
                f"{path.name} was written by a newer version of this program and was not touched. "
                "Install the newer version on this PC, then try again."
            )
        if not is_whole(data):
            raise ValueError("the checksum is not that of the content")
        slots = tuple(_from_json(slot) for slot in data["slots"])
        content = KeyFile(str(data["key_name"]), slots)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError(
            f"The key file {path.name} in {path.parent} is damaged. Nothing was changed. "
            "Bring it back from a backup, then try again."
        ) from error
    if not slots:
        raise DataFileError(f"The key file {path.name} names no user. Bring it back from a backup, then try again.")
    return content
