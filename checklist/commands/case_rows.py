"""The rows of a case: readings, medicines, side effects, stamps, events; through the parsers of the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from checklist.commands.case_answers import NURSE, quantity
from checklist.commands.case_times import Reader
from checklist.commands.json_file import Node
from checklist.desk.bounds import for_vitals
from checklist.happened import CALL_WORDS, ENDINGS, HIGHEST_GRADE, Doing, Done, Outcome, Related, Stamp, StampKind
from checklist.model import AnswerState, Effect, Event, EventKind, MedicineRow, Reading, RowId, Stage
from checklist.parse import VitalsDraft, format_decimal, parse_text, parse_vitals
from checklist.rules.dose import INFUSED_KEY, RATE_KEY
from checklist.rules.signs import EMERGENCY_SYMPTOMS
from checklist.rules.stages import EXPECTED_AT, stage_at
from checklist.said import NOTHING_SAID, MedicineDetails, SinceLast, TodayPlan
from checklist.snapshot import Record
from checklist.times import Moment

W = TypeVar("W", Outcome, Related)

# How a number given by its own name stands in a vitals line.
_LABELS = {
    "hr": "hr",
    "spo2": "spo2",
    "rr": "rr",
    "temp_c": "temp",
    "oxygen_l_min": "o2",
    "moaas": "sedation",
    "dissociation": "dissociation",
    "nausea": "nausea",
    "pain": "pain",
    "agitation": "agitation",
}
_FAHRENHEIT = "temp_f"
_READING = ("at", "line", "stage", "symptoms", "artefact", "sbp", "dbp", _FAHRENHEIT, *_LABELS)
_DETAILS = ("route", "frequency", "since_last", "today", "held_by")
_RUNS = (EventKind.STARTED, EventKind.RESUMED)
_AFTER: Mapping[EventKind, tuple[EventKind | None, ...]] = {
    EventKind.STARTED: (None,),
    EventKind.PAUSED: _RUNS,
    EventKind.RESUMED: (EventKind.PAUSED,),
    EventKind.STOPPED: (*_RUNS, EventKind.PAUSED),
    EventKind.ENDED: (None, *_RUNS, EventKind.PAUSED, EventKind.STOPPED),
}
"""What each event of the infusion can follow; None: nothing has happened yet."""


def events(reader: Reader, nodes: Sequence[Node]) -> tuple[Event, ...]:
    """`{"kind": "paused", "at": "11:20", "infused_ml": 25}`, in the order in which they happened."""
    read = [(event, node) for node in nodes if (event := reader.tried(_event, reader, node)) is not None]
    read.sort(key=lambda one: one[0].at)
    for place, (event, node) in enumerate(read):
        reader.tried(_refuse_impossible, event, [earlier for earlier, _ in read[:place]], node)
    return tuple(event for event, _ in read)


def _refuse_impossible(event: Event, before: Sequence[Event], node: Node) -> None:
    """Nothing pauses, goes on or stops that does not run, as at the desk."""
    last = before[-1].kind if before else None
    if last not in _AFTER[event.kind]:
        after = f"comes after “{last}”" if last else "comes first"
        needed = " or ".join(f"“{kind}”" if kind else "nothing" for kind in _AFTER[event.kind])
        node.fail(f"“{event.kind}” {after}, and can only follow {needed}.", "Mend the order or the times.")


def _event(reader: Reader, node: Node) -> Event:
    node.only("kind", "at", INFUSED_KEY, RATE_KEY, "reason", "code", "ending")
    kind = EventKind(node.need("kind", 'Write "kind": "started".').choice(*(one.value for one in _AFTER)))
    at = reader.of_the_visit(node.need("at", 'Write "at": "11:00".'))
    infused = node.maybe(INFUSED_KEY)
    detail = {"reason": node.maybe_text("reason"), "code": node.maybe_text("code")}
    ending, rate = node.maybe("ending"), node.maybe(RATE_KEY)
    if ending is not None:
        detail["kind"] = ending.choice(*ENDINGS)
    if rate is not None:
        detail[RATE_KEY] = format_decimal(quantity(reader, rate, "rate").value)
    if infused is not None:
        detail[INFUSED_KEY] = format_decimal(quantity(reader, infused, "infused").value)
    return Event(kind, at, at, NURSE, detail)


def readings(reader: Reader, nodes: Sequence[Node], record: Record) -> tuple[Reading, ...]:
    """By time observed; the stage follows from the events of `record`, unless a row names its own."""
    found: list[Reading] = []
    for place, node in enumerate(nodes):
        before = replace(record, readings=tuple(found))
        reading = reader.tried(_reading, reader, node, RowId(f"reading.{place + 1}"), before)
        if reading is not None:
            found.append(reading)
    return tuple(sorted(found, key=lambda one: one.observed))


def _reading(reader: Reader, node: Node, row: RowId, record: Record) -> Reading:
    if isinstance(node.value, str):
        return _measured(reader, node, node.text(), row, record, None)
    node.only(*_READING)
    at = reader.of_the_day(node.at("at")) if node.maybe("at") else None
    line = node.maybe_text("line") or _line(node)
    reading = _measured(reader, node, line, row, record, at)
    stage = node.maybe("stage")
    symptoms = tuple(one.choice(*EMERGENCY_SYMPTOMS) for one in node.list("symptoms"))
    return replace(
        reading,
        stage=Stage(stage.choice(*(one.value for one in Stage))) if stage else reading.stage,
        symptoms=symptoms,
        artefact=node.maybe_text("artefact"),
    )


def _line(node: Node) -> str:
    """`{"sbp": 128, "dbp": 80, "hr": 72}` as the line that a nurse would type: `128/80 hr 72`."""
    parts = []
    if node.maybe("sbp") or node.maybe("dbp"):
        pressure = [node.need(name, "Give sbp and dbp together.").number() for name in ("sbp", "dbp")]
        parts.append("/".join(pressure))
    parts += [f"{label} {node.at(name).number()}" for name, label in _LABELS.items() if node.maybe(name)]
    if node.maybe(_FAHRENHEIT):
        parts.append(f"temp {node.at(_FAHRENHEIT).number()} F")
    if not parts:
        node.fail("this reading holds no numbers.", 'Write "line": "128/80 72 98 14 36.6", or "sbp": 128, "dbp": 80.')
    return " ".join(parts)


def _measured(reader: Reader, node: Node, line: str, row: RowId, record: Record, at: Moment | None) -> Reading:
    now = at or reader.now
    expects = EXPECTED_AT[stage_at(record, now.to_minute())]
    limits = for_vitals(reader.protocol)
    valid = record.valid_readings()
    previous = valid[-1] if valid else None

    def parse(confirmed: bool) -> VitalsDraft:
        return parse_vitals(line.partition("#")[0], now, limits, expects, previous=previous, confirmed=confirmed)

    draft = reader.parsed(node, parse)
    return Reading(
        id=row,
        stage=stage_at(record, draft.observed),
        observed=draft.observed,
        entered=draft.observed,
        by=NURSE,
        typed=line,
        sbp=draft.sbp,
        dbp=draft.dbp,
        hr=draft.hr,
        spo2=draft.spo2,
        rr=draft.rr,
        temp_c=draft.temp_c,
        oxygen_l_min=draft.oxygen_l_min,
        moaas=draft.moaas,
        dissociation=draft.dissociation,
        nausea=draft.nausea,
        pain=draft.pain,
        agitation=draft.agitation,
    )


def medicines(reader: Reader, nodes: Sequence[Node]) -> tuple[MedicineRow, ...]:
    """`"sertraline 100 mg"`, or an object with the last dose: a time, or `"unknown"`."""
    found = []
    for place, node in enumerate(nodes):
        row = RowId(f"medicine.{place + 1}")
        found.append(reader.tried(_medicine, reader, node, row))
    return tuple(one for one in found if one is not None)


def _medicine(reader: Reader, node: Node, row: RowId) -> MedicineRow:
    bare = isinstance(node.value, str)
    entry = (
        node
        if bare
        else node.only("text", "dose", "last_taken", "spelling", "confirmed", *_DETAILS).need(
            "text", 'Write "text": "sertraline 100 mg".'
        )
    )
    typed = reader.parsed(entry, lambda _: " ".join(parse_text(entry.text(), 500).split()))
    state, taken = (AnswerState.UNANSWERED, None) if bare else _last_taken(reader, node)
    confirmed = None if bare else node.maybe("confirmed")
    return MedicineRow(
        id=row,
        typed=typed,
        dose="" if bare else node.maybe_text("dose"),
        last_taken=taken,
        last_taken_state=state,
        confirmed=confirmed is None or confirmed.flag(),
        removed=False,
        spelling_confirmed="" if bare else node.maybe_text("spelling"),
        details=NOTHING_SAID if bare else _details(node),
        by=NURSE,
        entered=reader.now,
    )


def _details(node: Node) -> MedicineDetails:
    """What was said beside the name; what is left out was not asked."""
    since, today = node.maybe("since_last"), node.maybe("today")
    return MedicineDetails(
        route=node.maybe_text("route"),
        frequency=node.maybe_text("frequency"),
        since_last=SinceLast(since.choice(*(one for one in SinceLast if one))) if since else SinceLast.NOT_ASKED,
        today=TodayPlan(today.choice(*(one for one in TodayPlan if one))) if today else TodayPlan.NOT_ASKED,
        held_by=node.maybe_text("held_by"),
    )


def _last_taken(reader: Reader, node: Node) -> tuple[AnswerState, Moment | None]:
    taken = node.maybe("last_taken")
    if taken is None:
        return AnswerState.UNANSWERED, None
    if taken.value == AnswerState.UNKNOWN.value:
        return AnswerState.UNKNOWN, None
    return AnswerState.ANSWERED, reader.moment(taken)


def effects(reader: Reader, nodes: Sequence[Node]) -> tuple[Effect, ...]:
    """`{"term": "nausea", "grade": 2, "at": "11:20", "action": "ondansetron 4 mg"}`."""
    found = []
    for place, node in enumerate(nodes):
        row = RowId(f"effect.{place + 1}")
        found.append(reader.tried(_effect, reader, node, row))
    return tuple(one for one in found if one is not None)


def _effect(reader: Reader, node: Node, row: RowId) -> Effect:
    node.only("term", "grade", "at", "action", "ended", "done", "outcome", "related")
    terms = [term.id for term in reader.protocol.effects]
    ended = node.maybe("ended")
    return Effect(
        id=row,
        term=node.need("term", 'Write "term": "nausea".').choice(*terms),
        grade=node.need("grade", 'Write "grade": 1.').count(1, HIGHEST_GRADE),
        onset=reader.moment(node.need("at", 'Write "at": "11:20".')),
        action=node.maybe_text("action"),
        ended=reader.moment(ended) if ended else None,
        removed=False,
        by=NURSE,
        entered=reader.now,
        done=tuple(_done(reader, one) for one in node.list("done")),
        outcome=_word(node, "outcome", Outcome, Outcome.NOT_RECORDED),
        related=_word(node, "related", Related, Related.NOT_RECORDED),
    )


def _word(node: Node, key: str, words: type[W], absent: W) -> W:
    given = node.maybe(key)
    return absent if given is None else words(given.choice(*(one.value for one in words if one.value)))


def _done(reader: Reader, node: Node) -> Done:
    """`{"what": "oxygen", "at": "11:25", "detail": "2 L"}`"""
    node.only("what", "at", "detail")
    what = Doing(node.need("what", 'Write "what": "oxygen".').choice(*(one.value for one in Doing)))
    at = reader.moment(node.need("at", 'Write "at": "11:25".'))
    return Done(what, at, NURSE, node.maybe_text("detail"))


def stamps(reader: Reader, nodes: Sequence[Node]) -> tuple[Stamp, ...]:
    """`{"kind": "worry", "at": "11:12", "words": "grey in the face"}`; a call to the escort has `result`, `number`."""
    found = []
    for place, node in enumerate(nodes):
        found.append(reader.tried(_stamp, reader, node, RowId(f"stamp.{place + 1}")))
    return tuple(one for one in found if one is not None)


def _stamp(reader: Reader, node: Node, row: RowId) -> Stamp:
    node.only("kind", "at", "words", "result", "number", "due")
    kind = StampKind(node.need("kind", 'Write "kind": "worry".').choice(*(one.value for one in StampKind)))
    at = reader.moment(node.need("at", 'Write "at": "11:12".'))
    detail = {key: node.maybe_text(key) for key in ("words", "number")}
    result, due = node.maybe("result"), node.maybe("due")
    if result is not None:
        detail["result"] = result.choice(*CALL_WORDS)
    if due is not None:
        detail["due"] = reader.moment(due).store()
    return Stamp(row, kind, at, NURSE, at, {key: text for key, text in detail.items() if text})
