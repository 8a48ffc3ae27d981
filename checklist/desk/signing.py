"""Decisions and signatures: who may, asked for the password again, bound to the exact record."""

from collections.abc import Sequence

from checklist.desk import codec
from checklist.desk.authority import MAY, Act
from checklist.desk.conditions import read_condition, read_reason
from checklist.desk.readings import ReadingDesk
from checklist.desk.seals import WHOLE_RECORD, clearance_seal, seal, waste_seal
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import (
    Choice,
    EntryKind,
    EventKind,
    ItemId,
    Level,
    Meaning,
    Role,
    RowId,
    SessionId,
    Staff,
    StaffId,
)
from checklist.parse import parse_text
from checklist.protocol import OTHER_REASON
from checklist.rules.standing import end_key
from checklist.snapshot import Finding, Record, Snapshot
from checklist.times import written_clock

WASTED = ItemId("waste.wasted_mg")
ACCOUNTED = (ItemId("waste.drawn_mg"), WASTED)
"""What the witness of the waste signs for: whoever entered either amount is one of the two people, not the other."""
SIGNERS = {
    Meaning.CHECKED: Act.CLEAR_CHECKED,
    Meaning.PROVIDER_CLEARED: Act.CLEAR_PROVIDER,
    Meaning.DISCHARGE: Act.DISCHARGE,
    Meaning.WITNESSED_WASTE: Act.WITNESS_WASTE,
}
"""What each signature needs; a dose check is a verification, not a signature."""
ACT_SIGNERS = {
    Meaning.AMENDMENT: Act.AMEND,
    Meaning.AUTHENTICATED: Act.AUTHENTICATE,
    Meaning.HANDED_OVER: Act.HAND_OVER,
    Meaning.TOOK_OVER: Act.HAND_OVER,
}
"""Signatures that belong to a use case of their own: amendment, countersignature, handover."""


class SigningDesk(ReadingDesk):
    """Use cases that need the password again."""

    def decide(
        self,
        session_id: SessionId,
        finding_key: str,
        choice: Choice,
        reason: str,
        *,
        user: str,
        password: str,
        verbal_from: str = "",
        read_back: bool = False,
        standing: bool = False,
        code: str = OTHER_REASON,
        condition: str = "",
        condition_by: str = "",
    ) -> Snapshot:
        """A provider's decision on one finding, or a nurse's record of a provider's order by telephone.

        `code`: a reason of the protocol; `reason`: words, which “other” needs. `condition`, `condition_by`: what is to
        be done, and by when, as typed; it becomes a task of the visit. `standing`: the medicine at this dose is a note
        at later visits. For the review of a medicine alone.
        """
        self._refuse_closed(session_id)
        found = self._finding(session_id, finding_key)
        coded, words = read_reason(self.protocol, code, reason)
        task, by = read_condition(self.protocol, condition, condition_by, self.now())
        person = self._signed_in(user, password)
        if found.nobody_overrides:
            why = f"“{found.title}” cannot be decided by anybody. It must be put right."
            self._refuse(person, Act.DECIDE, why, session_id)
        provider = self._who_decides(session_id, person, verbal_from.strip(), read_back)
        if standing:
            _may_stand(found, choice)
        body: codec.Body = {
            "step": found.step,
            "fingerprint": found.fingerprint,
            "choice": choice.value,
            "reason": words,
            "verbal_from": provider.name if verbal_from.strip() else "",
            "provider": provider.id,
            "provider_name": provider.name,
            "read_back": read_back,
            "standing": standing,
            "code": coded.id,
            "code_words": "" if coded.id == OTHER_REASON else coded.label,
            "condition": task,
            "condition_by": by.store() if by else None,
        }
        self._write_as(person, session_id, (EntryKind.DECISION, finding_key, body))
        return self.snapshot(session_id)

    def condition_words(self, condition: str, by: str) -> str:
        """`Condition: re-check BP by 11:02.`, or "" where none was typed. Raises NotUnderstood."""
        now = self.now()
        words, at = read_condition(self.protocol, condition, by, now)
        return f"Condition: {words} by {written_clock(at, now.local.date())}." if at else ""

    def end_standing(
        self,
        session_id: SessionId,
        row_id: RowId,
        reason: str,
        *,
        user: str,
        password: str,
    ) -> Snapshot:
        """A provider takes the clearance of a medicine for later visits back. It is then a review at each visit again.

        Raises NotAllowed when the medicine has none, NotUnderstood without a reason, SignInFailed.
        """
        self._refuse_closed(session_id)
        if row_id not in self.snapshot(session_id).standing:
            raise NotAllowed("No provider has cleared this medicine for later visits. Nothing was changed.")
        words = parse_text(reason, 1000).strip()
        if not words:
            raise NotUnderstood("Taking a clearance back needs its reason in words. Nothing was saved yet.")
        person = self._signed_in(user, password)
        self._allow(person, Act.DECIDE)
        record = self._record(session_id)
        row = next(one for one in record.current_medicines if one.id == row_id)
        body: codec.Body = {
            # After the start it is about later visits: it is no part of what the clearance signature covers.
            "step": "" if record.event(EventKind.STARTED) else "medicines",
            "fingerprint": "",
            "choice": Choice.PROCEED.value,
            "reason": words,
            "provider": person.id,
            "ends_standing": True,
        }
        self._write_as(person, session_id, (EntryKind.DECISION, end_key(row), body))
        return self.snapshot(session_id)

    def _finding(self, session_id: SessionId, key: str) -> Finding:
        for one in self.snapshot(session_id).findings:
            if one.key == key:
                if one.level.rank < Level.REVIEW.rank:
                    raise NotAllowed(f"“{one.title}” needs no decision: it keeps nobody from going on.")
                return one
        raise NotAllowed("This finding is no longer there: the answers have changed. Nothing was saved.")

    def _who_decides(self, session_id: SessionId, person: Staff, verbal_from: str, read_back: bool) -> Staff:
        """The provider whose decision it is: the one who signs, or the one named as giving the order by telephone."""
        if not verbal_from:
            self._allow(person, Act.DECIDE)
            return person
        self._allow(person, Act.TAKE_ORDER)
        provider = self._provider(verbal_from, person)
        if not read_back:
            why = "A verbal order counts only when it was read back. Nothing was saved yet."
            self._refuse(person, Act.TAKE_ORDER, why, session_id)
        return provider

    def _provider(self, typed: str, taken_by: Staff) -> Staff:
        """The active provider of this name, user name or signed name, other than the person who took the order."""
        wanted = " ".join(typed.split()).casefold()
        for one in self._active(Role.PROVIDER):
            if one.id != taken_by.id and wanted in {n.casefold() for n in (one.name, one.user, one.signed_name)}:
                return one
        raise NotAllowed(
            f"“{typed[:60]}” is not a provider who can give {taken_by.signed_name} an order. Nothing was saved. "
            f"Write one of these names: {self._named(Role.PROVIDER)}."
        )

    def sign(self, session_id: SessionId, meaning: Meaning, *, user: str, password: str) -> Snapshot:
        """Sign the clearance, the waste as its witness, or the discharge. Raises SignInFailed, NotAllowed."""
        self._refuse_closed(session_id, after_end=meaning is Meaning.WITNESSED_WASTE)
        if meaning not in SIGNERS:
            raise NotAllowed("This is not signed here. Nothing was saved.")
        self._ready_for(session_id, meaning)
        person = self._signed_in(user, password)
        self._allow(person, SIGNERS[meaning])
        if meaning is Meaning.WITNESSED_WASTE:
            self._is_second_person(session_id, person)
        body = self._signature_body(session_id, person, meaning)
        self._write_as(person, session_id, (EntryKind.SIGNATURE, meaning.value, body))
        return self.snapshot(session_id)

    def _signature_body(
        self, session_id: SessionId, person: Staff, meaning: Meaning, covers: Sequence[int] = (), remark: str = ""
    ) -> codec.Body:
        """Name, role, meaning and the seal over the record as it stands on the disk at this moment."""
        return {
            "meaning": meaning.value,
            "name": person.signed_name,
            "role": self._role_for(person, meaning).value,
            "statement": self.protocol.texts[f"statement_{meaning.value}"],
            "seal": self._seal(session_id, meaning),
            "covers": [*covers],
            "remark": remark,
        }

    def _ready_for(self, session_id: SessionId, meaning: Meaning) -> None:
        snapshot = self.snapshot(session_id)
        match meaning:
            case Meaning.DISCHARGE:
                for blocker in self.discharge_blockers(snapshot):
                    raise NotAllowed(f"The discharge cannot be signed yet: {blocker}")
            case Meaning.WITNESSED_WASTE:
                if self._facts(session_id).number(WASTED) is None:
                    raise NotAllowed("There is no waste to witness: enter how much was wasted first.")
            case _:
                if not snapshot.clearance.passes:
                    raise NotAllowed(f"The clearance cannot be signed yet. {snapshot.clearance.sentence}")

    def _is_second_person(self, session_id: SessionId, person: Staff) -> None:
        if person.id in waste_entered_by(self._record(session_id)):
            why = "Who entered what was drawn up or wasted cannot witness it. A second person signs."
            self._refuse(person, Act.WITNESS_WASTE, why, session_id)

    def discharge_blockers(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Why the discharge cannot be signed; empty when it can."""
        return () if snapshot.discharge.passes else (snapshot.discharge.sentence,)

    def _role_for(self, person: Staff, meaning: Meaning) -> Role:
        allowed = MAY[(SIGNERS | ACT_SIGNERS)[meaning]]
        return next(role for role in Role if role in allowed and role in person.roles)

    def _seal(self, session_id: SessionId, meaning: Meaning) -> str:
        log = self._log(session_id)
        match meaning:
            case Meaning.WITNESSED_WASTE:
                return waste_seal(log)
            case _ if meaning in WHOLE_RECORD:
                return seal(log)
            case _:
                return clearance_seal(log, self.protocol, self._patient_of(session_id))


def waste_entered_by(record: Record) -> frozenset[StaffId]:
    """Who entered what was drawn up or wasted: none of them can be the witness (reference 5.5)."""
    return frozenset(record.answers[item].by for item in ACCOUNTED if item in record.answers)


def _may_stand(found: Finding, choice: Choice) -> None:
    if not found.can_stand or choice is not Choice.PROCEED:
        raise NotAllowed(
            "Only the review of a known medicine can be cleared for later visits too. Nothing was saved. "
            "Decide for today alone."
        )
