"""A finding, a verdict, a criterion or a step with everything that it says, as lines that people can read."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from checklist.model import Reading
from checklist.rules.criterion import Standing
from checklist.rules.facts import Facts
from checklist.snapshot import Due, Finding, Score, StepView, Verdict
from checklist.times import Moment, written_time

_NAMED = 5
Rule = Callable[[Facts], Iterable[Finding]]
Said = Mapping[str, Callable[[], str]]


def said_by(rule: Rule, cases: Mapping[str, Facts]) -> Said:
    """Each case with what the rule says of it."""
    return {case: partial(_findings_of, rule, here) for case, here in cases.items()}


def _findings_of(rule: Rule, here: Facts) -> str:
    return told(rule(here))


def said_of(say: Callable[[Facts], str], cases: Mapping[str, Facts]) -> Said:
    """Each case with what `say` makes of it."""
    return {case: partial(say, here) for case, here in cases.items()}


def told(found: Iterable[Finding]) -> str:
    return "\n".join(_finding(one) for one in found) or "nothing"


def _finding(one: Finding) -> str:
    marks = [f"step {one.step}", f"items {', '.join(one.items)}" if one.items else ""]
    marks += [_until(one.until), "nobody overrides" if one.nobody_overrides else ""]
    marks += [f"{one.deciders_needed} deciders" if one.deciders_needed != 1 else ""]
    marks += ["can stand" if one.can_stand else "", "eased" if one.eased else ""]
    lines = [f"{one.level} {one.key}", *(f"  {text}" for text in (one.title, one.detail, one.action))]
    lines += [f"  ({'; '.join(mark for mark in marks if mark)}; {one.source})", _inputs(one.inputs)]
    return "\n".join(line.rstrip() for line in lines)


def _until(at: Moment | None) -> str:
    return f"until {at.local:%d-%b %H:%M}" if at else ""


def _inputs(inputs: tuple[tuple[str, str], ...]) -> str:
    return f"  about {'; '.join(f'{name} = {value}' for name, value in inputs)}" if inputs else "  about nothing"


def told_verdict(one: Verdict) -> str:
    lines = [f"{one.kind}: {one.title}", f"  {one.sentence}", f"  counts {one.counts} {_until(one.until)}"]
    missing = [item.id for item in one.missing]
    lines.append(f"  missing {', '.join(missing) or 'nothing' if len(missing) <= _NAMED else f'{len(missing)} items'}")
    lines.append(f"  open {', '.join(f'{each.level} {each.key}' for each in one.open_findings) or 'nothing'}")
    return "\n".join(line.rstrip() for line in lines)


def told_standing(one: Standing) -> str:
    items = f"items {', '.join(one.items)}" if one.items else ""
    marks = "; ".join(mark for mark in (items, _until(one.until)) if mark) or "no items"
    head = f"{one.met} {one.key}: {one.title} – {one.detail}"
    return "\n".join(line.rstrip() for line in (head, f"  ({marks}; {one.source})", _inputs(one.inputs)))


def told_score(one: Score) -> str:
    parts = ", ".join(f"{name} {points}" for name, points in one.parts)
    return f"{one.name}: {one.total} of {one.pass_mark}, {'passes' if one.passes else 'does not pass'} ({parts})"


def told_due(due: Iterable[Due]) -> str:
    return "\n".join(f"{one.at.local:%H:%M} {one.stage} {one.state}{_taken(one.reading)}" for one in due)


def _taken(reading: Reading | None) -> str:
    return f" ({written_time(reading.observed)})" if reading else ""


def told_step(view: StepView) -> str:
    carried = [one.item.id for one in view.items if one.carried]
    from_last = f" (from last time: {', '.join(carried)})" if carried else ""
    done = "complete" if view.complete else "open"
    return f"{view.step.id}: {view.level}, {done}: {view.summary or 'no summary'}{from_last}"
