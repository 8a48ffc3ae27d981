"""All rules over one set of facts. Save first, judge second: a fault in a rule becomes a hold, never a lost answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from checklist.model import Choice, Decision, Level
from checklist.rules import (
    allergies,
    asked,
    baseline,
    before_start,
    closing,
    conditions,
    consent,
    departure,
    deterioration,
    dose_warnings,
    escalation,
    escort,
    events,
    fasting,
    followup,
    forms,
    gates,
    interval,
    labs,
    medication,
    monitoring,
    recovery,
    screening,
    serious,
    sets,
)
from checklist.rules.facts import Facts, finding, fingerprint
from checklist.snapshot import Finding

Rule = Callable[[Facts], Iterator[Finding]]
ASK_AGAIN = "It was postponed: a provider decides whether it may go on."

RULES: tuple[tuple[str, str, Rule], ...] = (
    ("answers", "", gates.findings),
    ("allergies", allergies.STEP, allergies.findings),
    ("consent", consent.STEP, consent.findings),
    ("fasting", fasting.STEP, fasting.findings),
    ("medicines", medication.STEP, medication.findings),
    ("screening", screening.STEP, screening.findings),
    ("dated conditions", events.STEP, events.findings),
    ("questionnaires", forms.STEP, forms.findings),
    ("labs", labs.STEP, labs.findings),
    ("baseline", baseline.STEP, baseline.findings),
    ("symptoms before the start", baseline.STEP, before_start.findings),
    ("interval", interval.STEP, interval.findings),
    ("follow-up call", followup.NEXT_VISIT_STEP, followup.findings),
    ("dose", dose_warnings.STEP, dose_warnings.findings),
    ("monitoring", dose_warnings.STEP, monitoring.findings),
    ("sets", dose_warnings.STEP, sets.findings),
    ("deterioration", deterioration.STEP, deterioration.findings),
    ("escalation", dose_warnings.STEP, escalation.findings),
    ("escort", escort.STEP, escort.findings),
    ("serious event", serious.STEP, serious.findings),
    ("departure", departure.STEP, departure.findings),
    ("closing time", escort.STEP, closing.findings),
    ("conditions of decisions", recovery.STEP, conditions.findings),
    ("recovery", recovery.STEP, recovery.findings),
    ("age of answers", "", asked.findings),
)
"""Name, step and rule, in the order in which they are asked. The gates and the age of the answers span every step."""


def evaluate(facts: Facts, rules: tuple[tuple[str, str, Rule], ...] = RULES) -> tuple[Finding, ...]:
    """Every finding with its decision, by step and then heaviest first. Never raises."""
    found = [each for name, step, rule in rules for each in _guarded(facts, name, step, rule)]
    found = [gates.explained(facts, each) for each in found]
    postponed = _postponed(facts)
    keys = {each.key for each in found}
    found += [_gone(one) for key, one in postponed.items() if key not in keys]
    found = [_kept_open(each) if each.key in postponed else each for each in found]
    places = {step.id: place for place, step in enumerate(facts.protocol.steps)}
    found.sort(key=lambda each: (places.get(each.step, len(places)), -each.level.rank))
    return tuple(_decided(facts, each, postponed.get(each.key)) for each in found)


def _postponed(facts: Facts) -> dict[str, Decision]:
    """By key the postponements that stand before the start: only a provider's new decision takes one back.

    A later good reading, or a medicine taken off the list, does not say that the reason of the provider is gone.
    """
    if facts.started is not None:
        return {}
    last = {one.finding: one for one in facts.record.decisions}
    return {key: one for key, one in last.items() if one.choice is Choice.POSTPONE}


def _gone(postponed: Decision) -> Finding:
    return finding(
        postponed.finding,
        Level.REVIEW,
        "A provider postponed this infusion",
        "What it was about is no longer there.",
        ASK_AGAIN,
        "clearance",
        inputs=(("was", postponed.fingerprint),),
    )


def _kept_open(found: Finding) -> Finding:
    if found.level.rank >= Level.REVIEW.rank:
        return found
    raised = fingerprint(found.key, Level.REVIEW, found.inputs)
    return replace(found, level=Level.REVIEW, fingerprint=raised, action=ASK_AGAIN)


def _guarded(facts: Facts, name: str, step_id: str, rule: Rule) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(rule(facts))  # what it said before the fault stays in the list
    except Exception as fault:  # whatever it was, the answers are saved and the nurse must not be stopped by us
        found.append(_could_not_judge(facts, name, step_id, fault))
    return found


def _could_not_judge(facts: Facts, name: str, step_id: str, fault: Exception) -> Finding:
    title = next((step.title for step in facts.protocol.steps if step.id == step_id), "A part of the checklist")
    return finding(
        f"failed.{name}",
        Level.HOLD,
        f"{title} could not be judged",
        "The program made a mistake here. Every answer is saved.",
        "Check this step by hand; the provider decides. Tell whoever looks after the program.",
        step_id or facts.protocol.steps[0].id,
        inputs=(("fault", type(fault).__name__),),
    )


def _decided(facts: Facts, found: Finding, postponed: Decision | None) -> Finding:
    """The finding with its decision. A provider alone cannot let pass what needs two (reference 5.4)."""
    if postponed is not None:
        return replace(found, decision=postponed)
    valid = _decisions(facts, found)
    if not valid:
        return found
    who = {one.provider or one.verbal_from.casefold() or one.by for one in valid}
    if valid[-1].choice is Choice.PROCEED and len(who) < found.deciders_needed:
        return replace(found, action="One provider has decided to go on. A second provider must decide too.")
    return replace(found, decision=valid[-1])


def _decisions(facts: Facts, found: Finding) -> list[Decision]:
    """The decisions on this finding that count: made on the same inputs at this level or a heavier one, to the last.

    A provider who let a hold pass need not decide again because time has made it a mere review. A postponement ends
    what was decided before it.
    """
    made = [one for one in facts.record.decisions if one.finding == found.key]
    if not made or found.level.rank < Level.REVIEW.rank:
        return []
    heavier = [level for level in Level if level.rank >= found.level.rank]
    valid = {fingerprint(found.key, level, found.inputs) for level in heavier}
    counting: list[Decision] = []
    for one in made:
        alike = one.fingerprint in valid
        kept = counting if one.choice is Choice.PROCEED and alike else []
        counting = [*kept, one] if alike else []
    return counting
