"""Unknown, declined and not applicable: none of them passes the clearance in silence, whatever was asked."""

from collections.abc import Mapping

import pytest

from checklist.model import AnswerState, ItemId, Level
from checklist.protocol import Item, NeededFor
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import Finding
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    facts,
    medicine,
    moment,
    ready,
    session,
)

STATES = (UNKNOWN, DECLINED, NOT_APPLICABLE)
NEEDED = [item for item in PROTOCOL.items() if item.needed_for is NeededFor.CLEARANCE]
MEDICINES = tuple(medicine(name, row=name) for name in ("Ozempic", "insulin glargine", "oxycodone 5 mg"))
RETURNING = facts(visit=session("2026-11-11 11:00")).record

NAME = "Names a person or how to reach one; whether there is one is judged by another question. Shown with its reason."
DETAIL = "A detail of an answer that is for a provider already; the reason is shown beside it."
FATTY = "The meal then counts as fatty, and the time is judged for that."
RECORDED: Mapping[str, str] = {
    **dict.fromkeys(("identity.helper_name", "identity.language", "identity.interpreter_mode"), NAME),
    **dict.fromkeys(("substances.what", "screening.after_last_what", "asq.how", "asq.describe"), DETAIL),
    **dict.fromkeys(("cond.ketamine_allergy_what", "cond.lung_what", "cond.substance_what"), DETAIL),
    **dict.fromkeys(("cond.bladder_frequency", "cond.bladder_urgency", "cond.bladder_pain"), DETAIL),
}
"""Items that "not applicable" with a reason only records, and why that is safe."""
NOT_BY_ITSELF: Mapping[str, str] = {"fasting.fatty": FATTY}
"""Items that are never judged by themselves, and why that is safe."""


def opened(item: Item) -> dict[str, Said]:
    """The answers that make the question appear, the first of each condition."""
    said: dict[str, Said] = {}
    for condition in item.show_when:
        if condition.item is not None:
            word = condition.answers[0]
            if word == "answered":  # on a visit that is ready it is
                continue
            said |= opened(PROTOCOL.item(condition.item))
            said[condition.item] = {"yes": True, "no": False}.get(word, word)
        elif condition.fact == "asq_positive":
            said["asq.1"] = True
    return said


def here(item: Item, state: AnswerState) -> Facts:
    said = ready(opened(item))
    said[item.id] = answer(item.id, state, reason="Says so" if state is not UNKNOWN else "")
    return facts(said, medicines=MEDICINES, readings=(BASELINE,), last=RETURNING)


def about(item: Item, found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if ItemId(item.id) in one.items]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("item", NEEDED, ids=lambda item: str(item.id))
def test_no_answer_that_is_none_passes_in_silence(item: Item, state: AnswerState) -> None:
    given = here(item, state)
    assert given.is_visible(item)
    worst = Level.worst(one.level for one in about(item, evaluate(given)))
    if item.id in NOT_BY_ITSELF:
        assert worst is Level.CLEAR
    elif item.id in RECORDED and state is NOT_APPLICABLE:
        assert worst is Level.INFO
    else:
        assert worst.rank >= Level.REVIEW.rank


def test_a_meal_of_unknown_fat_is_judged_as_fatty() -> None:
    """Why `fasting.fatty` may stand without a finding of its own: 7 hours are enough for a light meal only."""
    meal: dict[str, Said] = {"fasting.solids": moment("04:00")}
    for state in STATES:
        found = {one.key: one.level for one in evaluate(facts(ready({**meal, "fasting.fatty": state})))}
        assert found["fasting.solids"] is Level.HOLD
    light = {one.key: one.level for one in evaluate(facts(ready(meal)))}
    assert light["fasting.solids"] is Level.CLEAR


@pytest.mark.parametrize("item", [item for item in NEEDED if item.id in RECORDED], ids=lambda item: str(item.id))
def test_not_applicable_without_a_reason_is_never_only_recorded(item: Item) -> None:
    said = ready(opened(item))
    said[item.id] = answer(item.id, NOT_APPLICABLE)
    found = evaluate(facts(said, medicines=MEDICINES, readings=(BASELINE,), last=RETURNING))
    assert Level.worst(one.level for one in about(item, found)) is Level.HOLD


def test_every_detail_that_is_only_recorded_stands_beside_something_a_provider_decides() -> None:
    for item in (one for one in NEEDED if RECORDED.get(one.id) == DETAIL):
        (condition,) = item.show_when
        parent = PROTOCOL.item(str(condition.item))
        levels = [one.level for one in about(parent, evaluate(here(item, NOT_APPLICABLE)))]
        assert Level.worst(levels).rank >= Level.REVIEW.rank
