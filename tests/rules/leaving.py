"""A visit after its infusion on which every discharge criterion is met, for the tests of discharge."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from checklist.model import Answer, Choice
from checklist.rules import deterioration, monitoring, recovery
from checklist.rules.facts import Facts
from checklist.snapshot import Criterion, Finding, Met
from tests.rules.build import Said, decide
from tests.rules.visit import after, during
from tests.rules.visit import recovery as visit

SETS = (
    after("118/76 72 98 14", "11:55", moaas=5, dissociation=0),
    after("116/74 70 98 14", "12:10", moaas=5, dissociation=0),
)
WATCHED = tuple(
    during("118/76 72 98 14", at, moaas=5, dissociation=0) for at in ("11:00", "11:10", "11:20", "11:30", "11:40")
)
"""The sets of the infusion itself: without them two readings in a row were missed."""
DONE: Mapping[str, Said] = {
    "aldrete.activity": "2",
    "aldrete.respiration": "2",
    "aldrete.consciousness": "2",
    "mpadss.ambulation": "2",
    "mpadss.nausea": "2",
    "mpadss.pain": "2",
    "mpadss.bleeding": "2",
    "discharge.oriented": True,
    "discharge.dissociation": "0",
    "discharge.mood": True,
    "discharge.iv_out": True,
    "discharge.no_reversal": "none",
    "waste.drawn_mg": Decimal(35),
    "waste.wasted_mg": Decimal(0),
    "discharge.written": True,
    "discharge.understood": True,
    "discharge.escort": True,
}
BREAKS: Mapping[str, Mapping[str, Said]] = {
    "gait": {"mpadss.ambulation": "1"},
    "min_time": {},
    "oriented": {"discharge.oriented": False},
    "dissociation": {"discharge.dissociation": "2"},
    "nausea": {"mpadss.nausea": "1"},
    "pain": {"mpadss.pain": "1"},
    "mood": {"discharge.mood": False},
    "iv_out": {"discharge.iv_out": False},
    "written": {"discharge.written": False},
    "understood": {"discharge.understood": False},
    "escort": {"discharge.escort": False},
}


def leaving(said: Mapping[str, Said | Answer] | None = None, *, now: str = "12:15", **more: object) -> Facts:
    """Everything done and met at 12:15, except what is changed."""
    readings = more.pop("readings", SETS)
    return visit(*WATCHED, *readings, now=now, said={**DONE, **(said or {})}, **more)  # type: ignore[misc]


def evaluated(of: Facts, *decided: str, choice: Choice = Choice.PROCEED) -> tuple[Finding, ...]:
    """The findings of discharge and monitoring, some of them decided."""
    found = [*recovery.findings(of), *monitoring.findings(of), *deterioration.findings(of)]
    return tuple(replace(one, decision=decide(one, choice)) if one.key in decided else one for one in found)


def criterion(of: Facts, key: str, *decided: str) -> Criterion:
    return next(one for one in recovery.criteria(of, evaluated(of, *decided)) if one.key == key)


def met(said: Mapping[str, Said | Answer], key: str, **more: object) -> Met:
    return criterion(leaving(said, **more), key).met  # type: ignore[arg-type]
