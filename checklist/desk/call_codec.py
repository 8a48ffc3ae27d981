"""Attempts at the follow-up call as journal bodies, and back."""

from dataclasses import replace

from checklist.desk.codec import Body, read_answer
from checklist.model import CallAttempt, Entry


def call_answer_body(attempt: int, answer: Body) -> Body:
    """The body of an answer, with the attempt it belongs to."""
    return {"attempt": attempt, **answer}


def call_end_body(attempt: int) -> Body:
    """The attempt is over; its time is that of the entry."""
    return {"attempt": attempt, "finished": True}


def attempt_of(entry: Entry) -> int:
    """Which attempt an entry belongs to, counted from 1."""
    number = entry.body.get("attempt")
    return number if isinstance(number, int) else 1


def read_call(entry: Entry, before: CallAttempt | None) -> CallAttempt:
    """The attempt with one more entry; `before` is the attempt up to here, None at its first."""
    attempt = before or CallAttempt(attempt_of(entry), entry.by, entry.entered, {}, {})
    if entry.body.get("finished") is True:
        return replace(attempt, finished=entry.entered)
    answer = read_answer(entry)
    history = {**attempt.history, answer.item: (*attempt.history.get(answer.item, ()), answer)}
    return replace(attempt, answers={**attempt.answers, answer.item: answer}, history=history)
