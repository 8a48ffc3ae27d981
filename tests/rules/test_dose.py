"""Dose arithmetic, the double check, and what was given (reference 5.2, 5.5)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import AllergyState, Event, EventKind, PatientId, Sex
from checklist.rules import dose
from checklist.snapshot import Given
from tests.rules import build
from tests.rules.build import PATIENT, UNKNOWN, event, facts, with_setting
from tests.rules.visit import ORDER, STARTED, STOPPED, checked, decimals, fields, vectors


def order_of(**changed: build.Said) -> dose.DoseOrder:
    made = dose.order(facts({**ORDER, **{name.replace("__", "."): value for name, value in changed.items()}}))
    assert made is not None
    return made


class TestVectors:
    @pytest.mark.parametrize(("given", "expected"), vectors("dose_mg"))
    def test_dose_mg(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.dose_mg(values["mg_per_kg"], values["weight_kg"]), 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("dose_mg_from_lb"))
    def test_dose_from_pounds_uses_the_full_weight(self, given: str, expected: str) -> None:
        values = decimals(given)
        kilograms = values["lb"] * Decimal("0.45359237")
        assert dose.written(dose.dose_mg(values["mg_per_kg"], kilograms), 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("volume_mL"))
    def test_volume(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.volume_ml(values["dose_mg"], values["conc_mg_per_mL"]), 2) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("rate_mL_h"))
    def test_pump_rate(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.rate_ml_h(values["total_mL"], values["minutes"]), 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("rate_mg_kg_h"))
    def test_rate_mg_kg_h(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.rate_mg_kg_h(values["mg_per_kg"], values["minutes"]), 3) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("rate_mcg_kg_min"))
    def test_rate_mcg_kg_min(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.rate_mcg_kg_min(values["mg_per_kg"], values["minutes"]), 3) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("bag_concentration_mg_mL"))
    def test_bag(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.bag_conc(values["dose_mg"], values["total_mL"]), 3) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("given_if_stopped"))
    def test_given_when_stopped(self, given: str, expected: str) -> None:
        values = decimals(given)
        got = dose.given_mg(values["dose_mg"], values["total_mL"], values["infused_mL"])
        wanted = decimals(expected)
        assert dose.rounded(got, 1) == wanted["given"]
        assert dose.rounded(values["dose_mg"] - got, 1) == wanted["not_given"]

    @pytest.mark.parametrize(("given", "expected"), vectors("waste_mg"))
    def test_waste_of_a_single_use_vial(self, given: str, expected: str) -> None:
        values, wanted = decimals(given), fields(expected)
        left = dose.waste_mg(values["vial_mg"], values["given_mg"])
        assert dose.written(left, 1) == wanted["waste_mg"]
        assert dose.written(dose.volume_ml(left, values["conc_mg_per_mL"]), 2) == wanted["waste_mL"]

    @pytest.mark.parametrize(("given", "expected"), vectors("waste_reconcile"))
    def test_reconcile(self, given: str, expected: str) -> None:
        values = decimals(given)
        gap = dose.unaccounted_mg(values["drawn_mg"], values["given_mg"], values["wasted_mg"])
        assert f"DISCREPANCY {dose.written(gap, 2)}" == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("ibw_devine"))
    def test_ideal_weight(self, given: str, expected: str) -> None:
        values = fields(given)
        sex = {"M": Sex.MALE, "F": Sex.FEMALE}[values["sex"]]
        ideal = dose.ideal_weight(sex, Decimal(values["height_in"]) * dose.CM_PER_INCH)
        assert ideal is not None
        assert dose.written(ideal, 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("adjusted_bw"))
    def test_adjusted_weight(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.adjusted_weight(values["ibw_kg"], values["actual_kg"]), 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("bmi"))
    def test_bmi(self, given: str, expected: str) -> None:
        values = decimals(given)
        assert dose.written(dose.bmi(values["kg"], values["cm"]), 1) == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("dose_compare_weight"))
    def test_all_three_weights(self, given: str, expected: str) -> None:
        values = fields(given)
        height = Decimal(values["height_in"]) * dose.CM_PER_INCH
        kilograms = dose.weights(facts({"vitals.weight": values["actual_kg"], "vitals.height": height}))
        for basis, wanted in fields(expected).items():
            weight = kilograms[basis]
            assert weight is not None
            assert dose.written(dose.dose_mg(Decimal(values["mg_per_kg"]), weight), 1) == wanted

    @pytest.mark.parametrize(("given", "expected"), vectors("format_dose"))
    def test_no_trailing_zero(self, given: str, expected: str) -> None:
        assert dose.dose_text(Decimal(given)) == expected


class TestArithmetic:
    def test_ideal_weight_stops_below_60_inches(self) -> None:
        assert dose.ideal_weight(Sex.FEMALE, Decimal("152.4")) == Decimal("45.5")
        assert dose.ideal_weight(Sex.FEMALE, Decimal("152.3")) is None

    def test_ideal_weight_needs_a_sex_the_formula_knows(self) -> None:
        assert dose.ideal_weight(Sex.NOT_KNOWN, Decimal(170)) is None

    def test_half_is_rounded_up(self) -> None:
        assert dose.rounded(Decimal("27.35"), 1) == Decimal("27.4")
        assert dose.written(Decimal("0.5"), 1) == "0.5"

    def test_segments_between_pauses_add_up(self) -> None:
        assert dose.given_mg(Decimal(35), Decimal(50), Decimal(20), Decimal("11.5")) == Decimal("22.05")


class TestOrder:
    def test_nothing_ordered_is_no_order(self) -> None:
        assert dose.order(facts({"vitals.weight": Decimal(70)})) is None

    def test_35_mg_for_70_kg(self) -> None:
        order = order_of()
        assert order.weight_kg == 70
        assert order.expected_mg == 35
        assert order.volume_ml == Decimal("0.7")
        assert order.rate_ml_h == 75
        assert order.bag_mg_ml == Decimal("0.7")

    def test_a_half_written_order_has_gaps_and_no_error(self) -> None:
        order = dose.order(facts({"dose.minutes": Decimal(40)}))
        assert order is not None
        assert (order.expected_mg, order.volume_ml, order.rate_ml_h, order.bag_mg_ml) == (None, None, None, None)
        assert order.basis == ""

    def test_an_unknown_vial_strength_gives_no_volume(self) -> None:
        assert order_of(dose__concentration=UNKNOWN).volume_ml is None

    def test_adjusted_weight_is_used_where_ordered(self) -> None:
        order = order_of(vitals__weight=Decimal(110), vitals__height=Decimal("162.56"), dose__weight_basis="adjusted")
        assert order.expected_mg is not None
        assert dose.dose_text(order.expected_mg) == "38.4 mg"

    @pytest.mark.parametrize(
        ("setting", "total"), [("bag_label", "50"), ("withdraw_then_add", "50"), ("bag_plus_drug", "50.7")]
    )
    def test_total_volume_follows_the_clinics_meaning(self, setting: str, total: str) -> None:
        order = dose.order(facts(ORDER, protocol=with_setting("total_volume", setting)))
        assert order is not None
        assert order.total_ml == Decimal(total)

    def test_bag_plus_drug_without_a_drug_volume_is_not_known(self) -> None:
        said = {**ORDER, "dose.mg": UNKNOWN}
        order = dose.order(facts(said, protocol=with_setting("total_volume", "bag_plus_drug")))
        assert order is not None
        assert order.total_ml is None


class TestDoubleCheck:
    def test_a_check_of_this_order_counts(self) -> None:
        assert dose.verification(checked(facts(ORDER))) is not None

    @pytest.mark.parametrize(
        ("item", "value"),
        [
            ("vitals.weight", Decimal("70.5")),
            ("dose.weight_basis", "ideal"),
            ("dose.mg", Decimal(36)),
            ("dose.concentration", "10"),
            ("dose.total_ml", Decimal(100)),
            ("dose.minutes", Decimal(60)),
        ],
    )
    def test_any_change_voids_the_check(self, item: str, value: build.Said) -> None:
        before = checked(facts(ORDER))
        after = facts({**ORDER, item: value})
        changed = replace(after, record=replace(after.record, verifications=before.record.verifications))
        assert dose.verification(changed) is None

    def test_another_patient_voids_the_check(self) -> None:
        other = replace(PATIENT, id=PatientId("p2"))
        assert dose.check_fingerprint(facts(ORDER)) != dose.check_fingerprint(facts(ORDER, patient=other))

    def test_50_and_50_point_0_are_the_same_order(self) -> None:
        same = {**ORDER, "dose.total_ml": Decimal("50.0")}
        assert dose.check_fingerprint(facts(ORDER)) == dose.check_fingerprint(facts(same))

    def test_the_last_check_of_an_order_counts(self) -> None:
        assert dose.verification(checked(checked(facts(ORDER)), agrees=False)) is None

    def test_without_an_order_there_is_nothing_to_check(self) -> None:
        assert dose.verification(facts()) is None
        assert len(dose.check_fingerprint(facts())) == 16


def given_of(*events: Event, said: dict[str, build.Said] | None = None) -> Given | None:
    return dose.given(facts({**ORDER, **(said or {})}, events=events, now="12:00"))


class TestGiven:
    def test_the_whole_bag(self) -> None:
        assert given_of(STARTED, STOPPED) == Given(Decimal(50), Decimal(35), Decimal(0))

    def test_stopped_early(self) -> None:
        stop = event(EventKind.STOPPED, "11:25", infused_ml="31.5")
        said: dict[str, build.Said] = {"dose.mg": Decimal("40.8")}
        assert given_of(STARTED, stop, said=said) == Given(Decimal("31.5"), Decimal("25.704"), Decimal("15.096"))

    def test_the_counter_goes_on_through_a_pause(self) -> None:
        pause, resume = event(EventKind.PAUSED, "11:10", infused_ml="12.5"), event(EventKind.RESUMED, "11:15")
        got = given_of(STARTED, pause, resume, event(EventKind.STOPPED, "11:45", infused_ml="50"))
        assert got is not None
        assert got.infused_ml == 50

    def test_a_cleared_counter_starts_a_new_segment(self) -> None:
        pause = event(EventKind.PAUSED, "11:10", infused_ml="12.5")
        resume = event(EventKind.RESUMED, "11:15", infused_ml="0")
        got = given_of(STARTED, pause, resume, event(EventKind.STOPPED, "11:45", infused_ml="30"))
        assert got is not None
        assert got.infused_ml == Decimal("42.5")

    def test_a_cleared_counter_after_an_unread_pause_is_not_known(self) -> None:
        pause = event(EventKind.PAUSED, "11:10")
        resume = event(EventKind.RESUMED, "11:15", infused_ml="0")
        assert given_of(STARTED, pause, resume, STOPPED) is None

    def test_a_stop_without_its_number_is_not_known(self) -> None:
        assert given_of(STARTED, event(EventKind.STOPPED, "11:40")) is None

    def test_nothing_is_given_before_the_stop(self) -> None:
        assert given_of(STARTED, event(EventKind.PAUSED, "11:10", infused_ml="12.5")) is None

    def test_without_an_ordered_dose_it_is_not_known(self) -> None:
        assert given_of(STARTED, STOPPED, said={"dose.mg": UNKNOWN}) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"family": "Smith"},
        {"given": "Amy"},
        {"born": date(1999, 1, 1)},
        {"sex": Sex.MALE},
        {"allergies": "latex"},
        {"allergy_state": AllergyState.NOT_ASKED},
    ],
    ids=str,
)
def test_a_check_is_void_when_the_record_becomes_another_persons(changed: dict[str, object]) -> None:
    of = facts(ORDER)
    other = replace(of, patient=replace(of.patient, **changed))  # type: ignore[arg-type]
    assert dose.check_fingerprint(of) != dose.check_fingerprint(other)


@pytest.mark.parametrize("item", [{"dose.diluent": "dextrose"}, {"dose.mg_per_kg": Decimal("0.51")}], ids=str)
def test_a_check_covers_the_diluent_and_the_dose_per_kg(item: dict[str, build.Said]) -> None:
    assert dose.check_fingerprint(facts(ORDER)) != dose.check_fingerprint(facts({**ORDER, **item}))
