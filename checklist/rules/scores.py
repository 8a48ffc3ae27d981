"""Recovery scores: Modified Aldrete (1995) and MPADSS (reference 7.1, 7.2). A missing part leaves no total.

Blood pressure, heart rate and SpO2 are scored from the readings against the baseline; the rest are answers.
"""

from collections.abc import Callable
from decimal import Decimal

from checklist.model import Reading, Stage
from checklist.protocol import Protocol
from checklist.rules.baseline import baseline_values
from checklist.rules.facts import Facts
from checklist.snapshot import Score

Part = tuple[str, int | None]


def change_percent(baseline: Decimal, now: Decimal | int) -> Decimal:
    """How far the value lies from the baseline, up or down, in %."""
    return abs(now - baseline) * 100 / baseline


def aldrete_circulation(baseline_sbp: Decimal, now_sbp: Decimal | int, protocol: Protocol) -> int:
    """2 within 20 % (exactly 20 counts), 1 under 50 %, 0 from 50 % on; higher or lower alike. mmHg."""
    change = change_percent(baseline_sbp, now_sbp)
    if change <= protocol.limit("aldrete.circulation_full"):
        return 2
    return 1 if change < protocol.limit("aldrete.circulation_none") else 0


def aldrete_spo2(spo2: int, on_oxygen: bool, protocol: Protocol) -> int:
    """2 above 92 % on room air, 0 at 90 % or less, else 1; on oxygen at most 1. %."""
    if spo2 <= protocol.limit("aldrete.spo2_low"):
        return 0
    return 2 if not on_oxygen and spo2 > protocol.limit("aldrete.spo2_air") else 1


def padss_vital_signs(baseline: Decimal, now: Decimal | int, protocol: Protocol) -> int:
    """2 within 20 % of the baseline, 1 within 40 %, else 0; the edges count as within. Of one sign."""
    change = change_percent(baseline, now)
    if change <= protocol.limit("mpadss.vitals_full"):
        return 2
    return 1 if change <= protocol.limit("mpadss.vitals_half") else 0


def score(name: str, parts: tuple[Part, ...], pass_mark: int) -> Score:
    """The sum of the parts, None while one is missing; it passes from the mark on."""
    points = [part for _, part in parts if part is not None]
    total = sum(points) if len(points) == len(parts) else None
    return Score(name, parts, total, total is not None and total >= pass_mark, pass_mark)


def aldrete(facts: Facts) -> Score:
    parts = (
        ("Activity", points(facts, "aldrete.activity")),
        ("Breathing", points(facts, "aldrete.respiration")),
        ("Circulation", _circulation(facts)),
        ("Consciousness", points(facts, "aldrete.consciousness")),
        ("SpO2", _oxygenation(facts)),
    )
    return score(facts.protocol.texts["aldrete_name"], parts, int(facts.limit("aldrete.pass")))


def mpadss(facts: Facts) -> Score:
    parts = (
        ("Vital signs", _vital_signs(facts)),
        ("Walking", points(facts, "mpadss.ambulation")),
        ("Nausea", comfort(facts, "nausea")),
        ("Pain", comfort(facts, "pain")),
        ("Bleeding", points(facts, "mpadss.bleeding")),
    )
    return score(facts.protocol.texts["mpadss_name"], parts, int(facts.limit("mpadss.pass")))


def scores(facts: Facts) -> tuple[Score, ...]:
    return aldrete(facts), mpadss(facts)


def points(facts: Facts, item: str) -> int | None:
    """The option's own number; None when unanswered, unknown, declined or not applicable."""
    word = facts.word(item)
    return int(word) if word.isdigit() else None


def comfort(facts: Facts, key: str) -> int | None:
    """Points of "nausea" or "pain": the worse of the answer and of the latest reading after the infusion."""
    answered, latest = points(facts, f"mpadss.{key}"), latest_comfort(facts, key)
    if answered is None or latest is None:
        return answered
    value = int(getattr(latest, key))
    if value <= facts.limit(f"mpadss.{key}_full"):
        return answered
    return min(answered, 1 if value <= facts.limit(f"mpadss.{key}_half") else 0)


def latest_comfort(facts: Facts, key: str) -> Reading | None:
    """The latest reading after the infusion that has this sign."""
    return latest_recovery(facts, lambda one: getattr(one, key))


def moaas_words(score_value: int, protocol: Protocol) -> str:
    """`4 Lethargic`; MOAA/S 0-5 in the clinic's words."""
    return f"{score_value} {protocol.texts[f'moaas_{score_value}']}"


def dissociation_words(score_value: int, protocol: Protocol) -> str:
    """`1 Mild`; our own scale 0-3."""
    return f"{score_value} {protocol.texts[f'dissociation_{score_value}']}"


def recovery_readings(facts: Facts) -> tuple[Reading, ...]:
    """Valid readings after the infusion, oldest first."""
    return facts.once(_after)


def _after(facts: Facts) -> tuple[Reading, ...]:
    return facts.record.valid_readings(Stage.RECOVERY)


def latest_recovery(facts: Facts, taken: Callable[[Reading], object]) -> Reading | None:
    """The latest valid reading after the infusion for which `taken` is not None."""
    return next((one for one in reversed(recovery_readings(facts)) if taken(one) is not None), None)


def _circulation(facts: Facts) -> int | None:
    base, latest = baseline_values(facts).sbp, latest_recovery(facts, lambda one: one.sbp)
    if not base or latest is None or latest.sbp is None:
        return None
    return aldrete_circulation(base, latest.sbp, facts.protocol)


def _oxygenation(facts: Facts) -> int | None:
    latest = latest_recovery(facts, lambda one: one.spo2)
    if latest is None or latest.spo2 is None:
        return None
    return aldrete_spo2(latest.spo2, latest.on_oxygen, facts.protocol)


def _vital_signs(facts: Facts) -> int | None:
    """The worse of systolic pressure and heart rate; both are needed."""
    base = baseline_values(facts)
    pressure, pulse = latest_recovery(facts, lambda one: one.sbp), latest_recovery(facts, lambda one: one.hr)
    pairs = ((base.sbp, pressure.sbp if pressure else None), (base.hr, pulse.hr if pulse else None))
    scored = [padss_vital_signs(before, now, facts.protocol) for before, now in pairs if before and now is not None]
    return min(scored) if len(scored) == len(pairs) else None
