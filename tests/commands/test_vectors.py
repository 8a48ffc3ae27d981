"""Every rule of the reference can be tried with a case file: each worked example goes through the command."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from checklist.commands.assess import assess
from tests.commands.files import protocol, write
from tests.commands.vector_cases import BUILDERS
from tests.rules.vectors import FILE, Vector

with FILE.open(encoding="utf-8", newline="") as _rows:
    VECTORS = [Vector(row["rule"], row["input"], row["expected"]) for row in csv.DictReader(_rows)]
REFUSED = [one for one in VECTORS if one.expected == "REJECT"]
JUDGED = [one for one in VECTORS if one.expected != "REJECT"]
FROM_THE_START = ('observation_from = { value = "end"', 'observation_from = { value = "start"')


def is_from_the_start(vector: Vector) -> bool:
    """Two hours from the start is the clinic's other way to count the observation."""
    return vector.rule == "DST_autumn_observation"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Any]:
    """All cases judged by two runs of the command: the shipped protocol, and one that counts from the start."""
    found: dict[int, Any] = {}
    folder = tmp_path_factory.mktemp("cases")
    from_the_start = protocol(folder, FROM_THE_START)
    for name, other in (("end", None), ("start", from_the_start)):
        places = [place for place, one in enumerate(JUDGED) if is_from_the_start(one) is (other is not None)]
        (folder / name).mkdir()
        for place in places:
            content = BUILDERS[JUDGED[place].rule](JUDGED[place])[0]
            write(folder / name, content, f"{place:03d}.json")
        outcome = assess(folder / name, other)
        assert outcome.complaints == ()
        found |= dict(zip(places, json.loads(outcome.said), strict=True))
    return found


def test_no_rule_is_without_a_case() -> None:
    assert {one.rule for one in VECTORS} == set(BUILDERS)


@pytest.mark.parametrize("place", range(len(JUDGED)), ids=[f"{one.rule}: {one.input}" for one in JUDGED])
def test_the_command_gives_what_the_reference_works_out(place: int, results: dict[int, Any]) -> None:
    _, pick, expected = BUILDERS[JUDGED[place].rule](JUDGED[place])
    assert pick(results[place]) == expected


@pytest.mark.parametrize("vector", REFUSED, ids=lambda one: f"{one.rule}: {one.input}")
def test_what_cannot_be_is_refused_with_its_limits(tmp_path: Path, vector: Vector) -> None:
    outcome = assess(write(tmp_path, BUILDERS[vector.rule](vector)[0]))
    assert (outcome.code, outcome.said) == (2, "")
    (complaint,) = outcome.complaints
    assert ": readings[0]: " in complaint
    assert " is possible" in complaint
