"""Which way a limit is stricter: needed to say of a change whether it asks more of the clinic or less."""

from decimal import Decimal
from enum import StrEnum

from checklist.protocol.values import Limit


class Turn(StrEnum):
    """What a changed number means for the patient's safety margin."""

    STRICTER = "stricter"
    LOOSER = "looser"
    NEITHER = "neither stricter nor looser"


# Everything not named here is stricter when it is lower: alarms come earlier, readings oftener, consent ends sooner.
_HIGHER = frozenset(
    {
        *(f"fasting.{profile}.{kind}{part}" for profile in ("ASA", "CLINIC_4_6") for kind, part in (
            ("clear_liquid", ""), ("breast_milk", ""), ("light_meal", ""), ("fatty_meal", ""),
            ("light_meal", "_review"), ("fatty_meal", "_review"),
        )),
        *("fasting.estimate_margin", "glucose.low", "age.adult"),
        *("screening.brain_months", "screening.heart_weeks", "labs.egfr_low", "labs.tsh_low"),
        *("baseline.sbp_review_low", "baseline.dbp_review_low", "baseline.hr_review_low", "baseline.hr_hold_low"),
        *("baseline.spo2_review", "baseline.spo2_hold", "baseline.rr_review_low", "baseline.rr_hold_low"),
        *("baseline.temp_review_low", "baseline.alert", "baseline.rest_from", "age.pregnancy_to"),
        *("escalate.sbp_low_recheck", "escalate.sbp_low_now", "escalate.hr_recheck_low", "escalate.hr_now_low"),
        *("escalate.spo2_recheck", "escalate.spo2_now", "escalate.spo2_now_oxygen"),
        *("escalate.news2_alert", "discharge.awake", "discharge.sets", "departure.awake"),
        *("weight.slip_percent", "typing.digits_back", "desk.open_for"),
        *("escalate.rr_recheck_low", "escalate.rr_now_low", "escalate.moaas_recheck", "escalate.moaas_now"),
        *("schedule.observe_after_end", "schedule.observe_from_start"),
        *("dose.mg_per_kg_low", "dose.stop_minutes", "dose.minutes_confirm", "dose.minutes_review"),
        *("interval.stop_below", "interval.confirm_below", "followup.attempts"),
        *("aldrete.pass", "mpadss.pass"),
        *("discharge.sbp_low", "discharge.spo2_above", "discharge.reversal_wait"),
    }
)  # fmt: skip
_NEITHER = frozenset(
    {
        *("aldrete.circulation_full", "aldrete.circulation_none", "aldrete.spo2_air", "aldrete.spo2_low"),
        *("mpadss.vitals_full", "mpadss.vitals_half", "mpadss.pain_full", "mpadss.pain_half"),
        *("schedule.longest", "interval.series", "typing.plan_ahead", "baseline.rest_to"),
        *("followup.due_after", "followup.due_until"),
    }
)
"""Parts of scores, and the window of a call: a change is a change, not a margin."""


def turn(before: Limit, after: Decimal) -> Turn:
    """What it means when the limit becomes `after`, in the limit's unit."""
    if before.key in _NEITHER or before.value == after:
        return Turn.NEITHER
    return Turn.STRICTER if (after > before.value) == (before.key in _HIGHER) else Turn.LOOSER
