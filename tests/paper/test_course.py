"""The course and the follow-up call on paper, and the plot as it stands on both paper and screen."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Polygon, PolyLine, String

from checklist.course import (
    Course,
    CourseChoice,
    CourseDecision,
    CoursePlan,
    InfusionRow,
    MissedVisit,
    NextDue,
    Peak,
)
from checklist.ids import SessionId
from checklist.model import Answer, AnswerState, CallAttempt, ItemId, Level, Role
from checklist.paper import Document, PaperSize, course_svg, render
from checklist.paper.course_figure import course_drawing
from checklist.snapshot import CallState, Finding, FollowUp, Snapshot
from tests.paper import build
from tests.paper.build import at
from tests.paper.parts import NURSE
from tests.paper.pdf import flat, pages


def row(number: int, *, phq9: int | None = None, sbp: int | None = 148, mg: str | None = "34.2") -> InfusionRow:
    started = at("10:00").plus(days=3 * number - 30)
    return InfusionRow(
        session=SessionId(f"s{number}"),
        record_id=f"S-2026-{number:04d}",
        number=number,
        at=started,
        since_last=timedelta(days=3) if number > 1 else None,
        weight_kg=Decimal("68.4"),
        mg=Decimal(mg) if mg else None,
        mg_is_given=True,
        mg_per_kg=Decimal("0.50") if mg else None,
        minutes=40,
        peak=Peak(sbp, 90, started.plus(minutes=20)) if sbp else None,
        worst_grade=1,
        worst_effect="Dizziness",
        minutes_to_aldrete=25,
        minutes_to_leave=40,
        phq9=phq9,
        gad7=None,
    )


DECIDED = CourseDecision(
    CourseChoice.MAINTENANCE, "Halved", "Dr. A. Menon, MD", Role.PROVIDER, at("12:00"), "I decided."
)


def course(*rows: InfusionRow, total: int = 6, **more: object) -> Course:
    made = Course(
        id="S-2026-0001",
        first=SessionId("s1"),
        phase="induction" if total else "maintenance",
        indication="mood",
        total=total,
        plan=CoursePlan("Dr. A. Menon, MD", Decimal(3), "F33.2", "Dr. A. Menon, MD"),
        infusions=rows,
        missed=(MissedVisit("S-2026-0009", at("10:00"), "no_show", "Bus <late> & snow"),),
        escort_failures=1,
        response="response",
        due=(NextDue("Follow-up call", "not made", is_late=True), NextDue("Consent", "counts until 12-Oct-2027")),
        decision=CourseDecision(
            CourseChoice.MAINTENANCE, "Halved", "Dr. A. Menon, MD", Role.PROVIDER, at("12:00"), "I decided."
        ),
    )
    return replace(made, **more)  # type: ignore[arg-type]


SIX = tuple(row(number, phq9=score) for number, score in zip(range(1, 7), (21, None, 16, None, 11, 9), strict=True))


def with_course(made: Course) -> Snapshot:
    return replace(build.routine(), course=made)


def words_of(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


# ---- on paper


@pytest.mark.parametrize("size", PaperSize)
def test_a_series_of_six_stands_on_one_page(size: PaperSize) -> None:
    found = pages(render(Document.COURSE, with_course(course(*SIX)), size))
    assert len(found) == 1


def test_the_summary_names_plan_infusions_due_things_and_the_decision() -> None:
    printed = flat(render(Document.COURSE, with_course(course(*SIX)), PaperSize.LETTER))
    assert "Treatment course" in printed
    assert "ICD-10 F33.2 (Dr. A. Menon, MD)" in printed
    assert "Infusions here 6 of 6" in printed
    assert "Given in all 205.2 mg" in printed
    assert "34.2 mg (0.5 mg/kg) 40 148/90 at 20 min Dizziness 1 25 / 40 21" in printed
    assert "no-show" in printed
    assert "Bus <late> & snow" in printed
    assert "Maintenance infusions Halved" in printed
    assert "OKAFOR, Amara" in printed


def test_a_long_maintenance_goes_over_pages_with_its_head_on_each() -> None:
    many = course(*(row(number) for number in range(1, 61)), total=0)
    found = pages(render(Document.COURSE, with_course(many), PaperSize.LETTER))
    assert len(found) > 1
    assert all("Highest BP" in page.text for page in found[:2])


def test_an_empty_course_and_one_that_was_not_read_say_so() -> None:
    empty = course(missed=(), due=(), decision=None)
    assert "No infusion of this course is on record." in flat(
        render(Document.COURSE, with_course(empty), PaperSize.LETTER)
    )
    assert "The course was not read for this print." in flat(render(Document.COURSE, build.routine(), PaperSize.LETTER))


def test_the_same_course_gives_the_same_bytes() -> None:
    shown = with_course(course(*SIX))
    assert render(Document.COURSE, shown, PaperSize.A4) == render(Document.COURSE, shown, PaperSize.A4)


# ---- the plot


def test_each_infusion_has_its_place_score_pressure_and_dose() -> None:
    drawing = course_drawing(course(*SIX), 500, 190)
    told = words_of(drawing)
    assert [word for word in ("21", "16", "11", "9") if word in told] == ["21", "16", "11", "9"]
    assert told.count("34.2") == 6
    assert told.count("148") == 6
    circles = [shape for shape in drawing.contents if isinstance(shape, Circle)]
    assert [one.cx for one in circles] == sorted(one.cx for one in circles)
    assert circles[0].cy > circles[-1].cy
    assert sum(isinstance(shape, PolyLine) for shape in drawing.contents) == 1


def test_a_running_series_leaves_room_for_what_is_planned() -> None:
    drawing = course_drawing(course(row(3)), 500, 190)
    numbers = [shape.text for shape in drawing.contents if isinstance(shape, String) and shape.y == 18]
    assert numbers == ["Infusion", "1", "2", "3", "4", "5", "6"]
    triangle = next(shape for shape in drawing.contents if isinstance(shape, Polygon))
    assert triangle.points[0] < 500 / 2


def test_a_pressure_off_the_scale_is_hollow_and_says_its_number() -> None:
    drawing = course_drawing(course(row(1, sbp=231)), 500, 190)
    triangle = next(shape for shape in drawing.contents if isinstance(shape, Polygon))
    assert triangle.fillColor is not None
    assert triangle.fillColor.rgb() == (1, 1, 1)
    assert "231" in words_of(drawing)


def test_without_scores_doses_or_pressures_the_plot_says_so_and_stands() -> None:
    told = words_of(course_drawing(course(row(1, sbp=None, mg=None)), 500, 190))
    assert "No PHQ-9 total in this course" in told
    assert "?" in told


def test_forty_infusions_do_not_write_over_each_other() -> None:
    drawing = course_drawing(course(*(row(number) for number in range(1, 41)), total=0), 500, 190)
    doses = [shape for shape in drawing.contents if isinstance(shape, String) and shape.text == "34.2"]
    gaps = [later.x - earlier.x for earlier, later in pairwise(doses)]
    assert min(gaps) >= 24


def test_the_screen_gets_the_same_drawing_or_nothing() -> None:
    assert "34.2" in course_svg(with_course(course(*SIX)))
    assert course_svg(build.routine()) == ""


# ---- the follow-up call with the record


def answered(item: str, value: str | bool, *before: str | bool) -> tuple[Answer, ...]:
    return tuple(
        Answer(ItemId(item), AnswerState.ANSWERED, one, "", "", NURSE, at("10:00", 19), at("10:00", 19), 900 + place)
        for place, one in enumerate((*before, value))
    )


def test_the_record_prints_the_call_with_struck_answers_and_what_they_mean() -> None:
    history = {one[-1].item: one for one in (answered("call.reached", "patient"), answered("call.drove", True, False))}
    attempt = CallAttempt(1, NURSE, at("10:00", 19), {k: v[-1] for k, v in history.items()}, history, at("10:05", 19))
    found = Finding(
        "call.drove#1", Level.REVIEW, "Drove before it was allowed", "", "Write an incident report.", "followup"
    )
    status = FollowUp(at("12:22"), at("06:22", 19), at("12:22", 21), CallState.TELL, (attempt,), (found,))
    printed = flat(render(Document.RECORD, replace(build.routine(), follow_up=status), PaperSize.LETTER))
    assert "Follow-up call after the record was closed; its seal does not cover this part" in printed
    assert "Call 1, 19-Nov-2026 10:05" in printed
    assert "Drove, cycled or used machines before it was allowed Yes No" in printed
    assert "Drove before it was allowed Write an incident report." in printed


def test_a_call_not_made_yet_prints_its_window_and_a_visit_under_way_nothing() -> None:
    status = FollowUp(at("12:22"), at("06:22", 19), at("12:22", 21), CallState.DUE, (), ())
    printed = flat(render(Document.RECORD, replace(build.routine(), follow_up=status), PaperSize.LETTER))
    assert "Due 19-Nov-2026 06:22 to 21-Nov-2026 12:22. No call is on record." in printed
    assert "Follow-up call" not in flat(render(Document.RECORD, build.routine(), PaperSize.LETTER))
