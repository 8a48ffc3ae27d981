"""Each limit of the protocol does what its sentence says one step below it, at it, and one step above.

A limit that is added to the protocol needs its line here.
"""

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from checklist.rules import baseline, consent, fasting, labs, scores, screening
from tests.rules import limits as at
from tests.rules import limits_at_the_desk as desk
from tests.rules import limits_of_course as course
from tests.rules.build import PROTOCOL, with_limit
from tests.rules.limits import MINUTE, TENTH, Case, of_findings

ROOT = Path(__file__).parents[2]
AT_THE_DESK = "tests/desk/test_limits_at_the_desk.py"
HELD_ELSEWHERE = {
    **dict.fromkeys(("fasting.unusual_after", "desk.clock_jump", "desk.open_for", "interval.series"), AT_THE_DESK),
    **dict.fromkeys(("desk.records_for", "desk.late_entry_before", "schedule.stamp_oldest"), AT_THE_DESK),
    "schedule.infusions_per_nurse": "tests/desk/test_pump.py",
}

HUNDRED = Decimal(100)
HOLD_BELOW, REVIEW_BELOW = ("hold", "clear", "clear"), ("hold", "review", "review")
MET_FROM, MET_TO, MET_ABOVE = ("not_met", "met", "met"), ("met", "met", "not_met"), ("not_met", "not_met", "met")
NOTE_FROM, NOTE_TO = ("nothing", "note", "note"), ("note", "note", "nothing")
REPEAT_ABOVE, CALL_ABOVE = ("nothing", "nothing", "note"), ("note", "note", "stop")
CALL_FROM, CALL_TO = ("note", "stop", "stop"), ("stop", "stop", "note")
ALDRETE = {8: {"aldrete.activity": "0"}, 9: {"aldrete.activity": "1"}, 10: {"aldrete.activity": "2"}}
MPADSS = {8: {"mpadss.bleeding": "0"}, 9: {"mpadss.bleeding": "1"}, 10: {"mpadss.bleeding": "2"}}
NEAR = "100/60 100 98 14 36.7"

BEFORE: dict[str, Case] = {
    "fasting.ASA.clear_liquid": Case(at.fasted("ASA", "clear_liquid"), HOLD_BELOW, MINUTE, 8),
    "fasting.ASA.breast_milk": Case(at.fasted("ASA", "breast_milk"), HOLD_BELOW, MINUTE, 8),
    "fasting.ASA.light_meal": Case(at.fasted("ASA", "light_meal"), HOLD_BELOW, MINUTE),
    "fasting.ASA.fatty_meal": Case(at.fasted("ASA", "fatty_meal"), HOLD_BELOW, MINUTE),
    "fasting.ASA.light_meal_review": Case(at.fasted("ASA", "nonhuman_milk"), HOLD_BELOW, MINUTE),
    "fasting.ASA.fatty_meal_review": Case(at.fasted("ASA", "fatty_meal"), HOLD_BELOW, MINUTE),
    "fasting.CLINIC_4_6.clear_liquid": Case(at.fasted("CLINIC_4_6", "clear_liquid"), HOLD_BELOW, MINUTE, 8),
    "fasting.CLINIC_4_6.breast_milk": Case(at.fasted("CLINIC_4_6", "breast_milk"), HOLD_BELOW, MINUTE, 8),
    "fasting.CLINIC_4_6.light_meal": Case(
        at.fasted("CLINIC_4_6", "light_meal"), ("review", "clear", "clear"), MINUTE, 12
    ),
    "fasting.CLINIC_4_6.fatty_meal": Case(
        at.fasted("CLINIC_4_6", "fatty_meal"), ("review", "clear", "clear"), MINUTE, 14
    ),
    "fasting.CLINIC_4_6.light_meal_review": Case(at.fasted("CLINIC_4_6", "light_meal"), REVIEW_BELOW, MINUTE, 5),
    "fasting.CLINIC_4_6.fatty_meal_review": Case(at.fasted("CLINIC_4_6", "fatty_meal"), REVIEW_BELOW, MINUTE, 7),
    "fasting.diabetic_long": Case(
        of_findings(fasting.findings, "fasting.long", at.ate), ("nothing", "nothing", "review"), MINUTE, 24
    ),
    "fasting.estimate_margin": Case(
        of_findings(fasting.findings, "fasting.solids", at.estimated), ("review", "clear", "clear"), moved=60
    ),
    "glucose.low": Case(of_findings(fasting.findings, "fasting.glucose", at.glucose), HOLD_BELOW, moved=100),
    "glucose.high": Case(
        of_findings(fasting.findings, "fasting.glucose", at.glucose), ("clear", "clear", "hold"), moved=180
    ),
    "clearance.answers_valid": Case(at.asked_before, ("nothing", "nothing", "hold"), MINUTE, 4),
    "consent.valid_months": Case(
        of_findings(consent.findings, "consent.date", at.consented), ("clear", "clear", "stop"), moved=3
    ),
    "age.adult": Case(
        of_findings(screening.findings, "screening.age", at.aged), ("stop", "nothing", "nothing"), moved=21
    ),
    "age.older": Case(
        of_findings(screening.findings, "screening.age", at.aged), ("nothing", "review", "review"), moved=75
    ),
    "labs.lft_infusions": Case(of_findings(labs.findings, "labs.lft_date", at.earlier), NOTE_FROM, moved=12),
    "labs.lft_months": Case(of_findings(labs.findings, "labs.lft_date", at.tested_before), REPEAT_ABOVE, moved=3),
    "labs.alt_review": Case(
        of_findings(labs.findings, "labs.alt_times", at.alt), ("nothing", "nothing", "review"), TENTH, 2
    ),
    "baseline.sbp_review_above": Case(at.sign("sbp"), ("nothing", "nothing", "review"), moved=120),
    "baseline.sbp_hold": Case(at.sign("sbp"), ("review", "hold", "hold"), moved=150),
    "baseline.sbp_stop": Case(at.sign("sbp"), ("hold", "stop", "stop"), moved=170),
    "baseline.sbp_review_low": Case(at.sign("sbp"), ("review", "review", "nothing"), moved=100),
    "baseline.dbp_review_above": Case(at.sign("dbp"), ("nothing", "nothing", "review"), moved=80),
    "baseline.dbp_hold": Case(at.sign("dbp"), ("review", "hold", "hold"), moved=95),
    "baseline.dbp_stop": Case(at.sign("dbp"), ("hold", "stop", "stop"), moved=105),
    "baseline.dbp_review_low": Case(at.sign("dbp"), ("review", "nothing", "nothing"), moved=60),
    "baseline.hr_hold_high": Case(at.sign("hr"), ("review", "hold", "hold"), moved=120),
    "baseline.hr_review_high": Case(at.sign("hr"), ("nothing", "review", "review"), moved=91),
    "baseline.hr_review_low": Case(at.sign("hr"), ("review", "review", "nothing"), moved=60),
    "baseline.hr_hold_low": Case(at.sign("hr"), ("hold", "hold", "review"), moved=45),
    "baseline.spo2_review": Case(at.sign("spo2"), ("review", "review", "nothing"), moved=96),
    "baseline.spo2_hold": Case(at.sign("spo2"), ("hold", "hold", "review"), moved=92),
    "baseline.rr_hold_high": Case(at.sign("rr"), ("review", "hold", "hold"), moved=23),
    "baseline.rr_review_high": Case(at.sign("rr"), ("nothing", "review", "review"), moved=19),
    "baseline.rr_review_low": Case(at.sign("rr"), ("review", "review", "nothing"), moved=12),
    "baseline.rr_hold_low": Case(at.sign("rr"), ("hold", "hold", "review"), moved=9),
    "baseline.temp_hold": Case(at.sign("temp_c"), ("nothing", "hold", "hold"), TENTH, "37.5"),
    "baseline.temp_review_low": Case(at.sign("temp_c"), ("review", "review", "nothing"), TENTH, "36.0"),
    "baseline.valid_for": Case(
        of_findings(baseline.findings, "vitals.age", at.old_set), ("nothing", "nothing", "hold"), moved=10
    ),
    "weight.change_percent": Case(
        of_findings(baseline.findings, "vitals.weight_change", at.weighed), REPEAT_ABOVE, TENTH, 5
    ),
    "interval.stop_below": Case(at.interval_of_hours, ("stop", "note", "note"), MINUTE, 30),
    "interval.confirm_below": Case(at.interval_of_hours, ("note", "clear", "clear"), MINUTE, 72),
    "interval.review_induction": Case(at.interval_of_days, ("clear", "clear", "review"), MINUTE / 24, 7),
}

DOSE: dict[str, Case] = {
    "dose.mg_per_kg_low": Case(at.warned(mg_per_kg="?"), ("note", "clear", "clear"), Decimal("0.001"), "0.25"),
    "dose.mg_per_kg_usual": Case(at.warned(mg_per_kg="?"), ("clear", "clear", "note"), Decimal("0.001"), "0.5"),
    "dose.mg_per_kg_review": Case(at.warned(mg_per_kg="?"), ("note", "note", "review"), Decimal("0.001"), "0.9"),
    "dose.mg_per_kg_stop": Case(at.warned(mg_per_kg="?"), ("review", "review", "stop"), Decimal("0.001"), "1.5"),
    "dose.mg_stop": Case(at.warned(dose_mg="?"), ("clear", "clear", "stop"), TENTH, 100),
    "dose.stop_minutes": Case(at.warned(minutes="?", mg_per_kg="2.5"), ("stop", "stop", "review"), moved=120),
    "dose.minutes_confirm": Case(at.warned(minutes="?"), ("note", "clear", "clear"), moved=60),
    "dose.minutes_review": Case(at.warned(minutes="?"), ("review", "note", "note"), moved=35),
    "dose.rise_percent": Case(at.raised_by_percent, REPEAT_ABOVE, TENTH, 10),
    "dose.rise_mg_per_kg": Case(at.raised_by_mg_per_kg, REPEAT_ABOVE, Decimal("0.001"), "0.1"),
    "dose.differs_percent": Case(at.differs_by_percent, ("nothing", "nothing", "review"), TENTH, 1),
    "dose.differs_mg": Case(at.differs_by_mg, ("nothing", "nothing", "review"), TENTH, 1),
    "dose.dilute_from": Case(at.undiluted, ("nothing", "stop", "stop"), moved=50),
    "schedule.start_early": Case(at.planned_in, ("may start", "may start", "too early"), moved=15),
}

DURING: dict[str, Case] = {
    "escalate.sbp_recheck_above": Case(at.seen("bp", "sbp", dbp=90), REPEAT_ABOVE, moved=150),
    "escalate.sbp_now_above": Case(at.seen("bp", "sbp", dbp=90), CALL_ABOVE, moved=190),
    "escalate.dbp_recheck_above": Case(at.seen("bp", "dbp", sbp=150), REPEAT_ABOVE, moved=95),
    "escalate.dbp_now_above": Case(at.seen("bp", "dbp", sbp=150), CALL_ABOVE, moved=115),
    "escalate.repeat_after": Case(at.high_for, ("note", "stop", "stop"), moved=10),
    "escalate.sbp_low_recheck": Case(at.seen("bp_low", "sbp"), NOTE_TO, moved=100),
    "escalate.sbp_low_now": Case(at.seen("bp_low", "sbp"), CALL_TO, moved=85),
    "escalate.hr_recheck_high": Case(at.seen("hr", "hr"), NOTE_FROM, moved=110),
    "escalate.hr_now_high": Case(at.seen("hr", "hr"), CALL_FROM, moved=125),
    "escalate.hr_recheck_low": Case(at.seen("hr", "hr"), NOTE_TO, moved=60),
    "escalate.hr_now_low": Case(at.seen("hr", "hr"), CALL_TO, moved=45),
    "escalate.spo2_recheck": Case(at.seen("spo2", "spo2"), NOTE_TO, moved=95),
    "escalate.spo2_now": Case(at.seen("spo2", "spo2"), ("stop", "note", "note"), moved=91),
    "escalate.spo2_now_oxygen": Case(at.seen("spo2", "spo2", oxygen_l_min=2), ("stop", "note", "note")),
    "escalate.rr_recheck_low": Case(at.seen("rr", "rr"), ("stop", "note", "nothing")),
    "escalate.rr_now_low": Case(at.seen("rr", "rr"), ("stop", "stop", "note")),
    "escalate.rr_recheck_high": Case(at.seen("rr", "rr"), NOTE_FROM, moved=21),
    "escalate.rr_now_high": Case(at.seen("rr", "rr"), CALL_FROM, moved=27),
    "escalate.moaas_recheck": Case(at.seen("sedation", "moaas"), ("stop", "note", "nothing")),
    "escalate.moaas_now": Case(at.seen("sedation", "moaas"), ("stop", "stop", "note")),
    "escalate.dissociation_recheck": Case(at.seen("dissociation", "dissociation"), NOTE_FROM, moved=2),
    "escalate.nausea_recheck": Case(at.seen("nausea", "nausea"), NOTE_FROM, moved=3),
    "escalate.rise_sbp": Case(at.rise("sbp"), NOTE_FROM, moved=20),
    "escalate.rise_dbp": Case(at.rise("dbp"), NOTE_FROM, moved=15),
    "escalate.own_baseline_percent": Case(at.own_limit, (141, 142, 143)),
    "escalate.news2_now": Case(at.news2_total, ("nothing", "stop", "stop"), moved=3),
    "escalate.news2_single": Case(at.news2_single, ("nothing", "stop", "stop")),
    "escalate.missed_in_row": Case(at.missed, ("nothing", "stop", "stop"), moved=3),
    "escalate.rechecks": Case(at.repeats, ("nothing", "stop", "stop"), moved=5),
    "schedule.infusion_every": Case(partial(at.planned_reading, "infusion_every", 1), ("11:09", "11:10", "11:11")),
    "schedule.recovery_every": Case(partial(at.planned_reading, "recovery_every", 5), ("11:54", "11:55", "11:56")),
    "schedule.dissociation_every": Case(at.dissociation_asked, ("note", "note", "nothing")),
    "schedule.due_amber": Case(at.due_for, ("due", "due", "overdue"), moved=4),
    "schedule.due_red": Case(at.due_for, ("overdue", "overdue", "late"), moved=4),
    "schedule.longest": Case(at.planned_ahead, ("10 min", "10 min", "10 min")),
    "schedule.late_entry": Case(at.entered_after, ("in time", "in time", "late entry"), moved=30),
}

AFTER: dict[str, Case] = {
    "schedule.observe_after_end": Case(partial(at.observed, "end", "11:40"), MET_FROM, moved=120),
    "schedule.observe_from_start": Case(partial(at.observed, "start", "11:00"), MET_FROM, moved=240),
    "aldrete.pass": Case(at.score("aldrete", ALDRETE), MET_FROM),
    "aldrete.circulation_full": Case(lambda v, p: scores.aldrete_circulation(HUNDRED, 100 + v, p), (2, 2, 1), TENTH),
    "aldrete.circulation_none": Case(lambda v, p: scores.aldrete_circulation(HUNDRED, 100 - v, p), (1, 0, 0), TENTH),
    "aldrete.spo2_air": Case(lambda v, p: scores.aldrete_spo2(int(v), False, p), (1, 1, 2)),
    "aldrete.spo2_low": Case(lambda v, p: scores.aldrete_spo2(int(v), False, p), (0, 0, 1)),
    "mpadss.pass": Case(at.score("mpadss", MPADSS), MET_FROM),
    "mpadss.vitals_full": Case(lambda v, p: scores.padss_vital_signs(HUNDRED, 100 - v, p), (2, 2, 1), TENTH),
    "mpadss.vitals_half": Case(lambda v, p: scores.padss_vital_signs(HUNDRED, 100 + v, p), (1, 1, 0), TENTH),
    "mpadss.pain_full": Case(at.comfort("pain"), (2, 2, 1)),
    "mpadss.pain_half": Case(at.comfort("pain"), (1, 1, 0)),
    "mpadss.nausea_full": Case(at.comfort("nausea"), (2, 2, 1)),
    "mpadss.nausea_half": Case(at.comfort("nausea"), (2, 1, 0)),
    "discharge.within_percent": Case(at.leaves("vitals", "{over}/100 100 98 14", NEAR), MET_TO, moved=10),
    "discharge.sbp_low": Case(at.leaves("vitals", "{}/60 130 98 14"), MET_FROM, moved=100),
    "discharge.sbp_high": Case(at.leaves("vitals", "{}/60 130 98 14"), MET_TO, moved=140),
    "discharge.dbp_below": Case(at.leaves("vitals", "150/{} 130 98 14"), ("met", "not_met", "not_met"), moved=90),
    "discharge.spo2_above": Case(at.leaves("spo2", "118/76 72 {} 14"), MET_ABOVE, moved=95),
    "discharge.dissociation_max": Case(at.dissociation, MET_TO),
    "discharge.effect_against": Case(at.still_dizzy, ("met", "not_met", "not_met"), moved=1),
    "discharge.reversal_wait": Case(at.reversed_before, MET_FROM, moved=240),
}
REST = "Let the patient rest {}, then repeat, also on the other arm or with another cuff. The provider decides."

BESIDE: dict[str, Case] = {
    "age.pregnancy_from": Case(desk.may_be_pregnant, (False, True, True), moved=12),
    "age.pregnancy_to": Case(desk.may_be_pregnant, (True, True, False), moved=60),
    "baseline.alert": Case(desk.sedated_before, ("hold", "nothing", "nothing")),
    "baseline.repeats": Case(desk.repeated, ("note", "note", "review"), moved=2),
    "baseline.repeats_within": Case(desk.repeated_after, ("note", "note", "review"), moved=20),
    "baseline.dissociation_hold": Case(
        partial(desk.scored_before, "dissociation"), ("nothing", "hold", "hold"), moved=1
    ),
    "baseline.agitation_hold": Case(partial(desk.scored_before, "agitation"), ("nothing", "hold", "hold"), moved=1),
    "baseline.nausea_review": Case(partial(desk.scored_before, "nausea"), ("nothing", "review", "review"), moved=3),
    "baseline.rest_from": Case(
        partial(desk.told_to_repeat, "rest_from", "142/88"),
        (REST.format("4 to 15 min"), REST.format("5 to 15 min"), REST.format("6 to 15 min")),
    ),
    "baseline.rest_to": Case(
        partial(desk.told_to_repeat, "rest_to", "142/88"),
        (REST.format("5 to 14 min"), REST.format("5 to 15 min"), REST.format("5 to 16 min")),
    ),
    "departure.awake": Case(partial(desk.departs, "moaas"), ("a provider", "the nurse", "the nurse")),
    "departure.lucid": Case(partial(desk.departs, "dissociation"), ("the nurse", "the nurse", "a provider")),
    "desk.similar_names": Case(desk.alike, (False, True, True), moved=90),
    "discharge.awake": Case(desk.awake, MET_FROM),
    "discharge.sets": Case(desk.stable_sets, ("unanswered", "met", "met"), moved=3),
    "escalate.news2_alert": Case(desk.alert_in_news2, ("V", "A", "A")),
    "escalate.news2_confused": Case(desk.confused_in_news2, ("A", "C", "C"), moved=2),
    "typing.digits_jump": Case(desk.jumps, (False, True, True)),
    "typing.digits_back": Case(desk.back_in_place, (True, True, False), moved=3),
    "typing.plan_ahead": Case(desk.plans_ahead, ("planned", "planned", "refused"), moved=31),
    "weight.slip_percent": Case(desk.slips, ("a slip", "a slip", "a change"), TENTH, 2),
}
CASES = {**BEFORE, **DOSE, **DURING, **AFTER, **BESIDE, **course.CASES}


def test_every_limit_has_its_case() -> None:
    assert {*CASES, *HELD_ELSEWHERE} == set(PROTOCOL.limits)


def around(case: Case, value: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    return value - case.step, value, value + case.step


@pytest.mark.parametrize("key", CASES)
def test_one_step_below_the_limit_at_it_and_one_step_above(key: str) -> None:
    case = CASES[key]
    found = tuple(case.look(value, PROTOCOL) for value in around(case, PROTOCOL.limit(key)))
    assert found == case.expected


@pytest.mark.parametrize("key", [key for key, case in CASES.items() if case.moved is not None])
def test_the_boundary_moves_with_the_limit(key: str) -> None:
    case, moved = CASES[key], Decimal(str(CASES[key].moved))
    low, high = PROTOCOL.limits[key].allowed
    assert low <= moved <= high
    assert moved != PROTOCOL.limit(key)
    protocol = with_limit(key, moved)
    assert tuple(case.look(value, protocol) for value in around(case, moved)) == case.expected


@pytest.mark.parametrize("place", HELD_ELSEWHERE.values())
def test_the_place_where_another_limit_is_held_exists(place: str) -> None:
    assert (ROOT / place).exists()
