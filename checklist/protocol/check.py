"""What must hold across a protocol: unique ids, references that lead somewhere, no circles, all that the rules read."""

from collections.abc import Iterator, Sequence

from checklist.errors import ProtocolError
from checklist.model import ItemId
from checklist.protocol.lighter import lighter
from checklist.protocol.values import Condition, Item, ItemKind, Protocol

STATES = ("declined", "unknown", "not_applicable")
KNOWN_FACTS = (
    "takes_glp1",
    "fasts_on_insulin",
    "returning",
    "may_be_pregnant",
    "asq_positive",
    "takes_opioid",
    "needs_liver_tests",
)
REQUIRED_STEPS = (
    "identity",
    "fasting",
    "transport",
    "medicines",
    "screening",
    "vitals",
    "clearance",
    "infusion",
    "observation",
    "discharge",
)


READ_BY_RULES = (
    "identity.name",
    "identity.born",
    "consent.on_file",
    "consent.date",
    "fasting.solids",
    "fasting.fatty",
    "fasting.fluids",
    "fasting.glucose",
    "transport.plan",
    "transport.name",
    "transport.relationship",
    "medicines.complete",
    "screening.change",
    "asq.1",
    "asq.2",
    "asq.3",
    "asq.4",
    "asq.how",
    "asq.5",
    "asq.describe",
    "cond.liver",
    "cond.spo2_scale2",
    "labs.lft_date",
    "labs.alt_times",
    "vitals.weight",
    "vitals.height",
    "dose.mg_per_kg",
    "dose.weight_basis",
    "dose.concentration",
    "dose.total_ml",
    "dose.diluent",
    "dose.minutes",
    "dose.mg",
    "dose.expiry",
    "aldrete.activity",
    "aldrete.respiration",
    "aldrete.consciousness",
    "mpadss.ambulation",
    "mpadss.nausea",
    "mpadss.pain",
    "mpadss.bleeding",
    "discharge.oriented",
    "discharge.dissociation",
    "discharge.mood",
    "discharge.iv_out",
    "discharge.no_reversal",
    "discharge.reversal_at",
    "discharge.written",
    "discharge.understood",
    "discharge.escort",
    "waste.drawn_mg",
    "waste.wasted_mg",
)
"""Items that a rule reads by name: a clinic may word them anew, not leave them out."""


def check(protocol: Protocol, name: str, like: Protocol | None) -> None:
    """Raise ProtocolError for the first mistake found between the parts of a protocol."""
    for complaint in complaints(protocol, name, like):
        raise ProtocolError(complaint)


def complaints(protocol: Protocol, name: str, like: Protocol | None) -> Iterator[str]:
    """Every mistake between the parts of a protocol, one sentence each; `like` is the shipped one."""
    yield from _complaints(protocol, name)
    if like is not None:
        yield from _missing(protocol, like, name)
        yield from lighter(protocol, like, name)


def _missing(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """Whatever the rules read must be there, in the unit they read it in."""
    for part in ("limits", "settings", "bounds", "texts"):
        for key in getattr(like, part):
            if key not in getattr(protocol, part):
                yield f"{name}: {part} has no “{key}”. Copy it from the shipped protocol, then change its value."
    for key, limit in like.limits.items():
        own = protocol.limits.get(key, limit)
        if own.unit != limit.unit:
            yield f"{name}, line {own.line}: limit {key} is in “{own.unit}”. Give it in {limit.unit}."
    for key, bounds in like.bounds.items():
        unit = protocol.bounds.get(key, bounds).unit
        if unit != bounds.unit:
            yield f"{name}: bounds {key} are in “{unit}”. Give them in “{bounds.unit}”."
    for key, setting in like.settings.items():
        chosen = protocol.settings.get(key, setting).value
        if chosen not in setting.options:
            yield f"{name}: setting {key} is “{chosen}”. Use one of: {', '.join(setting.options)}."
    yield from _missing_items(protocol, like, name)


def _missing_items(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """An item that a rule reads must be there, of the same kind and with the answers that the rule knows."""
    own = {item.id: item for item in protocol.items()}
    for item_id in READ_BY_RULES:
        shipped, item = like.item(item_id), own.get(ItemId(item_id))
        if item is None:
            yield f"{name}: the item “{item_id}” is missing; a rule reads it. Copy it from the shipped protocol."
        elif item.kind is not shipped.kind:
            yield f"{name}, line {item.line}: item “{item_id}” is a {item.kind}; a rule reads it as a {shipped.kind}."
        elif [option.id for option in item.options] != [option.id for option in shipped.options]:
            ids = ", ".join(option.id for option in shipped.options)
            yield f"{name}, line {item.line}: item “{item_id}” needs the options {ids}: a rule reads them."
        elif item.bounds != shipped.bounds:
            yield f'{name}, line {item.line}: item “{item_id}” needs bounds = "{shipped.bounds}": a rule reads it so.'


def _complaints(protocol: Protocol, name: str) -> Iterator[str]:
    yield from _steps(protocol, name)
    yield from _duplicates(protocol, name)
    for item in protocol.items():
        where = f"{name}, line {item.line}: item “{item.id}”:"
        yield from (f"{where} {text}" for text in _item(protocol, item))
    yield from _circles(protocol, name)
    yield from _sources(protocol, name)


def _steps(protocol: Protocol, name: str) -> Iterator[str]:
    have = [step.id for step in protocol.steps]
    for step in REQUIRED_STEPS:
        if step not in have:
            yield f"{name}: the step “{step}” is missing. Add a [[step]] with this id; its items are yours to choose."
    for step in have:
        if step not in REQUIRED_STEPS or have.count(step) > 1:
            yield f"{name}: the step “{step}” is unknown or there twice. Use each of: {', '.join(REQUIRED_STEPS)}."


def _duplicates(protocol: Protocol, name: str) -> Iterator[str]:
    seen: dict[str, int] = {}
    for item in protocol.items():
        if item.id in seen:
            yield (
                f"{name}, line {item.line}: the id “{item.id}” is also used in line {seen[item.id]}. "
                "Give one of them another id."
            )
        seen.setdefault(item.id, item.line)


def _answers(item: Item) -> tuple[str, ...]:
    match item.kind:
        case ItemKind.YES_NO:
            return ("yes", "no", *STATES)
        case ItemKind.CHOICE:
            return (*(option.id for option in item.options), *STATES)
        case _:
            return ("answered", *STATES)


def _item(protocol: Protocol, item: Item) -> Iterator[str]:
    keys = [option.key for option in item.options]
    for key in keys:
        if keys.count(key) > 1:
            yield f"the key “{key}” chooses two options. Give each option its own key."
    if item.bounds and item.bounds not in protocol.bounds:
        yield f"bounds “{item.bounds}” are not in [bounds]. Use one of: {', '.join(protocol.bounds)}."
    for gate in item.gates:
        for word in gate.when:
            if word not in _answers(item):
                yield f"a gate waits for “{word}”, which no answer gives. Use one of: {', '.join(_answers(item))}."
    for condition in item.show_when:
        yield from _condition(protocol, item, condition.item, condition.answers, condition.fact)
    yield from _never(item.show_when)


def _condition(
    protocol: Protocol, item: Item, other_id: str | None, answers: tuple[str, ...], fact: str
) -> Iterator[str]:
    if other_id is None:
        if fact not in KNOWN_FACTS:
            yield f"the fact “{fact}” is unknown. Use one of: {', '.join(KNOWN_FACTS)}."
        return
    other = next((one for one in protocol.items() if one.id == other_id), None)
    if other is None:
        yield f"is shown when “{other_id}” is answered, and there is no such item. Mend the name."
    else:
        known = _answers(other)
        for word in answers:
            if word not in known:
                yield f"waits for “{other_id}” to be “{word}”, which it never is. Use one of: {', '.join(known)}."


def _never(conditions: Sequence[Condition]) -> Iterator[str]:
    """Two conditions on one item without a common answer: the question could never be reached."""
    for index, one in enumerate(conditions):
        for other in conditions[index + 1 :]:
            if one.item is not None and one.item == other.item and not set(one.answers) & set(other.answers):
                yield (
                    f"waits for “{one.item}” to be both {' or '.join(one.answers)} and {' or '.join(other.answers)}, "
                    "so it can never be asked. Remove one of the conditions."
                )


def _circles(protocol: Protocol, name: str) -> Iterator[str]:
    """Items that wait for each other would never be shown."""
    waits = {item.id: [c.item for c in item.show_when if c.item is not None] for item in protocol.items()}
    for item in protocol.items():
        reached, ahead = set(), list(waits[item.id])
        while ahead:
            one = ahead.pop()
            if one == item.id:
                yield (
                    f"{name}, line {item.line}: item “{item.id}” waits for itself through its conditions, "
                    "so it can never be asked. Remove one of them."
                )
            elif one not in reached:
                reached.add(one)
                ahead.extend(waits.get(one, []))


def _sources(protocol: Protocol, name: str) -> Iterator[str]:
    tags = [(limit.source, f"line {limit.line}: limit {limit.key}") for limit in protocol.limits.values()]
    tags += [(gate.source, f"line {item.line}: item “{item.id}”") for item in protocol.items() for gate in item.gates]
    for tag, where in tags:
        if tag not in ("P", "M") and tag.removeprefix("S:") not in protocol.sources:
            yield f"{name}, {where}: source “{tag}” is not in [sources]. Add it there, or write P for clinic policy."
