"""PHQ-9 and GAD-7 of a visit: totals, what became of them in the course, when they are due (reference 7.7, 7.8, 10).

They never keep an infusion from starting by not being filled in. What they say can: thoughts of death.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from checklist.model import Answer, AnswerState, EventKind, ItemId, Level
from checklist.rules.facts import Facts, finding
from checklist.rules.questionnaires import (
    ITEM_NINE,
    gad7_band,
    phq9_band,
    phq9_course,
    stop_bang_risk,
    total_of,
)
from checklist.rules.screening import Asq, asq_result
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Finding, Questionnaire, Record
from checklist.times import written_date

STEP = "screening"
_FIRST = 1  # the number of the infusion before which a course begins: its baseline


@dataclass(frozen=True, slots=True)
class _Form:
    id: str
    name: str
    items: tuple[str, ...]
    highest: int
    band: Callable[[int], str]

    @property
    def count(self) -> int:
        return len(self.items)


PHQ9 = _Form("phq9", "PHQ-9", tuple(f"phq9.{place}" for place in (1, 2, 3, 4, 5, 6, 7, 8, 9)), 27, phq9_band)
GAD7 = _Form("gad7", "GAD-7", tuple(f"gad7.{place}" for place in (1, 2, 3, 4, 5, 6, 7)), 21, gad7_band)
FORMS = (PHQ9, GAD7)


def questionnaires(facts: Facts) -> tuple[Questionnaire, ...]:
    """Both forms as screen and paper show them."""
    return tuple(_view(facts, form) for form in FORMS)


def _view(facts: Facts, form: _Form) -> Questionnaire:
    scores = _scores(form, facts.record.answers)
    total = total_of(scores, form.count)
    band = "" if total is None else form.band(total)
    return Questionnaire(
        *(form.id, form.name, form.highest, scores, total, band),
        course=_course(facts, form, total),
        last=_last(facts, form),
        due=_due(facts, form),
    )


def _scores(form: _Form, answers: Mapping[ItemId, Answer]) -> tuple[int | None, ...]:
    return tuple(_score(answers.get(ItemId(item))) for item in form.items)


def _score(answer: Answer | None) -> int | None:
    given = answer is not None and answer.state is AnswerState.ANSWERED
    return int(answer.value) if given and answer and isinstance(answer.value, str) else None


def _total(form: _Form, record: Record) -> int | None:
    return total_of(_scores(form, record.answers), form.count)


def _day(record: Record) -> str:
    return written_date(record.session.planned.local.date())


def _baseline(facts: Facts, form: _Form) -> tuple[int, str] | None:
    """The first total since infusion 1, with its day; None while this visit's would be the first."""
    for record in facts.past.since_first():
        total = _total(form, record)
        if total is not None:
            return total, _day(record)
    return None


def _last(facts: Facts, form: _Form) -> str:
    known = ((_total(form, record), _day(record)) for record in reversed(facts.past.since_first()))
    return next((f"{total} on {day}" for total, day in known if total is not None), "")


def _course(facts: Facts, form: _Form, total: int | None) -> str:
    """`7 below the 20 of 01-Oct-2026: partial response`; the words of response belong to the PHQ-9 alone."""
    first = _baseline(facts, form)
    if total is None or first is None or _starts_anew(facts):
        return ""
    change = total - first[0]
    way = "as on" if change == 0 else f"{abs(change)} {'above' if change > 0 else 'below'} the {first[0]} of"
    word = f": {phq9_course(first[0], total)}" if form is PHQ9 else ""
    return f"{way} {first[1]}{word}"


def _starts_anew(facts: Facts) -> bool:
    return facts.record.session.number == _FIRST


# ---- when they are due


def _due(facts: Facts, form: _Form) -> str:
    """`due before infusion 3`, or "" when it is not due: done, begun or refused today, running, or not for mood."""
    session = facts.record.session
    asked = any(facts.is_answered(item) for item in form.items)
    if asked or session.indication != "mood" or facts.started is not None or facts.record.event(EventKind.ENDED):
        return ""
    return _due_in_maintenance(facts, form) if session.phase == "maintenance" else _due_in_course(facts, form)


def _due_in_course(facts: Facts, form: _Form) -> str:
    own = facts.record.session.number
    point = max(place for place in _points(facts) if place <= max(own, _FIRST))
    before = () if _starts_anew(facts) else facts.past.since_first()
    done = any(record.session.number >= point and _total(form, record) is not None for record in before)
    if done:
        return ""
    return f"due before infusion {point}" if point == own else f"due since infusion {point}"


def _points(facts: Facts) -> tuple[int, int, int]:
    return _FIRST, int(facts.limit("questionnaires.second")), int(facts.limit("questionnaires.third"))


def _due_in_maintenance(facts: Facts, form: _Form) -> str:
    weeks = int(facts.limit("questionnaires.maintenance_weeks"))
    oldest = facts.judged_at.local.date() - timedelta(weeks=weeks)
    recent = (one for one in facts.past.since_first() if one.session.planned.local.date() >= oldest)
    done = any(_total(form, record) is not None for record in recent)
    return "" if done else f"due every {weeks} weeks in maintenance"


# ---- what they say


def findings(facts: Facts) -> Iterator[Finding]:
    """Due, total, incomplete; thoughts of death; and the results of forms filled in elsewhere."""
    for form in FORMS:
        view = _view(facts, form)
        yield from _about_due(facts, form, view)
        yield from _about_total(facts, form, view)
    yield from _item_nine(facts)
    yield from _stop_bang(facts)
    yield from _pcl5(facts)


def _about_due(facts: Facts, form: _Form, view: Questionnaire) -> Iterator[Finding]:
    if view.due:
        points = ", ".join(map(str, _points(facts)))
        detail = f"Asked before infusions {points}; last: {view.last or 'none on record'}."
        yield _found(facts, form, "due", Level.NOTE, f"{form.name} {view.due}", detail, "Ask it before the start.")


def _about_total(facts: Facts, form: _Form, view: Questionnaire) -> Iterator[Finding]:
    if view.total is None:
        if any(facts.is_answered(item) for item in form.items):
            yield _incomplete(facts, form, view)
        return
    level, action = _weight(facts, form, view.total)
    title = f"{form.name} {view.total} of {form.highest}: {view.band}"
    yield _found(facts, form, "total", level, title, _sentence(view.course or "the first of this course"), action)


def _incomplete(facts: Facts, form: _Form, view: Questionnaire) -> Finding:
    places = ", ".join(map(str, view.open))
    title = f"{form.name} not complete: {len(view.open)} of {form.count} without an answer"
    detail = f"Questions {places}. No total, no band."
    return _found(facts, form, "total", Level.NOTE, title, detail, "Ask them, or leave it without a total.")


def _weight(facts: Facts, form: _Form, total: int) -> tuple[Level, str]:
    """Note when it got worse, else recorded; whether the course helps is judged in `interval`."""
    first = _baseline(facts, form)
    if first is None or _starts_anew(facts):
        return Level.INFO, ""
    if total - first[0] >= facts.limit("questionnaires.worse_by"):
        return Level.NOTE, "Tell the provider."
    return Level.INFO, ""


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _item_nine(facts: Facts) -> Iterator[Finding]:
    """Any answer but "not at all" asks for the suicide screen, whatever the total (reference 3.4)."""
    item = PHQ9.items[ITEM_NINE]
    word = facts.word(item)
    if word in ("", "0"):
        return
    said = f"{word} of 3" if word in ("1", "2", "3") else word.replace("_", " ")
    said = {"unknown": "not known"}.get(said, said)
    result = asq_result(facts)
    level, told, action = Level.REVIEW, f"The suicide-risk screen of today: {result}.", "The provider decides."
    if result is Asq.INCOMPLETE:
        level, told, action = Level.HOLD, "The suicide-risk screen is not complete.", "Ask all ASQ questions now."
    yield finding(
        "phq9.thoughts",
        level,
        f"PHQ-9 question 9 (thoughts of death or self-harm): {said}",
        told,
        action,
        STEP,
        items=(item,),
        source=facts.protocol.source_shown("S:PHQ-D9"),
        inputs=((item, word), ("asq", result.value)),
    )


def _found(facts: Facts, form: _Form, part: str, level: Level, title: str, detail: str, action: str) -> Finding:
    return finding(
        f"{form.id}.{part}",
        level,
        title,
        detail,
        action,
        STEP,
        items=form.items,
        inputs=(("said", " ".join(facts.word(item) or "-" for item in form.items)), ("course", detail)),
    )


# ---- results of forms filled in elsewhere


def _stop_bang(facts: Facts) -> Iterator[Finding]:
    """The total alone (reference 3.5): high without a known and treated sleep apnoea is for the provider."""
    item, total = "scores.stop_bang", facts.number("scores.stop_bang")
    if total is None:
        return
    risk = stop_bang_risk(int(total), 0, male=False, bmi_over_35=False, large_neck=False)
    if risk == "low":
        return
    treated = facts.word("cond.sleep_apnoea") == "yes" and facts.word("cond.cpap_used") == "yes"
    level = Level.REVIEW if risk == "high" and not treated else Level.NOTE
    yield finding(
        item,
        level,
        f"STOP-Bang {number(total)} of 8: {risk} risk of sleep apnoea",
        f"Low 0-2, intermediate 3-4, high 5-8.{' Treated.' if treated else ''}",
        "The provider decides." if level is Level.REVIEW else "Watch SpO2.",
        STEP,
        items=(item,),
        source=facts.protocol.source_shown("S:STOPBANG"),
        inputs=((item, number(total)), ("treated", str(treated))),
    )


def _pcl5(facts: Facts) -> Iterator[Finding]:
    item, total = "scores.pcl5", facts.number("scores.pcl5")
    if total is None:
        return
    limit = limit_text(facts, "questionnaires.pcl5_cut")
    raised = total >= facts.limit("questionnaires.pcl5_cut")
    yield finding(
        item,
        Level.INFO,
        f"PCL-5 {number(total)} of 80{': raised' if raised else ''}",
        f"{'At or above' if raised else 'Below'} {limit}.",
        "",
        STEP,
        items=(item,),
        source=facts.protocol.source_of("questionnaires.pcl5_cut"),
        inputs=((item, number(total)),),
    )
