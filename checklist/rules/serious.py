"""The seven questions of a serious event (reference 8.2): when they are asked, and what a yes means."""

from collections.abc import Iterator
from datetime import timedelta

from checklist.happened import EMERGENCY, TREATMENTS
from checklist.model import Level, StampKind
from checklist.rules import monitoring
from checklist.rules.courses import readings
from checklist.rules.escalation import is_severe
from checklist.rules.facts import Facts, finding
from checklist.snapshot import Finding
from checklist.times import written_day, written_time

STEP = "discharge"
QUESTIONS = ("death", "life", "hospital", "disability", "birth", "intervention", "other")
NEEDED = ("serious.provider_at", "serious.ems_at", "serious.family", "serious.report")


def is_asked(facts: Facts) -> bool:
    """A severe side effect, an emergency or a sign of one, or an escalation that ended in treatment."""
    record = facts.record
    if any(is_severe(facts, one) for one in record.current_effects) or record.stamped(*EMERGENCY):
        return True
    if monitoring.had_emergency_sign(facts):
        return True
    return _was_treated(facts) and _had_escalation(facts)


def _was_treated(facts: Facts) -> bool:
    """Oxygen, a medicine or an ambulance; words about what was done count from grade 2 on, as nobody can read them."""
    effects = facts.record.current_effects
    done = any(one.what in TREATMENTS for effect in effects for one in effect.done)
    in_words = any(effect.action.strip() and effect.grade > 1 for effect in effects)
    on_oxygen = any(one.on_oxygen for one in readings(facts))
    return done or in_words or on_oxygen or facts.word("discharge.no_reversal") == "given"


def _had_escalation(facts: Facts) -> bool:
    called = facts.record.stamped(StampKind.WORRY, StampKind.HELP_ASKED)
    return bool(called) or monitoring.has_escalated(facts)


def is_serious(facts: Facts) -> bool:
    return bool(_said(facts, "yes"))


def _said(facts: Facts, *words: str) -> list[str]:
    """Labels of the questions with one of these answers."""
    asked = (f"serious.{question}" for question in QUESTIONS)
    return [facts.protocol.item(item).label for item in asked if facts.word(item) in words]


def findings(facts: Facts) -> Iterator[Finding]:
    if not is_asked(facts):
        return
    yes, open_ones = _said(facts, "yes"), _said(facts, "")
    doubtful = _said(facts, "unknown", "declined", "not_applicable")
    if yes:
        yield _serious(facts, yes)
    elif doubtful:
        yield _found(facts, "serious.doubt", Level.REVIEW, f"Serious event not excluded: {_list(doubtful)}")
    if open_ones:
        yield _found(
            facts,
            "serious.open",
            Level.NOTE,
            f"{len(open_ones)} of {len(QUESTIONS)} questions about a serious event still to answer",
        )


def _serious(facts: Facts, yes: list[str]) -> Finding:
    return _found(facts, "serious.event", Level.REVIEW, f"SERIOUS event: {_list(yes)}")


def _found(facts: Facts, key: str, level: Level, title: str) -> Finding:
    items = (*(f"serious.{question}" for question in QUESTIONS), *NEEDED)
    day = facts.judged_end.local.date() + timedelta(days=int(facts.limit("serious.follow_up_days")))
    called = facts.moment("serious.provider_at")
    told = f"Provider informed {written_time(called)}. " if called else "Inform the provider now. "
    return finding(
        key,
        level,
        title,
        "Severe is not the same as serious: each question is asked, whatever the grade.",
        f"{told}Follow-up call due {written_day(day)}." if key == "serious.event" else "Answer each question.",
        STEP,
        items=items,
        source=facts.protocol.source_shown("S:MEDWATCH"),
        # Who was told afterwards is no reason to decide anew.
        inputs=tuple((f"serious.{question}", facts.word(f"serious.{question}")) for question in QUESTIONS),
    )


def _list(labels: list[str]) -> str:
    return "; ".join(label[:1].lower() + label[1:] for label in labels)
