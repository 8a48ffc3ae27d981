"""Small files that a power cut leaves old or new and never half, and the lock of one program at a time."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from checklist.errors import DataFileError, NotSaved

TURN_SECONDS = 5.0  # the longest wait for another program's change of a small file; one takes some milliseconds
_BETWEEN_TRIES = 0.01


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Read, change and write this small file as one, while other programs wait for their turn. Raises NotSaved.

    Without it the second of two programs would write back what it had read before the first one's change.
    """
    try:
        handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NotSaved(_why_not_written(path, error)) from error
    try:
        _wait_for(handle, path)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path) -> None:
    last = time.monotonic() + TURN_SECONDS
    while True:
        try:
            return _lock(handle)
        except OSError as error:
            if time.monotonic() > last:
                raise NotSaved(
                    f"Another program holds {path.name}, so it was not changed. Close that program, then try again."
                ) from error
            time.sleep(_BETWEEN_TRIES)


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` as a whole; when this returns, the new content survives a power cut. Raises NotSaved."""
    beside = path.with_name(path.name + ".new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace_durably(beside, path)
    except OSError as error:
        raise NotSaved(_why_not_written(path, error)) from error


def replace_durably(new: Path, path: Path) -> None:
    """Give a finished file its name; the name itself is on disk when this returns. Raises OSError."""
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable. Windows keeps them in its own log and cannot open a folder."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why_not_written(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return (
            f"The disk is full, so {path.name} was not changed. What was there before is kept. "
            "Free some space on this disk, then try again."
        )
    return (
        f"{path.name} could not be written in {path.parent}. What was there before is kept. "
        "Check that this folder exists and that you may write in it, then try again."
    )


class FolderLock:
    """Held while a data file is open, so that two programs never write the same journal.

    The operating system drops the lock when the program ends in whatever way, so a crash never leaves one behind.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises DataFileError when another program holds it or the folder cannot be written."""
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise DataFileError(
                f"The folder {path.parent} cannot be written, so the clinic's data was not opened. Nothing was "
                "changed. Check that the folder exists and that you may write in it, then try again."
            ) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise DataFileError(
                "The clinic's data is already open in another window of this program. Nothing was changed. "
                "Go to that window, or close it and try again."
            ) from error
        self._handle: int | None = handle

    def release(self) -> None:
        """Let other programs in. A second call does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
