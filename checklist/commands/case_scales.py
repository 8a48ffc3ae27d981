"""Questionnaires and intakes that a case gives by themselves: scored by the same functions, beside the verdict."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from checklist.commands.case_times import Reader
from checklist.commands.json_file import Node
from checklist.model import AnswerState, Level
from checklist.rules import fasting
from checklist.rules.facts import Facts
from checklist.rules.questionnaires import (
    cssrs_triage,
    gad7_band,
    phq9,
    phq9_band,
    phq9_course,
    stop_bang_risk,
    total_of,
)
from checklist.times import Moment

Result = dict[str, Any]
_SCALES = ("phq9", "phq9_baseline", "gad7", "cssrs", "stop_bang")
_CSSRS = ("wish", "thoughts", "method", "intent", "plan", "behaviour_ever", "behaviour_3_months")
_STOP_BANG = ("total", "stop", "male", "bmi_over_35", "large_neck")
_ITEMS, _HIGHEST = {"phq9": 9, "gad7": 7}, {"phq9": 27, "gad7": 21}
_MOST = 3  # points of one answer, "nearly every day"
CATEGORIES = (
    *("clear_liquid", "breast_milk", "infant_formula", "nonhuman_milk", "light_meal", "fatty_meal"),
    *("sip_with_meds", "gum_in_mouth", "gum_removed"),
)


def scales(reader: Reader, node: Node | None) -> Result:
    """What the questionnaires of a case come to; empty without them."""
    if node is None:
        return {}
    node.only(*_SCALES)
    found: Result = {}
    for name, read in (("phq9", _phq9), ("gad7", _gad7), ("cssrs", _cssrs), ("stop_bang", _stop_bang)):
        given = node.maybe(name)
        result = reader.tried(read, given) if given is not None else None
        found |= {name: result} if result is not None else {}
    before = node.maybe("phq9_baseline")
    total = found.get("phq9", {}).get("total")
    if before is not None and total is not None:
        start = reader.tried(before.count, 0, _HIGHEST["phq9"])
        found["phq9"]["course"] = phq9_course(start, total) if start is not None else None
    return found


def _points(node: Node, name: str) -> list[int | None]:
    count = _ITEMS[name]
    entries = node.value
    if not isinstance(entries, list) or len(entries) != count:
        node.fail(f"this must be a total or a list of {count} answers.", "Write 0 to 3 for each, null where missing.")
    nodes = [Node(value, f"{node.path}[{place}]", node.source) for place, value in enumerate(entries)]
    return [None if one.value is None else one.count(0, _MOST) for one in nodes]


def _is_total(node: Node) -> bool:
    return isinstance(node.value, int) and not isinstance(node.value, bool)


def _phq9(node: Node) -> Result:
    """A list of nine, null where missing, or the total alone: then question 9 is not known."""
    if _is_total(node):
        total = node.count(0, _HIGHEST["phq9"])
        return {"total": total, "band": phq9_band(total), "suicide_screen": None}
    scored = phq9(_points(node, "phq9"))
    return {"total": scored.total, "band": scored.band, "suicide_screen": scored.suicide_screen}


def _gad7(node: Node) -> Result:
    total = node.count(0, _HIGHEST["gad7"]) if _is_total(node) else total_of(_points(node, "gad7"), _ITEMS["gad7"])
    return {"total": total, "band": None if total is None else gad7_band(total)}


def _flags(node: Node, *names: str) -> Mapping[str, bool]:
    return {name: (one := node.maybe(name)) is not None and one.flag() for name in names}


def _cssrs(node: Node) -> Result:
    node.only(*_CSSRS)
    return {"result": cssrs_triage(**_flags(node, *_CSSRS))}


def _stop_bang(node: Node) -> Result:
    node.only(*_STOP_BANG)
    total = node.need("total", 'Write "total": 3.').count(0, 8)
    stop = node.need("stop", 'Write "stop": 2, how many of the first four.').count(0, min(total, 4))
    return {"total": total, "risk": stop_bang_risk(total, stop, **_flags(node, *_STOP_BANG[2:]))}


def intakes(reader: Reader, node: Node) -> tuple[tuple[str, Moment | None], ...]:
    """Categories and times of `intakes`; a time that is not known is None."""
    read = [reader.tried(_intake, reader, one) for one in node.list("intakes")]
    return tuple(one for one in read if one is not None)


def _intake(reader: Reader, node: Node) -> tuple[str, Moment | None]:
    """`{"category": "light_meal", "at": "07:30"}`, or "at": "unknown"."""
    node.only("category", "at")
    category = node.need("category", 'Write "category": "light_meal".').choice(*CATEGORIES)
    at = node.need("at", 'Write "at": "07:30", or "unknown".')
    unknown = at.value == AnswerState.UNKNOWN.value
    return category, None if unknown else reader.moment(at, future=True)


def fasting_rows(facts: Facts, extra: tuple[tuple[str, Moment | None], ...]) -> Result:
    """Each intake with the hours before the start, the hours it needs and its level, then the worst of them."""
    asked = [
        (fasting.solids_category(facts), facts.moment("fasting.solids")),
        ("clear_liquid", facts.moment("fasting.fluids")),
    ]
    rows = [_row(facts, category, at) for category, at in (*[one for one in asked if one[1]], *extra)]
    known = [(category, at) for category, at in extra if at is not None and _needs_hours(category)]
    known += [(category, at) for category, at in asked if at is not None]
    earliest = fasting.earliest(known, facts.protocol, facts.protocol.setting("fasting_profile"))
    levels = [Level(row["level"]) if row["level"] != "invalid" else Level.HOLD for row in rows]
    return {
        "profile": facts.protocol.setting("fasting_profile"),
        "start": facts.start.store(),
        "intakes": rows,
        "worst": Level.worst(levels).value if rows else None,
        "earliest_start": earliest.store() if earliest else None,
    }


def _needs_hours(category: str) -> bool:
    return category not in ("sip_with_meds", "gum_in_mouth", "gum_removed")


def _row(facts: Facts, category: str, at: Moment | None) -> Result:
    profile = facts.protocol.setting("fasting_profile")
    hours = fasting.hours_between(at, facts.start) if at is not None else None
    return {
        "category": category,
        "at": at.store() if at else None,
        "hours": _tidy(hours),
        "needed_hours": _tidy(fasting.needed_hours(category, facts.protocol, profile))
        if _needs_hours(category)
        else None,
        "level": fasting.assess(category, hours, facts.protocol, profile).value,
    }


def _tidy(hours: Decimal | None) -> float | None:
    return None if hours is None else round(float(hours), 2)
