"""A medical lead changes the protocol: it is checked, shown, and compared in words."""

from pathlib import Path

import pytest

from checklist import cli
from checklist.commands.protocol import check, diff, show
from checklist.protocol import files
from tests.commands.files import SHIPPED_TEXT, protocol, write

SBP_HOLD = "sbp_hold = { value = 160"
KIDNEY = ('id = "cond.kidney"', "[[step.item]]")


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
    outcome = check(write(tmp_path, text, "own.toml"))
    assert outcome.code == 2
    assert len(outcome.complaints) == 1
    assert "line 1" in outcome.complaints[0]


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
    start = SHIPPED_TEXT.index('[[step.item]]\nid = "cond.directive"')
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
    (('label = "Weight today"\nhelp = "68.4, or 150 lb."\nneeded_for = "clearance"',
      'label = "Weight today"\ncarry = "last"\nneeded_for = "clearance"'),
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
    outcome = check(protocol(tmp_path, accepted, LIGHTER[1][0]))
    assert outcome.code == 0
    assert outcome.said.endswith(" limits, 1 accepted by name.\n")
    unknown = check(protocol(tmp_path, (accepted[0], accepted[1].replace("kidney", "kidneys"))))
    assert unknown.complaints == (
        f"{tmp_path / 'protocol.toml'}: [accepted] names “cond.kidneys”, which is no item of the shipped protocol. "
        "Mend the name.",
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
    row = next(line for line in show(path).said.splitlines() if line.startswith("baseline.sbp_hold "))
    assert "170" in row
    assert "Dr. A. Menon, 22-Nov-2026" in row


def test_every_limit_is_shown_with_value_unit_range_source_and_meaning() -> None:
    shipped, said = files.shipped(), show(None).said
    lines = said.splitlines()
    assert lines[0] == "IV ketamine: protocol iv-ketamine, version 1, revised 2026-11-22"
    for limit in shipped.limits.values():
        row = next(line for line in lines if line.startswith(f"{limit.key} "))
        assert limit.unit in row
        assert shipped.source_of(limit.key) in row
        assert row.endswith(limit.text)
    assert any(line.split()[:2] == ["fasting_profile", "ASA"] for line in lines)
    assert any(line.split() == ["weight", "kg", "1", "25", "to", "350", "40", "to", "200"] for line in lines)
    assert "Accepted exceptions" not in said


def test_accepted_exceptions_are_shown(tmp_path: Path) -> None:
    path = protocol(tmp_path, ("\n[sources]", '\n[accepted]\n"cond.eye" = "Dr. A. Menon, 22-Nov-2026"\n[sources]'))
    assert show(path).said.endswith("cond.eye  Dr. A. Menon, 22-Nov-2026\n")


CHANGES = [
    ((SBP_HOLD, "sbp_hold = { value = 150"),
     "Systolic from this is held: 160 → 150 mmHg (stricter) [baseline.sbp_hold]"),
    (("recovery_every = { value = 15", "recovery_every = { value = 20"),
     "Readings after the infusion: 15 → 20 min (looser) [schedule.recovery_every]"),
    (("observe_after_end = { value = 30", "observe_after_end = { value = 45"),
     "Minimum observation after the end: 30 → 45 min (stricter) [schedule.observe_after_end]"),
    (("due_until = { value = 72", "due_until = { value = 60"),
     "Follow-up call until this long after discharge: 72 → 60 h [followup.due_until]"),
    (('sbp_stop = { value = 180, unit = "mmHg", source = "P"',
      'sbp_stop = { value = 185, unit = "mmHg", source = "P", accepted_by = "Dr. Menon, 22-Nov-2026"'),
     "Systolic from this: not today: 180 → 185 mmHg (looser), accepted by Dr. Menon, 22-Nov-2026 [baseline.sbp_stop]"),
    (('sbp_stop = { value = 180, unit = "mmHg", source = "P"',
      'sbp_stop = { value = 180, unit = "mmHg", source = "P", accepted_by = "Dr. Menon, 22-Nov-2026"'),
     "Systolic from this: not today: 180 mmHg, accepted by Dr. Menon, 22-Nov-2026 [baseline.sbp_stop]"),
    (("allowed = [140, 160], text = \"Systolic from this is held\"",
      "allowed = [150, 160], text = \"Systolic from this is held\""),
     "Systolic from this is held: allowed range 140 to 160 → 150 to 160 mmHg [baseline.sbp_hold]"),
    (('text = "Systolic from this is held"', 'text = "Hold"'),
     "Limit baseline.sbp_hold now reads “Hold”, before “Systolic from this is held”"),
    (('no_drive_rule = { value = "BOTH"', 'no_drive_rule = { value = "24H"'),
     "When the patient may drive again: BOTH → 24H"),
    (('weight = { unit = "kg", decimals = 1, reject = [25, 350], confirm = [40, 200] }',
      'weight = { unit = "kg", decimals = 2, confirm = [40, 180] }'),
     "Typed weight: refused outside 25 to 350, asked outside 40 to 200 kg → refused outside nothing, asked outside "
     "40 to 180 kg, 2 decimals"),
    (("\n[sources]", '\n[accepted]\n"cond.eye" = "Dr. Menon, 22-Nov-2026"\n[sources]'),
     "Accepted exception added: cond.eye: by Dr. Menon, 22-Nov-2026"),
    (('label = "Kidney disease or dialysis"', 'label = "Kidneys?"'),
     "“Kidneys?” (cond.kidney): question “Kidney disease or dialysis” → “Kidneys?”"),
    (('label = "Height"\nhelp = "162 cm, or 5\'4\\"."\nneeded_for = "nothing"',
      'label = "Height"\nneeded_for = "clearance"'),
     "“Height” (vitals.height): not required → needed for clearance"),
    (('label = "Severe", key = "3" },\n]\ngates = [\n  { when = ["severe", "unknown"], level = "stop"',
      'label = "Very bad", key = "3" },\n]\ngates = [\n  { when = ["severe", "unknown"], level = "stop"'),
     "“Liver disease or jaundice” (cond.liver): answers No, Mild or moderate, ALT over 3 times, Severe → No, Mild or "
     "moderate, ALT over 3 times, Very bad"),
    (('help = "Falls, vomiting, bad experience, blood pressure."\nneeded_for = "clearance"\n'
      'show_when = [{ fact = "returning" }]',
      'help = "Falls, vomiting, bad experience, blood pressure."\nneeded_for = "clearance"'),
     "“Problems after the last infusion?” (screening.after_last): it is asked under other conditions"),
    (('level = "review", title = "Kidney disease"', 'level = "stop", title = "Kidney disease"'),
     "“Kidney disease or dialysis” (cond.kidney): on yes or unknown: review → stop (stricter)"),
    (('title = "Kidney disease", action = "The provider decides.", source = "M"',
      'title = "Kidney disease", action = "The provider decides.", source = "M", nobody_overrides = true'),
     "“Kidney disease or dialysis” (cond.kidney): on yes or unknown: nobody can override it now (stricter)"),
    (('title = "Kidney disease", action', 'title = "Kidneys", action'),
     "“Kidney disease or dialysis” (cond.kidney): on yes or unknown: it now says “Kidneys. The provider decides.”"),
    (('gates = [{ when = ["yes", "unknown"], level = "review", title = "Kidney disease"',
      'gates = [{ when = ["yes", "unknown", "declined"], level = "review", title = "Kidney disease"'),
     "“Kidney disease or dialysis” (cond.kidney): gate added: on yes or unknown or declined: review, “Kidney disease”"),
    (('grades = ["not limiting"', 'grades = ["mild"'), "Side effect “Dizziness”: its words changed"),
    (('no_drive_24 = "Wait at least 24 hours."', 'no_drive_24 = "Wait a day."'),
     "Text no_drive_24: “Wait at least 24 hours.” → “Wait a day.”"),
    (("[[effect]]\nid = \"other\"", "[[effect]]\nid = \"hiccup\"\nlabel = \"Hiccup\"\n"
      "grades = [\"a\", \"b\", \"c\"]\n[[effect]]\nid = \"other\""), "Side effect added: hiccup: Hiccup"),
    (('version = "1"', 'version = "2"'), "Version: 1 → 2"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "line"), CHANGES, ids=[row[1][:50] for row in CHANGES])
def test_a_change_is_said_in_words(tmp_path: Path, change: tuple[str, str], line: str) -> None:
    before, after = protocol(tmp_path, name="before.toml"), protocol(tmp_path, change, name="after.toml")
    assert line in diff(before, after).said.splitlines()


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (CHANGES[10][0], "Accepted exception removed: cond.eye: by Dr. Menon, 22-Nov-2026"),
        (CHANGES[5][0], "Systolic from this: not today: 180 mmHg, no longer accepted by name [baseline.sbp_stop]"),
        (CHANGES[18][0], "“Kidney disease or dialysis” (cond.kidney): gate removed: on yes or unknown or declined: "
                         "review, “Kidney disease”"),
    ],
)  # fmt: skip
def test_a_change_back_is_said_too(tmp_path: Path, change: tuple[str, str], back: str) -> None:
    before, after = protocol(tmp_path, change, name="before.toml"), protocol(tmp_path, name="after.toml")
    assert back in diff(before, after).said.splitlines()


ACCEPTED = (
    "\n[sources]",
    '\n[accepted]\n"cond.kidney" = "Dr. Menon, 22-Nov-2026"\n"identity.name" = "Dr. Menon"\n[sources]',
)


def test_what_became_looser_is_said_to_be(tmp_path: Path) -> None:
    before = protocol(tmp_path, name="before.toml")
    said = diff(before, protocol(tmp_path, ACCEPTED, LIGHTER[1][0], LIGHTER[3][0], name="after.toml")).said
    assert "(cond.kidney): on yes or unknown: review → note (looser)" in said
    assert "(identity.name): on no or unknown or declined or not_applicable: a provider can override it now" in said
    renamed = ('"cond.kidney" = "Dr. Menon, 22-Nov-2026"', '"cond.kidney" = "Dr. Lee"')
    one = protocol(tmp_path, ACCEPTED, name="one.toml")
    other = protocol(tmp_path, ACCEPTED, renamed, name="other.toml")
    assert diff(one, other).said == "Accepted exception now by Dr. Lee, before Dr. Menon, 22-Nov-2026\n"


def test_items_added_removed_and_moved_are_said(tmp_path: Path) -> None:
    start = SHIPPED_TEXT.index('[[step.item]]\nid = "cond.kidney"')
    end = SHIPPED_TEXT.index("[[step.item]]", start + 1)
    item = SHIPPED_TEXT[start:end]
    before = protocol(tmp_path, ACCEPTED, name="before.toml")
    after = protocol(tmp_path, ACCEPTED, (item, ""), name="after.toml")
    asked = "Medical screening: “Kidney disease or dialysis” (cond.kidney)"
    assert diff(before, after).said == f"Item removed from {asked}\n"
    assert diff(after, before).said == (
        f"Item added to {asked}, needed for clearance\n  on yes or unknown: review, “Kidney disease”\n"
    )
    place = '[[step.item]]\nid = "vitals.weight"'
    moved = protocol(tmp_path, ACCEPTED, (item, ""), (place, item + place), name="moved.toml")
    assert diff(before, moved).said == (
        "“Kidney disease or dialysis” (cond.kidney) moved from Medical screening to Vital signs\n"
    )


def test_the_same_protocol_has_no_clinical_change(tmp_path: Path) -> None:
    before = protocol(tmp_path, name="before.toml")
    after = protocol(tmp_path, ("# Choices of the clinic", "# Ours"), name="after.toml")
    assert diff(before, after).said == "No clinical change.\n"


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
    assert (captured.out, captured.err.count("\n")) == ("", 3)
