"""The log of the controlled substance: every vial over all visits, as a pure fold (reference 5.5)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from checklist.model import Answer, EventKind, ItemId, Meaning, StaffId
from checklist.rules.dose import given, unaccounted_mg
from checklist.rules.facts import Facts
from checklist.rules.texts import number
from checklist.snapshot import DrugLine
from checklist.times import Moment, written_date

DRAWN = ItemId("waste.drawn_mg")


def is_of_the_log(facts: Facts) -> bool:
    """The drug was drawn up, or the pump ran."""
    return facts.is_answered(DRAWN) or facts.record.event(EventKind.STARTED) is not None


def line(facts: Facts, name: Callable[[StaffId], str]) -> DrugLine:
    """What one visit says of its vial, before it is held against the visits before it."""
    drawn, wasted, got = facts.number(DRAWN), facts.number("waste.wasted_mg"), given(facts)
    mg = got.given_mg if got else _never_given(facts)
    gap = None
    if drawn is not None and wasted is not None and mg is not None:
        gap = unaccounted_mg(drawn, mg, wasted)
    strength, expiry = facts.word("dose.concentration"), facts.day("dose.expiry")
    entered = facts.answer(DRAWN)
    witness = facts.record.signature(Meaning.WITNESSED_WASTE)
    return DrugLine(
        at=_when(facts, entered),
        record_id=facts.record.session.record_id,
        patient=facts.patient.display_name,
        strength=Decimal(strength) if strength.isdigit() else None,
        ndc=_text(facts, "dose.ndc"),
        lot=_text(facts, "dose.lot"),
        vial=_text(facts, "dose.vial"),
        expiry=written_date(expiry) if expiry else "",
        drawn=drawn,
        given=mg,
        wasted=wasted,
        gap=gap,
        before=facts.number("dose.vial_mg"),
        after=None,
        by=name(entered.by) if entered else "",
        witness=witness.name if witness else "",
        note=_note(facts, got.uncertain if got else ""),
        born=written_date(facts.patient.born),
    )


def _never_given(facts: Facts) -> Decimal | None:
    """0 mg when the visit ended before the pump ran: all that was drawn up must be wasted; else not known."""
    ended, started = facts.record.event(EventKind.ENDED), facts.record.event(EventKind.STARTED)
    return Decimal(0) if ended is not None and started is None else None


def _when(facts: Facts, entered: Answer | None) -> Moment:
    started = facts.record.event(EventKind.STARTED)
    return started.at if started else entered.observed if entered else facts.now


def _text(facts: Facts, item: str) -> str:
    answer = facts.answer(item)
    return answer.value if answer and isinstance(answer.value, str) else ""


def _note(facts: Facts, uncertain: str) -> str:
    """A provider's reason for letting the amounts pass, and what makes the given amount uncertain."""
    decided = [one.why for one in facts.record.decisions if one.finding in ("discharge.waste", "dose.uncertain")]
    return "; ".join(part for part in (uncertain, *decided[-1:]) if part)


def running(lines: Iterable[DrugLine]) -> tuple[DrugLine, ...]:
    """The lines by time, each with the balance of its vial, and with what does not add up.

    A vial is known by its NDC, lot and number. Without a number nothing is carried from visit to visit: two vials of
    one lot are two vials.
    """
    left: dict[tuple[str, str, str], Decimal] = {}
    return tuple(_balanced(one, left) for one in sorted(lines, key=lambda one: (one.at, one.record_id)))


def _balanced(one: DrugLine, left: dict[tuple[str, str, str], Decimal]) -> DrugLine:
    vial = (one.ndc, one.lot, one.vial)
    expected = left.get(vial)  # never of a vial without a number
    before = one.before if one.before is not None else expected
    after = before - one.drawn if before is not None and one.drawn is not None else None
    if one.vial and after is not None:
        left[vial] = after
    return replace(one, before=before, after=after, warnings=tuple(_warnings(one, expected, after)))


def _warnings(one: DrugLine, expected: Decimal | None, after: Decimal | None) -> Iterable[str]:
    if one.drawn is None:
        yield "drawn up not recorded"
    elif one.given is not None and one.wasted is None and unaccounted_mg(one.drawn, one.given, Decimal(0)):
        yield "waste not recorded"
    if one.gap:
        yield f"DISCREPANCY {number(abs(one.gap))} mg {'missing' if one.gap > 0 else 'too much'}"
    if one.before is not None and expected is not None and one.before != expected:
        yield f"vial held {number(one.before)} mg, {number(expected)} mg expected"
    if after is not None and after < 0:
        yield f"{number(-after)} mg more drawn than the vial held"
    if one.wasted and not one.witness:
        yield "waste without a witness"
