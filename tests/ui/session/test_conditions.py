"""The reason of a decision by its key, and its condition as a task on the screen (reference 12, case 23)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.model import Choice
from checklist.snapshot import DueState
from checklist.ui.session.parts.decide_dialog import DecideDialog
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit
from tests.ui.session.test_signing_pages import clearance_of, with_review


def sign(visit: Visit) -> list[str]:
    """The provider signs; gives what the dialog said."""
    assert visit.at == "decide.sign"
    visit.type("\n")
    dialog = visit.dialog()
    assert isinstance(dialog, DecideDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    return said


def with_condition(visit: Visit) -> list[str]:
    """`re-check BP` in 20 minutes, with the reason of key 4."""
    with_review(visit)
    clearance_of(visit)
    visit.type("p4")
    visit.press(Qt.Key.Key_Tab)
    visit.type("re-check BP\n20 min\n")
    return sign(visit)


def test_23_a_coded_reason_is_chosen_by_its_key_and_needs_no_words(visit: Visit) -> None:
    with_review(visit)
    clearance_of(visit)
    visit.type("p4\n")
    sign(visit)
    decision = visit.snapshot.record.decisions[-1]
    assert (decision.choice, decision.code, decision.reason) == (Choice.PROCEED, "watched", "")


def test_23_words_typed_at_once_are_another_reason(visit: Visit) -> None:
    with_review(visit)
    page = clearance_of(visit)
    visit.type("pOne beer")
    assert page.decisions.rows[0].reason.text() == "One beer"
    assert page.decisions.rows[0].why.code == "other"


def test_23_the_codes_come_with_the_choice_and_the_list_is_short_before(visit: Visit) -> None:
    with_review(visit)
    row = clearance_of(visit).decisions.rows[0]
    assert not row.why.codes.isVisible()
    visit.type("p")
    assert row.why.codes.isVisible()
    assert row.why.condition.isVisible()


def test_23_a_condition_is_read_back_before_it_is_signed(visit: Visit) -> None:
    said = with_condition(visit)
    at = visit.snapshot.tasks[0].at
    assert any(f"Condition: re-check BP by {at.local:%H:%M}." in one for one in said)
    assert any("Reason: Watched or treated." in one for one in said)


def test_23_a_time_that_is_none_is_said_at_once_under_the_field(visit: Visit) -> None:
    with_review(visit)
    row = clearance_of(visit).decisions.rows[0]
    visit.type("p4")
    visit.press(Qt.Key.Key_Tab)
    visit.type("re-check BP\nsoon")
    assert "is not a time" in row.why.problem.text()


def test_23_an_open_condition_stays_under_the_banner_on_every_step_and_one_key_marks_it_done(visit: Visit) -> None:
    with_condition(visit)
    bars = visit.page.conditions
    assert bars.sentences()[0].startswith("Condition of Dr. A. Menon's decision: re-check BP by ")
    visit.open("screening")
    assert bars.isVisible()
    visit.pass_time(minutes=26)
    assert " · late by 6min" in bars.sentences()[0]
    visit.press(Qt.Key.Key_K, ALT)
    assert visit.snapshot.tasks[0].state is DueState.DONE
    assert not bars.isVisible()
