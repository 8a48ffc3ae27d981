"""A case file with a mistake: one sentence with file, line, place and mend, and nothing half-loaded."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import resources
from checklist.commands.assess import as_json, assess, judge
from checklist.commands.case import Case, load
from checklist.medicines import MedicineTable
from checklist.protocol import files
from tests.commands.files import CASE, case, write

TABLE = MedicineTable.load(resources.read_text)
EARLIER = {"at": "2026-11-11 13:00"}


def complaints(folder: Path, content: dict[str, Any] | str) -> tuple[str, ...]:
    outcome = assess(write(folder, content))
    assert (outcome.code, outcome.said) == (2, "")
    assert all(line.startswith(str(folder / "case.json")) for line in outcome.complaints)
    assert not any(line.endswith(" ") or "\n" in line or "Nothing was" in line for line in outcome.complaints)
    return outcome.complaints


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"zone": None}, "the case", "“zone” is missing. Add \"zone\": \"America/New_York\": clock times mean nothing"),
    ({"zone": "EST5"}, "zone", "“EST5” is not a time zone. Write an IANA name, like America/New_York."),
    ({"zone": 5}, "zone", "this must be text."),
    ({"zone": " "}, "zone", "this must be text."),
    ({"colour": "red"}, "colour", "this is not a known key. Use one of: title, zone, at,"),
    ({"at": "10:42"}, "at", "“10:42” is not a date with a time. Write it like \"2026-11-18 10:42\"."),
    ({"at": "2026-02-30 10:42"}, "at", "“2026-02-30 10:42” is no day and time of the calendar."),
    ({"at": "2026-02-30T10:42Z"}, "at", "“2026-02-30T10:42Z” is no day and time of the calendar."),
    ({"at": "2026-03-08 02:30"}, "at", "did not happen in America/New_York: the clocks went forward."),
    ({"at": "2026-11-01 01:30"}, "at", "happened twice in America/New_York: the clocks went back. Add the offset"),
    ({"patient": None}, "the case", "“patient” is missing. Add \"patient\""),
    ({"patient": "Okafor"}, "patient", "this must be an object. Write { … }."),
    ({"patient": {"sex": "female"}}, "patient", "“born” is missing. Write \"born\": \"1986-03-14\"."),
    ({"patient": {"born": "1986-03-14", "sex": "F"}}, "patient.sex", "Use one of: female, male, other, not_known."),
    ({"patient": {"born": "2030-01-01", "sex": "male"}}, "patient.born", "which is still to come"),
    ({"patient": {"born": "1986-03-14", "sex": "male", "name": "\t"}}, "patient.name", "this must be text."),
    ({"patient": {"born": "1986-03-14", "sex": "male", "mrn": 1}}, "patient.mrn", "this is not a known key."),
    ({"session": {"number": 0}}, "session.number", "this must be a whole number from 1 to 99."),
    ({"session": {"number": True}}, "session.number", "this must be a whole number from 1 to 99."),
    ({"session": {"course_total": "6"}}, "session.course_total", "this must be a whole number from 0 to 99."),
    ({"session": {"phase": "first"}}, "session.phase", "Use one of: induction, maintenance."),
    ({"session": {"planned": "later"}}, "session.planned", "“later” is not a time."),
    ({"answers": []}, "answers", "this must be an object."),
    ({"readings": "128/80"}, "readings", "this must be a list. Write [ … ]."),
    ({"readings": ["128/80 72 98 14 3000"]}, "readings[0]", "“128/80 72 98 14 3000”"),
    ({"readings": [{"at": "10:35"}]}, "readings[0]", "this reading holds no numbers."),
    ({"readings": [{"sbp": 128}]}, "readings[0]", "“dbp” is missing. Give sbp and dbp together."),
    ({"readings": [{"sbp": "128", "dbp": 80}]}, "readings[0].sbp", "this must be a number. Write 68.4,"),
    ({"readings": [{"sbp": 80, "dbp": 128}]}, "readings[0]", "DBP is not below SBP"),
    ({"readings": [{"spo2": 101}]}, "readings[0]", "SpO2 101 (50–100 % is possible)"),
    ({"readings": [{"hr": 72, "symptoms": ["cough"]}]}, "readings[0].symptoms[0]", "Use one of: chest_pain,"),
    ({"readings": [{"hr": 72, "stage": "before"}]}, "readings[0].stage", "Use one of: baseline, infusion, recovery."),
    ({"medicines": [7]}, "medicines[0]", "this must be an object."),
    ({"medicines": [""]}, "medicines[0]", "this must be text."),
    ({"medicines": [{"dose": "5 mg"}]}, "medicines[0]", "“text” is missing."),
    ({"medicines": [{"text": "xanax", "confirmed": "yes"}]}, "medicines[0].confirmed", "this must be true or false."),
    ({"medicines": [{"text": "xanax", "last_taken": "tomorrow"}]}, "medicines[0].last_taken", "is not a time"),
    ({"medicines": ["x" * 501]}, "medicines[0]", "This text has 501 characters; at most 500 fit here."),
    ({"effects": [{"term": "joy", "grade": 1, "at": "10:40"}]}, "effects[0].term", "Use one of: nausea,"),
    ({"effects": [{"term": "nausea", "grade": 5, "at": "10:40"}]}, "effects[0].grade", "a whole number from 1 to 4."),
    ({"effects": [{"term": "nausea", "grade": 1}]}, "effects[0]", "“at” is missing."),
    ({"events": [{"kind": "begun", "at": "10:40"}]}, "events[0].kind", "Use one of: started, paused,"),
    ({"events": [{"kind": "started"}]}, "events[0]", "“at” is missing."),
    ({"events": [{"kind": "stopped", "at": "10:40", "infused_ml": -3}]}, "events[0].infused_ml", "“-3”"),
    ({"fasting_profile": "NONE"}, "fasting_profile", "Use one of: ASA, CLINIC_4_6."),
    ({"previous": {}}, "previous", "“at” is missing. Add \"at\": the time at which that session ended."),
    ({"previous": {**EARLIER, "patient": {}}}, "previous.patient", "this is not a known key."),
    ({"previous": {"at": "2026-11-18 10:42"}}, "previous.at", "the earlier session is not earlier than this one."),
    ({"previous": {**EARLIER, "answers": {"vitals.weight": "x"}}}, "previous.answers.vitals.weight", "“x” is not"),
]  # fmt: skip
ANSWERS: list[tuple[str, Any, str]] = [
    ("fasting.soilds", "0720", "the protocol has no item “fasting.soilds”. Mend the id"),
    ("identity.name", "perhaps", "“perhaps” is neither yes nor no. Write true or false, or {"),
    ("identity.name", 1, "“1” is neither yes nor no."),
    ("transport.plan", "bus", "“bus” is not one of the words. Use one of: named_adult,"),
    ("dose.concentration", 20, "“20” is not one of the words. Use one of: 10, 50, 100."),
    ("dose.concentration", True, "“True” is not one of the words."),
    ("consent.date", "3/4/2026", "“3/4/2026” could be 03-Apr or 04-Mar."),
    ("consent.date", "2026-12-01", "which is still to come"),
    ("consent.date", 20261001, "this must be text."),
    ("transport.phone", "12", "“12” is not a telephone number."),
    ("vitals.weight", 3, "“3” cannot be right"),
    ("vitals.weight", True, "this must be a number."),
    ("vitals.weight", "70 stone", "“70 stone”"),
    ("fasting.solids", "2561", "“2561” is not a time. Type it like 2130, 9:30p or “last night 10”."),
    ("fasting.solids", "2026-11-18T12:00-05:00", "“2026-11-18T12:00-05:00” is 12:00, still to come at the time of"),
    ("fasting.solids", 720, "this must be text."),
    ("fasting.solids", {"state": "forgotten"}, "Use one of: answered, declined, unknown,"),
    ("fasting.solids", {"reason": "asleep"}, "“value” is missing. Write { \"value\": … }, or give a state"),
    ("fasting.solids", {"state": "unknown", "value": "0720"}, "an answer that is unknown has no value."),
    ("fasting.solids", {"value": "0720", "approx": True}, "this is not a known key. Use one of: state, value, reason"),
    ("fasting.solids", {"value": "0720", "estimated": "yes"}, "this must be true or false."),
    ("fasting.fatty", {"value": True, "estimated": True}, "only a time can be estimated."),
    ("screening.pregnancy", {"state": "declined"}, "an answer that is declined needs its reason. Add \"reason\""),
    ("cond.eye", {"state": "not_applicable", "reason": " "}, "this must be text."),
    ("cond.eye", None, "“None” is neither yes nor no."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "sentence"), WRONG, ids=[f"{row[1]} {row[2][:30]}" for row in WRONG])
def test_a_mistake_is_named_with_place_and_mend(
    tmp_path: Path, change: dict[str, Any], place: str, sentence: str
) -> None:
    (complaint,) = complaints(tmp_path, {**case(**change), **{k: v for k, v in change.items() if v is not None}})
    assert f": {place}: " in complaint
    assert sentence in complaint


@pytest.mark.parametrize(("item", "said", "sentence"), ANSWERS, ids=[f"{row[0]} {row[2][:30]}" for row in ANSWERS])
def test_a_mistaken_answer_is_named_with_its_item(tmp_path: Path, item: str, said: Any, sentence: str) -> None:
    answers = {**CASE["answers"], item: said}
    (complaint,) = complaints(tmp_path, {**CASE, "answers": answers})
    assert f": answers.{item}" in complaint
    assert sentence in complaint


def test_the_line_is_that_of_the_value(tmp_path: Path) -> None:
    text = json.dumps(case({"fasting.solids": "2561"}), indent=2)
    line = next(number for number, row in enumerate(text.splitlines(), 1) if '"2561"' in row)
    (complaint,) = complaints(tmp_path, text)
    assert complaint.startswith(f"{tmp_path / 'case.json'}, line {line}: answers.fasting.solids: ")
    in_a_list = json.dumps(case(readings=[{"hr": 72}, {"at": "10:35", "hr": 7}]), indent=2)
    line = next(number for number, row in enumerate(in_a_list.splitlines(), 1) if '"10:35"' in row) - 1
    assert f", line {line}: readings[1]: " in complaints(tmp_path, in_a_list)[0]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    answers = {"fasting.solids": "2561", "identity.name": "perhaps"}
    content = case(answers, readings=["7"], medicines=[{}], patient={"born": "x", "sex": "male"})
    assert len(complaints(tmp_path, content)) == 5


@pytest.mark.parametrize("at", ["later", "2026-02-30 10:00"])
def test_a_mistaken_time_of_the_command_is_named_as_such(tmp_path: Path, at: str) -> None:
    for content in (case(), case(at=None)):
        outcome = assess(write(tmp_path, content), at=at)
        assert (outcome.code, len(outcome.complaints)) == (2, 1)
        assert outcome.complaints[0].startswith(f"--at: “{at}” ")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ('{\n  "zone": "UTC",\n}', 3, "this is not valid JSON"),
        ("", 1, "this is not valid JSON"),
        ("[" * 200_000, 1, "nested too deeply"),
        ('{\n  "at": NaN\n}', 2, "NaN is not a number. Write the number, or leave it out."),
        ('{\n "a": "Infinity",\n "b": -Infinity}', 3, "-Infinity is not a number."),
        ('{\n  "at": "a",\n  "zone": "UTC",\n  "at": "b"\n}', 4, "at: this key stands twice. Keep one of them."),
        ('{\n"readings": [1,\n2], "b": 1,\n"b": [],\n"b": {}}', 4, "b: this key stands twice."),
        ('{"answers": {\n "x": [{}, {"y": 1,\n "y": 2}]}}', 3, "answers.x[1].y: this key stands twice."),
        ("[1, 2]", 1, "the case: this must be an object."),
        ('"Okafor"', 1, "the case: this must be an object."),
        ('{"session": {"number": ' + "9" * 5000 + "}}", 1, "nested too deeply"),
    ],
    ids=["comma", "empty", "deep", "nan", "infinity", "twice", "thrice", "twice below", "list", "text", "digits"],
)  # fmt: skip
def test_what_is_no_case_at_all_is_named_with_its_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    (complaint,) = complaints(tmp_path, text)
    assert f", line {line}: " in complaint
    assert sentence in complaint


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes('{\n "title": "Frühstück"}'.encode("latin-1"))
    assert assess(file).complaints == (f"{file}, line 2: this is not UTF-8 text. Save the file as UTF-8.",)


def test_a_byte_order_mark_of_windows_is_no_mistake(tmp_path: Path) -> None:
    file = write(tmp_path, "\ufeff" + json.dumps(case()))
    assert assess(file).code == 0


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLACES = [("answers", item) for item in CASE["answers"]] + [("patient", "born"), ("session", "planned")]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), ANYTHING)
def test_whatever_stands_in_a_case_the_command_judges_it_or_says_what_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str, str], value: Any
) -> None:
    content = json.loads(json.dumps(CASE))
    content[place[0]][place[1]] = value
    file = write(tmp_path_factory.getbasetemp(), json.dumps(content))
    read = load(file, files.shipped(), TABLE, None)  # the table read once for all examples
    if isinstance(read, Case):
        assert json.dumps(as_json(str(file), read, judge(read)))
    else:
        assert read.mistakes
        assert all(sentence.startswith(str(file)) for sentence in read.mistakes)
