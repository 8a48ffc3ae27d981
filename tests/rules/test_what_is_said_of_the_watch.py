"""Calls, repeats, sets that lack something and side effects that last, where several come together: word for word."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import Event, EventKind, Meaning
from checklist.rules import criteria, deterioration, monitoring, schedule, sets
from checklist.rules.facts import Facts
from checklist.times import written_time
from tests.approved import approved
from tests.rules.build import event, moment, signature, with_limit
from tests.rules.happening import side_effect
from tests.rules.leaving import WATCHED, leaving
from tests.rules.told import Said, said_by, said_of, told_due, told_standing
from tests.rules.visit import STARTED, after, during, infusion, recovery, with_effects

SET = "118/76 72 98 14"
BARE = "118/76 72 98"
WRONG_ARM = "cuff on the pump arm"


CALLS = {
    "three signs one after the other": infusion(
        during(SET, "11:00", symptoms=("seizure",)),
        during(SET, "11:08", symptoms=("chest_pain", "dry mouth")),
        during(SET, "11:10", symptoms=("apnoea",)),
    ),
    "an emergency sign, then another symptom": infusion(
        during(SET, "11:00", symptoms=("seizure",)), during(SET, "11:10", symptoms=("dry mouth",)), now="11:12"
    ),
    "heart rate 131, then 121": infusion(
        during(SET, "11:00"), during("", "11:08", hr=131), during("", "11:10", hr=121)
    ),
    "a struck set that had called for two signs, and a quiet one": infusion(
        during(SET, "11:00"),
        replace(during(SET, "11:06"), artefact="moved"),
        replace(during("206/110 135 98", "11:10"), artefact=WRONG_ARM),
        during(SET, "11:12"),
    ),
    "a struck reading after the stop": recovery(
        *WATCHED, replace(after("206/110", "11:50"), artefact=WRONG_ARM), now="11:52"
    ),
    "three repeats, the last of them after the stop": recovery(
        *WATCHED, during("", "11:22", hr=121), during("", "11:26", spo2=93), after("181/90", "11:45"), now="11:46"
    ),
    "both sets after the stop missed": recovery(*WATCHED, now="12:26"),
    "both sets after the stop missed, then one taken": recovery(*WATCHED, after(SET, "12:25"), now="12:26"),
    "one missed, where one is enough": infusion(
        during(SET, "11:00"), now="11:21", protocol=with_limit("escalate.missed_in_row", 1)
    ),
    "one missed where one is enough, then one taken": infusion(
        during(SET, "11:00"), during(SET, "11:20"), now="11:21", protocol=with_limit("escalate.missed_in_row", 1)
    ),
}
NEWS2 = {
    "every part but pressure": recovery(
        *WATCHED, after("118/76 92 94 24 39.5", "11:55", moaas=3, oxygen_l_min=Decimal(2))
    ),
    "pressure and temperature": recovery(*WATCHED, after("95/60 92 98 14 34.8", "11:55", moaas=5)),
    "called, then good again": recovery(
        *WATCHED, after("118/76 112 94 24 36.7", "11:55", moaas=5), after("118/76 72 98 14 36.7", "12:10", moaas=5)
    ),
}
SETS = {
    "one, during the infusion": infusion(during(BARE, "11:00"), now="11:02"),
    "three": infusion(during(BARE, "11:00"), during(f"{BARE} 14", "11:10"), during(BARE, "11:20"), now="11:22"),
    "one, after the stop": recovery(*WATCHED, after(BARE, "11:55"), now="11:56"),
    "dissociation with every second set of 7 min": infusion(
        *(during(SET, f"11:{minute}", moaas=5) for minute in ("00", "07", "14", "21")),
        now="11:22",
        protocol=with_limit("schedule.infusion_every", 7),
    ),
}

RESUMED = event(EventKind.RESUMED, "11:12", infused_ml="15", rate="60")
SLOWER = (STARTED, event(EventKind.PAUSED, "11:10", infused_ml="15"), RESUMED)
"""15 mL of 50 in ten minutes, then 60 mL/h: 35 mL more take 35 minutes from 11:12."""


def paused_again(*more: Event) -> tuple[Event, ...]:
    return (*SLOWER, event(EventKind.PAUSED, "11:20", infused_ml="23"), *more)


THREE_PAUSES = paused_again(event(EventKind.RESUMED, "11:22"), event(EventKind.PAUSED, "11:30", infused_ml="31"))
PLAN = {
    "at another rate": infusion(events=SLOWER, now="11:16"),
    "at another rate, paused for 5 min": infusion(events=paused_again(), now="11:25"),
    "at another rate, paused for 5 min, the counter higher than the bag": infusion(
        events=(*SLOWER, event(EventKind.PAUSED, "11:20", infused_ml="51")), now="11:25"
    ),
    "at another rate, paused for the third time": infusion(events=THREE_PAUSES, now="11:32"),
    "at another rate, paused for the third time, then the clock set back": infusion(events=THREE_PAUSES, now="11:28"),
    "at another rate, the counter not read at the pause": infusion(
        events=(*SLOWER, event(EventKind.PAUSED, "11:20")), now="11:25"
    ),
    "two sets as near": infusion(during(SET, "11:00"), during(SET, "11:08"), during(SET, "11:12"), now="11:13"),
    "SpO2 alone is no set": infusion(during("", "11:00", spo2=98), during("118/76", "11:10", spo2=98), now="11:12"),
    "left 7 min after a reading was due, nothing due since": recovery(
        now="12:03", signatures=(replace(signature(Meaning.DISCHARGE), at=moment("12:02")),)
    ),
    "every 15 min after the stop, a set 7 min off": recovery(after(SET, "12:02"), now="12:03"),
    "a symptom and a heart rate to repeat": infusion(
        during(SET, "11:00"), during("", "11:10", hr=121, symptoms=("dry mouth",)), now="11:12"
    ),
    "a repeat after the stop": recovery(*WATCHED, after("", "11:50", hr=121), now="11:56"),
}


def plan(here: Facts) -> str:
    end = schedule.predicted_end(here)
    repeats = [f"{told_due([one])}: repeat {one.repeats}" for one in schedule.repeats(here)]
    return "\n".join(
        [f"ends {written_time(end) if end else 'at no known time'}", told_due(schedule.planned(here)), *repeats]
    )


DIZZY = side_effect("dizziness", 2)
LASTING = {
    "dizzy, and walks with a steady gait": with_effects(leaving(), DIZZY),
    "dizzy and fell": with_effects(leaving(), DIZZY, side_effect("fall", 2, row="e2")),
    "dizzy, and walks with help": with_effects(leaving({"mpadss.ambulation": "1"}), DIZZY),
    "nausea and vomiting, and not asked of them": with_effects(
        recovery(*WATCHED, now="12:15"), side_effect("nausea", 2), side_effect("vomiting", 2, row="e2")
    ),
    "an allergic reaction and a fast heart": with_effects(
        leaving(), side_effect("allergic", 2), side_effect("fast_heart", 2, row="e2")
    ),
}


def lasting(here: Facts) -> str:
    """The criteria that a side effect speaks against."""
    return "\n".join(told_standing(one) for one in criteria.standings(here) if "not over" in one.detail)


SAID: dict[str, Said] = {
    "watch_calls": said_by(monitoring.findings, CALLS),
    "watch_news2": said_by(deterioration.findings, NEWS2),
    "watch_sets": said_by(sets.findings, SETS),
    "watch_plan": said_of(plan, PLAN),
    "watch_lasting": said_of(lasting, LASTING),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_said_of_the_watch_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
