"""A medical lead changes the protocol: it is checked, shown, and compared in words."""

from pathlib import Path

import pytest

from checklist import cli
from checklist.commands.protocol import check, show
from checklist.protocol import files
from checklist.rules.texts import number
from tests.commands.files import SHIPPED_TEXT, protocol, write

SBP_HOLD = "sbp_hold = { value = 160"


def test_the_shipped_protocol_passes_its_own_check(tmp_path: Path) -> None:
    path, shipped = protocol(tmp_path), files.shipped()
    outcome = check(path)
    items = len(list(shipped.items()))
    assert outcome.said == (
        f"{path} can be used: protocol iv-ketamine, version 1, 10 steps, {items} items, {len(shipped.limits)} limits.\n"
    )
    assert (outcome.code, outcome.complaints) == (0, ())


def test_several_mistakes_are_listed_by_line(tmp_path: Path) -> None:
    path = protocol(
        tmp_path,
        ('id = "cond.eye"', 'id = "cond.lung"'),
        ('low = { value = 70, unit = "mg/dL"', 'low = { value = 70, unit = "mmol/L"'),
        ('when = ["in_mouth"]', 'when = ["inmouth"]'),
        ("moaas_3 = ", "moaas_three = "),
        ('value = 160, unit = "mmHg", source = "P"', 'value = 160, unit = "mmHg", source = "S:NEW"'),
    )
    outcome = check(path)
    assert outcome.code == 2
    lines = [line.partition(": ")[0] for line in outcome.complaints]
    assert lines == sorted(lines, key=lambda one: int(one.rpartition("line ")[2]) if "line" in one else 0)
    said = "\n".join(outcome.complaints)
    for part in ("“inmouth”", "Give it in mg/dL", "“cond.lung” is also used in line", "moaas_3", "source “S:NEW”"):
        assert part in said, part
    assert "the item “cond.eye” was left out" in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("[limits.glucose]\nlow", "[limits.glucose]\nlowest"), "limits has no “glucose.low”."),
        (("no_drive_rule = {", "drive_rule = {"), "settings has no “no_drive_rule”."),
        (("\nrate = {", "\nrated = {"), "bounds has no “rate”."),
    ],
)
def test_a_missing_part_does_not_hide_the_others(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    outcome = check(protocol(tmp_path, change, ('when = ["in_mouth"]', 'when = ["inmouth"]')))
    assert sentence in "\n".join(outcome.complaints)
    assert "“inmouth”" in "\n".join(outcome.complaints)


@pytest.mark.parametrize("text", ["[protocol\n", '[protocol]\nid = "x"\nversion = 1\n'])
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text, "own.toml")
    outcome = check(path)
    assert outcome.code == 2
    assert any(line.startswith(f"{path}, line 1: ") for line in outcome.complaints)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    outcome = check(tmp_path / "gone.toml")
    assert outcome.complaints == (
        f"{tmp_path / 'gone.toml'} cannot be read (No such file or directory). Check that you may read this file.",
    )


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "protocol.toml"
    path.write_bytes(SHIPPED_TEXT.replace("Choices of the clinic", "Für uns").encode("latin-1", "replace"))
    (complaint,) = check(path).complaints
    line = next(number for number, row in enumerate(SHIPPED_TEXT.splitlines(), 1) if "Choices of the clinic" in row)
    assert complaint == f"{path}, line {line}: this is not UTF-8 text. Save the file as UTF-8."


def test_a_question_that_means_and_needs_nothing_may_go_without_a_name(tmp_path: Path) -> None:
    start = SHIPPED_TEXT.index('[[step.item]]\nid = "screening.lmp"')
    end = SHIPPED_TEXT.index("[[step.item]]", start + 1)
    assert check(protocol(tmp_path, (SHIPPED_TEXT[start:end], ""))).code == 0
    start = SHIPPED_TEXT.index('[[step.item]]\nid = "substances.what"')
    end = SHIPPED_TEXT.index("[[step.item]]", start + 1)
    needed = check(protocol(tmp_path, (SHIPPED_TEXT[start:end], "")))
    assert "the item “substances.what” was left out" in needed.complaints[0]


def test_two_conditions_that_never_hold_together_are_an_item_nobody_reaches(tmp_path: Path) -> None:
    never = 'show_when = [{ item = "cond.lung", is = ["yes"] }, { item = "cond.lung", is = ["no"] }]\n'
    path = protocol(tmp_path, ('id = "cond.eye"\n', f'id = "cond.eye"\n{never}'))
    outcome = check(path)
    assert (
        "item “cond.eye”: waits for “cond.lung” to be both yes and no, so it can never be asked."
        in (outcome.complaints[0])
    )


LIGHTER = [
    (('label = "Kidney disease or dialysis"', 'label = "Kidney disease or dialysis"\nretired = true'),
     "item “cond.kidney” is retired, so nobody is asked it."),
    (('label = "Date of the consent"', 'label = "Date of the consent"\nabout = true'),
     "item “consent.date” would take a month or a year for a date."),
    (('due_when = [{ item = "cond.kidney", is = ["yes"] }]', ""), "item “labs.kidney_date” is due in fewer cases."),
    (('sbp_hold = { value = 160, unit = "mmHg", source = "P", allowed = [140, 160]',
      'sbp_hold = { value = 170, unit = "mmHg", source = "P", allowed = [140, 170]'),
     "limit baseline.sbp_hold: its allowed range is wider than the shipped 140 to 160."),
    (('level = "review", title = "Kidney disease"', 'level = "note", title = "Kidney disease"'),
     "item “cond.kidney”: “yes” was review and is now note."),
    (('gates = [{ when = ["yes", "unknown"], level = "review", title = "Kidney disease", action = "The provider '
      'decides.", source = "M" }]', ""), "item “cond.kidney”: “yes” was review and is now clear."),
    (('title = "The name does not match", action = "Find the right record. Nothing may be given under this one.", '
      'source = "P", nobody_overrides = true',
      'title = "The name does not match", action = "Find the right record. Nothing may be given under this one.", '
      'source = "P"'), "item “identity.name”: nobody could override “no”, and now a provider can."),
    (('label = "Kidney disease or dialysis"\nneeded_for = "clearance"',
      'label = "Kidney disease or dialysis"\nneeded_for = "nothing"'),
     "item “cond.kidney” is no longer needed for clearance."),
    (('bounds = "weight"\nlabel = "Weight today"\n', 'bounds = "weight"\nlabel = "Weight today"\ncarry = "last"\n'),
     "item “vitals.weight” is an observation of the day and would now carry over (last)."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), LIGHTER, ids=[row[1][:40] for row in LIGHTER])
def test_asking_less_than_the_shipped_protocol_needs_a_name(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    outcome = check(protocol(tmp_path, change))
    assert outcome.code == 2
    assert sentence in "\n".join(outcome.complaints)
    assert "of the medical lead who accepts it." in "\n".join(outcome.complaints)


def test_a_name_in_accepted_stands_for_a_lighter_item(tmp_path: Path) -> None:
    accepted = ("\n[sources]", '\n[accepted]\n"cond.kidney" = "Dr. A. Menon, 22-Nov-2026"\n\n[sources]')
    outcome = check(protocol(tmp_path, accepted, LIGHTER[4][0]))
    assert outcome.code == 0
    assert outcome.said.endswith(" limits, 1 accepted by name.\n")
    unknown = check(protocol(tmp_path, (accepted[0], accepted[1].replace("kidney", "kidneys"))))
    assert unknown.complaints == (
        f"{tmp_path / 'protocol.toml'}: [accepted] names “cond.kidneys”, which is no item, effect or "
        "text of the shipped protocol. Mend the name.",
    )


def test_a_name_beside_a_limit_stands_for_a_wider_range(tmp_path: Path) -> None:
    path = protocol(
        tmp_path,
        (
            'sbp_hold = { value = 160, unit = "mmHg", source = "P", allowed = [140, 160]',
            'sbp_hold = { value = 170, unit = "mmHg", source = "P", accepted_by = "Dr. A. Menon, 22-Nov-2026", '
            "allowed = [140, 170]",
        ),
    )
    assert check(path).code == 0
    lines = show(path).said.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("baseline.sbp_hold "))
    assert " 170 mmHg " in lines[place]
    assert lines[place + 1] == "    Systolic from this is held (accepted by Dr. A. Menon, 22-Nov-2026)"


def test_every_limit_is_shown_with_value_unit_range_source_and_meaning() -> None:
    shipped, said = files.shipped(), show(None).said
    lines = said.splitlines()
    assert lines[0] == "IV ketamine: protocol iv-ketamine, version 1, revised 2026-11-22"
    for limit in shipped.limits.values():
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{limit.key} "))
        assert f" {number(limit.value)} {limit.unit} " in lines[place]
        low, high = limit.allowed
        assert (f" {number(low)} to {number(high)} " if low < high else " no other ") in lines[place]
        assert lines[place].endswith(shipped.source_of(limit.key))
        assert " ".join(lines[place + 1 : place + 3]).split()[: len(limit.text.split())] == limit.text.split()
    assert any(line.split()[:2] == ["fasting_profile", "ASA"] for line in lines)
    assert "Accepted exceptions" not in said


def test_both_tiers_of_typed_numbers_are_shown_in_each_unit() -> None:
    lines = [" ".join(line.split()) for line in show(None).said.splitlines()]
    weight = lines.index("weight kg 1 25 to 350 40 to 200 clinic policy")
    assert lines[weight + 1 : weight + 3] == ["lb 55 to 770 88 to 440", "Weight of the patient"]
    assert "moaas score 0 0 to 5 MOAA/S table" in lines
    assert "pulse_pressure mmHg 0 15 to 100 clinic policy" in lines


def test_the_tables_fit_into_100_columns_and_stand_in_columns() -> None:
    lines = show(None).said.splitlines()
    assert max(map(len, lines)) <= 100
    head = next(line for line in lines if line.startswith("limit "))
    for key in ("baseline.sbp_hold", "dose.mg_per_kg_low", "fasting.CLINIC_4_6.light_meal_review"):
        row = next(line for line in lines if line.startswith(f"{key} "))
        for column in ("value", "allowed", "source"):
            place = head.index(column)
            assert (row[place - 1], row[place] != " ") == (" ", True), row


def test_scores_that_are_no_settings_are_shown_as_definitions() -> None:
    said = show(None).said
    for words in (
        "3 up to 8 /min; 1 up to 11 /min; 0 up to 20 /min; 2 up to 24 /min; 3 above",
        "from 5 medium; from 7 high; below that low, a single part of 3 low-medium",
        "0-4 minimal; 5-9 mild; 10-14 moderate; 15-19 moderately severe; 20-27 severe",
        "0-4 minimal; 5-9 mild; 10-14 moderate; 15-21 severe",
        "male 50 kg, female 45.5 kg, and 2.3 kg for each inch over 60 in; none under 60 in",
        "ideal + 0.4 x (actual - ideal)",
    ):
        assert words in said


def test_texts_and_sources_are_shown_with_how_they_are_shown_to_people() -> None:
    lines = [" ".join(line.split()) for line in show(None).said.splitlines()]
    assert "ASA-DRO D clinic policy" in lines
    assert "ASA23 A ASA fasting update 2023" in lines
    assert "instructions_03" in lines
    assert "Do not sign papers or make big decisions for 24 hours." in lines


def test_accepted_exceptions_are_shown(tmp_path: Path) -> None:
    path = protocol(tmp_path, ("\n[sources]", '\n[accepted]\n"cond.eye" = "Dr. A. Menon, 22-Nov-2026"\n[sources]'))
    assert show(path).said.endswith("cond.eye  Dr. A. Menon, 22-Nov-2026\n")


def test_the_command_line_prints_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = protocol(tmp_path, (SBP_HOLD, "sbp_hold = { value = 150"))
    assert cli.main(["protocol", "check", str(own)]) == 0
    assert cli.main(["protocol", "show"]) == 0
    assert cli.main(["protocol", "show", str(own)]) == 0
    assert cli.main(["protocol", "diff", str(protocol(tmp_path, name="shipped.toml")), str(own)]) == 0
    assert capsys.readouterr().out.endswith("160 → 150 mmHg (stricter) [baseline.sbp_hold]\n")
    broken = write(tmp_path, "x = 1", "broken.toml")
    assert cli.main(["protocol", "check", str(broken)]) == 2
    assert cli.main(["protocol", "show", str(broken)]) == 2
    assert cli.main(["protocol", "diff", str(own), str(broken)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count(f"{broken}") >= 3
