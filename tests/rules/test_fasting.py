"""Fasting: profiles, categories, boundaries, daylight saving, and what the nurse reads."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from checklist.model import EventKind, Level, TimeValue
from checklist.rules.fasting import (
    INVALID,
    Impossible,
    assess,
    cause,
    earliest,
    earliest_start,
    findings,
    hours_between,
)
from checklist.snapshot import Finding
from checklist.times import Moment
from tests.rules.build import (
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    event,
    facts,
    medicine,
    moment,
    session,
    with_setting,
)
from tests.rules.vectors import Vector, each

WORDS: dict[Level | Impossible, str] = {
    Level.CLEAR: "OK",
    Level.REVIEW: "REVIEW",
    Level.HOLD: "HOLD",
    INVALID: "INVALID",
}
CLINIC = with_setting("fasting_profile", "CLINIC_4_6")


def found(said: dict[str, Said], key: str = "fasting.solids", **more: object) -> Finding | None:
    every = list(findings(facts(said, **more)))  # type: ignore[arg-type]
    return next((one for one in every if one.key == key), None)


def sure(said: dict[str, Said], key: str = "fasting.solids", **more: object) -> Finding:
    one = found(said, key, **more)
    assert one is not None
    return one


@each("fasting_ASA", "fasting_CLINIC_4_6", "fasting_gum", "fasting_sip")
def test_vectors_of_one_intake(vector: Vector) -> None:
    profile = "CLINIC_4_6" if "CLINIC" in vector.rule else "ASA"
    given = vector.values.get("hours_before_planned_start", "unknown")
    hours = None if given == "unknown" else Decimal(given)
    got = assess(vector.values["category"], hours, PROTOCOL, profile)
    assert WORDS[got] == vector.expected.replace("UNKNOWN", "HOLD")


@each("fasting_worst_of")
def test_vector_the_worst_intake_counts(vector: Vector) -> None:
    levels = [assess("light_meal", Decimal(7), PROTOCOL, "ASA"), assess("clear_liquid", Decimal(1), PROTOCOL, "ASA")]
    assert WORDS[Level.worst(Level(one) for one in levels if one is not INVALID)] == vector.expected


@each("fasting_earliest_start")
def test_vector_earliest_start(vector: Vector) -> None:
    at = earliest([("light_meal", moment("07:30"))], PROTOCOL, "ASA")
    assert at == moment(vector.expected)


@each("fasting_DST_spring", "elapsed_hours_DST")
def test_vectors_of_the_night_that_loses_an_hour(vector: Vector) -> None:
    intake, start = moment("2026-03-08 00:30"), moment("2026-03-08 09:00")
    hours = hours_between(intake, start)
    assert hours == Decimal("7.5")
    assert vector.expected in ("7.5", WORDS[assess("fatty_meal", hours, PROTOCOL, "ASA")])


def test_the_night_that_gains_an_hour_counts_it() -> None:
    assert hours_between(moment("2026-11-01 00:30"), moment("2026-11-01 09:00")) == Decimal("9.5")


@pytest.mark.parametrize(
    ("category", "profile", "hours", "level"),
    [
        ("clear_liquid", "ASA", "2", Level.CLEAR),
        ("clear_liquid", "ASA", "1.99", Level.HOLD),
        ("clear_liquid", "ASA", "0", Level.HOLD),
        ("breast_milk", "CLINIC_4_6", "4", Level.CLEAR),
        ("infant_formula", "ASA", "5.99", Level.HOLD),
        ("nonhuman_milk", "CLINIC_4_6", "3.99", Level.HOLD),
        ("nonhuman_milk", "CLINIC_4_6", "4", Level.REVIEW),
        ("light_meal", "CLINIC_4_6", "6", Level.CLEAR),
        ("fatty_meal", "ASA", "7.99", Level.HOLD),
        ("fatty_meal", "CLINIC_4_6", "8", Level.CLEAR),
        ("gum_in_mouth", "ASA", "0", Level.REVIEW),
    ],
)
def test_boundaries_are_inclusive(category: str, profile: str, hours: str, level: Level) -> None:
    assert assess(category, Decimal(hours), PROTOCOL, profile) is level


def test_solids_at_0730_hold_until_1330() -> None:
    one = sure({"fasting.solids": moment("07:30"), "fasting.fatty": False})
    assert (one.level, one.until) == (Level.HOLD, moment("13:30"))
    assert one.title == "Last solid food 3hr 30min before the start"
    assert one.detail == "6 h are needed. Can start at 13:30."
    assert one.action == "Move the start to 13:30, or ask the provider."


def test_solids_last_night_are_clear() -> None:
    one = sure({"fasting.solids": moment("2026-11-17 21:30"), "fasting.fatty": False})
    assert (one.level, one.title, one.until) == (Level.CLEAR, "Solids 13hr 30min", None)


@pytest.mark.parametrize(("at", "level"), [("05:00", Level.CLEAR), ("05:01", Level.HOLD)])
def test_six_hours_to_the_minute(at: str, level: Level) -> None:
    assert sure({"fasting.solids": moment(at), "fasting.fatty": False}).level is level


def test_clear_to_the_minute_waits_for_nothing() -> None:
    assert sure({"fasting.solids": moment("05:00"), "fasting.fatty": False}).until is None


def test_seconds_do_not_count() -> None:
    assert sure({"fasting.solids": moment("05:00:59"), "fasting.fatty": False}).level is Level.CLEAR


@pytest.mark.parametrize("said", [True, UNKNOWN, DECLINED])
def test_a_meal_counts_as_fatty_unless_somebody_says_no(said: Said) -> None:
    one = sure({"fasting.solids": moment("04:00"), "fasting.fatty": said})
    assert (one.level, one.until) == (Level.HOLD, moment("12:00"))
    is_said = said is True
    assert one.detail == (
        "8 h are needed after fatty food. Can start at 12:00."
        if is_said
        else "8 h are needed if it was fatty or fried. Can start at 12:00; at 10:00 if it was neither fatty nor fried."
    )
    assert one.action == f"{'' if is_said else 'Ask what it was. '}Move the start to 12:00, or ask the provider."


def test_a_meal_of_which_nobody_has_said_what_it_was_holds_for_eight_hours() -> None:
    one = sure({"fasting.solids": moment("07:20")})
    assert (one.level, one.until) == (Level.HOLD, moment("15:20"))
    open_ = facts({"fasting.solids": moment("07:20")})
    assert earliest_start(open_) == moment("15:20")
    assert cause(open_, "fasting.solids") == "last solid food 07:20 (8hr if fatty or fried; 13:20 if not)"
    assert sure({"fasting.solids": moment("03:00")}).level is Level.CLEAR


def test_clear_fluids_hold_for_two_hours() -> None:
    one = sure({"fasting.fluids": moment("09:40")}, "fasting.fluids")
    assert (one.level, one.until) == (Level.HOLD, moment("11:40"))
    assert one.title == "Last clear fluid 1hr 20min before the start"
    assert one.source == "ASA fasting update 2023"


def test_the_clinic_profile_reviews_between_four_and_six_hours() -> None:
    one = sure({"fasting.solids": moment("06:30"), "fasting.fatty": False}, protocol=CLINIC)
    assert (one.level, one.until) == (Level.REVIEW, moment("12:30"))


@pytest.mark.parametrize(
    ("said", "level", "title"),
    [
        (UNKNOWN, Level.HOLD, "Last solid food not known"),
        (DECLINED, Level.HOLD, "Last solid food not said"),
        (NOT_APPLICABLE, Level.REVIEW, "Last solid food marked as not applicable"),
    ],
)
def test_an_unknown_meal_is_never_fine(said: Said, level: Level, title: str) -> None:
    one = sure({"fasting.solids": said})
    assert (one.level, one.title, one.until) == (level, title, None)


def test_the_reason_is_told_with_the_finding() -> None:
    with_reason = facts({"fasting.solids": answer("fasting.solids", UNKNOWN, reason="Asleep on the sofa")})
    assert next(findings(with_reason)).detail == "Asleep on the sofa. 8 h are needed if it was fatty or fried."


def test_an_estimate_is_called_one() -> None:
    one = sure({"fasting.solids": TimeValue(moment("2026-11-17 21:00"), estimated=True), "fasting.fatty": False})
    assert one.title == "Solids approx 14hr"
    assert one.detail == "6 h are needed. The time is an estimate: approx Yesterday 21:00."


def test_a_planned_start_that_has_passed_gives_way_to_now() -> None:
    said: dict[str, Said] = {"fasting.fluids": moment("09:40")}
    assert sure(said, "fasting.fluids", now="11:39").level is Level.HOLD
    assert sure(said, "fasting.fluids", now="11:40").level is Level.CLEAR


def test_once_started_the_actual_start_counts_for_good() -> None:
    early = (event(EventKind.STARTED, "10:50"),)
    said: dict[str, Said] = {"fasting.fluids": moment("08:55")}
    assert sure(said, "fasting.fluids").level is Level.CLEAR
    one = sure(said, "fasting.fluids", events=early, now="15:00")
    assert (one.level, one.title) == (Level.HOLD, "Last clear fluid 1hr 55min before the start")


def test_an_intake_after_the_start_is_a_slip() -> None:
    one = sure({"fasting.fluids": moment("11:05")}, "fasting.fluids", events=(event(EventKind.STARTED, "11:00"),))
    assert (one.level, one.until) == (Level.HOLD, None)
    assert one.title == "Last clear fluid 11:05 is after the start"
    assert one.action == "Check this time and the start at 11:00."


def test_a_visit_that_was_cancelled_keeps_its_judgement() -> None:
    ended = (event(EventKind.ENDED, "10:50"),)
    one = sure({"fasting.fluids": moment("09:40")}, "fasting.fluids", events=ended, now="2026-11-20 09:00")
    assert one.level is Level.HOLD


def test_earliest_start_is_the_latest_of_both() -> None:
    both = facts({"fasting.solids": moment("05:30"), "fasting.fatty": True, "fasting.fluids": moment("10:00")})
    assert earliest_start(both) == moment("13:30")
    assert earliest_start(facts({"fasting.fluids": moment("10:00")})) == moment("12:00")
    assert earliest_start(facts()) is None


def test_the_cause_has_its_sum() -> None:
    both = facts({"fasting.solids": moment("07:20"), "fasting.fatty": False})
    assert cause(both, "fasting.solids") == "last solid food 07:20 (6hr)"
    assert cause(both, "fasting.fluids") == ""
    assert cause(both, "vitals.bp") == ""


def test_a_decision_does_not_fall_because_minutes_pass_but_because_the_meal_changes() -> None:
    said: dict[str, Said] = {"fasting.solids": moment("07:30"), "fasting.fatty": False}
    first, later = sure(said, now="11:05"), sure(said, now="11:25")
    other = sure({**said, "fasting.solids": moment("07:31")})
    moved = sure(said, visit=session("12:00"))
    assert first.fingerprint == later.fingerprint
    assert len({first.fingerprint, other.fingerprint, moved.fingerprint}) == 3


@pytest.mark.parametrize(("at", "is_long"), [("2026-11-17 19:00", False), ("2026-11-17 18:59", True)])
def test_over_16_hours_without_food_on_insulin_is_reviewed(at: str, is_long: bool) -> None:
    said: dict[str, Said] = {"fasting.solids": moment(at), "fasting.fatty": False}
    one = found(said, "fasting.long", medicines=(medicine("Lantus"),))
    assert (one is not None) is is_long
    assert found(said, "fasting.long") is None
    assert one is None or (one.level, one.title[:9]) == (Level.REVIEW, "16hr 1min")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        (
            TimeValue(moment("2026-11-17 20:00"), estimated=True, earliest=moment("2026-11-17 18:00")),
            "Up to 17hr without food on insulin or a sulfonylurea",
        ),
        (
            TimeValue(moment("2026-11-17 19:15"), estimated=True),
            "Up to 16hr 15min without food on insulin or a sulfonylurea",
        ),
        (TimeValue(moment("2026-11-17 19:30"), estimated=True), None),
        (TimeValue(moment("2026-11-17 20:00"), estimated=True, earliest=moment("2026-11-17 19:00")), None),
    ],
)
def test_on_insulin_the_longest_that_an_estimate_can_mean_counts(said: TimeValue, title: str | None) -> None:
    one = found({"fasting.solids": said, "fasting.fatty": False}, "fasting.long", medicines=(medicine("Lantus"),))
    assert (one.title if one else None) == title


@pytest.mark.parametrize(
    ("value", "level", "detail"),
    [
        (69, Level.HOLD, "Below 70 mg/dL."),
        (70, Level.CLEAR, "At least 70 mg/dL, at most 300 mg/dL."),
        (300, Level.CLEAR, "At least 70 mg/dL, at most 300 mg/dL."),
        (301, Level.HOLD, "Above 300 mg/dL."),
    ],
)
def test_glucose_limits(value: int, level: Level, detail: str) -> None:
    one = sure({"fasting.glucose": value}, "fasting.glucose", medicines=(medicine("glipizide"),))
    assert (one.level, one.title, one.detail) == (level, f"Glucose {value} mg/dL", detail)


def test_unknown_glucose_holds_and_is_not_asked_without_insulin() -> None:
    said: dict[str, Said] = {"fasting.glucose": UNKNOWN}
    one = sure(said, "fasting.glucose", medicines=(medicine("Lantus"),))
    assert (one.level, one.title) == (Level.HOLD, "Glucose not known")
    assert one.detail == "On insulin or a sulfonylurea, and unknown."
    assert found(said, "fasting.glucose") is None
    na: dict[str, Said] = {"fasting.glucose": NOT_APPLICABLE}
    one = sure(na, "fasting.glucose", medicines=(medicine("Lantus"),))
    assert (one.level, one.detail) == (Level.HOLD, "On insulin or a sulfonylurea, and not applicable.")


def test_a_start_in_another_zone_is_the_same_instant() -> None:
    los_angeles = Moment.of_local(datetime(2026, 11, 18, 2, 0), "America/Los_Angeles")  # noqa: DTZ001
    assert sure({"fasting.solids": los_angeles, "fasting.fatty": False}).level is Level.CLEAR
    later = replace(session(), planned=moment("10:59"))
    assert sure({"fasting.solids": los_angeles, "fasting.fatty": False}, visit=later).level is Level.HOLD


@pytest.mark.parametrize(("at", "level"), [("04:31", Level.REVIEW), ("04:30", Level.CLEAR), ("05:00", Level.REVIEW)])
def test_about_five_is_reviewed_when_six_hours_are_only_just_over(at: str, level: Level) -> None:
    about = TimeValue(moment(at), estimated=True)
    one = sure({"fasting.solids": about, "fasting.fatty": False})
    assert one.level is level
    exact: dict[str, Said] = {"fasting.solids": moment(at), "fasting.fatty": False}
    assert sure(exact).level is Level.CLEAR


def test_a_close_estimate_says_so() -> None:
    about = TimeValue(moment("08:45"), estimated=True)
    one = sure({"fasting.fluids": about}, "fasting.fluids")
    assert (one.level, one.title) == (Level.REVIEW, "Last clear fluid approx 2hr 15min before the start")
    assert one.detail == "2 h are needed. The time is an estimate, less than 30 min past that."
    assert one.source == "clinic policy"
