"""The medicine list: as heard, confirmed one by one, never silently matched."""

import pytest

from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import AnswerState, Level, MedicineRow, RowId
from tests.desk.visit import Visit, local


def level_of(visit: Visit, row: MedicineRow) -> Level:
    return visit.now.medicine_levels[row.id][0]


def last_row(visit: Visit) -> MedicineRow:
    return visit.now.record.medicines[-1]


def test_a_medicine_typed_today_is_confirmed_and_its_last_dose_is_asked(visit: Visit) -> None:
    row = visit.desk.add_medicine(visit.session, "  lisinopril   10 mg ").record.medicines[0]
    assert (row.typed, row.confirmed) == ("lisinopril 10 mg", True)
    assert (row.last_taken, row.last_taken_state) == (None, AnswerState.UNANSWERED)


def test_an_unknown_medicine_is_kept_as_typed_and_reviewed(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "Zxqwv-forte <b>", "07:00")
    row = last_row(visit)
    assert row.typed == "Zxqwv-forte <b>"
    assert level_of(visit, row) is Level.REVIEW


def test_a_close_spelling_is_a_question_and_its_answer_stays_beside_what_was_typed(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "lisinoprl 10 mg", "07:00")
    asked = level_of(visit, last_row(visit))
    visit.desk.medicine_named(visit.session, last_row(visit).id, "lisinopril")
    row = last_row(visit)
    assert (row.typed, row.spelling_confirmed) == ("lisinoprl 10 mg", "lisinopril")
    assert asked is Level.REVIEW
    assert level_of(visit, row).rank < asked.rank
    assert "lisinopril" in visit.now.medicine_levels[row.id][1].casefold()


def test_a_name_must_be_chosen(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "sertralin")
    with pytest.raises(NotUnderstood, match="Choose one"):
        visit.desk.medicine_named(visit.session, last_row(visit).id, "  ")
    assert last_row(visit).spelling_confirmed == ""


def test_the_last_dose_is_a_time_or_not_known(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "lisinopril 10 mg")
    row = last_row(visit)
    visit.desk.medicine_taken(visit.session, row.id, "last night 10")
    assert last_row(visit).last_taken == local("2026-11-17 22:00")
    visit.desk.medicine_taken(visit.session, row.id, "", state=AnswerState.UNKNOWN)
    assert (last_row(visit).last_taken, last_row(visit).last_taken_state) == (None, AnswerState.UNKNOWN)


def test_a_dose_of_last_week_is_asked_once(visit: Visit) -> None:
    add = visit.desk.add_medicine
    with pytest.raises(NeedsConfirmation):
        add(visit.session, "semaglutide 1 mg", "11-Nov 08:00")
    assert visit.now.record.medicines == ()
    add(visit.session, "semaglutide 1 mg", "11-Nov 08:00", confirmed=True)
    row = last_row(visit)
    with pytest.raises(NeedsConfirmation):
        visit.desk.medicine_taken(visit.session, row.id, "10-Nov 08:00")
    visit.desk.medicine_taken(visit.session, row.id, "10-Nov 08:00", confirmed=True)
    assert last_row(visit).last_taken == local("2026-11-10 08:00")


def test_a_glp1_medicine_opens_its_own_questions(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "Ozempic", "yesterday 08:00")
    assert "glp1.symptoms" in {view.item.id for view in visit.now.step("fasting").items}


def test_each_row_is_confirmed_by_its_own_key(visit: Visit) -> None:
    rows = visit.desk.same_as_last(visit.session, "medicines").record.medicines
    visit.desk.confirm_medicine(visit.session, rows[0].id)
    assert [row.confirmed for row in visit.now.record.medicines] == [True, False, False, False, False]
    assert f"med.{rows[1].id}" in {item.id for item in visit.now.clearance.missing}
    assert f"med.{rows[0].id}" not in {item.id for item in visit.now.clearance.missing}


def test_a_removed_medicine_stays_in_the_record(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "tramadol 50 mg", "07:00")
    row = last_row(visit)
    snapshot = visit.desk.remove_medicine(visit.session, row.id)
    assert snapshot.record.current_medicines == ()
    assert snapshot.record.medicines[0].removed
    assert not [one for one in snapshot.findings if one.key.startswith("med.")]


def test_a_row_of_another_list_is_refused(visit: Visit) -> None:
    with pytest.raises(NotAllowed, match="no longer on the list"):
        visit.desk.confirm_medicine(visit.session, RowId("nothing"))


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_nothing_and_whole_letters_are_not_medicines(visit: Visit, text: str) -> None:
    with pytest.raises(NotUnderstood):
        visit.desk.add_medicine(visit.session, text)
    assert visit.now.record.medicines == ()


def test_suggestions_come_only_for_something_typed(visit: Visit) -> None:
    assert visit.desk.suggest_medicines("  ") == ()
    assert any("sertraline" in str(one).casefold() for one in visit.desk.suggest_medicines("sertr"))


def test_the_same_medicine_typed_in_other_capitals_is_not_brought_back_twice(visit: Visit) -> None:
    visit.desk.add_medicine(visit.session, "SERTRALINE 100 MG", "07:00")
    rows = visit.desk.same_as_last(visit.session, "medicines").record.medicines
    assert len(rows) == 5
