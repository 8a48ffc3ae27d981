"""Discharge looks at the patient after the infusion: earlier ticks do not count, later bad readings do."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import Decision, EventKind, ItemId, Level, Meaning
from checklist.rules import recovery
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.scores import mpadss
from checklist.snapshot import Finding, Met, VerdictKind
from tests.rules.build import Said, answer, decide, event, signature
from tests.rules.leaving import DONE, SETS, criterion, leaving, met
from tests.rules.visit import STARTED, after

STOPPED = replace(event(EventKind.STOPPED, "11:40", infused_ml="50"), seq=40)


def ticked(item: str, seq: int) -> Facts:
    one = replace(answer(item, DONE[item]), seq=seq)
    later = {key: replace(answer(key, said), seq=50) for key, said in DONE.items()}
    return leaving({**later, item: one}, events=(STARTED, STOPPED))


@pytest.mark.parametrize(
    ("item", "key"),
    [("discharge.oriented", "oriented"), ("mpadss.ambulation", "gait"), ("discharge.escort", "escort")],
)
def test_a_tick_from_before_the_stop_is_asked_again(item: str, key: str) -> None:
    assert criterion(ticked(item, 39), key).met is Met.UNANSWERED
    assert criterion(ticked(item, 41), key).met is Met.MET
    assert item in [one.id for one in recovery.missing_items(ticked(item, 39))]


def with_escort(*names: tuple[str, int]) -> Facts:
    """Ticked at entry 50; `names` are the escort's names with their places in the journal."""
    here = ticked("discharge.escort", 50)
    said = tuple(replace(answer("transport.name", name), seq=seq) for name, seq in names)
    return replace(here, record=replace(here.record, history={ItemId("transport.name"): said}))


def test_the_escort_is_asked_again_when_another_one_comes() -> None:
    assert criterion(with_escort(("Chidi", 5), ("Ada", 49)), "escort").met is Met.MET
    assert criterion(with_escort(("Chidi", 5), ("Chidi", 51)), "escort").met is Met.MET
    one = criterion(with_escort(("Chidi", 5), ("Ada", 51)), "escort")
    assert (one.met, one.detail) == (Met.UNANSWERED, "ticked for another escort or way home")


def test_a_name_corrected_after_the_discharge_voids_nothing() -> None:
    here = with_escort(("Chidi", 5), ("Chidi Okafor", 51))
    closed = replace(here.record, signatures=(signature(Meaning.DISCHARGE),))
    assert criterion(replace(here, record=closed), "escort").met is Met.MET


def test_what_was_drawn_up_before_the_stop_still_counts() -> None:
    assert criterion(ticked("waste.drawn_mg", 20), "waste").met is Met.MET


@pytest.mark.parametrize(("score", "expected"), [(0, Met.MET), (1, Met.MET), (2, Met.NOT_MET), (3, Met.NOT_MET)])
def test_dissociation_that_comes_back_after_the_tick_keeps_the_patient(score: int, expected: Met) -> None:
    here = leaving(readings=(*SETS, after("", "12:14", dissociation=score)))
    assert criterion(here, "dissociation").met is expected


@pytest.mark.parametrize(("score", "points"), [(0, 2), (1, 2), (2, 1), (3, 0)])
def test_nausea_that_comes_back_after_the_tick_counts(score: int, points: int) -> None:
    here = leaving(readings=(*SETS, after("", "12:14", nausea=score)))
    assert dict(mpadss(here).parts)["Nausea"] == points
    assert criterion(here, "nausea").met is (Met.MET if points == 2 else Met.NOT_MET)
    assert criterion(here, "nausea").detail == f"minimal; nausea {score} at 12:14"


@pytest.mark.parametrize(("score", "points"), [(0, 2), (3, 2), (4, 1), (6, 1), (7, 0), (10, 0)])
def test_pain_that_comes_back_after_the_tick_counts(score: int, points: int) -> None:
    here = leaving(readings=(*SETS, after("", "12:14", pain=score)))
    assert dict(mpadss(here).parts)["Pain"] == points
    assert criterion(here, "pain").met is (Met.MET if points == 2 else Met.NOT_MET)


def test_a_worse_answer_stays_worse_than_a_good_reading() -> None:
    here = leaving({"mpadss.pain": "0", "discharge.dissociation": "3"}, readings=(*SETS, after("", "12:14", pain=0)))
    assert dict(mpadss(here).parts)["Pain"] == 0
    assert criterion(here, "dissociation").met is Met.NOT_MET


def test_an_order_of_34_25_mg_is_accounted_for() -> None:
    exact: dict[str, Said] = {"dose.mg": Decimal("34.25"), "waste.drawn_mg": Decimal("34.25")}
    assert met(exact, "waste") is Met.MET
    assert criterion(leaving(exact), "waste").detail == "drawn 34.25 mg, given 34.25 mg, wasted 0 mg"
    assert met({**exact, "waste.wasted_mg": Decimal("0.1")}, "waste") is Met.NOT_MET


def test_a_stop_at_an_odd_volume_is_accounted_for_to_a_tenth_of_a_milligram() -> None:
    stop = event(EventKind.STOPPED, "11:40", infused_ml="29.7")  # 20.79 of 35 mg
    for wasted, expected in (("14.2", Met.MET), ("14.21", Met.MET), ("14.1", Met.NOT_MET), ("14.3", Met.NOT_MET)):
        said: dict[str, Said] = {"waste.wasted_mg": Decimal(wasted)}
        assert met(said, "waste", events=(STARTED, stop)) is expected


def test_three_hundredths_of_a_milligram_that_nobody_accounts_for_are_a_discrepancy() -> None:
    exact: dict[str, Said] = {"dose.mg": Decimal("34.2"), "waste.drawn_mg": Decimal(50)}
    for wasted, expected in (("15.8", Met.MET), ("15.77", Met.NOT_MET), ("15.84", Met.NOT_MET)):
        assert met({**exact, "waste.wasted_mg": Decimal(wasted)}, "waste") is expected
    one = criterion(leaving({**exact, "waste.wasted_mg": Decimal("15.77")}), "waste")
    assert one.detail.startswith("DISCREPANCY, 0.03 mg missing: ")


def missing(now: str = "12:15", decisions: tuple[Decision, ...] = ()) -> dict[str, Finding]:
    here = leaving(readings=(), now=now, decisions=decisions)
    return {one.key: one for one in recovery.findings(here)}


def test_a_refused_cuff_is_for_the_provider_once_the_time_is_over() -> None:
    found = missing()
    assert {"discharge.vitals", "discharge.spo2", "discharge.aldrete", "discharge.mpadss"} <= set(found)
    one = found["discharge.vitals"]
    assert (one.level, one.detail) == (Level.REVIEW, "This criterion is still to check.")
    assert one.action == "Check it now. If it cannot be done, the provider decides."
    assert one.title.endswith("needs 2 sets after the infusion, 0 so far")


def test_before_that_it_is_only_still_to_check() -> None:
    assert set(missing(now="12:00")) == {"discharge.min_time"}


def test_who_may_leave_early_may_leave_without_the_set() -> None:
    early = missing(now="12:00")["discharge.min_time"]
    assert "discharge.vitals" in missing(now="12:00", decisions=(decide(early),))


def test_still_to_check_is_told_before_the_provider_is_asked() -> None:
    here = leaving(readings=())
    verdict = recovery.discharge(here, recovery.findings(here))
    assert verdict.kind is VerdictKind.INCOMPLETE
    assert verdict.sentence.startswith("5 criteria still to check")


def test_with_every_missing_criterion_decided_the_patient_can_leave() -> None:
    decisions = tuple(decide(one, reason="Refuses the cuff") for one in missing().values())
    here = leaving(readings=(), decisions=decisions)
    found = [one for one in evaluate(here) if one.step == "discharge"]
    assert recovery.discharge(here, found).kind is VerdictKind.CLEARED_AFTER_REVIEW
    assert {one.met for one in recovery.criteria(here, found)} == {Met.MET, Met.DECIDED}


def test_a_question_that_can_be_answered_is_not_for_the_provider() -> None:
    here = leaving({"discharge.escort": answer("discharge.escort", DONE["discharge.escort"])})
    assert not list(recovery.findings(here))
    asked = replace(here, record=replace(here.record, answers={}))
    assert "discharge.escort" not in [one.key for one in recovery.findings(asked)]
