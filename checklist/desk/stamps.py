"""Moments kept by one key: a worry, an interruption, a call, an emergency. Words may follow later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from checklist.desk import codec
from checklist.desk.core import new_id
from checklist.desk.medicine_list import MedicineDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, RowId, SessionId, Stamp, StampKind
from checklist.parse import format_decimal, parse_phone, parse_text, parse_time
from checklist.snapshot import DueState, Snapshot
from checklist.times import Moment, written_clock

CALL_RESULTS = ("reached", "no_answer", "message_left", "wrong_number")
LONGEST_WORDS = 1000


class StampDesk(MedicineDesk):
    """Use cases that begin with a moment. All of them still work when the visit has ended before its time."""

    def stamp(self, session_id: SessionId, kind: StampKind, words: str = "", *, at: str = "") -> Snapshot:
        """Keep that it happened now, or at the typed time. Raises NotUnderstood, NotAllowed, NotSaved."""
        return self._keep_stamp(session_id, kind, {"words": parse_text(words, LONGEST_WORDS).strip()}, at)

    def escort_call(
        self, session_id: SessionId, result: str, number: str = "", words: str = "", *, at: str = ""
    ) -> Snapshot:
        """One call to the escort with its result; without a number the one on record was dialled (case 12.3)."""
        if result not in CALL_RESULTS:
            raise NotUnderstood("Choose how the call went: reached, no answer, message left, wrong number.")
        dialled = parse_phone(number) if number.strip() else self._escort_number(session_id)
        detail = {"result": result, "number": dialled, "words": parse_text(words, LONGEST_WORDS).strip()}
        return self._keep_stamp(session_id, StampKind.ESCORT_CALL, detail, at)

    def _escort_number(self, session_id: SessionId) -> str:
        answer = self._facts(session_id).answer("transport.phone")
        if answer is None or not isinstance(answer.value, str):
            raise NotUnderstood("No phone of the escort is on record. Type the number that was called.")
        return answer.value

    def explain_missed(self, session_id: SessionId, due: Moment, reason: str) -> Snapshot:
        """Why a due reading was not taken: the row stays in the record as missed (case 12.27)."""
        words = parse_text(reason, LONGEST_WORDS).strip()
        if not words:
            raise NotUnderstood("Write why the reading was missed, e.g. “with another patient”. Nothing was saved.")
        if not any(one.at == due and one.state is DueState.MISSED for one in self.snapshot(session_id).schedule):
            raise NotAllowed("No reading was missed at this time. Nothing was saved.")
        return self._keep_stamp(session_id, StampKind.MISSED, {"due": due.store(), "words": words}, "")

    def condition_done(self, session_id: SessionId, decision: int, words: str = "") -> Snapshot:
        """What a provider asked for with a decision was done now. `decision`: its place in the journal.

        Struck as entered by mistake it is to be done again. Raises NotUnderstood, NotAllowed, NotSaved.
        """
        task = next((one for one in self.snapshot(session_id).tasks if one.seq == decision and one.done is None), None)
        if task is None:
            raise NotAllowed("This condition is done already, or its decision is no longer there. Nothing was saved.")
        detail = {"decision": str(decision), "condition": task.what, "words": parse_text(words, LONGEST_WORDS).strip()}
        return self._keep_stamp(session_id, StampKind.CONDITION_DONE, detail, "")

    def describe_stamp(self, session_id: SessionId, row_id: RowId, words: str) -> Snapshot:
        """Add or change the words of a moment; its time stays."""
        found = self._stamp(session_id, row_id)
        detail = {**found.detail, "words": parse_text(words, LONGEST_WORDS).strip()}
        return self._write_stamp(session_id, replace(found, detail=detail))

    def remove_stamp(self, session_id: SessionId, row_id: RowId, reason: str) -> Snapshot:
        """Entered by mistake: it stays, struck through, with the reason. Nothing about it counts any more."""
        found, why = self._stamp(session_id, row_id), parse_text(reason, LONGEST_WORDS).strip()
        if not why:
            raise NotUnderstood("Write why this is struck out, e.g. “wrong key”. Nothing was changed.")
        detail = {**found.detail, "removed": why, "removed_by": self.me.signed_name}
        return self._write_stamp(session_id, replace(found, removed=True, detail=detail))

    def _stamp(self, session_id: SessionId, row_id: RowId) -> Stamp:
        for one in self._record(session_id).stamps:
            if one.id == row_id and not one.removed:
                return one
        raise NotAllowed("This line is not in the record. Nothing was changed.")

    def _keep_stamp(self, session_id: SessionId, kind: StampKind, detail: Mapping[str, str], at: str) -> Snapshot:
        now = self.now()
        when = self._happened_at(at) if at.strip() else now
        kept = {name: text for name, text in detail.items() if text}
        stamp = Stamp(RowId(new_id()), kind, when, self.me.id, now, kept)
        return self._write_stamp(session_id, stamp)

    def _happened_at(self, typed: str) -> Moment:
        """A typed time: of this visit, neither to come nor of the night before."""
        now = self.now()
        at = parse_time(typed, now, confirmed=True)  # one of the day before is refused below
        oldest = self.protocol.limit("schedule.stamp_oldest")
        if now.since(at) > timedelta(hours=float(oldest)):
            raise NotUnderstood(
                f"{written_clock(at, now.local.date())} is more than {format_decimal(oldest)} hours ago. "
                "Type when it happened, e.g. 1112 or -5m. Nothing was saved."
            )
        return at

    def _write_stamp(self, session_id: SessionId, stamp: Stamp) -> Snapshot:
        self._refuse_closed(session_id, after_end=True)
        return self._write(session_id, EntryKind.ROW, "stamp", codec.stamp_body(stamp))
