"""The order, its arithmetic, the independent check, and what ran when (reference 5.2, 5.4)."""

from decimal import Decimal

from checklist.acts import Target
from checklist.model import Event, EventKind, Verification
from checklist.paper import amended, words
from checklist.paper.layout import Block, Cell, Row, paragraph
from checklist.paper.marks import Mark
from checklist.paper.sections import LABEL, VALUE, sub_heading
from checklist.paper.text import INK_2, Span, text
from checklist.snapshot import Segment, Snapshot
from checklist.times import written_length

_EVENTS = {
    EventKind.STARTED: "Started",
    EventKind.PAUSED: "Paused",
    EventKind.RESUMED: "Went on",
    EventKind.STOPPED: "Stopped",
    EventKind.ENDED: "Visit ended",
}
_REASONS = {
    "completed": "completed",
    "bp": "blood pressure",
    "distress": "distress",
    "vomiting": "vomiting",
    "iv_failure": "IV failure",
    "pump_failure": "pump or power failure",
    "patient_request": "patient asked for it",
    "other": "other reason",
}
_UNITS = {
    "patient": "",
    "drug": "",
    "weight": "kg",
    "mg": "mg",
    "concentration": "mg/mL",
    "total_ml": "mL",
    "minutes": "min",
    "rate": "mL/h",
}


def arithmetic(snapshot: Snapshot) -> list[Block]:
    """The order as it is read aloud, and the sums that check it; nothing where a number is missing."""
    order = order_line(snapshot)
    sums = [one for one in (_per_kg(snapshot), _volume(snapshot), _rate(snapshot)) if one]
    rows: list[Block] = []
    if order:
        rows.append(paragraph(text(order, bold=True, size=10.5)))
    if sums:
        rows.append(paragraph(text(Span("Check: ", colour=INK_2), Span(" · ".join(sums)))))
    return rows


def order_line(snapshot: Snapshot) -> str:
    """`ketamine DOSE 34.2 mg in 50 mL - over 40 minutes`, the form that reference product texts and ISMP ask for."""
    mg, total, minutes = (words.amount(snapshot, f"dose.{key}") for key in ("mg", "total_ml", "minutes"))
    if mg is None:
        return ""
    line = f"ketamine DOSE {words.number(mg)} mg"
    if total is not None:
        line += f" in {words.number(total)} mL"
    return f"{line} - over {words.number(minutes)} minutes" if minutes is not None else line


def _per_kg(snapshot: Snapshot) -> str:
    mg, kg = words.amount(snapshot, "dose.mg"), words.amount(snapshot, "vitals.weight")
    if mg is None or not kg:
        return ""
    return f"{words.number(mg)} mg ÷ {words.number(kg, 1)} kg actual weight = {words.number(mg / kg, 3)} mg/kg"


def _volume(snapshot: Snapshot) -> str:
    mg, strength = words.amount(snapshot, "dose.mg"), words.plain_answer(snapshot, "dose.concentration")
    if mg is None or not strength.isdecimal():
        return ""
    return f"draw {words.number(mg / Decimal(strength), 2)} mL of {strength} mg/mL"


def _rate(snapshot: Snapshot) -> str:
    total, minutes = words.amount(snapshot, "dose.total_ml"), words.amount(snapshot, "dose.minutes")
    if total is None or not minutes:
        return ""
    return f"pump {words.number(total * 60 / minutes, 1)} mL/h"


def verifications(snapshot: Snapshot) -> list[Block]:
    """Each independent check, also those that did not agree."""
    rows: list[Block] = [sub_heading("Independent check by a second person")]
    if not snapshot.record.verifications:
        return [*rows, paragraph(text("Not done.", colour=INK_2))]
    return [*rows, *(_verification(snapshot, one) for one in snapshot.record.verifications)]


def _verification(snapshot: Snapshot, one: Verification) -> Row:
    values = ", ".join(_checked(key, one.values[key]) for key in _UNITS if key in one.values)
    word = "Agrees" if one.agrees else "Does not agree"
    return Row(
        (
            Cell(text(word, bold=True), *LABEL, mark=Mark.CROSSED if one.agrees else Mark.HOLD),
            Cell(text(values), *VALUE),
            Cell(text(words.who(snapshot, one.by, one.at), size=8.4, colour=INK_2), 0.81, 1),
        )
    )


def _checked(key: str, value: str) -> str:
    """`patient agrees`, `ketamine`, `68.4 kg`"""
    return f"patient {value}" if key == "patient" else f"{value} {_UNITS[key]}".rstrip()


def events(snapshot: Snapshot) -> list[Block]:
    """Start, pauses, stop and end with their times; the amounts that were given and not given."""
    rows: list[Block] = [sub_heading("What ran when")]
    if not snapshot.record.events and not snapshot.record.struck_events:
        return [*rows, paragraph(text("The infusion was not started.", colour=INK_2))]
    rows += [_event(snapshot, one) for one in snapshot.record.events]
    rows += [_event(snapshot, one, struck=True) for one in snapshot.record.struck_events]
    rows += _stretches(snapshot)
    given = given_words(snapshot)
    return [*rows, paragraph(text(given, bold=True))] if given else rows


def _event(snapshot: Snapshot, one: Event, *, struck: bool = False) -> Row:
    """`struck`: it was entered in error and did not happen to this patient."""
    reason = one.detail.get("reason", "")
    kind = one.detail.get("kind", "").replace("_", " ")
    code = _REASONS.get(one.detail.get("code", ""), "")
    parts = (kind, code, _REASONS.get(reason, reason), *_pump(one), _ran(snapshot, one))
    late = words.lateness(snapshot, one.at, one.entered)
    person = words.who(snapshot, one.by, one.entered)
    return Row(
        (
            Cell(text(_EVENTS[one.kind], bold=True, struck=struck), 0, 0.2),
            Cell(text(words.clock(one.at, words.session_day(snapshot)), bold=True, struck=struck), 0.2, 0.42),
            Cell(
                text(
                    Span(", ".join(part for part in parts if part), struck=struck),
                    *amended.was(snapshot, Target.EVENT, str(one.seq)),
                ),
                0.42,
                0.8,
            ),
            Cell(text("\n".join(part for part in (person, late) if part), size=8.4, colour=INK_2), 0.81, 1),
        )
    )


def _pump(one: Event) -> tuple[str, ...]:
    """What the pump showed, and a rate that is not the order's."""
    infused, rate = one.detail.get("infused_ml", ""), one.detail.get("rate", "")
    if one.kind is EventKind.RESUMED:
        counted = f"pump counts from {infused} mL" if infused else ""
        return counted, f"at {rate} mL/h" if rate else ""
    return (f"{infused} mL infused" if infused else "",)


def _ran(snapshot: Snapshot, one: Event) -> str:
    started = snapshot.record.event(EventKind.STARTED)
    if one.kind is not EventKind.STOPPED or started is None:
        return ""
    return f"{written_length(one.at.since(started.at))} after the start"


def given_words(snapshot: Snapshot) -> str:
    """`Given 20.5 mg, not given 13.7 mg`: dose x infused / total, to 0.1 mg (reference 5.2); uncertain ones say so."""
    given = snapshot.given
    if given is None:
        return ""
    sure = f", {given.uncertain}" if given.uncertain else ""
    amounts = f"Given {words.number(given.given_mg, 1)} mg, not given {words.number(given.not_given_mg, 1)} mg"
    return f"{amounts}{sure}"


def _stretches(snapshot: Snapshot) -> list[Block]:
    """Planned and actual rate of each stretch; one that ran through as ordered needs no line (reference 12.13)."""
    if len(snapshot.segments) < 2:
        return []
    return [_stretch(snapshot, one) for one in snapshot.segments]


def _stretch(snapshot: Snapshot, one: Segment) -> Row:
    day = words.session_day(snapshot)
    volume = "volume not recorded" if one.infused_ml is None else f"{words.number(one.infused_ml)} mL"
    actual = f"{words.number(one.actual_ml_h, 1)} mL/h" if one.actual_ml_h is not None else ""
    planned = f"set {words.number(one.set_ml_h, 1)} mL/h" if one.set_ml_h is not None else ""
    return Row(
        (
            Cell(text("Stretch", colour=INK_2), 0, 0.2),
            Cell(text(f"{words.clock(one.begin, day)} to {words.clock(one.end, day)}"), 0.2, 0.42),
            Cell(text(", ".join(part for part in (volume, actual, planned) if part)), 0.42, 1),
        )
    )
