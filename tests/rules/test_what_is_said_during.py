"""Every finding about the dose and the readings, the plan of readings, and why a start is refused: word for word."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from checklist.model import EventKind, Meaning, Reading, Sex, Value
from checklist.rules import deterioration, dose_warnings, monitoring, schedule
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.verdict import clearance
from checklist.snapshot import Finding, Record
from tests.approved import approved
from tests.rules.build import (
    BASELINE,
    PATIENT,
    UNKNOWN,
    answers,
    event,
    facts,
    moment,
    reading,
    ready,
    session,
    signature,
    with_setting,
)
from tests.rules.leaving import WATCHED
from tests.rules.told import Said, said_by, said_of, told_due
from tests.rules.visit import ORDER, STARTED, STOPPED, after, checked, during, infusion, recovery

CAME = "11:20"


def ordered(without: tuple[str, ...] = (), **changed: object) -> Facts:
    """The order with items changed: `ordered(mg="36")`, `ordered(("mg",))`."""
    said = {item: value for item, value in ORDER.items() if item.removeprefix("dose.") not in without}
    more = {name: changed.pop(name) for name in ("last", "visit", "patient", "now", "events") if name in changed}
    texts = ("weight_basis", "concentration", "diluent", "ordered_by")
    for name, value in changed.items():
        full = f"vitals.{name}" if name in ("weight", "height") else f"dose.{name}"
        said[full] = Decimal(value) if type(value) is str and name not in texts else value  # type: ignore[assignment]
    return facts(said, **more)  # type: ignore[arg-type]


def gave(mg_per_kg: str) -> Record:
    return Record(session(), answers=answers({"dose.mg_per_kg": Decimal(mg_per_kg)}), events=(STARTED,))


def pumped(*numbers: tuple[EventKind, str, str]) -> Facts:
    events = [event(kind, at, **({"infused_ml": shown} if shown else {})) for kind, at, shown in numbers]
    return ordered(events=(STARTED, *events), now="12:10")


DOSE = {
    "as usual": ordered(),
    "nothing ordered": facts({"vitals.weight": Decimal(70)}),
    "0.1 mg/kg": ordered(mg_per_kg="0.1", mg="7"),
    "0.099 mg/kg": ordered(mg_per_kg="0.099", mg="6.93"),
    "0.75 mg/kg": ordered(mg_per_kg="0.75", mg="52.5", total_ml="100"),
    "0.751 mg/kg": ordered(mg_per_kg="0.751", mg="52.57", total_ml="100"),
    "1 mg/kg for mood": ordered(mg_per_kg="1", mg="70", total_ml="100"),
    "1.001 mg/kg for mood": ordered(mg_per_kg="1.001", mg="70.07", total_ml="100"),
    "2 mg/kg in an hour": ordered(mg_per_kg="2", mg="140", minutes="60", total_ml="100"),
    "2.001 mg/kg in an hour": ordered(mg_per_kg="2.001", mg="140.07", minutes="60", total_ml="100"),
    "2.001 mg/kg in more than an hour": ordered(mg_per_kg="2.001", mg="140.07", minutes="61", total_ml="100"),
    "200 mg": ordered(mg_per_kg="2", mg="200", weight="100", total_ml="100"),
    "200.1 mg": ordered(mg_per_kg="2", mg="200.1", weight="100", total_ml="100"),
    "201 mg, minutes not known": ordered(("minutes",), mg_per_kg="2", mg="201", weight="100", total_ml="100"),
    "only mg ordered, weight known": ordered(("mg_per_kg",), mg="75"),
    "only mg ordered, weight not known": ordered(("mg_per_kg",), mg="201", weight=UNKNOWN),
    "only mg/kg ordered": ordered(("mg",), mg_per_kg="1.2"),
    "over 40 minutes": ordered(minutes="40"),
    "over 39 minutes": ordered(minutes="39"),
    "over 30 minutes": ordered(minutes="30"),
    "over 29 minutes": ordered(minutes="29"),
    "raised by a quarter": ordered(mg_per_kg="0.5", last=gave("0.4")),
    "raised by more than a quarter": ordered(mg_per_kg="0.501", mg="35.07", last=gave("0.4")),
    "raised by 0.25 mg/kg": ordered(mg_per_kg="1.25", mg="87.5", total_ml="100", last=gave("1")),
    "raised by more than 0.25 mg/kg": ordered(mg_per_kg="1.251", mg="87.57", total_ml="100", last=gave("1")),
    "lowered": ordered(mg_per_kg="0.3", mg="21", last=gave("1")),
    "2.5 mg and more than 5 % over the arithmetic": ordered(mg="37.5"),
    "2.6 mg over the arithmetic": ordered(mg="37.6"),
    "5 % under the arithmetic": ordered(mg="33.25"),
    "more than 5 % under the arithmetic": ordered(mg="33.2"),
    "2.6 mg over, under 5 %": ordered(mg_per_kg="1", mg="72.6", total_ml="100"),
    "ideal weight without a height": ordered(weight_basis="ideal", height=UNKNOWN),
    "ideal weight of a small woman": ordered(weight_basis="ideal", height="150"),
    "adjusted weight of somebody of no known sex": ordered(
        weight_basis="adjusted", height="170", patient=replace(PATIENT, sex=Sex.OTHER)
    ),
    "100 mg/mL undiluted": ordered(concentration="100", diluent="none"),
    "100 mg/mL, diluent not known": ordered(concentration="100", diluent=UNKNOWN),
    "100 mg/mL in dextrose": ordered(concentration="100", diluent="dextrose"),
    "50 mg/mL undiluted": ordered(concentration="50", diluent="none"),
    "a bag as large as the drug": ordered(concentration="10", total_ml="3.5"),
    "a bag smaller than the drug": ordered(concentration="10", total_ml="3.4"),
    "an empty bag": ordered(total_ml="0"),
    "a bag of half a millilitre": ordered(total_ml="0.5"),
    "a bag of half a millilitre, nothing else ordered": ordered(("mg", "mg_per_kg", "minutes"), total_ml="0.5"),
    "a weight typed in pounds": ordered(weight="70.0346", mg="40"),
    "the fastest usual pump rate": ordered(total_ml="400"),
    "the slowest usual pump rate": ordered(total_ml="10", minutes="60"),
    "the fastest possible pump rate": ordered(total_ml="800"),
    "a pump rate that is unusual": ordered(total_ml="500"),
    "a pump rate that cannot be": ordered(total_ml="1000", minutes="20"),
    "a pump rate that is too slow": ordered(total_ml="10", minutes="240"),
    "the vial expires today": ordered(expiry=date(2026, 11, 18)),
    "the vial expired yesterday": ordered(expiry=date(2026, 11, 17)),
    "the pump gave the bag": pumped((EventKind.STOPPED, "11:40", "50")),
    "the pump gave more than the bag": pumped((EventKind.STOPPED, "11:40", "50.1")),
    "the pump counted backwards": pumped((EventKind.PAUSED, "11:10", "20"), (EventKind.STOPPED, "11:40", "19")),
    "the pump was cleared in a pause": pumped(
        (EventKind.PAUSED, "11:10", "20"), (EventKind.RESUMED, "11:12", "0"), (EventKind.STOPPED, "11:40", "40")
    ),
    "the pump's number is not known": pumped((EventKind.STOPPED, "11:40", "")),
}

SET = "118/76 72 98 14 36.7"


def seen(*readings: Reading, **more: object) -> Facts:
    """The infusion with its first set taken, so that nothing was missed in a row."""
    return infusion(during(SET, "11:00"), *readings, **more)  # type: ignore[arg-type]


def left_alone(*readings: Reading, said: Mapping[str, Value] | None = None) -> Facts:
    """After the stop, with every set until the stop."""
    return recovery(*WATCHED, *readings, said=said)


MONITORING = {
    "nothing taken": infusion(),
    "all as before": seen(during(SET, "11:10")),
    "180/110 is the most": seen(during("180/110", "11:10")),
    "181 once": seen(during("181/90", "11:10")),
    "diastolic 111 once": seen(during("170/111", "11:10")),
    "181, the repeat was due": seen(during("181/90", "11:10"), now="11:16"),
    "181, the repeat is due this minute": seen(during("181/90", "11:10"), now="11:15"),
    "high for 4 min": seen(during("181/90", "11:10"), during("182/90", "11:14")),
    "high for 5 min": seen(during("181/90", "11:10"), during("182/90", "11:15")),
    "high, good, high": seen(during("181/90", "11:05"), during("150/90", "11:10"), during("182/90", "11:15")),
    "200/120 once": seen(during("200/120", "11:10")),
    "201 once": seen(during("201/90", "11:10")),
    "diastolic 121 once": seen(during("170/121", "11:10")),
    "201, then 185": seen(during("201/90", "11:10"), during("185/90", "11:12")),
    "201, then good": seen(during("201/90", "11:10"), during("130/80", "11:15")),
    "181 with a symptom": seen(during("181/90", "11:10", symptoms=("seizure",))),
    "181 with another symptom": seen(during("181/90", "11:10", symptoms=("dry mouth",))),
    "systolic 90": seen(during("90/60", "11:10")),
    "systolic 90 with a symptom": seen(during("90/60", "11:10", symptoms=("dizzy",))),
    "systolic 80": seen(during("80/50", "11:10")),
    "systolic alone, 80": seen(during("", "11:10", sbp=80)),
    "systolic 80, then 110": seen(during("80/50", "11:10"), during("110/70", "11:15")),
    "heart rate 120": seen(during("", "11:10", hr=120)),
    "heart rate 121": seen(during("", "11:10", hr=121)),
    "heart rate 121 for 5 min with a symptom": seen(
        during("", "11:10", hr=121), during("", "11:15", hr=122, symptoms=("flushed",))
    ),
    "heart rate 121 for 4 min with a symptom": seen(
        during("", "11:10", hr=121), during("", "11:14", hr=122, symptoms=("flushed",))
    ),
    "heart rate 121 for 5 min without a symptom": seen(during("", "11:10", hr=121), during("", "11:15", hr=122)),
    "heart rate 131": seen(during("", "11:10", hr=131)),
    "heart rate 40": seen(during("", "11:10", hr=40)),
    "heart rate 50": seen(during("", "11:10", hr=50)),
    "saturation 93": seen(during("", "11:10", spo2=93)),
    "saturation 89": seen(during("", "11:10", spo2=89)),
    "saturation 91 on oxygen": seen(during("", "11:10", spo2=91, oxygen_l_min=Decimal(2))),
    "saturation 92 on oxygen": seen(during("", "11:10", spo2=92, oxygen_l_min=Decimal(2))),
    "saturation 98 on oxygen": seen(during("", "11:10", spo2=98, oxygen_l_min=Decimal(2))),
    "breathing 9": seen(during("", "11:10", rr=9)),
    "breathing 30": seen(during("", "11:10", rr=30)),
    "MOAA/S 3": seen(during("", "11:10", moaas=3)),
    "MOAA/S 2": seen(during("", "11:10", moaas=2)),
    "dissociation 3": seen(during("", "11:10", dissociation=3)),
    "nausea 2": seen(during("", "11:10", nausea=2)),
    "an emergency sign": seen(during("", "11:10", symptoms=("chest_pain", "dry mouth"))),
    "a symptom outside the list": seen(during("", "11:10", symptoms=("dry mouth",))),
    "a symptom that is gone": seen(during("", "11:10", symptoms=("seizure",)), during("118/76", "11:15")),
    "39 over the baseline": seen(during("157/76", "11:10")),
    "40 over the baseline": seen(during("158/76", "11:10")),
    "diastolic 25 over the baseline": seen(during("130/101", "11:10")),
    "both over the baseline": seen(during("160/105", "11:10")),
    "over the baseline and high": seen(during("185/90", "11:10")),
    "two repeats": seen(during("181/90", "11:05"), during("", "11:10", hr=121)),
    "three repeats, the last not good": seen(
        during("181/90", "11:02"), during("150/90", "11:07"), during("", "11:10", hr=121), during("", "11:14", spo2=93)
    ),
    "three repeats, all good again": seen(
        during("181/90", "11:02"), during("", "11:10", hr=121), during("", "11:14", spo2=93), during(SET, "11:20")
    ),
    "one missed": infusion(now="11:11"),
    "two missed in a row": infusion(now="11:21"),
    "two missed, then one taken": infusion(during(SET, "11:20"), now="11:21"),
    "two missed after the stop": recovery(during(SET, "11:00"), during(SET, "11:40"), now="12:11"),
    "after the stop, 185": left_alone(after("185/90", "11:55")),
    "after the stop, 201": left_alone(after("201/90", "11:55")),
    "NEWS2 of 4": left_alone(after("118/76 92 94 24 36.7", "11:55", moaas=5)),
    "NEWS2 of 5": left_alone(after("118/76 112 94 24 36.7", "11:55", moaas=5)),
    "NEWS2 of at least 5": left_alone(after("118/76 112 94 24", "11:55")),
    "a single 3": left_alone(after("118/76 72 98 25 36.7", "11:55", moaas=5)),
    "a 3 of consciousness alone": left_alone(after("118/76 72 98 14 36.7", "11:55", moaas=3)),
    "the target of 88 to 92 %": left_alone(
        after("118/76 92 84 24 36.7", "11:55", moaas=5), said={"cond.lung": True, "cond.spo2_scale2": True}
    ),
    "NEWS2 only looks after the stop": seen(during("118/76 112 94 24 36.7", "11:10", moaas=5)),
    "no baseline": facts(ORDER, now=CAME, readings=(during("160/80", "11:10"),), events=(STARTED,)),
}

EARLY = session("10:42")
READY_TO_START = ready({**ORDER, "vitals.weight": Decimal(70), "dose.diluent": "saline"})


def about_to_start(*changes: str, **more: object) -> Facts:
    """Cleared, signed, checked; `changes` are items of the order that are not answered."""
    said = {item: value for item, value in READY_TO_START.items() if item not in changes}
    base = {"readings": (BASELINE,), "visit": EARLY, "signatures": (signature(Meaning.CHECKED),)}
    return facts(said, **{**base, **more})  # type: ignore[arg-type]


BOTH = with_setting("provider_signature", "always")
START = {
    "everything done": checked(about_to_start()),
    "planned in 5 min": checked(about_to_start(visit=session("10:47"))),
    "planned in 6 min": checked(about_to_start(visit=session("10:49"))),
    "planned tomorrow": checked(about_to_start(visit=session("2026-11-19 09:00"))),
    "ended": about_to_start(events=(event(EventKind.ENDED, "10:30"),)),
    "already started": about_to_start(events=(event(EventKind.STARTED, "10:30"),)),
    "not signed": checked(about_to_start(signatures=())),
    "the provider must sign, too": checked(about_to_start(protocol=BOTH)),
    "the provider has signed, too": checked(
        about_to_start(protocol=BOTH, signatures=(signature(Meaning.CHECKED), signature(Meaning.PROVIDER_CLEARED)))
    ),
    "not cleared": checked(about_to_start("identity.name")),
    "two parts of the order open": about_to_start("dose.mg", "dose.minutes"),
    "nobody has checked": about_to_start(),
    "the second person did not agree": checked(about_to_start(), agrees=False),
    "the set is old": checked(about_to_start(readings=(reading("118/76 72 98 14 36.7", "10:11"),))),
}


def blockers(here: Facts) -> str:
    found = evaluate(here)
    return "\n".join(dose_warnings.start_blockers(here, clearance(here, found), found)) or "nothing"


FROM_START = with_setting("observation_from", "start")
LEFT = replace(signature(Meaning.DISCHARGE), at=moment("12:02"))
PAUSED = (STARTED, event(EventKind.PAUSED, "11:10"), event(EventKind.RESUMED, "11:15"))
PLAN = {
    "not started": facts(ORDER),
    "just started": infusion(now="11:00"),
    "a reading due for 5 min": infusion(during(SET, "11:00"), now="11:15"),
    "a reading late": infusion(during(SET, "11:00"), now="11:16"),
    "taken 5 min off the time": infusion(during(SET, "11:05"), now="11:06"),
    "a repeat of one number": infusion(during("130/80", "11:10"), now="11:12"),
    "two sets for one time": infusion(during(SET, "11:08"), during(SET, "11:11"), now="11:12"),
    "a pause of 5 min": infusion(events=PAUSED, now="11:20"),
    "a pause that goes on": infusion(events=PAUSED[:2], now="11:20"),
    "two pauses of 5 and 3 min": infusion(
        events=(*PAUSED, event(EventKind.PAUSED, "11:20"), event(EventKind.RESUMED, "11:23")), now="11:25"
    ),
    "no minutes ordered": infusion(said={"dose.minutes": UNKNOWN}, now="11:12"),
    "past the end": infusion(now="11:52"),
    "stopped as planned": recovery(now="11:41"),
    "stopped 4 min after a reading": infusion(events=(STARTED, event(EventKind.STOPPED, "11:24")), now="11:25"),
    "stopped 5 min after a reading": infusion(events=(STARTED, event(EventKind.STOPPED, "11:25")), now="11:26"),
    "observed past the minimum": recovery(now="12:20"),
    "left 7 min after a reading was due": recovery(now="13:00", signatures=(LEFT,)),
    "left 5 min after a reading was due": recovery(now="13:00", signatures=(replace(LEFT, at=moment("12:00")),)),
    "observed from the start": recovery(now="12:00", protocol=FROM_START),
}


def plan(here: Facts) -> str:
    clock, end = schedule.clocks(here), schedule.predicted_end(here)
    if clock is None:
        return "no plan"
    minute = timedelta(minutes=1)
    ready_at = f"{clock.ready_at.local:%H:%M}" if clock.ready_at else "not known"
    told = f"observed {clock.observed / minute:g} of {clock.needed / minute:g} min, ready at {ready_at}"
    next_due = f"next {clock.next_due.at.local:%H:%M}" if clock.next_due else "none next"
    still = schedule.paused_for(here) / minute
    ends = f"ends {end.local:%H:%M}" if end else "no end"
    return f"{told}, {next_due}, {ends}, paused {still:g} min\n{told_due(schedule.planned(here))}"


def watched(here: Facts) -> Iterator[Finding]:
    yield from monitoring.findings(here)
    yield from deterioration.findings(here)


SAID: dict[str, Said] = {
    "dose": said_by(dose_warnings.findings, DOSE),
    "monitoring": said_by(watched, MONITORING),
    "start": said_of(blockers, START),
    "plan": said_of(plan, PLAN),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_found_during_the_infusion_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])


def test_the_last_stop_counts_for_the_plan() -> None:
    assert schedule.stopped(recovery()) == STOPPED.at
