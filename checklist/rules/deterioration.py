"""NEWS2 after the infusion: when it calls for the provider (reference 6.2, 7.4).

While the pump runs dissociation reads as new confusion, so nothing is scored. Each sign counts by its latest value: a
pressure alone does not take the breathing rate of the last set away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checklist.model import Level, Reading, Stage
from checklist.rules import news2
from checklist.rules.facts import Facts, finding
from checklist.rules.monitoring import call_action
from checklist.rules.schedule import stopped
from checklist.rules.texts import number
from checklist.snapshot import Finding
from checklist.times import written_time

_SIGNS = ("rr", "sbp", "hr", "temp_c", "moaas", "dissociation")
STEP = "observation"


@dataclass(frozen=True, slots=True)
class _Scored:
    """A reading, the score of all that was known then, and whether the reading itself brought points."""

    reading: Reading
    score: news2.News2
    brought: bool


def findings(facts: Facts) -> Iterator[Finding]:
    """A call stays until a provider has decided. A single 3 calls unless it is explained (reference 6.2): sedation
    after ketamine is, and MOAA/S watches it.
    """
    if stopped(facts) is None:
        return
    scored = list(_scored(facts))
    calls = [one for one in scored if one.brought and _is_high(facts, one.score)]
    if calls:
        yield _call(facts, calls[-1], scored[-1])


def _is_high(facts: Facts, score: news2.News2) -> bool:
    single = score.highest_sign >= facts.limit("escalate.news2_single")
    return single or score.at_least >= facts.limit("escalate.news2_now")


def _scored(facts: Facts) -> Iterator[_Scored]:
    scale = 2 if facts.word("cond.spo2_scale2") == "yes" else 1
    after, before = facts.record.valid_readings(Stage.RECOVERY), 0
    for place, reading in enumerate(after):
        score = news2.of_reading(latest_values(after[: place + 1]), facts.protocol, scale)
        own = news2.of_reading(reading, facts.protocol, scale).at_least
        yield _Scored(reading, score, own > 0 or score.at_least > before)
        before = score.at_least


def latest_values(taken: Sequence[Reading]) -> Reading:
    """The last reading, with what it does not hold from those before it. Oxygen belongs to its SpO2."""
    known: dict[str, Any] = {
        name: next((value for one in reversed(taken) if (value := getattr(one, name)) is not None), None)
        for name in _SIGNS
    }
    breathing = next((one for one in reversed(taken) if one.spo2 is not None), taken[-1])
    return replace(taken[-1], spo2=breathing.spo2, oxygen_l_min=breathing.oxygen_l_min, **known)


def _call(facts: Facts, called: _Scored, latest: _Scored) -> Finding:
    score, eased = called.score, not _is_high(facts, latest.score)
    scale = "(scale 2) " if facts.word("cond.spo2_scale2") == "yes" else ""
    now = f", now {_total(latest.score)} at {written_time(latest.reading.observed)}" if eased else ""
    parts = ", ".join(f"{name} {points}" for name, points in score.parts if points)
    return finding(
        "monitor.news2",
        Level.STOP,
        f"NEWS2 {scale}{_total(score)} at {written_time(called.reading.observed)}{now}",
        f"{parts}. The provider is called from {number(facts.limit('escalate.news2_now'))}, or for a single 3.",
        call_action(facts, recovers=True, eased=eased),
        STEP,
        source=facts.protocol.source_of("escalate.news2_now"),
        inputs=(("news2", parts), ("observed", called.reading.observed.store())),
        eased=eased,
    )


def _total(score: news2.News2) -> str:
    return f"{'' if score.total is not None else 'at least '}{score.at_least}"
