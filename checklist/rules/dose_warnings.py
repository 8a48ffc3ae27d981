"""What is unusual about an order (reference 5.4), and why the infusion cannot be started now."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from checklist.model import EventKind, ItemId, Level, Meaning
from checklist.protocol import NeededFor, Protocol
from checklist.rules.bands import is_outside
from checklist.rules.dose import (
    DoseOrder,
    dose_text,
    given,
    infused_segments,
    last_dose,
    order,
    rounded,
    uncertain,
    verification,
    written,
)
from checklist.rules.facts import FAILED, Facts, finding
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Finding, Verdict
from checklist.times import written_clock, written_date

STEP = "infusion"
DILUTED = ("saline", "dextrose")
Inputs = tuple[tuple[str, str], ...]
Reason = tuple[Level, str]


def warning(
    mg_per_kg: Decimal, dose_mg: Decimal, minutes: Decimal | None, indication: str, protocol: Protocol
) -> Level:
    """How unusual a dose is: CLEAR, NOTE (ask once more), REVIEW, or STOP (not without a second provider).

    mg/kg, mg, min; indication "mood" or "pain". Unknown minutes are taken as a short infusion: the heavier reading.
    """
    amount = _reasons(mg_per_kg, dose_mg, minutes, indication, protocol)
    return Level.worst(level for level, _ in (*amount, *_too_short(minutes, protocol)))


def _reasons(
    mg_per_kg: Decimal | None, mg: Decimal, minutes: Decimal | None, indication: str, protocol: Protocol
) -> Iterator[Reason]:
    """Each limit that the amount passes: its level and its key in [limits]. Without mg/kg the mg alone are judged."""
    limit = protocol.limit
    short = minutes is None or minutes <= limit("dose.stop_minutes")
    if short and mg > limit("dose.mg_stop"):
        yield Level.STOP, "dose.mg_stop"
    if mg_per_kg is None:
        return
    if short and mg_per_kg > limit("dose.mg_per_kg_stop"):
        yield Level.STOP, "dose.mg_per_kg_stop"
    if indication == "mood" and mg_per_kg > limit("dose.mg_per_kg_review"):
        yield Level.REVIEW, "dose.mg_per_kg_review"
    if mg_per_kg > limit("dose.mg_per_kg_usual"):
        yield Level.NOTE, "dose.mg_per_kg_usual"
    if mg_per_kg < limit("dose.mg_per_kg_low"):
        yield Level.NOTE, "dose.mg_per_kg_low"


def _too_short(minutes: Decimal | None, protocol: Protocol) -> Iterator[Reason]:
    if minutes is not None and minutes < protocol.limit("dose.minutes_review"):
        yield Level.REVIEW, "dose.minutes_review"
    elif minutes is not None and minutes < protocol.limit("dose.minutes_confirm"):
        yield Level.NOTE, "dose.minutes_confirm"


_ACTIONS = {
    Level.STOP: "Not without a second provider. Check the order with the prescriber.",
    Level.REVIEW: "The provider decides.",
    Level.NOTE: "Is this as ordered? Read the order again.",
}


def findings(facts: Facts) -> Iterator[Finding]:
    now = order(facts)
    if now is None:
        return
    yield from _amount(facts, now)
    yield from _duration(facts, now)
    yield from _raised(facts, now)
    yield from _differs(facts, now)
    yield from _weight(facts, now)
    yield from _undiluted(facts, now)
    yield from _bag(facts, now)
    yield from _rate(facts, now)
    yield from _expired(facts)
    yield from _infused(facts, now)
    yield from _uncertain(facts)
    yield from _one_persons_weight(facts)


def _one_persons_weight(facts: Facts) -> Iterator[Finding]:
    """The check counts, but its weight was entered twice by one person: nobody else was on the staff list."""
    check, weight = verification(facts), facts.record.answers.get(ItemId("vitals.weight"))
    if check is None or weight is None or weight.by != check.by:
        return
    yield finding(
        "dose.check_weight",
        Level.NOTE,
        "The weight was checked by the person who entered it",
        "A second person enters the weight without having seen the first entry. Nobody else could sign here.",
        "Weigh the patient again with somebody watching, or let a third person check.",
        STEP,
        items=("vitals.weight",),
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _order_inputs(now: DoseOrder) -> Inputs:
    return (("mg/kg", _text(now.mg_per_kg)), ("mg", _text(now.ordered_mg)), ("minutes", _text(now.minutes)))


def _why(facts: Facts, key: str) -> str:
    """`A dose above this for mood is reviewed: 1 mg/kg.`"""
    return f"{facts.protocol.limits[key].text}: {limit_text(facts, key)}."


def _amount(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    """The heaviest reason alone; the ordered mg counts, or the arithmetic's while nothing is ordered."""
    mg = now.ordered_mg if now.ordered_mg is not None else now.expected_mg
    if mg is None:
        return
    mg_per_kg, weight = now.mg_per_kg, facts.number("vitals.weight")
    if mg_per_kg is None and weight is not None:
        mg_per_kg = rounded(mg / weight, 3)
    reasons = list(_reasons(mg_per_kg, mg, now.minutes, facts.record.session.indication, facts.protocol))
    if not reasons:
        return
    level, key = max(reasons, key=lambda one: one[0].rank)
    per_kg = f"{number(mg_per_kg)} mg/kg, " if mg_per_kg is not None else ""
    yield finding(
        "dose.amount",
        level,
        f"Dose {per_kg}{dose_text(mg)}",
        _why(facts, key),
        _ACTIONS[level],
        STEP,
        items=("dose.mg_per_kg", "dose.mg"),
        source=facts.protocol.source_of(key),
        inputs=(*_order_inputs(now), ("kg", _text(weight))),
        deciders_needed=2 if level is Level.STOP else 1,
    )


def _duration(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    for level, key in _too_short(now.minutes, facts.protocol):
        yield finding(
            "dose.minutes",
            level,
            f"Infusion over {_text(now.minutes)} minutes",
            _why(facts, key),
            _ACTIONS[level],
            STEP,
            items=("dose.minutes",),
            source=facts.protocol.source_of(key),
            inputs=_order_inputs(now),
        )


def _raised(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    earlier = (facts.past.last, *reversed(facts.past.course_records))
    before = last_dose(record for record in earlier if record is not None)
    if before is None or now.mg_per_kg is None:
        return
    rise = now.mg_per_kg - before
    percent = facts.limit("dose.rise_percent")
    if rise * 100 <= before * percent and rise <= facts.limit("dose.rise_mg_per_kg"):
        return
    yield finding(
        "dose.raised",
        Level.NOTE,
        f"Dose raised from {number(before)} to {number(now.mg_per_kg)} mg/kg since the last infusion",
        f"More than {number(percent)} % or {limit_text(facts, 'dose.rise_mg_per_kg')} at once.",
        _ACTIONS[Level.NOTE],
        STEP,
        items=("dose.mg_per_kg",),
        source=facts.protocol.source_of("dose.rise_percent"),
        inputs=(("mg/kg", number(now.mg_per_kg)), ("before", number(before))),
    )


def _differs(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    if now.expected_mg is None or now.ordered_mg is None:
        return
    gap = abs(now.ordered_mg - now.expected_mg)
    percent = facts.limit("dose.differs_percent")
    if gap * 100 <= now.expected_mg * percent and gap <= facts.limit("dose.differs_mg"):
        return
    yield finding(
        "dose.differs",
        Level.REVIEW,
        f"Ordered {dose_text(now.ordered_mg)}, the arithmetic gives {dose_text(now.expected_mg)}",
        f"{_text(now.mg_per_kg)} mg/kg for {written(now.weight_kg or Decimal(0), 1)} kg ({now.basis} weight). "
        f"They may differ by {number(percent)} % and {limit_text(facts, 'dose.differs_mg')}.",
        "Check weight and order. The provider decides which dose stands.",
        STEP,
        items=("dose.mg", "dose.mg_per_kg", "vitals.weight"),
        source=facts.protocol.source_of("dose.differs_percent"),
        inputs=(*_order_inputs(now), ("basis", now.basis), ("kg", _text(now.weight_kg))),
    )


def _weight(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    """Ideal or adjusted weight asked for, and it cannot be computed."""
    if now.basis not in ("adjusted", "ideal") or now.weight_kg is not None:
        return
    height = facts.number("vitals.height")
    yield finding(
        "dose.weight_basis",
        Level.REVIEW,
        f"The {now.basis} weight cannot be computed",
        "It needs today's weight, a height of at least 60 in (152.4 cm), and a sex of female or male.",
        "Enter what is missing, or let the provider choose another weight.",
        STEP,
        items=("dose.weight_basis", "vitals.height", "vitals.weight"),
        inputs=(("basis", now.basis), ("height", _text(height)), ("sex", facts.patient.sex.value), *_order_inputs(now)),
    )


def _undiluted(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    strength, diluent = now.concentration, facts.word("dose.diluent")
    if strength is None or strength < facts.limit("dose.dilute_from") or diluent in DILUTED:
        return
    yield finding(
        "dose.undiluted",
        Level.STOP,
        f"{number(strength)} mg/mL vial and no diluent recorded",
        "This strength is never given into a vein undiluted.",
        "Dilute it, then record in what.",
        STEP,
        items=("dose.concentration", "dose.diluent"),
        source=facts.protocol.source_of("dose.dilute_from"),
        inputs=(("mg/mL", number(strength)), ("diluent", diluent)),
        nobody_overrides=True,
    )


def _bag(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    """A bag that cannot hold the drug: a slip of the pen that no decision makes right."""
    if now.total_ml is None:
        return
    drug = rounded(now.volume_ml or Decimal(0), facts.protocol.bounds["volume"].decimals)
    if now.total_ml > 0 and drug <= now.total_ml:
        return
    total = f"{number(now.total_ml)} mL"
    yield finding(
        "dose.bag",
        Level.STOP,
        f"Bag of {total} for {number(drug)} mL of drug" if now.total_ml > 0 else f"Volume of the bag is {total}",
        "The drug does not fit into the bag." if now.total_ml > 0 else "Nothing can be given from it.",
        "Correct the order.",
        STEP,
        items=("dose.total_ml", "dose.mg", "dose.concentration"),
        inputs=(("total", total), ("drug", number(drug))),
        nobody_overrides=True,
    )


def _rate(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    """The pump rate against the bounds of the protocol: unusual is asked once more, impossible is a stop."""
    bounds = facts.protocol.bounds["rate"]
    if not now.rate_ml_h:
        return
    if is_outside(now.rate_ml_h, bounds.reject_low, bounds.reject_high):
        level, low, high = Level.STOP, bounds.reject_low, bounds.reject_high
    elif is_outside(now.rate_ml_h, bounds.confirm_low, bounds.confirm_high):
        level, low, high = Level.NOTE, bounds.confirm_low, bounds.confirm_high
    else:
        return
    yield finding(
        "dose.rate",
        level,
        f"Pump rate {written(now.rate_ml_h, 1)} mL/h",
        f"Usual is {_text(low)} to {_text(high)} mL/h.",
        "Check volume and minutes with the prescriber." if level is Level.STOP else _ACTIONS[level],
        STEP,
        items=("dose.total_ml", "dose.minutes"),
        inputs=(("rate", number(now.rate_ml_h)), *_order_inputs(now)),
    )


def _expired(facts: Facts) -> Iterator[Finding]:
    expiry = facts.day("dose.expiry")
    if expiry is None or expiry >= facts.judged_at.local.date():
        return
    yield finding(
        "dose.expired",
        Level.HOLD,
        f"The vial expired on {written_date(expiry)}",
        "A vial is used up to and on its expiry date.",
        "Take another vial, then record its lot and expiry.",
        STEP,
        items=("dose.expiry",),
        inputs=(("expiry", expiry.isoformat()),),
    )


def _infused(facts: Facts, now: DoseOrder) -> Iterator[Finding]:
    """The pump's numbers contradict each other or the bag: decided before the patient leaves."""
    segments = infused_segments(facts.record)
    if segments is None or now.total_ml is None:
        return
    total = sum(segments, Decimal(0))
    if total <= now.total_ml and all(segment >= 0 for segment in segments):
        return
    shown = " + ".join(number(segment) for segment in segments)
    yield finding(
        "dose.infused",
        Level.REVIEW,
        f"The pump's numbers do not fit: {shown} mL of {number(now.total_ml)} mL",
        "The dose given is computed from them.",
        "Compare with the pump. The provider decides what was given.",
        "discharge",
        items=("dose.total_ml",),
        inputs=(("segments", shown), ("total", number(now.total_ml))),
    )


def _uncertain(facts: Facts) -> Iterator[Finding]:
    """Drug that ran into the tissue: decided before the patient leaves, and no reason to give more."""
    why = uncertain(facts)
    if not why:
        return
    got = given(facts)
    amount = f"{dose_text(got.given_mg)} by the pump" if got else "not yet known"
    yield finding(
        "dose.uncertain",
        Level.REVIEW,
        f"Infiltration: dose given {amount}, {why}",
        "Drug in the tissue works later and less; what is printed as given is marked as uncertain.",
        "Stop or re-site the IV. The provider decides what counts as given.",
        "discharge",
        items=("iv.infiltrated", "iv.site", "iv.lost_ml"),
        inputs=(("given", amount), ("why", why)),
    )


def clearance_signed(facts: Facts) -> bool:
    """The nurse has signed; the provider too, where the clinic wants that always.

    With `when_review` the provider's signed decisions are enough, so that a verbal order can be countersigned later.
    """
    signature = facts.record.signature
    if signature(Meaning.CHECKED) is None:
        return False
    return facts.protocol.setting("provider_signature") != "always" or signature(Meaning.PROVIDER_CLEARED) is not None


def start_blockers(facts: Facts, clearance: Verdict, evaluated: tuple[Finding, ...]) -> tuple[str, ...]:
    """Why the infusion cannot be started now, in plain sentences; empty when it can.

    `evaluated` are all findings with their decisions attached. The seal of the signature is the desk's to check.
    """
    return tuple(_blockers(facts, clearance, evaluated))


def _blockers(facts: Facts, clearance: Verdict, evaluated: tuple[Finding, ...]) -> Iterator[str]:
    if facts.record.event(EventKind.ENDED) is not None:
        yield "This session has ended."
        return
    if facts.record.event(EventKind.STARTED) is not None:
        yield "The infusion has already been started."
        return
    early = facts.record.session.planned.since(facts.now)
    if early > timedelta(minutes=float(facts.limit("schedule.start_early"))):
        planned = written_clock(facts.record.session.planned, facts.now.local.date())
        yield f"Planned for {planned}. Move the planned start to now first."
    if not clearance.passes:
        yield f"Not cleared: {clearance.sentence}"
    elif not clearance_signed(facts):
        yield "The clearance is not signed yet."
    missing = [
        item.label
        for item in facts.protocol.items()
        if item.needed_for is NeededFor.START and facts.is_visible(item) and not facts.is_answered(item.id)
    ]
    if missing:
        yield f"Still to answer: {', '.join(missing)}."
    if not missing and verification(facts) is None:
        yield "No second person has checked the dose as it stands now."
    before = {step.id for step in facts.protocol.steps if step.phase == "before"}  # told by the clearance
    for one in evaluated:
        if one.is_open and (one.step == STEP or (one.key.startswith(FAILED) and one.step not in before)):
            yield f"{one.title}. {one.action}"
