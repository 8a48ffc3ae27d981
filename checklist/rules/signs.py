"""What one vital sign says over time, during the infusion and after it (reference 4.3).

CLEAR: go on. NOTE: repeat in 5 minutes. STOP: pause the pump and call the provider now. The limits are the protocol's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import TypeVar

from checklist.model import Level, Reading
from checklist.protocol import Protocol
from checklist.rules.bands import Band, Side, band_of
from checklist.rules.texts import number
from checklist.times import written_time

Row = TypeVar("Row")
BpRow = tuple[Decimal | int, int, int]  # minutes from any zero, systolic, diastolic

EMERGENCY_SYMPTOMS = {
    "chest_pain": "Chest pain",
    "severe_headache": "Severe headache",
    "vision_loss": "Loss of sight",
    "focal_weakness": "Weakness on one side",
    "seizure": "Seizure",
    "anaphylaxis": "Signs of anaphylaxis",
    "apnoea": "Apnoea",
    "stridor": "Stridor",
}
"""What Reading.symptoms may hold, by id, with the words for people. Each of them calls the provider at once."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How a sign stands at its latest reading, why, and the limit that says so ("" when there is none)."""

    level: Level
    why: str = ""
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """`shown` writes its value, None when not taken; `judge` looks at all readings that have it, oldest first."""

    key: str
    name: str
    shown: Callable[[Reading], str | None]
    judge: Callable[[Sequence[Reading], Protocol], Judged]


GOOD = Judged(Level.CLEAR)


def bp_over_time(rows: Sequence[BpRow], protocol: Protocol) -> Level:
    """High blood pressure at the last row, looking back over the high rows just before it.

    STOP when one of them is above the "now" limits, or when all readings over `repeat_after` minutes are high.
    """
    run = _last_run(rows, lambda row: _is_high(row, protocol, "recheck"))
    if not run:
        return Level.CLEAR
    lasts = run[-1][0] - run[0][0] >= protocol.limit("escalate.repeat_after")
    return Level.STOP if lasts or any(_is_high(row, protocol, "now") for row in run) else Level.NOTE


def _is_high(row: BpRow, protocol: Protocol, tier: str) -> bool:
    sbp_limit, dbp_limit = protocol.limit(f"escalate.sbp_{tier}_above"), protocol.limit(f"escalate.dbp_{tier}_above")
    return row[1] > sbp_limit or row[2] > dbp_limit


def _last_run(rows: Sequence[Row], holds: Callable[[Row], bool]) -> list[Row]:
    """The rows at the end for which it holds without a break, oldest first."""
    return list(takewhile(holds, reversed(rows)))[::-1]


def _minutes(reading: Reading, first: Reading) -> Decimal:
    return Decimal(reading.observed.since(first.observed).total_seconds()) / 60


def _pressure(reading: Reading) -> tuple[int, int] | None:
    """Systolic counts only with its diastolic."""
    return None if reading.sbp is None or reading.dbp is None else (reading.sbp, reading.dbp)


def _bp_rows(readings: Sequence[Reading]) -> list[BpRow]:
    return [
        (_minutes(reading, readings[0]), *pressure)
        for reading in readings
        if (pressure := _pressure(reading)) is not None
    ]


def _is_raised(reading: Reading, protocol: Protocol) -> bool:
    return any(_is_high(row, protocol, "recheck") for row in _bp_rows([reading]))


def _bp_shown(reading: Reading) -> str | None:
    return None if _pressure(reading) is None else f"{reading.sbp}/{reading.dbp} mmHg"


def _judge_bp(readings: Sequence[Reading], protocol: Protocol) -> Judged:
    run = _last_run(readings, lambda one: _is_raised(one, protocol))
    if not run:
        return GOOD
    level = bp_over_time(_bp_rows(run), protocol)
    tier = "/".join(number(protocol.limit(f"escalate.{part}_recheck_above")) for part in ("sbp", "dbp"))
    if readings[-1].symptoms:
        return Judged(Level.STOP, f"above {tier} mmHg, with symptoms", "escalate.sbp_recheck_above")
    since = f" on all readings since {written_time(run[0].observed)}" if len(run) > 1 else ""
    return Judged(level, f"above {tier} mmHg{since}", "escalate.sbp_recheck_above")


def _judge_bp_low(readings: Sequence[Reading], protocol: Protocol) -> Judged:
    judged = _judge(readings[-1].sbp, _BP_LOW, protocol)
    if judged.level is Level.NOTE and readings[-1].symptoms:
        return Judged(Level.STOP, f"{judged.why}, with symptoms", judged.limit)
    return judged


def _judge_hr(readings: Sequence[Reading], protocol: Protocol) -> Judged:
    """Fast for `repeat_after` minutes and with symptoms calls the provider, too."""
    judged = _judge(readings[-1].hr, _HR, protocol)
    fast = protocol.limit("escalate.hr_recheck_high")
    run = _last_run(readings, lambda one: one.hr is not None and one.hr >= fast)
    if judged.level is Level.STOP or not run or not readings[-1].symptoms:
        return judged
    if _minutes(run[-1], run[0]) < protocol.limit("escalate.repeat_after"):
        return judged
    since = written_time(run[0].observed)
    return Judged(Level.STOP, f"{judged.why} since {since}, with symptoms", judged.limit)


def _judge_spo2(readings: Sequence[Reading], protocol: Protocol) -> Judged:
    latest = readings[-1]
    judged = _judge(latest.spo2, _SPO2_OXYGEN if latest.on_oxygen else _SPO2, protocol)
    oxygen = " on oxygen" if latest.on_oxygen and judged is not GOOD else ""
    return Judged(judged.level, f"{judged.why}{oxygen}", judged.limit)


def _judge_symptoms(readings: Sequence[Reading], _protocol: Protocol) -> Judged:
    """Words that are not in the list are repeated back, never taken as harmless."""
    if any(one in EMERGENCY_SYMPTOMS for one in readings[-1].symptoms):
        return Judged(Level.STOP, "an emergency sign")
    return Judged(Level.NOTE, "a symptom outside the list")


def symptoms_shown(reading: Reading) -> str | None:
    """None when none was written: that nobody wrote one does not say that it is gone."""
    return ", ".join(EMERGENCY_SYMPTOMS.get(one, one) for one in reading.symptoms) or None


def _judge(value: int | None, bands: tuple[Band, ...], protocol: Protocol) -> Judged:
    band = None if value is None else band_of(value, bands, protocol)
    return GOOD if band is None else Judged(band.level, band.why(protocol), band.limit)


def _banded(key: str, name: str, unit: str, value: Callable[[Reading], int | None], bands: tuple[Band, ...]) -> Sign:
    """A sign that only its latest number decides."""
    return Sign(key, name, _shown(value, unit), lambda readings, protocol: _judge(value(readings[-1]), bands, protocol))


def _shown(value: Callable[[Reading], int | None], unit: str) -> Callable[[Reading], str | None]:
    return lambda reading: None if value(reading) is None else f"{value(reading)}{unit}"


_BP_LOW = (
    Band(Level.STOP, "escalate.sbp_low_now", Side.TO),
    Band(Level.NOTE, "escalate.sbp_low_recheck", Side.TO),
)
_HR = (
    Band(Level.STOP, "escalate.hr_now_high", Side.FROM),
    Band(Level.STOP, "escalate.hr_now_low", Side.TO),
    Band(Level.NOTE, "escalate.hr_recheck_high", Side.FROM),
    Band(Level.NOTE, "escalate.hr_recheck_low", Side.TO),
)
_SPO2 = (
    Band(Level.STOP, "escalate.spo2_now", Side.BELOW),
    Band(Level.NOTE, "escalate.spo2_recheck", Side.TO),
)
_SPO2_OXYGEN = (Band(Level.STOP, "escalate.spo2_now_oxygen", Side.BELOW), *_SPO2)
_RR = (
    Band(Level.STOP, "escalate.rr_now_high", Side.FROM),
    Band(Level.STOP, "escalate.rr_now_low", Side.TO),
    Band(Level.NOTE, "escalate.rr_recheck_high", Side.FROM),
    Band(Level.NOTE, "escalate.rr_recheck_low", Side.TO),
)
_SEDATION = (
    Band(Level.STOP, "escalate.moaas_now", Side.TO),
    Band(Level.NOTE, "escalate.moaas_recheck", Side.TO),
)
_DISSOCIATION = (Band(Level.NOTE, "escalate.dissociation_recheck", Side.FROM),)
_AGITATION = (
    Band(Level.STOP, "escalate.agitation_now", Side.FROM),
    Band(Level.NOTE, "escalate.agitation_recheck", Side.FROM),
)
_NAUSEA = (Band(Level.NOTE, "escalate.nausea_recheck", Side.FROM),)

SIGNS = (
    Sign("bp", "BP", _bp_shown, _judge_bp),
    Sign("bp_low", "Systolic", _shown(lambda reading: reading.sbp, " mmHg"), _judge_bp_low),
    Sign("hr", "Heart rate", _shown(lambda reading: reading.hr, " /min"), _judge_hr),
    Sign("spo2", "SpO2", _shown(lambda reading: reading.spo2, " %"), _judge_spo2),
    _banded("rr", "Breathing rate", " /min", lambda reading: reading.rr, _RR),
    _banded("sedation", "MOAA/S", "", lambda reading: reading.moaas, _SEDATION),
    _banded("dissociation", "Dissociation", "", lambda reading: reading.dissociation, _DISSOCIATION),
    _banded("agitation", "Agitation (RASS +)", "", lambda reading: reading.agitation, _AGITATION),
    _banded("nausea", "Nausea", "", lambda reading: reading.nausea, _NAUSEA),
    Sign("symptoms", "Symptoms:", symptoms_shown, _judge_symptoms),
)
