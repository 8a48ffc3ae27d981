"""How the parts of a record read on paper: answers, times, findings, seals, placeholders of the protocol's texts."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from checklist.model import (
    Answer,
    AnswerState,
    Choice,
    Decision,
    EventKind,
    ItemId,
    Level,
    Meaning,
    Patient,
    Quantity,
    Role,
    Sex,
    Signature,
    StaffId,
    TimeValue,
    Value,
)
from checklist.protocol import Item
from checklist.snapshot import Finding, Snapshot, Verdict, VerdictKind
from checklist.times import (
    MONTHS,
    WEEKDAYS,
    Moment,
    written_about,
    written_date,
    written_length,
    written_moment,
    written_time,
    years_between,
)

LEVELS: Mapping[Level, str] = {
    Level.CLEAR: "Clear",
    Level.INFO: "Recorded",
    Level.NOTE: "Note",
    Level.REVIEW: "Review",
    Level.HOLD: "Not now",
    Level.STOP: "Not today",
}
SEXES: Mapping[Sex, str] = {
    Sex.FEMALE: "F",
    Sex.MALE: "M",
    Sex.OTHER: "Other",
    Sex.NOT_KNOWN: "Not known",
}
ROLES: Mapping[Role, str] = {
    Role.NURSE: "nurse",
    Role.PROVIDER: "provider",
    Role.ADMINISTRATOR: "administrator",
}
MEANINGS: Mapping[Meaning, str] = {
    Meaning.CHECKED: "Performed by",
    Meaning.PROVIDER_CLEARED: "Provider review and approval to start",
    Meaning.DOSE_VERIFIED: "Verified (independent double check)",
    Meaning.DISCHARGE: "Discharge approved",
    Meaning.WITNESSED_WASTE: "Witnessed waste",
    Meaning.AMENDMENT: "Amendment",
    Meaning.AUTHENTICATED: "Provider authentication of an order by telephone",
    Meaning.HANDED_OVER: "Handed over",
    Meaning.TOOK_OVER: "Took over",
}
"""What a signature means (reference 11.1)."""
BROKEN = "This record no longer matches this signature: it was changed in the file after signing."
CHOICES: Mapping[Choice, str] = {Choice.PROCEED: "Proceed", Choice.POSTPONE: "Postpone"}
_STATES: Mapping[AnswerState, str] = {
    AnswerState.DECLINED: "Declined",
    AnswerState.UNKNOWN: "Not known",
    AnswerState.NOT_APPLICABLE: "Does not apply",
    AnswerState.UNANSWERED: "Not answered",
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_POUNDS = Decimal("0.45359237")  # kg; the pound's legal definition
NOT_ANSWERED = _STATES[AnswerState.UNANSWERED]


def level_word(found: Finding) -> str:
    """The word of a finding's level; during and after the infusion a stop is a call for the provider."""
    if found.level is Level.STOP and found.key.startswith("monitor."):
        return "Call the provider"
    return LEVELS[found.level]


def number(value: Decimal, decimals: int | None = None) -> str:
    """`35`, `0.5`: no trailing zeros, always a leading one (reference 5.4); rounded half up to `decimals`."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def unit(name: str) -> str:
    return "°C" if name == "C" else name


def clock(moment: Moment, day: date) -> str:
    """`14:05` on the day of the session, else `Tue 17-Nov 21:30`: paper is read on other days, so never "yesterday"."""
    when = moment.local.date()
    if when == day:
        return written_time(moment)
    year = f"-{when.year}" if when.year != day.year else ""
    return f"{WEEKDAYS[when.weekday()]} {when.day:02d}-{MONTHS[when.month - 1]}{year} {written_time(moment)}"


def session_day(snapshot: Snapshot) -> date:
    """The day that stands in the head of the page: of the start, or as planned."""
    return start_of(snapshot).local.date()


def start_of(snapshot: Snapshot) -> Moment:
    started = snapshot.record.event(EventKind.STARTED)
    return started.at if started else snapshot.record.session.planned


def who(snapshot: Snapshot, staff: StaffId, at: Moment) -> str:
    """`R. Ortiz 10:36`; from another day the date instead: `R. Ortiz 28-Oct-2026`."""
    same_day = at.local.date() == session_day(snapshot)
    return f"{name(snapshot, staff)} {written_time(at) if same_day else written_date(at.local.date())}"


def who_when(snapshot: Snapshot, staff: StaffId, at: Moment) -> str:
    """`R. Ortiz, RN 19-Nov-2026 09:12`: an amendment is often of another day, so the date always stands with it."""
    return f"{snapshot.name_of(staff)} {written_date(at.local.date())} {written_time(at)}"


def signed_at(signature: Signature) -> str:
    """`18-Nov-2026 10:58:14 -05:00 (15:58:14Z)`"""
    return f"{written_moment(signature.at)} ({signature.at.utc:%H:%M:%S}Z)"


def signer(snapshot: Snapshot, signature: Signature) -> str:
    """`R. Ortiz, RN (user ortiz)`: the name as it was signed, the user name that is never given again."""
    person = snapshot.staff.get(signature.by)
    return f"{signature.name} (user {person.user})" if person else signature.name


def manifestation(snapshot: Snapshot, signature: Signature) -> str:
    """Who, when, what it means, and which version of the record it is bound to (reference 11.1)."""
    parts = (
        f"Signed by: {signer(snapshot, signature)}",
        signed_at(signature),
        f"Meaning: {MEANINGS[signature.meaning]}: {signature.statement}",
        f"Record {snapshot.record.session.record_id} v{signature.version}",
        f"Seal {seal(signature.seal)}",
    )
    return " | ".join((*parts, f"Remark: {signature.remark}") if signature.remark else parts)


def name(snapshot: Snapshot, staff: StaffId) -> str:
    person = snapshot.staff.get(staff)
    return person.name if person else str(staff)


def shown(snapshot: Snapshot, item: Item, answer: Answer | None) -> str:
    """An answer as people read it; a refusal and the like with its reason."""
    if answer is None or answer.state is not AnswerState.ANSWERED or answer.value is None:
        state = _STATES.get(answer.state, NOT_ANSWERED) if answer else NOT_ANSWERED
        return f"{state}: {answer.reason}" if answer and answer.reason else state
    return _value(snapshot, item, answer.value, answer.typed)


def _value(snapshot: Snapshot, item: Item, value: Value, typed: str) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Quantity):
        return quantity(snapshot, item, value)
    if isinstance(value, TimeValue):
        return _time(snapshot, item, value)
    if isinstance(value, date):
        return written_about(value, typed) if item.about else written_date(value)
    option = item.option(value)
    return option.label if option else value or typed


def quantity(snapshot: Snapshot, item: Item, value: Quantity) -> str:
    """`68.4 kg`, and `68 kg (150 lb)` when it was typed in pounds."""
    bounds = snapshot.protocol.bounds.get(item.bounds)
    decimals = bounds.decimals if bounds else None
    shown = f"{number(value.value, decimals)} {unit(value.unit)}".rstrip()
    if "lb" not in value.typed.lower() or value.unit != "kg":
        return shown
    return f"{shown} ({number(value.value / _POUNDS, 1)} lb)"


def _time(snapshot: Snapshot, item: Item, value: TimeValue) -> str:
    approx = "Approx " if value.estimated else ""
    shown = f"{approx}{clock(value.at, session_day(snapshot))}"
    if snapshot.protocol.step_of(item.id).id != "fasting":
        return shown
    return f"{shown} ({written_length(start_of(snapshot).since(value.at))} before)"


def facts(snapshot: Snapshot) -> dict[str, str]:
    """What the placeholders of the protocol's texts stand for in this session."""
    profile = snapshot.protocol.setting("fasting_profile")
    last = snapshot.past.last
    escort = plain_answer(snapshot, "transport.name")
    return {
        "planned": written_time(snapshot.record.session.planned),
        "scheduled": written_time(snapshot.record.scheduled or snapshot.record.session.planned),
        "light": _limit(snapshot, f"fasting.{profile}.light_meal"),
        "fatty": _limit(snapshot, f"fasting.{profile}.fatty_meal"),
        "clear": _limit(snapshot, f"fasting.{profile}.clear_liquid"),
        "recovery_every": _limit(snapshot, "schedule.recovery_every"),
        "observe": _limit(snapshot, "schedule.observe_after_end"),
        "last_visit": written_date(last.session.planned.local.date()) if last else "the last visit",
        "escort": escort or "The escort",
    }


def _limit(snapshot: Snapshot, key: str) -> str:
    return number(snapshot.protocol.limit(key))


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its placeholders filled; a brace that is no placeholder of ours stays as it is."""
    return _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


def plain_answer(snapshot: Snapshot, item_id: str) -> str:
    """A typed answer, or "" when there is none."""
    answer = snapshot.answer(item_id)
    given = answer is not None and answer.state is AnswerState.ANSWERED
    return answer.value if given and answer and isinstance(answer.value, str) else ""


def amount(snapshot: Snapshot, item_id: str) -> Decimal | None:
    """The number of an answered quantity in the item's own unit, else None."""
    answer = snapshot.answer(item_id)
    given = answer is not None and answer.state is AnswerState.ANSWERED
    return answer.value.value if given and answer and isinstance(answer.value, Quantity) else None


def born(patient: Patient, day: date) -> str:
    return f"{written_date(patient.born)} ({years_between(patient.born, day)}y)"


def seal(raw: str) -> str:
    """`7F3A-91C2-D05E`: twelve characters are enough to compare by eye; "none" before the first seal."""
    letters = raw.replace("-", "").upper()[:12]
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4)) or "none"


def decision(snapshot: Snapshot, made: Decision) -> str:
    """`Proceed: usual dose, alert (Dr. A. Menon 11:02)`, with who gave it by telephone, and whether it stands."""
    reason = f": {made.why}" if made.why else ""
    order = ""
    if made.verbal_from:
        order = f", by telephone from {made.verbal_from}, {'read back' if made.read_back else 'not read back'}"
    later = ", also for later visits" if made.standing else ""
    choice = "No longer cleared for later visits" if made.ends_standing else f"{CHOICES[made.choice]}{later}"
    return f"{choice}{reason} ({who(snapshot, made.by, made.at)}{order}){_condition(snapshot, made)}"


def _condition(snapshot: Snapshot, made: Decision) -> str:
    """`. Condition: re-check BP by 11:02: done (S. Lee, RN 11:03)`"""
    if not made.condition or made.condition_by is None:
        return ""
    day = session_day(snapshot)
    done = next((one.done for one in snapshot.tasks if one.seq == made.seq), None)
    told = f"done ({who(snapshot, done.by, done.at)})" if done else "not yet done"
    return f". Condition: {made.condition} by {clock(made.condition_by, day)}: {told}."


def findings_of(snapshot: Snapshot, item_id: ItemId, step: str) -> list[Finding]:
    """What is not clear about one item, heaviest first."""
    found = [one for one in snapshot.findings if item_id in one.items and one.step == step and is_told(one)]
    return sorted(found, key=lambda one: -one.level.rank)


def is_told(finding: Finding) -> bool:
    """Clear and merely recorded findings need no line of their own."""
    return finding.level.rank >= Level.NOTE.rank


def verdict(found: Verdict) -> tuple[Level, str]:
    """Level of the shape, and the words in capitals that say the verdict."""
    match found.kind:
        case VerdictKind.CLEARED:
            return Level.CLEAR, "CLEARED"
        case VerdictKind.CLEARED_AFTER_REVIEW:
            return Level.CLEAR, "CLEARED after provider review"
        case VerdictKind.WAITING:
            return Level.REVIEW, "WAITING for a provider"
        case VerdictKind.HELD:
            until = f" until {written_time(found.until)}" if found.until else ""
            return Level.HOLD, f"HELD{until}"
        case VerdictKind.STOPPED:
            return Level.STOP, "STOPPED, not today"
        case VerdictKind.INCOMPLETE:
            return Level.NOTE, "NOT COMPLETE"
        case _:
            assert_never(found.kind)


def lateness(snapshot: Snapshot, observed: Moment, entered: Moment) -> str:
    """`late entry, entered 12:40` when it was written long after it was seen (limit schedule.late_entry)."""
    limit = timedelta(minutes=float(snapshot.protocol.limit("schedule.late_entry")))
    if entered.since(observed) <= limit:
        return ""
    return f"late entry, entered {clock(entered, observed.local.date())}"
