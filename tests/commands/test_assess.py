"""A medical lead tries a case, or a folder of cases, against a protocol."""

import json
from pathlib import Path
from typing import Any

import pytest

from checklist import cli
from checklist.commands.assess import assess
from checklist.protocol import files
from tests.commands.files import case, protocol, write
from tests.walls import ROOT

LATE_BREAKFAST = {"fasting.solids": "0720"}
GIVEN = {"dose.mg_per_kg": 0.5, "dose.weight_basis": "actual", "dose.concentration": 50, "dose.total_ml": 50,
         "dose.diluent": "saline", "dose.minutes": 40, "dose.ordered_by": "Dr. A. Menon", "dose.mg": 34.2,
         "ready.kit": True}  # fmt: skip
LAST_WEEK = {
    "at": "2026-11-11 13:00",
    "answers": {"vitals.weight": 68.4, "vitals.height": "162 cm", "dose.mg_per_kg": 0.5},
    "events": [{"kind": "started", "at": "11:00"}, {"kind": "stopped", "at": "11:40", "infused_ml": 50}],
}


def judged(folder: Path, content: dict[str, Any], at: str | None = None) -> dict[str, Any]:
    outcome = assess(write(folder, content), at=at)
    assert (outcome.code, outcome.complaints) == (0, ())
    result = json.loads(outcome.said)
    assert isinstance(result, dict)
    return result


def finding(result: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in result["findings"] if one["key"] == key)


def test_a_case_with_nothing_found_is_cleared(tmp_path: Path) -> None:
    result = judged(tmp_path, case())
    assert (result["verdict"], result["pause_point"], result["state"]) == ("cleared", "start", "pre_session")
    assert result["sentence"].startswith("Ready: all ")
    assert result["missing"] == []
    assert result["protocol"] == {"id": "iv-ketamine", "version": "1"}
    assert all(one["level"] in ("clear", "info") for one in result["findings"])


def test_every_question_of_the_protocol_is_accepted_in_a_case(tmp_path: Path) -> None:
    """One case that answers everything that a case can answer; what is not asked is ignored, never a mistake."""
    said: dict[str, Any] = {}
    for item in files.shipped().items():
        by_kind = {"yes_no": False, "time": "09:40", "date": "2026-10-01", "text": "Told", "phone": "555-010-0142"}
        value = by_kind.get(item.kind.value)
        said[item.id] = item.options[0].id if item.options else value if value is not None else _middle(item.bounds)
    said |= {"fasting.solids": "yesterday 21:30", "dose.expiry": "2027-01-01"}
    assert judged(tmp_path, case(said))["verdict"] in ("stopped", "held")


def _middle(bounds: str) -> float:
    found = files.shipped().bounds[bounds]
    return float(found.confirm_low or found.reject_low or 0)


@pytest.mark.parametrize(
    ("said", "key", "level", "verdict"),
    [
        ({"cond.brain": "event", "cond.brain_when": "2026-08-19"}, "cond.brain_when", "stop", "stopped"),
        ({"cond.brain": "event", "cond.brain_when": "2026-08-18"}, "cond.brain_when", "review", "waiting_for_provider"),
        ({"cond.brain": "event", "cond.brain_when": "2019"}, "cond.brain_when", "review", "waiting_for_provider"),
        ({"cond.brain": "event", "cond.brain_when": {"state": "unknown"}}, "cond.brain_when", "stop", "stopped"),
        ({"cond.brain": "raised"}, "cond.brain", "stop", "stopped"),
        ({"cond.cardiac": "event", "cond.cardiac_when": "2026-10-08"}, "cond.cardiac_when", "stop", "stopped"),
        ({"phq9.9": 1}, "phq9.thoughts", "review", "waiting_for_provider"),
        ({"phq9.9": {"state": "declined", "reason": "Private"}}, "phq9.thoughts", "review", "waiting_for_provider"),
        ({"scores.cssrs": "high"}, "scores.cssrs", "hold", "held"),
        ({"scores.stop_bang": 5}, "scores.stop_bang", "review", "waiting_for_provider"),
        ({"labs.alt": 130, "labs.lft_date": "2026-11-01"}, "labs.alt", "review", "waiting_for_provider"),
        ({"labs.egfr": 59, "labs.kidney_date": "2026-11-01"}, "labs.egfr", "review", "waiting_for_provider"),
        ({"labs.tsh": 2}, "labs.tsh_date", "note", "cleared"),
    ],
)
def test_the_new_questions_of_the_screening_are_judged(
    tmp_path: Path, said: dict[str, Any], key: str, level: str, verdict: str
) -> None:
    result = judged(tmp_path, case(said))
    assert (finding(result, key)["level"], result["verdict"]) == (level, verdict)


def test_a_returning_case_tells_what_became_of_the_phq9(tmp_path: Path) -> None:
    first = {**LAST_WEEK, "session": {"number": 1}, "answers": {f"phq9.{place}": 2 for place in range(1, 10)}}
    result = judged(tmp_path, case(previous=first))
    total = finding(result, "phq9.total")
    assert (total["title"], total["level"]) == ("PHQ-9 0 of 27: minimal", "info")
    assert total["detail"] == "18 below the 18 of 11-Nov-2026: remission."


def test_solids_at_0720_hold_until_1320_and_the_sum_is_said(tmp_path: Path) -> None:
    result = judged(tmp_path, case(LATE_BREAKFAST))
    assert result["verdict"] == "held"
    assert result["sentence"] == "Cannot start before 13:20: last solid food 07:20 (6hr). All else is ready."
    assert result["until"] == result["earliest_start"] == "2026-11-18T13:20:00.000000-05:00[America/New_York]"
    solids = finding(result, "fasting.solids")
    assert (solids["level"], solids["items"]) == ("hold", ["fasting.solids", "fasting.fatty"])
    assert solids["inputs"]["fasting.solids"] == "2026-11-18T07:20:00.000000-05:00[America/New_York]"
    assert solids["source"] == "clinic policy"


@pytest.mark.parametrize("at", ["13:20", "2026-11-18 13:20", "2026-11-18T18:20Z", "2026-11-18T13:20:00-05:00"])
def test_the_same_case_at_1320_is_cleared(tmp_path: Path, at: str) -> None:
    result = judged(tmp_path, case(LATE_BREAKFAST), at)
    assert result["verdict"] == "cleared"
    assert result["at"].startswith("2026-11-18T13:20")


def test_a_case_without_its_own_time_is_judged_at_the_time_asked_for(tmp_path: Path) -> None:
    content = case(at=None)
    assert judged(tmp_path, content, "2026-11-18 10:42")["verdict"] == "cleared"
    assert "the time of the case is missing" in assess(write(tmp_path, content)).complaints[0]
    assert judged(tmp_path, case(at="2026-11-18T10:42:00-05:00"))["verdict"] == "cleared"
    assert judged(tmp_path, case(at=None, now="2026-11-18 10:42"))["verdict"] == "cleared"


@pytest.mark.parametrize(
    "solids",
    [
        "0720",
        "07:20",
        "7:20a",
        "2026-11-18 07:20",
        "2026-11-18T07:20:00",
        "2026-11-18T07:20-05:00",
        "2026-11-18T12:20Z",
    ],
)
def test_a_time_may_be_typed_or_iso(tmp_path: Path, solids: str) -> None:
    assert judged(tmp_path, case({"fasting.solids": solids}))["verdict_title"] == "Held until 13:20"


@pytest.mark.parametrize("solids", ["approx 07:20", "between 06:00 and 07:20", {"value": "07:20", "estimated": True}])
def test_an_estimate_is_shown_as_one(tmp_path: Path, solids: object) -> None:
    result = judged(tmp_path, case({"fasting.solids": solids}))
    assert "The time is an estimate: approx 07:20." in finding(result, "fasting.solids")["detail"]


def test_yes_and_no_may_be_words(tmp_path: Path) -> None:
    assert judged(tmp_path, case({"consent.on_file": "Yes", "asq.1": "n"}))["verdict"] == "cleared"


def test_answers_that_are_none_are_honoured(tmp_path: Path) -> None:
    states = {
        "fasting.solids": {"state": "unknown"},
        "screening.pregnancy": {"state": "declined", "reason": "Does not want a test"},
        "cond.eye": {"state": "not_applicable", "reason": "Prosthesis"},
        "asq.1": {"state": "unanswered"},
        "cond.kidney": {"value": True},
    }
    result = judged(tmp_path, case(states))
    assert finding(result, "fasting.solids")["level"] == "hold"
    assert finding(result, "screening.pregnancy")["level"] == "review"
    assert finding(result, "screening.pregnancy")["detail"] == "Does not want a test."
    assert finding(result, "cond.eye")["level"] == "review"
    assert finding(result, "cond.kidney")["level"] == "review"
    assert result["missing"] == ["asq.1"]


def test_what_a_nurse_would_be_asked_once_is_taken_and_said(tmp_path: Path) -> None:
    result = judged(tmp_path, case({"vitals.weight": "450 lb"}))
    (asked,) = result["asked_once"]
    assert asked.startswith("answers.vitals.weight: 450 lb is unusual (")
    assert "Confirm" not in asked


def test_a_reading_is_a_line_or_numbers_by_name(tmp_path: Path) -> None:
    by_name = {"at": "10:35", "sbp": 165, "dbp": 84, "hr": 72, "spo2": 98, "rr": 14, "temp_c": 36.7}
    for reading in ("1035 165/84 72 98 14 36.7", {"at": "10:35", "line": "165/84 72 98 14 36.7"}, by_name):
        result = judged(tmp_path, case(readings=[reading]))
        assert finding(result, "vitals.bp")["level"] == "hold"
        assert "165/84" in finding(result, "vitals.bp")["title"]


def test_a_time_that_falls_on_another_day_is_said(tmp_path: Path) -> None:
    result = judged(tmp_path, case(readings=[{"at": "11:30", "line": "118/76 72 98 14 36.7"}]))
    assert "readings[0].at: Yesterday 11:30 is not of the day of the case." in result["asked_once"]


def test_an_artefact_is_left_out_and_a_slip_of_digits_is_asked(tmp_path: Path) -> None:
    readings = [
        "1030 138/82 72 98 14 36.7",
        {"at": "10:33", "line": "210/140 72 98 14 36.7", "artefact": "cuff slipped"},
        "1036 183/84 72 98 14 36.7",
    ]
    result = judged(tmp_path, case(readings=readings))
    assert "183/84" in finding(result, "vitals.bp")["title"]
    asked = [line for line in result["asked_once"] if line.startswith("readings[2]")]
    assert "two digits may have changed places (138)" in asked[0]


def test_medicines_are_read_as_typed(tmp_path: Path) -> None:
    rows = [
        "sertraline 100 mg",
        {"text": "xanax 0.5", "dose": "0.5 mg", "last_taken": "06:30"},
        {"text": "ambien", "last_taken": "unknown"},
        {"text": "lexipro", "spelling": "escitalopram", "last_taken": "yesterday 20:00"},
        {"text": "lisinopril", "confirmed": False},
    ]
    result = judged(tmp_path, case(medicines=rows))
    levels = {one["text"]: one["level"] for one in result["medicines"]}
    assert levels["sertraline 100 mg"] == levels["lexipro"] == "info"
    assert levels["xanax 0.5"] == "review"
    assert finding(result, "med.medicine.2")["title"] == "ALPRAZolam (Xanax) today 06:30"
    assert finding(result, "med.medicine.3")["title"].endswith(", last taken not known")
    assert result["missing"] == ["med.medicine.5"]


def test_the_clinic_s_fasting_profile_goes_before_the_protocol_s(tmp_path: Path) -> None:
    content = case({"fasting.solids": "06:00"})
    assert judged(tmp_path, content)["verdict"] == "held"
    profiled = judged(tmp_path, {**content, "fasting_profile": "CLINIC_4_6"})
    assert profiled["verdict"] == "waiting_for_provider"


def test_an_earlier_session_makes_a_returning_patient(tmp_path: Path) -> None:
    returning = {"screening.change": False, "screening.new_psychosis": False, "screening.after_last": False}
    first = {**LAST_WEEK, "at": "2026-11-09 13:00"}
    content = case(returning, previous={**LAST_WEEK, "session": {"number": 3, "course_total": 6}, "previous": first})
    result = judged(tmp_path, content)
    assert result["verdict"] == "cleared"
    assert "screening.change" in judged(tmp_path, case(previous=LAST_WEEK))["missing"]


def test_a_seventh_of_six_and_a_second_infusion_today_are_found(tmp_path: Path) -> None:
    this_morning = {**LAST_WEEK, "at": "2026-11-18 09:00", "session": {"number": 6, "course_total": 6},
                    "events": [{"kind": "started", "at": "08:00"}]}  # fmt: skip
    result = judged(tmp_path, case(previous=this_morning))
    assert finding(result, "interval.number")["title"] == "Infusion 7 of a series of 6"
    assert finding(result, "interval.last")["level"] == "stop"
    last_spring = {**LAST_WEEK, "at": "2026-05-11 13:00"}
    maintenance = {"phase": "maintenance", "course_total": 0, "indication": "pain"}
    quiet = judged(tmp_path, case(session=maintenance, previous=last_spring))
    assert not any(one["key"].startswith("interval.") for one in quiet["findings"])


def test_a_weight_that_looks_like_pounds_is_asked(tmp_path: Path) -> None:
    result = judged(tmp_path, case({"vitals.weight": 151}, previous=LAST_WEEK))
    assert any(line.startswith("answers.vitals.weight: ") and "lb" in line for line in result["asked_once"])
    unweighed = case({"vitals.weight": {"state": "unknown"}}, previous=LAST_WEEK)
    assert judged(tmp_path, unweighed)["asked_once"] == []


def test_after_the_start_the_verdict_is_that_of_the_discharge(tmp_path: Path) -> None:
    content = case(
        GIVEN,
        at="2026-11-18 12:15",
        events=[
            {"kind": "started", "at": "11:00"},
            {"kind": "paused", "at": "11:20", "infused_ml": 25, "reason": "anxious"},
            {"kind": "resumed", "at": "11:25"},
            {"kind": "stopped", "at": "11:45", "infused_ml": 50},
        ],
        readings=[
            "1035 118/76 72 98 14 36.7",
            {"at": "11:30", "line": "210/118 90 97 14 s3", "symptoms": ["chest_pain"], "stage": "infusion"},
            "1210 130/82 74 98 14 s5",
        ],
        effects=[{"term": "nausea", "grade": 1, "at": "11:30", "action": "ondansetron 4 mg", "ended": "12:00"}],
    )
    result = judged(tmp_path, content)
    assert (result["pause_point"], result["state"], result["verdict"]) == ("discharge", "observing", "stopped")
    assert finding(result, "monitor.bp")["title"] == "BP 210/118 mmHg at 11:30, now back to 130/82 mmHg at 12:10"
    assert {score["name"] for score in result["scores"]} >= {"MPADSS"}
    assert [one["met"] for one in result["criteria"] if one["key"] == "min_time"] == ["met"]


def test_a_folder_gives_a_list_in_the_order_of_the_names(tmp_path: Path) -> None:
    write(tmp_path, case(title="Second"), "b.json")
    write(tmp_path, case(LATE_BREAKFAST, title="First"), "a.json")
    write(tmp_path, "not a case", "notes.txt")
    results = json.loads(assess(tmp_path).said)
    assert [(one["title"], one["verdict"]) for one in results] == [("First", "held"), ("Second", "cleared")]


def test_an_empty_folder_is_said_to_be_one(tmp_path: Path) -> None:
    outcome = assess(tmp_path)
    assert outcome.code == 2
    assert outcome.complaints == (f"{tmp_path}: the folder holds no case. Put files into it whose names end in .json.",)


def test_one_mistaken_case_of_a_folder_stops_them_all(tmp_path: Path) -> None:
    write(tmp_path, case(), "a.json")
    write(tmp_path, case({"fasting.soilds": "0720"}), "b.json")
    outcome = assess(tmp_path)
    assert (outcome.code, outcome.said) == (2, "")
    assert "the protocol has no item “fasting.soilds”" in outcome.complaints[0]


def test_a_changed_protocol_judges_the_same_case_anew(tmp_path: Path) -> None:
    file = write(tmp_path, case(readings=["1035 152/84 72 98 14 36.7"]))
    assert json.loads(assess(file).said)["verdict"] == "waiting_for_provider"
    stricter = protocol(tmp_path, ("sbp_hold = { value = 160", "sbp_hold = { value = 150"))
    assert json.loads(assess(file, stricter).said)["verdict"] == "held"


def test_for_people_the_verdict_comes_first_and_then_what_is_not_clear(tmp_path: Path) -> None:
    content = case({**LATE_BREAKFAST, "cond.kidney": True, "vitals.weight": 210})
    said = assess(write(tmp_path, content), text=True).said.splitlines()
    assert said[0] == f"{tmp_path / 'case.json'}: Nothing new (10:42)"
    assert said[1].startswith("HELD UNTIL 13:20. Cannot start before 13:20: last solid food 07:20 (6hr).")
    assert said[2] == "  hold    Last solid food 3hr 40min before the start [fasting.solids]"
    assert any(line.startswith("  review  Kidney disease") for line in said)
    assert any(line.startswith("  asked once  answers.vitals.weight: ") for line in said)
    assert said[-1].endswith("clear; protocol iv-ketamine 1")
    untitled = assess(write(tmp_path, case(title=None)), text=True).said
    assert untitled.startswith(f"{tmp_path / 'case.json'} (10:42)\nREADY TO START.")
    assert "  to do   The clearance is not signed yet.\n" in untitled


def test_the_command_line_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, case(LATE_BREAKFAST))
    assert cli.main(["assess", str(file), "--at", "13:20", "--text"]) == 0
    assert "READY TO START." in capsys.readouterr().out
    own = protocol(tmp_path)
    assert cli.main(["assess", str(file), "--protocol", str(own)]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "held"
    assert cli.main(["assess", str(tmp_path / "gone.json")]) == 2
    assert (
        capsys.readouterr().err == f"{tmp_path / 'gone.json'} cannot be read (No such file or directory). "
        "Check the name of the file.\n"
    )


def test_a_mistaken_protocol_ends_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = protocol(tmp_path, ("sbp_hold = { value = 160", "sbp_hold = { value = 175"))
    assert cli.main(["assess", str(write(tmp_path, case())), "--protocol", str(wrong)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "175 is outside the allowed range 140 to 160" in captured.err


def test_the_example_of_the_manual_can_be_judged_as_it_is_printed(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    example = manual.partition("```json\n")[2].partition("```")[0]
    result = judged(tmp_path, json.loads(example))
    assert result["verdict_title"] == "Held until 13:20"
    assert finding(result, "screening.pregnancy")["level"] == "review"


def test_an_allergy_to_ketamine_in_a_case_stops(tmp_path: Path) -> None:
    allergic = case(patient={"born": "1986-03-14", "sex": "female", "allergies": "Ketamine: hives"})
    assert judged(tmp_path, allergic)["verdict"] == "stopped"


def test_the_case_in_the_documents_can_be_judged(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]
    result = judged(tmp_path, json.loads(example))
    assert result["title"] == "Ate late, Xanax this morning"
    assert result["verdict"] == "held"
    parts = text.partition("| part | holds |")[2].partition("\n\n")[0]
    named = {word for row in parts.splitlines() for word in row.partition("| ")[2].partition(" |")[0].split("`")[1::2]}
    assert named <= set(result)
