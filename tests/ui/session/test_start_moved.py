"""An infusion planned for later is planned anew on the page from which it starts."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from checklist.model import Meaning
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.parts.ask import AskDialog
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before


def test_a_start_planned_for_noon_is_moved_to_now_on_the_infusion_page(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(planned="1200")
    answer_all_before(visit)
    visit.live.sign(Meaning.CHECKED, "ortiz", PASSWORD)
    visit.open("infusion")
    page = visit.page.page
    assert isinstance(page, InfusionPage)
    assert "Planned for 12:00" in visit.desk.start_blockers(visit.snapshot)[0]
    visit.press(Qt.Key.Key_M, ALT)
    assert isinstance(visit.dialog(), AskDialog)
    visit.type("now\n")
    visit.back_in_window()
    assert not any("Planned for" in reason for reason in visit.desk.start_blockers(visit.snapshot))
    assert visit.snapshot.record.session.planned == visit.clock.now()
