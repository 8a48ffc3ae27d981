"""Small files written whole or not at all, and the lock that keeps a second program out."""

import os
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from checklist.errors import DataFileError, NotSaved
from checklist.store import files
from checklist.store.files import FolderLock, sync_folder, turn, write_durably


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "clinic.keys"
    write_durably(path, b"first, longer")
    write_durably(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "clinic.keys"
    write_durably(path, b"first")
    path.with_name("clinic.keys.new").symlink_to("/dev/full")
    with pytest.raises(NotSaved) as refusal:
        write_durably(path, b"second")
    assert refusal.value.sentence == (
        "The disk is full, so clinic.keys was not changed. What was there before is kept. "
        "Free some space on this disk, then try again."
    )
    assert path.read_bytes() == b"first"


def test_a_program_that_keeps_a_small_file_too_long_is_named_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TURN_SECONDS", 0.0)
    path = tmp_path / "clinic.keys"
    with turn(path), pytest.raises(NotSaved) as refusal, turn(path):
        write_durably(path, b"never")
    assert refusal.value.sentence == (
        "Another program holds clinic.keys, so it was not changed. Close that program, then try again."
    )
    assert not path.exists()


def test_a_short_change_by_another_program_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clinic.keys"
    other = turn(path)
    other.__enter__()
    pauses: list[float] = []

    def done_meanwhile(seconds: float) -> None:
        pauses.append(seconds)
        other.__exit__(None, None, None)

    monkeypatch.setattr(time, "sleep", done_meanwhile)
    with turn(path):
        write_durably(path, b"second")
    assert (path.read_bytes(), pauses) == (b"second", [0.01])


def test_a_turn_in_a_folder_that_is_gone_says_what_to_check(tmp_path: Path) -> None:
    with (
        pytest.raises(NotSaved, match=r"^clinic.keys could not be written in .*gone"),
        turn(tmp_path / "gone" / "clinic.keys"),
    ):
        pass


def test_a_folder_that_is_gone_says_what_to_check(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match=r"could not be written in .*gone. What was there before is kept"):
        write_durably(tmp_path / "gone" / "clinic.keys", b"first")


def test_a_second_lock_is_refused_until_the_first_is_released(tmp_path: Path) -> None:
    path = tmp_path / "clinic.lock"
    with FolderLock(path), pytest.raises(DataFileError, match=r"already open in another window"):
        FolderLock(path)
    FolderLock(path).release()


def test_a_refused_lock_leaves_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "clinic.lock"
    with FolderLock(path):
        before = os.dup(0)
        os.close(before)
        with pytest.raises(DataFileError):
            FolderLock(path)
        after = os.dup(0)
        os.close(after)
    assert after == before


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "clinic.lock").mkdir()
    with pytest.raises(DataFileError) as refusal:
        FolderLock(tmp_path / "clinic.lock")
    assert refusal.value.sentence == (
        f"The folder {tmp_path} cannot be written, so the clinic's data was not opened. Nothing was changed. "
        "Check that the folder exists and that you may write in it, then try again."
    )


class WindowsLocks(ModuleType):
    """What Windows offers, by its documented behaviour: a second lock of the same byte is an OSError.

    By hand, because these tests run where there is no Windows; the rest of the path is the real one.
    """

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: set[tuple[int, int]] = set()

    def locking(self, handle: int, mode: int, size: int) -> None:
        assert (mode, size) == (self.LK_NBLCK, 1)
        byte = (os.fstat(handle).st_ino, 0)
        if byte in self.held:
            raise PermissionError(13, "Permission denied")
        self.held.add(byte)


def test_on_windows_the_lock_is_windows_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = WindowsLocks()
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(sys, "platform", "win32")
    path = tmp_path / "clinic.lock"
    with FolderLock(path):
        assert len(windows.held) == 1
        with pytest.raises(DataFileError, match=r"already open in another window"):
            FolderLock(path)


def test_on_windows_folders_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    sync_folder(tmp_path / "a folder that cannot be opened")
    monkeypatch.undo()
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "a folder that cannot be opened")
