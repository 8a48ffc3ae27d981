"""Who can leave: the verdict of the second pause point, and the provider's decisions (reference 9.1)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from checklist.model import Choice, Level
from checklist.rules import criteria as standing
from checklist.rules import recovery, serious
from checklist.rules.evaluate import RULES, evaluate
from checklist.rules.facts import Facts
from checklist.snapshot import Finding, Met, VerdictKind
from tests.rules.build import PROTOCOL, UNANSWERED, Said, decide, moment
from tests.rules.leaving import BREAKS, DONE, SETS, criterion, evaluated, leaving
from tests.rules.visit import by_key, decimals, infusion, vectors
from tests.rules.visit import recovery as visit

_ANSWERS = tuple(rule for rule in RULES if rule[0] in ("answers", "recovery"))


class TestVectors:
    @pytest.mark.parametrize(("given", "expected"), vectors("bp_discharge_20pct"))
    def test_within_20_percent(self, given: str, expected: str) -> None:
        values = decimals(given)
        percent = PROTOCOL.limit("discharge.within_percent")
        within = standing.within_percent(values["baseline_sbp"], values["now_sbp"], percent)
        assert ("MET" if within else "NOT MET") == expected

    @pytest.mark.parametrize(("given", "expected"), vectors("discharge_ready"))
    def test_discharge_ready(self, given: str, expected: str) -> None:
        broken = given.partition(" except ")[2].removesuffix("=0")
        of = leaving(BREAKS[broken] if broken else {}, now="11:58" if broken == "min_time" else "12:15")
        if broken:
            assert criterion(of, broken).met is Met.NOT_MET
        verdict = recovery.discharge(of, evaluated(of))
        assert ("READY" if verdict.passes else "NOT READY") == expected


class TestVerdict:
    def test_everything_met_is_ready(self) -> None:
        of = leaving()
        verdict = recovery.discharge(of, evaluated(of))
        assert (verdict.kind, verdict.sentence) == (VerdictKind.CLEARED, "Ready to leave.")
        assert verdict.counts == (17, 0, 0)
        assert verdict.missing == ()
        assert {one.met for one in recovery.criteria(of)} == {Met.MET}

    @pytest.mark.parametrize("key", [key for key in BREAKS if key != "min_time"])
    def test_each_criterion_not_met_waits_for_a_provider_and_can_be_decided(self, key: str) -> None:
        of = leaving(BREAKS[key])
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.kind is VerdictKind.WAITING
        assert verdict.sentence.startswith("Waiting for a provider: ")
        found = by_key(evaluated(of))
        assert found[f"discharge.{key}"].level is Level.REVIEW
        decided = recovery.discharge(of, evaluated(of, *found))
        assert decided.kind is VerdictKind.CLEARED_AFTER_REVIEW
        assert criterion(of, key, *found).met is Met.DECIDED

    def test_before_the_end_nobody_leaves(self) -> None:
        of = infusion(said=DONE)
        verdict = recovery.discharge(of, evaluated(of))
        assert (verdict.kind, verdict.sentence) == (VerdictKind.INCOMPLETE, "The infusion has not ended yet.")
        assert list(recovery.findings(of)) == []

    def test_before_the_time_with_criteria_to_check(self) -> None:
        of = leaving({"discharge.written": UNANSWERED, "discharge.understood": UNANSWERED}, now="11:58")
        of = replace(of, record=replace(of.record, readings=of.record.readings[:-1]))
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.kind is VerdictKind.HELD
        assert verdict.title == "Can leave from 12:10"
        assert verdict.sentence == (
            "Can leave from 12:10: observed 18 of 30 min. 3 criteria still to check: "
            "BP and heart rate within 20 % of baseline, or BP inside the limits; "
            "Written instructions given; Instructions said back."
        )
        assert verdict.until == moment("12:10")
        assert [item.id for item in verdict.missing] == ["discharge.written", "discharge.understood"]

    def test_many_open_criteria_are_counted(self) -> None:
        of = visit(now="12:15")
        verdict = recovery.discharge(of, recovery.findings(of))
        assert verdict.kind is VerdictKind.INCOMPLETE
        assert verdict.sentence == "16 criteria still to check."

    def test_one_open_criterion_is_named(self) -> None:
        of = leaving({"discharge.escort": UNANSWERED})
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.sentence == "1 criterion still to check: Escort is here."

    def test_an_item_of_the_clinics_own_must_be_answered_too(self) -> None:
        own = replace(
            PROTOCOL.item("discharge.escort"),
            id=type(PROTOCOL.item("discharge.escort").id)("own.shoes"),
            label="Shoes on",
        )
        steps = tuple(
            replace(step, items=(*step.items, own)) if step.id == "discharge" else step for step in PROTOCOL.steps
        )
        of = leaving(protocol=replace(PROTOCOL, steps=steps))
        verdict = recovery.discharge(of, evaluated(of))
        assert (verdict.kind, verdict.sentence) == (VerdictKind.INCOMPLETE, "1 criterion still to check: Shoes on.")

    def test_more_than_three_findings_are_counted(self) -> None:
        of = leaving(
            {"discharge.mood": False, "discharge.iv_out": False, "discharge.written": False, "discharge.escort": False}
        )
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.sentence.endswith("Written instructions given – no and 1 more.")

    def test_chest_pain_keeps_the_patient(self) -> None:
        of = leaving(readings=(SETS[0], replace(SETS[1], symptoms=("chest_pain",))))
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.kind is VerdictKind.STOPPED
        assert verdict.sentence == "Symptoms: Chest pain at 12:10. Stay with the patient. Call the provider now."
        decided = recovery.discharge(of, evaluated(of, "monitor.symptoms"))
        assert decided.kind is VerdictKind.INCOMPLETE  # the questions about a serious event
        assert len(decided.missing) == len(serious.QUESTIONS)

    def test_a_provider_may_decide_to_wait(self) -> None:
        of = leaving(BREAKS["gait"])
        verdict = recovery.discharge(of, evaluated(of, "discharge.gait", choice=Choice.POSTPONE))
        assert verdict.kind is VerdictKind.STOPPED
        assert verdict.sentence == "A provider decided to wait: Walks steadily – with help."

    def test_findings_of_other_steps_do_not_count(self) -> None:
        of = leaving()
        other = replace(by_key(evaluated(leaving(BREAKS["gait"])))["discharge.gait"], key="vitals.bp", step="vitals")
        assert recovery.discharge(of, (other,)).kind is VerdictKind.CLEARED

    @pytest.mark.parametrize(("name", "step"), [(name, step) for name, step, _ in RULES])
    def test_what_could_not_be_judged_is_not_taken_as_fine(self, name: str, step: str) -> None:
        def broken(_: Facts) -> Iterator[Finding]:
            raise ValueError

        of = leaving()
        failed = evaluate(of, ((name, step, broken),))
        assert recovery.discharge(of, failed).kind is VerdictKind.WAITING
        decided = evaluate(
            replace(of, record=replace(of.record, decisions=(decide(failed[0]),))), ((name, step, broken),)
        )
        assert recovery.discharge(of, decided).kind is VerdictKind.CLEARED_AFTER_REVIEW

    @pytest.mark.parametrize(
        "said", [{"transport.plan": "none"}, {"transport.plan": "rideshare_alone"}, {"transport.adult": False}]
    )
    def test_a_way_home_that_fell_through_keeps_the_patient(self, said: dict[str, Said]) -> None:
        agreed: dict[str, Said] = {"transport.plan": "named_adult", "transport.adult": True}
        assert recovery.discharge(leaving(agreed), evaluate(leaving(agreed), _ANSWERS)).passes
        of = leaving({**agreed, **said})
        assert not recovery.discharge(of, evaluate(of, _ANSWERS)).passes

    def test_walking_with_help_waits_for_a_provider(self) -> None:
        of = leaving(BREAKS["gait"])
        assert recovery.discharge(of, evaluated(of)).sentence == ("Waiting for a provider: Walks steadily – with help.")

    def test_a_reversal_agent_alone_holds_by_its_own_time(self) -> None:
        of = leaving({"discharge.no_reversal": "given", "discharge.reversal_at": moment("11:30")})
        verdict = recovery.discharge(of, evaluated(of))
        assert verdict.sentence == (
            "Can leave from 13:30: No naloxone or flumazenil wearing off – given at 11:30, 45min ago."
        )


def test_a_changed_answer_voids_the_decision() -> None:
    before = by_key(recovery.findings(leaving({"mpadss.ambulation": "1"})))["discharge.gait"]
    after_change = by_key(recovery.findings(leaving({"mpadss.ambulation": "0"})))["discharge.gait"]
    assert before.fingerprint != after_change.fingerprint


def test_the_stop_is_what_the_criteria_wait_for() -> None:
    assert {one.key for one in recovery.findings(visit(now="11:41"))} == {"discharge.min_time"}
