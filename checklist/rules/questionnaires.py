"""Scores of questionnaires as pure functions. The cut-offs belong to the instruments and are no clinic settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from checklist.model import AnswerState, ItemId, Quantity
from checklist.snapshot import Record

ITEM_NINE = 8  # place of the question on thoughts of death, counted from 0

_PHQ9 = ((20, "severe"), (15, "moderately severe"), (10, "moderate"), (5, "mild"), (0, "minimal"))
_GAD7 = ((15, "severe"), (10, "moderate"), (5, "mild"), (0, "minimal"))


def phq9_band(total: int) -> str:
    """Band of a PHQ-9 total 0-27 (reference 7.7). Raises ValueError outside."""
    return _band(total, _PHQ9, 27)


def gad7_band(total: int) -> str:
    """Band of a GAD-7 total 0-21 (reference 7.8). Raises ValueError outside."""
    return _band(total, _GAD7, 21)


def _band(total: int, bands: Sequence[tuple[int, str]], highest: int) -> str:
    if not 0 <= total <= highest:
        raise ValueError(f"a total of {total} does not exist; 0 to {highest} do")
    return next(name for lowest, name in bands if total >= lowest)


@dataclass(frozen=True, slots=True)
class Phq9:
    """`total` and `band` are None while an item is missing (INCOMPLETE). Item 9 above 0 needs the suicide screen."""

    total: int | None
    band: str | None
    suicide_screen: bool


def phq9(items: Sequence[int | None]) -> Phq9:
    """Nine answers 0-3, None where missing. Item 9 counts even when another item is missing."""
    item_nine = items[ITEM_NINE] if len(items) > ITEM_NINE else None
    total = total_of(items, count=9)
    return Phq9(total, None if total is None else phq9_band(total), bool(item_nine))


def total_of(items: Sequence[int | None], count: int) -> int | None:
    """The sum of answers 0-3; None while one is missing. Raises ValueError for an answer that does not exist."""
    answered = [item for item in items if item is not None]
    if any(item not in (0, 1, 2, 3) for item in answered) or len(items) > count:
        raise ValueError(f"there are {count} answers, each 0 to 3")
    return sum(answered) if len(answered) == count else None


COUNTS = {"phq9": 9, "gad7": 7}


def total_from(record: Record, name: str) -> int | None:
    """The total of the answers `phq9.1` … of one visit; None while one is missing, refused, not known, or not asked."""
    return total_of([_points(record, f"{name}.{place}") for place in range(1, COUNTS[name] + 1)], COUNTS[name])


def _points(record: Record, item: str) -> int | None:
    """0 to 3 from the option or the number that was answered."""
    answer = record.answers.get(ItemId(item))
    value = answer.value if answer is not None and answer.state is AnswerState.ANSWERED else None
    text = str(value.value) if isinstance(value, Quantity) else value
    return int(text) if isinstance(text, str) and text in ("0", "1", "2", "3") else None


def phq9_course(baseline: int, now: int) -> str:
    """Remission (below 5), response (fall of at least half), partial response (at least a quarter), or none.

    Source: reference 7.7, from memory; shown as clinic policy.
    """
    if now < 5:
        return "remission"
    fall = Decimal(baseline - now) / baseline if baseline else Decimal(0)
    if fall >= Decimal("0.5"):
        return "response"
    return "partial response" if fall >= Decimal("0.25") else "no response"


def cssrs_triage(
    *,
    wish: bool,
    thoughts: bool,
    method: bool,
    intent: bool,
    plan: bool,
    behaviour_ever: bool,
    behaviour_3_months: bool,
) -> str:
    """C-SSRS screener, result only (reference 3.4): high, moderate, low or none."""
    if intent or plan or behaviour_3_months:
        return "high"
    if method or behaviour_ever:
        return "moderate"
    return "low" if wish or thoughts else "none"


def stop_bang_risk(total: int, stop: int, *, male: bool, bmi_over_35: bool, large_neck: bool) -> str:
    """STOP-Bang total 0-8 done elsewhere, `stop` of its first four (reference 3.5): low, intermediate or high."""
    if not 0 <= stop <= 4 or not stop <= total <= 8:
        raise ValueError("STOP-Bang has 8 questions, of which 4 are STOP")
    if total >= 5 or (stop >= 2 and (male or bmi_over_35 or large_neck)):
        return "high"
    return "intermediate" if total >= 3 else "low"
