"""What goes wrong during a visit, tried without a window: stamps, side effects in full, stretches, departures."""

import json
from pathlib import Path
from typing import Any

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
