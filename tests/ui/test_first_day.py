"""The first day of a clinic, by keyboard alone: set up, sign in, add patients, begin a session."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from checklist.desk import ClinicDraft, FrontDoor, NewStaff, PatientDraft
from checklist.model import AllergyState, Role, SessionId, Stage
from checklist.snapshot import Due, DueState
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.finder import SAME_NAME
from checklist.ui.main_window import MainWindow
from checklist.ui.pages.drug_log import COLUMNS
from checklist.ui.pages.patient_form import PatientFormPage
from checklist.ui.reminders import Reminders, title_text
from tests.ui.conftest import PASSWORD
from tests.ui.hands import ALT, CTRL, Hands

AMARA = PatientDraft(family="Okafor", given="Amara", born="14 Mar 1986", mrn="004512")


def main_of(app: App) -> MainWindow:
    assert app.main is not None
    return app.main


def test_settings_open_at_their_title(at_work: App) -> None:
    main = main_of(at_work)
    main.show_place("settings")
    page = main.pages.settings
    assert page is not None
    QApplication.processEvents()
    assert page.journal.hasFocus()
    assert page.verticalScrollBar().value() == 0


def test_what_does_not_add_up_stays_in_a_narrow_drug_log(at_work: App) -> None:
    main = main_of(at_work)
    at_work.window.resize(900, 700)
    main.show_place("drugs")
    log = main.pages.drugs
    assert log is not None
    QApplication.processEvents()
    shown = [one.title for place, one in enumerate(COLUMNS) if not log.table.isColumnHidden(place)]
    assert shown == ["When", "Patient", "Drawn", "Given", "Wasted", "What does not add up"]


def test_the_drug_log_opens_with_two_weeks_and_shows_more_on_wish(at_work: App) -> None:
    main = main_of(at_work)
    main.show_place("drugs")
    log = main.pages.drugs
    assert log is not None
    words = log.findChild(QLabel, "druglog.words")
    assert words is not None
    assert "the last 14 days; the files hold two years" in words.text()
    before = log.table.keys()
    QApplication.processEvents()
    Hands(at_work.window).press(Qt.Key.Key_M, ALT)
    assert log.days == 28
    assert set(before) <= set(log.table.keys())


def test_a_new_clinic_is_set_up_by_keyboard_alone(app: App, hands: Hands) -> None:
    assert hands.at.objectName() == "name"
    hands.type("Riverside Infusion Clinic\n120 Harbor Road, Albany NY\n555 010 0100\nAmerica/New_York\n1\n1")
    assert hands.at.objectName() == "staff_name"


def test_the_first_person_is_administrator_too_and_lands_on_today(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    assert main.desk.me.roles == {Role.NURSE, Role.ADMINISTRATOR}
    assert main.desk.clinic.name == "Riverside Infusion Clinic"
    assert clinic.window.windowTitle() == "Riverside Infusion Clinic"
    assert main.pages.today.isVisible()


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"password": "short", "again": "short"}, "password", "Use 8 characters or more."),
        ({"password": "long enough", "again": "long enouhg"}, "again", "not the same"),
        ({"password": PASSWORD, "again": PASSWORD, "staff_name": " "}, "staff_name", "Type the name."),
        ({"password": PASSWORD, "again": PASSWORD, "roles": ""}, "roles", "Choose the role."),
    ],
)
def test_a_missing_or_weak_field_is_said_at_its_place(
    app: App, hands: Hands, values: dict[str, str], field: str, sentence: str
) -> None:
    page = app.first_run
    assert page is not None
    page.clinic.show_values({"name": "Riverside", "zone": "Etc/UTC"})
    page.staff.show_values({"staff_name": "R. Ortiz", "roles": "nurse", "user": "ortiz"} | values)
    hands.click(page.button)
    assert list(page.staff.problems()) == [field]
    assert sentence in page.staff.problems()[field]
    assert hands.at.objectName() == field
    assert app.main is None


def test_a_time_zone_that_does_not_exist_is_refused(app: App, hands: Hands) -> None:
    page = app.first_run
    assert page is not None
    page.clinic.show_values({"name": "Riverside", "zone": "Albany"})
    hands.click(page.button)
    assert page.clinic.problems() == {"zone": "“Albany” is not a time zone. Type one like America/New_York."}


def test_a_wrong_password_is_said_in_place_and_the_right_one_opens(qtbot: QtBot, front_door: FrontDoor) -> None:
    person = NewStaff("ortiz", "R. Ortiz", "RN", frozenset({Role.NURSE}))
    front_door.create(ClinicDraft("Riverside", "", "", "America/New_York"), person, PASSWORD).close()
    app = App(front_door)
    app.show()
    qtbot.waitUntil(app.window.isActiveWindow)
    hands = Hands(app.window)
    page = app.sign_in
    assert page is not None
    assert hands.at is page.password
    hands.type("wrong horse")
    assert "do not belong together" in page.problem()
    assert page.password.text() == ""
    assert hands.at is page.password
    hands.type(PASSWORD)
    assert app.main is not None
    app.close()


def test_the_wait_after_wrong_passwords_is_counted_down(clinic: App, hands: Hands) -> None:
    page = main_of(clinic).lock_page
    page.show_problem("Too many tries.", 2)
    assert page.problem() == "Too many tries. 2 s to wait."
    assert not page.button.isEnabled()
    page.tick()
    page.tick()
    assert page.problem() == "Too many tries."
    assert page.button.isEnabled()


def test_a_patient_is_added_by_keyboard_and_shown(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.show_place("patients")
    hands.press(Qt.Key.Key_N, ALT)
    assert hands.at.objectName() == "family"
    hands.type("Okafor\nAmara\nMs\n14 Mar 1986")
    hands.type_only("f")
    hands.press(Qt.Key.Key_Return)
    hands.type("004512\n555 010 0142\nAma")
    hands.type_only("2")
    hands.press(Qt.Key.Key_Return)
    hands.type("Penicillin: rash\nlikes the window seat")
    page = main.pages.patient
    assert page is not None
    patient = page.patient
    assert patient is not None
    assert patient.display_name == "OKAFOR, Amara (Ms)"
    assert (patient.allergy_state, patient.allergies) == (AllergyState.LISTED, "Penicillin: rash")
    assert main.desk.find_patients("oka")[0].patient == patient


def test_the_same_name_and_birth_date_asks_and_no_keeps_what_was_typed(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.add_patient(AMARA)
    form = open_form(main, hands)
    form.form.show_values({"family": "Okafor", "given": "Amara", "born": "14-Mar-1986"})
    form.form.focus("notes")
    hands.press(Qt.Key.Key_Return)
    assert "OKAFOR, Amara, born 14-Mar-1986, is already here" in form.question()
    hands.press(Qt.Key.Key_N)
    assert form.question() == ""
    assert form.form.values()["given"] == "Amara"
    assert len(main.desk.find_patients("okafor")) == 1


def test_another_person_of_the_same_name_is_added_after_yes(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.add_patient(AMARA)
    form = open_form(main, hands)
    form.form.show_values({"family": "Okafor", "given": "Amara", "born": "14-Mar-1986"})
    form.form.focus("notes")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Y)
    assert len(main.desk.find_patients("okafor")) == 2


def test_an_impossible_birth_date_is_refused_at_its_field(clinic: App, hands: Hands) -> None:
    form = open_form(main_of(clinic), hands)
    form.form.show_values({"family": "Okafor", "given": "Amara", "born": "31 Feb 1986"})
    form.form.focus("notes")
    hands.press(Qt.Key.Key_Return)
    assert list(form.form.problems()) == ["born"]
    assert hands.at.objectName() == "born"


def open_form(main: MainWindow, hands: Hands) -> PatientFormPage:
    main.show_place("patients")
    hands.press(Qt.Key.Key_N, ALT)
    assert main.pages.form is not None
    return main.pages.form


def came_before(main: MainWindow, indication: str = "mood") -> None:
    """Ms Okafor has been here once."""
    patient = main.desk.add_patient(AMARA).id
    main.desk.end(main.desk.new_session(patient, indication=indication).record.session.id, "cancelled", "ill")


def test_three_letters_and_two_enters_begin_a_session(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    came_before(main)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("oka")
    assert hands.at.objectName() == "planned"
    hands.press(Qt.Key.Key_Return)
    assert main.session is not None
    assert [row.patient.family for row in main.desk.board().rows] == ["Okafor"] * 2


def test_what_a_first_infusion_is_for_is_asked_and_never_chosen_beforehand(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.add_patient(AMARA)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("oka")
    page = main.pages.new
    assert page is not None
    assert page.form.values()["indication"] == ""
    hands.press(Qt.Key.Key_Return)
    assert not main.desk.board().rows
    assert page.form.problems() == {"indication": "Choose what it is for: mood or pain."}
    hands.type_only("2")
    hands.press(Qt.Key.Key_Return)
    assert main.session is not None
    assert main.session.live.snapshot.record.session.indication == "pain"


def test_a_patient_who_came_for_pain_comes_for_pain_again(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    came_before(main, "pain")
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("oka")
    hands.press(Qt.Key.Key_Return)
    assert main.session is not None
    assert main.session.live.snapshot.record.session.indication == "pain"


def test_somebody_who_is_not_found_is_added_from_there(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    hands.press(Qt.Key.Key_N, CTRL)
    page = main.pages.new
    assert page is not None
    assert not page.add.isVisible()
    hands.type_only("o")
    assert page.add.isVisible()
    hands.press(Qt.Key.Key_N, ALT)
    assert hands.at.objectName() == "family"


def test_a_half_typed_patient_is_there_again_until_it_is_cancelled(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.show_place("patients")
    hands.press(Qt.Key.Key_N, ALT)
    hands.type("Okafor\nAmara")
    hands.press(Qt.Key.Key_N, CTRL)
    main.show_place("patients")
    hands.press(Qt.Key.Key_N, ALT)
    form = main.pages.form
    assert form is not None
    assert (form.form.values()["family"], form.form.values()["given"]) == ("Okafor", "Amara")
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_N, ALT)
    assert form.form.values()["family"] == ""


def test_a_session_for_later_stands_on_the_board(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.new_session(main.desk.add_patient(AMARA).id, planned="tomorrow 9:00")
    main.desk.end(main.desk.find_patients("oka")[0].open_session or SessionId(""), "cancelled", "ill")
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("oka")
    hands.type("13:00")
    table = main.pages.today.table
    assert main.session is None
    assert table.isVisible()
    (key,) = table.keys()
    assert table.cell(key, 0).text == "13:00"
    assert table.cell(key, 1).text == "OKAFOR, Amara"
    assert hands.at is table
    hands.press(Qt.Key.Key_Return)
    assert main.session is not None


def test_ctrl_f_finds_while_typing_and_escape_goes_back(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.add_patient(AMARA)
    before = hands.at
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type_only("ama")
    assert main.found.isVisible()
    assert main.found.table.cell(main.found.table.keys()[0], 1).text == "14-Mar-1986 (40y)"
    hands.press(Qt.Key.Key_Escape)
    assert not main.found.isVisible()
    assert hands.at is before
    hands.press(Qt.Key.Key_F, CTRL)
    hands.type("ama")
    assert main.pages.patient is not None
    assert main.pages.patient.isVisible()


def test_a_reading_rings_when_due_overdue_and_late_and_the_title_has_no_name(
    clinic: App, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = main_of(clinic)
    main.desk.new_session(main.desk.add_patient(AMARA).id)
    board = main.desk.board()
    waiting = [
        replace(board, rows=tuple(replace(row, due=Due(clock.now(), Stage.INFUSION, state)) for row in board.rows))
        for state in (DueState.COMING, DueState.DUE, DueState.OVERDUE, DueState.LATE)
    ]
    rung: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: rung.append(1))  # offscreen has no sound to listen to
    reminders = Reminders(main)
    said = [(reminders.show_board(one), len(rung)) for each in waiting for one in (each, each)]
    assert said == [(0, 0), (0, 0), (1, 1), (1, 1), (1, 2), (1, 2), (1, 3), (1, 3)]
    assert reminders.show_board(board) == 0
    assert title_text("Riverside", 0) == "Riverside"
    assert title_text("Riverside", 1) == "1 reading due · Riverside"
    assert title_text("Riverside", 2) == "2 readings due · Riverside"


def test_the_clock_in_the_bar_follows(clinic: App, clock: ManualClock) -> None:
    main = main_of(clinic)
    clock.advance(minutes=18)
    main.tick()
    shown = main.top.findChild(QLabel, "time")
    assert isinstance(shown, QLabel)
    assert shown.text() == "11:00"


def test_two_smiths_of_today_are_marked_on_the_board_and_in_the_banner(clinic: App) -> None:
    main = main_of(clinic)
    for given in ("John", "Jon"):
        main.desk.new_session(main.desk.add_patient(PatientDraft("Smith", given, "19 May 1980")).id)
    main.show_place("today")
    table = main.pages.today.table
    first, second = table.keys()
    assert (table.cell(first, 1).mark, table.cell(second, 1).mark) == (SAME_NAME, SAME_NAME)
    main.open_session(first)
    assert main.session is not None
    assert "similar name" in main.session.banner.mark.text()
    assert main.session.banner.mark.isVisible()


def test_f1_shows_the_keys_and_the_lock_hides_them(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    hands.press(Qt.Key.Key_F1)
    (card,) = clinic.window.findChildren(QDialog)
    assert card.isVisible()
    main.lock()
    assert not card.isVisible()
    main.unlock("ortiz", PASSWORD)
    assert card.isVisible()
