"""What the rules look at: one frozen bundle of protocol, patient, record, past and time; and how answers are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from checklist.happened import EMERGENCY
from checklist.medicines import Match, MedicineTable, confirmed, find
from checklist.model import (
    Answer,
    AnswerState,
    EventKind,
    ItemId,
    Level,
    MedicineRow,
    Patient,
    Quantity,
    Sex,
    StampKind,
    TimeValue,
)
from checklist.protocol import Carry, Condition, Item, ItemKind, NeededFor, Protocol
from checklist.snapshot import Finding, Past, Record
from checklist.times import Moment, years_between

T = TypeVar("T")

ESCORT = ("transport.plan", "transport.name", "transport.phone")
"""Who takes the patient home, as agreed."""
FAILED = "failed."
"""A finding with a key like this: the rule of that name made a mistake, and what it would have said is not known."""
EVENTS = ("serious.", "ama.", "drive.", "handover.")
"""Items about something that happened: the stop of the pump makes none of them old."""


@dataclass(frozen=True)  # without slots: what is asked for again and again is worked out once
class Facts:
    """The input of every rule. Rules read nothing else: no disk, no clock.

    Facts are made anew for each evaluation, so nothing that is kept here can grow old.
    """

    protocol: Protocol
    patient: Patient
    record: Record
    past: Past
    medicines: MedicineTable
    now: Moment
    similar_today: bool = False  # before the start: somebody else of that day is easily taken for this patient
    # Reading an unknown word takes milliseconds, and many rules ask for the same rows, answers and named facts:
    # kept for this one evaluation.
    # What is understood of an entry does not depend on the visit: the desk hands the same memory in again.
    understood: dict[tuple[str, str], tuple[Match, ...]] = field(default_factory=dict, repr=False, compare=False)
    _answers: dict[str, Answer | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _holding: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _asked: dict[str, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    _worked_out: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def limit(self, key: str) -> Decimal:
        return self.protocol.limit(key)

    @cached_property
    def age(self) -> int:
        return years_between(self.patient.born, self.judged_at.local.date())

    @cached_property
    def started(self) -> Moment | None:
        """When the infusion really started, to the minute; None before."""
        event = self.record.event(EventKind.STARTED)
        return event.at.to_minute() if event else None

    @cached_property
    def judged_at(self) -> Moment:
        """Now; once the infusion has started or the visit has ended that moment: later hours change nothing."""
        ended = self.record.event(EventKind.ENDED)
        return self.started or (ended.at if ended else self.now).to_minute()

    @cached_property
    def judged_end(self) -> Moment:
        """When the visit ended, or now while it has not."""
        ended = self.record.event(EventKind.ENDED)
        return ended.at if ended else self.now

    @cached_property
    def start(self) -> Moment:
        """The actual start; before it the planned one, or now when that has passed."""
        return self.started or max(self.record.session.planned.to_minute(), self.judged_at)

    @cached_property
    def day_of_start(self) -> date:
        """The day of the start, where the session is."""
        return self.start.local.date()

    def once(self, work: Callable[["Facts"], T]) -> T:
        """What several rules ask for, worked out once for this evaluation."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        found: T = self._worked_out[work]
        return found

    def matches(self, row: MedicineRow) -> tuple[Match, ...]:
        """What is understood of a medicine row, its answered spelling questions applied."""
        return self.read(row.typed, row.spelling_confirmed)

    def read(self, text: str, chosen: str = "") -> tuple[Match, ...]:
        """The medicines that a text names, the spelling questions answered that offer a name in `chosen`."""
        key = (text, chosen)
        if key not in self.understood:
            self.understood[key] = confirmed(find(self.medicines, text), chosen)
        return self.understood[key]

    def answer(self, item_id: str) -> Answer | None:
        """The answer that counts now: this session's, or the last session's where the protocol lets it stand."""
        if item_id in self._answers:
            return self._answers[item_id]
        own = self.record.answers.get(ItemId(item_id))
        is_given = own is not None and own.state is not AnswerState.UNANSWERED and not self._is_early(own)
        counts = own if is_given else self.carried(item_id)
        self._answers[item_id] = counts
        return counts

    def _is_early(self, own: Answer) -> bool:
        """How the patient is at the discharge, said before the pump had stopped: it is asked again (reference 9.1).

        What was drawn up is no such state, nor is what happened. The order of the journal counts, so that a wrong clock
        changes nothing. The questions about a serious event are asked again after the next event that asks them.
        """
        if own.item.startswith("serious."):
            return own.seq < self._last_severe
        if own.item == "discharge.escort" and self.is_for_another_escort(own):
            return True
        if own.seq >= self._pump_stopped or own.item.startswith(EVENTS):
            return False
        item = self.protocol.item(own.item)
        return item.needed_for is NeededFor.DISCHARGE and item.kind is not ItemKind.QUANTITY

    @cached_property
    def _pump_stopped(self) -> int:
        """Where the stop of the pump stands in the journal; 0 while it has not stopped."""
        stopped = self.record.event(EventKind.STOPPED)
        return stopped.seq if stopped else 0

    def is_for_another_escort(self, own: Answer) -> bool:
        """Way home, name or phone were changed after this tick: it was for somebody else (reference 12.4).

        A closed record stands as it was signed: a name that is corrected there voids nothing.
        """
        return not self.record.is_closed and own.seq < max(map(self._last_change, ESCORT))

    def _last_change(self, item_id: str) -> int:
        """Where an answer became what it is now in the journal; the same answer once more changes nothing."""
        seq, before = 0, None
        for one in self.record.history.get(ItemId(item_id), ()):
            if (one.state, one.value) != before:
                seq, before = one.seq, (one.state, one.value)
        return seq

    @cached_property
    def _last_severe(self) -> int:
        """Where the last severe side effect, sign or line of an emergency stands in the journal; 0 without any."""
        severe = self.protocol.limit("escalate.effect_now")
        effects = (one.seq for one in self.record.current_effects if one.grade >= severe)
        stamps = (one.seq for one in self.record.stamped(*EMERGENCY))
        signs = (one.seq for one in self.record.valid_readings() if one.symptoms)
        return max((*effects, *stamps, *signs), default=0)

    def carried(self, item_id: str) -> Answer | None:
        """The newest earlier answer where it stands for this session, else None.

        A visit that took an answer over has none of its own, so we look past it: through every visit for what stands
        until changed, and as far as each visit said "no change in health" for what stands on that word.
        """
        if self.past.last is None:
            return None
        carry = self.protocol.item(item_id).carry
        if carry is not Carry.LAST and not (carry is Carry.NO_CHANGE and _no_change(self.record)):
            return None
        for record in self.past.newest_first():
            earlier = record.answers.get(ItemId(item_id))
            if earlier is not None and earlier.state is not AnswerState.UNANSWERED:
                return earlier
            if carry is Carry.NO_CHANGE and not _no_change(record):
                return None
        return None

    def is_answered(self, item_id: str) -> bool:
        return self.answer(item_id) is not None

    def word(self, item_id: str) -> str:
        """The answer as a rule reads it: yes, no, an option id, the text itself, declined, unknown … or ""."""
        return _word(self.answer(item_id))

    def gate_word(self, item_id: str) -> str:
        """The same for gates and conditions: what was written in words is "answered", whatever the words are."""
        answer = self.answer(item_id)
        given = answer is not None and answer.state is AnswerState.ANSWERED
        is_words = given and self.protocol.item(item_id).kind in (ItemKind.TEXT, ItemKind.PHONE)
        return "answered" if is_words else _word(answer)

    def number(self, item_id: str) -> Decimal | None:
        """The value of an answered quantity in the item's own unit, else None."""
        answer = self.answer(item_id)
        return answer.value.value if answer and isinstance(answer.value, Quantity) else None

    def said(self, item_id: str) -> str:
        """An answer as the input of a finding: its number, time or day, else its word."""
        number, moment, day = self.number(item_id), self.moment(item_id), self.day(item_id)
        known = (moment.store() if moment else None, day.isoformat() if day else None)
        return next((one for one in known if one), self.word(item_id) if number is None else str(number))

    def moment(self, item_id: str) -> Moment | None:
        answer = self.answer(item_id)
        return answer.value.at if answer and isinstance(answer.value, TimeValue) else None

    def day(self, item_id: str) -> date | None:
        answer = self.answer(item_id)
        return answer.value if answer and isinstance(answer.value, date) else None

    def is_visible(self, item: Item) -> bool:
        """An item is asked when all its conditions hold; a retired one only stands where this visit answered it."""
        if not item.show_when and not item.retired:
            return True
        if item.id not in self._asked:
            stands = not item.retired or self._is_given(item)
            self._asked[item.id] = stands and all(map(self.holds, item.show_when))
        return self._asked[item.id]

    def _is_given(self, item: Item) -> bool:
        own = self.record.answers.get(item.id)
        return own is not None and own.state is not AnswerState.UNANSWERED

    def holds(self, condition: Condition) -> bool:
        if condition.item is not None:
            return self.gate_word(condition.item) in condition.answers
        if condition.fact not in self._holding:
            self._holding[condition.fact] = FACTS[condition.fact](self)
        return self._holding[condition.fact]


def _word(answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.state is not AnswerState.ANSWERED:
        return answer.state.value
    if isinstance(answer.value, bool):
        return "yes" if answer.value else "no"
    return answer.value if isinstance(answer.value, str) else "answered"


def _no_change(record: Record) -> bool:
    own = record.answers.get(ItemId("screening.change"))
    return own is not None and own.state is AnswerState.ANSWERED and own.value is False


def _takes_class(facts: Facts, *class_ids: str) -> bool:
    return not facts.once(_classes_taken).isdisjoint(class_ids)


def _classes_taken(facts: Facts) -> frozenset[str]:
    """The classes of the medicines on the list, presumed ones too."""
    matches = [match for row in facts.record.current_medicines for match in facts.matches(row)]
    known = {class_id for match in matches for one in match.ingredients for class_id in one.class_ids}
    return frozenset(known.union(*(match.presumed_class_ids for match in matches)))


def _fasts_on_insulin(facts: Facts) -> bool:
    return _takes_class(facts, "insulin", "sulfonylurea")


def _takes_opioid(facts: Facts) -> bool:
    return _takes_class(facts, "opioid", "opioid_partial", "opioid_seizure", "opioid_unregulated")


def _needs_liver_tests(facts: Facts) -> bool:
    """Liver disease that lets the infusion go on, or so many infusions that the liver is watched (reference 3.1).

    The liver knows of no courses: the infusions of all of them count, and those of this one that were given elsewhere.
    """
    given = sum(record.event(EventKind.STARTED) is not None for record in facts.past.earlier)
    earlier = max(facts.record.session.number - 1, given)
    return facts.word("cond.liver") == "moderate" or earlier >= facts.limit("labs.lft_infusions")


def _may_be_pregnant(facts: Facts) -> bool:
    asked = facts.limit("age.pregnancy_from") <= facts.age <= facts.limit("age.pregnancy_to")
    return asked and facts.patient.sex is not Sex.MALE


def _asq_positive(facts: Facts) -> bool:
    return any(facts.word(f"asq.{number}") not in ("", "no") for number in (1, 2, 3, 4))


def _serious_asked(facts: Facts) -> bool:
    from checklist.rules import serious  # it reads the readings, by rules that stand on this module

    return serious.is_asked(facts)


def _serious_event(facts: Facts) -> bool:
    from checklist.rules import serious

    return serious.is_asked(facts) and serious.is_serious(facts)


def _dissociation_not_read(facts: Facts) -> bool:
    from checklist.rules.scores import latest_recovery

    return latest_recovery(facts, lambda one: one.dissociation) is None


def _drug_left(facts: Facts) -> bool:
    """What was drawn up was not given to the hundredth, or one of the two is not known: was the rest wasted?"""
    from checklist.rules import dose

    drawn, got = facts.number("waste.drawn_mg"), dose.given(facts)
    if drawn is None or got is None or facts.is_answered("waste.wasted_mg"):
        return True
    return dose.unaccounted_mg(drawn, got.given_mg, Decimal(0)) != 0


def _leaves(facts: Facts) -> bool:
    from checklist.rules import departure

    return departure.is_leaving(facts)


def _drives(facts: Facts) -> bool:
    return bool(facts.record.stamped(StampKind.DRIVING))


FACTS: Mapping[str, Callable[[Facts], bool]] = {
    "takes_glp1": lambda facts: _takes_class(facts, "glp1"),
    "fasts_on_insulin": _fasts_on_insulin,
    "returning": lambda facts: facts.past.last is not None,
    "may_be_pregnant": _may_be_pregnant,
    "asq_positive": _asq_positive,
    "takes_opioid": _takes_opioid,
    "needs_liver_tests": _needs_liver_tests,
    "infusion_started": lambda facts: facts.record.event(EventKind.STARTED) is not None,
    "serious_asked": _serious_asked,
    "serious_event": _serious_event,
    "leaves_against_advice": _leaves,
    "wants_to_drive": _drives,
    "dissociation_not_read": _dissociation_not_read,
    "drug_left": _drug_left,
    "similar_today": lambda facts: facts.similar_today or facts.is_answered("identity.second"),
}
"""Named facts that a protocol's `show_when = [{ fact = "…" }]` may use."""


def fingerprint(key: str, level: Level, inputs: tuple[tuple[str, str], ...]) -> str:
    """Short hash of what a decision is about: when inputs or level change, the decision no longer counts."""
    text = "\x1f".join([key, level, *(f"{name}={value}" for name, value in inputs)])
    return sha256(text.encode()).hexdigest()[:16]


def finding(
    key: str,
    level: Level,
    title: str,
    detail: str,
    action: str,
    step: str,
    *,
    items: tuple[str, ...] = (),
    source: str = "clinic policy",
    inputs: tuple[tuple[str, str], ...] = (),
    until: Moment | None = None,
    nobody_overrides: bool = False,
    deciders_needed: int = 1,
    can_stand: bool = False,
    eased: bool = False,
) -> Finding:
    """Build a finding with its fingerprint. Decisions are attached later, by `evaluate`."""
    return Finding(
        key=key,
        level=level,
        title=title,
        detail=detail,
        action=action,
        step=step,
        items=tuple(ItemId(item) for item in items),
        source=source,
        inputs=inputs,
        until=until,
        nobody_overrides=nobody_overrides,
        fingerprint=fingerprint(key, level, inputs),
        deciders_needed=deciders_needed,
        can_stand=can_stand,
        eased=eased,
    )
