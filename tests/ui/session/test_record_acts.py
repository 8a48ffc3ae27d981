"""A call to the provider, handover, amendment and entries in error, by the keyboard alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from checklist.acts import AmendmentKind
from checklist.desk import Desk
from checklist.model import Meaning, SessionId, SessionState
from checklist.times import ManualClock
from checklist.ui.live import LiveSession
from checklist.ui.session.discharge import DischargePage
from checklist.ui.session.page import SessionPage
from checklist.ui.session.parts.acts import CallDialog
from checklist.ui.session.parts.amend_dialog import AmendDialog, ErrorDialog
from checklist.ui.session.parts.ask import AskDialog
from checklist.ui.tasks import Worker
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, clock: ManualClock) -> Iterator[list[Visit]]:
    """Filled by `open_visit`; a window must not go before its worker."""
    visits: list[Visit] = []
    yield visits
    for one in visits:
        one.worker.close()


def open_visit(opened: list[Visit], qtbot: QtBot, desk: Desk, clock: ManualClock, name: str) -> Visit:
    """The visit of the practice day of this patient, as it stands."""
    session = SessionId(next(row.session.id for row in desk.board().rows if name in row.patient.display_name))
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1282, 716)
    live, worker = LiveSession(desk, session, host), Worker(host)
    page = SessionPage(live, worker, host)
    page.resize(host.size())
    host.show()
    qtbot.waitUntil(host.isActiveWindow)
    page.focus_first()
    opened.append(Visit(qtbot, host, page, live, desk, clock, worker))
    return opened[-1]


@pytest.fixture
def running(opened: list[Visit], qtbot: QtBot, desk: Desk, clock: ManualClock) -> Visit:
    """Mr Lindqvist, whose infusion runs."""
    return open_visit(opened, qtbot, desk, clock, "LINDQVIST")


@pytest.fixture
def closed(opened: list[Visit], qtbot: QtBot, desk: Desk, clock: ManualClock) -> Visit:
    """Mr Hartley, discharged this morning."""
    return open_visit(opened, qtbot, desk, clock, "HARTLEY")


def said(visit: Visit) -> str:
    """What the bar under the banner says."""
    return visit.page.record_bar.sentence()


def take_order(visit: Visit, words: str = "Ondansetron 4 mg IV now") -> None:
    visit.press(Qt.Key.Key_F5)
    visit.dialog()
    visit.type(f"{words}\n1\n\ny\n")
    visit.back_in_window()


def test_f5_shows_what_to_say_and_keeps_the_order_as_heard(running: Visit) -> None:
    running.press(Qt.Key.Key_C, ALT)  # keys of a closed record do nothing while it is open
    running.press(Qt.Key.Key_F, ALT)
    assert not running.snapshot.record.filed
    running.press(Qt.Key.Key_F5)
    dialog = running.dialog()
    assert isinstance(dialog, CallDialog)
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Infusion running since 09:50" in shown
    assert "2 readings in a row were missed" in shown
    assert "Baseline" in shown
    running.type("Labetalol 10 mg IV\n1\n1025\n")
    running.type("y\n")
    running.back_in_window()
    (order,) = running.snapshot.record.orders
    assert (order.text, order.provider_name, order.read_back) == ("Labetalol 10 mg IV", "Dr. A. Menon, MD", True)
    assert "BP 146/86" in order.told
    assert said(running).startswith("Pending authentication: 1 order by telephone of Dr. A. Menon, MD")


def test_nothing_of_an_order_is_chosen_beforehand_and_silence_is_refused(running: Visit) -> None:
    running.press(Qt.Key.Key_F5)
    dialog = running.dialog()
    assert isinstance(dialog, CallDialog)
    assert dialog.form.values() == {"order": "", "provider": "", "given": "", "read_back": ""}
    running.type("Labetalol 10 mg\n\n\n\n")
    assert "Choose who gives the order" in dialog.problem.text()
    dialog.form.focus("provider")
    running.type("1\n\n\n")
    assert "read back" in dialog.problem.text()
    assert not running.snapshot.record.orders


def test_the_provider_signs_the_order_later_from_the_bar(running: Visit) -> None:
    take_order(running)
    running.page.acts.countersign()
    dialog = running.dialog()
    assert isinstance(dialog, AskDialog)
    running.type("\nguess\n")
    assert "do not belong together" in dialog.problem.text()
    assert running.snapshot.record.outstanding
    dialog.form.show_values({"password": ""})
    running.type(f"\n{PASSWORD}\n")
    running.back_in_window()
    assert not running.snapshot.record.outstanding
    assert said(running) == ""


def test_a_handover_is_signed_by_both_and_the_next_entry_is_the_new_nurse_s(running: Visit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(running.page.handed_over):
        running.press(Qt.Key.Key_O, ALT)
        running.dialog()
        running.type(f"Half in, husband waits\n{PASSWORD}\n1\n{PASSWORD}\n")
    running.back_in_window()
    assert running.desk.me.user == "lee"
    saved = running.page.footer.findChild(QLabel, "footer.saved")
    assert isinstance(saved, QLabel)
    assert "Nurse S. Lee, RN since 10:30" in saved.text()


def test_a_closed_record_is_corrected_with_the_old_value_beside_the_new(closed: Visit) -> None:
    closed.press(Qt.Key.Key_C, ALT)
    dialog = closed.dialog()
    assert isinstance(dialog, AmendDialog)
    closed.type("1weight\n\n91.5\nRead from the wrong line\n")
    closed.type(f"{PASSWORD}\n")
    assert dialog.question.isVisible() or closed.snapshot.record.version == 2
    closed.back_in_window()
    record = closed.snapshot.record
    assert (record.version, record.amendments[-1].was, record.amendments[-1].now) == (2, "83.2 kg", "91.5 kg")
    assert said(closed) == "Amended: version 2. The signature of version 1 stays valid for version 1."
    page = closed.page.page
    assert isinstance(page, DischargePage)
    shown = [label.text() for label in page.amendments.findChildren(QLabel) if label.isVisible()]
    assert "83.2 kg" in shown
    assert "91.5 kg" in shown
    manifest = page.findChild(QLabel, "manifest.discharge")
    assert isinstance(manifest, QLabel)
    assert "Record S-2026-0003 v1" in manifest.text()
    closed.open("vitals")
    struck = [label for label in closed.page.page.findChildren(QLabel) if label.text() == "83.2 kg"]
    assert [label.isVisible() for label in struck] == [True]


def test_an_unusual_correction_asks_in_the_dialog_and_y_keeps_it(closed: Visit) -> None:
    closed.press(Qt.Key.Key_C, ALT)
    dialog = closed.dialog()
    assert isinstance(dialog, AmendDialog)
    closed.type(f"1weight\n\n210\nTyped it wrong\n{PASSWORD}\n")
    assert dialog.question.isVisible()
    assert closed.snapshot.record.version == 1
    closed.type("y")
    closed.back_in_window()
    assert closed.snapshot.record.amendments[-1].now == "210 kg"


def test_a_late_entry_needs_an_own_memory(closed: Visit) -> None:
    closed.press(Qt.Key.Key_C, ALT)
    dialog = closed.dialog()
    assert isinstance(dialog, AmendDialog)
    closed.type(f"23\nSister called\n0730\nBusy\nn\n{PASSWORD}\n")
    assert "Ask that person" in dialog.credentials.problem()
    dialog.late.focus("recall")
    closed.type(f"y\n{PASSWORD}\n")
    closed.back_in_window()
    made = closed.snapshot.record.amendments[-1]
    assert (made.kind, made.now) == (AmendmentKind.LATE_ENTRY, "Sister called")


def test_an_addendum_takes_three_steps(closed: Visit) -> None:
    closed.press(Qt.Key.Key_C, ALT)
    closed.dialog()
    closed.type(f"3Lot recalled\n{PASSWORD}\n")
    closed.back_in_window()
    assert closed.snapshot.record.amendments[-1].now == "Lot recalled"
    assert closed.snapshot.record.signatures[-1].meaning is Meaning.AMENDMENT


def test_entries_of_another_patient_are_marked_and_go_to_his_record(closed: Visit) -> None:
    closed.press(Qt.Key.Key_W, ALT)
    dialog = closed.dialog()
    assert isinstance(dialog, ErrorDialog)
    closed.type("1weight today\n\n")
    assert dialog.picker.marked == ("answer:vitals.weight",)
    smith = next(row.session.id for row in closed.desk.board().rows if row.patient.family == "Smith")
    dialog.details.show_values({"other": smith, "reason": "Wrong row opened"})
    dialog.credentials.password.setFocus()
    closed.type(f"{PASSWORD}\n")
    closed.back_in_window()
    assert closed.snapshot.record.version == 2
    assert closed.desk.open(smith).record.amendments[-1].kind is AmendmentKind.RE_ENTERED


def test_a_whole_session_in_error_ends_and_says_so(running: Visit) -> None:
    running.press(Qt.Key.Key_W, ALT)
    dialog = running.dialog()
    assert isinstance(dialog, ErrorDialog)
    assert dialog.form.values() == {"scope": ""}
    running.type(f"20\nWrong chart\n{PASSWORD}\n")
    running.back_in_window()
    assert running.snapshot.state is SessionState.ENDED
    assert "entered in error" in said(running)


def test_the_filed_paper_is_one_key(closed: Visit) -> None:
    closed.press(Qt.Key.Key_F, ALT)
    assert closed.snapshot.record.filed == (1,)
    assert not closed.page.foot.buttons["filed"].isVisible()
