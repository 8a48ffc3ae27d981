"""Where a visit stands: derived from events, signatures and verdicts, never set by hand."""

from typing import assert_never

from checklist.model import AnswerState, EventKind, Meaning, SessionState
from checklist.rules.dose_warnings import clearance_signed
from checklist.rules.facts import Facts
from checklist.rules.schedule import is_paused, started, stopped
from checklist.snapshot import Record, Verdict, VerdictKind


def state(facts: Facts, clearance: Verdict, discharge: Verdict) -> SessionState:
    """The state of the session; what has happened outweighs what the verdicts say."""
    plain = without_verdict(facts.record)
    if plain is not None:
        return plain
    if started(facts) is not None:
        return _running(facts, discharge)
    return _before(facts, clearance)


def without_verdict(record: Record) -> SessionState | None:
    """The state of a visit that is over or not yet begun: no rule has a say in it. None for every other."""
    if record.event(EventKind.ENDED) is not None:
        return SessionState.ENDED
    if record.signature(Meaning.DISCHARGE) is not None:
        return SessionState.DISCHARGED
    begun = record.event(EventKind.STARTED) is not None or _is_touched(record)
    return None if begun else SessionState.EXPECTED


def _running(facts: Facts, discharge: Verdict) -> SessionState:
    if stopped(facts) is not None:
        return SessionState.READY_TO_LEAVE if discharge.passes else SessionState.OBSERVING
    return SessionState.PAUSED if is_paused(facts) else SessionState.INFUSING


def _before(facts: Facts, clearance: Verdict) -> SessionState:
    """Held, stopped and waiting only once the nurse has nothing left to answer."""
    if clearance.missing:
        return SessionState.PRE_SESSION
    match clearance.kind:
        case VerdictKind.STOPPED:
            return SessionState.STOPPED
        case VerdictKind.HELD:
            return SessionState.HELD
        case VerdictKind.WAITING:
            return SessionState.WAITING_FOR_PROVIDER
        case VerdictKind.CLEARED | VerdictKind.CLEARED_AFTER_REVIEW:
            return SessionState.CLEARED if clearance_signed(facts) else SessionState.PRE_SESSION
        case VerdictKind.INCOMPLETE:
            return SessionState.PRE_SESSION
        case unreachable:
            assert_never(unreachable)


def _is_touched(record: Record) -> bool:
    """Something of this visit was answered, measured or entered; what was carried over does not count."""
    answered = any(answer.state is not AnswerState.UNANSWERED for answer in record.answers.values())
    return answered or bool(record.readings or record.medicines)
