"""The dose and the infusion: independent check, start, pause, stop."""

from collections.abc import Mapping
from decimal import Decimal

from checklist.desk import codec
from checklist.desk.authority import Act
from checklist.desk.bounds import for_parser
from checklist.desk.fold import ORDER
from checklist.desk.signing import SigningDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import AnswerState, EntryKind, EventKind, Level, SessionId, Staff
from checklist.parse import Bounds, format_decimal, parse_quantity, parse_text
from checklist.rules import dose
from checklist.rules.dose_warnings import start_blockers
from checklist.snapshot import Record, Snapshot

CHECKED_VALUES = {"mg": "mg", "concentration": "mg/mL", "total_ml": "mL", "minutes": "min", "rate": "mL/h"}
CHECKED_NAMES = {
    "mg": "dose",
    "concentration": "vial strength",
    "total_ml": "volume of the bag",
    "minutes": "minutes",
    "rate": "pump rate",
}
MONITORED = "monitor."
STOP_REASONS = ("completed", "bp", "distress", "vomiting", "iv_failure", "patient_request", "other")


class InfusionDesk(SigningDesk):
    """Use cases of the infusion."""

    def verify_dose(self, session_id: SessionId, values: Mapping[str, str], *, user: str, password: str) -> Snapshot:
        """A second person's independent check: every number typed anew, compared with the order (reference 5.4)."""
        self._refuse_closed(session_id)
        facts = self._facts(session_id)
        order = dose.order(facts)
        wanted = _wanted(order)
        typed = {key: _number(key, values.get(key, "")) for key in CHECKED_VALUES}
        person = self._signed_in(user, password)
        self._allow(person, Act.CHECK_DOSE)
        self._refuse_own_order(facts.record, person)
        differing = [key for key, value in typed.items() if value != wanted[key]]
        body: codec.Body = {
            "values": {key: format_decimal(value) for key, value in typed.items()},
            "agrees": not differing,
            "fingerprint": dose.check_fingerprint(facts),
            "differing": [*differing],
        }
        self._write_as(person, session_id, (EntryKind.VERIFICATION, "dose", body))
        if differing:
            raise NotAllowed(
                f"The check does not agree: {', '.join(CHECKED_NAMES[key] for key in differing)}. "
                "It is recorded as not agreeing. Compare order, vial and pump together, then check again."
            )
        return self.snapshot(session_id)

    def _refuse_own_order(self, record: Record, person: Staff) -> None:
        """Who entered any part of the order, or brought it back from the last visit, is not its second person."""
        entered = [answer for item, answer in record.answers.items() if item.startswith(ORDER)]
        own = [one for one in entered if one.by == person.id and one.state is not AnswerState.UNANSWERED]
        if own:
            named = ", ".join(self.protocol.item(one.item).label for one in own)
            raise NotAllowed(
                f"The person who entered the order cannot check it: {person.signed_name} entered {named}. "
                "A second person checks and signs. Nothing was saved."
            )

    def start_blockers(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Why the infusion cannot start now; empty when it can."""
        facts = self._facts(snapshot.record.session.id)
        return start_blockers(facts, snapshot.clearance, snapshot.findings)

    def start(self, session_id: SessionId) -> Snapshot:
        """The pump runs from now. Everything is judged once more at this moment."""
        self._refuse_closed(session_id)
        blockers = self.start_blockers(self.snapshot(session_id))
        if blockers:
            raise NotAllowed(f"The infusion was not started: {blockers[0]}")
        return self._event(session_id, EventKind.STARTED, {})

    def pause(self, session_id: SessionId, reason: str, infused_ml: str = "") -> Snapshot:
        """The pump stands; the clock goes on. The volume so far is kept when given."""
        self._running(session_id, paused=False)
        words = parse_text(reason, 500).strip()
        if not words:
            raise NotUnderstood("Write why the infusion is paused. Nothing was saved yet.")
        infused = self._infused(session_id, infused_ml) if infused_ml.strip() else ""
        return self._event(session_id, EventKind.PAUSED, {"reason": words, "infused_ml": infused})

    def resume(self, session_id: SessionId) -> Snapshot:
        """The pump runs again. Not while a sign says stop, unless a provider has decided to go on."""
        self._running(session_id, paused=True)
        for one in self.snapshot(session_id).findings:
            if one.key.startswith(MONITORED) and one.level is Level.STOP and one.is_open:
                raise NotAllowed(
                    f"The infusion was not resumed: {one.title}. {one.action} A provider decides whether it goes on."
                )
        return self._event(session_id, EventKind.RESUMED, {})

    def stop(self, session_id: SessionId, infused_ml: str, reason: str = "completed") -> Snapshot:
        """The pump is off for good; what was given follows from the volume (reference 5.2)."""
        self._running(session_id)
        if reason not in STOP_REASONS:
            raise NotUnderstood(f"“{reason}” is not a reason of the list. Choose why the infusion stopped.")
        infused = self._infused(session_id, infused_ml)
        return self._event(session_id, EventKind.STOPPED, {"infused_ml": infused, "reason": reason})

    def _event(self, session_id: SessionId, kind: EventKind, detail: Mapping[str, str]) -> Snapshot:
        return self._write(session_id, EntryKind.EVENT, "", codec.event_body(kind, self.now(), detail))

    def _running(self, session_id: SessionId, paused: bool | None = None) -> None:
        """Refuse unless the infusion runs (and is, or is not, paused when that matters)."""
        self._refuse_closed(session_id)
        record = self._record(session_id)
        if record.event(EventKind.STARTED) is None:
            raise NotAllowed("The infusion has not started. Nothing was changed.")
        if record.event(EventKind.STOPPED) is not None:
            raise NotAllowed("The infusion has stopped already. Nothing was changed.")
        is_paused = record.events[-1].kind is EventKind.PAUSED
        if paused is not None and paused != is_paused:
            word = "paused" if is_paused else "running"
            raise NotAllowed(f"The infusion is {word} already. Nothing was changed.")

    def _infused(self, session_id: SessionId, text: str) -> str:
        infused = parse_quantity(text, for_parser(self.protocol.bounds["infused"]), confirmed=True).value
        order = dose.order(self._facts(session_id))
        total = order.total_ml if order else None
        before = sum(dose.infused_segments(self._record(session_id)) or (), Decimal(0))
        if total is not None and infused > total:
            raise NotUnderstood(
                f"{format_decimal(infused)} mL is more than the {format_decimal(total)} mL of the order. "
                "Type the volume given since the start. Nothing was saved."
            )
        if infused < before:
            raise NotUnderstood(
                f"{format_decimal(infused)} mL is less than the {format_decimal(before)} mL recorded at the pause. "
                "Type the volume given since the start, all together. Nothing was saved."
            )
        return format_decimal(infused)


def _wanted(order: dose.DoseOrder | None) -> dict[str, Decimal]:
    """What the second person should find. The rate is compared as the pump displays it, to 0.1 mL/h (reference 5.2)."""
    values = {
        "mg": order.ordered_mg if order else None,
        "concentration": order.concentration if order else None,
        "total_ml": order.total_ml if order else None,
        "minutes": order.minutes if order else None,
        "rate": dose.rounded(order.rate_ml_h, 1) if order and order.rate_ml_h is not None else None,
    }
    known = {key: value for key, value in values.items() if value is not None}
    if missing := [CHECKED_NAMES[key] for key in values if key not in known]:
        raise NotAllowed(f"The order cannot be checked yet: {', '.join(missing)} not known. Nothing was saved.")
    return known


def _number(key: str, text: str) -> Decimal:
    try:
        quantity = parse_quantity(text, _open_bounds(CHECKED_VALUES[key]), confirmed=True)
    except NotUnderstood as mistake:
        raise NotUnderstood(f"{CHECKED_NAMES[key].capitalize()}: {mistake.sentence}") from None
    return quantity.value


def _open_bounds(unit: str) -> Bounds:
    """Any number of this unit: the check compares, it does not judge."""
    return Bounds(Decimal(0), Decimal(10000), None, None, unit=unit, decimals=3)
