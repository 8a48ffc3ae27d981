"""The follow-up call (reference 9.3): when it is due, what its answers mean, and what the next visit hears of it.

The call comes after the discharge closed the record: its answers stand beside the record, in `Record.calls`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from checklist.model import AnswerState, CallAttempt, EventKind, Level, Meaning
from checklist.protocol import NeededFor
from checklist.rules import gates, serious
from checklist.rules.facts import Facts, finding, fingerprint
from checklist.rules.texts import limit_text, number
from checklist.snapshot import CallState, Finding, FollowUp, Past, Record
from checklist.times import Moment, written_date

STEP = "followup"
NEXT_VISIT_STEP = "screening"
REACHED, TOLD = "call.reached", "call.told"
CLOSING = frozenset({"patient", "escort", "refused", "letter", "portal"})
"""Answers of `call.reached` after which nobody calls again."""
LEFT_EARLY = frozenset({"left_ama", "transferred"})
ASQ = ("call.asq1", "call.asq2", "call.asq3")
UNCERTAIN = frozenset({AnswerState.UNKNOWN, AnswerState.DECLINED})
SATURDAY = 5


def left_at(record: Record) -> Moment | None:
    """When a patient who was infused left: the discharge, a departure against advice or a transfer; else None."""
    if record.event(EventKind.STARTED) is None:
        return None
    signature, ended = record.signature(Meaning.DISCHARGE), record.event(EventKind.ENDED)
    if signature is not None:
        return signature.at
    return ended.at if ended is not None and ended.detail.get("kind") in LEFT_EARLY else None


def next_business_day(day: date) -> date:
    """The day after, weekends passed over. Holidays are not known to the program."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following


def window(facts: Facts, left: Moment) -> tuple[Moment, Moment]:
    """From when and until when the call is due: the next business day, not before `due_after` hours.

    It ends `due_until` hours after the patient left, but never before that business day is over. After a serious event
    no weekend puts it off: `serious.follow_up_days` later (reference 8.2).
    """
    day = _day_of_call(facts, left.local.date())
    opens = _midnight(day, left.zone)
    earliest = left.plus(hours=float(facts.limit("followup.due_after")))
    latest = left.plus(hours=float(facts.limit("followup.due_until")))
    starts = max(opens, earliest)
    return starts, latest if latest > starts else _midnight(day + timedelta(days=1), left.zone)


def _day_of_call(facts: Facts, left: date) -> date:
    if serious.is_serious(facts) and serious.is_asked(facts):
        return left + timedelta(days=int(facts.limit("serious.follow_up_days")))
    return next_business_day(left)


def _midnight(day: date, zone: str) -> Moment:
    return Moment.of_local(datetime.combine(day, time.min), zone)


def follow_up(facts: Facts) -> FollowUp | None:
    """How the call of this visit stands at `facts.now`; None until the patient has left."""
    left = left_at(facts.record)
    if left is None:
        return None
    starts, ends = window(facts, left)
    attempts = facts.record.calls
    found = [each for one in attempts for each in of_attempt(facts, one)]
    return FollowUp(
        left=left,
        due_from=starts,
        due_until=ends,
        state=_state(facts, starts, ends),
        attempts=attempts,
        findings=tuple(sorted(found, key=lambda each: -each.level.rank)),
    )


def _state(facts: Facts, starts: Moment, ends: Moment) -> CallState:
    attempts = facts.record.calls
    finished = [one for one in attempts if one.finished is not None]
    if is_untold(facts):
        return CallState.TELL
    if any(_reached(facts, one) in CLOSING for one in finished):
        return CallState.DONE
    if len(finished) >= facts.limit("followup.attempts"):
        return CallState.WRITE
    if facts.now < starts:
        return CallState.COMING
    return CallState.DUE if facts.now <= ends else CallState.LATE


def is_untold(facts: Facts) -> bool:
    """True while an attempt said something for a provider and neither it nor a later one says that one was told."""
    untold = False
    for one in facts.record.calls:
        call = call_facts(facts, one)
        if call.word(TOLD) == "told" and call.is_answered("call.told_who"):
            untold = False
        elif any(each.level.rank >= Level.REVIEW.rank for each in _said(call)):
            untold = True
    return untold


def _reached(facts: Facts, attempt: CallAttempt) -> str:
    return call_facts(facts, attempt).word(REACHED)


def call_facts(facts: Facts, attempt: CallAttempt | None) -> Facts:
    """The facts of one attempt: the questions of the call and its answers, in place of the visit's."""
    record = replace(
        facts.record, answers=attempt.answers if attempt else {}, history=attempt.history if attempt else {}
    )
    return replace(facts, protocol=facts.protocol.for_call(), record=record, past=Past())


def of_attempt(facts: Facts, attempt: CallAttempt) -> Iterator[Finding]:
    """What the answers of one attempt mean; keys carry its number, so that each attempt speaks for itself."""
    call = call_facts(facts, attempt)
    for each in (*_said(call), *_not_told(call)):
        key = f"{each.key}#{attempt.number}"
        yield replace(each, key=key, step=STEP, fingerprint=fingerprint(key, each.level, each.inputs))


def _said(call: Facts) -> list[Finding]:
    found = [*gates.findings(call), *_open_ended(call), *_thoughts(call), *_pressure(call)]
    return [gates.explained(call, each) for each in found]


def _open_ended(call: Facts) -> Iterator[Finding]:
    """A question that was asked and not answered is told on, never taken for a no."""
    for item in call.protocol.items():
        answer = call.answer(item.id) if call.is_visible(item) else None
        if answer is None or answer.state not in UNCERTAIN or item.needed_for is not NeededFor.CALL:
            continue
        if item.id not in (*ASQ, TOLD) and not any(answer.state in gate.when for gate in item.gates):
            said = "declined" if answer.state is AnswerState.DECLINED else "not known"
            title, action = f"{item.label}: {said}", "Ask again at the next visit."
            inputs = ((str(item.id), answer.state.value), ("reason", answer.reason))
            yield finding(item.id, Level.NOTE, title, answer.reason, action, STEP, items=(item.id,), inputs=inputs)


def _thoughts(call: Facts) -> Iterator[Finding]:
    """Any answer but a clear no to one of the three ASQ questions (reference 3.4 and 9.3)."""
    if any(call.word(item) not in ("", "no") for item in ASQ):
        yield finding(
            "call.thoughts",
            Level.STOP,
            "Thoughts of suicide: call the provider now",
            "A question was answered yes, refused, or its answer is not known.",
            "Stay on the line; do not leave the patient alone. Danger now: 911. Or 988, call or text.",
            STEP,
            items=ASQ,
        )


def _pressure(call: Facts) -> Iterator[Finding]:
    sbp, dbp = call.number("call.sbp"), call.number("call.dbp")
    too_high = (sbp is not None and sbp >= call.limit("followup.sbp_review")) or (
        dbp is not None and dbp >= call.limit("followup.dbp_review")
    )
    if too_high:
        told = "/".join("?" if value is None else number(value) for value in (sbp, dbp))
        limits = f"{number(call.limit('followup.sbp_review'))}/{limit_text(call, 'followup.dbp_review')}"
        yield finding(
            "call.pressure",
            Level.REVIEW,
            f"Blood pressure at home {told} mmHg",
            f"From {limits} on.",
            "Measure again at rest. Headache, chest pain or weakness: 911. Tell the provider today.",
            STEP,
            items=("call.sbp", "call.dbp"),
            source=call.protocol.source_of("followup.sbp_review"),
            inputs=(("sbp", str(sbp)), ("dbp", str(dbp))),
        )


def _not_told(call: Facts) -> Iterator[Finding]:
    heavy = [each for each in _said(call) if each.level.rank >= Level.REVIEW.rank]
    word = call.word(TOLD)
    if heavy and word and word != "told":
        yield finding(
            TOLD,
            Level.REVIEW,
            "No provider was told of this call yet",
            " ".join(f"{each.title}." for each in heavy),
            "Tell a provider, then answer “Provider told of this call” anew.",
            STEP,
            items=(TOLD,),
            inputs=(("told", word), *((each.key, each.level.value) for each in heavy)),
        )


def findings(facts: Facts) -> Iterator[Finding]:
    """At the next visit: what the call after the last infusion said, or that it was never made."""
    last = facts.past.last
    if last is None:
        return
    before = replace(facts, record=last, past=Past(), now=facts.judged_at)
    call = follow_up(before)
    if call is None:
        return
    for each in call.findings:
        if each.level.rank >= Level.NOTE.rank:
            yield _carried(call, each)
    if not call.attempts and call.state is CallState.LATE:
        yield _never_made(facts, call)


def _carried(call: FollowUp, each: Finding) -> Finding:
    """As heavy as it was, but a stop becomes a review: the visit asks anew, and a provider decides with the answer."""
    level = min(each.level, Level.REVIEW, key=lambda one: one.rank)
    day = written_date(call.attempts[0].begun.local.date())
    return finding(
        f"followup.{each.key}",
        level,
        f"Follow-up call: {each.title[0].lower()}{each.title[1:]}",
        f"Said on {day}, after the last infusion. {each.detail}".strip(),
        "The provider decides." if level is Level.REVIEW else "Ask how it is now.",
        NEXT_VISIT_STEP,
        source=each.source,
        inputs=each.inputs,
    )


def _never_made(facts: Facts, call: FollowUp) -> Finding:
    day = written_date(call.left.local.date())
    return finding(
        "followup.missed",
        Level.NOTE,
        f"No follow-up call after the infusion of {day}",
        f"It was due until {limit_text(facts, 'followup.due_until')} after the discharge.",
        "Ask now how the day after was: driving, symptoms, emergency room, mood.",
        NEXT_VISIT_STEP,
        source=facts.protocol.source_of("followup.due_until"),
        inputs=(("left", call.left.store()),),
    )
