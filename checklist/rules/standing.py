"""A provider's standing clearance of one medicine at one dose (medications.md, rule 4).

Without it a daily medicine would be a review at each visit, and alerts that always come are read by nobody. It holds
for the same medicine as it was typed, with the same dose; a change of either makes it a review again.
"""

from checklist.medicines import is_understood
from checklist.medicines.text import name_key
from checklist.model import Choice, Decision, Level, MedicineRow
from checklist.rules.facts import Facts
from checklist.snapshot import Record

KEY = "med."


def finding_key(row: MedicineRow) -> str:
    """The key of a row's own finding."""
    return f"{KEY}{row.id}"


def can_stand(level: Level) -> bool:
    """Only a review can be cleared for later visits: a stop is decided each time, a hold is for a person to mend."""
    return level is Level.REVIEW


def clearance(facts: Facts, row: MedicineRow, level: Level) -> Decision | None:
    """The standing clearance that quiets this row's review, or None. What is not fully understood is never quieted."""
    if not can_stand(level) or not all(is_understood(match) for match in facts.matches(row)):
        return None
    wanted = _same(row)
    for record in facts.past.newest_first():
        for decision in reversed(record.decisions):
            decided = _row_of(record, decision)
            if decided is not None and _same(decided) == wanted:
                if decision.choice is Choice.POSTPONE:
                    return None
                if decision.standing:
                    return decision
    return None


def _row_of(record: Record, decision: Decision) -> MedicineRow | None:
    return next((row for row in record.medicines if finding_key(row) == decision.finding), None)


def _same(row: MedicineRow) -> tuple[str, str, str]:
    """What must not change: the entry with its dose, and the name that a person confirmed for it."""
    return name_key(row.typed), name_key(row.dose), row.spelling_confirmed.casefold()
