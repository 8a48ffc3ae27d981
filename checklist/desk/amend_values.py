"""What is typed into an amendment becomes a value, read as on the day of the visit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar, assert_never

from checklist.acts import Target
from checklist.desk import amend_words, codec
from checklist.desk.amend_words import Part
from checklist.desk.bounds import for_parser, for_vitals
from checklist.desk.core import new_id
from checklist.desk.symptoms import REMARK, read_symptoms, split_symptoms
from checklist.desk.words import WordsDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import (
    Answer,
    AnswerState,
    Effect,
    Event,
    EventKind,
    Meaning,
    MedicineRow,
    Reading,
    RowId,
    Staff,
)
from checklist.parse import format_decimal, parse_quantity, parse_text, parse_time, parse_vitals
from checklist.protocol import Item
from checklist.rules.stages import stage_at
from checklist.snapshot import Record, Snapshot
from checklist.times import Moment

STATES = {
    "not known": AnswerState.UNKNOWN,
    "unknown": AnswerState.UNKNOWN,
    "declined": AnswerState.DECLINED,
    "does not apply": AnswerState.NOT_APPLICABLE,
    "not applicable": AnswerState.NOT_APPLICABLE,
}
R = TypeVar("R", Reading, MedicineRow, Effect)
LONG_AGO = timedelta(days=3650)  # a record may be amended years later
MEASURED = ("sbp", "dbp", "hr", "spo2", "rr", "temp_c", "oxygen_l_min", "moaas", "dissociation", "nausea", "pain")


@dataclass(frozen=True, slots=True)
class NewValue:
    """A new value as words and as the body that an entry of its kind has; `old` is the body it stands beside."""

    words: str
    body: codec.Body | None
    old: codec.Body | None = None
    label: str = ""


class AmendValues(WordsDesk):
    """Reads what is typed. Times mean what they would have meant when the record was closed."""

    def new_row_id(self) -> str:
        return new_id()

    def new_value(self, snapshot: Snapshot, part: Part, value: str, time: str, *, confirmed: bool) -> NewValue:
        """The corrected value of a part. Raises NotUnderstood, NeedsConfirmation."""
        at = self.moment_of_visit(snapshot, time, confirmed=confirmed) if time.strip() else None
        match part.target:
            case Target.ANSWER:
                return self._new_answer(snapshot, part, value, confirmed=confirmed)
            case Target.READING:
                return self._new_reading(snapshot, part, value, at, confirmed=confirmed)
            case Target.MEDICINE:
                return _new_medicine(_with_id(snapshot.record.medicines, part.ref), value, at)
            case Target.EFFECT:
                return self._new_effect(snapshot, part, value, at)
            case Target.EVENT:
                return self._new_event(snapshot, part, value, at)
            case Target.DECISION | Target.CHECK | Target.ORDER | Target.RECORD | Target.ATTACHMENT:
                raise NotAllowed("What a person decided or signed is not corrected by another. Nothing was saved.")
            case _:
                assert_never(part.target)

    def late_value(
        self,
        snapshot: Snapshot,
        target: Target,
        row: RowId,
        text: str,
        happened: Moment,
        person: Staff,
        *,
        confirmed: bool,
    ) -> NewValue:
        """What a late entry says, with the body of the row that it adds; plain words have none."""
        if target is Target.READING:
            stage = stage_at(snapshot.record, happened)
            empty = Reading(row, stage, happened, self.now(), person.id, "")
            reading = self._measured(snapshot, empty, text, confirmed=confirmed)
            return NewValue(amend_words.reading_words(reading), codec.reading_body(reading), label="Vital signs")
        if target is Target.EFFECT:
            term, grade, action = self._effect_words(text)
            effect = Effect(row, term.id, grade, happened, action, None, False, person.id, self.now())
            return NewValue(amend_words.effect_words(effect, snapshot), codec.effect_body(effect), label="Side effect")
        words = parse_text(text, 2000).strip()
        if not words:
            raise NotUnderstood("Write what happened. Nothing was saved yet.")
        return NewValue(words, None, label="What happened")

    def moment_of_visit(self, snapshot: Snapshot, text: str, *, confirmed: bool = False) -> Moment:
        """A time as people say it. A bare one is the last such time before the record was closed.

        One with a day may also lie after the closing, never in the future. Raises NotUnderstood, NeedsConfirmation.
        """
        try:
            return parse_time(text, _closed_at(snapshot.record, snapshot.now), confirmed=confirmed)
        except NotUnderstood:
            return parse_time(text, self.now(), confirmed=confirmed, oldest=LONG_AGO)

    # ---- each kind

    def _new_answer(self, snapshot: Snapshot, part: Part, text: str, *, confirmed: bool) -> NewValue:
        item, was = self._item(part.ref), snapshot.answer(part.ref)
        state, typed, reason = _state_of(text)
        if state in (AnswerState.DECLINED, AnswerState.NOT_APPLICABLE) and not reason:
            raise NotUnderstood(f"“{item.label}”: write the reason too: “declined: …”. Nothing was saved.")
        value = None
        if state is AnswerState.ANSWERED:
            closed = _closed_at(snapshot.record, snapshot.now)
            value = self._value(snapshot.record.session.id, item, _option(item, typed), confirmed, closed)
        observed = was.observed if was else _closed_at(snapshot.record, snapshot.now)
        answer = Answer(item.id, state, value, typed, reason, self.me.id, observed, self.now(), 0)
        return NewValue(
            amend_words.answer_words(item, answer, snapshot),
            codec.answer_body(state, value, typed, reason, observed),
            codec.answer_body(was.state, was.value, was.typed, was.reason, was.observed) if was else None,
        )

    def _new_reading(
        self, snapshot: Snapshot, part: Part, text: str, at: Moment | None, *, confirmed: bool
    ) -> NewValue:
        was = _with_id(snapshot.record.readings, part.ref)
        new = replace(was, observed=at.to_minute(), stage=stage_at(snapshot.record, at.to_minute())) if at else was
        if text.strip():
            new = self._measured(snapshot, new, text, confirmed=confirmed)
        return NewValue(amend_words.reading_words(new), codec.reading_body(new), codec.reading_body(was))

    def _measured(self, snapshot: Snapshot, reading: Reading, text: str, *, confirmed: bool) -> Reading:
        """The reading with numbers, symptoms and remark of the line in the place of its own, where it has them."""
        line, _, marked = split_symptoms(text)
        closed = _closed_at(snapshot.record, snapshot.now)
        draft = parse_vitals(line, closed, for_vitals(self.protocol), (), confirmed=confirmed)
        if draft.timed:
            raise NotUnderstood("Type the time in its own field, and the numbers without it. Nothing was saved.")
        symptoms = read_symptoms(text, self.protocol) if marked else reading.symptoms
        numbers = {name: getattr(draft, name) for name in MEASURED}
        remark = f" {REMARK} {reading.remark}" if reading.remark and REMARK not in text else ""
        return replace(reading, typed=parse_text(text + remark, 500), symptoms=symptoms, **numbers)

    def _new_effect(self, snapshot: Snapshot, part: Part, text: str, at: Moment | None) -> NewValue:
        was = _with_id(snapshot.record.effects, part.ref)
        new = replace(was, onset=at) if at else was
        if text.strip():
            term, grade, action = self._effect_words(text)
            new = replace(new, term=term.id, grade=grade, action=action)
        if new.ended is not None and new.ended < new.onset:
            raise NotUnderstood("The side effect would end before it began. Nothing was saved.")
        return NewValue(amend_words.effect_words(new, snapshot), codec.effect_body(new), codec.effect_body(was))

    def _new_event(self, snapshot: Snapshot, part: Part, text: str, at: Moment | None) -> NewValue:
        was = next(one for one in snapshot.record.events if str(one.seq) == part.ref)
        detail = dict(was.detail)
        if text.strip():
            if not part.takes_value:
                raise NotUnderstood(f"“{part.label}” has a time and no amount. Nothing was saved.")
            detail["infused_ml"] = self._amended_ml(snapshot, text)
        new = replace(was, at=at or was.at, detail=detail)
        _refuse_disorder([new if one.seq == was.seq else one for one in snapshot.record.events])
        return NewValue(
            amend_words.event_words(new),
            codec.event_body(new.kind, new.at, new.detail),
            codec.event_body(was.kind, was.at, was.detail),
        )

    def _amended_ml(self, snapshot: Snapshot, text: str) -> str:
        infused = parse_quantity(text, for_parser(self.protocol.bounds["infused"]), confirmed=True).value
        order = self.dose(snapshot)
        if order is not None and order.total_ml is not None and infused > order.total_ml:
            raise NotUnderstood(
                f"{format_decimal(infused)} mL is more than the {format_decimal(order.total_ml)} mL of the order. "
                "Nothing was saved. If the order is wrong, correct it first."
            )
        return format_decimal(infused)


def _closed_at(record: Record, now: Moment) -> Moment:
    """When the record was closed; a session that is still open is read as of now."""
    signature, ended = record.signature(Meaning.DISCHARGE), record.event(EventKind.ENDED)
    times = [one.at for one in (signature, ended) if one is not None]
    return min(times, default=now)


def _with_id(rows: Iterable[R], ref: str) -> R:
    return next(row for row in rows if row.id == ref)


def _new_medicine(was: MedicineRow, text: str, at: Moment | None) -> NewValue:
    new = was
    if text.strip():
        new = replace(new, typed=" ".join(parse_text(text, 500).split()), dose="", spelling_confirmed="")
    if at is not None:
        new = replace(new, last_taken=at, last_taken_state=AnswerState.ANSWERED)
    return NewValue(amend_words.medicine_words(new), codec.medicine_body(new), codec.medicine_body(was))


def _state_of(text: str) -> tuple[AnswerState, str, str]:
    """`declined: needle fear` -> declined, "", "needle fear"; anything else is an answer."""
    words = parse_text(text).strip()
    head, _, rest = words.partition(":")
    state = STATES.get(head.strip().casefold())
    return (state, "", rest.strip()) if state else (AnswerState.ANSWERED, words, "")


def _option(item: Item, text: str) -> str:
    """The id behind the label of an answer that is chosen from a list; other text stays as it is."""
    wanted = text.casefold()
    fitting = [option.id for option in item.options if wanted in (option.label.casefold(), option.id.casefold())]
    return fitting[0] if fitting else text


def _refuse_disorder(events: list[Event]) -> None:
    """What ran keeps its order, and the pump never gives back."""
    for one, following in pairwise(events):
        if following.at < one.at:
            raise NotUnderstood(
                f"“{amend_words.EVENTS[following.kind]}” would come before “{amend_words.EVENTS[one.kind]}”. "
                "Nothing was saved. Look at both times."
            )
    volumes = [Decimal(ml) for one in events if (ml := one.detail.get("infused_ml", ""))]
    if any(after < before for before, after in pairwise(volumes)):
        raise NotUnderstood(
            "The pump would have given less later than before. Nothing was saved. Look at both amounts."
        )
