"""What stands beside a medicine in the list: route and frequency, what changed, what holds for today, a clearance."""

from collections.abc import Iterator, Mapping

from checklist.medicines.text import name_key
from checklist.model import Decision, MedicineRow, SinceLast, Staff, StaffId, TodayPlan
from checklist.rules.facts import Facts
from checklist.rules.medication import clearances
from checklist.times import written_date

_TODAY = {
    TodayPlan.NOT_ASKED: "",
    TodayPlan.CONTINUE: "continue today",
    TodayPlan.HOLD_TODAY: "held today",
    TodayPlan.PROVIDER_ASKED: "provider asked",
}


def notes(facts: Facts, staff: Mapping[StaffId, Staff]) -> Mapping[str, tuple[str, ...]]:
    """Row id -> short notes in the order in which they are read; rows without a note are left out."""
    cleared = clearances(facts)
    found = {
        row.id: tuple(part for part in _notes(facts, row, staff, cleared.get(row.id)) if part)
        for row in facts.record.current_medicines
    }
    return {row: parts for row, parts in found.items() if parts}


def _notes(facts: Facts, row: MedicineRow, staff: Mapping[StaffId, Staff], cleared: Decision | None) -> Iterator[str]:
    details = row.details
    yield ", ".join(part for part in (details.route, details.frequency) if part)
    yield _since_last(facts, row)
    advice = f", on the advice of {details.held_by}" if details.held_by else ""
    yield f"{_TODAY[details.today]}{advice}"
    if cleared is not None:
        provider = staff.get(cleared.provider or cleared.by)
        who = cleared.verbal_from or (provider.name if provider else "a provider")
        yield f"cleared by {who} {_day(cleared)} until medicine or dose changes"


def _day(cleared: Decision) -> str:
    return written_date(cleared.at.local.date())


def _since_last(facts: Facts, row: MedicineRow) -> str:
    """What was said; else what the list of the last visit shows: nothing when it stands there as it does now."""
    last = facts.past.last
    date = written_date(last.session.planned.local.date()) if last is not None else ""
    if row.details.since_last is not SinceLast.NOT_ASKED:
        return f"{row.details.since_last.value} since {date or 'the last visit'}"
    if last is None or not last.current_medicines:
        return ""
    if any(name_key(one.typed) == name_key(row.typed) for one in last.current_medicines):
        return ""
    before = next((one for one in last.current_medicines if _is_same_medicine(facts, one, row)), None)
    return f"new since {date}" if before is None else f"was “{before.typed}” on {date}"


def _is_same_medicine(facts: Facts, one: MedicineRow, other: MedicineRow) -> bool:
    """Whether both rows hold the same ingredients; what nobody knows is never the same."""
    pair = [{each.name for match in facts.matches(row) for each in match.ingredients} for row in (one, other)]
    return bool(pair[0]) and pair[0] == pair[1]
