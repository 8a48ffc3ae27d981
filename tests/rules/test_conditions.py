"""Conditions of providers' decisions: due, overdue, late, done, and what they keep from happening (case 12.23)."""

from dataclasses import replace

import pytest

from checklist.model import Choice, Decision, EventKind, Level, StampKind
from checklist.rules import conditions
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import DueState, Met
from tests.rules.build import PROVIDER, event, facts, moment
from tests.rules.happening import stamp, with_stamps
from tests.rules.leaving import leaving
from tests.rules.visit import infusion, recovery

INPUTS = (("condition", "re-check BP"), ("by", moment("11:10").store()))


def asked(by: str | None = "11:10", *, seq: int = 40, verbal: str = "", name: str = "Dr. A. Menon") -> Decision:
    """Decided at 10:50: re-check BP by 11:10."""
    return Decision(
        "vitals.bp",
        "f",
        Choice.PROCEED,
        "Usual",
        PROVIDER,
        moment("10:50"),
        verbal_from=verbal,
        seq=seq,
        provider_name=name,
        condition="re-check BP",
        condition_by=None if by is None else moment(by),
    )


def with_decisions(of: Facts, *decisions: Decision) -> Facts:
    return replace(of, record=replace(of.record, decisions=decisions))


@pytest.mark.parametrize(
    ("now", "state", "noted"),
    [
        ("11:09", DueState.COMING, False),
        ("11:10", DueState.DUE, True),
        ("11:13", DueState.OVERDUE, True),
        ("11:16", DueState.LATE, True),
    ],
)
def test_a_condition_is_due_at_its_time_and_noted_from_then_on(now: str, state: DueState, noted: bool) -> None:
    here = with_decisions(facts(now=now), asked())
    assert [one.state for one in conditions.tasks(here)] == [state]
    assert [one.level for one in conditions.findings(here)] == [Level.NOTE] * noted


@pytest.mark.parametrize(
    ("here", "step"),
    [(facts(now="11:20"), "clearance"), (infusion(now="11:20"), "infusion"), (recovery(), "observation")],
)
def test_the_note_stands_where_the_visit_is(here: Facts, step: str) -> None:
    (found,) = conditions.findings(with_decisions(here, asked()))
    assert (found.step, found.title, found.detail, found.action) == (
        step,
        "Condition of Dr. A. Menon's decision is due: re-check BP",
        "Asked for by 11:10.",
        "Do it, then mark it done.",
    )
    assert found.inputs == INPUTS


def test_who_asked_is_named_by_the_order_by_telephone_or_the_decision_and_else_is_a_provider() -> None:
    made = (asked(verbal="Dr. B. Shah", seq=1), asked(seq=2), asked(name="", seq=3))
    names = [one.provider for one in conditions.tasks(with_decisions(facts(), *made))]
    assert names == ["Dr. B. Shah", "Dr. A. Menon", "a provider"]


def test_conditions_stand_by_their_time_and_a_decision_without_one_is_no_task() -> None:
    plain = replace(asked(), condition="", condition_by=None)
    made = (asked("11:30", seq=1), plain, asked("11:10", seq=2), asked(None, seq=3))
    assert [one.seq for one in conditions.tasks(with_decisions(facts(), *made))] == [2, 1]


def test_only_the_mark_of_this_decision_makes_it_done() -> None:
    done = stamp(StampKind.CONDITION_DONE, "11:12", decision="40", condition="re-check BP")
    here = with_stamps(with_decisions(facts(now="11:20"), asked(), asked(seq=41)), done)
    assert [(one.seq, one.state) for one in conditions.tasks(here)] == [(40, DueState.DONE), (41, DueState.LATE)]
    assert [one.key for one in conditions.findings(here)] == ["condition.41"]


def test_what_was_never_done_is_missed_once_the_patient_has_left() -> None:
    ended = event(EventKind.ENDED, "11:30", reason="x")
    here = with_decisions(facts(now="12:00", events=(ended,)), asked())
    assert conditions.tasks(here)[0].state is DueState.MISSED
    assert not list(conditions.findings(here))


def test_each_condition_is_a_criterion_of_the_discharge_done_or_still_to_do() -> None:
    here = with_decisions(leaving(), asked())
    (open_one,) = conditions.standings(here)
    assert (open_one.met, open_one.title, open_one.detail) == (
        Met.UNANSWERED,
        "Condition of Dr. A. Menon's decision: re-check BP",
        "not yet done, asked for by 11:10",
    )
    assert open_one.inputs == INPUTS
    assert open_one.undone == "Condition of Dr. A. Menon's decision not yet done: re-check BP"
    marked = stamp(StampKind.CONDITION_DONE, "11:12", decision="40")
    (done,) = conditions.standings(with_stamps(with_decisions(leaving(), asked()), marked))
    assert (done.met, done.detail, done.undone) == (Met.MET, "done 11:12", "")
    assert done.inputs == INPUTS


def test_a_condition_not_yet_done_is_a_hold_at_the_discharge_that_says_what_to_do() -> None:
    (hold,) = [one for one in evaluate(with_decisions(leaving(), asked())) if one.key == "discharge.condition.40"]
    assert (hold.level, hold.title, hold.detail, hold.action, hold.source, hold.inputs) == (
        Level.HOLD,
        "Condition of Dr. A. Menon's decision not yet done: re-check BP",
        "This criterion is still to check.",
        "Do it, then mark it done; or the provider decides that it can wait.",
        "clinic policy",
        INPUTS,
    )
