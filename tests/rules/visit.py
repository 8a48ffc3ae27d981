"""A visit with its infusion, 11:00 to 11:40 from a bag of 50 mL, for the tests of dose, monitoring and discharge."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from checklist.model import Answer, Effect, Event, EventKind, Reading, RowId, StaffId, Stage, Verification
from checklist.rules.dose import check_fingerprint
from checklist.rules.facts import Facts
from checklist.snapshot import Finding
from tests.rules import build
from tests.rules.build import Said, event, facts, moment, reading

VECTORS = Path(__file__).parent.parent / "data" / "vectors.csv"
SECOND = StaffId("lee")

ORDER: Mapping[str, Said] = {
    "vitals.weight": Decimal(70),
    "dose.mg_per_kg": Decimal("0.5"),
    "dose.weight_basis": "actual",
    "dose.concentration": "50",
    "dose.total_ml": Decimal(50),
    "dose.diluent": "saline",
    "dose.minutes": Decimal(40),
    "dose.ordered_by": "Dr Menon",
    "dose.mg": Decimal(35),
    "ready.kit": True,
}
"""35 mg for 70 kg in 50 mL over 40 minutes: nothing unusual."""

STARTED = event(EventKind.STARTED, "11:00")
STOPPED = event(EventKind.STOPPED, "11:40", infused_ml="50")


def vectors(rule: str) -> list[tuple[str, str]]:
    """(input, expected) of every row of one rule; a rule without rows is a mistake of the test."""
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = [(row["input"], row["expected"]) for row in csv.DictReader(file) if row["rule"] == rule]
    assert rows, rule
    return rows


def fields(text: str) -> dict[str, str]:
    """`mg_per_kg=0.5; weight_kg=82.6` as a dictionary."""
    return {name.strip(): value.strip() for name, _, value in (part.partition("=") for part in text.split(";"))}


def decimals(text: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in fields(text).items()}


def during(line: str, at: str, **signs: int | Decimal | tuple[str, ...]) -> Reading:
    return reading(line, at, Stage.INFUSION, **signs)  # type: ignore[arg-type]


def after(line: str, at: str, **signs: int | Decimal | tuple[str, ...]) -> Reading:
    return reading(line, at, Stage.RECOVERY, **signs)  # type: ignore[arg-type]


def infusion(
    *readings: Reading,
    now: str = "11:20",
    said: Mapping[str, Said | Answer] | None = None,
    events: tuple[Event, ...] = (STARTED,),
    **more: object,
) -> Facts:
    """The infusion runs since 11:00 with a baseline of 118/76; `said` changes answers of the order."""
    order = {**ORDER, **(said or {})}
    return facts(order, now=now, readings=(build.BASELINE, *readings), events=events, **more)  # type: ignore[arg-type]


def recovery(*readings: Reading, now: str = "12:10", **more: object) -> Facts:
    """The pump was stopped at 11:40, the bag empty."""
    return infusion(*readings, now=now, **{"events": (STARTED, STOPPED), **more})  # type: ignore[arg-type]


def checked(of: Facts, *, agrees: bool = True, by: StaffId = SECOND) -> Facts:
    """A second person has checked the dose as it stands in `of`."""
    one = Verification(by, moment("10:55"), {}, agrees, check_fingerprint(of))
    return replace(of, record=replace(of.record, verifications=(*of.record.verifications, one)))


def with_effects(of: Facts, *effects: Effect) -> Facts:
    return replace(of, record=replace(of.record, effects=effects))


def effect(term: str, action: str, *, removed: bool = False) -> Effect:
    return Effect(RowId("e1"), term, 1, moment("11:50"), action, None, removed, build.NURSE, moment("11:51"))


def by_key(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {one.key: one for one in findings}
