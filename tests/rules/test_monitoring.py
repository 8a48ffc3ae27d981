"""Readings during and after the infusion: repeat in 5 minutes, or call the provider now (reference 4.3, 6.2)."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from checklist.model import EventKind, Level, Reading, Stage
from checklist.rules import deterioration, monitoring
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts
from checklist.rules.signs import EMERGENCY_SYMPTOMS, BpRow, bp_over_time
from checklist.snapshot import Finding
from tests.rules.build import PROTOCOL, decide, event, facts, moment, reading, with_limit, with_setting
from tests.rules.visit import STARTED, after, by_key, during, infusion, recovery, vectors

WORDS = {Level.CLEAR: "CONTINUE", Level.NOTE: "RECHECK_5MIN", Level.STOP: "ESCALATE"}
QUIET = "118/76 72 98 14"


def found(of: Facts) -> dict[str, Finding]:
    return by_key([*monitoring.findings(of), *deterioration.findings(of)])


def level(key: str, *readings: Reading) -> Level:
    finding = found(infusion(*readings, now="11:11")).get(f"monitor.{key}")
    return finding.level if finding else Level.CLEAR


def rows(text: str) -> list[BpRow]:
    """`t+10min 182/108; t+15min 176/104`."""
    return [(int(minute), int(sbp), int(dbp)) for minute, sbp, dbp in re.findall(r"t\+(\d+)min (\d+)/(\d+)", text)]


@pytest.mark.parametrize(("given", "expected"), vectors("bp_during"))
def test_bp_vectors(given: str, expected: str) -> None:
    taken = rows(given)
    assert taken
    assert WORDS[bp_over_time(taken, PROTOCOL)] == expected


class TestHighPressure:
    @pytest.mark.parametrize(
        ("pressure", "expected"),
        [
            ("180/110", Level.CLEAR),
            ("181/90", Level.NOTE),
            ("150/111", Level.NOTE),
            ("200/120", Level.NOTE),
            ("201/90", Level.STOP),
            ("150/121", Level.STOP),
        ],
    )
    def test_each_limit(self, pressure: str, expected: Level) -> None:
        assert level("bp", during(pressure, "11:10")) is expected

    @pytest.mark.parametrize(("second", "expected"), [("11:09", Level.NOTE), ("11:10", Level.STOP)])
    def test_high_over_five_minutes(self, second: str, expected: Level) -> None:
        assert level("bp", during("182/100", "11:05"), during("183/100", second)) is expected

    def test_a_good_reading_between_breaks_the_run(self) -> None:
        taken = (during("182/100", "11:00"), during("170/100", "11:05"), during("182/100", "11:10"))
        assert level("bp", *taken) is Level.NOTE

    def test_once_above_200_calls_until_it_is_good_again(self) -> None:
        assert level("bp", during("206/110", "11:08"), during("185/100", "11:10")) is Level.STOP

    def test_high_with_symptoms_calls_at_once(self) -> None:
        assert level("bp", during("182/100", "11:10", symptoms=("dizzy",))) is Level.STOP

    def test_no_reading_no_finding(self) -> None:
        assert bp_over_time([], PROTOCOL) is Level.CLEAR

    def test_a_recheck_says_when(self) -> None:
        finding = found(infusion(during("182/100", "11:10"), now="11:11"))["monitor.bp"]
        assert finding.title == "BP 182/100 mmHg at 11:10"
        assert finding.detail == "Above 180/110 mmHg."
        assert finding.action == "The repeat is due at 11:15."
        assert finding.until == moment("11:15")
        assert finding.step == "infusion"

    def test_at_its_minute_the_repeat_is_due_and_not_over(self) -> None:
        finding = found(infusion(during("182/100", "11:10"), now="11:15"))["monitor.bp"]
        assert finding.action == "The repeat is due at 11:15."

    def test_an_overdue_recheck_says_so(self) -> None:
        finding = found(infusion(during("182/100", "11:10"), now="11:16"))["monitor.bp"]
        assert finding.action == "The repeat was due at 11:15."

    def test_an_escalation_names_the_run_and_the_call(self) -> None:
        finding = found(infusion(during("182/100", "11:05"), during("184/101", "11:10"), now="11:11"))["monitor.bp"]
        assert finding.level is Level.STOP
        assert finding.detail == "Above 180/110 mmHg on all readings since 11:05."
        assert finding.action == "Pause the pump. Call the provider now."
        assert finding.until is None
        assert finding.source == "clinic policy"

    def test_after_the_infusion_there_is_no_pump_to_pause(self) -> None:
        finding = found(recovery(after("206/110 72 98 14", "11:55"), now="11:56"))["monitor.bp"]
        assert finding.action == "Stay with the patient. Call the provider now."
        assert finding.step == "observation"

    def test_a_good_repeat_ends_a_recheck_without_a_trace(self) -> None:
        assert "monitor.bp" not in found(infusion(during("182/100", "11:10"), during("150/90", "11:15"), now="11:16"))

    def test_a_good_reading_does_not_end_a_call(self) -> None:
        finding = found(infusion(during("206/110", "11:10"), during("150/88", "11:15"), now="11:16"))["monitor.bp"]
        assert (finding.level, finding.eased) == (Level.STOP, True)
        assert finding.title == "BP 206/110 mmHg at 11:10, now back to 150/88 mmHg at 11:15"
        assert finding.action == "Tell the provider, who decides before the infusion goes on."

    def test_after_the_pump_has_stopped_the_provider_decides_before_the_patient_leaves(self) -> None:
        taken = (during("206/110", "11:10"), after("150/88 72 98 14", "11:55"))
        assert found(recovery(*taken))["monitor.bp"].action == (
            "Tell the provider, who decides before the patient leaves."
        )

    def test_a_lower_pressure_that_is_still_to_repeat_stands_beside_the_call(self) -> None:
        of = infusion(during("206/110", "11:02"), during("150/88", "11:07"), during("182/100", "11:10"), now="11:11")
        call, repeat = found(of)["monitor.bp"], found(of)["monitor.bp.repeat"]
        assert (call.level, call.title) == (
            Level.STOP,
            "BP 206/110 mmHg at 11:02, now 182/100 mmHg at 11:10",
        )
        assert (repeat.level, repeat.action) == (Level.NOTE, "The repeat is due at 11:15.")

    def test_the_decision_holds_while_it_stays_good_and_not_for_the_next_high_one(self) -> None:
        high, good = during("206/110", "11:10"), during("150/88", "11:15")
        made = decide(found(infusion(high))["monitor.bp"])
        again = during("207/110", "11:18")
        for taken, is_open in (((high,), False), ((high, good), False), ((high, good, again), True)):
            of = infusion(*taken, decisions=(made,))
            assert by_key(evaluate(of))["monitor.bp"].is_open is is_open

    def test_an_artefact_raises_no_alarm_and_leaves_a_note(self) -> None:
        struck = replace(during("206/110", "11:10"), artefact="cuff on the pump arm")
        keys = found(infusion(during("150/90", "11:08"), struck, now="11:11"))
        assert "monitor.bp" not in keys
        note = keys[f"monitor.struck.{struck.id}"]
        assert (note.level, note.title) == (Level.NOTE, "Struck: BP 206/110 mmHg at 11:10")
        assert note.detail == "It called for the provider before it was struck: cuff on the pump arm."

    def test_a_struck_reading_that_had_called_nobody_leaves_no_note(self) -> None:
        assert found(infusion(replace(during("184/100", "11:10"), artefact="moved"), now="11:11")) == {}

    def test_a_systolic_without_its_diastolic_is_not_judged_as_high(self) -> None:
        assert level("bp", during("", "11:10", sbp=230)) is Level.CLEAR


class TestSigns:
    @pytest.mark.parametrize(
        ("sbp", "expected"), [(91, Level.CLEAR), (90, Level.NOTE), (81, Level.NOTE), (80, Level.STOP)]
    )
    def test_low_pressure(self, sbp: int, expected: Level) -> None:
        assert level("bp_low", during(f"{sbp}/50", "11:10")) is expected

    def test_low_pressure_with_symptoms_calls(self) -> None:
        finding = found(infusion(during("88/50", "11:10", symptoms=("faint",)), now="11:11"))["monitor.bp_low"]
        assert finding.level is Level.STOP
        assert finding.detail == "At or below 90 mmHg, with symptoms."

    @pytest.mark.parametrize(
        ("hr", "expected"),
        [
            (40, Level.STOP),
            (41, Level.NOTE),
            (50, Level.NOTE),
            (51, Level.CLEAR),
            (120, Level.CLEAR),
            (121, Level.NOTE),
            (130, Level.NOTE),
            (131, Level.STOP),
        ],
    )
    def test_heart_rate(self, hr: int, expected: Level) -> None:
        assert level("hr", during("", "11:10", hr=hr)) is expected

    def test_fast_for_five_minutes_with_symptoms_calls(self) -> None:
        fast = during("", "11:05", hr=121)
        assert level("hr", fast, during("", "11:10", hr=125, symptoms=("sweating",))) is Level.STOP
        assert level("hr", fast, during("", "11:09", hr=125, symptoms=("sweating",))) is Level.NOTE
        assert level("hr", fast, during("", "11:10", hr=125)) is Level.NOTE

    def test_slow_with_symptoms_is_repeated(self) -> None:
        assert level("hr", during("", "11:10", hr=48, symptoms=("tired",))) is Level.NOTE

    @pytest.mark.parametrize(
        ("spo2", "expected"), [(89, Level.STOP), (90, Level.NOTE), (93, Level.NOTE), (94, Level.CLEAR)]
    )
    def test_spo2_on_air(self, spo2: int, expected: Level) -> None:
        assert level("spo2", during("", "11:10", spo2=spo2)) is expected

    @pytest.mark.parametrize(("spo2", "expected"), [(91, Level.STOP), (92, Level.NOTE), (94, Level.CLEAR)])
    def test_spo2_on_oxygen(self, spo2: int, expected: Level) -> None:
        assert level("spo2", during("", "11:10", spo2=spo2, oxygen_l_min=Decimal(2))) is expected

    def test_oxygen_is_said(self) -> None:
        of = infusion(during("", "11:10", spo2=91, oxygen_l_min=Decimal(2)), now="11:11")
        assert found(of)["monitor.spo2"].detail == "Below 92 % on oxygen."

    @pytest.mark.parametrize(
        ("rr", "expected"),
        [
            (8, Level.STOP),
            (9, Level.NOTE),
            (10, Level.CLEAR),
            (24, Level.CLEAR),
            (25, Level.NOTE),
            (29, Level.NOTE),
            (30, Level.STOP),
        ],
    )
    def test_breathing_rate(self, rr: int, expected: Level) -> None:
        assert level("rr", during("", "11:10", rr=rr)) is expected

    @pytest.mark.parametrize(("moaas", "expected"), [(2, Level.STOP), (3, Level.NOTE), (4, Level.CLEAR)])
    def test_sedation(self, moaas: int, expected: Level) -> None:
        assert level("sedation", during("", "11:10", moaas=moaas)) is expected

    @pytest.mark.parametrize(("value", "expected"), [(2, Level.CLEAR), (3, Level.NOTE)])
    def test_dissociation(self, value: int, expected: Level) -> None:
        assert level("dissociation", during("", "11:10", dissociation=value)) is expected

    @pytest.mark.parametrize(("value", "expected"), [(1, Level.CLEAR), (2, Level.NOTE)])
    def test_nausea(self, value: int, expected: Level) -> None:
        assert level("nausea", during("", "11:10", nausea=value)) is expected

    @pytest.mark.parametrize("symptom", sorted(EMERGENCY_SYMPTOMS))
    def test_each_emergency_sign_calls(self, symptom: str) -> None:
        finding = found(infusion(during(QUIET, "11:10", symptoms=(symptom,)), now="11:11"))["monitor.symptoms"]
        assert finding.level is Level.STOP
        assert finding.title == f"Symptoms: {EMERGENCY_SYMPTOMS[symptom]} at 11:10"

    def test_another_symptom_is_repeated_back(self) -> None:
        finding = found(infusion(during(QUIET, "11:10", symptoms=("itching",)), now="11:11"))["monitor.symptoms"]
        assert finding.level is Level.NOTE
        assert finding.title == "Symptoms: itching at 11:10"

    def test_a_reading_without_a_symptom_does_not_say_that_it_is_gone(self) -> None:
        of = infusion(during(QUIET, "11:10", symptoms=("chest_pain",)), during(QUIET, "11:15"), now="11:16")
        finding = found(of)["monitor.symptoms"]
        assert (finding.level, finding.eased) == (Level.STOP, False)
        assert finding.title == "Symptoms: Chest pain at 11:10"

    def test_a_second_symptom_names_the_first_too_and_needs_its_own_decision(self) -> None:
        pain, fit = (
            during(QUIET, "11:10", symptoms=("chest_pain",)),
            during(QUIET, "11:14", symptoms=("seizure",)),
        )
        made = decide(found(infusion(pain))["monitor.symptoms"])
        finding = by_key(evaluate(infusion(pain, fit, decisions=(made,))))["monitor.symptoms"]
        assert finding.title == "Symptoms: Seizure at 11:14"
        assert finding.detail == "An emergency sign. Before that Chest pain at 11:10."
        assert finding.is_open

    def test_the_baseline_set_is_judged_elsewhere(self) -> None:
        high = reading("206/110 72 98 14", stage=Stage.BASELINE)
        assert found(facts(readings=(high,))) == {}

    def test_quiet_readings_find_nothing(self) -> None:
        assert found(infusion(*(during(QUIET, at) for at in ("11:00", "11:10", "11:20")), now="11:21")) == {}


class TestRise:
    @pytest.mark.parametrize(
        ("pressure", "expected"),
        [("157/100", Level.CLEAR), ("158/80", Level.NOTE), ("130/100", Level.CLEAR), ("130/101", Level.NOTE)],
    )
    def test_40_systolic_or_25_diastolic_over_the_baseline(self, pressure: str, expected: Level) -> None:
        assert level("rise", during(pressure, "11:10")) is expected

    def test_the_finding_names_the_baseline(self) -> None:
        finding = found(infusion(during("160/90", "11:10"), now="11:11"))["monitor.rise"]
        assert finding.title == "BP 160/90 mmHg against 118/76 at 11:10"
        assert finding.detail == "42 mmHg over the baseline; from 40 mmHg."
        assert finding.source == "Spravato brief summary"

    def test_it_is_not_said_twice_when_the_pressure_itself_is_high(self) -> None:
        keys = found(infusion(during("185/100", "11:10"), now="11:11"))
        assert "monitor.bp" in keys
        assert "monitor.rise" not in keys

    def test_without_a_baseline_there_is_no_rise(self) -> None:
        of = infusion(during("170/90", "11:10"), now="11:11")
        alone = replace(of, record=replace(of.record, readings=of.record.readings[1:]))
        assert "monitor.rise" not in found(alone)

    def test_half_a_baseline_is_not_compared(self) -> None:
        of = infusion(during("170/120", "11:10"), now="11:11")
        half = replace(of.record.readings[0], dbp=None)
        assert "monitor.rise" not in found(
            replace(of, record=replace(of.record, readings=(half, replace(of.record.readings[1], dbp=90))))
        )

    def test_half_a_pressure_is_not_compared(self) -> None:
        assert level("rise", during("", "11:10", sbp=170)) is Level.CLEAR

    @pytest.mark.parametrize(("sbp", "limit"), [(128, 154), (120, 144), (126, 152)])
    def test_own_limit_is_20_percent_over_the_baseline(self, sbp: int, limit: int) -> None:
        of = infusion()
        base = replace(of.record.readings[0], sbp=sbp)
        assert monitoring.own_limit(replace(of, record=replace(of.record, readings=(base,)))) == limit

    def test_no_baseline_no_own_limit(self) -> None:
        assert monitoring.own_limit(facts()) is None


class TestAddingUp:
    def test_three_repeats_call(self) -> None:
        taken = (
            during("", "11:00", hr=122),
            during("118/76 80 93 14", "11:10"),
            during("118/76 80 98 14", "11:15"),
            during("118/76 80 98 26", "11:20"),
        )
        finding = found(infusion(*taken, now="11:21"))["monitor.rechecks"]
        assert finding.level is Level.STOP
        assert finding.title == "3 readings had to be repeated"
        assert finding.detail == "At 11:00, 11:10, 11:20."

    def test_two_repeats_do_not(self) -> None:
        assert "monitor.rechecks" not in found(
            infusion(during("", "11:00", hr=122), during("", "11:10", hr=122), now="11:11")
        )

    def test_three_repeats_call_although_each_came_good(self) -> None:
        bad, good = ("11:00", "11:05", "11:10"), ("11:02", "11:07", "11:15")
        taken = [*(during("", at, hr=122) for at in bad), *(during(QUIET, at) for at in good)]
        finding = found(infusion(*sorted(taken, key=lambda one: one.observed), now="11:16"))["monitor.rechecks"]
        assert (finding.level, finding.eased) == (Level.STOP, True)
        assert finding.title == "3 readings had to be repeated, now all good"
        assert finding.action == "Tell the provider, who decides before the infusion goes on."

    def test_the_decision_on_three_repeats_holds_until_three_more(self) -> None:
        taken = [during("", f"11:{minute:02d}", hr=122) for minute in range(0, 12, 2)]
        made = decide(found(infusion(*taken[:3]))["monitor.rechecks"])
        for count, is_open in ((3, False), (5, False), (6, True)):
            of = infusion(*taken[:count], decisions=(made,))
            assert by_key(evaluate(of))["monitor.rechecks"].is_open is is_open

    def test_repeats_of_the_infusion_and_after_it_add_up(self) -> None:
        taken = (during("", "11:00", hr=122), during("", "11:10", hr=122), after("", "11:45", hr=122))
        assert found(recovery(*taken))["monitor.rechecks"].step == "observation"

    def test_two_missed_readings_in_a_row_call(self) -> None:
        finding = found(infusion(during(QUIET, "11:00"), now="11:31"))["monitor.missed"]
        assert finding.level is Level.STOP
        assert finding.title == "2 readings in a row were missed"
        assert finding.detail.startswith("Due at 11:10, 11:20;")
        assert finding.action == "Take a full set now. Call the provider."

    def test_one_missed_reading_does_not(self) -> None:
        assert "monitor.missed" not in found(infusion(during(QUIET, "11:00"), now="11:29"))

    def test_a_set_after_two_missed_ones_does_not_end_the_call(self) -> None:
        taken = (during(QUIET, "11:00"), during(QUIET, "11:31"))
        finding = found(infusion(*taken, now="11:32"))["monitor.missed"]
        assert (finding.level, finding.eased) == (Level.STOP, True)
        assert finding.title == "2 readings in a row were missed, now one at 11:31"
        assert finding.action == "Tell the provider, who decides before the infusion goes on."

    def test_a_reading_entered_late_was_not_missed(self) -> None:
        taken = (during(QUIET, "11:00"), during(QUIET, "11:20"), during(QUIET, "11:31"))
        assert "monitor.missed" not in found(infusion(*taken, now="11:32"))

    def test_missed_in_recovery_stands_with_the_observation(self) -> None:
        of = recovery(*(during(QUIET, at) for at in ("11:00", "11:10", "11:20", "11:30", "11:40")), now="12:26")
        assert found(of)["monitor.missed"].step == "observation"

    def test_the_clinic_may_count_differently(self) -> None:
        of = infusion(during(QUIET, "11:00"), now="11:31", protocol=with_limit("escalate.missed_in_row", 3))
        assert "monitor.missed" not in found(of)


def test_a_mean_of_two_baselines_is_compared() -> None:
    protocol = with_setting("baseline_rule", "mean_of_two")
    of = infusion(during("160/80", "11:10"), now="11:11", protocol=protocol)
    second = replace(of.record.readings[0], sbp=123, observed=moment("10:40"))
    two = replace(of, record=replace(of.record, readings=(of.record.readings[0], second, *of.record.readings[1:])))
    assert "monitor.rise" not in found(two)
    assert monitoring.own_limit(two) == 145


def test_readings_after_a_stop_use_the_stages_own_words() -> None:
    stop = event(EventKind.STOPPED, "11:20", infused_ml="25")
    of = infusion(during("206/110", "11:10"), after("206/110", "11:25"), now="11:26", events=(STARTED, stop))
    assert found(of)["monitor.bp"].step == "observation"
