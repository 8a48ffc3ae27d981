"""A provider's standing clearance of one medicine at one dose (medications.md, rule 4).

Without it a daily medicine would be a review at each visit, and alerts that always come are read by nobody. It holds
for the same medicine as it was typed, with the same dose, route and frequency; a change makes it a review again. It
ends when a provider takes it back.
"""

from checklist import medicines
from checklist.medicines.text import name_key
from checklist.model import Choice, Decision, Level, MedicineRow, SinceLast
from checklist.rules.facts import Facts
from checklist.snapshot import Record

KEY = "med."
ENDED = "standing."


def finding_key(row: MedicineRow) -> str:
    """The key of a row's own finding."""
    return f"{KEY}{row.id}"


def end_key(row: MedicineRow) -> str:
    """The key under which a provider takes the row's clearance back."""
    return f"{ENDED}{row.id}"


def can_stand(level: Level) -> bool:
    """Only a review can be cleared for later visits: a stop is decided each time, a hold is for a person to mend."""
    return level is Level.REVIEW


def is_understood(facts: Facts, row: MedicineRow) -> bool:
    """Whether every word of the row is known and no question is open."""
    return all(medicines.is_understood(match) for match in facts.matches(row))


def clearance(facts: Facts, row: MedicineRow, level: Level) -> Decision | None:
    """The standing clearance that quiets this row's review, or None.

    What is not fully understood is never quieted, nor what the patient says has changed. A later postponement ends a
    clearance, and so does a provider who takes it back; said after the start, that counts from the next visit on.
    """
    changed = row.details.since_last is SinceLast.CHANGED
    if changed or not can_stand(level) or not is_understood(facts, row) or _ended_today(facts, row):
        return None
    wanted = _same(row)
    for same, decision in facts.once(_decided_before):
        if same == wanted:
            if decision.choice is Choice.POSTPONE or decision.ends_standing:
                return None
            if decision.standing:
                return decision
    return None


def _decided_before(facts: Facts) -> tuple[tuple[tuple[str, ...], Decision], ...]:
    """Every decision on a medicine in earlier visits, the newest first, with what must not have changed since."""
    made = ((record, one) for record in facts.past.every_visit() for one in reversed(record.decisions))
    rows = ((_row_of(record, one), one) for record, one in made)
    return tuple((_same(row), one) for row, one in rows if row is not None)


def _ended_today(facts: Facts, row: MedicineRow) -> bool:
    """Whether a provider took the clearance back in this session, before the start."""
    ends = [one for one in facts.record.decisions if one.ends_standing]
    if facts.started is not None:
        ends = [one for one in ends if one.at <= facts.started]
    rows = [_row_of(facts.record, one) for one in ends]
    return any(one is not None and _same(one) == _same(row) for one in rows)


def _row_of(record: Record, decision: Decision) -> MedicineRow | None:
    rows = record.medicines
    return next((row for row in rows if decision.finding in (finding_key(row), end_key(row))), None)


def _same(row: MedicineRow) -> tuple[str, ...]:
    """What must not change: the entry with dose, route and frequency, and the name a person confirmed for it."""
    texts = (row.typed, row.dose, row.details.route, row.details.frequency)
    return (*map(name_key, texts), row.spelling_confirmed.casefold())
