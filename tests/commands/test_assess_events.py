"""What goes wrong during a visit, tried without a window: stamps, side effects in full, stretches, departures."""

import json
from pathlib import Path
from typing import Any

import pytest

from checklist.commands.assess import assess
from tests.commands.files import case, write
from tests.commands.test_assess import GIVEN

STARTED = {"kind": "started", "at": "10:00"}
STOPPED = {"kind": "stopped", "at": "10:25", "infused_ml": 20, "reason": "iv_failure"}


def keys(folder: Path, **content: Any) -> dict[str, dict[str, Any]]:
    whole = {**case(GIVEN | content.pop("answers", {})), **content}
    outcome = assess(write(folder, whole))
    assert (outcome.code, outcome.complaints) == (0, ())
    return {one["key"]: one for one in json.loads(outcome.said)["findings"]}


def complaint(folder: Path, **content: Any) -> str:
    outcome = assess(write(folder, {**case(GIVEN), **content}))
    assert outcome.code == 2
    return "\n".join(outcome.complaints)


def test_a_worry_and_an_emergency_are_judged(tmp_path: Path) -> None:
    found = keys(
        tmp_path,
        events=[STARTED],
        stamps=[{"kind": "worry", "at": "10:12", "words": "grey"}, {"kind": "ems_called", "at": "10:14"}],
    )
    assert (found["monitor.worry"]["level"], found["monitor.emergency"]["level"]) == ("stop", "stop")
    assert "serious.open" in found


def test_a_severe_side_effect_asks_and_a_yes_is_serious(tmp_path: Path) -> None:
    effect = {
        "term": "allergic",
        "grade": 3,
        "at": "10:12",
        "done": [{"what": "drug", "at": "10:13", "detail": "epinephrine 0.3 mg IM"}],
        "outcome": "resolved",
        "related": "probable",
    }
    found = keys(tmp_path, events=[STARTED, STOPPED], effects=[effect], answers={"serious.life": True})
    assert found["serious.event"]["title"] == "SERIOUS event: life-threatening"
    assert found["serious.event"]["level"] == "review"


def test_a_departure_against_advice_lists_what_is_missing(tmp_path: Path) -> None:
    ended = {"kind": "ended", "at": "10:30", "ending": "left_ama", "reason": "walked out"}
    found = keys(tmp_path, events=[STARTED, STOPPED, ended])
    assert found["departure.record"]["title"] == "Left against advice: 14 of 14 points still to record"


def test_infiltration_and_calls_to_the_escort(tmp_path: Path) -> None:
    found = keys(
        tmp_path,
        events=[STARTED, STOPPED],
        answers={"iv.infiltrated": True, "iv.site": "left hand", "iv.lost_ml": 3},
        stamps=[{"kind": "escort_call", "at": "10:26", "result": "no_answer", "number": "555-010-0142"}],
    )
    assert "about 3 mL lost at left hand" in found["dose.uncertain"]["title"]
    assert found["escort.calls"]["level"] == "note"


def test_each_mistake_names_its_place(tmp_path: Path) -> None:
    said = complaint(tmp_path, stamps=[{"kind": "wory", "at": "10:12"}, {"kind": "worry"}])
    assert "stamps[0].kind" in said or "stamps.1.kind" in said or "wory" in said
    assert "at" in said
    effect = {"term": "nausea", "grade": 1, "at": "10:12", "outcome": "well"}
    assert "well" in complaint(tmp_path, effects=[effect])


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([STOPPED], "events[0]: “stopped” comes first, and can only follow “started” or “resumed” or “paused”."),
        ([STARTED, {"kind": "resumed", "at": "10:10"}], "events[1]: “resumed” comes after “started”"),
        ([{"kind": "paused", "at": "10:10"}], "“paused” comes first, and can only follow “started” or “resumed”."),
        (
            [STARTED, {"kind": "started", "at": "10:10"}],
            "“started” comes after “started”, and can only follow nothing.",
        ),
        ([STARTED, STOPPED, {"kind": "paused", "at": "10:30"}], "“paused” comes after “stopped”"),
        ([STARTED, STOPPED, {**STOPPED, "at": "10:30"}], "“stopped” comes after “stopped”"),
        ([STARTED, {"kind": "ended", "at": "10:05", "ending": "left_ama"}, STOPPED], "“stopped” comes after “ended”"),
        ([{"kind": "started", "at": "10:50"}], "events[0].at: “10:50” is still to come at the time of the case."),
        ([{"kind": "started", "at": "1105"}], "“1105” is still to come at the time of the case."),
    ],
)
def test_events_that_cannot_have_happened_so_are_refused(tmp_path: Path, events: list[Any], said: str) -> None:
    assert said in complaint(tmp_path, events=events)


def test_a_case_is_not_judged_before_its_own_events(tmp_path: Path) -> None:
    outcome = assess(write(tmp_path, {**case(GIVEN), "events": [STARTED]}), at="09:50")
    assert outcome.code == 2
    assert "“started” at 10:00 is later than 09:50, the time at which the case is judged. Mend one" in "".join(
        outcome.complaints
    )


def test_an_infusion_that_began_before_midnight_is_of_the_same_visit(tmp_path: Path) -> None:
    late = {**case(GIVEN), "at": "2026-11-19 00:20", "events": [{"kind": "started", "at": "23:50"}]}
    outcome = assess(write(tmp_path, late))
    assert outcome.code == 0, outcome.complaints
    assert "23:50 is not of the day of the case." in json.dumps(json.loads(outcome.said)["asked_once"])


def test_a_start_in_the_small_hours_of_the_same_day_is_taken(tmp_path: Path) -> None:
    early = {**case(GIVEN), "at": "2026-11-18 23:30", "events": [{"kind": "started", "at": "05:00"}]}
    assert assess(write(tmp_path, early)).code == 0


def test_an_answer_to_a_question_that_is_not_asked_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, case({"glp1.raised": True}))
    assert json.loads(assess(path).said)["not_asked"] == ["glp1.raised"]
    assert "  not asked   glp1.raised: answered, and this case does not ask it" in assess(path, text=True).said


def test_a_remark_behind_the_line_of_a_reading_changes_no_number(tmp_path: Path) -> None:
    said = [
        json.loads(assess(write(tmp_path, {**case(GIVEN), "readings": [line]})).said)["readings"]
        for line in ("1035 118/76 72 98 14 36.7", "1035 118/76 72 98 14 36.7 # left arm, cuff 32")
    ]
    assert said[0] == said[1]
