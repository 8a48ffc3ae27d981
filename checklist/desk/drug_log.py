"""The drug log: read, never written. Every line follows from the records of the visits."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from io import StringIO

from checklist.desk.codec import read_answer
from checklist.desk.infusion import InfusionDesk
from checklist.model import EntryKind, SessionId, StaffId
from checklist.parse import format_decimal
from checklist.protocol import Carry
from checklist.rules import drug_log
from checklist.rules.dose import rounded
from checklist.snapshot import DrugLine, Past

LOOK_BACK = timedelta(days=731)
"""Two years: as long as such records are kept (21 CFR 1304.04, from general knowledge)."""
OF_THE_LOG = ("dose.", "waste.", "iv.")
COLUMNS = (
    *("time", "record", "patient", "ndc", "lot", "vial", "expires", "strength_mg_per_ml", "vial_before_mg"),
    *("drawn_mg", "drawn_ml", "given_mg", "wasted_mg", "wasted_ml", "vial_after_mg", "gap_mg"),
    *("drawn_by", "witness", "note", "warnings"),
)


class DrugLogDesk(InfusionDesk):
    """Use cases of the log."""

    def drug_log(self, days: int = 0) -> tuple[DrugLine, ...]:
        """Every visit of the last `days` in which the drug was drawn up or given, oldest first; 0: of two years.

        Earlier visits are read only where a vial of these days was drawn from before: its balance goes on from there.
        """
        today = self.now().local.date()
        first = today - (timedelta(days=days) if days else LOOK_BACK)
        lines = self._drug_lines(one.id for one in self._file.index.sessions_between(first, today))
        shown = {one.record_id for one in lines}
        before = self._file.index.sessions_between(today - LOOK_BACK, first - timedelta(days=1)) if days else ()
        used = self._visits_of({one.vial for one in lines if one.vial})
        lines += self._drug_lines(one.id for one in before if one.id in used)
        return tuple(one for one in drug_log.running(lines) if one.record_id in shown)

    def _drug_lines(self, sessions: Iterable[SessionId]) -> list[DrugLine]:
        past = Past() if self._log_stands_alone() else None
        every = (self._facts(one, past) for one in sessions)
        return [drug_log.line(one, self._name_of) for one in every if drug_log.is_of_the_log(one)]

    def _log_stands_alone(self) -> bool:
        """No answer of the log is taken over from an earlier visit, unless the clinic's own protocol says so."""
        mine = (item for item in self.protocol.items() if item.id.startswith(OF_THE_LOG))
        return all(item.carry not in (Carry.LAST, Carry.NO_CHANGE) for item in mine)

    def _visits_of(self, vials: set[str]) -> set[SessionId]:
        """Visits whose vial was ever answered with one of these numbers, or was corrected."""
        return {
            one.session
            for one in (self._file.journal.vials() if vials else ())
            if one.session and (one.kind is not EntryKind.ANSWER or read_answer(one).value in vials)
        }

    def _name_of(self, staff: StaffId) -> str:
        person = self._staff.get(staff)
        return person.signed_name if person else str(staff)

    def drug_log_csv(self) -> str:
        """The log as a table with a head, comma-separated; times with their offset from UTC."""
        out = StringIO()
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows(_cells(one) for one in self.drug_log())
        return out.getvalue()


def _cells(one: DrugLine) -> list[str]:
    """A text that a spreadsheet would take for a formula gets a quote before it."""
    texts = [one.at.local.isoformat(timespec="minutes"), one.record_id, one.patient, one.ndc, one.lot, one.vial]
    numbers = [
        *(one.strength, one.before, one.drawn, one.ml(one.drawn), one.given),
        *(one.wasted, one.ml(one.wasted), one.after, one.gap),
    ]
    shown = [*texts, one.expiry, *(_number(value) for value in numbers)]
    shown += [one.by, one.witness, one.note, "; ".join(one.warnings)]
    return [f"'{cell}" if cell[:1] in ("=", "+", "@", "\t", "\r") else cell for cell in shown]


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_decimal(rounded(value, 3))
