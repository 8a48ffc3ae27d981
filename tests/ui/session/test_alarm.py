"""What calls for a provider after the clearance: on the very page, with its decision."""

from PySide6.QtCore import Qt

from checklist.model import Choice, Meaning, SessionState
from checklist.ui.session.infusion import InfusionPage
from checklist.ui.session.parts.decide_dialog import DecideDialog
from tests.ui.hands import ALT
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before


def _infusion(visit: Visit) -> InfusionPage:
    page = visit.page.page
    assert isinstance(page, InfusionPage)
    return page


def _order_with(visit: Visit, mg: str) -> InfusionPage:
    """Cleared and signed, the order as last time but for the mg."""
    answer_all_before(visit)
    visit.desk.plan_start(visit.live.session_id, "now")
    visit.desk.sign(visit.live.session_id, Meaning.CHECKED, user="ortiz", password=PASSWORD)
    visit.live.refresh()
    visit.open("infusion")
    visit.press(Qt.Key.Key_S, ALT)
    visit.type(f"{mg}\ny")
    return _infusion(visit)


def _running(visit: Visit) -> InfusionPage:
    page = _order_with(visit, "34.2")
    check = {
        "patient": "yes",
        "drug": "ketamine",
        "weight": "68.4 kg",
        "mg": "34.2",
        "concentration": "50",
        "total_ml": "50",
        "rate": "75",
    }
    visit.live.verify_dose(check, "lee", PASSWORD)
    visit.desk.start(visit.live.session_id)
    visit.live.refresh()
    page.focus_first()
    return page


def test_a_dose_that_differs_from_the_arithmetic_is_decided_by_the_provider_on_its_own_page(visit: Visit) -> None:
    page = _order_with(visit, "44")
    assert visit.at == "decide.dose.differs"
    visit.type("pheavier than it looks\n\n")
    assert isinstance(visit.dialog(), DecideDialog)
    visit.type(PASSWORD + "\n")
    visit.back_in_window()
    decided = next(one for one in visit.snapshot.findings if one.key == "dose.differs").decision
    assert decided is not None
    assert decided.reason == "heavier than it looks"
    assert page.decisions.isVisible()


def test_no_alarm_stands_while_the_readings_are_inside_the_limits(visit: Visit) -> None:
    page = _running(visit)
    visit.type("136/84 78 98 14 s5\n")
    assert not page.monitor.alarm.isVisible()


def test_blood_pressure_above_200_once_calls_the_provider_in_large_words(visit: Visit) -> None:
    page = _running(visit)
    visit.type("204/118 98 96 16 s4\n")
    assert page.monitor.alarm.isVisible()
    assert page.monitor.alarm.accessibleName().startswith("Call the provider now. BP 204/118")
    assert visit.at == "vitals.line"  # the next reading is not in the way of the alarm, nor the alarm in its


def test_the_alarm_calms_down_with_a_good_reading_and_goes_with_the_provider_s_decision(visit: Visit) -> None:
    page = _running(visit)
    visit.type("204/118 98 96 16 s4\n")
    visit.pass_time(minutes=5)
    visit.type("148/90 84 97 14 s4\n")
    assert page.monitor.alarm.accessibleName().startswith("Tell the provider. BP 204/118 mmHg at 10:30, now back to 14")
    assert visit.snapshot.state is SessionState.INFUSING
    visit.desk.decide(
        *(visit.live.session_id, "monitor.bp", Choice.PROCEED, "Seen, no symptoms"), user="menon", password=PASSWORD
    )
    visit.live.refresh()
    assert not page.monitor.alarm.isVisible()
