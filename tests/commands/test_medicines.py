"""What the program recognises of a medicine as typed, on the command line."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist import cli, resources
from checklist.commands.medicines import look_up, medicines
from checklist.medicines import MedicineTable
from tests.commands.files import case, write
from tests.walls import ROOT

TABLE = MedicineTable.load(resources.read_text)
LEVELS = {"none": "clear", "info": "info", "caution": "note", "review": "review", "stop": "stop"}
with (Path(__file__).parent.parent / "data" / "med_queries.csv").open(encoding="utf-8", newline="") as _file:
    QUERIES = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", QUERIES, ids=lambda row: row["query"])
def test_a_typed_entry_gives_ingredients_level_and_questions(row: dict[str, str]) -> None:
    result = look_up(TABLE, row["query"])
    if row["expected_severity"] == "unknown":
        assert (result["ingredients"], result["level"], result["level_now"]) == ([], "review", "review")
        assert result["questions"]
    else:
        assert sorted(result["ingredients"]) == sorted(row["expected_ingredients"].split(";"))
        assert result["level"] == LEVELS[row["expected_severity"]]
        assert result["not_understood"] == []
    assert result["text"] == row["query"]


def test_one_object_a_text_with_all_its_medicines() -> None:
    results = json.loads(medicines(["Lexapro 10, Wellbutrin 150 & weed", "xanax"], as_json=True).said)
    assert [one["ingredients"] for one in results] == [["escitalopram", "bupropion", "cannabis"], ["alprazolam"]]
    assert results[0]["level"] == "review"
    assert {"text", "ingredients", "level", "questions", "not_understood", "classes"} <= results[0].keys()
    names = {name for one in results[1]["classes"] for name in one["ingredients"]}
    assert names == {"alprazolam"}


@pytest.mark.parametrize("text", ["flurbomab", "...", "🙂"])
def test_an_unknown_medicine_is_a_review_and_named(text: str) -> None:
    result = look_up(TABLE, text)
    assert (result["ingredients"], result["level"], result["level_now"]) == ([], "review", "review")
    assert result["not_understood"] == [text]


def test_a_word_that_is_left_over_keeps_a_review() -> None:
    result = look_up(TABLE, "sertraline tonic")
    assert (result["ingredients"], result["not_understood"]) == (["sertraline"], ["tonic"])
    assert (result["level"], result["level_now"]) == ("review", "review")


def test_a_close_spelling_says_what_holds_once_it_is_confirmed() -> None:
    result = look_up(TABLE, "lexipro 20mg")
    assert (result["level"], result["level_now"]) == ("info", "review")
    assert "Lexapro" in result["questions"][0] or "LEXAPRO" in result["questions"][0]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*(row["query"] for row in QUERIES), "tonic", "zzyzx", "1"]), min_size=1, max_size=3))
def test_nothing_is_clear_that_was_not_fully_understood(parts: list[str]) -> None:
    result = look_up(TABLE, ", ".join(parts))
    if result["questions"] or result["not_understood"] or not result["ingredients"]:
        assert result["level"] != "clear"
        assert result["level_now"] in ("review", "stop")


def test_for_people_each_text_is_a_paragraph() -> None:
    said = medicines(["lexipro 20mg", "fentanyl patch", "sertraline tonic", "clonidine", "xanax and oxycodone"]).said
    assert said.startswith("“lexipro 20mg”: escitalopram – info (review until the question is answered)\n  info    ")
    assert "\n  ask     " in said
    assert "\n  counts as taken now\n" in said
    assert "\n  not understood: tonic\n" in said
    assert (
        "\n  note    cloNIDine is easily read for clonazePAM, KLONOPIN (clonazePAM): compare with the label\n" in said
    )
    assert "\n  Together these add to sleepiness and slow breathing: " in said
    assert medicines(["flurbomab"]).said == "“flurbomab”: not recognised – review\n  not understood: flurbomab\n"


@pytest.mark.parametrize(
    ("text", "when", "left_over"),
    [
        ("prozac 2 weeks ago", "2 weeks ago", ["weeks", "ago"]),
        ("tylenol last year", "last year", ["last", "year"]),
        ("prozac 2 years ago", "2 years ago", ["years", "ago"]),
        ("Xanax  last   night", "last night", []),
        ("oxycodone 3 hours ago", "3 hours ago", []),
        ("Tylenol in 2019", "in 2019", []),
        ("prozac since March", "since March", []),
    ],
)
def test_what_was_said_of_the_time_is_never_swallowed(text: str, when: str, left_over: list[str]) -> None:
    """Past weeks it may not be taken now: not understood, a review. A time of the last dose is at least shown."""
    result = look_up(TABLE, text)
    assert (result["said_when"], result["not_understood"]) == ([when], left_over)
    assert result["level"] in ("review", "stop") or not left_over
    assert f"\n  said when: {when}. Nothing is judged by it: enter it as the last dose\n" in medicines([text]).said


@pytest.mark.parametrize("text", ["prozac 20 mg in the morning", "last dose unknown, zoloft", "drops in each eye"])
def test_a_dose_is_no_time(text: str) -> None:
    assert look_up(TABLE, text)["said_when"] == []


@pytest.mark.parametrize("texts", [[], [" "], ["xanax", ""]])
def test_nothing_typed_is_refused(texts: list[str]) -> None:
    outcome = medicines(texts)
    assert (outcome.code, outcome.said) == (2, "")
    assert "Type a medicine" in outcome.complaints[0]


def test_the_command_line_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["medicines", "--json", "xanax", "zoloft"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [one["ingredients"] for one in found] == [["alprazolam"], ["sertraline"]]
    assert cli.main(["medicines", "xanax"]) == 0
    assert capsys.readouterr().out.startswith("“xanax”: alprazolam – review\n")


def test_a_damaged_medicine_table_ends_the_command_with_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = resources.read_text

    def damaged(name: str) -> str:
        return (
            read(name).replace("\nalprazolam,", "\nalprazolam,,", 1) if name.endswith("medications.csv") else read(name)
        )

    monkeypatch.setattr(resources, "read_text", damaged)
    assert cli.main(["medicines", "xanax"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "medications.csv" in captured.err
    assert "line " in captured.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["medicines", "assess"])
def test_a_command_takes_neither_qt_nor_anything_else_that_is_heavy(tmp_path: Path, command: str) -> None:
    given_ = ["xanax 0.5 mg at night"] if command == "medicines" else [str(write(tmp_path, case()))]
    program = (
        "import sys\nsys.modules['PySide6'] = None\nfrom checklist.cli import main\n"
        "code = main(sys.argv[1:])\n"
        "heavy = {'PySide6', 'reportlab', 'sqlite3', 'sqlcipher3', 'cryptography'} & "
        "{name.partition('.')[0] for name, module in sys.modules.items() if module is not None}\n"
        "print(code, sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, command, *given_],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.stderr == "0 []\n"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            lambda content: content.replace(b"Ziagen", b"Ziag\xe9n"),
            "medications.csv, line 4: the line holds a character",
        ),
        (lambda _: b"", "medications.csv, line 1: the heading is not as expected"),
        (
            lambda content: content.replace(b"Ziagen,,none", b"Ziagen,none"),
            "medications.csv, line 4: there are 5",
        ),
    ],
)
def test_a_damaged_file_on_the_disk_ends_the_command_with_code_2(
    damage: Callable[[bytes], bytes],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in resources.names("medicines"):
        content = resources.read_bytes(f"medicines/{name}")
        target = tmp_path / "medicines" / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(damage(content) if name == "medications.csv" else content)
    monkeypatch.setattr(resources, "_PLACES", (tmp_path,))
    assert cli.main(["medicines", "--json", "xanax"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"medicines/{said}")
    assert captured.err.endswith(", then start again.\n")
