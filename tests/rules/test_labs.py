"""Liver tests: asked where the liver matters, due again after their months, reviewed above their limit."""

from datetime import date
from decimal import Decimal

import pytest

from checklist.model import Level
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import FACTS, Facts
from checklist.rules.labs import findings
from tests.rules.build import (
    BASELINE,
    PROTOCOL,
    UNKNOWN,
    Said,
    facts,
    medicine,
    ready,
    session,
    with_limit,
)  # fmt: skip
from tests.rules.visit import after, recovery

LIVER: dict[str, Said] = {"cond.liver": "moderate"}


def said(here: Facts) -> dict[str, tuple[Level, str]]:
    return {one.key: (one.level, one.title) for one in findings(here)}


def test_a_healthy_liver_and_a_short_series_ask_for_no_tests() -> None:
    here = facts(ready({"labs.alt_times": Decimal(9)}), visit=session(number=6))
    assert said(here) == {}
    assert not here.is_visible(PROTOCOL.item("labs.lft_date"))


@pytest.mark.parametrize(("number", "asked"), [(6, False), (7, True), (40, True)])
def test_after_six_infusions_liver_tests_are_asked_for(number: int, asked: bool) -> None:
    here = facts(visit=session(number=number, total=0, phase="maintenance"))
    assert here.is_visible(PROTOCOL.item("labs.lft_date")) is asked
    assert ("labs.lft_date" in said(here)) is asked


def test_a_clinic_may_ask_earlier() -> None:
    here = facts(visit=session(number=4), protocol=with_limit("labs.lft_infusions", 3))
    assert "labs.lft_date" in said(here)


@pytest.mark.parametrize("answer", [None, UNKNOWN])
def test_tests_without_a_date_are_noted(answer: Said | None) -> None:
    given = LIVER if answer is None else {**LIVER, "labs.lft_date": answer}
    assert said(facts(given)) == {"labs.lft_date": (Level.NOTE, "No date of liver tests")}


@pytest.mark.parametrize(
    ("taken", "title"),
    [
        (date(2026, 5, 17), "Liver tests of 17-May-2026 are due again"),
        (date(2026, 5, 18), None),
        (date(2026, 5, 19), None),
    ],
)
def test_tests_count_for_six_months_to_the_day(taken: date, title: str | None) -> None:
    found = said(facts({**LIVER, "labs.lft_date": taken}))
    assert found == ({} if title is None else {"labs.lft_date": (Level.NOTE, title)})


@pytest.mark.parametrize(("times", "reviewed"), [("2.9", False), ("3", False), ("3.1", True)])
def test_alt_above_three_times_its_limit_is_reviewed(times: str, reviewed: bool) -> None:
    here = facts({**LIVER, "labs.lft_date": date(2026, 11, 1), "labs.alt_times": Decimal(times)})
    expected = {"labs.alt_times": (Level.REVIEW, f"ALT {times} times its upper limit")} if reviewed else {}
    assert said(here) == expected


def test_the_source_and_the_limit_are_named() -> None:
    (found,) = findings(facts({**LIVER, "labs.lft_date": date(2026, 11, 1), "labs.alt_times": Decimal(4)}))
    assert (found.detail, found.source) == ("Above 3 x ULN.", "Spravato monograph")
    assert found.inputs == (("labs.alt_times", "4"),)


# ---- two more questions that only some patients are asked


@pytest.mark.parametrize("typed", ["oxycodone 5 mg", "tramadol 50", "Suboxone 8/2 film", "kratom powder"])
def test_a_patient_on_an_opioid_is_asked_whether_it_is_new_or_raised(typed: str) -> None:
    rows = (medicine(typed),)
    assert FACTS["takes_opioid"](facts(medicines=rows))
    levels = {}
    for answer in (True, False, UNKNOWN):
        here = facts(ready({"medicines.opioid_raised": answer}), readings=(BASELINE,), medicines=rows)
        levels[answer] = {one.key: one.level for one in evaluate(here)}.get("medicines.opioid_raised")
    assert levels == {True: Level.HOLD, False: None, UNKNOWN: Level.HOLD}


def test_who_takes_no_opioid_is_not_asked() -> None:
    assert not FACTS["takes_opioid"](facts(medicines=(medicine("naltrexone 50 mg"), medicine("sertraline"))))


def test_news2_uses_scale_2_where_a_clinician_set_the_target() -> None:
    low = after("118/76 80 89 14 36.8", "12:05", moaas=5)
    plain = {one.key: one.title for one in evaluate(recovery(low, said={"cond.lung": True}))}
    assert plain["monitor.news2"] == "NEWS2 3 at 12:05"
    scaled = recovery(low, said={"cond.lung": True, "cond.spo2_scale2": True})
    assert "monitor.news2" not in {one.key for one in evaluate(scaled)}
    lower = after("118/76 80 83 14 36.8", "12:05", moaas=5)
    said_ = {"cond.lung": True, "cond.spo2_scale2": True}
    titles = {one.key: one.title for one in evaluate(recovery(lower, said=said_))}
    assert titles["monitor.news2"] == "NEWS2 (scale 2) 3 at 12:05"
