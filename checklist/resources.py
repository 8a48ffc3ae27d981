"""Files shipped with the program: protocol, medicines, fonts, icons, texts.

In a checkout they lie in `resources/` next to the package; in an installed wheel in `checklist/_resources`.
Names are relative, with forward slashes: `fonts/fonts.toml`.
"""

from pathlib import Path, PurePosixPath

from checklist.errors import ResourceMissing

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def path(relative: str) -> Path:
    """Where the file lies on disk, for libraries that want a path.

    Raises ResourceMissing when it is not there or the name points outside the shipped files.
    """
    found = _find(relative)
    if not found.is_file():
        raise _missing(relative)
    return found


def read_bytes(relative: str) -> bytes:
    """The file's content. Raises ResourceMissing."""
    try:
        return path(relative).read_bytes()
    except OSError as error:
        raise _missing(relative) from error


def read_text(relative: str) -> str:
    """The file's content as UTF-8 text with plain line ends. Raises ResourceMissing, also when not UTF-8."""
    try:
        return read_bytes(relative).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ResourceMissing(
            f"The file “{relative}” that belongs to the program is damaged. No record was touched. "
            "Install the program again."
        ) from error


def names(folder: str) -> tuple[str, ...]:
    """Names of the files (not folders) in a shipped folder, sorted. Raises ResourceMissing."""
    found = _find(folder)
    if not found.is_dir():
        raise _missing(folder)
    return tuple(sorted(entry.name for entry in found.iterdir() if entry.is_file()))


def _find(relative: str) -> Path:
    parts = PurePosixPath(relative)
    if parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise _missing(relative)
    places = [place for place in _PLACES if place.is_dir()]
    if not places:
        raise _missing(relative)
    return places[0].joinpath(*parts.parts)


def _missing(relative: str) -> ResourceMissing:
    return ResourceMissing(
        f"The file “{relative}” that belongs to the program is not there. No record was touched. "
        "Install the program again."
    )
