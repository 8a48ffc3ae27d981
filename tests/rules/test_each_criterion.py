"""Each discharge criterion when not asked, not known, refused, not applicable, decided (reference 9.1)."""

from dataclasses import replace

import pytest

from checklist.model import AnswerState, Choice
from checklist.rules import dose, recovery
from checklist.snapshot import Met, VerdictKind
from tests.rules.build import answer
from tests.rules.leaving import criterion, evaluated, leaving

ASKED = {
    "oriented": "discharge.oriented",
    "dissociation": "discharge.dissociation",
    "gait": "mpadss.ambulation",
    "nausea": "mpadss.nausea",
    "pain": "mpadss.pain",
    "mood": "discharge.mood",
    "iv_out": "discharge.iv_out",
    "reversal": "discharge.no_reversal",
    "waste": "waste.drawn_mg",
    "written": "discharge.written",
    "understood": "discharge.understood",
    "escort": "discharge.escort",
}
REFUSED = (AnswerState.UNKNOWN, AnswerState.DECLINED, AnswerState.NOT_APPLICABLE)


def test_with_everything_done_the_patient_can_leave() -> None:
    assert recovery.discharge(leaving(), evaluated(leaving())).kind is VerdictKind.CLEARED


@pytest.mark.parametrize(("key", "item"), [pair for pair in ASKED.items() if pair[0] != "dissociation"])
def test_what_was_not_asked_is_not_met(key: str, item: str) -> None:
    of = leaving({item: AnswerState.UNANSWERED})
    assert criterion(of, key).met is Met.UNANSWERED
    verdict = recovery.discharge(of, evaluated(of))
    assert not verdict.passes
    assert item in {one.id for one in verdict.missing}


def test_dissociation_is_not_asked_again_where_a_reading_has_it() -> None:
    of = leaving({"discharge.dissociation": AnswerState.UNANSWERED})
    assert not of.is_visible(of.protocol.item("discharge.dissociation"))
    assert criterion(of, "dissociation").met is Met.MET
    readings = tuple(replace(one, dissociation=None) for one in of.record.readings)
    bare = replace(of, record=replace(of.record, readings=readings))
    assert criterion(bare, "dissociation").met is Met.UNANSWERED
    assert "discharge.dissociation" in {one.id for one in recovery.discharge(bare, evaluated(bare)).missing}


@pytest.mark.parametrize("state", REFUSED)
@pytest.mark.parametrize(("key", "item"), ASKED.items())
def test_not_known_refused_and_not_applicable_wait_for_a_provider_who_can_decide(
    key: str, item: str, state: AnswerState
) -> None:
    of = leaving({item: answer(item, state, reason="the patient says so")})
    assert criterion(of, key).met is Met.NOT_MET
    assert recovery.discharge(of, evaluated(of)).kind is VerdictKind.WAITING
    decided = criterion(of, key, f"discharge.{key}")
    assert decided.met is Met.DECIDED
    refused = evaluated(of, f"discharge.{key}", choice=Choice.POSTPONE)
    assert recovery.discharge(of, refused).kind is VerdictKind.STOPPED


def test_a_sleeping_patient_is_roused_first() -> None:
    """Case 12.38: the help of the question says it, and a MOAA/S below 5 outweighs the tick."""
    item = leaving().protocol.item("discharge.oriented")
    assert item.help == "Asleep? Rouse first, then take MOAA/S: natural sleep wakes to the name."


def test_where_all_that_was_drawn_up_was_given_nobody_asks_what_was_wasted() -> None:
    given_mg = dose.rounded(dose.given(leaving()).given_mg, 2)  # type: ignore[union-attr]
    of = leaving({"waste.drawn_mg": given_mg, "waste.wasted_mg": AnswerState.UNANSWERED})
    assert not of.is_visible(of.protocol.item("waste.wasted_mg"))
    one = criterion(of, "waste")
    assert (one.met, one.detail.endswith("all of it given")) == (Met.MET, True)
    more = leaving({"waste.drawn_mg": given_mg + 1, "waste.wasted_mg": AnswerState.UNANSWERED})
    assert more.is_visible(more.protocol.item("waste.wasted_mg"))
    assert criterion(more, "waste").met is Met.UNANSWERED
