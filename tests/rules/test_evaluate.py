"""All rules together: order, decisions, and a fault in a rule that loses nothing."""

from collections.abc import Iterator
from dataclasses import replace

from checklist.model import Choice, EventKind, Level
from checklist.rules.evaluate import RULES, evaluate
from checklist.rules.facts import Facts, finding
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, VerdictKind
from tests.rules.build import BASELINE, decide, event, facts, medicine, moment, reading, ready, with_setting


def by_key(here: Facts) -> dict[str, Finding]:
    return {one.key: one for one in evaluate(here)}


def test_findings_come_by_step_and_heaviest_first() -> None:
    here = facts(ready({"transport.where": "not_reached"}), readings=(reading("182/91 131 98 14 36.7"),))
    found = evaluate(here)
    places = {step.id: place for place, step in enumerate(here.protocol.steps)}
    ranks = [(places[one.step], -one.level.rank) for one in found]
    assert ranks == sorted(ranks)
    assert [one.key for one in found if one.step == "vitals"] == ["vitals.bp", "vitals.hr", "vitals.set"]


def test_every_rule_names_a_step_of_the_protocol() -> None:
    steps = {step.id for step in facts().protocol.steps}
    assert {step for _, step, _ in RULES if step} <= steps
    assert all(one.step in steps for one in evaluate(facts(ready(), readings=(BASELINE,))))


def test_keys_are_unique_in_a_session_with_everything() -> None:
    here = facts(
        ready({"fasting.solids": moment("07:30")}),
        readings=(reading("182/111 131 91 25 38.0", moaas=3),),
        medicines=(medicine("xanax"), medicine("oxycodone", row="m2")),
        events=(event(EventKind.STARTED, "11:00"), event(EventKind.STOPPED, "11:40")),
        now="12:30",
    )
    keys = [one.key for one in evaluate(here)]
    assert len(keys) == len(set(keys))


def broken(_facts: Facts) -> Iterator[Finding]:
    yield finding("before", Level.NOTE, "Said before the fault", "", "", "fasting")
    raise ZeroDivisionError


def test_a_fault_in_a_rule_becomes_a_hold_and_loses_nothing() -> None:
    found = evaluate(facts(), (("fasting", "fasting", broken), *RULES[3:4]))
    assert [one.key for one in found] == ["failed.fasting", "before"]
    one = found[0]
    assert (one.level, one.title) == (Level.HOLD, "Fasting could not be judged")
    assert one.detail == "The program made a mistake here. Every answer is saved."
    assert one.inputs == (("fault", "ZeroDivisionError"),)


def test_a_fault_in_the_gates_holds_the_clearance() -> None:
    here = facts(ready(), readings=(BASELINE,))
    verdict = clearance(here, evaluate(here, (("answers", "", broken), *RULES)))
    assert verdict.kind is VerdictKind.HELD
    assert verdict.sentence.startswith("Cannot start: a part of the checklist could not be judged.")


def test_a_decision_stands_while_its_inputs_do() -> None:
    high = (reading("142/88 76 98 14 36.7"),)
    decision = decide(by_key(facts(readings=high))["vitals.bp"])
    same = by_key(facts(readings=high, decisions=(decision,)))["vitals.bp"]
    assert same.decision == decision
    assert not same.is_open
    repeat = by_key(facts(readings=(*high, reading("150/88", at="10:45")), decisions=(decision,)))["vitals.bp"]
    assert repeat.decision is None
    assert repeat.is_open


def test_the_last_decision_counts() -> None:
    high = (reading("142/88 76 98 14 36.7"),)
    found = by_key(facts(readings=high))["vitals.bp"]
    proceed, postpone = decide(found), decide(found, Choice.POSTPONE)
    one = by_key(facts(readings=high, decisions=(proceed, postpone)))["vitals.bp"]
    assert one.decision == postpone
    void = replace(proceed, fingerprint="of other values")
    assert by_key(facts(readings=high, decisions=(proceed, void)))["vitals.bp"].decision is None


def test_a_hold_that_was_let_pass_need_not_be_decided_again_as_a_review() -> None:
    profile = with_setting("fasting_profile", "CLINIC_4_6")
    said = ready({"fasting.solids": moment("07:30")})
    held = by_key(facts(said, protocol=profile, now="11:29"))["fasting.solids"]
    assert held.level is Level.HOLD
    decision = decide(held)
    later = by_key(facts(said, protocol=profile, now="11:30", decisions=(decision,)))["fasting.solids"]
    assert (later.level, later.decision, later.is_open) == (Level.REVIEW, decision, False)


def test_a_review_that_was_let_pass_does_not_cover_a_stop() -> None:
    decision = decide(by_key(facts(readings=(reading("142/88 76 98 14 36.7"),)))["vitals.bp"])
    worse = by_key(facts(readings=(reading("182/88 76 98 14 36.7"),), decisions=(decision,)))["vitals.bp"]
    assert worse.decision is None


def test_what_needs_no_decision_has_none() -> None:
    here = facts(ready(), readings=(BASELINE,))
    decision = decide(by_key(here)["fasting.solids"])
    again = facts(ready(), readings=(BASELINE,), decisions=(decision,))
    assert by_key(again)["fasting.solids"].decision is None
