"""Orders by telephone: as heard, read back, and signed by their provider later."""

from collections.abc import Sequence

from checklist.acts import Outstanding
from checklist.desk import acts_codec
from checklist.desk.authority import Act
from checklist.desk.words import WordsDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, Meaning, Role, SessionId, Staff, StaffId
from checklist.parse import parse_text, parse_time
from checklist.snapshot import Snapshot
from checklist.times import written_time

LONGEST_ORDER = 1000


class OrderDesk(WordsDesk):
    """Use cases about orders by telephone."""

    def take_order(
        self,
        session_id: SessionId,
        text: str,
        *,
        provider: str,
        given: str = "",
        read_back: bool | None,
        told: str = "",
        confirmed: bool = False,
    ) -> Snapshot:
        """Write an order down as it was heard. `given` is when; empty means now. `told` is what the provider was told.

        An order that was not read back is kept and shown as such. Raises NotUnderstood, NeedsConfirmation, NotAllowed.
        """
        self._refuse_closed(session_id, after_end=True)
        self._allow(self.me, Act.TAKE_ORDER)
        words = parse_text(text, LONGEST_ORDER).strip()
        if not words:
            raise NotUnderstood("Write the order as you heard it. Nothing was saved yet.")
        giver = self._provider(provider, self.me)
        if read_back is None:
            raise NotUnderstood("Say whether the order was read back. Nothing was saved yet.")
        at = parse_time(given, self.now(), confirmed=confirmed) if given.strip() else self.now()
        body = acts_codec.order_body(words, giver.id, giver.signed_name, at, read_back=read_back, told=told[:4000])
        return self._write(session_id, EntryKind.ORDER, giver.id, body)

    def authenticate(
        self, session_id: SessionId, orders: Sequence[int], *, user: str, password: str, remark: str = ""
    ) -> Snapshot:
        """The provider signs orders given by telephone, by their numbers. Possible after the record was closed too.

        `remark` is for an order that was written otherwise than it was given. Raises SignInFailed, NotAllowed.
        """
        waiting = {one.seq: one for one in self.snapshot(session_id).record.outstanding}
        if not orders or any(seq not in waiting for seq in orders):
            raise NotAllowed("This order does not wait for a signature any more. Nothing was saved. Look again.")
        person = self._signed_in(user, password)
        self._allow(person, Act.AUTHENTICATE)
        for seq in orders:
            self._refuse_other_provider(session_id, waiting[seq], person)
        words = parse_text(remark, LONGEST_ORDER).strip()
        body = self._signature_body(session_id, person, Meaning.AUTHENTICATED, sorted(orders), words)
        self._write_as(person, session_id, (EntryKind.SIGNATURE, Meaning.AUTHENTICATED.value, body))
        return self.snapshot(session_id)

    def _refuse_other_provider(self, session_id: SessionId, order: Outstanding, person: Staff) -> None:
        """An order is signed by who gave it; another provider signs only for one who cannot sign in any more."""
        if person.id != order.provider and self._can_sign(order.provider):
            gave = f"{order.provider_name} gave the order of {written_time(order.since)} and signs it."
            self._refuse(person, Act.AUTHENTICATE, f"{gave} Nothing was saved.", session_id)

    def _can_sign(self, staff_id: StaffId) -> bool:
        return any(one.id == staff_id for one in self._active(Role.PROVIDER))
