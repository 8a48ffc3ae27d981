"""NEWS2 after the infusion calls the provider until the provider has decided (reference 6.2, 7.4)."""

from decimal import Decimal

from checklist.model import Level
from checklist.rules import deterioration, news2
from checklist.rules.evaluate import evaluate
from tests.rules.build import PROTOCOL, decide
from tests.rules.test_monitoring import QUIET, found
from tests.rules.visit import after, by_key, during, infusion, recovery


class TestNews2:
    def test_five_after_the_infusion_calls(self) -> None:
        of = recovery(after("108/70 95 95 21 37.0", "11:55", moaas=5), now="11:56")
        finding = found(of)["monitor.news2"]
        assert finding.level is Level.STOP
        assert finding.title == "NEWS2 5 at 11:55"
        parts = "Breathing rate 2, SpO2 1, Systolic 1, Pulse 1"
        assert finding.detail == f"{parts}. The provider is called from 5, or for a single 3."
        assert finding.source == "NEWS2 (RCP 2017)"

    def test_four_does_not(self) -> None:
        assert "monitor.news2" not in found(recovery(after("108/70 72 95 21 37.0", "11:55", moaas=5), now="11:56"))

    def test_a_single_three_calls_and_says_that_parts_are_missing(self) -> None:
        of = recovery(after("118/76 72 98 25", "11:55"), now="11:56")
        assert found(of)["monitor.news2"].title == "NEWS2 at least 3 at 11:55"

    def test_sedation_alone_is_explained_and_watched_by_its_own_scale(self) -> None:
        keys = found(recovery(after("118/76 72 98 14 36.7", "11:42", moaas=3), now="11:43"))
        assert "monitor.news2" not in keys
        assert keys["monitor.sedation"].level is Level.NOTE

    def test_sedation_counts_in_the_sum(self) -> None:
        keys = found(recovery(after("108/70 95 98 14 36.7", "11:42", moaas=3), now="11:43"))
        assert keys["monitor.news2"].title == "NEWS2 5 at 11:42"

    def test_during_the_infusion_it_is_silent(self) -> None:
        assert "monitor.news2" not in found(infusion(during("108/70 95 95 21 37.0", "11:10", moaas=3), now="11:11"))

    def test_a_recovery_reading_before_the_stop_is_recorded_is_silent(self) -> None:
        assert "monitor.news2" not in found(infusion(after("118/76 72 98 25", "11:41"), now="11:42"))

    def test_a_later_good_set_says_so_and_the_call_stays(self) -> None:
        taken = (after("118/76 72 98 25", "11:55"), after(f"{QUIET} 36.7", "12:00", moaas=5))
        finding = found(recovery(*taken, now="12:01"))["monitor.news2"]
        assert (finding.level, finding.eased) == (Level.STOP, True)
        assert finding.title == "NEWS2 at least 3 at 11:55, now 0 at 12:00"
        assert finding.action == "Tell the provider, who decides before the patient leaves."

    def test_a_pressure_alone_does_not_take_the_rest_of_the_set_away(self) -> None:
        full = after("108/70 95 95 21 37.0", "11:55", moaas=5)
        finding = found(recovery(full, after("130/82", "12:00"), now="12:01"))["monitor.news2"]
        assert (finding.level, finding.eased, finding.title) == (Level.STOP, True, "NEWS2 5 at 11:55, now 4 at 12:00")
        assert not found(recovery(full, after("109/70", "12:00"), now="12:01"))["monitor.news2"].eased

    def test_a_low_temperature_stands_until_it_is_taken_again(self) -> None:
        cold = after("118/76 72 98 14 34.9", "11:50", moaas=5)
        later = after(QUIET, "11:55", moaas=5)
        assert not found(recovery(cold, later))["monitor.news2"].eased
        warm = after("", "12:00", temp_c=Decimal("36.4"))
        assert found(recovery(cold, later, warm))["monitor.news2"].eased

    def test_the_decision_holds_for_a_reading_that_brings_no_points(self) -> None:
        full = after("108/70 95 95 21 37.0", "11:55", moaas=5)
        made = decide(found(recovery(full))["monitor.news2"])
        for line, is_open in (("130/82", False), ("106/70", True)):
            of = recovery(full, after(line, "12:00"), decisions=(made,))
            assert by_key(evaluate(of))["monitor.news2"].is_open is is_open

    def test_oxygen_belongs_to_the_saturation_it_was_taken_with(self) -> None:
        on_oxygen = after("118/76 72 96 14 36.7", "11:50", moaas=5, oxygen_l_min=Decimal(2))
        later = (after("118/76", "11:55"), after("", "12:00", spo2=98))
        parts = [
            dict(news2.of_reading(deterioration.latest_values((on_oxygen, *later[:n])), PROTOCOL).parts)["Oxygen"]
            for n in (0, 1, 2)
        ]
        assert parts == [2, 2, 0]
