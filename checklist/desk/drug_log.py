"""The drug log: read, never written. Every line follows from the records of the visits."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

from checklist.desk.infusion import InfusionDesk
from checklist.model import StaffId
from checklist.parse import format_decimal
from checklist.rules import drug_log
from checklist.rules.dose import rounded
from checklist.snapshot import DrugLine

LOOK_BACK = timedelta(days=731)
"""Two years: as long as such records are kept (21 CFR 1304.04, from general knowledge)."""
COLUMNS = (
    *("time", "record", "patient", "ndc", "lot", "vial", "expires", "strength_mg_per_ml", "vial_before_mg"),
    *("drawn_mg", "drawn_ml", "given_mg", "wasted_mg", "wasted_ml", "vial_after_mg", "gap_mg"),
    *("drawn_by", "witness", "note", "warnings"),
)


class DrugLogDesk(InfusionDesk):
    """Use cases of the log."""

    def drug_log(self) -> tuple[DrugLine, ...]:
        """Every visit of the last two years in which the drug was drawn up or given, oldest first."""
        today = self.now().local.date()
        sessions = self._file.index.sessions_between(today - LOOK_BACK, today)
        every = (self._facts(one.id) for one in sessions)
        return drug_log.running(drug_log.line(one, self._name_of) for one in every if drug_log.is_of_the_log(one))

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
