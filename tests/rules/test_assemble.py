"""The snapshot that screens and papers draw: every part is the one its rule gives."""

from dataclasses import fields, replace

from checklist.attached import Photo, PhotoState
from checklist.model import Choice, Clinic, Decision, Level, Meaning, Role, SessionState, Staff
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
    views,
)
from checklist.rules.assemble import assemble
from checklist.rules.evaluate import evaluate
from checklist.snapshot import Met, Record, VerdictKind
from tests.rules.build import (
    BASELINE,
    NURSE,
    PROVIDER,
    decide,
    facts,
    medicine,
    moment,
    reading,
    ready,
    session,
    signature,
)
from tests.rules.leaving import leaving

CLINIC = Clinic("Invented Clinic", "1 Main Street", "555-010-0100", "America/New_York")
STAFF = {NURSE: Staff(NURSE, "ortiz", "R. Ortiz", "RN", frozenset({Role.NURSE}))}


def test_a_ready_patient_is_drawn_as_ready_with_the_earliest_start() -> None:
    here = facts(ready(), readings=(BASELINE,), medicines=(medicine("abacavir"),))
    drawn = assemble(here, CLINIC, STAFF, practice=True)
    assert drawn.clearance.kind is VerdictKind.CLEARED
    assert drawn.discharge.kind is VerdictKind.INCOMPLETE
    assert drawn.state is SessionState.PRE_SESSION
    assert drawn.earliest_start == moment("10:30")
    assert drawn.medicine_levels["m1"][0] is Level.CLEAR
    assert (drawn.schedule, drawn.clocks, drawn.practice) == ((), None, True)


def _quieted() -> Record:
    """The visit before, on which a provider cleared alprazolam for later visits."""
    decision = Decision("med.old", "f", Choice.PROCEED, "Daily", PROVIDER, moment("2026-11-11 10:50"), standing=True)
    return Record(session(), medicines=(medicine("xanax 0.5 mg", row="old"),), decisions=(decision,))


def test_every_part_of_the_snapshot_is_what_its_own_rule_says() -> None:
    here = leaving(
        medicines=(medicine("xanax 0.5 mg"),), signatures=(signature(Meaning.DISCHARGE, "12:14"),), last=_quieted()
    )
    asked = Decision(
        "med.m1", "f", Choice.PROCEED, "Daily", PROVIDER, moment("10:50"), condition="BP", condition_by=moment("12:30")
    )
    here = replace(here, record=replace(here.record, decisions=(asked,)))
    photo = Photo(PhotoState.DECLINED, NURSE, moment("10:00"))
    drawn = assemble(here, CLINIC, STAFF, practice=False, photo=photo)
    assert drawn.tasks
    found = evaluate(here)
    expected = {
        "now": here.now,
        "clinic": CLINIC,
        "patient": here.patient,
        "protocol": here.protocol,
        "staff": STAFF,
        "record": here.record,
        "past": here.past,
        "steps": views.steps(here, found),
        "findings": found,
        "discharge": recovery.discharge(here, found),
        "criteria": recovery.criteria(here, found),
        "schedule": schedule.planned(here),
        "clocks": schedule.clocks(here),
        "scores": scores.scores(here),
        "medicine_levels": medication.medicine_levels(here),
        "medicine_notes": medicine_notes.notes(here, STAFF),
        "standing": medication.clearances(here),
        "earliest_start": fasting.earliest_start(here),
        "practice": False,
        "follow_up": followup.follow_up(here),
        "given": dose.given(here),
        "segments": dose.segments(here),
        "questionnaires": forms.questionnaires(here),
        "tasks": conditions.tasks(here),
        "course": None,  # asked for by itself
        "photo": photo,
        "gaps": (),  # the desk knows when the program was not running, and when the clock was set
        "clock_changes": (),
    }
    assert {name: getattr(drawn, name) for name in expected} == expected
    assert {field.name for field in fields(drawn)} - set(expected) == {"state", "clearance"}
    drawn_parts = (drawn.schedule, drawn.scores, drawn.standing, drawn.medicine_notes, drawn.segments)
    assert all(drawn_parts)
    assert (drawn.given is None, drawn.follow_up is None) == (False, False)


def test_the_snapshot_names_who_postponed() -> None:
    first = facts(ready(), readings=(reading("142/88 76 98 14 36.7"),))
    high = next(one for one in evaluate(first) if one.key == "vitals.bp")
    here = facts(
        ready(), readings=first.record.readings, decisions=(decide(high, Choice.POSTPONE, "Come back on Friday."),)
    )
    menon = Staff(PROVIDER, "menon", "A. Menon", "MD", frozenset({Role.PROVIDER}))
    drawn = assemble(here, CLINIC, {PROVIDER: menon}, practice=False)
    assert drawn.clearance.sentence == "Postponed by A. Menon, MD: Come back on Friday."


def test_a_criterion_that_a_provider_decided_is_drawn_as_decided() -> None:
    said = {"discharge.escort": False}
    before = leaving(said)
    open_one = next(one for one in evaluate(before) if one.key == "discharge.escort")
    here = replace(before, record=replace(before.record, decisions=(decide(open_one),)))
    (escort,) = [one for one in assemble(here, CLINIC, STAFF, practice=False).criteria if one.key == "escort"]
    assert escort.met is Met.DECIDED
