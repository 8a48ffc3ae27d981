"""Signature blocks: what was signed on the computer, and ruled lines to sign with ink (reference 11.1)."""

from collections.abc import Iterable, Sequence

from checklist.model import Meaning, Signature
from checklist.paper import words
from checklist.paper.layout import Block, Cell, Row, Rule, heading
from checklist.paper.text import INK, INK_2, STOP, Span, Text, text
from checklist.snapshot import Snapshot

_WHO_SIGNS = {
    Meaning.CHECKED: "Nurse",
    Meaning.PROVIDER_CLEARED: "Provider",
    Meaning.DOSE_VERIFIED: "Second person",
    Meaning.DISCHARGE: "Nurse at discharge",
    Meaning.WITNESSED_WASTE: "Witness of waste",
}
_HALVES = ((0.0, 0.48), (0.52, 1.0))
_INK = 16.0  # points of room to sign in
_BETWEEN = 0.015  # between two lines to write on, of the width
_SIZE = 8.5
# What is asked in ink, with the share of its half at which it ends. Name and role only where nobody signed.
_KNOWN = (("Ink signature", 0.62), ("Date and time", 1.0))
_NAMED = (("Ink signature", 0.40), ("Printed name, role", 0.72), ("Date and time", 1.0))


def signature_section(snapshot: Snapshot, meanings: Sequence[Meaning], title: str = "Signatures") -> list[Block]:
    """One block for each meaning, two beside each other, signed or still to be signed."""
    rows: list[Block] = [*heading(title)]
    for pair in (meanings[at : at + 2] for at in range(0, len(meanings), 2)):
        halves = tuple(zip(pair, _HALVES, strict=False))
        rows.append(_above_ink(Cell(_signed(snapshot, meaning), *half) for meaning, half in halves))
        asked = [_KNOWN if snapshot.record.signature(meaning) else _NAMED for meaning in pair]
        rows += _ink_line(asked)
    return rows


def _above_ink(cells: Iterable[Cell]) -> Row:
    return Row(tuple(cells), Rule.NONE, 4, _INK, keep=True)


def _signed(snapshot: Snapshot, meaning: Meaning) -> Text:
    found = snapshot.record.signature(meaning)
    if found is None:
        statement = snapshot.protocol.texts.get(f"statement_{meaning}", "")
        told = f"\n{statement}\nNot signed on the computer"
        return text(Span(_WHO_SIGNS[meaning], bold=True, size=_SIZE), Span(told, size=_SIZE, colour=INK_2))
    record = f"Record {snapshot.record.session.record_id} v{found.version}"
    person = words.signer(snapshot, found)
    return text(
        Span(found.name, bold=True, size=_SIZE),
        Span(f"{person.removeprefix(found.name)} · {words.ROLES[found.role]}", size=_SIZE),
        Span(f"\n{found.statement}", size=_SIZE, colour=INK_2),
        Span(f"\nSigned on this computer {words.signed_at(found)}", size=7.8, colour=INK_2),
        Span(f"\n{record} · Seal of what was signed {words.seal(found.seal)}", size=7.8, colour=INK_2),
        Span(_standing(snapshot, found), bold=True, size=7.8, colour=INK if found.intact else STOP),
    )


def _standing(snapshot: Snapshot, found: Signature) -> str:
    """What a signature no longer says of the record as it stands; "" when it still does."""
    if not found.intact:
        return f"\n{words.BROKEN}"
    if found.version < snapshot.record.version:
        return f"\nValid for version {found.version}; this is version {snapshot.record.version}"
    return ""


def _ink_line(asked: Sequence[Sequence[tuple[str, float]]]) -> list[Block]:
    """A ruled line for each thing that is asked in ink; `asked` for the left half, and for the right one."""
    cells: list[Cell] = []
    for fields, (left, right) in zip(asked, _HALVES, strict=False):
        start = left
        for name, share in fields:
            end = left + (right - left) * share
            cells.append(Cell(text(name, size=7.8, colour=INK_2), start, end, ruled=True))
            start = end + _BETWEEN
    return [Row(tuple(cells), Rule.NONE, 1, 2)]


def ink_only(titles: Sequence[str], *, names: bool = False) -> list[Block]:
    """Ruled lines for people who sign on paper alone; `names` asks for printed name and role too."""
    rows: list[Block] = []
    for pair in (titles[at : at + 2] for at in range(0, len(titles), 2)):
        rows.append(_above_ink(Cell(text(title, bold=True), *half) for title, half in zip(pair, _HALVES, strict=False)))
        rows += _ink_line([_NAMED if names else _KNOWN] * len(pair))
    return rows
