"""How items are answered: by one key, in words, with reasons, and never by the program itself."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from checklist import resources
from checklist.model import Answer, AnswerState, ItemId, StaffId
from checklist.protocol.values import Carry, Item, ItemKind, NeededFor, Option
from checklist.snapshot import ItemView
from checklist.times import ManualClock
from checklist.ui.items import ItemWidget, make_item
from checklist.ui.widgets.segmented import Segment, Segmented
from tests.ui.hands import ALT, Hands

Heard = list[tuple[str, str, AnswerState, str]]
OPTIONS = (Option("none", "None", "1"), Option("some", "Some", "2"))


def item(kind: ItemKind, options: tuple[Option, ...] = ()) -> Item:
    return Item(
        id=ItemId("fasting.solids"),
        kind=kind,
        label="Last solid food",
        help="Type 2150.",
        options=options,
        needed_for=NeededFor.CLEARANCE,
        carry=Carry.NEVER,
        gates=(),
        show_when=(),
        bounds="",
        future=False,
        group="",
        clear_text="",
        line=1,
    )


class Asked:
    """One item on a window, and what it told."""

    def __init__(self, qtbot: QtBot, clock: ManualClock, kind: ItemKind, options: tuple[Option, ...] = ()) -> None:
        self.host = QWidget()
        qtbot.addWidget(self.host)
        column = QVBoxLayout(self.host)
        self.item = item(kind, options)
        self.widget: ItemWidget = make_item(self.item, 1, "Last solid food", "Type 2150.", self.host)
        self.other = QLineEdit(self.host)
        column.addWidget(self.widget)
        column.addWidget(self.other)
        self.clock = clock
        self.answered: Heard = []
        self.confirmed: Heard = []
        self.passed: list[str] = []
        self.reply: Callable[[], None] = lambda: None
        self.widget.answered.connect(self._hear)
        self.widget.confirmed.connect(lambda *said: self.confirmed.append(said))
        self.widget.passed.connect(self.passed.append)
        self.host.show()
        self.widget.focus_control()
        qtbot.waitUntil(self.widget.control.hasFocus)
        self.hands = Hands(self.host)

    def _hear(self, *said: str) -> None:
        self.answered.append(said)  # type: ignore[arg-type]
        self.reply()

    def show(self, state: AnswerState, value: object = None, text: str = "", *, carried: bool = False) -> None:
        now = self.clock.now()
        answer = Answer(self.item.id, state, value, "typed", "", StaffId("ortiz"), now, now, 1)  # type: ignore[arg-type]
        self.widget.show_answer(ItemView(self.item, answer, carried), text)

    @property
    def shown(self) -> str:
        control = self.widget.control
        return control.text() if isinstance(control, QLineEdit) else ""


@pytest.fixture
def yes_no(qtbot: QtBot, clock: ManualClock) -> Asked:
    return Asked(qtbot, clock, ItemKind.YES_NO)


@pytest.fixture
def time(qtbot: QtBot, clock: ManualClock) -> Asked:
    return Asked(qtbot, clock, ItemKind.TIME)


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_Y, "yes"), (Qt.Key.Key_N, "no")])
def test_y_and_n_answer_and_go_on(yes_no: Asked, key: Qt.Key, text: str) -> None:
    yes_no.hands.press(key)
    assert yes_no.answered == [("fasting.solids", text, AnswerState.ANSWERED, "")]
    assert yes_no.passed == ["fasting.solids"]


def test_u_is_unknown_at_once(yes_no: Asked) -> None:
    yes_no.hands.press(Qt.Key.Key_U)
    assert yes_no.answered == [("fasting.solids", "", AnswerState.UNKNOWN, "")]


@pytest.mark.parametrize(
    ("key", "state"), [(Qt.Key.Key_D, AnswerState.DECLINED), (Qt.Key.Key_A, AnswerState.NOT_APPLICABLE)]
)
def test_declined_and_not_applicable_ask_their_reason_in_place(yes_no: Asked, key: Qt.Key, state: AnswerState) -> None:
    yes_no.hands.press(key)
    assert yes_no.answered == []
    yes_no.hands.type("too tired")
    assert yes_no.answered == [("fasting.solids", "", state, "too tired")]
    assert yes_no.passed == ["fasting.solids"]


def test_escape_leaves_the_reason_and_changes_nothing(yes_no: Asked) -> None:
    yes_no.hands.press(Qt.Key.Key_D)
    yes_no.hands.press(Qt.Key.Key_Escape)
    assert yes_no.answered == []
    assert yes_no.hands.at is yes_no.widget.control


def test_a_choice_is_answered_by_the_key_of_its_option(qtbot: QtBot, clock: ManualClock) -> None:
    asked = Asked(qtbot, clock, ItemKind.CHOICE, OPTIONS)
    asked.hands.press(Qt.Key.Key_2)
    assert asked.answered == [("fasting.solids", "some", AnswerState.ANSWERED, "")]


def test_arrows_move_without_answering_and_space_answers(yes_no: Asked) -> None:
    yes_no.hands.press(Qt.Key.Key_Right)
    yes_no.hands.press(Qt.Key.Key_Right)
    assert yes_no.answered == []
    yes_no.hands.press(Qt.Key.Key_Space)
    assert yes_no.answered == [("fasting.solids", "no", AnswerState.ANSWERED, "")]


def test_the_choice_that_the_arrows_reached_is_marked_until_the_focus_leaves(yes_no: Asked) -> None:
    choices = yes_no.widget.findChildren(QPushButton)
    yes_no.hands.press(Qt.Key.Key_Right)
    assert [one.text() for one in choices if one.property("marked")] == ["Yes"]
    yes_no.hands.press(Qt.Key.Key_Tab)
    assert not any(one.property("marked") for one in choices)


def test_the_style_sheet_matches_no_property_that_is_qts_own(yes_no: Asked) -> None:
    own = yes_no.widget.metaObject()
    names = set(re.findall(r"\[(\w+)=", resources.read_text("style.qss")))
    assert "marked" in names
    assert [name for name in names if own.indexOfProperty(name) >= 0] == []  # setting one marks nothing


def test_enter_on_an_unanswered_item_goes_on_and_answers_nothing(yes_no: Asked) -> None:
    yes_no.hands.press(Qt.Key.Key_Return)
    assert yes_no.answered == []
    assert yes_no.passed == ["fasting.solids"]


@pytest.mark.parametrize("value", [True, False, None])
def test_drawing_an_answer_tells_nobody(yes_no: Asked, value: bool | None) -> None:
    yes_no.show(AnswerState.ANSWERED if value is not None else AnswerState.UNANSWERED, value)
    yes_no.show(AnswerState.DECLINED, None, "Declined: too tired")
    assert yes_no.answered == []


def test_a_refused_choice_shows_again_what_is_on_record(yes_no: Asked) -> None:
    yes_no.show(AnswerState.ANSWERED, True, "Yes")
    yes_no.reply = lambda: yes_no.widget.show_problem("Not saved: the disk is full.")
    yes_no.hands.press(Qt.Key.Key_N)
    control = yes_no.widget.control
    assert control.property("role") == "segments"
    assert control.choice() == "yes"  # type: ignore[attr-defined]
    assert yes_no.passed == []
    assert yes_no.widget.message() == "Not saved: the disk is full."


def test_a_time_is_sent_as_typed_with_enter_once(time: Asked) -> None:
    time.hands.type("last night 10")
    time.other.setFocus()
    assert time.answered == [("fasting.solids", "last night 10", AnswerState.ANSWERED, "")]
    assert time.passed == ["fasting.solids"]


def test_leaving_the_field_sends_what_was_typed(time: Asked) -> None:
    time.hands.type_only("2130")
    time.other.setFocus()
    assert time.answered == [("fasting.solids", "2130", AnswerState.ANSWERED, "")]
    assert time.passed == []


def test_after_saving_the_field_shows_the_time_as_understood(time: Asked) -> None:
    time.reply = lambda: time.show(AnswerState.ANSWERED, "x", "Tue 17-Nov 21:30")
    time.hands.type("2130")
    assert time.shown == "Tue 17-Nov 21:30"


def test_a_refresh_does_not_write_over_what_is_being_typed(time: Asked) -> None:
    time.hands.type_only("21")
    time.show(AnswerState.ANSWERED, "x", "Tue 17-Nov 20:00")
    assert time.shown == "21"


def test_a_refused_time_stays_in_its_field_and_leaving_does_not_ask_again(time: Asked) -> None:
    time.reply = lambda: time.widget.show_problem("“25:70” is not a time.")
    time.hands.type("25:70")
    time.other.setFocus()
    time.show(AnswerState.UNANSWERED)
    assert time.shown == "25:70"
    assert len(time.answered) == 1
    assert time.passed == []


def test_enter_sends_a_refused_text_again(time: Asked) -> None:
    time.reply = lambda: time.widget.show_problem("Not saved.")
    time.hands.type("2130")
    time.hands.press(Qt.Key.Key_Return)
    assert len(time.answered) == 2


def test_an_unusual_value_is_asked_once_and_enter_alone_does_not_confirm(time: Asked) -> None:
    time.reply = lambda: time.widget.show_question("That is 80 hours ago. Is it right?")
    time.hands.type("2130")
    time.hands.press(Qt.Key.Key_Return)
    assert time.confirmed == []
    assert time.hands.at is time.widget.control
    assert time.shown == "2130"


def test_y_confirms_an_unusual_value_with_the_same_text(time: Asked) -> None:
    time.reply = lambda: time.widget.show_question("That is 80 hours ago. Is it right?")
    time.hands.type("2130")
    assert time.widget.message() == "That is 80 hours ago. Is it right?"
    time.hands.press(Qt.Key.Key_Y)
    assert time.confirmed == [("fasting.solids", "2130", AnswerState.ANSWERED, "")]
    assert time.passed == ["fasting.solids"]
    time.show(AnswerState.ANSWERED, "x", "Sun 15-Nov 21:30")
    assert time.shown == "Sun 15-Nov 21:30"


def test_a_lone_u_in_a_time_field_is_unknown(time: Asked) -> None:
    time.hands.type("u")
    assert time.answered == [("fasting.solids", "", AnswerState.UNKNOWN, "")]
    assert time.passed == ["fasting.solids"]
    assert time.shown == ""


def test_a_lone_d_in_a_text_is_a_text(qtbot: QtBot, clock: ManualClock) -> None:
    asked = Asked(qtbot, clock, ItemKind.TEXT)
    asked.hands.type("d")
    assert asked.answered == [("fasting.solids", "d", AnswerState.ANSWERED, "")]


def test_alt_d_declines_a_text(qtbot: QtBot, clock: ManualClock) -> None:
    asked = Asked(qtbot, clock, ItemKind.TEXT)
    asked.hands.press(Qt.Key.Key_D, ALT)
    asked.hands.type("private")
    assert asked.answered == [("fasting.solids", "", AnswerState.DECLINED, "private")]


def test_emptying_a_field_makes_it_unanswered(time: Asked) -> None:
    time.show(AnswerState.ANSWERED, "x", "Tue 17-Nov 21:30")
    time.other.setFocus()
    time.widget.focus_control()
    time.hands.press(Qt.Key.Key_Delete)
    time.hands.press(Qt.Key.Key_Return)
    assert time.answered == [("fasting.solids", "", AnswerState.UNANSWERED, "")]


def test_alt_h_asks_for_the_history_and_escape_closes_it(time: Asked) -> None:
    wished: list[str] = []
    time.widget.history_wished.connect(wished.append)
    time.hands.press(Qt.Key.Key_H, ALT)
    time.widget.show_history(["21:30, R. Ortiz 10:41", "22:00, R. Ortiz 10:40"])
    assert wished == ["fasting.solids"]
    time.hands.press(Qt.Key.Key_Escape)
    assert "R. Ortiz" not in time.widget.control.accessibleDescription()
    assert time.answered == []


def test_the_key_before_a_number_cannot_be_read_as_a_part_of_it(qtbot: QtBot) -> None:
    choices = (Segment("10", "10 mg/mL", "1"), Segment("50", "50 mg/mL", "2"), Segment("y", "Yes", "Y"))
    host = QWidget()
    qtbot.addWidget(host)
    shown = [button.text() for button in Segmented(choices, "Strength", host).findChildren(QPushButton)]
    assert shown == ["(1)  10 mg/mL", "(2)  50 mg/mL", "Yes"]
