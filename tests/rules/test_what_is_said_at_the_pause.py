"""The verdict before the start in its one sentence, and each step in its one line: word for word."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import Choice, Decision, EventKind, Meaning, Role, Staff, StaffId
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.rules.views import steps
from checklist.snapshot import Record
from tests.approved import approved
from tests.rules.build import (
    BASELINE,
    DECLINED,
    PROVIDER,
    UNKNOWN,
    answer,
    answers,
    event,
    facts,
    medicine,
    moment,
    reading,
    ready,
    session,
    signature,
)
from tests.rules.leaving import leaving
from tests.rules.told import Said, said_of, told_step, told_verdict
from tests.rules.visit import ORDER, STARTED, infusion, recovery

STAFF = {PROVIDER: Staff(PROVIDER, "menon", "A. Menon", "MD", frozenset({Role.PROVIDER}))}
HIGH = reading("142/88 72 98 14 36.7")
HELD = reading("165/88 72 98 14 36.7")
STOPPED_BP = reading("185/88 72 98 14 36.7")
XANAX = medicine("xanax 0.5", "06:30")


def visit(changed: Mapping[str, object] | None = None, *, without: tuple[str, ...] = (), **more: object) -> Facts:
    said = ready(changed, without=without)  # type: ignore[arg-type]
    return facts(said, **{"readings": (BASELINE,), **more})  # type: ignore[arg-type]


def decided(here: Facts, *choices: tuple[str, Choice], reason: str = "Seen", **more: object) -> Facts:
    """A provider decides on findings as they stand."""
    prints = {one.key: one.fingerprint for one in evaluate(here)}
    made = [Decision(key, prints[key], choice, reason, PROVIDER, moment("10:50")) for key, choice in choices]
    made = [replace(one, **more) for one in made]  # type: ignore[arg-type]
    return replace(here, record=replace(here.record, decisions=(*here.record.decisions, *made)))


GO, WAIT = Choice.PROCEED, Choice.POSTPONE
LATE_MEAL = {"fasting.solids": moment("07:20")}
LATE_BOTH = {**LATE_MEAL, "fasting.fluids": moment("09:40")}
VERDICTS = {
    "all is ready": visit(),
    "all is ready with a medicine": visit(medicines=(medicine("abacavir"),)),
    "nothing asked yet": facts(),
    "one item open": visit(without=("asq.4",)),
    "three items open": visit(without=("asq.2", "asq.3", "asq.4")),
    "four items open": visit(without=("asq.1", "asq.2", "asq.3", "asq.4")),
    "one vital sign open": visit(readings=(reading("118/76 72 98 14"),)),
    "all vital signs open": visit(readings=()),
    "a medicine nobody confirmed": visit(medicines=(medicine(" abacavir ", confirmed=False),)),
    "one review": visit(readings=(HIGH,)),
    "two reviews": visit(readings=(HIGH,), medicines=(XANAX,)),
    "a review and an open item": visit(readings=(HIGH,), without=("asq.4",)),
    "a meal too late": visit(LATE_MEAL),
    "a meal and a drink too late": visit(LATE_BOTH),
    "a meal too late, a review and an open item": visit(LATE_MEAL, readings=(HIGH,), without=("asq.4",)),
    "a meal and a drink too late until the same minute": visit(
        {**LATE_MEAL, "fasting.fluids": moment("11:20")}, visit=session("12:00"), readings=(BASELINE,)
    ),
    "a meal after the start": visit({"fasting.solids": moment("2026-11-19 08:00")}),
    "a fever": visit(readings=(reading("118/76 72 98 14 38.0"),)),
    "a suicide-risk screen that is positive": visit({"asq.1": True, "asq.5": False}),
    "a hold for people": visit(readings=(HELD,)),
    "two holds for people": visit({"vitals.alert": False}, readings=(HELD,)),
    "three holds for people": visit({"vitals.alert": False, "transport.where": "not_reached"}, readings=(HELD,)),
    "a hold for people and a meal too late": visit(LATE_MEAL, readings=(HELD,)),
    "a stop": visit(readings=(STOPPED_BP,)),
    "two stops": visit({"transport.plan": "none"}, readings=(STOPPED_BP,)),
    "three stops": visit({"transport.plan": "none", "cond.aneurysm": True}, readings=(STOPPED_BP,)),
    "what nobody overrides comes first": visit({"identity.name": False}, readings=(STOPPED_BP,)),
    "a hold that nobody overrides": visit({"consent.date": date(2026, 12, 1)}),
    "a review decided": decided(visit(readings=(HIGH,)), ("vitals.bp", GO)),
    "two reviews, one decided": decided(visit(readings=(HIGH,), medicines=(XANAX,)), ("vitals.bp", GO)),
    "two reviews decided": decided(visit(readings=(HIGH,), medicines=(XANAX,)), ("vitals.bp", GO), ("med.m1", GO)),
    "a hold decided": decided(visit(readings=(HELD,)), ("vitals.bp", GO)),
    "postponed": decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT), reason=" Come back on Friday. "),
    "postponed without a reason": decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT), reason=""),
    "postponed until somebody is asked": decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT), reason="Ask Dr X."),
    "postponed by telephone": decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT), verbal_from="Dr Abara"),
    "postponed by somebody who has left": decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT), by=StaffId("gone")),
    "postponed by one for another": decided(
        visit(readings=(HIGH,)), ("vitals.bp", WAIT), by=StaffId("gone"), provider=PROVIDER
    ),
    "postponed for what is no longer there": replace(
        visit(),
        record=replace(
            visit().record, decisions=(Decision("vitals.bp", "f", WAIT, "High", PROVIDER, moment("10:50")),)
        ),
    ),
    "postponed, then let pass": decided(decided(visit(readings=(HIGH,)), ("vitals.bp", WAIT)), ("vitals.bp", GO)),
    "a decision on another pressure": replace(
        visit(readings=(HIGH,)),
        record=replace(
            visit(readings=(HIGH,)).record,
            decisions=decided(visit(readings=(HELD,)), ("vitals.bp", GO)).record.decisions,
        ),
    ),
    "a clear sign beside a review": visit(
        readings=(reading("142/88 72 98 14 36.7", moaas=5),), medicines=(medicine("abacavir"),)
    ),
}


def verdict(here: Facts) -> str:
    return told_verdict(clearance(here, evaluate(here), STAFF))


LAST = Record(
    session(),
    answers=answers(
        {
            "transport.plan": "named_adult",
            "transport.name": "Chidi",
            "transport.relationship": "husband",
            "cond.cardiac": "no",
            "consent.date": date(2026, 10, 1),
            "vitals.weight": Decimal(68),
        }
    ),
)
SIGNED = (signature(Meaning.CHECKED),)
STEPS = {
    "ready": visit(medicines=(medicine("abacavir"),)),
    "nothing asked yet": facts(),
    "a returning patient, nothing changed": facts({"screening.change": False}, last=LAST, visit=session(number=2)),
    "a returning patient, changes": facts({"screening.change": True}, last=LAST, visit=session(number=2)),
    "one identifier": facts({"identity.name": True}),
    "the name does not match": facts({"identity.name": False, "identity.born": True}),
    "a late meal": visit(LATE_MEAL),
    "an escort not known": facts(
        {"transport.plan": "named_adult", "transport.name": UNKNOWN, "transport.relationship": DECLINED}
    ),
    "two medicines, one to confirm": visit(medicines=(XANAX, medicine("abacavir", row="m2", confirmed=False))),
    "two medicines, one to review": visit(medicines=(XANAX, medicine("abacavir", row="m2"))),
    "no medicines": visit(),
    "no medicines, an odd list": visit({"medicines.complete": UNKNOWN}),
    "no medicines, other substances": visit({"substances.last24": True}),
    "screening with something to review": visit({"cond.kidney": True}),
    "signed": visit(signatures=SIGNED),
    "ordered": facts(ORDER),
    "started": infusion(),
    "stopped": recovery(),
    "stopped, scored, the time not over": leaving(now="12:09"),
    "stopped, scored, the time over": leaving(now="12:10"),
    "left": leaving(signatures=(*SIGNED, replace(signature(Meaning.DISCHARGE), at=moment("12:20")))),
    "answered in disguise": visit({"cond.cardiac": answer("cond.cardiac", DECLINED, reason="not now")}),
    "ended": facts(events=(event(EventKind.ENDED, "10:30"),)),
    "paused": infusion(events=(STARTED, event(EventKind.PAUSED, "11:10"))),
}


UNTOUCHED = "clear, open: no summary"


def each_step(here: Facts) -> str:
    """The steps of which there is something to say."""
    told = [told_step(view) for view in steps(here, evaluate(here))]
    return "\n".join(one for one in told if not one.endswith(UNTOUCHED)) or "nothing"


SAID: dict[str, Said] = {"verdict": said_of(verdict, VERDICTS), "steps": said_of(each_step, STEPS)}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_the_pause_says_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
