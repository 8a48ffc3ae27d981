"""Nothing is cut off, nothing runs out of its page, at the sizes and letter sizes that the product promises."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from checklist.pictures import as_photo
from checklist.ui.items.base import ItemWidget
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.observation import ObservationPage
from checklist.ui.session.parts.dialog import VisitDialog, below_banner
from checklist.ui.style import scaled
from checklist.ui.widgets.page import ScrollPage
from tests.paper.test_pictures_on_paper import face
from tests.ui.hands import ALT
from tests.ui.session.conftest import Visit, answer_all_before
from tests.ui.session.test_signing_pages import running

# Window without the navigation and the bars on top: 1366 x 768 at 100 and 150 %, 1920 x 1080.
SIZES = ((1282, 716, 100), (1240, 640, 150), (1836, 1028, 100))


@pytest.fixture(params=SIZES, ids=lambda one: f"{one[0]}x{one[1]} at {one[2]} %")
def sized(request: pytest.FixtureRequest, visit_of: Callable[..., Visit]) -> Visit:
    width, height, percent = request.param
    return visit_of(size=(width, height), percent=percent)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def outside(page: ScrollPage) -> list[str]:
    """Widgets that reach out of their page to the right."""
    inside, room = page.widget(), page.viewport().width()
    assert inside is not None
    reach = {
        one.objectName() or type(one).__name__: one.mapTo(inside, QPoint(one.width(), 0)).x()
        for one in inside.findChildren(QWidget)
        if one.isVisible() and not one.isWindow()
    }
    return [f"{name} reaches {x} of {room}" for name, x in reach.items() if x > room]


def cut_words(host: QWidget) -> list[str]:
    """Labels and buttons narrower than their words, or lower than their wrapped lines."""
    short = []
    for label in host.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        if label.wordWrap():
            fits = label.height() >= label.heightForWidth(label.width())
        else:
            fits = label.width() >= label.fontMetrics().horizontalAdvance(label.text())
        if not fits:
            short.append(label.text())
    for button in host.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.fontMetrics().horizontalAdvance(button.text()):
            short.append(button.text())
    return short


def fault(visit: Visit) -> list[str]:
    settle()
    page = visit.page
    return [*outside(page.page), *cut_words(page.page), *cut_words(page.banner), *cut_words(page.footer)]


def test_every_step_holds_its_words(sized: Visit) -> None:
    answer_all_before(sized)
    found = {}
    for view in sized.snapshot.steps:
        sized.open(view.step.id)
        found[view.step.id] = fault(sized)
    assert {step: faults for step, faults in found.items() if faults} == {}


def test_the_running_infusion_and_its_dialogs_hold_their_words(sized: Visit) -> None:
    running(sized)
    sized.type("142/88 84 97 14 s4\n")
    assert fault(sized) == []
    sized.press(Qt.Key.Key_X, ALT)
    dialog = sized.dialog()
    settle()
    assert isinstance(dialog, VisitDialog)
    assert cut_words(dialog) == []
    assert below_banner(sized.page).height() >= dialog.height()
    dialog.reject()


def out_of_view(visit: Visit, parts: Sequence[QWidget]) -> list[str]:
    """Parts of the page in front that a person would have to scroll for."""
    visit.qtbot.waitUntil(lambda: visit.worker.is_idle)
    settle()
    view = visit.page.page.viewport()
    edges = [(type(one).__name__, QRect(one.mapTo(view, QPoint(0, 0)), one.size())) for one in parts]
    return [f"{name} {edge}" for name, edge in edges if not view.rect().contains(edge)]


def test_clocks_line_chart_and_sets_stand_in_one_view_on_the_small_screen(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(size=(1282, 716))
    running(visit)
    page = visit.page.page
    assert isinstance(page, InfusionPage)
    visit.type("136/84 78 98 14 s5\n")
    for values in ("142/88 84 97 14 s4", "148/90 86 97 15 s4", "144/88 84 97 14 s4", "140/86 82 97 14 s4"):
        visit.pass_time(minutes=10)
        visit.type(f"{values}\n")
    monitor = page.monitor
    assert len(monitor.readings.table.keys()) == 5
    assert out_of_view(visit, (monitor.clocks, monitor.line, monitor.chart, monitor.readings)) == []
    visit.live.stop("50", "completed")
    visit.open("observation")
    watched = visit.page.page
    assert isinstance(watched, ObservationPage)
    for values in ("136/84 80 98 14 s5", "132/82 76 98 14 s5", "128/82 74 98 14 s5", "126/80 72 98 14 s5 d0"):
        visit.pass_time(minutes=15)
        visit.type(f"{values}\n")
    assert len(watched.readings.table.keys()) == 4
    assert out_of_view(visit, (watched.clocks, watched.line, watched.chart, watched.readings)) == []


def test_the_sets_of_the_infusion_are_one_click_away_after_it(visit: Visit) -> None:
    running(visit)
    visit.type("142/88 84 97 14 s4\n")
    visit.live.stop("50", "completed")
    visit.open("observation")
    page = visit.page.page
    assert isinstance(page, ObservationPage)
    before = page.readings.table.keys()
    assert before  # nothing measured since: those of the infusion are all there is
    visit.pass_time(minutes=15)
    visit.type("136/84 80 98 14 s5\n")
    assert len(page.readings.table.keys()) == 1
    assert page.earlier.accessibleName() == "Show the 1 set of the infusion"
    visit.hands.click(page.earlier)
    assert page.readings.table.keys()[:-1] == before


def test_a_page_made_narrower_puts_the_answers_below_and_back_again(visit: Visit) -> None:
    visit.open("infusion")
    page = visit.page.page
    assert isinstance(page, InfusionPage)
    basis = next(one for one in page.items.findChildren(ItemWidget) if one.item_id == "dose.weight_basis")
    settle()
    assert basis.control.y() < basis._label.y() + basis._label.height()
    visit.page.resize(880, 716)
    settle()
    assert basis.control.y() >= basis._label.y() + basis._label.height()
    assert fault(visit) == []
    visit.page.resize(1282, 716)
    settle()
    assert basis.control.y() < basis._label.y() + basis._label.height()


def test_16_the_photograph_makes_the_banner_no_taller_and_cuts_no_word(sized: Visit) -> None:
    settle()
    plain = sized.page.banner.height()
    sized.desk.set_photo(sized.snapshot.patient.id, as_photo(face()))
    sized.live.refresh()
    settle()
    banner = sized.page.banner
    assert banner.portrait.isVisible()
    assert banner.height() == plain
    assert banner.portrait.height() >= scaled(28)
    banner.show_same_name(True)
    assert fault(sized) == []
