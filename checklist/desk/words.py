"""Answers and texts as people read them, on screen and in the history."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from checklist.desk.drug_log import DrugLogDesk
from checklist.errors import NotAllowed
from checklist.happened import in_words
from checklist.medicines import Option, confirmed, find
from checklist.model import (
    Answer,
    AnswerState,
    EntryKind,
    MedicineRow,
    Quantity,
    SessionId,
    SessionState,
    Stamp,
    TimeValue,
)
from checklist.parse import format_decimal, parse_text
from checklist.protocol import Item, Step
from checklist.rules import dose as arithmetic
from checklist.rules.dose import DoseOrder
from checklist.rules.facts import Facts
from checklist.rules.schedule import predicted_end
from checklist.rules.texts import fill
from checklist.snapshot import Given, Segment, Snapshot
from checklist.times import (
    Moment,
    written_about,
    written_clock,
    written_date,
    written_day,
    written_length,
    written_time,
)

__all__ = ["DoseOrder", "Given", "WordsDesk", "shown", "stamp_text"]

STATE_WORDS = {
    AnswerState.DECLINED: "Declined",
    AnswerState.UNKNOWN: "Not known",
    AnswerState.NOT_APPLICABLE: "Does not apply",
    AnswerState.UNANSWERED: "Not answered",
}


class WordsDesk(DrugLogDesk):
    """What is read, never what is decided."""

    def label(self, snapshot: Snapshot, item: Item) -> str:
        return fill(item.label, self._facts_of(snapshot))

    def help(self, snapshot: Snapshot, item: Item) -> str:
        return fill(item.help, self._facts_of(snapshot))

    def intro(self, snapshot: Snapshot, step: Step) -> str:
        return fill(step.intro, self._facts_of(snapshot))

    def _facts_of(self, snapshot: Snapshot) -> Facts:
        """The facts behind a snapshot, without asking the data file."""
        return Facts(
            protocol=self.protocol,
            patient=snapshot.patient,
            record=snapshot.record,
            past=snapshot.past,
            medicines=self.medicines,
            now=snapshot.now,
            understood=self._understood,
        )

    def dose(self, snapshot: Snapshot) -> DoseOrder | None:
        """The order as far as it is written, with the arithmetic beside it; None while nothing of it is written."""
        return arithmetic.order(self._facts_of(snapshot))

    def weights(self, snapshot: Snapshot) -> Mapping[str, Decimal | None]:
        """kg by basis (actual, adjusted, ideal), each None when it cannot be computed."""
        return arithmetic.weights(self._facts_of(snapshot))

    def given(self, snapshot: Snapshot) -> Given | None:
        """What was given of the ordered dose; None while the pump runs or its volume is not known."""
        return arithmetic.given(self._facts_of(snapshot))

    def segments(self, snapshot: Snapshot) -> tuple[Segment, ...]:
        """The stretches in which the pump ran, with the volume and both rates of each."""
        return arithmetic.segments(self._facts_of(snapshot))

    def end_words(self, snapshot: Snapshot) -> str:
        """`Ends about 11:52. So far 20 mL at 60 mL/h (set 75).`; "" before the start and after the stop."""
        facts = self._facts_of(snapshot)
        end = predicted_end(facts)
        if snapshot.state not in (SessionState.INFUSING, SessionState.PAUSED) or end is None:
            return ""
        today = snapshot.now.local.date()
        stretches = "; ".join(_segment_words(one) for one in arithmetic.segments(facts))
        return f"Ends about {written_clock(end, today)}.{f' So far {stretches}.' if stretches else ''}"

    def did_you_mean(self, row: MedicineRow) -> tuple[Option, ...]:
        """The names that an open question of this row offers; empty when nothing is in doubt."""
        matches = confirmed(find(self.medicines, row.typed), row.spelling_confirmed)
        return tuple(option for match in matches for question in match.questions for option in question.options)

    def shown(self, snapshot: Snapshot, answer: Answer) -> str:
        """`Tue 17-Nov 21:30`, `Yes`, `68.4 kg (150.8 lb)`, `Declined: needle fear`."""
        return shown(snapshot.protocol.item(answer.item), answer, snapshot)

    def history(self, snapshot: Snapshot, item_id: str) -> tuple[str, ...]:
        """Every answer an item ever had in this session, newest first, each with who and when."""
        today = snapshot.now.local.date()
        answers = snapshot.record.history.get(_asked(snapshot, item_id).id, ())
        return tuple(
            f"{self.shown(snapshot, one)} · {snapshot.name_of(one.by)} {written_clock(one.entered, today)}"
            for one in reversed(answers)
        )

    def last_visit_text(self, snapshot: Snapshot) -> str:
        last = snapshot.past.last
        return written_date(last.session.planned.local.date()) if last else ""

    def printed(self, session_id: SessionId, kind: str) -> Snapshot:
        """Note in the journal that a document was printed or saved."""
        document = parse_text(kind, 200).strip()
        return self._write(session_id, EntryKind.PRINTED, document, {"document": document})


def _asked(snapshot: Snapshot, item_id: str) -> Item:
    try:
        return snapshot.protocol.item(item_id)
    except KeyError:
        raise NotAllowed("The protocol does not ask this. Nothing was saved. Go back to Today.") from None


def stamp_text(stamp: Stamp, snapshot: Snapshot) -> str:
    """`Escort called, 555-010-0142: no answer`, `Reading missed, due 11:20: with another patient`."""
    due = stamp.detail.get("due", "")
    told = f"due {written_clock(Moment.stored(due), snapshot.now.local.date())}" if due else ""
    struck = f" (struck: {stamp.detail.get('removed', '')})" if stamp.removed else ""
    return f"{in_words(stamp, told)}{struck}"


def shown(item: Item, answer: Answer, snapshot: Snapshot) -> str:
    """One answer in words."""
    if answer.state is not AnswerState.ANSWERED:
        word = STATE_WORDS[answer.state]
        return f"{word}: {answer.reason}" if answer.reason else word
    match answer.value:
        case bool():
            return "Yes" if answer.value else "No"
        case str():
            option = item.option(answer.value)
            return option.label if option else answer.value
        case Quantity():
            return _quantity(answer.value, snapshot.protocol.bounds[item.bounds].decimals)
        case TimeValue():
            approx = "Approx " if answer.value.estimated else ""
            return approx + _weekday_clock(answer.value, snapshot)
        case None:
            return STATE_WORDS[AnswerState.UNANSWERED]
        case day:
            return written_about(day, answer.typed) if item.about else written_date(day)


def _segment_words(one: Segment) -> str:
    """`20 mL in 20min, 60 mL/h (set 75)`"""
    length = written_length(one.end.since(one.begin))
    if one.infused_ml is None:
        return f"an unknown volume in {length}"
    actual = one.actual_ml_h
    rate = f", {arithmetic.written(actual, 1)} mL/h" if actual is not None else ""
    planned = f" (set {arithmetic.written(one.set_ml_h, 1)})" if one.set_ml_h is not None else ""
    return f"{format_decimal(one.infused_ml)} mL in {length}{rate}{planned}"


def _weekday_clock(value: TimeValue, snapshot: Snapshot) -> str:
    """`Today 09:40`, `Tue 17-Nov 21:30`: the date that was understood is always shown."""
    day, today = value.at.local.date(), snapshot.now.local.date()
    if day == today:
        return f"Today {written_time(value.at)}"
    if day.year == today.year:
        return f"{written_day(day)[:-5]} {written_time(value.at)}"
    return written_clock(value.at, today)


def _quantity(quantity: Quantity, decimals: int) -> str:
    """The value in the item's unit, half up to the item's decimals; what was typed in another unit stands beside it."""
    rounded = quantity.value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{format_decimal(rounded)} {'°C' if quantity.unit == 'C' else quantity.unit}"
    typed = " ".join(quantity.typed.split())
    own = quantity.unit.casefold()
    unit = "".join(char for char in typed.casefold() if not char.isdigit() and char not in " .,°")
    return text if unit in ("", own) else f"{text} ({typed})"
