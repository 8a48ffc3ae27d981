"""Answering the questions of a visit by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.errors import NotSaved
from checklist.model import AnswerState, ItemId, TimeValue
from checklist.ui.items import ItemWidget
from checklist.ui.session.step_page import StepPage
from checklist.ui.widgets.fields import TextField
from tests.ui.hands import ALT, CTRL
from tests.ui.session.conftest import Visit


def text_of(visit: Visit, name: str) -> str:
    label = visit.page.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def item(visit: Visit, item_id: str) -> ItemWidget:
    return next(one for one in visit.page.findChildren(ItemWidget) if one.item_id == item_id)


def field(visit: Visit, name: str) -> TextField:
    found = item(visit, name).findChild(TextField)
    assert isinstance(found, TextField)
    return found


def test_name_and_birth_date_are_matched_with_y_and_y(visit: Visit) -> None:
    assert visit.at == "identity.name"
    visit.type("yy")
    assert visit.at == "consent.on_file"
    answers = visit.snapshot.record.answers
    assert answers[ItemId("identity.name")].value is True
    assert answers[ItemId("identity.born")].value is True


def test_nothing_is_answered_before_a_key_is_pressed(visit: Visit) -> None:
    for number in range(10):
        visit.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    visit.live.refresh()
    entered_today = [one for one in visit.snapshot.record.answers.values() if one.entered == visit.clock.now()]
    assert entered_today == []
    assert not visit.snapshot.record.readings


def test_after_the_last_question_enter_goes_on(visit: Visit) -> None:
    visit.type("yyyy")
    assert visit.at == "footer.next"
    visit.type("\n")
    assert visit.page.current_step == "fasting"
    assert visit.at == "fasting.solids"


def test_times_are_typed_as_people_say_them_and_shown_with_their_day(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("2130\nn0940\n1")
    assert field(visit, "fasting.solids").text() == "Tue 17-Nov 21:30"
    assert field(visit, "fasting.fluids").text() == "Today 09:40"
    assert visit.at == "footer.next"


def test_a_drink_at_0940_holds_a_start_at_1100_and_the_sentence_says_until_when(
    visit_of: Callable[..., Visit],
) -> None:
    visit = visit_of(planned="1100")
    visit.open("fasting")
    visit.type("2130\nn0940\n")
    assert text_of(visit, "side.verdict").startswith("Cannot start before 11:40: last clear fluid 09:40 (2hr).")


def test_the_button_of_a_finding_moves_the_start(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(planned="1100")
    visit.open("fasting")
    visit.type("2130\nn0940\n")
    visit.page.findings.start_wished.emit("11:40")
    assert visit.snapshot.record.session.planned.local.strftime("%H:%M") == "11:40"
    assert "Cannot start before" not in text_of(visit, "side.verdict")


def test_a_time_in_the_future_is_refused_and_the_text_stays(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("today 11:45\n")
    assert field(visit, "fasting.solids").text() == "today 11:45"
    assert visit.at == "fasting.solids"
    assert visit.snapshot.answer("fasting.solids") is None
    shown = [label.text() for label in item(visit, "fasting.solids").findChildren(QLabel) if label.isVisible()]
    assert any("still to come" in text for text in shown)


def test_a_meal_four_days_ago_is_asked_once_and_y_keeps_it(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("14-nov 08:00\n")
    assert visit.snapshot.answer("fasting.solids") is None
    visit.type("y")
    answer = visit.snapshot.answer("fasting.solids")
    assert answer is not None
    assert isinstance(answer.value, TimeValue)


def test_text_typed_is_not_lost_when_the_clock_refreshes_the_page(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("21")
    visit.pass_time(seconds=16)
    visit.type("30\ny")
    assert field(visit, "fasting.solids").text() == "Tue 17-Nov 21:30"


def test_u_says_not_known_and_is_an_answer(visit: Visit) -> None:
    visit.type("u")
    answer = visit.snapshot.answer("identity.name")
    assert answer is not None
    assert answer.state is AnswerState.UNKNOWN


def test_s_brings_the_escort_back_from_the_last_session(visit: Visit) -> None:
    visit.open("transport")
    visit.type("s")
    answer = visit.snapshot.answer("transport.name")
    assert answer is not None
    assert answer.value == "Chidi Okafor"
    assert visit.at == "transport.where"


def test_s_in_a_text_field_is_a_letter(visit: Visit) -> None:
    visit.open("infusion")
    visit.press(Qt.Key.Key_S)
    assert visit.snapshot.answer("dose.minutes") is None
    visit.press(Qt.Key.Key_Backspace)
    visit.press(Qt.Key.Key_S, ALT)
    assert visit.snapshot.answer("dose.minutes") is not None
    assert visit.at == "dose.mg"


def test_steps_open_by_ctrl_and_number_and_the_tenth_by_ctrl_0(visit: Visit) -> None:
    visit.press(Qt.Key.Key_4, CTRL)
    assert visit.page.current_step == "medicines"
    visit.press(Qt.Key.Key_0, CTRL)
    assert visit.page.current_step == "discharge"


def test_f4_lists_who_answered_what(visit: Visit) -> None:
    visit.type("y")
    assert isinstance(visit.page.page, StepPage)
    visit.page.page.items.focus_item("identity.name")
    visit.press(Qt.Key.Key_F4)
    shown = [label.text() for label in item(visit, "identity.name").findChildren(QLabel) if label.isVisible()]
    assert "Yes · R. Ortiz, RN 10:30" in shown


def test_what_could_not_be_saved_stays_in_its_field_and_retry_saves_it(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A disk cannot be made full on demand; everything but that one refusal is real.
    told: list[tuple[str, Callable[[], object]]] = []
    visit.page.not_saved.connect(lambda sentence, retry: told.append((sentence, retry)))
    visit.open("fasting")

    def full(*_args: object, **_kwargs: object) -> None:
        raise NotSaved("Not saved: the disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(visit.desk, "answer", full)
        visit.type("0730\n")
    assert [sentence for sentence, _ in told] == ["Not saved: the disk is full."]
    assert field(visit, "fasting.solids").text() == "0730"
    assert visit.snapshot.answer("fasting.solids") is None
    told[0][1]()
    assert visit.snapshot.answer("fasting.solids") is not None
    assert field(visit, "fasting.solids").text() == "Today 07:30"


def test_the_banner_shows_the_whole_name_at_half_again_the_letters(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of(size=(900, 600))
    name = visit.page.banner.name
    assert name.text() == "OKAFOR, Amara (Ms)"
    assert name.heightForWidth(name.width()) <= name.height()
    assert text_of(visit, "banner.allergy") == "ALLERGY  Penicillin: rash"


def test_a_drink_typed_ahead_of_the_clock_asks_and_no_goes_back_to_what_was_typed(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("2130\nn1130\n")
    assert visit.snapshot.answer("fasting.fluids") is None
    shown = item(visit, "fasting.fluids").message()
    assert shown.startswith("“1130” is still to come, so it is taken as Tue 17-Nov-2026 11:30.")
    visit.type("n")
    assert visit.at == "fasting.fluids"
    assert field(visit, "fasting.fluids").text() == "1130"


def test_last_night_ten_is_not_asked_about(visit: Visit) -> None:
    visit.open("fasting")
    visit.type("last night 10\n")
    assert field(visit, "fasting.solids").text() == "Tue 17-Nov 22:00"
