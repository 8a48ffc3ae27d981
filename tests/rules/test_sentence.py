"""The verdict is the worst of what is open, and its sentence one of a few patterns that name the sum when waiting."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.model import EventKind, Level
from checklist.rules.facts import finding
from checklist.rules.recovery import discharge
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Verdict, VerdictKind
from tests.rules.build import BASELINE, decide, facts, moment, ready
from tests.rules.scenes import found_in, visits

CLOCK = r"(Yesterday |Tomorrow |\w{3} \d\d-\w{3} )?\d\d:\d\d"
START = {
    VerdictKind.STOPPED: r".+\. .+[.?]( And \d+ more stops?\.)?|Postponed by .+\.",
    VerdictKind.HELD: rf"Cannot start( before {CLOCK})?: .+\.",
    VerdictKind.INCOMPLETE: r"\d+ items? still to answer.+\.",
    VerdictKind.WAITING: r"\d+ findings? must be reviewed before the infusion can start\. \d+ of \d+ item.+ clear\.",
    VerdictKind.CLEARED: r"Ready: (the item is|all \d+ items are) clear\.",
    VerdictKind.CLEARED_AFTER_REVIEW: r"Ready after review: \d+ of \d+ .+ clear, a provider decided on \d+ findings?\.",
}
LEAVE = {
    VerdictKind.STOPPED: r".+\. .+\.|A provider decided to wait: .+\.",
    VerdictKind.HELD: rf"Can leave from {CLOCK}: .+\.",
    VerdictKind.INCOMPLETE: r"The infusion has not ended yet\.|\d+ criteri(on|a) still to check.*\.",
    VerdictKind.WAITING: r"Waiting for a provider: .+\.",
    VerdictKind.CLEARED: r"Ready to leave\.",
    VerdictKind.CLEARED_AFTER_REVIEW: r"Ready to leave\.",
}
ORDER = [
    VerdictKind.CLEARED,
    VerdictKind.CLEARED_AFTER_REVIEW,
    VerdictKind.WAITING,
    VerdictKind.HELD,
    VerdictKind.STOPPED,
]
KIND_OF = {Level.REVIEW: VerdictKind.WAITING, Level.HOLD: VerdictKind.HELD, Level.STOP: VerdictKind.STOPPED}
SCENES = list(visits())


def fits(verdict: Verdict, patterns: dict[VerdictKind, str]) -> None:
    assert re.fullmatch(patterns[verdict.kind], verdict.sentence), (verdict.kind, verdict.sentence)
    assert verdict.title
    assert "  " not in verdict.sentence
    if verdict.until is not None:
        assert verdict.kind is VerdictKind.HELD
        assert re.search(r"\d\d:\d\d", verdict.title + verdict.sentence)


@pytest.mark.parametrize("scene", SCENES)
def test_each_pause_point_says_one_sentence_of_its_pattern(scene: str) -> None:
    visit, found = visits()[scene], found_in(scene)
    if visit.record.event(EventKind.STARTED) is None:
        fits(clearance(visit, found), START)
    else:
        fits(discharge(visit, found), LEAVE)


def made(place: int, level: Level, minutes: int | None, nobody: bool) -> Finding:
    until = moment("11:00").plus(minutes=minutes) if minutes is not None and level is Level.HOLD else None
    return finding(f"made.{place}", level, f"Finding number {place}", "Because.", "Do this.", "screening",
                   inputs=(("place", str(place)),), until=until, nobody_overrides=nobody)  # fmt: skip


FINDINGS = st.lists(
    st.tuples(st.sampled_from(list(Level)), st.none() | st.integers(1, 600), st.booleans(), st.booleans()), max_size=6
)


@settings(max_examples=150, deadline=None)
@given(FINDINGS)
def test_the_worst_open_finding_alone_decides_the_verdict(rows: list[tuple[Level, int | None, bool, bool]]) -> None:
    visit = facts(ready(), readings=(BASELINE,))
    found = []
    for place, (level, minutes, nobody, decided) in enumerate(rows):
        one = made(place, level, minutes, nobody and level.rank >= Level.HOLD.rank)
        decision = decide(one) if decided and level.rank >= Level.REVIEW.rank else None
        found.append(replace(one, decision=decision))
    verdict = clearance(visit, found)
    fits(verdict, START)
    still_open = [one for one in found if one.is_open]
    if not still_open:
        assert verdict.passes
        assert (verdict.kind is VerdictKind.CLEARED) is all(one.decision is None for one in found)
        return
    stops = any(one.nobody_overrides for one in still_open)
    worst = Level.STOP if stops else Level.worst(one.level for one in still_open)
    assert verdict.kind is KIND_OF[worst]
    timed = [one.until for one in still_open if one.until is not None]
    by_time_alone = worst is Level.HOLD and all(one.until for one in still_open if one.level is Level.HOLD)
    assert verdict.until == (max(timed) if by_time_alone else None)


@settings(max_examples=60, deadline=None)
@given(FINDINGS, st.sampled_from(list(Level)))
def test_one_more_finding_never_makes_the_verdict_lighter(
    rows: list[tuple[Level, int | None, bool, bool]], level: Level
) -> None:
    visit = facts(ready(), readings=(BASELINE,))
    found = [made(place, each, minutes, False) for place, (each, minutes, _, _) in enumerate(rows)]
    before, after = clearance(visit, found), clearance(visit, [*found, made(99, level, None, False)])
    assert ORDER.index(after.kind) >= ORDER.index(before.kind)
