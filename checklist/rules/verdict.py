"""The verdict of a pause point: one sentence that says whether the infusion can start, and if not, why and until when.

Precedence: postponed or stopped, held, incomplete, waiting for a provider, cleared. A hold shows before the last item
is answered, because waiting for 13:20 is worth knowing at once; nothing is cleared while an item is missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from checklist.model import Choice, Decision, ItemId, Level, Staff, StaffId
from checklist.protocol import Carry, Item, ItemKind, NeededFor
from checklist.rules import baseline, fasting, medication
from checklist.rules.facts import Facts
from checklist.rules.texts import fill, when
from checklist.snapshot import Finding, Verdict, VerdictKind

BASELINE = "vitals.baseline"
_SIGN_NAMES = {
    "bp": "blood pressure",
    "hr": "heart rate",
    "spo2": "SpO2",
    "rr": "breathing rate",
    "temp": "temperature",
}
_OF_THE_SET = frozenset(f"vitals.{sign}" for sign in (*baseline.SIGNS, "sedation"))
_NAMED = 3  # more missing items than this are counted, not named


@dataclass(frozen=True, slots=True)
class _Point:
    """What one pause point looks at. `asked` are the ids of everything that it asks for, answered or not."""

    findings: tuple[Finding, ...]
    missing: tuple[Item, ...]
    asked: frozenset[str]

    def of(self, *levels: Level) -> list[Finding]:
        return [one for one in self.findings if one.level in levels]

    @property
    def open(self) -> list[Finding]:
        return [one for one in self.findings if one.is_open]

    @property
    def touched(self) -> set[str]:
        """What is not clear: the first item of a finding, the baseline set, a medicine, or the finding itself."""
        return {self._thing(one) for one in self.of(Level.REVIEW, Level.HOLD, Level.STOP)}

    def _thing(self, found: Finding) -> str:
        if found.items and found.items[0] in self.asked:
            return found.items[0]
        return BASELINE if found.key in _OF_THE_SET else found.key

    @property
    def total(self) -> int:
        return len(self.asked | self.touched)

    @property
    def counts(self) -> tuple[int, int, int]:
        clear = len(self.asked - self.touched - {item.id for item in self.missing})
        return clear, len(self.of(Level.REVIEW)), len(self.of(Level.HOLD, Level.STOP))


def clearance(facts: Facts, findings: Iterable[Finding], staff: Mapping[StaffId, Staff] | None = None) -> Verdict:
    """Whether the patient may have the infusion today: everything of the steps before it. `staff` names who decided."""
    steps = {step.id for step in facts.protocol.steps if step.phase == "before"}
    mine = tuple(one for one in findings if one.step in steps)
    missing = (*_missing_items(facts, NeededFor.CLEARANCE), *_missing_rows(facts))
    asked = {
        *_asked(facts, NeededFor.CLEARANCE),
        BASELINE,
        *(f"med.{row.id}" for row in facts.record.current_medicines),
    }
    return _verdict(facts, _Point(mine, missing, frozenset(asked)), staff or {})


def missing_items(facts: Facts, needed_for: NeededFor, step_id: str) -> tuple[Item, ...]:
    """Required items of one step that are asked and not answered."""
    step = next(step for step in facts.protocol.steps if step.id == step_id)
    return _missing_of(facts, needed_for, step.items)


def _asked(facts: Facts, needed_for: NeededFor) -> list[str]:
    return [item.id for item in facts.protocol.items() if item.needed_for is needed_for and facts.is_visible(item)]


def _missing_items(facts: Facts, needed_for: NeededFor) -> tuple[Item, ...]:
    return _missing_of(facts, needed_for, facts.protocol.items())


def _missing_of(facts: Facts, needed_for: NeededFor, items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(
        item
        for item in items
        if item.needed_for is needed_for and facts.is_visible(item) and not facts.is_answered(item.id)
    )


def _missing_rows(facts: Facts) -> tuple[Item, ...]:
    """What is asked without being an item: the baseline set, and each medicine nobody has confirmed."""
    rows = [_as_item(f"med.{row.id}", f"Confirm {row.typed.strip()}") for row in medication.unconfirmed(facts)]
    signs = baseline.missing_signs(facts)
    if signs:
        named = ", ".join(_SIGN_NAMES[sign] for sign in signs)
        whole = len(signs) == len(baseline.SIGNS)
        rows.append(_as_item(BASELINE, "Vital signs before the start" if whole else f"Vital signs: {named}"))
    return tuple(rows)


def _as_item(item_id: str, label: str) -> Item:
    return Item(
        id=ItemId(item_id),
        kind=ItemKind.TEXT,
        label=label,
        help="",
        options=(),
        needed_for=NeededFor.CLEARANCE,
        carry=Carry.NEVER,
        gates=(),
        show_when=(),
        bounds="",
        future=False,
        group="",
        clear_text="",
        line=0,
    )


def _verdict(facts: Facts, point: _Point, staff: Mapping[StaffId, Staff]) -> Verdict:
    """The first of the precedence that applies."""
    decisions = [one.decision for one in point.findings if one.decision is not None]
    postponed = [one for one in decisions if one.choice is Choice.POSTPONE]
    stops = [one for one in point.open if one.level is Level.STOP or one.nobody_overrides]
    holds = [one for one in point.open if one.level is Level.HOLD]
    if postponed:
        return _made(point, VerdictKind.STOPPED, "Postponed", _postponed(postponed[-1], staff))
    if stops:
        return _made(point, VerdictKind.STOPPED, "Do not start", _stopped(stops))
    if holds:
        return _held(facts, point, holds)
    if point.missing:
        return _made(
            point, VerdictKind.INCOMPLETE, "Not complete", _join(_to_answer(facts, point), _for_provider(point))
        )
    if point.open:
        return _made(point, VerdictKind.WAITING, "Provider review needed", _waiting(point))
    return _ready(point)


def _made(point: _Point, kind: VerdictKind, title: str, sentence: str) -> Verdict:
    heaviest_first = sorted(point.open, key=lambda one: -one.level.rank)
    return Verdict(kind, title, sentence, point.missing, tuple(heaviest_first), counts=point.counts)


def _held(facts: Facts, point: _Point, holds: list[Finding]) -> Verdict:
    """Held until a time when time alone resolves every hold; else held by what a person must do."""
    for_people = [one for one in holds if one.until is None]
    timed = [(one.until, one) for one in holds if one.until is not None]
    latest = max(timed, key=lambda pair: pair[0], default=None)
    time = f"before {when(latest[0], facts)}: {_why(facts, latest[1])}." if latest else ""
    if latest is not None and not for_people:
        sentence = _join(f"Cannot start {time}", _rest(facts, point))
        return replace(
            _made(point, VerdictKind.HELD, f"Held until {when(latest[0], facts)}", sentence), until=latest[0]
        )
    more = f" And {_count(len(for_people) - 1, 'more hold', 'more holds')}." if len(for_people) > 1 else ""
    first = f"Cannot start: {_lower(for_people[0].title)}. {for_people[0].action}{more}"
    sentence = _join(first, f"Not {time}" if time else "", _rest(facts, point))
    return _made(point, VerdictKind.HELD, "Held", sentence)


def _why(facts: Facts, found: Finding) -> str:
    """The cause with its sum, where one exists: `last solid food 07:20 (6hr)`."""
    return fasting.cause(facts, found.key) or _lower(found.title)


def _rest(facts: Facts, point: _Point) -> str:
    """What else is open beside the holds."""
    return _join(_for_provider(point), _to_answer(facts, point)) or "All else is ready."


def _postponed(decision: Decision, staff: Mapping[StaffId, Staff]) -> str:
    """`Postponed by A. Menon, MD: come back on Friday.`"""
    person = staff.get(decision.provider or decision.by)
    who = decision.verbal_from or (person.signed_name if person else "a provider")
    reason = decision.why.strip().rstrip(".")
    return f"Postponed by {who}: {reason}." if reason else f"Postponed by {who}."


def _stopped(stops: list[Finding]) -> str:
    worst = max(stops, key=lambda one: (one.nobody_overrides, one.level.rank))
    more = f" And {_count(len(stops) - 1, 'more stop', 'more stops')}." if len(stops) > 1 else ""
    return f"{worst.title}. {worst.action}{more}"


def _waiting(point: _Point) -> str:
    waiting = len(point.open)
    return (
        f"{_count(waiting, 'finding', 'findings')} must be reviewed before the infusion can start. "
        f"{point.counts[0]} of {_count(point.total, 'item is', 'items are')} clear."
    )


def _ready(point: _Point) -> Verdict:
    decided = [one for one in point.findings if one.decision is not None]
    if not decided:
        what = "the item is" if point.total == 1 else f"all {point.total} items are"
        return _made(point, VerdictKind.CLEARED, "Ready to start", f"Ready: {what} clear.")
    sentence = (
        f"Ready after review: {point.counts[0]} of {_count(point.total, 'item is', 'items are')} clear, "
        f"a provider decided on {_count(len(decided), 'finding', 'findings')}."
    )
    return _made(point, VerdictKind.CLEARED_AFTER_REVIEW, "Ready after review", sentence)


def _to_answer(facts: Facts, point: _Point) -> str:
    """`2 items still to answer: Last clear fluid, Pregnancy.`"""
    missing = point.missing
    if not missing:
        return ""
    still = f"{_count(len(missing), 'item', 'items')} still to answer"
    labels = [fill(item.label, facts).rstrip("?.") for item in missing]
    return f"{still}: {'; '.join(labels)}." if len(missing) <= _NAMED else f"{still}; next: {labels[0]}."


def _for_provider(point: _Point) -> str:
    reviews = sum(one.level is Level.REVIEW for one in point.open)
    if not reviews:
        return ""
    return f"{_count(reviews, 'finding waits', 'findings wait')} for the provider."


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _lower(title: str) -> str:
    """The title inside a sentence; names and abbreviations (BP, SpO2, ALPRAZolam) keep their capitals."""
    first = title.partition(" ")[0]
    return title[0].lower() + title[1:] if first[1:].islower() or len(first) == 1 else title
