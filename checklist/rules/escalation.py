"""What calls for a provider without a number: a worry, a patient who asks, an emergency, a severe side effect.

Reference 6.2 and 8.1. A worry is always allowed, and only a provider's decision ends it.
"""

from collections.abc import Iterator, Sequence

from checklist.happened import EMERGENCY, STAMP_WORDS
from checklist.model import Effect, EventKind, Level, Stamp, StampKind
from checklist.rules.facts import Facts, finding
from checklist.rules.monitoring import CALL_INFUSION, CALL_RECOVERY, call_action
from checklist.rules.texts import limit_text, when
from checklist.snapshot import Finding

_CALLS = (
    ("monitor.worry", StampKind.WORRY, "The nurse is worried"),
    ("monitor.help", StampKind.HELP_ASKED, "The patient asks for help"),
)


def findings(facts: Facts) -> Iterator[Finding]:
    for key, kind, title in _CALLS:
        stamps = facts.record.stamped(kind)
        if stamps:
            yield _call(facts, key, title, stamps)
    emergency = facts.record.stamped(*EMERGENCY)
    if emergency:
        yield _emergency(facts, emergency)
    yield from _severe(facts)
    yield from _to_review(facts)


def step_now(facts: Facts) -> str:
    """Where a call belongs: before the start it keeps the clearance, later it stands where the patient is watched."""
    if facts.record.event(EventKind.STARTED) is None:
        return "clearance"
    return "infusion" if facts.record.event(EventKind.STOPPED) is None else "observation"


def _action(facts: Facts) -> str:
    runs = step_now(facts) == "infusion"
    return CALL_INFUSION if runs else CALL_RECOVERY


def _call(facts: Facts, key: str, title: str, stamps: Sequence[Stamp]) -> Finding:
    said = [f"{when(one.at, facts)}{': ' if one.words else ''}{one.words}" for one in stamps]
    return finding(
        key,
        Level.STOP,
        f"{title} ({said[-1]})",
        "Whatever the numbers say, this calls the provider." + (f" Also {'; '.join(said[:-1])}." if said[1:] else ""),
        _action(facts),
        step_now(facts),
        inputs=tuple((one.id, f"{one.at.store()} {one.words}") for one in stamps),
    )


def _emergency(facts: Facts, stamps: Sequence[Stamp]) -> Finding:
    """Each line binds the decision: what a provider let pass did not hold the next shock."""
    told = ", ".join(f"{STAMP_WORDS[one.kind]} {when(one.at, facts)}" for one in stamps)
    return finding(
        "monitor.emergency",
        Level.STOP,
        f"Emergency: {told}",
        "The timeline stands in the record and on the transfer summary.",
        _action(facts),
        step_now(facts),
        inputs=tuple((one.id, f"{one.kind} {one.at.store()}") for one in stamps),
    )


def is_severe(facts: Facts, effect: Effect) -> bool:
    return effect.grade >= facts.limit("escalate.effect_now")


def effect_label(facts: Facts, effect: Effect) -> str:
    """`Headache, grade 3`"""
    label = next((term.label for term in facts.protocol.effects if term.id == effect.term), effect.term)
    return f"{label}, grade {effect.grade}"


def _severe(facts: Facts) -> Iterator[Finding]:
    """A severe side effect calls until the provider has decided, also when it is over: that tells nobody."""
    severe = [one for one in facts.record.current_effects if is_severe(facts, one)]
    if not severe:
        return
    lasting = [one for one in severe if one.ended is None]
    named = "; ".join(f"{effect_label(facts, one)}, since {when(one.onset, facts)}" for one in lasting or severe)
    over = "" if lasting else ", over"
    yield finding(
        "monitor.effects",
        Level.STOP,
        f"{named}{over}",
        f"From grade {limit_text(facts, 'escalate.effect_now').split()[0]} on the provider is called.",
        call_action(facts, recovers=step_now(facts) != "infusion", eased=not lasting),
        step_now(facts),
        source=facts.protocol.source_of("escalate.effect_now"),
        inputs=tuple((one.id, f"{one.term} {one.grade}") for one in severe),
        eased=not lasting,
    )


def _to_review(facts: Facts) -> Iterator[Finding]:
    """Terms that the protocol lets a provider decide on before the patient leaves, however mild the rest is."""
    reviewed = {term.id: term.review_from for term in facts.protocol.effects if term.review_from}
    for one in facts.record.current_effects:
        if one.grade >= reviewed.get(one.term, one.grade + 1):
            yield finding(
                f"effect.{one.id}",
                Level.REVIEW,
                f"{effect_label(facts, one)}, since {when(one.onset, facts)}",
                f"{one.action or 'Nothing was written about what was done'}.",
                "The provider sees the patient before the patient leaves.",
                "discharge",
                inputs=((one.term, str(one.grade)), ("action", one.action)),
            )
