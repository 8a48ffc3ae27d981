"""The one way a body is written as text and an entry is hashed, so that the same content always has the same hash."""

import json
from collections.abc import Mapping
from hashlib import sha256

from checklist.model import Json

FIRST_PREVIOUS = "0" * 64  # what the first entry names as the hash before it
# Made once: `json.dumps` with options makes a new encoder at each call, which took half the time of a hash.
_body_as_text = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_columns_as_text = json.JSONEncoder(separators=(",", ":")).encode


def plain_body(body: Mapping[str, Json]) -> dict[str, Json]:
    """A copy of one's own, so that what the caller changes afterwards changes nothing.

    Raises TypeError for a float or anything else that is not plain JSON: 0.1 does not come back as what was typed.
    """
    return {_name(name): _plain(value) for name, value in body.items()}


def body_text(body: Mapping[str, Json]) -> str:
    """Sorted keys, no blanks, ASCII only: any text survives, even half an emoji pasted from elsewhere."""
    return _body_as_text(body)


def body_of(text: str) -> Mapping[str, Json]:
    body: dict[str, Json] = json.loads(text)
    return body


def entry_hash(content: tuple[int | str | None, ...], previous: str) -> str:
    """SHA-256 over a JSON list of all columns and the previous hash; a list keeps the columns apart."""
    return sha256(_columns_as_text([*content, previous]).encode("ascii")).hexdigest()


def _plain(value: Json) -> Json:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {_name(name): _plain(inner) for name, inner in value.items()}
    raise TypeError(f"a body holds plain JSON without floats, not {value!r}")


def _name(name: str) -> str:
    if not isinstance(name, str):
        raise TypeError(f"a body has names that are text, not {name!r}")
    return name
