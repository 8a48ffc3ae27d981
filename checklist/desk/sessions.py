"""A visit: begin it, answer its items, move its start, end it before its time."""

from datetime import timedelta
from decimal import Decimal
from typing import assert_never

from checklist.desk import codec
from checklist.desk.authority import Act
from checklist.desk.bounds import for_parser, unusual_after
from checklist.desk.core import DeskCore, new_id
from checklist.desk.fold import ORDER
from checklist.desk.similar import SECOND_IDENTIFIER, check_identifier
from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.happened import ENDINGS
from checklist.model import (
    AnswerState,
    Draft,
    EntryKind,
    EventKind,
    ItemId,
    Json,
    Meaning,
    MedicineDetails,
    MedicineRow,
    PatientId,
    Quantity,
    Role,
    RowId,
    SessionId,
    Staff,
    TimeValue,
    Value,
)
from checklist.parse import (
    parse_about,
    parse_date,
    parse_estimate,
    parse_phone,
    parse_quantity,
    parse_text,
    parse_time,
    weight_slip,
)
from checklist.protocol import Carry, Item, ItemKind, Protocol, Step
from checklist.rules import departure
from checklist.rules.texts import number
from checklist.snapshot import SessionInfo, Snapshot
from checklist.times import Moment, written_clock

INDICATIONS = ("mood", "pain")
AFTER_THE_END = ("waste.", "serious.", "ama.", "drive.")
"""What is still answered when a session has ended before its time: the vial, and what happened to the patient."""


def session_body(session: SessionInfo) -> dict[str, Json]:
    return {
        "record_id": session.record_id,
        "number": session.number,
        "course_total": session.course_total,
        "phase": session.phase,
        "indication": session.indication,
        "planned": session.planned.store(),
        "protocol_version": session.protocol_version,
        "previous": session.previous,
    }


class SessionDesk(DeskCore):
    """Use cases about one visit and the answers to its items."""

    def new_session(
        self,
        patient_id: PatientId,
        planned: str = "now",
        course_total: str = "",
        number: str = "",
        indication: str = "",
    ) -> Snapshot:
        """Book a visit. What is left empty follows from the patient's last session; a first one is for mood.

        Raises NotUnderstood, NotAllowed.
        """
        now = self.now()
        self._patient(patient_id)
        at = now.to_minute() if planned.strip() == "" else _planned(planned, now, self.protocol)
        earlier = self._file.index.sessions_of(patient_id)
        indication = indication or (earlier[-1].indication if earlier else INDICATIONS[0])
        if indication not in INDICATIONS:
            raise NotUnderstood(f"“{indication}” is not what the infusion is for. Choose mood or pain.")
        self._refuse_second_open(earlier)
        begun = [one for one in earlier if self._record(one.id).event(EventKind.STARTED)]
        last = begun[-1] if begun else None
        usual = last.course_total if last else int(self.protocol.limit("interval.series"))
        total = _count(course_total) if course_total.strip() else usual
        session = SessionInfo(
            id=SessionId(new_id()),
            patient=patient_id,
            record_id=f"S-{at.local.year}-{self._file.index.next_record_number(at.local.year):04d}",
            number=_count(number) if number.strip() else (last.number + 1 if last else 1),
            course_total=total,
            phase="induction" if total else "maintenance",
            indication=indication,
            planned=at,
            created=now,
            protocol_version=self.protocol.version,
            previous=last.id if last else None,
        )
        body = session_body(session)
        self._append(Draft(EntryKind.SESSION, self.me.id, body, patient=patient_id, session=session.id))
        return self.snapshot(session.id)

    def _refuse_second_open(self, earlier: tuple[SessionInfo, ...]) -> None:
        for one in earlier:
            if self._is_open(one.id):
                raise NotAllowed(
                    f"This patient has an open session, {one.record_id}. No second one was made. "
                    "Open it from Today, or end it there first."
                )

    def open(self, session_id: SessionId) -> Snapshot:
        """The session as it stands at this moment."""
        return self.snapshot(session_id)

    def opened(self, session_id: SessionId) -> None:
        """Somebody has this record on the screen: written down once for each person until the next sign-in.

        Raises NotSaved; the record may be read all the same. A file that opened read-only keeps no note of it.
        """
        if self._file.journal.read_only or (self.me.id, session_id) in self._opened:
            return
        self._write_as(self.me, session_id, (EntryKind.OPENED, "", {}))
        self._opened.add((self.me.id, session_id))

    def plan_start(self, session_id: SessionId, text: str) -> Snapshot:
        """Move the planned start, e.g. to the earliest time that fasting allows. Raises NotUnderstood, NotAllowed."""
        self._refuse_closed(session_id)
        session, now = self._info(session_id), self.now()
        if self._record(session_id).event(EventKind.STARTED):
            raise NotAllowed("The infusion has started; its start cannot be planned any more. Nothing was changed.")
        at = _planned(text, now, self.protocol)
        if at.since(now) < timedelta(minutes=-1):
            raise NotUnderstood(f"{written_clock(at, now.local.date())} has passed. Plan a start from now on.")
        body = {**session_body(session), "planned": at.store()}
        return self._write(session_id, EntryKind.SESSION, "", body)

    # ---- answers

    def answer(
        self,
        session_id: SessionId,
        item_id: str,
        text: str,
        *,
        state: AnswerState = AnswerState.ANSWERED,
        reason: str = "",
        confirmed: bool = False,
    ) -> Snapshot:
        """Keep one answer. Raises NotUnderstood (refused), NeedsConfirmation (ask once), NotSaved, NotAllowed."""
        item = self._item(item_id)
        self._refuse_closed(session_id, after_end=item.id.startswith(AFTER_THE_END))
        self._refuse_given_order(session_id, item)
        body = self._answer_body(session_id, item, text, state, reason, confirmed)
        return self._write(session_id, EntryKind.ANSWER, item_id, body)

    def _answer_body(
        self, session_id: SessionId, item: Item, text: str, state: AnswerState, reason: str, confirmed: bool
    ) -> codec.Body:
        """What was typed as a body. Raises NotUnderstood, NeedsConfirmation; nothing is kept yet."""
        value = self._value(session_id, item, text, confirmed) if state is AnswerState.ANSWERED else None
        if item.id in SECOND_IDENTIFIER and state is AnswerState.ANSWERED:
            check_identifier(text, self._patient_of(session_id), self.now())
        reason = parse_text(reason, 1000).strip()
        if state in (AnswerState.DECLINED, AnswerState.NOT_APPLICABLE) and not reason:
            word = "declined" if state is AnswerState.DECLINED else "not applicable"
            raise NotUnderstood(f"“{item.label}”: write the reason why it is {word}. Nothing was saved yet.")
        return codec.answer_body(state, value, parse_text(text), reason, self.now())

    def _refuse_closed(self, session_id: SessionId, *, after_end: bool = False) -> None:
        """A discharged or ended record is not written on; corrections after signing are amendments.

        `after_end`: what still happens to a patient, or to a vial, when the session has ended before its time.
        """
        record = self._record(session_id)
        ended = record.event(EventKind.ENDED) is not None and not after_end
        if ended or record.signature(Meaning.DISCHARGE) is not None:
            raise NotAllowed(
                "This record is closed. Nothing was changed. A correction is an amendment: “Amend this record…”."
            )

    def _refuse_given_order(self, session_id: SessionId, *items: Item) -> None:
        """What the pump gives was ordered and checked before the start: it is not rewritten afterwards."""
        is_order = any(item.id.startswith(ORDER) for item in items)
        if is_order and self._record(session_id).event(EventKind.STARTED):
            raise NotAllowed(
                "The infusion was started with this order; it cannot be changed any more. Nothing was saved. "
                "Pause or stop the infusion if something is wrong, and write it in the reason."
            )

    def _item(self, item_id: str) -> Item:
        try:
            return self.protocol.item(item_id)
        except KeyError:
            raise NotAllowed("The protocol does not ask this. Nothing was saved. Go back to Today.") from None

    def _step(self, step_id: str) -> Step:
        for step in self.protocol.steps:
            if step.id == step_id:
                return step
        raise NotAllowed("The protocol has no such step. Nothing was changed. Go back to Today.")

    def _value(self, session_id: SessionId, item: Item, text: str, confirmed: bool, now: Moment | None = None) -> Value:
        """What was typed, as a value. `now` is the moment that times and dates are read at; left out, it is now."""
        at = now or self.now()
        match item.kind:
            case ItemKind.YES_NO:
                return _yes_no(item, text)
            case ItemKind.CHOICE:
                return _choice(item, text)
            case ItemKind.TIME:
                return self._time(item, text, confirmed, at)
            case ItemKind.DATE:
                today, ahead = at.local.date(), item.future or item.id == "dose.expiry"
                return parse_about(text, today) if item.about else parse_date(text, today=today, allow_future=ahead)
            case ItemKind.PHONE:
                return parse_phone(text)
            case ItemKind.TEXT:
                return _text(item, text)
            case ItemKind.QUANTITY:
                return self._quantity(session_id, item, text, confirmed)
            case unreachable:
                assert_never(unreachable)

    def _time(self, item: Item, text: str, confirmed: bool, now: Moment) -> TimeValue:
        oldest = unusual_after(self.protocol)

        def one(words: str) -> Moment:
            return parse_time(words, now, allow_future=item.future, confirmed=confirmed, oldest=oldest)

        return parse_estimate(text, one)

    def _quantity(self, session_id: SessionId, item: Item, text: str, confirmed: bool) -> Quantity:
        quantity = parse_quantity(text, for_parser(self.protocol.bounds[item.bounds]), confirmed=confirmed)
        if item.id == "vitals.weight" and not confirmed:
            self._ask_about_weight(session_id, quantity.value)
        return quantity

    def _ask_about_weight(self, session_id: SessionId, now_kg: Decimal) -> None:
        last = self._past(self._info(session_id)).last
        before = last.answers.get(ItemId("vitals.weight")) if last else None
        if before is None or not isinstance(before.value, Quantity):
            return
        limit = self.protocol.limit
        slip = weight_slip(
            before.value.value,
            now_kg,
            change_percent=limit("weight.change_percent"),
            slip_percent=limit("weight.slip_percent"),
        )
        if slip:
            raise NeedsConfirmation(slip)

    def same_as_last(self, session_id: SessionId, step_id: str) -> Snapshot:
        """Bring back what the last session said of this step; medicines come back unconfirmed, one key each."""
        self._refuse_closed(session_id)
        items = self._step(step_id).items
        self._refuse_given_order(session_id, *items)
        last = self._past(self._info(session_id)).last
        if last is None:
            raise NotAllowed("There is no earlier session of this patient. Nothing was brought back.")
        now, own = self.now(), self._record(session_id)
        lines: list[tuple[EntryKind, str, codec.Body]] = []
        for item in items:
            earlier = last.answers.get(item.id)
            if item.carry is Carry.SAME and earlier and earlier.state is AnswerState.ANSWERED:
                body = codec.answer_body(earlier.state, earlier.value, earlier.typed, "", now)
                lines.append((EntryKind.ANSWER, item.id, body))
        if step_id == "medicines":
            listed = {row.typed.casefold() for row in own.current_medicines}
            fresh = [row for row in last.current_medicines if row.typed.casefold() not in listed]
            lines += [(EntryKind.ROW, "medicine", codec.medicine_body(_again(row))) for row in fresh]
        if not lines:
            raise NotAllowed("The last session has nothing for this step, or it is all here already.")
        self._write_as(self.me, session_id, *lines)
        return self.snapshot(session_id)

    # ---- the end before its time

    def end(self, session_id: SessionId, kind: str, reason: str, *, user: str = "", password: str = "") -> Snapshot:
        """Cancel, postpone, record a no-show, a departure against advice or a transfer. Needs a reason in words.

        `user` and `password` of a provider: for a patient who leaves against advice and is not awake and lucid.
        Raises NotUnderstood, NotAllowed, SignInFailed.
        """
        self._refuse_closed(session_id)
        words = parse_text(reason, 1000).strip()
        if kind not in ENDINGS:
            raise NotUnderstood(f"“{kind}” is not a way to end a session. Choose one of the list.")
        if not words:
            raise NotUnderstood("Write the reason why the session ends. Nothing was saved yet.")
        started = self._record(session_id).event(EventKind.STARTED)
        stopped = self._record(session_id).event(EventKind.STOPPED)
        if started and not stopped:
            raise NotAllowed("The infusion is running. Stop it first; then the session can end.")
        if started and kind in ("cancelled", "no_show", "postponed"):
            raise NotAllowed("The infusion was given, so the session was not cancelled. Discharge the patient instead.")
        person = self._who_lets_go(session_id, user, password) if kind == "left_ama" else self.me
        body = codec.event_body(EventKind.ENDED, self.now(), {"kind": kind, "reason": words})
        self._write_as(person, session_id, (EntryKind.EVENT, "", body))
        return self.snapshot(session_id)

    def _who_lets_go(self, session_id: SessionId, user: str, password: str) -> Staff:
        """Who records a departure against advice: a nurse cannot judge alone who can decide while drowsy or away."""
        doubt = departure.doubt(self._facts(session_id))
        if not doubt:
            return self.me
        if not user.strip():
            raise NotAllowed(
                f"{doubt} A provider judges whether the patient can decide, and signs the departure: "
                f"{self._named(Role.PROVIDER)}. Nothing was saved yet."
            )
        person = self._signed_in(user, password)
        self._allow(person, Act.LET_GO)
        return person


def _planned(text: str, now: Moment, protocol: Protocol) -> Moment:
    """A planned start as typed; `now` too. Nobody plans more than a year ahead (`typing.plan_ahead`)."""
    farthest = protocol.limit("typing.plan_ahead")
    at = now.to_minute() if text.strip() == "now" else parse_time(text, now, allow_future=True)
    if at.since(now) > timedelta(days=float(farthest)):
        raise NotUnderstood(
            f"{written_clock(at, now.local.date())} is more than {number(farthest)} days ahead. Plan a nearer day."
        )
    return at


def _again(row: MedicineRow) -> MedicineRow:
    """The same medicine on a new list: its last dose is a new question, and it must be confirmed."""
    return MedicineRow(
        id=RowId(new_id()),
        typed=row.typed,
        dose=row.dose,
        last_taken=None,
        last_taken_state=AnswerState.UNANSWERED,
        confirmed=False,
        removed=False,
        spelling_confirmed=row.spelling_confirmed,
        by=row.by,
        entered=row.entered,
        details=MedicineDetails(route=row.details.route, frequency=row.details.frequency),
    )


def _count(text: str) -> int:
    words = text.strip()
    if not words.isascii() or not words.isdigit() or int(words) > 99:
        raise NotUnderstood(f"“{words}” is not a number of sessions. Type a whole number from 0 to 99.")
    return int(words)


def _yes_no(item: Item, text: str) -> bool:
    word = text.strip().casefold()
    if word not in ("yes", "y", "no", "n"):
        raise NotUnderstood(f"“{item.label}”: answer Y or N, or U if not known. Nothing was saved.")
    return word in ("yes", "y")


def _choice(item: Item, text: str) -> str:
    if item.option(text) is None:
        names = ", ".join(option.label for option in item.options)
        raise NotUnderstood(f"“{text}” is not one of the answers. Choose: {names}.")
    return text


def _text(item: Item, text: str) -> str:
    words = parse_text(text).strip()
    if not words:
        raise NotUnderstood(f"“{item.label}” is empty. Write it, or press Alt+U if it is not known.")
    return words
