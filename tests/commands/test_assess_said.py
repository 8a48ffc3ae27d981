"""What a judged case tells of its medicines and questionnaires, beside the findings."""

from pathlib import Path
from typing import Any

import pytest

from checklist.commands.assess import assess
from tests.commands.files import case, write
from tests.commands.test_assess import LAST_WEEK, judged


def test_what_was_said_of_a_medicine_stands_in_the_result(tmp_path: Path) -> None:
    told = {"route": "by mouth", "frequency": "at night", "since_last": "changed", "today": "hold_today"}
    rows = [
        "sertraline 100 mg",
        {"text": "xanax", "dose": "0.5 mg", "last_taken": "06:30", "held_by": "Dr. A. Menon", **told},
        {"text": "ambien", "last_taken": "unknown", "confirmed": False},
    ]
    bare, full, open_one = judged(tmp_path, case(medicines=rows, previous=LAST_WEEK))["medicines"]
    assert full.items() >= {**told, "held_by": "Dr. A. Menon", "dose": "0.5 mg", "standing_clearance": False}.items()
    assert full["last_taken"].startswith("2026-11-18T06:30")
    assert full["notes"] == [
        "by mouth, at night",
        "changed since 11-Nov-2026",
        "held today, on the advice of Dr. A. Menon",
    ]
    not_asked = ("dose", "route", "frequency", "since_last", "today", "held_by", "spelling")
    assert {name: bare[name] for name in not_asked} == dict.fromkeys(not_asked, "")
    assert (bare["last_taken"], bare["last_taken_state"], bare["notes"]) == (None, "unanswered", [])
    assert (open_one["last_taken"], open_one["last_taken_state"], open_one["confirmed"]) == (None, "unknown", False)


@pytest.mark.parametrize(("key", "word"), [("today", "stop"), ("since_last", ""), ("rout", "by mouth")])
def test_a_word_of_a_medicine_that_does_not_exist_is_a_mistake(tmp_path: Path, key: str, word: str) -> None:
    outcome = assess(write(tmp_path, case(medicines=[{"text": "xanax", key: word}])))
    assert outcome.code == 2
    assert any(key in line for line in outcome.complaints)


def test_the_questionnaires_of_the_visit_stand_with_total_and_band(tmp_path: Path) -> None:
    said: dict[str, Any] = {f"phq9.{place}": "2" for place in range(1, 9)} | {"phq9.9": "0", "gad7.1": "3"}
    said["gad7.2"] = {"state": "declined", "reason": "Tired"}
    nothing = {f"phq9.{place}": None for place in range(1, 10)} | {f"gad7.{place}": None for place in range(1, 8)}
    phq9, gad7 = judged(tmp_path, case({**nothing, **said}))["questionnaires"]
    assert (phq9["id"], phq9["total"], phq9["highest"], phq9["band"]) == ("phq9", 16, 27, "moderately severe")
    assert (phq9["scores"], phq9["open"]) == ([2] * 8 + [0], [])
    assert (gad7["total"], gad7["band"], gad7["open"]) == (None, None, [2, 3, 4, 5, 6, 7])
    empty = judged(tmp_path, case(nothing))["questionnaires"]
    assert [(one["name"], one["total"], one["band"]) for one in empty] == [("PHQ-9", None, None), ("GAD-7", None, None)]
