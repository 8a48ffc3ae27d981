"""Facts for tests of the rules: the shipped protocol and medicine tables, a patient, and answers in plain words.

Wed 18-Nov-2026 in New York, planned start 11:00, now 10:42, unless a test says otherwise.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from checklist import resources
from checklist.medicines import MedicineTable
from checklist.model import (
    AllergyState,
    Answer,
    AnswerState,
    Choice,
    Decision,
    Event,
    EventKind,
    ItemId,
    Meaning,
    MedicineRow,
    Patient,
    PatientId,
    Quantity,
    Reading,
    Role,
    RowId,
    SessionId,
    Sex,
    Signature,
    StaffId,
    Stage,
    TimeValue,
    Value,
)
from checklist.protocol import Item, ItemKind, Protocol, load
from checklist.rules.facts import Facts
from checklist.snapshot import Finding, Past, Record, SessionInfo
from checklist.times import Moment

ZONE = "America/New_York"
DAY = "2026-11-18"
PROTOCOL = load(resources.read_text("protocol/iv-ketamine.toml"), "iv-ketamine.toml")
MEDICINES = MedicineTable.load(resources.read_text)
NURSE = StaffId("ortiz")
PROVIDER = StaffId("menon")
UNKNOWN = AnswerState.UNKNOWN
DECLINED = AnswerState.DECLINED
NOT_APPLICABLE = AnswerState.NOT_APPLICABLE
UNANSWERED = AnswerState.UNANSWERED

Said = Value | Moment | Decimal | int | AnswerState


def moment(text: str, zone: str = ZONE) -> Moment:
    """`10:42` (on the day), `2026-11-17 21:30`, or with seconds."""
    full = text if "-" in text else f"{DAY} {text}"
    return Moment.of_local(datetime.fromisoformat(full), zone)


PATIENT = Patient(
    *(PatientId("p1"), "Okafor", "Amara", date(1986, 3, 14), Sex.FEMALE, "004512"),
    allergy_state=AllergyState.NONE_KNOWN,
)


def answer(item_id: str, said: Said, *, reason: str = "", at: str = "10:40", protocol: Protocol = PROTOCOL) -> Answer:
    """What was said, as the kind of the item stores it: `True`, "named_adult", a Moment, a number, a state."""
    state = said if isinstance(said, AnswerState) else AnswerState.ANSWERED
    value = None if isinstance(said, AnswerState) else _value(item_id, said, protocol)
    return Answer(ItemId(item_id), state, value, str(said), reason, NURSE, moment(at), moment(at), 1)


def _value(item_id: str, said: Said, protocol: Protocol) -> Value:
    if isinstance(said, Moment):
        return TimeValue(said)
    item = protocol.item(item_id)
    if item.kind is ItemKind.QUANTITY and isinstance(said, int | Decimal | str):
        return Quantity(Decimal(said), protocol.bounds[item.bounds].unit, str(said))
    assert isinstance(said, bool | str | date | TimeValue)
    return said


def answers(said: Mapping[str, Said | Answer], protocol: Protocol = PROTOCOL) -> dict[ItemId, Answer]:
    return {
        ItemId(item): what if isinstance(what, Answer) else answer(item, what, protocol=protocol)
        for item, what in said.items()
    }


def reading(
    line: str = "",
    at: str = "10:35",
    stage: Stage = Stage.BASELINE,
    *,
    row: str = "",
    artefact: str = "",
    **signs: int | Decimal | tuple[str, ...],
) -> Reading:
    """`142/88 76 98 14 36.7` or single signs: `reading(hr=131)`. Extra signs may follow the line."""
    names = ("hr", "spo2", "rr", "temp_c")
    values: dict[str, object] = dict(signs)
    for place, word in enumerate(line.split()):
        if "/" in word:
            values["sbp"], values["dbp"] = map(int, word.split("/"))
        else:
            name = names[place - 1]
            values[name] = Decimal(word) if name == "temp_c" else int(word)
    taken = moment(at)
    base = Reading(RowId(row or f"r{at}"), stage, taken, taken, NURSE, line, artefact=artefact)
    return replace(base, **values)  # type: ignore[arg-type]


def medicine(
    typed: str,
    taken: str | AnswerState = UNANSWERED,
    *,
    row: str = "m1",
    dose: str = "",
    confirmed: bool = True,
    removed: bool = False,
    spelling: str = "",
) -> MedicineRow:
    """A medicine row; `taken` is a time, or the state of that question."""
    known = None if isinstance(taken, AnswerState) else moment(taken)
    state = taken if isinstance(taken, AnswerState) else AnswerState.ANSWERED
    return MedicineRow(RowId(row), typed, dose, known, state, confirmed, removed, spelling, NURSE, moment("10:41"))


def event(kind: EventKind, at: str, **detail: str) -> Event:
    return Event(kind, moment(at), moment(at), NURSE, detail)


def session(planned: str = "11:00", number: int = 1, total: int = 6, phase: str = "induction") -> SessionInfo:
    return SessionInfo(
        id=SessionId(f"s{number}"),
        patient=PATIENT.id,
        record_id=f"S-2026-{number:04d}",
        number=number,
        course_total=total,
        phase=phase,
        indication="mood",
        planned=moment(planned),
        created=moment("2026-11-01 09:00"),
        protocol_version=PROTOCOL.version,
    )


def signature(meaning: Meaning, at: str = "10:58") -> Signature:
    return Signature(meaning, NURSE, "R. Ortiz, RN", Role.NURSE, moment(at), "", "seal", 9)


def decide(found: Finding, choice: Choice = Choice.PROCEED, reason: str = "Usual dose, alert") -> Decision:
    """A provider's decision on a finding as it stands."""
    return Decision(found.key, found.fingerprint, choice, reason, PROVIDER, moment("10:50"))


def facts(
    said: Mapping[str, Said | Answer] | None = None,
    *,
    now: str = "10:42",
    patient: Patient = PATIENT,
    protocol: Protocol = PROTOCOL,
    visit: SessionInfo | None = None,
    readings: tuple[Reading, ...] = (),
    medicines: tuple[MedicineRow, ...] = (),
    events: tuple[Event, ...] = (),
    decisions: tuple[Decision, ...] = (),
    signatures: tuple[Signature, ...] = (),
    last: Record | None = None,
    course: tuple[Record, ...] = (),
) -> Facts:
    record = Record(
        session=visit or session(),
        answers=answers(said or {}, protocol),
        readings=readings,
        medicines=medicines,
        events=events,
        decisions=decisions,
        signatures=signatures,
    )
    return Facts(protocol, patient, record, Past(last, course), MEDICINES, moment(now))


def with_limit(key: str, value: int | str | Decimal, protocol: Protocol = PROTOCOL) -> Protocol:
    limits = dict(protocol.limits)
    limits[key] = replace(limits[key], value=Decimal(value))
    return replace(protocol, limits=limits)


def with_setting(key: str, value: str, protocol: Protocol = PROTOCOL) -> Protocol:
    settings = dict(protocol.settings)
    settings[key] = replace(settings[key], value=value)
    return replace(protocol, settings=settings)


BASELINE = reading("118/76 72 98 14 36.7")


def _is_asked_of_all(item: Item) -> bool:
    """Answered by one key, and not only after another answer."""
    by_key = item.kind in (ItemKind.YES_NO, ItemKind.CHOICE)
    return by_key and not item.retired and not any(condition.item for condition in item.show_when)


_CONDITIONS: Mapping[str, Said] = {
    str(item.id): ("no" if item.options else False)
    for item in PROTOCOL.items()
    if item.id.startswith("cond.") and _is_asked_of_all(item)
}

READY: Mapping[str, Said] = {
    "identity.name": True,
    "identity.born": True,
    "consent.on_file": True,
    "consent.date": date(2026, 10, 1),
    "consent.discussed": True,
    "identity.help": "none",
    "fasting.solids": moment("2026-11-17 21:30"),
    "fasting.fatty": False,
    "fasting.fluids": moment("08:30"),
    "fasting.gum": "none",
    "transport.plan": "named_adult",
    "transport.name": "Chidi Okafor",
    "transport.relationship": "husband",
    "transport.phone": "555-010-0142",
    "transport.adult": True,
    "transport.where": "reached",
    "transport.no_driving": True,
    "medicines.complete": True,
    "substances.last24": False,
    "screening.infection": False,
    "screening.cognition": False,
    "screening.pregnancy": "negative",
    "asq.1": False,
    "asq.2": False,
    "asq.3": False,
    "asq.4": False,
    **_CONDITIONS,
    "vitals.weight": Decimal("68.4"),
    "vitals.weight_stated": False,
    "vitals.alert": True,
}
"""A first visit on which everything is answered and nothing is found; the baseline set comes on top."""


def ready(
    changed: Mapping[str, Said | Answer] | None = None, *, without: tuple[str, ...] = ()
) -> dict[str, Said | Answer]:
    """READY with some answers changed and others not given."""
    merged: dict[str, Said | Answer] = {**READY, **(changed or {})}
    return {item: said for item, said in merged.items() if item not in without}
