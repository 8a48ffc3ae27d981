"""Disks that fill up, folders that vanish or refuse, files that others hold. The full disk needs root (a tmpfs)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checklist.errors import BackupFailed, DataFileError, KnownError, NotSaved
from checklist.model import Draft, EntryKind
from checklist.store.backup import PARTIAL, Wanted, make_backup
from checklist.store.datafile import DataFile
from checklist.store.slots import DataKey
from checklist.times import ManualClock
from tests.campaigns.clinics import MORNING, Line, clinic_of, hashes, new_key, refusal, workplace
from tests.store.drafts import NURSE
from tests.store.processes import held

NOTE = Draft(EntryKind.ANSWER, NURSE, {"typed": "n" * 5000})
ROUNDS = 20


def lines() -> Iterator[Line]:
    with workplace() as place:
        key = new_key()
        with clinic_of(place / "clinic", key, 20) as data:
            yield from _full_disk(place, key)
            yield _full_drive(place, data, key)
            yield _vanishing(place, data, key)
            yield _read_only(place, data, key)
        yield _held(place, key)


@contextmanager
def small_disk(at: Path, kilobytes: int) -> Iterator[Path]:
    """A real file system of this size."""
    at.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(at)], check=True)
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def _may_mount() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


def _full_disk(place: Path, key: DataKey) -> Iterator[Line]:
    """Entries until the disk is full; all acknowledged ones are there, and the retry succeeds once there is room."""
    if not _may_mount():
        yield Line("disk full while saving", 0, 0, "not run: needs root to mount a small disk")
        return
    good = 0
    for round_ in range(ROUNDS):
        with small_disk(place / "small", 1200 + 40 * round_) as disk:
            ballast = disk / "ballast"
            ballast.write_bytes(b"x" * 200_000)
            data = clinic_of(disk / "clinic", key, 0)
            acknowledged, told = data.journal.last_seq, False
            while not told:
                try:
                    data.journal.append(NOTE)
                    acknowledged += 1
                except KnownError as error:
                    told = isinstance(error, NotSaved) and "disk is full" in refusal(error)
                    if not told:
                        break
            ballast.unlink()
            data.journal.append(NOTE)
            whole = data.verify().ok and data.journal.last_seq == acknowledged + 1
            data.close()
            good += told and whole
    yield Line("disk full while saving, then room again", ROUNDS, good)


def _full_drive(place: Path, data: DataFile, key: DataKey) -> Line:
    if not _may_mount():
        return Line("backup drive full", 0, 0, "not run: needs root to mount a small disk")
    good = 0
    for round_ in range(ROUNDS):
        with small_disk(place / "stick", 64 + 60 * round_) as stick:
            good += _is_refused(data, key, stick, "is full") and not list(stick.iterdir())
    return Line("backup drive full", ROUNDS, good)


def _vanishing(place: Path, data: DataFile, key: DataKey) -> Line:
    """The folder goes away at each step of a backup in turn."""
    steps: list[str] = []
    drive = place / "usb"
    drive.mkdir()
    wanted = Wanted(data.folder, key, MORNING, "pc", practice=False)
    make_backup(wanted, drive, lambda what, done, of: steps.append(what))
    good = 0
    for gone_at in range(len(steps)):
        shutil.rmtree(drive, ignore_errors=True)
        drive.mkdir()
        seen = 0

        def report(_what: str, _done: int, _of: int, at: int = gone_at) -> None:
            nonlocal seen
            if seen == at:
                shutil.rmtree(drive)
            seen += 1

        try:
            make_backup(wanted, drive, report)
        except BackupFailed:
            good += not drive.exists() or not [one for one in drive.iterdir() if not one.name.endswith(PARTIAL)]
    shutil.rmtree(drive, ignore_errors=True)
    return Line("backup folder vanishes during the backup, at each step", len(steps), good)


def _read_only(place: Path, data: DataFile, key: DataKey) -> Line:
    """A write-protected stick. Root may write everywhere, so for root the mount itself is read-only."""
    if not _may_mount():
        return Line("backup folder write-protected", 0, 0, "not run: needs root to mount a read-only disk")
    with small_disk(place / "locked", 4000) as stick:
        subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
        good = _is_refused(data, key, stick, "is write-protected")
    return Line("backup folder write-protected", 1, int(good))


def _is_refused(data: DataFile, key: DataKey, drive: Path, words: str) -> bool:
    """A sentence with these words, and care goes on."""
    try:
        make_backup(Wanted(data.folder, key, MORNING, "pc", practice=False), drive)
    except BackupFailed as refused:
        data.journal.append(NOTE)
        return words in refused.sentence
    return False


def _held(place: Path, key: DataKey) -> Line:
    """Another process holds the file in each of three ways."""
    folder, clock, good = place / "clinic", ManualClock(MORNING), 0
    with DataFile.open(folder, key, clock, "pc") as data:
        before = hashes(data.journal.entries())
    for how in ("open", "exclusive"):
        with held(how, folder, key):
            try:
                DataFile.open(folder, key, clock, "pc").close()
            except DataFileError:
                good += 1
    with DataFile.open(folder, key, clock, "pc") as data:
        with held("write", folder, key):
            try:
                data.journal.append(NOTE)
            except NotSaved:
                good += 1
        good += hashes(data.journal.entries()) == before
    return Line("file held by another process (open, exclusive, writing), nothing lost", 4, good)
