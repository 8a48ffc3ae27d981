"""Consent counts for calendar months, and nobody overrides its absence."""

from datetime import date

import pytest

from checklist.model import EventKind, Level
from checklist.rules.consent import expires, findings
from checklist.snapshot import Finding
from tests.rules.build import DECLINED, NOT_APPLICABLE, UNKNOWN, Said, event, facts, with_limit


def found(signed: Said, **more: object) -> Finding | None:
    said: dict[str, Said] = {"consent.on_file": True, "consent.date": signed}
    return next(findings(facts(said, **more)), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "months", "last"),
    [
        (date(2025, 11, 18), 12, date(2026, 11, 18)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_the_last_day_follows_the_calendar(signed: date, months: int, last: date) -> None:
    assert expires(signed, months) == last


def test_consent_counts_on_its_last_day_and_has_expired_the_day_after() -> None:
    today, late = found(date(2025, 11, 18)), found(date(2025, 11, 17))
    assert today is not None
    assert (today.level, today.title) == (Level.CLEAR, "Consent of 18-Nov-2025 counts until 18-Nov-2026")
    assert late is not None
    assert (late.level, late.nobody_overrides) == (Level.STOP, True)
    assert late.title == "Consent of 17-Nov-2025 has expired"
    assert late.detail == "It counted for 12 months, until 17-Nov-2026."
    assert late.source == "clinic policy"


def test_a_clinic_may_choose_fewer_months() -> None:
    late = found(date(2026, 5, 17), protocol=with_limit("consent.valid_months", 6))
    assert late is not None
    assert late.detail == "It counted for 6 months, until 17-Nov-2026."


@pytest.mark.parametrize("signed", [UNKNOWN, DECLINED, NOT_APPLICABLE])
def test_a_consent_without_its_date_holds(signed: Said) -> None:
    one = found(signed)
    assert one is not None
    assert (one.level, one.title, one.nobody_overrides) == (Level.HOLD, "Date of the consent not known", True)


def test_a_consent_dated_ahead_is_not_believed() -> None:
    one = found(date(2026, 11, 19))
    assert one is not None
    assert (one.level, one.title, one.nobody_overrides) == (Level.HOLD, "Consent dated ahead: 19-Nov-2026", True)


def test_a_record_read_later_keeps_its_judgement() -> None:
    one = found(date(2025, 11, 18), now="2026-12-24 09:00", events=(event(EventKind.STARTED, "11:00"),))
    assert one is not None
    assert one.level is Level.CLEAR


def test_a_date_not_yet_asked_is_an_open_item_not_a_finding() -> None:
    assert not list(findings(facts({"consent.on_file": True})))
    assert not list(findings(facts({"consent.on_file": False, "consent.date": date(2020, 1, 1)})))
