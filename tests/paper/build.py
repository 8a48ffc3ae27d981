"""Snapshots made by hand from the shipped protocol: a routine visit, a held one, an empty one, and an extreme one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from checklist.model import (
    AllergyState,
    AnswerState,
    Choice,
    Decision,
    Effect,
    Event,
    EventKind,
    ItemId,
    Level,
    Meaning,
    Reading,
    Role,
    RowId,
    SessionState,
    Signature,
    StaffId,
    Stage,
    TimeValue,
    Verification,
)
from checklist.snapshot import (
    Criterion,
    Due,
    DueState,
    Finding,
    Given,
    Met,
    Past,
    Record,
    Score,
    Snapshot,
    Verdict,
    VerdictKind,
)
from checklist.times import Moment
from tests.paper.parts import (
    CLINIC,
    NURSE,
    PATIENT,
    PROVIDER,
    SEAL,
    SECOND,
    STAFF,
    ZONE,
    answered,
    answers_of,
    at,
    medicine,
    protocol,
    quantity_of,
    reading,
    session,
    steps_of,
    without_value,
)

__all__ = ["CLINIC", "at", "empty", "extreme", "held", "protocol", "quantity_of", "reading", "routine"]

BENZO = Finding(
    "med.m1",
    Level.REVIEW,
    "ALPRAZolam today 06:30",
    "Benzodiazepine within 12 h. May weaken the effect and deepen sedation.",
    "The provider decides.",
    "medicines",
    source="clinic policy",
    fingerprint="f1",
    decision=Decision("med.m1", "f1", Choice.PROCEED, "Usual dose, alert.", PROVIDER, at("11:02")),
)
PRESSURE = Finding(
    "vitals.bp",
    Level.REVIEW,
    "Systolic 142 mmHg is above 140",
    "Reading of 10:54; repeated at 11:00.",
    "Repeat, or let the provider decide.",
    "vitals",
    source="Spravato monograph",
    fingerprint="f2",
    decision=Decision("vitals.bp", "f2", Choice.PROCEED, "Settled on repeat.", PROVIDER, at("11:02")),
)
MEDICINES = (
    medicine(1, "alprazolam", "0.5 mg", at("06:30")),
    medicine(2, "sertraline", "100 mg", at("06:30")),
    medicine(3, "lisinopril", "10 mg", at("08:00", 17)),
    medicine(4, "lamotrigine", "200 mg", at("21:00", 17)),
)
LEVELS = {
    "m1": (Level.REVIEW, "ALPRAZolam", "Benzodiazepine", "The provider decides."),
    "m2": (Level.CLEAR, "sertraline", "SSRI", ""),
    "m3": (Level.CLEAR, "lisinopril", "ACE inhibitor", ""),
    "m4": (Level.NOTE, "lamoTRIgine", "Anticonvulsant", "May reduce the effect."),
}


def _signature(meaning: Meaning, by: StaffId, clock: str, seq: int) -> Signature:
    person = STAFF[by]
    role = Role.PROVIDER if Role.PROVIDER in person.roles else Role.NURSE
    when = Moment(at(clock).utc + timedelta(seconds=14), ZONE)
    return Signature(meaning, by, person.signed_name, role, when, protocol().texts[f"statement_{meaning}"], SEAL, seq)


def routine() -> Snapshot:
    """The visit of the drawings: two reviews decided, infused, observed, discharged, signed."""
    answers = answers_of("after")
    carried = frozenset(item.id for item in protocol().items() if item.id.startswith("cond."))
    changed = answers[ItemId("transport.phone")]
    earlier = replace(changed, value="555 0124", typed="555 0124", seq=0)
    stopped = {"infused_ml": "50", "reason": "completed"}
    record = Record(
        session(),
        answers,
        {changed.item: (earlier, changed)},
        _readings(),
        MEDICINES,
        _effects(),
        (
            Event(EventKind.STARTED, at("11:40"), at("11:40"), NURSE),
            Event(EventKind.PAUSED, at("12:02"), at("12:02"), NURSE, {"reason": "arm moved", "infused_ml": "27"}),
            Event(EventKind.RESUMED, at("12:04"), at("12:04"), NURSE),
            Event(EventKind.STOPPED, at("12:22"), at("12:22"), NURSE, stopped),
        ),
        tuple(one.decision for one in (BENZO, PRESSURE) if one.decision),
        (Verification(SECOND, at("11:30"), {"mg": "34.2", "concentration": "50", "rate": "75"}, True, "d1"),),
        (
            _signature(Meaning.CHECKED, NURSE, "10:58", 200),
            _signature(Meaning.PROVIDER_CLEARED, PROVIDER, "11:02", 201),
            _signature(Meaning.DOSE_VERIFIED, SECOND, "11:30", 202),
            _signature(Meaning.DISCHARGE, NURSE, "13:05", 203),
        ),
        last_seq=203,
        seal=SEAL,
    )
    last = replace(session(), record_id="S-2026-0388", number=3, planned=at("11:00", 11))
    return Snapshot(
        at("13:10"),
        CLINIC,
        PATIENT,
        protocol(),
        STAFF,
        record,
        Past(Record(last)),
        SessionState.DISCHARGED,
        steps_of(answers, carried),
        (BENZO, PRESSURE),
        Verdict(
            VerdictKind.CLEARED_AFTER_REVIEW,
            "Cleared after review",
            "Cleared at 11:02 by Dr. A. Menon.",
            counts=(17, 2, 0),
        ),
        Verdict(VerdictKind.CLEARED, "Ready to leave", ""),
        _criteria(),
        (Due(at("12:10"), Stage.INFUSION, DueState.MISSED),),
        None,
        _scores(),
        LEVELS,
        given=Given(Decimal(50), Decimal("34.2"), Decimal(0)),
    )


def _readings() -> tuple[Reading, ...]:
    during: dict[str, Any] = {"stage": Stage.INFUSION}
    after: dict[str, Any] = {"stage": Stage.RECOVERY}
    return (
        reading("10:54", 142, 88, 76, temp_c=Decimal("36.7")),
        reading("11:00", 138, 86, 74),
        reading("11:40", 139, 86, 76, moaas=5, dissociation=0, **during),
        reading("11:50", 146, 90, 84, 97, moaas=4, dissociation=1, **during),
        reading("11:55", 232, 140, 85, 72, artefact="cuff slipped, arm moved", **during),
        reading("12:00", 152, 92, 88, 97, moaas=4, dissociation=2, nausea=1, **during),
        reading("12:22", 144, 88, 82, moaas=4, dissociation=1, entered=at("12:41"), **during),
        reading("12:37", 134, 84, 78, moaas=5, dissociation=0, nausea=1, pain=0, **after),
        reading("12:52", 128, 80, 74, moaas=5, dissociation=0, nausea=0, pain=0, **after),
    )


def _effects() -> tuple[Effect, ...]:
    return (
        Effect(RowId("e1"), "nausea", 2, at("12:05"), "ondansetron 4 mg", at("12:40"), False, NURSE, at("12:06")),
        Effect(RowId("e2"), "dizziness", 1, at("12:10"), "", None, False, NURSE, at("12:11")),
        Effect(RowId("e3"), "vomiting", 1, at("12:10"), "", None, True, NURSE, at("12:11")),
    )


def _scores() -> tuple[Score, ...]:
    parts = (("Activity", 2), ("Respiration", 2), ("Circulation", 2), ("Consciousness", 2), ("SpO2", 2))
    return (
        Score("Modified Aldrete (1995), % of baseline", parts, 10, True, 9),
        Score("MPADSS", (("Vital signs", 2), ("Walks", 2), ("Nausea", None)), None, False, 9),
    )


def _criteria() -> tuple[Criterion, ...]:
    return (
        Criterion("time", "30 minutes observed", "43min of 30min", Met.MET, "clinic policy"),
        Criterion("vitals", "Blood pressure and heart rate steady", "128/80 against 138/86", Met.MET, "PADSS (Chung)"),
        Criterion("mpadss", "MPADSS 9 or more", "not complete", Met.UNANSWERED, "PADSS criteria"),
        Criterion("spo2", "SpO2 above 92 %", "98 %", Met.NOT_MET, "Modified Aldrete 1995"),
    )


def held() -> Snapshot:
    """Breakfast too late, a refused weight, gum in the mouth: held, nothing signed."""
    answers = answers_of("before")
    for one in (
        answered("fasting.solids", TimeValue(at("07:20"), estimated=True), "10:41"),
        answered("fasting.gum", "in_mouth", "10:42"),
        without_value("vitals.weight", AnswerState.DECLINED, "does not want to be weighed"),
        without_value("screening.pregnancy", AnswerState.NOT_APPLICABLE, "hysterectomy 2019"),
        without_value("consent.discussed", AnswerState.UNKNOWN, ""),
    ):
        answers[one.item] = one
    del answers[ItemId("transport.where")]
    food = Finding(
        "fasting.solids",
        Level.HOLD,
        "Last solid food 4hr 20min before the start",
        "6 h are needed.",
        "Move the start to 13:20.",
        "fasting",
        (ItemId("fasting.solids"),),
        "ASA fasting times 2017",
        until=at("13:20"),
        fingerprint="f3",
    )
    gum = Finding(
        "fasting.gum",
        Level.REVIEW,
        "Gum in the mouth",
        "",
        "Ask the patient to remove it.",
        "fasting",
        (ItemId("fasting.gum"),),
        fingerprint="f4",
    )
    weight = Finding(
        "vitals.weight",
        Level.REVIEW,
        "Weighing declined",
        "",
        "The provider decides.",
        "vitals",
        (ItemId("vitals.weight"),),
        fingerprint="f5",
    )
    whole = routine()
    record = Record(session(), answers, readings=whole.record.readings[:1], medicines=MEDICINES, seal=SEAL)
    sentence = "Cannot start before 13:20: last solid food 07:20 (4hr 20min). One item is not answered."
    return replace(
        whole,
        now=at("10:58"),
        record=record,
        state=SessionState.HELD,
        steps=steps_of(answers, frozenset()),
        findings=(food, gum, weight, replace(BENZO, decision=None)),
        clearance=Verdict(
            VerdictKind.HELD,
            "Held",
            sentence,
            (protocol().item("transport.where"),),
            until=at("13:20"),
            counts=(40, 0, 2),
        ),
        criteria=(),
        scores=(),
        schedule=(),
    )


def empty() -> Snapshot:
    """A visit that was only booked: nothing asked, allergies not asked."""
    patient = replace(PATIENT, title="", preferred="", mrn="", allergy_state=AllergyState.NOT_ASKED, allergies="")
    return replace(
        held(),
        now=at("08:00"),
        patient=patient,
        record=Record(session()),
        past=Past(),
        state=SessionState.EXPECTED,
        steps=steps_of({}, frozenset()),
        findings=(),
        clearance=Verdict(VerdictKind.INCOMPLETE, "Not complete", "", tuple(protocol().items()), counts=(0, 0, 0)),
        medicine_levels={},
    )


WEIRD = 'Said <b>no</b> to <oral midazolam> & "later"\nnext line <br/> 😀 \u202eevil\u202c\x07 end'


def extreme() -> Snapshot:
    """Names of many scripts, markup and emoji in notes, an endless word, 40 medicines, 60 readings."""
    base = routine()
    patient = replace(
        PATIENT,
        family="Nguyễn-Łukasz محمد 王小明 שלום 김",
        given="Thị Ánh <Mary> & “Co”",
        preferred="😀",
        allergies="Penicillin: rash & <hives>; " * 30,
        notes=f"{WEIRD}\n{'x' * 10_000}\n{'word ' * 2000}",
    )
    rows = tuple(medicine(n, f"medicine <{n}> & co", "5 mg", None if n % 3 else at("06:30")) for n in range(40))
    readings = tuple(
        replace(
            reading("11:40", 90 + 3 * n, 30 + 2 * n, 35 + 4 * n, 60 + n % 40, stage=Stage.INFUSION),
            id=RowId(f"x{n}"),
            observed=at("11:40").plus(minutes=3 * n),
            entered=at("11:40").plus(minutes=3 * n),
        )
        for n in range(60)
    )
    answers = dict(base.record.answers)
    answers[ItemId("transport.name")] = answered("transport.name", WEIRD)
    record = replace(base.record, answers=answers, medicines=rows, readings=readings)
    carried = frozenset(one.item.id for step in base.steps for one in step.items if one.carried)
    return replace(
        base, patient=patient, record=record, medicine_levels={}, steps=steps_of(answers, carried), practice=True
    )
