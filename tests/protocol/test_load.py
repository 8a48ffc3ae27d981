"""The shipped protocol loads; a clinic's mistake in it is named with its line and its mend."""

import ast
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checklist.errors import ProtocolError
from checklist.model import ItemId, Level
from checklist.protocol import Carry, ItemKind, NeededFor, Protocol, load
from checklist.protocol.calls import READ_BY_CALLS
from checklist.protocol.check import KNOWN_FACTS, READ_BY_RULES
from checklist.protocol.read import examine
from checklist.protocol.source_lines import scan
from checklist.resources import read_text
from checklist.rules.facts import FACTS
from tests.protocol.mistakes import MISTAKES

TEXT = read_text("protocol/iv-ketamine.toml")
LINES = TEXT.splitlines(keepends=True)
SHIPPED = load(TEXT, "iv-ketamine.toml")
RULES = Path(__file__).resolve().parents[2] / "checklist" / "rules"


def complaint(text: str, like: Protocol | None = None) -> str:
    with pytest.raises(ProtocolError) as mistake:
        load(text, "clinic.toml", like=like)
    return mistake.value.sentence


def edited(old: str, new: str) -> str:
    assert old in TEXT, old
    return TEXT.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_shipped_protocol_loads_and_holds_its_own_measure() -> None:
    assert load(TEXT, "clinic.toml", like=SHIPPED) == SHIPPED
    assert (SHIPPED.id, SHIPPED.version) == ("iv-ketamine", "1")
    assert [step.id for step in SHIPPED.steps][:3] == ["identity", "fasting", "transport"]
    assert len(list(SHIPPED.items())) > 70


def test_an_item_has_what_its_lines_say() -> None:
    item = SHIPPED.item("transport.plan")
    assert (item.kind, item.needed_for, item.carry) == (ItemKind.CHOICE, NeededFor.CLEARANCE, Carry.SAME)
    assert [option.key for option in item.options] == ["1", "2", "3", "4", "5"]
    assert item.gates[1].level is Level.STOP
    assert item.line == line_of(TEXT, 'id = "transport.plan"') - 1
    assert SHIPPED.step_of("transport.plan").id == "transport"
    option = item.option("none")
    assert option is not None
    assert option.label == "Nothing arranged"
    assert item.option("bus") is None
    with pytest.raises(KeyError):
        SHIPPED.item("transport.bus")


def test_numbers_are_decimals_with_their_source() -> None:
    assert SHIPPED.limit("fasting.ASA.light_meal") == Decimal(6)
    assert SHIPPED.limits["dose.mg_per_kg_usual"].value == Decimal("0.75")
    assert SHIPPED.source_of("fasting.ASA.clear_liquid") == "ASA fasting update 2023"
    assert SHIPPED.source_of("glucose.low") == "clinic policy"
    assert SHIPPED.source_shown("S:SPR-DRO") == "clinic policy"  # a weak source is never presented as a guideline
    assert SHIPPED.source_shown("M") == "clinic policy"
    assert SHIPPED.setting("fasting_profile") == "ASA"
    assert SHIPPED.limits["age.adult"].line == line_of(TEXT, "adult = {")


def test_a_changed_protocol_finds_its_new_items() -> None:
    renamed = replace(SHIPPED, steps=SHIPPED.steps[:1])
    assert renamed.item("identity.name") is SHIPPED.item("identity.name")
    with pytest.raises(KeyError):
        renamed.item("fasting.solids")


# ---- what the rules read


def named_in_rules() -> set[str]:
    """Ids of items that the rules name, whole or as `f"discharge.{key}"` with the key in the same file."""
    ids = {str(item.id) for item in SHIPPED.items()}
    return {name for file in RULES.glob("*.py") for name in named_in(file.read_text(encoding="utf-8")) if name in ids}


def named_in(source: str) -> set[str]:
    words: set[str] = set()
    prefixes: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int):
            words.add(str(node.value))
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            prefixes.add(str(node.values[0].value))
    return words | {prefix + word for prefix in prefixes if prefix.endswith(".") for word in words}


def test_the_list_of_items_that_rules_read_is_exactly_what_they_read() -> None:
    assert named_in_rules() == set(READ_BY_RULES)
    assert len(set(READ_BY_RULES)) == len(READ_BY_RULES)


def without_items(*ids: str) -> str:
    """The file with these ids written otherwise wherever they stand."""
    text = TEXT
    for item_id in ids:
        text = text.replace(f'"{item_id}"', f'"my.{item_id}"')
    return text


def is_missing(item_id: str) -> str:
    return f"clinic.toml: the item “{item_id}” is missing; a rule reads it. Copy it from the shipped protocol."


@pytest.mark.parametrize("read", [READ_BY_RULES, READ_BY_CALLS], ids=["in the visit", "in the call"])
def test_no_item_that_a_rule_reads_can_be_left_out(read: Sequence[str]) -> None:
    _, told = examine(without_items(*read), "clinic.toml", like=SHIPPED)
    assert [one for one in told if "is missing" in one] == [is_missing(item_id) for item_id in read]


@pytest.mark.parametrize("item_id", [READ_BY_RULES[0], "asq.5", READ_BY_RULES[-1], *READ_BY_CALLS[::6]])
def test_an_item_that_a_rule_reads_is_the_first_that_is_missed(item_id: str) -> None:
    assert complaint(without_items(item_id), SHIPPED) == is_missing(item_id)


def test_a_lighter_question_of_the_call_needs_a_name() -> None:
    text = edited('level = "review", title = "Drove before it was allowed"', 'level = "info", title = "Drove"')
    said = complaint(text, SHIPPED)
    assert "item “call.drove”: “yes” was review and is now info." in said
    accepted = '[accepted]\n"call.drove" = "Dr. A. Menon, 22-Nov-2026"\n'
    assert load(accepted + text, "clinic.toml", like=SHIPPED).accepted["call.drove"]


def test_the_call_is_no_step_of_the_visit() -> None:
    assert not {item.id for item in SHIPPED.items()} & {item.id for item in SHIPPED.followup}
    call = SHIPPED.for_call()
    assert ([step.id for step in call.steps], call.followup) == (["followup"], ())
    assert call.item("call.drove") in SHIPPED.followup
    with pytest.raises(KeyError):
        SHIPPED.item("call.drove")


def test_an_item_that_no_rule_reads_may_go_when_a_name_stands_for_it() -> None:
    start = TEXT.index('[[step.item]]\nid = "cond.eye"')
    end = TEXT.index("[[step.item]]", start + 1)
    accepted = '[accepted]\n"cond.eye" = "Dr. A. Menon, 22-Nov-2026"\n'
    own = load(accepted + TEXT[:start] + TEXT[end:], "clinic.toml", like=SHIPPED)
    assert ItemId("cond.eye") not in {item.id for item in own.items()}


AGAINST_SHIPPED = [
    ("glucose: low", "low = { value = 70", "low_sugar = { value = 70", "limits has no “glucose.low”"),
    ("setting", 'no_drive_rule = { value = "BOTH"', 'drive = { value = "BOTH"', "settings has no “no_drive_rule”"),
    ("bounds", 'rate = { unit = "mL/h"', 'pump = { unit = "mL/h"', "bounds has no “rate”"),
    ("text", "moaas_3 = ", "moaas_three = ", "texts has no “moaas_3”"),
    ("unit", 'low = { value = 70, unit = "mg/dL"', 'low = { value = 70, unit = "mmol/L"', "Give it in mg/dL."),
    ("bounds unit", 'weight = { unit = "kg"', 'weight = { unit = "lb"', "bounds weight are in “lb”"),
    (
        "setting value",
        'value = "end", options = ["end", "start"]',
        'value = "middle", options = ["middle"]',
        "setting observation_from is “middle”. Use one of: end, start.",
    ),
    (
        "kind",
        'id = "asq.1"\nkind = "yes_no"',
        'id = "asq.1"\nkind = "text"',
        "item “asq.1” is a text; a rule reads it as a yes_no.",
    ),
    ("options", 'id = "50", label = "50 mg/mL"', 'id = "fifty", label = "50 mg/mL"', "needs the options 10, 50, 100"),
    ("item bounds", 'bounds = "mg_per_kg"', 'bounds = "mg"', 'item “dose.mg_per_kg” needs bounds = "mg_per_kg"'),
]


@pytest.mark.parametrize(
    ("old", "new", "sentence"), [row[1:] for row in AGAINST_SHIPPED], ids=[r[0] for r in AGAINST_SHIPPED]
)
def test_what_the_rules_read_must_be_there_in_their_unit(old: str, new: str, sentence: str) -> None:
    assert sentence in complaint(edited(old, new), SHIPPED)


@pytest.mark.parametrize(
    ("old", "new", "where", "sentence"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_a_mistake_is_named_with_its_line_and_its_mend(old: str, new: str, where: str, sentence: str) -> None:
    text = edited(old, new)
    said = complaint(text)
    assert said.startswith("clinic.toml")
    assert sentence in said
    if where:
        line = line_of(text, where)
        assert any(f", line {number}:" in said for number in (line, line - 1)), said


@pytest.mark.parametrize("table", ["protocol", "sources", "settings", "limits", "bounds", "texts"])
def test_a_missing_table_is_named(table: str) -> None:
    assert f"the table [{table}] is missing" in complaint(without(table))


def without(table: str) -> str:
    """The file without one table and all that stands below it."""
    kept, inside = [], False
    for line in LINES:
        if line.startswith("["):
            inside = line.strip("[]\n").split(".")[0] == table
        if not inside:
            kept.append(line)
    return "".join(kept)


@pytest.mark.parametrize(
    "text", ["effect = 3", "effect = [3]", "step = 3", "step = [1]", 'limits = "none"', "effect = [{ id = 3 }]"]
)
def test_a_value_of_another_shape_is_refused_in_words(text: str) -> None:
    name = text.split(" ", maxsplit=1)[0]
    assert complaint(text + "\n" + without(name))


def test_two_circles_of_several_items_are_found() -> None:
    text = edited('show_when = [{ fact = "takes_glp1" }]', 'show_when = [{ item = "glp1.solids24", is = ["yes"] }]')
    far = text.rfind('show_when = [{ fact = "takes_glp1" }]')
    text = (
        text[:far]
        + 'show_when = [{ item = "glp1.raised", is = ["yes"] }]'
        + text[far + len('show_when = [{ fact = "takes_glp1" }]') :]
    )
    assert "waits for itself" in complaint(text)


def test_a_limit_outside_its_range_stands_when_somebody_accepts_it() -> None:
    text = edited("adult = { value = 18,", 'adult = { value = 16, accepted_by = "Dr. A. Menon, 20-Nov-2026",')
    assert load(text, "clinic.toml", like=SHIPPED).limit("age.adult") == 16


def said_of(text: str) -> str:
    """`loads`, or the complaint; any other error than a ProtocolError fails the test."""
    try:
        load(text, "clinic.toml", like=SHIPPED)
    except ProtocolError as mistake:
        return mistake.sentence
    return "loads"


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(LINES) - 1))
@example(0)
@example(line_of(TEXT, "[protocol]") - 1)
def test_a_file_with_any_line_gone_loads_or_says_why(gone: int) -> None:
    assert said_of("".join(LINES[:gone] + LINES[gone + 1 :])).startswith(("loads", "clinic.toml"))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.sampled_from(['"', "[", "]", "{", "}", "=", "#", "\n", "9", "x", "\x00", "é"]))
def test_a_file_with_any_slip_of_a_key_loads_or_says_why(place: int, slip: str) -> None:
    assert said_of(TEXT[:place] + slip + TEXT[place + 1 :]).startswith(("loads", "clinic.toml"))


def test_lines_are_found_in_the_text_as_it_stands() -> None:
    lines = scan('# head\n[a]\n"b" = 1 # x\n\n[[c.d]]\nid = 2\n[[c.d]]\n[ e . f ]\n')
    assert (lines.of_key("a"), lines.of_key("a.b"), lines.of_key("a.zzz"), lines.of_key("nowhere")) == (2, 3, 2, 1)
    assert [lines.of_entry("c.d", index) for index in (0, 1, 2)] == [5, 7, 1]
    assert scan("top = 1\n").of_key("top") == 1


def test_an_item_may_wait_for_two_that_wait_for_a_third() -> None:
    both = '[{ item = "substances.what", is = ["answered"] }, { item = "substances.intoxicated", is = ["no"] }]'
    text = edited('id = "scores.pcl5"\n', f'id = "scores.pcl5"\nshow_when = {both}\n')
    assert len(load(text, "clinic.toml", like=SHIPPED).item("scores.pcl5").show_when) == 2


def test_the_facts_that_a_protocol_may_name_are_those_that_the_rules_know() -> None:
    assert set(KNOWN_FACTS) == set(FACTS)
