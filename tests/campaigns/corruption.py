"""Single bytes, blocks and cut ends of data file, log, backup and key file, by chance but with a fixed seed."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from checklist.errors import KnownError
from checklist.store.backup import Wanted, make_backup, prove
from checklist.store.datafile import DATA_NAME, DataFile
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import KEYS_NAME
from checklist.store.slots import DataKey, parsed, unwrap
from checklist.store.witness import HEAD_NAME
from checklist.times import ManualClock
from tests.campaigns.clinics import MORNING, Line, clinic_of, hashes, new_key, workplace
from tests.store.copies import PASSWORD
from tests.store.drafts import answer

TRIES = 1000
BLOCK = 512
Look = Callable[[Path], bool]
"""True when the damage was told, or when all that can be read is right and complete."""


def lines(tries: int = TRIES) -> Iterator[Line]:
    with workplace() as place:
        key = new_key()
        source = place / "clinic"
        clinic_of(source, key, 3).close()
        written = _written(source, key)
        drive = place / "drive"
        drive.mkdir()
        backup = make_backup(Wanted(source, key, MORNING, "pc", practice=False), drive).path

        def data_is_told(folder: Path) -> bool:
            return _data(folder, key, written)

        yield _campaign("data file: one byte", source, DATA_NAME, _byte, data_is_told, tries)
        yield _campaign("data file: a block of 512 bytes", source, DATA_NAME, _block, data_is_told, tries)
        yield _campaign("data file: end cut off", source, DATA_NAME, _cut, data_is_told, tries // 10)
        yield _campaign("witness: one byte", source, HEAD_NAME, _byte, data_is_told, tries // 10)
        yield _campaign("key file: one byte", source, KEYS_NAME, _byte, lambda at: _keys(at, key), tries)
        crashed = _crashed(place, key)
        after = _written(crashed, key, keep=True)
        log = f"{DATA_NAME}-wal"
        yield _campaign("log after a power cut: one byte", crashed, log, _byte, lambda at: _data(at, key, after), tries)
        yield _campaign(
            "log after a power cut: end cut off", crashed, log, _cut, lambda at: _data(at, key, after), tries
        )
        for name in (DATA_NAME, KEYS_NAME, MANIFEST_NAME):
            yield _campaign(f"backup, {name}: one byte", backup, name, _byte, lambda at: _backup(at, key), tries)
        yield _campaign("backup, clinic.db: a block", backup, DATA_NAME, _block, lambda at: _backup(at, key), tries)
        yield _campaign(
            "backup, clinic.db: end cut off", backup, DATA_NAME, _cut, lambda at: _backup(at, key), tries // 10
        )


def _campaign(what: str, source: Path, name: str, damage: Callable[[bytearray, random.Random], bytearray],
              is_told: Look, tries: int) -> Line:  # fmt: skip
    """Damage one file again and again; the others are put back as they were each time."""
    chance = random.Random(what)
    original = {path.name: path.read_bytes() for path in source.iterdir() if path.is_file()}
    at = source.with_name(f"{source.name}-damaged")
    told = 0
    for _ in range(tries):
        shutil.rmtree(at, ignore_errors=True)
        at.mkdir()
        for other, content in original.items():
            (at / other).write_bytes(content)
        (at / name).write_bytes(damage(bytearray(original[name]), chance))
        told += is_told(at)
    shutil.rmtree(at, ignore_errors=True)
    return Line(what, tries, told)


def _byte(raw: bytearray, chance: random.Random) -> bytearray:
    place = chance.randrange(len(raw))
    raw[place] ^= chance.randrange(1, 256)
    return raw


def _block(raw: bytearray, chance: random.Random) -> bytearray:
    place = chance.randrange(max(1, len(raw) - BLOCK))
    raw[place : place + BLOCK] = chance.randbytes(min(BLOCK, len(raw) - place))
    return raw


def _cut(raw: bytearray, chance: random.Random) -> bytearray:
    return raw[: chance.randrange(len(raw))]


def _data(folder: Path, key: DataKey, written: dict[int, str]) -> bool:
    """Told at opening, by the start's look or by reading everything; otherwise nothing may be missing or another."""
    try:
        with DataFile.open(folder, key, ManualClock(MORNING), "pc") as opened:
            if not opened.check_start().ok or not opened.verify().ok:
                return _rest_is_right(folder, key, written, in_use=True)
            return hashes(opened.journal.entries()) == written
    except KnownError:
        return _rest_is_right(folder, key, written)


def _rest_is_right(folder: Path, key: DataKey, written: dict[int, str], *, in_use: bool = False) -> bool:
    """What is still shown of a damaged file was written so."""
    if in_use:
        return True
    try:
        opened, _ = DataFile.open_read_only(folder, key, ManualClock(MORNING), "pc")
    except KnownError:
        return True
    with opened:
        return hashes(opened.journal.entries()).items() <= written.items()


def _keys(folder: Path, key: DataKey) -> bool:
    """The right key, no key, or a sentence; never another key. A changed name of a person opens nothing either."""
    try:
        content = parsed((folder / KEYS_NAME).read_bytes(), folder / KEYS_NAME)
        found = unwrap(content.slots[0], PASSWORD, content.key_name)
    except KnownError:
        return True
    return found is None or found == key


def _backup(folder: Path, key: DataKey) -> bool:
    try:
        prove(folder, key)
    except KnownError:
        return True
    return False


def _crashed(place: Path, key: DataKey) -> Path:
    """The folder as a power cut leaves it: entries in the log that are not in the file yet."""
    data = clinic_of(place / "running", key, 1)
    for number in range(60):
        data.journal.append(answer(f"in the log {number}"))
    crashed = place / "crashed"
    shutil.copytree(data.folder, crashed)
    (crashed / f"{DATA_NAME}-shm").unlink(missing_ok=True)
    data.close()
    return crashed


def _written(folder: Path, key: DataKey, *, keep: bool = False) -> dict[int, str]:
    """All entries by number. `keep`: read from a copy, because opening would empty the log."""
    if keep:
        copy = folder.with_name("read once")
        shutil.copytree(folder, copy)
        folder = copy
    with DataFile.open(folder, key, ManualClock(MORNING), "pc") as opened:
        return hashes(opened.journal.entries())
