"""Facts in, snapshot out: every rule once, the verdicts of both pause points, and what is drawn from them."""

from collections.abc import Mapping

from checklist.attached import Photo
from checklist.model import Clinic, Staff, StaffId
from checklist.rules import (
    conditions,
    dose,
    fasting,
    followup,
    forms,
    medication,
    medicine_notes,
    recovery,
    schedule,
    scores,
    verdict,
    views,
)
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.state import state
from checklist.snapshot import Snapshot


def assemble(
    facts: Facts, clinic: Clinic, staff: Mapping[StaffId, Staff], *, practice: bool, photo: Photo | None = None
) -> Snapshot:
    """The session as it is drawn, on screen and on paper."""
    findings = evaluate(facts)
    clearance = verdict.clearance(facts, findings, staff)
    discharge = recovery.discharge(facts, findings)
    return Snapshot(
        now=facts.now,
        clinic=clinic,
        patient=facts.patient,
        protocol=facts.protocol,
        staff=staff,
        record=facts.record,
        past=facts.past,
        state=state(facts, clearance, discharge),
        steps=views.steps(facts, findings),
        findings=findings,
        clearance=clearance,
        discharge=discharge,
        criteria=recovery.criteria(facts, findings),
        schedule=facts.once(schedule.due),
        clocks=facts.once(schedule.clocks),
        scores=scores.scores(facts),
        medicine_levels=medication.medicine_levels(facts),
        medicine_notes=medicine_notes.notes(facts, staff),
        standing=medication.clearances(facts),
        earliest_start=fasting.earliest_start(facts),
        practice=practice,
        follow_up=followup.follow_up(facts),
        given=dose.given(facts),
        segments=dose.segments(facts),
        questionnaires=forms.questionnaires(facts),
        tasks=facts.once(conditions.tasks),
        photo=photo,
    )
