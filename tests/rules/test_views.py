"""The steps as the screen lists them."""

from datetime import date

import pytest

from checklist.model import EventKind, ItemId, Level, Meaning
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.views import steps
from checklist.snapshot import StepView
from tests.rules.build import (
    BASELINE,
    UNKNOWN,
    Said,
    decide,
    event,
    facts,
    medicine,
    moment,
    reading,
    ready,
    session,
    signature,
)

HIGH = reading("142/88 76 98 14 36.7")
STARTED = event(EventKind.STARTED, "11:02")
STOPPED = event(EventKind.STOPPED, "11:42")
SCORES: dict[str, Said] = {
    str(item.id): "2" for item in facts().protocol.items() if item.id.startswith(("aldrete.", "mpadss."))
}


def view(step: str, here: Facts) -> StepView:
    return next(one for one in steps(here, evaluate(here)) if one.step.id == step)


def summary(step: str, said: dict[str, Said] | None = None, **more: object) -> str:
    return view(step, facts(said, **more)).summary  # type: ignore[arg-type]


def test_every_step_is_there_in_its_order_and_nothing_is_complete_at_the_beginning() -> None:
    here = facts()
    views = steps(here, evaluate(here))
    assert [one.step.id for one in views] == [step.id for step in here.protocol.steps]
    assert {(one.complete, one.summary) for one in views} == {(False, "")}
    assert {one.step.id: one.level for one in views if one.level is not Level.CLEAR} == {"screening": Level.NOTE}


def test_a_ready_session_is_complete_up_to_the_clearance() -> None:
    here = facts(ready(), readings=(BASELINE,))
    views = {one.step.id: one for one in steps(here, evaluate(here))}
    done = ("identity", "fasting", "transport", "medicines", "screening", "vitals")
    assert [step for step, one in views.items() if one.complete] == list(done)
    assert [views[step].summary for step in done] == [
        "2 identifiers matched",
        "Solids 13hr 30min",
        "Chidi Okafor, husband",
        "No medicines",
        "All asked",
        "118/76 · 72 · 98 %",
    ]


def test_texts_are_filled_and_hidden_items_left_out() -> None:
    here = facts(last=facts(visit=session("2026-10-28 11:00")).record, readings=())
    fasting = view("fasting", here)
    assert fasting.step.intro == "Planned start 11:00 · no solids for 6 h, fatty food 8 h, clear fluids 2 h"
    assert [one.item.help for one in fasting.items if one.item.id == "fasting.fatty"] == ["Needs 8 hours instead of 6."]
    assert "glp1.raised" not in {one.item.id for one in fasting.items}
    assert view("screening", here).items[0].item.label == ("Change since 28-Oct-2026: health, fever, memory, bladder?")


def test_answers_taken_over_are_marked() -> None:
    last = facts({"cond.kidney": True, "consent.date": date(2026, 3, 1)}, visit=session("2026-10-28 11:00")).record
    here = facts({"screening.change": False, "cond.lung": True}, last=last)
    items = {str(one.item.id): one for one in view("screening", here).items}
    assert items["cond.kidney"].carried
    assert items["cond.kidney"].answer == last.answers[ItemId("cond.kidney")]
    assert not items["cond.lung"].carried
    assert not items["cond.eye"].carried


def test_an_open_finding_keeps_its_step_incomplete_and_a_decided_one_does_not() -> None:
    here = facts(ready(), readings=(HIGH,))
    assert (view("vitals", here).level, view("vitals", here).complete) == (Level.REVIEW, False)
    found = next(one for one in evaluate(here) if one.key == "vitals.bp")
    decided = facts(ready(), readings=(HIGH,), decisions=(decide(found),))
    assert (view("vitals", decided).level, view("vitals", decided).complete) == (Level.REVIEW, True)


def test_vitals_need_the_whole_set_and_medicines_every_row() -> None:
    assert not view("vitals", facts(ready(), readings=(reading("118/76"),))).complete
    rows = (medicine("abacavir", confirmed=False),)
    assert not view("medicines", facts(ready(), readings=(BASELINE,), medicines=rows)).complete


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"identity.name": True}, "1 identifier matched"),
        ({"identity.name": True, "identity.born": False}, "The birth date does not match"),
    ],
)
def test_identity(said: dict[str, Said], text: str) -> None:
    assert summary("identity", said) == text


def test_fasting_says_when_the_start_can_be() -> None:
    assert summary("fasting", {"fasting.solids": moment("07:30"), "fasting.fatty": False}) == "Can start at 13:30"
    assert summary("fasting", {"fasting.solids": moment("05:00"), "fasting.fatty": False}) == "Solids 6hr"
    assert summary("fasting", {"fasting.fluids": moment("08:00")}) == ""
    assert summary("fasting", {"fasting.solids": UNKNOWN}) == "Last solid food not known"


def test_transport_says_who_or_how() -> None:
    assert summary("transport", {"transport.plan": "none"}) == "Nothing arranged"
    assert summary("transport", {"transport.plan": "named_adult", "transport.name": UNKNOWN}) == "Named adult"


def test_medicines_are_counted() -> None:
    assert summary("medicines", medicines=(medicine("abacavir"),)) == "1 medicine"
    two = (medicine("xanax", "06:30"), medicine("abacavir", row="m2"))
    assert summary("medicines", medicines=two) == "2 medicines, 1 to review"
    assert summary("medicines", medicines=(medicine("xanax", confirmed=False),)) == "1 medicine, 1 to confirm"


def test_screening_says_whether_something_changed() -> None:
    last = facts(visit=session("2026-10-28 11:00")).record
    assert summary("screening", {"screening.change": False}, last=last) == "No changes"
    assert summary("screening", {"screening.change": True, "cond.kidney": True}, last=last) == "Changes, 1 to review"


def test_the_clearance_is_complete_when_signed() -> None:
    here = facts(signatures=(signature(Meaning.CHECKED, "10:58"),))
    assert (view("clearance", here).complete, view("clearance", here).summary) == (True, "Signed 10:58")


def test_the_infusion_says_where_it_stands() -> None:
    assert summary("infusion", {"dose.mg": "35.0"}) == "35 mg ordered"
    assert summary("infusion", events=(STARTED,)) == "Started 11:02"
    ended = facts(events=(STARTED, STOPPED))
    assert (view("infusion", ended).complete, view("infusion", ended).summary) == (True, "Ended 11:42")


@pytest.mark.parametrize(
    ("now", "scored", "complete"),
    [("12:12", True, True), ("12:11", True, False), ("12:12", False, False)],
)
def test_the_observation_needs_its_time_and_both_scores(now: str, scored: bool, complete: bool) -> None:
    here = facts(SCORES if scored else None, events=(STARTED, STOPPED), now=now)
    assert view("observation", here).complete is complete
    assert view("observation", here).summary == "Until 12:12 at least"


def test_the_discharge_is_complete_when_signed() -> None:
    here = facts(signatures=(signature(Meaning.DISCHARGE, "12:30"),))
    assert (view("discharge", here).complete, view("discharge", here).summary) == (True, "Signed 12:30")
