"""A clinic with keys and some entries, backed up: what the tests of backup and restore begin with."""

from pathlib import Path

from checklist.store.backup import Backup, Wanted, make_backup
from checklist.store.datafile import DataFile
from checklist.store.names import KEYS_NAME
from checklist.store.slots import Cost, DataKey, KeyFile, VaultUser, as_bytes, wrap
from checklist.times import ManualClock, Moment
from tests.store.drafts import NURSE, answer, clinic, member, patient, session

WEAK = Cost(64, 1, 1)
PASSWORD = "a quiet harbor"
MADE = Moment.stored("2026-11-18T18:02:00.000000-05:00[America/New_York]")


def set_up(folder: Path, key: DataKey, clock: ManualClock, answers: int = 20) -> DataFile:
    """A clinic's data file with its key file, open."""
    data = DataFile.create(folder, key, clock, "front-desk")
    slot = wrap(key, VaultUser("rortiz", NURSE, "R. Ortiz"), PASSWORD, WEAK)
    (folder / KEYS_NAME).write_bytes(as_bytes(KeyFile(key.name, (slot,))))
    data.journal.append(clinic(), member(), patient(), session(), *[answer(f"{n} mg") for n in range(answers)])
    return data


def wanted(folder: Path, key: DataKey, made: Moment = MADE) -> Wanted:
    return Wanted(folder, key, made, "front-desk", practice=False)


def backed_up(folder: Path, key: DataKey, target: Path, made: Moment = MADE) -> Backup:
    target.mkdir(exist_ok=True)
    return make_backup(wanted(folder, key, made), target)


def flip(path: Path, place: int, bits: int = 0x01) -> None:
    """Change one byte of a file."""
    raw = bytearray(path.read_bytes())
    raw[place] ^= bits
    path.write_bytes(raw)
