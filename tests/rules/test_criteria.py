"""Each discharge criterion: met, not met, or still open (reference 9.1)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import EventKind, Level, Meaning
from checklist.rules import recovery
from checklist.snapshot import Met
from tests.rules.build import (
    DECLINED,
    NOT_APPLICABLE,
    UNANSWERED,
    UNKNOWN,
    Said,
    event,
    moment,
    signature,
    with_setting,
)
from tests.rules.leaving import DONE, SETS, criterion, leaving, met
from tests.rules.visit import STARTED, after, by_key, during, effect, infusion, with_effects


class TestTime:
    @pytest.mark.parametrize(
        ("now", "state", "detail"),
        [
            ("12:09", Met.NOT_MET, "1 min to go"),
            ("12:10", Met.MET, "since 12:10"),
            ("11:48", Met.NOT_MET, "22 min to go"),
        ],
    )
    def test_30_minutes_after_the_end(self, now: str, state: Met, detail: str) -> None:
        one = criterion(leaving(now=now), "min_time")
        assert (one.title, one.met, one.detail) == ("30 minutes observed", state, detail)

    def test_a_part_of_a_minute_counts_as_one_to_go(self) -> None:
        assert criterion(leaving(now="12:09:30"), "min_time").detail == "1 min to go"

    def test_it_is_a_hold_that_time_mends(self) -> None:
        found = by_key(recovery.findings(leaving(now="11:58")))["discharge.min_time"]
        assert (found.level, found.until, found.action) == (Level.HOLD, moment("12:10"), "Wait until 12:10.")

    def test_a_decision_on_it_lasts_while_time_passes(self) -> None:
        early, later = (by_key(recovery.findings(leaving(now=now)))["discharge.min_time"] for now in ("11:58", "12:01"))
        assert early.fingerprint == later.fingerprint

    def test_counted_from_the_start(self) -> None:
        one = criterion(leaving(protocol=with_setting("observation_from", "start")), "min_time")
        assert (one.title, one.met, one.detail) == ("120 minutes observed", Met.NOT_MET, "45 min to go")

    def test_open_before_the_end(self) -> None:
        assert recovery.criteria(infusion())[0].met is Met.UNANSWERED


class TestVitals:
    @pytest.mark.parametrize(
        ("line", "state"),
        [
            ("141/100 86 98 14", Met.MET),
            ("142/100 86 98 14", Met.NOT_MET),
            ("141/100 87 98 14", Met.NOT_MET),
            ("159/99 140 98 14", Met.MET),
            ("160/99 86 98 14", Met.NOT_MET),
            ("159/100 86 98 14", Met.NOT_MET),
            ("91/50 40 98 14", Met.MET),
            ("90/50 72 98 14", Met.NOT_MET),
            ("95/60 58 98 14", Met.MET),
        ],
    )
    def test_near_the_baseline_of_118_and_72_or_inside_the_limits(self, line: str, state: Met) -> None:
        assert met({}, "vitals", readings=(SETS[0], after(line, "12:10"))) is state

    def test_both_of_the_last_two_sets_count(self) -> None:
        high, good, better = after("170/104 72 98 14", "11:45"), *SETS
        assert met({}, "vitals", readings=(high, good)) is Met.NOT_MET
        assert met({}, "vitals", readings=(high, good, better)) is Met.MET

    def test_one_set_is_not_enough(self) -> None:
        one = criterion(leaving(readings=SETS[:1]), "vitals")
        assert (one.met, one.detail) == (Met.UNANSWERED, "needs 2 sets after the infusion, 1 so far")

    def test_readings_of_the_infusion_do_not_count(self) -> None:
        assert met({}, "vitals", readings=(during("118/76 72 98 14", "11:30"), SETS[0])) is Met.UNANSWERED

    def test_without_a_baseline_the_limits_alone_count(self) -> None:
        of = leaving()
        bare = replace(of, record=replace(of.record, readings=SETS))
        one = criterion(bare, "vitals")
        assert (one.met, one.detail) == (Met.MET, "118/76, 72 and 116/74, 70")
        high = replace(bare, record=replace(bare.record, readings=(SETS[0], after("165/90 72 98 14", "12:10"))))
        assert criterion(high, "vitals").met is Met.NOT_MET

    @pytest.mark.parametrize(
        ("spo2", "oxygen", "state"),
        [(93, 0, Met.MET), (92, 0, Met.NOT_MET), (98, 2, Met.NOT_MET), (98, 0, Met.MET)],
    )
    def test_spo2_above_92_on_air(self, spo2: int, oxygen: int, state: Met) -> None:
        last = after(f"118/76 72 {spo2} 14", "12:10", oxygen_l_min=Decimal(oxygen))
        assert met({}, "spo2", readings=(SETS[0], last)) is state

    def test_spo2_as_at_baseline(self) -> None:
        of = leaving(readings=(SETS[0], after("118/76 72 91 14", "12:10")))
        low = replace(of.record.readings[0], spo2=91)
        assert (
            criterion(replace(of, record=replace(of.record, readings=(low, *of.record.readings[1:]))), "spo2").met
            is Met.MET
        )

    def test_oxygen_as_at_baseline(self) -> None:
        of = leaving(readings=(SETS[0], after("118/76 72 98 14", "12:10", oxygen_l_min=Decimal(2))))
        always = replace(of.record.readings[0], oxygen_l_min=Decimal(2))
        same = replace(of, record=replace(of.record, readings=(always, *of.record.readings[1:])))
        assert criterion(same, "spo2").met is Met.MET

    def test_spo2_not_taken_is_open(self) -> None:
        assert met({}, "spo2", readings=()) is Met.UNANSWERED


class TestScores:
    def test_a_total_under_nine_is_not_met(self) -> None:
        one = criterion(leaving({"aldrete.activity": "0"}), "aldrete")
        assert (one.title, one.met, one.detail) == ("Aldrete 9 or more", Met.NOT_MET, "total 8")

    def test_nine_is_met(self) -> None:
        one = criterion(leaving({"mpadss.bleeding": "1"}), "mpadss")
        assert (one.title, one.met, one.detail) == ("MPADSS 9 or more", Met.MET, "total 9")

    def test_a_part_not_asked_is_open(self) -> None:
        one = criterion(leaving({"aldrete.activity": UNANSWERED, "aldrete.respiration": UNKNOWN}), "aldrete")
        assert (one.met, one.detail) == (Met.UNANSWERED, "still open: Activity, Breathing")

    def test_a_part_that_nobody_can_know_is_for_the_provider(self) -> None:
        one = criterion(leaving({"mpadss.ambulation": DECLINED}), "mpadss")
        assert (one.met, one.detail) == (Met.NOT_MET, "no total: Walking not known")

    def test_without_readings_the_scores_are_open(self) -> None:
        assert met({}, "aldrete", readings=()) is Met.UNANSWERED


class TestAnswers:
    @pytest.mark.parametrize("said", [UNKNOWN, DECLINED, NOT_APPLICABLE, False])
    def test_anything_but_yes_is_not_met(self, said: Said) -> None:
        assert met({"discharge.iv_out": said}, "iv_out") is Met.NOT_MET

    def test_not_asked_is_open(self) -> None:
        assert met({"discharge.iv_out": UNANSWERED}, "iv_out") is Met.UNANSWERED

    @pytest.mark.parametrize(
        ("said", "state"), [("0", Met.MET), ("1", Met.MET), ("2", Met.NOT_MET), (UNKNOWN, Met.NOT_MET)]
    )
    def test_dissociation_of_one_at_most(self, said: Said, state: Met) -> None:
        assert met({"discharge.dissociation": said}, "dissociation") is state

    def test_walking_is_told_in_the_words_of_the_item(self) -> None:
        assert criterion(leaving({"mpadss.ambulation": "1"}), "gait").detail == "with help"
        assert criterion(leaving({"mpadss.ambulation": UNANSWERED}), "gait").detail == "not recorded"

    def test_a_tick_against_the_last_sedation_score_is_not_believed(self) -> None:
        one = criterion(leaving(readings=(SETS[0], replace(SETS[1], moaas=4))), "oriented")
        assert (one.met, one.detail) == (Met.NOT_MET, "yes; MOAA/S 4 Lethargic at 12:10")

    def test_the_tick_alone_does_not_say_that_sedation_was_looked_at(self) -> None:
        bare = tuple(replace(one, moaas=None) for one in SETS)
        one = criterion(leaving(readings=bare), "oriented")
        assert (one.met, one.detail) == (Met.UNANSWERED, "yes; no sedation since the infusion")
        assert met({"discharge.oriented": False}, "oriented", readings=bare) is Met.NOT_MET

    def test_stable_numbers_without_any_breathing_rate_are_still_to_check(self) -> None:
        bare = tuple(replace(one, rr=None) for one in SETS)
        one = criterion(leaving(readings=bare), "vitals")
        assert one.met is Met.UNANSWERED
        assert one.detail.endswith("; no breathing rate since the infusion")
        assert met({}, "vitals", readings=(bare[0], SETS[1])) is Met.MET

    def test_an_open_tick_stays_open_whatever_the_score(self) -> None:
        low = (SETS[0], replace(SETS[1], moaas=3))
        assert met({"discharge.oriented": UNANSWERED}, "oriented", readings=low) is Met.UNANSWERED

    @pytest.mark.parametrize(
        ("points", "action", "state"),
        [
            ("2", "", Met.MET),
            ("1", "", Met.NOT_MET),
            ("1", "ondansetron 4 mg", Met.MET),
            ("0", "ondansetron 4 mg", Met.NOT_MET),
        ],
    )
    def test_nausea_minimal_or_treated(self, points: str, action: str, state: Met) -> None:
        of = with_effects(leaving({"mpadss.nausea": points}), effect("nausea", action))
        assert criterion(of, "nausea").met is state

    def test_treated_is_told(self) -> None:
        of = with_effects(leaving({"mpadss.nausea": "1"}), effect("nausea", "ondansetron 4 mg"))
        assert criterion(of, "nausea").detail == "moderate, treated"

    def test_treatment_of_something_else_or_removed_does_not_count(self) -> None:
        other = with_effects(leaving({"mpadss.nausea": "1"}), effect("headache", "paracetamol"))
        gone = with_effects(leaving({"mpadss.nausea": "1"}), effect("nausea", "ondansetron", removed=True))
        assert criterion(other, "nausea").met is Met.NOT_MET
        assert criterion(gone, "nausea").met is Met.NOT_MET

    def test_pain_treated(self) -> None:
        of = with_effects(leaving({"mpadss.pain": "1"}), effect("headache", "paracetamol 1 g"))
        assert criterion(of, "pain").met is Met.MET


class TestReversal:
    @pytest.mark.parametrize(("at", "state"), [("10:15", Met.MET), ("10:16", Met.NOT_MET)])
    def test_two_hours_after_a_reversal_agent(self, at: str, state: Met) -> None:
        said: dict[str, Said] = {"discharge.no_reversal": "given", "discharge.reversal_at": moment(at)}
        assert met(said, "reversal") is state

    def test_given_without_its_time_is_open(self) -> None:
        assert met({"discharge.no_reversal": "given"}, "reversal") is Met.UNANSWERED

    def test_given_at_an_unknown_time_is_for_the_provider(self) -> None:
        said: dict[str, Said] = {"discharge.no_reversal": "given", "discharge.reversal_at": UNKNOWN}
        assert met(said, "reversal") is Met.NOT_MET

    def test_not_known_whether_given_is_for_the_provider(self) -> None:
        assert met({"discharge.no_reversal": UNKNOWN}, "reversal") is Met.NOT_MET


class TestWaste:
    def test_a_gap_is_named(self) -> None:
        early = (STARTED, event(EventKind.STOPPED, "11:40", infused_ml="30"))
        one = criterion(leaving({"waste.wasted_mg": Decimal(13)}, events=early), "waste")
        assert (one.met, one.detail) == (
            Met.NOT_MET,
            "DISCREPANCY, 1 mg missing: drawn 35 mg, given 21 mg, wasted 13 mg",
        )

    def test_more_than_was_drawn_is_named(self) -> None:
        one = criterion(leaving({"waste.wasted_mg": Decimal("0.5")}), "waste")
        assert one.detail == "DISCREPANCY, 0.5 mg too much: drawn 35 mg, given 35 mg, wasted 0.5 mg"

    def test_not_recorded_is_open(self) -> None:
        assert met({"waste.drawn_mg": UNANSWERED}, "waste") is Met.UNANSWERED

    def test_not_known_is_for_the_provider(self) -> None:
        assert met({"waste.drawn_mg": UNKNOWN}, "waste") is Met.NOT_MET

    def test_an_unknown_amount_given_is_for_the_provider(self) -> None:
        one = criterion(leaving(events=(STARTED, event(EventKind.STOPPED, "11:40"))), "waste")
        assert (one.met, one.detail) == (Met.NOT_MET, "the amount given is not known")

    def test_while_the_pump_runs_it_is_open(self) -> None:
        of = infusion(said=DONE)
        assert next(one for one in recovery.criteria(of) if one.key == "waste").met is Met.UNANSWERED

    def test_what_was_wasted_needs_a_witness(self) -> None:
        said: dict[str, Said] = {"waste.drawn_mg": Decimal(50), "waste.wasted_mg": Decimal(15)}
        assert met(said, "witness") is Met.UNANSWERED
        seen = (signature(Meaning.WITNESSED_WASTE, "12:00"),)
        one = criterion(leaving(said, signatures=seen), "witness")
        assert (one.met, one.detail) == (Met.MET, "R. Ortiz, RN at 12:00")

    def test_nothing_wasted_needs_none(self) -> None:
        assert "witness" not in {one.key for one in recovery.criteria(leaving())}
