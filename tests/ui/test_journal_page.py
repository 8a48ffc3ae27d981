"""The journal and the details for support under Settings, by the keyboard."""

import logging
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checklist.ui import log
from checklist.ui.app import App
from checklist.ui.pages.journal import JournalPageView
from checklist.ui.pages.journal_print import JournalPrint
from checklist.ui.support import SupportDialog
from tests.ui.hands import Hands
from tests.ui.test_first_day import main_of
from tests.ui.test_safekeeping import dialog_of


def journal_of(app: App, hands: Hands) -> JournalPageView:
    main = main_of(app)
    main.show_place("settings")
    assert main.pages.settings is not None
    hands.click(main.pages.settings.journal)
    page = main.findChild(JournalPageView)
    assert page is not None
    return page


def test_the_journal_is_narrowed_by_patient_and_question(at_work: App) -> None:
    hands = Hands(at_work.window)
    page = journal_of(at_work, hands)
    assert page.note.text().startswith("200 entries, the newest first.")
    hands.press(Qt.Key.Key_Return)  # on to the patient
    hands.type("hartley")
    hands.type("Weight today")
    keys = page.table.keys()
    assert len(keys) == 1
    assert page.table.cell(keys[0], 2).text == "HARTLEY, James (Mr)"
    assert page.table.cell(keys[0], 4).text == "83.2"


def test_two_patients_of_one_name_are_asked_about(at_work: App) -> None:
    hands = Hands(at_work.window)
    page = journal_of(at_work, hands)
    page.form.show_values({"patient": "sm"})
    page.look()
    assert page.form.problems()["patient"].startswith("Several patients are found: SMITH, John, SMYTH, John.")
    page.form.show_values({"patient": "zzz", "day": "31-Feb-2026"})
    page.look()
    assert "No patient is found" in page.form.problems()["patient"]
    page.form.show_values({"patient": ""})
    page.look()
    assert set(page.form.problems()) == {"day"}


def test_older_entries_follow(at_work: App) -> None:
    hands = Hands(at_work.window)
    page = journal_of(at_work, hands)
    first = page.table.keys()
    page.older.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert int(page.table.keys()[0]) == int(first[-1]) - 1


def test_the_journal_is_drawn_for_paper(qtbot: QtBot, at_work: App, tmp_path: Path) -> None:
    hands = Hands(at_work.window)
    page = journal_of(at_work, hands)
    hands.click(page.print_button)
    dialog = dialog_of(qtbot, at_work, JournalPrint)
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.save_to(str(tmp_path / "journal.pdf"))
    assert (tmp_path / "journal.pdf").read_bytes().startswith(b"%PDF")
    dialog.save_to(str(tmp_path / "nowhere" / "journal.pdf"))
    assert "could not be written" in dialog.said.text()
    dialog.reject()


def test_support_gets_versions_and_no_names(qtbot: QtBot, at_work: App) -> None:
    main = main_of(at_work)
    main.show_place("settings")
    hands = Hands(at_work.window)
    handler = log.open_log(main.desk.data_folder)
    assert handler is not None
    logging.getLogger("checklist").error("something broke")
    assert main.pages.settings is not None
    hands.click(main.pages.settings.support)
    dialog = dialog_of(qtbot, at_work, SupportDialog)
    hands.press(Qt.Key.Key_Return)
    copied = QApplication.clipboard().text()
    logging.getLogger("checklist").removeHandler(handler)
    handler.close()
    for words in ("Ketamine checklist: ", "Python: 3.", "SQLCipher 4", "Entries: ", "something broke", " start: "):
        assert words in copied
    for name in ("Okafor", "Hartley", "Ortiz", "ortiz", "Menon", "Riverside", str(main.desk.data_folder)):
        assert name not in copied
    dialog.reject()
