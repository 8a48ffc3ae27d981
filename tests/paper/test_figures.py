"""The vitals chart and the fasting line as drawings."""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer
from reportlab.graphics.shapes import Circle, Drawing, Polygon, String

from checklist.model import AnswerState, ItemId, Reading, SessionState
from checklist.paper import chart_svg, fasting_svg, fonts
from checklist.paper.figures import chart_drawing, fasting_drawing
from checklist.snapshot import Record, Snapshot
from tests.paper import build

LEGEND = ("systolic", "diastolic", "heart rate") * 2  # a mark and a word for each


def said(drawing: Drawing) -> list[str]:
    return [shape.text for shape in _all(drawing.contents) if isinstance(shape, String)]


def _all(shapes: Sequence[object]) -> list[object]:
    found: list[object] = []
    for shape in shapes:
        found += [shape, *_all(getattr(shape, "contents", []))]
    return found


def is_hollow(shape: Circle | Polygon) -> bool:
    return shape.fillColor is not None and shape.fillColor.rgb() == (1, 1, 1)


def ticks(drawing: Drawing) -> list[tuple[str, float]]:
    """The numbers of the value axis with their heights."""
    values = ("60", "100", "140", "180", "220")
    return [(one.text, one.y) for one in _all(drawing.contents) if isinstance(one, String) and one.text in values]


def with_readings(*readings: Reading) -> Snapshot:
    whole = build.routine()
    return replace(whole, record=replace(whole.record, readings=readings))


def test_the_infusion_the_limit_and_the_own_baseline_are_named() -> None:
    words = said(chart_drawing(build.routine(), 530, 190))
    assert "Infusion 11:40 to 12:22" in words
    assert "limit 180" in words
    assert "166: 20 % over 138" in words


@pytest.mark.parametrize("width", [300, 340, 530])
def test_no_word_of_the_legend_is_cut_off_on_a_narrow_chart(width: int) -> None:
    words = [one for one in _all(chart_drawing(build.routine(), width, 190).contents) if isinstance(one, String)]
    last = next(one for one in words if one.text == "heart rate /min")
    assert last.x + fonts.width(last.text, last.fontName, last.fontSize) <= width


def test_two_sessions_have_the_same_axes() -> None:
    calm = chart_drawing(with_readings(build.reading("11:50", 110, 70, 60)), 530, 190)
    wild = chart_drawing(with_readings(build.reading("11:50", 215, 130, 160)), 530, 190)
    assert ticks(calm) == ticks(wild)
    assert len(ticks(calm)) == 5


def test_an_off_scale_pressure_is_hollow_with_its_number() -> None:
    drawing = chart_drawing(with_readings(build.reading("11:50", 236, 120, 80)), 530, 190)
    assert "236" in said(drawing)
    assert len([one for one in drawing.contents if isinstance(one, Polygon) and is_hollow(one)]) == 1


def test_an_excluded_reading_is_not_drawn() -> None:
    kept = build.reading("11:50", 140, 90, 80)
    drawing = chart_drawing(with_readings(kept, build.reading("11:55", 236, 120, 80, artefact="cuff")), 530, 190)
    assert "236" not in said(drawing)


def test_systolic_points_down_and_diastolic_up() -> None:
    drawing = chart_drawing(with_readings(build.reading("11:50", 140, 90, 80)), 530, 190)
    systolic, diastolic = [shape for shape in drawing.contents if isinstance(shape, Polygon)][:2]
    assert systolic.points[1] < systolic.points[3] == systolic.points[5]
    assert diastolic.points[1] > diastolic.points[3] == diastolic.points[5]


def test_the_last_reading_before_the_chart_stands_hollow_at_its_edge() -> None:
    drawing = chart_drawing(
        with_readings(build.reading("10:54", 142, 88, 76), build.reading("11:00", 138, 86, 74)), 530, 190
    )
    assert len([one for one in drawing.contents if isinstance(one, Circle) and is_hollow(one)]) == 1
    assert "11:00" in said(drawing)
    assert "10:54" not in said(drawing)


@pytest.mark.parametrize(("last", "end"), [("11:50", "12:40"), ("12:52", "13:10"), ("14:20", "14:25")])
def test_the_axis_ends_within_the_quarter_of_an_hour_after_the_last_reading(last: str, end: str) -> None:
    drawing = chart_drawing(with_readings(build.reading(last, 140, 90, 80)), 700, 190)
    clocks = [word for word in said(drawing) if len(word) == 5 and word[2] == ":"]
    assert max(clocks) == end


def test_a_patient_who_is_still_here_has_the_time_to_come_on_the_axis() -> None:
    whole = build.routine()
    running = replace(with_readings(build.reading("11:40", 140, 90, 80)), state=SessionState.INFUSING)
    running = replace(running, record=replace(running.record, events=whole.record.events[:1]), now=build.at("11:45"))
    observe = running.protocol.limit("schedule.observe_after_end")
    assert observe == 30
    assert "12:55" in said(chart_drawing(running, 700, 190))  # 40 minutes ordered, 30 observed, then 5


def test_a_heart_rate_on_the_diastolic_point_lies_over_it() -> None:
    shapes = chart_drawing(with_readings(build.reading("11:50", 140, 76, 76)), 530, 190).contents
    kinds = [type(shape) for shape in shapes[: -len(LEGEND)]]
    heart = shapes[kinds.index(Circle)]
    assert kinds.index(Circle) > max(place for place, kind in enumerate(kinds) if kind is Polygon)
    assert isinstance(heart, Circle)
    assert heart.strokeColor is not None
    assert heart.strokeColor.rgb() == (1, 1, 1)


def test_an_infusion_under_way_shades_what_is_to_come() -> None:
    whole = build.routine()
    running = replace(whole, now=build.at("12:00"), state=SessionState.INFUSING)
    running = replace(running, record=replace(running.record, events=whole.record.events[:1]))
    assert "Infusion 11:40 to now" in said(chart_drawing(running, 530, 190))


def test_a_fast_that_is_too_short_says_when_it_is_enough() -> None:
    drawing = fasting_drawing(build.held(), 500)
    assert drawing is not None
    assert said(drawing) == ["Food 07:20, 4hr 20min of 6 h, enough at 13:20", "Fluid 09:40, 2hr of 2 h", "Start 11:40"]


def test_a_meal_not_known_to_be_light_needs_the_longer_time() -> None:
    held = build.held()
    fatty = held.record.answers[ItemId("fasting.fatty")]
    answers = {**held.record.answers, fatty.item: replace(fatty, state=AnswerState.UNKNOWN, value=None)}
    drawing = fasting_drawing(replace(held, record=replace(held.record, answers=answers)), 500)
    assert drawing is not None
    assert "Food 07:20, 4hr 20min of 8 h, enough at 15:20" in said(drawing)


def test_no_time_known_draws_no_fasting_line() -> None:
    assert fasting_drawing(build.empty(), 500) is None
    assert fasting_svg(build.empty()) == ""


def test_the_screen_gets_well_formed_svg_in_its_own_font() -> None:
    for svg in (chart_svg(build.routine()), fasting_svg(build.held()), chart_svg(build.extreme())):
        root = ElementTree.fromstring(svg)  # noqa: S314
        assert root.tag.endswith("svg")
        assert "font-family: 'Atkinson Hyperlegible Next'" in svg
        assert "Tabular" not in svg


def test_the_screen_can_draw_the_svg() -> None:
    for svg in (chart_svg(build.routine()), fasting_svg(build.held())):
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        assert renderer.isValid()
        assert renderer.defaultSize().width() == 660


def test_a_visit_without_readings_still_draws_its_axes() -> None:
    bare = replace(build.routine(), record=Record(build.routine().record.session))
    assert "220" in said(chart_drawing(bare, 530, 190))
