"""A drawn signature as read back from the journal."""

from checklist.desk.codec import text_of
from checklist.ink import Ink, InkMeaning
from checklist.model import Entry


def read_ink(entry: Entry) -> Ink:
    body = entry.body
    lines = body.get("strokes")
    kept = lines if isinstance(lines, list) else []
    return Ink(
        meaning=InkMeaning(entry.item),
        name=text_of(body, "name"),
        strokes=tuple(tuple(n for n in line if isinstance(n, int)) for line in kept if isinstance(line, list)),
        statement=text_of(body, "statement"),
        at=entry.entered,
        by=entry.by,
        seal=text_of(body, "seal"),
    )
