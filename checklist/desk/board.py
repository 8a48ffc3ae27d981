"""The Today board: every session of the day, what is due, what it waits for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from checklist.desk.attach import AttachDesk
from checklist.desk.backup import BackupDesk
from checklist.desk.beside import BesideDesk
from checklist.desk.course import CourseDesk
from checklist.desk.export import ExportDesk
from checklist.desk.followup import FollowUpDesk
from checklist.desk.handover import HandoverDesk
from checklist.desk.in_error import ErrorDesk
from checklist.desk.ink import InkDesk
from checklist.desk.keys import KeysDesk
from checklist.desk.orders import OrderDesk
from checklist.desk.patients import PatientDesk
from checklist.desk.records import RecordsDesk
from checklist.desk.similar import similar
from checklist.desk.values import Board, BoardNotice, BoardRow, CallRow
from checklist.model import EventKind, ItemId, Level, Meaning, Patient, SessionId, SessionState
from checklist.rules.state import without_verdict
from checklist.snapshot import Due, DueState, Record, SessionInfo, Snapshot, Task, VerdictKind
from checklist.times import written_clock, written_day, written_length, written_time

Row = TypeVar("Row", BoardRow, CallRow)

IN_CLINIC = frozenset(
    {
        SessionState.PRE_SESSION,
        SessionState.WAITING_FOR_PROVIDER,
        SessionState.HELD,
        SessionState.STOPPED,
        SessionState.CLEARED,
        SessionState.INFUSING,
        SessionState.PAUSED,
        SessionState.OBSERVING,
        SessionState.READY_TO_LEAVE,
    }
)
STATUS = {
    SessionState.EXPECTED: (Level.INFO, "Expected", "Start"),
    SessionState.PRE_SESSION: (Level.NOTE, "Pre-session", "Continue"),
    SessionState.WAITING_FOR_PROVIDER: (Level.REVIEW, "Needs a provider", "Review"),
    SessionState.HELD: (Level.HOLD, "Held", "Review"),
    SessionState.STOPPED: (Level.STOP, "Stopped", "Review"),
    SessionState.CLEARED: (Level.CLEAR, "Cleared", "Start infusion"),
    SessionState.INFUSING: (Level.NOTE, "Infusing", "Open"),
    SessionState.PAUSED: (Level.REVIEW, "Paused", "Open"),
    SessionState.OBSERVING: (Level.NOTE, "Observing", "Open"),
    SessionState.READY_TO_LEAVE: (Level.CLEAR, "Ready to leave", "Discharge"),
    SessionState.DISCHARGED: (Level.CLEAR, "Complete", "Print"),
    SessionState.ENDED: (Level.INFO, "Ended", "Open"),
}
DUE = {  # amber from its time, red when late (reference 6.2)
    DueState.DUE: (Level.REVIEW, "due"),
    DueState.OVERDUE: (Level.REVIEW, "overdue"),
    DueState.LATE: (Level.STOP, "late"),
}


class Desk(
    FollowUpDesk,
    CourseDesk,
    ErrorDesk,
    AttachDesk,
    OrderDesk,
    HandoverDesk,
    InkDesk,
    RecordsDesk,
    PatientDesk,
    KeysDesk,
    BackupDesk,
    ExportDesk,
    BesideDesk,
):
    """All use cases: the one way in. Each session use case returns the new frozen snapshot."""

    def board(self) -> Board:
        """Today's sessions by planned time, and those of earlier days that are still open."""
        today = self.now().local.date()
        booked = self._file.index.sessions_on(today)
        calls = self._calls()
        found = [self._board_row(one.id) for one in dict.fromkeys((*self._left_open(today), *booked))]
        patients = [one.patient for one in found]
        calls = self._marked(calls, [*patients, *(one.patient for one in calls)])
        rows = self._marked(found, patients)
        summary = " · ".join(part for part in (_summary(rows, calls), *self.ratio_warnings()) if part)
        return Board(today, rows, summary, tuple(self._notices()), calls)

    def _board_row(self, session_id: SessionId) -> BoardRow:
        """A visit that is over or not yet begun stands there as its record says; only the others are judged."""
        record = self._record(session_id)
        state = without_verdict(record)
        if state is None:
            return _judged_row(self.snapshot(session_id))
        return _plain_row(record, self._patient_of(session_id), state)

    def _marked(self, rows: Sequence[Row], others: Sequence[Patient]) -> tuple[Row, ...]:
        """The rows, with a mark and the photograph at names that somebody else on the board is easily taken for."""
        return tuple(
            replace(one, same_name=True, photo=self._photos.picture(one.patient.id))
            if any(similar(one.patient, other, self.protocol) for other in others)
            else one
            for one in rows
        )

    def _notices(self) -> Iterator[BoardNotice]:
        """What concerns the clinic as a whole and no patient."""
        waiting = self.unsigned_orders(int(self.protocol.limit("desk.open_for")))
        for name, count in Counter(one.provider_name for one in waiting).items():
            title = f"{count} {'order waits' if count == 1 else 'orders wait'} for {name}"
            detail = "Given by telephone, not signed yet. The provider signs under Records."
            yield BoardNotice(Level.REVIEW, title, detail, "records")
        yield from self._clock_notices()
        for use in self.emergency_uses():
            when = f"{written_day(use.at.local.date())} {written_time(use.at)}"
            detail = f"{when}, {use.name}: {use.reason} An administrator looks at it under Settings."
            yield BoardNotice(Level.REVIEW, "The emergency account was used", detail, "settings")
        if self.is_recovery_used:
            detail = "It opens nothing any more. An administrator makes and seals a new one under Settings."
            yield BoardNotice(Level.REVIEW, "The recovery sheet was used", detail, "settings")
        if self.wrong_tries:
            yield BoardNotice(Level.REVIEW, "Somebody tried your password", self.last_sign_in(), "settings")

    def _clock_notices(self) -> Iterator[BoardNotice]:
        """Until somebody has written why the PC's clock was set."""
        changes = self.clock_changes()
        if not changes:
            return
        last = changes[-1]
        times = "once more" if len(changes) == 2 else f"{len(changes) - 1} more times"
        more = f" It was set {times} before that." if len(changes) > 1 else ""
        title = f"The PC's clock was {last.what}, to {written_clock(last.at, self.now().local.date())}"
        detail = f"Compare it with a watch; then look at the planned starts.{more} Nobody has written why yet."
        yield BoardNotice(Level.REVIEW, title, detail, "clock", "Write why…")

    def _left_open(self, today: date) -> list[SessionInfo]:
        """Sessions of the last days that were begun and never closed: nothing drops off the board by midnight."""
        first = today - timedelta(days=int(self.protocol.limit("desk.open_for")))
        earlier = self._file.index.sessions_between(first, today - timedelta(days=1))
        return [one for one in earlier if not self._outline(one.id).closed and self._is_begun(one.id)]

    def _is_begun(self, session_id: SessionId) -> bool:
        record = self._record(session_id)
        return bool(record.answers or record.readings or record.medicines)


def _plain_row(record: Record, patient: Patient, state: SessionState) -> BoardRow:
    level, status, action = STATUS[state]
    return BoardRow(record.session, patient, state, level, status, _plain_text(record, state), action)


def _plain_text(record: Record, state: SessionState) -> str:
    if state is SessionState.EXPECTED:
        return "Not begun"
    if state is SessionState.ENDED:
        return _ended(record)
    signature = record.signature(Meaning.DISCHARGE)
    escort = record.answers.get(ItemId("transport.name"))
    with_whom = f" with {escort.value}" if escort and escort.value else ""
    told = f"Discharged {written_time(signature.at)}{with_whom}" if signature else "Discharged"
    return _joined(told, _pending(record))


def _judged_row(snapshot: Snapshot) -> BoardRow:
    level, status, action = STATUS[snapshot.state]
    due = snapshot.clocks.next_due if snapshot.clocks else None
    if due and due.state.is_due and snapshot.state in IN_CLINIC:
        action = "Record vitals"
        level, word = DUE[due.state]
        status = f"{'Repeat' if due.repeats else 'Vitals'} {word}"
    task = next((one for one in snapshot.tasks if one.state.is_open), None)
    if task and task.state.is_due and action != "Record vitals":
        action = "Open"
        level, word = DUE[task.state]
        status = f"Condition {word}"
    risk, why = _risk(snapshot, due, task)
    return BoardRow(
        session=snapshot.record.session,
        patient=snapshot.patient,
        state=snapshot.state,
        level=level,
        status=status,
        now_text=_joined(_now_text(snapshot, due), _due(snapshot, task)),
        action=action,
        due=due,
        task=task,
        risk=risk,
        why=why,
    )


def _risk(snapshot: Snapshot, due: Due | None, task: Task | None) -> tuple[int, str]:
    """How much waits for somebody, and what: an open call before a pump that stands, before what is late."""
    if snapshot.state not in IN_CLINIC:
        return 0, ""
    if snapshot.calls:
        first = snapshot.calls[0]
        return 3, f"{'Tell' if first.eased else 'Call'} the provider: {first.title}"
    if snapshot.state is SessionState.PAUSED:
        return 2, "The pump stands"
    late = [one for one in (due, task) if one is not None and one.state is DueState.LATE]
    return (1, _capital(_joined(*(_due(snapshot, one) for one in late)))) if late else (0, "")


def _now_text(snapshot: Snapshot, due: Due | None) -> str:
    state = snapshot.state
    if state in (SessionState.INFUSING, SessionState.PAUSED):
        started = snapshot.record.event(EventKind.STARTED)
        since = f"since {written_time(started.at)}" if started else ""
        word = "Paused, started" if state is SessionState.PAUSED else "Infusing"
        return _joined(f"{word} {since}", _due(snapshot, due))
    if state in (SessionState.OBSERVING, SessionState.READY_TO_LEAVE) and snapshot.clocks:
        clocks = snapshot.clocks
        minutes = f"{written_length(clocks.observed)} of {written_length(clocks.needed)}"
        return _joined(minutes, _due(snapshot, due))
    return _before(snapshot)


def _before(snapshot: Snapshot) -> str:
    """`2 of 7 steps · Cannot start before 13:20 …`"""
    before = [view for view in snapshot.steps if view.step.phase == "before"]
    done = sum(view.complete for view in before)
    verdict = snapshot.clearance
    if verdict.kind is VerdictKind.INCOMPLETE:
        return f"{done} of {len(before)} steps"
    return f"{done} of {len(before)} steps · {verdict.sentence.partition('. ')[0].rstrip('.')}"


def _ended(record: Record) -> str:
    event = record.event(EventKind.ENDED)
    words = {"no_show": "Did not come", "left_ama": "Left against advice"}
    kind = event.detail.get("kind", "") if event else ""
    reason = event.detail.get("reason", "") if event else ""
    return _joined(f"{words.get(kind, kind.replace('_', ' ').capitalize())}: {reason}", _pending(record))


def _pending(record: Record) -> str:
    """What a closed record still waits for."""
    unsigned = "amendment not signed" if record.is_changed_after_signing else ""
    return _joined(unsigned, "pending authentication" if record.outstanding else "")


def _due(snapshot: Snapshot, due: Due | Task | None) -> str:
    if due is None:
        return ""
    wait = due.at.since(snapshot.now)
    if due.state is DueState.COMING:
        return f"next {due.what} in {written_length(wait)}"
    return f"{due.what} due now" if due.state is DueState.DUE else f"{due.what} due {written_length(-wait)} ago"


def _capital(text: str) -> str:
    """As a sentence begins; the letters of BP and SpO2 stay."""
    return text[:1].upper() + text[1:]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _summary(rows: Sequence[BoardRow], calls: Sequence[CallRow]) -> str:
    """`6 sessions · 2 in the clinic · 1 needs a provider · 1 call due`"""
    inside = sum(row.state in IN_CLINIC for row in rows)
    waiting = sum(row.state is SessionState.WAITING_FOR_PROVIDER for row in rows)
    due = sum(call.level is not Level.INFO for call in calls)
    parts = [_counted(len(rows), "session")]
    if inside:
        parts.append(f"{inside} in the clinic")
    if waiting:
        parts.append(f"{waiting} {'needs' if waiting == 1 else 'need'} a provider")
    if due:
        parts.append(f"{_counted(due, 'call')} due")
    return " · ".join(parts)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
