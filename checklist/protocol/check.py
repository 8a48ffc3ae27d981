"""What must hold across a protocol: unique ids, references that lead somewhere, no circles, all that the rules read."""

import re
from collections.abc import Iterator, Sequence

from checklist.model import AnswerState, ItemId
from checklist.protocol.calls import READ_BY_CALLS, of_the_call
from checklist.protocol.lighter import lighter
from checklist.protocol.order import out_of_order
from checklist.protocol.reach import unreachable
from checklist.protocol.reasons import of_the_reasons
from checklist.protocol.values import Condition, Gate, Item, ItemKind, NeededFor, Protocol
from checklist.protocol.wording import reworded

STATES = (AnswerState.DECLINED.value, AnswerState.UNKNOWN.value, AnswerState.NOT_APPLICABLE.value)
KNOWN_FACTS = (
    "takes_glp1",
    "fasts_on_insulin",
    "returning",
    "may_be_pregnant",
    "asq_positive",
    "takes_opioid",
    "needs_liver_tests",
    "infusion_started",
    "serious_asked",
    "serious_event",
    "leaves_against_advice",
    "wants_to_drive",
    "dissociation_not_read",
    "drug_left",
    "similar_today",
)
PLACEHOLDERS = ("planned", "scheduled", "light", "fatty", "clear", "last_visit", "escort", "recovery_every", "observe")
"""Words in braces that titles, labels, helps, intros and gates may hold; the rules put a value in."""
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
    "identity.second",
    "consent.on_file",
    "consent.date",
    "fasting.solids",
    "fasting.fatty",
    "fasting.fluids",
    "fasting.glucose",
    "transport.plan",
    "transport.name",
    "transport.adult",
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
    "cond.brain",
    "cond.brain_when",
    "cond.cardiac",
    "cond.cardiac_when",
    "cond.liver",
    "cond.sleep_apnoea",
    "cond.cpap_used",
    "cond.iv_access",
    "cond.spo2_scale2",
    "labs.lft_date",
    "labs.alt_times",
    *(f"labs.{test}" for test in ("alt", "ast", "alp", "ggt", "bilirubin", "creatinine", "egfr", "tsh")),
    *(f"labs.{test}" for test in ("urine", "drugs", "ecg")),
    *(f"labs.{panel}_date" for panel in ("kidney", "urine", "drugs", "ecg", "tsh")),
    *(f"phq9.{number}" for number in range(1, 10)),
    *(f"gad7.{number}" for number in range(1, 8)),
    "scores.stop_bang",
    "scores.pcl5",
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
    "discharge.wishes",
    "waste.drawn_mg",
    "waste.wasted_mg",
    "arrival.at",
    "transport.phone",
    "dose.ndc",
    "dose.lot",
    "dose.vial",
    "dose.vial_mg",
    "iv.infiltrated",
    "iv.site",
    "iv.lost_ml",
    "serious.death",
    "serious.life",
    "serious.hospital",
    "serious.disability",
    "serious.birth",
    "serious.intervention",
    "serious.other",
    "serious.provider_at",
    "serious.ems_at",
    "serious.family",
    "serious.report",
    "ama.understand",
    "ama.appreciate",
    "ama.reason",
    "ama.choose",
)
"""Items that a rule reads by name: a clinic may word them anew, not leave them out."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def complaints(protocol: Protocol, name: str, like: Protocol | None) -> Iterator[str]:
    """Every mistake between the parts of a protocol, one sentence each; `like` is the shipped one."""
    yield from _steps(protocol, name)
    for part in (protocol, protocol.for_call()):
        yield from _of_items(part, name)
    yield from of_the_call(protocol, name)
    yield from of_the_reasons(protocol, name)
    yield from _sources(protocol, name)
    yield from _braces(protocol, name)
    yield from out_of_order(protocol, name)
    if like is not None:
        yield from _missing(protocol, like, name)
        yield from _strangers(protocol, like, name)
        yield from lighter(protocol, like, name)
        yield from reworded(protocol, like, name)


def _of_items(protocol: Protocol, name: str) -> Iterator[str]:
    yield from _duplicates(protocol, name)
    for item in protocol.items():
        where = f"{name}, line {item.line}: item “{item.id}”:"
        yield from (f"{where} {text}" for text in _item(protocol, item))
    yield from unreachable(protocol, name)


def _missing(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """Whatever the rules read must be there, in the unit they read it in."""
    for part in ("limits", "settings", "bounds", "texts"):
        for key in getattr(like, part):
            if key not in getattr(protocol, part):
                yield f"{name}: {part} has no “{key}”. Copy it from the shipped protocol, then change its value."
    yield from _bounds_units(protocol, like, name)
    for key, setting in like.settings.items():
        chosen = protocol.settings.get(key, setting)
        if chosen.value not in setting.options:
            options = ", ".join(setting.options)
            yield f"{name}, line {chosen.line}: setting {key} is “{chosen.value}”. Use one of: {options}."
    yield from _missing_items(protocol, like, name, READ_BY_RULES)
    yield from _missing_items(protocol.for_call(), like.for_call(), name, READ_BY_CALLS)


def _bounds_units(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    for key, shipped in like.bounds.items():
        own = protocol.bounds.get(key, shipped)
        where = f"{name}, line {own.line}: bounds {key}"
        if own.unit != shipped.unit:
            yield f"{where} are in “{own.unit}”. Give them in “{shipped.unit}”."
        if shipped.alone and not own.alone:
            yield f"{where}: another unit has a factor of its own here, which nothing knows. Write alone = true."
        if set(own.also) != set(shipped.also):
            units = [", ".join(one.also) or "no unit" for one in (own, shipped)]
            yield f"{where}: “also” names {units[0]}. Use: {units[1]}."


def _missing_items(protocol: Protocol, like: Protocol, name: str, read: Sequence[str]) -> Iterator[str]:
    """An item that a rule reads must be there, of the same kind and with the answers that the rule knows."""
    own = {item.id: item for item in protocol.items()}
    for item_id in read:
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


def _strangers(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """Names that nothing reads: a misspelt one would be silently without effect. A step stays where its screen is."""
    for part in ("limits", "settings"):
        for key, own in getattr(protocol, part).items():
            if key not in getattr(like, part):
                yield f"{name}, line {own.line}: {part} “{key}”: nothing reads this name. Mend it, or leave it out."
    used = {item.bounds for item in (*protocol.items(), *protocol.followup)}
    for key, bounds in protocol.bounds.items():
        if key not in like.bounds and key not in used:
            yield f"{name}, line {bounds.line}: bounds “{key}”: no item uses them. Mend the name, or leave them out."
    shipped = {step.id: step for step in like.steps}
    for step in protocol.steps:
        place = shipped.get(step.id, step)
        if (step.phase, step.panel) != (place.phase, place.panel):
            panel = f'panel = "{place.panel}"' if place.panel else "no panel"
            where = f"{name}, line {step.line}: step “{step.id}”"
            yield f'{where} has its own screen. Write phase = "{place.phase}" and {panel}.'


def _steps(protocol: Protocol, name: str) -> Iterator[str]:
    have = [step.id for step in protocol.steps]
    for required in REQUIRED_STEPS:
        if required not in have:
            mend = "Add a [[step]] with this id; its items are yours to choose."
            yield f"{name}: the step “{required}” is missing. {mend}"
    for place, step in enumerate(protocol.steps):
        if step.id not in REQUIRED_STEPS or step.id in have[:place]:
            yield (
                f"{name}, line {step.line}: the step “{step.id}” is unknown or there twice. "
                f"Use each of: {', '.join(REQUIRED_STEPS)}."
            )
    in_order = [step for step in REQUIRED_STEPS if step in have]
    if have != in_order and sorted(have) == sorted(in_order):
        first = next(step for step, wanted in zip(protocol.steps, in_order, strict=True) if step.id != wanted)
        yield f"{name}, line {first.line}: the steps stand in another order. Use: {', '.join(REQUIRED_STEPS)}."


def _duplicates(protocol: Protocol, name: str) -> Iterator[str]:
    seen: dict[str, int] = {}
    for item in protocol.items():
        if item.id in seen:
            yield (
                f"{name}, line {item.line}: the id “{item.id}” is also used in line {seen[item.id]}. "
                "Give one of them another id."
            )
        seen.setdefault(item.id, item.line)
    terms = [effect.id for effect in protocol.effects]
    for term in dict.fromkeys(term for term in terms if terms.count(term) > 1):
        line = next(effect.line for effect in reversed(protocol.effects) if effect.id == term)
        yield f"{name}, line {line}: the side effect “{term}” is there twice. Give one of them another id."


def answers(item: Item) -> tuple[str, ...]:
    """The words that gates and conditions may wait for."""
    match item.kind:
        case ItemKind.YES_NO:
            return ("yes", "no", *STATES)
        case ItemKind.CHOICE:
            return (*(option.id for option in item.options), *STATES)
        case _:
            return ("answered", *STATES)


def _item(protocol: Protocol, item: Item) -> Iterator[str]:
    yield from _options(item)
    if item.bounds and item.bounds not in protocol.bounds:
        yield f"bounds “{item.bounds}” are not in [bounds]. Use one of: {', '.join(protocol.bounds)}."
    yield from _gates(item)
    for condition in (*item.show_when, *item.due_when):
        yield from _condition(protocol, condition)
    if item.needed_for is NeededFor.CLEARANCE and protocol.step_of(item.id).phase != "before":
        yield "is needed for the clearance and stands after it, where its gates would not count. Move it up."


def _options(item: Item) -> Iterator[str]:
    keys, ids = [option.key for option in item.options], [option.id for option in item.options]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield f"the key “{key}” chooses two options. Give each option its own key."
    for option in dict.fromkeys(ids):
        if ids.count(option) > 1:
            yield f"the option “{option}” is there twice. Give each option its own id."
        if option in (*STATES, "unanswered", "answered"):
            yield f"the option “{option}” has the name of an answer that every item has. Give it another id."


def _gates(item: Item) -> Iterator[str]:
    taken: dict[str, Gate] = {}
    for gate in item.gates:
        for word in dict.fromkeys(gate.when):
            if word not in answers(item):
                yield f"a gate waits for “{word}”, which no answer gives. Use one of: {', '.join(answers(item))}."
            elif word in taken:
                yield (
                    f"“{word}” has two gates, “{taken[word].title}” and “{gate.title}”; the first alone would count. "
                    "Leave it in one of them."
                )
            taken.setdefault(word, gate)


def _condition(protocol: Protocol, condition: Condition) -> Iterator[str]:
    if condition.item is None:
        if condition.fact not in KNOWN_FACTS:
            yield f"the fact “{condition.fact}” is unknown. Use one of: {', '.join(KNOWN_FACTS)}."
        return
    other = next((one for one in protocol.items() if one.id == condition.item), None)
    if other is None:
        yield f"is shown when “{condition.item}” is answered, and there is no such item. Mend the name."
        return
    known = answers(other)
    for word in condition.answers:
        if word not in known:
            yield f"waits for “{condition.item}” to be “{word}”, which it never is. Use one of: {', '.join(known)}."


def _sources(protocol: Protocol, name: str) -> Iterator[str]:
    tags = [(limit.source, f"line {limit.line}: limit {limit.key}") for limit in protocol.limits.values()]
    tags += [(one.source, f"line {one.line}: setting {one.key}") for one in protocol.settings.values()]
    tags += [(one.source, f"line {one.line}: bounds {one.key}") for one in protocol.bounds.values()]
    tags += [(one.source, f"line {one.line}: decision reason “{one.id}”") for one in protocol.reasons]
    items = (*protocol.items(), *protocol.followup)
    tags += [(gate.source, f"line {item.line}: item “{item.id}”") for item in items for gate in item.gates]
    for tag, where in tags:
        if tag not in ("P", "M") and not (tag.startswith("S:") and tag[2:] in protocol.sources):
            yield f"{name}, {where}: source “{tag}” is not in [sources]. Add it there, or write P for clinic policy."


def _braces(protocol: Protocol, name: str) -> Iterator[str]:
    """Misspelt placeholders, which people would read as they stand."""
    for step in protocol.steps:
        yield from _misspelt(f"{name}, line {step.line}: step “{step.id}”", step.title, step.intro)
    for item in (*protocol.items(), *protocol.followup):
        said = [words for gate in item.gates for words in (gate.title, gate.action)]
        yield from _misspelt(
            f"{name}, line {item.line}: item “{item.id}”", item.label, item.help, item.clear_text, *said
        )
    for key, text in protocol.texts.items():
        for word in _BRACES.findall(text):
            yield f"{name}: text “{key}” holds {{{word}}}, and nothing is put in there. Write the words themselves."


def _misspelt(where: str, *texts: str) -> Iterator[str]:
    for text in texts:
        for word in _BRACES.findall(text):
            if word not in PLACEHOLDERS:
                known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                yield f"{where}: {{{word}}} is no placeholder. Use one of: {known}."
