"""The criteria, the findings and the verdict of the discharge, and the recovery scores: word for word."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from checklist.model import Choice, EventKind, Meaning
from checklist.rules import criteria, recovery, scores
from checklist.rules.facts import Facts
from tests.approved import approved
from tests.rules.build import BASELINE, DECLINED, NOT_APPLICABLE, UNKNOWN, answer, event, facts, reading, signature
from tests.rules.leaving import DONE, SETS, WATCHED, evaluated, leaving
from tests.rules.told import Said, said_by, said_of, told_score, told_standing, told_verdict
from tests.rules.visit import STARTED, after, effect, infusion, with_effects

GIVEN = {"discharge.no_reversal": "given"}
WITNESSED = replace(signature(Meaning.WITNESSED_WASTE, "12:00"), name="S. Lee, RN")
PUMPED = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="40"))


def with_last(line: str, **signs: object) -> Facts:
    """The second set of the recovery is another one."""
    return leaving(readings=(SETS[0], after(line, "12:10", **signs)))  # type: ignore[arg-type]


def on_baseline(first: object, *readings: object) -> Facts:
    here = leaving(readings=readings or SETS)
    return replace(here, record=replace(here.record, readings=(first, *here.record.readings[1:])))  # type: ignore[arg-type]


AS_EVER = leaving()
ROUTINE = [told_standing(one) for one in criteria.standings(AS_EVER)]
CRITERIA = {
    "routine": {"everything met": AS_EVER},
    "observed": {
        "30 min after the end": leaving(now="12:10"),
        "29 min 1 s after the end": leaving(now="12:09:01"),
        "28 min 59 s after the end": leaving(now="12:08:59"),
        "the pump still runs": infusion(now="11:30"),
    },
    "vitals": {
        "20 % over the baseline": with_last("141/76 86 98 14"),
        "more than 20 % over, inside the limits": with_last("150/99 100 98 14"),
        "systolic 159": with_last("159/99 110 98 14"),
        "systolic 160": with_last("160/99 110 98 14"),
        "systolic 91": with_last("91/60 110 98 14"),
        "systolic 90": with_last("90/60 110 98 14"),
        "diastolic 100": with_last("150/100 110 98 14"),
        "systolic near, heart rate far": with_last("118/100 110 98 14"),
        "one set only": leaving(readings=SETS[:1]),
        "the last set without a heart rate": leaving(readings=(*SETS, after("200/120", "12:12"))),
        "no baseline": on_baseline(reading("", spo2=98)),
    },
    "spo2": {
        "93 % on air": with_last("118/76 72 93 14"),
        "92 % on air": with_last("118/76 72 92 14"),
        "98 % on oxygen": with_last("118/76 72 98 14", oxygen_l_min=Decimal(2)),
        "98 % on oxygen as before": on_baseline(
            reading("118/76 72 98 14 36.7", oxygen_l_min=Decimal(2)),
            SETS[0],
            after("118/76 72 98 14", "12:10", oxygen_l_min=Decimal(2)),
        ),
        "90 % on air as before": on_baseline(
            reading("118/76 72 90 14 36.7"), SETS[0], after("118/76 72 90 14", "12:10")
        ),
        "89 % on air, 90 % before": on_baseline(
            reading("118/76 72 90 14 36.7"), SETS[0], after("118/76 72 89 14", "12:10")
        ),
        "not taken": leaving(readings=(after("118/76 72", "12:10"),)),
    },
    "scores": {
        "nine is enough": leaving({"aldrete.activity": "1", "mpadss.bleeding": "1"}),
        "eight is not": leaving({"aldrete.activity": "0", "mpadss.bleeding": "0"}),
        "a part not known": leaving({"aldrete.activity": UNKNOWN, "mpadss.ambulation": DECLINED}),
        "a part open": infusion(now="12:15", events=PUMPED, said={k: v for k, v in DONE.items() if k != "mpadss.pain"}),
    },
    "words": {
        "no new thoughts not known": leaving({"discharge.mood": UNKNOWN}),
        "escort not here": leaving({"discharge.escort": answer("discharge.escort", False, reason="in traffic")}),
        "instructions not said back": leaving({"discharge.understood": NOT_APPLICABLE}),
        "MOAA/S 4 after the tick": with_last("118/76 72 98 14", moaas=4),
        "MOAA/S 5 after the tick": with_last("118/76 72 98 14", moaas=5),
        "MOAA/S 4 and not awake": leaving(
            {"discharge.oriented": False}, readings=(SETS[0], after("118/76 72 98 14", "12:10", moaas=4))
        ),
        "dissociation 1": leaving({"discharge.dissociation": "1"}),
        "dissociation 2": leaving({"discharge.dissociation": "2"}),
        "dissociation 0, then a reading of 1": with_last("118/76 72 98 14", dissociation=1),
        "dissociation 0, then a reading of 2": with_last("118/76 72 98 14", dissociation=2),
        "walks with help": leaving({"mpadss.ambulation": "1"}),
        "walking not known": leaving({"mpadss.ambulation": UNKNOWN}),
    },
    "comfort": {
        "moderate, nothing done": leaving({"mpadss.nausea": "1", "mpadss.pain": "1"}),
        "moderate, treated": with_effects(
            leaving({"mpadss.nausea": "1", "mpadss.pain": "1"}),
            effect("nausea", "ondansetron"),
            effect("headache", "rest"),
        ),
        "moderate, a row without an action": with_effects(leaving({"mpadss.nausea": "1"}), effect("nausea", " ")),
        "moderate, the row was removed": with_effects(
            leaving({"mpadss.nausea": "1"}), effect("nausea", "ondansetron", removed=True)
        ),
        "moderate, another row": with_effects(leaving({"mpadss.nausea": "1"}), effect("headache", "rest")),
        "severe, treated": with_effects(leaving({"mpadss.nausea": "0"}), effect("vomiting", "ondansetron")),
        "minimal, then a reading of 2": with_last("118/76 72 98 14", nausea=2, pain=4),
        "minimal, then a reading of 3": with_last("118/76 72 98 14", nausea=3, pain=7),
        "minimal, then a reading of 1": with_last("118/76 72 98 14", nausea=1, pain=3),
        "not known": leaving({"mpadss.nausea": UNKNOWN}),
    },
    "reversal": {
        "given, the time not asked": leaving(GIVEN),
        "given, the time not known": leaving({**GIVEN, "discharge.reversal_at": UNKNOWN}),
        "given 119 min ago": leaving(
            {**GIVEN, "discharge.reversal_at": answer("discharge.reversal_at", leaving(now="10:16").now)}
        ),
        "given 120 min ago": leaving(
            {**GIVEN, "discharge.reversal_at": answer("discharge.reversal_at", leaving(now="10:15").now)}
        ),
        "not known": leaving({"discharge.no_reversal": UNKNOWN}),
    },
    "waste": {
        "7 mg wasted of 40 mL given": leaving({"waste.wasted_mg": Decimal(7)}, events=PUMPED, signatures=(WITNESSED,)),
        "7 mg wasted, nobody has witnessed it": leaving({"waste.wasted_mg": Decimal(7)}, events=PUMPED),
        "0.1 mg missing": leaving({"waste.wasted_mg": Decimal("6.9")}, events=PUMPED),
        "0.04 mg missing": leaving({"waste.wasted_mg": Decimal("6.96")}, events=PUMPED),
        "0.1 mg too much": leaving({"waste.wasted_mg": Decimal("7.1")}, events=PUMPED),
        "wasted not known": leaving({"waste.wasted_mg": UNKNOWN}),
        "the pump's number not known": leaving(events=(STARTED, event(EventKind.STOPPED, "11:40"))),
        "while the pump runs": infusion(
            now="11:30", said={"waste.drawn_mg": Decimal(35), "waste.wasted_mg": Decimal(0)}
        ),
        "nothing recorded": infusion(now="11:30"),
    },
}
KEYS = {
    "routine": tuple(one.key for one in criteria.standings(AS_EVER)),
    "observed": ("min_time",),
    "vitals": ("vitals",),
    "spo2": ("spo2",),
    "scores": ("aldrete", "mpadss"),
    "words": ("mood", "escort", "understood", "oriented", "dissociation", "gait"),
    "comfort": ("nausea", "pain"),
    "reversal": ("reversal",),
    "waste": ("waste", "witness"),
}


def of_keys(here: Facts, keys: tuple[str, ...]) -> str:
    """The criteria of these keys, without those that stand as in the routine case."""
    told = [told_standing(one) for one in criteria.standings(here) if one.key in keys]
    return "\n".join(one for one in told if one not in ROUTINE or here is AS_EVER) or "as in the routine case"


NOT_MET = {"discharge.mood": False, "discharge.escort": False, "discharge.written": False, "discharge.iv_out": False}
LEAVING = {
    "everything met": leaving(),
    "the pump still runs": infusion(now="11:30"),
    "one criterion not met": leaving({"discharge.mood": False}),
    "four criteria not met": leaving(NOT_MET),
    "12 min too early": leaving(now="11:58"),
    "12 min too early and not met": leaving({"discharge.mood": False}, now="11:58"),
    "after a reversal agent": leaving(
        {**GIVEN, "discharge.reversal_at": answer("discharge.reversal_at", leaving(now="11:45").now)}
    ),
    "a cuff that was refused": leaving(readings=(after("118/76 72 98 14", "12:10", moaas=5),)),
    "one question open": infusion(
        *WATCHED, *SETS, now="12:15", events=PUMPED, said={k: v for k, v in DONE.items() if k != "discharge.mood"}
    ),
    "nothing answered": infusion(*WATCHED, *SETS, now="12:15", events=PUMPED),
    "nothing measured after the stop": leaving(readings=()),
    "an escalation": leaving(readings=(*SETS, after("205/100 72 98 14", "12:13", moaas=5))),
    "a repeat is due": leaving(readings=(*SETS, after("185/95 72 98 14", "12:13", moaas=5))),
}
DECIDED: dict[str, tuple[Facts, tuple[str, ...], Choice]] = {
    "a provider lets one pass": (leaving({"discharge.mood": False}), ("discharge.mood",), Choice.PROCEED),
    "a provider lets one of two pass": (
        leaving({"discharge.mood": False, "discharge.escort": False}),
        ("discharge.mood",),
        Choice.PROCEED,
    ),
    "a provider decides to wait": (leaving({"discharge.mood": False}), ("discharge.mood",), Choice.POSTPONE),
    "a provider lets the time pass": (leaving(now="11:58"), ("discharge.min_time",), Choice.PROCEED),
}
SCORES = {
    "ten and ten": leaving(),
    "nothing answered": infusion(now="12:15", events=PUMPED),
    "pressure 20 % off": with_last("142/76 72 98 14"),
    "pressure 50 % off": with_last("177/76 72 98 14"),
    "pressure 49 % off, pulse 40 % off": with_last("175/76 100 98 14"),
    "pulse more than 40 % off": with_last("118/76 101 98 14"),
    "SpO2 91": with_last("118/76 72 91 14"),
    "SpO2 90": with_last("118/76 72 90 14"),
    "SpO2 98 on oxygen": with_last("118/76 72 98 14", oxygen_l_min=Decimal(1)),
    "pain 6": with_last("118/76 72 98 14", pain=6, nausea=2),
    "pain 7": with_last("118/76 72 98 14", pain=7, nausea=3),
    "no baseline": facts(DONE, events=PUMPED, readings=SETS, now="12:15"),
    "no pulse after the stop": leaving(readings=(after("118/76", "12:10", spo2=98),)),
}


def verdict(here: Facts, decided: tuple[str, ...] = (), choice: Choice = Choice.PROCEED) -> str:
    found = evaluated(here, *decided, choice=choice)
    marks = ", ".join(f"{one.key} {one.met}" for one in recovery.criteria(here, found) if one.met != "met")
    return f"{told_verdict(recovery.discharge(here, found))}\n  not met: {marks or 'none'}"


def recovery_scores(here: Facts) -> str:
    return "\n".join(map(told_score, scores.scores(here)))


SAID: dict[str, Said] = {
    "criteria": {
        f"{topic}: {case}": partial(of_keys, here, KEYS[topic])
        for topic, cases in CRITERIA.items()
        for case, here in cases.items()
    },
    "discharge": said_by(recovery.findings, LEAVING),
    "leaving": {**said_of(verdict, LEAVING), **{case: partial(verdict, *told) for case, told in DECIDED.items()}},
    "scores": said_of(recovery_scores, SCORES),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_found_after_the_infusion_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])


def test_the_baseline_of_these_cases_is_the_usual_one() -> None:
    assert leaving().record.readings[0] == BASELINE
