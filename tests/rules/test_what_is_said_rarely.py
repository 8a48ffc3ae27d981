"""Answers, results, medicines, forms and calls as they seldom come, and what is said of each, word for word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import AnswerState, Level, MedicineDetails, MedicineRow, SinceLast, TodayPlan
from checklist.protocol import Gate, Protocol
from checklist.rules import followup, forms, gates, interval, labs, medication, monitoring, recovery
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.rules.views import steps
from checklist.snapshot import Finding, Past, Record
from tests.approved import approved
from tests.rules import build
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNKNOWN,
    answers,
    facts,
    medicine,
    reading,
    ready,
    session,
)
from tests.rules.calling import called
from tests.rules.leaving import leaving
from tests.rules.limits_of_course import filled
from tests.rules.scenes import before
from tests.rules.test_what_is_said_at_the_pause import HIGH, XANAX
from tests.rules.test_what_is_said_before import infused_since
from tests.rules.test_what_is_said_beside import visit
from tests.rules.told import Said, said_by, said_of, told, told_step, told_verdict
from tests.rules.visit import STARTED, during, infusion

# ---- answers


ANSWERS = {
    "a condition that does not apply, without a reason": facts({"cond.eye": NOT_APPLICABLE}),
    "a CPAP that does not apply": facts({"cond.sleep_apnoea": True, "cond.cpap_used": NOT_APPLICABLE}),
    "both identifiers": facts({"identity.name": True, "identity.born": True}),
    "no help needed with the language, and nothing else to say": facts({"identity.help": "none"}),
}


def explained(here: Facts) -> Iterator[Finding]:
    return (gates.explained(here, one) for one in gates.findings(here))


# ---- laboratory

KIDNEY: Mapping[str, build.Said] = {"cond.kidney": True, "labs.kidney_date": date(2026, 11, 1)}
OLD = {f"labs.{name}_date": date(2020, 1, 1) for name in ("lft", "kidney", "urine", "drugs", "ecg", "tsh")}


def also(here: Facts, said: Mapping[str, build.Said]) -> Facts:
    return replace(here, record=replace(here.record, answers={**here.record.answers, **answers(said)}))


VISITS = tuple(replace(one, events=()) for one in infused_since(6).past.earlier)
CAME_TO_NOTHING = Past(VISITS[-1], VISITS, earlier=VISITS)
LABS = {
    "an ECG not known": facts({"labs.ecg": UNKNOWN}),
    "an ECG declined": facts({"labs.ecg": DECLINED}),
    "an ECG that does not apply": facts({"labs.ecg": NOT_APPLICABLE}),
    "an ECG without its date": facts({"labs.ecg": "normal"}),
    "kidney tests are recent, liver tests are from before six infusions": also(infused_since(6), KIDNEY),
    "old tests of everything, of which some are wanted": facts(
        {**OLD, "cond.kidney": True, "cond.bladder": "symptoms", "cond.cardiac": "event", "labs.tsh": Decimal(1)}
    ),
    "six visits of an earlier course that came to no infusion": replace(facts(), past=CAME_TO_NOTHING),
    "six infusions of an earlier course, never tested": replace(facts(), past=infused_since(6).past),
    "six infusions of an earlier course since the liver tests": replace(
        facts({"labs.lft_date": date(2026, 10, 18)}), past=infused_since(6).past
    ),
}

# ---- medicines


def given(**details: object) -> MedicineRow:
    return replace(medicine("xanax 0.5 mg", "06:30"), details=MedicineDetails(**details))  # type: ignore[arg-type]


ADDERALL = (medicine("Adderall", "06:30"),)
RAISED = "165/95 90 98 14"
MEDICINES = {
    "every detail of a medicine": facts(
        medicines=(
            given(
                route="by mouth",
                frequency="at night",
                since_last=SinceLast.CHANGED,
                today=TodayPlan.HOLD_TODAY,
                held_by="Dr. Li",
            ),
        )
    ),
    "a stimulant, the pressure raised by the infusion alone": facts(
        medicines=ADDERALL, readings=(BASELINE, during(RAISED, "11:10")), events=(STARTED,), now="11:12"
    ),
    "a stimulant, the pressure raised before the infusion": facts(
        medicines=ADDERALL, readings=(reading("142/88 72 98 14 36.7"),)
    ),
}

# ---- forms


def with_gad7(total: int) -> Past:
    """Infusion 1 with this total of the GAD-7."""
    points = [min(3, max(0, total - 3 * place)) for place in range(7)]
    said: dict[str, build.Said] = {f"gad7.{place}": str(point) for place, point in enumerate(points, 1)}
    first = Record(session("2026-10-01 11:00"), answers=answers(said), events=(STARTED,))
    return Past(first, (first,), earlier=(first,))


ANXIOUS: dict[str, build.Said] = {f"gad7.{place}": "2" for place in range(1, 8)}
FORMS = {
    "PHQ-9 one above the first": visit(3, filled(13), 12, None),
    "PHQ-9 one below the first": visit(3, filled(11), 12, None),
    "GAD-7 below the first": replace(visit(3, ANXIOUS), past=with_gad7(20)),
    "GAD-7 as at first": replace(visit(3, ANXIOUS), past=with_gad7(14)),
    "STOP-Bang 0": visit(3, {"scores.stop_bang": Decimal(0)}, 12, 12),
}
COURSE = {
    "no response after six": visit(7, filled(19), 20, None, 18, None, None, 19, total=12),
    "partial response after six": visit(7, filled(15), 20, None, 18, None, None, 19, total=12),
    "a response after six": visit(7, filled(10), 20, None, 18, None, None, 19, total=12),
    "a series planned for one, at the fifth": visit(5, None, 20, None, None, None, total=1),
    "a series without an end, at the fifth": visit(5, None, 20, None, None, None, total=0),
}

# ---- the pause

PAUSE = {
    "two reviews and an open item": facts(ready(without=("asq.4",)), readings=(HIGH,), medicines=(XANAX,)),
    "a medicine whose name ends in an X, not confirmed": before(medicines=(medicine("Plan X", confirmed=False),)),
}
STEPS = {
    "a way home that does not apply": facts(
        {"transport.plan": "named_adult", "transport.name": NOT_APPLICABLE, "transport.relationship": "husband"}
    ),
    "one condition said, the rest not asked": facts({"cond.kidney": True}),
}


def pause(here: Facts) -> str:
    return told_verdict(clearance(here, evaluate(here)))


def each_step(here: Facts) -> str:
    views = [view for view in steps(here, evaluate(here)) if view.step.id in ("transport", "screening")]
    return "\n".join(told_step(view) for view in views)


# ---- during and after

MINUTES = ("11:08", "11:10", "11:13")
DURING = {
    "heart rate 121 at three readings over 5 min, with a symptom at the last": infusion(
        during("118/76 72 98 14", "11:00"),
        *(during("", at, hr=121) for at in MINUTES[:2]),
        during("", MINUTES[2], hr=122, symptoms=("flushed",)),
        now="11:14",
    ),
}
LEAVING = {
    "an aneurysm that came to light after the start": leaving({"cond.aneurysm": True}),
    "a consent that was taken back after the start": leaving({"consent.on_file": False}),
    "a review of the start that nobody decided": leaving({"cond.kidney": True}),
    "a mood that is not well": leaving({"discharge.mood": False}),
    "three questions open": leaving(
        {
            "discharge.mood": AnswerState.UNANSWERED,
            "discharge.escort": AnswerState.UNANSWERED,
            "discharge.written": AnswerState.UNANSWERED,
        }
    ),
}


def leaves(here: Facts) -> str:
    found = evaluate(here)
    judged = recovery.criteria(here, found)
    named = ", ".join(f"{one.key} ({one.finding.title})" for one in judged if one.finding is not None)
    return f"{told_verdict(recovery.discharge(here, found))}\n  findings of criteria: {named or 'none'}"


# ---- the call


def holding(item_id: str) -> Protocol:
    """A clinic that lets a yes to this question hold."""
    followup = PROTOCOL.followup
    items = [replace(one, gates=tuple(map(_held, one.gates))) if one.id == item_id else one for one in followup]
    return replace(PROTOCOL, followup=tuple(items))


def _held(gate: Gate) -> Gate:
    return replace(gate, level=Level.HOLD)


CALL = {
    "not reached after all, whatever was asked": called({"call.reached": "no_answer", "call.slept": UNKNOWN}),
    "the answer is not known": called({"call.reached": "patient", "call.slept": UNKNOWN}),
    "an answer that holds": called({"call.reached": "patient", "call.drove": True}, protocol=holding("call.drove")),
}


def call(here: Facts) -> str:
    made = followup.follow_up(here)
    assert made is not None
    later = facts(
        visit=session("2026-11-25 11:00", number=2), now="2026-11-25 10:00", last=here.record, protocol=here.protocol
    )
    return f"{told(made.findings)}\nat the next visit\n{told(followup.findings(later))}"


SAID: dict[str, Said] = {
    "rare_answers": said_by(explained, ANSWERS),
    "rare_labs": said_by(labs.findings, LABS),
    "rare_medicines": said_by(medication.findings, MEDICINES),
    "rare_forms": said_by(forms.findings, FORMS),
    "rare_course": said_by(interval.findings, COURSE),
    "rare_pause": said_of(pause, PAUSE),
    "rare_steps": said_of(each_step, STEPS),
    "rare_signs": said_by(monitoring.findings, DURING),
    "rare_leaving": said_of(leaves, LEAVING),
    "rare_call": said_of(call, CALL),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_said_rarely_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
