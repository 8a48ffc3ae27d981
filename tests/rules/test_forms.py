"""PHQ-9 and GAD-7 of a visit: totals, thoughts of death, the course, and when they are due."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import EventKind, Level
from checklist.protocol import NeededFor
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.forms import findings, questionnaires
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Past, Questionnaire, Record, SessionInfo
from tests.rules.build import (
    BASELINE,
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answers,
    event,
    facts,
    ready,
    session,
    with_limit,
)

ASQ_NO: dict[str, Said] = {f"asq.{place}": False for place in (1, 2, 3, 4)}


def filled(form: str, scores: str) -> dict[str, Said]:
    """`filled("phq9", "332212101")`; a dot leaves a question out."""
    return {f"{form}.{place}": score for place, score in enumerate(scores, 1) if score != "."}


def found(said: Mapping[str, Said], **more: object) -> dict[str, Finding]:
    return {one.key: one for one in findings(facts(said, **more))}  # type: ignore[arg-type]


def past(*visits: tuple[SessionInfo, str], started: bool = True) -> Past:
    """Earlier visits, oldest first, each with what its PHQ-9 said ("" for none)."""
    happened = (event(EventKind.STARTED, "2026-10-01 11:00"),) if started else ()
    records = tuple(Record(info, answers=answers(filled("phq9", said)), events=happened) for info, said in visits)
    return Past(records[-1] if records else None, records, records)


def visit_of(number: int, day: str = "2026-11-04", phase: str = "induction") -> SessionInfo:
    return session(f"{day} 11:00", number=number, phase=phase, total=6 if phase == "induction" else 0)


def with_past(here: Facts, before: Past) -> Facts:
    return Facts(here.protocol, here.patient, here.record, before, here.medicines, here.now)


def form_of(here: Facts, name: str = "phq9") -> Questionnaire:
    return next(one for one in questionnaires(here) if one.id == name)


# ---- totals


@pytest.mark.parametrize(
    ("form", "scores", "title"),
    [
        ("phq9", "000000000", "PHQ-9 0 of 27: minimal"),
        ("phq9", "111100000", "PHQ-9 4 of 27: minimal"),
        ("phq9", "111110000", "PHQ-9 5 of 27: mild"),
        ("phq9", "332100000", "PHQ-9 9 of 27: mild"),
        ("phq9", "332200000", "PHQ-9 10 of 27: moderate"),
        ("phq9", "333320000", "PHQ-9 14 of 27: moderate"),
        ("phq9", "333330000", "PHQ-9 15 of 27: moderately severe"),
        ("phq9", "333333100", "PHQ-9 19 of 27: moderately severe"),
        ("phq9", "333333200", "PHQ-9 20 of 27: severe"),
        ("phq9", "333333333", "PHQ-9 27 of 27: severe"),
        ("gad7", "1111000", "GAD-7 4 of 21: minimal"),
        ("gad7", "1111100", "GAD-7 5 of 21: mild"),
        ("gad7", "3330000", "GAD-7 9 of 21: mild"),
        ("gad7", "3331000", "GAD-7 10 of 21: moderate"),
        ("gad7", "3333200", "GAD-7 14 of 21: moderate"),
        ("gad7", "3333300", "GAD-7 15 of 21: severe"),
        ("gad7", "3333333", "GAD-7 21 of 21: severe"),
    ],
)
def test_a_total_has_the_band_of_its_instrument_and_is_recorded(form: str, scores: str, title: str) -> None:
    one = found(filled(form, scores) | ASQ_NO)[f"{form}.total"]
    assert (one.title, one.level, one.action) == (title, Level.INFO, "")


def test_a_missing_answer_leaves_no_total_and_no_band() -> None:
    here = facts(filled("phq9", "33.32210."))
    one = found(filled("phq9", "33.32210."))["phq9.total"]
    assert (one.level, one.title) == (Level.NOTE, "PHQ-9 not complete: 2 of 9 without an answer")
    assert one.detail == "Questions 3, 9. No total, no band."
    form = form_of(here)
    assert (form.total, form.band, form.open, form.scores[0]) == (None, "", (3, 9), 3)


@pytest.mark.parametrize("state", [UNKNOWN, DECLINED, NOT_APPLICABLE])
def test_an_answer_that_is_none_is_never_a_zero(state: Said) -> None:
    said: dict[str, Said] = {**filled("gad7", "1111111"), "gad7.4": state}
    assert form_of(facts(said), "gad7").total is None
    assert found(said)["gad7.total"].detail == "Questions 4. No total, no band."


def test_nothing_answered_says_no_total() -> None:
    assert {"phq9.total", "gad7.total", "phq9.thoughts"} & set(found({})) == set()


def test_no_question_of_a_questionnaire_is_needed_for_the_clearance() -> None:
    items = [item for item in PROTOCOL.items() if item.id.startswith(("phq9.", "gad7.", "scores.", "labs."))]
    assert len(items) == 10 + 7 + 3 + 18
    assert {item.needed_for for item in items} == {NeededFor.NOTHING}
    here = facts(ready(), readings=(BASELINE,))
    assert clearance(here, evaluate(here)).passes


def test_the_questions_have_the_words_of_the_instruments() -> None:
    words = {str(item.id): item.label for item in PROTOCOL.items()}
    assert words["phq9.1"] == "Little interest or pleasure in doing things"
    assert words["phq9.9"] == "Thoughts that you would be better off dead or of hurting yourself in some way"
    assert words["gad7.7"] == "Feeling afraid as if something awful might happen"
    stem = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    scale = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    for form, count in (("phq9", 9), ("gad7", 7)):
        for place in range(1, count + 1):
            item = PROTOCOL.item(f"{form}.{place}")
            assert item.group.endswith(stem)
            assert [option.label for option in item.options] == scale
            assert [option.key for option in item.options] == ["0", "1", "2", "3"]
        assert "No permission required to reproduce" in PROTOCOL.texts[f"{form}_credit"]


# ---- thoughts of death


@pytest.mark.parametrize(
    ("said", "word"),
    [
        *(("1", "1 of 3"), ("2", "2 of 3"), ("3", "3 of 3")),
        *((UNKNOWN, "not known"), (DECLINED, "declined"), (NOT_APPLICABLE, "not applicable")),
    ],
)
def test_any_answer_to_question_9_but_not_at_all_holds_until_the_asq_is_asked(said: Said, word: str) -> None:
    one = found({"phq9.9": said})["phq9.thoughts"]
    assert (one.level, one.action) == (Level.HOLD, "Ask all ASQ questions now.")
    assert one.title == f"PHQ-9 question 9 (thoughts of death or self-harm): {word}"
    asked = found({**ASQ_NO, "phq9.9": said})["phq9.thoughts"]
    assert (asked.level, asked.detail) == (Level.REVIEW, "The suicide-risk screen of today: negative.")


def test_question_9_at_zero_is_no_finding_and_the_lowest_total_does_not_hide_it() -> None:
    assert "phq9.thoughts" not in found({"phq9.9": "0"})
    low = found(filled("phq9", "000000001") | ASQ_NO)
    assert low["phq9.total"].title == "PHQ-9 1 of 27: minimal"
    assert low["phq9.thoughts"].level is Level.REVIEW


def test_an_asq_that_was_only_begun_does_not_answer_for_question_9() -> None:
    assert found({"phq9.9": "1", "asq.1": False})["phq9.thoughts"].level is Level.HOLD
    positive: dict[str, Said] = {**ASQ_NO, "asq.4": True}
    assert found({**positive, "phq9.9": "1"})["phq9.thoughts"].level is Level.HOLD
    whole = found({**positive, "asq.5": False, "phq9.9": "1"})["phq9.thoughts"]
    assert (whole.level, whole.detail) == (Level.REVIEW, "The suicide-risk screen of today: non-acute positive.")


def test_a_decision_about_question_9_is_void_when_its_answer_or_the_asq_changes() -> None:
    one = found({**ASQ_NO, "phq9.9": "1"})["phq9.thoughts"]
    assert one.fingerprint != found({**ASQ_NO, "phq9.9": "2"})["phq9.thoughts"].fingerprint
    changed = {**ASQ_NO, "asq.4": True, "asq.5": False, "phq9.9": "1"}
    assert one.fingerprint != found(changed)["phq9.thoughts"].fingerprint


# ---- the course


def at_four(scores: str, *before: tuple[SessionInfo, str]) -> Facts:
    return with_past(facts(filled("phq9", scores) | ASQ_NO, visit=session(number=4)), past(*before))


FIRST = (visit_of(1, "2026-11-01"), "332322221")  # 20


@pytest.mark.parametrize(
    ("scores", "told", "level"),
    [
        ("111000000", "17 below the 20 of 01-Nov-2026: remission", Level.INFO),
        ("222220000", "10 below the 20 of 01-Nov-2026: response", Level.INFO),
        ("222221000", "9 below the 20 of 01-Nov-2026: partial response", Level.INFO),
        ("333222100", "4 below the 20 of 01-Nov-2026: no response", Level.INFO),
        ("333322220", "as on 01-Nov-2026: no response", Level.INFO),
        ("333333330", "4 above the 20 of 01-Nov-2026: no response", Level.INFO),
        ("333333331", "5 above the 20 of 01-Nov-2026: no response", Level.NOTE),
    ],
)
def test_a_total_is_told_against_the_first_of_the_course(scores: str, told: str, level: Level) -> None:
    here = at_four(scores, FIRST, (visit_of(3), "333333333"))
    assert form_of(here).course == told
    one = next(each for each in findings(here) if each.key == "phq9.total")
    assert (one.level, one.detail) == (level, f"{told[0].upper()}{told[1:]}.")


def test_the_first_complete_form_of_the_course_is_the_baseline() -> None:
    here = at_four("222220000", (visit_of(1), "33232222."), (visit_of(2, "2026-11-06"), "222222220"))
    assert form_of(here).course == "6 below the 16 of 06-Nov-2026: partial response"


def test_an_earlier_course_is_no_baseline_of_a_new_one() -> None:
    before = ((visit_of(1, "2025-01-10"), "333333333"), (visit_of(1, "2026-11-01"), "222222222"))
    assert form_of(at_four("111111111", *before)).course == "9 below the 18 of 01-Nov-2026: response"
    anew = with_past(facts(filled("phq9", "111111111"), visit=session(number=1)), past(*before[:1]))
    assert (form_of(anew).course, form_of(anew).last) == ("", "27 on 10-Jan-2025")


def test_whether_the_course_helps_is_asked_of_the_provider_once_not_by_each_form() -> None:
    before = (FIRST, *((visit_of(number), "") for number in range(2, 7)))
    here = with_past(facts(filled("phq9", "333322220"), visit=session(number=7, total=8)), past(*before))
    assert next(each for each in findings(here) if each.key == "phq9.total").level is Level.INFO
    assert [one.key for one in evaluate(here) if one.level is Level.REVIEW and "response" in one.title] == [
        "course.response"
    ]


# ---- when they are due


@pytest.mark.parametrize(
    ("number", "done_at", "due"),
    [
        (1, (), "due before infusion 1"),
        (2, (), "due since infusion 1"),
        (2, (1,), ""),
        (3, (1,), "due before infusion 3"),
        (4, (1,), "due since infusion 3"),
        (4, (1, 3), ""),
        (5, (4,), ""),
        (6, (1, 3), "due before infusion 6"),
        (8, (1, 6), ""),
    ],
)
def test_they_are_due_before_infusions_1_3_and_6_and_stay_due_until_asked(
    number: int, done_at: tuple[int, ...], due: str
) -> None:
    before = past(*((visit_of(each), "111111111" if each in done_at else "") for each in range(1, number)))
    here = with_past(facts(visit=session(number=number, total=8)), before)
    assert form_of(here).due == due
    notes = {one.key: (one.level, one.title) for one in findings(here)}
    assert notes.get("phq9.due") == ((Level.NOTE, f"PHQ-9 {due}") if due else None)


def test_a_clinic_may_ask_before_infusion_4() -> None:
    before = past((visit_of(1), "111111111"), (visit_of(2), ""))
    here = with_past(facts(visit=session(number=3), protocol=with_limit("questionnaires.second", 4)), before)
    assert form_of(here).due == ""


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-10-20", "due every 4 weeks in maintenance"), ("2026-10-21", ""), ("2026-10-22", "")],
)
def test_in_maintenance_they_are_due_after_four_weeks(day: str, due: str) -> None:
    before = past((visit_of(7, day, "maintenance"), "111111111"))
    here = with_past(facts(visit=session(number=8, total=0, phase="maintenance")), before)
    assert form_of(here).due == due


def test_begun_refused_running_or_for_pain_is_not_due() -> None:
    assert form_of(facts({"phq9.1": "0"})).due == ""
    assert form_of(facts({"phq9.1": DECLINED})).due == ""
    assert form_of(facts(events=(event(EventKind.STARTED, "10:40"),))).due == ""
    assert form_of(facts(events=(event(EventKind.ENDED, "10:40"),))).due == ""
    assert form_of(facts(visit=replace(session(), indication="pain"))).due == ""
    assert form_of(facts()).due == "due before infusion 1"


# ---- results from elsewhere


@pytest.mark.parametrize(
    ("total", "level", "risk"),
    [(2, None, ""), (3, Level.NOTE, "intermediate"), (4, Level.NOTE, "intermediate"), (5, Level.REVIEW, "high")],
)
def test_a_stop_bang_total_is_judged_by_its_band(total: int, level: Level | None, risk: str) -> None:
    one = found({"scores.stop_bang": Decimal(total)}).get("scores.stop_bang")
    assert (one.level if one else None) is level
    if one:
        assert one.title == f"STOP-Bang {total} of 8: {risk} risk of sleep apnoea"
        assert one.source == "STOP-Bang form"


def test_a_high_stop_bang_with_treated_apnoea_is_a_note() -> None:
    treated: dict[str, Said] = {"cond.sleep_apnoea": True, "cond.cpap_used": True}
    assert found({**treated, "scores.stop_bang": Decimal(6)})["scores.stop_bang"].level is Level.NOTE
    untreated: dict[str, Said] = {"cond.sleep_apnoea": True, "cond.cpap_used": False}
    assert found({**untreated, "scores.stop_bang": Decimal(6)})["scores.stop_bang"].level is Level.REVIEW


@pytest.mark.parametrize(
    ("total", "title", "detail"),
    [
        (32, "PCL-5 32 of 80", "Below 33 points."),
        (33, "PCL-5 33 of 80: raised", "At or above 33 points."),
        (80, "PCL-5 80 of 80: raised", "At or above 33 points."),
    ],
)
def test_a_pcl5_total_is_recorded_against_its_cut(total: int, title: str, detail: str) -> None:
    one = found({"scores.pcl5": Decimal(total)})["scores.pcl5"]
    assert (one.level, one.title, one.detail, one.source) == (Level.INFO, title, detail, "clinic policy")


@pytest.mark.parametrize(
    ("result", "level"),
    [
        *(("none", None), ("low", Level.REVIEW), ("moderate", Level.REVIEW), ("high", Level.HOLD)),
        *((UNKNOWN, Level.REVIEW), (DECLINED, Level.REVIEW)),
    ],
)
def test_a_cssrs_result_weighs_as_its_level(result: Said, level: Level | None) -> None:
    levels = {one.key: one.level for one in evaluate(facts({"scores.cssrs": result}))}
    assert levels.get("scores.cssrs") is level
