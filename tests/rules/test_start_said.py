"""Less usual findings before the start, and what becomes of a finding that was postponed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import Choice, EventKind, Level, Reading
from checklist.protocol import Protocol
from checklist.rules import baseline, before_start
from checklist.rules.evaluate import ASK_AGAIN, evaluate
from checklist.rules.facts import Facts, finding, fingerprint
from checklist.snapshot import Finding
from tests.rules.build import BASELINE, PROTOCOL, decide, event, facts, reading, ready, with_limit
from tests.rules.test_sources_named import CODE, TITLE, Rule, cited
from tests.rules.visit import by_key

SET = "118/76 72 98 14 36.7"


def on(*readings: Reading, **more: object) -> Facts:
    return facts(readings=readings, **more)  # type: ignore[arg-type]


# ---- whose limit it was

CAME_DOWN = on(reading("165/88", "10:30"), reading("138/84", "10:38"))
NOT_FOR_TODAY = on(reading("184/96", "10:30"), reading("138/84", "10:38"))
SOURCES: list[tuple[str, Rule, str, Facts]] = [
    ("baseline.repeats", baseline.findings, "vitals.bp", CAME_DOWN),
    ("baseline.sbp_stop", baseline.findings, "vitals.bp", NOT_FOR_TODAY),
    ("baseline.alert", baseline.findings, "vitals.sedation", on(reading(SET, moaas=4))),
    ("baseline.dissociation_hold", before_start.findings, "vitals.dissociation", on(reading(SET, dissociation=3))),
    ("baseline.agitation_hold", before_start.findings, "vitals.agitation", on(reading(SET, agitation=3))),
    ("baseline.nausea_review", before_start.findings, "vitals.nausea", on(reading(SET, nausea=3))),
]


@pytest.mark.parametrize(("limit", "rule", "key", "here"), SOURCES)
def test_a_finding_before_the_start_names_the_source_of_its_limit_and_of_no_other(
    limit: str, rule: Rule, key: str, here: Facts
) -> None:
    others = tuple(other for other in PROTOCOL.limits if other != limit)
    named = [by_key(rule(of))[key].source for of in (cited(here, limit), cited(here, *others))]
    assert named == [TITLE, "clinic policy"]


def with_bmi(**changed: object) -> Protocol:
    bounds = replace(PROTOCOL.bounds["bmi"], **changed)  # type: ignore[arg-type]
    return replace(PROTOCOL, bounds={**PROTOCOL.bounds, "bmi": bounds})


def test_a_body_mass_names_the_source_and_the_lowest_of_its_bounds() -> None:
    said = {"vitals.weight": Decimal(200), "vitals.height": Decimal(160)}
    (found,) = baseline.findings(facts(said, protocol=with_bmi(source=CODE, confirm_low=Decimal(0))))
    assert (found.key, found.source) == ("vitals.bmi", TITLE)
    assert found.detail == "Usual is 0 to 60 kg/m2."


# ---- when the set is old


def test_a_set_that_was_taken_31_minutes_before_the_start_is_old_until_it_begins() -> None:
    early = reading(SET, "10:11")
    assert by_key(baseline.findings(on(early)))["vitals.age"].title == "Vital signs are 31min old"
    assert "vitals.age" not in by_key(baseline.findings(on(early, events=(event(EventKind.STARTED, "10:42"),))))


@pytest.mark.parametrize(("at", "is_old"), [("09:42", False), ("09:41", True)])
def test_where_a_set_counts_for_an_hour_it_is_old_a_minute_later(at: str, is_old: bool) -> None:
    found = by_key(baseline.findings(on(reading(SET, at), protocol=with_limit("baseline.valid_for", 60))))
    assert ("vitals.age" in found) is is_old


# ---- what was struck


def test_every_symptom_of_a_struck_reading_binds_the_decision_on_it() -> None:
    struck = reading(SET, symptoms=("seizure", "chest_pain"), artefact="another patient")
    (found,) = before_start.findings(on(struck))
    assert found.inputs == (("symptoms", "seizure,chest_pain"), ("reason", "another patient"))


# ---- the order of findings, and what a provider postponed


def test_a_finding_of_a_step_that_the_clinic_does_not_have_stands_last() -> None:
    def says(key: str, step: str) -> tuple[str, str, Callable[[Facts], Iterator[Finding]]]:
        return key, step, lambda _: iter([finding(key, Level.NOTE, key, "", "", step)])

    rules = (says("of no step", "nowhere"), says("of the last step", "discharge"), says("of the first", "identity"))
    found = evaluate(facts(ready(), readings=(BASELINE,)), rules)
    assert [one.key for one in found] == ["of the first", "of the last step", "of no step"]


def test_a_decision_on_a_finding_that_is_kept_open_is_about_a_review() -> None:
    """Its mark is that of a review, not of the clear finding that was postponed."""
    clear = by_key(evaluate(on(BASELINE)))["vitals.set"]
    kept = by_key(evaluate(on(BASELINE, decisions=(decide(clear, Choice.POSTPONE),))))["vitals.set"]
    assert (kept.level, kept.action) == (Level.REVIEW, ASK_AGAIN)
    assert kept.fingerprint == fingerprint("vitals.set", Level.REVIEW, clear.inputs) != clear.fingerprint
