"""Vital signs in one line, side effects, observation; and a whole routine visit by keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from checklist.model import SessionState
from checklist.ui.session.parts.ask import AskDialog
from checklist.ui.session.parts.vitals_line import VitalsLine
from checklist.ui.session.vitals import VitalsPage
from tests.ui.hands import ALT, CTRL
from tests.ui.session.conftest import PASSWORD, Visit, answer_all_before, type_all_before


def state_of(visit: Visit) -> SessionState:
    return visit.snapshot.state


def line_of(visit: Visit) -> VitalsLine:
    visit.open("vitals")
    page = visit.page.page
    assert isinstance(page, VitalsPage)
    page.line.field.setFocus()
    return page.line


def test_the_preview_names_units_and_what_is_missing(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("142/88 76")
    assert "142/88 mmHg · HR 76" in line.preview.text()
    assert "Still missing: SpO2, RR, temperature" in line.preview.text()


def test_enter_keeps_the_set_and_the_focus_stays_for_the_next(visit: Visit) -> None:
    line_of(visit)
    visit.type("128/80 72 98 14 36.6\n")
    assert visit.at == "vitals.line"
    reading = visit.snapshot.record.readings[0]
    assert (reading.sbp, reading.dbp, reading.hr, reading.spo2, reading.rr) == (128, 80, 72, 98, 14)


def test_after_enter_stands_how_the_digits_were_read_not_the_digits(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("14288769814367\n")
    shown = line.preview.text()
    assert shown.startswith("Recorded: ")
    assert "142/88 mmHg · HR 76" in shown
    assert "14288" not in shown


def test_after_a_question_stands_how_the_line_was_read(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("128/80 38 98 14 36.6\n")
    visit.type("y")
    assert line.preview.text().startswith("Recorded: 128/80 mmHg · HR 38")


def test_arm_cuff_and_position_stand_in_the_preview_and_in_the_table(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("148/88 76 98 14 36.7 # left arm, large cuff")
    assert line.preview.text().endswith("left arm, large cuff")
    visit.type("\n")
    assert visit.snapshot.record.readings[0].remark == "left arm, large cuff"
    page = visit.page.page
    assert isinstance(page, VitalsPage)
    assert page.readings.table.cell(page.readings.table.keys()[0], 6).text == "left arm, large cuff"


def test_a_temperature_typed_in_fahrenheit_is_shown_to_a_tenth(visit: Visit) -> None:
    line_of(visit)
    visit.type("128/80 72 98 14 100.5f\n")
    page = visit.page.page
    assert isinstance(page, VitalsPage)
    key = page.readings.table.keys()[0]
    assert page.readings.table.cell(key, 5).text == "38.1"
    found = next(one for one in visit.snapshot.findings if one.key == "vitals.temp")
    assert found.title == "Temperature 38.1 °C"


def test_an_unusual_pulse_is_asked_once_and_y_keeps_it(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("128/80 38 98 14 36.6\n")
    assert not visit.snapshot.record.readings
    assert line.question.isVisible()
    visit.type("y")
    assert [reading.hr for reading in visit.snapshot.record.readings] == [38]
    assert not line.question.isVisible()


def test_no_goes_back_to_the_line_with_what_was_typed(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("128/80 38 98 14 36.6\nn")
    assert visit.at == "vitals.line"
    assert line.field.text() == "128/80 38 98 14 36.6"


def test_impossible_values_are_refused_in_words_and_stay(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("128/80 72 998 14 36.6\n")
    assert not visit.snapshot.record.readings
    assert line.problem.text()
    assert line.field.text() == "128/80 72 998 14 36.6"


def test_half_a_set_is_not_saved_by_going_elsewhere_and_is_there_again(visit: Visit) -> None:
    line = line_of(visit)
    visit.type("128/80 7")
    visit.press(Qt.Key.Key_1, CTRL)
    assert not visit.snapshot.record.readings
    visit.press(Qt.Key.Key_6, CTRL)
    assert line.field.text() == "128/80 7"


def test_f8_keeps_the_time_when_the_values_follow_later(visit: Visit) -> None:
    line_of(visit)
    visit.press(Qt.Key.Key_F8)
    visit.pass_time(minutes=4)
    visit.type("128/80 72 98 14 36.6\n")
    reading = visit.snapshot.record.readings[0]
    assert reading.observed.local.strftime("%H:%M") == "10:30"
    assert reading.entered.local.strftime("%H:%M") == "10:34"


def test_a_slipped_cuff_is_struck_with_a_reason_and_stays_in_the_table(visit: Visit) -> None:
    line_of(visit)
    visit.type("128/80 72 98 14 36.6\n")
    page = visit.page.page
    assert isinstance(page, VitalsPage)
    page.readings.table.setFocus()
    visit.type("x")
    dialog = visit.dialog()
    assert isinstance(dialog, AskDialog)
    visit.type("cuff slipped\n")
    visit.back_in_window()
    assert visit.snapshot.record.readings[0].artefact == "cuff slipped"
    key = page.readings.table.keys()[0]
    assert page.readings.table.cell(key, 6).text == "Struck: cuff slipped"


def test_ctrl_r_finds_the_line_from_anywhere(visit: Visit) -> None:
    visit.press(Qt.Key.Key_R, CTRL)
    assert visit.at == "vitals.line"
    assert visit.page.current_step == "vitals"


def test_the_answers_that_tests_begin_with_are_those_a_nurse_types(visit_of: Callable[..., Visit]) -> None:
    typed = visit_of()
    type_all_before(typed)
    record, step, typed_keys = typed.snapshot.record, typed.page.current_step, typed.keys
    told = visit_of()  # booked anew: the first is cancelled
    answer_all_before(told)
    same = told.snapshot.record
    assert {item: (one.state, one.value) for item, one in record.answers.items()} == {
        item: (one.state, one.value) for item, one in same.answers.items()
    }
    assert [(one.typed, one.confirmed) for one in record.current_medicines] == [
        (one.typed, one.confirmed) for one in same.current_medicines
    ]
    assert [one.typed for one in record.readings] == [one.typed for one in same.readings]
    assert (step, typed_keys > 60) == (told.page.current_step, True)
    assert typed.snapshot.clearance.kind == told.snapshot.clearance.kind


def test_a_routine_visit_stays_within_260_keys_without_a_mouse(visit_of: Callable[..., Visit]) -> None:
    visit = visit_of()
    type_all_before(visit)
    visit.type("\n")
    sign(visit)
    visit.page.focus_first()
    visit.type("\n")
    visit.press(Qt.Key.Key_S, ALT)
    visit.type("34.2\ny\n")
    visit.dialog()
    visit.type("y168.4k\n34.2\n50\n50\n75\n")
    visit.press(Qt.Key.Key_Tab)
    sign(visit)
    visit.page.focus_first()
    visit.type("\n")
    assert state_of(visit) is SessionState.INFUSING
    for line in ("134/84 78 98 14 5", "142/88 84 97 14 4", "148/90 86 97 1541", "144/88 84 97 1441"):
        visit.pass_time(minutes=10)
        visit.type(f"{line}\n")
    visit.type("\nna1\n")
    visit.press(Qt.Key.Key_X, ALT)
    visit.dialog()
    visit.type("50\n1\n")
    visit.back_in_window()
    assert visit.page.current_step == "observation"
    for line in ("136/84 78 98 1450", "130/82 74 98 1450"):
        visit.pass_time(minutes=15)
        visit.type(f"{line}\n")
    visit.type("\n\n2222222\n")
    visit.type("yyy134.2\nyyy\n")
    sign(visit)
    assert state_of(visit) is SessionState.DISCHARGED
    without_passwords = visit.keys - 3 * (len(PASSWORD) + 1)
    assert without_passwords <= 260, without_passwords


def sign(visit: Visit) -> None:
    visit.dialog()
    visit.type(f"{PASSWORD}\n")
    visit.back_in_window()


def test_the_criteria_stand_beside_the_observation(visit: Visit) -> None:
    visit.open("observation")
    titles = [label.text() for label in visit.page.criteria.findChildren(QLabel)]
    assert "Before discharge" in titles
    assert any("observed" in title for title in titles)
