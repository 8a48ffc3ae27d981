"""NEWS2 against the published bands (reference 7.4)."""

import re
from decimal import Decimal

import pytest

from checklist.rules.news2 import Consciousness, News2, Risk, consciousness, news2, of_reading, spo2_points
from tests.rules.build import PROTOCOL
from tests.rules.visit import after, vectors

PATTERN = re.compile(
    r"RR(?P<rr>\d+) SpO2 (?P<spo2>\d+) (?P<air>air|O2) SBP(?P<sbp>\d+) HR(?P<hr>\d+) "
    r"(?P<mind>[AVPU]|new Confusion) T(?P<temp>[\d.]+) scale(?P<scale>[12])"
)


def score_of(text: str) -> News2:
    found = PATTERN.fullmatch(text)
    assert found is not None, text
    return news2(
        rr=int(found["rr"]),
        spo2=int(found["spo2"]),
        on_oxygen=found["air"] == "O2",
        sbp=int(found["sbp"]),
        pulse=int(found["hr"]),
        consciousness=Consciousness("C" if found["mind"] == "new Confusion" else found["mind"]),
        temp_c=Decimal(found["temp"]),
        scale=int(found["scale"]),
    )


@pytest.mark.parametrize(("given", "expected"), vectors("news2"))
def test_vectors(given: str, expected: str) -> None:
    score = score_of(given)
    assert f"{score.total} {score.risk}" == expected


def normal(**changed: int | Decimal | bool | Consciousness | None) -> News2:
    values: dict[str, object] = {
        "rr": 16, "spo2": 98, "on_oxygen": False, "sbp": 120, "pulse": 72,
        "consciousness": Consciousness.ALERT, "temp_c": Decimal("36.8"),
    }  # fmt: skip
    return news2(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sign", "bands"),
    [
        ("rr", {8: 3, 9: 1, 11: 1, 12: 0, 20: 0, 21: 2, 24: 2, 25: 3}),
        ("spo2", {91: 3, 92: 2, 93: 2, 94: 1, 95: 1, 96: 0}),
        ("sbp", {90: 3, 91: 2, 100: 2, 101: 1, 110: 1, 111: 0, 219: 0, 220: 3}),
        ("pulse", {40: 3, 41: 1, 50: 1, 51: 0, 90: 0, 91: 1, 110: 1, 111: 2, 130: 2, 131: 3}),
    ],
)
def test_every_edge(sign: str, bands: dict[int, int]) -> None:
    assert {value: normal(**{sign: value}).total for value in bands} == bands


def test_every_edge_of_the_temperature() -> None:
    bands = {"35.0": 3, "35.1": 1, "36.0": 1, "36.1": 0, "38.0": 0, "38.1": 1, "39.0": 1, "39.1": 2}
    assert {value: normal(temp_c=Decimal(value)).total for value in bands} == bands


def test_oxygen_scores_two() -> None:
    assert normal(on_oxygen=True).total == 2


@pytest.mark.parametrize("mind", [one for one in Consciousness if one is not Consciousness.ALERT])
def test_not_alert_scores_three(mind: Consciousness) -> None:
    assert normal(consciousness=mind).total == 3


def test_scale_2_on_air() -> None:
    bands = {83: 3, 84: 2, 85: 2, 86: 1, 87: 1, 88: 0, 92: 0, 93: 0, 99: 0}
    assert {value: spo2_points(value, False, 2) for value in bands} == bands


def test_scale_2_on_oxygen() -> None:
    bands = {83: 3, 87: 1, 88: 0, 92: 0, 93: 1, 94: 1, 95: 2, 96: 2, 97: 3}
    assert {value: spo2_points(value, True, 2) for value in bands} == bands


def test_scale_2_without_a_value() -> None:
    assert spo2_points(None, True, 2) is None


@pytest.mark.parametrize(
    ("changed", "risk"),
    [
        ({}, Risk.LOW),
        ({"rr": 8}, Risk.LOW_MEDIUM),
        ({"pulse": 111, "on_oxygen": True}, Risk.LOW),
        ({"pulse": 111, "on_oxygen": True, "spo2": 95}, Risk.MEDIUM),
        ({"rr": 25, "pulse": 131}, Risk.MEDIUM),
        ({"rr": 25, "pulse": 131, "temp_c": Decimal("38.1")}, Risk.HIGH),
    ],
)
def test_risk_bands(changed: dict[str, int], risk: Risk) -> None:
    assert normal(**changed).risk is risk


def test_a_missing_part_leaves_no_total_and_a_lower_bound() -> None:
    score = normal(temp_c=None, rr=25)
    assert score.total is None
    assert score.risk is None
    assert score.at_least == 3
    assert score.highest == 3


@pytest.mark.parametrize(
    ("moaas", "dissociation", "mind"),
    [(5, 0, "A"), (4, 2, "A"), (4, 3, "C"), (5, 3, "C"), (3, 0, "V"), (2, 0, "P"), (1, 0, "P"), (0, 0, "U")],
)
def test_consciousness_from_sedation_and_dissociation(moaas: int, dissociation: int, mind: str) -> None:
    assert consciousness(after("118/76", "12:00", moaas=moaas, dissociation=dissociation), PROTOCOL) == mind


def test_without_sedation_consciousness_is_not_known() -> None:
    assert of_reading(after("118/76 72 98 14 36.7", "12:00"), PROTOCOL).total is None


def test_a_whole_reading() -> None:
    reading = after("118/76 72 98 14 36.7", "12:00", moaas=5, oxygen_l_min=Decimal(2))
    assert of_reading(reading, PROTOCOL).total == 2
