"""The follow-up call and the course at the keyboard: from the Today board to the last Enter, without a mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from checklist.desk import PatientDraft
from checklist.snapshot import CallState
from checklist.ui.app import App
from checklist.ui.main_window import MainWindow
from checklist.ui.pages.call import CallPage
from checklist.ui.pages.course import CoursePage
from checklist.ui.session.page import SessionPage
from checklist.ui.session.parts.ask import AskDialog
from checklist.ui.session.preview import PreviewDialog
from tests.ui.hands import ALT, CTRL, Hands


@pytest.fixture
def main(at_work: App) -> MainWindow:
    assert at_work.main is not None
    return at_work.main


@pytest.fixture
def hands(at_work: App) -> Hands:
    return Hands(at_work.window)


def call_page(main: MainWindow) -> CallPage:
    assert isinstance(main.beside, CallPage)
    return main.beside


def course_page(main: MainWindow) -> CoursePage:
    assert isinstance(main.beside, CoursePage)
    return main.beside


def begin_call(main: MainWindow, hands: Hands) -> CallPage:
    """Tab from the sessions to the calls, Enter on the first."""
    main.pages.today.table.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press(Qt.Key.Key_Tab)
    assert hands.at is main.pages.today.calls
    hands.press(Qt.Key.Key_Return)
    return call_page(main)


def test_an_overdue_call_stands_under_the_sessions_and_enter_opens_it(main: MainWindow, hands: Hands) -> None:
    calls = main.pages.today.calls
    (only,) = calls.keys()
    assert calls.cell(only, 0).text == "DELACRUZ, Maria (Mrs)"
    assert calls.cell(only, 3).text == "Call overdue"
    page = begin_call(main, hands)
    assert page.banner.name.text() == "DELACRUZ, Maria (Mrs)"
    assert not page.banner.facts["Weight"].isVisible()
    assert hands.at.objectName() == "call.reached"


def test_a_good_call_takes_a_key_a_question_and_is_gone_from_the_board(main: MainWindow, hands: Hands) -> None:
    page = begin_call(main, hands)
    session = page.live.session_id
    hands.type_only("1")
    for key in "y1ynnnnnn1nny1":
        hands.type_only(key)
    assert hands.at is page.close_call.button
    hands.press(Qt.Key.Key_Return)
    assert main.beside is None
    assert main.pages.today.calls.keys() == ()
    status = main.desk.open(session).follow_up
    assert status is not None
    assert status.state is CallState.DONE
    assert status.findings == ()


def test_nobody_answers_and_the_call_stays_on_the_board(main: MainWindow, hands: Hands) -> None:
    page = begin_call(main, hands)
    hands.type_only("3")
    assert hands.at is page.close_call.button
    hands.press(Qt.Key.Key_Return)
    calls = main.pages.today.calls
    assert "1 call so far" in calls.cell(calls.keys()[0], 4).text


def test_thoughts_of_suicide_turn_the_side_red_at_once_and_the_button_says_what_is_open(
    main: MainWindow, hands: Hands
) -> None:
    page = begin_call(main, hands)
    for key in "1y3":
        hands.type_only(key)
    for key in "ynnnnnn1n":
        hands.type_only(key)
    assert hands.at.objectName() == "call.concern"
    hands.type_only("y")
    assert hands.at.objectName() == "call.asq1"
    hands.type_only("y")
    card = page.side._cards[0]
    assert card.isVisible()
    assert card.accessibleName() == "Stop: Thoughts of suicide: call the provider now"
    assert not page.close_call.button.isEnabled()
    assert page.close_call.button.accessibleDescription() == "4 questions open"


def test_a_question_passed_over_is_asked_again_at_the_end(main: MainWindow, hands: Hands) -> None:
    page = begin_call(main, hands)
    hands.type_only("1")
    hands.press(Qt.Key.Key_Return)  # over the identity
    for key in "1ynnnnnn1nny1":
        hands.type_only(key)
    assert hands.at.objectName() == "call.born"
    assert not page.close_call.button.isEnabled()


def test_escape_leaves_and_what_was_said_is_there_again(main: MainWindow, hands: Hands) -> None:
    begin_call(main, hands)
    hands.type_only("1")
    hands.type_only("y")
    hands.press(Qt.Key.Key_Escape)
    assert main.beside is None
    page = begin_call(main, hands)
    assert hands.at.objectName() == "call.felt"
    assert page.live.snapshot.answer("call.born") is not None


def test_a_call_that_a_provider_must_hear_of_opens_at_that_question(main: MainWindow, hands: Hands) -> None:
    begin_call(main, hands)
    for key in "1y3ynnnnnn1nny3":
        hands.type_only(key)
    hands.press(Qt.Key.Key_Return)
    calls = main.pages.today.calls
    assert calls.cell(calls.keys()[0], 3).text == "Tell a provider"
    begin_call(main, hands)
    assert hands.at.objectName() == "call.told"
    hands.type_only("2")
    assert hands.at.objectName() == "call.told_who"
    hands.type("Dr. A. Menon 10:50")
    assert main.desk.board().calls == ()


def test_the_lock_keeps_a_call_and_the_words_being_typed(main: MainWindow, hands: Hands) -> None:
    page = begin_call(main, hands)
    page.items.focus_item("call.questions")
    hands.type_only("May I drive")
    main.lock()
    main.unlock("ortiz", "practice")
    assert hands.at.objectName() == "call.questions"
    hands.type(" on Monday?")
    answer = page.live.snapshot.answer("call.questions")
    assert answer is not None
    assert answer.value == "May I drive on Monday?"


# ---- the course


def open_course(main: MainWindow, hands: Hands, name: str = "Okafor") -> CoursePage:
    patient = main.desk.find_patients(name)[0].patient
    main.open_patient(patient.id)
    hands.press(Qt.Key.Key_C, ALT)
    return course_page(main)


def test_the_course_is_two_keys_from_the_patient_and_enter_opens_an_infusion(main: MainWindow, hands: Hands) -> None:
    page = open_course(main, hands)
    assert hands.at is page.table
    key = page.table.keys()[0]
    assert page.table.cell(key, 4).text == "34.2 mg (0.5 mg/kg)"
    hands.press(Qt.Key.Key_Return)
    assert isinstance(main.session, SessionPage)
    assert main.session.live.session_id == key


def test_escape_goes_back_to_the_patient_and_the_call_is_one_key_away(main: MainWindow, hands: Hands) -> None:
    open_course(main, hands, "Delacruz")
    hands.press(Qt.Key.Key_F, ALT)
    assert call_page(main).banner.name.text() == "DELACRUZ, Maria (Mrs)"
    open_course(main, hands)
    hands.press(Qt.Key.Key_Escape)
    assert main.beside is None
    assert main.pages.patient is not None
    assert main.pages.patient.isVisible()


def dialog(qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_the_plan_and_the_decision_are_kept_or_refused_in_their_dialog(
    qtbot: QtBot, main: MainWindow, hands: Hands
) -> None:
    page = open_course(main, hands)
    hands.press(Qt.Key.Key_P, ALT)
    asked = dialog(qtbot)
    assert isinstance(asked, AskDialog)
    hands.type("menon\n3\nF33.2")
    assert asked.problem.text() == "A provider chooses the diagnosis code. Ask one to sign in and write it."
    asked.form.show_values({"icd10": ""})
    hands.type("\n\n\n")
    course = page.live.snapshot.course
    assert course is not None
    assert course.plan.prescriber == "Dr. A. Menon, MD"
    main.window().activateWindow()
    qtbot.waitUntil(main.window().isActiveWindow)
    hands.press(Qt.Key.Key_D, ALT)
    dialog(qtbot)
    hands.type_only("2")
    hands.press(Qt.Key.Key_Return)
    hands.type("Halved\nmenon\npractice")
    decided = page.live.snapshot.course
    assert decided is not None
    assert decided.decision is not None
    assert decided.decision.reason == "Halved"
    assert page._decision.text().startswith("Maintenance: Halved (Dr. A. Menon, MD, 18-Nov-2026 10:42)")


def test_the_course_prints_from_its_page(qtbot: QtBot, main: MainWindow, hands: Hands) -> None:
    open_course(main, hands)
    hands.press(Qt.Key.Key_P, CTRL)
    shown = dialog(qtbot)
    assert isinstance(shown, PreviewDialog)
    qtbot.waitUntil(lambda: shown.page_count == 1)
    assert shown.documents.choice() == "course"
    shown.close()
    qtbot.waitUntil(lambda: main.worker.is_idle)


def test_a_patient_who_was_never_here_has_no_course(main: MainWindow) -> None:
    patient = main.desk.add_patient(PatientDraft("Łukasz", "محمد", "01-Jan-1980"))
    main.open_patient(patient.id)
    assert main.pages.patient is not None
    assert main.pages.patient.course.isHidden()
    main.open_course(patient.id)
    assert main.beside is None


# ---- last time, in the session


def test_the_last_time_stands_beside_the_questions_and_a_first_visit_has_none(main: MainWindow) -> None:
    for name, is_there in (("Okafor", True), ("Smith", False)):
        row = next(one for one in main.desk.find_patients(name))
        session = row.open_session or main.desk.new_session(row.patient.id).record.session.id
        main.open_session(session)
        assert main.session is not None
        card = main.session.findings.last_time
        assert card.isVisible() is is_there
        if is_there:
            assert card.accessibleName().startswith("Last time, 11-Nov-2026. Dose: 34.2 mg (0.5 mg/kg) over 40 min.")


def test_many_sessions_on_a_low_screen_never_push_the_first_call_out_of_sight(main: MainWindow, at_work: App) -> None:
    at_work.window.resize(1366, 520)
    main.refresh_board()
    calls = main.pages.today.calls
    QApplication.processEvents()
    assert calls.rowViewportPosition(0) + calls.rowHeight(0) <= calls.viewport().height()


def test_many_who_wait_never_make_the_window_higher_than_the_screen(main: MainWindow) -> None:
    board = main.desk.board()
    many = replace(board, rows=(*board.rows, *board.urgent * 12))
    today = main.pages.today
    today.show_board(many)
    QApplication.processEvents()
    assert len(today.urgent.keys()) > 12
    assert today.minimumSizeHint().height() <= 640  # 768 less the bars on top
    assert today.urgent.rowViewportPosition(1) + today.urgent.rowHeight(1) <= today.urgent.viewport().height()
