"""Entered in error: what was written for the wrong patient is struck there and entered again where it belongs.

Neither record names the other patient. Both carry the same mark, so that somebody who may read both can follow it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checklist.acts import AmendmentKind, Target
from checklist.desk import acts_codec, amend_words, codec
from checklist.desk.amend import AmendDesk
from checklist.desk.amend_words import Part
from checklist.desk.attach_codec import body_again
from checklist.desk.core import new_id
from checklist.desk.fold import ORDER
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import AnswerState, EntryKind, EventKind, SessionId, Staff, StaffId
from checklist.parse import parse_text
from checklist.snapshot import IN_ERROR, Record, Snapshot

ELSEWHERE = "First written in another record. Entered here again by its author."
MOVES = (Target.ANSWER, Target.READING, Target.MEDICINE, Target.EFFECT, Target.EVENT, Target.ATTACHMENT)
"""What can be entered again. A decision, a check or an order was about one patient: it is made anew for the other."""


@dataclass(slots=True)
class _Moved:
    """What became of the chosen entries in the other record."""

    lines: list[tuple[str, codec.Body]]
    of_others: Counter[StaffId]
    already_there: int = 0
    not_moved: int = 0


class ErrorDesk(AmendDesk):
    """Use cases about entries in the wrong record, before and after it was signed (reference 12.17)."""

    def error_parts(self, snapshot: Snapshot) -> tuple[Part, ...]:
        """What of a record can be marked as entered in error, one by one."""
        own = [part for part in amend_words.answer_parts(snapshot, self.label) if _has_own(snapshot.record, part.ref)]
        rows = (*amend_words.row_parts(snapshot), *amend_words.attachment_parts(snapshot))
        return (*own, *rows, *amend_words.act_parts(snapshot))

    def mark_in_error(
        self,
        session_id: SessionId,
        keys: Sequence[str],
        reason: str,
        *,
        user: str,
        password: str,
        other: SessionId | None = None,
    ) -> Snapshot:
        """Strike the parts of these keys, or with no keys the whole session, which ends by it.

        With `other`, what this person entered is entered again there under this person's name, with the times at which
        it was observed. Raises NotUnderstood, NotAllowed, SignInFailed, NotSaved.
        """
        snapshot = self.snapshot(session_id)
        why = parse_text(reason, 1000).strip()
        if not why:
            raise NotUnderstood("Write how it got into this record. Nothing was saved yet.")
        if snapshot.record.in_error:
            raise NotAllowed("The whole session is marked as entered in error already. Nothing was saved.")
        parts = self._chosen(snapshot, keys)
        target = self._other(session_id, other)
        if target is not None:
            _refuse_names(why, target)
        person = self._amender(user, password)
        moved = self._moved(snapshot, parts, target, person) if target else _Moved([], Counter())
        link = _mark() if target else ""
        self._strike(snapshot, parts, why, person, link, moved, whole=not keys)
        if target is not None:
            self._enter_again(target, moved, person, link)
        return self.snapshot(session_id)

    def _chosen(self, snapshot: Snapshot, keys: Sequence[str]) -> list[Part]:
        """The chosen parts; with no keys all of them, with the events and the checks of the dose."""
        offered = self.error_parts(snapshot)
        if not keys:
            checks = snapshot.record.verifications
            check = [Part(Target.CHECK, Target.CHECK, "", "Check of the dose", "Checked", None)] if checks else []
            return [*offered, *amend_words.event_parts(snapshot), *check]
        chosen = [part for part in offered if part.key in keys]
        if len(chosen) != len(set(keys)):
            raise NotAllowed("A chosen entry is not in the record as it stands now. Nothing was saved. Look again.")
        return chosen

    def _other(self, session_id: SessionId, other: SessionId | None) -> Snapshot | None:
        if other is None:
            return None
        target = self.snapshot(other)
        if target.patient.id == self._info(session_id).patient:
            raise NotAllowed("That is the same patient. Nothing was saved. Choose the patient whom it belongs to.")
        if target.record.in_error:
            raise NotAllowed("That session is itself marked as entered in error. Nothing was saved.")
        return target

    # ---- the record it leaves

    def _strike(
        self,
        snapshot: Snapshot,
        parts: Sequence[Part],
        why: str,
        person: Staff,
        link: str,
        moved: _Moved,
        *,
        whole: bool,
    ) -> None:
        session_id, was_closed = snapshot.record.session.id, snapshot.record.is_closed
        kind = AmendmentKind.IN_ERROR
        lines = [
            (
                part.ref,
                acts_codec.amendment_body(
                    kind, part.target, part.ref, label=part.label, was=part.words, reason=why, link=link
                ),
            )
            for part in parts
        ]
        label = "The whole session" if whole else "Entries of another patient" if link else "Entries"
        now = self._told(moved, link)
        lines.append(
            ("", acts_codec.amendment_body(kind, Target.RECORD, "", label=label, now=now, reason=why, link=link))
        )
        drafts = [(EntryKind.AMENDMENT, ref, body) for ref, body in lines]
        if whole:
            ended = codec.event_body(EventKind.ENDED, self.now(), {"kind": IN_ERROR, "reason": why})
            drafts.append((EntryKind.EVENT, "", ended))
        self._write_as(person, session_id, *drafts)
        if whole or was_closed:
            self._sign_version(session_id, person)

    def _told(self, moved: _Moved, link: str) -> str:
        """What was entered again and what was not, without a patient's name."""
        if not link:
            return "Struck. Nothing was entered elsewhere."
        parts = [f"Entered again in another record: {len(moved.lines)}"]
        parts += [
            f"still to be entered there by {self._staff[staff].signed_name}: {count}"
            for staff, count in moved.of_others.items()
        ]
        if moved.already_there:
            parts.append(f"answered there already and left as it is: {moved.already_there}")
        if moved.not_moved:
            parts.append(f"to be decided, ordered or checked there anew: {moved.not_moved}")
        return f"{'; '.join(parts)}. Mark {link}."

    # ---- the record it goes to

    def _moved(self, snapshot: Snapshot, parts: Iterable[Part], target: Snapshot, person: Staff) -> _Moved:
        moved = _Moved([], Counter())
        for part in parts:
            if part.target not in MOVES:
                moved.not_moved += 1
            elif part.by is not None and part.by != person.id:
                moved.of_others[part.by] += 1
            elif not _has_room(target.record, snapshot.record, part):
                moved.already_there += 1
            else:
                moved.lines.append((part.ref, self._entry_again(snapshot.record, part)))
        return moved

    def _entry_again(self, record: Record, part: Part) -> codec.Body:
        """The entry as it was, with the time it was observed; rows get a place of their own."""
        body = _body_of(record, part)
        ref = part.ref
        if "row" in body:
            ref = new_id()
            body = {**body, "row": ref}
        if part.target is Target.READING:
            body["entered"] = self.now().store()
        kind = AmendmentKind.RE_ENTERED
        return acts_codec.amendment_body(
            kind, part.target, ref, label=part.label, now=part.words, reason=ELSEWHERE, new=body
        )

    def _enter_again(self, target: Snapshot, moved: _Moved, person: Staff, link: str) -> None:
        session_id = target.record.session.id
        kind = AmendmentKind.RE_ENTERED
        told = f"Entered here from another record: {len(moved.lines)}. Mark {link}."
        whole = acts_codec.amendment_body(
            kind, Target.RECORD, "", label="Entries from another record", now=told, reason=ELSEWHERE, link=link
        )
        lines = [(ref, {**body, "link": link}) for ref, body in moved.lines]
        self._write_amendments(session_id, person, [*lines, ("", whole)])
        if target.record.is_closed:
            self._sign_version(session_id, person)


def _mark() -> str:
    """`X-4F7A-91C2`: the same in both records, and nothing else."""
    code = new_id()[:8].upper()
    return f"X-{code[:4]}-{code[4:]}"


def _refuse_names(words: str, target: Snapshot) -> None:
    """The reason stands in this patient's record and on its prints: it must not name the other one."""
    patient, said = target.patient, words.casefold()
    names = (patient.family, patient.given, patient.preferred, patient.mrn, target.record.session.record_id)
    if any(_names(said, name.casefold()) for name in names):
        raise NotUnderstood(
            "Do not name the other patient here: this record and its prints are about one patient only. "
            "Nothing was saved yet."
        )


def _names(said: str, name: str) -> bool:
    """The name as a word of its own: “An” is not in “hand”. Scripts without blanks between words have no such edges."""
    if not name:
        return False
    return name in said if not name.isascii() else bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said))


def _has_own(record: Record, item: str) -> bool:
    own = next((answer for key, answer in record.answers.items() if key == item), None)
    return own is not None and own.state is not AnswerState.UNANSWERED


def _has_room(there: Record, here: Record, part: Part) -> bool:
    """What the other record holds already is never overwritten by a move."""
    match part.target:
        case Target.ANSWER:
            given = part.ref.startswith(ORDER) and there.event(EventKind.STARTED) is not None
            return not given and not _has_own(there, part.ref)
        case Target.MEDICINE:
            typed = next(row.typed for row in here.medicines if row.id == part.ref).casefold()
            return all(row.typed.casefold() != typed for row in there.current_medicines)
        case Target.EVENT:
            return not there.events
        case _:
            return True


def _body_of(record: Record, part: Part) -> codec.Body:
    match part.target:
        case Target.ANSWER:
            own = next(answer for key, answer in record.answers.items() if key == part.ref)
            return codec.answer_body(own.state, own.value, own.typed, own.reason, own.observed)
        case Target.READING:
            return codec.reading_body(next(one for one in record.readings if one.id == part.ref))
        case Target.MEDICINE:
            return codec.medicine_body(next(one for one in record.medicines if one.id == part.ref))
        case Target.EFFECT:
            return codec.effect_body(next(one for one in record.effects if one.id == part.ref))
        case Target.ATTACHMENT:
            return body_again(next(one for one in record.attachments if one.row == part.ref))
        case _:
            event = next(one for one in record.events if str(one.seq) == part.ref)
            return codec.event_body(event.kind, event.at, event.detail)
