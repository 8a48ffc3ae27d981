"""Dose arithmetic (reference 5.2): a check of the prescriber's order, never a proposal.

All in `Decimal` at full precision; `rounded` (half up) is used only where a number is shown or recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from checklist.model import EventKind, ItemId, Patient, Quantity, Sex, Verification
from checklist.rules.facts import Facts
from checklist.rules.texts import number
from checklist.snapshot import Given, Record, Segment
from checklist.times import Moment

CM_PER_INCH = Decimal("2.54")
# Devine's formula and the adjusted weight (general knowledge, shown as clinic policy; reference 5.2).
DEVINE_BASE_KG = {Sex.MALE: Decimal(50), Sex.FEMALE: Decimal("45.5")}
DEVINE_KG_PER_INCH = Decimal("2.3")
DEVINE_FROM_INCHES = Decimal(60)
ADJUSTED_PART = Decimal("0.4")

INFUSED_KEY = "infused_ml"
"""In Event.detail. Paused and stopped: the pump's counter in mL. Resumed: where it counts from, when not onwards."""
RATE_KEY = "rate"
"""In Event.detail of a resumption: mL/h of the pump from then on, when it is not the rate of the order."""


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as on paper: 47.625 with 1 place is 47.6, 27.35 is 27.4."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def written(value: Decimal, places: int) -> str:
    """Rounded for people, without trailing zeros: `35`, `0.35`."""
    return number(rounded(value, places))


def dose_text(mg: Decimal) -> str:
    """`35 mg`, `41.3 mg`: 0.1 mg, no trailing zero, a space before the unit (Joint Commission, ISMP)."""
    return f"{written(mg, 1)} mg"


def dose_mg(mg_per_kg: Decimal, weight_kg: Decimal) -> Decimal:
    return mg_per_kg * weight_kg


def volume_ml(mg: Decimal, mg_per_ml: Decimal) -> Decimal:
    """mL to draw up."""
    return mg / mg_per_ml


def bag_conc(mg: Decimal, total_ml: Decimal) -> Decimal:
    """mg/mL in the bag."""
    return mg / total_ml


def rate_ml_h(total_ml: Decimal, minutes: Decimal) -> Decimal:
    """Pump rate in mL/h."""
    return total_ml * 60 / minutes


def rate_mg_kg_h(mg_per_kg: Decimal, minutes: Decimal) -> Decimal:
    return mg_per_kg * 60 / minutes


def rate_mcg_kg_min(mg_per_kg: Decimal, minutes: Decimal) -> Decimal:
    return mg_per_kg * 1000 / minutes


def given_mg(mg: Decimal, total_ml: Decimal, *infused_ml: Decimal) -> Decimal:
    """mg that reached the patient when the pump gave these mL, one number for each segment between pauses."""
    return mg * sum(infused_ml, Decimal(0)) / total_ml


def waste_mg(vial_mg: Decimal, given: Decimal) -> Decimal:
    """What is left of a single-use vial and must be wasted before a witness, in mg."""
    return vial_mg - given


def unaccounted_mg(drawn: Decimal, given: Decimal, wasted: Decimal) -> Decimal:
    """drawn - given - wasted in mg; tolerance 0, so anything but 0 is a discrepancy (reference 5.5).

    Only what the pump gave is rounded, to the hundredth that can be typed or to the tenth that a dose is recorded in:
    waste that goes with either is right.
    """
    gone = drawn - wasted
    return Decimal(0) if gone == rounded(given, 1) else rounded(gone - given, 2)


def ideal_weight(sex: Sex, height_cm: Decimal) -> Decimal | None:
    """Ideal weight in kg by Devine; None under 60 in (152.4 cm) or without a sex that the formula knows."""
    inches = height_cm / CM_PER_INCH
    base = DEVINE_BASE_KG.get(sex)
    if base is None or inches < DEVINE_FROM_INCHES:
        return None
    return base + DEVINE_KG_PER_INCH * (inches - DEVINE_FROM_INCHES)


def adjusted_weight(ideal_kg: Decimal, actual_kg: Decimal) -> Decimal:
    """kg; between ideal and actual weight."""
    return ideal_kg + ADJUSTED_PART * (actual_kg - ideal_kg)


def bmi(weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """kg/m2."""
    return weight_kg / (height_cm / 100) ** 2


@dataclass(frozen=True, slots=True)
class DoseOrder:
    """The order as far as it is written, with the arithmetic beside it. None: not known yet.

    `weight_kg` is the weight of the chosen basis; `expected_mg` is mg/kg times that weight; `volume_ml` is what to
    draw up for the ordered mg; `total_ml` is what the pump gives (see the setting `total_volume`).
    """

    mg_per_kg: Decimal | None
    basis: str  # "actual", "adjusted", "ideal" or ""
    weight_kg: Decimal | None
    expected_mg: Decimal | None
    ordered_mg: Decimal | None
    concentration: Decimal | None
    volume_ml: Decimal | None
    total_ml: Decimal | None
    minutes: Decimal | None
    rate_ml_h: Decimal | None
    bag_mg_ml: Decimal | None


_ORDER_ITEMS = ("dose.mg_per_kg", "dose.mg", "dose.minutes", "dose.total_ml", "dose.concentration", "dose.weight_basis")


def weights(facts: Facts) -> dict[str, Decimal | None]:
    """kg by basis, each None when it cannot be computed: the prescriber sees all three and picks."""
    actual, height = facts.number("vitals.weight"), facts.number("vitals.height")
    ideal = ideal_weight(facts.patient.sex, height) if height is not None else None
    adjusted = adjusted_weight(ideal, actual) if ideal is not None and actual is not None else None
    return {"actual": actual, "adjusted": adjusted, "ideal": ideal}


def order(facts: Facts) -> DoseOrder | None:
    """The order as written so far; None while nothing of it is written."""
    return facts.once(_order)


def _order(facts: Facts) -> DoseOrder | None:
    if not any(facts.is_answered(item) for item in _ORDER_ITEMS):
        return None
    mg_per_kg, mg = facts.number("dose.mg_per_kg"), facts.number("dose.mg")
    basis = facts.word("dose.weight_basis")
    weight = weights(facts).get(basis)
    concentration = _vial_strength(facts)
    volume = volume_ml(mg, concentration) if mg is not None and concentration else None
    total, minutes = _total_ml(facts, volume), facts.number("dose.minutes")
    return DoseOrder(
        mg_per_kg=mg_per_kg,
        basis=basis,
        weight_kg=weight,
        expected_mg=dose_mg(mg_per_kg, weight) if mg_per_kg is not None and weight is not None else None,
        ordered_mg=mg,
        concentration=concentration,
        volume_ml=volume,
        total_ml=total,
        minutes=minutes,
        rate_ml_h=rate_ml_h(total, minutes) if total is not None and minutes else None,
        bag_mg_ml=bag_conc(mg, total) if mg is not None and total else None,
    )


def _vial_strength(facts: Facts) -> Decimal | None:
    """mg/mL: the options of the item are the strengths themselves."""
    word = facts.word("dose.concentration")
    return Decimal(word) if word.isdigit() else None


def _total_ml(facts: Facts, volume: Decimal | None) -> Decimal | None:
    """mL that the pump gives. With `bag_plus_drug` the drug comes on top of what the bag's label says."""
    bag = facts.number("dose.total_ml")
    if facts.protocol.setting("total_volume") != "bag_plus_drug" or bag is None:
        return bag
    return bag + volume if volume is not None else None


def check_fingerprint(facts: Facts) -> str:
    """Hash of what a second person checks: patient, weight, basis, mg/kg, mg, strength, mL, diluent, minutes, rate."""
    now = order(facts)
    values: tuple[Decimal | None, ...] = (facts.number("vitals.weight"),)
    if now is not None:
        values += (now.mg_per_kg, now.weight_kg, now.ordered_mg, now.concentration, now.total_ml)
        values += (now.minutes, now.rate_ml_h)
    written_out = ["" if value is None else number(value) for value in values]
    words = (*_who(facts.patient), now.basis if now else "", facts.word("dose.diluent"))
    return sha256("\x1f".join([*words, *written_out]).encode()).hexdigest()[:16]


def _who(patient: Patient) -> tuple[str, ...]:
    """Who the second person saw: a record that becomes another person's, or learns of an allergy, is checked anew."""
    return (
        *(patient.id, patient.family, patient.given, patient.born.isoformat(), patient.sex.value),
        *(patient.allergy_state.value, patient.allergies),
    )


def verification(facts: Facts) -> Verification | None:
    """The independent check that counts now: the last one of exactly this order, if it agreed.

    That it was made by a second person, without seeing the first entry, is the desk's to enforce.
    """
    current = check_fingerprint(facts)
    of_this = [one for one in facts.record.verifications if one.fingerprint == current]
    return of_this[-1] if of_this and of_this[-1].agrees and not of_this[-1].void else None


def infused_segments(record: Record) -> tuple[Decimal, ...] | None:
    """mL given in each stretch between start, pauses and stop; None while an end's number is not recorded.

    Pauses and stops carry the pump's counter. It goes on through a pause, unless the resumption carries the number
    from which it counts again (0 after a pump was changed or cleared). The order of the journal counts, not the times:
    a PC clock that was set back must not change what was given.
    """
    segments: list[Decimal] = []
    counter, known = Decimal(0), False
    for event in record.events:
        shown = _shown(event.detail.get(INFUSED_KEY, ""))
        if event.kind in (EventKind.PAUSED, EventKind.STOPPED):
            known = shown is not None
            if shown is not None:
                segments.append(shown - counter)
                counter = shown
        elif event.kind is EventKind.RESUMED and shown is not None:
            if not known:
                return None
            counter = shown
    return tuple(segments) if known else None


def _shown(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def given(facts: Facts) -> Given | None:
    """What was given and not given of the ordered dose once the pump has stopped; None while not known."""
    now, parts = order(facts), infused_segments(facts.record)
    if facts.record.event(EventKind.STOPPED) is None or parts is None:
        return None
    if now is None or now.ordered_mg is None or not now.total_ml:
        return None
    got = given_mg(now.ordered_mg, now.total_ml, *parts)
    return Given(sum(parts, Decimal(0)), got, now.ordered_mg - got, uncertain(facts))


def uncertain(facts: Facts) -> str:
    """`uncertain: about 5 mL lost at the left forearm`; "" when nothing ran into the tissue (reference 12.12).

    What the pump gave is counted as given for the drug log: it left the vial. How much worked nobody knows.
    """
    word = facts.word("iv.infiltrated")
    if word not in ("yes", "unknown"):
        return ""
    lost, site = facts.number("iv.lost_ml"), facts.answer("iv.site")
    amount = f"about {number(lost)} mL" if lost is not None else "an unknown volume"
    place = f" at {site.value}" if site and isinstance(site.value, str) else ""
    return f"uncertain: {amount} lost{place}" if word == "yes" else "uncertain: infiltration not excluded"


def segments(facts: Facts) -> tuple[Segment, ...]:
    """Every stretch between start, pauses and stop; a stretch that still runs is not among them."""
    now = order(facts)
    rate = now.rate_ml_h if now else None
    found: list[Segment] = []
    begin, counter = None, Decimal(0)
    for event in facts.record.events:
        shown = _shown(event.detail.get(INFUSED_KEY, ""))
        if event.kind in (EventKind.STARTED, EventKind.RESUMED):
            begin, counter = event.at, shown if shown is not None else counter
            rate = _shown(event.detail.get(RATE_KEY, "")) or rate
        elif event.kind in (EventKind.PAUSED, EventKind.STOPPED) and begin is not None:
            found.append(Segment(begin, event.at, shown - counter if shown is not None else None, rate))
            begin, counter = None, shown if shown is not None else counter
    return tuple(found)


def running_rate(record: Record) -> tuple[Moment, Decimal] | None:
    """Since when the pump runs at a rate that is not the order's, and mL/h; None while it is the order's."""
    resumed = [one for one in record.events if one.kind is EventKind.RESUMED]
    rates = [rate for one in resumed if (rate := _shown(one.detail.get(RATE_KEY, "")))]
    return (resumed[-1].at, rates[-1]) if rates else None


def last_dose(records: Iterable[Record]) -> Decimal | None:
    """mg/kg of the last infusion that was really started, from earlier records with the newest first; else None."""
    for record in records:
        answer = record.answers.get(ItemId("dose.mg_per_kg"))
        if record.event(EventKind.STARTED) and answer and isinstance(answer.value, Quantity):
            return answer.value.value
    return None
