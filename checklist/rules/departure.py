"""Leaving against advice (reference 12.14) and wanting to drive (12.15): what is recorded, and who may judge it."""

from collections.abc import Iterator

from checklist.model import EventKind, Level, Stage, StampKind
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import number
from checklist.snapshot import Finding
from checklist.times import written_time

STEP = "discharge"
LEFT = "left_ama"
_NAMED = 3  # more open points than this are counted, not named
CAPACITY = {
    "ama.understand": "understands",
    "ama.appreciate": "appreciates",
    "ama.reason": "reasons",
    "ama.choose": "chooses",
}


def is_leaving(facts: Facts) -> bool:
    """Wants to leave, or has left."""
    return bool(facts.record.stamped(StampKind.LEAVING)) or has_left(facts)


def has_left(facts: Facts) -> bool:
    ended = facts.record.event(EventKind.ENDED)
    return ended is not None and ended.detail.get("kind") == LEFT


def doubt(facts: Facts) -> str:
    """Why a nurse alone cannot judge that this patient can decide; "" when awake, lucid and found able."""
    return " ".join(why for why in (_drowsy(facts), _unable(facts)) if why)


def _drowsy(facts: Facts) -> str:
    """MOAA/S or dissociation since the start; a patient who got nothing is as able as on any other day."""
    if facts.record.event(EventKind.STARTED) is None:
        return ""
    since = [one for one in facts.record.valid_readings() if one.stage is not Stage.BASELINE]
    awake = next((one for one in reversed(since) if one.moaas is not None), None)
    if awake is None or awake.moaas is None:
        return "MOAA/S was not recorded since the start."
    if awake.moaas < facts.limit("departure.awake"):
        return f"MOAA/S was {awake.moaas} at {written_time(awake.observed)}."
    away = next((one for one in reversed(since) if one.dissociation is not None), None)
    if away is not None and away.dissociation is not None and away.dissociation > facts.limit("departure.lucid"):
        return f"Dissociation was {away.dissociation} at {written_time(away.observed)}."
    return ""


def _unable(facts: Facts) -> str:
    """`Not shown: reasons (not known), chooses (no).`"""
    words = {item: facts.word(item) for item in CAPACITY}
    lacking = [f"{CAPACITY[item]} ({_shown(word)})" for item, word in words.items() if word not in ("", "yes")]
    return f"Not shown that the patient {', '.join(lacking)}." if lacking else ""


def _shown(word: str) -> str:
    return {"unknown": "not known"}.get(word, word.replace("_", " "))


def findings(facts: Facts) -> Iterator[Finding]:
    if not is_leaving(facts):
        return
    yield from _capacity(facts)
    yield from _record(facts)


def _capacity(facts: Facts) -> Iterator[Finding]:
    why = doubt(facts)
    if not why:
        return
    score = number(facts.limit("departure.awake"))
    yield finding(
        "departure.capacity",
        Level.STOP if _unable(facts) else Level.REVIEW,
        f"A provider judges whether the patient can decide to leave. {why}",
        f"A nurse alone does not judge it below MOAA/S {score}, when dissociated, or when one of four points is not "
        "shown: understand, appreciate, reason, choose.",
        "Stay with the patient. Call the provider now.",
        STEP,
        items=tuple(CAPACITY),
        source=facts.protocol.source_shown("S:AMA"),
        inputs=(("doubt", why),),
    )


def _record(facts: Facts) -> Iterator[Finding]:
    """What is still to write. A patient who walks out is not kept by a form: it can be completed afterwards."""
    asked = [item for item in facts.protocol.items() if item.id.startswith("ama.") and facts.is_visible(item)]
    missing = [item for item in asked if not facts.is_answered(item.id)]
    if missing:
        left = "Left against advice" if has_left(facts) else "Wants to leave against advice"
        yield finding(
            "departure.record",
            Level.NOTE,
            f"{left}: {len(missing)} of {len(asked)} points still to record",
            f"{'; '.join(item.label for item in missing[:_NAMED])}"
            f"{f' and {len(missing) - _NAMED} more' if len(missing) > _NAMED else ''}.",
            "Write them in the step Discharge, also when the patient has left.",
            STEP,
            items=tuple(item.id for item in missing),
            inputs=(("missing", ",".join(item.id for item in missing)),),
        )
