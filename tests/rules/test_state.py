"""Where a visit stands, from expected to discharged."""

from dataclasses import replace

import pytest

from checklist.model import EventKind, Meaning, SessionState
from checklist.rules.facts import Facts
from checklist.rules.state import state
from checklist.snapshot import Verdict, VerdictKind
from tests.rules.build import (
    BASELINE,
    PROTOCOL,
    UNANSWERED,
    event,
    facts,
    medicine,
    signature,
    with_setting,
)
from tests.rules.visit import STARTED, STOPPED, infusion

READY = Verdict(VerdictKind.CLEARED, "", "")
OPEN = Verdict(VerdictKind.INCOMPLETE, "", "")
TOUCHED = {"identity.name": True}


def verdict(kind: VerdictKind, *missing: str) -> Verdict:
    return Verdict(kind, "", "", tuple(PROTOCOL.item(one) for one in missing))


def of(clearance: Verdict, patient: Facts | None = None, discharge: Verdict = OPEN) -> SessionState:
    return state(patient or facts(TOUCHED), clearance, discharge)


def test_nothing_asked_yet_is_expected() -> None:
    assert of(OPEN, facts()) is SessionState.EXPECTED
    assert of(OPEN, facts({"identity.name": UNANSWERED})) is SessionState.EXPECTED


@pytest.mark.parametrize(
    "patient", [facts(TOUCHED), facts(readings=(BASELINE,)), facts(medicines=(medicine("sertraline"),))]
)
def test_the_first_entry_begins_the_visit(patient: Facts) -> None:
    assert of(verdict(VerdictKind.INCOMPLETE, "identity.born"), patient) is SessionState.PRE_SESSION


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (VerdictKind.INCOMPLETE, SessionState.PRE_SESSION),
        (VerdictKind.HELD, SessionState.HELD),
        (VerdictKind.WAITING, SessionState.WAITING_FOR_PROVIDER),
        (VerdictKind.STOPPED, SessionState.STOPPED),
        (VerdictKind.CLEARED, SessionState.PRE_SESSION),
        (VerdictKind.CLEARED_AFTER_REVIEW, SessionState.PRE_SESSION),
    ],
)
def test_with_nothing_missing_the_verdict_says_where_it_stands(kind: VerdictKind, expected: SessionState) -> None:
    assert of(verdict(kind)) is expected


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_with_something_missing_it_is_still_before_the_session(kind: VerdictKind) -> None:
    assert of(verdict(kind, "identity.born")) is SessionState.PRE_SESSION


@pytest.mark.parametrize("kind", [VerdictKind.CLEARED, VerdictKind.CLEARED_AFTER_REVIEW])
def test_the_nurses_signature_clears(kind: VerdictKind) -> None:
    signed = facts(TOUCHED, signatures=(signature(Meaning.CHECKED),))
    assert of(verdict(kind), signed) is SessionState.CLEARED


def test_a_signature_under_a_verdict_that_fell_does_not_clear() -> None:
    signed = facts(TOUCHED, signatures=(signature(Meaning.CHECKED),))
    assert of(verdict(VerdictKind.HELD), signed) is SessionState.HELD


def test_where_the_provider_always_signs_the_nurse_alone_does_not_clear() -> None:
    protocol = with_setting("provider_signature", "always")
    nurse, provider = signature(Meaning.CHECKED), signature(Meaning.PROVIDER_CLEARED)
    assert of(READY, facts(TOUCHED, protocol=protocol, signatures=(nurse,))) is SessionState.PRE_SESSION
    assert of(READY, facts(TOUCHED, protocol=protocol, signatures=(nurse, provider))) is SessionState.CLEARED


def test_from_the_start_to_the_door() -> None:
    pause, resume = event(EventKind.PAUSED, "11:10"), event(EventKind.RESUMED, "11:15")
    assert of(OPEN, infusion()) is SessionState.INFUSING
    assert of(OPEN, infusion(events=(STARTED, pause))) is SessionState.PAUSED
    assert of(OPEN, infusion(events=(STARTED, pause, resume))) is SessionState.INFUSING
    assert of(OPEN, infusion(events=(STARTED, pause, STOPPED))) is SessionState.OBSERVING
    stopped = infusion(events=(STARTED, STOPPED), now="12:10")
    assert of(OPEN, stopped) is SessionState.OBSERVING
    assert of(OPEN, stopped, discharge=READY) is SessionState.READY_TO_LEAVE
    signed = replace(stopped, record=replace(stopped.record, signatures=(signature(Meaning.DISCHARGE, "12:12"),)))
    assert of(OPEN, signed) is SessionState.DISCHARGED


def test_an_ended_visit_is_ended_whatever_else_holds() -> None:
    assert of(READY, facts(events=(event(EventKind.ENDED, "10:30"),))) is SessionState.ENDED
    after_start = infusion(events=(STARTED, event(EventKind.ENDED, "11:30")))
    assert of(READY, after_start) is SessionState.ENDED
