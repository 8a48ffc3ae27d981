"""Whatever can be wrong in a clinic's file is told at once: a sentence each, with file, line and mend; exit code 2."""

from pathlib import Path

import pytest

from checklist import cli
from checklist.commands.protocol import check
from checklist.protocol import files
from checklist.protocol.check import PLACEHOLDERS
from checklist.protocol.order import ORDERED
from checklist.rules.texts import _VALUES
from tests.commands.files import SHIPPED_TEXT, protocol, write
from tests.protocol.wrong import ADULT, GLP1, POSITIVE, WRONG, Change


def lines_of(text: str, part: str) -> set[int]:
    """Where a part begins; an item is named by the line of its header, one above its id."""
    part = part if part in text else f'id = "{part}"'
    number = text[: text.index(part)].count("\n") + 1 + part.startswith("\n")
    return {number, number - 1, number + 1}


@pytest.mark.parametrize(
    ("change", "where", "sentence"), [row[1:] for row in WRONG], ids=[f"{row[0]}: {row[3][:40]}" for row in WRONG]
)
def test_a_mistake_has_its_sentence_with_file_line_and_mend(
    tmp_path: Path, change: Change, where: str, sentence: str
) -> None:
    path = protocol(tmp_path, change)
    outcome = check(path)
    assert (outcome.code, outcome.said) == (2, "")
    told = [line for line in outcome.complaints if sentence in line]
    assert told, outcome.complaints
    assert all(line.startswith(str(path)) and line.endswith(".") for line in outcome.complaints)
    if where:
        text = path.read_text(encoding="utf-8")
        assert any(f", line {number}:" in told[0] for number in lines_of(text, where)), told[0]


@pytest.mark.parametrize("placed", ["label", "help", "title", "action", "intro"])
def test_a_misspelt_placeholder_is_named(tmp_path: Path, placed: str) -> None:
    changes = {
        "label": ('label = "Porphyria"', 'label = "Porphyria {planed}"'),
        "help": ('label = "Porphyria"\n', 'label = "Porphyria"\nhelp = "Since {planed}"\n'),
        "title": ('title = "Porphyria"', 'title = "Porphyria {planed}"'),
        "action": ('title = "Thyroid disease", action = "', 'title = "Thyroid disease", action = "{planed} '),
        "intro": ('intro = "Planned start {planned}', 'intro = "Planned start {planed}'),
    }
    (complaint,) = check(protocol(tmp_path, changes[placed])).complaints
    assert "{planed} is no placeholder. Use one of: {planned}, {scheduled}, {light}, {fatty}, {clear}," in complaint
    assert ", line " in complaint


def test_the_placeholders_that_a_protocol_may_hold_are_those_that_the_rules_fill() -> None:
    assert set(PLACEHOLDERS) == set(_VALUES)


def test_a_cycle_through_three_items_names_all_three(tmp_path: Path) -> None:
    waits = [("glp1.raised", "glp1.solids24"), ("glp1.symptoms", "glp1.raised"), ("glp1.solids24", "glp1.symptoms")]
    text = SHIPPED_TEXT
    for item, other in waits:
        place = text.index(GLP1, text.index(f'id = "{item}"'))
        answer = "some" if other == "glp1.symptoms" else "yes"
        wait = f'show_when = [{{ item = "{other}", is = ["{answer}"] }}]'
        text = text[:place] + wait + text[place + len(GLP1) :]
    said = check(write(tmp_path, text, "own.toml")).complaints
    for item, _ in waits:
        assert any(f"item “{item}” waits for itself through its conditions, so it can never be" in one for one in said)


def test_an_item_that_waits_for_what_its_own_condition_excludes_is_unreachable(tmp_path: Path) -> None:
    """B is asked when A is yes; C is asked when B is answered and A is no: nobody ever sees C."""
    change = (
        'id = "substances.what"\n',
        'id = "substances.note"\nkind = "text"\nlabel = "Note"\nneeded_for = "nothing"\nshow_when = [\n'
        '  { item = "substances.what", is = ["answered"] },\n  { item = "substances.last24", is = ["no"] },\n]\n\n'
        '[[step.item]]\nid = "substances.what"\n',
    )
    (complaint,) = check(protocol(tmp_path, change)).complaints
    assert "item “substances.note”: waits for “substances.last24” to be both no and yes, so it can never" in complaint


def test_three_conditions_without_a_common_answer_are_found_though_each_two_have_one(tmp_path: Path) -> None:
    pairs = (["severe", "moderate"], ["moderate", "no"], ["no", "severe"])
    conditions = ", ".join(f'{{ item = "cond.liver", is = {str(pair).replace(chr(39), chr(34))} }}' for pair in pairs)
    change = ('id = "cond.directive"\n', f'id = "cond.directive"\nshow_when = [{conditions}]\n')
    assert "waits for “cond.liver” to be both severe or moderate and" in check(protocol(tmp_path, change)).complaints[0]


def test_every_mistake_of_a_file_is_listed_by_line(tmp_path: Path) -> None:
    path = protocol(
        tmp_path,
        (ADULT, ADULT.replace("value = 18", 'value = "18"')),
        ("sbp_hold = { value = 160", "sbp_hold = { value = 170"),
        ('title = "AMGSB fasting page", grade = "C"', 'title = "AMGSB fasting page", grade = "E"'),
        ('value = "last"', 'value = "first"'),
        ("reject = [3, 70]", "reject = [70, 3]"),
        ("moaas_3 = ", "moaas_3 = 3 #"),
        ('grades = ["not limiting"', 'grades = ["x", "not limiting"'),
        ('phase = "infusion"\npanel', 'phase = "during"\npanel'),
        (POSITIVE, 'when = "positive", level = "stop"'),
        ('level = "review", title = "Porphyria"', 'level = "halt", title = "Porphyria"'),
        ('label = "In the past", key = "2"', 'label = "In the past", key = "U"'),
        (GLP1, 'show_when = [{ fact = "takes_tea" }]'),
        ('label = "Lot"', 'label = ""'),
    )
    outcome = check(path)
    wanted = (
        "“value” must be a number",
        "170 is outside",
        "grade “E”",
        "“first” is not one of",
        "starts above its end",
        "“moaas_3” must be text",
        "has 4 grades",
        "phase “during”",
        "“when” must be a list",
        "“level” is “halt”",
        "key “U” cannot",
        "the fact “takes_tea”",
        "“label” must be text",
        "asked of fewer patients",
    )
    assert len(outcome.complaints) == len(wanted), "\n".join(outcome.complaints)
    for part in wanted:
        assert any(part in line for line in outcome.complaints), part
    numbers = [int(line.partition(", line ")[2].partition(":")[0]) for line in outcome.complaints]
    assert numbers == sorted(numbers)


def test_a_part_that_cannot_be_read_does_not_make_others_look_wrong(tmp_path: Path) -> None:
    """Items that wait for a mistaken one, and the list of what rules read, are not complained about."""
    path = protocol(tmp_path, ('id = "transport.plan"\nkind = "choice"', 'id = "transport.plan"\nkind = "choices"'))
    (complaint,) = check(path).complaints
    assert "item “transport.plan”: “kind” is “choices”." in complaint


@pytest.mark.parametrize("text", ["x = " + "[" * 5_000, "x = " + "9" * 5_000])
def test_what_breaks_a_parser_is_a_sentence(tmp_path: Path, text: str) -> None:
    outcome = check(write(tmp_path, text, "own.toml"))
    assert outcome.code == 2
    assert ", line 1: " in outcome.complaints[0]


def test_a_file_of_ten_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"# filler\n" * 1_200_000)
    assert check(path).complaints == (
        f"{path}, line 1: this file is larger than 2 MB and no protocol. Check its name.",
    )


@pytest.mark.parametrize("damage", ["crlf", "bom"])
def test_line_ends_and_mark_of_windows_are_no_mistake_and_change_no_line(tmp_path: Path, damage: str) -> None:
    wrong = SHIPPED_TEXT.replace("adult = { value = 18", "adult = { value = 8")
    for text, code in ((SHIPPED_TEXT, 0), (wrong, 2)):
        path = tmp_path / f"{code}.toml"
        changed = "\ufeff" + text if damage == "bom" else text.replace("\n", "\r\n")
        path.write_bytes(changed.encode())
        outcome = check(path)
        assert outcome.code == code, outcome.complaints
    line = SHIPPED_TEXT[: SHIPPED_TEXT.index("\nadult = {")].count("\n") + 2
    assert f", line {line}: limits.age.adult: 8 is outside" in outcome.complaints[0]


def test_a_folder_in_place_of_a_file_is_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in check(tmp_path).complaints[0]


def test_the_value_on_either_end_of_its_range_needs_no_name(tmp_path: Path) -> None:
    for value in (18, 21):
        assert check(protocol(tmp_path, ("adult = { value = 18", f"adult = {{ value = {value}"))).code == 0


def test_typed_numbers_may_be_wider_when_somebody_accepts_it(tmp_path: Path) -> None:
    wide = 'reject = [3, 90], confirm = [8, 30], accepted_by = "Dr. A. Menon, 22-Nov-2026"'
    assert check(protocol(tmp_path, ("reject = [3, 70], confirm = [8, 30]", wide))).code == 0
    assert (
        check(protocol(tmp_path, ("reject = [3, 70], confirm = [8, 30]", "reject = [5, 60], confirm = [8, 30]"))).code
        == 0
    )


@pytest.mark.parametrize("row", ORDERED, ids=lambda row: row[0])
def test_limits_that_belong_together_are_limits_of_one_unit(row: tuple[str, ...]) -> None:
    limits = [files.shipped().limits[key] for key in row]
    assert len({limit.unit for limit in limits}) == 1
    assert [limit.value for limit in limits] == sorted(limit.value for limit in limits)


def test_the_command_ends_with_2_and_nothing_on_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = protocol(tmp_path, (ADULT, ""))
    for arguments in (["protocol", "check", str(own)], ["protocol", "show", str(own)],
                      ["assess", str(tmp_path), "--protocol", str(own)]):  # fmt: skip
        assert cli.main(arguments) == 2, arguments
    assert capsys.readouterr().out == ""
