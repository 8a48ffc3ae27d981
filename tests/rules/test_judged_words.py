"""What stays open after a postponement or a fault, and the words around answers, word for word."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import Choice, Decision, ItemId, Level
from checklist.protocol import Condition, NeededFor, Protocol
from checklist.rules import fasting, gates, medication
from checklist.rules.evaluate import ASK_AGAIN, RULES, evaluate
from checklist.rules.facts import Facts
from checklist.rules.questionnaires import phq9, stop_bang_risk
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Record, VerdictKind
from tests.rules.build import (
    BASELINE,
    DECLINED,
    PROTOCOL,
    PROVIDER,
    UNKNOWN,
    answer,
    decide,
    facts,
    medicine,
    moment,
    reading,
    ready,
    session,
)

HIGH = reading("142/88 72 98 14 36.7")


def found(here: Facts, key: str) -> Finding:
    return next(one for one in evaluate(here) if one.key == key)


# ---- postponed


def test_what_a_postponement_was_about_and_is_gone_stays_open_with_its_reason() -> None:
    gone = Decision("vitals.bp", "0123abc", Choice.POSTPONE, "High", PROVIDER, moment("10:30"))
    one = found(facts(ready(), readings=(BASELINE,), decisions=(gone,)), "vitals.bp")
    assert (one.level, one.step, one.decision) == (Level.REVIEW, "clearance", gone)
    assert (one.title, one.detail) == ("A provider postponed this infusion", "What it was about is no longer there.")
    assert one.action == ASK_AGAIN == "It was postponed: a provider decides whether it may go on."
    assert one.inputs == (("was", "0123abc"),)


def test_a_review_that_was_postponed_keeps_its_own_words() -> None:
    before = found(facts(ready(), readings=(HIGH,)), "vitals.bp")
    after = found(facts(ready(), readings=(HIGH,), decisions=(decide(before, Choice.POSTPONE),)), "vitals.bp")
    assert (after.action, after.fingerprint) == (before.action, before.fingerprint)


def test_what_time_has_mended_still_asks_the_provider_after_a_postponement_and_can_be_let_pass() -> None:
    late = ready({"fasting.solids": moment("07:30")})
    held = found(facts(late, readings=(BASELINE,), now="11:00"), "fasting.solids")
    postponed = decide(held, Choice.POSTPONE)
    here = facts(late, readings=(BASELINE,), now="13:30", decisions=(postponed,))
    mended = found(here, "fasting.solids")
    assert (mended.level, mended.action, mended.title) == (Level.REVIEW, ASK_AGAIN, "Solids 6hr")
    allowed = replace(here, record=replace(here.record, decisions=(postponed, decide(mended))))
    assert not found(allowed, "fasting.solids").is_open


# ---- a fault of the program


def broken(_facts: Facts) -> Iterator[Finding]:
    yield from (1 // 0 for _ in "x")  # type: ignore[misc]


def test_a_fault_that_belongs_to_no_step_is_told_at_the_first() -> None:
    one = evaluate(facts(), (("answers", "", broken), *RULES[3:4]))[0]
    assert (one.key, one.step, one.title) == (
        "failed.answers", "identity", "A part of the checklist could not be judged",
    )  # fmt: skip
    assert one.action == "Check this step by hand; the provider decides. Tell whoever looks after the program."


# ---- words around an answer


def gated(here: Facts, key: str) -> Finding:
    return next(one for one in gates.findings(here) if one.key == key)


def test_a_question_loses_its_mark_when_it_is_repeated() -> None:
    one = gated(
        facts({"medicines.opioid_raised": DECLINED}, medicines=(medicine("oxycodone 5"),)), "medicines.opioid_raised"
    )
    assert one.title == "Opioid: new, or the dose raised since the last visit: declined"


def test_the_reason_stands_before_what_was_written() -> None:
    said = answer("substances.last24", True, reason="smells of it")
    one = gated(facts({"substances.last24": said, "substances.what": "two beers"}), "substances.last24")
    assert one.detail == "smells of it. two beers."


def asking_the_phone_of_a_lone_rider() -> Protocol:
    alone = (Condition(item=ItemId("transport.plan"), answers=("rideshare_alone",), fact=""),)
    steps = [
        replace(step, items=tuple(replace(i, show_when=alone) if i.id == "transport.phone" else i for i in step.items))
        for step in PROTOCOL.steps
    ]
    return replace(PROTOCOL, steps=tuple(steps))


def test_a_telephone_number_that_an_answer_asks_for_is_told_with_it() -> None:
    said = {"transport.plan": "rideshare_alone", "transport.phone": "555-010-0142"}
    assert gated(facts(said, protocol=asking_the_phone_of_a_lone_rider()), "transport.plan").detail == "555-010-0142."


def test_only_a_meal_or_a_drink_has_its_sum_in_the_verdict() -> None:
    returning = facts({"fasting.solids": moment("07:20"), "fasting.fatty": False}, last=Record(session()))
    assert fasting.cause(returning, "fasting.solids") == "last solid food 07:20 (6hr)"
    assert fasting.cause(returning, "vitals.bp") == ""


def test_glucose_typed_in_mmol_is_named_in_whole_milligrams() -> None:
    here = facts({"fasting.glucose": Decimal("68.46916")}, medicines=(medicine("lantus"),))
    assert [one.title for one in fasting.findings(here)] == ["Glucose 68 mg/dL"]


# ---- medicines


def test_each_row_of_the_list_has_its_level_name_classes_and_what_to_do() -> None:
    rows = (medicine("xanax 0.5"), medicine("zzyzx", row="m2"), medicine("lexapro 10", row="m3"))
    told = medication.medicine_levels(facts(medicines=rows))
    assert told["m1"][:3] == (Level.REVIEW, "ALPRAZolam (Xanax)", "Benzodiazepine")
    assert told["m2"] == (Level.REVIEW, "“zzyzx”", "Not recognised", "Identify it, or ask the provider.")
    assert told["m3"][2] == "SSRI antidepressant, QT-prolonging medicine"


def test_every_word_that_is_left_over_is_named() -> None:
    one = next(medication.findings(facts(medicines=(medicine("xanax 0.5 mg tonic blurp"),))))
    assert one.detail.endswith("Not understood: tonic, blurp.")


def test_a_sedative_of_long_ago_does_not_add_to_another() -> None:
    both = (medicine("xanax 0.5", "06:30"), medicine("oxycodone 5", "2026-11-11 07:00", row="m2"))
    assert "med.together.added_sedation" not in {one.key for one in medication.findings(facts(medicines=both))}


def test_a_decision_about_something_else_leaves_a_standing_clearance_alone() -> None:
    about = [
        Decision(key, "f", Choice.PROCEED, "Seen", PROVIDER, moment("2026-11-11 10:50"))
        for key in ("med.m1", "vitals.bp")
    ]
    last = Record(session(), medicines=(medicine("xanax 0.5"),), decisions=(replace(about[0], standing=True), about[1]))
    assert next(medication.findings(facts(medicines=(medicine("xanax 0.5"),), last=last))).level is Level.NOTE


# ---- the verdict


def test_what_is_missing_without_being_a_question_is_a_plain_item() -> None:
    here = facts(ready(), medicines=(medicine(" abacavir ", confirmed=False),))
    rows, whole = clearance(here, evaluate(here)).missing
    assert (rows.id, rows.label) == ("med.m1", "Confirm abacavir")
    assert (whole.id, whole.label) == ("vitals.baseline", "Vital signs before the start")
    for one in (rows, whole):
        assert (one.help, one.bounds, one.group, one.clear_text, one.line, one.future) == ("", "", "", "", 0, False)
        assert one.needed_for is NeededFor.CLEARANCE


def test_one_item_alone_is_spoken_of_as_one() -> None:
    nothing_asked = replace(PROTOCOL, steps=tuple(replace(step, items=()) for step in PROTOCOL.steps))
    here = replace(facts(readings=(HIGH,)), protocol=nothing_asked)
    review = Finding("vitals.bp", Level.REVIEW, "BP", "", "", "vitals")
    waiting = clearance(here, (review,))
    assert (waiting.kind, waiting.counts) == (VerdictKind.WAITING, (0, 1, 0))
    assert waiting.sentence == "1 finding must be reviewed before the infusion can start. 0 of 1 item is clear."
    assert clearance(here, ()).sentence == "Ready: the item is clear."


# ---- questionnaires


@pytest.mark.parametrize(
    ("total", "stop", "flags", "risk"),
    [
        (0, 0, (False, False, False), "low"),
        (4, 4, (False, False, False), "intermediate"),
        (4, 4, (True, False, False), "high"),
        (8, 4, (False, False, False), "high"),
        (2, 2, (False, True, False), "high"),
        (2, 2, (False, False, True), "high"),
        (2, 1, (True, True, True), "low"),
    ],
)
def test_stop_bang_at_its_edges(total: int, stop: int, flags: tuple[bool, bool, bool], risk: str) -> None:
    male, obese, neck = flags
    assert stop_bang_risk(total, stop, male=male, bmi_over_35=obese, large_neck=neck) == risk


@pytest.mark.parametrize(("total", "stop"), [(5, 5), (9, 4), (1, 2), (0, -1)])
def test_a_stop_bang_that_cannot_be_is_refused(total: int, stop: int) -> None:
    with pytest.raises(ValueError, match="STOP-Bang has 8 questions, of which 4 are STOP"):
        stop_bang_risk(total, stop, male=False, bmi_over_35=False, large_neck=False)


def test_eight_answers_of_the_phq9_say_nothing_of_the_ninth() -> None:
    assert phq9([3] * 8).suicide_screen is False


def test_an_answer_that_was_not_understood_is_not_a_number() -> None:
    assert facts({"vitals.weight": UNKNOWN}).number("vitals.weight") is None
    assert ItemId("vitals.weight") in facts({"vitals.weight": UNKNOWN}).record.answers
