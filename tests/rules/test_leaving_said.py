"""Less usual criteria of the discharge, and NEWS2 from set to set, word for word: see tests/approved.py."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from checklist.model import Answer, EventKind, Reading
from checklist.rules import criteria, deterioration
from checklist.rules.facts import Facts
from tests.approved import approved
from tests.rules.build import UNANSWERED, Said, answer, event
from tests.rules.leaving import DONE, SETS, WATCHED, leaving
from tests.rules.told import Said as Texts
from tests.rules.told import said_by, told_standing
from tests.rules.visit import STARTED, after, recovery

SIX_OF_SEVEN: Mapping[str, Said] = {"dose.total_ml": Decimal(60), "waste.drawn_mg": Decimal(35)}
PART = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="50"))
NONE_OF_IT = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="0"))
NOT_LOOKED = (after("118/76 72 98", "11:55"), after("116/74 70 98", "12:10"))
"""Two sets without a breathing rate, a MOAA/S or a dissociation."""


def open_ones(*items: str, readings: tuple[Reading, ...] = SETS) -> Facts:
    return leaving(dict.fromkeys(items, UNANSWERED), readings=readings)


def dreamy(score: int) -> Facts:
    """Nobody ticked how the patient is; the last set says it."""
    last = after("116/74 70 98 14", "12:10", moaas=5, dissociation=score)
    return open_ones("discharge.dissociation", readings=(SETS[0], last))


def another_escort() -> Facts:
    """The tick came before the name was changed."""
    name = replace(answer("transport.name", "Ngozi Okafor"), seq=9)
    here = leaving({"transport.name": name})
    return replace(here, record=replace(here.record, history={name.item: (name,)}))


CRITERIA: Mapping[str, Mapping[str, Facts]] = {
    "vitals": {
        "breathing never counted": leaving(readings=NOT_LOOKED),
        "breathing counted once, pressure too high": leaving(readings=(SETS[0], after("170/104 110 98", "12:10"))),
        "breathing never counted, the last pressure too high": leaving(
            readings=(NOT_LOOKED[0], after("170/104 110 98", "12:10"))
        ),
    },
    "oriented": {
        "no sedation scored": leaving(readings=NOT_LOOKED),
        "no sedation scored, and not oriented": leaving({"discharge.oriented": False}, readings=NOT_LOOKED),
        "not asked": open_ones("discharge.oriented"),
    },
    "dissociation": {
        "not ticked, the last set 0": dreamy(0),
        "not ticked, the last set 1": dreamy(1),
        "not ticked, the last set 2": dreamy(2),
        "neither ticked nor seen": open_ones("discharge.dissociation", readings=NOT_LOOKED),
    },
    "escort": {
        "not asked": open_ones("discharge.escort"),
        "ticked for another": another_escort(),
    },
    "waste": {
        "all that was drawn was given": leaving({"waste.wasted_mg": UNANSWERED}),
        "nothing drawn and nothing given": leaving(
            {"waste.drawn_mg": Decimal(0), "waste.wasted_mg": UNANSWERED}, events=NONE_OF_IT
        ),
        "an amount that ends in a third": leaving({**SIX_OF_SEVEN, "waste.wasted_mg": Decimal("5.83")}, events=PART),
        "an amount that ends in a third, too much wasted": leaving(
            {**SIX_OF_SEVEN, "waste.wasted_mg": Decimal("5.9")}, events=PART
        ),
    },
}


def of_key(key: str, here: Facts) -> str:
    return told_standing(next(one for one in criteria.standings(here) if one.key == key))


# ---- NEWS2

SCALE_2: Mapping[str, Said] = {"cond.lung": True, "cond.spo2_scale2": True}
ILL = after("118/76 112 98 24 36.7", "11:55", moaas=5)
FAST = after("118/76 112 90 25 36.7", "11:55", moaas=5)


def watched(*readings: Reading, said: Mapping[str, Said | Answer] | None = None) -> Facts:
    return recovery(*WATCHED, *readings, said={**DONE, **(said or {})})


NEWS2 = {
    "high": watched(FAST),
    "high, fast again, then a pressure without points": watched(
        FAST, after("", "12:00", hr=112), after("118/76", "12:05")
    ),
    "high, and the next set brings less": watched(FAST, after("", "12:00", rr=24)),
    "high by the target of 88 to 92 %, then 91 % alone": watched(FAST, after("", "12:00", spo2=91), said=SCALE_2),
    "high by two sets together": watched(after("118/76 112 98 14", "11:55"), after("", "12:00", rr=24, spo2=95)),
    "good, then high": watched(after("118/76 72 98 14 36.7", "11:50", moaas=5), FAST),
    "four, then a temperature that brings one more": watched(ILL, after("", "12:00", temp_c=Decimal("38.5"))),
    "high, then good": watched(FAST, after("118/76 72 98 14 36.7", "12:00", moaas=5)),
}

SAID: dict[str, Texts] = {
    "less_usual_criteria": {
        f"{key}: {case}": partial(of_key, key, here) for key, cases in CRITERIA.items() for case, here in cases.items()
    },
    "news2_over_time": said_by(deterioration.findings, NEWS2),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_said_of_a_less_usual_recovery_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
