"""A dose above the stop limit is not given on the word of one provider (reference 5.4)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import Choice, Decision, Level, StaffId
from checklist.rules.evaluate import evaluate
from checklist.snapshot import Finding
from tests.rules.build import Said, decide, facts
from tests.rules.visit import ORDER

HUGE: dict[str, Said] = {**ORDER, "dose.mg_per_kg": Decimal("3"), "dose.mg": Decimal(210)}
MENON, SHAH = StaffId("menon"), StaffId("shah")


def amount(*decisions: Decision, said: dict[str, Said] | None = None) -> Finding:
    return next(one for one in evaluate(facts(said or HUGE, decisions=decisions)) if one.key == "dose.amount")


def by(who: StaffId, choice: Choice = Choice.PROCEED, verbal_from: str = "") -> Decision:
    return replace(decide(amount(), choice), by=who, verbal_from=verbal_from)


def test_one_provider_is_not_enough() -> None:
    found = amount(by(MENON))
    assert (found.level, found.decision, found.is_open) == (Level.STOP, None, True)
    assert found.action == "One provider has decided to go on. A second provider must decide too."
    assert found.fingerprint == amount().fingerprint
    assert amount(by(MENON), by(MENON)).is_open


@pytest.mark.parametrize(
    "second", [by(SHAH), by(StaffId("ortiz"), verbal_from="Dr. Shah")], ids=["in the house", "by telephone"]
)
def test_two_providers_are(second: Decision) -> None:
    found = amount(by(MENON), second)
    assert found.decision == second
    assert not found.is_open


def test_one_provider_by_telephone_twice_is_still_one() -> None:
    assert amount(by(MENON, verbal_from="Dr. Shah"), by(SHAH, verbal_from="DR. SHAH")).is_open


def test_a_postponement_counts_at_once_and_ends_what_was_decided_before() -> None:
    postponed = by(SHAH, Choice.POSTPONE)
    assert amount(by(MENON), postponed).decision == postponed
    assert amount(by(MENON), postponed, by(SHAH)).is_open
    assert not amount(postponed, by(MENON), by(SHAH)).is_open


def test_a_decision_on_another_dose_counts_for_nothing() -> None:
    other = replace(by(MENON), fingerprint="older")
    assert amount(other, by(SHAH)).is_open
    assert amount(by(MENON), other).decision is None


def test_a_mere_review_of_the_dose_needs_one_provider() -> None:
    said: dict[str, Said] = {**ORDER, "dose.mg_per_kg": Decimal("1.2"), "dose.mg": Decimal(84)}
    found = amount(said=said)
    assert found.level is Level.REVIEW
    assert not amount(decide(found), said=said).is_open
