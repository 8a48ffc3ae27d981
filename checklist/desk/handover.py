"""Handover: one nurse gives a patient to another in the middle of a visit, and both sign."""

from checklist.desk import acts_codec
from checklist.desk.authority import Act
from checklist.desk.words import WordsDesk
from checklist.errors import NotUnderstood
from checklist.model import Draft, EntryKind, Meaning, SessionId
from checklist.parse import parse_text
from checklist.snapshot import Snapshot

LONGEST_SUMMARY = 2000


class HandoverDesk(WordsDesk):
    """The use case of reference 12.25."""

    def hand_over(
        self,
        session_id: SessionId,
        summary: str,
        *,
        giver: tuple[str, str],
        taker: tuple[str, str],
    ) -> Snapshot:
        """`giver` and `taker` are user and password. From here on the taker is at the desk: later entries are theirs.

        Raises NotUnderstood, SignInFailed, NotAllowed.
        """
        self._refuse_closed(session_id)
        words = parse_text(summary, LONGEST_SUMMARY).strip()
        if not words:
            raise NotUnderstood("Write what the next nurse must know. Nothing was saved yet.")
        refused_before = self._vault.failures(taker[0])
        gives, takes = self._signed_in(*giver), self._signed_in(*taker)
        for person in (gives, takes):
            self._allow(person, Act.HAND_OVER)
        if gives.id == takes.id:
            why = "A patient is handed over to somebody else. Nothing was saved."
            self._refuse(gives, Act.HAND_OVER, why, session_id)
        body = acts_codec.handover_body(gives.id, takes.id, words)
        self._write_as(gives, session_id, (EntryKind.HANDOVER, "", body))
        seq = self._log(session_id)[-1].seq
        patient = self._info(session_id).patient
        signed = [
            Draft(
                EntryKind.SIGNATURE,
                person.id,
                self._signature_body(session_id, person, meaning, [seq]),
                patient=patient,
                session=session_id,
                item=meaning.value,
            )
            for person, meaning in ((gives, Meaning.HANDED_OVER), (takes, Meaning.TOOK_OVER))
        ]
        self._append(*signed)
        self.me = takes
        self.note_sign_in(refused_before)
        return self.snapshot(session_id)
