"""A medicines file that lost rows, or was changed by nobody's wish, is never judged with."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checklist import cli, resources
from checklist.medicines import MedicineTableError, load_sealed
from checklist.medicines.seal import SEAL, seal
from checklist.medicines.table import FILES, FOLDER

Change = Callable[[str], str]


def files_with(file: str, change: Change) -> Callable[[str], str]:
    name = f"{FOLDER}{file}.csv"
    return lambda asked: change(resources.read_text(asked)) if asked == name else resources.read_text(asked)


def without_the_last(rows: int) -> Change:
    return lambda text: "\n".join(text.splitlines()[:-rows]) + "\n"


def test_the_shipped_files_are_sealed_as_they_are() -> None:
    assert load_sealed(resources.read_text).ingredients
    assert seal(resources.read_text) == resources.read_text(SEAL)


def test_every_medicines_file_is_sealed() -> None:
    names = {name.removesuffix(".csv") for name in resources.names("medicines") if name.endswith(".csv")}
    assert names == {*FILES, "sealed"}


def test_a_file_without_its_last_five_rows_is_refused_with_both_numbers() -> None:
    with pytest.raises(MedicineTableError) as caught:
        load_sealed(files_with("medications", without_the_last(5)))
    rows = len(resources.read_text("medicines/medications.csv").splitlines()) - 1
    assert caught.value.sentence.startswith(
        f"medicines/medications.csv, line 1: it has {rows - 5} rows, and was sealed with {rows}. No medicine was judged"
    )
    assert "type “checklist medicines --seal”" in caught.value.sentence


@pytest.mark.parametrize("file", [one for one in FILES if one not in ("medications", "interactions")])
def test_each_file_cut_short_by_one_row_is_refused(file: str) -> None:
    with pytest.raises(MedicineTableError, match=f"{FOLDER}{file}.csv, line "):
        load_sealed(files_with(file, without_the_last(1)))


def test_another_hour_in_a_row_is_refused_though_the_rows_are_all_there() -> None:
    change = files_with("lookalikes", lambda text: text.replace("bupropion; buspirone", "buspirone; bupropion"))
    with pytest.raises(MedicineTableError, match="it was changed since it was sealed"):
        load_sealed(change)


def test_a_file_that_is_not_in_the_seal_is_refused() -> None:
    lines = resources.read_text(SEAL).splitlines(keepends=True)
    read = files_with("sealed", lambda _: "".join(line for line in lines if not line.startswith("tallman")))
    with pytest.raises(MedicineTableError, match="it was never sealed"):
        load_sealed(read)


def test_line_ends_and_mark_of_windows_break_no_seal() -> None:
    change = files_with("medications", lambda text: "\ufeff" + text.replace("\n", "\r\n"))
    assert load_sealed(change).ingredients


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x0c", "\x1f", "\x7f", "\x85", "\u2028", "\t"])
def test_a_control_character_in_a_name_is_refused_with_its_line(mark: str) -> None:
    change = files_with("lookalikes", lambda text: text.replace("buspirone", f"bus{mark}pirone"))
    line = resources.read_text("medicines/lookalikes.csv").split("buspirone")[0].count("\n") + 1
    with pytest.raises(MedicineTableError) as caught:
        load_sealed(change)
    said = f"medicines/lookalikes.csv, line {line}: the line holds the control character {ord(mark)}."
    assert caught.value.sentence.startswith(said)


def test_a_clinic_that_changed_a_file_on_purpose_seals_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a copy of the shipped files: the seal of this checkout stays."""
    folder = tmp_path / "medicines"
    folder.mkdir()
    for name in resources.names("medicines"):
        (folder / name).write_bytes(resources.read_bytes(f"medicines/{name}"))
    monkeypatch.setattr(resources, "_PLACES", (tmp_path,))
    own = folder / "lookalikes.csv"
    own.write_text(own.read_text(encoding="utf-8") + "zoloft; zocor\n", encoding="utf-8")
    assert cli.main(["medicines", "xanax"]) == 2
    assert "lookalikes.csv, line 1: it has 22 rows, and was sealed with 21" in capsys.readouterr().err
    assert cli.main(["medicines", "--seal"]) == 0
    said = "lookalikes: 21 → 22 rows\nSealed: 1 of 8 medicines files had changed.\n"
    assert capsys.readouterr().out == said
    assert cli.main(["medicines", "xanax"]) == 0


def test_a_file_with_a_mistake_is_not_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MedicineTableError, match="the row does not name two known medicines"):
        seal(files_with("lookalikes", lambda text: text.replace("buspirone", "busp")))
