"""Whatever a rule can say explains itself: title with its numbers, why, what to do, where it comes from, its inputs."""

import ast
import re
from pathlib import Path

import pytest

from checklist.model import Level
from checklist.protocol import Gate, Item, NeededFor
from checklist.rules import followup
from checklist.rules.evaluate import evaluate
from checklist.snapshot import Finding
from tests.rules.build import DECLINED, NOT_APPLICABLE, PROTOCOL, UNKNOWN
from tests.rules.scenes import found_in, gated, of_answer, visits

RULES = Path(__file__).resolve().parents[2] / "checklist" / "rules"
GATES = gated()
SCENES = list(visits())
CALLED = [one for call in map(followup.follow_up, visits().values()) if call for one in call.findings]
SHOWN = {source.title for source in PROTOCOL.sources.values() if source.grade in ("A", "B", "C")} | {"clinic policy"}
WEAK = {source.title for source in PROTOCOL.sources.values() if source.grade in ("D", "M", "P")}
MEASURED = ("vitals.", "dose.", "interval.", "monitor.", "screening.age", "fasting.glucose", "labs.alt", "asked.")
WITHOUT_NUMBER = {
    "dose.weight_basis",
    "dose.check_weight",
    "monitor.symptoms",
    "interval.last",
    *(item.id for item in PROTOCOL.items()),
}
"""Findings that may have no number to name: a weight that cannot be computed, a symptom, two on one day, an answer."""
SAID_WHOLE = ("patient.allergies", "med.together.")
"""The title says it, or the detail is what a person typed."""
JUDGED_WITH_OTHERS = {"fasting.fatty", "fasting.glucose", "asq.5"}
"""Counts as fatty unless a no was said; asked only on insulin; asked only after a yes: their rules have own tests."""
NEEDED = [item for item in PROTOCOL.items() if item.needed_for in (NeededFor.CLEARANCE, NeededFor.START)]


def explains_itself(found: Finding) -> None:
    assert re.match(r"[A-Z0-9“]", found.title) or found.key.startswith("med."), found.title  # generics are lower case
    assert not re.search(r"\{\w*\}|None|  ", f"{found.title}|{found.detail}|{found.action}"), found
    assert found.source in SHOWN or found.key.startswith("med."), found.source  # that table has sources of its own
    assert found.source not in WEAK
    assert found.inputs, found
    assert found.step in {followup.STEP, *(step.id for step in PROTOCOL.steps)}
    if found.level is Level.CLEAR:
        return
    assert found.detail.endswith((".", "”", "?", ")")) or found.key.startswith(SAID_WHOLE), found
    assert found.level is Level.INFO or found.action.endswith((".", "?")), found
    if found.key.startswith(MEASURED) and found.key not in WITHOUT_NUMBER:
        assert re.search(r"\d", found.title), found.title


@pytest.mark.parametrize("scene", SCENES)
def test_every_finding_of_a_visit_explains_itself(scene: str) -> None:
    for found in found_in(scene):
        explains_itself(found)


@pytest.mark.parametrize("found", CALLED, ids=lambda found: found.key)
def test_every_finding_of_a_call_explains_itself(found: Finding) -> None:
    explains_itself(found)


@pytest.mark.parametrize(("item", "gate", "word"), GATES, ids=[f"{item.id}: {word}" for item, _, word in GATES])
def test_every_gate_speaks_with_its_level_source_and_the_answer(item: Item, gate: Gate, word: str) -> None:
    found = next(one for one in evaluate(of_answer(item, word)) if one.key == item.id)
    explains_itself(found)
    assert (found.level, found.nobody_overrides) == (gate.level, gate.nobody_overrides)
    assert found.source == PROTOCOL.source_shown(gate.source)
    assert dict(found.inputs)[item.id] == ("Said so" if word == "answered" else word)


@pytest.mark.parametrize("word", [UNKNOWN, DECLINED, NOT_APPLICABLE])
@pytest.mark.parametrize("item", [one for one in NEEDED if one.id not in JUDGED_WITH_OTHERS], ids=lambda item: item.id)
def test_an_answer_that_is_none_never_passes_without_a_word(item: Item, word: str) -> None:
    found = [one for one in evaluate(of_answer(item, word)) if item.id in one.items]
    for one in found:
        explains_itself(one)
    assert found, item.id
    assert Level.worst(one.level for one in found).rank >= (Level.INFO if word == NOT_APPLICABLE else Level.REVIEW).rank


def test_a_gate_without_more_words_tells_the_answer() -> None:
    kidney = PROTOCOL.item("cond.kidney")
    told = {word: next(one for one in evaluate(of_answer(kidney, word)) if one.key == kidney.id).detail
            for word in ("yes", "unknown")}  # fmt: skip
    assert told == {"yes": "Answer: yes.", "unknown": "Answer: not known."}
    heart = PROTOCOL.item("cond.heart")
    found = next(one for one in evaluate(of_answer(heart, "recent")) if one.key == heart.id)
    assert found.detail == "Answer: Within 6 weeks or unstable."


def written_keys() -> set[str]:
    """The beginnings of all keys that rules write: `vitals.bmi`, and `vitals.` of an f-string."""
    keys = set()
    for file in sorted(RULES.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name == "finding" and node.args:
                first = node.args[0]
                first = first.values[0] if isinstance(first, ast.JoinedStr) else first
                keys |= {str(first.value)} if isinstance(first, ast.Constant) else set()
    return keys


def test_the_visits_reach_every_finding_that_a_rule_can_write() -> None:
    reached = {one.key for scene in SCENES for one in found_in(scene)} | {one.key for one in CALLED}
    missing = {key for key in written_keys() if not any(one.startswith(key) for one in reached)}
    assert missing == {"failed."}  # a rule that breaks has its own test
