"""PHQ-9, GAD-7 and laboratory values on paper: total, band, course, and the sentence of the licence beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from checklist.paper import Document, PaperSize, render, render_blank
from checklist.snapshot import Snapshot
from tests.paper import build
from tests.paper.pdf import flat

LICENCE = (
    "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant "
    "from Pfizer Inc. No permission required to reproduce, translate, display or distribute."
)


@dataclass(frozen=True)
class Printed:
    checklist: str
    record: str


@pytest.fixture(scope="module")
def printed(visits: Mapping[str, Snapshot]) -> Mapping[str, Printed]:
    """Okafor's fourth visit: without a questionnaire, with one begun, and with both filled in."""
    return {name: _print(visits[name]) for name in ("Okafor", "begun", "filled in")}


def _print(snapshot: Snapshot) -> Printed:
    checklist, record = (
        flat(render(kind, snapshot, PaperSize.LETTER)) for kind in (Document.CHECKLIST, Document.RECORD)
    )
    return Printed(checklist, record)


def test_the_checklist_tells_total_scores_course_and_difficulty_in_one_row(printed: Mapping[str, Printed]) -> None:
    told = printed["filled in"].checklist
    assert "PHQ-9 5 of 27: mild scores 1 1 1 1 0 0 0 1 0 7 below the 12 of 11-Nov-2026: response" in told
    assert "response somewhat difficult" in told
    assert "GAD-7 14 of 21: moderate scores 2 2 2 2 2 2 2 7 above the 7 of 11-Nov-2026" in told
    assert told.count(f"PHQ-9, GAD-7. {LICENCE}") == 1
    assert "Feeling down, depressed" not in told


def test_a_form_with_an_answer_left_out_is_printed_without_a_total(printed: Mapping[str, Printed]) -> None:
    for told in (printed["begun"].checklist, printed["begun"].record):
        assert "PHQ-9 not complete, no total scores 1 1 1 1 0 0 0 1 -" in told
        assert f"PHQ-9. {LICENCE}" in told
        assert "GAD-7 " not in told.split("Optional, not answered")[0]


def test_the_record_prints_every_answer_under_its_total(printed: Mapping[str, Printed]) -> None:
    told = printed["filled in"].record
    assert "PHQ-9: Over the last 2 weeks, how often have you been bothered by any of the following problems?" in told
    assert "PHQ-9 5 of 27: mild" in told
    assert "Feeling down, depressed, or hopeless Several days R. Ortiz 10:48" in told
    assert "Feeling nervous, anxious, or on edge More than half the days R. Ortiz 10:48" in told
    assert told.count(LICENCE) == 1


def test_a_visit_without_questionnaires_prints_neither_them_nor_their_licence(printed: Mapping[str, Printed]) -> None:
    for told in (printed["Okafor"].checklist, printed["Okafor"].record):
        assert "Spitzer" not in told
        assert "Little interest" not in told
    assert "PHQ-9 · GAD-7 · Results from elsewhere · Laboratory" in printed["Okafor"].record


def test_laboratory_values_stand_with_their_units_dates_and_findings(printed: Mapping[str, Printed]) -> None:
    for told in (printed["filled in"].checklist, printed["filled in"].record):
        assert "ALT 130 U/L" in told
        assert "AST 32 U/L" in told
        assert "01-Nov-2026" in told
        assert "Review: ALT 130 U/L, 3.3 times its upper limit" in told
        assert "Note: No date of ECG" in told
    assert "Results from elsewhere · Laboratory: 14 more" in printed["filled in"].record


def test_the_blank_form_asks_each_question_once_with_the_scale_in_its_heading() -> None:
    told = flat(render_blank(build.protocol(), build.CLINIC, PaperSize.LETTER))
    assert "0 not at all · 1 several days · 2 more than half the days · 3 nearly every day" in told
    assert "Feeling down, depressed, or hopeless 0 1 2 3" in told
    assert told.count("Thoughts that you would be better off dead") == 1
    assert told.count(LICENCE) == 2
    assert "(if it applies)" in told
    assert "Within 3 months or raised pressure" not in told  # the question of before is asked of nobody
