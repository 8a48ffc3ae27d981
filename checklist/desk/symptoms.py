"""Symptoms and a remark typed with a reading: `184/112 96 97 16 s4 ! chest pain, vision # left arm, lying`."""

import re

from checklist.errors import NotUnderstood
from checklist.parse import parse_text
from checklist.protocol import Protocol
from checklist.rules.signs import EMERGENCY_SYMPTOMS

MARK = "!"
REMARK = "#"
_BETWEEN = re.compile(r"[!,;]")


def split_symptoms(text: str) -> tuple[str, str, bool]:
    """The values, the words after the first mark, and whether there was one; without the remark."""
    values, mark, words = text.partition(REMARK)[0].partition(MARK)
    return values, words, bool(mark)


def symptom_label(symptom: str, protocol: Protocol) -> str:
    """`Chest pain`; an id of an older record that the protocol does not name stands as it is."""
    return protocol.texts.get(f"symptom_{symptom}", symptom)


def read_symptoms(text: str, protocol: Protocol) -> tuple[str, ...]:
    """Ids of the symptoms after the mark, each once, as typed in order. Raises NotUnderstood with the list."""
    _, words, marked = split_symptoms(text)
    named = [" ".join(part.split()) for part in _BETWEEN.split(parse_text(words, 200))]
    named = [part for part in named if part]
    if marked and not named:
        raise NotUnderstood(f"Type the symptom after the “{MARK}”: {_listed(protocol)}.")
    return tuple(dict.fromkeys(_symptom(part, protocol) for part in named))


def shown_symptoms(symptoms: tuple[str, ...], protocol: Protocol) -> str:
    """`! Chest pain, Loss of sight`; empty without any."""
    labels = ", ".join(symptom_label(one, protocol) for one in symptoms)
    return f"{MARK} {labels}" if labels else ""


def _symptom(typed: str, protocol: Protocol) -> str:
    """The one symptom whose label, or else one of its words, starts with what was typed."""
    wanted = typed.casefold()
    labels = {one: symptom_label(one, protocol).casefold() for one in EMERGENCY_SYMPTOMS}
    found = [one for one, label in labels.items() if label.startswith(wanted)]
    found = found or [one for one, label in labels.items() if any(word.startswith(wanted) for word in label.split())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotUnderstood(
            f"“{typed}” is not on the list of symptoms: {_listed(protocol)}. Other complaints are side effects. "
            "Nothing was saved."
        )
    named = ", ".join(symptom_label(one, protocol) for one in found)
    raise NotUnderstood(f"“{typed}” could be: {named}. Type one letter more.")


def _listed(protocol: Protocol) -> str:
    return ", ".join(symptom_label(one, protocol) for one in EMERGENCY_SYMPTOMS)
