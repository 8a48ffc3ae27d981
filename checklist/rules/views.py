"""The steps as screens and papers show them: visible items with their answers, level, completeness, one line each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from checklist.model import EventKind, Level, Meaning
from checklist.protocol import Item, NeededFor, Step
from checklist.rules import baseline, fasting, medication, schedule
from checklist.rules.facts import Facts
from checklist.rules.texts import fill, number, when
from checklist.rules.verdict import missing_items
from checklist.snapshot import Finding, ItemView, StepView
from checklist.times import written_time


def steps(facts: Facts, findings: Sequence[Finding]) -> tuple[StepView, ...]:
    """A view of each step; the placeholders of its texts are filled in."""
    return tuple(_step(facts, step, [one for one in findings if one.step == step.id]) for step in facts.protocol.steps)


def _step(facts: Facts, step: Step, findings: list[Finding]) -> StepView:
    views = tuple(_item(facts, item) for item in step.items if facts.is_visible(item))
    return StepView(
        step=replace(step, title=fill(step.title, facts), intro=fill(step.intro, facts)),
        items=views,
        level=Level.worst(one.level for one in findings),
        complete=_complete(facts, step, findings),
        summary=_SUMMARIES[step.id](facts, findings),
    )


def _item(facts: Facts, item: Item) -> ItemView:
    answer = facts.answer(item.id)
    filled = item
    if "{" in item.label or "{" in item.help:  # few have something to fill in, and copying all would take a third
        filled = replace(item, label=fill(item.label, facts), help=fill(item.help, facts))
    return ItemView(filled, answer, carried=answer is not None and answer is not facts.record.answers.get(item.id))


def _complete(facts: Facts, step: Step, findings: list[Finding]) -> bool:
    match step.id:
        case "clearance":
            return facts.record.signature(Meaning.CHECKED) is not None
        case "infusion":
            return facts.record.event(EventKind.STOPPED) is not None
        case "observation":
            return _observed(facts)
        case "discharge":
            return facts.record.signature(Meaning.DISCHARGE) is not None
        case _:
            return _all_answered(facts, step) and not any(one.is_open for one in findings)


def _all_answered(facts: Facts, step: Step) -> bool:
    if step.id == medication.STEP and medication.unconfirmed(facts):
        return False
    if step.id == baseline.STEP and baseline.missing_signs(facts):
        return False
    return not missing_items(facts, NeededFor.CLEARANCE, step.id)


def _observed(facts: Facts) -> bool:
    """Both recovery scores answered and the minimum time over."""
    ready = schedule.ready_at(facts)
    scored = not missing_items(facts, NeededFor.DISCHARGE, "observation")
    return ready is not None and facts.now >= ready and scored


def _observation(facts: Facts, _findings: list[Finding]) -> str:
    ready = schedule.ready_at(facts)
    return f"Until {written_time(ready)} at least" if ready is not None else ""


def _identity(facts: Facts, findings: list[Finding]) -> str:
    open_ones = [one for one in findings if one.is_open]
    if open_ones:
        return open_ones[0].title
    matched = [facts.word(item) for item in ("identity.name", "identity.born")].count("yes")
    return f"{matched} identifier{'s' if matched > 1 else ''} matched" if matched else ""


def _fasting(facts: Facts, findings: list[Finding]) -> str:
    earliest = fasting.earliest_start(facts)
    if earliest is not None and earliest > facts.start:
        return f"Can start at {when(earliest, facts)}"
    solids = next((one for one in findings if one.key == "fasting.solids"), None)
    return solids.title if solids else ""


def _transport(facts: Facts, _findings: list[Finding]) -> str:
    words = [facts.word(item) for item in ("transport.name", "transport.relationship")]
    named = ", ".join(word for word in words if word and word not in ("unknown", "declined", "not_applicable"))
    plan = facts.protocol.item("transport.plan").option(facts.word("transport.plan"))
    return named or (plan.label if plan else "")


def _medicines(facts: Facts, findings: list[Finding]) -> str:
    rows = facts.record.current_medicines
    if not rows:
        return _with_reviews("No medicines", findings) if facts.word("medicines.complete") == "yes" else ""
    counted = f"{len(rows)} medicine{'s' if len(rows) > 1 else ''}"
    unconfirmed = medication.unconfirmed(facts)
    return f"{counted}, {len(unconfirmed)} to confirm" if unconfirmed else _with_reviews(counted, findings)


def _with_reviews(text: str, findings: list[Finding]) -> str:
    open_ones = sum(one.is_open for one in findings)
    return f"{text}, {open_ones} to review" if open_ones else text


def _screening(facts: Facts, findings: list[Finding]) -> str:
    """A first visit has no "any change?" to go by: there it is enough that everything was asked."""
    told = {"no": "No changes", "yes": "Changes"}.get(facts.word("screening.change"), "")
    if not told and not missing_items(facts, NeededFor.CLEARANCE, "screening"):
        told = "All asked"
    return _with_reviews(told, findings) if told else ""


def _vitals(facts: Facts, _findings: list[Finding]) -> str:
    return " · ".join(baseline.summary(facts).split(" · ")[:3])


def _clearance(facts: Facts, _findings: list[Finding]) -> str:
    return _signed(facts, Meaning.CHECKED)


def _signed(facts: Facts, meaning: Meaning) -> str:
    signature = facts.record.signature(meaning)
    return f"Signed {written_time(signature.at)}" if signature else ""


def _infusion(facts: Facts, _findings: list[Finding]) -> str:
    for kind, word in ((EventKind.STOPPED, "Ended"), (EventKind.STARTED, "Started")):
        event = facts.record.event(kind)
        if event is not None:
            return f"{word} {written_time(event.at)}"
    dose = facts.number("dose.mg")
    return f"{number(dose)} mg ordered" if dose is not None else ""


def _discharge(facts: Facts, _findings: list[Finding]) -> str:
    return _signed(facts, Meaning.DISCHARGE)


_SUMMARIES: Mapping[str, Callable[[Facts, list[Finding]], str]] = {
    "identity": _identity,
    "fasting": _fasting,
    "transport": _transport,
    "medicines": _medicines,
    "screening": _screening,
    "vitals": _vitals,
    "clearance": _clearance,
    "infusion": _infusion,
    "observation": _observation,
    "discharge": _discharge,
}
