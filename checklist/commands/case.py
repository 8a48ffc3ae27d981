"""A case file as the facts that the rules judge: no data file, no desk, the same parsers (docs/protocol.md)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checklist.commands import case_acts, json_file
from checklist.commands.case_answers import answers
from checklist.commands.case_rows import effects, events, medicines, readings, stamps
from checklist.commands.case_scales import intakes, scales
from checklist.commands.case_times import Reader, full, in_a_file
from checklist.commands.json_file import Node, Source
from checklist.desk.bounds import for_parser
from checklist.medicines import MedicineTable
from checklist.model import AllergyState, ItemId, Patient, PatientId, Quantity, SessionId, Sex
from checklist.parse import parse_birth_date, parse_name, weight_slip
from checklist.protocol import Protocol
from checklist.rules.facts import Facts
from checklist.snapshot import Past, Record, SessionInfo
from checklist.times import Moment, written_clock

_KEYS = ("title", "zone", "at", "now", "fasting_profile", "patient", "scales", "intakes", *case_acts.KEYS)
_RECORD = ("session", "answers", "readings", "medicines", "effects", "stamps", "events", "previous")
_SESSION = ("planned", "number", "course_total", "phase", "indication")
_PHASES, _INDICATIONS = ("induction", "maintenance"), ("mood", "pain")
_MOST_SESSIONS = 99
PATIENT = PatientId("case")


@dataclass(frozen=True, slots=True)
class Case:
    """A case that could be read whole.

    `asked`: what a nurse would have been asked about once. `scales` and `intakes` are judged beside the visit.
    """

    title: str
    facts: Facts
    asked: tuple[str, ...]
    scales: dict[str, Any]
    intakes: tuple[tuple[str, Moment | None], ...]


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A case that cannot be used: every mistake that was found, a sentence each."""

    mistakes: tuple[str, ...]


def load(path: Path, protocol: Protocol, table: MedicineTable, at: str | None) -> Case | Mistaken:
    """The case in a JSON file; `at` judges it at another time than its own."""
    try:
        return _case(json_file.read(path).only(*_KEYS, *_RECORD), protocol, table, at)
    except json_file.CaseError as mistake:
        return Mistaken((mistake.sentence,))


def _case(node: Node, protocol: Protocol, table: MedicineTable, at: str | None) -> Case | Mistaken:
    zone = _zone(node)
    asked_at = None if at is None else Node(at, "", Source("--at", ""))
    own = node.maybe("at") or node.maybe("now")
    if own is None and asked_at is None:
        node.fail("the time of the case is missing.", 'Add "at": "2026-11-18 10:42", or give --at.')
    written = full(own, zone) if own is not None else None
    judged = _judged_at(asked_at, written, zone, protocol)
    reader = Reader(_with_profile(node, protocol), written or judged)
    patient = reader.tried(_patient, reader, node)
    past = Past()
    previous = node.maybe("previous")
    if previous is not None:
        past = reader.tried(_past, reader, previous, zone) or past
    record = reader.tried(_record, reader, node, past, SessionId("case"))
    if patient is None or record is None or reader.mistakes:
        return Mistaken(tuple(reader.mistakes))
    reader.tried(_not_before_its_events, node, record, judged)
    _weigh(reader, past.last, record)
    course = _course(past.course_records, record.session.phase)
    past = replace(past, course_records=course, earlier=past.course_records)
    facts = Facts(reader.protocol, patient, record, past, table, judged)
    facts = case_acts.replace_record(facts, case_acts.with_acts(reader, node, facts))
    scored = reader.tried(scales, reader, node.maybe("scales")) or {}
    eaten = reader.tried(intakes, reader, node) or ()
    if reader.mistakes:
        return Mistaken(tuple(reader.mistakes))
    return Case(node.maybe_text("title"), facts, tuple(reader.asked), scored, eaten)


def _zone(node: Node) -> str:
    """The IANA zone: without it no clock time of the case means an instant."""
    zone = node.need("zone", 'Add "zone": "America/New_York": clock times mean nothing without it.')
    try:
        ZoneInfo(zone.text())
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such name, no name at all, a folder
        zone.fail(f"“{zone.value}” is not a time zone.", "Write an IANA name, like America/New_York.")
    return zone.text()


def _judged_at(asked: Node | None, written: Moment | None, zone: str, protocol: Protocol) -> Moment:
    """`--at` as a whole time, or beside a case with its own time as a nurse types it."""
    if asked is None:
        assert written is not None
        return written
    if written is None:
        return full(asked, zone)
    return Reader(protocol, written).moment(asked, future=True)


def _not_before_its_events(node: Node, record: Record, judged: Moment) -> None:
    """A visit is not judged at a moment at which half of it has not happened yet."""
    late = next((event for event in record.events if event.at > judged), None)
    if late is not None:
        today = judged.local.date()
        node.at("events").fail(
            f"“{late.kind}” at {written_clock(late.at, today)} is later than {written_clock(judged, today)}, the time "
            "at which the case is judged.",
            "Mend one of them.",
        )


def _with_profile(node: Node, protocol: Protocol) -> Protocol:
    """The clinic's own fasting profile goes before the protocol's, as at the desk."""
    profile = node.maybe("fasting_profile")
    if profile is None:
        return protocol
    setting = protocol.settings["fasting_profile"]
    chosen = replace(setting, value=profile.choice(*setting.options))
    return replace(protocol, settings={**protocol.settings, "fasting_profile": chosen})


def _patient(reader: Reader, case: Node) -> Patient:
    node = case.need("patient", 'Add "patient": { "born": "1986-03-14", "sex": "female" }.').only(
        "name", "born", "sex", "allergies", "allergy_state"
    )
    today, ages = reader.now.local.date(), for_parser(reader.protocol.bounds["age"])
    born = node.need("born", 'Write "born": "1986-03-14".')
    day = reader.parsed(born, lambda confirmed: parse_birth_date(born.text(), today, ages, confirmed=confirmed))
    sex = node.need("sex", 'Write "sex": "female".').choice(*(one.value for one in Sex))
    name = node.maybe("name")
    family = reader.parsed(name, lambda _: parse_name(name.text())) if name else "Case"
    allergies = node.maybe("allergies")
    said = node.maybe("allergy_state")
    state = AllergyState.LISTED if allergies else AllergyState.NONE_KNOWN
    state = AllergyState(said.choice(*(one.value for one in AllergyState))) if said else state
    return Patient(
        *(PATIENT, family, "", day, Sex(sex), ""),
        allergy_state=state,
        allergies=allergies.text() if allergies else "",
    )


def _past(reader: Reader, node: Node, zone: str) -> Past:
    """The earlier session, itself a case with its own time, and those before it."""
    node.only("at", "decisions", *_RECORD)
    at = full(node.need("at", 'Add "at": the time at which that session ended.'), zone)
    if at >= reader.now:
        node.at("at").fail("the earlier session is not earlier than this one.", "Mend one of the two times.")
    own = Reader(reader.protocol, at, mistakes=reader.mistakes)  # what was asked then is no question now
    earlier = node.maybe("previous")
    before = _past(own, earlier, zone) if earlier is not None else Past()
    record = _record(own, node, before, SessionId(f"before {reader.now.store()}"))
    record = replace(record, decisions=case_acts.earlier_decisions(own, node))
    return Past(last=record, course_records=(*before.course_records, record))


def _course(records: tuple[Record, ...], phase: str) -> tuple[Record, ...]:
    return tuple(record for record in records if record.session.phase == phase)


def _record(reader: Reader, node: Node, past: Past, session_id: SessionId) -> Record:
    session = _session(reader, node, past, session_id)
    happened = Record(session, events=events(reader, node.list("events")))
    given = node.maybe("answers")
    said = answers(reader, given) if given is not None else {}
    return replace(
        happened,
        answers=said,
        history={item: (answer,) for item, answer in said.items()},
        readings=readings(reader, node.list("readings"), happened),
        medicines=medicines(reader, node.list("medicines")),
        effects=effects(reader, node.list("effects")),
        stamps=stamps(reader, node.list("stamps")),
    )


def _session(reader: Reader, node: Node, past: Past, session_id: SessionId) -> SessionInfo:
    booked = node.maybe("session") or replace(node, value={}, path="session")
    booked.only(*_SESSION)
    last = past.last.session if past.last else None
    number, total = booked.maybe("number"), booked.maybe("course_total")
    usual = last.course_total if last else int(reader.protocol.limit("interval.series"))
    in_all = total.count(0, _MOST_SESSIONS) if total else usual
    phase = booked.maybe("phase")
    indication = booked.maybe("indication")
    return SessionInfo(
        id=session_id,
        patient=PATIENT,
        record_id="",
        number=number.count(1, _MOST_SESSIONS) if number else last.number + 1 if last else 1,
        course_total=in_all,
        phase=phase.choice(*_PHASES) if phase else "induction" if in_all else "maintenance",
        indication=indication.choice(*_INDICATIONS) if indication else "mood",
        planned=_planned(reader, booked),
        created=reader.now,
        protocol_version=reader.protocol.version,
        previous=last.id if last else None,
    )


def _planned(reader: Reader, booked: Node) -> Moment:
    planned = booked.maybe("planned")
    return reader.moment(planned, future=True) if planned else reader.now.to_minute()


def _weigh(reader: Reader, last: Record | None, record: Record) -> None:
    """The question that the desk asks when the weight is far from last time's."""
    before, now = (_weight(one) for one in (last, record))
    if not (before and now):
        return
    change, slip = (reader.protocol.limit(f"weight.{key}") for key in ("change_percent", "slip_percent"))
    sentence = weight_slip(before, now, change_percent=change, slip_percent=slip)
    if sentence:
        reader.asked.append(f"answers.vitals.weight: {in_a_file(sentence)}")


def _weight(record: Record | None) -> Decimal | None:
    answer = record.answers.get(ItemId("vitals.weight")) if record else None
    return answer.value.value if answer and isinstance(answer.value, Quantity) else None
