"""Worse is never better, not known is never better than good, and each sentence names its numbers."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checklist.model import AnswerState, Level, Reading
from checklist.protocol import Item, ItemKind
from checklist.rules import criteria, dose_warnings, interval, recovery, schedule
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import Finding, VerdictKind
from checklist.times import Moment
from tests.rules.build import BASELINE, PROTOCOL, UNKNOWN, Said, facts, medicine, moment, ready
from tests.rules.leaving import DONE, SETS, leaving
from tests.rules.test_properties import PLAIN, STATES, changes, weight
from tests.rules.visit import ORDER, after, during, infusion

GATED = [item for item in PLAIN if item.gates]
TOLD = ("vitals.", "monitor.", "fasting.", "labs.", "interval.", "dose.")
# About what is missing, or about the pump's arithmetic that is written out another way.
WITHOUT_ITS_NUMBER = ("dose.weight_basis", "dose.bag")


def words(item: Item) -> list[Said]:
    return [option.id for option in item.options] or [True, False]


def heaviest(item: Item, said: Said) -> int:
    """The rank of the gate that an answer meets; CLEAR without one."""
    word = {True: "yes", False: "no"}.get(said, said) if isinstance(said, bool) else str(said)
    return next((gate.level.rank for gate in item.gates if word in gate.when), Level.CLEAR.rank)


@settings(max_examples=50, deadline=None)
@given(changes(), st.sampled_from(GATED), st.data())
def test_an_answer_with_a_heavier_gate_never_improves_the_verdict(
    changed: dict[str, Said], item: Item, data: st.DataObject
) -> None:
    better, worse = sorted(
        (data.draw(st.sampled_from(words(item))) for _ in range(2)), key=lambda one: heaviest(item, one)
    )
    # A question that this answer opens or closes is another matter: it is then asked.
    assume(not any(condition.item == item.id for other in PROTOCOL.items() for condition in other.show_when))
    weights = [weight(facts(ready({**changed, item.id: said}), readings=(BASELINE,))) for said in (better, worse)]
    assert weights[0] <= weights[1]


@settings(max_examples=40, deadline=None)
@given(changes(), st.sampled_from(["fasting.solids", "fasting.fluids"]), st.integers(0, 60 * 48))
def test_a_meal_not_known_is_never_better_than_one_that_is_long_ago(
    changed: dict[str, Said], item: str, minutes: int
) -> None:
    good = moment("2026-11-17 00:00").plus(minutes=-minutes)
    weights = [weight(facts(ready({**changed, item: said}), readings=(BASELINE,))) for said in (good, UNKNOWN)]
    assert weights[0] <= weights[1]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["xanax 0.5", "oxycodone 5", "ozempic 1 mg", "viagra", "abacavir", "adderall 10"]))
def test_a_last_dose_not_known_is_never_better_than_one_that_is_long_ago(name: str) -> None:
    said = ready()
    rows = [medicine(name, taken) for taken in ("2026-10-01 08:00", UNKNOWN)]
    found = [evaluate(facts(said, readings=(BASELINE,), medicines=(row,))) for row in rows]
    levels = [next(one.level.rank for one in each if one.key == "med.m1") for each in found]
    assert levels[0] <= levels[1]


SIGNS = st.fixed_dictionaries(
    {
        "sbp": st.integers(60, 230),
        "dbp": st.integers(30, 59),
        "hr": st.integers(25, 180),
        "spo2": st.integers(70, 100),
        "rr": st.integers(4, 40),
    }
)


GOOD_SIGNS = {"sbp": 118, "dbp": 76, "hr": 72, "spo2": 98, "rr": 14}


@pytest.mark.parametrize("missing", [(), *((name,) for name in (*GOOD_SIGNS, "temp_c"))])
def test_a_vital_sign_that_was_not_taken_is_never_taken_as_good(missing: tuple[str, ...]) -> None:
    signs = {**GOOD_SIGNS, "temp_c": Decimal("36.7")}
    left = {name: value for name, value in signs.items() if name not in missing}
    taken = replace(BASELINE, **{name: left.get(name) for name in signs})  # type: ignore[arg-type]
    assert (weight(facts(ready(), readings=(taken,))) > 0) is bool(missing)


BETTER_FIRST = {VerdictKind.CLEARED: 0, VerdictKind.CLEARED_AFTER_REVIEW: 0, VerdictKind.INCOMPLETE: 1,
                VerdictKind.HELD: 1, VerdictKind.WAITING: 1, VerdictKind.STOPPED: 2}  # fmt: skip


def departure(here: Facts) -> int:
    return BETTER_FIRST[recovery.discharge(here, evaluate(here)).kind]


@settings(max_examples=40, deadline=None)
@given(SIGNS, st.sampled_from([0, 1, 2, 3, 4, 5]), st.integers(0, 3))
def test_a_further_set_that_is_not_good_never_lets_the_patient_leave(
    signs: dict[str, int], moaas: int, dissociation: int
) -> None:
    further = after("", "12:14", moaas=moaas, dissociation=dissociation, **signs)
    before, later = leaving(), leaving(readings=(*SETS, further))
    assert departure(before) == 0
    assert departure(later) >= departure(before)
    not_good = moaas < 5 or dissociation > 1 or signs["spo2"] <= 92
    assert not_good <= departure(later)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(DONE)), st.sampled_from(STATES[:3]))
def test_nothing_asked_before_the_departure_is_passed_by_not_knowing(item: str, state: AnswerState) -> None:
    assert departure(leaving({item: state})) > 0


@settings(max_examples=40, deadline=None)
@given(st.permutations([during("130/80 80 97 14", f"11:{minute}") for minute in (10, 20, 30)]))
def test_the_order_in_which_readings_were_entered_never_matters(taken: list[Reading]) -> None:
    one, other = infusion(*sorted(taken, key=lambda each: each.observed), now="11:35"), infusion(*taken, now="11:35")
    told = [[(each.key, each.level, each.title, each.inputs) for each in evaluate(here)] for here in (one, other)]
    assert told[0] == told[1]


NIGHTS = st.sampled_from(["2026-03-08 00:30", "2026-11-01 00:30", "2026-07-04 00:30"])


@settings(max_examples=40, deadline=None)
@given(NIGHTS, st.integers(0, 60 * 60), st.integers(1, 240))
def test_a_daylight_saving_night_changes_neither_observation_nor_interval(night: str, hours: int, minutes: int) -> None:
    zoned = moment(night)
    plain = Moment(zoned.utc, "UTC")
    for begin in (zoned, plain):
        assert schedule.earliest_discharge(begin, minutes).since(begin) == timedelta(minutes=minutes)
        times = schedule.infusion_times(begin, begin.plus(minutes=minutes), 10)
        assert {later.since(one) for one, later in pairwise(times[:-1])} <= {timedelta(minutes=10)}
    length = Decimal(zoned.plus(minutes=hours).since(zoned) // timedelta(minutes=1)) / 60
    assert length == Decimal(hours) / 60
    assert interval.assess(length, "induction", PROTOCOL) is interval.assess(Decimal(hours) / 60, "induction", PROTOCOL)


def measured(temp_c: Decimal, signs: dict[str, int]) -> Reading:
    return replace(BASELINE, temp_c=temp_c, **signs)  # type: ignore[arg-type]


def names_a_number(found: Finding) -> bool:
    """One of the numbers that the finding is about stands in its title, as exact as it is shown."""
    numbers = [value for _, text in found.inputs for value in re.findall(r"(?<![\d:T-])\d+(?:\.\d+)?(?![\d:-])", text)]
    shown = {form for value in numbers for form in (value, f"{Decimal(value):.1f}", f"{Decimal(value):.0f}")}
    return any(re.search(rf"(?<![\d.]){re.escape(form)}(?!\d)", found.title) for form in shown) or not numbers


@settings(max_examples=40, deadline=None)
@given(SIGNS, st.decimals("34", "39.9", places=1), st.integers(30, 400))
def test_each_finding_about_a_vital_sign_or_glucose_names_its_number(
    signs: dict[str, int], temp_c: Decimal, glucose: int
) -> None:
    said = ready({"fasting.glucose": glucose})
    here = facts(said, readings=(measured(temp_c, signs),), medicines=(medicine("lantus"),))
    found = [one for one in evaluate(here) if one.key.startswith(TOLD) and one.level.rank >= Level.NOTE.rank]
    assert [one for one in found if not names_a_number(one)] == []


@settings(max_examples=40, deadline=None)
@given(st.decimals("0.01", "3", places=3), st.decimals("1", "300", places=1), st.integers(10, 120), st.integers(1, 400))
def test_each_finding_about_a_dose_names_its_number(
    mg_per_kg: Decimal, mg: Decimal, minutes: int, total_ml: int
) -> None:
    order: dict[str, Said] = {**ORDER, "dose.mg_per_kg": mg_per_kg, "dose.mg": mg, "dose.minutes": minutes}
    found = list(dose_warnings.findings(facts({**order, "dose.total_ml": total_ml})))
    told = [one for one in found if one.key not in WITHOUT_ITS_NUMBER]
    assert [one for one in told if not names_a_number(one)] == []


@settings(max_examples=40, deadline=None)
@given(SIGNS, st.integers(0, 5))
def test_each_finding_about_a_reading_during_the_infusion_names_its_number(signs: dict[str, int], moaas: int) -> None:
    here = infusion(during("", "11:10", moaas=moaas, **signs), now="11:12")
    found = [one for one in evaluate(here) if one.key.startswith("monitor.") and one.key != "monitor.missed"]
    assert [one for one in found if not names_a_number(one)] == []


def test_a_question_of_yes_or_no_is_among_those_tried() -> None:
    assert {item.kind for item in GATED} == {ItemKind.YES_NO, ItemKind.CHOICE}
    assert len(criteria.standings(leaving())) >= len(SETS)
