"""The Records page in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from checklist.ui.app import App
from checklist.ui.pages.records import RecordsPage
from tests.ui.hands import Hands


def records_of(app: App) -> RecordsPage:
    assert app.main is not None
    button = app.main.nav.findChild(QAbstractButton, "nav records")
    assert isinstance(button, QAbstractButton)
    button.setFocus()
    Hands(app.window).press(Qt.Key.Key_Return)
    page = app.main.pages.records
    assert page is not None
    return page


def test_closed_records_are_listed_filed_by_f_and_opened_by_enter(at_work: App) -> None:
    page = records_of(at_work)
    hands = Hands(at_work.window)
    assert page.table.hasFocus()
    first = page.table.current_key()
    assert first is not None
    assert page.table.cell(first, 1).text.startswith("HARTLEY")
    assert page.table.cell(first, 3).text == "Signed"
    assert page.table.cell(first, 4).text == "Not printed"
    hands.press(Qt.Key.Key_F)
    assert page.table.cell(first, 4).text == "Filed"
    hands.press(Qt.Key.Key_F)
    assert "filed already" in page.problem.text()
    hands.press(Qt.Key.Key_Return)
    assert at_work.main is not None
    assert at_work.main.session is not None
    assert at_work.main.session.live.session_id == first


def test_an_order_that_waits_stands_on_the_page_and_on_today(at_work: App) -> None:
    main = at_work.main
    assert main is not None
    session = next(row.session.id for row in main.desk.board().rows if "LINDQVIST" in row.patient.display_name)
    main.desk.take_order(session, "Ondansetron 4 mg IV now", provider="menon", read_back=True)
    page = records_of(at_work)
    (key,) = page.orders.keys()
    assert page.orders.cell(key, 1).text == "Ondansetron 4 mg IV now"
    assert page.orders.hasFocus()
    assert "1 order waits for Dr. A. Menon, MD" in [one.title for one in main.desk.board().notices]
    Hands(at_work.window).press(Qt.Key.Key_Return)
    assert main.session is not None
    assert main.session.live.session_id == session


def test_older_records_come_with_the_button(at_work: App) -> None:
    page = records_of(at_work)
    assert page.days == 14
    page.more.click()
    assert page.days == 28
