"""Paper of a visit on which something went wrong: moments, side effects, transfer summary, marks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from checklist.model import (
    Answer,
    AnswerState,
    Doing,
    Done,
    ItemId,
    Outcome,
    Related,
    RowId,
    Stamp,
    StampKind,
    Value,
)
from checklist.paper import Document, PaperSize, render, render_drug_log
from checklist.snapshot import DrugLine, Given, Segment, Snapshot
from tests.paper import build
from tests.paper.parts import NURSE, at
from tests.paper.pdf import flat, pages


def stamp(kind: StampKind, clock: str, *, removed: bool = False, **detail: str) -> Stamp:
    return Stamp(RowId(f"{kind}{clock}"), kind, at(clock), NURSE, at(clock), detail, removed)


def visit(*stamps: Stamp, said: Mapping[str, Value] | None = None) -> Snapshot:
    whole = build.routine()
    answers = dict(whole.record.answers)
    for item, value in (said or {}).items():
        moment = at("13:00")
        answers[ItemId(item)] = Answer(
            ItemId(item), AnswerState.ANSWERED, value, str(value), "", NURSE, moment, moment, 9
        )
    oxygen = Done(Doing.OXYGEN, at("12:07"), NURSE, "2 L/min")
    nausea = replace(
        whole.record.effects[0],
        done=(
            oxygen,
            Done(Doing.DRUG, at("12:09"), NURSE, "ondansetron 4 mg"),
        ),
        outcome=Outcome.RESOLVED,
        related=Related.PROBABLE,
    )
    record = replace(whole.record, stamps=stamps, answers=answers, effects=(nausea, *whole.record.effects[1:]))
    return replace(whole, record=record)


EMERGENCY = (
    stamp(StampKind.EMS_CALLED, "12:14"),
    stamp(StampKind.CPR_STARTED, "12:15", words="bed 2 & <b>flat</b>"),
    stamp(StampKind.WORRY, "12:10", removed=True, removed_by="R. Ortiz, RN"),
)


def test_the_record_prints_each_moment_and_struck_ones_with_the_reason() -> None:
    struck = replace(EMERGENCY[2], detail={"removed": "wrong key", "removed_by": "R. Ortiz, RN"})
    printed = flat(render(Document.RECORD, visit(*EMERGENCY[:2], struck), PaperSize.LETTER))
    assert "12:14 911 called R. Ortiz 12:14" in printed
    assert "CPR started: bed 2 & <b>flat</b>" in printed
    assert "Nurse is worried struck by R. Ortiz, RN: wrong key" in printed


def test_a_side_effect_prints_what_was_done_when_and_how_it_came_out() -> None:
    printed = flat(render(Document.RECORD, visit(), PaperSize.LETTER))
    assert "ondansetron 4 mg; oxygen 2 L/min (12:07 R. Ortiz); drug ondansetron 4 mg (12:09 R. Ortiz)" in printed
    assert "outcome: resolved, caused by the infusion: probable" in printed


def test_whose_grades_they_are_stands_once_wherever_side_effects_print() -> None:
    credit = "CTCAE v5.0, National Cancer Institute (NCI)"
    for kind in (Document.RECORD, Document.TRANSFER):
        assert flat(render(kind, visit(), PaperSize.LETTER)).count(credit) == 1


def test_a_missed_reading_prints_its_reason_and_what_interrupted() -> None:
    why = stamp(StampKind.MISSED, "12:40", due=at("12:10").store(), words="with another patient")
    printed = flat(render(Document.RECORD, visit(why, stamp(StampKind.INTERRUPTION, "12:08")), PaperSize.LETTER))
    assert "Missed (infusion) with another patient; interrupted 12:08" in printed


def test_the_transfer_summary_begins_with_the_drug_and_holds_what_a_team_asks() -> None:
    snapshot = visit(*EMERGENCY, said={"cond.aneurysm": True, "dose.ordered_by": "Dr. A. Menon"})
    found = pages(render(Document.TRANSFER, snapshot, PaperSize.LETTER))
    printed = " ".join(page.flat for page in found)
    assert "Transfer summary" in found[0].flat
    assert "ketamine DOSE 34.2 mg in 50 mL - over 40 minutes started 11:40, stopped 12:22" in printed
    assert "Given 34.2 mg, not given 0 mg" in printed
    assert "12:14 911 called" in printed
    assert "Last set" in printed
    assert "Handed over by" in printed
    assert "Ordered by Dr. A. Menon" in printed
    assert all("OKAFOR, Amara" in page.flat for page in found)
    assert len(found) <= 3


def test_a_transfer_before_the_start_says_that_nothing_was_given() -> None:
    whole = visit()
    printed = flat(
        render(Document.TRANSFER, replace(whole, given=None, record=replace(whole.record, events=())), PaperSize.A4)
    )
    assert "The infusion was not started" in printed
    assert "Given" not in printed


def test_an_uncertain_dose_is_uncertain_wherever_it_prints() -> None:
    unsure = Given(Decimal(25), Decimal("17.1"), Decimal("17.1"), "uncertain: about 5 mL lost at left hand")
    snapshot = replace(visit(), given=unsure)
    for kind in (Document.RECORD, Document.TRANSFER):
        printed = flat(render(kind, snapshot, PaperSize.LETTER))
        assert "Given 17.1 mg, not given 17.1 mg, uncertain: about 5 mL lost at left hand" in printed


def test_stretches_print_planned_and_actual_rate() -> None:
    parts = (
        Segment(at("11:40"), at("12:02"), Decimal(27), Decimal(75)),
        Segment(at("12:04"), at("12:22"), None, Decimal(75)),
    )
    printed = flat(render(Document.RECORD, replace(visit(), segments=parts), PaperSize.LETTER))
    assert "Stretch 11:40 to 12:02 27 mL, 73.6 mL/h, set 75 mL/h" in printed
    assert "Stretch 12:04 to 12:22 volume not recorded, set 75 mL/h" in printed


def test_the_instructions_name_nurse_next_infusion_and_phone_in_12_points_or_more() -> None:
    found = pages(
        render(Document.INSTRUCTIONS, visit(said={"handover.next_visit": date(2026, 11, 23)}), PaperSize.LETTER)
    )
    printed = " ".join(page.flat for page in found)
    assert "Next infusion Mon 23-Nov-2026" in printed
    assert "Your nurse today R. Ortiz, RN" in printed
    assert "Call us 555 0100" in printed


def test_35_who_cannot_sign_makes_a_mark_beside_a_witness_or_the_reason_stands_there() -> None:
    mark = {"handover.patient_signs": "mark", "handover.witness": "L. Chen, RN"}
    printed = flat(render(Document.INSTRUCTIONS, visit(said=mark), PaperSize.LETTER))
    assert "Patient's mark: I understand these instructions" in printed
    assert "Witness of the mark: L. Chen, RN" in printed
    cannot = {"handover.patient_signs": "cannot", "handover.witness": "right arm in plaster"}
    printed = flat(render(Document.INSTRUCTIONS, visit(said=cannot), PaperSize.LETTER))
    assert "Patient: cannot sign (right arm in plaster)" in printed
    assert "Patient: I understand" not in printed


def test_the_drug_log_prints_balance_people_and_what_does_not_add_up() -> None:
    line = DrugLine(
        *(at("11:40"), "S-2026-0417", "OKAFOR, Amara (Ms)", Decimal(50), "42023-113-10", "KT-2207", "V7", ""),
        *(Decimal(40), Decimal("34.2"), Decimal(5), Decimal("0.8"), Decimal(500), Decimal(460)),
        *("R. Ortiz, RN", "L. Chen, RN", "", ("DISCREPANCY 0.8 mg missing",)),
    )
    printed = flat(render_drug_log([line], build.CLINIC, at("17:00"), PaperSize.LETTER, practice=True))
    assert "S-2026-0417 OKAFOR, Amara (Ms)" in printed
    assert "40 mg 0.8 mL" in printed
    assert "DISCREPANCY 0.8 mg missing" in printed
    assert "PRACTICE" in printed
    empty = flat(render_drug_log([], build.CLINIC, at("17:00"), PaperSize.A4, practice=False))
    assert "No drug was drawn up in this time." in empty
