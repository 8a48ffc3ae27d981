"""A finding names the source of the limit that made it, whatever the clinic's file cites there."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.protocol import Protocol
from checklist.rules import (
    asked,
    baseline,
    closing,
    consent,
    criteria,
    deterioration,
    dose_warnings,
    escalation,
    escort,
    events,
    fasting,
    followup,
    forms,
    interval,
    labs,
    monitoring,
    sets,
)
from checklist.rules import screening as age
from checklist.rules.facts import Facts
from checklist.snapshot import Finding
from tests.rules import limits
from tests.rules import test_what_is_said_beside as beside
from tests.rules.build import PROTOCOL, answer, facts, moment, reading, session, with_setting
from tests.rules.calling import called
from tests.rules.happening import side_effect
from tests.rules.leaving import leaving
from tests.rules.test_what_is_said_during import gave, ordered, seen
from tests.rules.visit import after, during, infusion, recovery, with_effects

CODE, TITLE = "S:NEWS2-SC", "NEWS2 (RCP 2017)"


def cites(*keys: str) -> Protocol:
    """The shipped protocol, in which these limits cite one source and all others are clinic policy."""
    limits_of = {key: replace(one, source=CODE if key in keys else "P") for key, one in PROTOCOL.limits.items()}
    return replace(PROTOCOL, limits=limits_of)


def cited(here: Facts, *keys: str) -> Facts:
    return replace(here, protocol=replace(cites(*keys), settings=here.protocol.settings))


Rule = Callable[[Facts], Iterable[Finding]]


def of_call(here: Facts) -> Iterable[Finding]:
    return followup.of_attempt(here, here.record.calls[0])


FOUND: list[tuple[str, Rule, str, Facts]] = [
    (
        "clearance.answers_valid",
        asked.findings,
        "asked.identity",
        facts({"identity.name": answer("identity.name", True, at="2026-11-16 10:00")}),
    ),
    ("consent.valid_months", consent.findings, "consent.date", limits.consented(Decimal(13), PROTOCOL)),
    (
        "fasting.ASA.light_meal",
        fasting.findings,
        "fasting.solids",
        facts({"fasting.solids": moment("07:30"), "fasting.fatty": False}),
    ),
    (
        "fasting.ASA.fatty_meal",
        fasting.findings,
        "fasting.solids",
        facts({"fasting.solids": moment("07:30"), "fasting.fatty": True}),
    ),
    ("fasting.ASA.clear_liquid", fasting.findings, "fasting.fluids", facts({"fasting.fluids": moment("10:30")})),
    ("fasting.estimate_margin", fasting.findings, "fasting.solids", limits.estimated(Decimal(10), PROTOCOL)),
    ("fasting.diabetic_long", fasting.findings, "fasting.long", limits.ate(Decimal(20), PROTOCOL)),
    ("glucose.low", fasting.findings, "fasting.glucose", limits.glucose(Decimal(60), PROTOCOL)),
    ("glucose.high", fasting.findings, "fasting.glucose", limits.glucose(Decimal(310), PROTOCOL)),
    ("age.adult", age.findings, "screening.age", limits.aged(Decimal(17), PROTOCOL)),
    ("age.older", age.findings, "screening.age", limits.aged(Decimal(70), PROTOCOL)),
    ("labs.lft_months", labs.findings, "labs.lft_date", limits.tested_before(Decimal(9), PROTOCOL)),
    ("labs.alt_review", labs.findings, "labs.alt_times", limits.alt(Decimal(4), PROTOCOL)),
    ("baseline.sbp_hold", baseline.findings, "vitals.bp", facts(readings=(reading("165/88"),))),
    ("baseline.valid_for", baseline.findings, "vitals.age", limits.old_set(Decimal(40), PROTOCOL)),
    ("weight.change_percent", baseline.findings, "vitals.weight_change", limits.weighed(Decimal(20), PROTOCOL)),
    ("dose.mg_stop", dose_warnings.findings, "dose.amount", ordered(mg="250", mg_per_kg="0.5")),
    ("dose.minutes_review", dose_warnings.findings, "dose.minutes", ordered(minutes="20")),
    ("dose.rise_percent", dose_warnings.findings, "dose.raised", ordered(mg_per_kg="0.7", last=gave("0.4"))),
    ("dose.differs_percent", dose_warnings.findings, "dose.differs", ordered(mg="40")),
    ("dose.dilute_from", dose_warnings.findings, "dose.undiluted", ordered(concentration="100", diluent="none")),
    ("escalate.sbp_recheck_above", monitoring.findings, "monitor.bp", seen(during("185/90", "11:10"))),
    ("escalate.rise_sbp", monitoring.findings, "monitor.rise", seen(during("160/80", "11:10"))),
    ("escalate.rise_dbp", monitoring.findings, "monitor.rise", seen(during("130/102", "11:10"))),
    ("escalate.hr_now_high", monitoring.findings, "monitor.hr", seen(during("", "11:10", hr=140))),
    ("escalate.missed_in_row", monitoring.findings, "monitor.missed", infusion(now="11:21")),
    (
        "escalate.rechecks",
        monitoring.findings,
        "monitor.rechecks",
        infusion(*(during("", f"11:0{at}", hr=121) for at in (1, 2, 3))),
    ),
    (
        "escalate.news2_now",
        deterioration.findings,
        "monitor.news2",
        recovery(after("118/76 112 94 24 36.7", "11:55", moaas=5)),
    ),
    ("screening.brain_months", events.findings, "cond.brain_when", beside.DATED["a stroke three months ago"]),
    ("schedule.closing_hour", closing.findings, "visit.closing", beside.CLOSING["leaves a minute later"]),
    ("escalate.effect_now", escalation.findings, "monitor.effects", beside.CALLS["a severe side effect"]),
    ("escort.decide_after", escort.findings, "escort.calls", beside.ESCORT["one call, 29 min ago"]),
    ("followup.due_until", followup.findings, "followup.missed", beside.NEXT["nobody called"]),
    (
        "escalate.sbp_recheck_above",
        monitoring.findings,
        "monitor.bp",
        seen(during("181/90", "11:10", symptoms=("dizzy",))),
    ),
    (
        "escalate.sbp_low_recheck",
        monitoring.findings,
        "monitor.bp_low",
        seen(during("90/60", "11:10", symptoms=("dizzy",))),
    ),
    (
        "escalate.hr_recheck_high",
        monitoring.findings,
        "monitor.hr",
        seen(during("", "11:10", hr=121), during("", "11:15", hr=122, symptoms=("flushed",))),
    ),
    ("escalate.spo2_recheck", monitoring.findings, "monitor.spo2", seen(during("", "11:10", spo2=93))),
    ("schedule.dissociation_every", sets.findings, "monitor.incomplete", seen(during("118/76 72 98", "11:10"))),
    ("questionnaires.pcl5_cut", forms.findings, "scores.pcl5", beside.FORMS["PCL-5 33"]),
    ("course.response_from", interval.findings, "course.response", beside.FORMS["no response after 6"]),
    (
        "followup.sbp_review",
        of_call,
        "call.pressure#1",
        called({"call.reached": "patient", "call.sbp": Decimal(170), "call.dbp": Decimal(80)}),
    ),
]


@pytest.mark.parametrize(
    ("limit", "rule", "key", "here"), FOUND, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_finding_names_the_source_of_its_limit_and_of_no_other(limit: str, rule: Rule, key: str, here: Facts) -> None:
    everything_else = tuple(other for other in PROTOCOL.limits if other != limit)
    named = [
        next(one.source for one in rule(of) if one.key == key)
        for of in (cited(here, limit), cited(here, *everything_else))
    ]
    assert named == [TITLE, "clinic policy"]


@pytest.mark.parametrize(
    ("limit", "at"),
    [
        ("interval.stop_below", "07:00"),
        ("interval.confirm_below", "2026-11-17 09:00"),
        ("interval.review_induction", "2026-10-20 09:00"),
    ],
)
def test_an_interval_names_the_source_of_its_limit(limit: str, at: str) -> None:
    from tests.rules.test_what_is_said_before import last_began

    assert next(interval.findings(cited(last_began(at), limit))).source == TITLE


@pytest.mark.parametrize(
    ("limit", "key"),
    [
        ("schedule.observe_after_end", "min_time"),
        ("discharge.within_percent", "vitals"),
        ("discharge.spo2_above", "spo2"),
        ("aldrete.pass", "aldrete"),
        ("mpadss.pass", "mpadss"),
        ("discharge.dissociation_max", "dissociation"),
        ("discharge.reversal_wait", "reversal"),
    ],
)
@pytest.mark.parametrize(
    "here", [leaving(), leaving(readings=()), infusion(now="11:30")], ids=["met", "open", "running"]
)
def test_a_criterion_names_the_source_of_its_limit(limit: str, key: str, here: Facts) -> None:
    assert next(one.source for one in criteria.standings(cited(here, limit)) if one.key == key) == TITLE


def test_an_observation_counted_from_the_start_names_that_limit() -> None:
    here = leaving(protocol=with_setting("observation_from", "start"))
    assert criteria.standings(cited(here, "schedule.observe_from_start"))[0].source == TITLE


def test_a_line_for_other_side_effects_names_the_limit_of_their_grade() -> None:
    here = with_effects(leaving(), side_effect("allergic", 2))
    named = {one.key: one.source for one in criteria.standings(cited(here, "discharge.effect_against"))}
    assert named["effects"] == TITLE


def test_what_a_call_said_keeps_its_source_at_the_next_visit() -> None:
    last = called({"call.reached": "patient", "call.sbp": Decimal(170)}).record
    here = facts(last=last, visit=session("2026-11-25 11:00", number=2), now="2026-11-25 10:00")
    (one,) = (each for each in followup.findings(cited(here, "followup.sbp_review")) if "pressure" in each.key)
    assert one.source == TITLE


def test_the_question_on_death_names_its_source_once_it_is_a_good_one() -> None:
    better = replace(PROTOCOL.sources["PHQ-D9"], grade="A")
    protocol = replace(PROTOCOL, sources={**PROTOCOL.sources, "PHQ-D9": better})
    (one,) = (each for each in forms.findings(facts({"phq9.9": "1"}, protocol=protocol)) if "thoughts" in each.key)
    assert one.source == better.title
