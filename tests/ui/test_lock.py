"""The lock hides everything and gives everything back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checklist.desk import NewStaff
from checklist.model import Role
from checklist.ui.app import App
from checklist.ui.idle import IdleWatch
from tests.ui.conftest import PASSWORD
from tests.ui.hands import ALT, CTRL, Hands
from tests.ui.test_first_day import main_of


def test_after_unlocking_one_is_in_the_same_field_with_what_was_typed(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.show_place("patients")
    hands.press(Qt.Key.Key_N, ALT)
    hands.type("Okafor")
    hands.type_only("Ama")
    field = hands.at
    hands.press(Qt.Key.Key_L, CTRL)
    assert main.is_locked
    assert not field.isVisible()
    assert hands.at is main.lock_page.password
    hands.type("not this one")
    assert not field.isVisible()
    hands.type(PASSWORD)
    assert field.isVisible()
    assert hands.at is field
    hands.type_only("ra")
    assert main.pages.form is not None
    assert main.pages.form.form.values()["given"] == "Amara"


def test_another_person_unlocks_and_is_the_one_who_signs_from_then_on(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.desk.add_staff(NewStaff("menon", "Dr. A. Menon", "MD", frozenset({Role.PROVIDER})), "another harbor")
    main.show_place("settings")
    page = main.pages.settings
    assert page is not None
    assert page.add.button.isEnabled()
    main.lock()
    main.unlock("menon", "another harbor")
    assert main.desk.me.name == "Dr. A. Menon"
    assert main.top.person.text().startswith("Dr. A. Menon, MD")
    assert not page.add.button.isEnabled()


def test_the_keys_of_the_pages_do_nothing_while_locked(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    main.lock()
    hands.press(Qt.Key.Key_N, CTRL)
    assert main.pages.new is None
    assert main.is_locked


def test_an_idle_window_locks_and_a_key_begins_the_time_anew(qtbot: QtBot, clinic: App, hands: Hands) -> None:
    window = clinic.window.windowHandle()
    watch = IdleWatch(clinic.window, minutes=0.002)
    watch.idle.connect(main_of(clinic).lock)
    with qtbot.waitSignal(watch.idle, timeout=2000):
        watch.watch(window)
        QTest.keyClick(window, Qt.Key.Key_Shift)
    assert main_of(clinic).is_locked
