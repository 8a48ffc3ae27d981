"""Amendments: a closed record is never edited. A new value, a late entry or a note stands beside it, signed anew."""

from collections.abc import Sequence
from datetime import timedelta

from checklist.acts import AmendmentKind, Target
from checklist.desk import acts_codec, amend_words, codec
from checklist.desk.amend_values import AmendValues
from checklist.desk.amend_words import Part
from checklist.desk.authority import Act
from checklist.errors import NeedsConfirmation, NotAllowed, NotUnderstood
from checklist.model import EntryKind, Meaning, RowId, SessionId, Staff
from checklist.parse import parse_text
from checklist.snapshot import Snapshot

LONGEST_WORDS = 2000  # characters of an addendum or a reason
LATE_KINDS = (Target.READING, Target.EFFECT, Target.RECORD)


class AmendDesk(AmendValues):
    """Use cases after the discharge signature, or after the end of a visit."""

    def parts(self, snapshot: Snapshot) -> tuple[Part, ...]:
        """All that can be corrected in a closed record, in the order in which the record reads."""
        return (
            *amend_words.answer_parts(snapshot, self.label),
            *amend_words.row_parts(snapshot),
            *amend_words.event_parts(snapshot),
        )

    def amend(
        self,
        session_id: SessionId,
        key: str,
        *,
        value: str = "",
        time: str = "",
        reason: str,
        user: str,
        password: str,
        confirmed: bool = False,
    ) -> Snapshot:
        """Put another value beside the one that was wrong, and sign it. An empty `value` or `time` stays as it was.

        Raises NotUnderstood, NeedsConfirmation, NotAllowed, SignInFailed, NotSaved.
        """
        snapshot = self._closed(session_id)
        part = self._part(snapshot, key)
        why = _needed(reason, "Write why the record is corrected.")
        if not value.strip() and not time.strip():
            raise NotUnderstood(f"“{part.label}”: type what is right. Nothing was saved yet.")
        new = self.new_value(snapshot, part, value, time, confirmed=confirmed)
        if new.words == part.words:
            raise NotUnderstood(f"“{part.label}” is {part.words} already. Nothing was saved.")
        body = acts_codec.amendment_body(
            AmendmentKind.CORRECTION,
            part.target,
            part.ref,
            label=part.label,
            was=part.words,
            now=new.words,
            reason=why,
            old=new.old,
            new=new.body,
        )
        return self._amend_and_sign(session_id, self._amender(user, password), (part.ref, body))

    def add_late(
        self,
        session_id: SessionId,
        target: Target,
        text: str,
        time: str,
        *,
        recall: bool,
        reason: str,
        user: str,
        password: str,
        confirmed: bool = False,
    ) -> Snapshot:
        """What happened and was not recorded, by somebody who remembers it: vital signs, a side effect, or words.

        `recall` is the author's own word that it is remembered, not copied from others (reference 12.21).
        """
        snapshot = self._closed(session_id)
        why = _needed(reason, "Write why it was not recorded at the time.")
        if target not in LATE_KINDS:
            raise NotAllowed("This is not entered late. Nothing was saved. Correct it instead.")
        if not time.strip():
            raise NotUnderstood("Type when it happened. Nothing was saved yet.")
        if not recall:
            raise NotAllowed("Who remembers it writes a late entry. Nothing was saved. Ask that person.")
        happened = self.moment_of_visit(snapshot, time, confirmed=confirmed)
        earliest = timedelta(hours=float(self.protocol.limit("desk.late_entry_before")))
        if snapshot.record.session.planned.since(happened) > earliest and not confirmed:
            raise NeedsConfirmation(f"{amend_words.absolute(happened)} is long before this visit. Is that right?")
        row = RowId(self.new_row_id())
        person = self._amender(user, password)
        new = self.late_value(snapshot, target, row, text, happened, person, confirmed=confirmed)
        body = acts_codec.amendment_body(
            AmendmentKind.LATE_ENTRY,
            target,
            row if new.body else "",
            label=new.label,
            now=new.words,
            reason=why,
            new=new.body,
            happened=happened,
        )
        return self._amend_and_sign(session_id, person, (row, body))

    def add_addendum(self, session_id: SessionId, text: str, *, user: str, password: str) -> Snapshot:
        """Words beside the closed record: what became known later."""
        self._closed(session_id)
        words = _needed(text, "Write what is to be added.")
        kind = AmendmentKind.ADDENDUM
        body = acts_codec.amendment_body(kind, Target.RECORD, "", label="Addendum", now=words)
        return self._amend_and_sign(session_id, self._amender(user, password), ("", body))

    def sign_amendments(self, session_id: SessionId, *, user: str, password: str) -> Snapshot:
        """Sign the version that stands now: after an amendment whose signature could not be saved."""
        snapshot = self._closed(session_id)
        if not snapshot.record.is_changed_after_signing:
            raise NotAllowed("There is no amendment that waits for a signature. Nothing was saved.")
        self._sign_version(session_id, self._amender(user, password))
        return self.snapshot(session_id)

    # ---- parts of a use case

    def _closed(self, session_id: SessionId) -> Snapshot:
        snapshot = self.snapshot(session_id)
        if not snapshot.record.is_closed:
            raise NotAllowed("This record is still open: change the answer itself. Nothing was saved.")
        return snapshot

    def _part(self, snapshot: Snapshot, key: str) -> Part:
        for part in self.parts(snapshot):
            if part.key == key:
                return part
        raise NotAllowed("This is not in the record as it stands now. Nothing was saved. Look at the list again.")

    def _amender(self, user: str, password: str) -> Staff:
        person = self._signed_in(user, password)
        self._allow(person, Act.AMEND)
        return person

    def _amend_and_sign(self, session_id: SessionId, person: Staff, *lines: tuple[str, codec.Body]) -> Snapshot:
        """The amendment is on disk before it is signed: a signature that cannot be saved is shown as missing."""
        self._write_amendments(session_id, person, lines)
        self._sign_version(session_id, person)
        return self.snapshot(session_id)

    def _write_amendments(self, session_id: SessionId, person: Staff, lines: Sequence[tuple[str, codec.Body]]) -> None:
        self._write_as(person, session_id, *((EntryKind.AMENDMENT, ref, body) for ref, body in lines))

    def _sign_version(self, session_id: SessionId, person: Staff) -> None:
        body = self._signature_body(session_id, person, Meaning.AMENDMENT)
        self._write_as(person, session_id, (EntryKind.SIGNATURE, Meaning.AMENDMENT.value, body))


def _needed(text: str, sentence: str) -> str:
    words = parse_text(text, LONGEST_WORDS).strip()
    if not words:
        raise NotUnderstood(f"{sentence} Nothing was saved yet.")
    return words
