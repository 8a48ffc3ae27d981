"""Modified Aldrete (1995) and MPADSS (reference 7.1, 7.2)."""

from decimal import Decimal

import pytest

from checklist.rules import scores
from checklist.snapshot import Score
from tests.rules.build import DECLINED, PROTOCOL, UNKNOWN, Said
from tests.rules.visit import after, decimals, fields, recovery, vectors

TWOS: dict[str, Said] = {
    "aldrete.activity": "2",
    "aldrete.respiration": "2",
    "aldrete.consciousness": "2",
    "mpadss.ambulation": "2",
    "mpadss.nausea": "2",
    "mpadss.pain": "2",
    "mpadss.bleeding": "2",
}
GOOD = after("118/76 72 98 14", "12:05")


def parts(score: Score) -> dict[str, int | None]:
    return dict(score.parts)


@pytest.mark.parametrize(("given", "expected"), vectors("aldrete_circulation"))
def test_aldrete_circulation(given: str, expected: str) -> None:
    values = decimals(given)
    assert scores.aldrete_circulation(values["baseline_sbp"], values["now_sbp"], PROTOCOL) == int(expected)


@pytest.mark.parametrize(("given", "expected"), vectors("aldrete_spo2"))
def test_aldrete_spo2(given: str, expected: str) -> None:
    values = fields(given)
    assert scores.aldrete_spo2(int(values["spo2"]), values["oxygen"] == "1", PROTOCOL) == int(expected)


@pytest.mark.parametrize(("given", "expected"), vectors("padss_vital_signs"))
def test_padss_vital_signs(given: str, expected: str) -> None:
    values = decimals(given)
    assert scores.padss_vital_signs(values["baseline"], values["now"], PROTOCOL) == int(expected)


def points_of(text: str) -> tuple[scores.Part, ...]:
    """`activity 2; respiration 2` as parts."""
    return tuple((name, int(value)) for name, _, value in (part.strip().rpartition(" ") for part in text.split(";")))


@pytest.mark.parametrize("rule", ["aldrete_total", "mpadss_total"])
def test_totals(rule: str) -> None:
    for given, expected in vectors(rule):
        made = scores.score(rule, points_of(given), int(PROTOCOL.limit(f"{rule.removesuffix('_total')}.pass")))
        assert f"{made.total} {'MET' if made.passes else 'NOT MET'}" == expected


@pytest.mark.parametrize(
    ("now", "points"), [(60, 0), (61, 1), (95, 1), (96, 2), (120, 2), (144, 2), (145, 1), (179, 1), (180, 0)]
)
def test_circulation_edges_high_and_low(now: int, points: int) -> None:
    assert scores.aldrete_circulation(Decimal(120), now, PROTOCOL) == points


@pytest.mark.parametrize(
    ("spo2", "oxygen", "points"),
    [(90, False, 0), (91, False, 1), (92, False, 1), (93, False, 2), (90, True, 0), (91, True, 1), (99, True, 1)],
)
def test_spo2_edges(spo2: int, oxygen: bool, points: int) -> None:
    assert scores.aldrete_spo2(spo2, oxygen, PROTOCOL) == points


@pytest.mark.parametrize(
    ("now", "points"), [(144, 2), (145, 1), (168, 1), (169, 0), (96, 2), (95, 1), (72, 1), (71, 0)]
)
def test_vital_sign_edges(now: int, points: int) -> None:
    assert scores.padss_vital_signs(Decimal(120), now, PROTOCOL) == points


def test_all_twos_make_ten() -> None:
    aldrete, mpadss = scores.scores(recovery(GOOD, said=TWOS))
    assert (aldrete.name, aldrete.total, aldrete.passes) == ("Modified Aldrete (1995), % of baseline", 10, True)
    assert (mpadss.name, mpadss.total, mpadss.passes, mpadss.pass_mark) == ("MPADSS", 10, True, 9)


@pytest.mark.parametrize("said", [UNKNOWN, DECLINED])
def test_an_unknown_part_leaves_no_total(said: Said) -> None:
    score = scores.aldrete(recovery(GOOD, said={**TWOS, "aldrete.activity": said}))
    assert score.total is None
    assert not score.passes
    assert parts(score)["Activity"] is None


def test_without_a_reading_after_the_infusion_there_is_no_total() -> None:
    aldrete, mpadss = scores.scores(recovery(said=TWOS))
    assert (parts(aldrete)["Circulation"], parts(aldrete)["SpO2"], aldrete.total) == (None, None, None)
    assert parts(mpadss)["Vital signs"] is None


def test_the_latest_reading_that_has_the_sign_counts() -> None:
    score = scores.aldrete(recovery(GOOD, after("170/90", "12:08"), said=TWOS))
    assert parts(score)["Circulation"] == 1
    assert parts(score)["SpO2"] == 2


def test_the_heart_rate_counts_in_the_vital_signs() -> None:
    score = scores.mpadss(recovery(after("118/76 101 98 14", "12:05"), said=TWOS))
    assert parts(score)["Vital signs"] == 0


def test_without_a_heart_rate_the_vital_signs_are_not_scored() -> None:
    assert parts(scores.mpadss(recovery(after("118/76", "12:05"), said=TWOS)))["Vital signs"] is None


def test_words_of_the_scales() -> None:
    assert scores.moaas_words(4, PROTOCOL) == "4 Lethargic"
    assert scores.dissociation_words(1, PROTOCOL) == "1 Mild"
