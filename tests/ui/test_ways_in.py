"""Passwords, sealed envelopes, the curtain and two people at one PC, by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from checklist.desk import ClinicDraft, Desk, FrontDoor, NewStaff
from checklist.model import Role
from checklist.ui.app import App
from checklist.ui.main_window import MainWindow
from checklist.ui.pages.sealed_dialog import SealedDialog
from checklist.ui.pages.settings import SettingsPage
from checklist.ui.pages.staff_dialogs import CodeDialog
from checklist.ui.session.parts.ask import AskDialog
from checklist.ui.session.preview import page_images
from checklist.ui.widgets.fields import TextField
from tests.paper.pdf import flat
from tests.ui.conftest import PASSWORD
from tests.ui.hands import CTRL, Hands

NEW = "seven grey herons"
NURSE = NewStaff("ortiz", "R. Ortiz", "RN", frozenset({Role.NURSE}))
LEE = NewStaff("lee", "S. Lee", "RN", frozenset({Role.NURSE}))


def main_of(app: App) -> MainWindow:
    assert app.main is not None
    return app.main


def dialog_of(app: App, kind: type[QWidget] = AskDialog) -> QWidget:
    """The dialog in front."""
    return next(one for one in reversed(app.window.findChildren(kind)) if one.isVisible())


def shown_code(app: App) -> str:
    found = dialog_of(app, CodeDialog).findChild(QLabel, "code")
    assert isinstance(found, QLabel)
    return found.text()


@pytest.fixture
def two(front_door: FrontDoor) -> FrontDoor:
    """A clinic with R. Ortiz (administrator) and S. Lee."""
    desk = front_door.create(ClinicDraft("Riverside", "", "", "America/New_York"), NURSE, PASSWORD)
    desk.add_staff(LEE, PASSWORD)
    desk.close()
    return front_door


def started(qtbot: QtBot, door: FrontDoor) -> tuple[App, Hands]:
    app = App(door)
    app.show()
    qtbot.waitUntil(app.window.isActiveWindow)
    return app, Hands(app.window)


@pytest.fixture
def ortiz(qtbot: QtBot, two: FrontDoor) -> Iterator[tuple[App, Hands]]:
    app, hands = started(qtbot, two)
    hands.type_only("r")
    hands.press(Qt.Key.Key_Return)
    hands.type(PASSWORD)
    assert app.main is not None
    yield app, hands
    if isValid(app.window):
        app.close()


def settings_of(app: App) -> SettingsPage:
    main = main_of(app)
    main.show_place("settings")
    assert main.pages.settings is not None
    return main.pages.settings


def desk_of(app: App) -> Desk:
    return main_of(app).desk


# ---- passwords


def test_my_password_is_changed_by_keyboard(qtbot: QtBot, ortiz: tuple[App, Hands], two: FrontDoor) -> None:
    app, hands = ortiz
    hands.click(settings_of(app).own.change)
    dialog = dialog_of(app)
    qtbot.waitUntil(dialog.isActiveWindow)
    hands.type(f"{PASSWORD}\n{NEW}\nseven grey heron")
    assert isinstance(dialog, AskDialog)
    assert "not the same" in dialog.problem.text()
    dialog.form.show_values({"old": PASSWORD, "new": NEW, "again": NEW})
    hands.click(dialog.action)
    app.close()
    two.sign_in("ortiz", NEW).close()


def test_a_colleague_gets_a_password_for_one_use_and_chooses_an_own_one_at_the_first_sign_in(
    qtbot: QtBot, ortiz: tuple[App, Hands], two: FrontDoor
) -> None:
    app, hands = ortiz
    page = settings_of(app)
    lee = next(one for one in desk_of(app).staff() if one.user == "lee")
    page.person_wished.emit(lee.id)
    dialog = dialog_of(app)
    assert isinstance(dialog, AskDialog)
    dialog.form.show_values({"what": "password", "password": PASSWORD})
    hands.click(dialog.action)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in app.window.findChildren(CodeDialog)))
    code = shown_code(app)
    app.close()
    again, other = started(qtbot, two)
    page_in = again.sign_in
    assert page_in is not None
    page_in.submitted.emit("lee", code)
    asked = dialog_of(again)
    assert isinstance(asked, AskDialog)
    asked.form.show_values({"new": "password1", "again": "password1"})
    other.click(asked.action)
    assert "among the first" in asked.problem.text()
    asked.form.show_values({"new": NEW, "again": NEW})
    other.click(asked.action)
    qtbot.waitUntil(lambda: again.main is not None)
    assert desk_of(again).me.user == "lee"
    again.close()


def test_who_is_no_administrator_is_told_why_nothing_can_be_changed(ortiz: tuple[App, Hands]) -> None:
    app, _ = ortiz
    desk_of(app).unlock("lee", PASSWORD)
    page = settings_of(app)
    page.show_staff(desk_of(app).staff(), desk_of(app).me)
    assert not page.add.button.isEnabled()
    assert not page.sealed.recovery.button.isEnabled()
    assert page.own.change.isEnabled()


def test_a_disabled_colleague_is_marked_and_no_longer_offered_at_the_lock(ortiz: tuple[App, Hands]) -> None:
    app, hands = ortiz
    page = settings_of(app)
    lee = next(one for one in desk_of(app).staff() if one.user == "lee")
    page.person_wished.emit(lee.id)
    dialog = dialog_of(app)
    assert isinstance(dialog, AskDialog)
    dialog.form.show_values({"what": "disable", "password": PASSWORD})
    hands.click(dialog.action)
    assert "Disabled" in page._people.cell(lee.id, 0).note
    main_of(app).lock()
    assert main_of(app).lock_page.person.findData("lee") == -1


# ---- sealed envelopes


def test_the_recovery_sheet_is_shown_once_printed_and_opens_the_clinic(
    qtbot: QtBot, ortiz: tuple[App, Hands], two: FrontDoor
) -> None:
    app, hands = ortiz
    page = settings_of(app)
    hands.click(page.sealed.recovery.button)
    dialog = dialog_of(app)
    assert isinstance(dialog, AskDialog)
    dialog.form.show_values({"password": PASSWORD})
    hands.click(dialog.action)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in app.window.findChildren(SealedDialog)))
    code = shown_code(app)
    sheet = dialog_of(app, SealedDialog)
    assert isinstance(sheet, SealedDialog)
    content = sheet.content()
    assert len(page_images(content, 40)) == 1
    words = flat(content)
    for part in ("Recovery sheet", "Made 18-Nov-2026", "R. Ortiz, RN", *code.split("-")):
        assert part in words
    assert "made 18-Nov-2026" in page.sealed._recovery.text()
    app.close()
    again, other = started(qtbot, two)
    assert again.sign_in is not None
    assert again.sign_in.recovery.isVisible()
    assert not again.sign_in.emergency.isVisible()
    other.click(again.sign_in.recovery)
    asked = dialog_of(again)
    assert isinstance(asked, AskDialog)
    asked.form.show_values({"code": code, "user": "ortiz", "new": NEW, "again": NEW})
    other.click(asked.action)
    qtbot.waitUntil(lambda: again.main is not None)
    again.close()


def test_a_stray_enter_or_escape_does_not_take_the_code_away(qtbot: QtBot, ortiz: tuple[App, Hands]) -> None:
    app, hands = ortiz
    page = settings_of(app)
    hands.click(page.sealed.recovery.button)
    dialog = dialog_of(app)
    assert isinstance(dialog, AskDialog)
    dialog.form.show_values({"password": PASSWORD})
    hands.click(dialog.action)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in app.window.findChildren(SealedDialog)))
    sheet = dialog_of(app, SealedDialog)
    assert isinstance(sheet, SealedDialog)
    qtbot.waitUntil(sheet.isActiveWindow)
    assert sheet.focusWidget() is sheet.print_button
    hands.press(Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert sheet.question.sentence() == "It is shown this once. Is it printed or written down?"
    hands.press(Qt.Key.Key_Return)  # the button with the focus: not yet
    assert sheet.isVisible()
    assert sheet.focusWidget() is sheet.close_button
    hands.press(Qt.Key.Key_Return)
    assert sheet.isVisible()
    hands.press(Qt.Key.Key_Y)
    assert not any(one.isVisible() for one in app.window.findChildren(SealedDialog))


def test_the_use_of_the_emergency_account_stands_on_today_until_it_was_seen(
    qtbot: QtBot, ortiz: tuple[App, Hands], two: FrontDoor
) -> None:
    app, _ = ortiz
    code = desk_of(app).seal_emergency(password=PASSWORD).code
    app.close()
    night, hands = started(qtbot, two)
    assert night.sign_in is not None
    hands.click(night.sign_in.emergency)
    asked = dialog_of(night)
    assert isinstance(asked, AskDialog)
    asked.form.show_values({"code": code, "name": "Jo Reed", "reason": "Nobody else is here."})
    hands.click(asked.action)
    qtbot.waitUntil(lambda: night.main is not None)
    assert main_of(night).top.findChild(QWidget) is not None
    said = [one.title for one in desk_of(night).board().notices]
    assert said == ["The emergency account was used"]
    night.close()
    day, _ = started(qtbot, two)
    assert day.sign_in is not None
    day.sign_in.submitted.emit("ortiz", PASSWORD)
    notice = desk_of(day).board().notices[0]
    assert "Jo Reed: Nobody else is here. An administrator looks at it under Settings." in notice.detail
    page = settings_of(day)
    assert page.sealed.seen.isVisibleTo(page)
    desk_of(day).emergency_seen(password=PASSWORD)
    assert desk_of(day).board().notices == ()
    day.close()


# ---- two people at one PC


def typing_a_meal(app: App, hands: Hands) -> MainWindow:
    """R. Ortiz is in the middle of typing when the last meal was."""
    main = main_of(app)
    patient = main.desk.find_patients("Okafor")[0].patient
    main.open_session(main.desk.new_session(patient.id).record.session.id)
    assert main.session is not None
    main.session.show_step("fasting")
    assert hands.at.objectName() == "fasting.solids"
    hands.type_only("21")
    return main


def test_what_one_nurse_was_typing_is_not_saved_by_the_next_and_comes_back(at_work: App, hands_at_work: Hands) -> None:
    main, hands = typing_a_meal(at_work, hands_at_work), hands_at_work
    field = hands.at
    assert isinstance(field, TextField)
    hands.press(Qt.Key.Key_L, CTRL)
    main.unlock("lee", "practice")
    assert main.desk.me.user == "lee"
    assert (field.text(), field.is_being_edited()) == ("", False)
    hands.press(Qt.Key.Key_Return)
    main.lock()
    main.unlock("ortiz", "practice")
    assert (field.text(), field.is_being_edited()) == ("21", True)
    assert main.session is not None
    assert "fasting.solids" not in main.session.live.snapshot.record.answers


def test_the_same_nurse_finds_the_field_as_it_was(at_work: App, hands_at_work: Hands) -> None:
    main, hands = typing_a_meal(at_work, hands_at_work), hands_at_work
    field = hands.at
    hands.press(Qt.Key.Key_L, CTRL)
    main.unlock("ortiz", "practice")
    assert hands.at is field
    hands.type_only("50")
    assert isinstance(field, TextField)
    assert field.text() == "2150"


def test_half_a_text_whose_field_is_gone_is_said_and_not_saved(
    at_work: App, hands_at_work: Hands, qtbot: QtBot
) -> None:
    main, hands = typing_a_meal(at_work, hands_at_work), hands_at_work
    hands.press(Qt.Key.Key_L, CTRL)
    main.unlock("lee", "practice")
    field = main.session
    main.show_place("today")
    qtbot.waitUntil(lambda: not isValid(field))
    main.lock()
    main.unlock("ortiz", "practice")
    assert main.bar.sentence() == "You had begun to type “21”. Its field is no longer open; nothing of it was saved."


# ---- the curtain


def test_one_key_hides_every_name_and_the_same_key_shows_them_again(at_work: App, hands_at_work: Hands) -> None:
    main, hands = main_of(at_work), hands_at_work
    before = hands.at
    hands.press(Qt.Key.Key_F12)
    assert main.curtain.isVisible()
    assert not main.pages.today.isVisible()
    hands.press(Qt.Key.Key_X)
    assert main.curtain.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert main.pages.today.isVisible()
    assert hands.at is before
    hands.press(Qt.Key.Key_F12)
    hands.press(Qt.Key.Key_F12)
    assert main.pages.today.isVisible()


def test_the_curtain_counts_what_is_due_and_the_lock_comes_over_it(at_work: App, hands_at_work: Hands) -> None:
    main, hands = main_of(at_work), hands_at_work
    hands.press(Qt.Key.Key_F12)
    main.curtain.show_due(2)
    words = " ".join(one.text() for one in main.curtain.findChildren(QLabel))
    assert "2 readings due" in words
    assert "OKAFOR" not in words
    main.lock()
    assert main.is_locked
    main.unlock("ortiz", "practice")
    assert main.pages.today.isVisible()
