"""The patient's medicines: added as heard, confirmed one by one, last dose asked, never silently matched."""

from dataclasses import replace

from checklist.desk import codec
from checklist.desk.bounds import unusual_after
from checklist.desk.core import new_id
from checklist.desk.sessions import SessionDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.medicines import Suggestion
from checklist.model import AnswerState, EntryKind, MedicineDetails, MedicineRow, RowId, SessionId, TodayPlan
from checklist.parse import parse_text, parse_time
from checklist.snapshot import Snapshot
from checklist.times import Moment

LONGEST_ENTRY = 500  # characters; a whole discharge letter pasted by mistake is refused, not judged
LONGEST_DETAIL = 120


class MedicineDesk(SessionDesk):
    """Use cases of the medication review."""

    def suggest_medicines(self, text: str) -> tuple[Suggestion, ...]:
        """Names that fit what is typed so far; a suggestion is only taken when a person picks it."""
        return self._suggester.suggest(text) if text.strip() else ()

    def add_medicine(
        self, session_id: SessionId, text: str, last_taken: str = "", *, confirmed: bool = False
    ) -> Snapshot:
        """A medicine as typed. What the program does not know stays as typed and is at least a review."""
        self._refuse_closed(session_id)
        typed = " ".join(parse_text(text, LONGEST_ENTRY).split())
        if not typed:
            raise NotUnderstood("Type the name of a medicine. Nothing was added.")
        taken = self._last_taken(last_taken, confirmed) if last_taken.strip() else None
        row = MedicineRow(
            id=RowId(new_id()),
            typed=typed,
            dose="",
            last_taken=taken,
            last_taken_state=AnswerState.ANSWERED if taken else AnswerState.UNANSWERED,
            confirmed=True,  # typed today in front of the patient
            removed=False,
            spelling_confirmed="",
            by=self.me.id,
            entered=self.now(),
        )
        return self._write_row(session_id, row)

    def confirm_medicine(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        """The patient still takes it as listed."""
        return self._write_row(session_id, replace(self._medicine(session_id, row_id), confirmed=True))

    def medicine_taken(
        self,
        session_id: SessionId,
        row_id: RowId,
        text: str,
        *,
        state: AnswerState = AnswerState.ANSWERED,
        confirmed: bool = False,
    ) -> Snapshot:
        """When the last dose was taken, or that nobody knows."""
        row = self._medicine(session_id, row_id)
        taken = self._last_taken(text, confirmed) if state is AnswerState.ANSWERED else None
        return self._write_row(session_id, replace(row, last_taken=taken, last_taken_state=state, confirmed=True))

    def _last_taken(self, text: str, confirmed: bool) -> Moment:
        return parse_time(text, self.now(), confirmed=confirmed, oldest=unusual_after(self.protocol))

    def medicine_named(self, session_id: SessionId, row_id: RowId, name: str) -> Snapshot:
        """The answer to "did you mean": the name a person chose. What was typed stays beside it."""
        row = self._medicine(session_id, row_id)
        chosen = parse_text(name, LONGEST_ENTRY).strip()
        if not chosen:
            raise NotUnderstood("Choose one of the names, or type the medicine anew. Nothing was changed.")
        return self._write_row(session_id, replace(row, spelling_confirmed=chosen, confirmed=True))

    def describe_medicine(self, session_id: SessionId, row_id: RowId, details: MedicineDetails, dose: str) -> Snapshot:
        """Dose, route, frequency, change since the last visit, and what holds for today; replaces what was said before.

        Raises NotUnderstood when a text is too long, or a medicine is held and nobody is named on whose advice.
        """
        row = self._medicine(session_id, row_id)
        told = replace(
            details,
            route=_line(details.route),
            frequency=_line(details.frequency),
            held_by=_line(details.held_by) if details.today is TodayPlan.HOLD_TODAY else "",
        )
        if told.today is TodayPlan.HOLD_TODAY and not told.held_by:
            raise NotUnderstood("Write on whose advice it is held today. Nothing was changed.")
        return self._write_row(session_id, replace(row, dose=_line(dose), details=told, confirmed=True))

    def remove_medicine(self, session_id: SessionId, row_id: RowId) -> Snapshot:
        """No longer taken, or listed by mistake; the row stays in the record, struck."""
        return self._write_row(session_id, replace(self._medicine(session_id, row_id), removed=True))

    def _medicine(self, session_id: SessionId, row_id: RowId) -> MedicineRow:
        self._refuse_closed(session_id)
        for row in self._record(session_id).medicines:
            if row.id == row_id:
                return row
        raise NotAllowed("This medicine is no longer on the list. Nothing was changed.")

    def _write_row(self, session_id: SessionId, row: MedicineRow) -> Snapshot:
        return self._write(session_id, EntryKind.ROW, "medicine", codec.medicine_body(row))


def _line(text: str) -> str:
    """One line of plain text. Raises NotUnderstood when it is too long."""
    return " ".join(parse_text(text, LONGEST_DETAIL).split())
