"""Questionnaire scores against the published bands."""

import pytest

from checklist.rules.questionnaires import (
    cssrs_triage,
    gad7_band,
    phq9,
    phq9_band,
    phq9_course,
    stop_bang_risk,
    total_of,
)
from tests.rules.vectors import Vector, each


@each("phq9_band", "gad7_band")
def test_vectors_of_bands(vector: Vector) -> None:
    band = phq9_band if vector.rule == "phq9_band" else gad7_band
    assert band(int(vector.values["total"])) == vector.expected


@each("phq9_sum", "phq9_item9")
def test_vectors_of_whole_forms(vector: Vector) -> None:
    got = phq9([int(item) for item in vector.values["items"].split(",")])
    screen = "required" if got.suicide_screen else "not required"
    assert f"total={got.total}; band={got.band}; suicide_screen={screen}" == vector.expected


@each("phq9_missing")
def test_vector_a_missing_item_gives_no_band(vector: Vector) -> None:
    answered = int(vector.values["items_answered"])
    got = phq9([1] * answered + [None] * (9 - answered))
    assert (got.total, got.band, vector.expected) == (None, None, "INCOMPLETE")


@each("phq9_course")
def test_vectors_of_the_course(vector: Vector) -> None:
    assert phq9_course(int(vector.values["baseline"]), int(vector.values["now"])) == vector.expected


@each("cssrs_screener")
def test_vectors_of_the_cssrs(vector: Vector) -> None:
    yes = {key for key, value in vector.values.items() if value == "1"}
    got = cssrs_triage(
        wish="q1" in yes,
        thoughts="q2" in yes,
        method="q3" in yes,
        intent="q4" in yes,
        plan="q5" in yes,
        behaviour_ever="q6_life" in yes,
        behaviour_3_months="q6_3m" in yes,
    )
    assert got == vector.expected


@each("stopbang")
def test_vectors_of_stop_bang(vector: Vector) -> None:
    values = vector.values
    got = stop_bang_risk(
        int(values["yes"]),
        int(values["of which STOP"]),
        male=values["male"] == "1",
        bmi_over_35=values["BMI>35"] == "1",
        large_neck=values["neck"] == "1",
    )
    assert got == vector.expected


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (4, "minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (19, "moderately severe"),
        (27, "severe"),
    ],
)
def test_phq9_edges(total: int, band: str) -> None:
    assert phq9_band(total) == band


@pytest.mark.parametrize(("total", "band"), [(0, "minimal"), (4, "minimal"), (5, "mild"), (10, "moderate")])
def test_gad7_edges(total: int, band: str) -> None:
    assert gad7_band(total) == band


def test_totals_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 27"):
        phq9_band(28)
    with pytest.raises(ValueError, match="0 to 21"):
        gad7_band(-1)
    with pytest.raises(ValueError, match="9 answers"):
        total_of([4], 9)
    with pytest.raises(ValueError, match="7 answers"):
        total_of([0] * 8, 7)
    with pytest.raises(ValueError, match="8 questions"):
        stop_bang_risk(9, 0, male=False, bmi_over_35=False, large_neck=False)
    with pytest.raises(ValueError, match="8 questions"):
        stop_bang_risk(1, 2, male=False, bmi_over_35=False, large_neck=False)


def test_item_nine_counts_even_when_the_form_is_unfinished() -> None:
    assert phq9([None] * 8 + [1]).suicide_screen
    assert not phq9([3] * 8 + [None]).suicide_screen
    assert not phq9([3, 3]).suicide_screen


@pytest.mark.parametrize(
    ("baseline", "now", "course"),
    [
        (20, 4, "remission"),
        (20, 5, "response"),
        (20, 11, "partial response"),
        (20, 15, "partial response"),
        (6, 5, "no response"),
        (0, 9, "no response"),
    ],
)
def test_course_edges(baseline: int, now: int, course: str) -> None:
    assert phq9_course(baseline, now) == course


@pytest.mark.parametrize(
    ("yes", "result"),
    [("wish", "low"), ("thoughts", "low"), ("intent", "high"), ("plan", "high"), ("", "none")],
)
def test_cssrs_each_question_alone(yes: str, result: str) -> None:
    names = ("wish", "thoughts", "method", "intent", "plan", "behaviour_ever", "behaviour_3_months")
    assert cssrs_triage(**{name: name == yes for name in names}) == result


@pytest.mark.parametrize(
    ("total", "stop", "flag", "risk"),
    [(3, 1, "", "intermediate"), (4, 2, "", "intermediate"), (3, 2, "male", "high"), (2, 1, "male", "low")],
)
def test_stop_bang_edges(total: int, stop: int, flag: str, risk: str) -> None:
    flags = {name: name == flag for name in ("male", "bmi_over_35", "large_neck")}
    assert stop_bang_risk(total, stop, **flags) == risk
