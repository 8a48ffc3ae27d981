"""Where a clinic's own file asks less than the shipped one: each such place needs a name that stands for it.

A limit or a typed number carries it as `accepted_by`; a question that was dropped, is asked of fewer patients, or whose
gates weigh less, stands in [accepted]; so does a side effect, as "effect.nausea".
"""

from collections.abc import Iterator
from decimal import Decimal

from checklist.model import AnswerState, Level
from checklist.protocol.values import Bounds, Carry, Condition, EffectTerm, Gate, Item, Limit, NeededFor, Protocol

MEND = 'Undo it, or write in [accepted]: "{id}" = "name, date" of the medical lead who accepts it.'


def lighter(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """A sentence for each limit and item that is lighter than in `like`, the shipped protocol, with nobody's name."""
    for key, shipped in like.limits.items():
        limit = protocol.limits.get(key)
        if limit is not None and not limit.accepted_by:
            yield from _limit(limit, shipped, name)
    for key, tiers in like.bounds.items():
        bounds = protocol.bounds.get(key)
        if bounds is not None and not bounds.accepted_by:
            yield from _bounds(bounds, tiers, name)
    items = {item.id: item for item in (*protocol.items(), *protocol.followup)}
    for item in (*like.items(), *like.followup):
        if item.id not in protocol.accepted:
            yield from _item(items.get(item.id), item, name)
    effects = {effect.id: effect for effect in protocol.effects}
    for effect in like.effects:
        if f"effect.{effect.id}" not in protocol.accepted:
            yield from _effect(effects.get(effect.id), effect, name)
    yield from _strangers(protocol, like, name)


def _limit(limit: Limit, shipped: Limit, name: str) -> Iterator[str]:
    low, high = shipped.allowed
    if limit.allowed[0] < low or limit.allowed[1] > high:
        yield (
            f"{name}, line {limit.line}: limit {limit.key}: "
            f"its allowed range is wider than the shipped {low} to {high}. "
            'Write the shipped range, or add accepted_by = "name, date" of the medical lead who accepts it.'
        )


def _bounds(own: Bounds, shipped: Bounds, name: str) -> Iterator[str]:
    pairs = [("", own, shipped)]
    pairs += [(f" {unit}", one, shipped.also[unit]) for unit, one in own.also.items() if unit in shipped.also]
    for unit, mine, theirs in pairs:
        for tier in ("reject", "confirm"):
            ends = [(getattr(one, f"{tier}_low"), getattr(one, f"{tier}_high")) for one in (mine, theirs)]
            if is_wider(*ends):
                yield (
                    f"{name}, line {own.line}: bounds {own.key}:{unit} “{tier}” is wider than the shipped "
                    f"{ends[1][0]} to {ends[1][1]}. Write the shipped numbers, or add "
                    'accepted_by = "name, date" of the medical lead who accepts it.'
                )


def is_wider(own: tuple[Decimal | None, Decimal | None], shipped: tuple[Decimal | None, Decimal | None]) -> bool:
    """Whether `own` lets more numbers pass; an end that is not there lets all pass."""
    low = shipped[0] is not None and (own[0] is None or own[0] < shipped[0])
    high = shipped[1] is not None and (own[1] is None or own[1] > shipped[1])
    return low or high


def _item(own: Item | None, shipped: Item, name: str) -> Iterator[str]:
    mend = MEND.format(id=shipped.id)
    if own is None:
        if _matters(shipped):
            yield f"{name}: the item “{shipped.id}” was left out, and with it what its answers mean. {mend}"
        return
    where = f"{name}, line {own.line}: item “{own.id}”"
    if shipped.needed_for is not NeededFor.NOTHING and own.needed_for is not shipped.needed_for:
        yield f"{where} is no longer needed for {shipped.needed_for}. {mend}"
    if shipped.carry is Carry.NEVER and own.carry is not Carry.NEVER:
        yield f"{where} is an observation of the day and would now carry over ({own.carry}). {mend}"
    if _matters(shipped) and asks_fewer(own.show_when, shipped.show_when):
        yield f"{where} is asked of fewer patients: it has conditions that the shipped one has not. {mend}"
    yield from (f"{where} {text} {mend}" for text in _newer_keys(own, shipped))
    for word in (word for gate in shipped.gates for word in gate.when):
        before, after = of_word(shipped, word), of_word(own, word)
        if after[0].rank < before[0].rank:
            yield f"{where}: “{word}” was {before[0]} and is now {after[0]}. {mend}"
        elif before[1] and not after[1]:
            yield f"{where}: nobody could override “{word}”, and now a provider can. {mend}"


def _newer_keys(own: Item, shipped: Item) -> Iterator[str]:
    if own.retired and not shipped.retired:
        yield "is retired, so nobody is asked it."
    if own.about and not shipped.about:
        yield "would take a month or a year for a date."
    if set(shipped.due_when) - set(own.due_when):
        yield "is due in fewer cases."


def _effect(own: EffectTerm | None, shipped: EffectTerm, name: str) -> Iterator[str]:
    """What can no longer be recorded, and what a provider no longer decides before the patient leaves."""
    mend = MEND.format(id=f"effect.{shipped.id}")
    if own is None:
        yield f"{name}: the side effect “{shipped.id}” was left out, so nobody can record it. {mend}"
        return
    where = f"{name}, line {own.line}: side effect “{own.id}”"
    for grade, (before, after) in enumerate(zip(shipped.grades, own.grades, strict=True), 1):
        if before and not after:
            yield f"{where} has no grade {grade} any more, so nobody can record it. {mend}"
    if decides_less(own, shipped):
        yield f"{where}: a provider decided from grade {shipped.review_from} on before the patient leaves. {mend}"


def decides_less(own: EffectTerm, shipped: EffectTerm) -> bool:
    """Whether a provider decides on fewer grades; 0 is on none because of the term alone."""
    return bool(shipped.review_from) and (not own.review_from or own.review_from > shipped.review_from)


def _matters(item: Item) -> bool:
    return bool(item.gates) or item.needed_for is not NeededFor.NOTHING


def asks_fewer(own: tuple[Condition, ...], shipped: tuple[Condition, ...]) -> bool:
    """Whether a condition stands in `own` that no condition of `shipped` already demands."""
    return any(not any(_demands(theirs, mine) for theirs in shipped) for mine in own)


def _demands(theirs: Condition, mine: Condition) -> bool:
    """Where `theirs` holds `mine` holds too."""
    return (theirs.item, theirs.fact) == (mine.item, mine.fact) and set(theirs.answers) <= set(mine.answers)


def of_word(item: Item, word: str) -> tuple[Level, bool]:
    """What an answer means by itself: its level, and whether nobody overrides it. The first gate that fits counts."""
    gate: Gate | None = next((gate for gate in item.gates if word in gate.when), None)
    if gate is not None:
        return gate.level, gate.nobody_overrides
    needed = item.needed_for in (NeededFor.CLEARANCE, NeededFor.START)
    ungated = {AnswerState.DECLINED.value: Level.REVIEW, AnswerState.UNKNOWN.value: Level.HOLD}
    return (ungated.get(word, Level.CLEAR) if needed else Level.CLEAR), False


def _strangers(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    known = {str(item.id) for item in (*like.items(), *like.followup)}
    known |= {f"effect.{effect.id}" for effect in like.effects} | {f"texts.{key}" for key in like.texts}
    for accepted in protocol.accepted:
        if accepted not in known:
            what = "no item, effect or text of the shipped protocol"
            yield f"{name}: [accepted] names “{accepted}”, which is {what}. Mend the name."
