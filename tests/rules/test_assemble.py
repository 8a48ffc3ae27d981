"""The snapshot that screens and papers draw: every part is the one its rule gives."""

from dataclasses import fields

from checklist.model import Clinic, Level, Role, SessionState, Staff
from checklist.rules import fasting, medication, recovery, schedule, scores, views
from checklist.rules.assemble import assemble
from checklist.rules.evaluate import evaluate
from checklist.snapshot import VerdictKind
from tests.rules.build import BASELINE, NURSE, facts, medicine, moment, ready
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


def test_every_part_of_the_snapshot_is_what_its_own_rule_says() -> None:
    here = leaving(medicines=(medicine("xanax 0.5 mg"),))
    drawn = assemble(here, CLINIC, STAFF, practice=False)
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
        "earliest_start": fasting.earliest_start(here),
        "practice": False,
    }
    assert {name: getattr(drawn, name) for name in expected} == expected
    assert {field.name for field in fields(drawn)} - set(expected) == {"state", "clearance"}
    assert drawn.schedule
    assert drawn.scores
