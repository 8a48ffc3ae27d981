"""`checklist medicines`: what the program recognises of a text as typed."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from checklist import resources
from checklist.commands.outcome import MISTAKE, Outcome, refused
from checklist.medicines import (
    Match,
    MedicineTable,
    class_level,
    combined,
    entry_findings,
    entry_level,
    find,
    is_understood,
    load_sealed,
)
from checklist.medicines.seal import SEAL, seal
from checklist.model import Level

_WHEN = re.compile(
    r"\b(?:(?:\d+|an?|one|two|three|four|five|six|few|couple of)\s+\w+\s+ago"
    r"|(?:last|this)\s+(?:night|morning|afternoon|evening|week|month|year|spring|summer|fall|autumn|winter)"
    r"|yesterday|today|tonight|since\s+\w+|in\s+\d{4})\b",
    re.IGNORECASE,
)
"""When somebody says that it was taken; it is shown, and the table judges without it."""


def medicines(texts: Sequence[str], *, as_json: bool = False) -> Outcome:
    """One result for each text, in order. Raises ResourceMissing and MedicineTableError."""
    if not texts or not all(text.strip() for text in texts):
        return Outcome(
            complaints=('Type a medicine, like "Xanax 0.5 mg at night". Nothing was looked up.',), code=MISTAKE
        )
    table = load_sealed(resources.read_text)
    results = [look_up(table, text) for text in texts]
    if as_json:
        return Outcome(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    return Outcome("\n".join(_for_people(one) for one in results))


def seal_files() -> Outcome:
    """Seal the medicines files as they are now; says what changed. Raises MedicineTableError and ResourceMissing."""
    text = seal(resources.read_text)
    path = resources.path(SEAL)
    before = {line.partition(",")[0]: line for line in path.read_text(encoding="utf-8").splitlines()}
    after = {line.partition(",")[0]: line for line in text.splitlines()}
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        return refused(
            [f"{path} cannot be written ({error.strerror}). Nothing was sealed. Ask whoever looks after the PC."]
        )
    changed = [file for file, line in after.items() if before.get(file) != line]
    rows = [f"{file}: {_rows(before.get(file))} → {_rows(after[file])} rows" for file in changed]
    return Outcome("\n".join([*rows, f"Sealed: {len(changed)} of {len(after) - 1} medicines files had changed.", ""]))


def _rows(line: str | None) -> str:
    return line.split(",")[1] if line else "0"


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
        "said_when": [" ".join(found.group().split()) for found in _WHEN.finditer(text)],
        "taken_as_now": any(match.continuous for match in matches),
        "look_alikes": list(dict.fromkeys(name for match in matches for name in match.look_alikes)),
        "notes": list(_notes(matches)),
        "together": _together(table, matches),
    }


def _notes(matches: Sequence[Match]) -> Iterator[str]:
    """What a nurse looks at once more though the name was understood."""
    for match in matches:
        if match.look_alikes:
            names = ", ".join(ingredient.display for ingredient in match.ingredients)
            yield f"{names} is easily read for {', '.join(match.look_alikes)}: compare with the label"


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
    lines += [
        f"  said when: {when}. Nothing is judged by it: enter it as the last dose" for when in result["said_when"]
    ]
    lines += [f"  note    {note}" for note in result["notes"]]
    return "\n".join([*lines, *(f"  {title}" for title in result["together"]), ""])
