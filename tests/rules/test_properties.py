"""Whatever is answered: the rules never fail, and nothing passes with something open."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.model import AnswerState, Level
from checklist.parse import f_to_c, lb_to_kg
from checklist.protocol import Item, ItemKind
from checklist.rules.dose import dose_mg, rounded
from checklist.rules.dose_warnings import warning
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.fasting import assess, earliest, hours_between
from checklist.rules.verdict import clearance
from checklist.rules.views import steps
from checklist.snapshot import VerdictKind
from checklist.times import Moment
from tests.rules.build import BASELINE, PROTOCOL, READY, Said, facts, medicine, moment, reading, ready

STATES = (AnswerState.DECLINED, AnswerState.UNKNOWN, AnswerState.NOT_APPLICABLE, AnswerState.UNANSWERED)
PLAIN = [PROTOCOL.item(item) for item in READY if PROTOCOL.item(item).kind in (ItemKind.YES_NO, ItemKind.CHOICE)]


def answers_of(item: Item) -> st.SearchStrategy[Said]:
    told: list[Said] = [option.id for option in item.options] or [True, False]
    return st.sampled_from([*told, *STATES])


@st.composite
def changes(draw: st.DrawFn) -> dict[str, Said]:
    items = draw(st.lists(st.sampled_from(PLAIN), max_size=5, unique_by=lambda item: item.id))
    return {item.id: draw(answers_of(item)) for item in items}


@settings(max_examples=150, deadline=None)
@given(changes(), st.booleans(), st.booleans())
def test_nothing_passes_with_something_open(changed: dict[str, Said], set_taken: bool, confirmed: bool) -> None:
    readings = (BASELINE,) if set_taken else (reading("118/76"),)
    rows = (medicine("abacavir", confirmed=confirmed),)
    here = facts(ready(changed), readings=readings, medicines=rows)
    found = evaluate(here)
    verdict = clearance(here, found)
    assert not [one.key for one in found if one.key.startswith("failed.")]
    is_open = any(one.is_open and one.step != "infusion" for one in found)
    assert verdict.passes is not (is_open or bool(verdict.missing))
    assert set_taken or not verdict.passes
    assert confirmed or not verdict.passes
    before = [view for view in steps(here, found) if view.step.phase == "before" and view.step.id != "clearance"]
    assert verdict.passes is all(view.complete for view in before)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PLAIN), st.sampled_from(STATES[:3]))
def test_no_item_that_stops_or_holds_passes_unanswered_in_disguise(item: Item, state: AnswerState) -> None:
    here = facts(ready({item.id: state}), readings=(BASELINE,))
    critical = any(gate.nobody_overrides for gate in item.gates) or item.id.startswith(("asq.", "transport.plan"))
    if critical:
        assert not clearance(here, evaluate(here)).passes


CATEGORIES = st.sampled_from(["clear_liquid", "breast_milk", "light_meal", "nonhuman_milk", "fatty_meal"])


@given(CATEGORIES, st.integers(0, 60 * 24), st.sampled_from(["ASA", "CLINIC_4_6"]))
def test_the_earliest_start_is_exactly_the_first_clear_minute(category: str, minutes: int, profile: str) -> None:
    intake = moment("2026-03-07 20:00").plus(minutes=minutes)
    start = earliest([(category, intake)], PROTOCOL, profile)
    assert start is not None
    just_before = Moment(start.utc - timedelta(minutes=1), start.zone)
    assert assess(category, hours_between(intake, start), PROTOCOL, profile) is Level.CLEAR
    assert assess(category, hours_between(intake, just_before), PROTOCOL, profile) is not Level.CLEAR


# ---- more or worse facts never improve a verdict

WEIGHT = {VerdictKind.CLEARED: 0, VerdictKind.CLEARED_AFTER_REVIEW: 0, VerdictKind.INCOMPLETE: 1,
          VerdictKind.WAITING: 1, VerdictKind.HELD: 2, VerdictKind.STOPPED: 3}  # fmt: skip
WORSE_SETS = ("165/90 76 98 14 36.7", "185/90 76 98 14 36.7", "118/76 135 98 14 36.7", "118/76 72 90 14 36.7",
              "118/76 72 98 26 36.7", "118/76 72 98 14 38.4", "142/88 76 98 14 36.7")  # fmt: skip
WORSE_MEDICINES = (
    "xanax 0.5",
    "theophylline 300",
    "ozempic 1 mg",
    "zzyzx",
    "lexipro",
    "coke",
    "sleeping pill",
    "abacavir",
)


def weight(here: Facts) -> int:
    return WEIGHT[clearance(here, evaluate(here)).kind]


@settings(max_examples=80, deadline=None)
@given(changes(), st.lists(st.sampled_from(WORSE_MEDICINES), max_size=3, unique=True), st.data())
def test_a_further_medicine_never_improves_the_verdict(
    changed: dict[str, Said], names: list[str], data: st.DataObject
) -> None:
    rows = tuple(medicine(name, row=f"m{place}") for place, name in enumerate(names))
    more = medicine(data.draw(st.sampled_from(WORSE_MEDICINES)), row="more")
    said = ready(changed)
    before = weight(facts(said, readings=(BASELINE,), medicines=rows))
    assert weight(facts(said, readings=(BASELINE,), medicines=(*rows, more))) >= before


@settings(max_examples=60, deadline=None)
@given(changes(), st.sampled_from(WORSE_SETS))
def test_a_worse_set_of_vital_signs_never_improves_the_verdict(changed: dict[str, Said], line: str) -> None:
    said = ready(changed)
    before = weight(facts(said, readings=(BASELINE,)))
    assert weight(facts(said, readings=(BASELINE, reading(line, "10:40", row="worse")))) >= before


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 60 * 30), st.integers(0, 60 * 30), st.sampled_from(["fasting.solids", "fasting.fluids"]))
def test_a_later_meal_or_drink_never_improves_the_verdict(one: int, other: int, item: str) -> None:
    early, late = sorted((one, other))
    start = moment("2026-11-17 04:00")
    weights = [
        weight(facts(ready({item: start.plus(minutes=minutes)}), readings=(BASELINE,))) for minutes in (early, late)
    ]
    assert weights[0] <= weights[1]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLAIN))
def test_unknown_is_never_better_than_a_known_good_answer(item: Item) -> None:
    good = weight(facts(ready(), readings=(BASELINE,)))
    assert weight(facts(ready({item.id: AnswerState.UNKNOWN}), readings=(BASELINE,))) >= good == 0


@settings(max_examples=60, deadline=None)
@given(changes(), st.permutations(WORSE_MEDICINES[:4]), st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(changed: dict[str, Said], names: list[str], shuffler: Random) -> None:
    said = ready(changed)
    shuffled = list(said.items())
    shuffler.shuffle(shuffled)
    rows = {name: medicine(name, row=name) for name in names}
    one = facts(said, readings=(BASELINE,), medicines=tuple(rows[name] for name in sorted(names)))
    other = facts(dict(shuffled), readings=(BASELINE,), medicines=tuple(rows[name] for name in names))
    assert weight(one) == weight(other)
    assert {each.key: each.level for each in evaluate(one)} == {each.key: each.level for each in evaluate(other)}


# ---- time and units

NIGHTS = st.sampled_from(["2026-03-08 00:30", "2026-11-01 00:30", "2026-07-04 00:30"])


@given(NIGHTS, st.integers(0, 60 * 12), st.integers(0, 60 * 12))
def test_a_daylight_saving_night_never_changes_a_length(night: str, before: int, after: int) -> None:
    zoned = moment(night)
    plain = Moment(zoned.utc, "UTC")
    pairs = [(one.plus(minutes=-before), one.plus(minutes=after)) for one in (zoned, plain)]
    assert hours_between(*pairs[0]) == hours_between(*pairs[1]) == Decimal(before + after) / 60
    for profile in ("ASA", "CLINIC_4_6"):
        starts = [earliest([("light_meal", intake)], PROTOCOL, profile) for intake, _ in pairs]
        assert starts[0] == starts[1]


@given(st.decimals("30.1", "42.9", places=1))
def test_a_temperature_in_fahrenheit_has_the_level_of_the_same_in_celsius(celsius: Decimal) -> None:
    there_and_back = f_to_c(celsius * 9 / 5 + 32)
    levels = [
        sorted(one.level for one in evaluate(facts(readings=(reading(temp_c=value),))) if one.key == "vitals.temp")
        for value in (celsius, there_and_back.quantize(Decimal("0.000000001")))
    ]
    assert levels[0] == levels[1]


@given(st.decimals("31.0", "345.0", places=1), st.sampled_from(["0.05", "0.5", "0.8", "1.1", "2.1"]))
def test_a_weight_through_pounds_keeps_the_level_of_the_dose(kg: Decimal, mg_per_kg: str) -> None:
    again = lb_to_kg(kg / lb_to_kg(Decimal(1)))
    assert abs(again - kg) < Decimal("1E-20")
    levels = [
        warning(Decimal(mg_per_kg), rounded(dose_mg(Decimal(mg_per_kg), weight_kg), 6), Decimal(40), "mood", PROTOCOL)
        for weight_kg in (kg, again)
    ]
    assert levels[0] is levels[1]


@given(st.integers(40, 300), st.integers(1, 100))
def test_a_finding_about_a_pressure_names_its_numbers(sbp: int, gap: int) -> None:
    dbp = max(20, sbp - gap)
    taken = reading(f"{sbp}/{dbp} 72 98 14 36.7")
    for each in evaluate(facts(ready(), readings=(taken,))):
        if each.key == "vitals.bp" and each.level is not Level.CLEAR:
            assert f"{sbp}/{dbp}" in each.title
            assert any(character.isdigit() for character in each.detail)
