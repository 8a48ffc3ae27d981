"""Where protocols are read from: the shipped file, and a clinic's own, which is held against it."""

from functools import cache
from pathlib import Path

from checklist import resources
from checklist.errors import ProtocolError
from checklist.protocol.read import load
from checklist.protocol.values import Protocol

SHIPPED = "protocol/iv-ketamine.toml"
LARGEST = 2_000_000  # bytes; the shipped file has 62 thousand


@cache
def shipped() -> Protocol:
    """The protocol that comes with the program, read once: the file does not change while the program runs."""
    return load(resources.read_text(SHIPPED), SHIPPED.rpartition("/")[2])


def own(path: Path) -> Protocol:
    """A clinic's protocol file. Raises ProtocolError with file, line and mend."""
    return load(text_of(path), str(path), like=shipped())


def text_of(path: Path) -> str:
    """The text of a clinic's file; an editor on Windows may have put a byte order mark before it."""
    try:
        if path.stat().st_size > LARGEST:
            raise ProtocolError(f"{path}, line 1: this file is larger than 2 MB and no protocol. Check its name.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = path.read_bytes()[: mistake.start].count(b"\n") + 1
        raise ProtocolError(f"{path}, line {line}: this is not UTF-8 text. Save the file as UTF-8.") from None
    except OSError as error:
        raise ProtocolError(f"{path} cannot be read ({error.strerror}). Check that you may read this file.") from error
