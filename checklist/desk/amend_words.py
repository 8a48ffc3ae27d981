"""The parts of a record in words that read the same on any later day: what an amendment shows as old and new."""

from collections.abc import Callable
from dataclasses import dataclass

from checklist.acts import Target, VerbalOrder
from checklist.attached import Attachment
from checklist.desk.words import shown
from checklist.model import (
    Answer,
    AnswerState,
    Decision,
    Effect,
    Event,
    EventKind,
    MedicineRow,
    Reading,
    StaffId,
    TimeValue,
)
from checklist.protocol import Item, ItemKind
from checklist.snapshot import ItemView, Snapshot
from checklist.times import Moment, written_day, written_time

EVENTS = {
    EventKind.STARTED: "Infusion started",
    EventKind.PAUSED: "Infusion paused",
    EventKind.RESUMED: "Infusion went on",
    EventKind.STOPPED: "Infusion stopped",
    EventKind.ENDED: "Visit ended",
}
HOW = {ItemKind.YES_NO: "Yes or No", ItemKind.TIME: "As on the day of the visit: 0730, yesterday 21:30"}
WITH_VOLUME = (EventKind.PAUSED, EventKind.STOPPED)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record that can be amended. `key` names it; `hint` says how its value is typed.

    `time` says what the second field means; "" where there is none. `takes_value` is False for what has a time alone.
    """

    key: str
    target: Target
    ref: str
    label: str
    words: str
    by: StaffId | None
    hint: str = ""
    time: str = ""
    takes_value: bool = True


def absolute(moment: Moment) -> str:
    """`Wed 18-Nov-2026 11:05`, whatever day it is read on."""
    return f"{written_day(moment.local.date())} {written_time(moment)}"


def answer_words(item: Item, answer: Answer | None, snapshot: Snapshot) -> str:
    if answer is None or answer.state is AnswerState.UNANSWERED:
        return "Not answered"
    if isinstance(answer.value, TimeValue):
        return f"{'Approx ' if answer.value.estimated else ''}{absolute(answer.value.at)}"
    return shown(item, answer, snapshot)


def reading_words(reading: Reading) -> str:
    """`11:05: 128/80, HR 72, SpO2 98, RR 14, 36.6 °C, MOAA/S 5`, with its day."""
    numbers = (
        ("BP", f"{reading.sbp}/{reading.dbp}" if reading.sbp is not None else None),
        ("HR", reading.hr),
        ("SpO2", reading.spo2),
        ("RR", reading.rr),
        ("°C", reading.temp_c),
        ("O2 L/min", reading.oxygen_l_min),
        ("MOAA/S", reading.moaas),
        ("dissociation", reading.dissociation),
        ("nausea", reading.nausea),
        ("pain", reading.pain),
    )
    told = ", ".join(f"{name} {value}" for name, value in numbers if value is not None)
    return f"{absolute(reading.observed)}: {told or 'no numbers'}"


def medicine_words(row: MedicineRow) -> str:
    taken = absolute(row.last_taken) if row.last_taken else "not known"
    return f"{row.typed} {row.dose}".strip() + f", last taken {taken}"


def effect_words(effect: Effect, snapshot: Snapshot) -> str:
    label = next((term.label for term in snapshot.protocol.effects if term.id == effect.term), effect.term)
    action = f": {effect.action}" if effect.action else ""
    return f"{label}, grade {effect.grade}{action}, from {absolute(effect.onset)}"


def event_words(event: Event) -> str:
    infused = event.detail.get("infused_ml", "")
    return absolute(event.at) + (f", {infused} mL infused" if infused else "")


def decision_words(decision: Decision) -> str:
    return f"{decision.choice.capitalize()}: {decision.why}"


# ---- the parts of a record


def answer_parts(snapshot: Snapshot, label: Callable[[Snapshot, Item], str]) -> list[Part]:
    """Every question of the visit, answered or not, in the order of the protocol."""
    return [_answer_part(view, snapshot, label) for step in snapshot.steps for view in step.items]


def _answer_part(view: ItemView, snapshot: Snapshot, label: Callable[[Snapshot, Item], str]) -> Part:
    item, answer = view.item, view.answer
    hint = ", ".join(option.label for option in item.options) or HOW.get(item.kind, "")
    rest = "not known · declined: why · does not apply: why"
    return Part(
        key=f"{Target.ANSWER}:{item.id}",
        target=Target.ANSWER,
        ref=item.id,
        label=label(snapshot, item),
        words=answer_words(item, answer, snapshot),
        by=answer.by if answer else None,
        hint=f"{hint} · {rest}" if hint else rest,
    )


def row_parts(snapshot: Snapshot) -> list[Part]:
    """Vital signs, medicines and side effects that stand."""
    record = snapshot.record
    parts = [
        Part(
            f"{Target.READING}:{one.id}",
            Target.READING,
            one.id,
            "Vital signs",
            reading_words(one),
            one.by,
            "As in the line of vital signs: 128/80 72 98 14 s5",
            "When they were taken",
        )
        for one in record.readings
        if one.counts
    ]
    parts += [
        Part(
            f"{Target.MEDICINE}:{row.id}",
            Target.MEDICINE,
            row.id,
            "Medicine",
            medicine_words(row),
            row.by,
            "Name and dose",
            "Last taken",
        )
        for row in record.current_medicines
    ]
    return parts + [
        Part(
            f"{Target.EFFECT}:{one.id}",
            Target.EFFECT,
            one.id,
            "Side effect",
            effect_words(one, snapshot),
            one.by,
            "As in its line: nausea 1 ondansetron 4 mg",
            "When it began",
        )
        for one in record.current_effects
    ]


def event_parts(snapshot: Snapshot) -> list[Part]:
    """What ran when. The end of the visit is not corrected: its signature or reason says what it was."""
    return [
        Part(
            f"{Target.EVENT}:{one.seq}",
            Target.EVENT,
            str(one.seq),
            EVENTS[one.kind],
            event_words(one),
            one.by,
            "mL infused since the start, all together" if one.kind in WITH_VOLUME else "",
            "When it was",
            takes_value=one.kind in WITH_VOLUME,
        )
        for one in snapshot.record.events
        if one.kind is not EventKind.ENDED
    ]


def act_parts(snapshot: Snapshot) -> list[Part]:
    """Decisions, orders and checks: they are never corrected, but can have been made for the wrong patient."""
    record = snapshot.record
    titles = {one.key: one.title for one in snapshot.findings}
    parts = [
        Part(
            f"{Target.DECISION}:{one.seq}",
            Target.DECISION,
            str(one.seq),
            f"Decision: {titles.get(one.finding, one.finding)}",
            decision_words(one),
            one.by,
        )
        for one in record.decisions
    ]
    return parts + [order_part(one) for one in record.orders if not one.error]


def attachment_words(one: Attachment) -> str:
    """`Downtime sheet, PDF, 2 pages, 3F2A91C2D05E`"""
    pages = f", {one.pages} pages" if one.pages > 1 else ""
    return f"{one.title}, {one.media.word}{pages}, {one.mark}"


def attachment_parts(snapshot: Snapshot) -> list[Part]:
    """Attached papers that stand. They are never corrected, but can belong to another patient."""
    return [
        Part(f"{Target.ATTACHMENT}:{one.row}", Target.ATTACHMENT, one.row, "Attachment", attachment_words(one), one.by)
        for one in snapshot.record.current_attachments
    ]


def order_part(one: VerbalOrder) -> Part:
    return Part(f"{Target.ORDER}:{one.seq}", Target.ORDER, str(one.seq), "Order by telephone", one.text, one.by)
