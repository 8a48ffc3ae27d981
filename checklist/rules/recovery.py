"""The second pause point: which discharge criteria are met, decided or open, and whether the patient can leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checklist.model import Choice, Level
from checklist.protocol import Item, NeededFor
from checklist.rules import escort
from checklist.rules.criteria import standings
from checklist.rules.criterion import Standing
from checklist.rules.facts import FAILED, Facts, finding
from checklist.rules.schedule import clocks, ready_at, stopped
from checklist.snapshot import MONITORING, Criterion, Finding, Met, Verdict, VerdictKind
from checklist.times import Moment, written_time

STEP = "discharge"
NOT_CHECKED = "This criterion is still to check."
_NAMED = 3  # more open criteria than this are counted, not named


def criteria(facts: Facts, evaluated: Iterable[Finding] = ()) -> tuple[Criterion, ...]:
    """The criteria as shown. `evaluated` are the findings with decisions: a proceed turns not met into decided."""
    by_key = {one.key: one for one in evaluated}
    return tuple(_criterion(one, by_key.get(f"discharge.{one.key}")) for one in standings(facts))


def _criterion(standing: Standing, found: Finding | None) -> Criterion:
    passed = found is not None and found.decision is not None and not found.is_open
    met = Met.DECIDED if passed and standing.met is not Met.MET else standing.met
    return Criterion(standing.key, standing.title, standing.detail, met, standing.source, found)


def findings(facts: Facts) -> Iterator[Finding]:
    """Each criterion that is not met, for a provider to decide; time alone mends a hold. None while the pump runs.

    Once the patient could leave, a provider can also decide on what nobody could find out: a cuff that was refused.
    """
    if stopped(facts) is None:
        return
    for one in standings(facts):
        if one.met is Met.NOT_MET:
            yield _not_met(one)
        elif one.undone:
            yield _undone(one)
        elif one.met is Met.UNANSWERED and _is_missing(facts, one):
            yield _still_missing(one)


def _is_missing(facts: Facts, one: Standing) -> bool:
    """The time is over, or a provider decided on it, and no question is open that the nurse could still answer."""
    ready = ready_at(facts)
    waited = (ready is not None and facts.now >= ready) or any(
        decision.finding == f"{STEP}.min_time" for decision in facts.record.decisions
    )
    return waited and all(facts.is_answered(item) for item in one.items)


def _still_missing(one: Standing) -> Finding:
    return finding(
        f"{STEP}.{one.key}",
        Level.REVIEW,
        f"{one.title} – {one.detail}",
        NOT_CHECKED,
        "Check it now. If it cannot be done, the provider decides.",
        STEP,
        items=one.items,
        source=one.source,
        inputs=(*one.inputs, ("missing", one.detail)),
    )


def _undone(one: Standing) -> Finding:
    return finding(
        f"{STEP}.{one.key}",
        Level.HOLD,
        one.undone,
        NOT_CHECKED,
        "Do it, then mark it done; or the provider decides that it can wait.",
        STEP,
        inputs=one.inputs,
    )


def _not_met(one: Standing) -> Finding:
    return finding(
        f"discharge.{one.key}",
        Level.REVIEW if one.until is None else Level.HOLD,
        f"{one.title} – {one.detail}",
        "This criterion is not met.",
        "The provider decides." if one.until is None else f"Wait until {written_time(one.until)}.",
        STEP,
        items=one.items,
        source=one.source,
        inputs=one.inputs,
        until=one.until,
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """What the second pause point looks at. `found` are its findings, the heaviest first."""

    found: tuple[Finding, ...]
    criteria: tuple[Criterion, ...]
    missing: tuple[Item, ...]

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.found if one.is_open)

    @property
    def for_provider(self) -> list[Finding]:
        """What only a provider can pass; what is still to check is the nurse's first."""
        return [one for one in self.open if one.until is None and one.detail != NOT_CHECKED]

    def titles(self, met: Met) -> list[str]:
        return [one.title for one in self.criteria if one.met is met]

    @property
    def counts(self) -> tuple[int, int, int]:
        met, decided, not_met = (len(self.titles(one)) for one in (Met.MET, Met.DECIDED, Met.NOT_MET))
        return met, decided, not_met


def discharge(facts: Facts, evaluated: Iterable[Finding]) -> Verdict:
    """Whether the patient can leave. `evaluated` are all findings with their decisions.

    Precedence: the pump still runs, postponed by a provider, an escalation that still stands, held by time, waiting
    for a provider, incomplete, ready. What else is open is told beside it.
    """
    found = [one for one in evaluated if _concerns(one)]
    found.sort(key=lambda one: -one.level.rank)
    judged = criteria(facts, found)
    point = _Point(tuple(found), judged, _not_waived(facts, judged))
    if stopped(facts) is None:
        return _made(point, VerdictKind.INCOMPLETE, "Not yet", "The infusion has not ended yet.")
    refused = [one for one in point.open if one.decision and one.decision.choice is Choice.POSTPONE]
    stops = [one for one in point.open if one.level is Level.STOP]
    if refused:
        return _made(point, VerdictKind.STOPPED, "Stays for now", f"A provider decided to wait: {refused[0].title}.")
    if stops:
        return _made(point, VerdictKind.STOPPED, "Cannot leave", f"{stops[0].title}. {stops[0].action}")
    return _rest(facts, point)


def _concerns(one: Finding) -> bool:
    """Its own step, the patient's state now, who takes the patient home, and what could not be judged at all.

    So does a stop of another step that no provider has decided: it came up after the start, which it would have kept
    shut. What nobody can override keeps nobody here: a patient who takes the consent back may leave.
    """
    if one.step == STEP or one.key.startswith((MONITORING, FAILED)) or one.key in escort.WAY_HOME:
        return True
    return one.level is Level.STOP and one.is_open and not one.nobody_overrides


def _rest(facts: Facts, point: _Point) -> Verdict:
    """What remains once nothing stops the patient."""
    sentence = _join(_for_provider(point), _still_to_check(point))
    until = max((one.until for one in point.open if one.until is not None), default=None)
    if until is not None:
        at = written_time(until)
        whole = _join(f"Can leave from {at}: {_why(facts, point)}.", sentence)
        return _made(point, VerdictKind.HELD, f"Can leave from {at}", whole, until)
    if point.for_provider:
        return _made(point, VerdictKind.WAITING, "Provider review needed", sentence)
    if sentence:
        return _made(point, VerdictKind.INCOMPLETE, "Not complete", sentence)
    decided = any(one.decision is not None for one in point.found)
    kind = VerdictKind.CLEARED_AFTER_REVIEW if decided else VerdictKind.CLEARED
    return _made(point, kind, "Ready to leave", "Ready to leave.")


def _made(point: _Point, kind: VerdictKind, title: str, sentence: str, until: Moment | None = None) -> Verdict:
    return Verdict(kind, title, sentence, point.missing, point.open, until, point.counts)


def _why(facts: Facts, point: _Point) -> str:
    """`observed 18 of 30 min`, or what else only time mends."""
    clock = facts.once(clocks)
    held = [one.title for one in point.open if one.until is not None and one.key != "discharge.min_time"]
    if clock is None or held:
        return "; ".join(held)
    observed, needed = (int(length.total_seconds() // 60) for length in (clock.observed, clock.needed))
    return f"observed {observed} of {needed} min"


def _for_provider(point: _Point) -> str:
    """`Waiting for a provider: walks steadily.`"""
    waiting = point.for_provider
    if not waiting:
        return ""
    return f"Waiting for a provider: {'; '.join(one.title for one in waiting[:_NAMED])}{_more(len(waiting))}."


def _still_to_check(point: _Point) -> str:
    """`3 criteria still to check.` with their names when they are few; items that no criterion reads count, too."""
    titles = point.titles(Met.UNANSWERED) or [item.label for item in point.missing]
    if not titles:
        return ""
    named = f": {'; '.join(titles)}" if len(titles) <= _NAMED else ""
    return f"{len(titles)} {'criterion' if len(titles) == 1 else 'criteria'} still to check{named}."


def _more(count: int) -> str:
    return f" and {count - _NAMED} more" if count > _NAMED else ""


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _not_waived(facts: Facts, judged: Iterable[Criterion]) -> tuple[Item, ...]:
    """Missing items, without those of a criterion that a provider decided on."""
    decided = [one.finding.items for one in judged if one.met is Met.DECIDED and one.finding is not None]
    waived = {item for items in decided for item in items}
    return tuple(item for item in missing_items(facts) if item.id not in waived)


def missing_items(facts: Facts) -> tuple[Item, ...]:
    """Visible items needed for the discharge without an answer."""
    return tuple(
        item
        for item in facts.protocol.items()
        if item.needed_for is NeededFor.DISCHARGE and facts.is_visible(item) and not facts.is_answered(item.id)
    )
