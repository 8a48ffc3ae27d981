"""Side effects that still last when the patient is to leave: each speaks against the criterion that it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checklist.model import Effect, Outcome
from checklist.rules.criterion import Standing
from checklist.rules.escalation import effect_label, is_severe
from checklist.rules.facts import Facts
from checklist.rules.texts import number, when
from checklist.snapshot import Met

LIMIT = "discharge.effect_against"
ABOUT: Mapping[str, tuple[str, ...]] = {
    "oriented": ("confusion", "sedation"),
    "dissociation": ("dissociation", "hallucination"),
    "gait": ("dizziness", "fall"),
    "nausea": ("nausea", "vomiting"),
    "pain": ("headache", "iv_site"),
    "mood": ("suicidal",),
}
"""The side effects that each criterion is about (reference 9.1, no. 5 to 9)."""
TREATED_IS_ENOUGH = ("nausea", "pain")
"""Minimal or treated: something was done for it, and it is not severe."""
_ELSEWHERE = frozenset(term for terms in ABOUT.values() for term in terms)


def lasting(facts: Facts) -> tuple[Effect, ...]:
    """From the grade that speaks against leaving, with no end and not said to be over."""
    least = facts.limit(LIMIT)
    rows = facts.record.current_effects
    return tuple(one for one in rows if one.grade >= least and one.ended is None and one.outcome != Outcome.RESOLVED)


def held_against(facts: Facts, test: Standing) -> Standing:
    """A tick is not believed against a side effect that still lasts, as it is not against a worse reading."""
    mine = [one for one in lasting(facts) if one.term in ABOUT.get(test.key, ()) and not _is_enough(facts, test, one)]
    if not mine:
        return test
    words = _named(facts, mine)
    met = Met.NOT_MET if test.met is Met.MET else test.met
    return replace(test, met=met, detail=f"{test.detail}; {words}", inputs=(*test.inputs, ("lasting", words)))


def others(facts: Facts) -> Iterator[Standing]:
    """One line for what no criterion is about: an allergic reaction, a fast heart; only while there is one.

    A severe one, and one that has a review of its own, are told by their own findings.
    """
    reviewed = {term.id for term in facts.protocol.effects if term.review_from}
    mine = [one for one in lasting(facts) if one.term not in _ELSEWHERE | reviewed and not is_severe(facts, one)]
    if mine:
        words = _named(facts, mine)
        title = f"No other side effect of grade {number(facts.limit(LIMIT))} or more"
        source = facts.protocol.source_of(LIMIT)
        yield Standing("effects", title, Met.NOT_MET, words, source, inputs=(("lasting", words),))


def _is_enough(facts: Facts, test: Standing, one: Effect) -> bool:
    was_done = bool(one.action.strip() or one.done)
    return test.key in TREATED_IS_ENOUGH and was_done and not is_severe(facts, one)


def _named(facts: Facts, rows: list[Effect]) -> str:
    """`Dizziness, grade 2, since 11:50, not over`"""
    return "; ".join(f"{effect_label(facts, one)}, since {when(one.onset, facts)}, not over" for one in rows)
