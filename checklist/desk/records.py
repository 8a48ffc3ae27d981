"""Closed records: what waits for a provider's signature, what is not signed, what is not filed."""

from datetime import date, timedelta

from checklist.acts import Outstanding
from checklist.desk.core import DeskCore
from checklist.desk.outline import with_open_orders
from checklist.desk.values import AS_DATA, AS_TABLE, OrderRow, RecordRow, Records
from checklist.errors import NotAllowed
from checklist.model import EntryKind, EventKind, Level, SessionId
from checklist.snapshot import Record, SessionInfo, Snapshot


class RecordsDesk(DeskCore):
    """Use cases of the Records page."""

    def records(self, days: int = 0) -> Records:
        """Sessions that are closed or were never closed, newest first; and every unsigned order.

        Of the last `days`; 0 for as many as the clinic has chosen (`desk.records_for`).
        """
        days = days or int(self.protocol.limit("desk.records_for"))
        sessions = self._sessions_back(days)
        rows = tuple(self._record_row(one) for one in sessions if self._is_shown(one))
        return Records(orders=self._order_rows(), rows=rows, days=days)

    def file_paper(self, session_id: SessionId) -> Snapshot:
        """The signed paper of this version lies in the patient's file."""
        record = self._record(session_id)
        if not record.is_closed:
            raise NotAllowed("This record is not closed yet. Nothing was saved. Its paper is filed at the end.")
        if record.version in record.filed:
            raise NotAllowed(f"The paper of version {record.version} is filed already. Nothing was changed.")
        return self._write(session_id, EntryKind.FILED, "", {"versions": [record.version]})

    def unsigned_orders(self, days: int) -> tuple[Outstanding, ...]:
        """The orders of the sessions planned within the last days that wait for their provider."""
        waiting = (one.id for one in self._sessions_back(days) if self._outline(one.id).waits)
        return tuple(order for one in waiting for order in self._record(one).outstanding)

    def _sessions_back(self, days: int) -> list[SessionInfo]:
        today: date = self.now().local.date()
        found: list[SessionInfo] = []
        for back in range(days):
            found += reversed(self._file.index.sessions_on(today - timedelta(days=back)))
        return found

    def _is_shown(self, session: SessionInfo) -> bool:
        """Closed; or begun on an earlier day and left open."""
        record, today = self._record(session.id), self.now().local.date()
        return record.is_closed or (session.planned.local.date() < today and record.first_nurse is not None)

    def _record_row(self, session: SessionInfo) -> RecordRow:
        record = self._record(session.id)
        level, status = _status(record)
        return RecordRow(session, self._patient_of(session.id), level, status, record.version, _paper(record))

    def _order_rows(self) -> tuple[OrderRow, ...]:
        """Of all time: an order never drops off the list by getting old. Only visits with an open one are read."""
        return tuple(
            OrderRow(self._info(session), self._patient_of(session), order)
            for session in with_open_orders(self._file.journal.orders())
            for order in self._record(session).outstanding
        )


def _status(record: Record) -> tuple[Level, str]:
    """How the record stands, the worst first."""
    if record.broken:
        return Level.STOP, "Changed after signing"
    if record.in_error:
        return Level.INFO, "Entered in error"
    if not record.is_closed:
        return Level.REVIEW, "Not closed"
    if record.is_changed_after_signing:
        return Level.REVIEW, "Amendment not signed"
    if record.outstanding:
        return Level.REVIEW, "Pending authentication"
    if record.event(EventKind.ENDED) is not None:
        return Level.INFO, "Ended"
    return Level.CLEAR, "Signed"


def _paper(record: Record) -> str:
    """Where the signed paper is."""
    if not record.is_closed:
        return "–"
    if record.version in record.filed:
        return "Filed"
    if record.filed:
        return f"Version {max(record.filed)} filed, this one not"
    printed = [document for document in record.prints if document not in (AS_DATA, AS_TABLE)]
    return "Printed, not filed" if printed else "Not printed"
