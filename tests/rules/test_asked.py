"""Answers of another day are asked again before the start."""

from dataclasses import replace

import pytest

from checklist.model import Level
from checklist.rules.asked import findings
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, VerdictKind
from tests.rules.build import BASELINE, DAY, answer, facts, ready, session, with_limit


def old(at: str, **more: object) -> list[Finding]:
    here: Facts = facts({"vitals.alert": answer("vitals.alert", True, at=at)}, **more)  # type: ignore[arg-type]
    return list(findings(here))


def test_answers_of_three_days_ago_hold() -> None:
    (one,) = old("2026-11-15 10:40")
    assert (one.key, one.level, one.step) == ("asked.vitals", Level.HOLD, "vitals")
    assert one.title == "Vital signs: asked 3 days before the planned start"
    assert one.detail == "Answers count for 12 h before the start."
    assert one.action == "Ask again, or let the provider decide."
    assert one.source == "clinic policy"


@pytest.mark.parametrize(("at", "held"), [("2026-11-17 23:00", False), ("2026-11-17 22:59", True)])
def test_twelve_hours_before_the_start_still_count(at: str, held: bool) -> None:
    assert bool(old(at)) is held


def test_after_the_planned_start_it_is_told_from_now() -> None:
    (one,) = old("2026-11-17 22:00", now="12:05", visit=session(planned="11:00"))
    assert one.title.endswith(": asked 14hr 5min ago")


def test_what_is_asked_again_is_no_longer_old() -> None:
    assert not old("10:40")


def test_what_stands_until_changed_has_no_age() -> None:
    consent = answer("consent.date", facts().now.local.date(), at="2026-11-01 10:40")
    assert not list(findings(facts({"consent.date": consent})))


def test_a_clinic_may_ask_again_sooner() -> None:
    protocol = with_limit("clearance.answers_valid", 4)
    assert old("06:59", protocol=protocol)
    assert not old("07:00", protocol=protocol)


def test_a_session_that_was_left_for_three_days_is_not_ready() -> None:
    said = ready()
    here = facts(said, readings=(BASELINE,), now="10:42")
    assert clearance(here, evaluate(here)).passes
    visit = replace(session(), planned=session().planned.plus(days=3))
    later = facts(said, readings=(BASELINE,), now=f"{DAY} 10:42", visit=visit)
    later = replace(later, now=later.now.plus(days=3))
    verdict = clearance(later, evaluate(later))
    assert verdict.kind is VerdictKind.HELD
    assert {"asked.identity", "asked.fasting", "asked.vitals"} <= {one.key for one in verdict.open_findings}
