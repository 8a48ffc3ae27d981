"""Vital signs before the infusion: each band one step below, at and above its limit."""

from decimal import Decimal

import pytest

from checklist.model import EventKind, Level, Reading, Stage
from checklist.parse import f_to_c
from checklist.rules.bands import Band, band_of
from checklist.rules.baseline import Baseline, baseline_reading, baseline_values, findings, missing_signs, summary
from checklist.rules.baseline_bands import HR, RR, SPO2, TEMP, bp_band
from checklist.snapshot import Finding
from tests.rules.build import BASELINE, PROTOCOL, Said, event, facts, reading, with_setting
from tests.rules.vectors import Vector, each

WORDS = {Level.CLEAR: "OK", Level.REVIEW: "REVIEW", Level.HOLD: "HOLD", Level.STOP: "DO_NOT_START"}
SIGNS = {"hr": HR, "spo2": SPO2, "rr": RR, "temp_c": TEMP}


def level(band: Band | None) -> Level:
    return band.level if band else Level.CLEAR


def of(*readings: Reading, **more: object) -> dict[str, Finding]:
    return {one.key: one for one in findings(facts(readings=readings, **more))}  # type: ignore[arg-type]


@each("bp_baseline")
def test_vectors_of_blood_pressure(vector: Vector) -> None:
    band = bp_band(int(vector.values["sbp"]), int(vector.values["dbp"]), PROTOCOL)
    assert WORDS[level(band)] == vector.expected


@each("hr_baseline", "spo2_baseline", "rr_baseline", "temp_baseline")
def test_vectors_of_single_signs(vector: Vector) -> None:
    name, value = next(iter(vector.values.items()))
    assert WORDS[level(band_of(Decimal(value), SIGNS[name], PROTOCOL))] == vector.expected


@pytest.mark.parametrize(
    ("sbp", "dbp", "expected"),
    [
        (90, 60, Level.REVIEW),
        (91, 50, Level.CLEAR),
        (91, 49, Level.REVIEW),
        (140, 90, Level.CLEAR),
        (141, 90, Level.REVIEW),
        (140, 91, Level.REVIEW),
        (159, 90, Level.REVIEW),
        (160, 90, Level.HOLD),
        (120, 99, Level.REVIEW),
        (120, 100, Level.HOLD),
        (179, 90, Level.HOLD),
        (180, 90, Level.STOP),
        (120, 109, Level.HOLD),
        (120, 110, Level.STOP),
    ],
)
def test_the_worse_of_systolic_and_diastolic_counts(sbp: int, dbp: int, expected: Level) -> None:
    assert level(bp_band(sbp, dbp, PROTOCOL)) is expected


@pytest.mark.parametrize(
    ("sign", "value", "expected"),
    [
        ("hr", "40", Level.HOLD),
        ("hr", "41", Level.REVIEW),
        ("hr", "50", Level.REVIEW),
        ("hr", "51", Level.CLEAR),
        ("hr", "110", Level.CLEAR),
        ("hr", "111", Level.REVIEW),
        ("hr", "130", Level.REVIEW),
        ("hr", "131", Level.HOLD),
        ("spo2", "91", Level.HOLD),
        ("spo2", "92", Level.REVIEW),
        ("spo2", "94", Level.REVIEW),
        ("spo2", "95", Level.CLEAR),
        ("rr", "8", Level.HOLD),
        ("rr", "9", Level.REVIEW),
        ("rr", "11", Level.REVIEW),
        ("rr", "12", Level.CLEAR),
        ("rr", "20", Level.CLEAR),
        ("rr", "21", Level.REVIEW),
        ("rr", "24", Level.REVIEW),
        ("rr", "25", Level.HOLD),
        ("temp_c", "35.0", Level.REVIEW),
        ("temp_c", "35.1", Level.CLEAR),
        ("temp_c", "37.9", Level.CLEAR),
        ("temp_c", "38.0", Level.HOLD),
    ],
)
def test_each_limit_one_step_around(sign: str, value: str, expected: Level) -> None:
    assert level(band_of(Decimal(value), SIGNS[sign], PROTOCOL)) is expected


def test_a_clear_set_is_one_clear_finding() -> None:
    found = of(BASELINE)
    assert list(found) == ["vitals.set"]
    assert (found["vitals.set"].level, found["vitals.set"].title) == (
        Level.CLEAR,
        "118/76 · 72 · 98 % · 14 · 36.7 °C",
    )


def test_a_raised_pressure_names_its_numbers_and_limit() -> None:
    one = of(reading("142/91 76 98 14 36.7"))["vitals.bp"]
    assert (one.level, one.title) == (Level.REVIEW, "BP 142/91 mmHg")
    assert one.detail == "Systolic above 140 mmHg and diastolic above 90 mmHg, taken 10:35."
    assert one.source == "Spravato monograph"


def test_a_repeat_is_judged_and_the_first_reading_still_named() -> None:
    one = of(reading("162/88 76 98 14 36.7"), reading("142/86", at="10:45"))["vitals.bp"]
    assert (one.level, one.title) == (Level.REVIEW, "BP 142/86 mmHg, repeat after 162/88")


def test_a_pressure_that_was_not_for_today_is_named_when_it_comes_down() -> None:
    one = of(reading("184/96", "10:33"), reading("138/84", "10:35"))["vitals.bp"]
    assert (one.level, one.title) == (Level.REVIEW, "BP 138/84 mmHg, repeat after 184/96")
    assert one.detail == "184/96 at 10:33: at or above 180 mmHg. Repeat 1 after 2min; 3 within 30 min are allowed."
    again = of(reading("184/96", "10:30"), reading("168/90", "10:33"), reading("138/84", "10:35"))["vitals.bp"]
    assert again.level is Level.REVIEW


def test_a_held_pressure_may_come_down_in_three_repeats_within_half_an_hour() -> None:
    held = [reading("165/88", f"10:0{minute}") for minute in range(4)]
    in_time = of(*held[:3], reading("138/84", "10:30"))["vitals.bp"]
    assert (in_time.level, in_time.title) == (Level.NOTE, "BP 138/84 mmHg, repeat after 165/88, 165/88, 165/88")
    assert of(*held[:1], reading("138/84", "10:31"))["vitals.bp"].level is Level.REVIEW
    once_more = of(*held, reading("138/84", "10:10"))["vitals.bp"]
    assert (once_more.level, once_more.action) == (Level.REVIEW, "The provider decides.")


def test_a_pressure_that_was_only_for_review_leaves_nothing_when_it_comes_down() -> None:
    assert "vitals.bp" not in of(reading("150/88", "10:00"), reading("138/84", "10:35"))


def test_a_repeat_inside_the_limits_clears_without_losing_the_rest_of_the_set() -> None:
    readings = (reading("142/88 76 98 14 36.7"), reading("138/86", at="10:45"))
    found = of(*readings)
    assert "vitals.bp" not in found
    assert missing_signs(facts(readings=readings)) == ()
    assert summary(facts(readings=readings)) == "138/86 · 76 · 98 % · 14 · 36.7 °C"


def test_an_artefact_and_readings_during_the_infusion_do_not_count() -> None:
    during = reading("190/120", at="11:10", stage=Stage.INFUSION)
    artefact = reading("200/130", at="10:40", artefact="cuff moved")
    assert list(of(BASELINE, artefact, during)) == ["vitals.set"]


def test_each_sign_outside_is_its_own_finding_and_the_rest_stays_clear() -> None:
    found = of(reading("118/76 131 91 25 38.0"))
    assert {key: one.level for key, one in found.items()} == {
        "vitals.hr": Level.HOLD,
        "vitals.spo2": Level.HOLD,
        "vitals.rr": Level.HOLD,
        "vitals.temp": Level.HOLD,
        "vitals.set": Level.CLEAR,
    }
    assert found["vitals.temp"].title == "Temperature 38 °C"
    assert found["vitals.temp"].detail == "Temperature at or above 38 °C, taken 10:35."
    assert found["vitals.set"].title == "118/76"


def test_a_good_saturation_on_oxygen_is_for_the_provider() -> None:
    one = of(reading("118/76 72 98 14 36.7", oxygen_l_min=Decimal(2)))["vitals.spo2"]
    assert (one.level, one.title) == (Level.REVIEW, "SpO2 98 % on oxygen 2 L/min")


def test_the_latest_saturation_counts_with_its_oxygen() -> None:
    air, oxygen = reading("118/76 72 97 14 36.7"), reading(at="10:40", spo2=99, oxygen_l_min=Decimal(3))
    assert of(air, oxygen)["vitals.spo2"].title == "SpO2 99 % on oxygen 3 L/min"


def test_a_low_saturation_on_oxygen_keeps_the_heavier_level() -> None:
    one = of(reading("118/76 72 91 14 36.7", oxygen_l_min=Decimal("0.5")))["vitals.spo2"]
    assert (one.level, one.title) == (Level.HOLD, "SpO2 91 % on oxygen 0.5 L/min")


@pytest.mark.parametrize(("score", "holds"), [(5, False), (4, True), (0, True)])
def test_only_an_alert_patient_starts(score: int, holds: bool) -> None:
    found = of(reading("118/76 72 98 14 36.7", moaas=score))
    assert ("vitals.sedation" in found) is holds
    if holds:
        assert found["vitals.sedation"].title == f"MOAA/S {score} before the start"
        assert found["vitals.sedation"].level is Level.HOLD


def test_a_repeat_decides_on_alertness_too() -> None:
    drowsy, awake = reading("118/76 72 98 14 36.7", moaas=4), reading("118/76", at="10:40", moaas=5)
    assert "vitals.sedation" not in of(drowsy, awake)
    drowsier = reading("118/76", at="10:40", moaas=3)
    one = of(drowsy, drowsier)["vitals.sedation"]
    assert one.title == "MOAA/S 3 before the start"
    assert ("observed", drowsier.observed.store()) in one.inputs


@pytest.mark.parametrize(("now", "old"), [("11:05", False), ("11:06", True)])
def test_a_set_older_than_half_an_hour_holds_the_start_not_the_clearance(now: str, old: bool) -> None:
    found = of(BASELINE, now=now)
    assert ("vitals.age" in found) is old
    if old:
        assert (found["vitals.age"].step, found["vitals.age"].level) == ("infusion", Level.HOLD)
        assert found["vitals.age"].title == "Vital signs are 31min old"


def test_once_started_the_set_no_longer_ages() -> None:
    assert "vitals.age" not in of(BASELINE, now="14:00", events=(event(EventKind.STARTED, "11:00"),))


def test_values_typed_in_the_other_unit_are_shown_rounded_and_judged_exactly() -> None:
    here = facts(readings=(reading(temp_c=f_to_c(Decimal("100.5"))),))
    found = next(one for one in findings(here) if one.key == "vitals.temp")
    assert found.title == "Temperature 38.1 °C"
    assert found.inputs[0] == ("temp", "38.05555555555555555555555556")
    assert summary(here) == "38.1 °C"


@pytest.mark.parametrize(
    ("today", "title"),
    [
        ("74.8", None),
        ("75", "Weight 75 kg, 10.3 % more than last time (68 kg)"),
        ("150", "Weight 150 kg, 120.6 % more than last time (68 kg)"),
        ("61", "Weight 61 kg, 10.3 % less than last time (68 kg)"),
    ],
)
def test_a_weight_change_over_ten_percent_is_noted(today: str, title: str | None) -> None:
    last = facts({"vitals.weight": "68"}).record
    found = {one.key: one for one in findings(facts({"vitals.weight": today}, last=last))}
    assert (found["vitals.weight_change"].title if title else None) == title
    assert len(found) == (1 if title else 0)


def test_no_weight_last_time_is_no_change() -> None:
    said: dict[str, Said] = {"vitals.weight": "68"}
    assert not list(findings(facts(said, last=facts().record)))


def test_nothing_taken_is_missing_not_clear() -> None:
    assert not of()
    assert missing_signs(facts()) == ("bp", "hr", "spo2", "rr", "temp")
    assert summary(facts()) == ""
    assert baseline_reading(facts()) is None
    assert baseline_values(facts()) == Baseline(None, None, None, None)


def test_a_systolic_alone_is_no_blood_pressure() -> None:
    assert "bp" in missing_signs(facts(readings=(reading(sbp=190, hr=70),)))
    assert "vitals.bp" not in of(reading(sbp=190))


def test_the_baseline_is_the_last_reading_or_the_mean_of_two() -> None:
    readings = (reading("150/90 80 97"), reading("121/80 71 98", at="10:40"), reading("118/77 70", at="10:45"))
    last = facts(readings=readings)
    mean = facts(readings=readings, protocol=with_setting("baseline_rule", "mean_of_two"))
    assert baseline_reading(last) == readings[-1]
    assert baseline_values(last) == Baseline(Decimal(118), Decimal(77), Decimal(70), Decimal(98))
    assert baseline_values(mean) == Baseline(Decimal("119.5"), Decimal("78.5"), Decimal("70.5"), Decimal("97.5"))


def test_a_set_is_as_old_as_its_oldest_sign() -> None:
    old = reading("118/76 72 98 14 36.7", at="09:00")
    found = {one.key: one for one in findings(facts(readings=(old, reading("120/78", at="10:40"))))}
    assert found["vitals.age"].title == "Vital signs are 1hr 42min old"
    fresh = reading("120/78 72 98 14 36.7", at="10:40")
    assert "vitals.age" not in {one.key for one in findings(facts(readings=(old, fresh)))}


# ---- weight and height, and what to do


BMI = [
    # kg, cm, level, title; 160 cm: 2.56 m2, judged as it is shown
    ("38.2", "160", Level.NOTE, "BMI 14.9 kg/m2: 38.2 kg at 160 cm"),
    ("38.3", "160", None, ""),
    ("153.7", "160", None, ""),
    ("153.8", "160", Level.NOTE, "BMI 60.1 kg/m2: 153.8 kg at 160 cm"),
    ("230.5", "160", Level.NOTE, "BMI 90 kg/m2: 230.5 kg at 160 cm"),
    ("230.6", "160", Level.HOLD, "BMI 90.1 kg/m2: 230.6 kg at 160 cm"),
    ("25.5", "160", Level.NOTE, "BMI 10 kg/m2: 25.5 kg at 160 cm"),
    ("25.4", "160", Level.HOLD, "BMI 9.9 kg/m2: 25.4 kg at 160 cm"),
]


@pytest.mark.parametrize(("kg", "cm", "level", "title"), BMI, ids=[row[0] for row in BMI])
def test_weight_and_height_that_do_not_belong_together_are_asked_or_held(
    kg: str, cm: str, level: Level | None, title: str
) -> None:
    said: dict[str, Said] = {"vitals.weight": Decimal(kg), "vitals.height": Decimal(cm)}
    found = {one.key: one for one in findings(facts(said, readings=(BASELINE,)))}
    assert ("vitals.bmi" in found) is (level is not None)
    if level is not None:
        one = found["vitals.bmi"]
        assert (one.level, one.title, one.inputs) == (level, title, (("weight", kg), ("height", cm)))
        assert one.detail == ("Possible is 10 to 90 kg/m2." if level is Level.HOLD else "Usual is 15 to 60 kg/m2.")


def test_without_a_height_nothing_is_said_of_it() -> None:
    assert "vitals.bmi" not in {one.key for one in findings(facts({"vitals.weight": Decimal(30)}))}


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("141/80", "Let the patient rest 5 to 15 min, then repeat, also on the other arm or with another cuff. "
                   "The provider decides."),
        ("160/80", "Repeat it and call the provider before the start. At most 3 repeats within 30 min."),
        ("180/80", "Not today; the provider decides. Ask about chest pain, headache, sight, breath and weakness: "
                   "with any of these it is an emergency."),
    ],
)  # fmt: skip
def test_what_to_do_about_a_raised_pressure_names_the_rest_and_the_repeats(line: str, action: str) -> None:
    found = {one.key: one for one in findings(facts(readings=(reading(line),)))}
    assert found["vitals.bp"].action == action
