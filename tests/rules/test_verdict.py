"""The verdict before the start: one sentence, with its cause and its sum."""

from dataclasses import replace

import pytest

from checklist.model import Answer, Choice, Level
from checklist.protocol import NeededFor
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts, finding
from checklist.rules.verdict import clearance, missing_items
from checklist.snapshot import Verdict, VerdictKind
from tests.rules.build import BASELINE, READY, UNKNOWN, Said, decide, facts, medicine, moment, reading, ready

HIGH = reading("142/88 76 98 14 36.7")


def verdict(here: Facts) -> Verdict:
    return clearance(here, evaluate(here))


def of(changed: dict[str, Said | Answer] | None = None, *, without: tuple[str, ...] = (), **more: object) -> Verdict:
    more.setdefault("readings", (BASELINE,))
    return verdict(facts(ready(changed, without=without), **more))  # type: ignore[arg-type]


def test_all_clear_is_ready() -> None:
    one = of()
    assert (one.kind, one.title, one.sentence) == (
        VerdictKind.CLEARED,
        "Ready to start",
        "Ready: all 44 items are clear.",
    )
    assert one.passes
    assert one.counts == (44, 0, 0)
    assert (one.missing, one.open_findings, one.until) == ((), (), None)


def test_nothing_is_cleared_at_the_beginning() -> None:
    one = verdict(facts())
    assert one.kind is VerdictKind.INCOMPLETE
    assert one.sentence == "39 items still to answer; next: Patient said the full name, and it matches."
    assert one.counts == (0, 0, 0)


@pytest.mark.parametrize("item", sorted(READY))
def test_each_required_item_alone_keeps_the_verdict_from_passing(item: str) -> None:
    one = of(without=(item,))
    optional = facts().protocol.item(item).needed_for is not NeededFor.CLEARANCE
    assert one.passes is optional


def test_one_missing_item_is_named() -> None:
    one = of(without=("vitals.weight",))
    assert (one.kind, one.title, one.sentence) == (
        VerdictKind.INCOMPLETE,
        "Not complete",
        "1 item still to answer: Weight today.",
    )
    assert [item.id for item in one.missing] == ["vitals.weight"]


def test_three_missing_items_are_named_and_more_are_counted() -> None:
    three = of(without=("vitals.weight", "asq.4", "cond.lung"))
    assert three.sentence.count(";") == 2
    four = of(without=("vitals.weight", "asq.4", "cond.lung", "cond.eye"))
    assert four.sentence == "4 items still to answer; next: Have you ever tried to kill yourself."


def test_a_missing_baseline_is_named_by_its_signs() -> None:
    assert of(readings=()).sentence == "1 item still to answer: Vital signs before the start."
    one = of(readings=(reading("118/76 72", rr=14),))
    assert one.sentence == "1 item still to answer: Vital signs: SpO2, temperature."
    assert one.missing[0].id == "vitals.baseline"


def test_each_unconfirmed_medicine_is_missing() -> None:
    one = of(medicines=(medicine("sertraline", confirmed=False), medicine("abacavir", row="m2")))
    assert one.sentence == "1 item still to answer: Confirm sertraline."
    assert one.missing[0].id == "med.m1"


def test_solids_at_0720_hold_until_1320_with_the_sum() -> None:
    one = of({"fasting.solids": moment("07:20")})
    assert (one.kind, one.title, one.until) == (VerdictKind.HELD, "Held until 13:20", moment("13:20"))
    assert one.sentence == "Cannot start before 13:20: last solid food 07:20 (6hr). All else is ready."
    assert one.counts == (43, 0, 1)


def test_a_meal_that_may_have_been_fatty_holds_until_1520_and_says_when_if_it_was_not() -> None:
    one = of({"fasting.solids": moment("07:20")}, without=("fasting.fatty",))
    assert (one.kind, one.until) == (VerdictKind.HELD, moment("15:20"))
    assert one.sentence.startswith(
        "Cannot start before 15:20: last solid food 07:20 (8hr if fatty or fried; 13:20 if not). 1 item still to answer"
    )


def test_a_hold_by_time_shows_before_the_last_item_is_answered() -> None:
    one = of({"fasting.solids": moment("07:20")}, without=("asq.4", "vitals.weight"))
    assert one.kind is VerdictKind.HELD
    assert one.sentence == (
        "Cannot start before 13:20: last solid food 07:20 (6hr). "
        "2 items still to answer: Have you ever tried to kill yourself; Weight today."
    )


def test_the_latest_of_two_times_counts() -> None:
    one = of({"fasting.solids": moment("05:30"), "fasting.fluids": moment("10:30")}, readings=(HIGH,))
    assert one.until == moment("12:30")
    assert one.sentence == (
        "Cannot start before 12:30: last clear fluid 10:30 (2hr). 1 finding waits for the provider."
    )


def test_a_hold_that_a_person_must_solve_is_named_first() -> None:
    one = of({"fasting.solids": moment("07:20"), "transport.where": "not_reached"})
    assert (one.kind, one.title, one.until) == (VerdictKind.HELD, "Held", None)
    assert one.sentence == (
        "Cannot start: escort not reached. Try again, or find another adult, before the start. "
        "Not before 13:20: last solid food 07:20 (6hr). All else is ready."
    )


def test_more_holds_are_counted() -> None:
    one = of({"transport.where": "not_reached", "vitals.alert": False, "consent.discussed": False})
    assert "And 2 more holds. All else is ready." in one.sentence
    two = of({"transport.where": "not_reached", "vitals.alert": False})
    assert "And 1 more hold. All else is ready." in two.sentence


def test_a_timed_hold_of_another_rule_says_its_title() -> None:
    here = facts(ready(), readings=(BASELINE,))
    waiting = finding("x", Level.HOLD, "Cooling down", "", "", "vitals", until=moment("12:00"))
    assert clearance(here, (waiting,)).sentence == "Cannot start before 12:00: cooling down. All else is ready."


def test_reviews_wait_for_the_provider() -> None:
    one = of({"substances.last24": True, "substances.what": "Beer", "substances.intoxicated": False}, readings=(HIGH,))
    assert (one.kind, one.title) == (VerdictKind.WAITING, "Provider review needed")
    assert one.sentence == ("2 findings must be reviewed before the infusion can start. 44 of 46 items are clear.")
    assert one.counts == (44, 2, 0)


def test_one_review_is_one_finding() -> None:
    assert of(readings=(HIGH,)).sentence == (
        "1 finding must be reviewed before the infusion can start. 43 of 44 items are clear."
    )


def test_a_review_with_items_missing_is_incomplete_and_says_both() -> None:
    one = of(without=("vitals.weight",), readings=(HIGH,))
    assert one.kind is VerdictKind.INCOMPLETE
    assert one.sentence == "1 item still to answer: Weight today. 1 finding waits for the provider."


def test_decided_reviews_clear() -> None:
    here = facts(ready(), readings=(HIGH,))
    found = next(one for one in evaluate(here) if one.key == "vitals.bp")
    one = of(readings=(HIGH,), decisions=(decide(found),))
    assert (one.kind, one.title) == (VerdictKind.CLEARED_AFTER_REVIEW, "Ready after review")
    assert one.sentence == "Ready after review: 43 of 44 items are clear, a provider decided on 1 finding."
    assert one.passes


def test_a_stop_shows_even_when_much_is_missing() -> None:
    one = verdict(facts({"transport.plan": "none"}))
    assert (one.kind, one.title) == (VerdictKind.STOPPED, "Do not start")
    assert one.counts == (0, 0, 1)
    assert one.sentence == "No transport home. Arrange an adult escort now, or postpone."
    assert not one.passes


def test_what_nobody_overrides_comes_first_and_the_rest_is_counted() -> None:
    one = of({"identity.name": False}, readings=(reading("182/88 76 98 14 36.7"),))
    assert one.sentence == (
        "The name does not match. Find the right record. Nothing may be given under this one. And 1 more stop."
    )
    assert [found.level for found in one.open_findings] == [Level.STOP, Level.STOP]
    three = of({"identity.name": False, "identity.born": False}, readings=(reading("182/88 76 98 14 36.7"),))
    assert three.sentence.endswith("And 2 more stops.")


def test_a_provider_may_pass_a_stop_but_not_identity() -> None:
    pressure = (reading("182/88 76 98 14 36.7"),)
    here = facts(ready(), readings=pressure)
    stop = next(one for one in evaluate(here) if one.key == "vitals.bp")
    assert of(readings=pressure, decisions=(decide(stop),)).passes
    wrong = facts(ready({"identity.name": False}), readings=(BASELINE,))
    name = next(one for one in evaluate(wrong) if one.key == "identity.name")
    assert of({"identity.name": False}, decisions=(decide(name),)).kind is VerdictKind.STOPPED


def test_a_consent_that_only_holds_stops_too_because_nobody_overrides_it() -> None:
    assert of({"consent.date": UNKNOWN}).kind is VerdictKind.STOPPED


@pytest.mark.parametrize(("reason", "told"), [("Too high twice.", ": Too high twice."), ("", ".")])
def test_postponed_by_a_provider(reason: str, told: str) -> None:
    here = facts(ready(), readings=(HIGH,))
    found = next(one for one in evaluate(here) if one.key == "vitals.bp")
    one = of(readings=(HIGH,), decisions=(decide(found, Choice.POSTPONE, reason),))
    assert (one.kind, one.title) == (VerdictKind.STOPPED, "Postponed")
    assert one.sentence == f"Postponed by a provider{told}"


def test_findings_of_the_infusion_do_not_touch_the_clearance() -> None:
    here = facts(ready({"ready.kit": False}), readings=(BASELINE,))
    assert verdict(here).passes


def test_missing_items_of_one_step() -> None:
    missing = missing_items(facts(), NeededFor.CLEARANCE, "vitals")
    assert [item.id for item in missing] == ["vitals.weight", "vitals.alert"]


def test_a_single_item_is_written_in_the_singular() -> None:
    here = facts(readings=(BASELINE,))
    empty = replace(here, protocol=replace(here.protocol, steps=here.protocol.steps[6:]))
    assert clearance(empty, ()).sentence == "Ready: the item is clear."
