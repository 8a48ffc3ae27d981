"""Said in one line: conditions of the last session, medicines only recorded; and the witness, the weights."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.model import AnswerState, Level, Meaning
from checklist.ui.session.discharge import DischargePage
from checklist.ui.session.item_list import folded
from checklist.ui.session.parts.fold import Fold, kept_words
from checklist.ui.session.parts.order import sums
from checklist.ui.session.side import ordered
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before


def fold_of(visit: Visit) -> Fold:
    found = visit.page.page.items.findChild(Fold)
    assert isinstance(found, Fold)
    return found


def test_conditions_confirmed_unchanged_stand_in_one_line_and_open_by_a_button(visit: Visit) -> None:
    visit.open("screening")
    assert fold_of(visit).isHidden()
    visit.type("n")
    fold = fold_of(visit)
    kept = folded(visit.snapshot.step("screening").items)
    assert fold.isVisible()
    assert fold.text() == f"{len(kept)} conditions confirmed unchanged since 11-Nov-2026: all No"
    shown = [one for one in kept if visit.page.page.items.focus_item(one.item.id)]
    assert shown == []
    fold.button.click()
    assert [one for one in kept if not visit.page.page.items.focus_item(one.item.id)] == []
    fold.button.click()
    assert [one for one in kept if visit.page.page.items.focus_item(one.item.id)] == []


def test_a_condition_that_is_not_no_is_named_in_the_line(visit: Visit) -> None:
    visit.open("screening")
    visit.type("n")
    first, *others = folded(visit.snapshot.step("screening").items)
    words = kept_words([(first, "Yes"), *((view, "No") for view in others)], visit.snapshot)
    assert words.endswith(f"since 11-Nov-2026: {first.item.label} Yes; all others No")


def test_a_condition_answered_today_stands_open_again(visit: Visit) -> None:
    visit.open("screening")
    visit.type("n")
    changed = folded(visit.snapshot.step("screening").items)[0].item
    assert not visit.page.page.items.focus_item(changed.id)
    visit.live.answer(changed.id, "yes", AnswerState.ANSWERED, "")
    assert changed.id not in [view.item.id for view in folded(visit.snapshot.step("screening").items)]
    assert visit.page.page.items.focus_item(changed.id)


def test_a_change_in_health_opens_every_condition(visit: Visit) -> None:
    visit.open("screening")
    visit.type("n")
    visit.live.answer("screening.change", "yes", AnswerState.ANSWERED, "")
    assert fold_of(visit).isHidden()
    assert visit.page.page.open_count > 17


def test_a_medicine_only_recorded_is_one_line_after_what_must_be_seen(visit: Visit) -> None:
    answer_all_before(visit)
    visit.live.answer("substances.last24", "yes", AnswerState.ANSWERED, "")
    visit.open("medicines")
    order = {Level.CLEAR: 2, Level.INFO: 1}
    parts = [order.get(one.level, 0) for one in ordered(visit.snapshot.findings, "medicines")]
    assert parts == sorted(parts)
    panel = visit.page.findings
    sertraline = next(one for one in visit.snapshot.findings if one.title.startswith("sertraline"))
    assert sertraline.level is Level.INFO
    assert not any(sertraline.action in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    panel._details.click()
    assert any(sertraline.action in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_all_three_weights_stand_beside_the_order(visit: Visit) -> None:
    answer_all_before(visit)
    visit.open("infusion")
    visit.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    visit.type("34.2\n")
    order = visit.desk.dose(visit.snapshot)
    assert order is not None
    first, dose, *_ = sums(order, visit.desk.weights(visit.snapshot))
    assert (first.result, first.formula) == ("68.4 kg", "adjusted 61.5 kg · ideal 56.9 kg")
    assert dose.formula == "0.5 mg/kg × 68.4 kg actual weight; ordered 34.2 mg"


def test_the_witness_is_asked_only_when_something_was_wasted_and_is_another_person(visit: Visit) -> None:
    visit.open("discharge")
    page = visit.page.page
    assert isinstance(page, DischargePage)
    visit.live.answer("waste.drawn_mg", "50", AnswerState.ANSWERED, "")
    visit.live.answer("waste.wasted_mg", "0", AnswerState.ANSWERED, "")
    assert page.witness.isHidden()
    visit.live.answer("waste.wasted_mg", "15.8", AnswerState.ANSWERED, "")
    assert page.witness.isVisible()
    page.witness.button.button.setFocus()
    visit.type("\n")
    dialog = visit.dialog()
    visit.type(f"l{PASSWORD}\n")
    visit.back_in_window()
    signature = visit.snapshot.record.signature(Meaning.WITNESSED_WASTE)
    assert signature is not None
    assert signature.name == "S. Lee, RN"
    assert "ortiz" not in [one.user for one in page._witnesses(visit.snapshot)]
    del dialog
