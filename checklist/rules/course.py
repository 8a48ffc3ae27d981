"""A treatment course in numbers (reference 10): a pure function of the visits of one patient."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from checklist.course import Course, CourseDecision, CoursePlan, InfusionRow, MissedVisit, NextDue, Peak
from checklist.model import AnswerState, EventKind, ItemId, Stage
from checklist.rules import dose, followup, scores
from checklist.rules.consent import expires
from checklist.rules.facts import FACTS, Facts
from checklist.rules.questionnaires import phq9_course, total_from
from checklist.rules.texts import number
from checklist.snapshot import CallState, Past, Record
from checklist.times import Moment, written_date

NO_ESCORT = ("none", "rideshare_alone")
ALDRETE = ("aldrete.activity", "aldrete.respiration", "aldrete.consciousness")


def records_of(record: Record, past: Past) -> tuple[Record, ...]:
    """The visits of the course that this one belongs to, oldest first, itself last.

    A course ends where the phase or the indication changes, or where the count of infusions begins anew.
    """
    found = [record]
    for earlier in past.newest_first():
        here, before = found[-1].session, earlier.session
        same = (here.phase, here.indication) == (before.phase, before.indication)
        if not same or before.number > here.number or here.number == 1:
            break
        found.append(earlier)
    return tuple(reversed(found))


def phq9_totals(facts: Facts) -> tuple[int | None, int | None]:
    """The first and the latest PHQ-9 total since infusion 1, today's too; None, None without two of them.

    Since infusion 1, not since the phase changed: in maintenance a relapse is one from where the induction began.
    """
    return _first_and_latest((*facts.past.since_first(), facts.record))


def _first_and_latest(records: Iterable[Record]) -> tuple[int | None, int | None]:
    totals = [total for record in records if (total := total_from(record, "phq9")) is not None]
    return (totals[0], totals[-1]) if len(totals) > 1 else (None, None)


def course(
    facts: Facts,
    *,
    missed: Sequence[Record] = (),
    plan: CoursePlan | None = None,
    decision: CourseDecision | None = None,
) -> Course:
    """The course up to this visit. `missed`: visits of this patient, whenever they were, on which nothing was given."""
    records = records_of(facts.record, facts.past)
    first = records[0].session
    beside = [one for one in missed if one.session.planned >= first.planned and not one.in_error]
    visits = {one.session.id: one for one in (*beside, *records)}  # today's stands in both while nothing is given
    first_total, latest = _first_and_latest(records)
    made = Course(
        id=first.record_id,
        first=first.id,
        phase=first.phase,
        indication=first.indication,
        total=facts.record.session.course_total,
        plan=plan or CoursePlan(),
        infusions=tuple(_rows(facts, records)),
        missed=tuple(_missed(beside)),
        escort_failures=sum(map(_no_escort, visits.values())),
        response=phq9_course(first_total, latest) if first_total is not None and latest is not None else "",
        due=(),
        decision=decision,
    )
    return replace(made, due=tuple(_due(facts, made, records)))


def _missed(records: Iterable[Record]) -> Iterator[MissedVisit]:
    for record in sorted(records, key=lambda one: one.session.planned):
        ended = record.event(EventKind.ENDED)
        if ended is not None and record.event(EventKind.STARTED) is None:
            kind, why = ended.detail.get("kind", ""), ended.detail.get("reason", "")
            yield MissedVisit(record.session.record_id, record.session.planned, kind, why)


def _no_escort(record: Record) -> bool:
    """The visit ever had no escort: nobody arranged, a ride alone, or nobody there at the discharge."""
    plans = record.history.get(ItemId("transport.plan"), ())
    there = record.history.get(ItemId("discharge.escort"), ())
    return any(one.value in NO_ESCORT for one in plans) or any(one.value is False for one in there)


def _rows(facts: Facts, records: tuple[Record, ...]) -> Iterator[InfusionRow]:
    last: Moment | None = None
    for place, record in enumerate(records):
        started = record.event(EventKind.STARTED)
        if started is None:
            continue
        before = records[:place]
        own = replace(facts, record=record, past=Past(before[-1] if before else None, before))
        yield _row(own, started.at, last)
        last = started.at


def _row(facts: Facts, started: Moment, last: Moment | None) -> InfusionRow:
    session, stopped = facts.record.session, facts.record.event(EventKind.STOPPED)
    mg, is_given = _amount(facts)
    weight = facts.number("vitals.weight")
    worst = max(facts.record.current_effects, key=lambda one: one.grade, default=None)
    labels = {term.id: term.label for term in facts.protocol.effects}
    return InfusionRow(
        session=session.id,
        record_id=session.record_id,
        number=session.number,
        at=started,
        since_last=started.to_minute().since(last.to_minute()) if last else None,
        weight_kg=weight,
        mg=mg,
        mg_is_given=is_given,
        mg_per_kg=dose.rounded(mg / weight, 2) if mg is not None and weight else None,
        minutes=_minutes(started, stopped.at) if stopped else None,
        peak=_peak(facts.record),
        worst_grade=worst.grade if worst else None,
        worst_effect=labels.get(worst.term, worst.term) if worst else "",
        minutes_to_aldrete=_to_aldrete(facts, stopped.at) if stopped else None,
        minutes_to_leave=_to_leave(facts.record, stopped.at) if stopped else None,
        phq9=total_from(facts.record, "phq9"),
        gad7=total_from(facts.record, "gad7"),
    )


def _amount(facts: Facts) -> tuple[Decimal | None, bool]:
    """mg and whether they were given: before the stop, or without the pump's volume, only the order is known."""
    got = dose.given(facts)
    return (got.given_mg, True) if got else (facts.number("dose.mg"), False)


def _minutes(start: Moment, end: Moment) -> int | None:
    """Whole minutes; None when the clock says that the end came first."""
    length = end.to_minute().since(start.to_minute())
    return length // timedelta(minutes=1) if length >= timedelta(0) else None


def _peak(record: Record) -> Peak | None:
    since_start = (one for one in record.valid_readings() if one.stage is not Stage.BASELINE)
    taken = (Peak(one.sbp, one.dbp, one.observed) for one in since_start if one.sbp is not None)
    return max(taken, key=lambda one: one.sbp, default=None)


def _to_aldrete(facts: Facts, stopped: Moment) -> int | None:
    """Minutes from the stop to the answer that completed a passing Aldrete score, as it stands in the record."""
    answers = [facts.answer(item) for item in ALDRETE]
    times = [one.observed for one in answers if one is not None]
    return _minutes(stopped, max(times)) if len(times) == len(ALDRETE) and scores.aldrete(facts).passes else None


def _to_leave(record: Record, stopped: Moment) -> int | None:
    left = followup.left_at(record)
    return _minutes(stopped, left) if left else None


def _due(facts: Facts, made: Course, records: Sequence[Record]) -> Iterator[NextDue]:
    """What comes next: the infusion, the call, the provider's decision, consent, liver tests, questionnaires."""
    yield from _next_infusion(facts, made)
    yield from _call(facts)
    yield from _decision(facts, made)
    yield from _consent(facts)
    yield from _liver(facts)
    if made.indication == "mood":
        yield _questionnaire(records)


def _next_infusion(facts: Facts, made: Course) -> Iterator[NextDue]:
    every, last = made.plan.every_days, made.infusions[-1] if made.infusions else None
    if facts.started is None and facts.record.event(EventKind.ENDED) is None:
        planned = facts.record.session.planned
        yield NextDue("This infusion", f"planned {written_date(planned.local.date())}", planned.local.date())
    elif every is not None and last is not None:
        day = last.at.local.date() + timedelta(days=int(every))
        text = f"{written_date(day)}, {number(every)} days after the last"
        yield NextDue("Next infusion", text, day, is_late=day < facts.now.local.date())
    else:
        text = "No interval was planned" if every is None else "No infusion in this course yet"
        yield NextDue("Next infusion", text)


def _call(facts: Facts) -> Iterator[NextDue]:
    """Of the last visit whose patient has left."""
    given = [facts.record, *facts.past.newest_first()]
    last = next((one for one in given if followup.left_at(one) is not None), None)
    status = followup.follow_up(replace(facts, record=last, past=Past())) if last else None
    if status is None:
        return
    words = {
        CallState.DONE: "made",
        CallState.TELL: "made; a provider must be told",
        CallState.LATE: f"not made; was due until {written_date(status.due_until.local.date())}",
        CallState.WRITE: "nobody answered; write a letter or portal message",
    }
    text = words.get(status.state, f"from {written_date(status.due_from.local.date())}")
    late = status.state in (CallState.LATE, CallState.TELL, CallState.WRITE)
    yield NextDue("Follow-up call", text, status.due_from.local.date(), is_late=late)


def _decision(facts: Facts, made: Course) -> Iterator[NextDue]:
    total = facts.record.session.course_total
    done = made.infusions[-1].number if made.infusions else 0
    if not total or made.decision is not None:
        return
    if done < total:
        yield NextDue("Decision of a provider", f"after infusion {total}")
    else:
        yield NextDue("Decision of a provider", f"open: {done} of {total} infusions given", is_late=True)


def _consent(facts: Facts) -> Iterator[NextDue]:
    signed = facts.day("consent.date")
    if signed is None:
        yield NextDue("Consent", "no date on record", is_late=True)
        return
    until = expires(signed, int(facts.limit("consent.valid_months")))
    text = f"of {written_date(signed)}, counts until {written_date(until)}"
    yield NextDue("Consent", text, until, is_late=until < facts.now.local.date())


def _liver(facts: Facts) -> Iterator[NextDue]:
    taken = facts.day("labs.lft_date")
    if taken is not None:
        until = expires(taken, int(facts.limit("labs.lft_months")))
        late = until < facts.now.local.date()
        yield NextDue("Liver tests", f"of {written_date(taken)}, due {written_date(until)}", until, is_late=late)
    elif FACTS["needs_liver_tests"](facts):
        yield NextDue("Liver tests", "no date on record", is_late=True)
    else:
        yield NextDue("Liver tests", f"asked for after {number(facts.limit('labs.lft_infusions'))} infusions")


def _questionnaire(records: Iterable[Record]) -> NextDue:
    """The latest total, today's too, though the infusion it was filled in for has not begun."""
    known = [(record, total) for record in records if (total := total_from(record, "phq9")) is not None]
    if not known:
        return NextDue("PHQ-9", "none on record in this course")
    record, total = known[-1]
    started = record.event(EventKind.STARTED)
    day = (started.at if started else record.session.planned).local.date()
    return NextDue("PHQ-9", f"{total} of 27 before infusion {record.session.number}, {written_date(day)}")


def last_time(facts: Facts) -> tuple[tuple[str, str], ...]:
    """The last session in five lines: dose, highest pressure, side effects and what helped, IV access, wishes."""
    last = facts.past.last
    started = last.event(EventKind.STARTED) if last else None
    if last is None or started is None:
        return ()
    own = replace(facts, record=last)  # what it took over itself is found in the visits before it
    row = _row(own, started.at, None)
    return (
        ("Dose", f"{row.dose_words()}{f' over {row.minutes} min' if row.minutes is not None else ''}"),
        ("Highest BP", row.peak_words()),
        ("Side effects", _effect_words(own)),
        ("IV access", _said(own, "cond.iv_access")),
        ("Wishes", _said(own, "discharge.wishes")),
    )


def _effect_words(facts: Facts) -> str:
    labels = {term.id: term.label for term in facts.protocol.effects}
    told = [
        f"{labels.get(one.term, one.term)} {one.grade}{f' ({one.action})' if one.action else ''}"
        for one in sorted(facts.record.current_effects, key=lambda each: -each.grade)
    ]
    return "; ".join(told) or "None recorded"


def _said(facts: Facts, item: str) -> str:
    answer = facts.answer(item)
    told = answer is not None and answer.state is AnswerState.ANSWERED and isinstance(answer.value, str)
    return str(answer.value) if answer is not None and told else "Nothing noted"
