"""A medicine cleared for later visits: given when deciding, seen on the row, ended with a reason; and its details."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.model import Choice, Level, MedicineRow, SinceLast, TodayPlan
from checklist.ui.session.clearance import ClearancePage
from checklist.ui.session.medicines import MedicinesPage
from checklist.ui.session.parts.decide_dialog import DecideDialog
from checklist.ui.session.parts.end_standing import EndStandingDialog
from checklist.ui.session.parts.medicine_details import MedicineDialog
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before

DELACRUZ = "delacruz"  # alprazolam and escitalopram are on her list


def page_of(visit: Visit) -> MedicinesPage:
    assert isinstance(visit.page.page, MedicinesPage)
    return visit.page.page


def row_of(visit: Visit, word: str) -> MedicineRow:
    return next(row for row in visit.snapshot.record.current_medicines if word in row.typed)


def with_alprazolam(visit: Visit) -> MedicineRow:
    visit.desk.add_medicine(visit.live.session_id, "alprazolam 0.5 mg", "06:30")
    answer_all_before(visit)
    visit.live.refresh()
    return row_of(visit, "alprazolam")


def cleared_before(visit: Visit) -> None:
    """At an earlier visit a provider cleared alprazolam for later visits."""
    row = with_alprazolam(visit)
    visit.desk.decide(
        visit.live.session_id, f"med.{row.id}", Choice.PROCEED, "Daily, low dose",
        user="menon", password=PASSWORD, standing=True,
    )  # fmt: skip
    visit.desk.end(visit.live.session_id, "cancelled", "rescheduled")


@pytest.fixture
def cleared(visit_of: Callable[..., Visit]) -> Visit:
    """The visit after the one on which alprazolam was cleared, its list brought back."""
    cleared_before(visit_of(DELACRUZ))
    visit = visit_of(DELACRUZ)
    visit.open("medicines")
    visit.press(Qt.Key.Key_S, ALT)
    return visit


def test_the_review_of_a_known_medicine_can_be_let_pass_for_later_visits_too(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(DELACRUZ)
    with_alprazolam(visit)
    visit.open("clearance")
    page = visit.page.page
    assert isinstance(page, ClearancePage)
    next(row for row in page.decisions.rows if row.choice.objectName().startswith("decide.med.")).choice.setFocus()
    visit.type("lDaily, low dose\n")
    page.decisions.sign.button.setFocus()
    visit.type("\n")
    dialog = visit.dialog()
    assert isinstance(dialog, DecideDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(one.startswith("Proceed, at later visits too until medicine or dose changes: ALPRAZ") for one in said)
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    decision = visit.snapshot.record.decisions[-1]
    assert (decision.choice, decision.reason, decision.standing) == (Choice.PROCEED, "Daily, low dose", True)


def test_other_findings_have_no_such_choice(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(DELACRUZ)
    answer_all_before(visit)
    visit.desk.answer(visit.live.session_id, "substances.last24", "yes")
    visit.live.refresh()
    visit.open("clearance")
    visit.type("l")
    page = visit.page.page
    assert isinstance(page, ClearancePage)
    assert [row.choice.choice() for row in page.decisions.rows] == [None] * len(page.decisions.rows)
    visit.type("p")
    assert page.decisions.rows[0].choice.choice() == "proceed"


def test_the_row_says_who_cleared_it_and_until_when(cleared: Visit) -> None:
    row = row_of(cleared, "alprazolam")
    assert cleared.snapshot.medicine_levels[row.id][0] is Level.NOTE
    note = page_of(cleared).table.cell(row.id, 0).note
    assert "cleared by Dr. A. Menon 18-Nov-2026 until medicine or dose changes" in note


def test_a_provider_ends_a_clearance_from_the_row(cleared: Visit) -> None:
    row = row_of(cleared, "alprazolam")
    page_of(cleared).table.set_current(row.id)
    cleared.type("e")
    dialog = cleared.dialog()
    assert isinstance(dialog, EndStandingDialog)
    assert cleared.at == "standing.reason"
    cleared.type(f"\n{PASSWORD}\n")
    assert "needs its reason" in dialog.credentials.problem()
    dialog.reason.setFocus()
    cleared.type(f"A fall at home\n{PASSWORD}\n")
    cleared.back_in_window()
    assert cleared.snapshot.medicine_levels[row.id][0] is Level.REVIEW
    assert cleared.snapshot.record.decisions[-1].reason == "A fall at home"
    assert cleared.at == "medicines.table"


def test_a_row_without_a_clearance_says_so(cleared: Visit) -> None:
    page = page_of(cleared)
    page.table.set_current(row_of(cleared, "escitalopram").id)
    cleared.type("e")
    assert page.undo.sentence() == "escitalopram has no clearance for later visits that could be ended."


def test_d_asks_dose_route_what_changed_and_on_whose_advice_it_is_held(cleared: Visit) -> None:
    row = row_of(cleared, "alprazolam")
    page_of(cleared).table.set_current(row.id)
    cleared.type("d")
    assert isinstance(cleared.dialog(), MedicineDialog)
    cleared.type("0.5 mg\nby mouth\nat night\nch\n")
    dialog = cleared.dialog()
    assert isinstance(dialog, MedicineDialog)
    assert dialog._problem.text() == "Write on whose advice it is held today. Nothing was changed."
    cleared.type("Dr. A. Menon\n")
    cleared.back_in_window()
    kept = row_of(cleared, "alprazolam")
    assert (kept.dose, kept.details.route, kept.details.frequency) == ("0.5 mg", "by mouth", "at night")
    assert (kept.details.since_last, kept.details.today) == (SinceLast.CHANGED, TodayPlan.HOLD_TODAY)
    assert kept.details.held_by == "Dr. A. Menon"
    assert cleared.snapshot.medicine_levels[row.id][0] is Level.REVIEW  # the dose changed: no longer cleared
    assert "held today, on the advice of Dr. A. Menon" in page_of(cleared).table.cell(row.id, 0).note


def test_nothing_of_the_details_is_chosen_beforehand(cleared: Visit) -> None:
    page_of(cleared).table.set_current(row_of(cleared, "escitalopram").id)
    cleared.type("d")
    dialog = cleared.dialog()
    assert isinstance(dialog, MedicineDialog)
    assert (dialog.changed.choice(), dialog.today.choice()) == (None, None)
    cleared.type("\n\n\n\n\n\n")  # Enter goes on through all of it and saves
    cleared.back_in_window()
    kept = row_of(cleared, "escitalopram")
    assert (kept.details.since_last, kept.details.today) == (SinceLast.NOT_ASKED, TodayPlan.NOT_ASKED)
