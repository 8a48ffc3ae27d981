"""What changed in the questions of a protocol, in words: what is asked, of whom, and what each answer means."""

from collections.abc import Iterator, Sequence

from checklist.model import Level
from checklist.protocol import Carry, Condition, Gate, Item, NeededFor, Protocol
from checklist.protocol.check import answers
from checklist.protocol.lighter import asks_fewer, of_word
from checklist.protocol.stricter import Turn

_ATTRIBUTES = {
    "kind": "kind",
    "label": "question",
    "help": "help",
    "bounds": "bounds",
    "group": "heading",
    "clear_text": "clear text",
}
_CARRIES = {
    Carry.NEVER: "asked at each visit",
    Carry.LAST: "stands until changed",
    Carry.NO_CHANGE: "stands while there is no change in health",
    Carry.SAME: "brought back by “Same as last session”",
}
FACTS = {
    "takes_glp1": "the patient takes a GLP-1 medicine",
    "fasts_on_insulin": "the patient takes insulin or a sulfonylurea",
    "returning": "the patient had an infusion here before",
    "may_be_pregnant": "the patient may be pregnant by age and sex",
    "asq_positive": "one of ASQ questions 1-4 is not answered no",
    "takes_opioid": "the patient takes an opioid",
    "needs_liver_tests": "liver tests are asked for",
    "infusion_started": "the infusion was started",
    "serious_asked": "something happened that may be a serious event",
    "serious_event": "one of the questions about a serious event is answered yes",
    "leaves_against_advice": "the patient wants to leave against advice",
    "wants_to_drive": "the patient wants to drive away",
    "dissociation_not_read": "no reading after the infusion holds a dissociation score",
    "drug_left": "what was drawn up is not known to be given whole",
    "similar_today": "somebody else of that day has a like name or birth date",
}


def item_changes(before: Protocol, after: Protocol) -> Iterator[str]:
    """Removed, changed, moved and added items; one line a change."""
    one, other = ({item.id: item for item in protocol.items()} for protocol in (before, after))
    for item_id, item in one.items():
        if item_id not in other:
            yield f"Item removed from {before.step_of(item_id).title}: “{item.label}” ({item_id}) (looser)"
            yield from (f"  {gate_text(gate)}" for gate in item.gates)
            continue
        yield from _item(item, other[item_id])
        was, now = before.step_of(item_id), after.step_of(item_id)
        if was.id != now.id:
            yield f"“{other[item_id].label}” ({item_id}) moved from {was.title} to {now.title}"
    for item_id, item in other.items():
        if item_id not in one:
            title = after.step_of(item_id).title
            yield f"Item added to {title}: “{item.label}” ({item_id}), {_need(item)}, {_asked(item.show_when)}"
            yield from (f"  {gate_text(gate)}" for gate in item.gates)
    yield from _order(before, after)


def _order(before: Protocol, after: Protocol) -> Iterator[str]:
    steps = {step.id: [item.id for item in step.items] for step in before.steps}
    for step in after.steps:
        now = [item.id for item in step.items]
        earlier = [one for one in steps.get(step.id, []) if one in now]
        if earlier != [one for one in now if one in earlier]:
            yield f"{step.title}: its items are asked in another order"


def _need(item: Item) -> str:
    return "not required" if item.needed_for is NeededFor.NOTHING else f"needed for {item.needed_for}"


def _item(before: Item, after: Item) -> Iterator[str]:
    where = f"“{after.label}” ({after.id})"
    for attribute, words in _ATTRIBUTES.items():
        one, other = getattr(before, attribute), getattr(after, attribute)
        if one != other:
            yield f"{where}: {words} “{one}” → “{other}”"
    if before.future != after.future:
        yield f"{where}: its time {'may' if after.future else 'may no longer'} lie ahead"
    yield from (f"{where}: {text}" for text in (*_asking(before, after), *_options(before, after)))
    yield from (f"{where}: {text}" for text in _meanings(before, after))
    yield from (f"{where}: {text}" for text in _wordings(before, after))


def _asking(before: Item, after: Item) -> Iterator[str]:
    if before.needed_for is not after.needed_for:
        way = _way(after.needed_for is not NeededFor.NOTHING, before.needed_for is not NeededFor.NOTHING)
        yield f"{_need(before)} → {_need(after)}{way}"
    if before.carry is not after.carry:
        way = _way(after.carry is Carry.NEVER, before.carry is Carry.NEVER)
        yield f"{_CARRIES[before.carry]} → {_CARRIES[after.carry]}{way}"
    yield from _newer_keys(before, after)
    if before.show_when != after.show_when:
        fewer, more = asks_fewer(after.show_when, before.show_when), asks_fewer(before.show_when, after.show_when)
        yield f"{_asked(before.show_when)} → {_asked(after.show_when)}{_way(more, fewer)}"


def _newer_keys(before: Item, after: Item) -> Iterator[str]:
    if before.retired != after.retired:
        told = "nobody is asked it any more" if after.retired else "it is asked again"
        yield f"{told}{_way(before.retired, after.retired)}"
    if before.about != after.about:
        told = "counts as a date" if after.about else "no longer counts as a date"
        yield f"a month or a year {told}{_way(before.about, after.about)}"
    one, other = set(before.due_when), set(after.due_when)
    if one != other:
        yield f"it is due in other cases{_way(bool(other - one), bool(one - other))}"


def _way(stricter: bool, looser: bool) -> str:
    """` (stricter)`, ` (looser)`; nothing when it is neither, or both at once."""
    if stricter == looser:
        return ""
    return f" ({Turn.STRICTER if stricter else Turn.LOOSER})"


def _asked(conditions: Sequence[Condition]) -> str:
    return f"asked when {' and '.join(map(_condition, conditions))}" if conditions else "always asked"


def _condition(condition: Condition) -> str:
    if condition.item is None:
        return FACTS.get(condition.fact, condition.fact)
    return f"{condition.item} is {' or '.join(condition.answers)}"


def _options(before: Item, after: Item) -> Iterator[str]:
    one, other = ({option.id: option for option in item.options} for item in (before, after))
    yield from (f"answer removed: “{option.label}”" for key, option in one.items() if key not in other)
    yield from (f"answer added: “{option.label}”" for key, option in other.items() if key not in one)
    for key, option in one.items():
        now = other.get(key, option)
        if option.label != now.label:
            yield f"answer “{option.label}” → “{now.label}”"
        if option.key != now.key:
            yield f"answer “{now.label}” is chosen by {now.key}, before by {option.key}"


def _meanings(before: Item, after: Item) -> Iterator[str]:
    """What each answer means now, words that changed alike together: `on yes or unknown: review → stop (stricter)`."""
    both = [word for word in answers(before) if word in answers(after)]
    changed: dict[tuple[tuple[Level, bool], tuple[Level, bool]], list[str]] = {}
    for word in both:
        pair = (of_word(before, word), of_word(after, word))
        if pair[0] != pair[1]:
            changed.setdefault(pair, []).append(word)
    for ((level, nobody), (now, nobody_now)), words in changed.items():
        on = f"on {' or '.join(words)}"
        if level is not now:
            yield f"{on}: {level} → {now}{_way(now.rank > level.rank, now.rank < level.rank)}"
        if nobody != nobody_now:
            who = "nobody can override it now" if nobody_now else "a provider can override it now"
            yield f"{on}: {who}{_way(nobody_now, nobody)}"
    yield from _new_answers(before, after)


def _new_answers(before: Item, after: Item) -> Iterator[str]:
    """Answers that were not there before have a meaning too; without a gate they are clear."""
    for word in (word for word in answers(after) if word not in answers(before)):
        gate = _gate_of(after, word)
        yield gate_text(gate, (word,)) if gate is not None else f"on {word}: clear"


def _gate_of(item: Item, word: str) -> Gate | None:
    return next((gate for gate in item.gates if word in gate.when), None)


def _wordings(before: Item, after: Item) -> Iterator[str]:
    """Title, action and source of what an answer means."""
    told: dict[str, list[str]] = {}
    for word in (word for word in answers(before) if word in answers(after)):
        one, other = _gate_of(before, word), _gate_of(after, word)
        if one is not None and other is not None:
            if (one.title, one.action) != (other.title, other.action):
                told.setdefault(f"it now says “{other.title}. {other.action}”", []).append(word)
            if one.source != other.source:
                told.setdefault(f"source {one.source} → {other.source}", []).append(word)
    yield from (f"on {' or '.join(words)}: {text}" for text, words in told.items())


def gate_text(gate: Gate, words: Sequence[str] = ()) -> str:
    """`on yes or unknown: review, “Kidney disease”`."""
    nobody = ", nobody overrides" if gate.nobody_overrides else ""
    return f"on {' or '.join(words or gate.when)}: {gate.level}{nobody}, “{gate.title}”"
