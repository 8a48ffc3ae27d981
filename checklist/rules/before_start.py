"""What keeps a patient from starting beside the numbers of the set: symptoms, and a mind that is not as usual.

Reference 4.2: a symptom of an emergency leads to the emergency path. A later good reading does not take it back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checklist.model import Level, Reading, Stage
from checklist.rules.baseline import STEP, baseline_readings
from checklist.rules.facts import Facts, finding
from checklist.rules.signs import EMERGENCY_SYMPTOMS, symptoms_shown
from checklist.rules.texts import limit_text
from checklist.snapshot import Finding
from checklist.times import written_time

EMERGENCY = "This is an emergency until a provider says otherwise. Call the provider now; do not start."
ASK = "Ask about it again and call the provider before the start."


@dataclass(frozen=True, slots=True)
class _Scale:
    """A scale of which only the latest score counts, from its limit on."""

    key: str
    name: str
    limit: str
    level: Level
    score: Callable[[Reading], int | None]


_SCALES = (
    _Scale("dissociation", "Dissociation", "baseline.dissociation_hold", Level.HOLD, lambda one: one.dissociation),
    _Scale("agitation", "Agitation (RASS +)", "baseline.agitation_hold", Level.HOLD, lambda one: one.agitation),
    _Scale("nausea", "Nausea", "baseline.nausea_review", Level.REVIEW, lambda one: one.nausea),
)


def findings(facts: Facts) -> Iterator[Finding]:
    yield from _symptoms(facts)
    for scale in _SCALES:
        yield from _scored(facts, scale)
    yield from _struck(facts)


def _symptoms(facts: Facts) -> Iterator[Finding]:
    """Every reading before the start that names one: only a provider can let it pass."""
    naming = [one for one in baseline_readings(facts) if one.symptoms]
    if not naming:
        return
    is_emergency = any(_is_emergency(one) for one in naming)
    named = "; ".join(f"{symptoms_shown(one)} at {written_time(one.observed)}" for one in naming)
    yield finding(
        "vitals.symptoms",
        Level.STOP if is_emergency else Level.REVIEW,
        f"Before the start: {named}",
        "A sign of an emergency." if is_emergency else "A symptom outside the list.",
        EMERGENCY if is_emergency else ASK,
        STEP,
        inputs=tuple((one.observed.store(), ",".join(one.symptoms)) for one in naming),
    )


def _is_emergency(reading: Reading) -> bool:
    return any(one in EMERGENCY_SYMPTOMS for one in reading.symptoms)


def _scored(facts: Facts, scale: _Scale) -> Iterator[Finding]:
    scored = [(one, score) for one in baseline_readings(facts) if (score := scale.score(one)) is not None]
    if not scored or scored[-1][1] < facts.limit(scale.limit):
        return
    reading, score = scored[-1]
    yield finding(
        f"vitals.{scale.key}",
        scale.level,
        f"{scale.name} {score} before the start",
        f"From {limit_text(facts, scale.limit).split()[0]} on, at {written_time(reading.observed)}.",
        "Call the provider before the start." if scale.level is Level.HOLD else "The provider decides.",
        STEP,
        source=facts.protocol.source_of(scale.limit),
        inputs=((scale.key, str(score)), ("observed", reading.observed.store())),
    )


def _struck(facts: Facts) -> Iterator[Finding]:
    """A symptom that was struck as wrong: that somebody had named it stays in sight."""
    for one in facts.record.readings:
        if one.stage is Stage.BASELINE and not one.counts and _is_emergency(one):
            yield finding(
                f"vitals.struck.{one.id}",
                Level.NOTE,
                f"Struck: {symptoms_shown(one)} at {written_time(one.observed)}",
                f"It kept the infusion from starting before it was struck: {one.artefact}.",
                "Ask about it again. Record who was told.",
                STEP,
                inputs=(("symptoms", ",".join(one.symptoms)), ("reason", one.artefact)),
            )
