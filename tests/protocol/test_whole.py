"""What the rules count in whole numbers is written so: a limit that is shown is the limit that is applied."""

import re
from decimal import Decimal
from pathlib import Path

from checklist.commands.protocol import check
from checklist.protocol import Limit, files
from checklist.protocol.values import COUNTED_WHOLE
from checklist.rules import events, labs
from tests.commands.files import protocol

HALF = Decimal("0.5")
LIMITS = files.shipped().limits
CODE = [path.read_text(encoding="utf-8") for path in Path("checklist").rglob("*.py")]
READ_WHOLE = re.compile(r"int\([^\n]*?limit\(f?\"(?P<key>[\w.]+)\"")
MINUTES = re.compile(r"_minutes\(facts, (?P<keys>[^)]*)\)")


def read_as_whole_numbers() -> set[str]:
    """Every limit whose value the program hands to `int`."""
    keys = {found["key"] for code in CODE for found in READ_WHOLE.finditer(code)}
    named = [found["keys"] for code in CODE for found in MINUTES.finditer(code)]
    keys |= {f"schedule.{key}" for names in named for key in re.findall(r"\"(\w+)\"", names)}
    keys |= {panel.months for panel in labs._PANELS} | {one.limit for one in events._DATED}
    return keys


def test_every_limit_that_is_read_as_a_whole_number_is_counted_whole() -> None:
    keys = read_as_whole_numbers()
    assert {"schedule.observe_after_end", "consent.valid_months", "discharge.sets", "labs.lft_months"} <= keys
    assert {key: LIMITS[key].unit for key in keys if not LIMITS[key].is_whole} == {}


def test_half_of_what_is_counted_whole_is_refused_with_its_line(tmp_path: Path) -> None:
    whole = [limit for limit in LIMITS.values() if limit.is_whole]
    outcome = check(protocol(tmp_path, *(halved(limit) for limit in whole)))
    assert outcome.code == 2
    for limit in whole:
        wanted = f": limits.{limit.key}: {limit.value + HALF} is no whole number. Write whole {limit.unit}: a part of"
        assert any(wanted in line and ", line " in line for line in outcome.complaints), limit.key


def halved(limit: Limit) -> tuple[str, str]:
    """The edit that adds a half to a limit."""
    name = limit.key.rpartition(".")[2]
    low, high = limit.allowed
    rest = f'unit = "{limit.unit}", source = "{limit.source}", allowed = [{low}, {high}], text = "{limit.text}"'
    return f"{name} = {{ value = {limit.value}, {rest}", f"{name} = {{ value = {limit.value + HALF}, {rest}"


def test_hours_may_be_halves(tmp_path: Path) -> None:
    half = ("light_meal = { value = 6,", "light_meal = { value = 6.5,")
    assert check(protocol(tmp_path, half, ("closing_hour = { value = 18", "closing_hour = { value = 17.5"))).code == 0


def test_the_units_that_are_whole_are_units_of_the_protocol() -> None:
    assert {limit.unit for limit in LIMITS.values()} >= COUNTED_WHOLE
