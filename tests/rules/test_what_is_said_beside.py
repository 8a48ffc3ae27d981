"""What happened, was filled in, or was said on the telephone, word for word: see tests/approved.py."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from checklist.model import Answer, EventKind, StampKind
from checklist.rules import closing, departure, escalation, escort, events, followup, forms, serious
from checklist.rules.facts import Facts
from checklist.times import written_time
from tests.approved import approved
from tests.rules.build import (
    DECLINED,
    NOT_APPLICABLE,
    PROTOCOL,
    UNKNOWN,
    Said,
    answer,
    event,
    facts,
    moment,
    session,
    with_limit,
    with_setting,
)
from tests.rules.calling import called
from tests.rules.happening import side_effect, stamp, with_stamps
from tests.rules.limits_of_course import filled, totals_before
from tests.rules.scenes import BAD_CALL, said_as
from tests.rules.told import Said as Texts
from tests.rules.told import said_by, said_of, told
from tests.rules.visit import STARTED, STOPPED, after, during, infusion, recovery, with_effects

LEFT = replace(event(EventKind.ENDED, "12:00"), detail={"kind": "left_ama", "reason": "ran out"})


# ---- conditions with a date


def had(item: str, when: Said | Answer, *, typed: str = "") -> Facts:
    key = f"{item}_when"
    said = when if isinstance(when, Answer) else answer(key, when)
    return facts({item: "event", key: replace(said, typed=typed) if typed else said})


DATED = {
    "a stroke a day less than three months ago": had("cond.brain", date(2026, 8, 19)),
    "a stroke three months ago": had("cond.brain", date(2026, 8, 18)),
    "a heart attack 41 days ago": had("cond.cardiac", date(2026, 10, 8)),
    "a heart attack 42 days ago": had("cond.cardiac", date(2026, 10, 7)),
    "a month, taken for its last day": had("cond.brain", date(2026, 8, 31), typed="Aug 2026"),
    "a date to come": had("cond.cardiac", date(2026, 12, 1)),
    "a date today": had("cond.cardiac", date(2026, 11, 18)),
    "not known": had("cond.brain", UNKNOWN),
    "declined": had("cond.cardiac", answer("cond.cardiac_when", DECLINED, reason="Too long ago")),
    "not applicable, with a reason": had("cond.brain", answer("cond.brain_when", NOT_APPLICABLE, reason=" Factor X. ")),
    "not applicable, without a reason": had("cond.brain", answer("cond.brain_when", NOT_APPLICABLE, reason=" ")),
    "not asked yet": facts({"cond.brain": "event"}),
    "no event": facts({"cond.brain": "no", "cond.brain_when": date(2026, 11, 1)}),
    "both": facts(
        {
            "cond.brain": "event",
            "cond.brain_when": date(2019, 1, 1),
            "cond.cardiac": "event",
            "cond.cardiac_when": UNKNOWN,
        }
    ),
}


# ---- questionnaires


def visit(number: int, said: Mapping[str, Said] | None = None, *totals: int | None, **more: object) -> Facts:
    """Infusion `number`, after visits with these PHQ-9 totals."""
    here = facts(said, visit=session(number=number, **more))  # type: ignore[arg-type]
    return replace(here, past=totals_before(*totals)) if totals else here


GAD7 = {f"gad7.{place}": "3" for place in range(1, 8)}
ASQ_NO: dict[str, Said] = {f"asq.{place}": False for place in (1, 2, 3, 4)}
DONE = {**filled(12), **GAD7}
FORMS = {
    "before infusion 1": visit(1),
    "before infusion 1 of another course": visit(1, {}, 20, None),
    "before infusion 2, done before 1": visit(2, {}, 20),
    "before infusion 3, done before 1": visit(3, {}, 20, None),
    "before infusion 5, done before 3": visit(5, {}, 20, None, 18, None),
    "before infusion 5, not done since 1": visit(5, {}, 20, None, None, None),
    "before infusion 6, done before 3": visit(6, {}, 20, None, 18, None, None),
    "for pain": replace(visit(1), record=replace(visit(1).record, session=replace(session(), indication="pain"))),
    "while the pump runs": facts(events=(STARTED,)),
    "the visit has ended": facts(events=(event(EventKind.ENDED, "10:30"),)),
    "both filled in": visit(1, DONE),
    "three answers open": visit(1, {**DONE, "phq9.2": UNKNOWN, "gad7.1": DECLINED, "gad7.7": NOT_APPLICABLE}),
    "as at first": visit(3, filled(12), 12, None),
    "8 below the first": visit(3, filled(12), 20, None),
    "half of the first": visit(3, filled(10), 20, None),
    "remission": visit(3, filled(4), 20, None),
    "4 above the first": visit(3, filled(14), 10, None),
    "5 above the first": visit(3, filled(15), 10, None),
    "no response after 6": visit(7, filled(19), 20, None, 18, None, None, 19, total=12),
    "partial response after 6": visit(7, filled(15), 20, None, 18, None, None, 19, total=12),
    "thoughts of death, the screen not asked": visit(2, {"phq9.9": "1"}, 20),
    "thoughts of death, the screen negative": visit(2, {"phq9.9": "3", **ASQ_NO}, 20),
    "thoughts of death, the screen positive": visit(2, {"phq9.9": "2", **ASQ_NO, "asq.2": True, "asq.5": False}, 20),
    "thoughts of death not known": visit(2, {"phq9.9": UNKNOWN, **ASQ_NO}, 20),
    "thoughts of death declined": visit(2, {"phq9.9": DECLINED, **ASQ_NO}, 20),
    "thoughts of death, not applicable": visit(2, {"phq9.9": NOT_APPLICABLE, **ASQ_NO}, 20),
    "STOP-Bang 2": visit(2, {"scores.stop_bang": Decimal(2)}, 20),
    "STOP-Bang 3": visit(2, {"scores.stop_bang": Decimal(3)}, 20),
    "STOP-Bang 5": visit(2, {"scores.stop_bang": Decimal(5)}, 20),
    "STOP-Bang 5, treated": visit(
        2, {"scores.stop_bang": Decimal(5), "cond.sleep_apnoea": True, "cond.cpap_used": True}, 20
    ),
    "STOP-Bang 5, no CPAP": visit(
        2, {"scores.stop_bang": Decimal(5), "cond.sleep_apnoea": True, "cond.cpap_used": False}, 20
    ),
    "PCL-5 32": visit(2, {"scores.pcl5": Decimal(32)}, 20),
    "PCL-5 33": visit(2, {"scores.pcl5": Decimal(33)}, 20),
}


def each_form(here: Facts) -> str:
    """What the papers show of both forms, then what is found."""
    views = (
        f"{one.name}: {one.total} of {one.highest}, {one.band or 'no band'}; open {one.open}; "
        f"{one.course or 'no course'}; {one.last or 'never'}; {one.due or 'not due'}"
        for one in forms.questionnaires(here)
    )
    return "\n".join((*views, told(forms.findings(here))))


# ---- what happens

WORRY = stamp(StampKind.WORRY, "11:12")
GREY = stamp(StampKind.WORRY, "11:15", words="grey")
ILL = stamp(StampKind.HELP_ASKED, "11:13", words="feels ill")
HEADACHE = side_effect("headache", 3)
CALLS = {
    "nothing": infusion(),
    "a worry": with_stamps(infusion(), WORRY),
    "a worry struck out": with_stamps(infusion(), replace(WORRY, removed=True)),
    "two worries": with_stamps(infusion(), WORRY, GREY),
    "three worries, after the pump": with_stamps(recovery(), WORRY, GREY, stamp(StampKind.WORRY, "11:50")),
    "a patient asks for help before the start": with_stamps(facts(), ILL),
    "an emergency": with_stamps(infusion(), stamp(StampKind.EMS_CALLED, "11:14"), stamp(StampKind.SHOCK, "11:16")),
    "a severe side effect": with_effects(infusion(), HEADACHE),
    "a severe side effect over": with_effects(infusion(), side_effect("headache", 3, ended="11:30")),
    "two severe side effects, one over": with_effects(
        recovery(), side_effect("headache", 3, ended="11:30"), side_effect("fall", 4, row="e2")
    ),
    "two severe side effects": with_effects(infusion(), HEADACHE, side_effect("fall", 4, row="e2")),
    "a side effect that the protocol no longer has": with_effects(infusion(), side_effect("hiccup", 3)),
    "a side effect of grade 2": with_effects(infusion(), side_effect("headache", 2)),
    "craving": with_effects(recovery(), side_effect("craving", 2, action="talked")),
    "craving, grade 1": with_effects(recovery(), side_effect("craving", 1)),
    "craving, nothing written": with_effects(recovery(), side_effect("craving", 3)),
}

NO: dict[str, Said] = {f"serious.{name}": False for name in serious.QUESTIONS}
TOLD: dict[str, Said] = {"serious.provider_at": moment("11:20")}
EVENTS = {
    "not asked": recovery(),
    "all open": with_effects(recovery(), HEADACHE),
    "two open": with_effects(
        recovery(said={key: said for key, said in NO.items() if key not in ("serious.life", "serious.other")}), HEADACHE
    ),
    "all no": with_effects(recovery(said=NO), HEADACHE),
    "one yes": with_effects(recovery(said={**NO, "serious.life": True}), HEADACHE),
    "two yes, the provider knows": with_effects(
        recovery(said={**NO, "serious.life": True, "serious.hospital": True, **TOLD}), HEADACHE
    ),
    "one not known": with_effects(recovery(said={**NO, "serious.hospital": UNKNOWN}), HEADACHE),
    "declined and not applicable": with_effects(
        recovery(said={**NO, "serious.birth": NOT_APPLICABLE, "serious.other": DECLINED}), HEADACHE
    ),
    "a yes beside one not known": with_effects(
        recovery(said={**NO, "serious.life": True, "serious.hospital": UNKNOWN}), HEADACHE
    ),
    "a yes beside open ones": with_effects(recovery(said={"serious.life": True}), HEADACHE),
    "an emergency": with_stamps(recovery(), stamp(StampKind.CPR_STARTED, "11:14")),
    "an escalation without treatment": recovery(during("205/121 90 98 14", "11:20")),
    "an escalation and oxygen": recovery(
        during("205/121 90 98 14", "11:20"), after("150/90 88 95 14", "11:50", oxygen_l_min=2)
    ),
    "an escalation and a reversal": recovery(
        during("205/121 90 98 14", "11:20"), said={"discharge.no_reversal": "given"}
    ),
    "oxygen alone": recovery(after("150/90 88 95 14", "11:50", oxygen_l_min=2)),
    "a call for help and oxygen": with_stamps(recovery(after("150/90 88 95 14", "11:50", oxygen_l_min=2)), ILL),
    "a worry and oxygen": with_stamps(recovery(after("150/90 88 95 14", "11:50", oxygen_l_min=2)), WORRY),
}

FIRST = stamp(StampKind.ESCORT_CALL, "11:45", result="no_answer", number="555-010-0142")
MESSAGE = stamp(StampKind.ESCORT_CALL, "12:00", result="message_left")
REACHED = stamp(StampKind.ESCORT_CALL, "12:05", result="reached", number="555-010-0142")
ESCORT = {
    "no call": recovery(),
    "one call, 29 min ago": with_stamps(recovery(now="12:14"), FIRST),
    "two calls, 30 min since the first": with_stamps(recovery(now="12:15"), FIRST, MESSAGE),
    "reached at last": with_stamps(recovery(), FIRST, MESSAGE, REACHED),
    "reached, then not": with_stamps(recovery(), FIRST, REACHED, stamp(StampKind.ESCORT_CALL, "12:08", result="odd")),
    "a call of which nothing more is known": with_stamps(recovery(), stamp(StampKind.ESCORT_CALL, "12:00")),
    "the escort is here": with_stamps(recovery(said={"discharge.escort": True}), FIRST),
    "the escort is not here": with_stamps(recovery(said={"discharge.escort": False}), FIRST),
    "before the start": with_stamps(facts(), stamp(StampKind.ESCORT_CALL, "10:20", result="wrong_number")),
    "another limit": with_stamps(recovery(now="12:15", protocol=with_limit("escort.decide_after", 60)), FIRST),
}

LEAVING = stamp(StampKind.LEAVING, "11:55")
ABLE: dict[str, Said] = dict.fromkeys(departure.CAPACITY, True)
AWAKE = after("118/76 72 98 14", "11:50", moaas=5, dissociation=1)
DROWSY = after("118/76 72 98 14", "11:50", moaas=4)


def wants(*readings: object, said: Mapping[str, Said | Answer] | None = None) -> Facts:
    return with_stamps(recovery(*readings, said={**ABLE, **(said or {})}), LEAVING)  # type: ignore[arg-type]


def recorded(missing: int) -> dict[str, Said | Answer]:
    """Answers to the points of the form, the last ones missing."""
    asked = [item for item in PROTOCOL.items() if item.id.startswith("ama.")]
    first = {item: item.options[0].id if item.options else "yes" for item in asked}
    return {str(item.id): said_as(item, first[item]) for item in asked[: len(asked) - missing]}


DEPARTURE = {
    "a patient who stays": recovery(AWAKE),
    "awake and able": wants(AWAKE),
    "nothing asked": with_stamps(recovery(AWAKE), LEAVING),
    "drowsy": wants(DROWSY),
    "drowsy, then awake": wants(DROWSY, after("118/76 72 98 14", "12:05", moaas=5)),
    "dissociated": wants(after("118/76 72 98 14", "11:50", moaas=5, dissociation=2)),
    "sedation not recorded": wants(after("118/76 72 98 14", "11:50")),
    "does not choose": wants(AWAKE, said={"ama.choose": False}),
    "two points not shown": wants(AWAKE, said={"ama.reason": UNKNOWN, "ama.appreciate": NOT_APPLICABLE}),
    "drowsy and unable": wants(DROWSY, said={"ama.choose": False}),
    "four points to record": wants(AWAKE, said=recorded(4)),
    "three points to record": wants(AWAKE, said=recorded(3)),
    "all recorded": wants(AWAKE, said=recorded(0)),
    "before the start": with_stamps(facts(ABLE), LEAVING),
    "has left": recovery(AWAKE, events=(STARTED, STOPPED, LEFT)),
}

CLOSING = {
    "leaves as the clinic closes": facts(visit=session("16:50")),
    "leaves a minute later": facts(visit=session("16:51")),
    "arrived late": facts({"arrival.at": session("17:05").planned}, visit=session("17:30"), now="17:10"),
    "an order of 90 minutes": facts({"dose.minutes": Decimal(90)}, visit=session("16:30")),
    "while the pump runs": infusion(protocol=with_limit("schedule.closing_hour", 12)),
    "after the pump": recovery(protocol=with_limit("schedule.closing_hour", 12)),
    "the visit has ended": facts(visit=session("17:30"), events=(event(EventKind.ENDED, "10:30"),)),
    "observed from the start": facts(visit=session("16:01"), protocol=with_setting("observation_from", "start")),
    "closes at midnight": facts(visit=session("23:30"), protocol=with_limit("schedule.closing_hour", 24)),
}


# ---- the follow-up call

FINE: dict[str, Said] = {"call.reached": "patient", "call.felt": "better", "call.told": "not_needed"}
MISSED: dict[str, Said] = {"call.reached": "no_answer"}
WORSE: dict[str, Said] = {**FINE, "call.felt": "worse", "call.told": "not_yet"}
ONE_UNKNOWN: dict[str, Said] = {**FINE, "call.concern": True, "call.asq1": False, "call.asq2": UNKNOWN}
CALLED = {
    "nobody called yet": called(),
    "the morning is not come": called(now="2026-11-19 06:39"),
    "too late": called(now="2026-11-21 12:41"),
    "a good day": called(FINE),
    "once without an answer": called(MISSED),
    "three times without an answer": called(MISSED, MISSED, MISSED),
    "three times, then a letter": called(MISSED, MISSED, MISSED, {"call.reached": "letter"}),
    "much to tell": called(BAD_CALL),
    "told at the second call": called(WORSE, {**FINE, "call.told": "told", "call.told_who": "Dr. A. Menon"}),
    "told, nobody named": called({**WORSE, "call.told": "told"}),
    "one question of the screen not known": called(ONE_UNKNOWN),
    "nausea declined": called({**FINE, "call.nausea": DECLINED}),
    "what the escort is not asked": called({**FINE, "call.reached": "escort", "call.born": DECLINED}),
    "the diastolic alone": called({**FINE, "call.dbp": Decimal(100)}),
    "never infused": facts(),
}


def call(here: Facts) -> str:
    found = followup.follow_up(here)
    if found is None:
        return "no call"
    ends = f"{found.due_from.local:%d-%b} {written_time(found.due_from)} to {found.due_until.local:%d-%b %H:%M}"
    return f"{found.state}, {ends}\n{told(found.findings)}"


def next_visit(here: Facts, now: str = "2026-11-25 10:42") -> Facts:
    return facts(visit=session("2026-11-25 11:00", number=2), now=now, last=here.record, course=(here.record,))


NEXT = {
    "nobody called": next_visit(called()),
    "nobody called, its time not over": next_visit(called(), now="2026-11-21 12:40"),
    "nobody called, its time over after the start": facts(
        visit=session("2026-11-21 11:00", number=2),
        now="2026-11-21 13:00",
        last=called().record,
        events=(event(EventKind.STARTED, "2026-11-21 11:00"),),
    ),
    "a good day": next_visit(called(FINE)),
    "much to tell": next_visit(called(BAD_CALL)),
    "never reached": next_visit(called(MISSED)),
    "no visit before": facts(),
    "a visit without an infusion before": next_visit(facts()),
}

SAID: dict[str, Texts] = {
    "dated": said_by(events.findings, DATED),
    "questionnaires": said_of(each_form, FORMS),
    "escalation": said_by(escalation.findings, CALLS),
    "serious": said_by(serious.findings, EVENTS),
    "escort": said_by(escort.findings, ESCORT),
    "departure": said_by(departure.findings, DEPARTURE),
    "closing": said_by(closing.findings, CLOSING),
    "call": said_of(call, CALLED),
    "next_visit": said_by(followup.findings, NEXT),
}


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in SAID.items() for case in cases])
def test_what_is_found_beside_is_said_word_for_word(name: str, case: str) -> None:
    assert SAID[name][case]() == approved(name)[case]


@pytest.mark.parametrize("name", SAID)
def test_every_approved_text_still_has_its_case(name: str) -> None:
    assert list(approved(name)) == list(SAID[name])
