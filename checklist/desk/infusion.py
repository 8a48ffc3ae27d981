"""The infusion: start, pause, stop."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from checklist.desk import codec
from checklist.desk.bounds import for_parser
from checklist.desk.dose_check import DoseCheckDesk
from checklist.errors import NotAllowed, NotUnderstood
from checklist.model import EntryKind, EventKind, SessionId, StaffId
from checklist.parse import Bounds, format_decimal, parse_quantity, parse_text
from checklist.rules import dose
from checklist.rules.dose_warnings import start_blockers
from checklist.snapshot import Record, Snapshot

PAUSE_REASONS = ("bp", "distress", "vomiting", "iv_failure", "pump_failure", "patient_request", "other")
STOP_REASONS = ("completed", *PAUSE_REASONS)


class InfusionDesk(DoseCheckDesk):
    """Use cases of the infusion."""

    def start_blockers(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Why the infusion cannot start now; empty when it can."""
        facts = self._facts(snapshot.record.session.id)
        return start_blockers(facts, snapshot.clearance, snapshot.findings)

    def ratio_warnings(self, staff: StaffId | None = None, more: int = 0) -> tuple[str, ...]:
        """Nurses with more infusions running at once than the clinic's ratio; `more` are about to start for `staff`."""
        running = Counter(self._starter_of(one.id) for one in self._file.index.sessions_on(self.now().local.date()))
        if staff is not None:
            running = Counter({staff: running[staff] + more})
        most = int(self.protocol.limit("schedule.infusions_per_nurse"))
        return tuple(
            f"{count} infusions at once under {self._staff[nurse].name} (limit {most})"
            for nurse, count in running.items()
            if nurse in self._staff and count > most
        )

    def _starter_of(self, session_id: SessionId) -> StaffId:
        """Who started an infusion that still runs; "" when none does."""
        record = self._record(session_id)
        started = record.event(EventKind.STARTED)
        runs = started is not None and record.event(EventKind.STOPPED) is None and self._is_open(session_id)
        return started.by if started is not None and runs else StaffId("")

    def start_warnings(self) -> tuple[str, ...]:
        """What the person who starts now should know, and may decide: another infusion runs already (case 12.26)."""
        return tuple(f"{one}. Ask a colleague to watch one." for one in self.ratio_warnings(self.me.id, more=1))

    def start(self, session_id: SessionId) -> Snapshot:
        """The pump runs from now. Everything is judged once more at this moment."""
        self._refuse_closed(session_id)
        blockers = self.start_blockers(self.snapshot(session_id))
        if blockers:
            raise NotAllowed(f"The infusion was not started: {blockers[0]}")
        return self._event(session_id, EventKind.STARTED, {})

    def pause(self, session_id: SessionId, reason: str, infused_ml: str = "", code: str = "") -> Snapshot:
        """The pump stands; the clock goes on. The volume so far is kept when given; `code` is of PAUSE_REASONS."""
        self._running(session_id, paused=False)
        return self._event(session_id, EventKind.PAUSED, self._pause(session_id, reason, infused_ml, code))

    def _pause(self, session_id: SessionId, reason: str, infused_ml: str, code: str) -> dict[str, str]:
        words = parse_text(reason, 500).strip()
        if not words and not code:
            raise NotUnderstood("Write why the infusion is paused. Nothing was saved yet.")
        if code and code not in PAUSE_REASONS:
            raise NotUnderstood(f"“{code}” is not a reason of the list. Choose why the infusion is paused.")
        infused = self._infused(session_id, infused_ml) if infused_ml.strip() else ""
        return {"reason": words, "code": code, "infused_ml": infused}

    def resume(self, session_id: SessionId, counts_from: str = "", rate: str = "") -> Snapshot:
        """The pump runs again. Not while anything says stop, unless a provider has decided to go on.

        `counts_from`: the pump's own counter in mL, when another pump or a cleared one does not count onwards.
        `rate`: mL/h from now on, when it is not the rate of the order; the predicted end follows it.
        """
        self._running(session_id, paused=True)
        self._may_go_on(session_id)
        return self._event(session_id, EventKind.RESUMED, self._again(session_id, counts_from, rate))

    def change_rate(self, session_id: SessionId, rate: str, infused_ml: str, reason: str) -> Snapshot:
        """Another rate without a pause: the stretch so far ends with its volume, the next begins at once."""
        self._running(session_id, paused=False)
        if not infused_ml.strip() or not rate.strip():
            raise NotUnderstood("Type the volume infused so far and the new rate. Nothing was saved yet.")
        now = self.now()
        paused = codec.event_body(EventKind.PAUSED, now, self._pause(session_id, reason, infused_ml, ""))
        resumed = codec.event_body(EventKind.RESUMED, now, self._again(session_id, "", rate))
        self._write_as(self.me, session_id, (EntryKind.EVENT, "", paused), (EntryKind.EVENT, "", resumed))
        return self.snapshot(session_id)

    def _again(self, session_id: SessionId, counts_from: str, rate: str) -> dict[str, str]:
        bounds = self.protocol.bounds
        counter = _plain(counts_from, for_parser(bounds["infused"])) if counts_from.strip() else ""
        if counter and dose.infused_segments(self._record(session_id)) is None:
            raise NotUnderstood(
                "The volume at the pause was not recorded, so a new counter has nothing to go on from. "
                "Leave it empty. Nothing was saved."
            )
        set_rate = _plain(rate, for_parser(bounds["rate"])) if rate.strip() else ""
        detail = {dose.INFUSED_KEY: counter, dose.RATE_KEY: set_rate}
        return {name: text for name, text in detail.items() if text}

    def _may_go_on(self, session_id: SessionId) -> None:
        for one in self.snapshot(session_id).calls:
            who = "Nobody can override this." if one.nobody_overrides else "A provider decides whether it goes on."
            raise NotAllowed(f"The infusion was not resumed: {one.title}. {one.action} {who}")

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
        """The pump's number in mL, held against the order and what was recorded before; as the journal keeps it."""
        shown = Decimal(_plain(text, for_parser(self.protocol.bounds["infused"])))
        order = dose.order(self._facts(session_id))
        total = order.total_ml if order else None
        before, counts_from = _counted(self._record(session_id))
        infused = before + shown - counts_from
        if total is not None and infused > total:
            raise NotUnderstood(
                f"{format_decimal(infused)} mL is more than the {format_decimal(total)} mL of the order. "
                "Type the volume given since the start. Nothing was saved."
            )
        if shown < counts_from:
            raise NotUnderstood(
                f"{format_decimal(shown)} mL is less than the {format_decimal(counts_from)} mL recorded at the pause. "
                "Type the volume given since the start, all together. Nothing was saved."
            )
        return format_decimal(shown)


def _counted(record: Record) -> tuple[Decimal, Decimal]:
    """mL given up to the last pause, and the pump's number from which it counts on; both 0 before a known pause."""
    parts = dose.infused_segments(record)
    if parts is None:
        return Decimal(0), Decimal(0)
    shown = [text for event in record.events if (text := event.detail.get(dose.INFUSED_KEY, ""))]
    return sum(parts, Decimal(0)), Decimal(shown[-1])


def _plain(text: str, bounds: Bounds) -> str:
    """A number with its unit left off, inside the bounds. Raises NotUnderstood."""
    return format_decimal(parse_quantity(text, bounds, confirmed=True).value)
