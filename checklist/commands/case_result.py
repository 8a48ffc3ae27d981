"""What stands beside the findings of a judged case: medicines, questionnaires, body, dose, NEWS2, schedule."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from checklist.model import Stage
from checklist.rules import dose, news2, screening
from checklist.rules.facts import Facts
from checklist.rules.schedule import ready_at, stopped
from checklist.snapshot import Snapshot
from checklist.times import Moment

Result = dict[str, Any]
PLACES = {"mg": 1, "ml": 2, "mg/ml": 3, "ml/h": 1, "mg/kg/h": 3, "mcg/kg/min": 1, "kg": 1, "kg/m2": 1, "any": 6}
"""Decimals of each kind of number, rounded half up (reference 5.2)."""


def shown(value: Decimal | None, kind: str) -> float | int | None:
    """A number of the result, rounded as it is recorded; None where it is not known."""
    if value is None:
        return None
    tidy = dose.rounded(value, PLACES[kind])
    return int(tidy) if tidy == tidy.to_integral_value() else float(tidy)


def body(facts: Facts) -> Result:
    """Age, weight in kg, height in cm, BMI, and the three weights that a dose may go by."""
    weight, height = facts.number("vitals.weight"), facts.number("vitals.height")
    by_basis = dose.weights(facts)
    return {
        "age": facts.age,
        "weight_kg": shown(weight, "kg"),
        "height_cm": shown(height, "kg"),
        "bmi": shown(dose.bmi(weight, height), "kg/m2") if weight and height else None,
        "weights_kg": {basis: shown(kg, "kg") for basis, kg in by_basis.items()},
    }


def ordered(facts: Facts) -> Result | None:
    """The order with its arithmetic, and what was given; None while nothing is ordered."""
    now = dose.order(facts)
    if now is None:
        return None
    return {
        "mg_per_kg": shown(now.mg_per_kg, "any"),
        "weight_basis": now.basis,
        "weight_kg": shown(now.weight_kg, "kg"),
        "expected_mg": shown(now.expected_mg, "mg"),
        "ordered_mg": shown(now.ordered_mg, "any"),
        "ordered": dose.dose_text(now.ordered_mg) if now.ordered_mg is not None else "",
        "mg_by_weight": dict(_by_weight(facts, now)),
        "concentration_mg_ml": shown(now.concentration, "any"),
        "volume_ml": shown(now.volume_ml, "ml"),
        "total_ml": shown(now.total_ml, "any"),
        "minutes": shown(now.minutes, "any"),
        "rate_ml_h": shown(now.rate_ml_h, "ml/h"),
        "bag_mg_ml": shown(now.bag_mg_ml, "mg/ml"),
        **_rates(now),
        "given": _given(facts, now),
    }


def _by_weight(facts: Facts, now: dose.DoseOrder) -> Iterator[tuple[str, float | int | None]]:
    for basis, kg in dose.weights(facts).items():
        known = now.mg_per_kg is not None and kg is not None
        yield basis, shown(dose.dose_mg(now.mg_per_kg or Decimal(0), kg or Decimal(0)), "mg") if known else None


def _rates(now: dose.DoseOrder) -> Result:
    if now.mg_per_kg is None or not now.minutes:
        return {"rate_mg_kg_h": None, "rate_mcg_kg_min": None}
    return {
        "rate_mg_kg_h": shown(dose.rate_mg_kg_h(now.mg_per_kg, now.minutes), "mg/kg/h"),
        "rate_mcg_kg_min": shown(dose.rate_mcg_kg_min(now.mg_per_kg, now.minutes), "mcg/kg/min"),
    }


def _given(facts: Facts, now: dose.DoseOrder) -> Result | None:
    """After the stop: given, not given, what is left of what was drawn up, and what nobody accounts for."""
    got = dose.given(facts)
    if got is None:
        return None
    drawn, wasted = facts.number("waste.drawn_mg"), facts.number("waste.wasted_mg")
    left = dose.waste_mg(drawn, got.given_mg) if drawn is not None else None
    open_mg = dose.unaccounted_mg(drawn, got.given_mg, wasted) if drawn is not None and wasted is not None else None
    return {
        "infused_ml": shown(got.infused_ml, "any"),
        "given_mg": shown(got.given_mg, "mg"),
        "not_given_mg": shown(got.not_given_mg, "mg"),
        "drawn_mg": shown(drawn, "any"),
        "wasted_mg": shown(wasted, "any"),
        "to_waste_mg": shown(left, "mg"),
        "to_waste_ml": shown(dose.volume_ml(left, now.concentration), "ml") if left and now.concentration else None,
        "witness_required": bool(left and left > 0) if left is not None else None,
        "unaccounted_mg": shown(open_mg, "ml"),
    }


def news2_rows(facts: Facts) -> list[Result]:
    """NEWS2 of every reading that counts. The alarm is silent while the pump runs; the score is not."""
    scale = 2 if facts.word("cond.spo2_scale2") == "yes" else 1
    rows = []
    for reading in facts.record.valid_readings():
        alert = reading.stage is Stage.BASELINE and facts.word("vitals.alert") == "yes"
        score = news2.of_reading(reading, facts.protocol, scale, said_alert=alert)
        rows.append(
            {
                "reading": reading.id,
                "observed": reading.observed.store(),
                "stage": reading.stage.value,
                "scale": scale,
                "total": score.total,
                "at_least": score.at_least,
                "risk": score.risk.value if score.risk else None,
                "parts": dict(score.parts),
            }
        )
    return rows


def readings(facts: Facts) -> list[Result]:
    """The values as the rules see them, after conversion."""
    names = ("sbp", "dbp", "hr", "spo2", "rr", "moaas", "dissociation", "nausea", "pain")
    return [
        {
            "reading": one.id,
            "observed": one.observed.store(),
            "stage": one.stage.value,
            **{name: getattr(one, name) for name in names},
            "temp_c": shown(one.temp_c, "kg"),
            "oxygen_l_min": shown(one.oxygen_l_min, "any"),
            "artefact": one.artefact,
        }
        for one in facts.record.readings
    ]


def schedule(facts: Facts, snapshot: Snapshot) -> Result:
    """When readings are due and what became of each; the end of the minimum observation; the next reading."""
    clocks = snapshot.clocks
    return {
        "due": [
            {"at": due.at.store(), "stage": due.stage.value, "state": due.state.value} for due in snapshot.schedule
        ],
        "stopped": _stored(stopped(facts)),
        "earliest_discharge": _stored(ready_at(facts)),
        "observed_minutes": int(clocks.observed.total_seconds() // 60) if clocks else None,
        "needed_minutes": int(clocks.needed.total_seconds() // 60) if clocks else None,
    }


def medicine(snapshot: Snapshot, row_id: str) -> Result:
    """A medicine as typed, what was said of it, and what is understood; "" is not asked."""
    level, name, classes, action = snapshot.medicine_levels[row_id]
    row = next(one for one in snapshot.record.medicines if one.id == row_id)
    told = row.details
    return {
        "row": row_id,
        "text": row.typed,
        "level": level.value,
        "name": name,
        "classes": classes,
        "action": action,
        "dose": row.dose,
        "last_taken": _stored(row.last_taken),
        "last_taken_state": row.last_taken_state.value,
        "confirmed": row.confirmed,
        "spelling": row.spelling_confirmed,
        "route": told.route,
        "frequency": told.frequency,
        "since_last": told.since_last.value,
        "today": told.today.value,
        "held_by": told.held_by,
        "standing_clearance": row_id in snapshot.standing,
        "notes": list(snapshot.medicine_notes.get(row_id, ())),
    }


def questionnaires(snapshot: Snapshot) -> list[Result]:
    """PHQ-9 and GAD-7 of this visit. No total and no band while an answer is missing."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "scores": list(one.scores),
            "open": list(one.open),
            "total": one.total,
            "highest": one.highest,
            "band": one.band or None,
            "course": one.course,
            "last": one.last,
            "due": one.due,
        }
        for one in snapshot.questionnaires
    ]


def not_asked(facts: Facts) -> Iterator[str]:
    """Answers to questions that this case does not ask: no rule reads them."""
    for item in facts.protocol.items():
        if item.id in facts.record.answers and not facts.is_visible(item):
            yield item.id


def suicide_screen(facts: Facts) -> str:
    """`negative`, `non-acute positive`, `acute positive` or `incomplete`."""
    return screening.asq_result(facts).value


def _stored(moment: Moment | None) -> str | None:
    return moment.store() if moment else None
