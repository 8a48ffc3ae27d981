"""Backups, restore, journal and support details in the real window, by the keyboard."""

import shutil
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from checklist.desk import FrontDoor
from checklist.store.backup import backups_in
from checklist.store.datafile import DATA_NAME
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.background import STOPPED
from checklist.ui.closing import ClosingDialog
from checklist.ui.pages.backup_card import BackupCard
from checklist.ui.pages.restore import RestoreDialog
from tests.store.copies import flip
from tests.ui.conftest import PASSWORD
from tests.ui.hands import Hands
from tests.ui.test_first_day import main_of

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("usb")


def dialog_of(qtbot: QtBot, app: App, kind: type[D]) -> D:
    """The dialog in front, once it has the keyboard."""
    dialog = app.window.findChild(kind)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def card_of(app: App) -> BackupCard:
    main = main_of(app)
    main.show_place("settings")
    settings = main.pages.settings
    assert settings is not None
    return settings.backups


def backed_up(qtbot: QtBot, app: App, hands: Hands, drive: Path) -> BackupCard:
    """The folder is typed under Settings and a backup made by its button."""
    card = card_of(app)
    card.field.setFocus()
    hands.type(str(drive))
    hands.click(card.now)
    qtbot.waitUntil(lambda: not main_of(app).keeper.work.is_busy)
    return card


def test_a_folder_is_typed_and_the_backup_is_proven_and_said_on_today(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path
) -> None:
    today = main_of(clinic).pages.today
    assert today.backup_text.text() == "No backup is set up: add a folder under Settings."
    card = backed_up(qtbot, clinic, hands, drive)
    assert card.said.text().startswith("Proven 10:42: 0 patients, ")
    assert card.status.text() == "Backup proven 10:42: 0 patients."
    assert len(backups_in(drive)) == 1
    assert today.backup_text.text() == "Backup proven 10:42: 0 patients."
    assert card.progress.isHidden()


def test_a_wrong_folder_is_said_at_the_field_and_the_text_stays(clinic: App, hands: Hands) -> None:
    card = card_of(clinic)
    card.field.setFocus()
    hands.type("/nowhere/at all")
    assert "is not a folder that can be reached" in card._labelled.problem()
    assert card.field.text() == "/nowhere/at all"
    assert main_of(clinic).desk.backup_folders() == ()


def test_a_folder_is_removed_by_enter_on_its_row(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    card = backed_up(qtbot, clinic, hands, drive)
    card.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert main_of(clinic).desk.backup_folders() == ()
    assert card.table.isHidden()
    assert len(backups_in(drive)) == 1  # what was made stays


def test_a_missing_drive_is_said_on_today_and_work_goes_on(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path
) -> None:
    backed_up(qtbot, clinic, hands, drive)
    shutil.rmtree(drive)
    main = main_of(clinic)
    assert main.keeper.back_up()
    main.show_place("patients")  # while it runs
    qtbot.waitUntil(lambda: not main.keeper.work.is_busy)
    assert "is not there. Plug the drive in" in main.pages.today.backup_text.text()
    assert main.bar.sentence() == ""


def test_the_data_is_checked_by_a_button(qtbot: QtBot, clinic: App, hands: Hands) -> None:
    card = card_of(clinic)
    hands.click(card.check)
    qtbot.waitUntil(lambda: not main_of(clinic).keeper.work.is_busy)
    assert card.said.text().startswith("The data file is whole: ")


def test_the_day_s_backup_begins_by_itself(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path, clock: ManualClock
) -> None:
    main = main_of(clinic)
    main.desk.set_backup_folders([str(drive)])
    main.keeper.look()
    qtbot.waitUntil(lambda: not main.keeper.work.is_busy)
    main.keeper.look()
    assert not main.keeper.work.is_busy
    clock.advance(hours=24)
    main.keeper.look()
    qtbot.waitUntil(lambda: not main.keeper.work.is_busy)
    assert len(backups_in(drive)) == 2


def test_closing_makes_a_last_backup_and_then_closes(qtbot: QtBot, clinic: App, drive: Path) -> None:
    main_of(clinic).desk.set_backup_folders([str(drive)])
    clinic.window.close()
    assert clinic.window.isVisible()
    qtbot.waitUntil(lambda: not clinic.window.isVisible())
    assert len(backups_in(drive)) == 1


def test_closing_without_anything_new_closes_at_once(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    backed_up(qtbot, clinic, hands, drive)
    clinic.window.close()
    assert not clinic.window.isVisible()


def test_closing_with_the_drive_gone_says_so_and_lets_go(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    main_of(clinic).desk.set_backup_folders([str(drive)])
    shutil.rmtree(drive)
    clinic.window.close()
    dialog = dialog_of(qtbot, clinic, ClosingDialog)
    qtbot.waitUntil(dialog.close_now.isVisible)
    assert "the last backup was not made. No backup was made:" in dialog.words.text()
    hands.press(Qt.Key.Key_Return)
    assert not clinic.window.isVisible()


def test_who_cannot_wait_closes_without_the_backup(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    main_of(clinic).desk.set_backup_folders([str(drive)])
    clinic.window.close()
    dialog = clinic.window.findChild(ClosingDialog)
    assert dialog is not None
    hands.click(dialog.progress.stop)  # at once: what the thread has done is told only in the next turn of the loop
    assert not clinic.window.isVisible()


def test_escape_stays_though_the_backup_ends_well(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    main = main_of(clinic)
    main.desk.set_backup_folders([str(drive)])
    clinic.window.close()
    dialog = clinic.window.findChild(ClosingDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: not main.keeper.work.is_busy)
    assert clinic.window.isVisible()
    clinic.window.close()  # and the next time it asks anew, or has nothing left to do
    qtbot.waitUntil(lambda: not clinic.window.isVisible())


def test_closing_takes_the_place_of_a_check_and_tries_once(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path
) -> None:
    main = main_of(clinic)
    main.desk.set_backup_folders([str(drive)])
    shutil.rmtree(drive)
    begun: list[str] = []
    main.keeper.work.ended.connect(lambda: begun.append("ended"))
    assert main.keeper.check()
    clinic.window.close()
    dialog = dialog_of(qtbot, clinic, ClosingDialog)
    qtbot.waitUntil(dialog.close_now.isVisible)
    assert begun == ["ended", "ended"]  # the check, then the one backup that could not be made
    hands.press(Qt.Key.Key_Return)
    assert not clinic.window.isVisible()


def test_practice_has_no_backups_and_says_why(at_work: App) -> None:
    card = card_of(at_work)
    assert not card.now.isEnabled()
    assert not card.add.button.isEnabled()
    assert "invented patients only" in card.add.button.accessibleDescription()
    assert main_of(at_work).pages.today.backup_text.text() == ""
    at_work.window.close()
    assert not at_work.window.isVisible()


def test_work_is_stopped_by_its_button(qtbot: QtBot, clinic: App, hands: Hands, drive: Path) -> None:
    main = main_of(clinic)
    card = card_of(clinic)
    main.desk.set_backup_folders([str(drive)])
    assert main.keeper.back_up()
    card.stop_wished.emit()
    qtbot.waitUntil(lambda: not main.keeper.work.is_busy)
    assert card.said.text() in (STOPPED, card.said.text() if card.said.text().startswith("Proven") else STOPPED)


# ---- restore


def restored(qtbot: QtBot, app: App, hands: Hands, drive: Path) -> RestoreDialog:
    """The dialog, by keys, to the proven backup."""
    dialog = dialog_of(qtbot, app, RestoreDialog)
    dialog.place.setFocus()
    hands.type(str(drive))
    assert dialog.table.hasFocus()
    hands.press(Qt.Key.Key_Return)
    hands.type(PASSWORD)
    qtbot.waitUntil(lambda: not dialog.work.is_busy)
    return dialog


def test_a_new_pc_is_set_up_from_a_backup(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path, clock: ManualClock, tmp_path: Path
) -> None:
    backed_up(qtbot, clinic, hands, drive)
    clinic.window.close()
    door = FrontDoor(tmp_path / "new", clock=clock, practice=False, workstation="new pc")
    new = App(door)
    new.show()
    qtbot.waitUntil(new.window.isActiveWindow)
    assert new.first_run is not None
    hands = Hands(new.window)
    hands.click(new.first_run.restore)
    dialog = restored(qtbot, new, hands, drive)
    assert dialog.said.text().startswith("Proven: 0 patients, 0 visits, ")
    assert dialog.bring.hasFocus()
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: new.sign_in is not None)
    assert new.sign_in is not None
    assert new.sign_in.hint() == "The backup of Wed 18-Nov-2026 10:42 is back."
    qtbot.waitUntil(new.window.isActiveWindow)
    qtbot.waitUntil(new.sign_in.password.hasFocus)
    hands.type(PASSWORD)
    assert main_of(new).desk.clinic.name == "Riverside Infusion Clinic"
    new.close()


def test_a_damaged_file_offers_the_rest_and_the_backup(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path, front_door: FrontDoor
) -> None:
    backed_up(qtbot, clinic, hands, drive)
    clinic.close()
    size = (front_door.folder / DATA_NAME).stat().st_size
    flip(front_door.folder / DATA_NAME, size - 2000)
    for page in range(4, size // 4096):
        flip(front_door.folder / DATA_NAME, page * 4096 + 9)
    again = App(front_door)
    again.show()
    qtbot.waitUntil(again.window.isActiveWindow)
    hands = Hands(again.window)
    page_ = again.sign_in
    assert page_ is not None
    page_.password.setFocus()
    hands.type(PASSWORD)
    assert "damaged" in page_.problem()
    assert page_.rest.isVisible()
    assert page_.restore.hasFocus()
    hands.press(Qt.Key.Key_Return)
    restored(qtbot, again, hands, drive)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.sign_in is not page_)
    assert again.sign_in is not None
    assert "is back" in again.sign_in.hint()
    assert len(list(front_door.folder.glob("before-restore-*"))) == 1
    again.close()


def test_a_place_without_a_backup_and_a_wrong_password_are_told(
    qtbot: QtBot, clinic: App, hands: Hands, drive: Path, front_door: FrontDoor, tmp_path: Path
) -> None:
    backed_up(qtbot, clinic, hands, drive)
    clinic.close()
    again = App(front_door)
    again.show()
    qtbot.waitUntil(again.window.isActiveWindow)
    hands = Hands(again.window)
    assert again.sign_in is not None
    hands.click(again.sign_in.restore)
    dialog = dialog_of(qtbot, again, RestoreDialog)
    hands.type(str(tmp_path / "empty"))
    assert "cannot be read. Plug the drive in" in dialog._labelled.problem()
    assert not dialog.prove.isEnabled()
    assert dialog.why.text() == "Name the folder, then choose a backup."
    dialog.place.setText(str(drive))
    dialog.place.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)
    hands.type("wrong password")
    assert "do not belong together" in dialog.said.text()
    assert not dialog.bring.isEnabled()
    dialog.reject()
    again.close()


def test_a_problem_of_the_file_stands_in_the_red_bar_from_the_start(
    qtbot: QtBot, clinic: App, front_door: FrontDoor, tmp_path: Path, clock: ManualClock
) -> None:
    shutil.copytree(front_door.folder, tmp_path / "cut")
    wal = tmp_path / "cut" / f"{DATA_NAME}-wal"
    wal.write_bytes(wal.read_bytes()[:-10])
    again = App(FrontDoor(tmp_path / "cut", clock=clock, practice=False, workstation="pc"))
    again.show()
    qtbot.waitUntil(again.window.isActiveWindow)
    assert again.sign_in is not None
    again.sign_in.password.setFocus()
    Hands(again.window).type(PASSWORD)
    assert main_of(again).bar.sentence().startswith("The newest entries are missing: ")
    again.close()


def test_every_new_input_has_a_name_for_the_screen_reader(clinic: App) -> None:
    card = card_of(clinic)
    labels = [label for label in card.findChildren(QLabel) if label.buddy() is card.field]
    assert [label.text() for label in labels] == ["Add a folder"]
    for part in (card.table, card.field, card.now, card.check, card.browse):
        assert part.accessibleName()
