"""Case and protocol files for the tests of the commands."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checklist import resources
from checklist.protocol import files

SHIPPED_TEXT = resources.read_text(files.SHIPPED)

READY: dict[str, Any] = {
    "identity.name": True,
    "identity.born": True,
    "consent.on_file": True,
    "consent.date": "2026-10-01",
    "consent.discussed": True,
    "identity.help": "none",
    "fasting.solids": "yesterday 21:30",
    "fasting.fatty": False,
    "fasting.fluids": "08:30",
    "fasting.gum": "none",
    "transport.plan": "named_adult",
    "transport.name": "Chidi Okafor",
    "transport.relationship": "husband",
    "transport.phone": "555-010-0142",
    "transport.adult": True,
    "transport.where": "reached",
    "transport.no_driving": True,
    "medicines.complete": True,
    "substances.last24": False,
    "screening.infection": False,
    "screening.cognition": False,
    "screening.pregnancy": "negative",
    "asq.1": False,
    "asq.2": False,
    "asq.3": False,
    "asq.4": False,
    **{f"cond.{name}": False for name in ("ketamine_allergy", "aneurysm", "kidney", "lung", "eye", "seizure")},
    **{f"cond.{name}": False for name in ("thyroid", "porphyria", "breastfeeding", "sleep_apnoea")},
    **{f"cond.{name}": "no" for name in ("brain", "cardiac", "psychosis", "delirium", "liver", "bladder")},
    "cond.substance_use": "no",
    **{f"phq9.{place}": 0 for place in range(1, 10)},
    **{f"gad7.{place}": 0 for place in range(1, 8)},
    "vitals.weight": 68.4,
    "vitals.weight_stated": False,
    "vitals.alert": True,
}
"""A first visit on which everything is answered and nothing is found."""

CASE: dict[str, Any] = {
    "title": "Nothing new",
    "zone": "America/New_York",
    "at": "2026-11-18 10:42",
    "patient": {"born": "1986-03-14", "sex": "female"},
    "session": {"planned": "11:00"},
    "answers": READY,
    "readings": ["1035 118/76 72 98 14 36.7"],
}


def case(answers: Mapping[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    """The case with some answers changed (None: left out) and other parts replaced (None: left out)."""
    said = {key: value for key, value in {**READY, **(answers or {})}.items() if value is not None}
    return {key: value for key, value in {**CASE, "answers": said, **changed}.items() if value is not None}


def write(folder: Path, content: Mapping[str, Any] | str, name: str = "case.json") -> Path:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def protocol(folder: Path, *changes: tuple[str, str], name: str = "protocol.toml") -> Path:
    """The shipped protocol with some words replaced."""
    text = SHIPPED_TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return write(folder, text, name)
