"""Backups that prove themselves.

A backup is a folder: `clinic.db`, `clinic.keys` and the clinic's own `protocol.toml` of one moment, and a manifest.
It is written under a name that ends in `.partial`, then read back as a stranger would read it: each file has its
digest, every page its seal, every entry its place in the chain, the lists are what the journal says, and the counts are
those of the file it was made of. Only then it gets its name. A folder with the plain name was proven when it was made.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from checklist import __version__
from checklist.errors import BackupFailed, DamagedDataFile, DataFileError, NotSaved
from checklist.store.chain import Report, no_report
from checklist.store.copying import copy_database, copy_file, snapshot
from checklist.store.files import sync_folder, write_durably
from checklist.store.manifest import MANIFEST_NAME, Manifest, as_bytes, digest_of, is_sealed, parsed
from checklist.store.names import DATA_NAME, KEYS_NAME, PROTOCOL_NAME
from checklist.store.slots import DataKey
from checklist.store.slots import parsed as parsed_keys
from checklist.store.verify import CLOSED, IN_USE, check, contents, opened
from checklist.times import Moment

PARTIAL = ".partial"
PREFIX = "checklist-backup-"
TAG_LENGTH = 8
FILES = (DATA_NAME, KEYS_NAME, PROTOCOL_NAME)
TRIES_NAME = "clinic.tries"  # no part of the backup: a copy of its key file in which wrong passwords are counted
ONLY_IF_THERE = frozenset({PROTOCOL_NAME})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to back up: the data folder, its key, and what the manifest says about the circumstances."""

    folder: Path
    key: DataKey
    made: Moment
    workstation: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Backup:
    """A folder with a manifest that can be read. `path` is the folder."""

    path: Path
    manifest: Manifest

    @property
    def made(self) -> Moment:
        return Moment.stored(self.manifest.made)


def make_backup(wanted: Wanted, target: Path, report: Report = no_report) -> Backup:
    """Make and prove one backup in the folder `target`, while people go on working. For the worker thread.

    Raises BackupFailed (drive missing, full, read-only; the copy does not prove itself), DamagedDataFile when the data
    itself does not read back, and what `report` raises. Whatever is raised, nothing unproven keeps a backup's name.
    """
    with _drive(target):
        refuse_inside(wanted.folder, target)
        if not target.is_dir():
            raise FileNotFoundError(errno.ENOENT, "no such folder")
        _clear_partials(target, wanted.key)
        path = _free_name(target, wanted)
        partial = path.with_name(path.name + PARTIAL)
        partial.mkdir(mode=0o700)
        try:
            manifest = _write(wanted, partial, report)
            prove(partial, wanted.key, report)
            partial.rename(path)
            sync_folder(target)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return Backup(path, manifest)


def prove(path: Path, key: DataKey, report: Report = no_report) -> Backup:
    """Read a whole backup as if nothing were known of it. Raises BackupFailed with the first thing that is wrong."""
    backup = read_backup(path)
    if not is_sealed(_read(path / MANIFEST_NAME), key):
        raise BackupFailed(f"{_named(path)}: its description does not carry the seal of this key. It is not used.")
    with _reading(path):
        for name, digest in backup.manifest.files.items():
            if name not in FILES or digest_of(path / name) != digest:
                raise BackupFailed(f"{_named(path)}: the file {name} is not as it was written. It is not used.")
        if parsed_keys(_read(path / KEYS_NAME), path / KEYS_NAME).key_name != key.name:
            raise BackupFailed(f"{_named(path)}: its key file belongs to other data. It is not used.")
        with opened(path / DATA_NAME, key, CLOSED) as db:
            found = check(db, report)
            if not found.ok:
                raise BackupFailed(f"{_named(path)}: {found.problems[0]} It is not used.")
            if contents(db) != backup.manifest.contents:
                raise BackupFailed(f"{_named(path)} does not hold what its description says. It is not used.")
    return backup


def read_backup(path: Path) -> Backup:
    """What the manifest says, unproven. Raises BackupFailed."""
    with _reading(path):
        backup = Backup(path, parsed(_read(path / MANIFEST_NAME), path))
        if not {DATA_NAME, KEYS_NAME} <= set(backup.manifest.files):
            raise BackupFailed(f"{_named(path)} is not complete. Choose another one.")
        _check_moment(backup)
    return backup


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """All backups with a readable manifest in a folder, the newest first. Empty when the folder is out of reach."""
    found = []
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return ()
    for path in inside:
        if path.name.startswith(PREFIX) and not path.name.endswith(PARTIAL):
            try:
                found.append(read_backup(path))
            except BackupFailed:
                continue
    return tuple(sorted(found, key=lambda backup: backup.made, reverse=True))


def refuse_inside(data: Path, target: Path) -> None:
    """A backup inside the data folder would be lost with it. Raises BackupFailed."""
    if data.resolve() in (target.resolve(), *target.resolve().parents):
        raise BackupFailed(
            f"{target} is the data folder itself or lies in it: a backup there would be lost together with the data. "
            "Choose a folder on another disk."
        )


def remove_backup(backup: Backup) -> None:
    """Take a backup away: first its name, so that half a backup is never taken for one. Raises OSError."""
    partial = backup.path.with_name(backup.path.name + PARTIAL)
    backup.path.rename(partial)
    _remove(partial)


def tag_of(key_name: str) -> str:
    """Tells the backups of two clinics in one folder apart."""
    return key_name[:TAG_LENGTH]


def _write(wanted: Wanted, partial: Path, report: Report) -> Manifest:
    """All files of one moment: the keys are read while the data stands still for us."""
    with opened(wanted.folder / DATA_NAME, wanted.key, IN_USE) as db:
        snapshot(db)
        copy_database(db, partial / DATA_NAME, wanted.key, report)
        for name in (KEYS_NAME, PROTOCOL_NAME):
            if name not in ONLY_IF_THERE or (wanted.folder / name).exists():
                copy_file(wanted.folder / name, partial / name)
        manifest = Manifest(
            made=wanted.made.store(),
            key_name=wanted.key.name,
            practice=wanted.practice,
            workstation=wanted.workstation,
            version=__version__,
            contents=contents(db),
            files={name: digest_of(partial / name) for name in FILES if (partial / name).exists()},
        )
    write_durably(partial / MANIFEST_NAME, as_bytes(manifest, wanted.key))
    return manifest


def _free_name(target: Path, wanted: Wanted) -> Path:
    word = "practice-" if wanted.practice else ""
    stem = f"{PREFIX}{word}{tag_of(wanted.key.name)}-{wanted.made.local:%Y%m%d-%H%M%S}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    return next(target / name for name in names if not (target / name).exists())


def _clear_partials(target: Path, key: DataKey) -> None:
    """What a pulled plug left of earlier backups of this clinic."""
    for path in target.glob(f"{PREFIX}*{tag_of(key.name)}-*{PARTIAL}"):
        _remove(path)


def _remove(path: Path) -> None:
    """Only files that this program wrote; whatever else somebody put there stays, and the folder with it."""
    for name in (*FILES, MANIFEST_NAME, f"{MANIFEST_NAME}.new", TRIES_NAME):
        (path / name).unlink(missing_ok=True)
    if not any(path.iterdir()):
        path.rmdir()


def _check_moment(backup: Backup) -> None:
    try:
        backup.made.local  # noqa: B018 - reads the time and its zone
    except (ValueError, KeyError, OSError, OverflowError) as error:
        raise BackupFailed(f"The description of {backup.path.name} is damaged. Choose another backup.") from error


def _read(path: Path) -> bytes:
    return path.read_bytes()


def _named(path: Path) -> str:
    return f"The backup {path.name.removesuffix(PARTIAL)}"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """A backup that cannot be read, or does not read back, is told as such and not as damage of the live data."""
    try:
        yield
    except DataFileError as error:
        raise BackupFailed(f"{_named(path)} is damaged: {error.sentence} It is not used.") from error
    except OSError as error:
        raise BackupFailed(f"{_named(path)} cannot be read ({_reason(error)}). Choose another one.") from error


_DRIVE = {
    errno.ENOSPC: "{target} is full. Free some space there, or choose another folder",
    errno.EDQUOT: "{target} is full for this user. Free some space there, or choose another folder",
    errno.EFBIG: "{target} takes no files of this size. Choose another drive",
    errno.EROFS: "{target} is write-protected. Allow writing to it, or choose another folder",
    errno.EACCES: "you may not write in {target}. Allow writing there, or choose another folder",
    errno.EPERM: "you may not write in {target}. Allow writing there, or choose another folder",
    errno.ENOENT: "{target} is not there. Plug the drive in, or choose another folder",
    errno.ENOTDIR: "{target} is not a folder. Choose another one",
}


@contextmanager
def _drive(target: Path) -> Iterator[None]:
    """Turn what the drive refuses into one sentence; damage of the live data stays what it is."""
    try:
        yield
    except OSError as error:
        raise BackupFailed(_not_made(target, error)) from error
    except NotSaved as error:
        cause = error.__cause__
        full = shutil.disk_usage(target).free < (1 << 20) if target.is_dir() else False
        as_os = cause if isinstance(cause, OSError) else OSError(_errno_of(target, full), "")
        raise BackupFailed(_not_made(target, as_os)) from error
    except (BackupFailed, DamagedDataFile):
        raise
    except DataFileError as error:
        raise BackupFailed(f"No backup was made: {error.sentence}") from error


def _errno_of(target: Path, full: bool) -> int:
    if not target.is_dir():
        return errno.ENOENT
    return errno.ENOSPC if full else errno.EIO


def _not_made(target: Path, error: OSError) -> str:
    text = _DRIVE.get(error.errno or 0, "{target} reported a fault ({reason}). Check the drive and its cable")
    return f"No backup was made: {text.format(target=target, reason=_reason(error))}, then try again."


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else "unknown"
