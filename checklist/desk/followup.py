"""The follow-up call: asked after the discharge closed the record, kept beside it, told on the Today board."""

from dataclasses import replace
from datetime import timedelta

from checklist.desk.call_codec import call_answer_body, call_end_body
from checklist.desk.values import CallRow
from checklist.desk.words import WordsDesk
from checklist.errors import NotAllowed
from checklist.model import AnswerState, EntryKind, ItemId, Level, SessionId
from checklist.protocol import Item, NeededFor
from checklist.rules import followup
from checklist.rules.facts import Facts
from checklist.snapshot import CallState, FollowUp, ItemView, Past, Record, SessionInfo, Snapshot, StepView
from checklist.times import Moment, written_clock

STATUS = {
    CallState.COMING: (Level.INFO, "Later today", "Call"),
    CallState.DUE: (Level.NOTE, "Call due", "Call"),
    CallState.LATE: (Level.REVIEW, "Call overdue", "Call"),
    CallState.WRITE: (Level.REVIEW, "Write to them", "Record"),
    CallState.TELL: (Level.STOP, "Tell a provider", "Open"),
    CallState.DONE: (Level.CLEAR, "Done", "Open"),
}


class FollowUpDesk(WordsDesk):
    """Use cases of the follow-up call. The snapshot they return shows the call as its one step."""

    def call(self, session_id: SessionId) -> Snapshot:
        """The call of a visit that is over: the attempt under way, or an empty one. Raises NotAllowed."""
        snapshot = self.snapshot(session_id)
        status = _there(snapshot.follow_up)
        call = followup.call_facts(self._facts_of(snapshot), status.in_work)
        items = tuple(
            ItemView(item, call.answer(item.id), carried=False)
            for item in call.protocol.items()
            if call.is_visible(item)
        )
        step = call.protocol.steps[0]
        level = Level.worst(one.level for one in status.findings)
        view = StepView(step, items, level, not _open_items(call), "")
        return replace(snapshot, protocol=call.protocol, record=call.record, steps=(view,), findings=status.findings)

    def call_answer(
        self,
        session_id: SessionId,
        item_id: str,
        text: str,
        *,
        state: AnswerState = AnswerState.ANSWERED,
        reason: str = "",
        confirmed: bool = False,
    ) -> Snapshot:
        """Keep one answer of the call. The first one begins an attempt.

        Raises NotUnderstood, NeedsConfirmation, NotSaved, NotAllowed.
        """
        item, status = self._call_item(item_id), self._status(session_id)
        number = status.in_work.number if status.in_work else len(status.attempts) + 1
        body = call_answer_body(number, self._answer_body(session_id, item, text, state, reason, confirmed))
        self._write_as(self.me, session_id, (EntryKind.FOLLOW_UP, item_id, body))
        return self.call(session_id)

    def finish_call(self, session_id: SessionId) -> Snapshot:
        """The attempt is over. Raises NotAllowed while nothing was answered or a needed question is open."""
        status = self._status(session_id)
        attempt = status.attempts[-1] if status.attempts and status.attempts[-1].finished is None else None
        if attempt is None:
            raise NotAllowed("No call is under way. Answer first who was reached.")
        missing = _open_items(followup.call_facts(self._facts(session_id), attempt))
        if missing:
            raise NotAllowed(
                f"The call cannot be closed yet: “{missing[0].label}” is open. Every answer is kept. "
                "Answer it, or press U if it is not known."
            )
        self._write_as(self.me, session_id, (EntryKind.FOLLOW_UP, "", call_end_body(attempt.number)))
        return self.call(session_id)

    def call_blocker(self, snapshot: Snapshot) -> str:
        """Why the attempt that `call` shows cannot be closed; "" when it can."""
        views = snapshot.steps[0].items
        waiting = sum(_is_open(view) and view.item.needed_for is NeededFor.CALL for view in views)
        return f"{waiting} question{'' if waiting == 1 else 's'} open" if waiting else ""

    def call_texts(self, snapshot: Snapshot) -> tuple[str, ...]:
        """The window, and each earlier attempt in one line, the newest first."""
        status = _there(snapshot.follow_up)
        today = snapshot.now.local.date()
        due = (
            f"Due {written_clock(status.due_from, today)} to {written_clock(status.due_until, today)}, "
            f"after the discharge of {written_clock(status.left, today)}."
        )
        lines = [
            f"Call {one.number}, {written_clock(one.finished or one.begun, today)}, {snapshot.name_of(one.by)}: "
            f"{self._reached(snapshot, one.number)}"
            for one in reversed(status.attempts)
        ]
        return (due, *lines)

    def call_phones(self, snapshot: Snapshot) -> tuple[str, ...]:
        """The numbers of the patient and of the escort who took them home, each with its name."""
        record = self._record(snapshot.record.session.id)
        lines = [f"{snapshot.patient.display_name}: {snapshot.patient.phone or 'no number on record'}"]
        name, phone = (_text_of(record, item) for item in ("transport.name", "transport.phone"))
        if name or phone:
            lines.append(f"Escort {name}: {phone or 'no number on record'}")
        return tuple(lines)

    def _reached(self, snapshot: Snapshot, number: int) -> str:
        item = self._call_item(followup.REACHED)
        attempt = next(one for one in _there(snapshot.follow_up).attempts if one.number == number)
        answer = attempt.answers.get(item.id)
        return self.shown(replace(snapshot, protocol=self.protocol.for_call()), answer) if answer else "under way"

    # ---- the board

    def _calls(self) -> tuple[CallRow, ...]:
        """Calls that somebody has to do something about, the heaviest and then the oldest first.

        They leave the board as open visits do, after `desk.open_for` days; the next visit still says what was missed.
        """
        today = self.now().local.date()
        first = today - timedelta(days=int(self.protocol.limit("desk.open_for")))
        rows = [row for one in self._file.index.sessions_between(first, today) if (row := self._call_row(one))]
        return tuple(sorted(rows, key=lambda row: (-row.level.rank, row.due_until)))

    def _call_row(self, session: SessionInfo) -> CallRow | None:
        status, now = self._follow_up(session.id), self.now()
        if status is None or not _is_on_board(status, now):
            return None
        level, word, action = STATUS[status.state]
        patient = self._patient_of(session.id)
        return CallRow(session, patient, level, word, _now_text(status, now), action, status.due_until)

    def _follow_up(self, session_id: SessionId) -> FollowUp | None:
        """How the call stands, without judging the visit anew."""
        record = self._record(session_id)
        if followup.left_at(record) is None:
            return None
        patient = self._patient_of(session_id)
        return followup.follow_up(Facts(self.protocol, patient, record, Past(), self.medicines, self.now()))

    def _status(self, session_id: SessionId) -> FollowUp:
        return _there(self._follow_up(session_id))

    def _call_item(self, item_id: str) -> Item:
        for item in self.protocol.followup:
            if item.id == item_id:
                return item
        raise NotAllowed("The follow-up call does not ask this. Nothing was saved. Go back to Today.")


def _there(status: FollowUp | None) -> FollowUp:
    if status is None:
        raise NotAllowed(
            "There is no follow-up call for this visit: the patient has not left yet, or nothing was given. "
            "Nothing was saved."
        )
    return status


def _text_of(record: Record, item: str) -> str:
    answer = record.answers.get(ItemId(item))
    return answer.value if answer is not None and isinstance(answer.value, str) else ""


def _open_items(call: Facts) -> list[Item]:
    """Needed questions of an attempt that nobody has answered."""
    return [
        item
        for item in call.protocol.items()
        if item.needed_for is NeededFor.CALL and call.is_visible(item) and not call.is_answered(item.id)
    ]


def _is_open(view: ItemView) -> bool:
    return view.answer is None or view.answer.state is AnswerState.UNANSWERED


def _is_on_board(status: FollowUp, now: Moment) -> bool:
    if status.state is CallState.DONE:
        return False
    return status.state is not CallState.COMING or status.due_from.local.date() <= now.local.date()


def _now_text(status: FollowUp, now: Moment) -> str:
    """`Left Tue 17-Nov 12:40 · call until Fri 20-Nov 12:40 · 2 calls so far`"""
    today = now.local.date()
    parts = [f"Left {written_clock(status.left, today)}"]
    if status.state is CallState.TELL:
        heavy = next(one for one in status.findings if one.level.rank >= Level.REVIEW.rank)
        return f"{heavy.title} · {parts[0].lower()}"
    if status.state is CallState.COMING:
        parts.append(f"call from {written_clock(status.due_from, today)}")
    elif status.state is CallState.LATE:
        parts.append(f"was due until {written_clock(status.due_until, today)}")
    elif status.state is CallState.WRITE:
        return f"{parts[0]} · {len(status.attempts)} calls without an answer"
    else:
        parts.append(f"call until {written_clock(status.due_until, today)}")
    made = len(status.attempts)
    if made:
        parts.append(f"{made} call{'' if made == 1 else 's'} so far")
    return " · ".join(parts)
