"""Papers attached to a visit: the downtime sheet after a power cut, a letter, a consent signed elsewhere.

While the record is open an attachment is an entry like any other; after it was closed it is a late entry, signed.
"""

from checklist.acts import AmendmentKind, Target
from checklist.attached import Attachment, Content
from checklist.desk import acts_codec, amend_words
from checklist.desk.amend import AmendDesk
from checklist.desk.attach_codec import attachment_body
from checklist.desk.authority import Act
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, RowId, SessionId
from checklist.parse import parse_text
from checklist.snapshot import Snapshot
from checklist.times import Moment

LONGEST_TITLE = 120
ATTACHED_LATE = "Attached after the record was closed."


class AttachDesk(AmendDesk):
    """Use cases about attached papers. What `checklist.pictures` read through whole comes in, bytes go out."""

    def attach(
        self,
        session_id: SessionId,
        content: Content,
        title: str,
        *,
        time_from: str = "",
        time_to: str = "",
        reason: str = "",
        user: str = "",
        password: str = "",
        confirmed: bool = False,
    ) -> Snapshot:
        """Keep a paper with its title and the time on it that it covers, where that is known.

        A closed record takes it as a late entry: `user` and `password` sign the new version. Raises NotUnderstood,
        NeedsConfirmation, NotAllowed, SignInFailed, NotSaved.
        """
        snapshot = self.snapshot(session_id)
        name = parse_text(title, LONGEST_TITLE).strip()
        if not name:
            raise NotUnderstood("Write what the paper is, such as “Downtime sheet”. Nothing was saved yet.")
        self._refuse_twice(snapshot, content)
        begin = self._time_on_paper(snapshot, time_from, confirmed=confirmed)
        end = self._time_on_paper(snapshot, time_to, confirmed=confirmed)
        if begin and end and end < begin:
            raise NotUnderstood("The paper would end before it begins. Nothing was saved yet. Look at both times.")
        body = attachment_body(self.new_row_id(), name, content, begin, end)
        if not snapshot.record.is_closed:
            self._allow(self.me, Act.RECORD)
            self._write_as(self.me, session_id, (EntryKind.ATTACHMENT, "", body), content=content)
            return self.snapshot(session_id)
        person = self._amender(user, password)
        told = f"{name}, {content.media.word}, {content.sha256[:12].upper()}"
        late = acts_codec.amendment_body(
            AmendmentKind.LATE_ENTRY,
            Target.ATTACHMENT,
            str(body["row"]),
            label="Attachment",
            now=told,
            reason=parse_text(reason, 1000).strip() or ATTACHED_LATE,
            new=body,
            happened=begin,
        )
        self._write_as(person, session_id, (EntryKind.AMENDMENT, str(body["row"]), late), content=content)
        self._sign_version(session_id, person)
        return self.snapshot(session_id)

    def attached_bytes(self, session_id: SessionId, row: RowId) -> bytes:
        """For the preview and the printer. A struck one is never shown. Raises NotAllowed, DataFileError."""
        one = self._attachment(session_id, row)
        if one.error:
            raise NotAllowed("This was attached in error: it is kept and not shown.")
        return self._file.attachments.content(one.sha256)

    def _attachment(self, session_id: SessionId, row: RowId) -> Attachment:
        for one in self._record(session_id).attachments:
            if one.row == row:
                return one
        raise NotAllowed("This attachment is not in the record as it stands now. Look at the list again.")

    def _time_on_paper(self, snapshot: Snapshot, text: str, *, confirmed: bool) -> Moment | None:
        return self.moment_of_visit(snapshot, text, confirmed=confirmed) if text.strip() else None

    @staticmethod
    def _refuse_twice(snapshot: Snapshot, content: Content) -> None:
        digest = content.sha256
        there = next((one for one in snapshot.record.current_attachments if one.sha256 == digest), None)
        if there:
            raise NotUnderstood(f"This very file is attached already: {amend_words.attachment_words(there)}.")
