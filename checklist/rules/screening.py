"""Medical screening beyond the single answers: the suicide-risk screen (reference 3.4) and age (3.2, row 24)."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from checklist.model import Level
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text
from checklist.snapshot import Finding

STEP = "screening"
QUESTIONS = ("asq.1", "asq.2", "asq.3", "asq.4")
ITEMS = frozenset({*QUESTIONS, "asq.5"})
"""Judged here as one screen whatever their state."""


class Asq(StrEnum):
    """Result of the Ask Suicide-Screening Questions (NIMH)."""

    NEGATIVE = "negative"
    NON_ACUTE = "non-acute positive"
    ACUTE = "acute positive"
    INCOMPLETE = "incomplete"


def asq(first_four: Sequence[str], fifth: str) -> Asq:
    """The result of words "yes", "no", "declined", "unknown", "not_applicable" or "" (not asked).

    Anything but a clear no counts as yes: a refused question never makes the screen negative.
    """
    if any(word not in ("no", "") for word in first_four):
        if fifth == "":
            return Asq.INCOMPLETE
        return Asq.NON_ACUTE if fifth == "no" else Asq.ACUTE
    return Asq.INCOMPLETE if "" in first_four else Asq.NEGATIVE


def asq_result(facts: Facts) -> Asq:
    return asq([facts.word(item) for item in QUESTIONS], facts.word("asq.5"))


def findings(facts: Facts) -> Iterator[Finding]:
    """The screen's result as soon as something was said, and the age limits."""
    yield from _screen(facts)
    yield from _age(facts)


def _screen(facts: Facts) -> Iterator[Finding]:
    """A positive screen is never an automatic stop: ketamine may be given for it (reference 3.2, row 10)."""
    result = asq_result(facts)
    positive = [word for word in map(facts.word, QUESTIONS) if word not in ("no", "")]
    if result is Asq.NEGATIVE:
        yield _asq(facts, Level.CLEAR, "Suicide-risk screen negative", "", "")
    elif result is Asq.NON_ACUTE:
        yield _asq(
            facts,
            Level.REVIEW,
            "Suicide-risk screen positive, not acute",
            f"{_said(positive)}; no to question 5. Not by itself a reason to postpone.",
            "A brief safety assessment before the patient leaves. The provider decides.",
        )
    elif result is Asq.ACUTE:
        yield _asq(
            facts,
            Level.HOLD,
            "Suicide-risk screen positive, acute",
            f"Question 5 (thoughts right now): {_word(facts.word('asq.5'))}. Not by itself a reason to postpone.",
            "Stay with the patient. A clinician evaluates at this visit, before the start.",
        )
    elif positive:
        yield _asq(
            facts,
            Level.HOLD,
            "Suicide-risk screen positive, question 5 is open",
            f"{_said(positive)}.",
            "Ask question 5 now.",
        )


def _word(word: str) -> str:
    return {"unknown": "not known", "not_applicable": "not applicable"}.get(word, word)


def _said(words: Sequence[str]) -> str:
    """`Yes to 1 of questions 1-4`; refused and unknown are named as such."""
    yes = words.count("yes")
    other = sorted({_word(word) for word in words if word != "yes"})
    parts = [f"yes to {yes} of questions 1-4"] if yes else []
    text = "; ".join([*parts, *(f"{word} among questions 1-4" for word in other)])
    return text[0].upper() + text[1:]


def _asq(facts: Facts, level: Level, title: str, detail: str, action: str) -> Finding:
    return finding(
        "screening.asq",
        level,
        title,
        detail,
        action,
        STEP,
        items=(*QUESTIONS, "asq.5"),
        source=facts.protocol.source_shown("S:ASQ-NIMH"),
        inputs=tuple((item, facts.word(item)) for item in (*QUESTIONS, "asq.5", "asq.how", "asq.describe")),
    )


def _age(facts: Facts) -> Iterator[Finding]:
    age, first_visit = facts.age, facts.past.last is None
    if age < facts.limit("age.adult"):
        yield _of_age(facts, Level.STOP, f"{age} years old", "adult", "Not today; the provider decides.")
    elif age >= facts.limit("age.older") and first_visit:
        yield _of_age(facts, Level.REVIEW, f"{age} years old, first visit", "older", "The provider decides.")


def _of_age(facts: Facts, level: Level, title: str, limit: str, action: str) -> Finding:
    side = "Younger than" if level is Level.STOP else "At least"
    return finding(
        "screening.age",
        level,
        title,
        f"{side} {limit_text(facts, f'age.{limit}')}.",
        action,
        STEP,
        source=facts.protocol.source_of(f"age.{limit}"),
        inputs=(("born", facts.patient.born.isoformat()), ("age", str(facts.age))),
    )
