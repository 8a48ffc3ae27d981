"""What people mistype and what the world does, through the real window, real keys and the real data file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from checklist.desk import FrontDoor
from checklist.store.connection import one
from checklist.store.slots import Cost
from checklist.times import ManualClock
from checklist.ui.app import App
from checklist.ui.session.page import SessionPage
from tests.ui.conftest import PASSWORD
from tests.ui.hands import ALT, CTRL, Hands
from tests.ui.test_first_day import main_of

MARKUP = """<b>&"'"""


def hands_of(app: App) -> Hands:
    return Hands(app.window)


def okafor(app: App) -> SessionPage:
    """Ms Okafor's visit, begun by keys."""
    hands = hands_of(app)
    hands.press(Qt.Key.Key_N, CTRL)
    hands.type("oka\n\n")
    page = main_of(app).session
    assert page is not None
    return page


def step(app: App, number: int) -> SessionPage:
    page = main_of(app).session
    assert page is not None
    hands_of(app).press(Qt.Key(ord("0") + number), CTRL)
    return page


def shown_text(host: QWidget, name: str) -> str:
    label = host.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def recorded(page: SessionPage) -> list[int]:
    """Systolic pressures on record."""
    return [reading.sbp or 0 for reading in page.live.snapshot.record.readings]


def texts(host: QWidget) -> list[str]:
    """All words that stand on the screen now."""
    return [label.text() for label in host.findChildren(QLabel) if label.isVisible()]


# ---- times


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2561", "“2561” is not a time"), ("tomorrow 09:00", "is still to come"), ("after lunch", "is not a time")],
)
def test_a_time_that_cannot_be_is_refused_under_its_field_and_stays_there(at_work: App, typed: str, said: str) -> None:
    page = okafor(at_work)
    step(at_work, 2)
    hands = hands_of(at_work)
    assert hands.at.objectName() == "fasting.solids"
    hands.type(typed)
    assert any(said in text for text in texts(page))
    assert hands.at.property("text") == typed
    assert page.live.snapshot.answer("fasting.solids") is None


# ---- vital signs


def test_impossible_vital_signs_never_land(at_work: App) -> None:
    page = okafor(at_work)
    hands_of(at_work).press(Qt.Key.Key_R, CTRL)
    hands_of(at_work).type("400/80 72 98 14 36.6")
    assert "400" in shown_text(page, "vitals.problem")
    assert page.live.snapshot.record.readings == ()
    assert hands_of(at_work).at.property("text") == "400/80 72 98 14 36.6"


def test_unusual_vital_signs_ask_once_and_are_kept_with_y(at_work: App) -> None:
    page = okafor(at_work)
    hands = hands_of(at_work)
    hands.press(Qt.Key.Key_R, CTRL)
    hands.type("228/122 72 98 14 36.6")
    assert page.live.snapshot.record.readings == ()
    assert any("228" in text and "Confirm" in text for text in texts(page))
    hands.press(Qt.Key.Key_Return)  # Enter alone never says yes
    assert not page.live.snapshot.record.readings
    hands.press(Qt.Key.Key_R, CTRL)
    hands.press(Qt.Key.Key_Return)
    hands.type_only("y")
    assert recorded(page) == [228]


def test_a_symptom_behind_the_mark_is_previewed_recorded_and_shown(at_work: App) -> None:
    page = okafor(at_work)
    hands = hands_of(at_work)
    hands.press(Qt.Key.Key_R, CTRL)
    hands.type_only("128/80 72 98 14 36.6 ! ch")
    assert shown_text(page, "vitals.preview").endswith("! Chest pain")
    hands.press(Qt.Key.Key_Return)
    assert page.live.snapshot.record.readings[-1].symptoms == ("chest_pain",)


def test_a_symptom_that_nobody_knows_is_refused_with_the_list(at_work: App) -> None:
    page = okafor(at_work)
    hands_of(at_work).press(Qt.Key.Key_R, CTRL)
    hands_of(at_work).type("128/80 72 98 14 36.6 ! hiccups")
    assert "not on the list of symptoms: Chest pain" in shown_text(page, "vitals.problem")
    assert page.live.snapshot.record.readings == ()


# ---- patients


def new_patient(app: App, values: dict[str, str]) -> None:
    main_of(app).show_place("patients")
    hands_of(app).press(Qt.Key.Key_N, ALT)
    form = main_of(app).pages.form
    assert form is not None
    form.form.show_values(values)
    form.form.focus("family")
    hands_of(app).click(form._save)


def test_a_patient_without_a_name_is_refused_at_the_name(at_work: App) -> None:
    new_patient(at_work, {"family": "  ", "given": "Amara", "born": "14-Mar-1986"})
    form = main_of(at_work).pages.form
    assert form is not None
    assert "family" in form.form.problems()
    assert form.form.values()["born"] == "14-Mar-1986"


def test_the_same_name_and_birth_date_asks_before_a_second_record(at_work: App) -> None:
    new_patient(at_work, {"family": "Okafor", "given": "Amara", "born": "14-Mar-1986"})
    form = main_of(at_work).pages.form
    assert form is not None
    assert "OKAFOR" in form.question().upper()
    assert len(main_of(at_work).desk.find_patients("oka")) == 1


@pytest.mark.parametrize("name", ["Łuczak-Żółć", "O’Brien", "李", "אברהם", "Phạm Thị"])
def test_names_of_any_script_are_kept_letter_by_letter(at_work: App, name: str) -> None:
    new_patient(at_work, {"family": name, "given": "Zoë", "born": "02-Feb-1970"})
    found = main_of(at_work).desk.find_patients(name)
    assert [row.patient.family for row in found] == [name]
    assert any(name.upper() in text for text in texts(at_work.window))


# ---- what is typed is never markup


def test_markup_is_shown_letter_by_letter(at_work: App) -> None:
    new_patient(
        at_work,
        {"family": MARKUP, "given": MARKUP, "preferred": MARKUP, "born": "02-Feb-1970", "mrn": MARKUP},
    )
    main = main_of(at_work)
    patient = main.desk.find_patients("02-Feb-1970")[0].patient
    session = main.desk.new_session(patient.id).record.session.id
    main.open_session(session)
    desk, page = main.desk, main.session
    assert page is not None
    desk.answer(session, "transport.plan", "named_adult")
    desk.answer(session, "transport.name", MARKUP)
    desk.add_medicine(session, MARKUP)
    desk.record_effect(session, f"other {MARKUP} 1")
    page.live.refresh()
    for number in (3, 4, 7, 9):
        step(at_work, number)
        QApplication.processEvents()
        formats = {label.textFormat() for label in at_work.window.findChildren(QLabel)}
        assert formats == {Qt.TextFormat.PlainText}
    assert any(text.startswith("<B>&\"'") for text in texts(page.banner))
    assert f"known as “{MARKUP}”" in texts(page.banner)
    field = page.findChild(QWidget, "transport.name")
    assert field is not None
    assert field.property("text") == MARKUP
    assert field.toolTip() == "<p>&lt;b&gt;&amp;&quot;&#x27;</p>"


def pasted(app: App, count: int) -> SessionPage:
    """So many letters pasted as the escort's name, and Enter."""
    page = okafor(app)
    step(app, 3)
    hands = hands_of(app)
    hands.type_only("1")
    assert hands.at.objectName() == "transport.name"
    QApplication.clipboard().setText("x" * count)
    hands.press(Qt.Key.Key_V, CTRL)
    hands.press(Qt.Key.Key_Return)
    return page


def test_ten_thousand_letters_are_kept_whole_and_move_nothing(at_work: App) -> None:
    size = at_work.window.size()
    page = pasted(at_work, 10_000)
    QApplication.processEvents()
    answer = page.live.snapshot.answer("transport.name")
    assert answer is not None
    assert answer.value == "x" * 10_000
    assert at_work.window.size() == size
    step(at_work, 1)
    QApplication.processEvents()
    assert page.footer.next.isVisible()
    assert at_work.window.size() == size


def test_more_than_that_is_refused_and_stays_to_be_corrected(at_work: App) -> None:
    page = pasted(at_work, 10_001)
    assert page.live.snapshot.answer("transport.name") is None
    assert len(hands_of(at_work).at.property("text")) == 10_001
    assert any("at most 10000 fit here" in text for text in texts(page))


# ---- passwords


def entered(app: App) -> bool:
    return app.main is not None


def test_wrong_passwords_say_so_and_slow_down_until_the_time_has_passed(
    qtbot: QtBot, clinic: App, clock: ManualClock
) -> None:
    door = FrontDoor(clinic._door.folder, clock=clock, practice=False, workstation="front desk", cost=Cost(64, 1, 1))
    main_of(clinic).close_desk()
    clinic.main = None
    again = App(door)
    again.show()
    qtbot.waitUntil(again.window.isActiveWindow)
    page = again.sign_in
    assert page is not None
    hands = Hands(again.window)
    page.password.setFocus()
    for _ in range(2):
        hands.type("not this one")
        assert "do not belong together" in page.problem()
        assert page.button.isEnabled()
    hands.type("not this one")
    assert not page.button.isEnabled()
    assert "s to wait" in page.problem()
    waits = page._wait
    assert waits > 0
    hands.type(PASSWORD)
    assert not entered(again)
    clock.advance(seconds=waits)
    for _ in range(waits):
        page.tick()
    assert page.button.isEnabled()
    page.password.clear()
    page.password.setFocus()
    hands.type(PASSWORD)
    assert entered(again)
    again.close()


# ---- the world fails


@contextmanager
def full_disk(app: App) -> Iterator[Callable[[], object]]:
    """The data file may not grow by one page: SQLite itself says that the disk is full. Gives the way to free it."""
    db = main_of(app).desk._file._db
    db.execute(f"PRAGMA max_page_count = {one(db, 'PRAGMA page_count')}")
    yield lambda: db.execute("PRAGMA max_page_count = 1000000")
    db.execute("PRAGMA max_page_count = 1000000")


def test_a_full_disk_keeps_the_text_and_the_retry_saves_it(at_work: App) -> None:
    page = okafor(at_work)
    step(at_work, 3)
    hands = hands_of(at_work)
    hands.type_only("1")
    main = main_of(at_work)
    name = "Chidi " + "O" * 150
    with full_disk(at_work) as free:
        for _ in range(200):  # the last page has room for a few more entries
            hands.press(Qt.Key.Key_A, CTRL)
            name = name + "k" if len(name) < 190 else name[:160]
            hands.type(name)
            if main.bar.sentence():
                break
            page.page.items.focus_item("transport.name")
        assert main.bar.sentence().startswith("Not saved. Not saved: the disk is full.")
        assert hands.at.property("text") == name
        answer = page.live.snapshot.answer("transport.name")
        assert answer is None or answer.value != name
        free()
        hands.click(main.bar._button)
        assert main.bar.sentence() == ""
        answer = page.live.snapshot.answer("transport.name")
        assert answer is not None
        assert answer.value == name


def test_retry_of_a_board_that_could_not_be_read_draws_the_board(at_work: App) -> None:
    from checklist.errors import NotSaved

    main = main_of(at_work)
    tries: list[int] = []

    def board_of_a_waking_disk() -> object:
        tries.append(1)
        if len(tries) == 1:
            raise NotSaved("The disk sleeps.")
        return type(main.desk).board(main.desk)

    main.desk.board = board_of_a_waking_disk  # type: ignore[method-assign, assignment]
    at_work.window.setWindowTitle("")
    main.refresh_board()
    assert "The disk sleeps." in main.bar.sentence()
    hands_of(at_work).click(main.bar._button)
    assert main.bar.sentence() == ""
    assert at_work.window.windowTitle() != ""


def test_a_clock_set_back_by_an_hour_breaks_nothing(at_work: App, clock: ManualClock) -> None:
    page = okafor(at_work)
    hands = hands_of(at_work)
    hands.press(Qt.Key.Key_R, CTRL)
    hands.type("128/80 72 98 14 36.6")
    clock.jump(hours=-1)
    page.live.tick()
    main_of(at_work).tick()
    main_of(at_work).refresh_board()
    assert main_of(at_work).bar.sentence() == ""
    assert recorded(page) == [128]
    hands.press(Qt.Key.Key_R, CTRL)
    hands.type("126/78 70 98 14 36.6")
    assert sorted(recorded(page)) == [126, 128]
