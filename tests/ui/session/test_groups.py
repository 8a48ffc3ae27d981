"""Questions that nobody must answer: one line until due, begun or opened; a questionnaire by one key an answer."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.model import AnswerState
from checklist.ui.session.parts.group_fold import GroupFold
from tests.ui.session.conftest import ANSWERS_BEFORE, Visit

ALT = Qt.KeyboardModifier.AltModifier
PHQ, GAD, ELSEWHERE, LABS = "PHQ-9", "GAD-7", "Results from elsewhere", "Laboratory"


def line_of(visit: Visit, name: str) -> GroupFold:
    (found,) = (
        one for one in visit.page.page.items.findChildren(GroupFold) if one.button.objectName() == f"fold.{name}"
    )
    return found


def is_shown(visit: Visit, item: str) -> bool:
    """The question stands on the page."""
    return visit.page.page.items.focus_item(item)


def words_on(line: GroupFold) -> str:
    return " ".join(label.text() for label in line.findChildren(QLabel) if label.isVisible())


def screened(visit: Visit) -> None:
    """All is answered that must be; the page was opened then."""
    for item, text in ANSWERS_BEFORE["screening"].items():
        visit.desk.answer(visit.live.session_id, item, text)
    visit.live.refresh()
    visit.open("screening")


def test_what_is_not_due_is_one_line_and_costs_the_routine_no_key(visit: Visit) -> None:
    visit.open("screening")
    visit.type("nnn1nnnn")
    assert visit.at == "footer.next"
    assert visit.keys == 8
    assert line_of(visit, PHQ).state() == "Not due · last 12 on 11-Nov-2026"
    assert line_of(visit, GAD).state() == "Not due · last 7 on 11-Nov-2026"
    assert line_of(visit, ELSEWHERE).state() == line_of(visit, LABS).state() == "Nothing recorded"
    assert not any(is_shown(visit, item) for item in ("phq9.1", "gad7.1", "scores.cssrs", "labs.alt"))


def test_what_is_due_stands_open_with_its_words_and_still_costs_no_key(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of("smith")
    visit.open("screening")
    assert line_of(visit, PHQ).state() == "Due before infusion 1 · none before"
    assert is_shown(visit, "phq9.1")
    assert is_shown(visit, "gad7.7")
    told = words_on(line_of(visit, PHQ))
    assert "Over the last 2 weeks, how often have you been bothered by any of the following problems?" in told
    assert "Developed by Drs. Robert L. Spitzer" in told
    assert not is_shown(visit, "labs.alt")
    assert visit.page.page.open_count == 2 + 4 + 16  # infection, memory; ASQ; conditions of a man; no questionnaire


def test_alt_q_opens_the_questionnaire_and_each_answer_is_one_key(visit: Visit) -> None:
    screened(visit)
    visit.press(Qt.Key.Key_Q, ALT)
    assert visit.at == "phq9.1"
    before = visit.keys
    visit.type("1111000101")
    assert visit.keys - before == 10
    form = visit.snapshot.questionnaires[0]
    assert (form.total, form.band) == (5, "mild")
    assert line_of(visit, PHQ).state() == "5 of 27: mild · 7 below the 12 of 11-Nov-2026: response"
    assert visit.at == "footer.next"  # the GAD-7 is not due


def test_after_the_phq9_the_gad7_follows_when_it_is_due(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of("smith")
    visit.open("screening")
    visit.press(Qt.Key.Key_Q, ALT)
    assert visit.at == "phq9.1"
    visit.type("0000000000")
    assert visit.at == "gad7.1"
    visit.type("0000000")
    assert [one.total for one in visit.snapshot.questionnaires] == [0, 0]
    assert visit.at == "asq.1"  # what is needed and still open


def test_enter_without_an_answer_skips_the_rest_of_a_questionnaire(visit: Visit) -> None:
    screened(visit)
    visit.press(Qt.Key.Key_Q, ALT)
    visit.type("2\n")
    assert visit.at == "footer.next"
    assert visit.snapshot.answer("phq9.2") is None
    assert line_of(visit, PHQ).state() == "8 of 9 questions open: no total"
    visit.press(Qt.Key.Key_Q, ALT)
    assert visit.at == "phq9.2"


def test_unknown_and_declined_are_answers_of_a_questionnaire_too(visit: Visit) -> None:
    screened(visit)
    visit.press(Qt.Key.Key_Q, ALT)
    visit.type("u")
    assert visit.at == "phq9.2"
    visit.type("d")
    visit.type("Not now\n")
    assert visit.at == "phq9.3"
    states = [answer.state if (answer := visit.snapshot.answer(f"phq9.{place}")) else None for place in (1, 2)]
    assert states == [AnswerState.UNKNOWN, AnswerState.DECLINED]
    assert visit.snapshot.questionnaires[0].total is None


def test_a_group_opens_and_closes_by_its_button_and_keeps_what_was_typed(visit: Visit) -> None:
    screened(visit)
    line_of(visit, LABS).button.click()
    assert visit.at == "labs.lft_date"
    visit.type("1-nov-2026\n")
    assert visit.at == "labs.alt_times"
    assert line_of(visit, LABS).state() == "1 of 18 recorded"
    line_of(visit, LABS).button.click()
    assert not is_shown(visit, "labs.lft_date")
    line_of(visit, LABS).button.click()
    assert is_shown(visit, "labs.lft_date")
    assert visit.at == "labs.lft_date"


def test_tests_whose_date_has_run_out_open_the_laboratory(visit: Visit) -> None:
    screened(visit)
    assert not is_shown(visit, "labs.tsh_date")
    visit.live.answer("cond.thyroid", "yes", AnswerState.ANSWERED, "")
    assert is_shown(visit, "labs.tsh_date")


def test_thoughts_of_death_are_said_at_once(visit: Visit) -> None:
    screened(visit)
    visit.press(Qt.Key.Key_Q, ALT)
    visit.type("000000001")
    titles = [one.title for one in visit.snapshot.clearance.open_findings]
    assert "PHQ-9 question 9 (thoughts of death or self-harm): 1 of 3" in titles


def test_each_line_says_its_group_and_state_to_a_screen_reader(visit: Visit) -> None:
    screened(visit)
    assert line_of(visit, PHQ).button.accessibleName() == "Open PHQ-9. Not due · last 12 on 11-Nov-2026"
    assert line_of(visit, PHQ).button.text() == "Open  Alt Q"
    assert line_of(visit, GAD).button.text() == "Open"


@pytest.mark.parametrize("percent", [100, 150])
def test_an_open_questionnaire_is_never_wider_than_its_page(visit_of: Callable[..., Visit], percent: int) -> None:
    visit = visit_of(percent=percent)
    visit.open("screening")
    visit.press(Qt.Key.Key_Q, ALT)
    page = visit.page.page
    inside = page.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= page.viewport().width()
