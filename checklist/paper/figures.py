"""The vital signs chart and the fasting line, each one drawing for paper and screen.

Axes are fixed, so that two sessions compare at a glance. The shape of a marker says what it is; colour only helps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, Shape, String
from reportlab.lib.colors import Color

from checklist.model import AnswerState, EventKind, Reading, SessionState, Stage, TimeValue
from checklist.paper import fonts, words
from checklist.paper.text import CLEAR, HAIR, INK, INK_2, LINE, REVIEW, Colour
from checklist.snapshot import Snapshot
from checklist.times import Moment, written_length, written_time

LOW, HIGH = 40, 220  # mmHg and beats a minute, one scale for both
_TICKS = (60, 100, 140, 180, 220)
_BEFORE, _SHORTEST, _STEP = 15, 60, 15  # minutes: before the start, at least after it, between time labels
_MARGIN_AFTER = 5  # minutes between the last thing drawn and the right edge, at least
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 8.0, 30.0, 31.0
_PALE = (0.89, 0.937, 0.957)
_TO_COME = (0.945, 0.953, 0.96)
_GREY = (0.45, 0.48, 0.52)
_MARK = 3.4
_UNDER_WAY = (
    SessionState.INFUSING,
    SessionState.PAUSED,
    SessionState.OBSERVING,
    SessionState.READY_TO_LEAVE,
)
_APART = 20  # mmHg: nearer limit lines than this leave no room for words between them
_CLOSEST = 15.0  # points between two numbers of the SpO2 row


_Anchor = Literal["start", "middle", "end"]


def _color(colour: Colour) -> Color:
    return Color(*colour)


def _say(
    x: float, y: float, words_of: str, *, bold: bool = False, colour: Colour = INK_2, anchor: _Anchor = "start"
) -> String:
    return String(x, y, words_of, fontName=fonts.name(bold), fontSize=7.8, fillColor=_color(colour), textAnchor=anchor)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: Colour, width: float = 0.6) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=_color(colour), strokeWidth=width)


def _area(x: float, y: float, width: float, height: float, fill: Colour | None, edge: Colour | None = None) -> Rect:
    area = Rect(x, y, width, height)
    area.fillColor = _color(fill) if fill else None
    area.strokeColor = _color(edge) if edge else None
    area.strokeWidth = 0.9
    return area


@dataclass(frozen=True, slots=True)
class _Scale:
    """From minutes and values to points of the drawing."""

    start: Moment
    last: int  # minutes after the start at the right edge
    width: float
    height: float

    def x(self, moment: Moment) -> float:
        minutes = moment.since(self.start).total_seconds() / 60
        share = (minutes + _BEFORE) / (self.last + _BEFORE)
        return _LEFT + min(1.0, max(0.0, share)) * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        share = (min(HIGH, max(LOW, value)) - LOW) / (HIGH - LOW)
        return _BOTTOM + share * (self.height - _BOTTOM - _TOP)

    def is_before(self, reading: Reading) -> bool:
        """True when it was taken before the chart begins."""
        return self.start.since(reading.observed) > timedelta(minutes=_BEFORE)

    @property
    def right(self) -> float:
        return self.width - _RIGHT

    @property
    def top(self) -> float:
        return self.height - _TOP


def chart_drawing(snapshot: Snapshot, width: float, height: float) -> Drawing:
    """Blood pressure, heart rate and SpO2 from 15 min before the start; excluded readings are not drawn.

    Of the earlier ones the last stands hollow at the left edge with its time.
    """
    valid = snapshot.record.valid_readings()
    scale = _Scale(words.start_of(snapshot), _end(snapshot, valid), width, height)
    readings = [one for one in valid if not scale.is_before(one)]
    readings = [one for one in valid if scale.is_before(one)][-1:] + readings
    drawing = Drawing(width, height)
    for shape in (
        *_ground(snapshot, scale),
        *_axes(scale),
        *_limits(snapshot, scale),
        *_heart_line(readings, scale),
        *(shape for one in readings for shape in _pressure(one, scale)),
        *_heart(readings, scale),
        *_saturation(readings, scale),
        *_legend(scale),
    ):
        drawing.add(shape)
    return drawing


def _end(snapshot: Snapshot, readings: Sequence[Reading]) -> int:
    """Minutes after the start at the right edge: the quarter of an hour after the last reading, or after the time
    at which a patient who is still here is expected to be ready. At least 60.
    """
    start = words.start_of(snapshot)
    times = [one.observed for one in readings]
    if snapshot.state in _UNDER_WAY:
        times.append(_expected_ready(snapshot, start))
    latest = max((one.since(start) for one in times), default=timedelta(0))
    minutes = int(latest.total_seconds() // 60) + _MARGIN_AFTER
    return max(_SHORTEST, -(-minutes // _STEP) * _STEP)


def _expected_ready(snapshot: Snapshot, start: Moment) -> Moment:
    """The end of the observation: as it runs, else the ordered minutes and the minimum time after them."""
    if snapshot.clocks and snapshot.clocks.ready_at:
        return snapshot.clocks.ready_at
    ordered = words.amount(snapshot, "dose.minutes") or Decimal(0)
    return start.plus(minutes=float(ordered + snapshot.protocol.limit("schedule.observe_after_end")))


def _ground(snapshot: Snapshot, scale: _Scale) -> Iterator[Shape]:
    """The infusion shaded, and what is still to come."""
    started, stopped = (snapshot.record.event(kind) for kind in (EventKind.STARTED, EventKind.STOPPED))
    if snapshot.state in _UNDER_WAY and scale.x(snapshot.now) < scale.right:
        now = scale.x(snapshot.now)
        yield _area(now, _BOTTOM, scale.right - now, scale.top - _BOTTOM, _TO_COME)
    if started:
        left = scale.x(started.at)
        right = scale.x(stopped.at if stopped else snapshot.now)
        until = written_time(stopped.at) if stopped else "now"
        yield _area(left, _BOTTOM, max(1.0, right - left), scale.top - _BOTTOM, _PALE)
        yield _say(left + 3, scale.top + 4, f"Infusion {written_time(started.at)} to {until}", colour=INK)


def _axes(scale: _Scale) -> Iterator[Shape]:
    for tick in _TICKS:
        yield _stroke(_LEFT, scale.y(tick), scale.right, scale.y(tick), HAIR)
        yield _say(_LEFT - 5, scale.y(tick) - 2.7, str(tick), anchor="end")
    yield _stroke(_LEFT, _BOTTOM, scale.right, _BOTTOM, LINE, 0.8)
    # Every label has room for `10:45`; a long visit shows every second or fourth quarter of an hour.
    every = _STEP * max(1, -(-(scale.last + _BEFORE) * 34 // (int(scale.right - _LEFT) * _STEP)))
    for minutes in range(0, scale.last + 1, every):
        at = scale.x(scale.start.plus(minutes=minutes))
        yield _stroke(at, _BOTTOM, at, _BOTTOM - 3, LINE)
        told = f"{scale.start.plus(minutes=minutes).local:%H:%M}"
        yield _say(min(at, scale.right - 11), _BOTTOM - 12, told, anchor="middle")


def _limits(snapshot: Snapshot, scale: _Scale) -> Iterator[Shape]:
    """Where the systolic pressure is repeated, and the patient's own line over the baseline."""
    limit = snapshot.protocol.limit("escalate.sbp_recheck_above")
    yield from _dashed(scale, limit, f"limit {words.number(limit)}")
    percent = snapshot.protocol.limit("escalate.own_baseline_percent")
    baseline = [one.sbp for one in snapshot.record.valid_readings(Stage.BASELINE) if one.sbp is not None]
    if baseline:
        own = Decimal(baseline[-1]) * (100 + percent) / 100
        if own < limit:
            told = f"{words.number(own, 0)}: {words.number(percent)} % over {baseline[-1]}"
            # Two lines close together: the lower one is told below itself.
            yield from _dashed(scale, own, told, below=limit - own < _APART)


def _dashed(scale: _Scale, value: Decimal, told: str, *, below: bool = False) -> Iterator[Shape]:
    at = scale.y(float(value))
    line = _stroke(_LEFT, at, scale.right, at, REVIEW, 0.8)
    line.strokeDashArray = [4, 3]
    yield line
    yield _say(scale.right - 2, at - 8 if below else at + 2.5, told, colour=REVIEW, anchor="end")


def _heart_line(readings: Sequence[Reading], scale: _Scale) -> Iterator[Shape]:
    flat = [number for one in readings if one.hr is not None for number in (scale.x(one.observed), scale.y(one.hr))]
    if len(flat) > 2:
        yield PolyLine(flat, strokeColor=_color(_GREY), strokeWidth=1)


def _heart(readings: Sequence[Reading], scale: _Scale) -> Iterator[Shape]:
    """Heart rate: grey circles over everything else, with a white edge where they meet a pressure."""
    for one in readings:
        if one.hr is None:
            continue
        x, inside = scale.x(one.observed), LOW <= one.hr <= HIGH
        yield _heart_mark(x, scale.y(one.hr), hollow=scale.is_before(one) or not inside)
        if not inside:
            yield _edge_number(x, one.hr, scale)


def _heart_mark(x: float, y: float, *, hollow: bool = False) -> Circle:
    fill, edge = ((1.0, 1.0, 1.0), _GREY) if hollow else (_GREY, (1.0, 1.0, 1.0))
    return Circle(x, y, 3.3, fillColor=_color(fill), strokeColor=_color(edge), strokeWidth=1.2)


def _pressure(one: Reading, scale: _Scale) -> Iterator[Shape]:
    """Systolic points down, diastolic points up, a line between them."""
    if one.sbp is None or one.dbp is None:
        return
    x = scale.x(one.observed)
    yield _stroke(x, scale.y(one.dbp), x, scale.y(one.sbp), INK, 1.1)
    if scale.is_before(one):
        yield _say(x, _BOTTOM - 12, written_time(one.observed), anchor="middle")
    for value, upward in ((one.sbp, 1), (one.dbp, -1)):
        tip = scale.y(value)
        inside = LOW <= value <= HIGH
        corners = [x, tip, x - _MARK, tip + upward * _MARK * 1.5, x + _MARK, tip + upward * _MARK * 1.5]
        fill = _color(INK if inside and not scale.is_before(one) else (1, 1, 1))
        yield Polygon(corners, fillColor=fill, strokeColor=_color(INK), strokeWidth=0.9)
        if not inside:
            yield _edge_number(x, value, scale)


def _edge_number(x: float, value: int, scale: _Scale) -> String:
    """An off-scale point says its number beside the edge."""
    y = scale.top - 9 if value > HIGH else _BOTTOM + 3
    return _say(x + 5, y, str(value), bold=True, colour=INK)


def _saturation(readings: Sequence[Reading], scale: _Scale) -> Iterator[Shape]:
    """A row of numbers; where readings stand too close for figures, the table has them all."""
    y = _BOTTOM - 26
    yield _say(_LEFT - 10, y, "SpO2 %", anchor="end")
    free = 0.0
    for one in readings:
        x = scale.x(one.observed)
        if one.spo2 is not None and x >= free:
            yield _say(x, y, str(one.spo2), bold=True, colour=INK, anchor="middle")
            free = x + _CLOSEST


def _legend(scale: _Scale) -> Iterator[Shape]:
    """Above the lines; on a narrow chart it begins further left, so that its last word is not cut off."""
    told = {"down": "systolic mmHg", "up": "diastolic mmHg", "heart": "heart rate /min"}
    widths = {kind: 11 + fonts.width(name, fonts.name(), 7.8) + 14 for kind, name in told.items()}
    y = scale.height - 8
    x = max(0.0, min(_LEFT, scale.width - sum(widths.values())))
    for kind, name in told.items():
        yield _legend_mark(kind, x + 4, y)
        yield _say(x + 11, y - 2.7, name)
        x += widths[kind]


def _legend_mark(kind: str, x: float, y: float) -> Shape:
    if kind == "heart":
        return _heart_mark(x, y)
    way = 1 if kind == "down" else -1
    corners = [x, y - 2 * way, x - _MARK, y + 3 * way, x + _MARK, y + 3 * way]
    return Polygon(corners, fillColor=_color(INK), strokeColor=_color(INK), strokeWidth=0.9)


@dataclass(frozen=True, slots=True)
class _Fast:
    """One kind of intake: when it was and how many hours are needed before the start."""

    name: str
    at: Moment
    needed: Decimal

    def ready(self) -> Moment:
        return self.at.plus(hours=float(self.needed))


def fasting_drawing(snapshot: Snapshot, width: float) -> Drawing | None:
    """Last food and last fluid on a line up to the start; None while neither is known."""
    fasts = _fasts(snapshot)
    if not fasts:
        return None
    start = words.start_of(snapshot)
    first = min(one.at for one in fasts)
    length = max(start.since(first).total_seconds(), 3600.0)
    drawing = Drawing(width, 20.0 + 17.0 * len(fasts))
    left, right = 4.0, width - 70.0
    for place, one in enumerate(fasts):
        y = drawing.height - 12.0 - 17.0 * place
        share = max(0.0, one.at.since(first).total_seconds() / length)
        drawing.add(_lane(one, start, left + min(1.0, share) * (right - left), right, y))
    drawing.add(_stroke(right, 6, right, drawing.height - 2, INK, 1.6))
    drawing.add(_say(right + 5, drawing.height - 14, f"Start {written_time(start)}", bold=True, colour=INK))
    return drawing


def _fasts(snapshot: Snapshot) -> list[_Fast]:
    profile = snapshot.protocol.setting("fasting_profile")
    fatty = snapshot.answer("fasting.fatty")
    # Not known to be a light meal counts as a fatty one, as in the rules: the line never looks better than it is.
    light = fatty is not None and fatty.state is AnswerState.ANSWERED and fatty.value is False
    kinds = (
        ("Food", "fasting.solids", "light_meal" if light else "fatty_meal"),
        ("Fluid", "fasting.fluids", "clear_liquid"),
    )
    found = []
    for name, item, limit in kinds:
        answer = snapshot.answer(item)
        if answer and isinstance(answer.value, TimeValue):
            found.append(_Fast(name, answer.value.at, snapshot.protocol.limit(f"fasting.{profile}.{limit}")))
    return found


def _lane(one: _Fast, start: Moment, left: float, right: float, y: float) -> Group:
    """A band from the intake to the start: full when long enough, outlined when not, with the length in words."""
    enough = one.ready() <= start
    colour = CLEAR if enough else REVIEW
    told = f"{one.name} {written_time(one.at)}, {written_length(start.since(one.at))} of {words.number(one.needed)} h"
    if not enough:
        told += f", enough at {written_time(one.ready())}"
    band = _area(left, y - 2.5, max(2.0, right - left), 5, colour if enough else None, colour)
    label = _say(right - 4, y - 11, told, bold=not enough, colour=INK if enough else colour, anchor="end")
    dot = Circle(left, y, 3, fillColor=_color(INK), strokeColor=_color(INK))
    return Group(band, dot, label)
