"""Liver tests: asked where the liver matters, due again after their months, reviewed above their limit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import EventKind, Level
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import FACTS, Facts
from checklist.rules.labs import findings
from checklist.snapshot import Past
from tests.rules.build import (
    BASELINE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    event,
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
    assert said(facts(ready(), visit=session(number=6))) == {}


def test_a_value_that_nobody_asked_for_is_judged_all_the_same() -> None:
    here = facts(ready({"labs.alt_times": Decimal(9), "labs.lft_date": date(2026, 11, 1)}), visit=session(number=2))
    assert said(here) == {"labs.alt_times": (Level.REVIEW, "ALT 9 times its upper limit")}


@pytest.mark.parametrize(("number", "asked"), [(6, False), (7, True), (40, True)])
def test_after_six_infusions_liver_tests_are_asked_for(number: int, asked: bool) -> None:
    here = facts(visit=session(number=number, total=0, phase="maintenance"))
    assert here.is_visible(PROTOCOL.item("labs.lft_date"))
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


# ---- the other values and their dates

RECENT = date(2026, 11, 1)
VALUES = [
    ("labs.alt", "40", None, ""),
    ("labs.alt", "41", Level.NOTE, "ALT 41 U/L, 1 times its upper limit"),
    ("labs.alt", "120", Level.NOTE, "ALT 120 U/L, 3 times its upper limit"),
    ("labs.alt", "121", Level.REVIEW, "ALT 121 U/L, 3 times its upper limit"),
    ("labs.alt", "130", Level.REVIEW, "ALT 130 U/L, 3.3 times its upper limit"),
    ("labs.ast", "40", None, ""),
    ("labs.ast", "41", Level.NOTE, "AST 41 U/L"),
    ("labs.alp", "120", None, ""),
    ("labs.alp", "121", Level.NOTE, "ALP 121 U/L"),
    ("labs.ggt", "60", None, ""),
    ("labs.ggt", "61", Level.NOTE, "GGT 61 U/L"),
    ("labs.bilirubin", "1.2", None, ""),
    ("labs.bilirubin", "1.3", Level.NOTE, "Bilirubin 1.3 mg/dL"),
    ("labs.creatinine", "1.3", None, ""),
    ("labs.creatinine", "1.31", Level.NOTE, "Creatinine 1.31 mg/dL"),
    ("labs.egfr", "60", None, ""),
    ("labs.egfr", "59", Level.REVIEW, "Kidney function: eGFR 59 mL/min"),
    ("labs.tsh", "0.39", Level.REVIEW, "TSH 0.39 mIU/L"),
    ("labs.tsh", "0.4", None, ""),
    ("labs.tsh", "4.5", None, ""),
    ("labs.tsh", "4.51", Level.NOTE, "TSH 4.51 mIU/L"),
    ("labs.urine", "normal", None, ""),
    ("labs.urine", "blood", Level.REVIEW, "Urinalysis: blood"),
    ("labs.urine", "other", Level.REVIEW, "Urinalysis: abnormal"),
    ("labs.drugs", "negative", None, ""),
    ("labs.drugs", "prescribed", None, ""),
    ("labs.drugs", "positive", Level.REVIEW, "Urine drug screen: positive"),
    ("labs.ecg", "normal", None, ""),
    ("labs.ecg", "abnormal", Level.REVIEW, "ECG: abnormal"),
]
DATES = dict.fromkeys(("alt", "ast", "alp", "ggt", "bilirubin"), "labs.lft_date") | {
    "creatinine": "labs.kidney_date",
    "egfr": "labs.kidney_date",
    **{name: f"labs.{name}_date" for name in ("tsh", "urine", "drugs", "ecg")},
}


def value(text: str) -> Said:
    return Decimal(text) if text[0].isdigit() else text


@pytest.mark.parametrize(("item", "text", "level", "title"), VALUES)
def test_a_value_outside_its_limit_is_told_with_its_number(
    item: str, text: str, level: Level | None, title: str
) -> None:
    here = facts({item: value(text), DATES[item.removeprefix("labs.")]: RECENT})
    assert said(here) == ({} if level is None else {item: (level, title)})


def test_the_limit_of_the_clinics_laboratory_counts() -> None:
    here = facts({"labs.alt": Decimal(50), "labs.lft_date": RECENT}, protocol=with_limit("labs.alt_upper", 55))
    assert said(here) == {}


@pytest.mark.parametrize("item", sorted(DATES))
def test_a_value_without_its_date_is_noted(item: str) -> None:
    normal = {"urine": "normal", "drugs": "negative", "ecg": "normal", "bilirubin": "1", "creatinine": "1"}
    normal |= {"tsh": "2", "egfr": "90"}
    here = facts({f"labs.{item}": value(normal.get(item, "30"))})
    ((key, (level, title)),) = said(here).items()
    assert (key, level) == (DATES[item], Level.NOTE)
    assert title.startswith("No date of ")


WANTED = [
    ({"cond.kidney": True}, "labs.kidney_date", "No date of kidney tests"),
    ({"cond.bladder": "symptoms"}, "labs.urine_date", "No date of urinalysis"),
    ({"cond.bladder": "blood"}, "labs.urine_date", "No date of urinalysis"),
    ({"cond.substance_use": "history"}, "labs.drugs_date", "No date of urine drug screen"),
    ({"cond.cardiac": "event"}, "labs.ecg_date", "No date of ECG"),
    ({"cond.thyroid": True}, "labs.tsh_date", "No date of TSH"),
]


@pytest.mark.parametrize(("condition", "key", "title"), WANTED)
def test_tests_are_asked_for_where_the_disease_is(condition: dict[str, Said], key: str, title: str) -> None:
    assert said(facts(condition)) == {key: (Level.NOTE, title)}
    assert said(facts({**condition, key: RECENT})) == {}
    old = said(facts({**condition, key: date(2020, 1, 1)}))
    assert old[key][0] is Level.NOTE
    several = key in ("labs.lft_date", "labs.kidney_date")
    assert old[key][1].endswith(f"of 01-Jan-2020 {'are' if several else 'is'} due again")


@pytest.mark.parametrize(
    ("taken", "due"), [(date(2025, 11, 17), True), (date(2025, 11, 18), False), (date(2025, 11, 19), False)]
)
def test_an_ecg_counts_for_twelve_months_to_the_day(taken: date, due: bool) -> None:
    assert ("labs.ecg_date" in said(facts({"cond.cardiac": "event", "labs.ecg_date": taken}))) is due


def test_old_tests_that_nobody_asks_for_are_only_recorded() -> None:
    here = facts({"labs.ecg": "normal", "labs.ecg_date": date(2019, 2, 28)})
    assert said(here) == {"labs.ecg_date": (Level.INFO, "ECG of 28-Feb-2019 is old")}


@pytest.mark.parametrize(("infusions", "due"), [(5, False), (6, True), (7, True)])
def test_liver_tests_are_due_after_six_infusions_however_recent(infusions: int, due: bool) -> None:
    here = infused(infusions, {**LIVER, "labs.lft_date": date(2026, 10, 1)})
    assert ("labs.lft_date" in said(here)) is due
    before = infused(infusions, {**LIVER, "labs.lft_date": date(2026, 11, 1)})
    assert said(before) == {}


def infused(count: int, answers: dict[str, Said]) -> Facts:
    """So many infusions were given, all on 15-Oct-2026."""
    started = (event(EventKind.STARTED, "2026-10-15 11:00"),)
    records = tuple(
        facts(visit=session("2026-10-15 11:00", number=number), events=started).record for number in range(1, count + 1)
    )
    here = facts(answers, visit=session(number=count + 1))
    return replace(here, past=Past(records[-1], records, earlier=records))


def test_a_result_that_a_provider_has_let_pass_is_a_note_at_the_next_visit() -> None:
    said_before: dict[str, Said] = {"labs.ecg": "abnormal", "labs.ecg_date": RECENT}
    visit = session("2026-11-18 11:00")
    begun = (event(EventKind.STARTED, "11:10"),)
    given, stopped = facts(said_before, visit=visit, events=begun), facts(said_before, visit=visit)
    for last, level in ((given, Level.NOTE), (stopped, Level.REVIEW)):
        here = facts(last=last.record, visit=session("2026-11-25 11:00", number=2), now="2026-11-25 10:00")
        assert said(here)["labs.ecg"] == (level, "ECG: abnormal")
    new = facts(
        {"labs.ecg": answer("labs.ecg", "abnormal", at="2026-11-25 09:50")},
        last=given.record,
        visit=session("2026-11-25 11:00", number=2),
        now="2026-11-25 10:00",
    )
    assert said(new)["labs.ecg"] == (Level.REVIEW, "ECG: abnormal")


# ---- two more questions that only some patients are asked


@pytest.mark.parametrize("typed", ["oxycodone 5 mg", "tramadol 50", "Suboxone 8/2 film", "kratom powder"])
def test_a_patient_on_an_opioid_is_asked_whether_it_is_new_or_raised(typed: str) -> None:
    rows = (medicine(typed),)
    assert FACTS["takes_opioid"](facts(medicines=rows))
    levels = {}
    for said_ in (True, False, UNKNOWN):
        here = facts(ready({"medicines.opioid_raised": said_}), readings=(BASELINE,), medicines=rows)
        levels[said_] = {one.key: one.level for one in evaluate(here)}.get("medicines.opioid_raised")
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
