"""`checklist protocol check`, `show` and `diff`: a protocol file explained to the medical lead who changes it."""

import re
from pathlib import Path

from checklist.commands.outcome import Outcome, refused
from checklist.commands.protocol_changes import changes
from checklist.commands.protocol_table import tables
from checklist.errors import ProtocolError
from checklist.protocol import Protocol, files
from checklist.protocol.read import examine

_LINE = re.compile(r", line (\d+):")


def check(path: Path) -> Outcome:
    """One sentence when the clinic's file can be used, else every mistake with its line and its mend."""
    try:
        protocol, found = examine(files.text_of(path), str(path), like=files.shipped())
    except ProtocolError as mistake:
        return refused([mistake.sentence])
    if found or protocol is None:
        return refused(sorted(found, key=_line))
    items = sum(1 for _ in protocol.items())
    accepted = [*protocol.accepted, *(limit.key for limit in protocol.limits.values() if limit.accepted_by)]
    names = f", {len(accepted)} accepted by name" if accepted else ""
    return Outcome(
        f"{path} can be used: protocol {protocol.id}, version {protocol.version}, {len(protocol.steps)} steps, "
        f"{items} items, {len(protocol.limits)} limits{names}.\n"
    )


def _line(complaint: str) -> int:
    found = _LINE.search(complaint)
    return int(found[1]) if found else 0


def show(path: Path | None) -> Outcome:
    """All numbers, settings, definitions, texts and sources as tables; of the shipped protocol without a file.

    Raises ProtocolError.
    """
    protocol = _loaded(path)
    head = f"{protocol.title}: protocol {protocol.id}, version {protocol.version}, revised {protocol.revised}"
    parts = [head, *tables(protocol)]
    return Outcome("\n\n".join(part for part in parts if part) + "\n")


def _loaded(path: Path | None) -> Protocol:
    return files.shipped() if path is None else files.own(path)


def diff(before: Path, after: Path) -> Outcome:
    """What changed clinically from one file to the other, in words. Raises ProtocolError."""
    one, other = files.own(before), files.own(after)
    found = list(changes(one, other))
    if not found:
        return Outcome("No clinical change.\n")
    return Outcome("\n".join(found) + "\n")
