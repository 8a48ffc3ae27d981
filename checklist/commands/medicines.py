"""`checklist medicines`: what the program recognises of a text as typed."""

import json
from collections.abc import Sequence
from typing import Any

from checklist import resources
from checklist.commands.outcome import MISTAKE, Outcome
from checklist.medicines import (
    Match,
    MedicineTable,
    class_level,
    combined,
    entry_findings,
    entry_level,
    find,
    is_understood,
)
from checklist.model import Level


def medicines(texts: Sequence[str], *, as_json: bool = False) -> Outcome:
    """One result for each text, in order. Raises ResourceMissing and MedicineTableError."""
    if not texts or not all(text.strip() for text in texts):
        return Outcome(
            complaints=('Type a medicine, like "Xanax 0.5 mg at night". Nothing was looked up.',), code=MISTAKE
        )
    table = MedicineTable.load(resources.read_text)
    results = [look_up(table, text) for text in texts]
    if as_json:
        return Outcome(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return Outcome("\n".join(_for_people(one) for one in results))


def look_up(table: MedicineTable, text: str) -> dict[str, Any]:
    """All medicines of the text together.

    `level` is that of the medicines as they were read; `level_now` is what a session shows: at least a review until
    each question is answered.
    """
    matches = find(table, text)
    names = [ingredient.name for match in matches for ingredient in match.ingredients]
    return {
        "text": text,
        "ingredients": list(dict.fromkeys(names)),
        "level": _as_read(table, matches).value,
        "level_now": Level.worst(entry_level(table, match) for match in matches).value,
        "certainty": [match.certainty.value for match in matches],
        "classes": _classes(table, matches),
        "questions": [question.text for match in matches for question in match.questions],
        "not_understood": [word for match in matches for word in match.not_understood],
        "taken_as_now": any(match.continuous for match in matches),
        "look_alikes": list(dict.fromkeys(name for match in matches for name in match.look_alikes)),
        "together": _together(table, matches),
    }


def _together(table: MedicineTable, matches: Sequence[Match]) -> list[str]:
    rows = [(match, entry_findings(table, match)) for match in matches]
    return [found.title for found in combined(table, rows, bp_above_limit=False)]


def _as_read(table: MedicineTable, matches: Sequence[Match]) -> Level:
    """Never clear while anything is open, and at least a review where a medicine or a word could not be placed."""
    level = Level.worst(class_level(table, match) for match in matches)
    placed = all(match.ingredients and not match.not_understood for match in matches)
    settled = placed and (level is not Level.CLEAR or all(is_understood(match) for match in matches))
    return level if settled else Level.worst((level, Level.REVIEW))


def _classes(table: MedicineTable, matches: Sequence[Match]) -> list[dict[str, Any]]:
    found = [finding for match in matches for finding in entry_findings(table, match)]
    return [
        {
            "class": finding.interaction.name,
            "level": finding.level.value,
            "ingredients": [ingredient.name for ingredient in finding.ingredients],
            "effect": finding.interaction.effect,
            "action": finding.interaction.action,
            "source": finding.interaction.source if finding.interaction.source_seen else "clinic policy",
            "presumed": finding.presumed,
        }
        for finding in found
    ]


def _for_people(result: dict[str, Any]) -> str:
    known = ", ".join(result["ingredients"]) or "not recognised"
    waits = "" if result["level_now"] == result["level"] else f" ({result['level_now']} until the question is answered)"
    lines = [f"“{result['text']}”: {known} – {result['level']}{waits}"]
    lines += [f"  {one['level']:<6}  {one['class']}. {one['action']}" for one in result["classes"]]
    lines += [f"  ask     {question}" for question in result["questions"]]
    lines += [f"  not understood: {word}" for word in result["not_understood"]]
    lines += ["  counts as taken now"] if result["taken_as_now"] else []
    lines += [f"  looks like {name}" for name in result["look_alikes"]]
    return "\n".join([*lines, *(f"  {title}" for title in result["together"]), ""])
