"""The photograph on the screen: beside the name where people are mixed up, and never in the way."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checklist.attached import PhotoState
from checklist.desk import PatientRow
from checklist.model import Patient, PatientId, Sex
from checklist.pictures import as_photo
from checklist.ui.app import App
from checklist.ui.finder import SAME_NAME, FoundList
from checklist.ui.pages.photo_dialog import PhotoDialog
from checklist.ui.photographs import photo_dialog
from checklist.ui.tasks import Worker
from checklist.ui.widgets.portrait import image_of
from checklist.ui.widgets.table import Cell, Column, Look, RowTable, TableRow
from tests.paper.test_pictures_on_paper import face

DAY = date(1980, 5, 19)
FACE = as_photo(face()).data


@pytest.fixture
def okafor(at_work: App) -> PatientId:
    assert at_work.main is not None
    return at_work.main.desk.find_patients("okafor")[0].patient.id


@pytest.fixture
def dialog_of(qtbot: QtBot, at_work: App, okafor: PatientId) -> Iterator[Callable[[], PhotoDialog]]:
    main = at_work.main
    assert main is not None
    worker = Worker(main)

    def opened() -> PhotoDialog:
        assert main is not None
        dialog = photo_dialog(main.desk, okafor, worker, main)
        dialog.open()
        return dialog

    yield opened
    worker.close()


def test_16_a_photograph_is_chosen_looked_at_and_then_kept(
    qtbot: QtBot, at_work: App, okafor: PatientId, dialog_of: Callable[[], PhotoDialog], tmp_path: Path
) -> None:
    assert at_work.main is not None
    desk, path = at_work.main.desk, tmp_path / "DSC_0001.JPG"
    path.write_bytes(face())
    dialog = dialog_of()
    assert dialog.keep.isHidden()
    dialog.take(str(path))
    qtbot.waitUntil(lambda: not dialog.keep.isHidden())
    assert desk.photo(okafor) is None
    dialog.keep.click()
    photo = desk.photo(okafor)
    assert photo is not None
    assert (photo.state, photo.data) == (PhotoState.TAKEN, FACE)


def test_16_a_picture_that_cannot_be_read_is_said_and_nothing_is_kept(
    qtbot: QtBot, at_work: App, okafor: PatientId, dialog_of: Callable[[], PhotoDialog], tmp_path: Path
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(face()[:5000])
    dialog = dialog_of()
    dialog.take(str(path))
    qtbot.waitUntil(lambda: not dialog.problem.isHidden())
    assert dialog.problem.text().startswith("The picture is damaged or cut short.")
    assert dialog.keep.isHidden()
    assert at_work.main is not None
    assert at_work.main.desk.photo(okafor) is None
    dialog.reject()


def test_16_the_found_list_shows_the_photograph_beside_the_marked_name(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(760, 300)
    found = FoundList(host)
    patient = Patient(PatientId("p"), "Smith", "John", DAY, Sex.MALE, "0048 77")
    rows = [PatientRow(patient, None, None, same_name=True, photo=one) for one in (None, FACE)]
    heights = []
    for row in rows:
        found.show_found([row], DAY)
        found.setFixedWidth(760)
        found.show()
        host.show()
        heights.append(found.table.rowHeight(0))
    assert heights[0] == heights[1]
    dark = found.table.grab().toImage().scaled(700, 44)
    place = [dark.pixelColor(x, y) for x in range(14, 44) for y in range(10, 34)]
    assert any(one.blue() > one.red() + 30 for one in place)


def test_16_a_photograph_is_drawn_no_larger_than_its_place() -> None:
    drawn = image_of(FACE, QSize(44, 46))
    assert (drawn.width() <= 44, drawn.height()) == (True, 46)


@pytest.mark.parametrize("name", ["Li, B", "Smith, John", "Papadopoulos-Vandersteen, Konstantina"])
@pytest.mark.parametrize("wide", [120, 180, 260, 700])
def test_16_photograph_name_and_mark_have_room_in_a_column_of_any_width(qtbot: QtBot, name: str, wide: int) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(wide, 400)
    table = RowTable((Column("Patient", wide),), "Patients", host)
    table.resize(wide, 400)
    host.show()
    heights = []
    for photo in (None, FACE):
        table.show_rows([TableRow("1", (Cell(name, Look.STRONG, mark=SAME_NAME, photo=photo),))])
        table.grab()
        table.resizeRowsToContents()
        heights.append(table.rowHeight(0))
    assert heights[1] >= max(heights[0], 40)
