"""What calls for a provider without a number (reference 6.2, 8.1)."""

import pytest

from checklist.model import Level, Stage, StampKind
from checklist.rules import escalation, monitoring
from checklist.rules.evaluate import evaluate
from checklist.rules.signs import SIGNS
from tests.rules.build import PROTOCOL, decide, facts, reading
from tests.rules.happening import side_effect, stamp, with_stamps
from tests.rules.visit import by_key, during, infusion, recovery, with_effects

WORRY = stamp(StampKind.WORRY, "11:12", words="grey in the face")


def test_a_worried_nurse_calls_the_provider_whatever_the_numbers_say() -> None:
    good = infusion(during("118/76 72 98 14", "11:10", moaas=5))
    one = by_key(escalation.findings(with_stamps(good, WORRY)))["monitor.worry"]
    assert (one.level, one.step) == (Level.STOP, "infusion")
    assert one.title == "The nurse is worried (11:12: grey in the face)"
    assert one.action == "Pause the pump. Call the provider now."


def test_a_patient_who_asks_for_help_after_the_infusion_is_not_left_alone() -> None:
    asked = with_stamps(recovery(), stamp(StampKind.HELP_ASKED, "11:50"))
    one = by_key(escalation.findings(asked))["monitor.help"]
    assert (one.level, one.step, one.action) == (
        Level.STOP,
        "observation",
        "Stay with the patient. Call the provider now.",
    )


def test_a_worry_before_the_start_stands_at_the_clearance() -> None:
    assert by_key(escalation.findings(with_stamps(facts(), WORRY)))["monitor.worry"].step == "clearance"


def test_a_worry_struck_as_a_wrong_key_calls_nobody() -> None:
    struck = stamp(StampKind.WORRY, "11:12", removed=True)
    assert list(escalation.findings(with_stamps(infusion(), struck))) == []


def test_a_second_worry_is_not_covered_by_the_decision_on_the_first() -> None:
    first = with_stamps(infusion(), WORRY)
    made = decide(by_key(escalation.findings(first))["monitor.worry"])
    again = with_stamps(infusion(decisions=(made,)), WORRY, stamp(StampKind.WORRY, "11:15"))
    assert by_key(evaluate(with_stamps(infusion(decisions=(made,)), WORRY)))["monitor.worry"].is_open is False
    assert by_key(evaluate(again))["monitor.worry"].is_open


def test_the_emergency_stands_with_each_time() -> None:
    one = by_key(
        escalation.findings(
            with_stamps(infusion(), stamp(StampKind.EMS_ARRIVED, "11:22"), stamp(StampKind.EMS_CALLED, "11:14"))
        )
    )["monitor.emergency"]
    assert one.title == "Emergency: 911 called 11:14, Ambulance here 11:22"
    assert one.level is Level.STOP


@pytest.mark.parametrize(("grade", "calls"), [(2, False), (3, True), (4, True)])
def test_a_side_effect_calls_from_grade_3(grade: int, calls: bool) -> None:
    found = by_key(escalation.findings(with_effects(infusion(), side_effect("headache", grade))))
    assert ("monitor.effects" in found) is calls
    if calls:
        assert found["monitor.effects"].title == f"Headache, grade {grade}, since 11:12"
        assert found["monitor.effects"].level is Level.STOP


def test_a_severe_side_effect_that_is_over_is_still_for_the_provider() -> None:
    over = with_effects(infusion(), side_effect("vomiting", 3, ended="11:30"))
    one = by_key(escalation.findings(over))["monitor.effects"]
    assert (one.level, one.title, one.eased) == (Level.STOP, "Vomiting, grade 3, since 11:12, over", True)
    assert one.action == "Tell the provider, who decides before the infusion goes on."
    lasting = by_key(escalation.findings(with_effects(infusion(), side_effect("vomiting", 3))))["monitor.effects"]
    assert one.fingerprint == lasting.fingerprint  # what was decided while it lasted stands


@pytest.mark.parametrize(
    ("term", "grade", "reviewed"), [("suicidal", 2, True), ("craving", 1, False), ("craving", 2, True)]
)
def test_some_terms_are_for_a_provider_before_the_patient_leaves(term: str, grade: int, reviewed: bool) -> None:
    found = by_key(escalation.findings(with_effects(recovery(), side_effect(term, grade, action="told Dr. Menon"))))
    assert ("effect.e1" in found) is reviewed
    if reviewed:
        assert (found["effect.e1"].level, found["effect.e1"].step) == (Level.REVIEW, "discharge")
        assert "told Dr. Menon" in found["effect.e1"].detail


@pytest.mark.parametrize(("score", "level"), [(1, Level.CLEAR), (2, Level.NOTE), (3, Level.STOP), (4, Level.STOP)])
def test_agitation_is_repeated_from_2_and_calls_from_3(score: int, level: Level) -> None:
    found = by_key(monitoring.findings(infusion(reading(at="11:10", stage=Stage.INFUSION, agitation=score))))
    assert found["monitor.agitation"].level is level if level is not Level.CLEAR else "monitor.agitation" not in found
    if level is not Level.CLEAR:
        assert f"Agitation (RASS +) {score} at 11:10" in found["monitor.agitation"].title


def test_every_row_of_the_table_of_thresholds_has_its_sign() -> None:
    """Reference 4.3: pressure high and low, pulse, saturation, breathing, sedation, agitation, symptoms."""
    named = {sign.key for sign in SIGNS}
    assert {"bp", "bp_low", "hr", "spo2", "rr", "sedation", "agitation", "symptoms"} <= named


def test_every_side_effect_of_the_reference_is_on_the_list() -> None:
    ids = {term.id for term in PROTOCOL.effects}
    added = {"slow_heart", "salivation", "laryngospasm", "muscle", "fog", "suicidal"}
    assert added <= ids
    assert len(ids) == len(PROTOCOL.effects) == 28
    stridor = next(term for term in PROTOCOL.effects if term.id == "laryngospasm")
    assert stridor.grades == ("", "", "always severe")
