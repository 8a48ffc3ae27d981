"""What else is asked of a medicine: dose, route, frequency, what changed, what holds for today and on whose advice."""

import pytest

from checklist.desk import codec
from checklist.desk.sessions import _again
from checklist.errors import NotUnderstood
from checklist.model import EntryKind, Level, MedicineDetails, MedicineRow, RowId, SinceLast, TodayPlan
from tests.desk.visit import Visit

WHOLE = MedicineDetails("by mouth", "at night", SinceLast.CHANGED, TodayPlan.HOLD_TODAY, "Dr. A. Menon")


def listed(visit: Visit, typed: str = "alprazolam") -> MedicineRow:
    return visit.desk.add_medicine(visit.session, typed, "06:00").record.medicines[-1]


def described(visit: Visit, row: RowId, details: MedicineDetails, dose: str = "0.5 mg") -> MedicineRow:
    snapshot = visit.desk.describe_medicine(visit.session, row, details, dose)
    return next(one for one in snapshot.record.medicines if one.id == row)


def test_every_detail_is_kept_and_read_back(visit: Visit) -> None:
    row = described(visit, listed(visit).id, WHOLE)
    assert (row.dose, row.details, row.confirmed) == ("0.5 mg", WHOLE, True)
    assert row.last_taken is not None
    assert visit.now.medicine_notes[row.id] == (
        "by mouth, at night",
        "changed since 11-Nov-2026",
        "held today, on the advice of Dr. A. Menon",
    )


def test_a_medicine_is_not_held_on_nobody_s_advice(visit: Visit) -> None:
    row = listed(visit)
    with pytest.raises(NotUnderstood, match="on whose advice it is held today"):
        described(visit, row.id, MedicineDetails(today=TodayPlan.HOLD_TODAY, held_by="  "))
    assert visit.now.record.medicines[-1].details == MedicineDetails()


def test_advice_without_holding_is_not_kept(visit: Visit) -> None:
    row = described(visit, listed(visit).id, MedicineDetails(today=TodayPlan.CONTINUE, held_by="Dr. A. Menon"))
    assert row.details == MedicineDetails(today=TodayPlan.CONTINUE)
    assert visit.now.medicine_notes[row.id][-1] == "continue today"


@pytest.mark.parametrize("text", ["x" * 121, "<b>&\n" * 40])
def test_a_detail_that_is_a_whole_letter_is_refused(visit: Visit, text: str) -> None:
    row = listed(visit)
    for details, dose in ((MedicineDetails(route=text), ""), (MedicineDetails(), text)):
        with pytest.raises(NotUnderstood):
            described(visit, row.id, details, dose)
    assert visit.now.record.medicines[-1] == row


def test_odd_letters_are_kept_as_typed(visit: Visit) -> None:
    row = described(
        visit, listed(visit).id, MedicineDetails(route="<i>Łukasz</i> & 王小明", frequency="محمد 💊"), " 1  mg "
    )
    assert (row.dose, row.details.route, row.details.frequency) == ("1 mg", "<i>Łukasz</i> & 王小明", "محمد 💊")


def test_a_patch_said_as_the_route_counts_as_taken_now(visit: Visit) -> None:
    row = visit.desk.add_medicine(visit.session, "fentanyl", "yesterday 06:00").record.medicines[-1]
    assert visit.now.medicine_levels[row.id][0] is Level.NOTE
    described(visit, row.id, MedicineDetails(route="patch"), "25 mcg/h")
    assert visit.now.medicine_levels[row.id][0] is Level.REVIEW


def test_an_older_entry_without_details_reads_as_not_asked(visit: Visit) -> None:
    listed(visit)
    entry = next(one for one in reversed(visit.desk._log(visit.session)) if one.kind is EntryKind.ROW)
    for key in ("route", "frequency", "since_last", "today", "held_by"):
        del entry.body[key]  # type: ignore[attr-defined]
    assert codec.read_medicine(entry).details == MedicineDetails()


def test_same_as_last_brings_route_and_frequency_and_asks_the_rest_anew(visit: Visit) -> None:
    row = described(visit, listed(visit).id, WHOLE)
    again = _again(row)
    assert (again.dose, again.details) == ("0.5 mg", MedicineDetails(route="by mouth", frequency="at night"))
    assert not again.confirmed
