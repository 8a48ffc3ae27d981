"""Answers and rows as journal bodies, and back. The journal keeps plain JSON; everything else handles values."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import assert_never

from checklist.model import (
    AllergyState,
    Answer,
    AnswerState,
    Choice,
    Decision,
    Doing,
    Done,
    Effect,
    Entry,
    Event,
    EventKind,
    ItemId,
    Json,
    Meaning,
    MedicineDetails,
    MedicineRow,
    Outcome,
    Patient,
    PatientId,
    Quantity,
    Reading,
    Related,
    Role,
    RowId,
    Sex,
    Signature,
    SinceLast,
    StaffId,
    Stage,
    Stamp,
    StampKind,
    TimeValue,
    TodayPlan,
    Value,
    Verification,
)
from checklist.times import Moment

Body = dict[str, Json]
READING_NUMBERS = ("sbp", "dbp", "hr", "spo2", "rr", "moaas", "dissociation", "nausea", "pain", "agitation")


def text_of(body: Mapping[str, Json], key: str) -> str:
    value = body.get(key, "")
    return value if isinstance(value, str) else ""


def _moment(body: Mapping[str, Json], key: str) -> Moment:
    return Moment.stored(text_of(body, key))


def _moment_or_none(body: Mapping[str, Json], key: str) -> Moment | None:
    return _moment(body, key) if body.get(key) else None


def _number(body: Mapping[str, Json], key: str) -> int | None:
    value = body.get(key)
    return value if isinstance(value, int) else None


def _decimal(body: Mapping[str, Json], key: str) -> Decimal | None:
    return Decimal(text_of(body, key)) if body.get(key) else None


def texts_of(body: Mapping[str, Json], key: str) -> dict[str, str]:
    value = body.get(key)
    return {name: str(part) for name, part in value.items()} if isinstance(value, dict) else {}


def numbers_of(body: Mapping[str, Json], key: str) -> tuple[int, ...]:
    value = body.get(key)
    return tuple(one for one in value if isinstance(one, int)) if isinstance(value, list) else ()


def write_value(value: Value | None) -> Json:
    """A value as JSON that names its own kind."""
    match value:
        case None:
            return None
        case bool():
            return {"kind": "bool", "is": value}
        case str():
            return {"kind": "text", "is": value}
        case date():
            return {"kind": "date", "is": value.isoformat()}
        case Quantity():
            return {"kind": "quantity", "is": str(value.value), "unit": value.unit, "typed": value.typed}
        case TimeValue():
            earliest = {"earliest": value.earliest.store()} if value.earliest else {}
            return {"kind": "time", "is": value.at.store(), "estimated": value.estimated, **earliest}
        case _:
            assert_never(value)


def read_value(json: Json) -> Value | None:
    """What `write_value` wrote; ValueError for anything else."""
    if json is None:
        return None
    if not isinstance(json, dict):
        raise ValueError(f"not a stored value: {json!r}")
    match json["kind"]:
        case "bool":
            return bool(json["is"])
        case "text":
            return text_of(json, "is")
        case "date":
            return date.fromisoformat(text_of(json, "is"))
        case "quantity":
            return Quantity(Decimal(text_of(json, "is")), text_of(json, "unit"), text_of(json, "typed"))
        case "time":
            earliest = _moment(json, "earliest") if "earliest" in json else None
            return TimeValue(_moment(json, "is"), bool(json["estimated"]), earliest)
        case other:
            raise ValueError(f"not a stored value: {other!r}")


def answer_body(state: AnswerState, value: Value | None, typed: str, reason: str, observed: Moment) -> Body:
    return {
        "state": state.value,
        "value": write_value(value),
        "typed": typed,
        "reason": reason,
        "observed": observed.store(),
    }


def read_answer(entry: Entry) -> Answer:
    body = entry.body
    return Answer(
        item=ItemId(entry.item),
        state=AnswerState(text_of(body, "state")),
        value=read_value(body.get("value")),
        typed=text_of(body, "typed"),
        reason=text_of(body, "reason"),
        by=entry.by,
        observed=_moment(body, "observed"),
        entered=entry.entered,
        seq=entry.seq,
    )


def read_reading(entry: Entry) -> Reading:
    body = entry.body
    symptoms = body.get("symptoms")
    numbers = {name: _number(body, name) for name in READING_NUMBERS}
    return Reading(
        id=RowId(text_of(body, "row")),
        stage=Stage(text_of(body, "stage")),
        observed=_moment(body, "observed"),
        entered=_moment_or_none(body, "entered") or entry.entered,
        by=StaffId(text_of(body, "by")) or entry.by,  # who struck a reading did not take it
        typed=text_of(body, "typed"),
        temp_c=_decimal(body, "temp_c"),
        oxygen_l_min=_decimal(body, "oxygen_l_min"),
        symptoms=tuple(str(one) for one in symptoms) if isinstance(symptoms, list) else (),
        artefact=text_of(body, "artefact"),
        seq=entry.seq,
        **numbers,
    )


def reading_body(reading: Reading) -> Body:
    numbers: Body = {name: getattr(reading, name) for name in READING_NUMBERS}
    return {
        "table": "reading",
        "row": reading.id,
        "stage": reading.stage.value,
        "observed": reading.observed.store(),
        "entered": reading.entered.store(),
        "by": reading.by,
        "typed": reading.typed,
        "temp_c": None if reading.temp_c is None else str(reading.temp_c),
        "oxygen_l_min": None if reading.oxygen_l_min is None else str(reading.oxygen_l_min),
        "symptoms": list(reading.symptoms),
        "artefact": reading.artefact,
        **numbers,
    }


def medicine_body(row: MedicineRow) -> Body:
    return {
        "table": "medicine",
        "row": row.id,
        "typed": row.typed,
        "dose": row.dose,
        "last_taken": row.last_taken.store() if row.last_taken else None,
        "last_taken_state": row.last_taken_state.value,
        "confirmed": row.confirmed,
        "removed": row.removed,
        "spelling_confirmed": row.spelling_confirmed,
        "route": row.details.route,
        "frequency": row.details.frequency,
        "since_last": row.details.since_last.value,
        "today": row.details.today.value,
        "held_by": row.details.held_by,
    }


def read_medicine(entry: Entry) -> MedicineRow:
    body = entry.body
    return MedicineRow(
        id=RowId(text_of(body, "row")),
        typed=text_of(body, "typed"),
        dose=text_of(body, "dose"),
        last_taken=_moment_or_none(body, "last_taken"),
        last_taken_state=AnswerState(text_of(body, "last_taken_state")),
        confirmed=body.get("confirmed") is True,
        removed=body.get("removed") is True,
        spelling_confirmed=text_of(body, "spelling_confirmed"),
        by=entry.by,
        entered=entry.entered,
        details=MedicineDetails(
            route=text_of(body, "route"),
            frequency=text_of(body, "frequency"),
            since_last=SinceLast(text_of(body, "since_last")),
            today=TodayPlan(text_of(body, "today")),
            held_by=text_of(body, "held_by"),
        ),
    )


def effect_body(effect: Effect) -> Body:
    return {
        "table": "effect",
        "row": effect.id,
        "term": effect.term,
        "grade": effect.grade,
        "onset": effect.onset.store(),
        "action": effect.action,
        "ended": effect.ended.store() if effect.ended else None,
        "removed": effect.removed,
        "done": [_done_body(one) for one in effect.done],
        "outcome": effect.outcome.value,
        "related": effect.related.value,
    }


def _done_body(one: Done) -> Json:
    return {"what": one.what.value, "at": one.at.store(), "by": one.by, "detail": one.detail}


def _read_done(json: Json) -> Done:
    body = json if isinstance(json, dict) else {}
    return Done(
        Doing(text_of(body, "what")), _moment(body, "at"), StaffId(text_of(body, "by")), text_of(body, "detail")
    )


def read_effect(entry: Entry) -> Effect:
    """An entry from before there was more than words about what was done has none of it."""
    body = entry.body
    done = body.get("done")
    return Effect(
        id=RowId(text_of(body, "row")),
        term=text_of(body, "term"),
        grade=_number(body, "grade") or 0,
        onset=_moment(body, "onset"),
        action=text_of(body, "action"),
        ended=_moment_or_none(body, "ended"),
        removed=body.get("removed") is True,
        by=entry.by,
        entered=entry.entered,
        done=tuple(_read_done(one) for one in done) if isinstance(done, list) else (),
        outcome=Outcome(text_of(body, "outcome")),
        related=Related(text_of(body, "related")),
        seq=entry.seq,
    )


def stamp_body(stamp: Stamp) -> Body:
    return {
        "table": "stamp",
        "row": stamp.id,
        "kind": stamp.kind.value,
        "at": stamp.at.store(),
        "by": stamp.by,
        "entered": stamp.entered.store(),
        "detail": dict(stamp.detail),
        "removed": stamp.removed,
    }


def read_stamp(entry: Entry) -> Stamp:
    """Whoever adds words later did not stamp the moment."""
    body = entry.body
    return Stamp(
        id=RowId(text_of(body, "row")),
        kind=StampKind(text_of(body, "kind")),
        at=_moment(body, "at"),
        by=StaffId(text_of(body, "by")),
        entered=_moment(body, "entered"),
        detail=texts_of(body, "detail"),
        removed=body.get("removed") is True,
        seq=entry.seq,
    )


def event_body(kind: EventKind, at: Moment, detail: Mapping[str, str]) -> Body:
    return {"kind": kind.value, "at": at.store(), "detail": dict(detail)}


def read_event(entry: Entry) -> Event:
    body = entry.body
    return Event(
        EventKind(text_of(body, "kind")),
        _moment(body, "at"),
        entry.entered,
        entry.by,
        texts_of(body, "detail"),
        entry.seq,
    )


def read_decision(entry: Entry) -> Decision:
    body = entry.body
    return Decision(
        finding=entry.item,
        fingerprint=text_of(body, "fingerprint"),
        choice=Choice(text_of(body, "choice")),
        reason=text_of(body, "reason"),
        by=entry.by,
        at=entry.entered,
        verbal_from=text_of(body, "verbal_from"),
        read_back=body.get("read_back") is True,
        standing=body.get("standing") is True,
        ends_standing=body.get("ends_standing") is True,
        provider=StaffId(text_of(body, "provider")) or entry.by,
        seq=entry.seq,
        code=text_of(body, "code"),
        code_words=text_of(body, "code_words"),
        provider_name=text_of(body, "provider_name"),
        condition=text_of(body, "condition"),
        condition_by=_moment_or_none(body, "condition_by"),
    )


def read_verification(entry: Entry) -> Verification:
    body = entry.body
    return Verification(
        by=entry.by,
        at=entry.entered,
        values=texts_of(body, "values"),
        agrees=body.get("agrees") is True,
        fingerprint=text_of(body, "fingerprint"),
    )


def read_signature(entry: Entry) -> Signature:
    body = entry.body
    return Signature(
        meaning=Meaning(text_of(body, "meaning")),
        by=entry.by,
        name=text_of(body, "name"),
        role=Role(text_of(body, "role")),
        at=entry.entered,
        statement=text_of(body, "statement"),
        seal=text_of(body, "seal"),
        seq=entry.seq,
        covers=numbers_of(body, "covers"),
        remark=text_of(body, "remark"),
    )


def read_patient(entry: Entry) -> Patient:
    """The patient as one entry wrote them."""
    body = entry.body
    return Patient(
        id=PatientId(entry.patient or ""),
        family=text_of(body, "family"),
        given=text_of(body, "given"),
        born=date.fromisoformat(text_of(body, "born")),
        sex=Sex(text_of(body, "sex")),
        mrn=text_of(body, "mrn"),
        title=text_of(body, "title"),
        preferred=text_of(body, "preferred"),
        phone=text_of(body, "phone"),
        allergy_state=AllergyState(text_of(body, "allergy_state") or AllergyState.NOT_ASKED),
        allergies=text_of(body, "allergies"),
        notes=text_of(body, "notes"),
    )
