"""Time since the last infusion, the number of this one, and whether the course helps (reference 10 and 5.4)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from checklist.model import EventKind, Level
from checklist.protocol import Protocol
from checklist.rules.course import phq9_totals
from checklist.rules.facts import Facts, finding
from checklist.rules.questionnaires import phq9_course, total_from
from checklist.rules.texts import limit_text, when
from checklist.snapshot import Finding
from checklist.times import Moment, written_length

STEP = "clearance"
HELPED = ("response", "remission")


def assess(hours: Decimal, phase: str, protocol: Protocol) -> Level:
    """CLEAR, NOTE (asked once more), REVIEW (long gap during induction) or STOP, by hours since the last start."""
    if hours < protocol.limit("interval.stop_below"):
        return Level.STOP
    if hours < protocol.limit("interval.confirm_below"):
        return Level.NOTE
    too_long = hours > protocol.limit("interval.review_induction") * 24
    return Level.REVIEW if too_long and phase == "induction" else Level.CLEAR


def last_start(facts: Facts) -> Moment | None:
    """When the last infusion began; visits that never started are passed over."""
    earlier = [*facts.past.course_records, *([facts.past.last] if facts.past.last else [])]
    starts = [event.at for record in earlier if (event := record.event(EventKind.STARTED))]
    return max(starts, default=None)


def findings(facts: Facts) -> Iterator[Finding]:
    """The interval, when there is an earlier infusion; and a number beyond the planned series."""
    last = last_start(facts)
    if last is not None:
        yield from _interval(facts, last)
    session = facts.record.session
    if session.course_total and session.number > session.course_total:
        yield finding(
            "interval.number",
            Level.REVIEW,
            f"Infusion {session.number} of a series of {session.course_total}",
            "More infusions than were planned.",
            "The provider decides whether the series goes on.",
            STEP,
            inputs=(("number", str(session.number)), ("total", str(session.course_total))),
        )
    yield from _response(facts)


def _response(facts: Facts) -> Iterator[Finding]:
    """After so many infusions for mood the provider looks at whether they help (reference 10)."""
    session, given = facts.record.session, facts.record.session.number - 1
    if session.indication != "mood" or given < facts.limit("course.response_from") or not _is_looked_at(facts):
        return
    first, latest = phq9_totals(facts)
    if first is None or latest is None:
        title, level = f"Response after {given} infusions is not known", Level.NOTE
        detail, action = "There are no two PHQ-9 totals in this course.", "Ask the PHQ-9 today, for the provider."
    elif (course := phq9_course(first, latest)) not in HELPED:
        title, level = f"{course.capitalize()} after {given} infusions: PHQ-9 {first}, now {latest}", Level.REVIEW
        detail = f"Looked at from {limit_text(facts, 'course.response_from')} on. A response is a fall by half."
        action = "The provider decides whether and how the course goes on."
    else:
        return
    yield finding(
        "course.response",
        level,
        title,
        detail,
        action,
        STEP,
        source=facts.protocol.source_of("course.response_from"),
        inputs=(("given", str(given)), ("first", str(first)), ("latest", str(latest))),
    )


def _is_looked_at(facts: Facts) -> bool:
    """At each visit of a planned induction; otherwise when the PHQ-9 was asked today."""
    session = facts.record.session
    is_planned = session.phase == "induction" and session.course_total > 0
    return is_planned or total_from(facts.record, "phq9") is not None


def _interval(facts: Facts, last: Moment) -> Iterator[Finding]:
    phase, length = facts.record.session.phase, facts.start.since(last.to_minute())
    level = assess(Decimal(length // timedelta(minutes=1)) / 60, phase, facts.protocol)
    same_day = last.local.date() == facts.start.local.date()
    if same_day:
        level = Level.STOP
    if level is not Level.CLEAR:
        yield _not_clear(facts, last, level, length, same_day)


def _not_clear(facts: Facts, last: Moment, level: Level, length: timedelta, same_day: bool) -> Finding:
    key = {Level.STOP: "stop_below", Level.NOTE: "confirm_below", Level.REVIEW: "review_induction"}[level]
    limit = limit_text(facts, f"interval.{key}")
    days = length // timedelta(days=1)
    title = f"Last infusion {written_length(length)} before this one"
    detail, action = f"Less than {limit}.", "Not today; the provider decides."
    if level is Level.NOTE:
        action = "Is this interval meant? Check the order."
    if level is Level.REVIEW:
        title, detail = f"Last infusion {days} days ago, during induction", f"More than {limit}."
        action = "The provider decides whether the series starts again."
    if same_day:
        title, detail = "A second infusion on one day", f"The first started {when(last, facts)}."
    return finding(
        "interval.last",
        level,
        title,
        detail,
        action,
        STEP,
        source=facts.protocol.source_of(f"interval.{key}"),
        inputs=(("last", last.store()), ("planned", facts.record.session.planned.store())),
        until=last.plus(hours=float(facts.limit("interval.stop_below"))) if level is Level.STOP else None,
    )
