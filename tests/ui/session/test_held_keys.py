"""A key that is held down repeats itself. It must not answer, sign or go on more than once."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checklist.desk import Person
from checklist.model import Meaning
from checklist.ui.widgets.person_picker import PersonPicker
from tests.ui.session.conftest import Visit, answer_all_before

PLAIN = Qt.KeyboardModifier.NoModifier


def hold(visit: Visit, key: Qt.Key, text: str, repeats: int = 20) -> None:
    """Press, and let the keyboard repeat it."""
    visit.press(key)
    for _ in range(repeats):
        QApplication.sendEvent(visit.hands.at, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, text, True))


def test_enter_held_on_next_goes_one_step(visit: Visit) -> None:
    visit.page.footer.next.setFocus()
    hold(visit, Qt.Key.Key_Return, "\r")
    assert visit.page.current_step == "fasting"


def test_enter_held_before_the_clearance_signs_nothing(visit: Visit) -> None:
    answer_all_before(visit)
    visit.open("vitals")
    visit.page.footer.next.setFocus()
    hold(visit, Qt.Key.Key_Return, "\r")
    assert visit.page.current_step == "clearance"
    assert QApplication.activeModalWidget() is None
    assert visit.snapshot.record.signature(Meaning.CHECKED) is None


def test_y_held_answers_one_question(visit: Visit) -> None:
    hold(visit, Qt.Key.Key_Y, "y")
    assert len(visit.snapshot.record.answers) == 1


def test_u_held_leaves_one_question_unknown(visit: Visit) -> None:
    hold(visit, Qt.Key.Key_U, "u")
    assert len(visit.snapshot.record.answers) == 1


def picker(qtbot: QtBot, host: QWidget, *names: str) -> tuple[PersonPicker, list[str]]:
    qtbot.addWidget(host)
    made = PersonPicker(host)
    made.show_people([Person(name, name) for name in names])
    passed: list[str] = []
    made.passed.connect(lambda: passed.append(made.user()))
    host.show()
    made.setFocus()
    return made, passed


def test_the_letter_of_the_person_already_chosen_goes_on_too(qtbot: QtBot) -> None:
    host = QWidget()
    made, passed = picker(qtbot, host, "R. Ortiz", "S. Lee", "Dr. A. Menon")
    QTest.keyClicks(made, "r")
    assert passed == ["R. Ortiz"]
    QTest.keyClicks(made, "l")
    assert passed == ["R. Ortiz", "S. Lee"]


def test_a_letter_that_two_people_share_walks_between_them_and_enter_goes_on(qtbot: QtBot) -> None:
    host = QWidget()
    made, passed = picker(qtbot, host, "R. Ortiz", "Rosa Lee", "Dr. A. Menon")
    QTest.keyClicks(made, "r")
    assert (made.user(), passed) == ("Rosa Lee", [])
    QTest.keyClicks(made, "r")
    assert made.user() == "R. Ortiz"
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert (made.user(), passed) == ("Rosa Lee", [])
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert passed == ["Rosa Lee"]
