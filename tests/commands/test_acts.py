"""What people did in a case: decisions, signatures, the second check; and intakes and questionnaires beside it."""

from pathlib import Path
from typing import Any

import pytest

from checklist import resources
from checklist.commands.assess import as_json, assess, judge
from checklist.commands.case import Case, Mistaken, load
from checklist.medicines import MedicineTable
from checklist.protocol import files
from tests.commands.files import case, write
from tests.commands.vector_cases import GIVEN, ORDER, RECOVERED, SETS

TABLE = MedicineTable.load(resources.read_text)
KIDNEY = {"cond.kidney": True}
PASSED = {"finding": "cond.kidney", "choice": "proceed", "reason": "Mild, stable", "by": "Dr. A. Menon"}


def judged(folder: Path, content: dict[str, Any]) -> dict[str, Any]:
    """As the command prints it, with the medicine table read once for all tests."""
    path = write(folder, content)
    read = load(path, files.shipped(), TABLE, None)
    assert isinstance(read, Case), read
    return as_json(str(path), read, judge(read))


def refused(folder: Path, content: dict[str, Any]) -> str:
    read = load(write(folder, content), files.shipped(), TABLE, None)
    assert isinstance(read, Mistaken)
    return "\n".join(read.mistakes)


def test_a_provider_s_decision_lets_a_review_pass(tmp_path: Path) -> None:
    assert judged(tmp_path, case(KIDNEY))["verdict"] == "waiting_for_provider"
    result = judged(tmp_path, case(KIDNEY, decisions=[PASSED]))
    assert result["verdict"] == "cleared_after_review"
    assert result["sentence"].endswith("a provider decided on 1 finding.")


def test_a_postponement_stops(tmp_path: Path) -> None:
    result = judged(tmp_path, case(KIDNEY, decisions=[{**PASSED, "choice": "postpone", "reason": "Wait for labs"}]))
    assert (result["verdict"], result["sentence"]) == ("stopped", "Postponed by a provider: Wait for labs.")


def test_a_dose_above_the_stop_needs_two_providers(tmp_path: Path) -> None:
    order = ORDER | {"dose.mg_per_kg": 2.5, "dose.mg": 175}
    one = {**PASSED, "finding": "dose.amount"}

    def is_open(*decisions: dict[str, str]) -> bool:
        result = judged(tmp_path, case(order, decisions=list(decisions)))
        return bool(next(found["open"] for found in result["findings"] if found["key"] == "dose.amount"))

    assert is_open(one)
    assert is_open(one, one)
    assert not is_open(one, {**one, "by": "Dr. B. Lee"})


def test_identity_cannot_be_decided_by_anybody(tmp_path: Path) -> None:
    decision = {**PASSED, "finding": "identity.name"}
    assert judged(tmp_path, case({"identity.name": False}, decisions=[decision]))["verdict"] == "stopped"


def test_a_standing_clearance_of_the_last_visit_quiets_a_review(tmp_path: Path) -> None:
    returning = {"screening.change": False, "screening.new_psychosis": False, "screening.after_last": False}
    standing = {**PASSED, "finding": "med.medicine.1", "standing": True}
    last = {"at": "2026-11-11 13:00", "medicines": ["xanax 0.5 mg"], "decisions": [standing]}
    result = judged(tmp_path, case(returning, medicines=["xanax 0.5 mg"], previous=last))
    assert result["medicines"][0]["level"] == "note"
    changed = judged(tmp_path, case(returning, medicines=["xanax 1 mg"], previous=last))
    assert changed["medicines"][0]["level"] == "review"


def test_what_keeps_the_infusion_from_starting_is_listed_until_all_is_done(tmp_path: Path) -> None:
    ready = judged(tmp_path, case(ORDER, at="2026-11-18 10:58"))
    assert ready["start_blockers"] == [
        "The clearance is not signed yet.",
        "No second person has checked the dose as it stands now.",
    ]
    signed = [{"meaning": "checked", "by": "R. Ortiz, RN", "at": "10:57"}]
    done = judged(tmp_path, case(ORDER, at="2026-11-18 10:58", signatures=signed, dose_checked_by="J. Lee, RN"))
    assert (done["start_blockers"], done["state"]) == ([], "cleared")


def test_wasted_drug_needs_its_witness(tmp_path: Path) -> None:
    answers = ORDER | RECOVERED | {"waste.drawn_mg": 50, "waste.wasted_mg": 15}
    visit = {"at": "2026-11-18 12:20", "events": GIVEN, "readings": SETS}
    alone = judged(tmp_path, case(answers, **visit))
    assert alone["dose"]["given"] == {
        "infused_ml": 100, "given_mg": 35, "not_given_mg": 0, "drawn_mg": 50, "wasted_mg": 15, "to_waste_mg": 15,
        "to_waste_ml": 0.3, "witness_required": True, "unaccounted_mg": 0,
    }  # fmt: skip
    assert alone["verdict"] == "incomplete"
    witness = [{"meaning": "witnessed_waste", "by": "J. Lee, RN"}]
    assert judged(tmp_path, case(answers, **visit, signatures=witness))["verdict"] == "cleared"


def test_allergies_that_nobody_asked_about_hold(tmp_path: Path) -> None:
    patient = {"born": "1986-03-14", "sex": "female", "allergy_state": "not_asked"}
    assert judged(tmp_path, case(patient=patient))["verdict"] == "held"


def test_a_reading_may_be_in_fahrenheit(tmp_path: Path) -> None:
    result = judged(tmp_path, case(readings=[{"at": "10:35", "sbp": 118, "dbp": 76, "temp_f": 100.4}]))
    assert result["readings"][0]["temp_c"] == 38
    assert next(one["level"] for one in result["findings"] if one["key"] == "vitals.temp") == "hold"


def test_an_alert_patient_has_a_whole_news2_before_the_infusion(tmp_path: Path) -> None:
    assert judged(tmp_path, case())["news2"][0]["total"] == 0
    assert judged(tmp_path, case({"vitals.alert": None}))["news2"][0]["total"] is None


def test_intakes_are_judged_each_by_its_own_hours(tmp_path: Path) -> None:
    eaten = [{"category": "breast_milk", "at": "07:00"}, {"category": "infant_formula", "at": "06:00"},
             {"category": "gum_in_mouth", "at": "10:30"}, {"category": "clear_liquid", "at": "unknown"}]  # fmt: skip
    fasting = judged(tmp_path, case(intakes=eaten))["fasting"]
    rows = [(row["category"], row["hours"], row["needed_hours"], row["level"]) for row in fasting["intakes"][2:]]
    assert rows == [
        ("breast_milk", 4.0, 4.0, "clear"),
        ("infant_formula", 5.0, 6.0, "hold"),
        ("gum_in_mouth", 0.5, None, "review"),
        ("clear_liquid", None, 2.0, "hold"),
    ]
    assert fasting["worst"] == "hold"
    assert fasting["earliest_start"].startswith("2026-11-18T12:00")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"decisions": [{**PASSED, "finding": "cond.liver"}]}, "decisions[0].finding: the case has no finding"),
    ({"decisions": [{**PASSED, "choice": "yes"}]}, "decisions[0].choice: “yes” is not one of the words."),
    ({"decisions": [{**PASSED, "reason": ""}]}, "decisions[0].reason: this must be text."),
    ({"decisions": [{"finding": "cond.kidney", "choice": "proceed", "reason": "x"}]}, "decisions[0]: “by” is missing."),
    ({"decisions": [{**PASSED, "until": "x"}]}, "decisions[0].until: this is not a known key."),
    ({"decisions": [{**PASSED, "standing": "yes"}]}, "decisions[0].standing: this must be true or false."),
    ({"signatures": [{"meaning": "liked", "by": "x"}]}, "signatures[0].meaning: “liked” is not one of the words."),
    ({"signatures": [{"meaning": "checked"}]}, "signatures[0]: “by” is missing."),
    ({"signatures": "me"}, "signatures: this must be a list."),
    ({"dose_checked_by": 5}, "dose_checked_by: this must be text."),
    ({"intakes": [{"category": "tea", "at": "09:00"}]}, "intakes[0].category: “tea” is not one of the words."),
    ({"intakes": [{"category": "light_meal"}]}, "intakes[0]: “at” is missing."),
    ({"intakes": [{"category": "light_meal", "at": "25:00"}]}, "intakes[0].at: “25:00” is not a time."),
    ({"scales": {"hamd": 3}}, "scales.hamd: this is not a known key."),
    ({"scales": {"phq9": 28}}, "scales.phq9: this must be a whole number from 0 to 27."),
    ({"scales": {"phq9": [1, 2]}}, "scales.phq9: this must be a total or a list of 9 answers."),
    ({"scales": {"phq9": [4, 0, 0, 0, 0, 0, 0, 0, 0]}}, "scales.phq9[0]: this must be a whole number from 0 to 3."),
    ({"scales": {"gad7": "high"}}, "scales.gad7: this must be a total or a list of 7 answers."),
    ({"scales": {"gad7": True}}, "scales.gad7: this must be a total or a list of 7 answers."),
    ({"scales": {"cssrs": {"wish": "yes"}}}, "scales.cssrs.wish: this must be true or false."),
    ({"scales": {"stop_bang": {"total": 3, "stop": 5}}}, "stop_bang.stop: this must be a whole number from 0 to 3."),
    ({"scales": {"stop_bang": {"total": 9, "stop": 4}}}, "stop_bang.total: this must be a whole number from 0 to 8."),
    ({"scales": []}, "scales: this must be an object."),
    ({"patient": {"born": "1986-03-14", "sex": "female", "allergy_state": "maybe"}}, "Use one of: not_asked,"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=[row[1][:60] for row in WRONG])
def test_a_mistake_in_them_is_named_with_its_place(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    complaint = refused(tmp_path, case(KIDNEY, **change))
    assert sentence in complaint
    assert complaint.startswith(f"{tmp_path / 'case.json'}, line ")
    assert "\n" not in complaint


def test_a_case_of_ten_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(b'{"title": "' + b"x" * 10_000_000 + b'"}')
    assert assess(path).complaints == (f"{path}, line 1: this file is larger than 2 MB and no case. Check its name.",)
