"""Brings a backup back into the data folder; what was there is set aside and never overwritten.

The backup is first copied beside the data and proven there. Then one rename says "it shall be so"; every step after it
can be repeated, so a power cut in between is finished at the next start (`finish_restore`) and never leaves a mixture.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from checklist.errors import BackupFailed, DataFileError
from checklist.store.backup import FILES, prove
from checklist.store.chain import Report, no_report
from checklist.store.copying import copy_file
from checklist.store.files import FolderLock, sync_folder
from checklist.store.manifest import MANIFEST_NAME
from checklist.store.names import (
    COPYING,
    DATA_NAME,
    KEYS_NAME,
    LOCK_NAME,
    PLACING,
    SETTING_ASIDE,
    is_restore_unfinished,
)
from checklist.store.slots import DataKey, parsed
from checklist.store.witness import HEAD_NAME, Witness

ASIDE_NAME = "aside.txt"  # in the two above: the name of the folder for what was there
OURS = (f"{DATA_NAME}-wal", f"{DATA_NAME}-shm", DATA_NAME, HEAD_NAME, *(name for name in FILES if name != DATA_NAME))


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` holds what was there; None: the folder was empty. `newest_before`: its newest entry, where known."""

    aside: Path | None
    newest_before: int | None
    kept_keys: bool = False  # the key file that was here stays: it is of the same data


def restore(backup: Path, folder: Path, key: DataKey, aside_name: str, report: Report = no_report) -> Restored:
    """Raises BackupFailed (does not prove itself, no room, cannot be written), DataFileError (the data is open)."""
    folder.mkdir(parents=True, exist_ok=True)
    with FolderLock(folder / LOCK_NAME):
        head = Witness(folder / HEAD_NAME, key).read()
        kept = _holds(folder / KEYS_NAME, key)
        _copy(backup, folder / COPYING, key, aside_name, report)
        (folder / COPYING).rename(folder / SETTING_ASIDE)
        sync_folder(folder)
        aside = _finish(folder)
    return Restored(aside, head.seq if head else None, kept)


def finish_restore(folder: Path) -> bool:
    """Go on where a power cut stopped a restore; True when there was one. Raises BackupFailed, DataFileError."""
    if not is_restore_unfinished(folder):
        return False
    with FolderLock(folder / LOCK_NAME):
        _finish(folder)
    return True


def _copy(backup: Path, copying: Path, key: DataKey, aside_name: str, report: Report) -> None:
    try:
        shutil.rmtree(copying, ignore_errors=True)
        copying.mkdir(mode=0o700)
        (copying / ASIDE_NAME).write_text(aside_name, encoding="utf-8")
        for name in (MANIFEST_NAME, *FILES):
            if (backup / name).is_file():
                report("Copying", 0, 1)
                _copy_large(backup / name, copying / name)
        sync_folder(copying)
        prove(copying, key, report)
        if _holds(copying.parent / KEYS_NAME, key):
            (copying / KEYS_NAME).unlink()
            copy_file(copying.parent / KEYS_NAME, copying / KEYS_NAME)
            sync_folder(copying)
    except BackupFailed as refused:
        shutil.rmtree(copying, ignore_errors=True)
        raise BackupFailed(refused.sentence.replace(COPYING, backup.name)) from refused
    except OSError as error:
        shutil.rmtree(copying, ignore_errors=True)
        reason = os.strerror(error.errno).lower() if error.errno else "unknown"
        raise BackupFailed(
            f"The backup could not be copied beside the data ({reason}). The present data was not touched. "
            "Free some space on this disk and check that you may write on it, then try again."
        ) from error
    except BaseException:
        shutil.rmtree(copying, ignore_errors=True)
        raise


def _holds(keys: Path, key: DataKey) -> bool:
    """True when a key file can be read and holds this very key: the one that is here then stays.

    So who was disabled since the backup stays out, a new password stays new, a pause after wrong ones runs on.
    """
    try:
        return parsed(keys.read_bytes(), keys).key_name == key.name
    except (FileNotFoundError, DataFileError):
        return False


def _copy_large(source: Path, target: Path) -> None:
    if source.name == DATA_NAME:
        shutil.copyfile(source, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    else:
        copy_file(source, target)


def _finish(folder: Path) -> Path | None:
    """Both halves can be repeated from wherever they stopped."""
    try:
        if (folder / SETTING_ASIDE).is_dir():
            _set_aside(folder)
            (folder / SETTING_ASIDE).rename(folder / PLACING)
            sync_folder(folder)
        aside = folder / (folder / PLACING / ASIDE_NAME).read_text(encoding="utf-8")
        for name in FILES:
            if (folder / PLACING / name).exists():
                (folder / PLACING / name).replace(folder / name)
        sync_folder(folder)
        shutil.rmtree(folder / PLACING)
    except OSError as error:
        raise BackupFailed(
            f"Bringing back the backup stopped half-way in {folder}. Nothing is lost: the old files and the backup are "
            "both there. Check that you may write in this folder, then start the program again: it goes on by itself."
        ) from error
    return aside if aside.is_dir() else None


def _set_aside(folder: Path) -> None:
    aside = folder / (folder / SETTING_ASIDE / ASIDE_NAME).read_text(encoding="utf-8")
    present = [name for name in OURS if (folder / name).exists()]
    if present:
        aside.mkdir(mode=0o700, exist_ok=True)
    for name in present:
        (folder / name).replace(aside / name)
    sync_folder(folder)
