"""What single answers mean by themselves: the gates that the protocol writes beside each item."""

from collections.abc import Iterator
from dataclasses import replace

from checklist.model import Answer, AnswerState, Level
from checklist.protocol import Gate, Item, NeededFor, Step
from checklist.rules import consent, events, fasting, screening
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import fill
from checklist.snapshot import Finding

JUDGED_ELSEWHERE = fasting.ITEMS | consent.ITEMS | screening.ITEMS | events.ITEMS


def findings(facts: Facts) -> Iterator[Finding]:
    """A finding for each visible answer that has a gate, a clear text, or is missing for a reason."""
    for step in facts.protocol.steps:
        for item in step.items:
            answer = facts.answer(item.id)
            if answer is not None and facts.is_visible(item):
                yield from _of_answer(facts, step, item, answer)


def _of_answer(facts: Facts, step: Step, item: Item, answer: Answer) -> Iterator[Finding]:
    gate = _gate(facts, item)
    if gate is not None:
        yield _gated(facts, step, item, gate)
    elif answer.state is AnswerState.ANSWERED:
        if item.clear_text:
            title = fill(item.clear_text, facts)
            yield finding(item.id, Level.CLEAR, title, "", "", step.id, items=(item.id,))
    elif item.needed_for in (NeededFor.CLEARANCE, NeededFor.START) and item.id not in JUDGED_ELSEWHERE:
        yield _not_answered(facts, step, item, answer)


def _gate(facts: Facts, item: Item) -> Gate | None:
    if not item.gates:
        return None
    word = facts.gate_word(item.id)
    return next((gate for gate in item.gates if word in gate.when), None)


def _gated(facts: Facts, step: Step, item: Item, gate: Gate) -> Finding:
    return finding(
        item.id,
        gate.level,
        fill(gate.title, facts),
        _told(facts, item),
        fill(gate.action, facts),
        step.id,
        items=(item.id,),
        source=facts.protocol.source_shown(gate.source),
        inputs=_inputs(facts, item),
        nobody_overrides=gate.nobody_overrides,
    )


def _not_answered(facts: Facts, step: Step, item: Item, answer: Answer) -> Finding:
    """Unknown holds; declined is for the provider (case 12.7); not applicable is shown with its reason (12.8).

    A question that can keep the infusion from starting is not passed by "not applicable" alone: a provider reads why.
    """
    level, said, action = _without_answer(item, answer)
    return finding(
        item.id,
        level,
        f"{fill(item.label, facts).rstrip('?')}: {said}",
        _told(facts, item),
        action,
        step.id,
        items=(item.id,),
        inputs=_inputs(facts, item),
    )


def _without_answer(item: Item, answer: Answer) -> tuple[Level, str, str]:
    if answer.state is AnswerState.DECLINED:
        return Level.REVIEW, "declined", "Say why it is asked. The provider decides."
    if answer.state is AnswerState.UNKNOWN:
        return Level.HOLD, "not known", "Find out before the start, or let the provider decide."
    if answer.reason.strip():
        can_stop = any(gate.level.rank >= Level.REVIEW.rank for gate in item.gates)
        level, action = (Level.REVIEW, "The provider decides.") if can_stop else (Level.INFO, "")
        return level, "not applicable", action
    return Level.HOLD, "not applicable, without a reason", "Write why it does not apply."


def _told(facts: Facts, item: Item) -> str:
    """The reason given, what was written here and in the fields that the answer opened: what a provider wants to read.

    A question opened by the answer that has no gate of its own is told here when it was answered with yes.
    """
    answer = facts.answer(item.id)
    texts = [answer.reason if answer else "", _text(facts, item)]
    for other in _opened_by(facts, item):
        texts.append(_text(facts, other))
        if not other.gates and facts.word(other.id) == "yes":
            texts.append(other.label)
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts if text)


def _inputs(facts: Facts, item: Item) -> tuple[tuple[str, str], ...]:
    """The answer and its follow-ups: a decision about "alcohol: one beer" is not one about "alcohol: a bottle"."""
    answer = facts.answer(item.id)
    own = ((item.id, facts.word(item.id)), ("reason", answer.reason if answer else ""))
    return (*own, *((other.id, _text(facts, other) or facts.word(other.id)) for other in _opened_by(facts, item)))


def _opened_by(facts: Facts, item: Item) -> Iterator[Item]:
    return (other for other in facts.protocol.opened_by(item.id) if facts.is_visible(other))


def _text(facts: Facts, item: Item) -> str:
    """What was typed, for items answered in words."""
    answer = facts.answer(item.id)
    is_words = answer is not None and item.kind in ("text", "phone") and isinstance(answer.value, str)
    return str(answer.value).strip() if answer is not None and is_words else ""


def explained(facts: Facts, found: Finding) -> Finding:
    """Every finding carries what it was judged from; one that says no more tells the answer itself.

    “Kidney disease” after “not known” is another thing to a provider than after “yes”. A clear one stays short.
    """
    inputs = found.inputs or tuple((item, facts.said(item)) for item in found.items)
    detail = found.detail
    if not detail and found.level is not Level.CLEAR and found.items:
        detail = f"Answer: {_answer_words(facts, found.items[0])}."
    return found if (inputs, detail) == (found.inputs, found.detail) else replace(found, inputs=inputs, detail=detail)


def _answer_words(facts: Facts, item_id: str) -> str:
    word = facts.word(item_id)
    option = facts.protocol.item(item_id).option(word)
    return option.label if option else word.replace("unknown", "not known").replace("_", " ")
