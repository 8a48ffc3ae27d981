"""Side effects in full: what was done, outcome, whether the infusion caused it, the grade that got worse."""

import pytest

from checklist.errors import NotUnderstood
from checklist.model import Doing, Effect, Outcome, Related, RowId
from tests.desk.visit import Visit


def recorded(visit: Visit, line: str) -> Effect:
    return visit.desk.record_effect(visit.session, line).record.effects[-1]


def test_the_words_of_all_grades_are_offered_and_none_is_chosen(running: Visit) -> None:
    assert (
        running.desk.preview_effect("vom")
        == "Vomiting: 1 once · 2 2-5 times or treated · 3 more than 5 times or IV fluid"
    )
    assert running.desk.preview_effect("laryng") == "Laryngospasm or stridor: 3 always severe"
    with pytest.raises(NotUnderstood, match="Type the side effect and its grade"):
        running.desk.record_effect(running.session, "vom")


def test_a_grade_that_the_reference_does_not_know_is_refused(running: Visit) -> None:
    for line, sentence in (
        ("laryng 1", "“Laryngospasm or stridor” is at least grade 3."),
        ("stridor 2", "“Laryngospasm or stridor” is at least grade 3."),
        ("numb 3", "“Numbness or tingling” has no grade 3."),
        ("new suic 1", "“New suicidal thought, mania or psychosis” is at least grade 2."),
    ):
        with pytest.raises(NotUnderstood) as refused:
            running.desk.record_effect(running.session, line)
        assert sentence in refused.value.sentence
    assert recorded(running, "laryng 4").grade == 4


def test_each_thing_done_has_its_own_time_and_words(running: Visit) -> None:
    nausea = recorded(running, "nausea 1")
    running.clock.advance(minutes=4)
    running.desk.do_about_effect(running.session, nausea.id, Doing.POSITION)
    given = running.desk.do_about_effect(
        running.session, nausea.id, Doing.DRUG, "ondansetron 4 mg IV by R. Ortiz", at="-1m"
    )
    (effect,) = given.record.effects
    assert [(one.what, one.detail, one.at.local.strftime("%H:%M")) for one in effect.done] == [
        (Doing.POSITION, "", "11:06"),
        (Doing.DRUG, "ondansetron 4 mg IV by R. Ortiz", "11:05"),
    ]


def test_a_medicine_without_its_name_is_refused(running: Visit) -> None:
    nausea = recorded(running, "nausea 1")
    with pytest.raises(NotUnderstood, match="name, dose, route, given by whom"):
        running.desk.do_about_effect(running.session, nausea.id, Doing.DRUG, "  ")


def test_outcome_and_cause_are_kept_and_what_is_left_out_stays(running: Visit) -> None:
    nausea = recorded(running, "nausea 1")
    running.desk.judge_effect(running.session, nausea.id, outcome=Outcome.RESOLVED)
    effect = running.desk.judge_effect(running.session, nausea.id, related=Related.PROBABLE).record.effects[0]
    assert (effect.outcome, effect.related) == (Outcome.RESOLVED, Related.PROBABLE)


def test_a_grade_that_rises_to_3_asks_the_seven_questions(running: Visit) -> None:
    nausea = recorded(running, "nausea 2")
    before = {item.id for item in running.now.discharge.missing}
    worse = running.desk.grade_effect(running.session, nausea.id, "3")
    assert worse.record.effects[0].seq > nausea.seq
    asked = {item.id for item in worse.discharge.missing} - before
    assert len([item for item in asked if item.startswith("serious.")]) == 7


def test_writing_more_about_an_effect_does_not_ask_the_questions_again(running: Visit) -> None:
    severe = recorded(running, "headache 3")
    running.answer_all({f"serious.{one}": "no" for one in SEVEN})
    told = running.desk.judge_effect(running.session, severe.id, outcome=Outcome.RESOLVED)
    assert not [item for item in told.discharge.missing if item.id.startswith("serious.")]
    again = running.desk.record_effect(running.session, "fall 3")
    assert len([item for item in again.discharge.missing if item.id.startswith("serious.")]) == 7


SEVEN = ("death", "life", "hospital", "disability", "birth", "intervention", "other")


def test_a_grade_off_the_scale_is_refused(running: Visit) -> None:
    nausea = recorded(running, "nausea 1")
    for grade in ("0", "5", "12", "x", "", "²"):
        with pytest.raises(NotUnderstood, match="is not on the scale"):
            running.desk.grade_effect(running.session, nausea.id, grade)


def test_a_discharge_waits_for_the_questions_and_a_serious_event_for_a_provider(running: Visit) -> None:
    running.clock.advance(minutes=20)
    running.read("134/84 78 98 14 s5")
    running.desk.record_effect(running.session, "allergic 3 epinephrine")
    running.desk.end_effect(running.session, RowId(running.now.record.effects[0].id))
    running.desk.stop(running.session, "50")
    snapshot = running.recover()
    assert not snapshot.discharge.passes
    assert {item.id for item in snapshot.discharge.missing} >= {f"serious.{one}" for one in SEVEN}
    running.answer_all({f"serious.{one}": "no" for one in SEVEN} | {"serious.intervention": "yes"})
    asked = running.answer_all(
        {"serious.provider_at": "now", "serious.ems_at": "now", "serious.family": "yes", "serious.report": "both"}
    )
    assert "serious.event" in {one.key for one in asked.discharge.open_findings}
    for one in running.now.discharge.open_findings:
        running.decide(one.key, reason="Seen, observed two hours, well")
    assert running.now.discharge.passes
