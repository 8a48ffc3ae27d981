"""Conditions whose date decides: a stroke or a heart attack not long ago stops (reference 3.2, rows 4 and 5).

The nurse gives the date, never the class. A date that nobody knows counts as recent.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from checklist.model import Answer, AnswerState, Level
from checklist.rules.consent import expires
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text
from checklist.snapshot import Finding
from checklist.times import written_about, written_date

STEP = "screening"
ITEMS = frozenset({"cond.brain_when", "cond.cardiac_when"})
"""Judged here whatever their state; the general gates leave them alone."""


def months_on(day: date, months: int) -> date:
    """The first day that is so many calendar months later: 30-Nov → 1-Mar, because February has no 30th."""
    same = expires(day, months)
    return same if same.day == day.day else same + timedelta(days=1)


def weeks_on(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


@dataclass(frozen=True, slots=True)
class _Dated:
    item: str  # the choice; its answer "event" asks for the date
    name: str  # `Stroke, TIA or head injury`
    limit: str
    later: Callable[[date, int], date]

    @property
    def when(self) -> str:
        return f"{self.item}_when"


_DATED = (
    _Dated("cond.brain", "Stroke, TIA or head injury", "screening.brain_months", months_on),
    _Dated("cond.cardiac", "Heart disease", "screening.heart_weeks", weeks_on),
)


def findings(facts: Facts) -> Iterator[Finding]:
    """Stop while too recent or of no known date, review afterwards. A date not yet asked is an open item."""
    for one in _DATED:
        answer = facts.answer(one.when)
        if answer is not None and facts.is_visible(facts.protocol.item(one.when)):
            yield _judged(facts, one, answer)


def _judged(facts: Facts, one: _Dated, answer: Answer) -> Finding:
    if not isinstance(answer.value, date):
        return _undated(facts, one, answer)
    today, shown = facts.judged_at.local.date(), _shown(answer.value, answer.typed)
    counts_from = one.later(answer.value, int(facts.limit(one.limit)))
    limit = limit_text(facts, one.limit)
    if today < counts_from or answer.value > today:
        detail = f"Less than {limit} ago, until {written_date(counts_from)}."
        return _made(facts, one, Level.STOP, f"{one.name}, last on {shown}", detail)
    return _made(facts, one, Level.REVIEW, f"{one.name} in the past, last on {shown}", f"At least {limit} ago.")


def _shown(day: date, typed: str) -> str:
    """A month or a year with the day that it is taken for."""
    told, full = written_about(day, typed), written_date(day)
    return full if told == full else f"{told}, taken as {full}"


def _undated(facts: Facts, one: _Dated, answer: Answer) -> Finding:
    """Not applicable with its reason (a shunt, a valve) is read by a provider; all else counts as recent."""
    reason = answer.reason.strip()
    if answer.state is AnswerState.NOT_APPLICABLE and reason:
        return _made(facts, one, Level.REVIEW, f"{one.name} in the past, without a date", f"{reason.rstrip('.')}.")
    said = "declined" if answer.state is AnswerState.DECLINED else "not known"
    detail = f"It counts as less than {limit_text(facts, one.limit)} ago."
    return _made(facts, one, Level.STOP, f"{one.name}: date {said}", detail)


def _made(facts: Facts, one: _Dated, level: Level, title: str, detail: str) -> Finding:
    answer = facts.answer(one.when)
    told = (facts.word(one.when), str(facts.day(one.when)), answer.reason if answer else "")
    return finding(
        one.when,
        level,
        title,
        detail,
        "Not today; the provider decides." if level is Level.STOP else "The provider decides.",
        STEP,
        items=(one.item, one.when),
        source=facts.protocol.source_of(one.limit),
        inputs=((one.item, facts.word(one.item)), (one.when, " ".join(told))),
    )
