"""A provider's postponement stands until a provider takes it back."""

from dataclasses import replace

from checklist.model import Choice, Decision, Level, Role, Staff, StaffId
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Verdict, VerdictKind
from tests.rules.build import BASELINE, PROVIDER, decide, facts, medicine, reading, ready
from tests.rules.visit import STARTED

HIGH = reading("142/88 76 98 14 36.7")
BETTER = reading("124/78 72 98 14 36.7", at="10:40")
MENON = Staff(PROVIDER, "menon", "A. Menon", "MD", frozenset({Role.PROVIDER}))


def found(here: Facts, key: str = "vitals.bp") -> Finding:
    return next(one for one in evaluate(here) if one.key == key)


POSTPONED = decide(found(facts(ready(), readings=(HIGH,))), Choice.POSTPONE, "Come back on Friday.")


def visit(*decisions: Decision, readings: tuple[object, ...] = (HIGH, BETTER), **more: object) -> Facts:
    return facts(ready(), readings=readings, decisions=decisions, **more)  # type: ignore[arg-type]


def verdict(here: Facts) -> Verdict:
    return clearance(here, evaluate(here), {PROVIDER: MENON})


def test_a_later_good_reading_does_not_take_back_a_postponement() -> None:
    one = verdict(visit(POSTPONED))
    assert (one.kind, one.title) == (VerdictKind.STOPPED, "Postponed")
    assert one.sentence == "Postponed by A. Menon, MD: Come back on Friday."


def test_who_gave_the_order_by_telephone_is_named() -> None:
    by_phone = replace(POSTPONED, by=StaffId("ortiz"), verbal_from="Dr. Shah")
    assert verdict(visit(by_phone)).sentence == "Postponed by Dr. Shah: Come back on Friday."


def test_another_bad_reading_does_not_take_it_back_either() -> None:
    worse = reading("150/88 76 98 14 36.7", at="10:41")
    assert verdict(visit(POSTPONED, readings=(HIGH, worse))).kind is VerdictKind.STOPPED


def test_what_it_was_about_can_still_be_decided_and_then_passes() -> None:
    gone = found(visit(POSTPONED))
    assert (gone.level, gone.title) == (Level.REVIEW, "A provider postponed this infusion")
    assert gone.action == "It was postponed: a provider decides whether it may go on."
    again = visit(POSTPONED, decide(gone))
    assert not [one for one in evaluate(again) if one.key == "vitals.bp"]
    assert verdict(again).passes


def test_a_finding_that_became_clear_stays_open() -> None:
    asked = facts(ready(), readings=(BASELINE,))
    clear = next(one for one in evaluate(asked) if one.key == "fasting.solids")
    assert clear.level is Level.CLEAR
    postponed = decide(clear, Choice.POSTPONE)
    raised = found(visit(postponed, readings=(BASELINE,)), "fasting.solids")
    assert (raised.level, raised.decision) == (Level.REVIEW, postponed)
    passed = visit(postponed, decide(raised), readings=(BASELINE,))
    assert found(passed, "fasting.solids").level is Level.CLEAR
    assert verdict(passed).passes


def test_a_medicine_taken_off_the_list_does_not_take_it_back() -> None:
    here = visit(readings=(BASELINE,), medicines=(medicine("tranylcypromine"),))
    postponed = decide(found(here, "med.m1"), Choice.POSTPONE)
    without = visit(postponed, readings=(BASELINE,), medicines=(medicine("tranylcypromine", removed=True),))
    assert verdict(without).kind is VerdictKind.STOPPED


def test_after_the_start_it_is_history() -> None:
    running = visit(POSTPONED, events=(STARTED,), now="11:05")
    assert not [one for one in evaluate(running) if one.key == "vitals.bp"]
