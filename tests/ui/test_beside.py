"""The clock that was set and the program that was not running, on the screen (reference 12, cases 19 and 29)."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from checklist.model import SessionId, SessionState, StampKind
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.main_window import MainWindow
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.parts.ask import AskDialog
from tests.ui.hands import Hands


def main_of(app: App) -> MainWindow:
    assert app.main is not None
    return app.main


def buttons(page: QWidget, text: str) -> list[QPushButton]:
    return [one for one in page.findChildren(QPushButton) if one.text() == text]


def test_19_the_board_asks_why_the_clock_was_set_and_keeps_asking_until_somebody_wrote_it(
    qtbot: QtBot, at_work: App, hands_at_work: Hands, clock: ManualClock
) -> None:
    main = main_of(at_work)
    clock.jump(hours=2)
    main.refresh_board()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in buttons(main.pages.today, "Write why…")))
    hands_at_work.click(buttons(main.pages.today, "Write why…")[0])
    dialog = next(one for one in at_work.window.findChildren(AskDialog) if one.isVisible())
    assert dialog.windowTitle() == "The PC's clock was set"
    dialog.form.show_values({"reason": "other", "words": ""})
    hands_at_work.click(dialog.action)
    assert dialog.isVisible()
    assert "Write why the clock was set" in dialog.problem.text()
    dialog.form.show_values({"reason": "set_right", "words": "It stood two hours behind"})
    hands_at_work.click(dialog.action)
    assert not dialog.isVisible()
    assert main.desk.clock_changes() == ()
    assert not [one for one in buttons(main.pages.today, "Write why…") if one.isVisible()]


def infusing(main: MainWindow) -> SessionId:
    return next(row.session.id for row in main.desk.board().rows if row.state is SessionState.INFUSING)


def test_29_the_gap_stands_among_what_happened_and_nobody_can_strike_it(at_work: App, clock: ManualClock) -> None:
    main = main_of(at_work)
    session = infusing(main)
    at_work.close()
    clock.advance(minutes=12)
    again = App(at_work._door)
    again.show(at_work.window.size())
    assert again.sign_in is not None
    again.sign_in.submitted.emit("ortiz", "practice")
    main = main_of(again)
    main.open_session(session)
    assert main.session is not None
    main.session.live.stamp(StampKind.NOTE, "The power is back")
    main.session.show_step("infusion")
    page = main.session.page
    assert isinstance(page, InfusionPage)
    table = page.monitor.moments.table
    (gap,) = (key for key in table.keys() if key.startswith("gap:") and "10:42" in key[:24])  # noqa: SIM118
    said = table.cell(gap, 1).text
    assert said.startswith("No entries from ")
    assert said.endswith(": the program was not running")  # the window was closed, and wrote so
    before = main.desk._file.journal.last_seq
    page.monitor.moments._on_keyed(gap, "remove")
    assert main.desk._file.journal.last_seq == before
    again.close()
