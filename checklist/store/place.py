"""Whether a folder is a safe place for the data file: SQLite's log needs memory that network drives do not share."""

import os
import sys
from pathlib import Path

from checklist.errors import DataFileError

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2"}
)
MOUNTS = Path("/proc/self/mounts")
REMOTE_DRIVE = 4  # Windows: GetDriveType


def refuse_network_drive(folder: Path) -> None:
    """Raises DataFileError with the reason. On macOS a network drive is not recognised."""
    kind = network_kind(folder)
    if kind:
        raise DataFileError(
            f"The data folder {folder} is on a network drive ({kind}). There, two PCs could write at once and a lost "
            "connection could tear the journal apart, so it was not opened. Nothing was changed. Choose a folder on a "
            "disk of this PC with --data, and use the network drive for backups."
        )


def network_kind(folder: Path) -> str:
    """`cifs`, `nfs4`, `Windows share`; "" for a disk of this PC or when the system does not tell."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace")
        real = os.path.realpath(folder)
    except (OSError, ValueError):
        return ""
    kind = kind_of(real, mounts)
    return kind if kind in NETWORK else ""


def kind_of(path: str, mounts: str) -> str:
    """The file system of the mount that holds a path, by the lines of /proc/mounts; "" when none does."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) >= 3:
            point = fields[1].replace("\\040", " ").rstrip("/")
            if (path == point or path.startswith(point + "/")) and len(point) >= len(best):
                best, kind = point, fields[2]
    return kind


def _windows_kind(folder: Path) -> str:
    import ctypes

    drive = os.path.splitdrive(os.path.realpath(folder))[0]
    if drive.startswith("\\\\"):
        return "Windows share"
    windows = getattr(ctypes, "windll")  # noqa: B009 - other systems' type stubs lack it
    return "Windows share" if windows.kernel32.GetDriveTypeW(drive + "\\") == REMOTE_DRIVE else ""
