"""Everybody can use it: names for the screen reader, contrast for the eye, shapes beside colours."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableView, QWidget

from checklist.model import Level
from checklist.ui import style
from checklist.ui.app import App
from checklist.ui.shapes import Shape, shape_of, word_of
from tests.ui.hands import Hands
from tests.ui.test_first_day import AMARA, main_of

INPUTS = (QLineEdit, QAbstractButton, QApplication, QComboBox, QTableView)


def nameless(window: QWidget) -> list[str]:
    """Inputs that a screen reader could not name."""
    found = [child for child in window.findChildren(QWidget) if isinstance(child, INPUTS)]
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in found
        # Qt's own parts of a table or list have no role of their own.
        if not one.objectName().startswith("qt_")
        and type(one).__name__ != "QTableCornerButton"
        and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]


def test_every_input_of_the_first_run_has_a_name(app: App) -> None:
    assert nameless(app.window) == []


def test_every_input_of_every_page_has_a_name(clinic: App, hands: Hands) -> None:
    main = main_of(clinic)
    patient = main.desk.add_patient(AMARA)
    for place in ("today", "patients", "settings"):
        main.show_place(place)
    main.open_patient(patient.id)
    main.new_session()
    assert nameless(clinic.window) == []


def test_every_field_of_a_form_is_the_buddy_of_its_label(app: App) -> None:
    page = app.first_run
    assert page is not None
    buddies = {label.buddy().objectName() for label in page.findChildren(QLabel) if label.buddy() is not None}
    assert set(page.clinic.values()) | set(page.staff.values()) <= buddies


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(style.color(one)), luminance(style.color(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", ["clear", "note", "review", "stop", "brand"])
def test_words_on_their_own_tint_have_contrast(tone: str) -> None:
    assert contrast(tone, f"{tone}_tint") >= 4.5
    assert contrast("paper", tone) >= 4.5


@pytest.mark.parametrize("ink", ["ink", "ink2"])
@pytest.mark.parametrize("ground", ["paper", "ground", "review_tint", "stop_tint", "brand_tint"])
def test_text_has_contrast_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_levels_that_differ_in_weight_differ_in_shape_or_word() -> None:
    seen = {(shape_of(level), word_of(level)) for level in Level}
    assert len(seen) == len(Level)
    assert shape_of(Level.CLEAR) is Shape.CIRCLE
    assert shape_of(Level.STOP) is Shape.OCTAGON


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_sheet_has_no_unfilled_token_at_any_font_size(percent: int) -> None:
    filled = style.sheet(percent)
    assert "@" not in filled.partition("*/")[2]
    assert f"font-size: {round(15 * percent / 100)}px" in filled


@pytest.mark.parametrize("percent", [100, 150])
def test_the_window_holds_at_1366_by_768(qapp: QApplication, clinic: App, percent: int) -> None:
    main = main_of(clinic)
    style.apply(qapp, percent)
    try:
        for place in ("today", "patients", "settings"):
            main.show_place(place)
            least = clinic.window.minimumSizeHint()
            assert least.width() <= 1366
            assert least.height() <= 768
    finally:
        style.apply(qapp, 100)
