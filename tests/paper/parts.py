"""People, times and answers that the hand-made snapshots are put together from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from checklist import resources
from checklist.model import (
    AllergyState,
    Answer,
    AnswerState,
    Clinic,
    ItemId,
    Level,
    MedicineRow,
    Patient,
    PatientId,
    Quantity,
    Reading,
    Role,
    RowId,
    SessionId,
    Sex,
    Staff,
    StaffId,
    Stage,
    TimeValue,
    Value,
)
from checklist.paper import words
from checklist.protocol import Item, ItemKind, Protocol, load
from checklist.snapshot import (
    ItemView,
    SessionInfo,
    StepView,
)
from checklist.times import Moment

ZONE = "America/New_York"
NURSE, PROVIDER, SECOND = StaffId("n1"), StaffId("p1"), StaffId("n2")
CLINIC = Clinic("Riverside Infusion Clinic", "120 Harbor Road, Albany NY 12205", "555 0100", ZONE)
STAFF = {
    NURSE: Staff(NURSE, "rortiz", "R. Ortiz", "RN", frozenset({Role.NURSE})),
    PROVIDER: Staff(PROVIDER, "amenon", "Dr. A. Menon", "MD", frozenset({Role.PROVIDER})),
    SECOND: Staff(SECOND, "lchen", "L. Chen", "RN", frozenset({Role.NURSE})),
}
PATIENT = Patient(
    PatientId("pt1"),
    "Okafor",
    "Amara",
    date(1986, 3, 14),
    Sex.FEMALE,
    "004512",
    title="Ms",
    preferred="Ama",
    allergy_state=AllergyState.LISTED,
    allergies="Penicillin: rash",
)
SEAL = "7f3a91c2d05e88aa17"


@cache
def protocol() -> Protocol:
    return load(resources.read_text("protocol/iv-ketamine.toml"), "iv-ketamine.toml")


def at(clock: str, day: int = 18) -> Moment:
    """`10:42` on a day of November 2026 in Albany."""
    hour, minute = clock.split(":")
    return Moment.of_local(datetime(2026, 11, day, int(hour), int(minute)), ZONE)  # noqa: DTZ001


def answered(item: str, value: Value, clock: str = "10:36", *, seq: int = 1, day: int = 18) -> Answer:
    when = at(clock, day)
    return Answer(ItemId(item), AnswerState.ANSWERED, value, str(value), "", NURSE, when, when, seq)


def without_value(item: str, state: AnswerState, reason: str, clock: str = "10:50") -> Answer:
    return Answer(ItemId(item), state, None, "", reason, NURSE, at(clock), at(clock), 1)


def kg(value: str, typed: str = "") -> Quantity:
    return Quantity(Decimal(value), "kg", typed or value)


def reading(clock: str, sbp: int, dbp: int, hr: int, spo2: int = 98, **rest: Any) -> Reading:
    """A full set, taken and entered at the same minute unless `entered` says another."""
    when = at(clock)
    base = Reading(RowId(f"r{clock}"), Stage.BASELINE, when, when, NURSE, "", sbp, dbp, hr, spo2, 14)
    return replace(base, **rest)


def medicine(number: int, typed: str, dose: str, taken: Moment | None, **rest: Any) -> MedicineRow:
    state = AnswerState.ANSWERED if taken else AnswerState.UNKNOWN
    row = MedicineRow(RowId(f"m{number}"), typed, dose, taken, state, True, False, "", NURSE, at("10:46"))
    return replace(row, **rest)


def usual(item: Item) -> Value:
    """A plain answer of the right kind that no gate speaks against."""
    match item.kind:
        case ItemKind.YES_NO:
            bad = {word for gate in item.gates for word in gate.when}
            return "yes" not in bad and item.id.split(".")[0] not in ("asq", "cond", "screening", "substances")
        case ItemKind.CHOICE:
            return item.options[0].id
        case ItemKind.TIME:
            return TimeValue(at("09:40"))
        case ItemKind.DATE:
            return date(2026, 10, 12)
        case ItemKind.TEXT | ItemKind.PHONE:
            return "Not needed"
        case ItemKind.QUANTITY:
            return Quantity(Decimal(50), protocol().bounds[item.bounds].unit, "50")


ROUTINE: Mapping[str, Value] = {
    "fasting.solids": TimeValue(at("21:30", 17)),
    "fasting.fatty": False,
    "transport.name": "Chidi Okafor",
    "transport.relationship": "husband",
    "transport.phone": "555 0142",
    "vitals.weight": kg("68.4"),
    "vitals.weight_stated": False,
    "dose.mg_per_kg": Quantity(Decimal("0.5"), "mg/kg", "0.5"),
    "dose.concentration": "50",
    "dose.total_ml": Quantity(Decimal(50), "mL", "50"),
    "dose.minutes": Quantity(Decimal(40), "min", "40"),
    "dose.ordered_by": "Dr. A. Menon",
    "dose.mg": Quantity(Decimal("34.2"), "mg", "34.2"),
    "dose.lot": "KT-2207",
    "waste.drawn_mg": Quantity(Decimal("34.2"), "mg", "34.2"),
    "waste.wasted_mg": Quantity(Decimal(0), "mg", "0"),
    "vitals.height": Quantity(Decimal("162"), "cm", "162"),
    "cond.iv_access": "Left hand, 22 G",
}
SOMETIMES = [
    *"glp1.raised glp1.symptoms glp1.solids24 fasting.glucose transport.back_at asq.5 asq.describe".split(),
    *"discharge.reversal_at identity.second ready.second".split(),
    *(
        str(item.id)
        for item in protocol().items()
        if item.retired
        or item.id.startswith(("phq9.", "gad7.", "scores.", "labs."))
        or any(one.item and not one.item.startswith(("transport.", "consent.")) for one in item.show_when)
    ),
]
SELDOM = ("arrival.", "transport.overnight", "dose.ndc", "dose.vial", "iv.", "serious.", "ama.", "drive.", "handover.")
"""What a visit without events leaves out."""


def answers_of(upto: str) -> dict[ItemId, Answer]:
    """Plain answers of all items that are always asked, to the end of a phase."""
    phases = ("before", "infusion", "after")[: ("before", "infusion", "after").index(upto) + 1]
    whole = [item for step in protocol().steps if step.phase in phases for item in step.items]
    items = [item for item in whole if not item.id.startswith(SELDOM)]
    return {
        item.id: answered(item.id, ROUTINE.get(item.id, usual(item)), f"10:{min(59, 36 + number // 4)}", seq=number)
        for number, item in enumerate(one for one in items if one.id not in SOMETIMES)
    }


def steps_of(answers: Mapping[ItemId, Answer], carried: frozenset[str]) -> tuple[StepView, ...]:
    escort = answers.get(ItemId("transport.name"))
    known = {"last_visit": "11-Nov-2026", "escort": str(escort.value) if escort else "The escort"}
    return tuple(
        StepView(
            step,
            tuple(
                ItemView(replace(item, label=words.filled(item.label, known)), answers.get(item.id), item.id in carried)
                for item in step.items
                if not (item.id in SOMETIMES or item.id.startswith(SELDOM)) or item.id in answers
            ),
            Level.CLEAR,
            True,
            "",
        )
        for step in protocol().steps
    )


def session() -> SessionInfo:
    return SessionInfo(
        SessionId("s1"), PATIENT.id, "S-2026-0417", 4, 6, "induction", "mood", at("11:40"), at("08:00", 10), "1"
    )


def quantity_of(answer: Answer, value: str) -> Answer:
    """The same answer with another number in its unit."""
    assert isinstance(answer.value, Quantity)
    return replace(answer, value=Quantity(Decimal(value), answer.value.unit, value), typed=value)
