"""The bands of each vital sign before the infusion (reference 4.2): level and limit, heaviest first."""

from checklist.model import Level
from checklist.protocol import Protocol
from checklist.rules.bands import Band, Side, band_of, worst

SBP = (
    Band(Level.STOP, "baseline.sbp_stop", Side.FROM),
    Band(Level.HOLD, "baseline.sbp_hold", Side.FROM),
    Band(Level.REVIEW, "baseline.sbp_review_above", Side.ABOVE),
    Band(Level.REVIEW, "baseline.sbp_review_low", Side.TO),
)
DBP = (
    Band(Level.STOP, "baseline.dbp_stop", Side.FROM),
    Band(Level.HOLD, "baseline.dbp_hold", Side.FROM),
    Band(Level.REVIEW, "baseline.dbp_review_above", Side.ABOVE),
    Band(Level.REVIEW, "baseline.dbp_review_low", Side.BELOW),
)
HR = (
    Band(Level.HOLD, "baseline.hr_hold_high", Side.FROM),
    Band(Level.HOLD, "baseline.hr_hold_low", Side.TO),
    Band(Level.REVIEW, "baseline.hr_review_high", Side.FROM),
    Band(Level.REVIEW, "baseline.hr_review_low", Side.TO),
)
SPO2 = (Band(Level.HOLD, "baseline.spo2_hold", Side.TO), Band(Level.REVIEW, "baseline.spo2_review", Side.TO))
RR = (
    Band(Level.HOLD, "baseline.rr_hold_high", Side.FROM),
    Band(Level.HOLD, "baseline.rr_hold_low", Side.TO),
    Band(Level.REVIEW, "baseline.rr_review_high", Side.FROM),
    Band(Level.REVIEW, "baseline.rr_review_low", Side.TO),
)
TEMP = (Band(Level.HOLD, "baseline.temp_hold", Side.FROM), Band(Level.REVIEW, "baseline.temp_review_low", Side.TO))


def bp_band(sbp: int, dbp: int, protocol: Protocol) -> Band | None:
    """The worse of systolic and diastolic counts (mmHg); None inside the limits. 140/90 itself is not raised."""
    return worst(band_of(sbp, SBP, protocol), band_of(dbp, DBP, protocol))
