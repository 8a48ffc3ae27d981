"""Rows of vectors.csv by rule, with their inputs taken apart."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

FILE = Path(__file__).parent.parent / "data" / "vectors.csv"


@dataclass(frozen=True)
class Vector:
    rule: str
    input: str
    expected: str

    @property
    def values(self) -> dict[str, str]:
        """`key=value; key=value` as a mapping."""
        parts = (part.partition("=") for part in self.input.split("; "))
        return {key.strip(): value.strip() for key, _, value in parts}


def vectors(*rules: str) -> list[Vector]:
    """Every row of these rules; fails when a rule has none, so that a renamed rule is noticed."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [Vector(row["rule"], row["input"], row["expected"]) for row in csv.DictReader(file)]
    missing = set(rules) - {row.rule for row in rows}
    if missing:
        raise ValueError(f"vectors.csv has no rows of {missing}")
    return [row for row in rows if row.rule in rules]


def each(*rules: str) -> pytest.MarkDecorator:
    """Parametrises a test over the rows of these rules."""
    return pytest.mark.parametrize("vector", vectors(*rules), ids=lambda row: f"{row.rule}: {row.input}")
