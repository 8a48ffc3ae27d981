"""The medication review by keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from checklist.model import AnswerState
from checklist.ui.session.medicines import MedicinesPage
from tests.ui.hands import ALT
from tests.ui.session.conftest import Visit


def page_of(visit: Visit) -> MedicinesPage:
    assert isinstance(visit.page.page, MedicinesPage)
    return visit.page.page


def typed_rows(visit: Visit) -> list[str]:
    return [row.typed for row in visit.snapshot.record.current_medicines]


def test_the_list_of_the_last_session_comes_back_and_each_row_takes_its_own_y(visit: Visit) -> None:
    visit.open("medicines")
    assert visit.at == "medicines.entry"
    visit.press(Qt.Key.Key_S, ALT)
    assert len(typed_rows(visit)) == 5
    assert not any(row.confirmed for row in visit.snapshot.record.current_medicines)
    visit.type("yyyy")
    assert visit.at == "medicines.table"
    visit.type("y")
    assert all(row.confirmed for row in visit.snapshot.record.current_medicines)
    assert visit.at == "medicines.complete"


def test_xan_offers_alprazolam_and_enter_without_a_choice_keeps_what_was_typed(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("xan")
    assert "ALPRAZolam" in page_of(visit).entry.suggestions
    visit.type("\n")
    assert typed_rows(visit) == ["xan"]


def test_arrow_down_and_enter_take_the_suggestion_with_the_dose_that_was_typed(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("xanax 0.5 mg")
    assert page_of(visit).entry.suggestions[0] == "ALPRAZolam"
    visit.press(Qt.Key.Key_Down)
    visit.type("\n")
    assert typed_rows(visit) == ["Xanax 0.5 mg"]
    assert visit.at == "medicines.taken"


def test_last_taken_is_asked_next_and_then_the_next_medicine(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("sertraline 100 mg\n0630\n")
    row = visit.snapshot.record.current_medicines[0]
    assert row.last_taken is not None
    assert row.last_taken.local.strftime("%H:%M") == "06:30"
    assert visit.at == "medicines.entry"


def test_nobody_knows_when_is_a_fact_and_not_a_gap(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("sertraline 100 mg\nu\n")
    assert visit.snapshot.record.current_medicines[0].last_taken_state is AnswerState.UNKNOWN


def test_a_dose_in_the_future_is_refused_in_the_strip_and_stays(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("sertraline 100 mg\ntoday 23:59\n")
    assert visit.at == "medicines.taken"
    assert page_of(visit).strip.field.text() == "today 23:59"
    assert visit.snapshot.record.current_medicines[0].last_taken is None


def test_a_row_taken_off_comes_back_with_undo(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("sertraline 100 mg\n\n\n")
    page_of(visit).table.setFocus()
    visit.press(Qt.Key.Key_Delete)
    assert typed_rows(visit) == []
    assert "taken off the list" in page_of(visit).undo.sentence()
    page_of(visit).undo._act()
    assert typed_rows(visit) == ["sertraline 100 mg"]


def test_m_asks_which_name_was_meant_and_a_digit_answers(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of("smith")
    visit.open("medicines")
    visit.type("sertralene 50 mg\n\n")
    page_of(visit).table.setFocus()
    visit.type("m")
    assert visit.at == "medicines.named"
    visit.type("1")
    assert visit.snapshot.record.current_medicines[0].spelling_confirmed == "sertraline"


def test_what_is_not_known_is_kept_as_typed_and_shown_as_a_review(visit: Visit) -> None:
    visit.open("medicines")
    visit.type("blue pill from mother\n\n")
    row = visit.snapshot.record.current_medicines[0]
    cell = page_of(visit).table.cell(row.id, 3)
    assert row.typed == "blue pill from mother"
    assert cell.tone == "review"
