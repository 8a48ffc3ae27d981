"""What a provider is told on the telephone: values, the thresholds crossed, what was done. Words only, no drawing."""

from dataclasses import dataclass

from checklist.model import EventKind, Level, Reading, Stage
from checklist.paper import words
from checklist.snapshot import Finding, Snapshot
from checklist.times import Moment, written_length

_EVENTS = {
    EventKind.STARTED: "Infusion started",
    EventKind.PAUSED: "Paused",
    EventKind.RESUMED: "Went on",
    EventKind.STOPPED: "Stopped",
}


_SIGNS = "monitor."
_NOT_TOLD = "discharge."  # what is still to do before the patient leaves is no reason to call


@dataclass(frozen=True, slots=True)
class Situation:
    """Three lists of lines, as they are read out."""

    values: tuple[str, ...]
    crossed: tuple[str, ...]
    done: tuple[str, ...]

    @property
    def told(self) -> str:
        """All of it in one text, kept with the order."""
        return " · ".join((*self.values, *self.crossed, *self.done))


def situation(snapshot: Snapshot) -> Situation:
    return Situation(_values(snapshot), _crossed(snapshot), _done(snapshot))


def _clock(snapshot: Snapshot, moment: Moment) -> str:
    return words.clock(moment, words.session_day(snapshot))


def _values(snapshot: Snapshot) -> tuple[str, ...]:
    readings = snapshot.record.valid_readings()
    baseline = [one for one in readings if one.stage is Stage.BASELINE]
    later = [one for one in readings if one.stage is not Stage.BASELINE]
    lines = [_where(snapshot), _dose(snapshot)]
    lines += [f"Now {_reading(snapshot, one)}" for one in later[-1:]]
    lines += [f"Before that {_reading(snapshot, one)}" for one in reversed(later[-3:-1])]
    lines += [f"Baseline {_reading(snapshot, one)}" for one in baseline[-1:]]
    return tuple(line for line in lines if line)


def _where(snapshot: Snapshot) -> str:
    started, stopped = (snapshot.record.event(kind) for kind in (EventKind.STARTED, EventKind.STOPPED))
    if started is None:
        return "The infusion has not started"
    last = stopped or started
    word = "stopped" if stopped else "running since"
    return f"Infusion {word} {_clock(snapshot, last.at)} ({written_length(snapshot.now.since(last.at))} ago)"


def _dose(snapshot: Snapshot) -> str:
    mg, minutes = words.amount(snapshot, "dose.mg"), words.amount(snapshot, "dose.minutes")
    weight = words.amount(snapshot, "vitals.weight")
    if mg is None:
        return ""
    over = f" over {words.number(minutes)} min" if minutes is not None else ""
    kg = f", weight {words.number(weight, 1)} kg" if weight is not None else ""
    return f"Ordered ketamine {words.number(mg)} mg{over}{kg}"


def _reading(snapshot: Snapshot, one: Reading) -> str:
    parts = [
        f"BP {one.sbp}/{one.dbp}" if one.sbp is not None else "",
        f"HR {one.hr}" if one.hr is not None else "",
        f"SpO2 {one.spo2} %" if one.spo2 is not None else "",
        f"RR {one.rr}" if one.rr is not None else "",
        f"MOAA/S {one.moaas}" if one.moaas is not None else "",
        f"dissociation {one.dissociation}" if one.dissociation is not None else "",
    ]
    return f"{_clock(snapshot, one.observed)}: {', '.join(part for part in parts if part)}"


def _crossed(snapshot: Snapshot) -> tuple[str, ...]:
    """Before the start what a provider must decide; from the start on every sign that is beyond a limit now."""
    running = snapshot.record.event(EventKind.STARTED) is not None
    before = {view.step.id for view in snapshot.steps if view.step.phase == "before"}
    open_ones = [one for one in snapshot.findings if one.level.rank >= Level.REVIEW.rank and one.is_open]
    if running:
        signs = [one for one in snapshot.findings if one.key.startswith(_SIGNS) and one.level.rank >= Level.NOTE.rank]
        open_ones = [*signs, *(one for one in open_ones if one.step not in before and one not in signs)]
    return tuple(_finding(one) for one in open_ones if not one.key.startswith(_NOT_TOLD))


def _finding(one: Finding) -> str:
    return ". ".join(part.rstrip(".") for part in (one.title, one.detail) if part)


def _done(snapshot: Snapshot) -> tuple[str, ...]:
    """Pauses and the stop with their reason, side effects with what was given, orders that stand already; by time."""
    record = snapshot.record
    lines = [
        (one.at, _joined(_EVENTS[one.kind], one.detail.get("reason", "")))
        for one in record.events
        if one.kind in _EVENTS and one.kind is not EventKind.STARTED
    ]
    terms = {term.id: term.label for term in snapshot.protocol.effects}
    lines += [
        (one.onset, _joined(f"{terms.get(one.term, one.term)}, grade {one.grade}", one.action or "nothing done yet"))
        for one in record.current_effects
    ]
    lines += [(one.given, f"Order by telephone: {one.text}") for one in record.orders if not one.error]
    lines.sort(key=lambda line: line[0])
    return tuple(f"{_clock(snapshot, at)} {told}" for at, told in lines)


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
