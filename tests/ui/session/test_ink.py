"""Signing with a pointer: press, move, let go; and what is said when nothing was drawn."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from checklist.ink import INK_WIDTH, InkMeaning
from checklist.ui.session.discharge import DischargePage
from checklist.ui.session.parts.ink import InkDialog
from checklist.ui.widgets.ink_pad import InkPad
from tests.ui.session.conftest import Visit


def draw(pad: InkPad, *points: tuple[float, float]) -> None:
    """One line, in parts of the pad's width and height."""
    places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in points]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


def opened(visit: Visit, meaning: InkMeaning) -> InkDialog:
    visit.open("discharge")
    page = visit.page.page
    assert isinstance(page, DischargePage)
    page.ink.ask(meaning)
    dialog = visit.dialog()
    assert isinstance(dialog, InkDialog)
    return dialog


def test_the_patient_signs_with_the_mouse_and_it_stands_on_the_page(visit: Visit) -> None:
    dialog = opened(visit, InkMeaning.PATIENT_ACKNOWLEDGED)
    patient = visit.snapshot.patient
    assert dialog.name.text() == f"{patient.given} {patient.family}"
    draw(dialog.pad, (0.1, 0.6), (0.4, 0.2), (0.8, 0.7))
    visit.hands.click(dialog.keep)
    ink = visit.snapshot.record.ink(InkMeaning.PATIENT_ACKNOWLEDGED)
    assert ink is not None
    assert ink.strokes[0][0] in range(90, 111)
    assert max(ink.strokes[0][::2]) in range(780, 821)


def test_an_empty_field_says_so_and_a_dot_is_no_signature(visit: Visit) -> None:
    dialog = opened(visit, InkMeaning.ESCORT_INSTRUCTED)
    visit.hands.click(dialog.keep)
    assert "A name is needed here" in dialog.problem.text()
    dialog.name.setText("Somebody")
    visit.hands.click(dialog.keep)
    assert "Nothing was drawn yet" in dialog.problem.text()
    draw(dialog.pad, (0.5, 0.5))
    visit.hands.click(dialog.keep)
    assert "Nothing was drawn yet" in dialog.problem.text()
    assert visit.snapshot.record.inks == ()


def test_clear_takes_every_line_away(visit: Visit) -> None:
    dialog = opened(visit, InkMeaning.ESCORT_INSTRUCTED)
    draw(dialog.pad, (0.1, 0.1), (0.9, 0.9))
    assert dialog.pad.strokes()
    dialog.pad.clear()
    assert dialog.pad.strokes() == ()


def test_a_line_that_leaves_the_field_stays_at_its_edge(visit: Visit) -> None:
    dialog = opened(visit, InkMeaning.ESCORT_INSTRUCTED)
    draw(dialog.pad, (0.5, 0.5), (1.4, 0.5))
    assert max(dialog.pad.strokes()[0][::2]) == INK_WIDTH
