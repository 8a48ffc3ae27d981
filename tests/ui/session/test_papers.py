"""Papers on the screen: attached with the keyboard, opened in the program's own preview, printed on wish."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from checklist.pictures import as_paper
from checklist.ui.session.discharge import DischargePage
from checklist.ui.session.parts.attach_dialog import AttachDialog
from checklist.ui.session.parts.attached import PaperViewer
from checklist.ui.session.preview import PreviewDialog
from tests.test_pictures import pdf
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "скан 患者.pdf"
    path.write_bytes(pdf(2))
    return path


def open_papers(visit: Visit) -> AttachDialog:
    visit.press(Qt.Key.Key_I, ALT)
    dialog = visit.dialog()
    assert isinstance(dialog, AttachDialog)
    return dialog


def take(visit: Visit, dialog: AttachDialog, path: Path) -> None:
    """The system's own dialog is not ours to test: it hands over a name."""
    dialog.take(str(path))
    visit.qtbot.waitUntil(lambda: visit.worker.is_idle)


def end_visit(visit: Visit) -> None:
    visit.desk.end(visit.live.session_id, "cancelled", "Power cut")
    visit.live.refresh()


def test_29_a_downtime_sheet_is_attached_by_the_keyboard(visit: Visit, scan: Path) -> None:
    dialog = open_papers(visit)
    take(visit, dialog, scan)
    assert dialog.file.text().startswith("✓ PDF, 2 pages")
    visit.type("Downtime sheet\n0905\n0950\n\n")
    visit.back_in_window()
    (one,) = visit.snapshot.record.current_attachments
    assert (one.title, one.pages) == ("Downtime sheet", 2)
    assert one.paper_to is not None


def test_29_a_file_that_is_none_is_refused_in_place_and_the_dialog_stays(visit: Visit, tmp_path: Path) -> None:
    wrong = tmp_path / "sheet.jpg"
    wrong.write_bytes(b"MZ not a picture")
    dialog = open_papers(visit)
    take(visit, dialog, wrong)
    assert dialog.problem.text().startswith("This file is not a JPEG, PNG or PDF")
    dialog.action.click()
    assert dialog.problem.text() == "Choose a file first. Nothing was saved yet."
    assert visit.snapshot.record.attachments == ()


def test_29_a_closed_record_takes_the_sheet_with_a_signature(visit: Visit, scan: Path) -> None:
    visit.desk.answer(visit.live.session_id, "identity.name", "yes")
    end_visit(visit)
    dialog = open_papers(visit)
    take(visit, dialog, scan)
    visit.type(f"Downtime sheet\n\n\nThe power was out\n{PASSWORD}\n")
    visit.back_in_window()
    record = visit.snapshot.record
    assert [one.title for one in record.current_attachments] == ["Downtime sheet"]
    assert (record.version, record.is_changed_after_signing) == (2, False)


def test_29_a_wrong_password_keeps_what_was_typed(visit: Visit, scan: Path) -> None:
    end_visit(visit)
    dialog = open_papers(visit)
    take(visit, dialog, scan)
    visit.type("Downtime sheet\n\n\nThe power was out\nwrong\n")
    assert "password" in dialog.problem.text().lower()
    assert dialog.form.values()["title"] == "Downtime sheet"
    assert visit.snapshot.record.attachments == ()


def test_29_an_unusual_time_on_paper_is_asked_about_once(visit: Visit, scan: Path) -> None:
    dialog = open_papers(visit)
    take(visit, dialog, scan)
    visit.type("Downtime sheet\n1130\n\n\n")
    assert dialog.question.sentence()
    visit.type("y")
    visit.back_in_window()
    assert len(visit.snapshot.record.current_attachments) == 1


def attached(visit: Visit) -> str:
    content = as_paper(pdf(2))
    snapshot = visit.desk.attach(visit.live.session_id, content, "Downtime sheet")
    visit.live.refresh()
    return snapshot.record.attachments[0].row


def test_29_the_record_lists_the_paper_and_opens_it_in_its_own_preview(visit: Visit) -> None:
    row = attached(visit)
    visit.open("discharge")
    page = visit.page.page
    assert isinstance(page, DischargePage)
    told = " ".join(label.text() for label in page.papers.findChildren(QLabel))
    assert "Downtime sheet" in told
    assert visit.snapshot.record.attachments[0].mark in told
    button = page.papers.findChild(QPushButton, f"paper.{row}")
    assert button is not None
    button.click()
    viewer = visit.dialog()
    assert isinstance(viewer, PaperViewer)
    visit.qtbot.waitUntil(lambda: viewer.page_count == 2)
    visit.press(Qt.Key.Key_PageDown)
    assert viewer.pages.text().startswith("Page 2 of 2")
    visit.press(Qt.Key.Key_Escape)
    visit.back_in_window()


def test_29_attached_in_error_is_read_struck_and_has_nothing_to_open(visit: Visit) -> None:
    row = attached(visit)
    visit.desk.mark_in_error(
        visit.live.session_id, [f"attachment:{row}"], "Another day", user="ortiz", password=PASSWORD
    )
    visit.live.refresh()
    visit.open("discharge")
    page = visit.page.page
    assert isinstance(page, DischargePage)
    assert page.papers.findChild(QPushButton, f"paper.{row}") is None
    told = [label.text() for label in page.papers.findChildren(QLabel)]
    assert "Entered in error: another day" in told


def test_29_damaged_bytes_are_said_in_the_preview_and_the_record_stays(visit: Visit) -> None:
    row = attached(visit)
    db = visit.desk._file.journal._db
    db.execute("DROP TRIGGER attachments_stay")
    db.execute("UPDATE attachments SET bytes = zeroblob(length)")
    viewer = PaperViewer(visit.live, visit.worker, row, visit.page)
    assert "does not read back as it was kept" in viewer.message.sentence()
    viewer.reject()


def test_29_the_record_prints_with_its_attachments_on_wish(visit: Visit) -> None:
    attached(visit)
    visit.page.preview("record")
    dialog = visit.dialog()
    assert isinstance(dialog, PreviewDialog)
    visit.qtbot.waitUntil(lambda: dialog.page_count > 0)
    plain = dialog.page_count
    dialog.papers.click()
    visit.qtbot.waitUntil(lambda: visit.worker.is_idle)
    assert dialog.message.sentence() == ""
    assert dialog.page_count == plain + 2
    assert dialog.papers.text() == "Without attachments"
    visit.press(Qt.Key.Key_Escape)
    visit.back_in_window()


@pytest.mark.parametrize("percent", [100, 150])
def test_29_the_dialog_fits_the_screen_with_large_letters(
    visit_of: Callable[..., Visit], scan: Path, percent: int
) -> None:
    visit = visit_of(percent=percent)
    attached(visit)
    dialog = open_papers(visit)
    assert visit.host.rect().contains(dialog.geometry().translated(-visit.host.geometry().topLeft()))
    visit.press(Qt.Key.Key_Escape)
    visit.back_in_window()
