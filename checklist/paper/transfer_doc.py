"""The sheet that goes along with the ambulance: who, what was given when, how the patient is, what happened."""

from checklist.model import EventKind, Level, Reading
from checklist.paper import dose, happened, identity, tables, words
from checklist.paper.frame import build
from checklist.paper.kinds import Document, PaperSize
from checklist.paper.layout import Block, Cell, Row, heading, paragraph
from checklist.paper.signatures import ink_only
from checklist.paper.text import INK, INK_2, Span, text
from checklist.snapshot import MONITORING, Snapshot
from checklist.times import written_length


def render(snapshot: Snapshot, size: PaperSize) -> bytes:
    content: list[Block] = [
        _drug(snapshot),
        *identity.whole_allergies(snapshot),
        *_state(snapshot),
        *happened.moments(snapshot),
        *heading("Side effects and what was done"),
        *happened.effect_table(snapshot),
        *heading("Vital signs"),
        *tables.long_readings(snapshot),
        *heading("Medicines"),
        *tables.medicine_table(snapshot, brief=True),
        *_background(snapshot),
        *_people(snapshot),
        *ink_only(("Handed over by", "Taken over by"), names=True),
    ]
    return build(identity.frame(Document.TRANSFER, snapshot), content, size)


def _drug(snapshot: Snapshot) -> Row:
    """The first thing that an emergency team asks: which drug, how much, how long ago."""
    lines = [Span(dose.order_line(snapshot) or "ketamine, no dose on record", bold=True, size=11)]
    times = [
        f"{word} {words.clock(event.at, words.session_day(snapshot))}"
        for kind, word in ((EventKind.STARTED, "started"), (EventKind.STOPPED, "stopped"))
        if (event := snapshot.record.event(kind))
    ]
    started = snapshot.record.event(EventKind.STARTED)
    since = [f"{written_length(snapshot.now.since(started.at))} ago when printed"] if started else []
    lines.append(Span("\n" + (", ".join([*times, *since]) or "The infusion was not started"), size=9.5))
    given = dose.given_words(snapshot)
    if given:
        lines.append(Span(f"\n{given}", bold=True, size=10))
    return Row((Cell(text(*lines)),), above=6, below=6, framed=INK)


def _state(snapshot: Snapshot) -> list[Block]:
    """What calls for a provider now, and the last set that was taken."""
    calls = {one.key for one in snapshot.calls}
    stops = [one for one in snapshot.findings if one.level is Level.STOP]
    calling = [one for one in stops if one.key in calls or one.key.startswith(MONITORING)]
    rows: list[Block] = [*heading("Now")]
    rows += [paragraph(text(Span(one.title, bold=True), Span(f"  {one.detail}", colour=INK_2))) for one in calling]
    taken = snapshot.record.valid_readings()
    if taken:
        rows.append(paragraph(text(Span("Last set  ", colour=INK_2), Span(_set(snapshot, taken[-1]), bold=True))))
    if snapshot.patient.notes:
        rows.append(paragraph(text(Span("Notes on the patient  ", colour=INK_2), Span(snapshot.patient.notes))))
    return rows


def _set(snapshot: Snapshot, one: Reading) -> str:
    """`12:40 · BP 88/50 · HR 121 · SpO2 91 % on 4 L/min · RR 10 · MOAA/S 2`"""
    oxygen = f" on {words.number(one.oxygen_l_min)} L/min" if one.oxygen_l_min else ""
    parts = (
        words.clock(one.observed, words.session_day(snapshot)),
        f"BP {one.sbp}/{one.dbp}" if one.sbp is not None else "",
        f"HR {one.hr}" if one.hr is not None else "",
        f"SpO2 {one.spo2} %{oxygen}" if one.spo2 is not None else "",
        f"RR {one.rr}" if one.rr is not None else "",
        f"{words.number(one.temp_c, 1)} °C" if one.temp_c is not None else "",
        f"MOAA/S {one.moaas}" if one.moaas is not None else "",
    )
    return " · ".join(part for part in parts if part)


def _background(snapshot: Snapshot) -> list[Block]:
    """Conditions that were not answered no, and when the patient last ate and drank."""
    rows: list[Block] = [*heading("Background")]
    for view in (view for step in snapshot.steps for view in step.items):
        answer = view.answer
        told = answer is not None and answer.value not in (False, "no") and view.item.id.startswith("cond.")
        if told or view.item.id in ("fasting.solids", "fasting.fluids"):
            value = words.shown(snapshot, view.item, answer)
            rows.append(paragraph(text(Span(f"{view.item.label}  ", colour=INK_2), Span(value))))
    return rows


def _people(snapshot: Snapshot) -> list[Block]:
    """Whom the hospital can call."""
    escort = " ".join(words.plain_answer(snapshot, f"transport.{key}") for key in ("name", "relationship", "phone"))
    lines = (
        ("Clinic", " · ".join(part for part in (snapshot.clinic.name, snapshot.clinic.phone) if part)),
        ("Ordered by", words.plain_answer(snapshot, "dose.ordered_by")),
        ("Escort", escort.strip()),
        ("Patient's phone", snapshot.patient.phone),
        ("Emergency contact, directive", words.plain_answer(snapshot, "cond.directive")),
    )
    return [*heading("Whom to call"), *(_line(label, value) for label, value in lines)]


def _line(label: str, value: str) -> Row:
    return Row((Cell(text(label, colour=INK_2), 0, 0.3), Cell(text(value or "not known", bold=True), 0.3, 1)))
