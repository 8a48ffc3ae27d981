"""Limits that belong together stand in their order: a hold that lies beyond the stop would never be reached."""

from collections.abc import Iterator
from itertools import pairwise

from checklist.protocol.values import Protocol

ORDERED = (
    ("baseline.sbp_review_low", "baseline.sbp_review_above", "baseline.sbp_hold", "baseline.sbp_stop"),
    ("baseline.dbp_review_low", "baseline.dbp_review_above", "baseline.dbp_hold", "baseline.dbp_stop"),
    ("baseline.hr_hold_low", "baseline.hr_review_low", "baseline.hr_review_high", "baseline.hr_hold_high"),
    ("baseline.rr_hold_low", "baseline.rr_review_low", "baseline.rr_review_high", "baseline.rr_hold_high"),
    ("baseline.spo2_hold", "baseline.spo2_review"),
    ("baseline.temp_review_low", "baseline.temp_hold"),
    ("baseline.rest_from", "baseline.rest_to"),
    ("escalate.sbp_low_now", "escalate.sbp_low_recheck", "escalate.sbp_recheck_above", "escalate.sbp_now_above"),
    ("escalate.dbp_recheck_above", "escalate.dbp_now_above"),
    ("escalate.hr_now_low", "escalate.hr_recheck_low", "escalate.hr_recheck_high", "escalate.hr_now_high"),
    ("escalate.rr_now_low", "escalate.rr_recheck_low", "escalate.rr_recheck_high", "escalate.rr_now_high"),
    ("escalate.spo2_now", "escalate.spo2_recheck"),
    ("escalate.moaas_now", "escalate.moaas_recheck"),
    ("schedule.due_amber", "schedule.due_red"),
    ("dose.mg_per_kg_low", "dose.mg_per_kg_usual", "dose.mg_per_kg_review", "dose.mg_per_kg_stop"),
    ("dose.minutes_review", "dose.minutes_confirm"),
    ("interval.stop_below", "interval.confirm_below"),
    ("fasting.ASA.light_meal_review", "fasting.ASA.light_meal"),
    ("fasting.ASA.fatty_meal_review", "fasting.ASA.fatty_meal"),
    ("fasting.CLINIC_4_6.light_meal_review", "fasting.CLINIC_4_6.light_meal"),
    ("fasting.CLINIC_4_6.fatty_meal_review", "fasting.CLINIC_4_6.fatty_meal"),
    ("glucose.low", "glucose.high"),
    ("age.adult", "age.older"),
    ("age.pregnancy_from", "age.pregnancy_to"),
    ("mpadss.nausea_full", "mpadss.nausea_half"),
    ("discharge.sbp_low", "discharge.sbp_high"),
    ("followup.due_after", "followup.due_until"),
)
"""Each limit is at most the next of its row."""


def out_of_order(protocol: Protocol, name: str) -> Iterator[str]:
    """A sentence for each pair whose first is above its second: the lighter one would never be reached."""
    for row in ORDERED:
        known = [protocol.limits[key] for key in row if key in protocol.limits]
        for low, high in pairwise(known):
            if low.value > high.value:
                yield (
                    f"{name}, line {low.line}: limit {low.key} is {low.value} {low.unit}, above {high.key} "
                    f"({high.value} {high.unit}, line {high.line}). Write at most {high.value}, or raise the other."
                )
