"""Clearance, decisions, signatures, the start."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from checklist.model import Choice, Meaning, SessionState
from checklist.snapshot import VerdictKind
from checklist.ui.session.clearance import ClearancePage
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.parts.ask import AskDialog
from checklist.ui.session.parts.decide_dialog import DecideDialog
from checklist.ui.session.parts.sign import SignDialog
from checklist.ui.session.parts.verify import VerifyDialog
from checklist.ui.session.preview import PreviewDialog
from tests.ui.hands import ALT, CTRL
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before


def clearance_of(visit: Visit) -> ClearancePage:
    visit.open("clearance")
    assert isinstance(visit.page.page, ClearancePage)
    return visit.page.page


def verdict_of(visit: Visit) -> VerdictKind:
    return visit.snapshot.clearance.kind


def with_review(visit: Visit) -> None:
    """Everything clear but one answer that a provider must see."""
    answer_all_before(visit)
    visit.desk.answer(visit.live.session_id, "substances.last24", "yes")
    visit.desk.answer(visit.live.session_id, "substances.what", "One beer at 20:00")
    visit.desk.answer(visit.live.session_id, "substances.intoxicated", "no")
    visit.live.refresh()


def sign_nurse(visit: Visit) -> None:
    visit.desk.sign(visit.live.session_id, Meaning.CHECKED, user="ortiz", password=PASSWORD)
    visit.live.refresh()


def test_a_provider_decides_with_a_reason_and_signs_for_it(visit: Visit) -> None:
    with_review(visit)
    clearance_of(visit)
    assert verdict_of(visit) is VerdictKind.WAITING
    visit.type("pOne beer last night, sober\n")
    assert visit.at == "decide.sign"
    visit.type("\n")
    dialog = visit.dialog()
    assert isinstance(dialog, DecideDialog)
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    decision = visit.snapshot.record.decisions[-1]
    assert (decision.choice, decision.reason) == (Choice.PROCEED, "One beer last night, sober")
    assert verdict_of(visit) is VerdictKind.CLEARED_AFTER_REVIEW


def test_an_order_by_telephone_counts_only_when_it_was_read_back(visit: Visit) -> None:
    with_review(visit)
    clearance_of(visit)
    visit.type("pSober now\n\n")
    dialog = visit.dialog()
    assert isinstance(dialog, DecideDialog)
    dialog.way.setFocus()
    visit.type("2Dr. A. Menon\nn")
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    assert "read back" in dialog.credentials.problem()
    dialog.read_back.setFocus()
    visit.type("y")
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    assert visit.snapshot.record.decisions[-1].verbal_from == "Dr. A. Menon"


def test_a_decision_without_a_reason_cannot_be_signed_and_says_why(visit: Visit) -> None:
    with_review(visit)
    page = clearance_of(visit)
    visit.type("p")
    assert not page.decisions.sign.button.isEnabled()
    assert "choose or write the reason" in page.decisions.sign.button.accessibleDescription()


def test_a_draft_is_not_lost_when_the_clock_refreshes_the_page(visit: Visit) -> None:
    with_review(visit)
    page = clearance_of(visit)
    visit.type("pHalf a reas")
    visit.pass_time(seconds=20)
    assert page.decisions.rows[0].reason.text() == "Half a reas"
    assert page.decisions.rows[0].choice.choice() == "proceed"


def test_a_wrong_password_signs_nothing_and_the_dialog_stays(visit: Visit) -> None:
    answer_all_before(visit)
    clearance_of(visit)
    assert visit.at == "sign.checked"
    visit.type("\n")
    dialog = visit.dialog()
    assert isinstance(dialog, SignDialog)
    visit.type("wrong one\n")
    assert dialog.isVisible()
    assert "do not belong together" in dialog.credentials.problem()
    assert not visit.snapshot.record.signatures
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    assert visit.snapshot.record.signatures[-1].name == "R. Ortiz, RN"


def test_an_open_question_bars_the_signature_with_its_reason(visit: Visit) -> None:
    page = clearance_of(visit)
    assert not page.nurse.can_sign
    assert "Not before everything is answered" in page.nurse.button.button.accessibleDescription()
    assert visit.at == "footer.next"


def order(visit: Visit) -> InfusionPage:
    visit.open("infusion")
    visit.press(Qt.Key.Key_S, ALT)
    visit.type("34.2\ny")
    assert isinstance(visit.page.page, InfusionPage)
    return visit.page.page


def test_the_start_is_barred_in_words_until_everything_holds(visit: Visit) -> None:
    page = order(visit)
    start = page.start_card.start.button
    assert not start.isEnabled()
    assert start.accessibleDescription()
    shown = page.findChild(QLabel, "start.blockers")
    assert isinstance(shown, QLabel)
    assert len(shown.text().splitlines()) >= 2


def test_a_second_person_checks_without_seeing_the_first_entry(visit: Visit) -> None:
    answer_all_before(visit)
    sign_nurse(visit)
    page = order(visit)
    assert visit.at == "verify"
    visit.type("\n")
    dialog = visit.dialog()
    assert isinstance(dialog, VerifyDialog)
    assert not any("34.2" in label.text() for label in dialog.findChildren(QLabel))
    visit.type("y168.4k\n34.2\n50\n50\n76\n")
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    assert "pump rate" in dialog.credentials.problem()
    assert not page.start_card.start.button.isEnabled()
    dialog.form.show_values({"rate": "75"})
    dialog.credentials.password.setFocus()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()
    assert page.start_card.start.button.isEnabled()


def in_sight(visit: Visit) -> str:
    """All words on the page that nothing lies over."""
    host, words = visit.host, []
    shown: list[QLabel | QLineEdit] = [*host.findChildren(QLabel), *host.findChildren(QLineEdit)]
    for one in shown:
        top = host.childAt(one.mapTo(host, one.rect().center()))
        if one.isVisible() and top is not None and (top is one or one.isAncestorOf(top)):
            words.append(one.text())
    return " | ".join(words)


def test_behind_the_check_neither_weight_nor_dose_can_be_read(visit: Visit) -> None:
    answer_all_before(visit)
    sign_nurse(visit)
    order(visit)
    assert "68.4 kg" in in_sight(visit)
    assert "34.2 mg" in in_sight(visit)
    visit.type("\n")
    visit.dialog()
    visit.live.tick()  # a second passes and draws the banner anew
    visit.host.resize(1500, 900)
    visit.page.resize(1500, 900)
    seen = in_sight(visit)
    assert "OKAFOR, Amara (Ms)" in seen
    assert "hidden while the second person checks" in seen
    assert "68.4" not in seen
    assert "34.2" not in seen
    assert visit.page.banner.facts["Weight"].accessibleName() == "Weight hidden during the check"
    visit.press(Qt.Key.Key_Escape)
    visit.back_in_window()
    assert "68.4 kg" in in_sight(visit)
    assert visit.page.banner.facts["Weight"].accessibleName() == "Weight 68.4 kg"


def running(visit: Visit) -> InfusionPage:
    answer_all_before(visit)
    sign_nurse(visit)
    page = order(visit)
    check = {
        "patient": "yes",
        "drug": "ketamine",
        "weight": "68.4 kg",
        "mg": "34.2",
        "concentration": "50",
        "total_ml": "50",
        "rate": "75",
    }
    visit.live.verify_dose(check, "lee", PASSWORD)
    page.start_card.start.button.setFocus()
    visit.type("\n")
    assert visit.snapshot.state is SessionState.INFUSING
    return page


def test_the_start_leads_to_the_line_and_the_clock_runs(visit: Visit) -> None:
    page = running(visit)
    assert visit.at == "vitals.line"
    visit.pass_time(minutes=9, seconds=5)
    assert page.monitor.clocks.length.clock.text() == "09:05"
    assert page.monitor.clocks.due.words.text().startswith("to vitals")


def test_the_stop_takes_volume_and_reason_and_says_what_was_given(visit: Visit) -> None:
    page = running(visit)
    visit.pass_time(minutes=24)
    visit.press(Qt.Key.Key_X, ALT)
    dialog = visit.dialog()
    assert isinstance(dialog, AskDialog)
    visit.type("30\n6")
    dialog.action.click()
    visit.back_in_window()
    visit.open("infusion")
    given = page.findChild(QLabel, "given")
    assert isinstance(given, QLabel)
    assert given.text() == "Given 20.5 mg, not given 13.7 mg (30 of 50 mL)"


def test_more_than_the_bag_is_refused_and_the_dialog_keeps_the_number(visit: Visit) -> None:
    running(visit)
    visit.press(Qt.Key.Key_X, ALT)
    dialog = visit.dialog()
    assert isinstance(dialog, AskDialog)
    visit.type("80\n1")
    dialog.action.click()
    assert "80 mL is more than the" in dialog.problem.text()
    assert dialog.form.values()["ml"] == "80"
    assert visit.snapshot.state is SessionState.INFUSING
    dialog.reject()


def test_the_visit_can_end_with_a_reason(visit: Visit) -> None:
    left: list[bool] = []
    visit.page.left.connect(lambda: left.append(True))
    visit.page.steps.end_wished.emit()
    dialog = visit.dialog()
    visit.type("3\nPatient has a cold\n")
    visit.back_in_window()
    assert visit.snapshot.state is SessionState.ENDED
    visit.qtbot.waitUntil(lambda: left == [True])
    del dialog


def test_the_preview_draws_the_pages_and_a_saved_file_is_noted(visit: Visit, tmp_path: Path) -> None:
    visit.press(Qt.Key.Key_P, CTRL)
    dialog = visit.dialog()
    assert isinstance(dialog, PreviewDialog)
    visit.qtbot.waitUntil(lambda: dialog.page_count >= 1)
    file = tmp_path / "checklist.pdf"
    dialog.save_to(str(file))
    assert file.read_bytes().startswith(b"%PDF-")
    assert visit.snapshot.record.prints == ("checklist",)
    dialog.reject()


def test_the_whole_record_is_saved_as_data_from_the_preview_and_noted(visit: Visit, tmp_path: Path) -> None:
    visit.press(Qt.Key.Key_P, CTRL)
    dialog = visit.dialog()
    assert isinstance(dialog, PreviewDialog)
    visit.qtbot.waitUntil(lambda: dialog.page_count >= 1)
    dialog.save_to(str(tmp_path / "record.json"))
    dialog.save_to(str(tmp_path / "entries.CSV"))
    assert json.loads((tmp_path / "record.json").read_bytes())["visit"]["record"] == (
        visit.snapshot.record.session.record_id
    )
    assert (tmp_path / "entries.CSV").read_text("utf-8-sig").startswith("entry,written,observed,who,")
    assert visit.snapshot.record.prints == ("record as data", "entries as a table")
    visit.press(Qt.Key.Key_S, CTRL)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    for kind, ending in (("The whole record as data (*.json)", ".json"), ("This document (*.pdf)", ".pdf")):
        chooser.filterSelected.emit(kind)
        assert [Path(name).name for name in chooser.selectedFiles()] == [
            f"{visit.snapshot.record.session.record_id}-checklist{ending}"
        ]
    chooser.reject()
    dialog.save_to(str(tmp_path / "nowhere" / "record.json"))
    assert "could not be written. Choose another folder. The record is unchanged." in dialog.message.sentence()
    dialog.reject()
